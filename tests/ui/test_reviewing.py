"""Review on the real window: from suggestion to suggestion, from article to article, by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.model.commands import AddAnnotation, AddArticle
from app.ui.main_window import MainWindow
from tests.projects import article, mark, project
from tests.ui.suggesters import known_words_alone

Key = Qt.Key
TEXTS = (
    "Navalny came. Police met Navalny. Then Navalny left.",
    "Nobody was here.",
    "In the end Navalny slept.",
)


@pytest.fixture
def window(opened: MainWindow, tmp_path: Path) -> MainWindow:
    with project(tmp_path) as ws:
        made = [
            ws.do(AddArticle(article=article(text, title=f"T{n}")), title="x").articles[0]
            for n, text in enumerate(TEXTS)
        ]
        ws.do(AddAnnotation(annotation=mark(made[0], 0, 7, type="actor")), title="tag")
    known_words_alone(opened)
    opened.bench.open_project(ws.location)
    opened.bench.desk.view.setFocus()
    QApplication.processEvents()
    return opened


def press(window: MainWindow, key: Key, shift: bool = False) -> None:  # noqa: FBT001, FBT002
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(window.bench.desk.view, key, held)
    for _ in range(4):
        QApplication.processEvents()


def begin(window: MainWindow) -> None:
    QTest.keyClick(window.bench.desk.view, Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    for _ in range(4):
        QApplication.processEvents()


def bar(window: MainWindow) -> str:
    banner = window.bench.desk.reviewing.banner
    return banner.accessibleName() if banner.isVisible() else ""


def title(window: MainWindow) -> str:
    session = window.bench.session
    assert session is not None
    assert session.contents is not None
    return session.contents.article.title


def test_it_begins_with_suggestions_and_says_which(window: MainWindow) -> None:
    begin(window)
    assert window.bench.desk.proposals.on
    assert bar(window).startswith("1 of 2 – ")
    assert window.bench.menus.action("review").isChecked()
    press(window, Key.Key_Space)
    assert bar(window).startswith("2 of 2 – ")
    press(window, Key.Key_Space)
    assert bar(window).startswith("1 of 2 – ")
    press(window, Key.Key_Space, shift=True)
    assert bar(window).startswith("2 of 2 – ")


def test_it_goes_on_in_the_next_article_that_has_one_and_ends(
    window: MainWindow, qtbot: QtBot
) -> None:
    begin(window)
    press(window, Key.Key_A)
    assert bar(window).startswith("1 of 1 – ")
    press(window, Key.Key_X)
    qtbot.waitUntil(lambda: title(window) == "T2")  # not T1, where there is none
    qtbot.waitUntil(lambda: bar(window).startswith("1 of 1 – "))
    press(window, Key.Key_A)
    qtbot.waitUntil(lambda: not window.bench.desk.reviewing.on)
    assert window.bench.status.text() == "No suggestion further on: the review is done"
    assert bar(window) == ""
    session = window.bench.session
    assert session is not None
    origins = [one.origin for one in session.workspace.contents(session.article or "").annotations]
    assert origins == ["suggestion:names"]


def test_what_was_rejected_does_not_come_back(window: MainWindow, qtbot: QtBot) -> None:
    begin(window)
    press(window, Key.Key_X, shift=True)
    qtbot.waitUntil(lambda: title(window) == "T2")
    press(window, Key.Key_P)
    press(window, Key.Key_P)
    assert title(window) == "T0"
    assert window.bench.desk.view.suggestions == {}


def test_esc_leaves_last(window: MainWindow) -> None:
    begin(window)
    for _ in range(4):
        if window.bench.desk.reviewing.on:
            press(window, Key.Key_Escape)
    assert not window.bench.desk.reviewing.on
    assert bar(window) == ""
    assert not window.bench.menus.action("review").isChecked()
    assert not window.bench.desk.view.reviewing


def test_the_button_and_another_project_leave_it(window: MainWindow) -> None:
    begin(window)
    window.bench.desk.reviewing.banner.button.click()
    assert not window.bench.desk.reviewing.on
    begin(window)
    window.bench.close_project()
    assert not window.bench.desk.reviewing.on


def test_undo_brings_a_decision_back_into_the_review(window: MainWindow, qtbot: QtBot) -> None:
    begin(window)
    press(window, Key.Key_A)
    assert bar(window).startswith("1 of 1 – ")
    window.bench.desk.undo()
    qtbot.waitUntil(lambda: len(window.bench.desk.view.suggestions) == 2)
    qtbot.waitUntil(lambda: " of 2 – " in bar(window))


def hints(window: MainWindow) -> str:
    labels = window.bench.status.findChildren(QLabel)
    return " ".join(one.text() for one in labels if one.parent() is not None and one.text())


def test_the_status_bar_says_which_keys_decide(window: MainWindow) -> None:
    assert "accept" not in hints(window)
    begin(window)
    assert "accept" in hints(window)
    window.bench.desk.reviewing.end()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert "accept" not in hints(window)
    assert "next open point" in hints(window)


def test_the_keys_are_those_of_the_view_that_is_shown(window: MainWindow) -> None:
    begin(window)
    for view in ("dashboard", "annotate"):
        window.bench.show_view(view)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert ("accept" in hints(window)) is (view == "annotate" and on(window)), view


def on(window: MainWindow) -> bool:
    return window.bench.desk.reviewing.on
