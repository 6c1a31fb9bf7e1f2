"""Whose format a file is of, where several share an extension: told from its first bytes."""

import re
import zipfile
from pathlib import Path
from typing import IO

from app.exchange.zip_file import UNREADABLE, is_modest

_FIRST = 1024 * 1024
"""Bytes that are looked at: news archives begin with long lists of what was searched for."""

_JSON = (
    ("json", re.compile(rb'"format"\s*:\s*"pressmark"')),
    ("webannotation", re.compile(rb"ns/anno\.jsonld")),
    ("cas-json", re.compile(rb'"%(TYPES|FEATURE_STRUCTURES|HEADER|VIEWS)"')),
    ("label-studio", re.compile(rb'"(data|result|completions)"\s*:\s*[\[{]')),
    ("prodigy", re.compile(rb'\A\s*\[\s*\[\s*"')),
)
_LINES = (
    ("jsonl", re.compile(rb'"format"\s*:\s*"pressmark')),
    (
        "doccano",
        re.compile(rb'"entities"\s*:\s*\[\s*(\{|\])|"start_offset"|"label"\s*:\s*\['),
    ),
    ("prodigy", re.compile(rb'"(spans|tokens|answer|_input_hash|entities)"\s*:')),
    ("table", re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\{")),
)


class _Sign:
    """Patterns, each of which has to be there.

    They hold one of the words at least: looking for those first is faster by far, and most files
    have none of them.
    """

    def __init__(self, words: tuple[bytes, ...], *patterns: re.Pattern[bytes]) -> None:
        self._words = words
        self._patterns = patterns

    def search(self, data: bytes) -> bool:
        for word in self._words:
            if word in data:
                return all(pattern.search(data) for pattern in self._patterns)
        return False


_NEXIS_OLD = _Sign(
    (b"DOCUMENT", b"DOKUMENT"),
    re.compile(
        rb"(?m)^[ \t\f]*\d{1,6} (?:of|von|de|sur|di|van) \d{1,6} (?:DOCUMENT|DOKUMENT)"
        rb"|[ }]\d{1,6} of \d{1,6} DOCUMENTS?[ ]?[\\}]|>\d{1,6} of \d{1,6} DOCUMENTS?<"
    ),
)
_NEXIS_NEW = _Sign(
    (b"End of Document",),
    re.compile(rb"(?m)^[ \t]*End of Document[ \t\r]*$|>End of Document<|End of Document[\\}]"),
    re.compile(rb"(?m)^[ \t]*Body[ \t\r]*$|>Body<|[ }]Body[\\}]"),
)
_FACTIVA = _Sign(
    (b"Document", b"Dokument", b"<ppsArticleResponse"),
    re.compile(
        rb"(?m)^[ \t]*(?:AN\s+)?Do[ck]ument\w? [A-Z0-9]{6,15}20\d{6}[a-z0-9]{8,12}[ \t\r]*$"
        rb"|Do[ck]ument\w? [A-Z0-9]{6,15}20\d{6}[a-z0-9]{8,12}(?:<|\\|\})|<ppsArticleResponse"
    ),
)
_EUROPRESSE = re.compile(rb"DocPublicationName|titreArticle")
_ARCHIVES = (("nexis", _NEXIS_OLD), ("nexis", _NEXIS_NEW), ("factiva", _FACTIVA))
_PAGES = (("europresse", _EUROPRESSE), *_ARCHIVES)
SIGNS: dict[str, tuple[tuple[str, re.Pattern[bytes] | _Sign], ...]] = {
    ".json": _JSON,
    ".jsonl": _LINES,
    ".txt": _ARCHIVES,
    ".text": _ARCHIVES,
    ".rtf": _ARCHIVES,
    ".html": _PAGES,
    ".htm": _PAGES,
    ".tsv": (
        ("webanno-tsv", re.compile(rb"\A(?:\xef\xbb\xbf)?\s*#")),
        ("table", re.compile(rb"\t")),
    ),
}
_IN_WORD = re.compile(rb"End of Document<|Do[ck]ument [A-Z0-9]{6,15}20\d{6}[a-z0-9]{8,12}<")
_MOST_OF_WORD = 4 * 1024 * 1024


def name_of(path: Path) -> str:
    """Return the name of the format of a file, or nothing where its beginning does not say."""
    ending = path.suffix.lower()
    if ending == ".zip":
        return "csv" if _is_data_package(path) else "zip"
    if ending == ".docx":
        return of_word(path)
    if ending not in SIGNS:
        return ""
    try:
        return told(ending, beginning(path, _FIRST))
    except OSError:
        return ""


def beginning(path: Path, most: int) -> bytes:
    """Return no more than so many bytes of a file. Raises `OSError`.

    Asking for far more than a file has takes longer than reading it.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        data = file.read(min(size + 1, most))
        return data if len(data) <= size else data + file.read(most - len(data))


def told(ending: str, start: bytes) -> str:
    """Return the name of the format of a file that ends and begins so, or nothing."""
    return next((name for name, sign in SIGNS[ending] if sign.search(start)), "")


def of_word(file: Path | IO[bytes]) -> str:
    """Return which archive of news a Word document is from; its words are looked at, not read."""
    try:
        if not is_modest(file):
            return ""
        with zipfile.ZipFile(file) as archive, archive.open("word/document.xml") as part:
            words = part.read(_MOST_OF_WORD)
    except (*UNREADABLE, KeyError):
        return ""
    found = _IN_WORD.search(words)
    if found is None:
        return ""
    return "nexis" if found.group().startswith(b"End") else "factiva"


def _is_data_package(path: Path) -> bool:
    try:
        if not is_modest(path):
            return False
        with zipfile.ZipFile(path) as archive:
            return any(name.endswith("datapackage.json") for name in archive.namelist())
    except UNREADABLE:
        return False
