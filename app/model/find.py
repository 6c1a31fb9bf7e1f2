"""Finding words in one text, as people mean them: without case, accents and kinds of apostrophe.

Ranges are half-open, in code points of the text itself; nothing is looked for in a changed copy
whose letters stand elsewhere.
"""

import re
import unicodedata

Range = tuple[int, int]

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

    def all(self, wanted: str, *, case: bool = False, whole: bool = False) -> tuple[Range, ...]:
        """Return every place of the words typed, in order; they do not overlap.

        With `case` capitals and accents have to be as typed; with `whole` only whole words count.
        """
        if not wanted.strip():
            return ()
        if case:
            text, pattern = self._text, re.escape(wanted)
        else:
            text, pattern = self._fold(), _pattern(wanted)
        if whole:
            pattern = rf"(?<!\w){pattern}(?!\w)"
        return tuple(match.span() for match in re.finditer(pattern, text))

    def _fold(self) -> str:
        if self._folded is None:
            self._folded = _folded(self._text)
        return self._folded


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


def _pattern(wanted: str) -> str:
    """Return a pattern for the folded text; a letter there may have marks of its own."""
    plain = unicodedata.normalize("NFC", wanted)
    letters = [c for c in _folded(plain) if c != _MARK]
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
