"""Suggestions over a long article: they come in while one works, and what is decided goes."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.commands import AddArticle
from app.ui.main_window import MainWindow
from app.ui.proposals import LONG, RULES
from app.workspace.suggesting import suggestions
from tests.projects import article, project

Key = Qt.Key
PARAGRAPH = "Anna Berg said on Monday that 300 people had marched. Police held Anna Berg.\n\n"
LONG_TEXT = PARAGRAPH * (LONG // len(PARAGRAPH) + 1)


@pytest.fixture
def window(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    with project(tmp_path) as ws:
        ws.do(AddArticle(article=article(LONG_TEXT, title="Long")), title="import")
        ws.do(AddArticle(article=article(PARAGRAPH, title="Short")), title="import")
    opened.bench.open_project(ws.location)
    desk = opened.bench.desk
    desk.proposals.choose(RULES)
    desk.view.setFocus()
    desk.switch_suggestions(on=True)
    assert is_looking(opened)
    assert opened.bench.session is not None
    wait(opened, qtbot)
    return opened


def wait(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.bench.desk.proposals.looking, timeout=30_000)


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window.bench.desk.view, key)
    QApplication.processEvents()


def is_looking(window: MainWindow) -> bool:
    return window.bench.desk.proposals.looking


def is_true(window: MainWindow) -> bool:
    session = window.bench.session
    assert session is not None
    assert session.contents is not None
    rejected = session.contents.rejected
    found = suggestions(session.workspace, session.contents.article.id, suggesters=RULES)
    wanted = {one.id: one for one in found if not rejected(one.id)}
    return window.bench.desk.view.suggestions == wanted


def test_they_come_in_and_follow_what_is_decided(window: MainWindow, qtbot: QtBot) -> None:
    desk = window.bench.desk
    assert len(desk.view.suggestions) > 500
    assert is_true(window)
    press(window, Key.Key_A)
    accepted = desk.view.selected_suggestion
    assert accepted
    press(window, Key.Key_A)
    assert accepted not in desk.view.suggestions  # at once, whoever still looks
    rejected = desk.view.selected_suggestion
    assert rejected
    press(window, Key.Key_X)
    assert rejected not in desk.view.suggestions
    assert is_looking(window)
    desk.undo()
    wait(window, qtbot)
    assert rejected in desk.view.suggestions
    assert is_true(window)


def test_the_bar_says_that_more_may_come(window: MainWindow, qtbot: QtBot) -> None:
    button = window.bench.desk.reader._suggestions
    count = f"{len(window.bench.desk.view.suggestions):,}"
    assert button.accessibleName() == f"Suggestions, {count} in this article"
    press(window, Key.Key_A)
    press(window, Key.Key_X)
    assert button.accessibleName().endswith("so far")
    wait(window, qtbot)
    assert not button.accessibleName().endswith("so far")


def test_another_article_is_not_touched_by_a_late_answer(window: MainWindow, qtbot: QtBot) -> None:
    desk = window.bench.desk
    press(window, Key.Key_A)
    press(window, Key.Key_X)
    assert is_looking(window)
    press(window, Key.Key_N)
    assert not is_looking(window)
    assert is_true(window)
    short = dict(desk.view.suggestions)
    press(window, Key.Key_P)
    wait(window, qtbot)
    assert is_true(window)
    press(window, Key.Key_N)
    assert desk.view.suggestions == short


def test_switched_off_there_is_nothing(window: MainWindow) -> None:
    desk = window.bench.desk
    press(window, Key.Key_A)
    press(window, Key.Key_X)
    desk.switch_suggestions(on=False)
    assert not is_looking(window)
    assert desk.view.suggestions == {}


def test_a_process_that_dies_is_said(window: MainWindow, qtbot: QtBot) -> None:
    desk = window.bench.desk
    apart = desk.proposals._apart._apart
    assert apart is not None
    press(window, Key.Key_A)
    press(window, Key.Key_X)
    with qtbot.waitSignal(desk.proposals.message, timeout=30_000) as said:
        apart.end()
    assert said.args is not None
    assert "The text is as it was" in said.args[0]
    assert desk.view.suggestions == {}
