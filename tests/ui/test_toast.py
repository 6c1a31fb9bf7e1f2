"""A toast offers to undo, and never gets in the way of who types."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme import DARK
from app.ui.toast import Toast

Show = Callable[..., None]
REMOVED = "Removed actor “Aleksei Navalny”"


class Stand(NamedTuple):
    window: QWidget
    line: QLineEdit
    toast: Toast


@pytest.fixture
def stand(show: Show, qtbot: QtBot) -> Iterator[Stand]:
    window, line = QWidget(), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(line)
    column.addStretch()
    toast = Toast(window)
    show(window, 800, 400)
    window.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    yield Stand(window, line, toast)
    window.close()


def undo(toast: Toast) -> QPushButton:
    return toast.findChildren(QPushButton)[0]


def test_it_is_hidden_until_there_is_something_to_say(stand: Stand) -> None:
    assert not stand.toast.isVisible()
    stand.toast.show_message(REMOVED)
    assert stand.toast.isVisible()
    assert stand.toast.accessibleName() == REMOVED


def test_the_keyboard_stays_where_it_was(stand: Stand, qtbot: QtBot) -> None:
    stand.toast.show_message(REMOVED)
    assert stand.line.hasFocus()
    with qtbot.waitSignal(stand.toast.undo_requested):
        QTest.mouseClick(undo(stand.toast), Qt.MouseButton.LeftButton)
    assert stand.line.hasFocus()
    for _ in range(4):
        QTest.keyClick(stand.window, Qt.Key.Key_Tab)
        assert not undo(stand.toast).hasFocus()


def test_undo_is_offered_once(stand: Stand) -> None:
    heard: list[None] = []
    stand.toast.undo_requested.connect(lambda: heard.append(None))
    stand.toast.show_message(REMOVED)
    undo(stand.toast).click()
    assert len(heard) == 1
    assert not stand.toast.isVisible()


def test_it_goes_after_six_seconds(stand: Stand, qtbot: QtBot) -> None:
    assert stand.toast._until.interval() == 6000
    stand.toast._until.setInterval(0)
    stand.toast.show_message(REMOVED)
    qtbot.waitUntil(lambda: not stand.toast.isVisible())


def test_another_message_takes_its_place_and_has_its_own_time(stand: Stand) -> None:
    stand.toast.show_message(REMOVED)
    narrow = stand.toast.width()
    stand.toast.show_message(f"{REMOVED} and what pointed to it")
    assert stand.toast.width() > narrow
    assert stand.toast._until.remainingTime() > 5000


def test_it_stays_at_the_middle_of_the_lower_edge(stand: Stand, qtbot: QtBot) -> None:
    stand.toast.show_message(REMOVED)
    for width, height in ((800, 400), (500, 300)):
        stand.window.resize(width, height)
        qtbot.waitUntil(lambda: stand.toast.geometry().bottom() + 21 == stand.window.height())
        assert abs(stand.toast.geometry().center().x() - stand.window.width() / 2) <= 1


def test_words_of_others_are_shown_as_they_are(stand: Stand) -> None:
    stand.toast.show_message("Removed actor “<b>Kreml</b>”")
    assert stand.toast._words.textFormat() == Qt.TextFormat.PlainText


def test_the_button_can_be_hit_in_both_looks(
    stand: Stand, assert_targets: Callable[[QWidget], None]
) -> None:
    stand.toast.show_message(REMOVED)
    assert_targets(stand.toast)
    stand.toast.set_theme(DARK)
    middle = stand.toast.height() // 2
    assert stand.toast.grab().toImage().pixelColor(6, middle) == DARK.color("raised")
