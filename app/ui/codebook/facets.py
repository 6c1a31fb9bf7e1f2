"""What can be changed of each kind of entry, as fields of the form: a new one is a line here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, get_args

from app.model.annotation import Value
from app.model.codebook import (
    Attribute,
    AttributeType,
    Codebook,
    EvidenceField,
    Option,
    Profile,
    RecordKind,
    Role,
    SpanType,
)
from app.workspace.codebook_edit import field_names
from app.workspace.codebook_parts import Address, Entry, find, label_of, type_of


@dataclass(frozen=True, slots=True)
class Facet:
    """One field of an entry: how it is asked for, what it is, what an answer means.

    `part` is what an answer is about inside the field: of a profile's fields the type.
    """

    field: str
    attribute: Attribute
    value: Value
    meaning: Callable[[Value], Any] = lambda value: value
    part: str = ""
    locked: bool = False


_KINDS: dict[AttributeType, str] = {
    "enum": "One value of a list",
    "flags": "Several values of a list",
    "text": "One line of words",
    "long_text": "Several lines of words",
    "number": "A figure",
    "integer": "A whole figure",
    "boolean": "Yes or no",
    "date": "A date",
    "record": "An entry of the registry",
    "records": "Several entries of the registry",
    "annotation": "Another mark of the article",
}
_UNDERLINES = {"solid": "Line", "double": "Two lines", "dotted": "Dots", "lane": "Lane below"}
_MEANINGS = {"none": "Nothing more", "text": "Words", "date": "A date"}


def facets(  # noqa: PLR0911 - one a kind of entry
    codebook: Codebook, address: Address, *, used: bool
) -> list[Facet]:
    """Return the fields of the entry at an address; `used` where marks have it already."""
    entry = find(codebook, address)
    match entry:
        case Codebook():
            profiles = {"": "None", **{p.name: p.label for p in entry.profiles}}
            return [
                _label(entry),
                _words(entry, "version", "Version"),
                _long(entry, "description"),
                _choice(entry, "profile", "Opens with", profiles, "The profile that is shown."),
                _name(entry, used=False),
            ]
        case SpanType():
            return [*_of_type(codebook, entry), _name(entry, used=used), _archived(entry)]
        case Role():
            return [*_of_role(codebook, entry), _name(entry, used=used), _archived(entry)]
        case EvidenceField():
            return [*_of_evidence(entry), _name(entry, used=used), _archived(entry)]
        case Attribute():
            fields = _of_attribute(codebook, address, entry)
            return [*fields, _name(entry, used=used), _archived(entry)]
        case Option():
            fields = _of_option(codebook, address, entry)
            return [*fields, _name(entry, used=used), _archived(entry)]
        case RecordKind():
            return [_label(entry), _name(entry, used=used)]
        case Profile():
            return _of_profile(codebook, entry)


def _of_type(codebook: Codebook, entry: SpanType) -> list[Facet]:
    kinds = {"": "Nothing", **{k.name: k.label for k in codebook.records}}
    return [
        _label(entry),
        _words(entry, "plural", "Plural"),
        _key(entry, "The digit that tags it: alone tags, with Shift changes a mark to it."),
        _words(entry, "letter", "Letter", "One or two letters of its badge."),
        Facet("ink", _field("ink", "Colour", "text"), entry.ink),
        _choice(entry, "underline", "Underline", _UNDERLINES, "Tells it apart without colour."),
        _choice(entry, "record_kind", "Mentions", kinds, "What of the registry its marks mention."),
        _long(entry, "definition"),
        Facet(
            "examples",
            _field("examples", "Examples", "long_text", "One a line, the mark in [brackets]."),
            "\n".join(entry.examples) or None,
            lambda value: tuple(filter(None, map(str.strip, str(value or "").split("\n")))),
        ),
    ]


def _of_role(codebook: Codebook, entry: Role) -> list[Facet]:
    types = {t.name: t.label for t in codebook.types if not t.archived or t.name in entry.targets}
    around = [r for r in codebook.roles if r.source == entry.source and r is not entry]
    others = {r.name: r.label for r in around if not r.archived or r.name in entry.alternatives}
    return [
        _label(entry),
        _key(entry, "The letter that goes to its slot while a mark is selected."),
        _several(entry, "targets", "Leads to", types, "The types it may lead to."),
        _yes(entry, "many", "Several", "Whether it may lead to several marks."),
        _yes(entry, "required", "Required", "Marks without it are open points."),
        _several(entry, "alternatives", "Or instead", others, "Links that will do as well."),
        _long(entry, "definition"),
    ]


def _of_evidence(entry: EvidenceField) -> list[Facet]:
    about = "What the words are taken to mean, beside the words."
    return [
        _label(entry),
        _key(entry, "The letter that goes to its slot while a mark is selected."),
        _choice(entry, "value_type", "Means", _MEANINGS, about),
        _yes(entry, "inside", "Inside", "Whether the words have to stand inside the mark."),
        _yes(entry, "required", "Required", "Marks without it are open points."),
        _long(entry, "definition"),
    ]


def _of_attribute(codebook: Codebook, address: Address, entry: Attribute) -> list[Facet]:
    holder: Any = find(codebook, address[:-2])
    chooses = entry.type in ("enum", "flags")
    choices = {
        a.name: a.label for a in holder.attributes if a.type == "enum" and a.name != entry.name
    }
    found = [
        _label(entry),
        _choice(entry, "type", "Kind", {k: _KINDS[k] for k in get_args(AttributeType)}),
    ]
    if entry.type in ("record", "records"):
        kinds = {k.name: k.label for k in codebook.records}
        found.append(_choice(entry, "record_kind", "Points to", kinds))
    if entry.type not in ("record", "records", "annotation"):
        found.append(_default(entry))
    if entry.type in ("number", "integer", "text"):
        found.append(_words(entry, "unit", "Unit", "Stands in the empty field."))
    if chooses:
        about = "Which other field decides what is offered."
        choices = {"": "Nothing", **choices}
        found.append(_choice(entry, "depends_on", "Depends on", choices, about))
    required = _yes(entry, "required", "Required", "Marks without it are open points.")
    return [*found, required, _long(entry, "definition")]


def _default(entry: Attribute) -> Facet:
    asked = replace(
        entry,
        name="default",
        label="Default",
        required=False,
        depends_on="",
        definition="What a new mark starts with.",
    )
    return Facet("default", asked, entry.default)


def _of_option(codebook: Codebook, address: Address, entry: Option) -> list[Facet]:
    attribute: Any = find(codebook, address[:-2])
    holder: Any = find(codebook, address[:-4])
    found = [_label(entry)]
    above = next((a for a in holder.attributes if a.name == attribute.depends_on), None)
    if above is not None:
        offered = {str(o.value): label_of(o) for o in above.options}
        about = f"With which values of “{above.label}” it is offered; with all where none is named."
        found.append(_several(entry, "only_with", "Goes with", offered, about))
    kind = type_of(codebook, address)
    sources = [kind] if kind else [t for t in codebook.types if t.record_kind == address[1]]
    if address[0] == "records" or len(address) == _OF_A_TYPE:
        links = {r.name: r.label for t in sources for r in codebook.roles_of(t.name)}
        about = "Links that a mark with this value should have."
        found.append(_several(entry, "requires", "Asks for", links, about))
    return [*found, _long(entry, "definition")]


_OF_A_TYPE = 6
"""The length of the address of a value of a type's own field."""


def _of_profile(codebook: Codebook, entry: Profile) -> list[Facet]:
    found = [_label(entry), _long(entry, "definition")]
    for kind in codebook.types:
        if kind.archived:
            continue
        asked = replace(
            _field("fields", kind.label, "flags", "The fields in view; the rest is folded away."),
            options=_options(field_names(codebook, kind)),
        )
        shown = entry.fields.get(kind.name) or None
        found.append(Facet("fields", asked, shown, _as_names, part=kind.name))
    return found


def _name(entry: Any, *, used: bool) -> Facet:
    field = "value" if isinstance(entry, Option) else "name"
    about = "What datasets call it. Fixed once marks have it."
    asked = _field(field, "In files", "text", about)
    return Facet(field, asked, str(getattr(entry, field)), _as_words, locked=used)


def _label(entry: Entry) -> Facet:
    return Facet("label", _field("label", "Label", "text"), entry.label or None, _as_words)


def _archived(entry: Any) -> Facet:
    about = "Kept where marks have it, but no longer offered."
    return _yes(entry, "archived", "Archived", about)


def _words(entry: Any, field: str, label: str, about: str = "") -> Facet:
    value = getattr(entry, field) or None
    return Facet(field, _field(field, label, "text", about), value, _as_words)


def _key(entry: Any, about: str) -> Facet:
    asked = _field("key", "Key", "text", about)
    return Facet("key", asked, entry.key or None, lambda value: str(value or "").upper())


def _long(entry: Any, field: str) -> Facet:
    asked = _field(field, field.capitalize(), "long_text")
    return Facet(field, asked, getattr(entry, field) or None, _as_words)


def _yes(entry: Any, field: str, label: str, about: str = "") -> Facet:
    asked = replace(_field(field, label, "boolean", about), required=True)
    return Facet(field, asked, bool(getattr(entry, field)))


def _choice(entry: Any, field: str, label: str, options: dict[Any, str], about: str = "") -> Facet:
    asked = replace(_field(field, label, "enum", about), options=_options(options), required=True)
    return Facet(field, asked, str(getattr(entry, field)), _as_words)


def _several(entry: Any, field: str, label: str, options: dict[str, str], about: str = "") -> Facet:
    asked = replace(_field(field, label, "flags", about), options=_options(options))
    return Facet(field, asked, getattr(entry, field) or None, _as_names)


def _options(labels: dict[Any, str]) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=label) for value, label in labels.items())


def _field(name: str, label: str, kind: AttributeType, about: str = "") -> Attribute:
    return Attribute(name=name, label=label, type=kind, definition=about)


def _as_words(value: Value) -> str:
    return "" if value is None else str(value)


def _as_names(value: Value) -> tuple[str, ...]:
    names: Iterable[str] = value if isinstance(value, tuple) else ()
    return tuple(names)
