"""Words that name a day: the scheme's own test set, five languages, and what is no date."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.day_words import day_words, evidence_of, in_sentence, read_day
from app.model.resources import resource
from app.workspace.sample import press_codebook

SATURDAY = "2021-01-23"


def found(text: str, published: str = SATURDAY) -> list[tuple[str, str, str]]:
    return [
        (text[one.start : one.end], one.value, one.resolves) for one in day_words(text, published)
    ]


def test_the_sample_comes_to_its_days_and_nothing_else() -> None:
    """DOMAIN.md A.7 names these four, and that five months and Immediately after are none."""
    text = next(Path(resource("sample")).glob("*.txt")).read_text("utf-8")
    assert found(text) == [
        ("today", "2021-01-23", "deictic"),
        ("Today’s", "2021-01-23", "deictic"),
        ("Monday", "2021-01-25", "weekday_next"),
        ("On Friday", "2021-01-22", "weekday_last"),
    ]


@pytest.mark.parametrize(
    ("text", "words", "value", "resolves"),
    [
        ("It ended on 5 March 2020.", "on 5 March 2020", "2020-03-05", "explicit"),
        ("It ended March 5, 2020.", "March 5, 2020", "2020-03-05", "explicit"),
        ("Am 5. März 2020 war es.", "Am 5. März 2020", "2020-03-05", "explicit"),
        ("le 12 janvier", "le 12 janvier", "2021-01-12", "explicit"),
        ("el 24 de diciembre", "el 24 de diciembre", "2020-12-24", "explicit"),
        ("23 января 2020 года", "23 января 2020 года", "2020-01-23", "explicit"),
        ("on 2020-05-01", "on 2020-05-01", "2020-05-01", "explicit"),
        ("In May 2019 it began", "In May 2019", "2019-05", "explicit"),
        ("Sie kamen gestern.", "gestern", "2021-01-22", "deictic"),
        ("Nous partons demain.", "demain", "2021-01-24", "deictic"),
        ("Il l'a dit aujourd’hui.", "aujourd’hui", "2021-01-23", "deictic"),
        ("Вчера они пришли.", "Вчера", "2021-01-22", "deictic"),
        ("Es geschah am Freitag.", "am Freitag", "2021-01-22", "weekday_last"),
        ("They marched on Saturday.", "on Saturday", "2021-01-16", "weekday_last"),
        ("They marched on Saturday morning.", "on Saturday", "2021-01-23", "weekday_last"),
        ("Sie kamen am Samstagabend.", "am Samstagabend", "2021-01-23", "weekday_last"),
        ("в субботу утром", "в субботу", "2021-01-23", "weekday_last"),
        ("They will march on Saturday.", "on Saturday", "2021-01-30", "weekday_next"),
        ("Die Wahl ist für nächsten Montag.", "nächsten Montag", "2021-01-25", "weekday_next"),
        ("El lunes pasado marcharon.", "El lunes pasado", "2021-01-18", "weekday_last"),
        ("letzte Woche", "letzte Woche", "2021-01-11", "week_last"),
        ("la semaine dernière", "la semaine dernière", "2021-01-11", "week_last"),
        ("на прошлой неделе", "на прошлой неделе", "2021-01-11", "week_last"),
        ("next year", "next year", "2022", "week_next"),
        ("last month", "last month", "2020-12", "week_last"),
    ],
)
def test_expressions(text: str, words: str, value: str, resolves: str) -> None:
    assert found(text) == [(words, value, resolves)]


@pytest.mark.parametrize(
    "text",
    [
        "He spent five months and 3 weeks in May’s house.",
        "It may 3 times be so.",
        "31 February 2021 and 2021-02-30",
        "the Sunday Times",
        "Esta mañana, por la mañana",
        "Room 2021, page 5, March!",
        "Mondays",
        "",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


def test_without_the_articles_day_only_what_is_written_out_has_one() -> None:
    assert found("today and on Friday and on 5 March 2020", "") == [
        ("today", "", "deictic"),
        ("on Friday", "", "weekday_last"),
        ("on 5 March 2020", "2020-03-05", "explicit"),
    ]
    assert found("today", "January 2021") == [("today", "", "deictic")]


@given(st.dates(min_value=date(1990, 1, 8), max_value=date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_within_a_week_on_its_side(anchor: date, weekday: int) -> None:
    name = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[weekday]
    (last,) = day_words(f"They came on {name}.", anchor.isoformat())
    (coming,) = day_words(f"They will come on {name}.", anchor.isoformat())
    for one, low, high in ((last, -7, -1), (coming, 1, 7)):
        day = date.fromisoformat(one.value)
        assert day.weekday() == weekday
        assert timedelta(low) <= day - anchor <= timedelta(high)


@given(st.text(max_size=80), st.sampled_from(["", SATURDAY, "x"]))
def test_offsets_are_code_points_of_any_text(text: str, published: str) -> None:
    mixed = f"{text} today 😀 {text} on Friday"
    last = 0
    for one in day_words(mixed, published):
        assert last <= one.start < one.end <= len(mixed)
        last = one.end


def test_words_are_read_in_their_sentence() -> None:
    text = "It rained. The vote is scheduled for Monday, they said. On Friday it began."
    start = text.index("Monday")
    one = read_day(text, start, start + 6, SATURDAY)
    assert one is not None
    assert (one.value, text[one.start : one.end]) == ("2021-01-25", "Monday")
    assert read_day(text, 0, 9, SATURDAY) is None
    assert read_day(text, 0, len(text), SATURDAY) is None  # two of them


def test_the_nearest_in_the_sentence_is_an_events() -> None:
    text = "On Friday they met. Today they marched, on Monday they rest."
    every = day_words(text, SATURDAY)
    start = text.index("marched")
    one = in_sentence(every, text, start, start + 7)
    assert one is not None
    assert text[one.start : one.end] == "on Monday"
    assert in_sentence(every, text, 0, 0) == every[0]
    assert in_sentence((), text, 0, 0) is None


def test_evidence_takes_what_its_field_knows() -> None:
    event = press_codebook().type("event")
    assert event is not None
    field = event.evidence_field("time")
    assert field is not None
    text = "They came on Friday."
    (one,) = day_words(text, SATURDAY)
    made = evidence_of(field, text, one)
    assert made.value == "2021-01-22"
    assert made.attributes == {"resolves": "weekday_last", "precision": "day"}
    assert [part.text for part in made.fragments] == ["on Friday"]
