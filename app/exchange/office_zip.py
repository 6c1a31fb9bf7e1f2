"""Office documents that are zip files of XML: opened with bounds, streamed, never made a tree.

No document type, no entities, a bound on depth and size. Nothing in the archive is written
anywhere, so its names cannot lead outside. Imported by the child alone.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from xml.parsers import expat

from app.exchange.zip_file import BROKEN
from app.model.errors import InputRefused

MOST_XML = 100 * 1024 * 1024

_MOST_MEMBERS = 5_000
_DEEPEST = 2_000


@contextmanager
def opened(data: bytes, main: str, what: str) -> Iterator[zipfile.ZipFile]:
    """Open a document whose text is the member `main`; `what` names its kind: `a Word document`.

    Raises `InputRefused` with the reason where it is none, also while its members are read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS:
                raise InputRefused("it holds too many parts")
            if len({one.header_offset for one in members}) != len(members):
                raise InputRefused("its parts overlap")
            if main not in archive.namelist():
                raise InputRefused(f"it is a zip archive without {what} in it")
            yield archive
    except BROKEN:
        raise InputRefused(f"it is not {what}, or is cut off") from None
    except expat.ExpatError:
        raise InputRefused("its XML is broken") from None


def parse(
    archive: zipfile.ZipFile,
    name: str,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    words: Callable[[str], None],
) -> None:
    """Tell of the elements and words of one member; names are `namespace local`."""
    depth = 0

    def opens(element: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise InputRefused("its XML is nested too deeply")
        start(element, attributes)

    def closes(element: str) -> None:
        nonlocal depth
        depth -= 1
        end(element)

    def doctype(*_: object) -> None:
        raise InputRefused("its XML declares entities, which no such document does")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = opens
    parser.EndElementHandler = closes
    parser.CharacterDataHandler = words
    total = 0
    with archive.open(name) as part:
        while chunk := part.read(1 << 16):
            total += len(chunk)
            if total > MOST_XML:
                raise InputRefused("it unpacks to too much")
            parser.Parse(chunk, False)  # noqa: FBT003 - expat's face
        parser.Parse(b"", True)  # noqa: FBT003
