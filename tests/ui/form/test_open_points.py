"""Thousands of open points do not hold the window up, and the current one stays in sight."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.model.points import Point
from app.ui.form.context import FormContext
from app.ui.form.open_points import OpenPoints


def points(first: int, count: int) -> list[Point]:
    return [
        Point(kind="suggestion", start=n, end=n + 1, message="Suggested", suggestion=str(n))
        for n in range(first, first + count)
    ]


def test_many_come_by_and_by_and_a_current_one_stays_in_sight(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    shown = OpenPoints(FormContext(lambda *_: ()), holder)
    shown.resize(300, 400)
    holder.show()
    shown.show_points(points(0, 5_000))
    last = shown.model().index(4_999, 0)
    assert not shown.visualRect(last).isValid(), "laid out by and by"
    qtbot.waitUntil(lambda: shown.visualRect(last).isValid())
    shown.setCurrentIndex(last)
    shown.show_points(points(1_000, 5_000))
    now = shown.current()
    assert now is not None
    assert now.start == 4_999
    assert shown.viewport().rect().contains(shown.visualRect(shown.currentIndex()))
