"""The first page: three ways in, the four keys, the projects opened lately."""

from collections.abc import Callable
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.ui.first_run import FirstRun, _TypeCard
from app.ui.theme import DARK, LIGHT, Theme

Show = Callable[..., None]
LATELY = [f"/home/marta/press/Strikes {n}.pressmark" for n in range(8)]


@pytest.fixture
def page(show: Show, qtbot: QtBot) -> FirstRun:
    made = FirstRun()
    made.set_recent([])
    show(made, 1440, 830)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def show_recent(page: FirstRun, locations: list[str]) -> None:
    page.set_recent(locations)
    QApplication.processEvents()  # Qt shows what came into a layout a little later


def ways_in(page: FirstRun) -> dict[str, QAbstractButton]:
    return {b.accessibleName(): b for b in page.findChildren(QAbstractButton) if b.isVisible()}


def words(page: FirstRun) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, None])
def test_each_card_does_what_it_says(page: FirstRun, key: Qt.Key | None) -> None:
    heard: list[str] = []
    page.import_requested.connect(lambda: heard.append("import"))
    page.open_requested.connect(lambda: heard.append("open"))
    page.sample_requested.connect(lambda: heard.append("sample"))
    for card in ways_in(page).values():
        if key is None:
            QTest.mouseClick(card, Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(card, key)
    assert heard == ["import", "open", "sample"]


def test_every_way_in_is_described_and_can_be_hit(
    page: FirstRun, assert_targets: Callable[[QWidget], None]
) -> None:
    show_recent(page, LATELY)
    assert_targets(page)
    names = list(ways_in(page))
    assert names[:3] == ["Import articles", "Open a project", "Try the sample"]
    assert all(ways_in(page)[name].accessibleDescription() for name in names[:3])


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_recent_project_is_opened(page: FirstRun, key: Qt.Key) -> None:
    heard: list[str] = []
    page.project_requested.connect(heard.append)
    show_recent(page, LATELY)
    QTest.keyClick(ways_in(page)[f"Open {LATELY[2]}"], key)
    assert heard == [LATELY[2]]


def test_the_list_of_recent_projects_is_never_silent(page: FirstRun) -> None:
    sentence = "Projects that you open will be listed here."
    assert sentence in words(page)
    show_recent(page, LATELY[:1])
    assert sentence not in words(page)
    assert len(ways_in(page)) == 4
    show_recent(page, [])
    assert sentence in words(page)
    assert len(ways_in(page)) == 3


@pytest.mark.parametrize("size", [(1440, 830), (1024, 630), (900, 530)])
def test_nothing_lies_over_anything_else(
    page: FirstRun, size: tuple[int, int], qtbot: QtBot
) -> None:
    show_recent(page, LATELY)
    page.resize(*size)
    last = ways_in(page)[f"Open {LATELY[-1]}"]
    sheet = last.parentWidget()
    assert sheet is not None
    parts = [c for c in sheet.children() if isinstance(c, QWidget) and c.isVisible()]
    assert len(parts) > 15
    pairs = list(combinations(parts, 2))
    qtbot.waitUntil(lambda: not any(a.geometry().intersects(b.geometry()) for a, b in pairs))
    assert all(sheet.rect().contains(part.geometry()) for part in parts)


def test_the_keyboard_brings_into_view_what_a_small_window_hides(
    page: FirstRun, qtbot: QtBot
) -> None:
    show_recent(page, LATELY)
    page.resize(900, 530)
    buttons = ways_in(page)
    first, last = buttons["Import articles"], buttons[f"Open {LATELY[-1]}"]
    viewport = page.findChildren(QScrollArea)[0].viewport()
    qtbot.waitUntil(lambda: last.y() > 600)
    assert last.visibleRegion().isEmpty()
    first.setFocus()
    for _ in range(len(buttons) - 1):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert last.hasFocus()
    assert viewport.rect().contains(last.mapTo(viewport, QPoint(0, last.height() - 1)))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_example_marks_have_fill_and_ink_of_their_type(
    page: FirstRun, qtbot: QtBot, theme: Theme
) -> None:
    show_recent(page, LATELY[:1])
    page.set_theme(theme)
    inks = ("actor", "event", "number", "statement")
    for card, ink in zip(page.findChildren(_TypeCard), inks, strict=True):
        picture = card.grab().toImage()
        assert picture.pixelColor(40, 65) == theme.fill(ink)
        below = {picture.pixelColor(x, y).name() for x in range(30, 60) for y in range(86, 91)}
        assert theme.ink(ink).name() in below
    assert page.grab().toImage().pixelColor(3, 3) == theme.color("app")
