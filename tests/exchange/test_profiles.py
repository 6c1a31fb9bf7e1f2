"""Figures for vague numbers as the field takes them, and days for words."""

import json
from datetime import date

import pytest

from app.exchange.dataset import Bundle
from app.exchange.profiles import PROFILES, Profile, day_of, figure, resolving
from app.model.annotation import Evidence, fragments_of
from app.model.resources import resource
from tests.projects import article, mark

BASE = date(2021, 1, 23)


def test_the_sample_gets_the_figures_of_its_reference(bundle: Bundle) -> None:
    gold = json.loads(resource("sample/annotation.json").read_text("utf-8"))
    expected = {one["text"]: one for one in gold["expected"]["number_profiles"]}
    profiles: tuple[Profile, ...] = ("acled", "countlove", "ccc")
    for profile in profiles:
        found = {
            item.quote: item.attributes.get("resolved_value")
            for item in resolving(profile, dates=False)(bundle).annotations
            if item.type == "number"
        }
        assert found == {words: one[profile] for words, one in expected.items()}
    plain = resolving("text", dates=False)(bundle)
    assert plain == bundle


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("tens", (None, 10, None, None)),
        ("a dozen", (None, None, 10, None)),
        ("dozens", (None, 12, 20, None)),
        ("Hundreds", (None, 100, 100, 200)),
        ("tens of  thousands", (None, 10_000, 10_000, 20_000)),
        ("several", (None, None, None, None)),
    ],
)
def test_words(words: str, figures: tuple[int | None, ...]) -> None:
    assert tuple(figure({"vague_term": words}, one) for one in PROFILES) == figures


def test_a_bound_stands_before_a_word() -> None:
    assert figure({"low": 41, "modifier": "more_than"}, "acled") == 40
    assert figure({"low": 30}, "acled") == 30
    assert figure({"high": 9, "vague_term": "dozens"}, "ccc") == 9


@pytest.mark.parametrize(
    ("words", "sentence", "expected"),
    [
        ("today", "gathered today", "2021-01-23"),
        ("Today's", "Today's protest", "2021-01-23"),
        ("for Monday", "a meeting scheduled for Monday", "2021-01-25"),
        ("On Friday", "On Friday he called", "2021-01-22"),
        ("last Saturday", "it will follow what began last Saturday", "2021-01-16"),
        ("yesterday", "", "2021-01-22"),
        ("on 2021-02-30", "", None),
        ("2021-02-03", "", "2021-02-03"),
        ("five months", "he spent five months", None),
        ("Immediately after being arrested", "", None),
    ],
)
def test_days(words: str, sentence: str, expected: str | None) -> None:
    """DOMAIN's test set from the sample article, which is of Saturday 2021-01-23."""
    found = day_of(words, sentence, BASE)
    assert (found.isoformat() if found else None) == expected


def test_a_day_is_worked_out_only_where_nobody_entered_one() -> None:
    text = article("They met on Monday. It rained.", published="2021-01-23")
    words = Evidence(attribute="time", fragments=fragments_of(text.text, [(9, 18)]))
    known = Evidence(attribute="time", fragments=words.fragments, value="2021-01-18")
    marks = (mark(text, 5, 8, evidence=(words,)), mark(text, 5, 8, evidence=(known,)))
    made = resolving("text", dates=True)(Bundle(article=text, annotations=marks))
    assert [a.attributes for a in made.annotations] == [{"resolved_date": "2021-01-18"}, {}]
    undated = Bundle(article=article(text.text), annotations=marks)
    assert resolving("text", dates=True)(undated) == undated
