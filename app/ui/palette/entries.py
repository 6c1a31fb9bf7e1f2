"""What the palette offers, and which of it fits the words that were typed. Pure."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to choose: its words, what stands behind them, and what choosing it does.

    `section` is the heading it stands under; at the right stands its `key`, or what Enter `does`.
    In front stands the letter and ink of a `badge`, or an `icon`. `words` are found too, after the
    title. `of_mark`: it does something with the selected mark. `id` is stable: it is kept for the
    recent ones.
    """

    id: str
    title: str
    section: str
    run: Callable[[], object]
    detail: str = ""
    key: str = ""
    does: str = ""
    badge: tuple[str, str] | None = None
    icon: str = ""
    words: str = ""
    of_mark: bool = False


_BEHIND = 3
"""The rank of what is found only by words that are not shown."""

_NEVER = 4


class _Plain(dict[int, str]):
    """The letter without case and diacritics for each code point; looked up once for each."""

    def __missing__(self, point: int) -> str:
        base = unicodedata.normalize("NFKD", chr(point).casefold())
        kept = "".join(c for c in base if not unicodedata.combining(c))
        self[point] = kept[:1] or " "
        return self[point]


_PLAIN = _Plain()


def folded(words: str) -> str:
    """Return words without case and diacritics, letter for letter where that is possible."""
    return words.translate(_PLAIN)


def match(title: str, wanted: str) -> tuple[int, tuple[tuple[int, int], ...]] | None:
    """Return how far a title is from the words typed (0 is best) and which letters they are.

    Every word has to occur; at the beginning of the title is better than at that of a word, and
    that better than inside. None where a word is missing.
    """
    text = folded(title)
    worst, found = 0, []
    for word in folded(wanted).split():
        place = _place(text, word)
        if place is None:
            return None
        start, rank = place
        worst = max(worst, rank)
        found.append((start, start + len(word)))
    return worst, tuple(sorted(found))


def nearest(texts: Sequence[str], wanted: str, limit: int) -> list[int]:
    """Return which of many folded texts fit the words typed, the best first, by their places."""
    first, *others = folded(wanted).split() or [""]
    rated = []
    for n, text in enumerate(texts):
        if first not in text:
            continue
        rank = _rank_of(text, first)
        for word in others:
            rank = max(rank, _rank_of(text, word)) if word in text else _NEVER
        if rank < _NEVER:
            rated.append((rank, n))
    return [n for _, n in nsmallest(limit, rated)]


def _rank_of(text: str, word: str) -> int:
    if text.startswith(word):
        return 0
    return 1 if f" {word}" in text else 2


def _place(text: str, word: str) -> tuple[int, int] | None:
    if text.startswith(word):
        return 0, 0
    start = text.find(word)
    inside = start
    while start > 0:
        if not text[start - 1].isalnum():
            return start, 1
        start = text.find(word, start + 1)
    return (inside, 2) if inside >= 0 else None


def _rank(entry: Entry, wanted: str) -> int | None:
    found = match(entry.title, wanted)
    if found is not None:
        return found[0]
    return _BEHIND if entry.words and match(f"{entry.title} {entry.words}", wanted) else None


def best(entries: Iterable[Entry], wanted: str, limit: int) -> list[Entry]:
    """Return the entries that fit the words typed, the best first, in their order otherwise."""
    if not wanted.strip():
        return [entry for entry, _ in zip(entries, range(limit), strict=False)]
    rated = [
        (rank, n, entry)
        for n, entry in enumerate(entries)
        if (rank := _rank(entry, wanted)) is not None
    ]
    rated.sort(key=lambda item: item[:2])
    return [entry for _, _, entry in rated[:limit]]
