"""The journal played from its first row into empty tables: what the rows ought to be."""

from sqlite3 import DatabaseError

from app.model.errors import Refused
from app.model.reports import CheckFinding
from app.storage import journal, tables
from app.storage.apply import apply
from app.storage.sql import Connection
from app.storage.tables import Table
from app.storage.transaction import Rows, Stamp

REPLAYED = (
    tables.project,
    tables.codebook,
    tables.annotator,
    tables.article,
    tables.record,
    tables.annotation,
    tables.relation,
    tables.status,
    tables.bookmark,
    tables.rejection,
    tables.receipt,
)
"""The tables that follow from the journal; that is all of them but the journal itself."""

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)
"""What our own JSON raises where a damaged byte left it JSON, but of another shape."""


def replay(project: Connection, into: Connection) -> CheckFinding | None:
    """Play the journal of a project into empty tables; return what stopped it."""
    seq = 0
    try:
        book = None
        for seq, at, command in journal.replayed(project):
            rows = Rows(into, book)
            book = rows.codebook()
            stamp = Stamp(seq=seq, at=at, revision=book.revision if book else 0)
            apply(rows, journal.from_json(command), stamp)
    except (Refused, DatabaseError, *UNREADABLE) as problem:
        detail = f"The journal cannot be replayed after this entry: {problem}"
        return CheckFinding(kind="journal", where=str(seq), detail=detail)
    return None


def knows_all(project: Connection, replayed: Connection) -> bool:
    """Tell whether no row of the project is missing from, or newer than, what was replayed.

    Where one is, entries of the journal are lost, and the rows say more than the journal does. A
    table that cannot be read says nothing.
    """
    return all(_knows(project, replayed, table) for table in REPLAYED)


def _knows(project: Connection, replayed: Connection, table: Table) -> bool:
    key = table.key
    version = "version" if "version" in table.columns else "0"
    sql = f"SELECT {', '.join(key)}, {version} FROM {table.name}"
    known = {tuple(row[:-1]): row[-1] for row in replayed.execute(sql)}
    try:
        return all(row[-1] <= known.get(tuple(row[:-1]), -1) for row in project.execute(sql))
    except (DatabaseError, TypeError):
        return True
