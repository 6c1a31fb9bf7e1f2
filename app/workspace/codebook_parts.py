"""The parts of a codebook by their addresses.

An entry is addressed by collection and name in turn: `("types", "event", "attributes", "realis",
"options", "actual")`. Links are entries of the codebook itself: `("roles", "event.agent")`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal, cast

from app.model.codebook import (
    RESERVED_KEYS,
    Attribute,
    Codebook,
    EvidenceField,
    Option,
    Profile,
    RecordKind,
    Role,
    SpanType,
)
from app.model.errors import Refused

Address = tuple[str, ...]
Collection = Literal["types", "roles", "records", "profiles", "attributes", "evidence", "options"]
Part = SpanType | Role | RecordKind | Profile | Attribute | EvidenceField | Option
Entry = Codebook | Part

WORDS: dict[str, str] = {
    "types": "type",
    "roles": "link",
    "records": "kind of entry",
    "profiles": "profile",
    "attributes": "field",
    "evidence": "field of words",
    "options": "value",
}
"""What people call an entry of each collection."""

OF_A_TYPE = 4
"""The length of the address of a field of a type itself, not of a field of words or a link."""


def key_of(entry: Part) -> str:
    """Return the name of an entry within its collection."""
    match entry:
        case Option(value=value):
            return str(value)
        case Role(source=source, name=name):
            return f"{source}.{name}"
        case _:
            return entry.name


def label_of(entry: Entry) -> str:
    """Return what people call an entry."""
    return (entry.label or str(entry.value)) if isinstance(entry, Option) else entry.label


def find(codebook: Codebook, address: Address) -> Entry:
    """Return the entry at an address. Raises `Refused` where there is none (any longer)."""
    entry: Any = codebook
    for collection, key in _steps(address):
        entry = next((e for e in getattr(entry, collection, ()) if key_of(e) == key), None)
        if entry is None:
            raise Refused("This entry is no longer in the codebook.")
    return cast("Entry", entry)


def siblings(codebook: Codebook, address: Address) -> tuple[Part, ...]:
    """Return the entries an entry stands among: links only with those of the same type."""
    collection = address[-2]
    parts: tuple[Part, ...] = getattr(find(codebook, address[:-2]), collection)
    entry = find(codebook, address)
    if isinstance(entry, Role):
        return tuple(r for r in parts if isinstance(r, Role) and r.source == entry.source)
    return parts


def type_of(codebook: Codebook, address: Address) -> SpanType | None:
    """Return the type that an entry belongs to, the one a link starts at."""
    if address[:1] == ("roles",):
        entry = find(codebook, address[:2])
        return codebook.type(entry.source) if isinstance(entry, Role) else None
    return codebook.type(address[1]) if address[:1] == ("types",) else None


def key_taken(codebook: Codebook, address: Address, key: str) -> str | None:
    """Return, as a sentence, what a key does in the codebook already; None where it is free."""
    entry = find(codebook, address)
    if not key:
        return None
    if isinstance(entry, SpanType):
        if len(key) != 1 or key not in "123456789":
            return "The key of a type is a digit from 1 to 9."
        rivals: Iterable[Part] = (t for t in codebook.types if t.key == key and not t.archived)
    else:
        if len(key) != 1 or not "A" <= key <= "Z":
            return "The key of a slot is a letter from A to Z."
        if key in RESERVED_KEYS:
            return f"{key} is reserved: it does something else in the text."
        kind = type_of(codebook, address)
        slots: list[Role | EvidenceField] = []
        if kind is not None:
            slots = [*codebook.roles_of(kind.name), *kind.evidence]
        rivals = (s for s in slots if s.key == key and not s.archived)
    other = next((r for r in rivals if r is not entry), None)
    return f"{key} is “{label_of(other)}” already." if other else None


def _steps(address: Address) -> Iterator[tuple[str, str]]:
    return zip(address[::2], address[1::2], strict=True)


def put(codebook: Codebook, address: Address, entry: Entry | None) -> Codebook:
    """Return the codebook with another entry at an address, or without it."""
    if not address:
        return cast("Codebook", entry)
    holder, collection, key = find(codebook, address[:-2]), address[-2], address[-1]
    parts: tuple[Part, ...] = getattr(holder, collection)
    place = next(n for n, part in enumerate(parts) if key_of(part) == key)
    between = () if entry is None else (cast("Part", entry),)
    parts = (*parts[:place], *between, *parts[place + 1 :])
    return put(codebook, address[:-2], with_fields(holder, **{collection: parts}))


def rivals(codebook: Codebook, address: Address) -> list[Part]:
    """Return the entries that an entry may not share its name with."""
    entry = find(codebook, address)
    found = list(siblings(codebook, address))
    if isinstance(entry, Role) or (len(address) == OF_A_TYPE and address[0] == "types"):
        kind = type_of(codebook, address)  # a form finds links, fields and words by one name
        if kind is not None and not isinstance(entry, Option):
            links = [role for role in codebook.roles if role.source == kind.name]
            found = [*kind.attributes, *kind.evidence, *links]
    return [part for part in found if part is not entry]


def with_fields(entry: Any, **fields: object) -> Any:
    """Return an entry with other fields; of whichever class, which types cannot say."""
    return replace(entry, **fields)


def swapped(names: tuple[str, ...], old: str, new: str | None) -> tuple[str, ...]:
    """Return names with one in place of another, which may stand there already, or without it."""
    kept = (new if name == old else name for name in names)
    return tuple(dict.fromkeys(name for name in kept if name is not None))
