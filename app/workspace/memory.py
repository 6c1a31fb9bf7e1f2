"""What this computer remembers of a project: where one read, which suggestions were rejected.

It lies beside the settings, not in the project: reading leaves a project as it is. Losing it costs
nobody a mark, so nothing here ever fails; what cannot be read or written is forgotten.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.exchange.atomic import atomic_write
from app.model.errors import KnownError


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

    def rejected(self, article: str) -> frozenset[str]:
        """Return the ids of the suggestions that were rejected in an article."""
        found = self._of("rejected").get(article)
        return frozenset(map(str, found)) if isinstance(found, list) else frozenset()

    def reject(self, article: str, suggestions: tuple[str, ...]) -> None:
        """Remember that suggestions are rejected."""
        self._of("rejected")[article] = sorted(self.rejected(article) | set(suggestions))
        self.save()

    def take_back(self, article: str, suggestions: tuple[str, ...]) -> None:
        """Forget that suggestions were rejected."""
        self._of("rejected")[article] = sorted(self.rejected(article) - set(suggestions))
        self.save()

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
