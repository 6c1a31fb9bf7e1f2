"""Statements: quotations of all styles and reported speech, with verb, content and speaker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.suggest.statements import Found, found


def parts(text: str, one: Found) -> tuple[str, str, str]:
    whole = " … ".join(text[start:end] for start, end in one.ranges)
    content = " … ".join(text[start:end] for start, end in one.content)
    return whole, text[slice(*one.subject)], content


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "“We will not stop,” said Maria Lopez, a union leader.",
            [("“We will not stop,” said Maria Lopez", " Maria Lopez", "“We will not stop,”")],
        ),
        (
            "The mayor, John Smith, told reporters on Monday that the strike was illegal.",
            [
                (
                    "The mayor, John Smith, told reporters on Monday that the strike was illegal",
                    "The mayor, John Smith,",
                    "that the strike was illegal",
                )
            ],
        ),
        (
            "According to police, about 300 people marched.",
            [
                (
                    "According to police, about 300 people marched",
                    "police",
                    "about 300 people marched",
                )
            ],
        ),
        (
            "He said he would resign, but the opposition rejected the offer.",
            [
                ("He said he would resign", "He", "he would resign"),
                ("the opposition rejected the offer", "the opposition", "the offer"),
            ],
        ),
        (
            'Asked whether he would run, Biden said: "I don\'t know yet."',
            [('Biden said: "I don\'t know yet."', "Biden", '"I don\'t know yet."')],
        ),
        (
            "He also criticised the EU for its silence and urged members to act.",
            [
                ("He also criticised the EU for its silence", "He", "the EU for its silence"),
                ("urged members to act", "", "to act"),
            ],
        ),
        (
            "The crowd shouted “free Ann” and that Bob is a thief.",
            [
                ("The crowd shouted … that Bob is a thief", "The crowd", "that Bob is a thief"),
                ("The crowd shouted “free Ann”", "The crowd", "“free Ann”"),
            ],
        ),
        ("Workers are angry, the union said in a statement.", None),
        ("The so-called “peace plan” failed.", []),
        ("The court ordered his release.", []),
        ("The State Department met.", []),
        ("It is easier to feed people's fears.", []),
    ],
)
def test_english(text: str, wanted: list[tuple[str, str, str]] | None) -> None:
    got = [parts(text, one) for one in found(text)]
    if wanted is None:
        assert [content for _, _, content in got] == ["Workers are angry"]
    else:
        assert sorted(got) == sorted(wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("„Wir hören nicht auf“, sagte Anna Müller.", "Anna Müller"),
        ("Der Minister erklärte, dass die Proteste illegal seien.", "Der Minister"),
        ("« Nous continuerons », a déclaré Jean Dupont.", "Jean Dupont"),
        ("Le ministre a affirmé que la grève était illégale.", "Le ministre"),
        ("«No pararemos», dijo María López.", "María López"),
        ("«Мы не остановимся», — заявил Иван Петров.", "Иван Петров"),
        ("Полиция сообщила, что задержаны 300 человек.", "Полиция"),
        ("They met. The mayor, who was ill, insisted the march would go ahead.", "The mayor"),
        ("The mayor, who was ill, said that it was over.", "The mayor"),
        ("Die Polizei teilte mit, dass zwei Menschen verletzt wurden.", "Die Polizei"),
        ("Nach Angaben der Polizei kamen 300 Menschen.", "der Polizei"),
        ("300 Menschen kamen, wie die Polizei mitteilte.", ", wie die Polizei mitteilte"),
        ("D’après la mairie, 300 personnes ont défilé.", "la mairie"),
        ("De acuerdo con el sindicato, marcharon 300 maestros.", "el sindicato"),
        ("По данным полиции, пришли 300 человек.", "полиции"),
    ],
)
def test_other_languages_and_quotation_marks(text: str, wanted: str) -> None:
    (one,) = found(text)
    assert text[slice(*one.subject)].strip() == wanted
    assert one.cue is not None


def test_a_quotation_without_a_verb_needs_some_words() -> None:
    text = "They met.\n“Nobody asked us what we want.”\nThe “deal” is dead."
    (one,) = found(text)
    assert parts(text, one)[0] == "“Nobody asked us what we want.”"
    assert one.mode == "direct"


@given(st.text(alphabet='AnBo said that “”"«».,;: and\n', max_size=80))
def test_ranges_lie_in_the_text(text: str) -> None:
    for one in found(text):
        for start, end in (*one.ranges, *one.content):
            assert 0 <= start < end <= len(text)
        assert 0 <= one.subject[0] <= one.subject[1] <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "They were twice denied visas to enter the country.",
        "The men were never accused of anything.",
        "The president has drawn both praise for helping the girls and criticism.",
    ],
)
def test_what_was_done_to_somebody_is_not_said_by_them(text: str) -> None:
    assert list(found(text)) == []
