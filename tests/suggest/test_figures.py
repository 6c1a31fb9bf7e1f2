"""What the words of a number say, in five languages; nothing is invented."""

import pytest

from app.suggest.figures import Figures, read

EXACT: list[tuple[str, float]] = [
    ("945", 945),
    ("1,200", 1200),
    ("1.200", 1200),
    ("2\u00a0500", 2500),
    ("2 500 000", 2_500_000),
    ("1’200", 1200),
    ("2.5 million", 2_500_000),
    ("3,7 Millionen", 3_700_000),
    ("twenty-one", 21),
    ("two hundred and fifty", 250),
    ("a hundred", 100),
    ("a dozen", 12),
    ("twelve thousand", 12_000),
    ("15 тысяч", 15_000),
    ("zwölf", 12),
    ("quinze", 15),
    ("двое", 2),
    ("14", 14),
    ("0", 0),
]


@pytest.mark.parametrize(("words", "value"), EXACT)
def test_exact_figures(words: str, value: float) -> None:
    assert read(words) == {"modifier": "exact", "value": value, "low": value, "high": value}


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("Around 2500", {"modifier": "approximately", "value": 2500}),
        ("About 1,200", {"modifier": "approximately", "value": 1200}),
        ("более чем 40", {"modifier": "more_than", "value": 40, "low": 41}),
        ("une dizaine", {"modifier": "approximately", "value": 10}),
        ("un centenar", {"modifier": "approximately", "value": 100}),
        ("rund 300", {"modifier": "approximately", "value": 300}),
        ("environ 2 000", {"modifier": "approximately", "value": 2000}),
        ("около 500", {"modifier": "approximately", "value": 500}),
        ("more than 40", {"modifier": "more_than", "value": 40, "low": 41}),
        ("más de mil", {"modifier": "more_than", "value": 1000, "low": 1001}),
        ("at least 3", {"modifier": "at_least", "value": 3, "low": 3}),
        ("up to 500", {"modifier": "at_most", "value": 500, "high": 500}),
        ("fewer than 20", {"modifier": "less_than", "value": 20, "high": 19}),
        ("between 200 and 300", {"modifier": "between", "low": 200, "high": 300}),
        ("200–300", {"modifier": "between", "low": 200, "high": 300}),
        ("two to three thousand", {"modifier": "between", "low": 2000, "high": 3000}),
        ("zwischen 20 und 30", {"modifier": "between", "low": 20, "high": 30}),
        ("Thousands", {"modifier": "vague", "vague_term": "thousands"}),
        ("tens of thousands", {"modifier": "vague", "vague_term": "tens of thousands"}),
        ("several hundreds", {"modifier": "vague", "vague_term": "hundreds"}),
        ("Hunderte", {"modifier": "vague", "vague_term": "hunderte"}),
        ("several", {"modifier": "vague", "vague_term": "several"}),
    ],
)
def test_precision_and_bounds(words: str, figures: Figures) -> None:
    assert read(words) == figures


@pytest.mark.parametrize(
    ("words", "kind", "unit", "value"),
    [
        ("five months", "duration", "month", 5),
        ("drei Jahre", "duration", "year", 3),
        ("30 per cent", "percent", "percent", 30),
        ("12.5%", "percent", "percent", 12.5),
        ("€2.5 million", "money", "EUR", 2_500_000),
        ("300 dollars", "money", "USD", 300),
    ],
)
def test_kinds_and_units(words: str, kind: str, unit: str, value: float) -> None:
    found = read(words)
    assert (found["kind"], found["unit"], found["value"]) == (kind, unit, value)


def test_durations_in_iso_8601() -> None:
    assert read("five months")["iso8601"] == "P5M"
    assert read("24 hours")["iso8601"] == "PT24H"
    assert "iso8601" not in read("about five months")


@pytest.mark.parametrize(
    "words", ["", "people", "Covid-19 cases", "the police", "😀", "1.2.3.", "x1"]
)
def test_other_words_say_nothing(words: str) -> None:
    assert read(words) == {}


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [
        ("about 500 miles", "mile", 500),
        ("800 km", "kilometre", 800),
        ("1,200 tonnes", "tonne", 1_200),
        ("30 Hektar", "hectare", 30),
        ("15 километров", "kilometre", 15),
    ],
)
def test_measures(words: str, unit: str, value: float) -> None:
    found = read(words)
    assert (found["kind"], found["unit"], found["value"]) == ("other", unit, value)


@pytest.mark.parametrize("words", ["millions", "Millionen", "several thousand"])
def test_many_without_a_figure_have_no_value(words: str) -> None:
    assert read(words)["modifier"] == "vague"
    assert "value" not in read(words)
