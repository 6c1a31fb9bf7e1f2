"""Connections to a project file, all set up alike.

WAL and synchronous=FULL: what was committed survives a crash and a power cut.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from app.storage.sql import driver

Mode = Literal["write", "query", "ro", "immutable"]
"""`query`: writable, but only read; `ro`: ours to read only; `immutable`: nobody writes to it."""

BUSY_SECONDS = 5.0

_JOURNAL_LIMIT = 64 * 1024 * 1024
NEW_PROJECT_MODE = 0o600
"""Articles and annotations are nobody else's business."""


def make_engine(path: Path, mode: Mode) -> Engine:
    """Return an engine on a project file; with the option `readonly` it begins without a lock."""
    engine = create_engine("sqlite://", creator=lambda: _connect(path, mode), poolclass=QueuePool)

    # The driver neither begins nor commits by itself, so that DDL and savepoints are in it too.
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = mode != "write" or connection.get_execution_options().get("readonly")
        driver(connection).execute("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _connect(path: Path, mode: Mode) -> sqlite3.Connection:
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
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    if mode == "write":
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: FULL alone does not reach the platter
        connection.execute(f"PRAGMA journal_size_limit = {_JOURNAL_LIMIT}")
    else:
        connection.execute("PRAGMA query_only = ON")
    return connection


def sync_folder(folder: Path) -> None:
    """Bring the folder's list of names to the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def use_wal(engine: Engine) -> None:
    """Switch the file to write-ahead logging, where it is not (a restored copy)."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()
