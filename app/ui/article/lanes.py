"""Where marks that touch lie: levels of nested boxes, lanes of statements. Pure.

Both work on the marks of one paragraph, shortest first, so that the shorter of two marks always
lies nearer to the text. Offsets may count anything, as long as all count the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

Ranges = tuple[tuple[int, int], ...]


class Stretch(NamedTuple):
    """A mark as far as it lies in a paragraph: half-open ranges that do not overlap.

    `length` is that of the whole mark, so that the order is the same in each of its paragraphs.
    """

    key: str
    length: int
    ranges: Ranges


def shortest_first(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the order in which marks are placed; of two of one length the later lies inside."""
    return sorted(stretches, key=lambda s: (s.length, -s.ranges[0][0], s.key))


def levels(stretches: Iterable[Stretch]) -> dict[str, int]:
    """Return the level of each box: 0, or one more than the highest shorter box it touches."""
    order = shortest_first(stretches)
    cells = _Cells(order)
    height = [0] * cells.count
    found = {}
    for stretch in order:
        spans = list(cells.of(stretch))
        level = max((max(height[first:last]) for first, last in spans), default=0)
        for first, last in spans:
            height[first:last] = [level + 1] * (last - first)
        found[stretch.key] = level
    return found


def lanes(stretches: Iterable[Stretch]) -> dict[str, int]:
    """Return the lane of each statement: the lowest that no shorter one it touches has taken."""
    order = shortest_first(stretches)
    cells = _Cells(order)
    taken = [0] * cells.count
    found = {}
    for stretch in order:
        spans = list(cells.of(stretch))
        used = reduce(or_, (reduce(or_, taken[first:last]) for first, last in spans), 0)
        free = ~used & (used + 1)
        for first, last in spans:
            taken[first:last] = [cell | free for cell in taken[first:last]]
        found[stretch.key] = free.bit_length() - 1
    return found


class _Cells:
    """The text cut at every end of a mark: each mark covers a few whole cells."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        ends = {end for stretch in stretches for pair in stretch.ranges for end in pair}
        self._place = {end: n for n, end in enumerate(sorted(ends))}
        self.count = len(self._place)

    def of(self, stretch: Stretch) -> Iterator[tuple[int, int]]:
        for start, end in stretch.ranges:
            if start < end:
                yield self._place[start], self._place[end]
