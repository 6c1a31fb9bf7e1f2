"""Merging, splitting, archiving and removing entries of the registry: one undoable step each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.model.annotation import Annotation, Relation, Value
from app.model.codebook import Attribute, Codebook
from app.model.commands import (
    AddRecord,
    Batch,
    Command,
    DeleteRecord,
    EditAnnotation,
    EditRecord,
    EditRelation,
    LinkRecord,
    PutRecord,
)
from app.model.entries import (
    ARCHIVED,
    DIFFERENT,
    MERGED,
    ids_of,
    joined,
    parted,
    with_external,
    with_ids,
)
from app.model.errors import Refused
from app.model.ids import new_id
from app.model.registry import Record
from app.model.sameness import Likely, likely_same
from app.model.wording import on_one_line, several
from app.storage.entries import AFTER, BEFORE, Mention
from app.storage.usage import Holder
from app.workspace.workspace import Workspace

PREFIX = "registry: "
"""How the history begins the titles of what is done to the registry."""
Item = Annotation | Relation | Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is written in one step, what the history calls it, and the entry to be shown then."""

    command: Command
    title: str
    record: str


def merge_entries(workspace: Workspace, kept_id: str, gone_id: str) -> Step:
    """Return the step that makes one entry of two.

    All marks of all layers, and all fields that name the other entry, go over; its id is kept.
    """
    kept, gone = _entry(workspace, kept_id), _entry(workspace, gone_id)
    if kept.id == gone.id:
        raise Refused("An entry is merged with another one, not with itself.")
    if kept.kind != gone.kind:
        raise Refused(f"“{kept.name}” is a {kept.kind}, “{gone.name}” is a {gone.kind}.")
    marks = workspace.all_mentioning(gone.id)
    edits = tuple(_redirected(workspace, gone, kept))
    steps: tuple[Command, ...] = (
        EditRecord(record=joined(kept, gone)),
        *(LinkRecord(id=mark, version=version, record=kept.id) for mark, version, _ in marks),
        *edits,
        DeleteRecord(id=gone.id, version=gone.version),
    )
    title = f"{PREFIX}merge “{_short(gone)}” into “{_short(kept)}”"
    return Step(command=Batch(steps=steps), title=title, record=kept.id)


def split_entry(
    workspace: Workspace, whole_id: str, marks: Sequence[str], *, part_id: str = "", name: str = ""
) -> Step:
    """Return the step that takes part of an entry out, with the marks (ids) that mention it.

    `part_id` is an entry that was merged in before, which comes back under its own id; without it
    a new one called `name` is made.
    """
    whole = _entry(workspace, whole_id)
    made: Command
    if part_id:
        part = workspace.merged_record(part_id)
        if part is None or part_id not in ids_of(whole, MERGED):
            raise Refused(f"No such entry was merged into “{whole.name}”.")
        made = PutRecord(record=part)
        rest = parted(whole, part)
    else:
        if not name.strip():
            raise Refused("An entry of the registry needs a name.")
        part = Record(id=new_id(), kind=whole.kind, name=name.strip())
        made = AddRecord(record=part)
        rest = replace(whole, aliases=tuple(one for one in whole.aliases if one != part.name))
    wanted = set(marks)
    links = [
        LinkRecord(id=mark, version=version, record=part.id)
        for mark, version, _ in workspace.all_mentioning(whole.id)
        if mark in wanted
    ]
    if len(links) != len(wanted):
        raise Refused("A mark was changed in the meantime; look again.")
    rest = with_ids(rest, DIFFERENT, part.id)
    command = Batch(steps=(made, EditRecord(record=rest), *links))
    title = f"{PREFIX}split “{_short(part)}” from “{_short(whole)}”"
    return Step(command=command, title=title, record=part.id)


def proposed_split(workspace: Workspace, whole_id: str, names: Sequence[str]) -> list[str]:
    """Return the marks (ids) whose words are one of these names: those a split begins with."""
    folded = {" ".join(name.casefold().split()) for name in names}
    return [
        mark.annotation
        for mark in workspace.mentions_of(whole_id)
        if " ".join(mark.quote.casefold().split()) in folded
    ]


def archive_entry(workspace: Workspace, record_id: str, *, archived: bool) -> Step:
    """Return the step that no longer offers an entry, or offers it again; marks keep it."""
    record = _entry(workspace, record_id)
    after = with_external(record, ARCHIVED, "yes" if archived else "")
    verb = "archive" if archived else "offer again"
    return Step(
        command=EditRecord(record=after),
        title=f"{PREFIX}{verb} “{_short(record)}”",
        record=record.id,
    )


def tell_apart(workspace: Workspace, one_id: str, other_id: str) -> Step:
    """Return the step that says that two entries are not the same; they are not proposed again."""
    one, other = _entry(workspace, one_id), _entry(workspace, other_id)
    after = with_ids(one, DIFFERENT, other.id)
    title = f"{PREFIX}tell “{_short(one)}” and “{_short(other)}” apart"
    return Step(command=EditRecord(record=after), title=title, record=one.id)


def remove_entry(workspace: Workspace, record_id: str) -> Step:
    """Return the step that moves an entry to the trash. Refused while anything mentions it."""
    record = _entry(workspace, record_id)
    marks = len(workspace.all_mentioning(record.id))
    fields = sum(1 for _ in _holding(workspace, record))
    if marks or fields:
        where = " and ".join(
            several(n, word) for n, word in ((marks, "mark"), (fields, "field")) if n
        )
        verb = "mentions" if marks + fields == 1 else "mention"
        raise Refused(f"{where} {verb} “{_short(record)}”: merge it or archive it.")
    if ids_of(record, MERGED):
        raise Refused(f"Other entries were merged into “{_short(record)}”: archive it.")
    command = DeleteRecord(id=record.id, version=record.version)
    return Step(command=command, title=f"remove “{_short(record)}”", record="")


def likely(workspace: Workspace) -> list[Likely]:
    """Return pairs of entries that may be the same, the likeliest first."""
    return likely_same(workspace.all_records(), workspace.articles_of_records())


def fields_mentioning(workspace: Workspace, record: Record) -> int:
    """Return how many fields of marks, links and entries name an entry."""
    return sum(1 for _ in _holding(workspace, record))


def _entry(workspace: Workspace, record_id: str) -> Record:
    record = workspace.record(record_id)
    if record is None:
        raise Refused("This entry is no longer in the registry.")
    return record


def _short(record: Record) -> str:
    return on_one_line(record.name, 40)


def _holders(codebook: Codebook, kind: str) -> Iterator[tuple[Holder, str]]:
    """Yield who has fields that hold entries of a kind, and the names of the fields."""

    def named(holder: Holder, attributes: Sequence[Attribute]) -> Iterator[tuple[Holder, str]]:
        for attribute in attributes:
            if attribute.type in ("record", "records") and attribute.record_kind == kind:
                yield holder, attribute.name

    for span_type in codebook.types:
        yield from named(Holder(what="type", of=span_type.name), span_type.attributes)
        for words in span_type.evidence:
            holder = Holder(what="evidence", of=span_type.name, name=words.name)
            yield from named(holder, words.attributes)
    for role in codebook.roles:
        yield from named(Holder(what="role", of=role.source, name=role.name), role.attributes)
    for record_kind in codebook.records:
        yield from named(Holder(what="record", of=record_kind.name), record_kind.attributes)


def _holding(workspace: Workspace, record: Record) -> Iterator[tuple[Holder, str, Item]]:
    for holder, name in _holders(workspace.codebook, record.kind):
        for item in workspace.holding(holder, name, record.id):
            yield holder, name, item


def _redirected(workspace: Workspace, gone: Record, kept: Record) -> Iterator[Command]:
    """Yield the edits of all fields that name the one entry, so that they name the other."""

    def swap(value: Value) -> Value:
        if isinstance(value, tuple):
            return tuple(dict.fromkeys(kept.id if one == gone.id else one for one in value))
        return kept.id if value == gone.id else value

    changed: dict[str, Item] = {}
    for holder, name, item in _holding(workspace, gone):
        if item.id in (gone.id, kept.id):
            continue  # an entry does not belong to itself: `joined` sees to that
        now = changed.get(item.id, item)
        if holder.what == "evidence" and isinstance(now, Annotation):
            evidence = tuple(
                replace(e, attributes={**e.attributes, name: swap(e.attributes.get(name))})
                if e.attribute == holder.name and name in e.attributes
                else e
                for e in now.evidence
            )
            changed[item.id] = replace(now, evidence=evidence)
        else:
            changed[item.id] = replace(
                now, attributes={**now.attributes, name: swap(now.attributes[name])}
            )
    for item in changed.values():
        match item:
            case Record():
                yield EditRecord(record=item)
            case Relation():
                yield EditRelation(id=item.id, version=item.version, attributes=item.attributes)
            case Annotation():
                yield EditAnnotation(
                    id=item.id,
                    version=item.version,
                    attributes=item.attributes,
                    evidence=item.evidence,
                )


__all__ = [
    "AFTER",
    "BEFORE",
    "PREFIX",
    "Mention",
    "Step",
    "archive_entry",
    "fields_mentioning",
    "likely",
    "merge_entries",
    "proposed_split",
    "remove_entry",
    "split_entry",
    "tell_apart",
]
