"""Names of the registry, looked up at every letter typed: within a frame, however many there are.

Nothing is sorted before it is found, and looking stops as soon as there is enough.
"""

from collections.abc import Iterable, Sequence

from app.model.registry import Record
from app.storage.rows import OFFERED, RECORDS, fold, record_of
from app.storage.sql import Connection

_ENOUGH = 300
"""Records looked at to rank them; words in more names than this are too common to choose by."""

_LAST = "\U0010ffff"


def named(connection: Connection, kinds: Sequence[str], words: str, limit: int) -> list[Record]:
    """Return at most `limit` records of each kind that have all these words in a name or alias.

    Names that begin so come first, then aliases, then words that begin so. Of words that are in
    very many names some records are returned, not the best. Without words: the first by name.
    """
    found: dict[str, Record] = {}
    for kind in kinds:
        found |= _beginning(connection, kind, words.strip(), limit)
    wanted = fold(words)
    if wanted and any(_count(found.values(), kind) < limit for kind in kinds):
        found |= _containing(connection, wanted)
    ranked = sorted(found.values(), key=lambda record: _rank(record, wanted))
    return [record for kind in kinds for record in [r for r in ranked if r.kind == kind][:limit]]


def _count(records: Iterable[Record], kind: str) -> int:
    return sum(record.kind == kind for record in records)


def _beginning(connection: Connection, kind: str, words: str, limit: int) -> dict[str, Record]:
    """Return records whose name begins with the words as they are usually written: by the index."""
    found: dict[str, Record] = {}
    written = (words, words.lower(), words[:1].upper() + words[1:], words.title(), words.upper())
    sql = (
        f"{RECORDS.select} WHERE kind = ? AND name >= ? AND name < ? AND {OFFERED} "
        "ORDER BY name LIMIT ?"
    )
    for start in dict.fromkeys(written):
        rows = connection.execute(sql, (kind, start, start + _LAST, limit)).fetchall()
        found |= {record.id: record for record in map(record_of, rows)}
    return found


def _containing(connection: Connection, wanted: str) -> dict[str, Record]:
    """Return records with all words somewhere in their names: by one pass through the table."""
    words = wanted.split()
    each = " AND ".join("instr(folded, ?)" for _ in words)
    sql = f"{RECORDS.select} NOT INDEXED WHERE {each} AND {OFFERED} LIMIT ?"
    rows = connection.execute(sql, (*words, _ENOUGH)).fetchall()
    return {record.id: record for record in map(record_of, rows)}


def _rank(record: Record, wanted: str) -> tuple[int, str, str]:
    name = fold(record.name)
    others = [fold(alias) for alias in record.aliases]
    if name.startswith(wanted):
        rank = 0
    elif any(alias.startswith(wanted) for alias in others):
        rank = 1
    else:
        rank = 2 if any(f" {wanted}" in each for each in (name, *others)) else 3
    return rank, name, record.id
