"""What the standard library raises for zip files that cannot be read."""

import zipfile
import zlib

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""Damaged, cut off, locked with a password, or packed in a way that it does not know."""

UNREADABLE = (*BROKEN, OSError)
