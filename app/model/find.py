"""Finding words in one text, as people mean them: without case, accents and kinds of apostrophe.

Ranges are half-open, in code points of the text itself; nothing is looked for in a changed copy
whose letters stand elsewhere.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import overload

from typing_extensions import override

Range = tuple[int, int]

_PIECE = 2_048
"""Code points of a text in which the places of a letter are found together."""

_MARK = "\u0301"
"""Stands for every combining mark in the folded text."""

_ALIKE = {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " ", "\u202f": " ", "–": "-"}
_TWO = {"ss": "ß", "ae": "æ", "oe": "œ"}
"""Letters that are written as two as well."""


class Finder:
    """Looks for words in one text. The text is folded once, when it is first looked into."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded: str | None = None
        self._signs: set[str] = set()

    def all(self, wanted: str, *, case: bool = False, whole: bool = False) -> Sequence[Range]:
        """Return every place of the words typed, in order; they do not overlap.

        With `case` capitals and accents have to be as typed; with `whole` only whole words count.
        """
        if not wanted.strip():
            return ()
        text = self._text if case else self._fold()
        letters = wanted if case else self._plainly(wanted)
        if letters and not whole:
            return _places(text, letters)
        pattern = re.escape(wanted) if case else _pattern(wanted)
        if whole:
            pattern = rf"(?<!\w){pattern}(?!\w)"
        return tuple(match.span() for match in re.finditer(pattern, text))

    def prepare(self) -> None:
        """Fold the text ahead of the first letter typed."""
        self._fold()

    def _fold(self) -> str:
        if self._folded is None:
            self._folded = _folded(self._text)
            self._signs = set(self._folded)
        return self._folded

    def _plainly(self, wanted: str) -> str:
        """Return letters that stand in the folded text as they are; none where it takes a pattern.

        That is where marks or letters that are written as two may come between.
        """
        letters = "".join(_letters(wanted))
        many = not self._signs.isdisjoint((_MARK, *_TWO.values()))
        return "" if many or not set(letters).isdisjoint((" ", *_TWO.values())) else letters


class _Places(Sequence[Range]):
    """Many places of one size: a pair is made when it is asked for, not all ahead.

    `before[n]` counts the code points between the first `n + 1` places and in front of them.
    """

    def __init__(self, before: list[int], size: int) -> None:
        self._before = before
        self._size = size

    @override
    def __len__(self) -> int:
        return len(self._before)

    @overload
    def __getitem__(self, n: int) -> Range: ...
    @overload
    def __getitem__(self, n: slice) -> tuple[Range, ...]: ...
    @override
    def __getitem__(self, n: int | slice) -> Range | tuple[Range, ...]:
        places = range(len(self._before))[n]
        if isinstance(places, range):
            return tuple(self[place] for place in places)
        start = self._before[places] + places * self._size
        return start, start + self._size


class _Letters(Sequence[Range]):
    """All places of one letter: counted piece by piece, found in a piece when it is looked at.

    Counting takes a sixth of the time, and a window shows few of a hundred thousand.
    """

    def __init__(self, text: str, letter: str) -> None:
        self._text = text
        self._letter = letter
        starts = range(0, len(text), _PIECE)
        counts = (text.count(letter, start, start + _PIECE) for start in starts)
        self._before = list(accumulate(counts, initial=0))
        """How many stand before each piece, and in all."""
        self._found: dict[int, list[int]] = {}

    @override
    def __len__(self) -> int:
        return self._before[-1]

    @overload
    def __getitem__(self, n: int) -> Range: ...
    @overload
    def __getitem__(self, n: slice) -> tuple[Range, ...]: ...
    @override
    def __getitem__(self, n: int | slice) -> Range | tuple[Range, ...]:
        places = range(len(self))[n]
        if isinstance(places, range):
            return tuple(self[place] for place in places)
        piece = bisect_right(self._before, places) - 1
        start = self._in(piece)[places - self._before[piece]]
        return start, start + 1

    def _in(self, piece: int) -> list[int]:
        if piece not in self._found:
            first = piece * _PIECE
            words = self._text[first : first + _PIECE].split(self._letter)
            gaps = accumulate(map(len, words[:-1]))
            self._found[piece] = [first + gap + number for number, gap in enumerate(gaps)]
        return self._found[piece]


def _places(text: str, letters: str) -> Sequence[Range]:
    """Return where letters stand. A large text has a hundred thousand places of an `e`."""
    if len(letters) == 1:
        return _Letters(text, letters)
    pieces = text.split(letters)
    return _Places(list(accumulate(map(len, pieces[:-1]))), len(letters))


def _folded(text: str) -> str:
    """Return the text letter for letter without case and accents."""
    return text.translate({ord(letter): _plain(letter) for letter in set(text)})


def _plain(letter: str) -> str:
    if unicodedata.category(letter) == "Mn":
        return _MARK
    if letter in _ALIKE:
        return _ALIKE[letter]
    small = letter.lower()
    bases = [c for c in unicodedata.normalize("NFD", small) if not unicodedata.combining(c)]
    return bases[0] if len(bases) == 1 else letter


def _letters(wanted: str) -> list[str]:
    plain = unicodedata.normalize("NFC", wanted)
    return [letter for letter in _folded(plain) if letter != _MARK]


def _pattern(wanted: str) -> str:
    """Return a pattern for the folded text; a letter there may have marks of its own."""
    letters = _letters(wanted)
    parts, n = [], 0
    while n < len(letters):
        two = "".join(letters[n : n + 2])
        if two in _TWO:
            parts.append(f"(?:{re.escape(two)}|{_TWO[two]}){_MARK}*")
            n += 2
            continue
        one = next((pair for pair, sign in _TWO.items() if sign == letters[n]), None)
        sign = re.escape(letters[n])
        if one:
            parts.append(f"(?:{sign}|{one}){_MARK}*")
        else:
            parts.append(r"\s+" if letters[n] == " " else f"{sign}{_MARK}*")
        n += 1
    return "".join(parts)
