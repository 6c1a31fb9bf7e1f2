"""Which entries are likely the same, in whatever script they are written."""

import pytest

from app.model.entries import (
    DIFFERENT,
    MERGED,
    ids_of,
    joined,
    parted,
    problem_over_time,
    resolved,
    with_ids,
)
from app.model.registry import Record
from app.model.sameness import likely_same, sounds


def entry(name: str, **known: object) -> Record:
    return Record(id=name, kind="actor", name=name, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "several",
    [
        ("Навальный", "Navalny", "Nawalny", "Navalnyj", "Navalniy"),
        ("Зеленский", "Zelensky", "Selenskyj", "Zelenskyy"),
        ("Ахмат Кадыров", "Akhmat Kadyrov", "Achmat Kadyrow"),
    ],
)
def test_a_name_is_found_in_every_spelling(several: tuple[str, ...]) -> None:
    found = likely_same([entry(name) for name in several], {})
    linked = {pair.one.name for pair in found} | {pair.other.name for pair in found}
    assert linked == set(several)
    first = next(p for p in found if several[0] in (p.one.name, p.other.name))
    assert first.score >= 0.82


def test_a_short_form_and_a_common_article_count_and_other_people_do_not() -> None:
    alexei, last = entry("Alexei Navalny"), entry("Navalny")
    others = [entry("Vladimir Putin"), entry("Angela Merkel"), entry("Alexei Kudrin")]
    apart = likely_same([alexei, last, *others], {})
    assert [{p.one.name, p.other.name} for p in apart] == [{"Alexei Navalny", "Navalny"}]
    both = likely_same([alexei, last, *others], {alexei.id: {"x"}, last.id: {"x", "y"}})
    assert both[0].score > apart[0].score
    assert both[0].reason.endswith("both stand in 1 article")


def test_what_says_otherwise_or_was_decided_is_not_proposed() -> None:
    one, other = entry("Navalny"), entry("Nawalny")
    assert likely_same([one, other], {})
    assert not likely_same([with_ids(one, DIFFERENT, other.id), other], {})
    person = entry("Navalny", attributes={"kind": "person"})
    group = entry("Nawalny", attributes={"kind": "organization"})
    assert not likely_same([person, group], {})
    assert not likely_same([entry("Navalny", external={"wikidata": "Q1"}),
                            entry("Nawalny", external={"wikidata": "Q2"})], {})  # fmt: skip


def event(name: str, day: str, country: str = "RUS", kind: str = "PROTEST") -> Record:
    held = {"date_start": day, "country": country, "plover_type": kind}
    return Record(id=name, kind="event", name=name, attributes=held)


def test_events_of_different_articles_a_day_apart_are_proposed() -> None:
    several = [
        event("rally", "2021-01-23"),
        event("march", "2021-01-24"),
        event("vigil", "2021-01-26"),
        event("strike", "2021-01-23", country="USA"),
        event("riot", "2021-01-23", kind="ASSAULT"),
        event("sometime", "2021-01"),
    ]
    found = likely_same(several, {one.id: {one.id} for one in several})
    assert [{p.one.name, p.other.name} for p in found] == [{"rally", "march"}]
    assert found[0].reason == (
        "Events of one type in one country, a day apart, in different articles"
    )
    assert not likely_same(several, {one.id: {"the same"} for one in several})


def test_joining_loses_nothing_and_parting_gives_it_back() -> None:
    kept = entry("A", aliases=("Ann",), attributes={"country": "RUS", "s": ("x",)})
    gone = entry(
        "B",
        aliases=("Ben", "Ann"),
        attributes={"country": "USA", "sector": "GOV", "s": ("y",), "with": ("A", "C")},
        external={"wikidata": "Q1", MERGED: "old"},
    )
    whole = joined(kept, gone)
    assert whole.aliases == ("Ann", "B", "Ben")
    assert whole.attributes == {
        "country": "RUS", "sector": "GOV", "s": ("x", "y"), "with": ("C",),
    }  # fmt: skip
    assert whole.external["wikidata"] == "Q1"
    assert ids_of(whole, MERGED) == ("B", "old")
    assert resolved({"A": whole}, "old") is whole
    assert resolved({"A": whole}, "none") is None
    assert ids_of(parted(whole, gone), MERGED) == ()


def test_roles_over_time_are_intervals_with_words() -> None:
    assert problem_over_time("1999-12-31/2008-05 President\n../2012 Member of X\n") == ""
    assert "does not read like" in problem_over_time("President of Russia")
    assert "ends before" in problem_over_time("2012/2008 President")


def test_letters_of_every_script_end_as_the_same_sounds() -> None:
    assert sounds("Навальный") == sounds("Nawalny") or sounds("Навальный")[0][:5] == "naval"
    assert sounds("محمد") == sounds("محمد")
