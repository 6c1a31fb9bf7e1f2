"""OpenDocument texts: the running text of `content.xml`. Imported by the child alone."""

import re
from collections import Counter
from typing import Any

from app.exchange import office_zip
from app.model.errors import InputRefused

_MAIN = "content.xml"
_META = "meta.xml"
_MANIFEST = "META-INF/manifest.xml"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_LOCK = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0 encryption-data"
_TITLE = "http://purl.org/dc/elements/1.1/ title"
_CREATORS = (
    "urn:oasis:names:tc:opendocument:xmlns:meta:1.0 initial-creator",
    "http://purl.org/dc/elements/1.1/ creator",
)
_LEFT_OUT = {
    f"{_OFFICE}annotation": "comments",
    f"{_TEXT}note": "footnotes and endnotes",
    f"{_TEXT}tracked-changes": "tracked changes",
}
_PASSED_OVER = (f"{_TEXT}ruby-text", f"{_OFFICE}forms", f"{_TEXT}sequence-decls")
_MOST_SPACES = 10_000
_SPACE = re.compile(r"[ \t\r\n]+")


def read(data: bytes) -> dict[str, Any]:
    """Return `text`, `title`, `author` and `left_out` (what, and how often) of a document."""
    body, meta = _Body(), _Meta()
    with office_zip.opened(data, _MAIN, "an OpenDocument text") as archive:
        names = archive.namelist()
        if _MANIFEST in names:
            office_zip.parse(
                archive, _MANIFEST, start=_no_lock, end=lambda _: None, words=lambda _: None
            )
        office_zip.parse(archive, _MAIN, start=body.start, end=body.end, words=body.words)
        if _META in names:
            office_zip.parse(archive, _META, start=meta.start, end=meta.end, words=meta.words)
    authors = (" ".join("".join(meta.said[name]).split()) for name in _CREATORS)
    return {
        "text": "".join(body.text).rstrip("\n") + "\n",
        "title": " ".join("".join(meta.said[_TITLE]).split()),
        "author": next(filter(None, authors), ""),
        "left_out": dict(body.left_out),
    }


def _no_lock(element: str, _attributes: dict[str, str]) -> None:
    if element == _LOCK:
        raise InputRefused("it has a password")


class _Body:
    """Collects the text. Spaces count as OpenDocument says: many are one, none leads a line."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.left_out: Counter[str] = Counter()
        self._depth = 0
        self._skipped = 0
        self._ends_with_space = True

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped or name in _LEFT_OUT or name in _PASSED_OVER:
            if not self._skipped and name in _LEFT_OUT:
                self.left_out[_LEFT_OUT[name]] += 1
            self._skipped += 1
        elif name in {f"{_TEXT}p", f"{_TEXT}h"}:
            self._depth += 1
            self._ends_with_space = True
        elif name == f"{_TEXT}s":
            count = attributes.get(f"{_TEXT}c", "1")
            self._put(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
        elif name == f"{_TEXT}tab":
            self._put("\t")
        elif name == f"{_TEXT}line-break":
            self._put("\n")
            self._ends_with_space = True

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name in {f"{_TEXT}p", f"{_TEXT}h"}:
            self._depth -= 1
            self.text.append("\n")
            self._ends_with_space = True

    def words(self, text: str) -> None:
        if self._skipped or not self._depth:
            return
        text = _SPACE.sub(" ", text)
        if self._ends_with_space:
            text = text.removeprefix(" ")
        if text:
            self.text.append(text)
            self._ends_with_space = text.endswith(" ")

    def _put(self, sign: str) -> None:
        self.text.append(sign)
        self._ends_with_space = False


class _Meta:
    """Collects what a document says about itself."""

    def __init__(self) -> None:
        self.said: dict[str, list[str]] = {_TITLE: [], **{name: [] for name in _CREATORS}}
        self._now: list[str] | None = None

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._now = self.said.get(name)

    def end(self, _name: str) -> None:
        self._now = None

    def words(self, text: str) -> None:
        if self._now is not None:
            self._now.append(text)
