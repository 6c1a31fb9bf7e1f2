"""The backups of one project: a folder of verified copies, named by the moment they were made."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.model.backups import Backup, Outline, kept
from app.model.errors import Damaged, KnownError
from app.model.reports import CheckFinding
from app.storage import backup, files
from app.storage.check import check_content
from app.storage.errors import known_errors
from app.storage.sql import Connection

_ENDING = ".pressmark"
_DAMAGED = " damaged"
_NAME = "%Y-%m-%d %H-%M-%S.%f"
_FOLDER_MODE = 0o700


Look = Callable[[Connection], Iterable[CheckFinding]]
"""Finds what is wrong with the content of a project."""


def make(path: Path, folder: Path, *, now: datetime, look: Look = check_content) -> Backup:
    """Copy a project into its folder of backups, and thin those that are there.

    The copy is read back: its pages, and what `look` looks at (texts, quotes and references). That
    of a damaged project is kept and named so, and then no other is removed: it must not push a
    sound one out. Raises `KnownError`.
    """
    failed = "The backup was not made:"
    try:
        with known_errors(failed):
            folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
            folder.chmod(_FOLDER_MODE)
            made = _free(folder, now.astimezone(UTC))
            backup.copy_to(path, made.path)
            try:
                is_sound = _is_sound(made.path, look)
            except BaseException:
                made.path.unlink()  # nobody knows what it is worth, and its name says: sound
                raise
            if is_sound:
                with suppress(OSError):  # one too many is no reason to say that none was made
                    _thin(folder, now)
                return made
            place = made.path.with_name(f"{made.path.stem}{_DAMAGED}{_ENDING}")
            return Backup(path=made.path.rename(place), at=made.at, is_sound=False)
    except OSError as problem:
        raise KnownError(f"{failed} {problem.strerror}.") from problem


def _is_sound(copy: Path, look: Look) -> bool:
    """Tell whether what a copy holds is sound. Nobody else knows the copy yet: it never changes."""
    uri = f"{copy.absolute().as_uri()}?immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        return not any(look(connection))


def _free(folder: Path, at: datetime) -> Backup:
    """Return a name nobody has: the clock may have been set back to a moment that was before."""
    there = {one.at for one in listed(folder)}
    while at in there:
        at += timedelta(microseconds=1)
    return Backup(path=folder / f"{at.strftime(_NAME)}{_ENDING}", at=at)


def project_of(path: Path) -> str:
    """Return the id of a project of any format; empty where it has none.

    Raises `KnownError` where the file cannot be read.
    """
    return _said(path, "id")


def name_of(path: Path) -> str:
    """Return what a project of any format is called. Raises `KnownError`."""
    return _said(path, "name")


def _said(path: Path, key: str) -> str:
    with known_errors(f"{path.name} cannot be read:"), closing(_read(path)) as connection:
        found = connection.execute("SELECT value FROM project WHERE key = ?", (key,)).fetchone()
    return str(found[0]) if found else ""


def listed(folder: Path) -> tuple[Backup, ...]:
    """Return the backups in a folder, the newest first. Other files are left out."""
    found = (_backup(path) for path in folder.glob(f"*{_ENDING}"))
    return tuple(sorted((one for one in found if one), key=lambda one: one.at, reverse=True))


def _backup(path: Path) -> Backup | None:
    name = path.name.removesuffix(_ENDING)
    try:
        at = datetime.strptime(name.removesuffix(_DAMAGED), _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(path=path, at=at, is_sound=not name.endswith(_DAMAGED))


def _thin(folder: Path, now: datetime) -> None:
    sound = [one for one in listed(folder) if one.is_sound]
    stay = kept((one.at for one in sound), now)
    for one in sound:
        if one.at not in stay:
            one.path.unlink()


def restore(copy: Path, out: Path) -> None:
    """Make a new project file from a backup. Overwrites nothing, and leaves the backup as it is.

    Raises `InputRefused` for what is no sound project, `KnownError` where it cannot be written.
    """
    path = files.recognise(copy)
    failed = f"{out.name} cannot be restored:"
    try:
        with known_errors(failed, damaged=Damaged):
            backup.copy_to(path, out.resolve())
    except OSError as problem:
        raise KnownError(f"{failed} {problem.strerror}.") from problem


def outline(location: Path) -> Outline:
    """Return what a backup amounts to, without opening it as a project: it stays as it is.

    Raises `InputRefused` for what is no project.
    """
    path = files.recognise(location)
    with known_errors(f"{path.name} cannot be read:", damaged=Damaged):
        connection = _read(path)
        with closing(connection):
            counts = [
                connection.execute(
                    f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL"
                ).fetchone()[0]
                for table in ("article", "annotation", "relation")
            ]
            steps, last = connection.execute("SELECT count(*), max(at) FROM journal").fetchone()
    articles, annotations, relations = counts
    return Outline(
        articles=articles,
        annotations=annotations,
        relations=relations,
        steps=steps,
        last_change=last or "",
    )


def _read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?{backup.how_to_read(path)}", uri=True)
