"""Articles in plain text files, of whatever encoding. All of the text is kept."""

import codecs
import contextlib
import errno
import hashlib
import os
import stat
from pathlib import Path

from app.exchange.dataset import Bundle, Dataset
from app.exchange.sniff import beginning
from app.model.article import Article, Source
from app.model.errors import InputRefused, KnownError
from app.model.ids import new_id, utc_now
from app.model.text import TextRefused, canonical, sha256_of

MOST_BYTES = 50 * 1024 * 1024

_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
_LONGEST_TITLE = 150
_UNSURE = 0.1
_MARKS = (  # the longer ones first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\0", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_CONTROLS = bytes([*range(0x01, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_MOST_CONTROLS = 0.05
_LOOKED_AT = 100_000
"""Characters of a text in which control characters are counted."""


class EncodingUnknown(InputRefused):
    """The bytes are text perhaps, but nothing tells in which encoding: somebody has to say it."""


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file. Raises `InputRefused` above 50 MB and for what is no file."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise InputRefused("it is a folder")
        if not stat.S_ISREG(mode):
            raise InputRefused("it is no ordinary file")
        data = beginning(path, MOST_BYTES + 1)
    except OSError as error:
        if error.errno in _NOT_THERE:
            raise InputRefused("there is no such file") from None
        raise KnownError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > MOST_BYTES:
        raise InputRefused(f"it is larger than {MOST_BYTES // 1024 // 1024} MB")
    return data


def read(path: Path, *, encoding: str = "") -> Dataset:
    """Return the article in a text file. `encoding` overrides what the bytes look like.

    Raises `InputRefused` with the reason where it is no text, `KnownError` where it cannot be read.
    """
    data = read_bytes(path)
    text, name, note = text_in(data, encoding)
    article = Article(
        id=new_id(),
        title=title_in(text) or printable(path.stem),
        text=text,
        sha256=sha256_of(text),
        metadata={} if name == "utf-8" else {"encoding": name},
        origin=Source(
            file=printable(path.name),
            sha256=hashlib.sha256(data).hexdigest(),
            imported_at=utc_now(),
        ),
    )
    return Dataset(articles=(Bundle(article=article),), note=note, guessed=bool(note))


def text_in(data: bytes, encoding: str = "") -> tuple[str, str, str]:
    """Return the canonical text in a file's bytes, and what `decode` says beside it.

    Raises `InputRefused` with the reason where it is no text.
    """
    raw, name, note = decode(data, encoding)
    try:
        text = canonical(raw)
    except TextRefused as refusal:
        raise InputRefused(str(refusal)) from None
    if not text.strip():
        raise InputRefused("it holds no text" if data else "it is empty")
    start = text[:_LOOKED_AT].encode()
    if len(start) - len(start.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(text[:_LOOKED_AT]):
        raise InputRefused("it is full of control characters, so it is no text")
    return text, name, note


def decode(data: bytes, encoding: str = "") -> tuple[str, str, str]:
    """Return the text in the bytes, the name of its encoding, and a note where that was a guess.

    In this order: the encoding given, a byte order mark, UTF-8, and what the bytes look like.
    """
    if encoding:
        return _decoded(data, _codec(encoding))
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data.removeprefix(mark), name)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputRefused(f"it is {what}, not plain text")
    for errors in ("strict", "surrogatepass"):  # halves of surrogates are refused, not guessed at
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("utf-8", errors), "utf-8", ""
    return _guessed(data)


def title_in(text: str) -> str:
    """Return the title that a text opens with, or the empty string.

    A title is one short line without a full stop at its end and with an empty line after it.
    """
    first, _, rest = text.lstrip("\n").partition("\n")
    title = " ".join(first.split())
    following, _, body = rest.partition("\n")
    stands_alone = bool(rest) and not following.strip() and bool(body.strip())
    ends_like_a_sentence = title.endswith((".", "。", ";", ":", ","))
    if not title or len(title) > _LONGEST_TITLE or ends_like_a_sentence or not stands_alone:
        return ""
    return title


def printable(name: str) -> str:
    """Return a file's name without what no encoding explains."""
    return os.fsencode(name).decode("utf-8", "replace")


def _decoded(data: bytes, name: str) -> tuple[str, str, str]:
    try:
        return data.decode(name), name, ""
    except UnicodeDecodeError as error:
        raise EncodingUnknown(f"it is not {name}: byte {error.start + 1:,} fits nothing") from None


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name).name
        "".encode(found)
    except (LookupError, ValueError):
        raise InputRefused(f"there is no encoding “{name}”") from None
    return found


def _guessed(data: bytes) -> tuple[str, str, str]:
    import chardet

    found = chardet.detect(data)
    name, confidence = found["encoding"], found["confidence"] or 0.0
    if name is None:
        raise EncodingUnknown("it is no text that could be read")
    if confidence < _UNSURE and b"\0" not in data:
        # So few letters beyond ASCII say nothing; the press writes Windows-1252 mostly.
        name = "cp1252"
    try:
        codec = codecs.lookup(name).name
        text = data.decode(codec)
    except (LookupError, UnicodeDecodeError):
        raise EncodingUnknown("its encoding cannot be told; give it with --encoding") from None
    return text, codec, f"read as {codec}, a guess; --encoding names another"
