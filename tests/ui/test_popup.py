"""Popups cast a shadow that is no part of them."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.popup import PopupShadow
from app.ui.theme import DARK, LIGHT, Theme

Show = Callable[..., None]


@pytest.fixture
def window(show: Show) -> Iterator[QWidget]:
    made = QWidget()
    made.setProperty("class", "paper")
    show(made, 600, 300)
    yield made
    made.close()


def float_over(window: QWidget) -> tuple[QWidget, PopupShadow]:
    popup = QWidget(window)
    shadow = PopupShadow(popup, radius=10)
    popup.setGeometry(150, 100, 300, 43)
    popup.show()
    return popup, shadow


def darkness(window: QWidget, x: int, y: int) -> int:
    return 255 - window.grab().toImage().pixelColor(x, y).lightness()


def test_it_comes_goes_and_moves_with_the_popup(window: QWidget) -> None:
    popup, shadow = float_over(window)
    assert shadow.isVisible()
    popup.move(20, 200)
    assert shadow.geometry().center().x() == popup.geometry().center().x()
    popup.resize(100, 60)
    assert shadow.geometry().contains(popup.geometry())
    popup.hide()
    assert not shadow.isVisible()


def test_it_lies_under_the_popup_even_after_a_raise(window: QWidget) -> None:
    popup, shadow = float_over(window)
    other = QWidget(window)
    other.show()
    popup.raise_()
    order = [child for child in window.children() if child in {popup, shadow, other}]
    assert order == [other, shadow, popup]


@pytest.mark.parametrize("width", [300, 60])
def test_it_is_darkest_below_and_fades_to_nothing(window: QWidget, width: int) -> None:
    popup, shadow = float_over(window)
    popup.resize(width, 43)
    middle, bottom = popup.geometry().center().x(), popup.geometry().bottom()
    clear = darkness(window, 5, 5)
    below = [darkness(window, middle, bottom + step) - clear for step in (2, 10, 20, 40)]
    assert below == sorted(below, reverse=True)
    assert below[0] > 5
    assert below[-1] == 0
    assert darkness(window, middle, popup.y() - 2) - clear < below[0]
    edge = shadow.geometry()
    assert darkness(window, edge.left() - 1, edge.center().y()) == clear


def test_both_sides_are_equally_dark(window: QWidget) -> None:
    popup, _ = float_over(window)
    rect = popup.geometry()
    for step in (2, 8, 16):
        left = darkness(window, rect.left() - step, rect.bottom())
        assert left == darkness(window, rect.right() + step, rect.bottom())


def test_a_click_on_it_reaches_what_lies_below(window: QWidget, qtbot: QtBot) -> None:
    button = QPushButton("Below", window)
    button.setGeometry(QRect(150, 150, 300, 40))
    button.show()
    _, shadow = float_over(window)
    spot = QPoint(300, 160)
    assert shadow.geometry().contains(spot)
    assert window.childAt(spot) is button
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_takes_the_look(window: QWidget, theme: Theme) -> None:
    popup, shadow = float_over(window)
    shadow.set_theme(theme)
    picture = shadow.grab().toImage()
    assert picture.size() == shadow.size()
    assert shadow.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert not popup.hasFocus()
