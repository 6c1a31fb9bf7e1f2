"""What a step of the history did: each thing as it was before and as it was after. Pure.

A journal row holds a command and its inverse. The inverse says how everything was before; what the
command made of it follows from both, so nothing has to be replayed to read one line of the history.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from app.model.annotation import Annotation, Relation
from app.model.article import Article, Status
from app.model.bookmark import Bookmark, Rejection
from app.model.changes import ChangeKind
from app.model.codebook import Codebook
from app.model.commands import (
    AddAnnotation,
    AddAnnotator,
    AddArticle,
    AddRecord,
    AddRelation,
    Batch,
    ClearBookmark,
    ClearStatus,
    Command,
    DeleteAnnotation,
    DeleteArticle,
    DeleteRecord,
    DeleteRelation,
    EditAnnotation,
    EditArticle,
    EditRecord,
    EditRelation,
    Erase,
    LinkRecord,
    PutAnnotation,
    PutArticle,
    PutBookmark,
    PutRecord,
    PutRelation,
    RejectSuggestion,
    SetBookmark,
    SetCodebook,
    SetProject,
    SetStatus,
    UnrejectSuggestion,
)
from app.model.registry import Annotator, Project, Record

Kind = Literal[
    "annotation",
    "relation",
    "record",
    "article",
    "status",
    "bookmark",
    "rejection",
    "codebook",
    "project",
    "annotator",
]
Item = (
    Annotation
    | Relation
    | Record
    | Article
    | Status
    | Bookmark
    | Rejection
    | Codebook
    | Project
    | Annotator
)
Key = tuple[Kind, str]
States = dict[Key, Item | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One thing a step changed; None: it was not there, or in the trash."""

    kind: Kind
    id: str
    before: Item | None
    after: Item | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of the history. `step` is what one undo takes back; `undone` that it was."""

    seq: int
    at: str
    by: str
    layer: str
    article: str | None
    article_title: str
    title: str
    kind: ChangeKind
    step: int
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trashed:
    """What lies in the trash: an article, or an annotation of an article that is not there.

    `label` is the article's title or the words of the mark; `by` and `seq` tell who put it there
    and with which step, where the history knows.
    """

    kind: Literal["annotation", "article"]
    id: str
    label: str
    type: str
    layer: str
    article: str
    article_title: str
    at: str
    by: str = ""
    seq: int = 0


def effects(command: Command, inverse: Command) -> tuple[Effect, ...]:
    """Return what a command changed, each thing once, in the order of the command."""
    before, after = States(), States()
    for step, back in _pairs(command, inverse):
        were = befores(back)
        for key, item in were.items():
            before.setdefault(key, item)
        after |= _afters(step, were | {key: after[key] for key in were if key in after})
    return tuple(
        Effect(kind=key[0], id=key[1], before=item, after=after.get(key))
        for key, item in before.items()
        if not _same(item, after.get(key))
    )


def befores(inverse: Command) -> States:
    """Return everything that an inverse puts back, and None for what it removes."""
    found = States()
    for step in _flat(inverse):
        key, item = _put(step)
        if key is not None:
            found[key] = item
    return found


def referred(command: Command) -> Iterator[str]:
    """Yield the ids that a command needs to be there: ends of relations, records mentioned."""
    for step in _flat(command):
        match step:
            case AddRelation(relation=relation) | PutRelation(relation=relation):
                yield relation.source
                yield relation.target
            case AddAnnotation(annotation=annotation) | PutAnnotation(annotation=annotation):
                yield annotation.article
                if annotation.record:
                    yield annotation.record
            case LinkRecord(record=record) if record:
                yield record
            case _:
                pass


def _flat(command: Command) -> Iterator[Command]:
    if isinstance(command, Batch):
        for step in command.steps:
            yield from _flat(step)
    else:
        yield command


def _pairs(command: Command, inverse: Command) -> Iterator[tuple[Command, Command]]:
    """Yield each single command with its own inverse: those of a batch are in reverse order."""
    if isinstance(command, Batch) and isinstance(inverse, Batch):
        for step, back in zip(command.steps, reversed(inverse.steps), strict=False):
            yield from _pairs(step, back)
    else:
        yield command, inverse


def _put(step: Command) -> tuple[Key | None, Item | None]:  # noqa: C901, PLR0911, PLR0912 - one case a command
    """Return what a command writes, where it says all of it; None for what it takes away."""
    match step:
        case PutAnnotation(annotation=item, deleted_at=gone):
            return ("annotation", item.id), None if gone else item
        case PutRelation(relation=item, deleted_at=gone):
            return ("relation", item.id), None if gone else item
        case PutRecord(record=item, deleted_at=gone):
            return ("record", item.id), None if gone else item
        case PutArticle(article=item, deleted_at=gone):
            return ("article", item.id), None if gone else item
        case AddAnnotation(annotation=item):
            return ("annotation", item.id), item
        case AddRelation(relation=item):
            return ("relation", item.id), item
        case AddRecord(record=item) | EditRecord(record=item):
            return ("record", item.id), item
        case AddArticle(article=item):
            return ("article", item.id), item
        case AddAnnotator(annotator=item):
            return ("annotator", item.id), item
        case SetStatus(status=item):
            return ("status", f"{item.article} {item.layer}"), item
        case ClearStatus(article=article, layer=layer):
            return ("status", f"{article} {layer}"), None
        case SetBookmark(bookmark=item) | PutBookmark(bookmark=item):
            return ("bookmark", f"{item.article} {item.layer} {item.offset}"), item
        case ClearBookmark(article=article, layer=layer, offset=offset):
            return ("bookmark", f"{article} {layer} {offset}"), None
        case RejectSuggestion(rejection=item):
            return ("rejection", item.id), item
        case UnrejectSuggestion(id=name):
            return ("rejection", name), None
        case SetCodebook(codebook=item):
            return ("codebook", ""), item
        case SetProject(project=item):
            return ("project", ""), item
        case Erase(what="codebook"):
            return ("codebook", ""), None
        case Erase(what=what, id=name):
            return None if what == "receipt" else (what, name), None
        case _:  # a receipt is kept for good, and told by its title
            return None, None


def _afters(step: Command, before: States) -> States:  # noqa: PLR0911 - one case a command
    """Return what a single command made of things."""
    match step:
        case EditAnnotation(id=name):
            was = before.get(("annotation", name))
            return {("annotation", name): edited(was, step)} if isinstance(was, Annotation) else {}
        case LinkRecord(id=name, record=record):
            was = before.get(("annotation", name))
            made = replace(was, record=record) if isinstance(was, Annotation) else None
            return {("annotation", name): made}
        case EditRelation(id=name):
            was = before.get(("relation", name))
            if not isinstance(was, Relation):
                return {}
            held = {**was.attributes, **step.attributes}
            kept = {key: value for key, value in held.items() if key not in step.unset}
            return {("relation", name): replace(was, attributes=kept)}
        case EditArticle(id=name):
            was = before.get(("article", name))
            return {("article", name): _article(was, step)} if isinstance(was, Article) else {}
        case DeleteAnnotation() | DeleteRelation() | DeleteRecord() | DeleteArticle():
            return dict.fromkeys(before)
        case _:
            key, item = _put(step)
            return {key: item} if key is not None else {}


def outcome(command: Command, item: Item, key: Key) -> Item | None:
    """Return what the edits in a command make of one thing; None where it is removed."""
    held: Item | None = item
    for step in _flat(command):
        match step:
            case DeleteAnnotation() | DeleteRelation() | DeleteRecord() | DeleteArticle():
                held = None if step.id == key[1] else held
            case _:
                held = _afters(step, {key: held}).get(key, held)
    return held


def edited(was: Annotation, step: EditAnnotation) -> Annotation:
    """Return an annotation as an edit makes it."""
    held = {**was.attributes, **step.attributes}
    return replace(
        was,
        type=was.type if step.type is None else step.type,
        fragments=was.fragments if step.fragments is None else step.fragments,
        attributes={key: value for key, value in held.items() if key not in step.unset},
        certainty=was.certainty if step.certainty is None else step.certainty,
        comment=was.comment if step.comment is None else step.comment,
        evidence=was.evidence if step.evidence is None else step.evidence,
    )


def _article(was: Article, step: EditArticle) -> Article:
    given = {
        name: value
        for name in ("title", "source", "url", "author", "published", "language", "metadata")
        if (value := getattr(step, name)) is not None
    }
    return replace(was, **given)


def _same(one: Item | None, other: Item | None) -> bool:
    """Tell whether two states say the same, whenever they were written."""
    return _bare(one) == _bare(other)


def _bare(item: Item | None) -> Item | None:
    match item:
        case Annotation():
            return replace(item, version=0, created_at="", updated_at="", codebook_revision=0)
        case Relation() | Record():
            return replace(item, version=0)
        case Article():
            return replace(item, version=0, text="", position=0)
        case _:
            return item
