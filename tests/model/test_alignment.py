"""Texts that are nearly the same: which they are, and where the words of one stand in the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.alignment import Alignment
from app.model.likeness import groups

FIRST = (
    "Thousands protest in Lille\n\nAbout 2,500 people marched on Monday. Police arrested 12 of"
    " them. The mayor said nothing.\n\nAgency"
)
SECOND = (
    "Thousands protest in Lille\n\nAround 3,000 people marched on Monday. Police arrested 12 of"
    " them. More is planned. The mayor said nothing."
)


def place(words: str) -> tuple[str, bool] | None:
    start = FIRST.index(words)
    found = Alignment(FIRST, SECOND).place(start, start + len(words))
    return found and (SECOND[slice(*found[0])], found[1])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Thousands protest", ("Thousands protest", False)),
        ("people marched", ("people marched", False)),
        ("About 2,500 people", ("Around 3,000 people", True)),
        ("marched on Monday. Police", ("marched on Monday. Police", False)),
        ("mayor", ("mayor", False)),
        ("Agency", None),
    ],
)
def test_words_are_found_in_the_other_text(words: str, expected: tuple[str, bool] | None) -> None:
    assert place(words) == expected


def test_what_differs_is_told_by_sentences() -> None:
    aligned = Alignment(FIRST, SECOND)
    told = [
        (piece.kind, FIRST[slice(*piece.first)], SECOND[slice(*piece.second)])
        for piece in aligned.pieces
        if piece.kind != "same"
    ]
    assert told == [
        (
            "changed",
            "About 2,500 people marched on Monday.",
            "Around 3,000 people marched on Monday.",
        ),
        ("added", "", "More is planned."),
        ("removed", "Agency", ""),
    ]
    start = FIRST.index("people")
    assert aligned.is_changed(start, start + 6)
    assert not aligned.is_changed(FIRST.index("Police"), FIRST.index("them"))
    assert 0.7 < aligned.same < 0.9
    assert aligned.percent == round(100 * aligned.same)
    assert Alignment(FIRST, f"{FIRST}.").percent == 99
    assert Alignment(FIRST, FIRST).percent == 100


def test_other_spaces_are_a_change_of_no_word() -> None:
    aligned = Alignment("One\ntwo three.", "One two  three.")
    assert [piece.kind for piece in aligned.pieces] == ["changed"]
    assert aligned.place(4, 13) == ((4, 14), True)
    assert aligned.same == 1.0


def test_texts_with_nothing_in_common() -> None:
    aligned = Alignment("Wholly another thing, at length, about the weather in May.", "No.")
    assert aligned.same == 0.0
    assert aligned.place(0, 6) is None
    assert Alignment("", "").same == 1.0


TEXT = st.text(alphabet="ab. \n😀", max_size=60)


@given(TEXT, TEXT)
def test_places_lie_in_the_other_text(first: str, second: str) -> None:
    aligned = Alignment(first, second)
    assert 0.0 <= aligned.same <= 1.0
    for start in range(len(first)):
        for end in range(start + 1, min(len(first), start + 8) + 1):
            found = aligned.place(start, end)
            if found is not None:
                (here, there), changed = found
                assert 0 <= here < there <= len(second)
                assert changed == (second[here:there] != first[start:end])


@given(TEXT)
def test_a_text_is_aligned_with_itself(text: str) -> None:
    aligned = Alignment(text, text)
    assert aligned.same == 1.0
    assert {piece.kind for piece in aligned.pieces} <= {"same"}


def test_a_shortened_copy_is_alike_and_what_all_share_is_not_enough() -> None:
    story = " ".join(f"word{n}" for n in range(200))
    footer = "all rights reserved by the agency and its partners " * 2
    others = [(f"o{n}", " ".join(f"x{n}y{k}" for k in range(200)) + footer) for n in range(60)]
    found = groups([("a", story), *others, ("b", story[: len(story) // 2])])
    assert [group for group in found if len(group) > 1] == [["a", "b"]]
