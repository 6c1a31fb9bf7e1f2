"""Articles out of foreign files: what the child read, made articles of ours.

A reader is a module with `read(data)`; it returns one record or yields many. A record has `text`,
and may have `headline` (a title that is sure), `title` (what the document calls itself, which is
often nothing), `author`, `published` (ISO 8601), `source`, `url`, `language`, `metadata`,
`left_out` (what and how often), `note` and `guessed` (that the encoding is a guess).
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from app.exchange.child import CHILDREN, Children
from app.exchange.dataset import Dataset, Lost
from app.exchange.spool import Spool
from app.exchange.text_file import printable, read_bytes, title_in
from app.model.article import Article, Source
from app.model.errors import InputRefused, KnownError
from app.model.ids import new_id, utc_now
from app.model.text import TextRefused, canonical, sha256_of

Tell = Callable[[], None]
"""Called now and then while a file is read; what it raises ends that."""

_TOGETHER = 128 * 1024
"""Bytes of the files of an archive that are read at a time: a moment's work."""

_WHY = {
    "rows without text": "there is nothing in them to mark",
    "messages and articles without text": "there is nothing in them to mark",
    "dates": "which day they mean is not clear, so they are kept beside the article as written",
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
    said = children.stream(_module(module), data, **options)
    return _gathered(said, path.name, hashlib.sha256(data).hexdigest(), tell)


def members(path: Path, *, children: Children = CHILDREN) -> list[dict[str, Any]]:
    """Return the files in a zip archive, as `archive.read` lists them."""
    return list(children.stream("app.exchange.archive", b"", path=str(path.absolute())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of a zip archive: its place there, its name, and how it is to be read.

    `size` is that of its bytes, as the archive says.
    """

    path: Path
    place: int
    name: str
    size: int
    module: str
    options: Mapping[str, Any] = field(default_factory=dict)


class Ahead:
    """Small files of archives, read several at a time: asking takes longer than reading them."""

    def __init__(self, members: Iterable[Member], children: Children = CHILDREN) -> None:
        """Say what will be wanted, in this order."""
        self._children = children
        self._wanted = list(members)
        self._numbers = {(one.path, one.place): n for n, one in enumerate(self._wanted)}
        self._begun = 0
        """Files before this one are asked for alone, where they are not read yet."""
        self._read: dict[int, list[dict[str, Any]]] = {}

    def records(self, member: Member) -> list[dict[str, Any]] | None:
        """Return what a reader says of a file, once; None where it has to be asked alone.

        It has to be where it is large, or where one of those beside it could not be read.
        """
        number = self._numbers.get((member.path, member.place), -1)
        if number < 0 or self._wanted[number] != member:
            return None
        if number >= self._begun:
            self._read_from(number)
        return self._read.pop(number, None)

    def _read_from(self, number: int) -> None:
        together = []
        size = 0
        for one in islice(self._wanted, number, None):
            size += one.size
            if size > _TOGETHER or one.path != self._wanted[number].path:
                break
            together.append(one)
        self._begun = number + max(1, len(together))
        if len(together) < 2:
            return
        self._read = {}
        several = [(one.place, one.name, _module(one.module), one.options) for one in together]
        path = str(together[0].path.absolute())
        asked = self._children.stream("app.exchange.archive", b"", path=path, several=several)
        with suppress(InputRefused, KnownError):  # asked alone, that file says it of itself
            for at, said in enumerate(asked, number):
                self._read[at] = said["records"]


def read_member(member: Member, *, tell: Tell = go_on, ahead: Ahead | None = None) -> Dataset:
    """Return the articles in one file of a zip archive."""
    said = ahead.records(member) if ahead is not None else None
    name = re.split(r"[\\/]", member.name)[-1]
    return _gathered(_of_member(member) if said is None else said, name, "", tell)


def peek(path: Path, module: str, **options: Any) -> dict[str, Any]:
    """Return the one record that a reader has about a file, which is no article."""
    return CHILDREN.read(_module(module), read_bytes(path), **options)


def peek_member(member: Member) -> dict[str, Any]:
    """Return the one record that a reader has about a file of a zip archive."""
    _, said = _of_member(member)
    return said


def _of_member(member: Member) -> Iterator[dict[str, Any]]:
    return CHILDREN.stream(
        "app.exchange.archive",
        b"",
        path=str(member.path.absolute()),
        member=member.place,
        name=member.name,
        reader=_module(member.module),
        **member.options,
    )


def _module(name: str) -> str:
    return f"app.exchange.{name}"


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
