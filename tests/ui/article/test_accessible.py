"""What a screen reader is told: a list of the marks beside the text, and where the caret goes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.announce import Announcer, in_the_past
from app.ui.article.accessible import install
from tests.ui.article.stand import Stand, change, find, link, mark

Name = QAccessible.Text.Name
Key = Qt.Key

TEXT = "😀 Ann told Bob to march. Then Bob marched."
ANN = mark(TEXT, "actor", "Ann")
BOB = mark(TEXT, "actor", "Bob")
TOLD = mark(TEXT, "statement", "Ann told Bob to march", certainty="unsure")
LINKS = (link("speaker", TOLD, ANN), link("addressee", TOLD, BOB))


@pytest.fixture(autouse=True)
def listening(qapp: QApplication) -> Iterator[None]:
    """Let Qt think that a screen reader runs."""
    install()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def interface(stand: Stand) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(stand.view)


def entries(stand: Stand) -> list[QAccessibleInterface]:
    marks = QAccessible.queryAccessibleInterface(stand.view.marks)
    assert marks.role() == QAccessible.Role.List
    return [marks.child(n) for n in range(marks.childCount())]


def test_every_mark_is_an_entry_in_reading_order(stand: Stand) -> None:
    stand.load(TEXT, (ANN, BOB, TOLD), LINKS)
    assert [entry.text(Name) for entry in entries(stand)] == [
        "Statement 1 of 1, Ann told Bob to march, addressed to Bob, speaker Ann, unsure",
        "Actor 1 of 2, Ann",
        "Actor 2 of 2, Bob",
    ]
    for entry in entries(stand):
        assert entry.role() == QAccessible.Role.ListItem
        assert entry.isValid()
        assert entry.childCount() == 0


def test_a_mark_above_the_window_is_not_said_to_be_showing(stand: Stand) -> None:
    long = TEXT + "\n\nNothing here." * 200
    stand.load(long, (mark(long, "actor", "Ann"),))
    (entry,) = entries(stand)
    assert not entry.state().offscreen
    stand.view.verticalScrollBar().setValue(stand.view.verticalScrollBar().maximum())
    assert entry.state().offscreen


def test_the_list_stands_under_the_text_which_keeps_qt_s_own_text_interface(stand: Stand) -> None:
    stand.load(TEXT, (ANN,))
    shown = interface(stand)
    assert shown.text(Name) == "Article"
    names = [shown.child(n).text(Name) for n in range(shown.childCount())]
    assert "Marks" in names
    words = shown.textInterface()
    start, end = find(TEXT, "told")
    assert words.text(start + 1, end + 1) == "told"  # UTF-16: the emoji counts twice
    assert entries(stand)[0].parent().text(Name) == "Marks"


def test_an_entry_lies_where_the_mark_is_and_is_found_there(stand: Stand) -> None:
    stand.load(TEXT, (ANN, BOB))
    first, second = (entry.rect() for entry in entries(stand))
    assert first.width() > 10
    assert first.right() < second.left()
    marks = QAccessible.queryAccessibleInterface(stand.view.marks)
    middle = first.center()
    hit = marks.childAt(middle.x(), middle.y())
    assert hit.text(Name).startswith("Actor 1")
    assert marks.indexOfChild(hit) == 0


def test_entries_follow_changes_and_filters(stand: Stand) -> None:
    stand.load(TEXT, (ANN, BOB, TOLD))
    gone = entries(stand)[1]
    stand.apply(change(removed=[ANN.id]))
    assert not gone.isValid()
    assert gone.text(Name) == ""
    assert len(entries(stand)) == 2
    stand.view.set_types_shown({"actor"})
    assert [entry.text(Name) for entry in entries(stand)] == ["Actor 1 of 1, Bob"]


def test_the_selected_mark_is_said_to_be_selected(stand: Stand) -> None:
    stand.load(TEXT, (ANN, BOB))
    stand.view.select(BOB.id)
    assert [entry.state().selected for entry in entries(stand)] == [False, True]


def test_a_mark_is_heard_when_it_is_selected_and_when_the_caret_enters_it(
    stand: Stand, qtbot: QtBot
) -> None:
    stand.load(TEXT, (ANN, BOB, TOLD))
    heard: list[str] = []
    stand.view.annotation_entered.connect(heard.append)
    stand.key(Key.Key_Right)
    assert heard[-1].startswith("Statement 1 of 1")
    stand.click(find(TEXT, "Then")[0])
    stand.key(Key.Key_Left, Qt.KeyboardModifier.ControlModifier, times=3)
    assert heard[-1].startswith("Actor 2 of 2, Bob") or heard[-1].startswith("Statement")
    count = len(heard)
    stand.view.set_range(find(TEXT, "told")[0], find(TEXT, "told")[0] + 1)
    stand.view.set_range(find(TEXT, "told")[0], find(TEXT, "told")[0] + 2)
    assert len(heard) - count <= 1  # once, not at every step inside


def test_nothing_is_put_into_words_when_nobody_listens(stand: Stand) -> None:
    QAccessible.setActive(False)
    stand.load(TEXT, (ANN,))
    heard: list[str] = []
    stand.view.annotation_entered.connect(heard.append)
    stand.view.select(ANN.id)
    assert heard == []


def test_what_comes_together_is_said_as_one_and_what_is_urgent_at_once(
    stand: Stand, qtbot: QtBot
) -> None:
    announcer = Announcer(stand.view)
    said: list[tuple[str, bool]] = []
    announcer.said.connect(lambda words, urgent: said.append((words, urgent)))
    announcer.say("Tagged actor")
    announcer.say("Speaker set")
    announcer.say("Tagged actor")
    announcer.say_now("Not on disk")
    assert said == [("Not on disk", True)]
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said[1] == ("Tagged actor. Speaker set", False)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("tag actor “police”", "Tagged actor “police”"),
        ("set speaker to “Ann”", "Set speaker to “Ann”"),
        ("reopen article", "Reopen article"),
    ],
)
def test_a_change_is_told_in_the_past(title: str, words: str) -> None:
    assert in_the_past(title) == words
