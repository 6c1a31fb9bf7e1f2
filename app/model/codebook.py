"""The codebook: span types, their fields, the roles between them. Data, never code.

A codebook file is YAML (`resources/codebooks/press.yaml`); inside a project it is JSON.
Entries in use can be archived, never dropped.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from app.model.annotation import Value
from app.model.codebook_names import TYPE_KEYS, WIDEST_BADGE, duplicates, slot_key, unnamed
from app.model.colour import inks_of

_NO_MORE = {"extra": "forbid"}
"""Told to pydantic: a misspelt key in a codebook file is a mistake, not a comment."""

AttributeType = Literal[
    "enum",
    "flags",
    "text",
    "long_text",
    "number",
    "integer",
    "boolean",
    "date",
    "record",
    "records",
    "annotation",
]
"""How a field is filled: `enum` one option, `flags` several, `record(s)` ids of `record_kind`,
`annotation` the id of an annotation of the same article (who says so, in a relation or evidence).
"""

Underline = Literal["solid", "double", "dotted", "lane"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One value of an `enum` or `flags` attribute.

    `only_with` names the values of the attribute's `depends_on` with which it may be chosen;
    `requires` the roles that an annotation with it (or mentioning a record with it) should fill.
    """

    __pydantic_config__ = _NO_MORE

    value: str | int
    label: str = ""
    definition: str = ""
    only_with: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One field of a form: of a span type, a role, a registry record or a piece of evidence."""

    __pydantic_config__ = _NO_MORE

    name: str
    label: str
    type: AttributeType
    options: tuple[Option, ...] = ()
    default: Value = None
    required: bool = False
    unit: str = ""
    record_kind: str = ""
    depends_on: str = ""
    definition: str = ""
    archived: bool = False

    def option(self, value: Value) -> Option | None:
        """Return the option with this value, archived or not."""
        return next((option for option in self.options if option.value == value), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceField:
    """A field that is filled by marking words: a statement's cue, an event's place.

    `value_type` says what the words are taken to mean, beside the words themselves; `key` opens
    the slot, as a role's does.
    """

    __pydantic_config__ = _NO_MORE

    name: str
    label: str
    key: str = ""
    value_type: Literal["none", "text", "date"] = "text"
    attributes: tuple[Attribute, ...] = ()
    inside: bool = False
    required: bool = False
    definition: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanType:
    """A type of annotation. `key` is the digit that tags it, `letter` its badge.

    `ink` names a colour role of the theme (`actor`, `event`, `number`, `statement`) or spells out a
    colour of its own (`#8C2F39`, or `#8C2F39 #F2A0A8` with one for the dark look); `underline`
    tells the type apart without colour.
    """

    __pydantic_config__ = _NO_MORE

    name: str
    label: str
    plural: str
    key: str
    letter: str
    ink: str
    underline: Underline
    record_kind: str = ""
    definition: str = ""
    examples: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    evidence: tuple[EvidenceField, ...] = ()
    archived: bool = False

    def attribute(self, name: str) -> Attribute | None:
        """Return the attribute of that name."""
        return next((a for a in self.attributes if a.name == name), None)

    def evidence_field(self, name: str) -> EvidenceField | None:
        """Return the evidence field of that name."""
        return next((e for e in self.evidence if e.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A relation from annotations of type `source` to annotations of the types `targets`.

    Roles are told apart by (`name`, `source`): `event.agent` of DOMAIN notation is name `agent`,
    source `event`. `many` allows several targets; `key` opens the slot. A `required` role is filled
    by any of its `alternatives` as well: a duration measures an event instead of counting.
    """

    __pydantic_config__ = _NO_MORE

    name: str
    source: str
    targets: tuple[str, ...]
    label: str
    key: str = ""
    many: bool = True
    required: bool = False
    alternatives: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    definition: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """A kind of registry record and the fields of its form."""

    __pydantic_config__ = _NO_MORE

    name: str
    label: str
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A way of working that shows three to five fields a type; the others stay folded away.

    `fields` maps a type's name to names of its attributes, roles and evidence, in form order;
    `record` stands for the link to the registry.
    """

    __pydantic_config__ = _NO_MORE

    name: str
    label: str
    definition: str = ""
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Codebook:
    """An annotation scheme. `revision` grows with every change inside a project (from 1)."""

    __pydantic_config__ = _NO_MORE

    name: str
    label: str
    version: str = "1"
    revision: int = 1
    description: str = ""
    types: tuple[SpanType, ...] = ()
    roles: tuple[Role, ...] = ()
    records: tuple[RecordKind, ...] = ()
    profiles: tuple[Profile, ...] = ()
    profile: str = ""

    @cached_property
    def _types(self) -> dict[str, SpanType]:
        return {span_type.name: span_type for span_type in self.types}

    @cached_property
    def _roles(self) -> dict[tuple[str, str], Role]:
        return {(role.source, role.name): role for role in self.roles}

    @cached_property
    def _roles_by_source(self) -> dict[str, tuple[Role, ...]]:
        live = [role for role in self.roles if not role.archived]
        sources = {role.source for role in live}
        return {name: tuple(role for role in live if role.source == name) for name in sources}

    @cached_property
    def _demanding(self) -> dict[tuple[str, str], tuple[Attribute, ...]]:
        holders = [("type", t.name, t.attributes) for t in self.types]
        holders += [("record", kind.name, kind.attributes) for kind in self.records]
        return {
            (what, name): found
            for what, name, attributes in holders
            if (found := tuple(a for a in attributes if any(o.requires for o in a.options)))
        }

    def demanding(self, what: Literal["type", "record"], name: str) -> tuple[Attribute, ...]:
        """Return the attributes of a type or record kind with an option that requires a role."""
        return self._demanding.get((what, name), ())

    def type(self, name: str) -> SpanType | None:
        """Return the span type of that name."""
        return self._types.get(name)

    def role(self, source: str, name: str) -> Role | None:
        """Return the role `name` that starts at annotations of type `source`."""
        return self._roles.get((source, name))

    def roles_of(self, source: str) -> tuple[Role, ...]:
        """Return the roles that start at a type, in form order, without archived ones."""
        return self._roles_by_source.get(source, ())

    def record_kind(self, name: str) -> RecordKind | None:
        """Return the kind of registry record of that name."""
        return next((kind for kind in self.records if kind.name == name), None)

    def shown(self, profile: str | None = None) -> Profile | None:
        """Return the profile of that name, or the one the codebook opens with."""
        wanted = profile or self.profile
        return next((p for p in self.profiles if p.name == wanted), None)

    def problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield (path into the codebook, reason) for everything that contradicts itself."""
        yield from unnamed((), self)
        for key in ("types", "records", "profiles"):
            entries = [((key, n, "name"), one.name) for n, one in enumerate(getattr(self, key))]
            yield from duplicates(entries, "name")
        keys = [
            (("types", n, "key"), t.key)
            for n, t in enumerate(self.types)
            if t.key and not t.archived
        ]
        yield from duplicates(keys, "key")
        for n, span_type in enumerate(self.types):
            yield from self._type_problems(("types", n), span_type)
        for n, role in enumerate(self.roles):
            yield from self._role_problems(("roles", n), role)
        for n, kind in enumerate(self.records):
            yield from unnamed(("records", n), kind)
            yield from self._fields_problems(("records", n), kind.attributes)
        names = [profile.name for profile in self.profiles]
        if self.profile and self.profile not in names:
            yield ("profile",), f"there is no profile “{self.profile}”"
        for n, profile in enumerate(self.profiles):
            yield from self._profile_problems(("profiles", n), profile)

    def _type_problems(
        self, path: tuple[str | int, ...], span_type: SpanType
    ) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from unnamed(path, span_type)
        if span_type.key not in TYPE_KEYS:
            yield (
                (*path, "key"),
                f"a type has a digit from 1 to 9 as its key, not “{span_type.key}”",
            )
        if len(span_type.letter) > WIDEST_BADGE:
            yield (*path, "letter"), f"“{span_type.letter}” is too long for a badge"
        try:
            inks_of(span_type.ink)
        except ValueError as wrong:
            yield (*path, "ink"), str(wrong)
        taken = {a.name for a in span_type.attributes}
        for n, field_ in enumerate(span_type.evidence):
            if field_.name in taken:
                yield (*path, "evidence", n, "name"), f"two entries share the field “{field_.name}”"
            taken.add(field_.name)
        if span_type.record_kind and self.record_kind(span_type.record_kind) is None:
            yield (*path, "record_kind"), f"there is no kind of record “{span_type.record_kind}”"
        yield from self._fields_problems(path, span_type.attributes)
        keys = [r.key for r in self.roles_of(span_type.name) if r.key]
        for n, field_ in enumerate(span_type.evidence):
            here = (*path, "evidence", n)
            yield from unnamed(here, field_)
            yield from self._fields_problems(here, field_.attributes)
            if field_.key and not field_.archived:
                if field_.key in keys:
                    reason = f"key {field_.key} stands for two slots of type “{span_type.name}”"
                    yield (*here, "key"), reason
                keys.append(field_.key)
            yield from slot_key(here, field_.key, RESERVED_KEYS)

    def _fields_problems(
        self, path: tuple[str | int, ...], attributes: tuple[Attribute, ...]
    ) -> Iterator[tuple[tuple[str | int, ...], str]]:
        names = [((*path, "attributes", n, "name"), a.name) for n, a in enumerate(attributes)]
        yield from duplicates(names, "field")
        for n, attribute in enumerate(attributes):
            yield from self._attribute_problems((*path, "attributes", n), attribute, attributes)

    def _attribute_problems(
        self, path: tuple[str | int, ...], attribute: Attribute, siblings: tuple[Attribute, ...]
    ) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from unnamed(path, attribute)
        if attribute.type in {"enum", "flags"} and not attribute.options:
            yield (*path, "options"), f"“{attribute.name}” offers nothing to choose from"
        options = [((*path, "options", n), str(o.value)) for n, o in enumerate(attribute.options)]
        yield from duplicates(options, "option")
        mentions = attribute.type in {"record", "records"}
        if mentions and self.record_kind(attribute.record_kind) is None:
            yield (*path, "record_kind"), f"there is no kind of record “{attribute.record_kind}”"
        if attribute.depends_on and attribute.depends_on not in {a.name for a in siblings}:
            yield (*path, "depends_on"), f"there is no attribute “{attribute.depends_on}” beside it"
        above = next((a for a in siblings if a.name == attribute.depends_on), None)
        known = {str(option.value) for option in above.options} if above else None
        for n, option in enumerate(attribute.options):
            for value in option.only_with:
                if known is not None and value not in known:
                    place = (*path, "options", n, "only_with")
                    yield place, f"“{attribute.depends_on}” offers no “{value}”"
        if attribute.default is not None and (reason := refusal(attribute, attribute.default)):
            yield (*path, "default"), reason

    def _role_problems(
        self, path: tuple[str | int, ...], role: Role
    ) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from unnamed(path, role)
        if not role.targets:
            yield (*path, "targets"), f"role “{role.name}” leads nowhere"
        for name in role.alternatives:
            if self.role(role.source, name) is None:
                yield (*path, "alternatives"), f"type “{role.source}” has no role “{name}”"
        for key, names in (("source", (role.source,)), ("targets", role.targets)):
            for name in names:
                if self.type(name) is None:
                    yield (*path, key), f"there is no type “{name}”"
        twins = [r for r in self.roles if r.source == role.source and r is not role]
        if any(r.name == role.name for r in twins):
            yield (*path, "name"), f"type “{role.source}” has two roles “{role.name}”"
        rivals = [r for r in twins if r.key == role.key and not r.archived]
        if role.key and rivals and not role.archived:
            yield (*path, "key"), f"key {role.key} stands for two roles of type “{role.source}”"
        yield from slot_key(path, role.key, RESERVED_KEYS)
        yield from self._fields_problems(path, role.attributes)

    def _profile_problems(
        self, path: tuple[str | int, ...], profile: Profile
    ) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from unnamed(path, profile)
        for type_name, fields in profile.fields.items():
            span_type = self.type(type_name)
            if span_type is None:
                yield (*path, "fields"), f"there is no type “{type_name}”"
                continue
            known = {a.name for a in span_type.attributes} | {e.name for e in span_type.evidence}
            known |= {role.name for role in self.roles if role.source == type_name}
            known |= {"record"} if span_type.record_kind else set()
            for name in fields:
                if name not in known:
                    yield (*path, "fields", type_name), f"type “{type_name}” has no field “{name}”"


RESERVED_KEYS = frozenset("AXNPFCVM")
"""Letters of the article view that a role may never take."""


def refusal(attribute: Attribute, value: Value) -> str | None:  # noqa: C901, PLR0911 - one a type
    """Return why the attribute cannot take the value, as a sentence, or None where it can.

    None as a value (explicitly nothing) is always allowed. Archived options stay valid.
    """
    if value is None:
        return None
    wrong = f"“{attribute.label}” cannot be {value!r}"
    match attribute.type:
        case "enum":
            allowed = {option.value for option in attribute.options}
            fine = not isinstance(value, (bool, tuple)) and value in allowed
            return None if fine else f"{wrong}: {_choices(attribute)}"
        case "flags":
            allowed = {option.value for option in attribute.options}
            fine = isinstance(value, tuple) and set(value) <= allowed
            return None if fine else f"{wrong}: {_choices(attribute)}"
        case "records":
            return None if isinstance(value, tuple) else f"{wrong}: it takes registry records"
        case "boolean":
            return None if isinstance(value, bool) else f"{wrong}: it takes yes or no"
        case "integer":
            fine = isinstance(value, int) and not isinstance(value, bool)
            return None if fine else f"{wrong}: it takes a whole number"
        case "number":
            fine = isinstance(value, (int, float)) and not isinstance(value, bool)
            if isinstance(value, float):
                fine = math.isfinite(value)
            return None if fine else f"{wrong}: it takes a number"
        case "date":
            fine = isinstance(value, str) and is_date(value)
            return None if fine else f"{wrong}: it takes a date such as 2021-01-23, 2021-01 or 2021"
        case "text" | "long_text" | "record" | "annotation":
            return None if isinstance(value, str) else f"{wrong}: it takes text"


def _choices(attribute: Attribute) -> str:
    values = ", ".join(str(option.value) for option in attribute.options[:20])
    more = len(attribute.options) - 20
    return f"it takes {values}" + (f" and {more} more" if more > 0 else "")


def is_date(text: str) -> bool:
    """Tell whether the text is an ISO 8601 day, month or year: `2021-01-23`, `2021-01`, `2021`."""
    from datetime import date

    parts = text.split("-")
    shape = [len(part) for part in parts]
    if shape not in ([4], [4, 2], [4, 2, 2]) or not all(p.isascii() and p.isdigit() for p in parts):
        return False
    year, month, day = (*map(int, parts), 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
