"""Zip files of articles: what is in one, and one of its files read. Imported by the child alone.

Nothing is unpacked by name or written. Files are known by their place in the archive; how many
there are, how large each is, and how much all of it unpacks to has a bound.
"""

import hashlib
import importlib
import io
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.exchange import sniff
from app.exchange.text_file import MOST_BYTES
from app.exchange.zip_file import BROKEN
from app.model.errors import InputRefused

_MOST_MEMBERS = 50_000
_MOST_TOTAL = 4 * 1024 * 1024 * 1024
_MOST_RATIO = 200
"""How many times its own size an archive may unpack to, beyond what one file may have."""

_HEAD = 65_536
_ENCRYPTED = 0x1
_PASSED_OVER = re.compile(r"(?:^|[\\/])(?:\.(?!\.?[\\/])|__MACOSX[\\/])")
"""Hidden files, and what macOS adds to its archives."""


class _Open:
    """The archive that was read last: a further file of it need not find its way anew."""

    def __init__(self) -> None:
        self.key: tuple[str, int, int] | None = None
        self.archive: zipfile.ZipFile | None = None

    def of(self, path: Path) -> zipfile.ZipFile:
        """Return the archive, opened. Raises what the standard library raises, and `OSError`."""
        seen = path.stat()
        key = str(path), seen.st_mtime_ns, seen.st_size
        if self.archive is None or key != self.key:
            if self.archive is not None:
                self.archive.close()
                self.archive = None
            self.archive, self.key = zipfile.ZipFile(path), key
        return self.archive


_LAST = _Open()


def read(
    _data: bytes,
    path: str,
    member: int = -1,
    name: str = "",
    reader: str = "",
    several: Sequence[tuple[int, str, str, Mapping[str, Any]]] = (),
    **options: Any,
) -> Iterator[dict[str, Any]]:
    """Yield what is in the archive, or what a reader says of one file of it.

    Without `member` each file is a record with `member`, its place, `name` and `size`; with
    `format` where its beginning tells, or `why_not`, the reason why it cannot be read. With
    `member` and `name` the first record says the file's `sha256`, and the others are those of the
    module `reader`. With `several`, each `member`, `name`, `reader` and options, there is one
    record for each, with all of that in `records`; the first that cannot be read ends it.
    """
    for place, called, its_reader, given in several:
        records = list(_read(path, place, called, its_reader, given))
        yield {"member": place, "records": records}
    if not several:
        yield from _read(path, member, name, reader, options)


def bytes_of(path: Path, member: int, name: str) -> bytes:
    """Return the bytes of a file of an archive. Raises `InputRefused`."""
    try:
        archive = _LAST.of(path)
        members = archive.infolist()
        if member >= len(members) or members[member].filename != name:
            raise InputRefused("the archive has changed since it was looked at")
        return _bytes(archive, members[member])
    except BROKEN:
        raise InputRefused("it is damaged, or packed in a way that cannot be read") from None
    except OSError as error:
        raise InputRefused(f"the archive cannot be read: {error.strerror}") from None


def _read(
    path: str, member: int, name: str, reader: str, options: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    if member < 0:
        try:
            yield from _listed(_LAST.of(Path(path)))
        except BROKEN:
            raise InputRefused("it is damaged, or packed in a way that cannot be read") from None
        except OSError as error:
            raise InputRefused(f"the archive cannot be read: {error.strerror}") from None
        return
    data = bytes_of(Path(path), member, name)
    if not data:
        raise InputRefused("it is empty")
    yield {"sha256": hashlib.sha256(data).hexdigest()}
    found = importlib.import_module(reader).read(data, **options)
    yield from [found] if isinstance(found, dict) else found


def _listed(archive: zipfile.ZipFile) -> Iterator[dict[str, Any]]:
    members = archive.infolist()
    _check(members)
    for place, one in enumerate(members):
        if one.is_dir() or _PASSED_OVER.search(one.filename):
            continue
        record: dict[str, Any] = {"member": place, "name": one.filename, "size": one.file_size}
        try:
            record["format"] = _format(archive, one)
        except InputRefused as refusal:
            record["why_not"] = str(refusal)
        except BROKEN:
            record["why_not"] = "it is damaged, or packed in a way that cannot be read"
        yield record


def _check(members: Iterable[zipfile.ZipInfo]) -> None:
    members = list(members)
    if len(members) > _MOST_MEMBERS:
        raise InputRefused(f"it holds more than {_MOST_MEMBERS:,} files")
    if len({one.header_offset for one in members}) != len(members):
        raise InputRefused("its files overlap, as none that is honest does")
    total = sum(one.file_size for one in members)
    packed = sum(one.compress_size for one in members)
    if total > _MOST_TOTAL or total > MOST_BYTES + _MOST_RATIO * packed:
        raise InputRefused("it unpacks to too much")


def _format(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> str:
    if stat.S_ISLNK(one.external_attr >> 16):
        raise InputRefused("it is a link and no file")
    if one.flag_bits & _ENCRYPTED:
        raise InputRefused("it has a password")
    if one.file_size > MOST_BYTES:
        raise InputRefused(f"it is larger than {MOST_BYTES // 1024 // 1024} MB")
    ending = Path(one.filename).suffix.lower()
    if ending == ".docx":
        return sniff.of_word(io.BytesIO(_bytes(archive, one)))
    if ending not in sniff.SIGNS:
        return ""
    with archive.open(one) as file:
        return sniff.told(ending, file.read(_HEAD))


def _bytes(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    with archive.open(one) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputRefused(f"it is larger than {MOST_BYTES // 1024 // 1024} MB")
    return data
