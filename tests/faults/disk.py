"""A disk that fails when it is told to: SQLite's own system calls, and what Python does to files.

SQLite lets its calls be replaced, which is how its own tests make errors (`test_syscall.c`).
"""

import _sqlite3
import ctypes
import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

_WRITE = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t,
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_size_t,
    ctypes.c_int64,
    use_errno=True,
)
_CUT = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int64, use_errno=True)
_SET = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
_GET = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGING = {"os.rename", "os.link", "os.mkdir", "os.truncate"}


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs` of sqlite3.h."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("size", ctypes.c_int),
        ("longest", ctypes.c_int),
        ("others", ctypes.c_void_p * 16),
        ("set_call", _SET),
        ("get_call", _GET),
    )


@dataclass
class Disk:
    """Counts what is written, and fails at one place: there alone, or from there on."""

    fails_at: int = 0
    lasting: bool = False
    number: int = errno.EIO
    count: int = 0
    failed: int = 0
    is_on: bool = False

    def fails(self) -> bool:
        """Count one write, and tell whether it fails."""
        if not self.is_on:
            return False
        self.count += 1
        hit = self.count >= self.fails_at if self.lasting else self.count == self.fails_at
        self.failed += hit
        return hit

    def writing(self, call: Any) -> Any:
        """Return what is called instead of the system's write at a place."""

        def write(handle: int, data: int, size: int, place: int) -> int:
            if self.fails():
                ctypes.set_errno(self.number)
                return -1
            written: int = call(handle, data, size, place)
            return written

        return _WRITE(write)

    def cutting(self, call: Any) -> Any:
        """Return what is called instead of the system's truncation."""

        def cut(handle: int, size: int) -> int:
            if self.fails():
                ctypes.set_errno(self.number)
                return -1
            done: int = call(handle, size)
            return done

        return _CUT(cut)

    def syncing(self, sync: Callable[[int], None]) -> Callable[[int], None]:
        """Return what is called instead of `os.fsync`."""

        def sync_or_fail(handle: int) -> None:
            if self.fails():
                raise OSError(self.number, os.strerror(self.number))
            sync(handle)

        return sync_or_fail

    @contextmanager
    def failing(self, place: int, *, lasting: bool, number: int) -> Iterator[None]:
        """Fail at the n-th write of the block (from 1), or from it on."""
        self.fails_at, self.lasting, self.number = place, lasting, number
        self.count = self.failed = 0
        self.is_on = True
        try:
            yield
        finally:
            self.is_on = False


_now: list[Disk] = []


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if not _now or not _now[0].is_on:
        return
    opens = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
    if (opens or event in _CHANGING) and _now[0].fails():
        raise OSError(_now[0].number, os.strerror(_now[0].number))


@contextmanager
def rigged(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """Put a disk that can fail under SQLite and Python for as long as the block lasts."""
    if sys.platform != "linux":
        pytest.skip("the calls of SQLite are replaced as Linux names them")
    library = ctypes.CDLL(_sqlite3.__file__)
    if not hasattr(library, "sqlite3_vfs_find"):
        pytest.skip("SQLite is built into this Python and hides its calls")
    library.sqlite3_vfs_find.restype = ctypes.c_void_p
    where = library.sqlite3_vfs_find(None)
    vfs = _Vfs.from_address(where)
    disk = Disk()

    kept = []
    for name, kind, made in (
        (b"pwrite", _WRITE, disk.writing),
        (b"pwrite64", _WRITE, disk.writing),
        (b"ftruncate", _CUT, disk.cutting),
    ):
        there = vfs.get_call(where, name)
        if there:
            kept.append(made(kind(there)))
            vfs.set_call(where, name, ctypes.cast(kept[-1], ctypes.c_void_p))
    monkeypatch.setattr(os, "fsync", disk.syncing(os.fsync))
    if not _now:
        sys.addaudithook(_heard)  # stays for good, and does nothing while no disk is switched on
    _now[:] = [disk]
    try:
        yield disk
    finally:
        disk.is_on = False
        vfs.set_call(where, None, None)
