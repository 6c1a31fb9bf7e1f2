"""Connections to a project file, all set up alike.

WAL and synchronous=FULL: what was committed survives a crash and a power cut.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

Mode = Literal["write", "query", "ro", "immutable"]
"""`query`: writable, but only read; `ro`: ours to read only; `immutable`: nobody writes to it."""

BUSY_SECONDS = 5.0

_JOURNAL_LIMIT = 64 * 1024 * 1024
_IDLE = 5
"""Connections of readers that are kept for the next ones."""
NEW_PROJECT_MODE = 0o600
"""Articles and annotations are nobody else's business."""


class Connections:
    """Hands out connections to one file. Readers of all threads share a few that wait idle."""

    def __init__(self, path: Path, mode: Mode) -> None:
        self._path, self._mode = path, mode
        self._idle: list[sqlite3.Connection] = []
        self._room = _IDLE
        self._guard = threading.Lock()

    def connect(self) -> sqlite3.Connection:
        """Return a connection of the caller's own, to be closed by them."""
        return connect(self._path, self._mode)

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Open a read transaction on a connection that nobody else has meanwhile."""
        with self._guard:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self.connect()
        has_failed = False
        try:
            with transaction(connection, "BEGIN"):
                yield connection
        except sqlite3.Error:
            has_failed = True  # what failed on it may fail again
            raise
        finally:  # also for whoever needs no more rows
            self._give_back(connection, keep=not (has_failed or connection.in_transaction))

    def _give_back(self, connection: sqlite3.Connection, *, keep: bool) -> None:
        with self._guard:
            keep = keep and len(self._idle) < self._room
            if keep:
                self._idle.append(connection)
        if not keep:
            connection.close()

    def close_idle(self) -> None:
        """Close what waits for a reader."""
        with self._guard:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def close(self) -> None:
        """Close what waits for a reader; what a reader still has is closed when they are done."""
        self._room = 0
        self.close_idle()


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Commit what the block writes; where anything fails, take all of it back.

    The driver neither begins nor commits by itself, so that DDL and savepoints are in it too.
    """
    connection.execute(begin)
    try:
        yield
        if connection.in_transaction:  # a check takes back itself what it tried
            connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            with suppress(sqlite3.Error):  # what went wrong first is what is to be told
                connection.execute("ROLLBACK")
        raise


def connect(path: Path, mode: Mode) -> sqlite3.Connection:
    """Return a new connection to a file."""
    how = {"write": "mode=rw", "query": "mode=rw", "ro": "mode=ro", "immutable": "immutable=1"}[
        mode
    ]
    connection = sqlite3.connect(
        f"{path.as_uri()}?{how}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        _set_up(connection, mode)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection, mode: Mode) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    if mode == "write":
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: FULL alone does not reach the platter
        connection.execute(f"PRAGMA journal_size_limit = {_JOURNAL_LIMIT}")
    else:
        connection.execute("PRAGMA query_only = ON")


def use_wal(connection: sqlite3.Connection) -> None:
    """Switch the file to write-ahead logging, where it is not (a restored copy)."""
    connection.execute("PRAGMA journal_mode = WAL")


def sync_folder(folder: Path) -> None:
    """Bring the folder's list of names to the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
