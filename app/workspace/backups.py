"""Backups by themselves: where they lie, when one is due, and projects made from them again."""

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from app.model.backups import Backup, Outline
from app.model.errors import KnownError, Refused
from app.storage import backups
from app.storage.check import check_texts
from app.storage.files import recognise
from app.workspace.places import data_folder

EVERY = 600.0
"""Seconds from one backup to the next, while something changes."""


def backups_folder() -> Path:
    """Return where this person's backups lie: not beside the projects, which one sync may empty.

    `$PRESSMARK_BACKUPS` names another folder, on another drive for instance.
    """
    if named := os.environ.get("PRESSMARK_BACKUPS"):
        return Path(named).absolute()
    return data_folder() / "backups"


def back_up(location: str | Path, project: str, *, folder: Path | None = None) -> Backup:
    """Make a backup of the project with this id. Any thread may do it while others write.

    Raises `KnownError`.
    """
    place = (folder or backups_folder()) / project
    return backups.make(Path(location).absolute(), place, now=datetime.now(UTC))


def back_up_older(path: Path) -> Path:
    """Make a backup of a project of an older format, which cannot be opened yet; return the copy.

    Raises `KnownError`.
    """
    place = backups_folder() / backups.project_of(path)
    return backups.make(path, place, now=datetime.now(UTC), look=check_texts).path


def backups_of(project: str, *, folder: Path | None = None) -> tuple[Backup, ...]:
    """Return the backups of the project with this id, the newest first."""
    return backups.listed((folder or backups_folder()) / project)


def all_backups() -> tuple[tuple[str, tuple[Backup, ...]], ...]:
    """Return the backups of every project of this person: its name, and its backups as above.

    The project that was backed up last comes first.
    """
    found = []
    with suppress(OSError):
        for place in backups_folder().iterdir():
            if there := backups.listed(place):
                name = ""
                with suppress(KnownError):
                    name = backups.name_of(there[0].path)
                found.append((name or place.name, there))
    return tuple(sorted(found, key=lambda one: one[1][0].at, reverse=True))


def project_at(location: str | Path) -> str:
    """Return the id of a project that may be damaged; empty where that cannot be told."""
    with suppress(KnownError, Refused):
        return backups.project_of(recognise(Path(location)))
    return ""


def outline(location: str | Path) -> Outline:
    """Return what a project file or backup amounts to. Writes nothing; raises `InputRefused`."""
    return backups.outline(Path(location))


def restore(copy: str | Path, out: str | Path) -> None:
    """Make a new project file from a backup. Overwrites nothing.

    Raises `InputRefused`, or `KnownError` where it cannot be written.
    """
    backups.restore(Path(copy), Path(out))


class Schedule:
    """Says when a backup is due: every ten minutes if something changed, and on closing.

    Times are seconds of a clock that never goes back (`time.monotonic`).
    """

    def __init__(self, seq: int, *, now: float) -> None:
        self._seq, self._at = seq, now

    def is_due(self, seq: int, *, now: float, closing: bool = False, every: float = EVERY) -> bool:
        """Tell whether a backup should be made, with the journal at `seq`."""
        return seq != self._seq and (closing or now - self._at >= every)

    def made(self, seq: int, *, now: float) -> None:
        """Hear that what the journal held at `seq` is in a backup."""
        self._seq, self._at = seq, now

    def failed(self, *, now: float) -> None:
        """Hear that no backup could be made; it is tried again after the same time."""
        self._at = now
