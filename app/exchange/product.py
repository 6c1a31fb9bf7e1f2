"""Exports that are made of a dataset and not read in again: networks, event records, reports.

Each module builds a body of plain data, writes it and parses it back; only when the two are equal
does the file take its place.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from app.exchange.carry import Tally
from app.exchange.dataset import Bundle, Counts, Header, Lost, Receipt
from app.exchange.place import fingerprint, replaced
from app.model.errors import KnownError, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What is written: its parts in order, and how many things of the dataset went into it."""

    counts: Counts
    parts: tuple[Any, ...]


class Maker(Protocol):
    """What the module of such a format has."""

    def build(self, header: Header, articles: Iterable[Bundle], tally: Tally, /) -> Product:
        """Return what is to be written, and count what has no place in it."""

    def dump(self, path: Path, product: Product, header: Header, /) -> None:
        """Write it to a path where nothing is yet."""

    def parse(self, path: Path, /) -> Product:
        """Return what such a file holds."""


def losses(module: Maker, header: Header, articles: Iterable[Bundle]) -> tuple[Lost, ...]:
    """Return what an export will leave out, without writing anything."""
    tally = Tally()
    module.build(header, articles, tally)
    return tally.lost()


def write(
    name: str,
    module: Maker,
    path: Path,
    *,
    header: Header,
    articles: Iterable[Bundle],
    progress: Callable[[int], None] = lambda _: None,
) -> Receipt:
    """Build, write, parse and compare; then put the file in its place.

    Raises `Refused` without articles, `KnownError` where the disk refuses or returns something else
    than was written: then what was there before is untouched.
    """
    tally = Tally()
    product = module.build(header, _counted(articles, progress), tally)
    if not product.counts.articles:
        raise Refused("There is nothing to write in these articles.")
    with replaced(path, folder=False) as made:
        module.dump(made, product, header)
        try:
            found = module.parse(made)
        except (ValueError, KeyError, OSError) as error:
            raise KnownError(f"What was written cannot be read back: {error}.") from error
        if found != product:
            raise KnownError("What is read back is not what was written; nothing was put in place.")
        sha256 = fingerprint(made)
    return Receipt(
        path=str(path),
        format=name,
        sha256=sha256,
        written=product.counts,
        read_back=found.counts,
        lost=tally.lost(),
    )


def _counted(articles: Iterable[Bundle], progress: Callable[[int], None]) -> Iterator[Bundle]:
    for number, bundle in enumerate(articles, start=1):
        yield bundle
        progress(number)
