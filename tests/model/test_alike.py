"""The same words elsewhere: whole words, short forms of names, nobody else's name."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.alike import alike, begins_sentence, forms_of, is_name, is_name_at
from app.model.contents import ArticleContents
from app.model.text import snap_to_grapheme
from app.workspace.sample import make_sample


def found(text: str, form: str, *known: str) -> list[str]:
    return [text[start:end] for start, end in alike(text, form, known=known)]


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("Putin's men, anti-Putin, Putins, Putin.", "Putin", ["Putin", "Putin"]),
        ("Police came. The police left. POLICE!", "police", ["Police", "police"]),
        ("NAVALNY ARRESTED: Navalny, navalny", "Navalny", ["NAVALNY", "Navalny"]),
        ("Anna Schmidt spoke; Schmidt’s men", "Anna Schmidt", ["Anna Schmidt", "Schmidt"]),
        ("Yulia Navalny met Navalny Junior and Navalny.", "Navalny", ["Navalny"]),
        ("Yulia Navalny met Mr Navalny. Then Navalny left.", "Navalny", ["Navalny"] * 2),
        ("Red Cross (RC), the RC, the Cross", "Red Cross", ["Red Cross", "RC", "RC", "Cross"]),
        ("the EU and the EUR", "EU", ["EU"]),
        ("945, 1,945, 945,000 and 945-page", "945", ["945"]),
        ("more than 40 of more  than 40", "more than 40", ["more than 40", "more  than 40"]),
        ("O’Brien and Brien", "Brien", ["Brien"]),
        ("L’Union et l’Union", "Union", ["Union", "Union"]),
        ("中国人说中国", "中国", ["中国", "中国"]),
        ("שלום עם שלומי", "שלום", ["שלום"]),
        ("e\u0301t e\u0301 e", "e", ["e"]),
        ("Navalny’s and Navalny", "Navalny’s", ["Navalny", "Navalny"]),
        ("nothing", "", []),
        ("nothing", "  ", []),
    ],
)
def test_whole_words_and_short_names(text: str, form: str, expected: list[str]) -> None:
    assert found(text, form) == expected


def test_other_names_of_the_same_thing_are_known_by_its_record() -> None:
    text = "Great Britain, GB and the UK; people"
    assert found(text, "Great Britain", "United Kingdom", "GB", "UK", "people") == [
        "Great Britain",
        "GB",
        "UK",
    ]
    assert found("people and the Russians", "people", "Russians") == ["people"]


def test_what_is_a_name() -> None:
    assert all(map(is_name, ("EU", "WHO", "Aleksei Navalny", "Bank of England", "Навальный")))
    assert not any(map(is_name, ("", "people", "The", "police officers", "945", "中国")))


def test_a_capital_says_nothing_where_a_sentence_begins() -> None:
    text = "Police came. The police left. Then Mark left; a mark. Mark came."
    assert not is_name_at(text, 0, 6)
    assert is_name_at(text, text.index("Mark"), text.index("Mark") + 4)
    assert is_name_at("Navalny came.", 0, 7)
    assert [begins_sentence(text, text.index(w)) for w in ("Then", "Mark", "left")] == [
        True,
        False,
        False,
    ]


def test_forms_of_a_name() -> None:
    assert forms_of("Bank of England") == ("Bank of England",)
    assert forms_of("Navalny's") == ("Navalny",)
    assert forms_of("arrested", known=["Anna"]) == ("arrested",)


@given(
    st.text(st.sampled_from("ab AB.'’-1,\n😀e\u0301中ש"), max_size=60),
    st.text(st.sampled_from("abAB e\u0301中ש"), max_size=6),
)
def test_ranges_lie_in_the_text_in_order_and_cut_nothing(text: str, form: str) -> None:
    ranges = alike(text, form)
    for start, end in ranges:
        assert 0 <= start < end <= len(text)
        assert snap_to_grapheme(text, end) == end
    assert all(one[1] <= other[0] for one, other in pairwise(ranges))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> ArticleContents:
    place: Path = tmp_path_factory.mktemp("alike") / "sample.pressmark"
    with make_sample(place, annotator="Marta") as workspace:
        return workspace.contents(workspace.article_ids()[0])


def test_in_the_sample_what_is_alike_is_marked_alike_by_the_expert(sample: ArticleContents) -> None:
    """From each mark to all alike: what the expert did not mark so are words with two meanings."""
    text = sample.article.text
    marked = {(mark.type, mark.start, mark.end) for mark in sample.annotations}
    right, wrong = 0, set()
    for mark in sample.annotations:
        record = sample.record(mark.record)
        known = (record.name, *record.aliases) if record else ()
        for start, end in alike(text, mark.quote, known=known):
            if (mark.type, start, end) in marked:
                right += (start, end) != (mark.start, mark.end)
            else:
                wrong.add((mark.type, start, text[start:end]))
    assert right == 176
    assert {(type_name, words) for type_name, _, words in wrong} == {
        ("actor", "Russia"),
        ("actor", "police"),
        ("event", "called"),
    }
    assert len(wrong) == 10
