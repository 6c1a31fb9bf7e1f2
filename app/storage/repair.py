"""A damaged project made sound again: on a copy, from its own journal, without guessing."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from app.model.errors import Damaged, KnownError, Refused
from app.model.reports import CheckFinding, CheckReport, RepairReport
from app.storage import files, tables
from app.storage.backup import free_name
from app.storage.check import check, check_search
from app.storage.engine import BUSY_SECONDS, sync_folder, transaction
from app.storage.errors import known_errors
from app.storage.replay import replay
from app.storage.sql import Connection

_INDEX = "The search index was made again from the texts."
_ROWS = {
    "database": "The project was written anew from its journal.",
    "text": "The text was taken from the journal, as it was imported.",
    "quote": "The annotation was made again as the journal says.",
    "reference": "What refers and what it refers to were made again as the journal says.",
    "journal": "The row was made again as the journal says.",
    "search": _INDEX,
}


def repair(location: Path) -> RepairReport:
    """Repair a project file that nobody has open. The damaged file is kept beside it.

    Either everything is repaired that was found, or only the search index, or nothing: what the
    journal cannot prove stays as it is. Raises `InputRefused` for what is no project or cannot be
    read at all, `KnownError` where the file is open elsewhere or cannot be written.
    """
    path = files.recognise(location)
    failed = f"{path.name} cannot be repaired:"
    try:
        with known_errors(failed, damaged=Damaged), _held(path) as damaged:
            return _repair(path, damaged)
    except OSError as problem:
        raise KnownError(f"{failed} {problem.strerror}.") from problem


def _repair(path: Path, damaged: sqlite3.Connection) -> RepairReport:
    before = _look(damaged)
    if not any(finding.repairable for finding in before.findings):
        return RepairReport(before=before, after=before)
    part = path.with_name(f".{path.name}.{os.getpid()}.repaired")
    part.unlink(missing_ok=True)
    try:
        if all(finding.repairable for finding in before.findings):
            is_done = before.findings
            if any(finding.kind != "search" for finding in is_done):
                _make_again(damaged, part)
            else:
                _index_again(damaged, part)
        else:
            is_done = tuple(finding for finding in before.findings if finding.repairable)
            _index_again(damaged, part)
        with closing(_open(part)) as made:
            after = _look(made)
        if not set(after.findings) <= set(before.findings) - set(is_done):
            raise KnownError(f"{path.name} was not repaired: what was made is not sound either.")
        kept = _keep(path)
        part.replace(path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)
    done = tuple((finding, _ROWS[finding.kind]) for finding in is_done)
    return RepairReport(before=before, after=after, done=done, kept=str(kept))


@contextmanager
def _held(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a project file so that nobody else reads or writes it, with nothing in a -wal."""
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise KnownError(f"{path.name} is write-protected: it cannot be repaired where it lies.")
    with closing(_open(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != tables.SCHEMA_VERSION:
            raise Refused(f"{path.name} is not of this version’s format: it cannot be repaired.")
        try:
            # SQLite allows this only to the one connection there is; the -wal is taken in first.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # held between transactions too
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError as problem:
            if getattr(problem, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                sentence = f"{path.name} is open elsewhere. Close it there, then repair it."
                raise KnownError(sentence) from problem
            raise
        yield connection


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _look(connection: sqlite3.Connection) -> CheckReport:
    report = check(connection)
    if not report.ok:
        return report
    return CheckReport(findings=tuple(_inside(connection)), checked=report.checked)


def _inside(connection: sqlite3.Connection) -> Iterator[CheckFinding]:
    """Look into the search index: a statement that counts as a write, and is taken back."""
    connection.execute("BEGIN IMMEDIATE")
    yield from check_search(connection)
    with suppress(sqlite3.Error):  # a damaged index says so once more
        connection.execute("ROLLBACK")


def _make_again(damaged: Connection, part: Path) -> None:
    """Write a new project file from the journal of a damaged one."""
    entries = f"SELECT {tables.columns(tables.journal)} FROM journal ORDER BY seq"
    with files.new_file(part) as into, transaction(into):
        stopped = replay(damaged, into)
        if stopped:
            raise KnownError(stopped.detail)
        for row in damaged.execute(entries):
            into.execute(tables.insert_sql(tables.journal), row)


def _index_again(damaged: sqlite3.Connection, part: Path) -> None:
    """Copy a project file and make the search index of the copy again."""
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(_open(part)) as copy:
        damaged.backup(copy)
        with transaction(copy):
            copy.execute("INSERT INTO article_search (article_search) VALUES ('rebuild')")


def _keep(path: Path) -> Path:
    """Give the damaged file a second name, which it keeps."""
    now = f"{datetime.now(UTC).astimezone():%Y-%m-%d %H-%M-%S}"
    kept = free_name(path, f"{path.stem} damaged {now}")
    try:
        kept.hardlink_to(path)
    except OSError:  # a drive without hard links
        shutil.copy2(path, kept)
    return kept
