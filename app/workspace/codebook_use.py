"""A new codebook may archive what is in use, never drop it."""

from typing import TYPE_CHECKING

from app.model.codebook import Codebook
from app.model.errors import Refused
from app.storage import usage

if TYPE_CHECKING:
    from app.storage.transaction import Rows

_DROPPED = "{} is in use and cannot be dropped from the codebook. Archive it instead."


def refuse_loss(wanted: Codebook, current: Codebook | None, rows: "Rows") -> None:
    """Refuse a codebook that contradicts itself or lacks what annotations and records use."""
    for path, reason in wanted.problems():
        raise Refused(f"The codebook has a mistake at {'.'.join(map(str, path))}: {reason}.")
    connection = rows.connection
    for name in usage.types(connection):
        if wanted.type(name) is None:
            raise Refused(_DROPPED.format(f"Type “{name}”"))
    for source, role in usage.roles(connection):
        if wanted.role(source, role) is None:
            raise Refused(_DROPPED.format(f"Role “{role}” of {source}"))
    for type_name, field in usage.fields(connection):
        span_type = wanted.type(type_name)
        if span_type and not (span_type.attribute(field) or span_type.evidence_field(field)):
            raise Refused(_DROPPED.format(f"Field “{field}” of {type_name}"))
    for kind in usage.record_kinds(connection):
        if wanted.record_kind(kind) is None:
            raise Refused(_DROPPED.format(f"Kind of record “{kind}”"))
    _refuse_lost_options(wanted, current, rows)


def _refuse_lost_options(wanted: Codebook, current: Codebook | None, rows: "Rows") -> None:
    for span_type in current.types if current else ():
        for attribute in span_type.attributes:
            after = wanted.type(span_type.name)
            new = after.attribute(attribute.name) if after else None
            if new is None or new.type not in ("enum", "flags"):
                continue
            if {o.value for o in attribute.options} <= {o.value for o in new.options}:
                continue
            for value in usage.options(rows.connection, span_type.name, attribute.name):
                if new.option(value) is None:
                    raise Refused(_DROPPED.format(f"Value “{value}” of {attribute.label}"))
