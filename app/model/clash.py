"""An edit of what somebody else changed meanwhile: both versions, and the way on. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.model.annotation import Annotation, Relation, Value
from app.model.article import Article
from app.model.bookmark import Bookmark
from app.model.commands import (
    Batch,
    ClearBookmark,
    Command,
    DeleteAnnotation,
    DeleteArticle,
    DeleteRecord,
    DeleteRelation,
    EditAnnotation,
    EditArticle,
    EditRecord,
    EditRelation,
    LinkRecord,
    SetBookmark,
)
from app.model.differences import Field, differences
from app.model.history import Effect, Item, Key, outcome
from app.model.registry import Record

Versioned = Annotation | Relation | Record | Article | Bookmark
"""What an edit says the version of."""

_WHOLE: frozenset[Field] = frozenset({("", "type"), ("", "place"), ("", "words")})
"""What a mark is and where: nobody changes the rest unseen while somebody changes these."""

Line = tuple[Field, Value, Value]
"""A field, its value here and its value there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A command that was refused because it saw an older version of one thing.

    `lines` are the fields that both changed, to different values, and all that was changed here
    where one of both changed the type or the place; with none the two do not get into each other's
    way. `removes`: the command takes the thing away. `again` is the same command
    for the version there is now: it changes what it changed, and leaves the rest as it is there.
    """

    current: Versioned
    lines: tuple[Line, ...]
    removes: bool
    again: Command


def clash_of(command: Command, *, seen: Item | None, current: object) -> Clash | None:
    """Return how a refused command and what the project holds now differ.

    `seen` is the thing as the editor saw it, None where that is not known any more. None for what
    has no versions to compare: a codebook, or a thing that was removed.
    """
    if not isinstance(current, Versioned):
        return None
    key = _key(current)
    mine = outcome(command, current, key)
    removes = mine is None
    theirs = {field for field, _, _ in _differences(key, seen, current)}
    if mine is None:
        lines = tuple(_differences(key, seen, current)) if seen else ()
    else:
        ours = tuple((f, here, there) for f, there, here in _differences(key, current, mine))
        whole = seen is None or not _WHOLE.isdisjoint({*theirs, *(field for field, _, _ in ours)})
        lines = tuple(line for line in ours if whole or line[0] in theirs)
    return Clash(
        current=current, lines=lines, removes=removes, again=_again(command, key, current.version)
    )


def _differences(key: Key, before: Item | None, after: Item | None) -> Iterator[Line]:
    yield from differences(Effect(kind=key[0], id=key[1], before=before, after=after))


def _key(item: Versioned) -> Key:
    match item:
        case Annotation():
            return "annotation", item.id
        case Relation():
            return "relation", item.id
        case Record():
            return "record", item.id
        case Article():
            return "article", item.id
        case Bookmark():
            return "bookmark", f"{item.article} {item.layer} {item.offset}"


def _again(command: Command, key: Key, version: int) -> Command:
    """Return a command that says it saw this version of a thing."""
    match command:
        case Batch(steps=steps):
            return Batch(steps=tuple(_again(step, key, version) for step in steps))
        case (
            EditAnnotation()
            | LinkRecord()
            | DeleteAnnotation()
            | EditRelation()
            | DeleteRelation()
            | DeleteRecord()
            | EditArticle()
            | DeleteArticle()
        ) if command.id == key[1]:
            return replace(command, version=version)
        case EditRecord(record=record) if record.id == key[1]:
            return replace(command, record=replace(record, version=version))
        case SetBookmark(bookmark=mark) if _key(mark) == key:
            return replace(command, bookmark=replace(mark, version=version))
        case ClearBookmark() if f"{command.article} {command.layer} {command.offset}" == key[1]:
            return replace(command, version=version)
        case _:
            return command
