"""What fits the words typed: beginnings first, whatever the case and the accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.palette.entries import Entry, best, folded, match, nearest


def entry(title: str, words: str = "") -> Entry:
    return Entry(id=title, title=title, section="", run=lambda: None, words=words)


def titles(wanted: str, *given: Entry, limit: int = 10) -> list[str]:
    return [one.title for one in best(given, wanted, limit)]


@pytest.mark.parametrize(
    ("title", "wanted", "rank"),
    [
        ("Vladimir Putin", "vlad", 0),
        ("Vladimir Putin", "put", 1),
        ("Vladimir Putin", "utin", 2),
        ("Vladimir Putin", "put vla", 1),
        ("Škoda Łódź", "skoda", 0),
        ("Навальный", "нав", 0),
    ],
)
def test_the_beginning_is_better_than_the_middle(title: str, wanted: str, rank: int) -> None:
    found = match(title, wanted)
    assert found is not None
    assert found[0] == rank


def test_a_missing_word_fits_nothing() -> None:
    assert match("Vladimir Putin", "putin x") is None
    assert titles("zzz", entry("Putin")) == []


def test_the_best_come_first_and_their_order_stays() -> None:
    given = (entry("Computing"), entry("A Putin"), entry("Putin B"), entry("Putin A"))
    assert titles("put", *given) == ["Putin B", "Putin A", "A Putin", "Computing"]
    assert titles("put", *given, limit=2) == ["Putin B", "Putin A"]
    assert titles("", *given, limit=2) == ["Computing", "A Putin"]


def test_words_that_are_not_shown_are_found_last() -> None:
    given = (entry("Larger text", "zoom in"), entry("Zoom"))
    assert titles("zoom", *given) == ["Zoom", "Larger text"]


@given(st.text(max_size=30), st.text(max_size=10))
def test_the_letters_found_are_those_typed(title: str, wanted: str) -> None:
    assert len(folded(title)) == len(title)
    found = match(title, wanted)
    for start, end in found[1] if found else ():
        assert 0 <= start < end <= len(title)


def test_many_texts_are_rated_at_once() -> None:
    texts = ["old putin", "putin", "computing", "navalny", "vladimir putin"]
    assert nearest(texts, "put", 10) == [1, 0, 4, 2]
    assert nearest(texts, "Put old", 10) == [0]
    assert nearest(texts, "", 2) == [0, 1]
