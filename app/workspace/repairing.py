"""A damaged project repaired, while nobody has it open."""

from pathlib import Path

from app.model.reports import RepairReport
from app.storage import repair as storage


def repair(location: str | Path) -> RepairReport:
    """Repair a project file on a copy; the damaged file is kept beside it.

    Raises `InputRefused` for what is no project or cannot be read, `KnownError` where it is open
    elsewhere or cannot be written.
    """
    return storage.repair(Path(location))
