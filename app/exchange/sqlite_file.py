"""SQLite files of other programs: read as plain tables, and written anew from a script.

The project's own file is `storage`'s alone; nothing here ever sees it.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from app.model.errors import InputRefused

Rows = list[dict[str, Any]]


def read(path: Path, wanted: dict[str, str]) -> dict[str, Rows]:
    """Return what each query gives on a file: {name: [{column: value}]}.

    The file is opened for reading only, and nothing in it is run. Raises `InputRefused` where it is
    no such database or lacks a table.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.row_factory = sqlite3.Row
            return {
                name: [dict(row) for row in connection.execute(query)]
                for name, query in wanted.items()
            }
    except (sqlite3.Error, UnicodeError, OverflowError) as error:
        raise InputRefused(f"it is no database of the right kind: {error}") from None


def tables(path: Path) -> frozenset[str]:
    """Return the names of the tables of a file, in capital letters."""
    found = read(path, {"names": "SELECT name FROM sqlite_master WHERE type = 'table'"})
    return frozenset(str(row["name"]).upper() for row in found["names"])


def write(path: Path, script: str, rows: Iterator[tuple[str, Sequence[Any]]]) -> None:
    """Make a database: run a script of ours, then insert rows, each with its statement."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(script)
        connection.execute("BEGIN")
        for statement, values in rows:
            connection.execute(statement, values)
        connection.execute("COMMIT")


def damage(path: Path) -> str:
    """Return what SQLite finds wrong with a file, or nothing."""
    checks = {"integrity": "PRAGMA integrity_check", "links": "PRAGMA foreign_key_check"}
    found = read(path, checks)
    told = [str(row["integrity_check"]) for row in found["integrity"]]
    return "" if told == ["ok"] and not found["links"] else "; ".join(told) or "broken references"
