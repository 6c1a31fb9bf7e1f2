"""Steps of changing a codebook: from one codebook to its next revision, with nothing else touched.

Every function returns a `Revision` or raises `Refused` with a sentence. Whether marks use what is
taken away is asked when the revision is written, not here.
"""

import re
from dataclasses import dataclass, replace
from typing import Any, cast

from app.model.codebook import Attribute, Codebook, Option, Profile, Role, SpanType, refusal
from app.model.commands import SetCodebook
from app.model.errors import Refused
from app.workspace.codebook_follow import renamed, undefaulted, value_renamed
from app.workspace.codebook_fresh import (
    CHOOSING,
    FRESH,
    free,
    fresh_role,
    letter_for,
    plural_of,
    slug,
)
from app.workspace.codebook_parts import (
    WORDS,
    Address,
    Collection,
    Entry,
    Part,
    find,
    key_of,
    key_taken,
    label_of,
    put,
    rivals,
    siblings,
    with_fields,
)

PREFIX = "codebook: "
"""Begins the title of every step: by it a window knows what of the project's history is its own."""

_POINTING = ("record", "records")
_FIELD_WORDS = {
    "record_kind": "the kind of entry",
    "value_type": "what the words mean",
    "depends_on": "what it depends on",
    "only_with": "what it goes with",
    "requires": "what it requires",
    "ink": "the colour",
    "key": "the key",
    "letter": "the letter",
    "definition": "the definition",
    "examples": "the examples",
    "options": "the values",
    "type": "the kind",
    "default": "the default",
    "targets": "where it leads",
    "plural": "the plural",
    "underline": "the underline",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The next codebook, what the history calls the step, and the entry to look at after it."""

    codebook: Codebook
    title: str
    address: Address
    merge_key: str = ""

    @property
    def command(self) -> SetCodebook:
        """What writes it."""
        return SetCodebook(codebook=self.codebook)


def add(codebook: Codebook, parent: Address, collection: Collection) -> Revision:
    """Add an entry with names and keys that are free, to be filled in.

    Links are added to the type they start at: `add(codebook, ("types", "event"), "roles")`.
    """
    holder = find(codebook, parent)
    if collection == "roles":
        if not isinstance(holder, SpanType):
            raise Refused("A link starts at a type.")
        link = fresh_role(codebook, holder)
        fresh: Part = link
        changed = replace(codebook, roles=(*codebook.roles, link))
        address: Address = ("roles",)
    else:
        if not hasattr(holder, collection):
            raise Refused(f"“{label_of(holder)}” has no {WORDS[collection]}s.")
        fresh = FRESH[collection](codebook, holder)
        present: tuple[Part, ...] = getattr(holder, collection)
        changed = put(codebook, parent, with_fields(holder, **{collection: (*present, fresh)}))
        address = (*parent, collection)
    within = f" to “{label_of(holder)}”" if not isinstance(holder, Codebook) else ""
    title = f"add {WORDS[collection]}{within}"
    return revised(codebook, changed, title, (*address, key_of(fresh)))


def edit(
    codebook: Codebook, address: Address, field: str, value: Any, *, follow: bool = False
) -> Revision:
    """Set one field of an entry; `name` (of a value: `value`) is followed wherever it is used.

    Fields that only make sense together change together: a field that becomes a choice gets a
    first value, one that ceases to be one loses them. With `follow` the name in files goes with the
    label while it still is what the label gave it; that is for entries nothing uses yet.
    """
    entry = find(codebook, address)
    if field in ("name", "value") and not isinstance(entry, Codebook):
        return rename(codebook, address, str(value))
    if field == "archived":
        return archive(codebook, address, archived=bool(value))
    if field == "key" and (taken := key_taken(codebook, address, str(value))) is not None:
        raise Refused(taken)
    if field == "label" and not str(value).strip() and not isinstance(entry, Option):
        raise Refused("A label is what people see; it cannot be empty.")
    changes = {field: value, **_along(codebook, entry, field, value)}
    changed = put(codebook, address, with_fields(entry, **changes))
    title = (
        f"rename “{label_of(entry)}” to “{value}”"
        if field == "label"
        else f"change {_FIELD_WORDS.get(field, field)} of “{label_of(entry)}”"
    )
    if field == "label" and follow and (name := _name_after(codebook, address, str(value))):
        if isinstance(entry, SpanType) and re.fullmatch(r"New type( \d+)?", entry.label):
            letter = letter_for(str(value), codebook, entry)
            changed = put(changed, address, with_fields(find(changed, address), letter=letter))
        named = rename(changed, address, name)
        changed, address = named.codebook, named.address
    revision = revised(codebook, changed, title, address)
    return replace(revision, merge_key=f"codebook {'/'.join(address)} {field}")


def _name_after(codebook: Codebook, address: Address, label: str) -> str | None:
    """Return the name that goes with a new label, None where the old one was somebody's choice."""
    entry = find(codebook, address)
    if isinstance(entry, Codebook) or not (wanted := slug(label)):
        return None
    held = str(entry.value) if isinstance(entry, Option) else entry.name
    own = slug(label_of(entry))
    if not re.fullmatch(rf"({re.escape(own)}|value)(_\d+)*", held) or held == wanted:
        return None
    others = rivals(codebook, address)
    return free(wanted, [str(o.value) if isinstance(o, Option) else o.name for o in others])


def rename(codebook: Codebook, address: Address, name: str) -> Revision:
    """Give an entry that nothing uses yet another name in files."""
    entry, name = find(codebook, address), name.strip()
    if isinstance(entry, Codebook):
        return edit(codebook, address, "name", name)
    if not name:
        raise Refused("A name in files cannot be empty.")
    others = {key_of(s) if isinstance(s, Option) else s.name for s in rivals(codebook, address)}
    if name in others:
        raise Refused(f"“{name}” is the name of another {WORDS[address[-2]]} already.")
    if isinstance(entry, Option):
        changed = put(codebook, address, replace(entry, value=name))
        changed = value_renamed(changed, address[:-2], entry.value, name)
    else:
        changed = put(codebook, address, replace(entry, name=name))
        changed = renamed(changed, address, entry, name)
    key = f"{entry.source}.{name}" if isinstance(entry, Role) else name
    title = f"call “{label_of(entry)}” {name} in files"
    return revised(codebook, changed, title, (*address[:-1], key))


def move(codebook: Codebook, address: Address, step: int) -> Revision:
    """Move an entry up (-1) or down (+1) among its siblings: the order of menus and forms."""
    entry, around = find(codebook, address), siblings(codebook, address)
    place = around.index(cast("Part", entry)) + step
    if not 0 <= place < len(around):
        raise Refused(f"“{label_of(entry)}” is the {'first' if step < 0 else 'last'} already.")
    holder, collection = find(codebook, address[:-2]), address[-2]
    parts: list[Part] = list(getattr(holder, collection))
    here, there = parts.index(cast("Part", entry)), parts.index(around[place])
    parts[here], parts[there] = parts[there], parts[here]
    changed = put(codebook, address[:-2], with_fields(holder, **{collection: tuple(parts)}))
    where = "up" if step < 0 else "down"
    return revised(codebook, changed, f"move “{label_of(entry)}” {where}", address)


def archive(codebook: Codebook, address: Address, *, archived: bool) -> Revision:
    """Offer an entry no longer, or again. What marks hold of it stays."""
    entry = find(codebook, address)
    if not hasattr(entry, "archived"):
        raise Refused(f"A {WORDS[address[-2]]} is not archived; remove it where nothing uses it.")
    if archived and isinstance(entry, SpanType):
        _refuse_last_type(codebook, entry)
    changes: dict[str, object] = {"archived": archived}
    key = getattr(entry, "key", "")
    if not archived and key and key_taken(codebook, address, key) is not None:
        changes["key"] = ""  # somebody else has it by now
    changed = put(codebook, address, with_fields(entry, **changes))
    if archived and isinstance(entry, Option):
        changed = undefaulted(changed, address[:-2], entry.value)
    title = f"{'archive' if archived else 'bring back'} {WORDS[address[-2]]} “{label_of(entry)}”"
    return revised(codebook, changed, title, address)


def remove(codebook: Codebook, address: Address) -> Revision:
    """Take away an entry that nothing uses, and every mention of it in the codebook."""
    entry = find(codebook, address)
    if isinstance(entry, Codebook):
        raise Refused("A project needs a codebook.")
    if isinstance(entry, SpanType):
        _refuse_last_type(codebook, entry)
    changed = put(codebook, address, None)
    if isinstance(entry, Option):
        changed = value_renamed(changed, address[:-2], entry.value, None)
    else:
        changed = renamed(changed, address, entry, None)
    title = f"remove {WORDS[address[-2]]} “{label_of(entry)}”"
    return revised(codebook, changed, title, _after_removal(codebook, address))


def show_fields(
    codebook: Codebook, address: Address, type_name: str, names: tuple[str, ...]
) -> Revision:
    """Say which fields of a type a profile shows, in which order."""
    profile = find(codebook, address)
    if not isinstance(profile, Profile):
        raise Refused("Only a profile says which fields are shown.")
    fields = {**profile.fields, type_name: names}
    changed = put(codebook, address, replace(profile, fields=fields))
    kind = codebook.type(type_name)
    title = f"change what “{profile.label}” shows of {kind.label.lower() if kind else type_name}"
    revision = revised(codebook, changed, title, address)
    return replace(revision, merge_key=f"codebook {'/'.join(address)} {type_name}")


def field_names(codebook: Codebook, span_type: SpanType) -> dict[str, str]:
    """Return name and label of everything a profile can show of a type, in form order."""
    kind = codebook.record_kind(span_type.record_kind)
    names = {"record": kind.label} if kind else {}
    names |= {r.name: r.label for r in codebook.roles_of(span_type.name)}
    names |= {a.name: a.label for a in span_type.attributes if not a.archived}
    return names | {e.name: e.label for e in span_type.evidence if not e.archived}


def replaced(codebook: Codebook, other: Codebook) -> Revision:
    """Take over another codebook as the next revision of this one."""
    other = replace(other, revision=codebook.revision)
    if other == codebook:
        raise Refused("This is the project's codebook already.")
    return revised(codebook, other, f"take over “{other.label}”", ())


def revised(codebook: Codebook, changed: Codebook, title: str, address: Address) -> Revision:
    """Return a changed codebook as the revision after another one. Raises `Refused`."""
    changed = replace(changed, revision=codebook.revision + 1)
    if changed == replace(codebook, revision=changed.revision):
        raise Refused("That is so already.")
    for _, reason in changed.problems():
        raise Refused(f"{reason[:1].upper()}{reason[1:]}.")
    return Revision(codebook=changed, title=PREFIX + title, address=address)


def _along(codebook: Codebook, entry: Entry, field: str, value: Any) -> dict[str, Any]:
    """Return what has to change together with a field."""
    if isinstance(entry, SpanType) and field == "label":
        return {"plural": plural_of(value)} if entry.plural == plural_of(entry.label) else {}
    if not isinstance(entry, Attribute) or field != "type":
        return {}
    along: dict[str, Any] = {}
    if value in CHOOSING and not entry.options:
        along["options"] = (Option(value="value_1", label="New value"),)
    if value not in CHOOSING:
        along |= {"options": (), "depends_on": ""}
    if value in _POINTING and codebook.record_kind(entry.record_kind) is None:
        if not codebook.records:
            raise Refused("The codebook has no kind of entry that it could point to.")
        along["record_kind"] = codebook.records[0].name
    if value not in _POINTING:
        along["record_kind"] = ""
    if refusal(replace(entry, type=value, **along), entry.default) is not None:
        along["default"] = None
    return along


def _refuse_last_type(codebook: Codebook, entry: SpanType) -> None:
    if not any(t is not entry and not t.archived for t in codebook.types):
        raise Refused(f"“{entry.label}” is the last type to tag with.")


def _after_removal(codebook: Codebook, address: Address) -> Address:
    """Return the entry to look at after a removal: the next one, the one before, the holder."""
    entry, around = cast("Part", find(codebook, address)), siblings(codebook, address)
    place = around.index(entry)
    rest = around[place + 1 : place + 2] or around[max(place - 1, 0) : place]
    if rest:
        return (*address[:-1], key_of(rest[0]))
    return ("types", entry.source) if isinstance(entry, Role) else address[:-2]
