# ruff: noqa: E501 - sentences of other languages in one piece
"""Numbers in running text: where they begin and end, and what looks like one and is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.suggest import figures
from app.suggest.counted import counted
from app.suggest.numbers import found


def spans(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in found(text, language)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("On Monday about 3,000 people met.", ["about 3,000"]),
        ("Between 20 and 30 officers; 200-300 protesters.", ["Between 20 and 30", "200-300"]),
        (
            "$2.5 million, €300m, 40 per cent, 12.5%.",
            ["$2.5 million", "€300m", "40 per cent", "12.5%"],
        ),
        ("Several hundred people, a few dozen.", ["Several hundred", "a few dozen"]),
        (
            "tens of thousands, hundreds of thousands",
            ["tens of thousands", "hundreds of thousands"],
        ),
        ("two to three thousand workers", ["two to three thousand"]),
        ("nearly two hundred and fifty", ["nearly two hundred and fifty"]),
        ("as many as 15,000 and at least five people", ["as many as 15,000", "at least five"]),
        ("half a million, a dozen", ["half a million", "a dozen"]),
        ("They arrested 12 in 10 days.", ["12", "10 days"]),
        ("a 5-month sentence", ["5-month"]),
        ("In 1991 there were 2,021 strikers.", ["2,021"]),
    ],
)
def test_numbers_with_what_belongs_to_them(text: str, wanted: list[str]) -> None:
    assert spans(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "On 23 January 2021 at 10:30 a.m. they met.",
        "Covid-19, G-20 and MH17.",
        "No. 5 on page 7 of section 3",
        "Anna Smith, 42, said so.",
        "a 12-year-old boy, aged 34",
        "Call +49 30 1234567.",
        "One of them said no one knew.",
        "the 21st century, first and second",
        "in 1991 and since 2003",
        "Once more, over and under.",
        "Two-thirds agreed, one in five did not; they won 3-1. Tel. 555-0199",
        "ein 25-jähriger, 25-летний, el artículo 155",
    ],
)
def test_what_looks_like_a_number_and_is_none(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("de", "Rund 2.500 Menschen, mehr als zweitausend, Hunderte, zwischen 20 und 30, 3,7 Millionen Euro, am 23. Januar 2021 um 14.30 Uhr, fünf Monate", ["Rund 2.500", "mehr als zweitausend", "Hunderte", "zwischen 20 und 30", "3,7 Millionen Euro", "fünf Monate"]),
        ("fr", "Environ 2 000 personnes, des milliers, quatre-vingts policiers, le 23 janvier 2021, 30 %, entre 20 et 30", ["Environ 2 000", "milliers", "quatre-vingts", "30 %", "entre 20 et 30"]),
        ("es", "Más de mil personas, unos 300 detenidos, decenas de miles, el 23 de enero de 2021, doscientos cincuenta", ["Más de mil", "unos 300", "decenas de miles", "doscientos cincuenta"]),
        ("ru", "Более двух тысяч человек, около 500 задержанных, сотни людей, 23 января 2021 года, от 20 до 30", ["Более двух тысяч", "около 500", "сотни", "от 20 до 30"]),
    ],
)  # fmt: skip
def test_other_languages(language: str, text: str, wanted: list[str]) -> None:
    assert spans(text, language) == wanted


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("zweitausendfünfhundert", 2500),
        ("fünfundzwanzig", 25),
        ("quatre-vingt-dix-neuf", 99),
        ("soixante-dix", 70),
        ("doscientos cincuenta", 250),
        ("двести пятьдесят", 250),
        ("half a million", 500_000),
    ],
)
def test_number_words_of_several_languages(words: str, value: int) -> None:
    assert figures.read(words)["value"] == value


@pytest.mark.parametrize(
    ("text", "number", "wanted"),
    [
        ("Around 2500 people were arrested.", "Around 2500", {"quantity_of": "arrested", "unit": "person"}),
        ("40 police officers were injured", "40", {"quantity_of": "injured", "side": "police"}),
        ("They killed 12 civilians.", "12", {"quantity_of": "killed", "side": "civilians"}),
        ("He was sentenced to five months.", "five months", {"quantity_of": "sentence"}),
        ("3,000 protesters gathered", "3,000", {"side": "protesters", "unit": "person"}),
        ("30% were killed", "30%", {}),
    ],
)  # fmt: skip
def test_what_is_counted(text: str, number: str, wanted: dict[str, str]) -> None:
    start = text.index(number)
    said = figures.read(number)
    got = counted(text, start, start + len(number), said)
    assert {name: got.get(name) for name in wanted} == wanted
    assert bool(got) == bool(wanted)


@given(st.text(alphabet="0123456789,.-–$€% abtwohundred\n’'", max_size=60))
def test_ranges_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for start, stop in found(text):
        assert end <= start < stop <= len(text)
        assert text[start:stop].strip() == text[start:stop]
        end = stop
