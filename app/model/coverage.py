"""Which sentences of an article have been on the screen. Pure; ranges are code points, half-open.

What was seen is kept as sorted ranges that lie apart from each other (`Memory.seen`).
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

Range = tuple[int, int]


def is_seen(sentence: Range, seen: Sequence[Range]) -> bool:
    """Tell whether a sentence lies in what was seen."""
    place = bisect_right(seen, sentence[0], key=lambda one: one[0]) - 1
    return place >= 0 and sentence[1] <= seen[place][1]


def unread(sentences: Iterable[Range], seen: Sequence[Range]) -> Iterator[Range]:
    """Yield the sentences that were never on the screen, in their order."""
    return (sentence for sentence in sentences if not is_seen(sentence, seen))


def runs(sentences: Sequence[Range], seen: Sequence[Range]) -> tuple[tuple[Range, int], ...]:
    """Return the stretches of neighbouring unread sentences, and how many sentences each has."""
    found: list[tuple[Range, int]] = []
    last_was_unread = False
    for sentence in sentences:
        if is_seen(sentence, seen):
            last_was_unread = False
        elif last_was_unread:
            (start, _), count = found[-1]
            found[-1] = (start, sentence[1]), count + 1
        else:
            found.append((sentence, 1))
            last_was_unread = True
    return tuple(found)
