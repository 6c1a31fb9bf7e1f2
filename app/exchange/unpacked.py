"""Zip files of annotated files, unpacked: those mean something together, or want a path.

The child reads the archive and hands its bytes over; they are written here, under names that lead
nowhere, into a folder of this person alone that is gone when nobody holds it any more.
"""

import base64
import re
import shutil
import weakref
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from app.exchange.child import CHILDREN, Children
from app.model.errors import InputRefused, KnownError

MOST_TOTAL = 1 << 30
_PIECE = 1 << 20
_LONGEST = 120
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069<>:"|?*\\/]')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
"""Names that Windows gives to devices."""


class Unpacked:
    """A folder that is removed when nobody holds this any more, and when the program ends."""

    def __init__(self) -> None:
        self.path = Path(mkdtemp(prefix="pressmark-"))
        self.remove = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def read(_data: bytes, *, path: str, wanted: list[tuple[int, str]]) -> Iterator[dict[str, Any]]:
    """Yield the bytes of files of an archive, in pieces. Runs in the child."""
    from app.exchange import archive

    for place, name in wanted:
        data = archive.bytes_of(Path(path), place, name)
        for start in range(0, max(1, len(data)), _PIECE):
            piece = base64.b64encode(data[start : start + _PIECE]).decode()
            yield {"member": place, "bytes": piece}


def unpack(
    path: Path, listed: Iterable[Mapping[str, Any]], *, children: Children = CHILDREN
) -> "Unpacked":
    """Write the files of an archive that `archive.read` listed into a folder of their own.

    Raises `InputRefused` where they are too much, `KnownError` where they cannot be written.
    """
    wanted = [(one["member"], one["name"], one["size"]) for one in listed if "why_not" not in one]
    total = sum(size for _, _, size in wanted)
    if total > MOST_TOTAL:
        raise InputRefused("it unpacks to more than 1 GB: unpack it, and import the folder")
    folder = Unpacked()
    names = _names((place, name) for place, name, _ in wanted)
    said = children.stream(
        __name__,
        b"",
        size=total,
        path=str(path.absolute()),
        wanted=[(place, name) for place, name, _ in wanted],
    )
    try:
        for one in said:
            target = folder.path / names[one["member"]]
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with target.open("ab") as file:
                file.write(base64.b64decode(one["bytes"]))
    except OSError as problem:
        folder.remove()
        raise KnownError(f"{path.name} cannot be unpacked: {problem.strerror}.") from problem
    except BaseException:
        folder.remove()
        raise
    return folder


def _names(members: Iterable[tuple[int, str]]) -> dict[int, Path]:
    """Return a path for each file that stays in the folder and that no other has."""
    found: dict[int, Path] = {}
    taken: set[str] = set()
    for place, name in members:
        parts: list[str] = []
        for part in re.split(r"[\\/]", name):
            if part == "..":
                parts = parts[:-1]
            elif part not in {"", "."}:
                parts.append(_safe(part))
        made = Path(*parts[-12:]) if parts else Path(f"file {place}")
        if str(made).casefold() in taken:
            made = made.with_name(f"{place} {made.name}")
        taken.add(str(made).casefold())
        found[place] = made
    return found


def _safe(part: str) -> str:
    clean = _UNSAFE.sub("\ufffd", part).rstrip(" .") or "\ufffd"
    if len(clean) > _LONGEST:
        stem, dot, ending = clean.rpartition(".")
        clean = f"{stem[: _LONGEST - len(ending)]}{dot}{ending}"[-_LONGEST:]
    return f"_{clean}" if _RESERVED.match(clean) else clean
