"""Coefficients, against published values and what other libraries say."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agreement.coefficients import alpha, f1, interval, kappa, nominal

COHEN_1960 = {("a", "a"): 88, ("a", "b"): 14, ("a", "c"): 18, ("b", "a"): 10, ("b", "b"): 40}
COHEN_1960 |= {("b", "c"): 10, ("c", "a"): 2, ("c", "b"): 6, ("c", "c"): 12}


@pytest.fixture
def published(shared_data: Path) -> dict[str, Any]:
    return dict(json.loads((shared_data / "08_agreement" / "EXPECTED.json").read_text()))


def patterns(path: Path) -> Counter[tuple[float, ...]]:
    """Return the values that the raters in a table gave each unit, gaps left out."""
    with path.open() as file:
        rows = list(csv.reader(file))[1:]
    return Counter(tuple(float(value) for value in row[1:] if value) for row in rows)


def test_cohen_1960_page_45() -> None:
    assert kappa(COHEN_1960) == pytest.approx(0.4915, abs=5e-5)


def test_kappa_of_a_table_in_the_shared_data(shared_data: Path, published: dict[str, Any]) -> None:
    name = "irrCAC/cont3x3abstractors.csv"
    with (shared_data / "08_agreement" / name).open() as file:
        head, *rows = list(csv.reader(file))
    decisions = {
        (row[0], category): int(count)
        for row in rows
        for category, count in zip(head[1:], row[1:], strict=True)
    }
    assert kappa(decisions) == pytest.approx(published[name]["cohen_kappa"], abs=5e-6)


@pytest.mark.parametrize("name", ["irrCAC/cac.raw4raters.csv", "irrCAC/cac.raw5obser.csv"])
def test_alpha_of_tables_with_gaps(name: str, shared_data: Path, published: dict[str, Any]) -> None:
    found = patterns(shared_data / "08_agreement" / name)
    expected = published[name]
    assert alpha(found, nominal) == pytest.approx(expected["krippendorff_alpha_nominal"], abs=6e-6)
    assert alpha(found, interval) == pytest.approx(
        expected["krippendorff_alpha_interval"], abs=6e-6
    )


def test_alpha_of_the_example_that_everybody_uses(published: dict[str, Any]) -> None:
    example = published["krippendorff_wikipedia"]
    columns = zip(*(row.split() for row in example["data"]), strict=True)
    found = Counter(tuple(float(v) for v in column if v != "*") for column in columns)
    assert alpha(found, nominal) == pytest.approx(example["alpha_nominal"], abs=6e-6)
    assert alpha(found, interval) == pytest.approx(example["alpha_interval"], abs=6e-6)


@pytest.mark.parametrize(("other", "expected"), [("kappatest", 1.0), ("kappaspandiff", 0.86153)])
def test_kappa_of_parts_of_speech_as_inception_computes_it(
    other: str, expected: float, shared_data: Path
) -> None:
    tags = [
        [
            line.split("\t")[2]
            for line in (shared_data / "08_agreement" / "inception_agreement" / f"{name}.tsv")
            .read_text()
            .splitlines()
            if line[:1].isdigit()
        ]
        for name in ("kappatest", other)
    ]
    assert kappa(Counter(zip(*tags, strict=True))) == pytest.approx(expected, abs=1e-5)


def test_what_is_not_defined_is_none() -> None:
    assert kappa({}) is None
    assert kappa({("in", "in"): 7}) is None
    assert f1(0, 0, 0) is None
    assert alpha({}, nominal) is None
    assert alpha({(1.0,): 3, (): 2}, interval) is None
    assert alpha({("x", "x"): 9}, nominal) is None


tables = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), st.integers(1, 40), max_size=9
)


@given(tables)
def test_kappa_is_symmetric_bounded_and_one_for_the_same(table: dict[tuple[str, str], int]) -> None:
    found = kappa(table)
    assert found == kappa({(b, a): count for (a, b), count in table.items()})
    if found is not None:
        assert -1 <= found <= 1
    alike = kappa({(a, b): count for (a, b), count in table.items() if a == b})
    assert alike is None or alike == 1


@given(tables)
def test_kappa_is_what_scikit_learn_says(table: dict[tuple[str, str], int]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    found = kappa(table)
    if found is None:
        return
    firsts, seconds = zip(*Counter(table).elements(), strict=True)
    assert found == pytest.approx(metrics.cohen_kappa_score(firsts, seconds))


@given(
    st.dictionaries(
        st.lists(st.sampled_from([1.0, 2.0, 5.0]), max_size=4).map(tuple), st.integers(1, 9)
    )
)
def test_alpha_does_not_mind_who_gave_a_value(table: dict[tuple[float, ...], int]) -> None:
    swapped: Counter[tuple[float, ...]] = Counter()
    for pattern, count in table.items():
        swapped[pattern[::-1]] += count
    for apart in (nominal, interval):
        found = alpha(table, apart)
        assert found == (None if found is None else pytest.approx(alpha(swapped, apart)))
        assert found is None or found <= 1
