"""The style sheet: measures of the design, and text that can be read."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui.theme import DARK, LIGHT, Theme

Show = Callable[..., None]
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours as WCAG 2.2 defines it."""

    def luminance(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@THEMES
@pytest.mark.parametrize("ground", ["app", "paper", "raised", "hover", "row-sel"])
@pytest.mark.parametrize("role", ["text", "text-2", "text-3"])
def test_text_can_be_read_on_every_ground(theme: Theme, role: str, ground: str) -> None:
    assert contrast(theme.color(role), theme.color(ground)) >= 4.5


@THEMES
@pytest.mark.parametrize(
    ("role", "ground"),
    [("danger", "danger-bg"), ("warn", "warn-bg"), ("accent-fg", "accent"), ("text", "sel-text")],
)
def test_coloured_text_can_be_read_on_its_ground(theme: Theme, role: str, ground: str) -> None:
    assert contrast(theme.color(role), theme.color(ground)) >= 4.5


@THEMES
@pytest.mark.parametrize("ground", ["app", "paper", "raised"])
def test_the_ring_of_the_focus_can_be_seen(theme: Theme, ground: str) -> None:
    assert contrast(theme.color("focus"), theme.color(ground)) >= 3


@pytest.fixture
def stand(show: Show, qtbot: QtBot) -> Callable[..., None]:
    """Show one widget of the program's look in a window."""

    kept = []

    def shown(widget: QWidget, theme: Theme = LIGHT, kind: str = "") -> None:
        window = QWidget()
        kept.append(window)
        window.setProperty("class", "app")
        if kind:
            widget.setProperty("class", kind)
        column = QVBoxLayout(window)
        column.addWidget(widget)
        column.addStretch()
        show(window, 300, 120, theme=theme)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        widget.clearFocus()

    return shown


@pytest.mark.parametrize(
    ("make", "least", "most"),
    [
        (QLineEdit, 28, 30),
        (QComboBox, 28, 30),
        (lambda: QPushButton("Import"), 28, 28),
        (QToolButton, 24, 30),
        (lambda: QCheckBox("Unsure"), 24, 30),
    ],
)
def test_controls_have_the_heights_of_the_design(
    stand: Callable[..., None], make: Callable[[], QWidget], least: int, most: int
) -> None:
    widget = make()
    stand(widget)
    assert least <= widget.height() <= most


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (QLineEdit, ""),
        (QLineEdit, "bare"),
        (QLineEdit, "combo"),
        (QLineEdit, "wrong"),
        (QComboBox, ""),
        (QPlainTextEdit, ""),
        (QToolButton, ""),
        (lambda: QPushButton("Import"), ""),
        (lambda: QPushButton("Import"), "primary"),
        (lambda: QPushButton("Import"), "quiet"),
    ],
)
def test_the_focus_moves_nothing(
    stand: Callable[..., None], qtbot: QtBot, make: Callable[[], QWidget], kind: str
) -> None:
    widget = make()
    stand(widget, kind=kind)
    before = widget.sizeHint()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    widget.updateGeometry()
    assert widget.sizeHint() == before


def test_a_mistake_moves_nothing(stand: Callable[..., None]) -> None:
    right, wrong = QLineEdit(), QLineEdit()
    stand(right)
    stand(wrong, kind="wrong")
    assert right.sizeHint() == wrong.sizeHint()


@THEMES
@pytest.mark.parametrize("make", [QLineEdit, lambda: QPushButton("Import"), QComboBox])
def test_the_focus_is_a_ring_of_two_pixels(
    stand: Callable[..., None], qtbot: QtBot, theme: Theme, make: Callable[[], QWidget]
) -> None:
    widget = make()
    stand(widget, theme)
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    picture = widget.grab().toImage()
    middle = widget.width() // 2
    assert [picture.pixelColor(middle, y) for y in (0, 1)] == [theme.color("focus")] * 2
    assert picture.pixelColor(middle, 2) != theme.color("focus")


@THEMES
def test_a_primary_button_is_the_accent(stand: Callable[..., None], theme: Theme) -> None:
    button = QPushButton("Import")
    stand(button, theme, "primary")
    assert button.grab().toImage().pixelColor(6, 14) == theme.color("accent")


@pytest.mark.parametrize(
    ("kind", "role"),
    [("label", "text-2"), ("meta", "text-3"), ("caption", "text-3"), ("danger", "danger")],
)
@THEMES
def test_a_label_says_what_it_is_by_its_class(
    stand: Callable[..., None], theme: Theme, kind: str, role: str
) -> None:
    label = QLabel("Words")
    stand(label, theme, kind)
    assert label.palette().color(label.foregroundRole()) == theme.color(role)
