"""A project that cannot be opened: said over the window, with what can be done about it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QSessionManager
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.model.commands import AddAnnotation
from app.storage import engine
from app.ui.main_window import MainWindow
from app.ui.restoring import RestoreSheet
from app.ui.workbench import Workbench
from app.workspace import Workspace
from app.workspace.backups import back_up
from tests.projects import mark, with_article
from tests.ui.person import Person

Key = Qt.Key


@pytest.fixture
def bench(attended: MainWindow) -> Workbench:
    return attended.bench


@pytest.fixture
def location(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PRESSMARK_BACKUPS", str(tmp_path / "kept"))  # not those of other tests
    ws, _ = with_article(tmp_path)
    with ws:
        back_up(ws.location, ws.project.id)
        return ws.location


def shown(bench: Workbench) -> str:
    return bench.unopened.accessibleName() if bench.unopened.isVisible() else ""


def offered(bench: Workbench) -> list[str]:
    buttons = bench.unopened.findChildren(QPushButton)
    return [b.accessibleName() for b in buttons if b.isVisible()]


def test_a_locked_project_is_tried_again_with_one_key(
    bench: Workbench, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(location, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        bench.open_project(location)
        assert shown(bench) == (
            "p.pressmark cannot be opened: another program is writing to the project. "
            "Nothing was changed; try again."
        )
        assert offered(bench) == ["Try again", "Close"]
        assert bench.unopened.retry.hasFocus()
        assert bench.exit_code == 4
        QTest.keyClick(bench.unopened.retry, Key.Key_Space)
        assert shown(bench)
    QTest.keyClick(bench.unopened.retry, Key.Key_Space)
    assert not shown(bench)
    assert bench.session is not None
    assert bench.exit_code == 0


def test_the_project_that_is_open_stays_open(
    bench: Workbench, location: str, tmp_path: Path
) -> None:
    bench.open_project(location)
    session = bench.session
    bench.open_project(str(tmp_path / "gone.pressmark"))
    assert "There is no file" in shown(bench)
    assert bench.session is session
    QTest.keyClick(bench.unopened, Key.Key_Escape)
    assert not shown(bench)
    assert bench.desk.view.hasFocus()


def test_a_damaged_project_is_repaired_from_the_bar(
    bench: Workbench, location: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person(monkeypatch)
    with closing(sqlite3.connect(location)) as damaged:
        damaged.execute("UPDATE codebook SET body = '{'")
        damaged.commit()
    bench.open_project(location)
    assert "is damaged: its codebook cannot be read" in shown(bench)
    assert offered(bench) == ["Try again", "Repair…", "Restore a backup…", "Close"]
    QTest.keyClick(bench.unopened.repair, Key.Key_Space)
    assert bench.repairing is not None  # the window stays usable meanwhile
    qtbot.waitUntil(lambda: bench.session is not None)
    assert "repaired." in person.said[-1]
    assert not shown(bench)
    assert bench.session is not None
    assert bench.session.workspace.check().ok


@pytest.mark.parametrize("harm", ["codebook", "header"])
def test_the_backups_of_a_damaged_project_are_listed(
    bench: Workbench, location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    (tmp_path / "other").mkdir()
    other, _ = with_article(tmp_path / "other")
    with other:
        back_up(other.location, other.project.id)
    if harm == "codebook":
        with closing(sqlite3.connect(location)) as damaged:
            damaged.execute("UPDATE codebook SET body = '{'")
            damaged.commit()
    else:  # nobody can tell any more whose it is
        Path(location).write_bytes(Path(location).read_bytes()[:5000])
    bench.open_project(location)
    seen: list[RestoreSheet] = []

    def choose(sheet: RestoreSheet) -> None:
        seen.append(sheet)
        out = str(tmp_path / f"{harm}.pressmark")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (out, ""))
        sheet.make.click()

    monkeypatch.setattr(RestoreSheet, "exec", lambda sheet: choose(sheet))  # noqa: PLW0108 - becomes a method
    QTest.keyClick(bench.unopened.restore, Key.Key_Space)
    (sheet,) = seen
    words = [sheet.list.item(n).text() for n in range(sheet.list.count())]
    assert len(words) == 1 or harm == "header"
    assert all(("Test · " in one) == (harm == "header") for one in words)
    assert bench.session is not None
    assert bench.session.workspace.location == str(tmp_path / f"{harm}.pressmark")
    assert not shown(bench)


class Leaving:
    """What the desktop hands over when somebody logs out."""

    def __init__(self, *, may_ask: bool) -> None:
        self.may_ask, self.is_cancelled, self.is_released = may_ask, False, False

    def allowsInteraction(self) -> bool:
        return self.may_ask

    def cancel(self) -> None:
        self.is_cancelled = True

    def release(self) -> None:
        self.is_released = True


def log_out(window: MainWindow, *, may_ask: bool = True) -> Leaving:
    leaving = Leaving(may_ask=may_ask)
    window.commit(cast("QSessionManager", leaving))
    assert leaving.is_released
    return leaving


def test_logging_out_writes_and_goes_on(attended: MainWindow, location: str) -> None:
    assert not log_out(attended).is_cancelled
    attended.bench.open_project(location)
    assert not log_out(attended).is_cancelled


def test_logging_out_asks_before_a_change_is_lost(
    attended: MainWindow, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person(monkeypatch)
    attended.bench.open_project(location)
    session = attended.bench.session
    assert session is not None
    assert session.contents is not None
    story = session.contents.article
    away = Path(location).rename(Path(location).with_name("away"))
    assert session.do(AddAnnotation(annotation=mark(story, 0, 3)), "tag") is None
    person.button = QMessageBox.StandardButton.Cancel
    assert log_out(attended).is_cancelled
    assert "The last change is not on disk." in person.said[-1]
    assert not log_out(attended, may_ask=False).is_cancelled  # nobody could answer
    away.rename(location)
    assert not log_out(attended).is_cancelled
    with Workspace.open(location, annotator="ann", read_only=True) as ws:
        assert len(ws.contents(story.id)) == 1
