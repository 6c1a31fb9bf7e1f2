"""What a change of the codebook touches: the marks that have an entry, and whether it may go."""

from app.model.codebook import Attribute, EvidenceField, Option, RecordKind, Role, SpanType
from app.storage.usage import Holder, Mark, Touched
from app.workspace.codebook_parts import Address, find
from app.workspace.workspace import Workspace

NOTHING = Touched({}, 0, ())

Where = tuple[Holder, str, str | int | None]


def where_of(workspace: Workspace, address: Address) -> Where | None:
    """Return whose fields an entry is about, with attribute and value; None if no mark has it."""
    entry = find(workspace.codebook, address)
    if isinstance(entry, (Attribute, Option)):
        above = where_of(workspace, address[:-2])
        if above is None:
            return None
        holder, name, _ = above
        return (
            (holder, entry.name, None)
            if isinstance(entry, Attribute)
            else (holder, name, entry.value)
        )
    match entry:
        case SpanType(name=name):
            holder = Holder(what="type", of=name)
        case EvidenceField(name=name):
            holder = Holder(what="evidence", of=address[1], name=name)
        case Role(source=source, name=name):
            holder = Holder(what="role", of=source, name=name)
        case RecordKind(name=name):
            holder = Holder(what="record", of=name)
        case _:
            return None
    return holder, "", None


def touched(workspace: Workspace, address: Address, *, limit: int = 200) -> Touched:
    """Return the marks that have the entry: counts by type, articles, and the first to jump to."""
    where = where_of(workspace, address)
    return workspace.touched(*where, limit=limit) if where else NOTHING


def is_used(workspace: Workspace, address: Address) -> bool:
    """Tell whether anything in the project, the trash included, has the entry."""
    where = where_of(workspace, address)
    return workspace.uses(*where) if where else False


__all__ = ["NOTHING", "Mark", "Touched", "is_used", "touched"]
