"""How carets and edges move over the text: by word, by what a reader sees as one character. Pure.

All offsets are code points.
"""

from app.model.text import snap_to_grapheme, trim, word_at, words

_WINDOW = 400


def next_character(text: str, offset: int) -> int:
    """Return the offset behind the character, as seen, that begins at the offset."""
    offset = min(len(text), offset + 1)
    while offset < len(text) and snap_to_grapheme(text, offset) != offset:
        offset += 1
    return offset


def previous_character(text: str, offset: int) -> int:
    """Return the offset of the character, as seen, that ends at the offset."""
    return snap_to_grapheme(text, max(0, offset - 1))


def next_word_end(text: str, offset: int) -> int:
    """Return where the first word ends that ends behind the offset, else the text's end."""
    return next((end for _, end in _ahead(text, offset) if end > offset), len(text))


def next_word_start(text: str, offset: int) -> int:
    """Return where the first word begins that begins behind the offset, else the text's end."""
    return next((start for start, _ in _ahead(text, offset) if start > offset), len(text))


def previous_word_start(text: str, offset: int) -> int:
    """Return where the last word begins that begins before the offset; 0 where none does."""
    return next((start for start, _ in _behind(text, offset) if start < offset), 0)


def previous_word_end(text: str, offset: int) -> int:
    """Return where the last word ends that ends before the offset; 0 where none does."""
    return next((end for _, end in _behind(text, offset) if end < offset), 0)


def _ahead(text: str, offset: int) -> list[tuple[int, int]]:
    """Return the words around and behind an offset, far enough to hold one behind it."""
    start, end = _from(text, offset), min(len(text), offset + _WINDOW)
    while True:
        found = list(words(text, start, end))
        if end == len(text) or any(first > offset and last < end for first, last in found):
            return found
        end = min(len(text), end + (end - start) + _WINDOW)


def _behind(text: str, offset: int) -> list[tuple[int, int]]:
    """Return the words before an offset, the nearest first."""
    reach = _WINDOW
    while True:
        start = _from(text, max(0, offset - reach))
        end = min(len(text), offset + _WINDOW)
        found = [word for word in words(text, start, end) if word[0] < offset]
        if start == 0 or any(last < offset for _, last in found):
            return found[::-1]
        reach *= 2


def _from(text: str, offset: int) -> int:
    """Return a place at or before the offset where no word goes on, not far back."""
    start = offset
    while start > 0 and offset - start < _WINDOW and not text[start - 1].isspace():
        start -= 1
    return start


def move_edge(
    text: str, span: tuple[int, int], *, edge: str, right: bool, by_word: bool
) -> tuple[int, int]:
    """Return the span with one edge (`start` or `end`) moved; the same one where it cannot move.

    The other edge stays; at least one character stays between them.
    """
    start, end = span
    if edge == "end":
        if by_word:
            moved = next_word_end(text, end) if right else previous_word_end(text, end)
            moved = max(end, trim(text, start, moved)[1]) if right else moved
        else:
            moved = next_character(text, end) if right else previous_character(text, end)
        return (start, moved) if start < moved <= len(text) else span
    if by_word:
        moved = next_word_start(text, start) if right else previous_word_start(text, start)
        moved = moved if right else min(start, trim(text, moved, end)[0])
    else:
        moved = next_character(text, start) if right else previous_character(text, start)
    return (moved, end) if moved < end else span


def stretch_to(text: str, span: tuple[int, int], offset: int) -> tuple[int, int]:
    """Return the span reaching to the word at an offset; inside it the nearer edge moves there."""
    start, end = span
    first, last = word_at(text, offset) or (offset, offset)
    if offset >= end or (offset > start and end - offset <= offset - start):
        return (start, last) if last > start else span
    return (first, end) if first < end else span
