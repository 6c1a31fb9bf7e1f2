"""Big and strange texts open; only what is seen is laid out. No times: benchmarks measure those."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.model.annotation import Annotation, fragments_of
from app.model.text import canonical, snap_to_grapheme
from tests.ui.article.stand import CTRL, SHIFT, Stand, change

WORD = "protest "


def laid_rows(stand: Stand) -> int:
    return sum(stand.view.lines.laid(n) is not None for n in range(len(stand.view.text.rows)))


def many_marks(text: str, count: int) -> list[Annotation]:
    step = len(text) // count
    return [
        Annotation(
            id=f"m{n}",
            article="a",
            layer="x",
            type=("actor", "event", "number", "statement")[n % 4],
            fragments=fragments_of(text, [(n * step, n * step + 7)]),
        )
        for n in range(count)
    ]


def test_a_megabyte_with_5000_marks_lays_out_only_what_is_seen(stand: Stand) -> None:
    text = ((WORD * 50).strip() + "\n\n") * 2500
    stand.load(text, many_marks(text, 5000))
    stand.view.viewport().repaint()
    assert len(stand.view.text.rows) == 2500
    assert laid_rows(stand) < 12
    stand.view.select("m4000")
    assert laid_rows(stand) < 30
    part = stand.view.lines.parts(stand.view.marks_shown()[4000])[0]
    assert stand.view.seen[0] < part.baseline < stand.view.seen[1]
    stand.key(Qt.Key.Key_End)
    assert stand.view.selected_id() == "m4999"


@pytest.mark.parametrize("text", [WORD * 125_000, "x" * 1_000_000, "\u00a0x" * 500_000])
def test_a_megabyte_in_one_line_opens_and_paints_only_visible_lines(
    stand: Stand, text: str
) -> None:
    stand.load(text)
    stand.view.viewport().repaint()
    row = stand.view.lines.row(0)
    assert len(row.starts) > 5000
    assert len(row.own.chunks) <= 3
    bar = stand.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    stand.view.viewport().repaint()
    assert len(row.own.chunks) <= 6
    stand.apply(change(many_marks(text, 2000)))
    stand.view.viewport().repaint()
    assert len(row.own.chunks) <= 6


def test_a_long_run_is_walked_and_selected(stand: Stand) -> None:
    stand.load("x" * 30_000)
    stand.key(Qt.Key.Key_Right, CTRL | SHIFT)
    given = stand.view.selected_range()
    assert given is not None
    assert given[0] < given[1]


def test_a_hundred_thousand_short_lines_open(stand: Stand) -> None:
    stand.load("ab\n" * 100_000)
    bar = stand.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    stand.view.viewport().repaint()
    assert laid_rows(stand) < 100


@pytest.mark.parametrize(
    "text", ["", "\n", "\n\n\n \n", "a", " a ", "\u2028", "\ufeff\ufeffa", "\ufffea"]
)
def test_the_smallest_texts_open(stand: Stand, text: str) -> None:
    stand.load(text)
    stand.view.viewport().repaint()
    stand.click_at(stand.view.viewport().rect().center())
    stand.key(Qt.Key.Key_Down)
    stand.key(Qt.Key.Key_Right, CTRL)
    stand.view.scroll_to(0)
    assert stand.view.document().characterCount() - 1 == stand.view.text.map.utf16_length


alphabet = st.one_of(
    st.sampled_from("ab .\n\t\u00a0\u00ad\u200b\u200d\u2028\u2029\u0301😀👨👩🇩🇪אبㅎ한"),
    st.sampled_from("\ufeff\ufffe\ufdd0\u000b\u000c\u0085\u001c\ufffc\u202e"),
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
)


@given(raw=st.text(alphabet, max_size=80), data=st.data())
def test_offsets_stay_exact_in_any_text(qtbot: QtBot, raw: str, data: st.DataObject) -> None:
    text = canonical(raw)
    stand = Stand(qtbot)
    stand.load(text)
    anchor, caret = (data.draw(st.integers(0, len(text))) for _ in range(2))
    stand.view.set_range(anchor, caret)
    given = stand.view.selected_range()
    cursor, offsets = stand.view.textCursor(), stand.view.text.map
    if given is None:
        assert cursor.selectionStart() == cursor.selectionEnd()
    else:
        assert cursor.selectionStart() == offsets.to_utf16(given[0])
        assert cursor.selectionEnd() == offsets.to_utf16(given[1])
        stand.key("2")
        for _, ranges in stand.said("tag_requested"):
            assert isinstance(ranges, tuple)
            assert text[slice(*ranges[0])] == text[slice(*given)].strip()
    stand.view.close()


signs = st.sampled_from(["a", "b", " ", ".", "\n", "\u2028", "😀", "e\u0301", "👨‍👩"])


@given(raw=st.lists(signs, min_size=1, max_size=40).map("".join), data=st.data())
def test_a_point_and_its_offset_agree(qtbot: QtBot, raw: str, data: st.DataObject) -> None:
    stand = Stand(qtbot)
    stand.load(raw)
    rows = stand.view.text.rows
    if len(rows):
        row = data.draw(st.integers(0, len(rows) - 1))
        offset = data.draw(st.integers(rows.starts[row], rows.ends[row] - 1))
        offset = max(rows.starts[row], snap_to_grapheme(raw, offset))
        caret = stand.view.lines.caret(offset)
        found = stand.view.lines.offset_at(caret.center())
        assert stand.view.lines.caret(found).x() == pytest.approx(caret.x(), abs=0.6)
    stand.view.close()
