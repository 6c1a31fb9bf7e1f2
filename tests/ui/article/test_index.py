from hypothesis import given
from hypothesis import strategies as st

from app.model.annotation import Annotation, fragments_of
from app.model.text import canonical
from app.ui.article.index import MarkIndex, Text
from tests.ui.article.stand import mark

TEXT = "First line.\n\n  \nSecond paragraph 😀.\u2028Its second line.\n\u00a0\nThird."


def test_rows_are_the_lines_that_show_something() -> None:
    rows = Text(TEXT).rows
    shown = [TEXT[a:b] for a, b in zip(rows.starts, rows.ends, strict=True)]
    assert shown == ["First line.", "Second paragraph 😀.", "Its second line.", "Third."]
    assert rows.numbers == [1, 2, 0, 3]
    assert [rows.number(n) for n in range(4)] == [1, 2, 2, 3]


def test_an_offset_between_rows_belongs_to_the_row_before() -> None:
    rows = Text(TEXT).rows
    assert rows.at(0) == 0
    assert rows.at(TEXT.index("Second") - 1) == 0
    assert rows.at(TEXT.index("Second")) == 1
    assert rows.at(len(TEXT)) == 3
    assert Text("\n\nLate").rows.at(0) == 0


def test_sentences_stay_in_their_row() -> None:
    text = Text("One. Two?\nThree.")
    assert text.sentences(0) == [(0, 4), (5, 9)]
    assert text.sentences(1) == [(10, 16)]
    assert text.sentence_at(6) == (5, 9)
    assert text.sentence_at(4) == (0, 4)
    assert Text("").sentence_at(0) is None


def test_only_a_very_long_run_is_broken_anywhere() -> None:
    assert not Text("word " * 10_000).has_long_run(0)
    assert Text("x" * 30_000).has_long_run(0)
    assert Text("x\u00a0" * 15_000).has_long_run(0)
    assert not Text("x").has_long_run(0)


@given(st.text("ab .\n\u2028\u00a0😀e\u0301א", max_size=60))
def test_rows_cover_everything_that_is_not_blank(raw: str) -> None:
    text = Text(canonical(raw))
    covered = {
        n for a, b in zip(text.rows.starts, text.rows.ends, strict=True) for n in range(a, b)
    }
    assert all(not text.shown[n].strip() for n in range(len(text.text)) if n not in covered)
    assert len(text.shown) == len(text.text)


def test_a_mark_is_found_in_each_of_its_rows() -> None:
    text = Text(TEXT)
    long = Annotation(
        id="long", article="a", layer="x", type="statement", fragments=fragments_of(TEXT, [(3, 40)])
    )
    short = mark(TEXT, "actor", "Second")
    index = MarkIndex(text.rows, [long, short])
    assert list(index.rows_of(long)) == [0, 1, 2]
    assert {a.id for a in index.in_row(1)} == {long.id, short.id}
    assert index.in_row(2) == [long]
    assert [a.id for a in index.covering(TEXT.index("Second"))] == [short.id, long.id]
    assert index.covering(0) == []


def test_a_change_names_the_rows_before_and_after() -> None:
    text = Text("one\ntwo\nthree")
    index = MarkIndex(text.rows)
    assert index.put(mark(text.text, "actor", "one", id="m")) == {0}
    assert index.put(mark(text.text, "actor", "three", id="m")) == {0, 2}
    assert index.in_row(0) == []
    assert index.drop("m") == {2}
    assert index.drop("m") == set()
    assert len(index) == 0
    assert index.get(None) is None


def test_an_empty_text_has_no_rows() -> None:
    index = MarkIndex(Text("").rows)
    assert index.covering(0) == []
