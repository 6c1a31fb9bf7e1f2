"""Every format this Pressmark really reads or writes: one table that the command line prints."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from app.exchange import pressmark_json, text_file
from app.exchange.dataset import Bundle, Dataset, Header, Receipt
from app.exchange.pressmark_json import Progress

Reader = Callable[[Path], Dataset]
Writer = Callable[[Path, Header, Iterable[Bundle], Progress], Receipt]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: what it is called, how its files end, what reads and writes it.

    `needs` names what has to be installed first; `cannot_carry` what a file of it has no place for.
    """

    name: str
    title: str
    extensions: tuple[str, ...]
    read: Reader | None = None
    write: Writer | None = None
    needs: str | None = None
    cannot_carry: tuple[str, ...] = ()


def _read_json(path: Path) -> Dataset:
    from app.exchange.pressmark_reader import read_json

    return read_json(path)


def _read_jsonl(path: Path) -> Dataset:
    from app.exchange.pressmark_reader import read_jsonl

    return read_jsonl(path)


def _write_json(
    path: Path, header: Header, articles: Iterable[Bundle], progress: Progress
) -> Receipt:
    return pressmark_json.write(path, header, articles, progress=progress)


def _write_jsonl(
    path: Path, header: Header, articles: Iterable[Bundle], progress: Progress
) -> Receipt:
    return pressmark_json.write(path, header, articles, lines=True, progress=progress)


FORMATS: tuple[Format, ...] = (
    Format(
        name="json",
        title="Pressmark JSON",
        extensions=(".json",),
        read=_read_json,
        write=_write_json,
    ),
    Format(
        name="jsonl",
        title="Pressmark JSON, one article a line",
        extensions=(".jsonl",),
        read=_read_jsonl,
        write=_write_jsonl,
    ),
    Format(
        name="text",
        title="Plain text, an article a file",
        extensions=(".txt", ".text"),
        read=text_file.read,
        cannot_carry=("annotations", "everything about an article but its text"),
    ),
)


def format_named(name: str) -> Format | None:
    """Return the format of that name."""
    return next((one for one in FORMATS if one.name == name), None)


def format_of(path: Path, *, to_write: bool = False) -> Format | None:
    """Return the format that a file's extension stands for, among those that read or write."""
    ending = path.suffix.lower()
    for one in FORMATS:
        if ending in one.extensions and (one.write if to_write else one.read):
            return one
    return None
