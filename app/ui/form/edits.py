"""From what a field says to the command that does it. Pure functions over frozen records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.model.annotation import Annotation, Certainty, Evidence, Relation, Value
from app.model.codebook import Attribute, RecordKind, SpanType
from app.model.commands import (
    AddRecord,
    Batch,
    Command,
    DeleteRelation,
    EditAnnotation,
    EditRecord,
    EditRelation,
    LinkRecord,
)
from app.model.ids import new_id
from app.model.registry import Record


@dataclass(frozen=True, slots=True)
class Edit:
    """A command and what the history calls it. `merge_key` is empty where the step stands alone."""

    command: Command
    title: str
    merge_key: str = ""


def merge_key(owner_id: str, field: str, *, typed: bool) -> str:
    """Return the key under which edits of one field count as one step; empty for a choice."""
    return f"{owner_id}:{field}" if typed else ""


def set_attribute(
    annotation: Annotation,
    span_type: SpanType,
    attribute: Attribute,
    value: Value,
    *,
    typed: bool = False,
) -> Edit:
    """Return the edit that gives an attribute another value; None takes it away.

    Values of attributes that depend on it and no longer go with it are taken away in the same step.
    """
    wanted = {
        attribute.name: value,
        **_orphans(span_type.attributes, annotation.attributes, attribute, value),
    }
    command = EditAnnotation(
        id=annotation.id,
        version=annotation.version,
        attributes={name: v for name, v in wanted.items() if v is not None},
        unset=tuple(name for name, v in wanted.items() if v is None),
    )
    key = merge_key(annotation.id, attribute.name, typed=typed)
    return Edit(command, _title(attribute.label, value), key)


def _orphans(
    attributes: Sequence[Attribute], held: Mapping[str, Value], parent: Attribute, value: Value
) -> dict[str, Value]:
    changed: dict[str, Value] = {}
    for attribute in attributes:
        present = held.get(attribute.name)
        if attribute.depends_on != parent.name or present is None:
            continue
        allowed = {o.value for o in attribute.options if not o.only_with or value in o.only_with}
        if isinstance(present, tuple):
            kept = tuple(single for single in present if single in allowed)
            if kept != present:
                changed[attribute.name] = kept or None
        elif attribute.options and present not in allowed:
            changed[attribute.name] = None
    return changed


def set_comment(annotation: Annotation, comment: str) -> Edit:
    """Return the edit that changes the comment."""
    command = EditAnnotation(id=annotation.id, version=annotation.version, comment=comment)
    title = "change comment" if comment else "clear comment"
    return Edit(command, title, merge_key(annotation.id, "comment", typed=True))


def set_certainty(annotation: Annotation, certainty: Certainty) -> Edit:
    """Return the edit that says whether the annotator is sure."""
    command = EditAnnotation(id=annotation.id, version=annotation.version, certainty=certainty)
    return Edit(command, f"mark as {certainty}")


def link_record(annotation: Annotation, kind: RecordKind, record_id: str | None) -> Edit:
    """Return the edit that says which registry record the annotation mentions."""
    command = LinkRecord(id=annotation.id, version=annotation.version, record=record_id)
    what = kind.label.lower()
    return Edit(command, f"link {what}" if record_id else f"unlink {what}")


def new_record(kind: RecordKind, name: str) -> Record:
    """Return a fresh registry record, its fields at their defaults."""
    defaults = {
        a.name: a.default for a in kind.attributes if a.default is not None and not a.archived
    }
    return Record(id=new_id(), kind=kind.name, name=name, attributes=defaults)


def create_and_link(annotation: Annotation, kind: RecordKind, name: str) -> Edit:
    """Return the edit that adds a record to the registry and links it, in one step."""
    record = new_record(kind, name)
    link = LinkRecord(id=annotation.id, version=annotation.version, record=record.id)
    return Edit(
        Batch(steps=(AddRecord(record=record), link)), f"create {kind.label.lower()} “{name}”"
    )


def create_and_set(
    annotation: Annotation, attribute: Attribute, kind: RecordKind, name: str
) -> Edit:
    """Return the edit that adds a record and puts it into a `record` or `records` attribute."""
    record = new_record(kind, name)
    edit = EditAnnotation(
        id=annotation.id,
        version=annotation.version,
        attributes={attribute.name: _with_record(annotation.attributes, attribute, record)},
    )
    return Edit(
        Batch(steps=(AddRecord(record=record), edit)), f"create {kind.label.lower()} “{name}”"
    )


def _with_record(held: Mapping[str, Value], attribute: Attribute, record: Record) -> Value:
    if attribute.type == "record":
        return record.id
    present = held.get(attribute.name)
    return (*(present if isinstance(present, tuple) else ()), record.id)


def set_record_attribute(
    record: Record, kind: RecordKind, attribute: Attribute, value: Value, *, typed: bool = False
) -> Edit:
    """Return the edit that gives an attribute of a registry record another value."""
    changed = {
        **record.attributes,
        attribute.name: value,
        **_orphans(kind.attributes, record.attributes, attribute, value),
    }
    after = replace(record, attributes={name: v for name, v in changed.items() if v is not None})
    key = merge_key(record.id, attribute.name, typed=typed)
    return Edit(EditRecord(record=after), _title(attribute.label, value), key)


def create_for_record(record: Record, attribute: Attribute, kind: RecordKind, name: str) -> Edit:
    """Return the edit that adds a record and puts it into an attribute of another record."""
    made = new_record(kind, name)
    after = replace(
        record,
        attributes={
            **record.attributes,
            attribute.name: _with_record(record.attributes, attribute, made),
        },
    )
    steps = (AddRecord(record=made), EditRecord(record=after))
    return Edit(Batch(steps=steps), f"create {kind.label.lower()} “{name}”")


def rename_record(record: Record, name: str) -> Edit:
    """Return the edit that gives a registry record another name."""
    key = merge_key(record.id, "name", typed=True)
    return Edit(EditRecord(record=replace(record, name=name)), f"rename “{record.name}”", key)


def set_relation_attribute(
    relation: Relation, attribute: Attribute, value: Value, *, typed: bool = False
) -> Edit:
    """Return the edit that gives an attribute of a relation another value."""
    command = EditRelation(
        id=relation.id,
        version=relation.version,
        attributes={} if value is None else {attribute.name: value},
        unset=(attribute.name,) if value is None else (),
    )
    key = merge_key(relation.id, attribute.name, typed=typed)
    return Edit(command, _title(attribute.label, value), key)


def remove_relation(relation: Relation, role_label: str) -> Edit:
    """Return the edit that takes a target out of a role."""
    command = DeleteRelation(id=relation.id, version=relation.version)
    return Edit(command, f"clear {role_label.lower()}")


def replace_evidence(
    annotation: Annotation, old: Evidence | None, new: Evidence | None, *, label: str, key: str = ""
) -> Edit:
    """Return the edit of one piece of evidence: added without `old`, removed without `new`."""
    changed = list(annotation.evidence)
    fresh = [new] if new is not None else []
    # Of equal pieces it does not matter which one is meant.
    place = changed.index(old) if old in changed else len(changed)
    changed[place : place + 1] = fresh
    command = EditAnnotation(id=annotation.id, version=annotation.version, evidence=tuple(changed))
    verb = "set" if new is not None else "clear"
    return Edit(command, f"{verb} {label.lower()}", key)


def _title(label: str, value: Value) -> str:
    return f"{'clear' if value in (None, ()) else 'set'} {label.lower()}"
