"""The canonical text of an article and everything that is counted on it.

Offsets are Unicode code points, half-open. Qt counts UTF-16 units; only `OffsetMap` converts.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_NEWLINES = re.compile("\r\n|\r")
_FORBIDDEN = re.compile("[\0\ud800-\udfff]")
_NOT_IN_QT = re.compile("[\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff]")

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class TextRefused(ValueError):
    """The text holds something that cannot be kept: NUL or half of a surrogate pair."""

    def __init__(self, position: int, character: str) -> None:
        name = "a NUL character" if character == "\0" else "half of a surrogate pair"
        super().__init__(f"the text holds {name} at character {position + 1:,}")
        self.position = position


def canonical(raw: str) -> str:
    """Return the text as it is stored for ever. Idempotent.

    Newlines become LF and byte order marks in front are dropped; nothing is trimmed, composed or
    cut out. Raises `TextRefused` for NUL and lone surrogates.
    """
    text = raw.lstrip("\ufeff")
    if "\r" in text:
        text = _NEWLINES.sub("\n", text)
    if "\0" in text or not text.isascii():  # a pattern looks far longer at each character
        _refuse_forbidden(text)
    return text


def _refuse_forbidden(text: str) -> None:
    if found := _FORBIDDEN.search(text):
        raise TextRefused(found.start(), found.group())


def sha256_of(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def for_display(text: str) -> str:
    """Return the text with the same length in which Qt shows each character in its own place.

    Qt takes a few characters as paragraph ends or swaps the bytes of the whole string; they are
    shown as a replacement character or a space of the same length. The stored text keeps them.
    """
    return _NOT_IN_QT.sub(_shown, text)


def _shown(match: re.Match[str]) -> str:
    return {"\u2028": "\n", "\u2029": "\n", "\ufeff": "\u200b"}.get(match.group(), "\ufffd")


class OffsetMap:
    """Converts between code points of the canonical text and UTF-16 units, exactly.

    Identity where the text holds no character beyond U+FFFF; otherwise one binary search.
    """

    __slots__ = ("_astral", "_units", "length")

    def __init__(self, text: str) -> None:
        self.length = len(text)
        self._astral: list[int] = (
            [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
        )
        self._units = [position + n for n, position in enumerate(self._astral)]

    def to_utf16(self, offset: int) -> int:
        """Return the UTF-16 position of a code point offset."""
        return offset + bisect_left(self._astral, offset)

    def to_code_points(self, position: int) -> int:
        """Return the code point offset of a UTF-16 position; the middle of a pair is its start."""
        n = bisect_left(self._units, position)
        if n and self._units[n - 1] == position - 1:
            return self._astral[n - 1]
        return position - n

    @property
    def utf16_length(self) -> int:
        """The length of the text in UTF-16 units."""
        return self.length + len(self._astral)


_WORD = re.compile(
    r"""
    (?:\d+(?:[.,\u00a0\u202f'’]\d+)*(?:[-–]?\w+)?)   # 2,500  3.5  5-year
    | (?:(?:[^\W\d_]\.){2,})                          # U.S.  z.B.
    | (?:\w+(?:[-’'\u2019\u00ad\u200d\u0300-\u036f]\w+)*)
    """,
    re.VERBOSE,
)


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each word, in code points.

    A word keeps its inner hyphens and apostrophes, a figure its separators, an abbreviation its
    full stops: `Covid-19`, `2,500`, `U.S.`. A possessive `'s` belongs to the word.
    """
    word: tuple[int, int] | None = None
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        first, last = match.span()
        while last < len(text) and _is_mark(text[last]):
            last += 1
        # The expression stops at every mark, so a pointed or Indic word comes in pieces.
        if word and word[1] == first and _is_mark(text[first - 1]):
            first = word[0]
        elif word:
            yield word
        word = first, last
    if word:
        yield word


def _is_mark(character: str) -> bool:
    """Tell whether a character adds to the one before it: an accent, a vowel sign, a joiner."""
    return character in "\u200c\u200d" or unicodedata.category(character)[0] == "M"


def word_at(text: str, offset: int) -> tuple[int, int] | None:
    """Return the word that holds the offset or ends at it, or None."""
    window = max(0, offset - 200), min(len(text), offset + 200)
    touching = [(first, last) for first, last in words(text, *window) if first <= offset <= last]
    return touching[-1] if touching else None


def snap_to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the smallest range of whole words that holds the given one, without spaces around it.

    Punctuation that was selected stays; an empty range snaps to the word it touches.
    """
    start, end = trim(text, start, end)
    if start == end:
        return word_at(text, start) or (start, end)
    first, last = word_at(text, start), word_at(text, end)
    if first and first[0] < start < first[1]:
        start = first[0]
    if last and last[0] < end < last[1]:
        end = last[1]
    return start, end


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def snap_to_grapheme(text: str, offset: int) -> int:
    """Return the nearest offset at or before the given one that does not split a character as seen.

    Handles combining marks, variation selectors, joiners, skin tones and flags: what a reader
    would call one character is never cut.
    """
    while 0 < offset < len(text) and _joins(text, offset):
        offset -= 1
    return offset


def _joins(text: str, offset: int) -> bool:
    before, after = text[offset - 1], text[offset]
    if before == "\u200d" and not text[offset].isspace():
        return True
    if unicodedata.category(after)[0] == "M":
        return True
    if after in "\u200d\u20e3" or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    if _is_flag(before) and _is_flag(after):
        run = 0
        while offset - 1 - run >= 0 and _is_flag(text[offset - 1 - run]):
            run += 1
        return run % 2 == 1
    return False


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each line that is not empty, without its line end."""
    found, start = [], 0
    for line in text.split("\n"):
        if line and not line.isspace():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st gen col lt sgt capt sen rep gov pres vs etc e.g i.e a.m p.m jan feb mar"
    " apr jun jul aug sep sept oct nov dec bzw z.b d.h u.a ca nr str mme mlle m sr sra".split()
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
STOPS = ".!?…。！？｡؟।۔։።"
"""What ends a sentence. Those of Chinese and Japanese do without a blank behind them."""

_CLOSING = "\"'”’»)\\]」』）》"
_SENTENCE_END = re.compile(
    rf"[{STOPS}]+(?:[{_CLOSING}]*(?=\s|$)|(?<=[。！？｡])(?![{_CLOSING}{STOPS}]))"
)
_OPENING = "\"'“‘«„([¿¡-–—"


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence, in code points, trimmed, in reading order.

    A paragraph end always ends a sentence. An abbreviation, an initial or a following lower-case
    letter does not.
    """
    found: list[tuple[int, int]] = []
    for start, end in paragraphs(text):
        here = start
        for match in _SENTENCE_END.finditer(text, start, end):
            if _ends_sentence(text, match.start(), match.end(), end):
                found.append(trim(text, here, match.end()))
                here = match.end()
        if trim(text, here, end)[0] < trim(text, here, end)[1]:
            found.append(trim(text, here, end))
    return found


def _ends_sentence(text: str, stop: int, after: int, end: int) -> bool:
    rest = text[after : min(end, after + 40)].lstrip()
    if not rest:
        return True
    following = rest.lstrip(_OPENING)
    if following[:1].islower():
        return False
    if text[stop] != "." or text[stop + 1 : stop + 2] == ".":
        return True
    head = text[max(0, stop - 12) : stop]
    word = re.split(r"[\s(“\"'‘«]", head)[-1]
    is_initial = len(word) == 1 and word.isupper() and word.isalpha()
    if is_initial or _INITIALS.fullmatch(word) or word.lower() in _ABBREVIATIONS:
        return False
    return not (word.lower() == "no" and following[:1].isdigit())  # No. 5


_QUOTES = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‘": "’",
    "‚": "‘",
    '"': '"',
    "「": "」",
    "『": "』",
    "‹": "›",
}
"""Opening marks and what may close them."""

_ALSO_IN_WORDS = '"‘‚'
"""Marks that open nothing behind a letter: inches, apostrophes."""


def quotations(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each quotation with its marks, outermost only, in reading order.

    A quotation may run over paragraphs only where each opens with the mark again; otherwise it
    ends with its paragraph at the latest.
    """
    found = []
    for start, end in paragraphs(text):
        position = start
        while position < end:
            closing = _QUOTES.get(text[position])
            inside_word = text[position] in _ALSO_IN_WORDS and text[position - 1].isalnum()
            opens = closing and (position == start or not inside_word)
            stop = _closing(text, position + 1, end, closing) if closing and opens else -1
            if stop > position + 1:
                found.append((position, stop))
                position = stop
            else:
                position += 1
    return found


def _closing(text: str, start: int, end: int, closing: str) -> int:
    for position in range(start, end):
        if text[position] in closing:
            inside_word = (
                text[position] in "’'"
                and position + 1 < end
                and text[position - 1].isalnum()
                and text[position + 1].isalnum()
            )
            if not inside_word:
                return position + 1
    return -1


@dataclass(frozen=True, slots=True)
class TextIndex:
    """Paragraphs and sentences of one text, ready for look-ups by offset."""

    paragraphs: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> "TextIndex":
        """Return the index of a text."""
        return cls(tuple(paragraphs(text)), tuple(sentences(text)))

    def paragraph_number(self, offset: int) -> int:
        """Return the number (from 1) of the paragraph that holds the offset or precedes it."""
        return max(1, bisect_right(self.paragraphs, (offset, float("inf"))))

    def sentence_number(self, offset: int) -> int | None:
        """Return the index (from 0) of the sentence at the offset or the next one; None if none."""
        if not self.sentences:
            return None
        n = bisect_right(self.sentences, (offset, float("inf"))) - 1
        return max(0, n)
