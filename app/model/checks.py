"""Findings: what is incomplete or contradicts itself. Warnings for the annotator, never a block."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.model.annotation import Annotation, Relation, Value
from app.model.codebook import Codebook, SpanType
from app.model.registry import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something worth a look at one annotation. `field` names the attribute, role or evidence."""

    kind: str
    annotation: str
    field: str
    message: str


def findings(
    codebook: Codebook,
    annotations: Iterable[Annotation],
    relations: Iterable[Relation],
    records: Iterable[Record] = (),
) -> tuple[Finding, ...]:
    """Return the findings of one article and layer, in reading order of the annotations given.

    `records` are the registry records they mention.
    """
    outgoing: dict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        outgoing[relation.source].append(relation)
    by_id = {annotation.id: annotation for annotation in annotations}
    known = {record.id: record for record in records}
    found: dict[str, list[Finding]] = {
        annotation.id: list(_of(codebook, annotation, outgoing[annotation.id], by_id))
        + list(_required(codebook, annotation, outgoing[annotation.id], known))
        for annotation in by_id.values()
    }
    for finding in _conflicting(by_id, outgoing):
        found[finding.annotation].append(finding)
    return tuple(finding for several in found.values() for finding in several)


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


def _required(
    codebook: Codebook,
    annotation: Annotation,
    outgoing: list[Relation],
    records: dict[str, Record],
) -> Iterator[Finding]:
    """Yield what an option asks for: an event that needs a recipient has none."""
    record = records.get(annotation.record or "")
    given = annotation.attributes
    chosen = [(a, given.get(a.name)) for a in codebook.demanding("type", annotation.type)]
    if record is not None:
        held = record.attributes
        chosen += [(a, held.get(a.name)) for a in codebook.demanding("record", record.kind)]
    if not chosen:
        return
    filled = {relation.role for relation in outgoing}
    for attribute, value in chosen:
        option = attribute.option(value) if attribute.type == "enum" and value is not None else None
        for name in option.requires if option else ():
            if name not in filled:
                role = codebook.role(annotation.type, name)
                label = role.label if role else name
                message = f"{option.label or option.value} without “{label}”" if option else ""
                yield _finding("missing relation", annotation, name, message)


def _conflicting(
    by_id: dict[str, Annotation], outgoing: dict[str, list[Relation]]
) -> Iterator[Finding]:
    """Yield the numbers that give another exact value for the same thing from the same source."""
    seen: dict[tuple[object, ...], Annotation] = {}
    for annotation in by_id.values():
        value = _figure(annotation.attributes.get("value"))
        relations = outgoing[annotation.id]
        counted = _ends("counts", relations, by_id)
        if value is None or annotation.attributes.get("modifier") != "exact" or not counted:
            continue
        if any(relation.role == "part_of" for relation in relations):
            continue
        given = annotation.attributes
        key = (
            counted,
            given.get("quantity_of"),
            given.get("side"),
            _ends("reported_by", relations, by_id),
        )
        first = seen.setdefault(key, annotation)
        other = _figure(first.attributes.get("value"))
        if other is not None and other != value:
            message = f"{value:g} here, {other:g} before, both exact and of the same"
            yield _finding("conflicting values", annotation, "value", message)


def _ends(role: str, relations: list[Relation], by_id: dict[str, Annotation]) -> frozenset[str]:
    """Return what a role leads to: the record where there is one, else the annotation."""
    targets = (by_id.get(relation.target) for relation in relations if relation.role == role)
    return frozenset(target.record or target.id for target in targets if target)


def _missing(
    codebook: Codebook, span_type: SpanType, annotation: Annotation, filled: set[str]
) -> Iterator[Finding]:
    for attribute in span_type.attributes:
        if attribute.required and annotation.attributes.get(attribute.name) in (None, "", ()):
            message = f"{attribute.label} is empty"
            yield _finding("missing attribute", annotation, attribute.name, message)
    for role in codebook.roles_of(span_type.name):
        if role.required and filled.isdisjoint({role.name, *role.alternatives}):
            message = f"{span_type.label} without “{role.label}”"
            yield _finding("missing relation", annotation, role.name, message)
    present = {evidence.attribute for evidence in annotation.evidence}
    for evidence_field in span_type.evidence:
        if evidence_field.required and evidence_field.name not in present:
            message = f"{span_type.label} without “{evidence_field.label}”"
            yield _finding("missing evidence", annotation, evidence_field.name, message)


def _number(
    annotation: Annotation, outgoing: list[Relation], by_id: dict[str, Annotation]
) -> Iterator[Finding]:
    given = annotation.attributes
    if not ("low" in given or "value" in given or "high" in given):
        return
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
