"""Alpha for unitizing, against Krippendorff's own example and by its properties."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agreement.unitizing import Continuum, Unit, alpha_u, distance, units_of

LENGTH = 300
"""Krippendorff 2004, page 254: positions 150 to 450."""

CATEGORY_C = ([(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)])
CATEGORY_K = ([(30, 90), (150, 200)], [(30, 90), (150, 200)])


def figures(layers: list[list[Unit]], length: int) -> tuple[float, float]:
    continuum = Continuum(len(layers))
    continuum.add(layers, length)
    apart = sum(distance(a, b) for a, b in combinations(layers, 2))
    return continuum.observed(apart), continuum.expected()


def test_krippendorff_2004_page_254() -> None:
    observed, expected = figures(list(CATEGORY_C), LENGTH)
    assert observed == pytest.approx(0.0144, abs=5e-5)
    assert expected == pytest.approx(0.0532, abs=5e-5)
    assert alpha_u(observed, expected) == pytest.approx(0.7286, abs=5e-5)
    same, chance = figures(list(CATEGORY_K), LENGTH)
    assert same == 0
    assert chance == pytest.approx(0.0490, abs=5e-5)
    assert alpha_u(observed + same, expected + chance) == pytest.approx(0.8591, abs=5e-4)


def test_one_unit_of_one_position_by_one_of_three_is_chance() -> None:
    assert alpha_u(*figures([[(4, 5)], [], []], 40)) == pytest.approx(0)


def test_nothing_at_all_is_not_defined() -> None:
    assert alpha_u(*figures([[], []], 40)) is None
    assert alpha_u(*figures([[], []], 0)) is None


def test_identical_continua_of_the_shared_data_are_one(shared_data: Path) -> None:
    folder = shared_data / "08_agreement" / "dkpro_statistics" / "pygamma"
    continuum = json.loads((folder / "fixture_03_identical_perfect.json").read_text())["continuum"]
    layers: dict[str, list[Unit]] = {}
    for one in continuum:
        layers.setdefault(one["annotator"], []).append((one["start"], one["end"]))
    assert alpha_u(*figures(list(layers.values()), 30)) == 1


def test_three_annotators_of_the_shared_data_differ(shared_data: Path) -> None:
    rows = (shared_data / "08_agreement" / "pygamma" / "AlexPaulSuzan.csv").read_text().split()
    sixes: dict[str, list[Unit]] = {"Alex": [], "Paul": [], "Suzan": []}
    for row in rows:
        name, label, start, end = row.split(",")
        if label == "6":
            sixes[name].append((int(start), int(end)))
    found = alpha_u(*figures(list(sixes.values()), 60))
    assert found is not None
    assert 0 < found < 1
    assert alpha_u(*figures([sixes["Alex"], sixes["Suzan"]], 60)) != found


def test_of_overlapping_units_the_earliest_then_longest_stays() -> None:
    kept, left_out = units_of([(5, 9), (0, 4), (0, 6), (6, 8), (7, 9), (20, 21)])
    assert (kept, left_out) == ([(0, 6), (6, 8), (20, 21)], 3)


units = st.lists(
    st.tuples(st.integers(0, 90), st.integers(1, 10)).map(lambda at: (at[0], at[0] + at[1])),
    max_size=8,
).map(lambda found: units_of(found)[0])


@given(units, units)
def test_is_symmetric_and_never_above_one(a: list[Unit], b: list[Unit]) -> None:
    found = alpha_u(*figures([a, b], 100))
    assert distance(a, b) == distance(b, a)
    other = alpha_u(*figures([b, a], 100))
    assert found == (None if other is None else pytest.approx(other))
    assert found is None or found <= 1
    assert (found == 1) == (a == b and bool(a)) or (found is None and not a and not b)


@given(units, units)
def test_distances_are_those_of_the_definition(a: list[Unit], b: list[Unit]) -> None:
    """Every pair of sections, units and gaps, as the book writes it down."""
    total = 0
    for start, end in a:
        for begin, stop in b:
            if start < stop and begin < end:
                total += (start - begin) ** 2 + (end - stop) ** 2
    for these, others in ((a, b), (b, a)):
        for start, end in these:
            for begin, stop in gaps(others):
                if begin <= start and end <= stop:
                    total += (end - start) ** 2
    assert distance(a, b) == total


@given(units, units)
def test_expectation_is_that_of_the_definition(a: list[Unit], b: list[Unit]) -> None:
    length, both = 100, a + b
    total = 0.0
    for start, end in both:
        size = end - start
        total += (len(both) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        for begin, stop in gaps(a) + gaps(b):
            if stop - begin >= size:
                total += size**2 * (stop - begin - size + 1)
    points = 2 * length
    arrangements = points * (points - 1) - sum((e - s) * (e - s - 1) for s, e in both)
    assert figures([a, b], length)[1] == pytest.approx(2 / length * total / arrangements)


def gaps(found: list[Unit]) -> list[Unit]:
    ends = [0, *(end for _, end in found)]
    starts = [*(start for start, _ in found), 100]
    return [gap for gap in zip(ends, starts, strict=True) if gap[0] < gap[1]]


@given(units, units, units, units)
def test_articles_end_to_end_are_one_continuum(
    a: list[Unit], b: list[Unit], more_a: list[Unit], more_b: list[Unit]
) -> None:
    pieces, whole = Continuum(2), Continuum(2)
    pieces.add((a, b), 100)
    pieces.add((more_a, more_b), 100)
    shifted = [[(s + 100, e + 100) for s, e in found] for found in (more_a, more_b)]
    whole.add((a + shifted[0], b + shifted[1]), 200)
    assert pieces.expected() == whole.expected()
