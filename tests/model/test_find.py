"""Words are found as people mean them, at their exact code points."""

import unicodedata
from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.find import Finder


def found(text: str, wanted: str, *, case: bool = False, whole: bool = False) -> list[str]:
    return [text[a:b] for a, b in Finder(text).all(wanted, case=case, whole=whole)]


@pytest.mark.parametrize(
    ("text", "wanted", "hits"),
    [
        ("😀 Navalny and NAVALNY", "navalny", ["Navalny", "NAVALNY"]),
        ("Café, cafe\u0301, CAFE", "cafe", ["Café", "cafe\u0301", "CAFE"]),
        ("Straße, Strasse", "strasse", ["Straße", "Strasse"]),
        ("Straße, Strasse", "straße", ["Straße", "Strasse"]),
        ("İstanbul, istanbul", "istanbul", ["İstanbul", "istanbul"]),
        ("don’t, don't", "don't", ["don’t", "don't"]),
        ("two\u00a0 words\nhere", "two words here", ["two\u00a0 words\nhere"]),
        ("Навальный", "навальныи", ["Навальный"]),
        ("שָׁלוֹם", "שלום", ["שָׁלוֹם"]),
        ("a+b (c)", "a+b (", ["a+b ("]),
        ("nothing", "", []),
        ("nothing", "  ", []),
    ],
)
def test_as_people_mean_it(text: str, wanted: str, hits: list[str]) -> None:
    assert found(text, wanted) == hits


def test_as_typed() -> None:
    assert found("Café cafe Cafe", "Cafe", case=True) == ["Cafe"]
    assert found("Café CAFÉ", "Café", case=True) == ["Café"]


def test_whole_words() -> None:
    assert found("us, USA, us!", "us", whole=True) == ["us", "us"]
    assert found("us, USA", "US", case=True, whole=True) == []


@given(st.text(max_size=60), st.integers(0, 60), st.integers(1, 10))
def test_what_stands_in_the_text_is_found_there(text: str, start: int, length: int) -> None:
    wanted = text[start : start + length]
    folded = unicodedata.normalize("NFC", wanted)
    if not wanted.strip() or wanted.strip() != wanted or folded != wanted:
        return
    if any(unicodedata.category(c)[0] in "MCZ" for c in wanted):
        return
    hits = Finder(text).all(wanted)
    assert any(a <= start < b or start <= a < start + length for a, b in hits)
    for a, b in hits:
        assert 0 <= a < b <= len(text)
    assert list(hits) == sorted(hits)


@given(st.text(alphabet="ab😀é\n", max_size=40), st.integers(1, 200), st.sampled_from("ab😀"))
def test_a_letter_is_found_piece_by_piece(text: str, times: int, letter: str) -> None:
    large = text * times
    hits = Finder(large).all(letter)
    expected = [(n, n + 1) for n, one in enumerate(large) if one == letter]
    assert len(hits) == len(expected)
    assert list(hits) == expected
    assert hits[1:-1] == tuple(expected[1:-1])
    if expected:
        assert hits[-1] == expected[-1]
        place = len(large) // 2
        assert bisect_left(hits, (place, 0)) == bisect_left(expected, (place, 0))
    with pytest.raises(IndexError):
        hits[len(expected)]
