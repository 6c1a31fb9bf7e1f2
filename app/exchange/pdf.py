"""PDF documents: the words of the pages in their order. Imported by the child alone."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from app.model.errors import InputRefused

_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_MOST_TEXT = 50_000_000
_NO_TEXT = "it holds pictures of pages and no text: text recognition (OCR) has to go over it first"


def read(data: bytes) -> dict[str, Any]:
    """Return `text`, `title` and `author` of a document; pages are parted by an empty line."""
    logging.disable()
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t\0").startswith(b"%PDF-"):
        raise InputRefused("it is no PDF document")
    try:
        document = PdfReader(io.BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            raise InputRefused("it has a password")
        pages = list(_pages(document))
        about = document.metadata
        title, author = (about.title or "", about.author or "") if about else ("", "")
    except LimitReachedError:
        raise InputRefused("it unpacks to too much") from None
    except (PyPdfError, RecursionError):
        raise InputRefused("it is broken, or cut off") from None
    text = "\n\n".join(page for page in pages if page.strip())
    if not text.strip():
        raise InputRefused(_NO_TEXT)
    return {
        "text": text.rstrip("\n") + "\n",
        "title": _clean(title),
        "author": _clean(author),
        "note": "lines end where the printed page ends them",
    }


def _pages(document: PdfReader) -> Iterator[str]:
    total = 0
    for page in document.pages:
        text = _UNKEEPABLE.sub("", page.extract_text())
        total += len(text)
        if total > _MOST_TEXT:
            raise InputRefused("it unpacks to too much")
        yield text


def _clean(words: object) -> str:
    return " ".join(_UNKEEPABLE.sub("", str(words)).split())
