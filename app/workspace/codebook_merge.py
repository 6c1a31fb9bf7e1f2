"""Merging a value or a type of the codebook into another one, with every mark that has it.

The one merged stays in the codebook, archived: what is in the trash or the history still says it.
All marks of all layers go over in the same transaction; one undo brings all of it back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.model.annotation import Annotation, Relation, Value
from app.model.codebook import Attribute, Codebook, EvidenceField, Option, Role, SpanType
from app.model.commands import Batch, Command, EditAnnotation, EditRecord, EditRelation, SetCodebook
from app.model.errors import Refused
from app.model.registry import Record
from app.workspace.codebook_edit import PREFIX, archive, revised
from app.workspace.codebook_parts import WORDS, Address, find, put
from app.workspace.codebook_touch import where_of
from app.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """The command that merges, what the history calls it, how many marks and entries it changes."""

    command: Command
    title: str
    address: Address
    count: int


def merge(workspace: Workspace, address: Address, into: str) -> Merge:
    """Return the merge of a value or type into another one of the same collection.

    Raises `Refused` where they cannot be merged.
    """
    codebook = workspace.codebook
    entry, other = find(codebook, address), find(codebook, (*address[:-1], into))
    if entry is other:
        raise Refused("An entry is merged into another one, not into itself.")
    match entry, other:
        case Option(), Option():
            changed = archive(codebook, address, archived=True).codebook
            edits = tuple(_values(workspace, address, entry, other))
        case SpanType(), SpanType():
            changed = merged_types(codebook, entry, other)
            edits = tuple(
                EditAnnotation(id=item, version=version, type=other.name)
                for item, version in workspace.of_type(entry.name)
            )
        case _:
            raise Refused("Only values and types can be merged.")
    word = WORDS[address[-2]]
    label = other.label or str(getattr(other, "value", ""))
    words = f"merge {word} “{entry.label or address[-1]}” into “{label}”"
    revision = revised(codebook, changed, words, (*address[:-1], into))
    command = Batch(steps=(SetCodebook(codebook=revision.codebook), *edits))
    return Merge(command=command, title=PREFIX + words, address=revision.address, count=len(edits))


def merged_types(codebook: Codebook, gone: SpanType, kept: SpanType) -> Codebook:
    """Return the codebook in which one type can hold all that another one held.

    The type kept gets the fields, values and links it lacks; the other is archived.
    """
    if kept.record_kind and gone.record_kind and kept.record_kind != gone.record_kind:
        sentence = f"“{gone.label}” and “{kept.label}” mention different kinds of entries"
        raise Refused(f"{sentence}: they cannot be merged.")
    fields = _joined(gone.attributes, kept.attributes)
    words = _joined_words(gone.evidence, kept.evidence)
    if clash := {f.name for f in fields} & {w.name for w in words}:
        raise Refused(f"“{min(clash)}” is a field of one and a field of words of the other.")
    wider = replace(
        kept,
        attributes=fields,
        evidence=words,
        record_kind=kept.record_kind or gone.record_kind,
        archived=False,
    )
    codebook = put(codebook, ("types", kept.name), wider)
    codebook = put(codebook, ("types", gone.name), replace(gone, archived=True))
    return replace(codebook, roles=tuple(_joined_roles(codebook, gone.name, kept.name)))


def _joined(gone: tuple[Attribute, ...], kept: tuple[Attribute, ...]) -> tuple[Attribute, ...]:
    by_name = {attribute.name: attribute for attribute in gone}
    found = []
    for attribute in kept:
        twin = by_name.pop(attribute.name, None)
        if twin is not None:
            if (twin.type, twin.record_kind) != (attribute.type, attribute.record_kind):
                raise Refused(f"“{attribute.label}” is not the same kind of field in both.")
            more = tuple(o for o in twin.options if attribute.option(o.value) is None)
            attribute = replace(attribute, options=(*attribute.options, *more))  # noqa: PLW2901
        found.append(attribute)
    return (*found, *(replace(attribute, required=False) for attribute in by_name.values()))


def _joined_words(
    gone: tuple[EvidenceField, ...], kept: tuple[EvidenceField, ...]
) -> tuple[EvidenceField, ...]:
    by_name = {words.name: words for words in gone}
    found = []
    for words in kept:
        twin = by_name.pop(words.name, None)
        more = _joined(twin.attributes, words.attributes) if twin else words.attributes
        found.append(replace(words, attributes=more))
    return (*found, *(replace(words, key="", required=False) for words in by_name.values()))


def _joined_roles(codebook: Codebook, gone: str, kept: str) -> Iterator[Role]:
    """Yield all links; those from and to the type that goes lead from and to the other one too."""

    def wider(role: Role) -> Role:
        add = gone in role.targets and kept not in role.targets
        return replace(role, targets=(*role.targets, kept)) if add else role

    taken_over = [role for role in codebook.roles if role.source == gone]
    for role in codebook.roles:
        twin = next((r for r in taken_over if r.name == role.name), None)
        if role.source != kept or twin is None:
            yield wider(role)
            continue
        targets = tuple(dict.fromkeys((*role.targets, *twin.targets)))
        attributes = _joined(twin.attributes, role.attributes)
        many = role.many or twin.many
        yield wider(replace(role, targets=targets, attributes=attributes, many=many))
    for role in taken_over:
        if codebook.role(kept, role.name) is None:
            fresh = replace(role, source=kept, key="", required=False, alternatives=())
            yield wider(fresh)


def _values(
    workspace: Workspace, address: Address, gone: Option, kept: Option
) -> Iterator[Command]:
    """Yield the edits that give everything the one value in place of the other."""
    where = where_of(workspace, address)
    if where is None:  # pragma: no cover - only what has fields has values
        return
    holder, name, _ = where
    after = kept.value

    def swap(value: Value) -> Value:
        if isinstance(value, tuple):
            return tuple(dict.fromkeys(str(after) if v == gone.value else v for v in value))
        return after if value == gone.value else value

    for item in workspace.holding(holder, name, gone.value):
        match item:
            case Record():
                held = {**item.attributes, name: swap(item.attributes[name])}
                yield EditRecord(record=replace(item, attributes=held))
            case Relation():
                changed = {name: swap(item.attributes[name])}
                yield EditRelation(id=item.id, version=item.version, attributes=changed)
            case Annotation() if holder.what == "type":
                changed = {name: swap(item.attributes[name])}
                yield EditAnnotation(id=item.id, version=item.version, attributes=changed)
            case Annotation():
                evidence = tuple(
                    replace(e, attributes={**e.attributes, name: swap(e.attributes[name])})
                    if e.attribute == holder.name and name in e.attributes
                    else e
                    for e in item.evidence
                )
                yield EditAnnotation(id=item.id, version=item.version, evidence=evidence)
