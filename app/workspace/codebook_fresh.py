"""Fresh entries of a codebook: with names, keys and colours that are free, to be filled in."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from app.model.codebook import (
    Attribute,
    Codebook,
    EvidenceField,
    Option,
    Profile,
    RecordKind,
    Role,
    SpanType,
    Underline,
)
from app.model.colour import PALETTE, closest
from app.model.errors import Refused
from app.workspace.codebook_parts import Entry, Part, label_of

CHOOSING = ("enum", "flags")
_UNDERLINES: tuple[Underline, ...] = ("solid", "double", "dotted", "lane")


def slug(label: str) -> str:
    """Return a label as a name in files: small letters, digits, low lines."""
    folded = unicodedata.normalize("NFKD", label.casefold())
    return re.sub(r"[^a-z0-9]+", "_", folded.encode("ascii", "ignore").decode()).strip("_")


def plural_of(label: str) -> str:
    """Return the plural of a label as English makes it in most cases."""
    if re.search(r"[^aeiou]y\Z", label):
        return f"{label[:-1]}ies"
    return f"{label}es" if re.search(r"(s|x|z|ch|sh)\Z", label) else f"{label}s"


def letter_for(label: str, codebook: Codebook, own: SpanType) -> str:
    """Return a letter of a label for a type's badge: the first that no other type has."""
    taken = {t.letter for t in codebook.types if t is not own and not t.archived}
    letters = [c.upper() for c in label if c.isalpha()]
    return next((c for c in letters if c not in taken and len(c) == 1), own.letter)


def free(wanted: str, taken: Iterable[str]) -> str:
    """Return a name that is not taken: the one wanted, or that with a number."""
    names = set(taken)
    if wanted not in names:
        return wanted
    return next(f"{wanted}_{n}" for n in range(2, len(names) + 3) if f"{wanted}_{n}" not in names)


def _numbered(label: str, taken: Iterable[str]) -> str:
    labels = set(taken)
    if label not in labels:
        return label
    return next(f"{label} {n}" for n in range(2, len(labels) + 3) if f"{label} {n}" not in labels)


def _fresh_type(codebook: Codebook, _holder: Entry) -> SpanType:
    live = [t for t in codebook.types if not t.archived]
    label = _numbered("New type", [t.label for t in codebook.types])
    inks = {t.label: t.ink for t in live}
    used = {t.ink for t in live}
    best = max(
        (ink for _, ink in PALETTE if ink not in used),
        key=lambda ink: found.distance if (found := closest(ink, inks)) else 0.0,
        default=PALETTE[0][1],
    )
    letters = {t.letter for t in live}
    return SpanType(
        name=free(slug(label), [t.name for t in codebook.types]),
        label=label,
        plural=plural_of(label),
        key=next((d for d in "123456789" if d not in {t.key for t in live}), ""),
        letter=next((c for c in "TUVWXYZBCDFGHIJKLMOPQR" if c not in letters), "?"),
        ink=best,
        underline=min(_UNDERLINES[:3], key=lambda u: sum(t.underline == u for t in live)),
    )


def fresh_role(codebook: Codebook, source: SpanType) -> Role:
    """Return a link from a type to another one."""
    present = [r for r in codebook.roles if r.source == source.name]
    label = _numbered("New link", [r.label for r in present])
    target = next((t for t in codebook.types if not t.archived and t is not source), source)
    return Role(
        name=free(slug(label), [r.name for r in present]),
        source=source.name,
        targets=(target.name,),
        label=label,
    )


def _fresh_field(_codebook: Codebook, holder: Any) -> Attribute:
    present = [*holder.attributes, *getattr(holder, "evidence", ())]
    label = _numbered("New field", [p.label for p in present])
    return Attribute(name=free(slug(label), [p.name for p in present]), label=label, type="text")


def _fresh_evidence(_codebook: Codebook, holder: Any) -> EvidenceField:
    present = [*holder.attributes, *holder.evidence]
    label = _numbered("New words", [p.label for p in present])
    return EvidenceField(name=free(slug(label), [p.name for p in present]), label=label)


def _fresh_option(_codebook: Codebook, holder: Any) -> Option:
    if holder.type not in CHOOSING:
        raise Refused(f"“{holder.label}” is no choice; change its kind first.")
    label = _numbered("New value", [label_of(o) for o in holder.options])
    return Option(value=free("value_1", [str(o.value) for o in holder.options]), label=label)


def _fresh_kind(codebook: Codebook, _holder: Entry) -> RecordKind:
    label = _numbered("New kind", [k.label for k in codebook.records])
    return RecordKind(name=free(slug(label), [k.name for k in codebook.records]), label=label)


def _fresh_profile(codebook: Codebook, _holder: Entry) -> Profile:
    label = _numbered("New profile", [p.label for p in codebook.profiles])
    return Profile(name=free(slug(label), [p.name for p in codebook.profiles]), label=label)


FRESH: dict[str, Callable[[Codebook, Any], Part]] = {
    "types": _fresh_type,
    "attributes": _fresh_field,
    "evidence": _fresh_evidence,
    "options": _fresh_option,
    "records": _fresh_kind,
    "profiles": _fresh_profile,
}
