"""Project files: made, recognised, opened. Opening writes nothing."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.model.errors import Damaged, InputRefused, KnownError
from app.storage import held, replaced, tables
from app.storage.backup import BackUp, remove
from app.storage.engine import (
    NEW_PROJECT_MODE,
    Connections,
    Mode,
    connect,
    sync_folder,
    transaction,
    use_wal,
)
from app.storage.errors import known_errors
from app.storage.risky_places import risk_of

_HEADER = 100
_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open project file. `reason` says in a sentence why it is only read, where it is.

    `identity` is the file's device and inode: another file under the same name is another project.
    `was_left_open` tells that somebody has it open, or had and ended without closing it.
    """

    connections: Connections
    path: Path
    identity: held.Identity
    read_only: bool
    reason: str = ""
    was_left_open: bool = False

    def still_there(self) -> None:
        """Raise `KnownError` where the file was deleted, moved or replaced since it was opened."""
        try:
            now = self.path.stat()
        except OSError as problem:
            raise KnownError(
                f"Not on disk: {self.path.name} is gone. Was it moved, or the drive removed?"
            ) from problem
        if (now.st_dev, now.st_ino) != self.identity:
            raise KnownError(
                f"Not on disk: {self.path.name} is another file now. Open the project again."
            )

    def close(self) -> None:
        """Close what is open and let go of the file."""
        self.connections.close()
        held.release(self.identity)

    @property
    def is_replaced(self) -> bool:
        """Whether another file lies under the name of this one."""
        return replaced.identity(self.path) not in (None, self.identity)


def real_path(location: Path) -> Path:
    """Return the path behind links.

    Raises `InputRefused` for links in a circle, `KnownError` for what the system cannot look up.
    """
    try:
        path = location.resolve()
        path.exists()
    except RuntimeError as problem:
        raise InputRefused(f"{location.name} is a link that leads back to itself.") from problem
    except OSError as problem:
        raise KnownError(f"{location.name} cannot be reached: {problem.strerror}.") from problem
    return path


@contextmanager
def new_file(path: Path) -> Iterator[sqlite3.Connection]:
    """Make a project file with empty tables; it gets its name when the block ends well.

    Refuses to overwrite. Where anything fails nothing is left behind.
    """
    if path.exists():
        raise InputRefused(f"{path.name} exists already. Nothing was changed.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, NEW_PROJECT_MODE))
    except FileNotFoundError as problem:
        raise InputRefused(f"There is no folder {path.parent}.") from problem
    except OSError as problem:
        raise KnownError(f"{path.name} cannot be made: {problem.strerror}.") from problem
    from app.storage.schema import make  # SQLAlchemy costs a tenth of a second

    try:
        with (
            known_errors(f"{path.name} cannot be made:"),
            closing(connect(part, "write")) as connection,
        ):
            if risk_of(path) is None:
                use_wal(connection)
            with transaction(connection):
                make(connection)
                connection.execute(f"PRAGMA application_id = {tables.APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {tables.SCHEMA_VERSION}")
            yield connection
        _name(part, path)
    finally:
        remove(part)


def _name(part: Path, path: Path) -> None:
    try:
        path.hardlink_to(part)  # unlike a rename this never overwrites
    except FileExistsError as problem:
        raise InputRefused(f"{path.name} exists already. Nothing was changed.") from problem
    except OSError:  # a drive without hard links
        part.rename(path)
    sync_folder(path.parent)


def open_file(location: Path, *, back_up: BackUp, read_only: bool = False) -> Opened:
    """Open a project file. `back_up` is asked to copy one of an older version.

    Raises `InputRefused` for what is none, `KnownError` where it cannot be read.
    A file of an older version is backed up and migrated; one of a newer version is only read.
    """
    path = real_path(location)
    identity = _identity(path)
    try:
        return _open(path, identity, back_up, read_only=read_only)
    except BaseException:
        held.release(identity)
        raise


def _open(path: Path, identity: held.Identity, back_up: BackUp, *, read_only: bool) -> Opened:
    was_left_open = _has_wal(path)
    mode, reason = _mode(path, read_only=read_only)
    connections, version = _connections(path, mode)
    if version < 1:
        connections.close()
        raise Damaged(
            f"{path.name} is damaged: it does not say of which format it is. Restore a backup."
        )
    if version > tables.SCHEMA_VERSION:
        reason = (
            f"{path.name} was made by a newer Pressmark (format {version}; this one knows "
            f"{tables.SCHEMA_VERSION}). It is open for reading only; update Pressmark to change it."
        )
    elif version < tables.SCHEMA_VERSION:
        connections.close()
        if mode != "write":
            raise KnownError(
                f"{path.name} is of an older Pressmark and must be writable once. {reason}"
            )
        from app.storage.migrate import migrate  # alembic costs a quarter of a second

        with known_errors(f"{path.name} could not be brought up to date:"):
            migrate(path, back_up)
        connections, version = _connections(path, mode)
    if reason and mode == "write":
        connections.close()
        connections, _ = _connections(path, "query")
    return Opened(
        connections=connections,
        path=path,
        identity=identity,
        read_only=bool(reason),
        reason=reason,
        was_left_open=was_left_open,
    )


def recognise(location: Path) -> Path:
    """Return the real path of a project file that is not going to be opened as one.

    Raises `InputRefused` for what is none, `KnownError` where it cannot be read.
    """
    path = real_path(location)
    held.release(_identity(path))
    return path


def _identity(path: Path) -> held.Identity:
    """Return device and inode of a project file, which is held from now on."""
    if path.is_dir():
        raise InputRefused(f"{path.name} is a folder, not a project file.")
    try:
        header, about = held.take(path, _HEADER)
    except FileNotFoundError as problem:
        raise InputRefused(f"There is no file {path}.") from problem
    except OSError as problem:
        raise KnownError(f"{path.name} cannot be read: {problem.strerror}.") from problem
    identity = about.st_dev, about.st_ino
    try:
        _look_at(path, header, about.st_size)
    except BaseException:
        held.release(identity)
        raise
    return identity


def _look_at(path: Path, header: bytes, size: int) -> None:
    """Raise `InputRefused` for what is no project file by its first bytes and its size."""
    if not header:
        raise InputRefused(f"{path.name} is an empty file, not a Pressmark project.")
    if not header.startswith(_MAGIC):
        raise InputRefused(f"{path.name} is not a Pressmark project.")
    if len(header) < _HEADER:
        raise Damaged(f"{path.name} is damaged: its end is missing. Restore a backup.")
    if int.from_bytes(header[68:72], "big") != tables.APPLICATION_ID:
        raise InputRefused(
            f"{path.name} is a database of another program, not a Pressmark project."
        )
    if _is_cut_off(header, size) and not _has_wal(path):
        raise Damaged(f"{path.name} is damaged: its end is missing. Restore a backup.")


def _is_cut_off(header: bytes, size: int) -> bool:
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    return size < (65536 if page == 1 else page) * pages


def _has_wal(path: Path) -> bool:
    wal = replaced.log_of(path)
    return wal.exists() and wal.stat().st_size > 0


def _mode(path: Path, *, read_only: bool) -> tuple[Mode, str]:
    if not _may_write(path):
        return "ro", f"{path.name} is write-protected. It is open for reading only."
    if not _may_write(path.parent):
        return "ro", f"The folder of {path.name} is write-protected. It is open for reading only."
    return "write", "The project was opened for reading only." if read_only else ""


def _may_write(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return os.access(path, os.W_OK, effective_ids=effective)


def _connections(path: Path, mode: Mode) -> tuple[Connections, int]:
    """Return connections, one of which has read the schema, and the schema version."""
    with known_errors(f"{path.name} cannot be opened:", damaged=Damaged):
        if mode == "ro" and not replaced.log_of(path).exists():
            # SQLite reads a WAL file in a write-protected place only when told that nobody writes.
            return _probe(path, "immutable")
        return _probe(path, mode)


def _probe(path: Path, mode: Mode) -> tuple[Connections, int]:
    connections = Connections(path, mode)
    with connections.snapshot() as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connections, version
