"""The bar over the article says what is wished and shows what it is told."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.model.article import State
from app.model.codebook import Codebook
from app.ui.readerbar import ReaderBar
from app.ui.theme import DARK, LIGHT, Theme

Show = Callable[..., None]
COUNTS = {"actor": 9, "event": 8, "number": 2, "statement": 1234}


@pytest.fixture
def bar(show: Show, press: Codebook) -> ReaderBar:
    made = ReaderBar()
    made.set_codebook(press)
    made.set_theme(LIGHT)
    made.show_article(13, 120, "in progress", COUNTS)
    show(made, 796, 40)
    return made


def button(bar: ReaderBar, name: str) -> QAbstractButton:
    found = bar.findChildren(QAbstractButton)
    return next(one for one in found if one.accessibleName().startswith(name))


def press_key(button: QAbstractButton) -> None:
    QTest.keyClick(button, Qt.Key.Key_Space)


def test_every_control_can_be_hit_named_and_reached(
    bar: ReaderBar, assert_targets: Callable[[QWidget], None]
) -> None:
    assert_targets(bar)
    for one in bar.findChildren(QAbstractButton):
        assert one.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert not one.focusPolicy() & Qt.FocusPolicy.ClickFocus  # the text keeps the keyboard


def test_it_asks_for_the_articles_beside(bar: ReaderBar) -> None:
    heard: list[str] = []
    bar.previous_requested.connect(lambda: heard.append("previous"))
    bar.next_requested.connect(lambda: heard.append("next"))
    press_key(button(bar, "Previous"))
    press_key(button(bar, "Next"))
    assert heard == ["previous", "next"]


@pytest.mark.parametrize(
    ("place", "total", "words", "ends"),
    [
        (13, 120, "13 of 120", (True, True)),
        (1, 100_000, "1 of 100,000", (False, True)),
        (120, 120, "120 of 120", (True, False)),
        (1, 1, "1 of 1", (False, False)),
    ],
)
def test_the_place_is_told_and_the_ends_are_closed(
    bar: ReaderBar, place: int, total: int, words: str, ends: tuple[bool, bool]
) -> None:
    bar.show_article(place, total, "new", {})
    assert bar._place.text() == words
    assert (button(bar, "Previous").isEnabled(), button(bar, "Next").isEnabled()) == ends


def test_each_type_of_the_codebook_has_a_count_and_a_switch(bar: ReaderBar) -> None:
    shown: list[set[str]] = []
    bar.types_shown_changed.connect(shown.append)
    assert button(bar, "Show statements").accessibleName().endswith("1,234 in this article")
    press_key(button(bar, "Show events"))
    press_key(button(bar, "Show numbers"))
    press_key(button(bar, "Show events"))
    every = {"actor", "event", "number", "statement"}
    assert shown == [every - {"event"}, every - {"event", "number"}, every - {"number"}]


def test_another_codebook_has_its_own_switches(bar: ReaderBar, press: Codebook) -> None:
    bar.set_codebook(press)
    bar.show_article(13, 120, "in progress", COUNTS)
    assert len(bar._filters) == len([t for t in press.types if not t.archived])
    assert button(bar, "Show actors, 9") is not None


@pytest.mark.parametrize(
    ("state", "wish"), [("new", "done"), ("in progress", "done"), ("done", "reopen")]
)
def test_done_is_marked_and_taken_back(bar: ReaderBar, state: State, wish: str) -> None:
    heard: list[str] = []
    bar.done_requested.connect(lambda: heard.append("done"))
    bar.reopen_requested.connect(lambda: heard.append("reopen"))
    bar.show_article(13, 120, state, COUNTS)
    press_key(button(bar, "Done" if state == "done" else "Mark done"))
    assert heard == [wish]


def test_the_flag_shows_the_state_and_asks_for_the_other(bar: ReaderBar) -> None:
    heard: list[None] = []
    bar.flag_requested.connect(lambda: heard.append(None))
    bar.show_article(13, 120, "flagged", COUNTS)
    assert button(bar, "Flag").isChecked()
    press_key(button(bar, "Flag"))
    bar.show_article(13, 120, "in progress", COUNTS)
    assert not button(bar, "Flag").isChecked()
    assert len(heard) == 1


def test_the_text_size_is_asked_for_in_steps(bar: ReaderBar) -> None:
    heard: list[int] = []
    bar.zoom_requested.connect(heard.append)
    size = button(bar, "Text size")
    assert isinstance(size, QToolButton)
    for action in size.menu().actions():
        action.trigger()
    assert heard == [1, -1, 0]


def test_a_project_that_is_read_only_cannot_be_flagged_or_marked(bar: ReaderBar) -> None:
    bar.set_read_only(True)
    assert not button(bar, "Flag").isEnabled()
    assert not button(bar, "Mark done").isEnabled()
    assert button(bar, "Next").isEnabled()
    bar.set_read_only(False)
    assert button(bar, "Mark done").isEnabled()


@pytest.mark.parametrize("width", [796, 620, 560, 480, 350])
def test_what_has_no_room_is_left_out_and_done_never_is(
    bar: ReaderBar, qtbot: QtBot, width: int
) -> None:
    bar.show_article(99_999, 100_000, "in progress", dict.fromkeys(COUNTS, 999))
    bar.resize(width, 40)
    done = button(bar, "Mark done")

    def apart() -> bool:
        shown = [b for b in bar.findChildren(QAbstractButton) if b.isVisible()]
        boxes = sorted((one.geometry() for one in shown), key=lambda box: box.left())
        pairs = pairwise((*boxes, QRect(width, 0, 0, 0)))
        return done in shown and all(left.right() < right.left() for left, right in pairs)

    qtbot.waitUntil(apart, timeout=1000)
    assert button(bar, "Next").isVisible()
    assert bar._place.width() >= bar._place.sizeHint().width()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_takes_the_look(bar: ReaderBar, theme: Theme) -> None:
    bar.set_theme(theme)
    picture = bar.grab().toImage()
    assert picture.pixelColor(3, 3) == theme.color("paper")
    done = button(bar, "Mark done").geometry()
    assert picture.pixelColor(done.left() + 5, done.top() + 5) == theme.color("accent")
    for name, ink in (("Show actors", "actor"), ("Show events", "event")):
        box = button(bar, name).geometry()
        assert picture.pixelColor(box.left() + 10, box.center().y()) == theme.ink(ink)
