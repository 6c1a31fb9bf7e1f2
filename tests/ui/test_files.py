"""What the File menu asks and says: answers are given for the person, all else is real."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.model.errors import InputRefused
from app.ui.files import Files
from app.ui.settings import Settings
from app.workspace import Workspace
from app.workspace.repairing import repair
from tests.projects import project, with_article
from tests.ui.person import Person


@pytest.fixture
def files(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "config")
    )
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "home"))
    monkeypatch.setenv("PRESSMARK_ANNOTATOR", "Marta")
    window = QWidget()
    qtbot.addWidget(window)
    return Files(window, Settings())


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with project(tmp_path) as made:
        yield made


def test_whoever_annotates_is_named_by_the_settings_first(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert files.annotator == "Marta"
    files._settings.set_text("annotator", "Jonas Weber")
    assert files.annotator == "Jonas Weber"


def test_a_project_is_opened_where_it_lies(files: Files, person: Person, ws: Workspace) -> None:
    person.path = ws.location
    assert files.ask_project() == ws.location
    opened = files.open_workspace(ws.location)
    assert opened.annotator == "Marta"
    opened.close()
    assert person.said == []
    # The next dialog starts in that folder.
    files.ask_project()
    assert person.asked[-1] == ("Open a project", str(Path(ws.location).parent))


def test_nobody_chose_anything(files: Files, person: Person, ws: Workspace) -> None:
    assert files.ask_project() is None
    assert files.copy_project(ws) is None
    assert person.said == []
    assert len(person.asked) == 2


def test_what_cannot_be_opened_is_told_on_stderr(
    files: Files, person: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.pressmark"
    empty.touch()
    sentence = "empty.pressmark is an empty file, not a Pressmark project."
    with pytest.raises(InputRefused, match=sentence):
        files.open_workspace(str(empty))
    assert person.said == []
    assert capsys.readouterr().err == f"{sentence}\n"
    assert files.failure == 3


def test_the_sample_is_made_once(files: Files, person: Person) -> None:
    made = files.sample_project()
    assert made is not None
    before = Path(made).read_bytes()
    assert files.sample_project() == made
    assert Path(made).read_bytes() == before


def test_no_place_for_the_sample(files: Files, person: Person, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where a folder should be")
    assert files.sample_project() is None
    assert "cannot be made" in person.said[-1]


def test_a_copy_of_the_project(files: Files, person: Person, ws: Workspace, tmp_path: Path) -> None:
    person.path = str(tmp_path / "copy.pressmark")
    assert files.copy_project(ws) == person.path
    with Workspace.open(person.path, annotator="x") as opened:
        assert opened.project == ws.project
        assert opened.check().ok
    assert files.copy_project(ws) is None
    assert "exists already" in person.said[-1]
    person.path = str(tmp_path / "nowhere" / "copy.pressmark")
    assert files.copy_project(ws) is None
    assert "cannot be written" in person.said[-1]


def test_a_check_says_what_it_looked_at(files: Files, person: Person, ws: Workspace) -> None:
    files.report_check(ws.check())
    assert person.said[0].startswith("Nothing is wrong with this project.\nChecked: ")


def test_a_check_says_what_it_found(files: Files, person: Person) -> None:
    from app.model.reports import CheckFinding, CheckReport

    bad = CheckFinding(kind="quote", where="mark 7", detail="The words are not those of the text.")
    files.report_check(CheckReport(findings=(bad,), checked={"texts": 1}))
    assert person.said == [
        (
            "1 thing needs a look.\nThe history cannot prove what was there: restore a backup.\n"
            "mark 7: The words are not those of the text."
        )
    ]


def test_what_can_be_repaired_is_offered_and_told(
    files: Files, person: Person, tmp_path: Path
) -> None:
    ws, _ = with_article(tmp_path)
    location = ws.location
    ws.close()
    connection = sqlite3.connect(location)
    connection.execute("UPDATE article SET text = ' ' || text")
    connection.commit()
    connection.close()
    with Workspace.open(location, annotator="Marta") as damaged:
        assert not files.report_check(damaged.check())  # the person answers with Close
        person.button = QMessageBox.StandardButton.Apply
        assert files.report_check(damaged.check())
    assert "keeps this file beside it" in person.said[-1]
    files.report_repair(repair(location))
    first, kept, *_ = person.said[-1].splitlines()
    assert "repaired." in first
    assert " damaged " in kept
    with Workspace.open(location, annotator="Marta") as repaired:
        assert repaired.check().ok


def test_about_and_words_of_others_are_plain(files: Files, person: Person) -> None:
    files.about()
    assert person.said[0].startswith("Pressmark 0.1.0")


def test_losing_a_change_is_asked(files: Files, person: Person) -> None:
    person.button = QMessageBox.StandardButton.Cancel
    assert not files.may_lose_change()
    person.button = QMessageBox.StandardButton.Discard
    assert files.may_lose_change()
    assert person.said[0].startswith("The last change is not on disk.")
