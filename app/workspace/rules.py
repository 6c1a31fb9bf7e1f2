"""What may be written: commands held against the codebook, the text and the registry.

Every rule raises `Refused` with a sentence. Inverses need none: they bring back what passed.
"""

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from app.model.annotation import Annotation, Evidence, Fragment, Relation, Value
from app.model.article import STATES, Article
from app.model.bookmark import Bookmark, Rejection
from app.model.codebook import Attribute, Codebook, SpanType, refusal
from app.model.commands import (
    AddAnnotation,
    AddAnnotator,
    AddArticle,
    AddRecord,
    AddRelation,
    Command,
    EditAnnotation,
    EditArticle,
    EditRecord,
    EditRelation,
    LinkRecord,
    PutAnnotation,
    PutBookmark,
    PutRelation,
    RejectSuggestion,
    SetBookmark,
    SetCodebook,
    SetProject,
    SetStatus,
)
from app.model.errors import InputRefused, Refused
from app.model.registry import Record
from app.model.text import canonical, sha256_of
from app.storage.codebook_use import refuse_loss

if TYPE_CHECKING:
    from app.storage.transaction import Rows

_LARGEST = 2**53
"""Whole numbers beyond this one are not exact in every program that reads an export."""


def check(command: Command, rows: "Rows") -> None:  # noqa: C901, PLR0912 - one case a command
    """Refuse a command that contradicts the codebook, the text or the registry."""
    codebook = rows.codebook()
    if isinstance(command, SetCodebook):
        refuse_loss(command.codebook, codebook, rows)
        return
    if codebook is None:
        raise InputRefused("The project has lost its codebook. Restore a backup.")
    match command:
        case (
            AddAnnotation(annotation=annotation)
            | PutAnnotation(annotation=annotation, deleted_at=None)
        ):
            _annotation(annotation, codebook, rows)
        case EditAnnotation():
            _edit(command, codebook, rows)
        case LinkRecord(id=annotation_id, record=record):
            mentioning = rows.annotations.live(annotation_id)
            if mentioning and record is not None:
                _mention(_type(codebook, mentioning.type), record, rows)
        case AddRelation(relation=relation) | PutRelation(relation=relation, deleted_at=None):
            _relation(relation, codebook, rows)
        case EditRelation(id=relation_id, attributes=attributes):
            edited = rows.relations.live(relation_id)
            source = edited and rows.annotations.live(edited.source)
            if edited and source:
                role = codebook.role(source.type, edited.role)
                _attributes(edited.role, role.attributes if role else (), attributes)
        case AddRecord(record=record) | EditRecord(record=record):
            _record(record, codebook)
        case AddArticle(article=article):
            _article(article)
        case EditArticle(metadata=metadata):
            _numbers(metadata or {})
        case SetStatus(status=status):
            if rows.articles.live(status.article) is None:
                raise Refused("This article is not in the project.")
            if status.state not in STATES:
                raise Refused(f"“{status.state}” is no state; it is one of {', '.join(STATES)}.")
            if not 0 <= status.seconds < _LARGEST:
                raise Refused(f"{status.seconds} is no time that can have been spent.")
        case SetBookmark(bookmark=bookmark) | PutBookmark(bookmark=bookmark):
            _bookmark(bookmark, rows)
        case RejectSuggestion(rejection=rejection):
            _rejection(rejection, rows)
        case SetProject(project=project):
            if not project.name.strip():
                raise Refused("A project needs a name.")
        case AddAnnotator(annotator=annotator):
            if not annotator.name.strip():
                raise Refused("An annotator needs a name.")
        case _:
            pass


def _annotation(annotation: Annotation, codebook: Codebook, rows: "Rows") -> None:
    span_type = _type(codebook, annotation.type)
    if not annotation.layer:
        raise Refused("An annotation needs a layer.")
    text = _text(annotation.article, rows)
    _fragments(text, annotation.fragments)
    _attributes(span_type.label, span_type.attributes, annotation.attributes)
    _evidence(text, span_type, annotation.evidence)
    if annotation.certainty not in ("sure", "unsure"):
        raise Refused(f"“{annotation.certainty}” is no certainty; it is sure or unsure.")
    if annotation.record is not None:
        _mention(span_type, annotation.record, rows)


def _bookmark(bookmark: Bookmark, rows: "Rows") -> None:
    text = _text(bookmark.article, rows)
    if not bookmark.layer:
        raise Refused("A bookmark needs a layer.")
    if not 0 <= bookmark.offset <= len(text):
        raise Refused(f"No text stands at {bookmark.offset:,} of {len(text):,} characters.")


def _rejection(rejection: Rejection, rows: "Rows") -> None:
    text = _text(rejection.article, rows)
    if not rejection.layer or not rejection.id:
        raise Refused("A rejected suggestion needs an id and a layer.")
    if not 0 <= rejection.start < rejection.end <= len(text):
        raise Refused(
            f"No text stands at {rejection.start:,} to {rejection.end:,} "
            f"of {len(text):,} characters."
        )


def _edit(command: EditAnnotation, codebook: Codebook, rows: "Rows") -> None:
    annotation = rows.annotations.live(command.id)
    if annotation is None:
        return  # a stale edit, which `apply` tells with more
    span_type = _type(codebook, command.type or annotation.type)
    _attributes(span_type.label, span_type.attributes, command.attributes)
    if command.fragments is not None or command.evidence is not None:
        text = _text(annotation.article, rows)
        if command.fragments is not None:
            _fragments(text, command.fragments)
        _evidence(text, span_type, command.evidence or ())
    if command.certainty not in (None, "sure", "unsure"):
        raise Refused(f"“{command.certainty}” is no certainty; it is sure or unsure.")


def _type(codebook: Codebook, name: str) -> SpanType:
    span_type = codebook.type(name)
    if span_type is None:
        raise Refused(f"The codebook has no type “{name}”.")
    return span_type


def _text(article: str, rows: "Rows") -> str:
    text = rows.text(article)
    if text is None:
        raise Refused("This article is not in the project.")
    return text


def _fragments(text: str, fragments: Iterable[Fragment]) -> None:
    end = -1
    for start, stop, words in fragments:
        if not 0 <= start < stop <= len(text):
            raise Refused(f"No text stands at {start:,} to {stop:,} of {len(text):,} characters.")
        if start < end:
            raise Refused("The parts of a span follow one another and do not overlap.")
        if text[start:stop] != words:
            raise Refused(
                f"At {start:,} to {stop:,} stands “{_cut(text[start:stop])}”, not “{_cut(words)}”."
            )
        end = stop
    if end < 0:
        raise Refused("A span needs at least one character.")


def _cut(words: str) -> str:
    limit = 60
    return words if len(words) <= limit else words[:limit] + "…"


def _attributes(label: str, known: Iterable[Attribute], attributes: Mapping[str, Value]) -> None:
    if not attributes:
        return
    by_name = {attribute.name: attribute for attribute in known}
    for name, value in attributes.items():
        attribute = by_name.get(name)
        if attribute is None:
            raise Refused(f"{label} has no field “{name}”.")
        if reason := refusal(attribute, value):
            raise Refused(f"{reason}.")


def _evidence(text: str, span_type: SpanType, evidence: Iterable[Evidence]) -> None:
    for item in evidence:
        field = span_type.evidence_field(item.attribute)
        if field is None:
            raise Refused(f"{span_type.label} has no evidence field “{item.attribute}”.")
        if item.fragments:
            _fragments(text, item.fragments)
        _attributes(field.label, field.attributes, item.attributes)
        _numbers({item.attribute: item.value})


def _mention(span_type: SpanType, record_id: str, rows: "Rows") -> None:
    record = rows.records.live(record_id)
    if record is None:
        raise Refused("The registry record it mentions is not in the project.")
    if record.kind != span_type.record_kind:
        raise Refused(
            f"{span_type.label} cannot mention “{record.name}”, which is a {record.kind}."
        )


def _relation(relation: Relation, codebook: Codebook, rows: "Rows") -> None:
    source, target = rows.annotations.live(relation.source), rows.annotations.live(relation.target)
    if source is None or target is None:
        raise Refused("A relation needs an annotation at both ends.")
    if source.id == target.id:
        raise Refused("An annotation cannot be linked to itself.")
    if not source.article == target.article == relation.article:
        raise Refused("A relation links two annotations of one article.")
    role = codebook.role(source.type, relation.role)
    if role is None:
        raise Refused(f"{_type(codebook, source.type).label} has no role “{relation.role}”.")
    if target.type not in role.targets:
        labels = [_type(codebook, name).label.lower() for name in role.targets]
        raise Refused(f"{role.label} takes {' or '.join(labels)}, not “{target.quote}”.")
    _attributes(role.label, role.attributes, relation.attributes)


def _record(record: Record, codebook: Codebook) -> None:
    kind = codebook.record_kind(record.kind)
    if kind is None:
        raise Refused(f"The codebook has no kind of record “{record.kind}”.")
    if not record.name.strip():
        raise Refused(f"{kind.label} needs a name.")
    _attributes(kind.label, kind.attributes, record.attributes)


def _article(article: Article) -> None:
    if canonical(article.text) != article.text:
        raise Refused("The article's text is not in its canonical form.")
    if sha256_of(article.text) != article.sha256:
        raise Refused("The article's text does not have the hash that is given for it.")
    if article.position >= _LARGEST:
        raise Refused(f"{article.position} is no place in the queue.")
    _numbers(article.metadata)


def _numbers(values: Mapping[str, Value]) -> None:
    for name, value in values.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise Refused(f"“{name}” is not a number that can be kept.")
