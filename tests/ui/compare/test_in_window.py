"""Comparing in the whole window: the switch, panes, articles, undo, look and size."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.annotation import GOLD
from app.model.commands import AddAnnotation, AddArticle, SetCodebook
from app.ui.compare.panel import ComparePanel
from app.ui.main_window import MainWindow
from tests import projects
from tests.two_annotators import compared_project

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """The whole window on two articles, the first of them compared."""
    place = tmp_path / "two.pressmark"
    with compared_project(place) as ws:
        second = projects.article("Police came. Police went.", title="Second")
        ws.do(AddArticle(article=second), title="import")
        for layer, end in (("Jonas Dahl", 6), ("Marta Kovač", 11)):
            mark = projects.mark(second, 0, end, layer=layer, type="actor")
            ws.do(AddAnnotation(annotation=mark), title="tag")
    opened.bench.open_project(str(place))
    QTest.mouseClick(opened.bench._top.views.buttons["compare"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel_of(opened).text.hasFocus)
    return opened


def panel_of(window: MainWindow) -> ComparePanel:
    panel = window.bench.compare
    assert panel is not None
    return panel


def current(window: MainWindow) -> str:
    comparing = panel_of(window).comparing
    return comparing.article.title if comparing else ""


def press(key: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, held)
    QApplication.processEvents()


def test_panes_follow_one_another(window: MainWindow) -> None:
    panel = panel_of(window)
    met = []
    for _ in range(3):
        press(Key.Key_F6)
        met.append(QApplication.focusWidget())
    assert met == [panel.question.cards[0], panel.side.list, panel.text]
    assert window.bench.panes()[1] is panel


def test_other_articles_are_a_key_away(window: MainWindow) -> None:
    press(Key.Key_N)
    assert current(window) == "Second"
    assert panel_of(window).side.settled.text() == "0 of 1 settled"
    assert panel_of(window).text.hasFocus()
    press(Key.Key_2)
    assert panel_of(window).side.settled.text() == "1 of 1 settled"
    press(Key.Key_P)
    assert current(window).startswith("Thousands")
    panel_of(window).article_requested.emit(window.bench.session.workspace.article_ids()[1])  # type: ignore[union-attr]
    assert current(window) == "Second"
    assert window.bench.comparing


def test_undo_takes_a_decision_back(window: MainWindow) -> None:
    press(Key.Key_2)
    assert window.bench.menus.action("undo").text() == "Undo settle “Thousands of people”"
    assert window.bench.status._counts.text() == "10 disagreements · 9 open"
    press(Key.Key_Z, CONTROL)
    assert window.bench.status._counts.text() == "10 disagreements · 10 open"


def test_what_belongs_to_the_desk_shows_the_desk(window: MainWindow) -> None:
    bench = window.bench
    assert not bench.menus.action("delete").isEnabled()
    assert bench.menus.action("compare-alike").isEnabled()
    press(Key.Key_F, CONTROL)
    assert not bench.comparing
    assert bench._top.views.buttons["annotate"].isChecked()
    assert bench.menus.action("view-annotate").isChecked()
    assert not bench.menus.action("compare-alike").isEnabled()
    assert "disagreement" not in bench.status._counts.text()


def test_look_zoom_and_contrast_reach_it(window: MainWindow) -> None:
    bench, text = window.bench, panel_of(window).text
    bench.set_look("dark")
    assert text._theme.mode == "dark"
    press(Key.Key_Plus, CONTROL)
    assert text.lines.pitch == pytest.approx(77)
    bench._settings.set_text("contrast", "high")
    bench._apply_view_settings()
    assert text._outlined == bench._settings.high_contrast


def test_another_codebook_is_taken_over(window: MainWindow) -> None:
    session = window.bench.session
    assert session is not None
    book = session.workspace.codebook
    types = tuple(replace(t, label="Figure") if t.name == "number" else t for t in book.types)
    changed = replace(book, types=types, revision=book.revision + 1)
    session.do_in_project(SetCodebook(codebook=changed), "rename")
    assert panel_of(window).question.title.text() == "Where does the figure end?"


def test_closing_the_project_leaves_nothing(window: MainWindow) -> None:
    window.bench.close_project()
    assert not window.bench.comparing
    assert panel_of(window).comparing is None


def test_a_colleague_s_change_is_seen_at_once(window: MainWindow) -> None:
    session = window.bench.session
    assert session is not None
    article = session.contents.article  # type: ignore[union-attr]
    start = article.text.index("Covid")
    mark = projects.mark(article, start, start + 8, layer="Third", type="event")
    session.do_in(article.id, AddAnnotation(annotation=mark), "tag")
    panel = panel_of(window)
    assert panel.text.lines.tracks == 3
    assert panel.question.pairs.count() == 3
    assert panel.current is not None


def test_the_gold_layer_alone_is_said_to_be_alone(on_sample: MainWindow) -> None:
    on_sample.bench.show_view("compare")
    panel = panel_of(on_sample)
    assert panel.question.title.text() == "Only the gold layer has marks in this article"
    found = panel.comparing.contents.annotations if panel.comparing else ()
    assert {one.layer for one in found} == {GOLD}
    press(Key.Key_Escape)
    press(Key.Key_Return)
    assert panel.question.title.text() == "Only the gold layer has marks in this article"
