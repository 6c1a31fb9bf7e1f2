"""Markdown: all of it is the text, as in any text file; what its head says is beside it.

The title is the one of the front matter, or the first heading. Imported by the child alone.
"""

import re
from typing import Any

import yaml

from app.exchange.dates import iso_day
from app.exchange.text_file import decode

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(
    r"^(?:#{1,6}[ \t]+(?P<hash>.+?)(?:[ \t]+#+)?|(?P<under>\S.*)\n(?:=+|-{3,}))[ \t]*$",
    re.MULTILINE,
)
_FENCE = re.compile(r"^(```|~~~).*?(?:^\1|\Z)", re.MULTILINE | re.DOTALL)
_MARKUP = re.compile(r"[*_`]+|!?\[([^\]]*)\]\([^)]*\)")
_KEYS = {
    "headline": ("title", "headline"),
    "author": ("author", "authors", "by", "byline"),
    "published": ("date", "published"),
    "source": ("source", "publication", "newspaper"),
    "url": ("url", "link", "canonical"),
    "language": ("lang", "language"),
}


def read(data: bytes, encoding: str = "") -> dict[str, Any]:
    """Return the text, and the title, author, date, source, address and language it gives."""
    text, name, note = decode(data, encoding)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(lines)
    head = _head(front.group(1)) if front else {}
    said: dict[str, Any] = {}
    for field, keys in _KEYS.items():
        said[field] = next((head[key] for key in keys if head.get(key)), "")
    said["published"] = iso_day(said["published"])
    said["headline"] = said["headline"] or _heading(lines[front.end() if front else 0 :])
    metadata = {} if name == "utf-8" else {"encoding": name}
    return {"text": text, **said, "metadata": metadata, "note": note, "guessed": bool(note)}


def _head(front: str) -> dict[str, str]:
    """Return the simple values of the front matter, lists as one."""
    try:
        found = yaml.load(front, Loader=yaml.BaseLoader)  # noqa: S506 - makes strings alone
    except (yaml.YAMLError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    head = {}
    for key, value in found.items():
        values = value if isinstance(value, list) else [value]
        words = [one for one in values if isinstance(one, str)]
        head[str(key).lower()] = " ".join(", ".join(words).split())
    return head


def _heading(text: str) -> str:
    found = _HEADING.search(_FENCE.sub("", text[:100_000]))
    if found is None:
        return ""
    return " ".join(_MARKUP.sub(r"\1", found["hash"] or found["under"]).split())
