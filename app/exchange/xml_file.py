"""XML of others, read without entities and document types, and words that XML can hold."""

from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree as ET

from app.exchange.carry import FORBIDDEN
from app.model.errors import InputRefused

_MOST = 512 * 1024 * 1024


class _Builder(ET.TreeBuilder):
    def doctype(self, _name: str, _pubid: str | None, _system: str | None) -> NoReturn:
        """Refuse a document type: the parser tells of one before it reads its entities."""
        raise InputRefused("it defines a document type, which no such file needs")


def parse(data: bytes) -> ET.Element:
    """Return the root of a document. Raises `InputRefused` for what is none or has a DTD."""
    if len(data) > _MOST:
        raise InputRefused(f"it is larger than {_MOST // 1024 // 1024} MB")
    try:
        return ET.fromstring(data, ET.XMLParser(target=_Builder()))  # noqa: S314 - see _Builder
    except (ET.ParseError, ValueError, LookupError) as error:
        raise InputRefused(f"it is no XML: {error}") from None


def read(path: Path) -> ET.Element:
    """Return the root of a file."""
    if path.stat().st_size > _MOST:
        raise InputRefused(f"it is larger than {_MOST // 1024 // 1024} MB")
    return parse(path.read_bytes())


def clean(words: str) -> str:
    """Return words with U+FFFD where they hold a character that XML forbids; the length stays."""
    return FORBIDDEN.sub("\ufffd", words)


def write(path: Path, root: ET.Element) -> None:
    """Write a document in UTF-8 with its declaration."""
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def local(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition("}")[2]
