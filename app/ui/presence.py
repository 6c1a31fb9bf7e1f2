"""Which windows of this machine have a project open. Nothing is written beside the project."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile


class Presence:
    """Held while a window has a project open; the first one to open it knows nothing of others."""

    def __init__(self, location: str) -> None:
        name = hashlib.sha256(str(Path(location).resolve()).encode()).hexdigest()[:32]
        self._lock = QLockFile(QDir.temp().filePath(f"pressmark-{name}.lock"))
        self._lock.setStaleLockTime(
            0
        )  # a process that died counts as gone, whatever the clock says
        self.is_first = self._lock.tryLock(0)

    def other(self) -> str | None:
        """Return a sentence about the window that has the project open already, if there is one."""
        if self.is_first:
            return None
        process = self._lock.getLockInfo()[0]
        who = f" (process {process})" if process > 0 else ""
        return (
            f"This project is open in another window{who}. Both can write: what one changes "
            "appears in the other, and undo takes back the last step of either."
        )

    def leave(self) -> None:
        """Say that this window has let go of the project."""
        if self.is_first:
            self._lock.unlock()
