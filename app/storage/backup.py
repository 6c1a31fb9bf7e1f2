"""Verified copies of a project file."""

import os
import sqlite3
from pathlib import Path

from app.model.errors import InputRefused, KnownError
from app.storage.engine import NEW_PROJECT_MODE, sync_folder


def copy_to(path: Path, copy: Path) -> None:
    """Copy a project file, also while it is open, and check the copy before it gets its name.

    Overwrites nothing. Raises `KnownError` where the copy is not sound; then there is none.
    """
    if copy.exists():
        raise InputRefused(f"{copy.name} exists already. Nothing was changed.")
    part = copy.with_name(f".{copy.name}.part")
    try:
        _clear(part)  # a program that was killed leaves its part, and the journal of it
        os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_RDWR, NEW_PROJECT_MODE))
        source = sqlite3.connect(f"{path.as_uri()}?{how_to_read(path)}", uri=True)
        target = sqlite3.connect(part)
        try:
            source.backup(target)
            (verdict,) = target.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            source.close()
            target.close()
        if verdict != "ok":
            raise KnownError(f"The copy of {path.name} is not sound: {verdict}")
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.rename(copy)
        sync_folder(copy.parent)
    finally:
        _clear(part)


def _clear(part: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        Path(f"{part}{end}").unlink(missing_ok=True)


def how_to_read(path: Path) -> str:
    """Return how SQLite is to open a file that is only read.

    Where nobody can write beside it, a file in WAL mode is read only as one that never changes.
    """
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "mode=rw"
    return "mode=ro" if Path(f"{path}-wal").exists() else "immutable=1"
