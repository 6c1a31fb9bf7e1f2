"""What Pressmark says of an annotation beside its fields, under names that no codebook has.

Formats without a place of their own for these things keep them as fields with such names.
"""

import re
from collections.abc import Mapping

from app.exchange.draft import Span
from app.model.annotation import Annotation, Value
from app.model.registry import Record

LAYER, DOUBT, COMMENT = "pm_layer", "pm_certainty", "pm_comment"
RECORD, NAME, KIND = "pm_record", "pm_name", "pm_kind"
RESERVED = frozenset({LAYER, DOUBT, COMMENT, RECORD, NAME, KIND})


def fields(
    item: Annotation, records: Mapping[str, Record], *, leave: frozenset[str] = frozenset()
) -> dict[str, Value]:
    """Return the fields of an annotation with the reserved ones; `leave` stays out."""
    more: dict[str, Value] = {}
    if item.layer:
        more[LAYER] = item.layer
    if item.certainty != "sure":
        more[DOUBT] = item.certainty
    if item.comment:
        more[COMMENT] = item.comment
    if item.record:
        more[RECORD] = item.record
        if (record := records.get(item.record)) is not None:
            more |= {NAME: record.name, KIND: record.kind}
    return {**item.attributes, **{k: v for k, v in more.items() if k not in leave}}


def take(span: Span, given: Mapping[str, Value], records: dict[str, Record]) -> None:
    """Put fields into an annotation of a draft, the reserved ones where they belong."""
    own = dict(given)
    span.layer = str(own.pop(LAYER, span.layer))
    span.certainty = str(own.pop(DOUBT, span.certainty))
    span.comment = str(own.pop(COMMENT, span.comment))
    record, name = own.pop(RECORD, None), own.pop(NAME, None)
    kind = str(own.pop(KIND, "") or "")
    if record:
        span.record = str(record)
        if name:
            known = Record(id=str(record), kind=kind, name=str(name))
            records.setdefault(str(record), known)
    span.attributes.update(own)


_UNSAFE = re.compile(r"[^A-Za-z0-9_]")
_ESCAPED = re.compile(r"-x([0-9a-f]+)-")


def safe_name(name: str) -> str:
    """Return a name of letters, digits, `_` and `-` alone. `back` returns the name itself."""
    return _UNSAFE.sub(
        lambda m: "-" if m[0] == "-" and not _ESCAPED.match(name, m.start()) else _hex(m[0]), name
    )


def _hex(character: str) -> str:
    return f"-x{ord(character):x}-"


def back(name: str) -> str:
    """Return the name that `safe_name` was given."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)) if int(m[1], 16) < 0x110000 else m[0], name)
