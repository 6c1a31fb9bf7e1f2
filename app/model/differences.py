"""How two states of a thing differ, field by field, for people to read. Pure."""

from collections.abc import Iterable, Mapping

from app.model.annotation import Annotation, Evidence, Relation, Value
from app.model.article import Article, Status
from app.model.bookmark import Bookmark, Rejection
from app.model.codebook import Codebook
from app.model.history import Effect, Item
from app.model.registry import Annotator, Project, Record

Field = tuple[str, str]
"""What it is (`attribute`, `evidence`, `detail` of a relation, or empty) and its name."""


def fields_of(item: Item | None) -> Mapping[Field, Value]:  # noqa: C901, PLR0911 - one case a kind
    """Return what can be told of a thing, field by field, in the order a reader expects."""
    match item:
        case Annotation():
            return _annotation_fields(item)
        case Relation():
            ends = {"role": item.role, "source": item.source, "target": item.target}
            return _named("", ends) | _named("detail", item.attributes)
        case Record():
            known: dict[str, Value] = {"name": item.name, "aliases": tuple(item.aliases)}
            return _named("", known) | _named("attribute", item.attributes)
        case Article():
            names = ("title", "source", "author", "published", "language", "url")
            return {("", name): str(getattr(item, name) or "") for name in names}
        case Status():
            return {("", "state"): item.state, ("", "note"): item.note}
        case Bookmark():
            return {("", "offset"): item.offset, ("", "note"): item.note}
        case Rejection():
            return {("", "type"): item.type, ("", "words"): item.quote}
        case Codebook():
            return {("", "revision"): item.revision, ("", "name"): item.label or item.name}
        case Project():
            return {("", "name"): item.name, ("", "working_layer"): item.working_layer}
        case Annotator():
            return {("", "name"): item.name, ("", "role"): item.role}
        case None:
            return {}


def _annotation_fields(item: Annotation) -> dict[Field, Value]:
    found: dict[Field, Value] = {
        ("", "type"): item.type,
        ("", "words"): item.quote,
        ("", "place"): ", ".join(f"{f.start}–{f.end}" for f in item.fragments),
        ("", "record"): item.record or "",
        ("", "certainty"): item.certainty,
        ("", "comment"): item.comment,
    }
    found |= _named("attribute", item.attributes)
    by_name: dict[str, list[Evidence]] = {}
    for piece in item.evidence:
        by_name.setdefault(piece.attribute, []).append(piece)
    return found | {("evidence", name): _said(pieces) for name, pieces in by_name.items()}


def _said(pieces: Iterable[Evidence]) -> str:
    return "; ".join(
        " … ".join(f.text for f in piece.fragments)
        + (f" = {piece.value}" if piece.value not in (None, "") else "")
        for piece in pieces
    )


def differences(thing: Effect) -> tuple[tuple[Field, Value, Value], ...]:
    """Return the fields that differ: (field, before, after); empty fields count as none."""
    before, after = fields_of(thing.before), fields_of(thing.after)
    names = dict.fromkeys((*before, *after))
    return tuple(
        (name, before.get(name), after.get(name))
        for name in names
        if (before.get(name) or None) != (after.get(name) or None)
    )


def _named(kind: str, values: Mapping[str, Value]) -> dict[Field, Value]:
    return {(kind, name): value for name, value in values.items()}
