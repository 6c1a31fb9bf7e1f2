"""Restoring in the window: what differs is seen before, a new file is made, nothing overwritten."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from app.ui.restoring import RestoreSheet
from app.workspace import Workspace
from app.workspace.backups import back_up, outline


@pytest.fixture
def sheet(on_sample: MainWindow, qtbot: QtBot) -> Iterator[RestoreSheet]:
    session = on_sample.bench.session
    assert session is not None
    workspace = session.workspace
    back_up(workspace.location, workspace.project.id)
    on_sample.bench.desk.delete(on_sample.bench.desk.view.marks_shown()[0].id)
    made = RestoreSheet(
        on_sample,
        theme=on_sample.bench._settings.theme(),
        project=workspace.project.id,
        location=workspace.location,
        now=outline(workspace.location),
    )
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def table(sheet: RestoreSheet) -> list[tuple[str, str]]:
    return [(now.text(), then.text()) for now, then in sheet._values[:4]]


def test_what_differs_is_told(sheet: RestoreSheet) -> None:
    assert sheet.list.count() == 1
    articles, marks, links, steps = table(sheet)
    assert articles == ("1", "1")
    assert marks == ("116", "117")
    assert links[1] == "122"
    assert int(steps[0]) == int(steps[1]) + 1
    assert sheet.make.isEnabled()


def test_a_new_file_is_made_and_none_overwritten(
    sheet: RestoreSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "back"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    sheet.make.click()
    assert sheet.location == ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    sheet.make.click()
    assert sheet.location == f"{out}.pressmark"
    with Workspace.open(sheet.location, annotator="x", read_only=True) as made:
        assert made.stats().annotations["actor"] == 59
    before = Path(sheet.location).read_bytes()
    sheet.location = ""
    sheet.make.click()
    assert sheet.location == ""
    assert "exists already" in sheet._told.text()
    assert Path(f"{out}.pressmark").read_bytes() == before


def test_another_file_is_looked_at(
    sheet: RestoreSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = tmp_path / "foreign.pressmark"
    foreign.write_text("no project")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(foreign), ""))
    sheet._choose_file()
    assert not sheet.make.isEnabled()
    assert "foreign.pressmark" in sheet._told.text()
    assert [then for _, then in table(sheet)] == ["", "", "", ""]


def test_a_project_without_backups_says_so(on_sample: MainWindow, qtbot: QtBot) -> None:
    made = RestoreSheet(
        on_sample, theme=on_sample.bench._settings.theme(), project="new", location="", now=None
    )
    qtbot.addWidget(made)
    assert made._told.text().startswith("There is no backup of this project yet")
    assert not made.make.isEnabled()
