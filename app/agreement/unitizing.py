"""Krippendorff's alpha for unitizing: whether annotators cut the same stretches out.

K. Krippendorff, Content Analysis, 2nd edition 2004, pages 251 to 256. Positions are code points;
the articles are laid end to end as one continuum of each annotator, in which units never cross
from one article into the next.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate

Unit = tuple[int, int]


def units_of(ranges: Iterable[Unit]) -> tuple[list[Unit], int]:
    """Return stretches in order without overlaps, and how many had to be left out for that.

    Of stretches that overlap the earliest is kept, of equally early ones the longest.
    """
    kept: list[Unit] = []
    left_out, end = 0, -1
    for unit in sorted(ranges, key=lambda unit: (unit[0], -unit[1])):
        if unit[0] < end:
            left_out += 1
        else:
            kept.append(unit)
            end = unit[1]
    return kept, left_out


def distance(a: Sequence[Unit], b: Sequence[Unit]) -> int:
    """Return how far the units of two annotators lie apart, summed over both directions' half.

    Overlapping units count the squares of the differences of their ends, a unit where the other
    has none the square of its length.
    """
    total, j = 0, 0
    met = set[int]()
    for start, end in a:
        while j < len(b) and b[j][1] <= start:
            j += 1
        k = j
        while k < len(b) and b[k][0] < end:
            total += (start - b[k][0]) ** 2 + (end - b[k][1]) ** 2
            met.add(k)
            k += 1
        if k == j:
            total += (end - start) ** 2
    return total + sum((end - start) ** 2 for k, (start, end) in enumerate(b) if k not in met)


class Continuum:
    """The lengths of the units and of the gaps of several annotators, for what chance would do."""

    def __init__(self, annotators: int) -> None:
        self.length = 0
        self._last_ends = [0] * annotators
        self._units: Counter[int] = Counter()
        self._gaps: Counter[int] = Counter()

    def add(self, layers: Sequence[Sequence[Unit]], length: int) -> None:
        """Lay another article of so many code points at the end."""
        for n, units in enumerate(layers):
            for start, end in units:
                self._units[end - start] += 1
                self._gaps[self.length + start - self._last_ends[n]] += 1
                self._last_ends[n] = self.length + end
        self.length += length

    def observed(self, distances: float) -> float:
        """Return the observed disagreement from the distances of all pairs of annotators."""
        pairs = len(self._last_ends) * (len(self._last_ends) - 1)
        return 2 * distances / (pairs * self.length**2) if self.length else 0.0

    def expected(self) -> float:
        """Return the expected disagreement; 0 where there is no unit."""
        gaps = self._gaps.copy()
        gaps.update(self.length - end for end in self._last_ends)
        sizes = sorted(gap for gap in gaps if gap)
        many = [0, *accumulate(gaps[gap] for gap in reversed(sizes))]
        wide = [0, *accumulate(gaps[gap] * gap for gap in reversed(sizes))]
        units = self._units.total()
        total, own = 0.0, 0
        for size, count in self._units.items():
            fitting = len(sizes) - bisect_left(sizes, size)
            places = wide[fitting] - many[fitting] * (size - 1)
            among_units = (units - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
            total += count * (among_units + size**2 * places)
            own += count * size * (size - 1)
        points = len(self._last_ends) * self.length
        arrangements = points * (points - 1) - own
        return 2 / self.length * total / arrangements if total and arrangements else 0.0


def alpha_u(observed: float, expected: float) -> float | None:
    """Return alpha; None where nobody marked anything. Disagreements of several types add up."""
    return 1 - observed / expected if expected else None
