"""Verified copies of a project file."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from app.model.errors import InputRefused, KnownError
from app.storage.engine import NEW_PROJECT_MODE, sync_folder

BackUp = Callable[[Path], Path]
"""Makes a verified copy of a project file and returns where it lies. Raises `KnownError`."""


def copy_to(path: Path, copy: Path) -> None:
    """Copy a project file, also while it is open, and check the copy before it gets its name.

    Overwrites nothing. Raises `KnownError` where the copy is not sound; then there is none.
    """
    if copy.exists():
        raise InputRefused(f"{copy.name} exists already. Nothing was changed.")
    uri = f"{path.as_uri()}?{how_to_read(path)}"
    with closing(sqlite3.connect(uri, uri=True)) as source, copying(source, copy) as target:
        (verdict,) = target.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise KnownError(f"The copy of {path.name} is not sound: {verdict}")


@contextmanager
def copying(source: sqlite3.Connection, copy: Path) -> Iterator[sqlite3.Connection]:
    """Copy what a connection sees; the copy gets its name when the block ends well.

    The block is given the copy, to look at it. Where anything fails nothing is left behind.
    """
    part = copy.with_name(f".{copy.name}.part")
    try:
        remove(part)  # a program that was killed leaves its part, and the journal of it
        os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_RDWR, NEW_PROJECT_MODE))
        with closing(sqlite3.connect(part)) as target:
            source.backup(target)
            yield target
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.rename(copy)
        sync_folder(copy.parent)
    finally:
        remove(part)


def remove(path: Path) -> None:
    """Remove a database with all that SQLite keeps beside it."""
    for end in ("", "-journal", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)


def free_name(path: Path, stem: str) -> Path:
    """Return a name beside a file that begins so and that nothing has yet."""
    names = (f"{stem}{f' ({n})' if n > 1 else ''}{path.suffix}" for n in count(1))
    return next(name for name in map(path.with_name, names) if not name.exists())


def how_to_read(path: Path) -> str:
    """Return how SQLite is to open a file that is only read.

    Where nobody can write beside it, a file in WAL mode is read only as one that never changes.
    """
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "mode=rw"
    return "mode=ro" if Path(f"{path}-wal").exists() else "immutable=1"
