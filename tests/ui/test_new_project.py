"""A new project by a sheet: nothing is written before the button, and nothing overwritten."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.model.resources import resource
from app.ui.new_project import NewProject
from app.ui.theme import LIGHT
from app.workspace import Workspace

Show = Callable[..., None]


@pytest.fixture
def sheet(qtbot: QtBot, show: Show, tmp_path: Path) -> NewProject:
    window = QWidget()
    show(window, 1000, 800)
    made = NewProject(window, folder=str(tmp_path), annotator="Marta", theme=LIGHT)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_name_is_enough(sheet: NewProject, tmp_path: Path) -> None:
    assert not sheet.make.isEnabled()
    assert sheet._told.text() == "Give it a name."
    QTest.keyClicks(sheet.name, "Protests 2021")
    assert sheet._told.text() == f"{tmp_path / 'Protests 2021.pressmark'} will be made."
    assert files(tmp_path) == []
    QTest.keyClick(sheet.name, Qt.Key.Key_Return)
    assert sheet.location == str(tmp_path / "Protests 2021.pressmark")
    assert sheet.isHidden()
    with Workspace.open(sheet.location, annotator="x") as made:
        assert made.project.name == "Protests 2021"
        assert made.codebook.name == "press"
        assert [one.name for one in made.annotators()] == ["Marta"]


def test_what_cannot_be_is_said_before_anything_is_written(
    sheet: NewProject, tmp_path: Path
) -> None:
    (tmp_path / "there.pressmark").write_text("mine")
    for name, told in (
        ("there", "there.pressmark is there already. Nothing is overwritten."),
        ("a/b", "A name of a file holds none of"),
        (".hidden", "A name of a file holds none of"),
        ("  ", "Give it a name."),
    ):
        sheet.name.setText(name)
        assert sheet._told.text().startswith(told)
        assert not sheet.make.isEnabled()
    sheet.name.setText("fine")
    sheet.folder.setText(str(tmp_path / "nowhere"))
    assert sheet._told.text() == f"There is no folder {tmp_path / 'nowhere'}."
    sheet.folder.setText(str(tmp_path))
    sheet.annotator.setText(" ")
    assert sheet._told.text() == "Say who you are: your marks carry your name."
    assert files(tmp_path) == ["there.pressmark"]


def test_a_codebook_of_ones_own(
    sheet: NewProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = resource("codebooks/press.yaml").read_text("utf-8")
    own = tmp_path / "own.yaml"
    own.write_text(text.replace("name: press\n", "name: mine\n", 1), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(own), ""))
    sheet.codebook.setCurrentIndex(1)
    sheet.codebook.activated.emit(1)
    assert sheet.codebook.currentText() == "From own.yaml"
    sheet.name.setText("p")
    sheet.make.click()
    with Workspace.open(sheet.location, annotator="x") as made:
        assert made.codebook.name == "mine"


def test_a_codebook_that_is_none_keeps_the_sheet_open(
    sheet: NewProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("types: 3", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bad), ""))
    sheet.codebook.setCurrentIndex(1)
    sheet.codebook.activated.emit(1)
    sheet.name.setText("p")
    sheet.make.click()
    assert sheet.isVisible()
    assert sheet.location == ""
    assert sheet._told.property("class") == "danger"
    assert sheet._told.text()
    assert files(tmp_path) == ["bad.yaml"]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    sheet.codebook.activated.emit(1)
    assert sheet.codebook.currentIndex() == 0


def test_a_folder_is_chosen(
    sheet: NewProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(other))
    sheet._choose.click()
    assert sheet.folder.text() == str(other)


def test_escape_makes_nothing(sheet: NewProject, tmp_path: Path) -> None:
    sheet.name.setText("p")
    QTest.keyClick(sheet.name, Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert (sheet.location, files(tmp_path)) == ("", [])


def test_every_field_is_named(sheet: NewProject, assert_targets: Callable[[QWidget], None]) -> None:
    assert_targets(sheet)
    for field in (sheet.name, sheet.folder, sheet.codebook, sheet.annotator):
        assert field.accessibleName()
