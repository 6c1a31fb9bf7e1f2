"""Exports of one file or of a folder of files that are there whole or not at all."""

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.exchange.atomic import _SENTENCES, _mode, sync_folder
from app.model.errors import KnownError, Refused

_AT_ONCE = 16
"""So many files of a folder are handed to the disk together."""

MARKER = ".pressmark-export"
"""A file in every folder that was exported: such a folder may be replaced, no other."""


@contextlib.contextmanager
def replaced(path: Path, *, folder: bool) -> Iterator[Path]:
    """Give a file or folder to write; it takes the place of `path` when the block is left.

    On any failure what was there stays and nothing is left over. Raises `Refused` for a folder that
    is not one of ours, `KnownError` where the disk refuses.
    """
    if folder:
        refuse_folder(path)
    try:
        real = Path(os.path.realpath(path))
        with tempfile.TemporaryDirectory(
            dir=real.parent, prefix=".pressmark-", suffix=".part"
        ) as t:
            made = Path(t) / real.name
            if folder:
                made.mkdir()
            yield made
            _put(made, real, folder=folder)
    except OSError as error:
        if error.errno is None:
            raise
        reason = _SENTENCES.get(error.errno or 0, error.strerror or str(error))
        message = f"{path} was not written: {reason}. What was there before is untouched."
        raise KnownError(message) from error


def refuse_folder(path: Path) -> None:
    """Refuse a folder that holds something else than an export of ours."""
    if path.is_dir() and not (path / MARKER).is_file() and any(path.iterdir()):
        raise Refused(f"{path} is a folder with other things in it; name one that is not there.")


def _put(made: Path, real: Path, *, folder: bool) -> None:
    if not folder:
        _sync(made)
        made.chmod(_mode(real))
        made.replace(real)
    else:
        (made / MARKER).write_bytes(b"")
        files = [file for file in made.rglob("*") if file.is_file()]
        with ThreadPoolExecutor(_AT_ONCE) as pool:  # a disk takes many together as fast as one
            list(pool.map(_sync, files))
        _swap(made, real)
    sync_folder(real.parent)


def _swap(made: Path, real: Path) -> None:
    """Put a folder in the place of another; where that fails, the other comes back."""
    old = real.with_name(f".{real.name}{made.parent.name}")  # not in what is removed in the end
    if real.exists():
        real.rename(old)
    try:
        made.rename(real)
    except OSError as error:
        if old.exists():
            try:
                old.rename(real)
            except OSError:
                raise KnownError(
                    f"{real} was not written: the disk refuses."
                    f" What was there before lies in {old}."
                ) from error
        raise
    shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.EBADF}:
            raise
    finally:
        os.close(handle)


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file; of a folder that of the lines `sha256  name` of its files."""
    digest = hashlib.sha256()
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and file.name != MARKER:
                name = file.relative_to(path).as_posix()
                digest.update(f"{fingerprint(file)}  {name}\n".encode())
        return digest.hexdigest()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
