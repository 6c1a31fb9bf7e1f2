"""Annotated files, as the child process hands them over: the dataset first, then its articles.

What stands before `read_apart` runs in the child alone. A line is the JSON of a record of ours.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson

from app.exchange.child import CHILDREN, Children
from app.exchange.dataset import Dataset, Header, Lost
from app.exchange.spool import Spool
from app.model.errors import InputRefused, KnownError
from app.model.plain import build
from app.model.registry import Record


def read(_: bytes, *, path: str, reader: str, function: str) -> Iterator[dict[str, Any]]:
    """Yield what a reader of annotations finds in a file or folder, and what it says first."""
    try:
        dataset: Dataset = getattr(import_module(reader), function)(Path(path))
        top = {
            "note": dataset.note,
            "guessed": dataset.guessed,
            "foreign": dataset.foreign,
            "worded": dataset.worded,
        }
        yield {
            **top,
            "header": _line(dataset.header),
            "records": _line(dataset.records),
            "lost": _line(dataset.lost),
        }
        for bundle in dataset.articles:
            yield {"bundle": _line(bundle)}
    except OSError as error:
        if not error.errno:  # what a reader may not do is no fault of the disk
            raise
        raise KnownError(f"{path} cannot be read: {error.strerror}.") from error


def _line(record: Any) -> str:
    return orjson.dumps(record, default=_plain).decode()


def _plain(value: Any) -> Any:
    """Return what the JSON of a value is made of that is no plain value itself: see `Fragment`."""
    return list(value) if isinstance(value, tuple) else dict(value)


def read_apart(
    path: Path,
    reader: str,
    function: str = "read",
    *,
    children: Children = CHILDREN,
    tell: Callable[[], None] = lambda: None,
) -> Dataset:
    """Return what a reader of ours finds in an annotated file or folder, read in the child.

    All of it is read before anything is handed on; `tell` is called for each article. It may take
    as many seconds more as it has megabytes. Raises `InputRefused` and `KnownError`.
    """
    said = children.stream(
        __name__,
        b"",
        size=_size(path),
        path=str(path.absolute()),
        reader=reader,
        function=function,
    )
    spool = Spool()
    top: dict[str, Any] = {}
    for item in said:
        if "bundle" in item:
            tell()
            spool.add_line(item["bundle"].encode())
        else:
            top = item
    try:
        return Dataset(
            articles=spool,
            header=build(Header | None, orjson.loads(top["header"])),
            lost=build(tuple[Lost, ...], orjson.loads(top["lost"])),
            note=top["note"],
            guessed=top["guessed"],
            foreign=top["foreign"],
            worded=top["worded"],
            records=build(tuple[Record, ...], orjson.loads(top["records"])),
        )
    except (ValueError, LookupError) as error:  # pragma: no cover - a child that was taken over
        raise InputRefused("what was read of it makes no sense") from error


def _size(path: Path) -> int:
    """Return how many bytes are to be read."""
    try:
        files = (one for one in path.rglob("*") if one.is_file()) if path.is_dir() else (path,)
        return sum(one.stat().st_size for one in files)
    except OSError:
        return 0
