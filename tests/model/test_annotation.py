"""Fragments and spans."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.annotation import NOTHING, Annotation, Fragment, fragments_of, reading_order

TEXT = "0123456789"


def annotation(*ranges: tuple[int, int], name: str = "x") -> Annotation:
    return Annotation(
        id=name, article="a", layer="l", type="t", fragments=fragments_of(TEXT, ranges)
    )


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 10)), min_size=1, max_size=6))
def test_fragments_are_sorted_joined_and_quote_the_text(ranges: list[tuple[int, int]]) -> None:
    ranges = [(start, max(start + 1, end)) for start, end in ranges]
    found = fragments_of(TEXT, ranges)
    assert all(TEXT[start:end] == words for start, end, words in found)
    assert all(one.end < other.start for one, other in pairwise(found))
    covered = {n for start, end in ranges for n in range(start, end)}
    assert {n for start, end, _ in found for n in range(start, end)} == covered
    assert fragments_of(TEXT, [(f.start, f.end) for f in reversed(found)]) == found


@pytest.mark.parametrize("wrong", [(0, 0), (5, 4), (-1, 2), (9, 11), (10, 11)])
def test_ranges_without_text_are_refused(wrong: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no text stands at"):
        fragments_of(TEXT, [(1, 2), wrong])


def test_a_span_in_two_parts() -> None:
    it = annotation((6, 8), (1, 3))
    assert (it.start, it.end, it.length) == (1, 8, 4)
    assert it.quote == "12 … 67"
    assert [n for n in range(10) if it.covers(n)] == [1, 2, 6, 7]
    assert it.fragments[0] == Fragment(1, 3, "12")


def test_reading_order_is_by_start_then_longest_then_id() -> None:
    marks = [
        annotation((0, 2), name="b"),
        annotation((0, 5)),
        annotation((0, 2), name="a"),
        annotation((1, 2)),
    ]
    assert [(m.start, m.end, m.id) for m in sorted(marks, key=reading_order)] == [
        (0, 5, "x"), (0, 2, "a"), (0, 2, "b"), (1, 2, "x"),
    ]  # fmt: skip


def test_nothing_cannot_be_changed() -> None:
    assert annotation((0, 1)).attributes == NOTHING
    with pytest.raises(TypeError):
        NOTHING["x"] = 1  # type: ignore[index]
