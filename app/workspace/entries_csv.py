"""The registry out to a CSV table and back: entries are known by their id, then by their name."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from app.exchange.registry_csv import read_registry, write_registry
from app.model.commands import AddRecord, Batch, Command, EditRecord
from app.model.entries import MERGED, ids_of
from app.model.errors import InputRefused
from app.model.ids import new_id
from app.model.registry import Record
from app.workspace.entries import PREFIX
from app.workspace.workspace import Workspace


class Table(NamedTuple):
    """What a table brings: the step that takes it in, and how many entries of what sort."""

    command: Command
    title: str
    added: int
    changed: int
    same: int


def export_entries(workspace: Workspace, path: Path) -> int:
    """Write the whole registry to a CSV table; return how many entries."""
    records = workspace.all_records()
    write_registry(path, records, workspace.codebook)
    return len(records)


def read_entries(workspace: Workspace, path: Path) -> Table:
    """Return what takes a CSV table in: new entries are added, known ones get what it says.

    An entry is known by its id, also from before a merge, or else by kind and name. Fields that
    the table leaves empty stay as they are. Raises `InputRefused`.
    """
    held = {record.id: record for record in workspace.all_records()}
    merged = {one: record.id for record in held.values() for one in ids_of(record, MERGED)}
    names: dict[tuple[str, str], str] = {}
    for record in held.values():
        names.setdefault((record.kind, record.name), record.id)
    now = dict(held)
    for one in read_registry(path, workspace.codebook):
        own = one.id if one.id in now else merged.get(one.id, "")
        if not own and not one.id:
            own = names.get((one.kind, one.name), "")
        if own:
            now[own] = _updated(now[own], one, is_merged=bool(one.id) and own != one.id)
        else:
            made = replace(one, id=one.id or new_id())
            now[made.id] = made
            names.setdefault((made.kind, made.name), made.id)
    added = [record for record_id, record in now.items() if record_id not in held]
    changed = [record for record_id, record in now.items() if held.get(record_id, record) != record]
    if not added and not changed:
        raise InputRefused(f"{path.name} says nothing that is not in the registry already.")
    steps: tuple[Command, ...] = (
        *(AddRecord(record=record) for record in added),
        *(EditRecord(record=record) for record in changed),
    )
    title = f"{PREFIX}import {len(added) + len(changed)} registry entries from {path.name}"
    same = len(held) - len(changed)
    return Table(Batch(steps=steps), title, len(added), len(changed), same)


def _updated(record: Record, told: Record, *, is_merged: bool) -> Record:
    """Return an entry with what a table says of it; of one merged since, only names are taken."""
    if record.kind != told.kind:
        raise InputRefused(f"“{told.name}” is a {record.kind} here, not a {told.kind}.")
    if is_merged:
        names = dict.fromkeys((*record.aliases, told.name, *told.aliases))
        names.pop(record.name, None)
        return replace(record, aliases=tuple(names))
    return replace(
        record,
        name=told.name,
        aliases=told.aliases or record.aliases,
        attributes={**record.attributes, **told.attributes},
        external={**record.external, **told.external},
    )
