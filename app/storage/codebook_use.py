"""A new codebook may archive what is in use, never drop it or make it wrong."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from app.model.annotation import Value
from app.model.codebook import Attribute, Codebook, refusal
from app.model.errors import Refused
from app.storage import usage
from app.storage.sql import Connection
from app.storage.usage import Holder

if TYPE_CHECKING:
    from app.storage.transaction import Rows

_DROPPED = "{} is in use and cannot be dropped from the codebook. Archive it instead."


class Fields(NamedTuple):
    """What has fields of its own: a type, a field of words, a role, a kind of record."""

    holder: Holder
    label: str
    attributes: tuple[Attribute, ...]


def all_fields(codebook: Codebook) -> Iterator[Fields]:
    """Yield everything in a codebook that has fields."""
    for kind in codebook.types:
        yield Fields(Holder(what="type", of=kind.name), kind.name, kind.attributes)
        for words in kind.evidence:
            holder = Holder(what="evidence", of=kind.name, name=words.name)
            yield Fields(holder, f"{words.name} of {kind.name}", words.attributes)
    for role in codebook.roles:
        holder = Holder(what="role", of=role.source, name=role.name)
        yield Fields(holder, f"{role.name} of {role.source}", role.attributes)
    for record in codebook.records:
        holder = Holder(what="record", of=record.name)
        yield Fields(holder, record.name, record.attributes)


def refuse_loss(wanted: Codebook, current: Codebook | None, rows: "Rows") -> None:
    """Refuse a codebook that contradicts itself or lacks what annotations and records use.

    Only what differs from the current codebook is looked for in the project.
    """
    for path, reason in wanted.problems():
        raise Refused(f"The codebook has a mistake at {'.'.join(map(str, path))}: {reason}.")
    if current is None:
        return
    connection = rows.connection
    _refuse_lost_entries(wanted, current, connection)
    _refuse_lost_roles(wanted, current, connection)
    _refuse_lost_mentions(wanted, current, connection)
    after = {fields.holder: fields.attributes for fields in all_fields(wanted)}
    for holder, label, before in all_fields(current):
        if holder in after and after[holder] != before:
            _refuse_lost_values(holder, label, (before, after[holder]), connection)


def _refuse_lost_entries(wanted: Codebook, current: Codebook, connection: Connection) -> None:
    for kind in current.types:
        after = wanted.type(kind.name)
        if after is None:
            _refuse_if_used(connection, f"Type “{kind.name}”", Holder(what="type", of=kind.name))
            continue
        for words in kind.evidence:
            if after.evidence_field(words.name) is None:
                holder = Holder(what="evidence", of=kind.name, name=words.name)
                _refuse_if_used(connection, f"Field “{words.name}” of {kind.name}", holder)
    for record in current.records:
        if wanted.record_kind(record.name) is None:
            holder = Holder(what="record", of=record.name)
            _refuse_if_used(connection, f"Kind of record “{record.name}”", holder)


def _refuse_lost_roles(wanted: Codebook, current: Codebook, connection: Connection) -> None:
    for role in current.roles:
        after_role = wanted.role(role.source, role.name)
        if after_role is None:
            holder = Holder(what="role", of=role.source, name=role.name)
            _refuse_if_used(connection, f"Role “{role.name}” of {role.source}", holder)
        elif lost := set(role.targets) - set(after_role.targets):
            for name in usage.targets(connection, role.source, role.name):
                if name in lost:
                    label = f"“{role.label}” leads to marks of type “{name}”"
                    raise Refused(f"{label}; it has to go on leading there.")


def _refuse_if_used(connection: Connection, what: str, holder: Holder) -> None:
    if usage.is_used(connection, holder):
        raise Refused(_DROPPED.format(what))


def _refuse_lost_mentions(wanted: Codebook, current: Codebook, connection: Connection) -> None:
    for kind in current.types:
        after = wanted.type(kind.name)
        if after is None or after.record_kind == kind.record_kind:
            continue
        for name in usage.mentioned_kinds(connection, kind.name):
            if name != after.record_kind:
                raise Refused(f"Marks of type “{kind.name}” mention entries of kind “{name}”.")


def _refuse_lost_values(
    holder: Holder,
    label: str,
    changed: tuple[tuple[Attribute, ...], tuple[Attribute, ...]],
    connection: Connection,
) -> None:
    before, after = ({a.name: a for a in attributes} for attributes in changed)
    for name, attribute in before.items():
        new = after.get(name)
        if new is None:
            if usage.is_used(connection, holder, name):
                raise Refused(_DROPPED.format(f"Field “{name}” of {label}"))
        elif _may_lose(attribute, new):
            for value in usage.values(connection, holder, name):
                _refuse_lost_value(attribute, new, value)


def _may_lose(before: Attribute, after: Attribute) -> bool:
    """Tell whether a value of an attribute may not fit what it is changed to."""
    shape = (before.type, before.record_kind) != (after.type, after.record_kind)
    return shape or not {o.value for o in before.options} <= {o.value for o in after.options}


def _refuse_lost_value(before: Attribute, after: Attribute, value: Value) -> None:
    if after.type in ("enum", "flags") and before.type == after.type:
        for single in value if isinstance(value, tuple) else (value,):
            if single is not None and after.option(single) is None:
                raise Refused(_DROPPED.format(f"Value “{single}” of {after.label}"))
    if (after.type, after.record_kind) == (before.type, before.record_kind):
        return
    points = after.type in ("record", "records", "annotation")
    if points or refusal(after, value) is not None:
        raise Refused(f"“{after.label}” holds “{_plain(value)}” already; it keeps its kind.")


def _plain(value: Value) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
