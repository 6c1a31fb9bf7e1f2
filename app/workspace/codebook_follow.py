"""What has to follow in a codebook when an entry gets another name, or goes.

None as the new name takes every mention of the entry away.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from app.model.annotation import Value
from app.model.codebook import (
    Attribute,
    Codebook,
    EvidenceField,
    Profile,
    RecordKind,
    Role,
    SpanType,
)
from app.workspace.codebook_parts import Address, find, put, swapped


def renamed(
    codebook: Codebook,
    address: Address,
    entry: SpanType | Role | RecordKind | Profile | Attribute | EvidenceField,
    name: str | None,
) -> Codebook:
    """Return the codebook with every mention of an entry under its new name, or without any."""
    match entry:
        case SpanType():
            return _type_renamed(codebook, entry.name, name)
        case Role():
            return _role_renamed(codebook, entry, name)
        case RecordKind():
            return _kind_renamed(codebook, entry.name, name)
        case Profile():
            first = codebook.profiles[0].name if codebook.profiles else ""
            chosen = codebook.profile != entry.name
            return codebook if chosen else replace(codebook, profile=name or first)
        case Attribute():
            codebook = _depending(codebook, address[:-2], entry.name, name)
    if address[0] == "types" and len(address) == 4:  # noqa: PLR2004 - a field of the type itself
        return _shown_renamed(codebook, address[1], entry.name, name)
    return codebook


def _type_renamed(codebook: Codebook, old: str, name: str | None) -> Codebook:
    roles = []
    for role in codebook.roles:
        targets = swapped(role.targets, old, name)
        if targets and (name is not None or role.source != old):
            source = name if role.source == old and name else role.source
            roles.append(replace(role, source=source, targets=targets))
    gone = [r for r in codebook.roles if name is None and r.source != old and r.targets == (old,)]
    codebook = replace(codebook, roles=tuple(roles))
    for role in gone:
        codebook = _role_renamed(codebook, role, None)
    return replace(
        codebook, profiles=tuple(_profile_of_types(p, old, name) for p in codebook.profiles)
    )


def _profile_of_types(profile: Profile, old: str, name: str | None) -> Profile:
    fields = {kind: shown for kind, shown in profile.fields.items() if kind != old}
    if name is not None and old in profile.fields:
        fields[name] = profile.fields[old]
    return replace(profile, fields=fields)


def _role_renamed(codebook: Codebook, role: Role, name: str | None) -> Codebook:
    roles = tuple(
        replace(r, alternatives=swapped(r.alternatives, role.name, name))
        if r.source == role.source
        else r
        for r in codebook.roles
    )
    codebook = replace(codebook, roles=roles)
    source = codebook.type(role.source)
    if source is None:
        return codebook
    types = tuple(
        replace(t, attributes=_requiring(t.attributes, role.name, name)) if t is source else t
        for t in codebook.types
    )
    records = tuple(
        replace(k, attributes=_requiring(k.attributes, role.name, name))
        if k.name == source.record_kind
        else k
        for k in codebook.records
    )
    codebook = replace(codebook, types=types, records=records)
    return _shown_renamed(codebook, role.source, role.name, name)


def _requiring(
    attributes: tuple[Attribute, ...], old: str, name: str | None
) -> tuple[Attribute, ...]:
    return tuple(
        replace(
            a,
            options=tuple(replace(o, requires=swapped(o.requires, old, name)) for o in a.options),
        )
        if any(old in o.requires for o in a.options)
        else a
        for a in attributes
    )


def _kind_renamed(codebook: Codebook, old: str, name: str | None) -> Codebook:
    def follow(attributes: tuple[Attribute, ...]) -> tuple[Attribute, ...]:
        if name is None:
            return attributes  # `problems` refuses to leave a field that points to nothing
        return tuple(
            replace(a, record_kind=name) if a.record_kind == old else a for a in attributes
        )

    types = tuple(
        replace(
            t,
            record_kind=(name or "") if t.record_kind == old else t.record_kind,
            attributes=follow(t.attributes),
            evidence=tuple(replace(e, attributes=follow(e.attributes)) for e in t.evidence),
        )
        for t in codebook.types
    )
    profiles = codebook.profiles
    if name is None:
        bare = {t.name for t in types if not t.record_kind}
        profiles = tuple(
            replace(
                p,
                fields={
                    t: swapped(f, "record", None) if t in bare else f for t, f in p.fields.items()
                },
            )
            for p in profiles
        )
    return replace(
        codebook,
        types=types,
        roles=tuple(replace(r, attributes=follow(r.attributes)) for r in codebook.roles),
        records=tuple(replace(k, attributes=follow(k.attributes)) for k in codebook.records),
        profiles=profiles,
    )


def _depending(codebook: Codebook, holder: Address, old: str, name: str | None) -> Codebook:
    def follow(attribute: Attribute) -> Attribute:
        if attribute.depends_on != old:
            return attribute
        if name is not None:
            return replace(attribute, depends_on=name)
        options = tuple(replace(o, only_with=()) for o in attribute.options)
        return replace(attribute, depends_on="", options=options)

    return _with_attributes(codebook, holder, follow)


def _with_attributes(
    codebook: Codebook, holder: Address, follow: Callable[[Attribute], Attribute]
) -> Codebook:
    entry: Any = find(codebook, holder)
    attributes = tuple(follow(a) for a in entry.attributes)
    return put(codebook, holder, replace(entry, attributes=attributes))


def _shown_renamed(codebook: Codebook, type_name: str, old: str, name: str | None) -> Codebook:
    profiles = tuple(
        replace(p, fields={**p.fields, type_name: swapped(p.fields[type_name], old, name)})
        if old in p.fields.get(type_name, ())
        else p
        for p in codebook.profiles
    )
    return replace(codebook, profiles=profiles)


def value_renamed(
    codebook: Codebook, address: Address, old: str | int, name: str | None
) -> Codebook:
    """Follow a value of the attribute at an address: its default, what depends on it."""
    attribute = cast("Attribute", find(codebook, address))

    def follow(other: Attribute) -> Attribute:
        if other.depends_on != attribute.name:
            return other
        options = []
        for option in other.options:
            only = swapped(option.only_with, str(old), name)
            # What went only with a value that is gone goes with nothing, not with everything.
            is_alone = bool(option.only_with) and not only
            options.append(replace(option, only_with=only, archived=option.archived or is_alone))
        return replace(other, options=tuple(options))

    codebook = _with_attributes(codebook, address[:-2], follow)
    if name is None:
        return undefaulted(codebook, address, old)
    return put(
        codebook,
        address,
        replace(
            cast("Attribute", find(codebook, address)),
            default=_value_swapped(attribute.default, old, name),
        ),
    )


def undefaulted(codebook: Codebook, address: Address, value: str | int) -> Codebook:
    """Let no new mark start with a value."""
    attribute = cast("Attribute", find(codebook, address))
    default = _value_swapped(attribute.default, value, None)
    return put(codebook, address, replace(attribute, default=default))


def _value_swapped(value: Value, old: str | int, new: str | None) -> Value:
    if isinstance(value, tuple):
        return swapped(value, str(old), new) or None
    return new if value == old and not isinstance(value, bool) else value
