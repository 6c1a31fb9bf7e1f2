"""Quick fixes of findings: what sets a finding right in one step of undo. Nothing is done unasked.

Pure functions over the open article and the codebook, like `gestures`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.model.annotation import (
    Annotation,
    Evidence,
    Fragment,
    Relation,
    Value,
    fragments_of,
)
from app.model.checks import Finding
from app.model.codebook import Attribute, Codebook, EvidenceField, refusal
from app.model.commands import (
    AddRelation,
    Batch,
    DeleteRelation,
    EditAnnotation,
)
from app.model.contents import ArticleContents
from app.model.errors import Refused
from app.model.ids import new_id
from app.workspace import gestures
from app.workspace.gestures import Gesture, short


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """What a button says, and the gesture it stands for; without one it leads to `annotation`."""

    label: str
    gesture: Gesture | None = None
    annotation: str = ""
    field: str = ""


def fixes(contents: ArticleContents, codebook: Codebook, finding: Finding) -> tuple[Fix, ...]:
    """Return what can set a finding right, the likeliest first; nothing where only a look helps."""
    annotation = contents.annotation(finding.annotation)
    if annotation is None:
        return ()
    made = _Fixer(contents, codebook, annotation, finding)
    ways = {
        "unknown type": made.removal,
        "missing attribute": made.default,
        "missing relation": made.guess,
        "missing evidence": made.evidence,
        "position without concept": made.position,
        "low above high": made.bounds,
        "part larger than whole": made.part,
        "conflicting values": made.conflict,
    }
    return tuple(ways[finding.kind]()) if finding.kind in ways else ()


@dataclass(frozen=True, slots=True)
class _Fixer:
    contents: ArticleContents
    codebook: Codebook
    annotation: Annotation
    finding: Finding

    def edit(self, label: str, title: str, values: dict[str, Value]) -> Fix:
        """Return the fix that sets attributes, or takes away those that are None."""
        command = EditAnnotation(
            id=self.annotation.id,
            version=self.annotation.version,
            attributes={name: value for name, value in values.items() if value is not None},
            unset=tuple(name for name, value in values.items() if value is None),
        )
        return Fix(label=label, gesture=Gesture(command, title, self.annotation.id))

    def _attribute(self, name: str) -> Attribute | None:
        span_type = self.codebook.type(self.annotation.type)
        return span_type.attribute(name) if span_type else None

    def removal(self) -> Iterator[Fix]:
        gesture = gestures.delete(self.contents, self.annotation.id)
        yield Fix(label="Remove the mark", gesture=gesture)

    def position(self) -> Iterator[Fix]:
        yield self.edit("Clear the position", "clear position", {"position": None})

    def default(self) -> Iterator[Fix]:
        attribute = self._attribute(self.finding.field)
        if attribute is None or attribute.default is None:
            return
        if refusal(attribute, attribute.default) is None:
            option = attribute.option(attribute.default)
            words = (option.label if option else "") or str(attribute.default)
            title = f"set {attribute.label.lower()}"
            yield self.edit(f"Take “{words}”", title, {attribute.name: attribute.default})

    def guess(self) -> Iterator[Fix]:
        from app.model.guess import guess  # its patterns would delay the start

        role = self.codebook.role(self.annotation.type, self.finding.field)
        if role is None:
            return
        for name in (role.name, *role.alternatives):
            target = guess(self.contents, self.codebook, self.annotation.id, name)
            mark = self.contents.annotation(target) if target else None
            meant = self.codebook.role(self.annotation.type, name)
            if mark is None or meant is None:
                continue
            try:
                gesture = gestures.relate(
                    self.contents, self.codebook, self.annotation.id, name, mark.id
                )
            except Refused:
                continue
            what = short(self.contents.label(mark), 28)
            yield Fix(label=f"Take “{what}” as {meant.label.lower()}", gesture=gesture)

    def evidence(self) -> Iterator[Fix]:
        span_type = self.codebook.type(self.annotation.type)
        field = span_type.evidence_field(self.finding.field) if span_type else None
        if field is None:
            return
        if field.name == "cue":
            from app.model.links import likely_cue

            found = likely_cue(self.contents, self.annotation)
            if found is not None:
                words = fragments_of(self.contents.article.text, [found])
                yield self._take(field, words)
        elif field.inside and (rest := self._rest()):
            yield self._take(field, rest)

    def _take(self, field: EvidenceField, words: tuple[Fragment, ...]) -> Fix:
        annotation = self.annotation
        added = Evidence(attribute=field.name, fragments=words)
        command = EditAnnotation(
            id=annotation.id,
            version=annotation.version,
            evidence=(*annotation.evidence, added),
        )
        said = short(" … ".join(fragment.text for fragment in words), 28)
        gesture = Gesture(command, f"set {field.label.lower()}", annotation.id)
        return Fix(label=f"Take “{said}” as {field.label.lower()}", gesture=gesture)

    def _rest(self) -> tuple[Fragment, ...]:
        """Return the words behind speaker and cue: what is left of the mark is the content."""
        annotation, text = self.annotation, self.contents.article.text
        taken = [(f.start, f.end) for piece in annotation.evidence for f in piece.fragments]
        for relation in self.contents.outgoing(annotation.id):
            target = self.contents.annotation(relation.target)
            if relation.role == "speaker" and target is not None:
                taken += [(f.start, f.end) for f in target.fragments]
        left: list[tuple[int, int]] = []
        for start, end, _ in annotation.fragments:
            left += _without(start, end, taken)
        ranges = [_trimmed(text, start, end) for start, end in left]
        return fragments_of(text, [(start, end) for start, end in ranges if start < end])

    def bounds(self) -> Iterator[Fix]:
        given = self.annotation.attributes
        low, value, high = given.get("low"), given.get("value"), given.get("high")
        swapped = {"low": high, "high": low}
        yield self.edit("Swap low and high", "swap low and high", swapped)
        if isinstance(value, (int, float)) and isinstance(high, (int, float)) and value <= high:
            yield self.edit(f"Set low to {value:g}", "set low", {"low": value})
        if isinstance(value, (int, float)) and isinstance(low, (int, float)) and value >= low:
            yield self.edit(f"Set high to {value:g}", "set high", {"high": value})

    def part(self) -> Iterator[Fix]:
        found = [
            relation
            for relation in self.contents.outgoing(self.annotation.id)
            if relation.role == self.finding.field and relation.target == self.finding.other
        ]
        for relation in found[:1]:
            role = self.codebook.role(self.annotation.type, relation.role)
            label = role.label.lower() if role else relation.role
            remove = DeleteRelation(id=relation.id, version=relation.version)
            gesture = Gesture(remove, f"clear {label}", self.annotation.id)
            if role is not None and (role.many or not self._fills(relation.target, role.name)):
                yield Fix(label="Turn the link round", gesture=self._turned(relation, label))
            yield Fix(label="Remove the link", gesture=gesture)

    def _fills(self, annotation_id: str, role_name: str) -> bool:
        return any(r.role == role_name for r in self.contents.outgoing(annotation_id))

    def _turned(self, relation: Relation, label: str) -> Gesture:
        turned = Relation(
            id=new_id(),
            article=relation.article,
            layer=relation.layer,
            role=relation.role,
            source=relation.target,
            target=relation.source,
            attributes=relation.attributes,
        )
        remove = DeleteRelation(id=relation.id, version=relation.version)
        both = Batch(steps=(remove, AddRelation(relation=turned)))
        return Gesture(both, f"turn {label} round", self.annotation.id)

    def conflict(self) -> Iterator[Fix]:
        yield Fix(label="Show the other number", annotation=self.finding.other, field="value")
        if self.codebook.role(self.annotation.type, "reported_by") is not None:
            where = self.annotation.id
            yield Fix(label="Say who reports it", annotation=where, field="reported_by")


def _without(start: int, end: int, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    left, here = [], start
    for first, last in sorted(taken):
        if first < end and last > start:
            left.append((here, first))
            here = max(here, last)
    return [*left, (here, end)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range without the spaces and stops around it."""
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return start, end
