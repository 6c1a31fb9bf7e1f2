"""Units of a text: they grow, lie in the text, cut no character, and fit what experts mark."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.structure import MOST_HINTS, growing, hint_ranges, phrase_at
from app.model.text import sentences, snap_to_grapheme
from app.workspace.sample import make_sample

TYPES = ("actor", "event", "number", "statement", "another")
ALPHABET = "ab Z.,;\n“”'\"«»-–1,5%😀👨‍👩‍👧e\u0301ש\u05bcا中。！"
TEXTS = st.text(st.sampled_from(ALPHABET), max_size=80)


def words(text: str, offset: int) -> list[str]:
    return [text[a:b] for a, b in growing(text, offset)]


@given(TEXTS, st.integers(0, 80))
def test_units_grow_and_lie_in_the_text(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    units = growing(text, offset)
    for start, end in units:
        assert 0 <= start < end <= len(text)
    for inner, outer in pairwise(units):
        assert outer[0] <= inner[0] <= inner[1] <= outer[1]
        assert inner != outer


@given(TEXTS, st.integers(0, 80))
def test_a_phrase_lies_in_the_text(text: str, offset: int) -> None:
    found = phrase_at(text, min(offset, len(text)))
    assert found is None or 0 <= found[0] < found[1] <= len(text)


@given(TEXTS, st.sampled_from(TYPES))
def test_hints_lie_in_their_sentence_one_a_start_and_cut_no_character(
    text: str, type_name: str
) -> None:
    for sentence in sentences(text):
        found = hint_ranges(text, sentence, type_name, ())
        assert len(found) <= MOST_HINTS
        assert len({start for start, _ in found}) == len(found)
        for start, end in found:
            assert sentence[0] <= start < end <= sentence[1]
            inside = text[sentence[0] : sentence[1]]
            assert snap_to_grapheme(inside, end - sentence[0]) == end - sentence[0]


def test_v_grows_from_the_word_to_the_paragraph() -> None:
    text = "He spoke. On Monday, Anna Maria Schmidt said “we will march, all of us”. Then rain."
    assert words(text, text.index("Maria")) == [
        "Maria",
        "Anna Maria Schmidt",
        "Anna Maria Schmidt said “we will march",
        "On Monday, Anna Maria Schmidt said “we will march, all of us”.",
        text,
    ]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("Er sagte: „Wir gehen heute“ und ging.", "Wir gehen heute"),
        ("Il a dit «nous partons demain» hier.", "nous partons demain"),
        ("彼は「行きます」と言った。", "行きます"),
        ("She said “he told me ‘go home now’ twice” again.", "go home now"),
    ],
)
def test_quotations_of_all_languages_are_units(text: str, inner: str) -> None:
    found = words(text, text.index(inner) + 1)
    assert inner in found
    assert any(len(unit) == len(inner) + 2 and inner in unit for unit in found)


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("Ann met Aleksei Navalny’s wife.", "Navalny", "Aleksei Navalny"),
        ("The Russian authorities warned.", "authorities", "authorities"),
        ("The Russian authorities warned.", "Russian", "Russian authorities"),
        ("Around 2,500 people came.", "2,500", "Around 2,500"),
        ("They waited five months.", "months", "five months"),
        ("It cost $3.5 million.", "3.5", "3.5 million"),
        ("Between 50–60 % came", "50", "50–60 %"),
        ("nothing special", "special", "special"),
    ],
)
def test_phrases(text: str, at: str, expected: str) -> None:
    found = phrase_at(text, text.index(at) + 1)
    assert found is not None
    assert text[slice(*found)] == expected


def test_where_nothing_stands_there_is_no_phrase() -> None:
    assert phrase_at("", 0) is None
    assert phrase_at("— — —", 2) is None
    assert growing("", 0) == ()


def test_what_is_marked_already_comes_last() -> None:
    text = "Ann met Bob."
    first = hint_ranges(text, (0, len(text)), "actor", ())
    assert [text[slice(*r)] for r in first[:2]] == ["Ann", "Bob"]
    later = hint_ranges(text, (0, len(text)), "actor", [(0, 3)])
    assert [text[slice(*r)] for r in later][:1] == ["Bob"]
    assert text[slice(*later[-1])] == "Ann"


def test_a_megabyte_without_a_stop_is_looked_at_only_nearby() -> None:
    text = "word " * 200_000
    units = growing(text, 500_002)
    assert text[slice(*units[0])] == "word"
    assert units[-1][1] - units[-1][0] <= 8_000


def test_the_expert_s_marks_are_mostly_among_the_hints(tmp_path: Path) -> None:
    """The first six sentences served to write the rules; the others are the measure."""
    with make_sample(tmp_path / "s.pressmark", annotator="Marta") as workspace:
        contents = workspace.contents(workspace.article_ids()[0])
    text, all_sentences = contents.article.text, sentences(contents.article.text)
    beyond = text.index("The protestors shouted")
    exact = {True: 0, False: 0}
    started = {True: 0, False: 0}
    for mark in contents.annotations:
        first = mark.fragments[0]
        sentence = next(s for s in all_sentences if s[0] <= first.start < s[1])
        hints = hint_ranges(text, sentence, mark.type, ())[:26]
        exact[first.start < beyond] += (first.start, first.end) in hints
        started[first.start < beyond] += any(start == first.start for start, _ in hints)
    assert (exact[True], started[True]) == (39, 39)
    assert (exact[False], started[False]) == (69, 78)
