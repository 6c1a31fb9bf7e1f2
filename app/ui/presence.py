"""Which windows of this machine have a project open. Nothing is written beside the project."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile

from app.model.wording import on_one_line

_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY


class Presence:
    """Held while a window has a project open; the first one to open it knows nothing of others."""

    def __init__(self, location: str, annotator: str = "") -> None:
        name = hashlib.sha256(str(Path(location).resolve()).encode()).hexdigest()[:32]
        self._lock = QLockFile(QDir.temp().filePath(f"pressmark-{name}.lock"))
        self._lock.setStaleLockTime(
            0
        )  # a process that died counts as gone, whatever the clock says
        self.is_first = self._lock.tryLock(0)
        self._who = Path(self._lock.fileName()).with_suffix(".who")
        if self.is_first:
            with suppress(OSError):  # then nobody is named
                self._who.unlink(missing_ok=True)
                with os.fdopen(os.open(self._who, _NEW, 0o600), "w", encoding="utf-8") as file:
                    file.write(annotator)

    def other(self) -> str | None:
        """Return a sentence about the window that has the project open already, if there is one."""
        if self.is_first:
            return None
        process = self._lock.getLockInfo()[0]
        where = f" (process {process})" if process > 0 else ""
        name = ""
        with suppress(OSError, UnicodeDecodeError):  # a person of another account
            name = on_one_line(self._who.read_text("utf-8"), 60)
        by = f" by {name}" if name else ""
        return (
            f"Open in another window{by}{where}. Both can write: what one changes appears in the "
            "other, and undo takes back the last step of either."
        )

    def leave(self) -> None:
        """Say that this window has let go of the project."""
        if self.is_first:
            with suppress(OSError):
                self._who.unlink(missing_ok=True)
            self._lock.unlock()
