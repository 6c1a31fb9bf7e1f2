"""The dataset in the whole window: tables, rows, sorting, narrowing, copying, the way back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.dataset.panel import DatasetPanel
from app.ui.main_window import MainWindow
from app.workspace.sample import make_sample
from tests.projects import project

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def panel_of(window: MainWindow) -> DatasetPanel:
    panel = window.bench.views.made("dataset")
    assert isinstance(panel, DatasetPanel)
    return panel


def wait(window: MainWindow, qtbot: QtBot) -> DatasetPanel:
    panel = panel_of(window)
    qtbot.waitUntil(lambda: panel._job is None and not panel._rest.isActive(), timeout=10_000)
    return panel


@pytest.fixture
def window(on_sample: MainWindow, qtbot: QtBot) -> MainWindow:
    QTest.keyClick(on_sample.bench.desk.view, Key.Key_3, CONTROL)
    panel = wait(on_sample, qtbot)
    qtbot.waitUntil(panel.table.hasFocus)
    return on_sample


def press(key: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, held)
    QApplication.processEvents()


def names(panel: DatasetPanel) -> list[str]:
    number = next(n for n, one in enumerate(panel.rows.columns) if one.kind == "main")
    return [row.cells[number].words for row in panel.rows.rows]


def test_events_are_shown_first_with_their_sentence(window: MainWindow) -> None:
    panel = panel_of(window)
    assert panel.tabs["event"].isChecked()
    assert panel.tabs["event"].accessibleName() == "Events, 19"
    assert panel.rows.rowCount() == 19
    assert names(panel)[panel.table.currentIndex().row()] in panel.drawer.accessibleDescription()
    assert window.bench.status._counts.text() == "19 events from 0 finished and 1 open article"


def test_digits_lead_from_table_to_table(window: MainWindow) -> None:
    panel = panel_of(window)
    for key, name, rows in ((Key.Key_1, "actor", 18), (Key.Key_4, "statement", 19)):
        press(key)
        assert panel.tabs[name].isChecked()
        assert panel.rows.rowCount() == rows


def test_enter_leads_to_the_mark_and_back_again(window: MainWindow, qtbot: QtBot) -> None:
    panel, desk = panel_of(window), window.bench.desk
    press(Key.Key_End)
    press(Key.Key_Return)
    assert window.bench.views.current == "annotate"
    selected = desk.view.selected
    assert selected is not None
    assert selected.quote == "meeting"
    press(Key.Key_3, CONTROL)
    qtbot.waitUntil(panel.table.hasFocus)
    assert names(panel)[panel.table.currentIndex().row()] == "Meeting of EU foreign ministers"


def test_space_shows_the_next_mention_and_enter_opens_that_one(window: MainWindow) -> None:
    panel = panel_of(window)
    panel.table.choose(names(panel).index("Mass arrests at the protests"))
    first = panel.drawer.accessibleDescription()
    assert "mention 1 of 4" in first
    press(Key.Key_Space)
    assert "mention 2 of 4" in panel.drawer.accessibleDescription()
    press(Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert panel.drawer.accessibleDescription() == first
    press(Key.Key_Space)
    row = panel.rows.rows[panel.table.currentIndex().row()]
    press(Key.Key_Return)
    assert window.bench.desk.view.selected_id() == row.mentions[1].annotation


def test_slash_searches_the_rows_and_enter_comes_back(window: MainWindow) -> None:
    panel = panel_of(window)
    press(Key.Key_Slash)
    assert panel.words.hasFocus()
    QTest.keyClicks(panel.words, "kremlin")
    press(Key.Key_Return)
    assert panel.table.hasFocus()
    assert names(panel) == ["Poisoning of Navalny"]
    panel.words.setText("nothing like it")
    panel._narrow()
    assert panel._told.text() == "No events match."
    panel.words.clear()
    panel._narrow()
    assert panel.rows.rowCount() == 19


def test_days_and_states_narrow_the_rows(window: MainWindow) -> None:
    panel = panel_of(window)
    panel.since.setText("2021-01-25")
    panel._narrow()
    assert names(panel) == ["Meeting of EU foreign ministers"]
    panel.since.clear()
    panel.state.setCurrentIndex(panel.state.findData("done"))
    assert panel._told.text() == "No events match."


def test_a_head_sorts_and_turns_round(window: MainWindow) -> None:
    panel = panel_of(window)
    number = next(n for n, one in enumerate(panel.rows.columns, 1) if one.kind == "main")
    chosen = names(panel)[panel.table.currentIndex().row()]
    head = panel.table.horizontalHeader()
    place = head.sectionViewportPosition(number) + 20
    point = head.viewport().rect().center()
    point.setX(place)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=point)
    up = names(panel)
    assert up == sorted(up, key=str.casefold)
    assert names(panel)[panel.table.currentIndex().row()] == chosen
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert names(panel) == up[::-1]


def test_a_column_is_chosen_and_sorted_by_keys(window: MainWindow) -> None:
    panel = panel_of(window)
    press(Key.Key_Right)
    press(Key.Key_S)
    up = names(panel)
    assert up == sorted(up, key=str.casefold)
    press(Key.Key_S)
    assert names(panel) == up[::-1]
    press(Key.Key_Left)
    press(Key.Key_S)
    assert panel.rows.columns[panel.rows.sorted_by].name == "date"


def test_rows_are_copied_as_a_spreadsheet_takes_them(window: MainWindow) -> None:
    panel = panel_of(window)
    panel.table.choose(0)
    press(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(Key.Key_C, CONTROL)
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == 3
    assert lines[0].split("\t")[:2] == ["Date", "Event"]
    assert lines[1].split("\t")[1] == names(panel)[0]
    assert len({line.count("\t") for line in lines}) == 1


def test_a_column_is_switched_on_and_stays_so(window: MainWindow) -> None:
    panel = panel_of(window)
    panel._fill_columns()
    entry = next(one for one in panel.columns.menu().actions() if one.text() == "Realis")
    assert not entry.isChecked()
    entry.trigger()
    number = next(n for n, one in enumerate(panel.rows.columns, 1) if one.label == "Realis")
    assert not panel.table.isColumnHidden(number)
    press(Key.Key_1)
    press(Key.Key_2)
    assert not panel.table.isColumnHidden(number)


def test_what_is_changed_is_counted_again(window: MainWindow, qtbot: QtBot) -> None:
    panel, desk = panel_of(window), window.bench.desk
    press(Key.Key_Return)
    desk.delete(desk.view.selected_id())
    desk.undo()
    number = next(mark for mark in desk.view.marks_shown() if mark.type == "number")
    desk.delete(number.id)
    window.bench.show_view("dataset")
    wait(window, qtbot)
    assert panel.tabs["number"].text().split() == ["Numbers", "4"]
    assert window.bench.session is not None
    window.bench.session.undo()  # while it is shown
    qtbot.waitUntil(lambda: panel.tabs["number"].text().split() == ["Numbers", "5"], timeout=10_000)


def test_a_project_without_marks_says_so(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    with project(tmp_path) as ws:
        location = ws.location
    opened.bench.open_project(location)
    opened.bench.show_view("dataset")
    panel = wait(opened, qtbot)
    assert panel._told.text() == "No events yet."
    assert panel.drawer.accessibleDescription() == ""
    with make_sample(tmp_path / "sample.pressmark", annotator="ann") as ws:
        location = ws.location
    opened.bench.open_project(location)
    opened.bench.show_view("dataset")
    wait(opened, qtbot)
    qtbot.waitUntil(lambda: panel.rows.rowCount() == 19)


def test_panes_follow_one_another(window: MainWindow) -> None:
    panel = panel_of(window)
    press(Key.Key_F6)
    assert panel.words.hasFocus()
    press(Key.Key_F6)
    assert panel.table.hasFocus()


@pytest.mark.parametrize("size", [(1024, 700), (1440, 900)])
def test_everything_has_room_and_a_name(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    QApplication.processEvents()
    panel = panel_of(window)
    assert window.width() == size[0]
    for widget in (panel.table, panel.words, panel.state, panel.since, panel.columns, panel.export):
        assert widget.accessibleName()
    assert panel.export.geometry().right() <= panel.width()
    assert not window.grab().isNull()


def test_export_opens_the_sheet(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window)
    panel.export_requested.disconnect()  # the sheet would wait for somebody
    with qtbot.waitSignal(panel.export_requested):
        QTest.mouseClick(panel.export, Qt.MouseButton.LeftButton)
