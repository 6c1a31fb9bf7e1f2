"""The heights of many rows under one another: tops and look-ups in logarithmic time. Pure."""

from collections.abc import Iterable


class Heights:
    """Row heights in pixels as a Fenwick tree, so that one row may change while 100,000 stay."""

    def __init__(self, values: Iterable[float] = ()) -> None:
        self._values = list(values)
        size = len(self._values)
        tree = [0.0, *self._values]
        for n in range(1, size + 1):
            parent = n + (n & -n)
            if parent <= size:
                tree[parent] += tree[n]
        self._tree = tree
        self._highest_bit = 1 << size.bit_length() >> 1

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, row: int) -> float:
        return self._values[row]

    def __setitem__(self, row: int, height: float) -> None:
        difference = height - self._values[row]
        self._values[row] = height
        n = row + 1
        while n < len(self._tree):
            self._tree[n] += difference
            n += n & -n

    @property
    def total(self) -> float:
        """The height of all rows together."""
        return self.top(len(self._values))

    def top(self, row: int) -> float:
        """Return where a row begins."""
        n, total = row, 0.0
        while n:
            total += self._tree[n]
            n -= n & -n
        return total

    def row_at(self, y: float) -> int:
        """Return the row that holds the height; the first or last one where it lies outside."""
        place, step, rest = 0, self._highest_bit, y
        while step:
            further = place + step
            if further < len(self._tree) and self._tree[further] <= rest:
                place, rest = further, rest - self._tree[further]
            step >>= 1
        return max(0, min(place, len(self._values) - 1))
