"""The status bar says the truth about the disk."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.model.codebook import Codebook
from app.ui.keycap import Keycap
from app.ui.statusbar import StatusBar
from app.ui.theme import DARK

Show = Callable[..., None]
FULL = "Not on disk: no space left."


@pytest.fixture
def bar(show: Show) -> StatusBar:
    made = StatusBar()
    show(made, 1440, 26)
    made.show_saved("")
    return made


def buttons(bar: StatusBar) -> dict[str, QPushButton]:
    found = bar.findChildren(QPushButton)
    return {b.text().replace("&", ""): b for b in found if b.isVisible()}


def keys(bar: StatusBar) -> list[str]:
    return [k.accessibleName() for k in bar.findChildren(Keycap) if k.isVisible()]


def test_saving_is_said_only_while_it_is_waited_for(bar: StatusBar) -> None:
    bar.show_saved("")
    bar.show_saving(True)
    assert bar.text() == "Saving…"
    bar.show_progress(1200, 50034)
    assert bar.text() == "Saving… 1,200 of 50,034"
    assert bar._words.width() >= bar._words.sizeHint().width()  # although nothing else was done
    bar.show_saving(False)
    assert bar.text() == "All changes on disk"


def test_the_time_of_the_last_change_is_in_local_time(bar: StatusBar) -> None:
    now = datetime.now(UTC)
    bar.show_saved(now.isoformat())
    assert bar.text() == f"Saved {now.astimezone():%H:%M:%S} – all changes on disk"


def test_a_change_of_another_day_has_its_date(bar: StatusBar) -> None:
    before = datetime.now(UTC) - timedelta(days=400)
    bar.show_saved(before.isoformat())
    assert f"{before.astimezone():%B %Y}" in bar.text()


def test_a_project_without_a_change_is_on_disk(bar: StatusBar) -> None:
    assert bar.text() == "All changes on disk"
    assert buttons(bar) == {}


def test_a_failure_offers_three_ways_out(
    bar: StatusBar, assert_targets: Callable[[QWidget], None]
) -> None:
    heard: list[str] = []
    bar.retry_requested.connect(lambda: heard.append("retry"))
    bar.copy_requested.connect(lambda: heard.append("copy"))
    bar.discard_requested.connect(lambda: heard.append("discard"))
    bar.show_failure(FULL)
    assert bar.text() == FULL
    assert list(buttons(bar)) == ["Try again", "Save a copy elsewhere…", "Discard"]
    assert_targets(bar)
    for button in buttons(bar).values():
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert heard == ["retry", "copy", "discard"]


def test_a_message_never_covers_a_failure(bar: StatusBar) -> None:
    bar.show_failure(FULL)
    bar.message("Undone: tag actor")
    assert bar.text() == FULL


def test_a_failure_ends_when_the_change_is_on_disk(bar: StatusBar) -> None:
    bar.show_failure(FULL)
    bar.show_saved("")
    assert bar.text() == "All changes on disk"
    assert buttons(bar) == {}


def test_a_failure_leaves_the_keyboard_with_who_types(show: Show, qtbot: QtBot) -> None:
    window, bar, line = QWidget(), StatusBar(), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(bar)
    column.addWidget(line)
    show(window, 1000, 100)
    window.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    bar.show_saved("")
    bar.show_failure(FULL)
    assert line.hasFocus()
    assert not bar.has_focus()
    buttons(bar)["Discard"].setFocus()
    assert bar.has_focus()


def test_a_message_gives_way_to_what_is_known_of_the_disk(bar: StatusBar, qtbot: QtBot) -> None:
    assert bar._until.interval() == 6000
    bar._until.setInterval(0)
    bar.message("This is the last article")
    assert bar.text() == "This is the last article"
    qtbot.waitUntil(lambda: bar.text() == "All changes on disk")


def test_marks_are_counted_in_the_words_of_the_codebook(bar: StatusBar, press: Codebook) -> None:
    bar.show_counts(press, {"actor": 9, "event": 1, "statement": 1234})
    assert bar._counts.text() == "9 actors   1 event   0 numbers   1,234 statements"


def test_words_of_others_are_shown_as_they_are(bar: StatusBar) -> None:
    bar.message("Undone: tag actor “<b>Kreml</b>”")
    assert bar._words.textFormat() == Qt.TextFormat.PlainText
    assert "<" not in bar._words.toolTip()


def test_without_a_project_only_the_key_to_all_keys_is_left(
    bar: StatusBar, press: Codebook
) -> None:
    bar.show_counts(press, {"actor": 9})
    bar.set_annotator("Marta Kovač")
    bar.show_no_project()
    assert bar.text() == "No project open"
    assert keys(bar) == ["Key F1"]
    assert not bar._annotator.isVisible()
    assert not bar._zoom.isVisible()


@pytest.mark.parametrize("width", [1440, 1200, 1024, 900])
def test_what_has_no_room_is_left_out_and_the_disk_never_is(
    bar: StatusBar, press: Codebook, width: int, qtbot: QtBot
) -> None:
    bar.show_counts(press, dict.fromkeys(("actor", "event", "number", "statement"), 12345))
    bar.set_annotator("Marta Kovač")
    bar.show_zoom(100)
    bar.show_saved("2019-09-23T12:03:22+00:00")
    bar.resize(width, 26)
    qtbot.waitUntil(lambda: bar._words.width() >= bar._words.sizeHint().width())
    shown = [group for group in bar._hint_groups if group.isVisible()]
    assert shown == bar._hint_groups[: len(shown)]


def test_a_failure_is_painted_on_its_own_ground(bar: StatusBar) -> None:
    bar.set_theme(DARK)
    bar.show_failure(FULL)
    assert bar.grab().toImage().pixelColor(900, 20) == DARK.color("danger-bg")
    bar.show_saved("")
    assert bar.grab().toImage().pixelColor(900, 20) == DARK.color("app")
