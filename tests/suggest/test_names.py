"""Known words in a text: whole words, longest first, with the reason."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.registry import Record
from app.suggest.context import Context
from app.suggest.forms import KnownForms, Use
from app.suggest.names import NAME
from app.suggest.registry import SUGGESTERS, propose
from app.workspace.sample import make_sample, press_codebook

CODEBOOK = press_codebook()


def context(text: str, uses: list[Use], *records: Record) -> Context:
    known = KnownForms()
    for number, use in enumerate(uses):
        known.put_article(str(number), [use])
    for record in records:
        known.put_record(record)
    return Context(article="a", text=text, codebook=CODEBOOK, forms=known)


def actor(name: str, *aliases: str, key: str = "r") -> Record:
    return Record(id=key, kind="actor", name=name, aliases=aliases)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Schmidt’s men met Anna.", ["Anna Schmidt", "Anna"]),
        ("Anna\nSchmidt", ["Anna"]),
        ("Anna Meier came.", []),
        ("anti-Anna, Annas, anna", []),
        ("ANNA SCHMIDT HELD", ["ANNA SCHMIDT"]),
        ("Police came. The police and the Police.", ["Police", "police"]),
        ("", []),
    ],
)
def test_known_words(text: str, expected: list[str]) -> None:
    uses: list[Use] = [(w, "actor", None) for w in ("Anna", "Anna Schmidt", "police")]
    found = propose(context(text, uses), [NAME])
    assert [one.quote for one in found] == expected
    assert all(text[f.start : f.end] == f.text for one in found for f in one.fragments)


def test_the_type_that_is_meant_mostly_is_proposed_with_the_reason() -> None:
    event: Use = ("strike", "event", None)
    uses: list[Use] = [event, event, event, ("strike", "actor", None)]
    (one,) = propose(context("A strike.", uses), [NAME])
    assert (one.type, one.reason) == ("event", "seen as event 3 of 4 times")
    assert one.score == 0.6
    assert (one.suggester, one.record) == ("names", None)
    assert one.id == propose(context("A strike.", uses), [NAME])[0].id
    three = [*uses[2:], ("strike", "number", None), ("strike", "statement", None)]
    assert propose(context("A strike.", three), [NAME]) == ()


def test_names_of_the_registry_bring_their_record() -> None:
    (one,) = propose(context("The UK.", [], actor("United Kingdom", "UK", "people")), [NAME])
    assert (one.type, one.record, one.reason) == ("actor", "r", "a name of United Kingdom")
    (one,) = propose(context("Some people.", [], actor("United Kingdom", "people")), [NAME])
    assert one.record is None
    both = actor("Anna Meier", "Anna", key="r"), actor("Anna Schmidt", "Anna", key="s")
    (one,) = propose(context("With Anna.", [], *both), [NAME])
    assert (one.record, one.reason) == (None, "a name of 2 records")
    seen: list[Use] = [("Anna", "actor", "s")]
    (one,) = propose(context("With Anna.", seen, *both), [NAME])
    assert (one.record, one.reason) == ("s", "a name of 2 records, seen as actor once")


def test_what_the_codebook_does_not_know_is_not_proposed() -> None:
    odd = Record(id="p", kind="place", name="Rome")
    assert propose(context("Rome burns.", [("burns", "fire", None)], odd), [NAME]) == ()


def test_only_chosen_suggesters_propose() -> None:
    known = context("Anna", [("Anna", "actor", None)])
    assert propose(known, []) == ()
    assert len(propose(known, [SUGGESTERS[0].name])) == 1


@given(st.text(st.sampled_from("aAb .\n'’s-😀e\u0301中"), max_size=40))
def test_proposals_lie_in_the_text_in_order(text: str) -> None:
    known = context(text, [("a", "actor", None), ("A b", "event", None), ("b a b", "actor", None)])
    end = 0
    for one in propose(known, [NAME]):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.quote
        end = one.end


def test_the_first_six_sentences_of_the_sample_teach_the_rest(tmp_path: Path) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="Marta") as workspace:
        contents = workspace.contents(workspace.article_ids()[0])
    text = contents.article.text
    beyond = text.index("The protestors shouted")
    known = KnownForms()
    known.put_article(
        "a",
        (
            (mark.quote, mark.type, mark.record)
            for mark in contents.annotations
            if mark.start < beyond and len(mark.fragments) == 1
        ),
    )
    marked = {(mark.type, mark.start, mark.end) for mark in contents.annotations}

    def measured() -> tuple[int, int]:
        found = propose(Context(article="a", text=text, codebook=CODEBOOK, forms=known), [NAME])
        later = [(one.type, one.start, one.end) for one in found if one.start >= beyond]
        return len(later), sum(place in marked for place in later)

    assert measured() == (15, 15)
    for record in contents.records:
        known.put_record(record)
    assert measured() == (42, 37)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Навальный вышел. Судили Алексея Навального.", ["Навальный", "Алексея Навального"]),
        (
            "Nawalny blieb, und Nawalnys neuer Plan auch. NAVALNY.",
            ["Nawalny", "Nawalnys", "NAVALNY"],
        ),
        ("О Навальном говорили с Путиным.", ["Навальном", "Путиным"]),
        ("Jose Munoz met Inigo.", ["Jose Munoz"]),
        ("navalny, навальный, Navalnia-Park, Navaro, Putney", []),
        ("Alexej Petrow, Julia Navalnyj, Alexej Navalnyj", ["Alexej Navalnyj"]),
    ],
)
def test_a_name_is_known_in_other_scripts_cases_and_without_accents(
    text: str, expected: list[str]
) -> None:
    uses: list[Use] = [
        (name, "actor", None) for name in ("Aleksei Navalny", "Navalny", "Putin", "José Muñoz")
    ]
    found = propose(context(text, uses), [NAME])
    assert [one.quote for one in found] == expected
    assert all(text[f.start : f.end] == f.text for one in found for f in one.fragments)


def test_a_name_written_otherwise_says_so_and_is_less_sure() -> None:
    navalny = actor("Navalny")
    (same,) = propose(context("With Navalny.", [], navalny), [NAME])
    (other,) = propose(context("С Навальным.", [], navalny), [NAME])
    assert (other.record, other.reason) == ("r", "a name of Navalny, as “Navalny”")
    assert other.score == round(0.8 * same.score, 3)
