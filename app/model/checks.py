"""Findings: what is incomplete or contradicts itself. Warnings for the annotator, never a block."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.model.annotation import Annotation, Relation, Value
from app.model.codebook import Codebook, SpanType


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something worth a look at one annotation. `field` names the attribute, role or evidence."""

    kind: str
    annotation: str
    field: str
    message: str


def findings(
    codebook: Codebook, annotations: Iterable[Annotation], relations: Iterable[Relation]
) -> tuple[Finding, ...]:
    """Return the findings of one article and layer, in reading order of the annotations given."""
    outgoing: dict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        outgoing[relation.source].append(relation)
    by_id = {annotation.id: annotation for annotation in annotations}
    return tuple(
        finding
        for annotation in by_id.values()
        for finding in _of(codebook, annotation, outgoing[annotation.id], by_id)
    )


def _of(
    codebook: Codebook,
    annotation: Annotation,
    outgoing: list[Relation],
    by_id: dict[str, Annotation],
) -> Iterator[Finding]:
    span_type = codebook.type(annotation.type)
    if span_type is None:
        message = f"Type “{annotation.type}” is not in the codebook"
        yield _finding("unknown type", annotation, "", message)
        return
    yield from _missing(codebook, span_type, annotation, {relation.role for relation in outgoing})
    yield from _number(annotation, outgoing, by_id)
    given = annotation.attributes
    lacks = given.get("position") is not None and not given.get("concept")
    if lacks and span_type.attribute("concept") is not None:
        message = "A position needs a concept"
        yield _finding("position without concept", annotation, "concept", message)


def _missing(
    codebook: Codebook, span_type: SpanType, annotation: Annotation, filled: set[str]
) -> Iterator[Finding]:
    for attribute in span_type.attributes:
        if attribute.required and annotation.attributes.get(attribute.name) in (None, "", ()):
            message = f"{attribute.label} is empty"
            yield _finding("missing attribute", annotation, attribute.name, message)
    for role in codebook.roles_of(span_type.name):
        if role.required and filled.isdisjoint({role.name, *role.alternatives}):
            message = f"{span_type.label} without {role.label.lower()}"
            yield _finding("missing relation", annotation, role.name, message)
    present = {evidence.attribute for evidence in annotation.evidence}
    for evidence_field in span_type.evidence:
        if evidence_field.required and evidence_field.name not in present:
            message = f"{span_type.label} without {evidence_field.label.lower()}"
            yield _finding("missing evidence", annotation, evidence_field.name, message)


def _number(
    annotation: Annotation, outgoing: list[Relation], by_id: dict[str, Annotation]
) -> Iterator[Finding]:
    given = annotation.attributes
    low, value, high = (_figure(given.get(name)) for name in ("low", "value", "high"))
    if low is not None and high is not None and low > high:
        yield _finding("low above high", annotation, "low", f"Low {low:g} is above high {high:g}")
    for relation in outgoing:
        if relation.role != "part_of" or (whole := by_id.get(relation.target)) is None:
            continue
        total = _figure(whole.attributes.get("value"))
        if value is not None and total is not None and value > total:
            message = f"{value:g} is part of {total:g}, which is smaller"
            yield _finding("part larger than whole", annotation, "part_of", message)


def _figure(value: Value) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _finding(kind: str, annotation: Annotation, field: str, message: str) -> Finding:
    return Finding(kind=kind, annotation=annotation.id, field=field, message=message)
