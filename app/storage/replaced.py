"""Another file took the place of an open project: what the project held is kept beside it.

SQLite looks for the log of a database by its name. It would leave the log of the file that is gone
where it lies, and play it into the other file when that is opened: half of one, half of the other.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path

from app.storage.backup import copying, free_name
from app.storage.engine import sync_folder
from app.storage.held import Identity


def identity(path: Path) -> Identity | None:
    """Return what tells a file from another one of the same name, None where there is none."""
    with suppress(OSError):
        about = path.stat()
        return about.st_dev, about.st_ino
    return None


def log_of(path: Path) -> Path:
    """Return where the write-ahead log of a project lies."""
    return Path(f"{path}-wal")


def set_aside(held: sqlite3.Connection, path: Path, log: Identity | None) -> Path:
    """Copy what a connection still holds beside the file that took its place, and take its log.

    `log` is the log the connection writes to; one that is another by now stays. Raises `OSError`
    or `sqlite3.Error` where no copy can be made; then the log stays as well.
    """
    copy = free_name(path, f"{path.stem} before it was replaced")
    with copying(held, copy):
        pass
    if log is not None and identity(log_of(path)) == log:
        log_of(path).unlink()
        Path(f"{path}-shm").unlink(missing_ok=True)
        sync_folder(copy.parent)
    return copy
