"""Actors and events by rules alone: names, people, pronouns; words for what happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.suggest import actors, events
from app.suggest.language import language_of


def named(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end, _ in actors.found(text, language)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mayor John Smith of Leeds met Angela Merkel in Berlin.", ["John Smith", "Angela Merkel"]),
        ("A Bank of England spokesman.", ["Bank of England", "spokesman"]),
        ("President Macron's wife left.", ["Macron", "wife"]),
        (
            "Police in Leeds arrested three Greenpeace activists.",
            ["Police", "Greenpeace", "activists"],
        ),
        ("They condemned police brutality in Russia.", ["They"]),
        ("Russian authorities warned the Russians.", ["Russian authorities", "Russians"]),
        ("More than 40 police officers fell.", ["police officers"]),
        ("On Friday, Great Britain asked Russia.", ["Great Britain", "Russia"]),
        ("Covid-19 spread in May.", []),
        ("Several hundred came. Traffic was halted, and damage was done.", []),
    ],
)
def test_who_is_an_actor(text: str, wanted: list[str]) -> None:
    got = named(text)
    assert [one for one in got if one != "Leeds"] == wanted


def test_what_german_capitals_and_spanish_places_are_not() -> None:
    assert named("Dutzende Aktivisten störten den Ausbau der Autobahn.", "de") == ["Aktivisten"]
    assert named("Ana Ruiz habló con maestros en Bogotá.", "es") == ["Ana Ruiz", "maestros"]


def test_russian_and_german() -> None:
    assert named("Алексей Навальный заявил, что протестующие правы.", "ru") == [
        "Алексей Навальный",
        "протестующие",
    ]
    assert named("Die Demonstranten riefen Anna Müller.", "de") == ["Demonstranten", "Anna Müller"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They gathered to protest.", [("gathered", "PROTEST"), ("protest", "PROTEST")]),
        ("Police arrested ten.", [("arrested", "COERCE")]),
        ("the use of force", [("use of force", "ASSAULT")]),
        ("The ministry released a statement.", []),
        ("protest leaders came", []),
        ("Es gab Festnahmen.", [("Festnahmen", "COERCE")]),
        ("They blocked the A2 motorway and a bill.", [("blocked", "PROTEST")]),
        ("The senate blocked the bill.", []),
        ("Nurses walked out and two were hurt.", [("walked out", "PROTEST"), ("hurt", "ASSAULT")]),
        ("Двое получили травмы.", [("получили травмы", "ASSAULT")]),
        (
            "Es kam zu Ausschreitungen; einer starb.",
            [("Ausschreitungen", "PROTEST"), ("starb", "")],
        ),
        (
            "Ils ont défilé avant une garde à vue.",
            [("défilé", "PROTEST"), ("garde à vue", "COERCE")],
        ),
        ("Miles marcharon.", [("marcharon", "PROTEST")]),
        (
            "Полиция задержала его, был митинг.",
            [("задержала", "COERCE"), ("митинг", "PROTEST")],
        ),
    ],
)
def test_words_for_events(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(text[a:b], kind) for a, b, kind in events.found(text)] == wanted


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("They protested.", "protested", "actual"),
        ("They will protest tomorrow.", "protest", "future"),
        ("They did not protest.", "protest", "negated"),
        ("He called the people to protest.", "protest", "future"),
        ("He demanded a release.", "release", "hypothetical"),
        ("A meeting is scheduled for Monday.", "meeting", "future"),
    ],
)
def test_whether_it_happened(text: str, word: str, wanted: str) -> None:
    start = text.index(word)
    assert events.realis_of(text, start, start + len(word)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The people of the town said that it was over.", "en"),
        ("Die Polizei hat die Straße für den Verkehr gesperrt und ist nicht da.", "de"),
        ("Les manifestants sont dans la rue avec des drapeaux.", "fr"),
        ("Los manifestantes están en la calle con las banderas.", "es"),
        ("Environ 300 ont défilé samedi à Lyon, selon la CGT qui en a compté plus.", "fr"),
        ("Люди вышли на улицы и не ушли после этого.", "ru"),
        ("", "en"),
    ],
)
def test_language(text: str, wanted: str) -> None:
    assert language_of(text) == wanted
    assert language_of(text, "pt-BR") == "pt"


@given(st.text(alphabet="AbC de.’'\n-", max_size=60))
def test_actors_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for start, stop, _ in actors.found(text):
        assert end <= start < stop <= len(text)
        end = stop


def test_a_capital_alone_is_no_name_and_the_us_is_not_us() -> None:
    text = "В Москве прошёл митинг. И в Казани тоже."
    assert [text[a:b] for a, b, _ in actors.found(text, "ru")] == []
    text = "They told us that the US came. We left with the volunteers."
    wanted = ["They", "us", "US", "We", "volunteers"]
    assert [text[a:b] for a, b, _ in actors.found(text, "en")] == wanted
