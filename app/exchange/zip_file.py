"""Zip files: what the standard library raises for broken ones, and which are safe to open here."""

import os
import struct
import zipfile
import zlib
from pathlib import Path
from typing import IO

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""Damaged, cut off, locked with a password, or packed in a way that it does not know."""

UNREADABLE = (*BROKEN, OSError)

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_END_LENGTH, _END_64_LENGTH = 22, 20
_LONGEST_COMMENT = 65_535
_MOST_DIRECTORY = 4 * 1024 * 1024
"""Bytes of names and places of files that take a moment to read and some ten MB of memory."""


def is_modest(file: Path | IO[bytes]) -> bool:
    """Tell whether a zip file has a list of contents so short that it may be opened here.

    Longer lists are for the child, which has limits. Raises `OSError` where it cannot be read.
    """
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return is_modest(opened)
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END_LENGTH - _LONGEST_COMMENT - _END_64_LENGTH))
    tail = file.read()
    file.seek(0)
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + _END_LENGTH:
        return False
    (directory,) = struct.unpack_from("<L", tail, place + 12)
    before = max(0, place - _END_64_LENGTH)
    return directory <= _MOST_DIRECTORY and tail[before : before + 4] != _END_64
