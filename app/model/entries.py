"""What is kept of registry entries beside the codebook's fields: merges, decisions, the archive.

It lies among the external ids under keys of our own, so every format that carries external ids
carries it too, and the ids of entries that were merged stay resolvable in every export.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from app.model.annotation import Value
from app.model.registry import Record

MERGED = "pressmark:merged"
"""Ids, set apart by blanks, of the entries that were merged into this one."""
DIFFERENT = "pressmark:different"
"""Ids of entries of which somebody said that they are not this one."""
ARCHIVED = "pressmark:archived"
"""`yes` where an entry is no longer offered."""
OVER_TIME = "pressmark:over-time"
"""Roles and affiliations with their dates: lines of an ISO 8601 interval and words."""
OWN = (MERGED, DIFFERENT, ARCHIVED, OVER_TIME)

_DAY = r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?|\.\.)"
_LINE = re.compile(rf"({_DAY})/({_DAY})\s+(\S.*)")


def ids_of(record: Record, key: str) -> tuple[str, ...]:
    """Return the ids under a key: `MERGED` or `DIFFERENT`."""
    return tuple(record.external.get(key, "").split())


def is_archived(record: Record) -> bool:
    """Tell whether an entry is no longer offered."""
    return record.external.get(ARCHIVED) == "yes"


def with_external(record: Record, key: str, value: str) -> Record:
    """Return an entry with an external id; the empty value takes it away."""
    external = {**record.external, key: value}
    return replace(record, external={k: v for k, v in external.items() if v})


def with_ids(record: Record, key: str, *ids: str) -> Record:
    """Return an entry with more ids under a key, each once."""
    return with_external(record, key, " ".join(dict.fromkeys((*ids_of(record, key), *ids))))


def joined(kept: Record, gone: Record) -> Record:
    """Return an entry that stands for two: its own values, and what it lacks of the other one's.

    The other's name becomes an alias, lists are put together, its id stays under `MERGED`.
    """
    names = dict.fromkeys((*kept.aliases, gone.name, *gone.aliases))
    names.pop(kept.name, None)
    attributes: dict[str, Value] = {**gone.attributes, **kept.attributes}
    for name, value in gone.attributes.items():
        own = kept.attributes.get(name)
        if isinstance(own, tuple) and isinstance(value, tuple):
            attributes[name] = tuple(dict.fromkeys((*own, *value)))
    for name, value in attributes.items():
        if isinstance(value, tuple):
            attributes[name] = tuple(one for one in value if one not in (kept.id, gone.id))
    external = {**gone.external, **kept.external}
    lines = "\n".join(
        dict.fromkeys(
            line for one in (kept, gone) for line in one.external.get(OVER_TIME, "").splitlines()
        )
    )
    external |= {OVER_TIME: lines, ARCHIVED: kept.external.get(ARCHIVED, "")}
    whole = replace(
        kept,
        aliases=tuple(names),
        attributes={n: v for n, v in attributes.items() if v not in (kept.id, gone.id)},
        external={key: value for key, value in external.items() if value and key != DIFFERENT},
    )
    different = {*ids_of(kept, DIFFERENT), *ids_of(gone, DIFFERENT)} - {kept.id, gone.id}
    whole = with_external(whole, MERGED, " ".join(ids_of(kept, MERGED)))
    return with_ids(
        with_ids(whole, MERGED, gone.id, *ids_of(gone, MERGED)), DIFFERENT, *sorted(different)
    )


def parted(whole: Record, part: Record) -> Record:
    """Return an entry without what another one, which was merged into it, brings back."""
    names = {part.name, *part.aliases} - {whole.name}
    ids = tuple(one for one in ids_of(whole, MERGED) if one not in (part.id, *ids_of(part, MERGED)))
    bare = replace(whole, aliases=tuple(one for one in whole.aliases if one not in names))
    return with_external(bare, MERGED, " ".join(ids))


def resolved(records: Mapping[str, Record], record_id: str) -> Record | None:
    """Return the entry of an id, or the one that it was merged into."""
    if record_id in records:
        return records[record_id]
    return next((one for one in records.values() if record_id in ids_of(one, MERGED)), None)


def problem_over_time(lines: str) -> str:
    """Return what is wrong with lines of roles over time, as a sentence; empty where nothing is."""
    for line in filter(None, map(str.strip, lines.splitlines())):
        match = _LINE.fullmatch(line)
        if match is None:
            return f"“{line}” does not read like “1999-12-31/2008-05 President of Russia”."
        start, end = match[1], match[2]
        width = min(len(start), len(end))
        if ".." not in (start, end) and start[:width] > end[:width]:
            return f"“{line}” ends before it begins."
    return ""
