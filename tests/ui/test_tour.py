"""The tour on the real window: each step is done by hand, and the next one follows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.main_window import MainWindow

Key = Qt.Key


def press(window: MainWindow, *keys: Key) -> None:
    for key in keys:
        QTest.keyClick(window.bench.desk.view, key)
        QApplication.processEvents()


def said(window: MainWindow) -> str:
    banner = window.bench.desk.tour.banner
    return banner.accessibleName() if banner.isVisible() else ""


@pytest.fixture
def window(on_sample: MainWindow) -> MainWindow:
    on_sample.bench._run("tour")
    QApplication.processEvents()
    return on_sample


def test_every_step_follows_what_it_asks_for(window: MainWindow) -> None:
    desk = window.bench.desk
    assert said(window).startswith("1 of 6 – Press ↓")
    press(window, Key.Key_Down)
    assert said(window).startswith("2 of 6 – Press →")
    press(window, Key.Key_Right)
    assert said(window).startswith("3 of 6 – Press 1")
    press(window, Key.Key_Escape)
    text = desk.view.text.text
    start = text.index("hospital")
    desk.view.set_range(start, start + 8)
    press(window, Key.Key_1)
    assert said(window).startswith("4 of 6 – ")
    start = text.index("The protestors shouted")
    desk.view.select(None)
    desk.view.go_to_sentence(desk.view.text.sentence_at(start))
    press(window, Key.Key_4, Key.Key_4, Key.Key_S, Key.Key_Return)
    assert said(window).startswith("5 of 6 – Ctrl+Z")
    desk.undo()
    assert said(window).startswith("6 of 6 – ")
    assert desk.tour.banner.button.text() == "End the tour"
    desk.tour.banner.button.click()
    assert said(window) == ""


def test_it_is_left_by_its_button_its_entry_and_another_project(window: MainWindow) -> None:
    action = window.bench.menus.action("tour")
    assert action.isChecked()
    window.bench.desk.tour.banner.button.click()
    assert said(window) == ""
    assert not action.isChecked()
    window.bench._run("tour")
    assert said(window).startswith("1 of 6")
    window.bench.close_project()
    assert said(window) == ""


def test_steps_are_only_done_while_it_is_taken(on_sample: MainWindow) -> None:
    press(on_sample, Key.Key_Down, Key.Key_Right)
    assert said(on_sample) == ""
