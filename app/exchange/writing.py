"""Writing a dataset in somebody else's format: narrow, write, read back, compare, put in place."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from app.exchange.carry import Room, Tally, narrow, of_header
from app.exchange.compare import differences, digest
from app.exchange.dataset import Bundle, Counts, Dataset, Header, Lost, Receipt
from app.exchange.flat import nest
from app.exchange.place import fingerprint, replaced
from app.model.errors import KnownError, Refused

Progress = Callable[[int], None]


class Module(Protocol):
    """What the module of a format has."""

    ROOM: Room

    def write(self, path: Path, header: Header, articles: Iterable[Bundle]) -> None:
        """Write narrowed articles to a path where nothing is yet, or into an empty folder."""

    def read(self, path: Path) -> Dataset:
        """Return what such a file or folder holds, in the terms of the file."""

    def fit(self, bundle: Bundle, tally: Tally, /) -> Bundle:
        """Leave out of a narrowed article what this format alone has no place for."""


def losses(module: Module, header: Header, articles: Iterable[Bundle]) -> tuple[Lost, ...]:
    """Return what a format will leave out, without writing anything."""
    tally = Tally()
    of_header(header, module.ROOM, tally)
    for bundle in articles:
        module.fit(narrow(bundle, module.ROOM, tally), tally)
    return tally.lost()


def write(
    name: str,
    module: Module,
    path: Path,
    *,
    header: Header,
    articles: Iterable[Bundle],
    folder: bool,
    progress: Progress = lambda _: None,
) -> Receipt:
    """Write, read back and compare article by article; then put the result in its place.

    Raises `Refused` without articles, `KnownError` where the disk refuses or something else is read
    than was written: then what was there before is untouched.
    """
    written = _Kept(module, articles, progress)
    of_header(header, module.ROOM, written.tally)
    with replaced(path, folder=folder) as made:
        module.write(made, header, written)
        if not written.counts.articles:
            raise Refused("There is no article to write.")
        read_back = _compared(module, made, written)
        found = fingerprint(made)
    return Receipt(
        path=str(path),
        format=name,
        sha256=found,
        written=written.counts,
        read_back=read_back,
        lost=written.tally.lost(),
    )


class _Kept:
    """The narrowed articles of an export, with what they amount to after one walk."""

    def __init__(self, module: Module, articles: Iterable[Bundle], progress: Progress) -> None:
        self.counts = Counts()
        self.tally = Tally()
        self.digests: list[bytes] = []
        self._module, self._articles, self._progress = module, articles, progress

    def __iter__(self) -> Iterator[Bundle]:
        for bundle in self._articles:
            kept = self._module.fit(narrow(bundle, self._module.ROOM, self.tally), self.tally)
            self.counts += nest(kept)
            self.digests.append(digest(kept))
            yield kept
            self._progress(self.counts.articles)

    def at(self, number: int) -> Bundle:
        """Return one narrowed article again."""
        for place, bundle in enumerate(self._articles):
            if place == number:
                return self._module.fit(narrow(bundle, self._module.ROOM, Tally()), Tally())
        raise IndexError(number)


def _compared(module: Module, made: Path, written: _Kept) -> Counts:
    counts = Counts()
    try:
        for number, bundle in enumerate(module.read(made).articles):
            counts += nest(bundle)
            if number >= len(written.digests) or digest(bundle) != written.digests[number]:
                raise KnownError(_message(written, number, bundle))
    except (ValueError, KeyError, OSError, Refused) as error:
        raise KnownError(f"What was written cannot be read back: {error}.") from error
    if counts != written.counts:
        raise KnownError(
            f"Of {written.counts.articles:,} articles {counts.articles:,} could be read back."
            " Nothing was written."
        )
    return counts


def _message(written: _Kept, number: int, found: Bundle) -> str:
    first = ""
    if number < len(written.digests):
        first = next(differences(written.at(number), found), "")
    return (
        f"Article {number + 1:,} is read back otherwise than it was written, so nothing was put"
        f" in place: {first:.200}"
    )
