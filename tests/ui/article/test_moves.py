import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.text import snap_to_grapheme
from app.ui.article import moves

TEXT = "Navalny’s Covid-19, 2\u00a0500 men.\nA 👨‍👩‍👧 e\u0301x"


def test_words_are_walked_as_wholes() -> None:
    starts: list[int] = []
    ends: list[int] = []
    here = 0
    while here < len(TEXT):
        here = moves.next_word_end(TEXT, here)
        ends.append(here)
    here = len(TEXT)
    while here > 0:
        here = moves.previous_word_start(TEXT, here)
        starts.insert(0, here)
    words = [TEXT[a:b] for a, b in zip(starts, ends, strict=False)]
    assert words == ["Navalny’s", "Covid-19", "2\u00a0500", "men", "A", "e\u0301x"]


def test_the_caret_stops_where_words_begin() -> None:
    assert moves.next_word_start(TEXT, 0) == TEXT.index("Covid")
    assert moves.previous_word_end(TEXT, TEXT.index("men")) == TEXT.index(" men")
    assert moves.next_word_start("one", 1) == 3
    assert moves.previous_word_end("one", 2) == 0


def test_a_family_is_one_character() -> None:
    start = TEXT.index("👨")
    assert moves.next_character(TEXT, start) == start + 5
    assert moves.previous_character(TEXT, start + 5) == start
    assert moves.next_character("ab", 2) == 2
    assert moves.previous_character("ab", 0) == 0


@given(st.text("ab \u00a0e\u0301👨‍👩🇩🇪א", max_size=30), st.data())
def test_no_move_splits_a_character(text: str, data: st.DataObject) -> None:
    offset = snap_to_grapheme(text, data.draw(st.integers(0, len(text))))
    for move in (moves.next_character, moves.previous_character):
        assert snap_to_grapheme(text, move(text, offset)) == move(text, offset)


def test_words_far_away_are_found() -> None:
    text = "one" + " " * 5000 + "two"
    assert moves.next_word_start(text, 3) == 5003
    assert moves.previous_word_end(text, 5003) == 3


@pytest.mark.parametrize(
    ("edge", "right", "expected"),
    [
        ("end", True, "two three four"),
        ("end", False, "two"),
        ("start", True, "three"),
        ("start", False, "one two three"),
    ],
)
def test_an_edge_moves_by_a_word(edge: str, right: object, expected: str) -> None:
    text = "one two three four"
    start, end = moves.move_edge(text, (4, 13), edge=edge, right=bool(right), by_word=True)
    assert text[start:end] == expected


def test_an_edge_moves_by_a_character_and_never_over_the_other() -> None:
    text = "abc"
    assert moves.move_edge(text, (0, 2), edge="end", right=True, by_word=False) == (0, 3)
    assert moves.move_edge(text, (1, 2), edge="end", right=False, by_word=False) == (1, 2)
    assert moves.move_edge(text, (1, 2), edge="start", right=True, by_word=False) == (1, 2)
    assert moves.move_edge(text, (0, 3), edge="end", right=True, by_word=False) == (0, 3)
    assert moves.move_edge(text, (0, 3), edge="start", right=False, by_word=True) == (0, 3)


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (0, "one two three"),
        (15, "two three four"),
        (12, "two three"),
        (5, "two three"),
        (10, "two three"),
    ],
)
def test_a_mark_stretches_to_the_word_at_an_offset(offset: int, expected: str) -> None:
    text = "one two three four"
    start, end = moves.stretch_to(text, (4, 13), offset)
    assert text[start:end] == expected
