"""Tag all alike on the real window: looked for beside it, ticked by keys, one step."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.commands import AddAnnotation, AddArticle
from app.ui.alike_sheet import AlikeSheet
from app.ui.main_window import MainWindow
from app.workspace import Workspace
from tests.projects import article, mark, project

Key = Qt.Key
TEXTS = ("Anna Berg came. Berg spoke. Berg left.", "Anna Berg stayed.")


@pytest.fixture
def window(opened: MainWindow, tmp_path: Path) -> MainWindow:
    with project(tmp_path) as ws:
        made = [
            ws.do(AddArticle(article=article(text, title=f"T{n}")), title="x").articles[0]
            for n, text in enumerate(TEXTS)
        ]
        first = mark(made[0], 0, 9, type="actor")
        ws.do(AddAnnotation(annotation=first), title="tag", article=made[0].id)
    opened.bench.open_project(ws.location)
    opened.bench.desk.view.select(first.id)
    opened.bench.desk.view.setFocus()
    QApplication.processEvents()
    return opened


def workspace(window: MainWindow) -> Workspace:
    assert window.bench.session is not None
    return window.bench.session.workspace


def in_sheet(window: MainWindow, qtbot: QtBot, *steps: object) -> list[str]:
    """Open the sheet by its key, take steps in it; return what it said, a line a step."""
    said: list[str] = []

    def act() -> None:
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, AlikeSheet)
        try:
            for step in steps:
                qtbot.waitUntil(lambda: sheet.job is None and not sheet._pause.isActive())
                step(sheet)  # type: ignore[operator]
                qtbot.waitUntil(lambda: sheet.job is None and not sheet._pause.isActive())
                said.append(f"{sheet.told.text()} | {sheet.go.text()}")
        finally:
            sheet.reject()

    QTimer.singleShot(0, act)
    QTest.keyClick(window.bench.desk.view, Key.Key_Period, Qt.KeyboardModifier.AltModifier)
    return said


def everywhere(sheet: AlikeSheet) -> None:
    sheet.scope.setCurrentIndex(1)


def untick(sheet: AlikeSheet) -> None:
    assert sheet.list.hasFocus()
    QTest.keyClick(sheet.list, Key.Key_Down)
    QTest.keyClick(sheet.list, Key.Key_Space)


def take(sheet: AlikeSheet) -> None:
    sheet.go.click()


def count(window: MainWindow) -> int:
    return workspace(window).stats().annotations["actor"]


def test_the_article_then_all_then_one_left_out(window: MainWindow, qtbot: QtBot) -> None:
    said = in_sheet(window, qtbot, lambda _: None, everywhere, untick, take)
    assert said[:3] == [
        "2 places in 1 article | Tag 2 places",
        "3 places in 2 articles | Tag 3 places",
        "3 places in 2 articles | Tag 2 places",
    ]
    assert count(window) == 3
    assert "2 marks made; Edit ▸ Undo in the project takes them back" in window.bench.status.text()
    window.bench._run("undo-project")
    assert count(window) == 1


def test_in_one_article_undo_takes_it_back(window: MainWindow, qtbot: QtBot) -> None:
    in_sheet(window, qtbot, take)
    assert count(window) == 3
    window.bench.desk.undo()
    assert count(window) == 1


def test_options_and_ticks(window: MainWindow, qtbot: QtBot) -> None:
    said = in_sheet(
        window,
        qtbot,
        lambda sheet: sheet.none.click(),
        lambda sheet: sheet.every.click(),
        lambda sheet: sheet.names.setChecked(False),
        everywhere,
        lambda sheet: sheet.reject(),
    )
    assert said[0] == "2 places in 1 article | Tag"
    assert said[1] == "2 places in 1 article | Tag 2 places"
    assert said[2] == "Nowhere else | Tag"
    assert said[3] == "1 place in 1 article | Tag 1 place"
    assert count(window) == 1


def test_what_was_left_out_stays_so(window: MainWindow, qtbot: QtBot) -> None:
    said = in_sheet(window, qtbot, untick, everywhere)
    assert said == [
        "2 places in 1 article | Tag 1 place",
        "3 places in 2 articles | Tag 2 places",
    ]


def test_a_mark_with_gaps_is_told(window: MainWindow) -> None:
    from app.model.annotation import fragments_of

    ws = workspace(window)
    of = ws.contents(ws.article_ids()[0]).article
    gaps = mark(of, 0, 4, type="actor", fragments=fragments_of(of.text, [(0, 4), (10, 14)]))
    assert window.bench.session is not None
    window.bench.session.do(AddAnnotation(annotation=gaps), "tag")
    window.bench.desk.view.select(gaps.id)
    window.bench.desk.tag_alike_everywhere()
    assert "gaps" in window.bench.status.text()
