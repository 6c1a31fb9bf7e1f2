"""The head of a project file, read without losing SQLite's locks on the file.

When a process closes any descriptor of a file, POSIX drops all its locks on that file, SQLite's as
well. Another process would then take itself for the only one, and remove the log that is still
written to: everything written from there on would be lost (sqlite.org/howtocorrupt.html, 2.2). So
a descriptor is closed only when nothing in this process has the file open any more.
"""

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

Identity = tuple[int, int]
"""Device and inode."""


@dataclass(slots=True)
class _Held:
    descriptors: list[int] = field(default_factory=list)
    users: int = 0


_HELD: dict[Identity, _Held] = {}
_GUARD = threading.Lock()


def take(path: Path, size: int) -> tuple[bytes, os.stat_result]:
    """Return the first bytes of a file and what the system says of it; it is held from now on.

    Each call needs one of `release`, after the last connection to the file was closed. Raises
    `OSError`; then nothing is held.
    """
    with _GUARD:
        about = path.stat()
        held = _HELD.get((about.st_dev, about.st_ino))
        if held is None:
            descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            about = os.fstat(descriptor)
            held = _HELD.setdefault((about.st_dev, about.st_ino), _Held())
            held.descriptors.append(descriptor)
        held.users += 1
        try:
            os.lseek(held.descriptors[0], 0, os.SEEK_SET)
            return os.read(held.descriptors[0], size), os.fstat(held.descriptors[0])
        except OSError:
            _release((about.st_dev, about.st_ino))
            raise


def release(identity: Identity) -> None:
    """Let go of a file: one of those who had it open has closed it."""
    with _GUARD:
        _release(identity)


def _release(identity: Identity) -> None:
    held = _HELD[identity]
    held.users -= 1
    if not held.users:
        del _HELD[identity]
        for descriptor in held.descriptors:
            os.close(descriptor)
