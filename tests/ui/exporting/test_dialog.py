"""The export sheet: checked and seen before it is written, counted after it was read back."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.model.article import Status
from app.model.commands import AddAnnotation, AddArticle, SetStatus
from app.model.errors import KnownError
from app.ui.exporting import dialog
from app.ui.exporting.dialog import FINISHED, ExportSheet
from app.ui.exporting.options import EACH, SPLIT
from app.ui.exporting.so_far import ExportsSheet
from app.ui.main_window import MainWindow
from app.workspace import Workspace
from tests.projects import article, mark, project

Check = Callable[[QWidget], None]


@pytest.fixture
def location(tmp_path: Path) -> str:
    """Three articles: the first is done and has marks of two people; one mark is half filled."""
    with project(tmp_path) as ws:
        for number in range(3):
            story = article(f"Navalny came 😀. Story {number}.", title=f"Story {number}")
            ws.do(AddArticle(article=story), title="import")
        first = ws.contents(ws.article_ids()[0]).article
        for layer in ("ann", "bob"):
            added = mark(first, 0, 7, type="actor", layer=layer)
            ws.do(AddAnnotation(annotation=added), title="tag", article=first.id)
        done = Status(article=first.id, layer="ann", state="done")
        ws.do(SetStatus(status=done), title="done")
        return ws.location


def ready(sheet: ExportSheet) -> bool:
    return sheet._job is None and not (sheet._looking and sheet._looking.running)


@pytest.fixture
def sheet(opened: MainWindow, qtbot: QtBot, location: str) -> Iterator[ExportSheet]:
    opened.bench.open_project(location)
    opened.bench.menus.action("export").trigger()
    made = opened.bench.departures.sheet
    assert made is not None
    assert not made.go.isEnabled()
    qtbot.waitUntil(lambda: ready(made))
    yield made
    if opened.bench.departures.sheet is not None:
        opened.bench.departures.sheet.reject()


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_by_keys_alone_and_the_file_is_as_the_receipt_says(
    opened: MainWindow, qtbot: QtBot, sheet: ExportSheet, tmp_path: Path
) -> None:
    assert sheet.go.text() == "Export 3 articles"
    assert "no problems" in said(sheet.points)
    assert '"text": "Navalny came 😀. Story 0."' in sheet.view.toPlainText()
    out = tmp_path / "out.json"
    sheet.path.setFocus()
    sheet.path.selectAll()
    QTest.keyClicks(sheet.path, str(out))
    QTest.keyClick(sheet.path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.receipt is not None and sheet._job is None)
    written = json.loads(out.read_text("utf-8"))
    assert [one["title"] for one in written["articles"]] == ["Story 0", "Story 1", "Story 2"]
    for one in written["articles"]:
        for annotation in one["annotations"]:
            for part in annotation["fragments"]:
                assert one["text"][part["start"] : part["end"]] == part["text"]
    receipt = sheet.receipt
    assert receipt is not None
    assert receipt.sha256 in said(sheet)
    assert "Actors" in said(sheet)
    assert sheet.go.text() == "Close"
    qtbot.waitUntil(sheet.go.hasFocus)
    QTest.keyClick(sheet.go, Qt.Key.Key_Return)
    assert opened.bench.departures.sheet is None


def test_what_is_chosen_is_counted_shown_and_remembered(
    opened: MainWindow, qtbot: QtBot, sheet: ExportSheet, tmp_path: Path
) -> None:
    sheet.which[FINISHED].setChecked(True)
    assert sheet.go.text() == "Export 1 article"
    sheet.layers["bob"].setChecked(False)
    sheet.formats.choose("jsonl")
    assert sheet.path.text().endswith(".jsonl")
    sheet.path.setText(str(tmp_path / "out.jsonl"))
    qtbot.waitUntil(lambda: ready(sheet))
    assert '"bob"' not in sheet.view.toPlainText()
    sheet.go.click()
    qtbot.waitUntil(lambda: sheet.receipt is not None and sheet._job is None)
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 2
    assert [one["layer"] for one in json.loads(lines[1])["annotations"]] == ["ann"]
    sheet.go.click()
    opened.bench.menus.action("export").trigger()
    again = opened.bench.departures.sheet
    assert again is not None
    qtbot.waitUntil(lambda: ready(again))
    assert again.formats.format.name == "jsonl"
    assert again.which[FINISHED].isChecked()
    assert not again.layers["bob"].isChecked()
    assert Path(again.path.text()).parent == tmp_path
    again.layers["ann"].setChecked(False)
    assert not again.go.isEnabled()
    assert "Choose whose marks" in said(again.points)


def test_other_articles_can_be_seen(qtbot: QtBot, sheet: ExportSheet) -> None:
    assert not sheet.back.isEnabled()
    sheet.forth.click()
    qtbot.waitUntil(lambda: ready(sheet) and "Story 1" in sheet.view.toPlainText())
    sheet.copy.click()
    assert json.loads(QApplication.clipboard().text())["title"] == "Story 1"
    sheet.grab()


def test_where_nothing_can_be_written(
    sheet: ExportSheet, location: str, tmp_path: Path, assert_targets: Check
) -> None:
    for path, sentence in (
        ("", "Name the file"),
        (str(tmp_path / "none" / "x.json"), "no such folder"),
        (location, "the project itself"),
        (str(tmp_path), "is a folder"),
        ("a\0b", "no path"),
    ):
        assert dialog._unfit(path, Path(location))
        sheet.path.setText(path.replace("\0", ""))
        if "\0" not in path:
            assert sentence in sheet.note.text()
            assert not sheet.go.isEnabled()
    there = tmp_path / "there.json"
    there.write_text("precious")
    sheet.path.setText(str(there))
    assert sheet.note.text() == "Replaces the file that is there"
    assert sheet.go.isEnabled()
    assert_targets(sheet)


def test_a_full_disk_leaves_the_old_file_and_can_be_tried_again(
    qtbot: QtBot, sheet: ExportSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "there.json"
    there.write_text("precious")
    sheet.path.setText(str(there))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        sheet.go.click()
        qtbot.waitUntil(lambda: sheet._job is None)
    assert "no space is left" in sheet.note.text()
    assert there.read_text() == "precious"
    assert [path.name for path in tmp_path.glob(".there*")] == []
    sheet.go.click()
    qtbot.waitUntil(lambda: sheet.receipt is not None)
    assert json.loads(there.read_text("utf-8"))["format"] == "pressmark"


def test_open_points_lead_to_their_marks(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    from app.workspace.sample import make_sample

    with make_sample(tmp_path / "s.pressmark", annotator="ann") as ws:
        story = ws.contents(ws.article_ids()[0]).article
        bare = mark(story, 0, 9, type="statement", layer="gold")
        ws.do(AddAnnotation(annotation=bare), title="tag", article=story.id)
        location = ws.location
    opened.bench.open_project(location)
    opened.bench.menus.action("export").trigger()
    sheet = opened.bench.departures.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: ready(sheet))
    assert sheet.go.isEnabled()
    links = sheet.points.findChildren(QPushButton)
    assert links
    assert all("statement" in link.accessibleName() for link in links)
    links[0].click()
    assert opened.bench.departures.sheet is None
    assert opened.bench.desk.view.selected_id() == bare.id


def test_what_breaks_the_schema_cannot_be_written(
    opened: MainWindow, qtbot: QtBot, location: str
) -> None:
    import sqlite3

    base = sqlite3.connect(location)
    base.execute("UPDATE article SET text = 'X' || substr(text, 2) WHERE position = 1")
    base.commit()
    base.close()
    opened.bench.open_project(location)
    opened.bench.menus.action("export").trigger()
    sheet = opened.bench.departures.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: ready(sheet))
    assert not sheet.go.isEnabled()
    assert "would not fit the schema" in said(sheet.points)
    assert sheet.points.findChildren(QPushButton)
    sheet.reject()


def test_the_folder_is_shown_only_where_that_works(
    qtbot: QtBot, sheet: ExportSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(dialog, "_can_reveal", lambda: True)

    def opened(url: QUrl) -> bool:
        asked.append(url.toLocalFile())
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", opened)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "named"), "")
    )
    sheet.change.click()
    assert sheet.path.text() == str(tmp_path / "named.json")
    sheet.go.click()
    qtbot.waitUntil(lambda: sheet.receipt is not None and sheet._job is None)
    assert sheet.reveal.isVisible()
    sheet.reveal.click()
    assert asked == [str(tmp_path)]
    assert not sheet.reveal.isVisible()
    assert "No file manager" in sheet.note.text()
    sheet.copy_path.click()
    assert QApplication.clipboard().text() == str(tmp_path / "named.json")


def test_an_empty_project_has_nothing_to_export(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with project(tmp_path, name="empty.pressmark") as ws:
        location = ws.location
    opened.bench.open_project(location)
    opened.bench.menus.action("export").trigger()
    sheet = opened.bench.departures.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: ready(sheet))
    assert not sheet.go.isEnabled()
    assert isinstance(opened.bench.session and opened.bench.session.workspace, Workspace)
    sheet.reject()
    assert opened.bench.departures.sheet is None


def test_another_format_says_what_it_leaves_out_and_makes_a_folder(
    opened: MainWindow, qtbot: QtBot, sheet: ExportSheet, tmp_path: Path
) -> None:
    sheet.show()
    sheet.formats.choose("brat")
    assert not Path(sheet.path.text()).suffix
    button = sheet.formats._group.checkedButton()
    assert button is not None
    assert not button.visibleRegion().isEmpty()
    assert button.accessibleName() == "brat standoff, a folder"
    qtbot.waitUntil(lambda: "Will be left out" in said(sheet.points))
    assert "statuses of articles" in said(sheet.points)
    assert sheet.options.numbers.isEnabled()
    sheet.options.numbers.setCurrentIndex(sheet.options.numbers.findData("ccc"))
    sheet.beside.setChecked(True)
    sheet.path.setText(str(tmp_path / "out"))
    sheet.go.click()
    qtbot.waitUntil(lambda: sheet.receipt is not None and sheet._job is None)
    assert len(list((tmp_path / "out").glob("*.ann"))) == 3
    assert "statuses of articles" in said(sheet)
    receipt = json.loads((tmp_path / "out.receipt.json").read_text("utf-8"))
    assert receipt["read_back"] == receipt["written"]
    sheet.go.click()
    opened.bench.menus.action("export").trigger()
    again = opened.bench.departures.sheet
    assert again is not None
    qtbot.waitUntil(lambda: ready(again) and "Will be left out" in said(again.points))
    assert (again.options.numbers.currentData(), again.beside.isChecked()) == ("ccc", True)
    again.formats.choose("doccano")
    assert again.path.text().endswith(".jsonl")
    again.path.setText(str(tmp_path / "out"))
    again.formats.choose("csv")
    assert again.note.text() == "Replaces the folder that is there"
    again.formats.choose("json")
    assert "is a folder" in again.note.text()
    assert not again.options.numbers.isEnabled()
    assert not again.go.isEnabled()
    qtbot.waitUntil(lambda: "Will be left out" not in said(again.points))


def test_what_the_command_line_narrows_is_narrowed_here_too(
    opened: MainWindow, qtbot: QtBot, sheet: ExportSheet, tmp_path: Path
) -> None:
    options = sheet.options
    assert "3 articles, 2 marks" in said(sheet.points)
    options.types["actor"].setChecked(False)
    assert "3 articles, 0 marks" in said(sheet.points)
    qtbot.waitUntil(lambda: ready(sheet) and '"actor"' not in sheet.view.toPlainText())
    options.since.setText("2021-01")
    assert "No article is of that kind yet" in said(sheet.points)
    assert not sheet.go.isEnabled()
    options.since.setText("yesterday")
    assert "yesterday is no day" in said(sheet.points)
    options.since.setText("")
    options.texts.setChecked(False)
    qtbot.waitUntil(lambda: "3 texts" in said(sheet.points))
    options.comments.setChecked(False)
    sheet.path.setText(str(tmp_path / "out.json"))
    options.files.setCurrentIndex(options.files.findData(SPLIT))
    options.shares.setText("50, x")
    assert "two or three shares" in said(sheet.points)
    assert not sheet.go.isEnabled()
    options.shares.setText("60, 40")
    options.seed.setValue(7)
    (tmp_path / "out.dev.json").write_text("{}")
    sheet.path.setText(str(tmp_path / "out.json"))
    options.seed.setValue(8)
    assert "Replaces the file" in sheet.note.text()
    qtbot.waitUntil(sheet.go.isEnabled)
    sheet.go.click()
    qtbot.waitUntil(lambda: sheet.receipt is not None and sheet._job is None)
    written = [(tmp_path / f"out.{part}.json").read_text("utf-8") for part in ("train", "dev")]
    assert sum(one.count('"sha256"') for one in written) >= 3
    assert "Navalny" not in "".join(written)
    assert "out.train.json" in said(sheet)
    assert "out.dev.json" in said(sheet)
    assert "3 texts" in said(sheet)
    sheet.go.click()
    opened.bench.menus.action("export").trigger()
    again = opened.bench.departures.sheet
    assert again is not None
    qtbot.waitUntil(lambda: ready(again))
    assert not again.options.types["actor"].isChecked()
    assert (again.options.shares.text(), again.options.seed.value()) == ("60, 40", 8)


def test_a_file_an_article_goes_into_a_folder(
    qtbot: QtBot, sheet: ExportSheet, tmp_path: Path
) -> None:
    sheet.options.files.setCurrentIndex(sheet.options.files.findData(EACH))
    assert not Path(sheet.path.text()).suffix
    sheet.path.setText(str(tmp_path / "out"))
    qtbot.waitUntil(sheet.go.isEnabled)
    sheet.go.click()
    qtbot.waitUntil(lambda: sheet.receipt is not None and sheet._job is None)
    assert len(list((tmp_path / "out").glob("*.json"))) == 3
    assert sheet.receipt is not None
    assert sheet.receipt.written.articles == 3


def test_a_format_switches_off_what_it_has_no_use_for(sheet: ExportSheet) -> None:
    options = sheet.options
    assert options.texts.isEnabled()
    others = options.numbers, options.dates, options.safe
    assert not any(one.isEnabled() for one in others)
    sheet.formats.choose("csv")
    assert not options.texts.isEnabled()
    assert options.numbers.isEnabled()
    assert options.dates.isEnabled()
    assert options.safe.isEnabled()
    options.files.setCurrentIndex(options.files.findData(EACH))
    assert not options.way(sheet.formats.format).per_article  # its folder has many files anyway


def test_the_project_keeps_the_receipt_and_lists_it(
    opened: MainWindow, qtbot: QtBot, sheet: ExportSheet, tmp_path: Path
) -> None:
    sheet.path.setText(str(tmp_path / "kept.json"))
    qtbot.waitUntil(sheet.go.isEnabled)
    sheet.go.click()
    qtbot.waitUntil(lambda: sheet.receipt is not None and sheet._job is None)
    made = sheet.receipt
    assert made is not None
    sheet.go.click()
    assert opened.bench.session is not None
    sheet_theme = sheet.theme
    listed = ExportsSheet(opened, opened.bench.session.workspace.receipts(), theme=sheet_theme)
    qtbot.addWidget(listed)
    assert listed.list.count() == 1
    assert listed.list.item(0).text().startswith("today ")  # as everywhere else, not in UTC
    told = listed.receipt.toPlainText()
    assert str(tmp_path / "kept.json") in told
    assert "Read back: 3 articles, 2 marks, 0 relations\n    actor: 2" in told
    assert f"SHA-256 {made.sha256}" in told
    assert "Nothing was left out." in told
    listed.copy.click()
    assert QApplication.clipboard().text() == told
    empty = ExportsSheet(opened, (), theme=sheet_theme)
    qtbot.addWidget(empty)
    assert "Nothing was exported" in said(empty)


def test_a_receipt_that_the_project_does_not_take_is_said(
    qtbot: QtBot, sheet: ExportSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise KnownError("Not on disk: the disk is full.")

    monkeypatch.setattr(Workspace, "keep_receipt", refuse)
    sheet.path.setText(str(tmp_path / "out.json"))
    qtbot.waitUntil(sheet.go.isEnabled)
    sheet.go.click()
    qtbot.waitUntil(lambda: sheet.receipt is not None and sheet._job is None)
    assert "not kept in the project: Not on disk" in sheet.note.text()
    assert (tmp_path / "out.json").exists()
