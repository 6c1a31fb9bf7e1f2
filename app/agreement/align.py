"""Which annotations of two layers are the same, or mean the same words."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.model.annotation import Annotation

Ranges = tuple[tuple[int, int], ...]
"""Half-open code points of each fragment."""

Pair = tuple[Annotation, Annotation]


def ranges_of(annotation: Annotation) -> Ranges:
    """Return where the fragments of an annotation stand."""
    return tuple((start, end) for start, end, _ in annotation.fragments)


def shared(one: Ranges, other: Ranges) -> int:
    """Return how many code points two spans have in common."""
    if len(one) == len(other) == 1:
        return max(0, min(one[0][1], other[0][1]) - max(one[0][0], other[0][0]))
    return sum(
        max(0, min(end, stop) - max(start, begin)) for start, end in one for begin, stop in other
    )


def by_type(annotations: Iterable[Annotation]) -> dict[str, list[Annotation]]:
    """Return annotations by type."""
    found: dict[str, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        found[annotation.type].append(annotation)
    return found


def same_spans(a: Iterable[Annotation], b: Iterable[Annotation]) -> int:
    """Return how many spans of one type have a partner with the very same fragments."""
    left: dict[Ranges, int] = defaultdict(int)
    for annotation in a:
        left[ranges_of(annotation)] += 1
    found = 0
    for annotation in b:
        ranges = ranges_of(annotation)
        if left.get(ranges):
            left[ranges] -= 1
            found += 1
    return found


def matched(a: Sequence[Annotation], b: Sequence[Annotation]) -> list[Pair]:
    """Return pairs of overlapping spans of one type, one to one, the best overlap first.

    The best shares the most code points, and of these is the shortest: so equal spans always find
    each other. The result is the same whichever layer comes first.
    """
    rivals = sorted(_rivals(a, b), key=lambda rival: rival[0])
    taken_a, taken_b, pairs = set[int](), set[int](), list[Pair]()
    for _, i, j in rivals:
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
            pairs.append((a[i], b[j]))
    return pairs


_Key = tuple[int, int, Ranges, Ranges]


def _rivals(a: Sequence[Annotation], b: Sequence[Annotation]) -> Iterator[tuple[_Key, int, int]]:
    """Yield every overlapping pair with what it is sorted by, which has no first and second."""
    ordered = sorted((ranges_of(other), j) for j, other in enumerate(b))
    starts = [ranges[0][0] for ranges, _ in ordered]
    longest = max((ranges[-1][1] - ranges[0][0] for ranges, _ in ordered), default=0)
    for i, one in enumerate(a):
        ranges = ranges_of(one)
        first = bisect_left(starts, ranges[0][0] - longest)
        for others, j in ordered[first : bisect_left(starts, ranges[-1][1])]:
            if common := shared(ranges, others):
                size = one.length + b[j].length
                yield (-common, size, min(ranges, others), max(ranges, others)), i, j
