"""What runs statements, as the functions of this package see it: the driver's own connection.

What SQLAlchemy would add to each single statement (names and types of result columns) costs more
than the statement, so rows come straight from the driver; it makes the tables and migrates them.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol


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
