"""Findings: what is incomplete or contradicts itself. Warnings for the annotator, never a block."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.model.annotation import Annotation, Relation, Value, reading_order
from app.model.changes import Change
from app.model.codebook import Codebook, SpanType
from app.model.contents import ArticleContents
from app.model.registry import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something worth a look at one annotation. `field` names the attribute, role or evidence.

    `other` is the annotation it contradicts, where there is one.
    """

    kind: str
    annotation: str
    field: str
    message: str
    other: str = ""


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
        annotation.id: list(_of(codebook, annotation, outgoing[annotation.id], by_id.get))
        + list(_required(codebook, annotation, outgoing[annotation.id], known.get))
        for annotation in by_id.values()
    }
    for finding in _conflicting(by_id.values(), lambda mark: outgoing[mark], by_id.get):
        found[finding.annotation].append(finding)
    return tuple(finding for several in found.values() for finding in several)


class Findings:
    """The findings of one article, kept current: a change costs what it touches.

    `ArticleContents` has to have taken a change before this does.
    """

    def __init__(self, contents: ArticleContents, codebook: Codebook) -> None:
        self._contents, self._codebook = contents, codebook
        self._sources = {relation.id: relation.source for relation in contents.relations}
        self._found: dict[str, tuple[Finding, ...]] = {}
        self._conflicts: dict[str, tuple[Finding, ...]] | None = None
        for annotation in contents.annotations:
            self._look(annotation)

    def of(self, annotation_id: str) -> tuple[Finding, ...]:
        """Return the findings of one annotation."""
        found, mark = self._found.get(annotation_id, ()), self._contents.annotation(annotation_id)
        if mark is None or mark.attributes.get("modifier") != "exact":
            return found  # only exact figures contradict each other, and looking at all takes time
        return (*found, *self._all_conflicts().get(annotation_id, ()))

    def all(self) -> tuple[Finding, ...]:
        """Return all findings in reading order."""
        concerned = {*self._found, *self._all_conflicts()}
        marks = [mark for one in concerned if (mark := self._contents.annotation(one)) is not None]
        marks.sort(key=reading_order)
        return tuple(finding for mark in marks for finding in self.of(mark.id))

    def apply(self, change: Change) -> None:
        """Look again at what a change touches."""
        self._conflicts = None
        for gone in change.removed_annotations:
            self._found.pop(gone, None)
        for annotation_id in self._touched(change):
            annotation = self._contents.annotation(annotation_id)
            if annotation is not None:
                self._look(annotation)

    def _look(self, annotation: Annotation) -> None:
        contents, codebook = self._contents, self._codebook
        outgoing = list(contents.outgoing(annotation.id))
        found = (
            *_of(codebook, annotation, outgoing, contents.annotation),
            *_required(codebook, annotation, outgoing, contents.record),
        )
        if found:
            self._found[annotation.id] = found
        else:
            self._found.pop(annotation.id, None)

    def _touched(self, change: Change) -> set[str]:
        contents = self._contents
        touched = {mark.id for mark in change.annotations if mark.article == contents.article.id}
        # A number that includes another one is checked against its value.
        there = (*touched, *change.removed_annotations)
        touched |= {r.source for one in there for r in contents.incoming(one)}
        for relation_id in change.removed_relations:
            touched.add(self._sources.pop(relation_id, ""))
        for relation in change.relations:
            if relation.article == contents.article.id:
                touched |= {self._sources.get(relation.id, ""), relation.source}
                self._sources[relation.id] = relation.source
        records = {record.id for record in change.records} | set(change.removed_records)
        if records:
            touched |= {mark.id for mark in contents.annotations if mark.record in records}
        return touched

    def _all_conflicts(self) -> dict[str, tuple[Finding, ...]]:
        if self._conflicts is None:
            contents, found = self._contents, dict[str, tuple[Finding, ...]]()
            marks = contents.annotations
            for finding in _conflicting(marks, contents.outgoing, contents.annotation):
                found[finding.annotation] = (*found.get(finding.annotation, ()), finding)
            self._conflicts = found
        return self._conflicts


FindMark = Callable[[str], Annotation | None]
Outgoing = Callable[[str], Sequence[Relation]]


def _of(
    codebook: Codebook,
    annotation: Annotation,
    outgoing: list[Relation],
    find: FindMark,
) -> Iterator[Finding]:
    span_type = codebook.type(annotation.type)
    if span_type is None:
        message = f"Type “{annotation.type}” is not in the codebook"
        yield _finding("unknown type", annotation, "", message)
        return
    yield from _missing(codebook, span_type, annotation, {relation.role for relation in outgoing})
    yield from _number(annotation, outgoing, find)
    given = annotation.attributes
    lacks = given.get("position") is not None and not given.get("concept")
    if lacks and span_type.attribute("concept") is not None:
        message = "A position needs a concept"
        yield _finding("position without concept", annotation, "concept", message)


def _required(
    codebook: Codebook,
    annotation: Annotation,
    outgoing: list[Relation],
    find_record: Callable[[str], Record | None],
) -> Iterator[Finding]:
    """Yield what an option asks for: an event that needs a recipient has none."""
    record = find_record(annotation.record) if annotation.record else None
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
    annotations: Iterable[Annotation], outgoing: Outgoing, find: FindMark
) -> Iterator[Finding]:
    """Yield the numbers that give another exact value for the same thing from the same source."""
    seen: dict[tuple[object, ...], Annotation] = {}
    for annotation in annotations:
        value = _figure(annotation.attributes.get("value"))
        if value is None or annotation.attributes.get("modifier") != "exact":
            continue
        relations = outgoing(annotation.id)
        counted = _ends("counts", relations, find)
        if not counted:
            continue
        if any(relation.role == "part_of" for relation in relations):
            continue
        given = annotation.attributes
        key = (
            counted,
            given.get("quantity_of"),
            given.get("side"),
            _ends("reported_by", relations, find),
        )
        first = seen.setdefault(key, annotation)
        other = _figure(first.attributes.get("value"))
        if other is not None and other != value:
            message = f"{value:g} here, {other:g} before, both exact and of the same"
            yield _finding("conflicting values", annotation, "value", message, other=first.id)


def _ends(role: str, relations: Sequence[Relation], find: FindMark) -> frozenset[str]:
    """Return what a role leads to: the record where there is one, else the annotation."""
    targets = (find(relation.target) for relation in relations if relation.role == role)
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


def _number(annotation: Annotation, outgoing: list[Relation], find: FindMark) -> Iterator[Finding]:
    given = annotation.attributes
    if not ("low" in given or "value" in given or "high" in given):
        return
    low, value, high = (_figure(given.get(name)) for name in ("low", "value", "high"))
    if low is not None and high is not None and low > high:
        yield _finding("low above high", annotation, "low", f"Low {low:g} is above high {high:g}")
    for relation in outgoing:
        if relation.role != "part_of" or (whole := find(relation.target)) is None:
            continue
        total = _figure(whole.attributes.get("value"))
        if value is not None and total is not None and value > total:
            message = f"{value:g} is part of {total:g}, which is smaller"
            yield _finding("part larger than whole", annotation, "part_of", message, other=whole.id)


def _figure(value: Value) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _finding(
    kind: str, annotation: Annotation, field: str, message: str, *, other: str = ""
) -> Finding:
    return Finding(kind=kind, annotation=annotation.id, field=field, message=message, other=other)
