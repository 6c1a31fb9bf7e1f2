"""What this computer remembers of a project: where one read, and what was on the screen.

It lies beside the settings, not in the project: reading leaves a project as it is. Losing it costs
nobody a mark, so nothing here ever fails; what cannot be read or written is forgotten.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.exchange.atomic import atomic_write
from app.model.errors import KnownError

Range = tuple[int, int]


class Memory:
    """One small file for each project and annotator."""

    def __init__(self, folder: Path, project: str, annotator: str) -> None:
        self._path = folder / f"{project}.json"
        self._annotator = annotator
        self._held: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            held = json.loads(self._path.read_text("utf-8"))
            self._held = held if isinstance(held, dict) else {}

    def position(self, article: str) -> int:
        """Return the offset (code points) at which an article was read last; 0 at first."""
        found = self._of("positions").get(article)
        return found if isinstance(found, int) and found >= 0 else 0

    def set_position(self, article: str, offset: int) -> None:
        """Remember where an article is read."""
        self._of("positions")[article] = offset

    def seen(self, article: str) -> tuple[Range, ...]:
        """Return the ranges (code points) that were on the screen: in order, apart."""
        found = self._of("seen").get(article)
        seen: tuple[Range, ...] = ()
        with suppress(TypeError, ValueError):
            for start, end in found or ():
                seen = _joined(seen, (int(start), int(end)))
        return seen

    def add_seen(self, article: str, ranges: Iterable[Range]) -> bool:
        """Remember what was on the screen; tell whether some of it is new."""
        before = after = self.seen(article)
        for one in ranges:
            after = _joined(after, one)
        if after == before:
            return False
        self._of("seen")[article] = after
        return True

    def save(self) -> None:
        """Write the file, where that is possible."""
        with suppress(OSError, KnownError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with atomic_write(self._path) as file:
                file.write(json.dumps(self._held).encode("utf-8"))

    def _of(self, what: str) -> dict[str, Any]:
        mine = self._held.setdefault(self._annotator, {})
        if not isinstance(mine, dict):
            mine = self._held[self._annotator] = {}
        found = mine.setdefault(what, {})
        if not isinstance(found, dict):
            found = mine[what] = {}
        return found


def _joined(ranges: tuple[Range, ...], new: Range) -> tuple[Range, ...]:
    """Return ranges with one more; those that touch become one."""
    start, end = new
    if not 0 <= start < end:
        return ranges
    first = bisect_left(ranges, start, key=lambda one: one[1])
    last = first
    while last < len(ranges) and ranges[last][0] <= end:
        last += 1
    if first < last:
        start, end = min(start, ranges[first][0]), max(end, ranges[last - 1][1])
    return (*ranges[:first], (start, end), *ranges[last:])
