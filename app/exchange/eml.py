"""Mail as saved by mail programs (.eml), and folders of mail in one file (.mbox).

The text is the body as it was sent; subject, sender and date stand beside it. Imported by the child
alone.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from app.exchange.page_text import rendered
from app.exchange.text_file import decode
from app.exchange.web_page import decoded, parsed
from app.model.errors import InputRefused

_ENVELOPE = re.compile(rb"(?:\A|\r?\n\r?\n)From \S.*\d{4}\r?\n")
_HEADER = re.compile(rb"\A(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)")
_OUTLOOK = b"\xd0\xcf\x11\xe0"
_MOST_PARTS = 1_000


def read(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield `text`, `title`, `author`, `published` and `left_out` of each message."""
    if data.startswith(_OUTLOOK):
        raise InputRefused("it is a message of Outlook: save it as .eml")
    for raw in _messages(data):
        yield _article(message_from_bytes(raw, policy=policy.default))


def _messages(data: bytes) -> Iterator[bytes]:
    places = [(one.start(), one.end()) for one in _ENVELOPE.finditer(data)]
    if not places or places[0][0]:
        if not _HEADER.match(data.lstrip(b"\r\n")):
            raise InputRefused("it is no mail: it does not begin with lines such as “Subject: …”")
        yield data
        return
    ends = [start for start, _ in places[1:]] + [len(data)]
    for (_, start), end in zip(places, ends, strict=True):
        yield re.sub(rb"(?m)^>(>*From )", rb"\1", data[start:end])


def _article(message: EmailMessage) -> dict[str, Any]:
    plain, page, attached = _parts(message)
    text = "\n\n".join(plain) or "\n\n".join(page)
    return {
        "text": text,
        "headline": _header(message, "Subject"),
        "author": _header(message, "From"),
        "published": _day(_header(message, "Date")),
        "left_out": {"attachments": attached} if attached else {},
    }


def _parts(message: EmailMessage) -> tuple[list[str], list[str], int]:
    """Return the plain parts, the parts that are web pages, and how many others there are."""
    plain: list[str] = []
    page: list[str] = []
    attached = 0
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            raise InputRefused("it holds too many parts")
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            attached += 1
        elif kind == "text/plain":
            plain.append(_words(part))
        elif kind == "text/html":
            page.append(rendered(parsed(decoded(_bytes(part))[0])))
        else:
            attached += 1
    return plain, page, attached


def _words(part: Any) -> str:
    data = _bytes(part)
    try:
        return data.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        return decode(data)[0]


def _bytes(part: Any) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, LookupError, IndexError, AttributeError):
        return ""  # the standard library stumbles over some broken addresses and dates


def _day(words: str) -> str:
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""
