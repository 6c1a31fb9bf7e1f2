"""Searching all articles in the window: texts, marks and bookmarks, by keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.commands import AddArticle
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.search.model import HitsModel
from app.ui.search.panel import SearchPanel
from app.workspace.sample import make_sample
from tests.projects import article

Key = Qt.Key


@pytest.fixture
def desk(on_sample: MainWindow) -> Desk:
    session = on_sample.bench.session
    assert session is not None
    story = article("Putin spoke of bread. 😀 The price of bread rose.", title="Bread")
    session.workspace.do(AddArticle(article=story), title="import")
    QApplication.processEvents()  # a window just shown gives the keyboard to the text
    return on_sample.bench.desk


@pytest.fixture
def panel(desk: Desk) -> SearchPanel:
    desk.search_all("texts")
    assert desk.found is not None
    return desk.found


Told = Callable[[str], None]


@pytest.fixture
def told(panel: SearchPanel, qtbot: QtBot) -> Told:
    """Wait until the panel says something."""
    return lambda words: qtbot.waitUntil(lambda: panel._told.text() == words)


def snippets(panel: SearchPanel) -> list[str]:
    hits = [panel.hits.hit_at(n) for n in range(panel.hits.rowCount())]
    return [hit.snippet for hit in hits if hit is not None]


def test_words_are_found_and_gone_to_by_keys(desk: Desk, panel: SearchPanel, told: Told) -> None:
    assert panel.words.hasFocus()
    assert desk.queue.isHidden()
    QTest.keyClicks(panel.words, "price bread")
    told("1 article")
    assert snippets(panel) == ["Putin spoke of bread. 😀 The price of bread rose."]
    QTest.keyClick(panel.words, Key.Key_Down)
    assert panel.view.hasFocus()
    QTest.keyClick(panel.view, Key.Key_Return)
    assert desk._session is not None
    assert desk._session.contents is not None
    assert desk._session.contents.article.title == "Bread"
    assert desk.view.selected_range() == (15, 20)
    assert panel.view.hasFocus()
    QTest.keyClick(panel.view, Key.Key_Up)
    assert panel.words.hasFocus()
    QTest.keyClick(panel.words, Key.Key_Escape)
    assert panel.words.text() == ""
    QTest.keyClick(panel.words, Key.Key_Escape)
    assert panel.isHidden()
    assert not desk.queue.isHidden()
    assert desk.view.hasFocus()


def test_enter_again_goes_to_the_next_hit_of_the_article(
    desk: Desk, panel: SearchPanel, told: Told
) -> None:
    QTest.keyClicks(panel.words, "bread")
    told("1 article")
    panel.view.setFocus()
    seen = []
    for _ in range(3):
        QTest.keyClick(panel.view, Key.Key_Return)
        seen.append(desk.view.selected_range())
    assert seen == [(15, 20), (37, 42), (15, 20)]
    assert panel._told.text() == "1 of 2 hits in the article"


def test_what_is_in_no_article(panel: SearchPanel, told: Told) -> None:
    QTest.keyClicks(panel.words, "xylophone")
    told("No article matches")
    assert panel.hits.rowCount() == 0


def test_marks_by_type_field_and_value(desk: Desk, panel: SearchPanel, told: Told) -> None:
    panel.choose("marks")
    assert panel._told.text() == ""  # not all marks of the project, unasked
    form = panel.form
    form.type.setCurrentIndex(form.type.findText("Statement"))
    told("19 marks in 1 article")
    form.attribute.setCurrentIndex(form.attribute.findText("Kind"))
    form.value.setCurrentIndex(form.value.findText("Denial"))
    told("1 mark in 1 article")
    assert "denied such accusations" in snippets(panel)[0]
    panel.view.setFocus()
    QTest.keyClick(panel.view, Key.Key_Return)
    assert desk.view.selected is not None
    assert "denied such accusations" in desk.view.selected.quote


def test_marks_by_their_words_and_who_they_mention(
    desk: Desk, panel: SearchPanel, told: Told
) -> None:
    assert desk._session is not None
    (putin,) = desk._session.workspace.named(["actor"], "Vladimir Putin", 2)
    assert desk._session.contents is not None
    mentions = sum(mark.record == putin.id for mark in desk._session.contents.annotations)
    panel.choose("marks")
    QTest.keyClicks(panel.words, "president")
    panel.form.record.setFocus()
    QTest.keyClicks(panel.form.record, "Vladimir")
    assert panel.form._names.stringList() == ["Vladimir Putin"]
    panel.form.record.setText("Vladimir Putin")
    panel.form.record.editingFinished.emit()
    told("No mark matches")
    panel.words.clear()
    told(f"{mentions} marks in 1 article")
    panel.form.record.setText("Nobody at all")
    panel.form.record.editingFinished.emit()
    told("No mark matches")


def test_bookmarks_are_listed_and_walked(desk: Desk, panel: SearchPanel) -> None:
    view = desk.view
    view.setFocus()
    for key in (Key.Key_Down, Key.Key_Down):
        QTest.keyClick(view, key)
    desk.switch_bookmark()
    first = view.place()
    QTest.keyClick(view, Key.Key_Down)
    desk.switch_bookmark()
    second = view.place()
    assert view.scene.bookmarks == (first, second)
    desk.search_all("bookmarks")
    assert panel._told.text() == "2 bookmarks"
    assert panel.hits.rowCount() == 2
    desk.go_to_bookmark(-1)
    assert view.place() == first
    desk.go_to_bookmark(-1)
    assert view.place() == first
    desk.open_next()
    desk.go_to_bookmark(-1)
    assert view.place() == second
    desk.switch_bookmark()
    assert list(view.scene.bookmarks) == [first]
    desk._settle()
    assert panel._told.text() == "1 bookmark"
    desk.undo()
    assert list(view.scene.bookmarks) == [first, second]


def test_another_project_is_searched_anew(
    desk: Desk, panel: SearchPanel, told: Told, on_sample: MainWindow, tmp_path: Path
) -> None:
    QTest.keyClicks(panel.words, "bread")
    told("1 article")
    other = tmp_path / "other.pressmark"
    make_sample(other, annotator="ann").close()
    on_sample.bench.open_project(str(other))
    assert panel.words.text() == ""
    assert panel.hits.rowCount() == 0
    QTest.keyClicks(panel.words, "bread")
    told("No article matches")


def test_the_list_is_a_proper_model(panel: SearchPanel, qtbot: QtBot) -> None:
    model = HitsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_keys((1, 2), lambda _: ())
    model.extend((2, 3))
    assert model.rowCount() == 3
    assert model.data(model.index(0, 0)) == "No longer in the project"
    model.show_hits(())
    assert model.rowCount() == 0


def test_everything_has_a_name(
    panel: SearchPanel, assert_targets: Callable[[SearchPanel], None]
) -> None:
    panel.choose("marks")
    assert_targets(panel)
    form = panel.form
    for field in (form.type, form.attribute, form.value, form.record, form.state, form.layer):
        assert field.accessibleName()
