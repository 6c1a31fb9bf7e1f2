"""Articles out of foreign files: what the child read, made articles of ours.

A reader is a module with `read(data)`; it returns one record or yields many. A record has `text`,
and may have `headline` (a title that is sure), `title` (what the document calls itself, which is
often nothing), `author`, `published` (ISO 8601), `source`, `url`, `language`, `metadata`,
`left_out` (what and how often), `note` and `guessed` (that the encoding is a guess).
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.exchange.child import CHILDREN, Children
from app.exchange.dataset import Dataset, Lost
from app.exchange.spool import Spool
from app.exchange.text_file import printable, read_bytes, title_in
from app.model.article import Article, Source
from app.model.errors import InputRefused
from app.model.ids import new_id, utc_now
from app.model.text import TextRefused, canonical, sha256_of

Tell = Callable[[], None]
"""Called now and then while a file is read; what it raises ends that."""

_WHY = {
    "rows without text": "there is nothing in them to mark",
    "messages and articles without text": "there is nothing in them to mark",
}


def go_on() -> None:
    """Nobody wants to hear of it."""


def read(
    path: Path,
    module: str,
    *,
    children: Children = CHILDREN,
    tell: Tell = go_on,
    **options: Any,
) -> Dataset:
    """Return the articles that a reader of ours finds in a file.

    All of the file is read before any article is handed on. Raises `InputRefused` and `KnownError`.
    """
    data = read_bytes(path)
    if not data:
        raise InputRefused("it is empty")
    said = children.stream(f"app.exchange.{module}", data, **options)
    return _gathered(said, path.name, hashlib.sha256(data).hexdigest(), tell)


def members(path: Path, *, children: Children = CHILDREN) -> list[dict[str, Any]]:
    """Return the files in a zip archive, as `archive.read` lists them."""
    return list(children.stream("app.exchange.archive", b"", path=str(path.absolute())))


def read_member(
    path: Path, member: int, name: str, module: str, *, tell: Tell = go_on, **options: Any
) -> Dataset:
    """Return the articles in one file of a zip archive."""
    said = _of_member(path, member, name, module, **options)
    return _gathered(said, re.split(r"[\\/]", name)[-1], "", tell)


def peek(path: Path, module: str, **options: Any) -> dict[str, Any]:
    """Return the one record that a reader has about a file, which is no article."""
    return CHILDREN.read(f"app.exchange.{module}", read_bytes(path), **options)


def peek_member(path: Path, member: int, name: str, module: str, **options: Any) -> dict[str, Any]:
    """Return the one record that a reader has about a file of a zip archive."""
    _, said = _of_member(path, member, name, module, **options)
    return said


def _of_member(
    path: Path, member: int, name: str, module: str, **options: Any
) -> Iterator[dict[str, Any]]:
    return CHILDREN.stream(
        "app.exchange.archive",
        b"",
        path=str(path.absolute()),
        member=member,
        name=name,
        reader=f"app.exchange.{module}",
        **options,
    )


def _gathered(records: Iterable[dict[str, Any]], name: str, sha256: str, tell: Tell) -> Dataset:
    origin = Source(file=printable(name), sha256=sha256, imported_at=utc_now())
    spool = Spool()
    left_out: Counter[str] = Counter()
    notes: dict[str, None] = {}
    empty, guessed = 0, False
    for said in records:
        tell()
        if said.get("sha256"):
            origin = replace(origin, sha256=said["sha256"])
        left_out.update(said.get("left_out", {}))
        guessed = guessed or said.get("guessed", False)
        notes |= dict.fromkeys(filter(None, [said.get("note", "")]))
        if "text" not in said:
            continue
        try:
            article = _article(said, origin, spool.count + 1)
        except TextRefused as refusal:
            where = f"in article {spool.count + empty + 1:,} " if spool.count else ""
            raise InputRefused(f"{where}{refusal}") from None
        if article.text.strip():
            spool.add(article)
        else:
            empty += 1
    if not spool.count:
        raise InputRefused("it holds no text")
    if empty:
        left_out["messages and articles without text"] += empty
    lost = tuple(
        Lost(what=what, count=count, reason=_WHY.get(what, "only the running text is taken"))
        for what, count in sorted(left_out.items())
    )
    return Dataset(articles=spool, lost=lost, note="; ".join(notes), guessed=guessed)


def _article(said: dict[str, Any], origin: Source, number: int) -> Article:
    text = canonical(said["text"])
    title = canonical(said.get("headline") or "") or title_in(text)
    stem = Path(origin.file).stem
    return Article(
        id=new_id(),
        title=title
        or canonical(said.get("title") or "")
        or (f"{stem} {number}" if number > 1 else stem),
        text=text,
        sha256=sha256_of(text),
        author=canonical(said.get("author") or ""),
        published=canonical(said.get("published") or ""),
        source=canonical(said.get("source") or ""),
        url=canonical(said.get("url") or ""),
        language=canonical(said.get("language") or ""),
        metadata={canonical(key): canonical(v) for key, v in said.get("metadata", {}).items()},
        origin=origin,
    )
