"""Word documents: the running text of `word/document.xml`. Imported by the child alone."""

import zipfile
from collections import Counter
from typing import Any

from app.exchange import office_zip
from app.model.errors import InputRefused

_MAIN = "word/document.xml"
_CORE = "docProps/core.xml"
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",  # the strict variant
)
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_TITLE = "http://purl.org/dc/elements/1.1/ title"
_CREATOR = "http://purl.org/dc/elements/1.1/ creator"
_SIGNS = {"br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_NOTES = {
    "footnoteReference": "footnotes",
    "endnoteReference": "endnotes",
    "commentReference": "comments",
}


def read(data: bytes) -> dict[str, Any]:
    """Return `text`, `title`, `author` and `left_out` (what, and how often) of a document."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputRefused("it has a password, or is an old Word document: save it as .docx")
    with office_zip.opened(data, _MAIN, "a Word document") as archive:
        body = _Body()
        _parse(archive, _MAIN, body)
        core = _Core()
        if _CORE in archive.namelist():
            _parse(archive, _CORE, core)
    said = {name: " ".join("".join(parts).split()) for name, parts in core.said.items()}
    return {
        "text": "".join(body.text).rstrip("\n") + "\n",
        "title": said[_TITLE],
        "author": said[_CREATOR],
        "left_out": dict(body.left_out),
    }


class _Body:
    """Collects the text; moved and doubled passages are taken once."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.left_out: Counter[str] = Counter()
        self._in_text = False
        self._skipped = 0

    def start(self, name: str) -> None:
        word = _word(name)
        if self._skipped or name == _FALLBACK or word == "moveFrom":
            self._skipped += 1
        elif word == "t":
            self._in_text = True
        elif word in _SIGNS:
            self.text.append(_SIGNS[word])
        elif word in _NOTES:
            self.left_out[_NOTES[word]] += 1

    def tab(self) -> None:
        if not self._skipped:
            self.text.append("\t")

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        word = _word(name)
        if word == "t":
            self._in_text = False
        elif word == "p":
            self.text.append("\n")

    def data(self, text: str) -> None:
        if self._in_text and not self._skipped:
            self.text.append(text)


class _Core:
    """Collects what a document says about itself."""

    def __init__(self) -> None:
        self.said: dict[str, list[str]] = {_TITLE: [], _CREATOR: []}
        self._now: list[str] | None = None

    def start(self, name: str) -> None:
        self._now = self.said.get(name)

    def tab(self) -> None:
        """Word's tabs do not occur here."""

    def end(self, _name: str) -> None:
        self._now = None

    def data(self, text: str) -> None:
        if self._now is not None:
            self._now.append(text)


def _word(name: str) -> str:
    for space in _WORD:
        if name.startswith(space):
            return name.removeprefix(space)
    return ""


def _parse(archive: zipfile.ZipFile, name: str, into: _Body | _Core) -> None:
    path: list[str] = []

    def start(element: str, _attributes: dict[str, str]) -> None:
        # A tab in a run is a sign; the same element among the tab stops of a paragraph is none.
        if _word(element) == "tab" and path and _word(path[-1]) == "r":
            into.tab()
        path.append(element)
        into.start(element)

    def end(element: str) -> None:
        path.pop()
        into.end(element)

    office_zip.parse(archive, name, start=start, end=end, words=into.data)
