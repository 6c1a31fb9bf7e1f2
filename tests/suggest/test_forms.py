"""Known words: what is put in and taken out again leaves nothing behind; who may stand for whom."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.model.entries import ARCHIVED
from app.model.registry import Record
from app.suggest.forms import KnownForms

USES = st.lists(
    st.tuples(
        st.sampled_from(["Anna", "anna", "the police", "", "—", "a " * 9]),
        st.sampled_from(["actor", "event"]),
        st.sampled_from([None, "r"]),
    ),
    max_size=6,
)


def record(*names: str) -> Record:
    return Record(id="r", kind="actor", name=names[0], aliases=names[1:])


@given(st.lists(st.tuples(st.sampled_from("abc"), USES), max_size=6))
def test_what_is_said_last_of_each_article_counts(
    said: list[tuple[str, list[tuple[str, str, str | None]]]],
) -> None:
    kept, afresh = KnownForms(), KnownForms()
    for article, uses in said:
        kept.put_article(article, uses)
    for article, uses in dict(said).items():
        afresh.put_article(article, uses)
    for words in ("Anna", "anna", "the police"):
        assert kept.find(words, begins=False) == afresh.find(words, begins=False)
    for article, _ in said:
        kept.put_article(article, ())
    assert len(kept) == 0


def test_records_come_and_go() -> None:
    known = KnownForms()
    known.put_record(record("Anna Schmidt", "Schmidt"))
    known.put_record(record("Anna Meier", "Meier"))
    assert known.find("Schmidt", begins=False) is None
    found = known.find("Meier", begins=False)
    assert found is not None
    assert found.named == {"r": ("actor", "Anna Meier")}
    assert (known.reach("anna"), known.reach("meier"), known.reach("x")) == (2, 1, 0)
    known.drop_record("r")
    known.drop_record("r")
    assert len(known) == 0


def test_capitals() -> None:
    known = KnownForms()
    known.put_article("a", [("Navalny", "actor", None), ("police", "actor", None)])
    known.put_article("b", [("US", "actor", None)])

    def stands(words: str, *, begins: bool = False) -> bool:
        return known.find(words, begins=begins) is not None

    assert all(map(stands, ("Navalny", "NAVALNY", "police", "POLICE", "US")))
    assert not any(map(stands, ("navalny", "Police", "us", "Us")))
    assert stands("Police", begins=True)
    assert not stands("Us", begins=True)


def test_an_archived_record_is_not_known_by_its_names() -> None:
    known = KnownForms()
    known.put_record(record("Anna Schmidt"))
    assert known.find("Anna Schmidt", begins=False) is not None
    known.put_record(replace(record("Anna Schmidt"), external={ARCHIVED: "yes"}))
    assert known.find("Anna Schmidt", begins=False) is None


def test_what_a_name_sounds_like_goes_with_its_last_spelling() -> None:
    known = KnownForms()
    known.put_article("a", [("Navalny", "actor", None), ("Nawalny", "actor", None)])
    known.put_article("a", [("Nawalny", "actor", None)])
    found = known.find_otherwise("Навального")
    assert found is not None
    assert found.otherwise == "Nawalny"
    assert found.uses == {("actor", None): 1}
    known.put_article("a", [])
    assert known.find_otherwise("Навального") is None
    assert len(known) == 0
