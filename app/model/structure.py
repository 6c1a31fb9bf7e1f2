"""Units of a text."""

from collections.abc import Collection

from app.model.text import sentences, word_at, words

Range = tuple[int, int]


def growing(text: str, offset: int) -> tuple[Range, ...]:
    """Return growing units around an offset."""
    word = word_at(text, offset)
    around = [s for s in sentences(text) if s[0] <= offset <= s[1]]
    return tuple(unit for unit in (word, *around) if unit)


def hint_ranges(
    text: str, sentence: Range, type_name: str, taken: Collection[Range]
) -> tuple[Range, ...]:
    """Return likely words."""
    return tuple(words(text, *sentence))
