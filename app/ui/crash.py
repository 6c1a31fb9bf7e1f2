"""Reports of crashes, on this computer alone; they hold no words of articles.

While the program runs a file of its process lies in the folder of reports. A crash of the
interpreter writes its trace there, and the file stays; whoever starts next finds it.
"""

import contextlib
import faulthandler
import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QLockFile, qVersion

from app import __version__

_KEPT = 10


class Reports:
    """The reports of one folder. Nothing here ever fails: a report is worth less than the work."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[str] | None = None
        self._lock: QLockFile | None = None
        self.last: Path | None = None
        """The report of a run that did not end properly, found at the start."""

    def begin(self) -> None:
        """Look how the last run ended, and take down what may befall this one."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._find_last()
            path = self._folder / f"running-{os.getpid()}.txt"
            self._lock = QLockFile(str(path.with_suffix(".lock")))
            self._lock.setStaleLockTime(0)
            self._lock.tryLock(0)
            self._file = _private(path)
            self._file.write(_about())
            self._file.flush()
            faulthandler.enable(self._file)

    def end(self) -> None:
        """Say that this run ended properly."""
        if self._file is None:
            return
        faulthandler.disable()
        path = Path(self._file.name)
        self._file.close()
        self._file = None
        with contextlib.suppress(OSError):
            path.unlink()
        if self._lock is not None:
            self._lock.unlock()

    def write(self, error: BaseException, trace: TracebackType | None) -> Path | None:
        """Write down where an error came from: its kind and the lines of code, not its words."""
        report = _about() + without_words(error, trace)
        path = self._folder / f"{_now():%Y-%m-%d %H-%M-%S}.txt"
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with _private(path) as file:
                file.write(report)
            return path
        return None

    def _find_last(self) -> None:
        """Keep what runs left behind whose process is gone, and only the newest few reports."""
        for left in sorted(self._folder.glob("running-*.txt")):
            lock = QLockFile(str(left.with_suffix(".lock")))
            lock.setStaleLockTime(0)
            if not lock.tryLock(0):
                continue  # it runs still
            lock.unlock()
            self.last = left.rename(self._folder / f"{_now():%Y-%m-%d %H-%M-%S} ended.txt")
        old = sorted(one for one in self._folder.glob("2*.txt"))
        for one in old[:-_KEPT]:
            one.unlink()


def sentence(report: Path, saved: str) -> str:
    """Return what is said after a run that did not end properly."""
    last = f": the last change on disk is from {saved}" if saved else ""
    return f"Pressmark did not end properly last time. Nothing was lost{last}. Report: {report}"


def without_words(error: BaseException, trace: TracebackType | None) -> str:
    """Return the kind of an error and the lines of code it came from; a message may quote texts."""
    frames = traceback.extract_tb(trace)
    lines = [f"  {frame.filename}:{frame.lineno} in {frame.name}\n" for frame in frames]
    return "".join([f"{type(error).__name__}\n", *lines])


def _private(path: Path) -> IO[str]:
    """Open a file for writing that only this user may read, whatever rights new files have."""
    path.unlink(missing_ok=True)  # one that is there would keep its rights
    path.touch(0o600)
    return path.open("w", encoding="utf-8")


def _about() -> str:
    return (
        f"Pressmark {__version__}, Qt {qVersion()}, Python {platform.python_version()}, "
        f"{sys.platform}, {_now().isoformat(timespec='seconds')}\n"
    )


def _now() -> datetime:
    return datetime.now(UTC)
