"""Where the words of one text stand in a text that is nearly the same, and what differs.

Sentences are aligned first, the words of changed ones then. Ranges are (start, end) in code points.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from app.model.text import sentences, words

Range = tuple[int, int]
Kind = Literal["same", "changed", "added", "removed"]

_MOST_REPLACED = 8
"""Words that may stand for others where a mark begins or ends."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Sentences of both texts that stand for one another; of what was added the first is empty."""

    kind: Kind
    first: Range
    second: Range


@dataclass(frozen=True, slots=True)
class _Link:
    """A stretch of the first text and what stands there in the second, word for word or not."""

    start: int
    end: int
    there: Range
    is_same: bool


class Alignment:
    """Two texts beside one another."""

    def __init__(self, first: str, second: str) -> None:
        self.first, self.second = first, second
        self.pieces = tuple(_pieces(first, second))
        self._links = [link for piece in self.pieces for link in self._linked(piece)]
        """In the order of the first text; they never overlap."""
        self._starts = [link.start for link in self._links]

    @property
    def same(self) -> float:
        """Which share of the longer text stands in both, from 0 to 1."""
        if self.first == self.second:
            return 1.0
        alike = sum(len(_letters(self.first[a.start : a.end])) for a in self._links if a.is_same)
        longest = max(len(_letters(self.first)), len(_letters(self.second)), 1)
        return alike / longest

    @property
    def percent(self) -> int:
        """The same in percent: 100 only where the texts are the same letter by letter."""
        return 100 if self.first == self.second else min(99, round(100 * self.same))

    def place(self, start: int, end: int) -> tuple[Range, bool] | None:
        """Return where words of the first text stand in the second, and whether they changed.

        None where nothing stands for them.
        """
        first, last = self._link_at(start), self._link_at(end - 1)
        if first is None or last is None:
            return None
        here = first.there[0] + (start - first.start if first.is_same else 0)
        there = last.there[0] + end - last.start if last.is_same else last.there[1]
        if here >= there:
            return None
        return (here, there), self.second[here:there] != self.first[start:end]

    def is_changed(self, start: int, end: int) -> bool:
        """Tell whether words of the first text are in a sentence that the second has otherwise."""
        return any(
            piece.kind != "same" and piece.first[0] < end and start < piece.first[1]
            for piece in self.pieces
        )

    def _link_at(self, offset: int) -> _Link | None:
        number = bisect_right(self._starts, offset) - 1
        if number < 0 or offset >= self._links[number].end:
            return None
        return self._links[number]

    def _linked(self, piece: Piece) -> Iterator[_Link]:
        if piece.kind == "same":
            yield _Link(*piece.first, piece.second, is_same=True)
        elif piece.kind == "changed":
            yield from self._linked_words(piece)

    def _linked_words(self, piece: Piece) -> Iterator[_Link]:
        here, there = list(words(self.first, *piece.first)), list(words(self.second, *piece.second))
        one = [self.first[slice(*word)] for word in here]
        other = [self.second[slice(*word)] for word in there]
        for op, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
            if op == "equal":
                for n in range(i2 - i1):
                    yield _Link(*here[i1 + n], there[j1 + n], is_same=True)
            elif op == "replace" and i2 - i1 == j2 - j1 <= _MOST_REPLACED:
                for n in range(i2 - i1):
                    yield _Link(*here[i1 + n], there[j1 + n], is_same=False)
            elif op == "replace" and max(i2 - i1, j2 - j1) <= _MOST_REPLACED:
                stands = there[j1][0], there[j2 - 1][1]
                yield _Link(here[i1][0], here[i2 - 1][1], stands, is_same=False)


def _pieces(first: str, second: str) -> Iterator[Piece]:
    here, there = sentences(first), sentences(second)
    one = [" ".join(first[slice(*each)].split()) for each in here]
    other = [" ".join(second[slice(*each)].split()) for each in there]
    for op, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if op == "equal":
            for n in range(i2 - i1):
                mine, theirs = here[i1 + n], there[j1 + n]
                literally = first[slice(*mine)] == second[slice(*theirs)]
                yield Piece("same" if literally else "changed", mine, theirs)
            continue
        mine = (here[i1][0], here[i2 - 1][1]) if i1 < i2 else _empty(here, i1, len(first))
        theirs = (there[j1][0], there[j2 - 1][1]) if j1 < j2 else _empty(there, j1, len(second))
        kind: Kind = "changed" if i1 < i2 and j1 < j2 else ("removed" if i1 < i2 else "added")
        yield Piece(kind, mine, theirs)


def _letters(text: str) -> str:
    """Return a text without what parts its words."""
    return "".join(character for character in text if character.isalnum())


def _empty(ranges: list[Range], number: int, length: int) -> Range:
    place = ranges[number][0] if number < len(ranges) else length
    return place, place
