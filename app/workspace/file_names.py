"""What the names of files say about their articles, by a pattern: `{date}_{source}_{title}.txt`.

A sheet shows it live: `Pattern.of(what was typed)` for each change, which raises `InputRefused`
with a sentence while it is no pattern; `pattern.read(path)` for some files, None where the name
does not fit; then `Plan.set_pattern(pattern)`.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from app.exchange.dates import iso_day
from app.model.codebook import is_date
from app.model.errors import InputRefused
from app.workspace.importing import Known

FIELDS = ("title", "source", "author", "date", "language", "url")
"""What may stand in braces; `{*}` is anything that is not kept."""

_BRACES = re.compile(r"\{([^{}]*)\}")
_ENDING = re.compile(r"\.\w{1,8}$")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was understood. `words` is how it was typed."""

    words: str
    _shape: re.Pattern[str]
    _depth: int

    @classmethod
    def of(cls, words: str) -> "Pattern":
        """Return the pattern in the words. Raises `InputRefused` where they are none.

        A slash parts folders from names: `{source}/{date} {title}`. A pattern without an ending
        such as `.txt` fits files of every ending.
        """
        words = words.strip()
        fields = _BRACES.findall(words)
        if not any(field != "*" for field in fields):
            raise InputRefused("A pattern has fields in braces, such as {date}_{source}_{title}.")
        for field in fields:
            if field not in {*FIELDS, "*"}:
                listed = ", ".join(f"{{{one}}}" for one in FIELDS)
                raise InputRefused(f"There is no field {{{field}}}, only {listed} and {{*}}.")
            if field != "*" and fields.count(field) > 1:
                raise InputRefused(f"{{{field}}} stands there twice.")
        if "}{" in words:
            raise InputRefused("Two fields need something between them, such as _ or a space.")
        parts = _BRACES.split(words)
        if "{" in "".join(parts[::2]) or "}" in "".join(parts[::2]):
            raise InputRefused("A brace is not closed, or not opened.")
        shape = "".join(_piece(part, is_field=bool(n % 2)) for n, part in enumerate(parts))
        ending = "" if _ENDING.search(parts[-1]) else r"(?:\.\w{1,8})?"
        return cls(words, re.compile(shape + ending, re.IGNORECASE), words.count("/"))

    def read(self, path: Path) -> Known | None:
        """Return what a file's name says, or None where it does not fit."""
        parts = path.parts[-1 - self._depth :]
        name = os.fsencode("/".join(parts)).decode("utf-8", "replace")
        found = self._shape.fullmatch(name)
        if found is None:
            return None
        said = {field: _clean(words) for field, words in found.groupdict().items()}
        if (day := said.pop("date", "")) and not (published := _day(day)):
            return None
        if "language" in said and not _TAG.fullmatch(said["language"]):
            return None
        return Known(published=published if day else "", **said)


def _piece(part: str, *, is_field: bool) -> str:
    if not is_field:
        return re.escape(part)
    return r"[^/]+?" if part == "*" else rf"(?P<{part}>[^/]+?)"


def _clean(words: str) -> str:
    """Return a value with its spaces: names of files have underscores instead."""
    return " ".join((words if " " in words else words.replace("_", " ")).split())


def _day(words: str) -> str:
    plain = words.replace(" ", "-")
    return iso_day(words) or iso_day(plain) or (plain if is_date(plain) else "")
