from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.model.wording import day
from app.ui.queue.controls import FilterButton, Progress
from app.ui.queue.panel import QueuePanel
from app.ui.queue.words import short
from app.ui.style import stylesheet
from app.ui.theme import DARK, LIGHT, Theme
from tests.ui.queue.project import Project, row

Open = Callable[[Project], QueuePanel]


@pytest.fixture
def open_panel(qtbot: QtBot, qapp: QApplication) -> Open:
    def make(project: Project) -> QueuePanel:
        panel = QueuePanel(lambda: project)
        qtbot.addWidget(panel)
        panel.setStyleSheet(stylesheet(LIGHT))
        panel.set_project_name("Protest events 2021")
        panel.reload()
        panel.resize(268, 700)
        panel.show()
        qtbot.waitExposed(panel)
        panel.activateWindow()
        return panel

    return make


def strikes() -> Project:
    return Project(
        row(1, "Strike in Lille", state="in progress", annotations=3),
        row(2, "March in Leeds", state="done"),
        row(3, "Strike in Rome"),
        row(4, "Vote in Oslo", state="flagged"),
    )


def click_row(panel: QueuePanel, place: int) -> None:
    middle = panel.view.visualRect(panel.model.index(place)).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def button(panel: QueuePanel, name: str) -> FilterButton:
    found = panel.filter.findChildren(FilterButton)
    return next(one for one in found if one.accessibleName().startswith(name))


def titles(panel: QueuePanel) -> list[object]:
    return [panel.model.data(panel.model.index(n)) for n in range(panel.model.rowCount())]


def test_moving_opens_nothing_enter_and_click_do(qtbot: QtBot, open_panel: Open) -> None:
    panel = open_panel(strikes())
    asked: list[str] = []
    panel.article_requested.connect(asked.append)
    panel.select("a1")
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    assert asked == []
    assert [index.row() for index in panel.view.selectedIndexes()] == [0]
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    click_row(panel, 1)
    assert asked == ["a3", "a2"]


def test_typing_searches_after_a_pause_and_down_goes_to_the_list(
    qtbot: QtBot, open_panel: Open
) -> None:
    panel = open_panel(strikes())
    panel.focus_search()
    QTest.keyClicks(panel.search, "strike")
    assert panel.model.listing.search == ""
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    QTest.keyClicks(panel.search, " in rome")
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    assert titles(panel) == ["Strike in Rome"]
    qtbot.waitUntil(panel.view.hasFocus)
    assert panel.view.currentIndex().row() == 0
    QTest.keyClick(panel.view, Qt.Key.Key_Up)
    qtbot.waitUntil(panel.search.hasFocus)
    QTest.keyClick(panel.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4)


def test_nothing_found(qtbot: QtBot, open_panel: Open) -> None:
    panel = open_panel(strikes())
    panel.search.setText("<b>x")
    qtbot.waitUntil(panel.nothing.isVisible)
    assert panel.nothing.label.text() == "No article matches “<b>x”."
    assert panel.nothing.button.text() == "Clear search"
    QTest.mouseClick(panel.nothing.button, Qt.MouseButton.LeftButton)
    assert panel.model.rowCount() == 4
    assert panel.view.isVisible()
    assert panel.search.text() == ""


def test_an_empty_state_offers_all_articles(qtbot: QtBot, open_panel: Open) -> None:
    project = strikes()
    panel = open_panel(project)
    button(panel, "Flagged").click()
    panel.apply(project.set_state("a4", "new"))
    assert panel.nothing.label.text() == "No article is flagged."
    QTest.mouseClick(panel.nothing.button, Qt.MouseButton.LeftButton)
    assert panel.model.rowCount() == 4


def test_an_empty_project_offers_an_import(qtbot: QtBot, open_panel: Open) -> None:
    project = Project()
    panel = open_panel(project)
    assert panel.nothing.label.text() == "No articles yet."
    with qtbot.waitSignal(panel.import_requested):
        QTest.mouseClick(panel.nothing.button, Qt.MouseButton.LeftButton)
    panel.apply(project.put(row(1)))
    assert panel.view.isVisible()


def test_the_filter_shows_one_state_and_every_count(qtbot: QtBot, open_panel: Open) -> None:
    project = strikes()
    panel = open_panel(project)
    assert button(panel, "All").accessibleName() == "All, 4 articles"
    button(panel, "Done").click()
    assert titles(panel) == ["March in Leeds"]
    panel.apply(project.set_state("a3", "done"))
    assert titles(panel) == ["March in Leeds", "Strike in Rome"]
    assert button(panel, "Done").accessibleName() == "Done, 2 articles"
    progress = panel.findChild(Progress)
    assert progress is not None
    assert (progress.value(), progress.maximum()) == (2, 4)


def test_what_is_open_stays_selected_through_filter_and_change(
    qtbot: QtBot, open_panel: Open
) -> None:
    project = strikes()
    panel = open_panel(project)
    panel.select("a3")
    button(panel, "Done").click()
    assert panel.view.selectedIndexes() == []
    panel.apply(project.set_state("a3", "done"))
    assert [index.row() for index in panel.view.selectedIndexes()] == [1]
    button(panel, "All").click()
    assert [index.row() for index in panel.view.selectedIndexes()] == [2]


def test_a_far_article_is_scrolled_to(qtbot: QtBot, open_panel: Open) -> None:
    project = Project(*(row(n) for n in range(1, 100_001)))
    panel = open_panel(project)
    reads = project.reads
    panel.select("a90000")
    panel.grab()
    assert panel.view.indexAt(QPoint(5, panel.view.viewport().height() - 5)).row() >= 89_998
    assert project.reads - reads <= 2


def test_letters_in_the_list_read_nothing(qtbot: QtBot, open_panel: Open) -> None:
    project = Project(*(row(n) for n in range(1, 2001)))
    panel = open_panel(project)
    panel.view.setFocus()
    reads = project.reads
    QTest.keyClicks(panel.view, "zz")
    assert project.reads == reads


def test_tab_reaches_every_control_and_each_has_a_name_and_room(
    qtbot: QtBot, open_panel: Open
) -> None:
    panel = open_panel(strikes())
    panel.focus_search()
    qtbot.waitUntil(panel.search.hasFocus)
    reached: list[QWidget | None] = []
    for _ in range(5):
        reached.append(QApplication.focusWidget())
        focused = reached[-1]
        assert focused is not None
        assert focused.accessibleName()
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    plus = next(b for b in panel.findChildren(QAbstractButton) if "Import" in b.accessibleName())
    unfold = panel._unfold
    assert reached == [panel.search, unfold, button(panel, "All"), panel.view, plus]
    for control in panel.findChildren(QAbstractButton):
        if control.isVisible():
            assert min(control.width(), control.height()) >= 24


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_look_paints_its_own_colours(theme: Theme, open_panel: Open) -> None:
    project = strikes()
    project.put(
        row(5, "😀 " * 60, source="A source with a very long name " * 3, annotations=1234),
        row(6, " ", source="", published=""),
        row(7, "Нападение " * 20, published="2021"),
    )
    panel = open_panel(project)
    panel.set_theme(theme)
    panel.select("a2")
    rect = panel.view.visualRect(panel.model.index(1))
    picture = panel.view.viewport().grab(rect).toImage()
    assert picture.pixelColor(1, 30) == theme.color("accent")
    assert picture.pixelColor(5, 2) == theme.color("row-sel")
    panel.resize(240, 300)
    panel.grab()


@pytest.mark.parametrize(
    ("published", "read"),
    [
        ("2021-01-23", "23 Jan 2021"),
        ("2021-12-03T10:00:00Z", "3 Dec 2021"),
        ("2021-05", "May 2021"),
        ("2021", "2021"),
        ("", ""),
        ("2021-13-01", "2021-13-01"),
        ("last week", "last week"),
        ("2021-00-01", "2021-00-01"),
    ],
)
def test_dates(published: str, read: str) -> None:
    assert day(published) == read


def test_figures_of_any_size_fit() -> None:
    assert [short(n) for n in (0, 999, 1999, 12_345, 1_250_000)] == "0 999 1.9k 12k 1.2m".split()
