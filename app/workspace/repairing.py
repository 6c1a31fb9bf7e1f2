"""A damaged project repaired, while nobody has it open."""

from pathlib import Path

from app.model.reports import CheckReport, RepairReport
from app.storage import repair as storage
from app.workspace.workspace import Workspace


def look_over(location: str | Path) -> CheckReport:
    """Check a project that may be open, in any thread. Writes nothing."""
    with Workspace.open(location, annotator="", read_only=True) as workspace:
        return workspace.check()


def repair(location: str | Path) -> RepairReport:
    """Repair a project file on a copy; the damaged file is kept beside it.

    Raises `InputRefused` for what is no project or cannot be read, `KnownError` where it is open
    elsewhere or cannot be written.
    """
    return storage.repair(Path(location))
