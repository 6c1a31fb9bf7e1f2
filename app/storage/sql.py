"""Statements, run on the driver's own connection inside a transaction that SQLAlchemy began.

SQLAlchemy pools, begins, commits and makes the tables. What it would add to each single statement
(names and types of result columns) costs more than the statement, so rows come straight from the
driver. Errors are the driver's, too; `app.storage.errors` knows both.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import sqlalchemy


class Cursor(Protocol):
    """Rows of a result, as tuples."""

    def fetchone(self) -> Any:
        """Return the next row, or None."""

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """What runs SQL with `?` for parameters."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Cursor:
        """Run one statement."""


def driver(connection: sqlalchemy.Connection) -> Connection:
    """Return the driver's connection below one of SQLAlchemy's."""
    below: Connection | None = connection.connection.driver_connection
    assert below is not None  # noqa: S101 - it is None only after `invalidate`, which nobody calls
    return below
