"""The sheet of near-duplicates: what is alike, what differs, and marks carried over in one step."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.duplicates import DuplicatesSheet
from app.ui.main_window import MainWindow
from app.ui.session import Session
from app.ui.style import stylesheet
from app.ui.theme import LIGHT, load_fonts
from app.workspace import Workspace
from tests.workspace.test_duplicates import CUT, OTHER, UPDATE, WIRE, added, mark


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    from app.workspace.sample import press_codebook

    workspace = Workspace.create(
        tmp_path / "p.pressmark", name="p", codebook=press_codebook(), annotator="marta"
    )
    made = Session(workspace)
    yield made
    made.close()


def sheet_of(qtbot: QtBot, session: Session) -> DuplicatesSheet:
    window = QWidget()
    load_fonts()
    window.setStyleSheet(stylesheet(LIGHT))
    window.resize(1200, 800)
    qtbot.addWidget(window)
    window.show()
    sheet = DuplicatesSheet(window, session, theme=LIGHT)
    sheet.show()
    qtbot.waitUntil(lambda: sheet.job is None)
    return sheet


def lines(sheet: DuplicatesSheet) -> list[str]:
    return [sheet.list.item(n).text() for n in range(sheet.list.count())]


def test_marks_go_from_the_article_that_is_chosen_to_the_others(
    qtbot: QtBot, session: Session, assert_targets: Callable[[QWidget], None]
) -> None:
    ws = session.workspace
    wire, _, update, cut = (
        added(ws, text, title)
        for title, text in {"wire": WIRE, "other": OTHER, "update": UPDATE, "cut": CUT}.items()
    )
    mark(ws, wire, "number", "2,500")
    mark(ws, wire, "actor", "Anna Martin")
    sheet = sheet_of(qtbot, session)
    assert_targets(sheet)
    assert lines(sheet) == [
        "3 articles",
        "wire\nS · 2 marks",
        "update\nS · no marks",
        "cut\nS · no marks",
    ]
    assert sheet.caption.text() == "1 group, 3 articles"
    assert sheet.go.text() == "Carry 3 marks over to 2 articles"
    assert sheet.told.text() == (
        "update: 2 marks, 1 of them unsure, 2 passages with a bookmark\n"
        "cut: 1 mark, 1 have no words there"
    )
    assert sheet.differences.toPlainText().startswith("update (92%)\n− About 2,500 people")
    QTest.keyClick(sheet.list, Qt.Key.Key_Down)
    assert "of the letters stand in “wire” too" in sheet.beside.text()
    shown = sheet.differences.toPlainText().split("\n")
    assert shown[0].startswith("− About 2,500 people")
    assert shown[1].startswith("+ Around 3,000 people")
    assert "+ Rain fell." in shown
    assert sheet.told.text() == "The article has no marks of yours to carry over."
    assert not sheet.go.isEnabled()
    QTest.keyClick(sheet.list, Qt.Key.Key_Up)
    with qtbot.waitSignal(sheet.message) as said:
        QTest.keyClick(sheet.list, Qt.Key.Key_Return)
    assert said.args == ["Carry 3 marks over to 2 articles"]
    assert [one.quote for one in ws.contents(update).annotations] == ["3,000", "Anna Martin"]
    assert [one.quote for one in ws.contents(cut).annotations] == ["2,500"]
    assert lines(sheet)[2:] == ["update\nS · 2 marks", "cut\nS · 1 mark"]
    assert sheet.told.text() == "The other articles have all these marks already."
    session.undo_in_project()
    assert not len(ws.contents(update))
    with qtbot.waitSignal(sheet.article_requested) as opened:
        sheet.open_button.click()
    assert opened.args == [wire]


def test_nothing_alike_is_said_and_looking_can_be_cancelled(qtbot: QtBot, session: Session) -> None:
    added(session.workspace, OTHER, "other")
    sheet = sheet_of(qtbot, session)
    assert sheet.told.text() == "No articles of this project are nearly the same."
    assert not sheet.go.isEnabled()
    sheet.reject()
    window = QWidget()
    qtbot.addWidget(window)
    busy = DuplicatesSheet(window, session, theme=LIGHT)
    busy.show()
    busy.reject()
    qtbot.waitUntil(lambda: busy.job is None and not busy.isVisible())


def test_the_menu_and_the_key_open_it(on_sample: MainWindow, qtbot: QtBot) -> None:
    seen: list[DuplicatesSheet] = []

    def close() -> None:
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, DuplicatesSheet)
        seen.append(sheet)
        qtbot.waitUntil(lambda: sheet.job is None)
        sheet.reject()

    QTimer.singleShot(0, close)
    on_sample.bench.menus.action("duplicates").trigger()
    assert len(seen) == 1
