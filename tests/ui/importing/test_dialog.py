"""The import sheet: words first, mended in place, written by the button; all of it by keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.model.errors import KnownError
from app.ui.importing.dialog import ImportSheet
from app.ui.importing.model import RESULT, day, span
from app.ui.main_window import MainWindow
from app.workspace import Workspace
from tests.exchange.test_archive import packed
from tests.exchange.test_articles import OLD
from tests.projects import project

Check = Callable[[QWidget], None]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "january"
    folder.mkdir()
    (folder / "a.txt").write_text("Strike in Lille\n\nWorkers walked out.")
    (folder / "b.txt").write_bytes("Mueller came to Lille and stayed.".encode("utf-16-le"))
    (folder / "c.txt").write_text("Nurses hold a vigil\n\nThey stood silent. 😀")
    (folder / "d.doc").write_bytes(b"no")
    return folder


@pytest.fixture
def location(tmp_path: Path) -> str:
    with project(tmp_path) as ws:
        return ws.location


def sheet_of(window: MainWindow, qtbot: QtBot, *paths: Path) -> ImportSheet:
    window.bench.arrivals.import_files([str(path) for path in paths])
    sheet = window.bench.arrivals.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet._job is None)
    return sheet


def words(sheet: ImportSheet) -> list[str]:
    model = sheet.table.files
    return [str(model.index(n, RESULT).data()) for n in range(model.rowCount())]


def press(key: Qt.Key, times: int = 1, held: Qt.KeyboardModifier | None = None) -> None:
    for _ in range(times):
        focus = QApplication.focusWidget() or QApplication.activeWindow()
        assert focus is not None
        QTest.keyClick(focus, key, held or Qt.KeyboardModifier.NoModifier)


def test_three_files_by_keys_alone_one_of_them_broken(
    opened: MainWindow, qtbot: QtBot, location: str, files: Path
) -> None:
    bench = opened.bench
    bench.open_project(location)
    press(Qt.Key.Key_I, held=Qt.KeyboardModifier.ControlModifier)
    sheet = bench.arrivals.sheet
    assert sheet is not None
    qtbot.waitUntil(sheet.empty.files.hasFocus)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in sorted(files.glob("*.txt"))])
    QGuiApplication.clipboard().setMimeData(data)
    press(Qt.Key.Key_V, held=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: sheet._job is None and len(words(sheet)) == 3)
    QGuiApplication.clipboard().clear()  # it would outlive the test
    assert words(sheet) == ["Ready", "Not a text", "Ready"]
    assert sheet.table.hasFocus()
    assert sheet.go.text() == "Import 2 articles"
    press(Qt.Key.Key_Down)
    for _ in range(10):
        press(Qt.Key.Key_Tab)
        if isinstance(QApplication.focusWidget(), QComboBox):
            break
    box = sheet.mend.encoding
    assert box.hasFocus()
    wanted = box.findData("utf-16-le")
    press(Qt.Key.Key_Down, times=wanted - box.currentIndex())
    assert words(sheet)[1] == "No title, no date"
    press(Qt.Key.Key_Tab)
    line = QApplication.focusWidget()
    assert line is not None
    QTest.keyClicks(line, "Mueller")
    assert words(sheet) == ["Ready", "Ready", "Ready"]
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.arrivals.sheet is None)
    assert bench.session is not None
    ws = bench.session.workspace
    made = [ws.contents(name).article for name in ws.article_ids()]
    assert [one.title for one in made] == ["Strike in Lille", "Mueller", "Nurses hold a vigil"]
    assert made[1].text == "Mueller came to Lille and stayed."
    assert bench.session.article == made[0].id
    toast = bench.desk._toast
    assert toast.isVisible()
    assert toast.accessibleName() == "Imported 3 articles"
    toast._undo.click()
    assert ws.queue_count() == 0
    assert bench.session.contents is None
    bench.menus.action("redo-project").trigger()
    assert ws.queue_count() == 3


def test_good_files_are_not_held_up(
    opened: MainWindow, qtbot: QtBot, location: str, files: Path
) -> None:
    opened.bench.open_project(location)
    sheet = sheet_of(opened, qtbot, files)
    assert words(sheet) == ["Ready", "Not a text", "Ready", "Can’t read Word files"]
    QAbstractItemModelTester(
        sheet.table.files, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    QAbstractItemModelTester(
        sheet.table.shown, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    sheet.tabs.choose(2)
    assert sheet.table.shown.rowCount() == 2
    sheet.tabs.choose(1)
    assert sheet.table.shown.rowCount() == 1  # it can be mended
    sheet.tabs.choose(0)
    sheet.table.choose(0)
    sheet.table.setFocus()
    press(Qt.Key.Key_Space)
    assert words(sheet)[0] == "Left out"
    assert sheet.go.text() == "Import 1 article"
    assert "3 files left out" in sheet.safe.text()
    sheet.go.click()
    qtbot.waitUntil(lambda: opened.bench.arrivals.sheet is None)
    assert opened.bench.desk._toast.accessibleName() == "Imported 1 article, 3 files left out"


def test_the_fields_say_what_is_known(
    opened: MainWindow, qtbot: QtBot, location: str, files: Path
) -> None:
    opened.bench.open_project(location)
    sheet = sheet_of(opened, qtbot, files)
    sheet.table.choose(0)
    for field, typed in ((sheet.mend.date, "23 jan"), (sheet.mend.date, " 2021")):
        QTest.keyClicks(field, typed)
    assert sheet.mend.date.property("class") == ""
    QTest.keyClicks(sheet.mend.date, "x")
    assert sheet.mend.date.property("class") == "wrong"
    assert words(sheet)[0] == "No such day"
    assert sheet._plan.rows[0].reason.startswith("“23 jan 2021x” is no day.")
    sheet.table.choose(2)
    sheet.table.choose(0)
    assert sheet.mend.date.text() == "23 jan 2021x"  # what was typed stays
    assert sheet.mend.date.property("class") == "wrong"
    QTest.keyClick(sheet.mend.date, Qt.Key.Key_Backspace)
    QTest.keyClicks(sheet.mend.source, "Courier")
    sheet.mend.folder.setChecked(True)
    rows = sheet._plan.rows
    assert (rows[0].known.published, rows[0].known.source) == ("2021-01-23", "Courier")
    assert rows[2].known.source == "january"
    sheet.table.choose(3)
    assert not sheet.mend.title.isVisible()
    sheet.reject()
    assert opened.bench.session is not None
    assert opened.bench.session.workspace.queue_count() == 0


def test_without_a_project_one_is_made_by_the_button_only(
    opened: MainWindow, qtbot: QtBot, files: Path, tmp_path: Path
) -> None:
    sheet = sheet_of(opened, qtbot, files)
    assert sheet.place.isVisible()
    assert not list(tmp_path.rglob("*.pressmark"))
    sheet.go.click()
    qtbot.waitUntil(lambda: opened.bench.arrivals.sheet is None)
    assert opened.bench.session is not None
    assert opened.bench.session.workspace.queue_count() == 2
    assert opened.windowTitle() == "articles – Pressmark"


def test_what_was_cancelled_left_nothing(
    opened: MainWindow, qtbot: QtBot, location: str, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = opened.bench
    bench.open_project(location)
    sheet = sheet_of(opened, qtbot, files)
    assert bench.session is not None
    workspace, do = bench.session.workspace, Workspace.do

    def slow(self: Workspace, *args: object, **named: object) -> object:
        made = do(self, *args, **named)  # type: ignore[arg-type]
        assert bench.is_busy()
        assert not opened.close()
        sheet.reject()
        return made

    monkeypatch.setattr(Workspace, "do", slow)
    sheet.go.click()
    qtbot.waitUntil(lambda: bench.arrivals.sheet is None)
    assert workspace.queue_count() == 0
    assert not bench.is_busy()


def test_a_full_disk_is_told_in_the_sheet_and_can_be_tried_again(
    opened: MainWindow, qtbot: QtBot, location: str, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = opened.bench
    bench.open_project(location)
    sheet = sheet_of(opened, qtbot, files)

    def full(*_: object, **__: object) -> None:
        message = "Not on disk: no space left."
        raise KnownError(message)

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "do", full)
        sheet.go.click()
        qtbot.waitUntil(lambda: sheet._job is None)
    assert "no space left" in sheet.safe.text()
    assert sheet.isVisible()
    assert sheet.go.isEnabled()
    sheet.go.click()
    qtbot.waitUntil(lambda: bench.arrivals.sheet is None)
    assert bench.session is not None
    assert bench.session.workspace.queue_count() == 2


def test_a_file_that_changes_meanwhile_stays_to_be_read(
    opened: MainWindow, qtbot: QtBot, location: str, files: Path
) -> None:
    opened.bench.open_project(location)
    sheet = sheet_of(opened, qtbot, files)
    (files / "c.txt").write_bytes(b"")
    sheet.go.click()
    qtbot.waitUntil(lambda: sheet._job is None)
    assert sheet.isVisible()
    assert words(sheet)[2] == "Empty file"
    assert words(sheet)[0] == "Imported"
    assert sheet.cancel.text() == "Close"
    sheet.go.click()
    assert opened.bench.arrivals.sheet is None


def test_files_may_be_dropped_on_the_sheet(
    opened: MainWindow, qtbot: QtBot, location: str, files: Path, assert_targets: Check
) -> None:
    opened.bench.open_project(location)
    sheet = sheet_of(opened, qtbot)
    assert not sheet.go.isEnabled()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(files))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    no_key = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(9, 9), copy, data, left, no_key)
    sheet.dragEnterEvent(entering)
    assert entering.isAccepted()
    sheet.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, no_key))
    qtbot.waitUntil(lambda: sheet._job is None)
    assert len(words(sheet)) == 4
    sheet.add_paths([str(files)])  # again: they are there
    qtbot.waitUntil(lambda: sheet._job is None)
    assert len(words(sheet)) == 4
    assert_targets(sheet)
    for widget in sheet.findChildren(QLineEdit):
        assert widget.accessibleName()
    sheet.reject()


def test_a_folder_with_nothing_in_it(
    opened: MainWindow, qtbot: QtBot, location: str, tmp_path: Path
) -> None:
    opened.bench.open_project(location)
    (tmp_path / "none").mkdir()
    sheet = sheet_of(opened, qtbot, tmp_path / "none")
    assert "no file" in sheet.empty.accessibleDescription()
    sheet.reject()


def test_the_preview_numbers_paragraphs_and_takes_no_markup(
    opened: MainWindow, qtbot: QtBot, location: str, tmp_path: Path
) -> None:
    opened.bench.open_project(location)
    text = "<b>Bold</b> claim\n\n<img src='file:///etc/passwd'>\n" + "x" * 30_000
    (tmp_path / "odd.txt").write_text(text)
    sheet = sheet_of(opened, qtbot, tmp_path / "odd.txt")
    assert sheet.preview.toPlainText().startswith("<b>Bold</b> claim\n<img src")
    assert sheet.preview.document().blockCount() == 3
    sheet.grab()
    sheet.reject()


@pytest.mark.parametrize(
    ("dates", "shown"),
    [
        ((), "–"),
        (("2021-01-21", "2021-01-21"), "21 Jan 2021"),
        (("2021-01-14", "2021-01-22"), "14–22 Jan 2021"),
        (("2020-12-30", "2021-01-02"), "30 Dec 2020–2 Jan 2021"),
        (("2021-01-30", "2021-02-02"), "30 Jan–2 Feb 2021"),
    ],
)
def test_from_when_to_when(dates: tuple[str, ...], shown: str) -> None:
    assert span(dates) == shown
    assert day("yesterday") == "yesterday"


def test_the_columns_of_a_table_are_chosen_in_the_sheet(
    opened: MainWindow, qtbot: QtBot, location: str, tmp_path: Path
) -> None:
    path = tmp_path / "corpus.csv"
    path.write_text("a;b;c\nFirst text.;One;2021\nSecond text.;Two;2022\n")
    opened.bench.open_project(location)
    sheet = sheet_of(opened, qtbot, path)
    assert words(sheet) == ["Which column?"]
    boxes = sheet.mend.columns.boxes
    assert boxes["text"].isVisible()
    assert not sheet.mend.encoding.isHidden()
    assert [boxes["text"].itemText(n) for n in range(2)] == ["No column", "a: First text."]
    boxes["text"].setFocus()
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: sheet._job is None and words(sheet) != ["Which column?"])
    assert words(sheet) == ["No title, no date"]
    boxes["title"].setFocus()
    press(Qt.Key.Key_Down, times=1)
    qtbot.waitUntil(lambda: sheet._job is None)
    boxes["title"].setFocus()
    press(Qt.Key.Key_Down, times=1)
    qtbot.waitUntil(lambda: sheet._job is None and words(sheet) == ["Ready"])
    assert boxes["title"].currentData() == "b"
    assert sheet.mend.title.isHidden()
    sheet.go.click()
    qtbot.waitUntil(lambda: opened.bench.arrivals.sheet is None)
    assert opened.bench.session is not None
    ws = opened.bench.session.workspace
    assert [row.title for row in ws.queue()] == ["One", "Two"]


def test_names_of_files_are_read_as_the_pattern_is_typed(
    opened: MainWindow, qtbot: QtBot, location: str, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "2021-01-23_The Daily_Strike.txt").write_text("Workers walked out.")
    (folder / "other.txt").write_text("Nurses stood silent.")
    opened.bench.open_project(location)
    sheet = sheet_of(opened, qtbot, folder)
    names = sheet.mend.names
    QTest.keyClicks(names.pattern, "{date}_{sour")
    assert names.told.text() == "A brace is not closed, or not opened."
    QTest.keyClicks(names.pattern, "ce}_{title}")
    assert names.told.text() == ("1 of 2 names are like this: 2021-01-23 · The Daily · Strike.")
    assert words(sheet) == ["Ready", "No title, no date"]
    names.pattern.selectAll()
    QTest.keyClick(names.pattern, Qt.Key.Key_Delete)
    assert names.told.isHidden()
    assert words(sheet)[0] == "No title, no date"
    QTest.keyClicks(names.pattern, "{date}_{source}_{title}")
    sheet.go.click()
    qtbot.waitUntil(lambda: opened.bench.arrivals.sheet is None)
    assert opened.bench.session is not None
    first, second = opened.bench.session.workspace.queue()
    assert (first.title, first.source, first.published) == ("Strike", "The Daily", "2021-01-23")
    assert second.title == "other"


def test_an_archive_of_one_file_with_many_articles(
    opened: MainWindow, qtbot: QtBot, location: str, tmp_path: Path
) -> None:
    path = tmp_path / "news.zip"
    path.write_bytes(packed({"in/a.txt": "Words.", "nexis.txt": OLD, "b.doc": "no"}))
    opened.bench.open_project(location)
    sheet = sheet_of(opened, qtbot, path)
    assert words(sheet) == ["No title, no date", "Ready", "Can’t read Word files"]
    assert sheet.go.text() == "Import 3 articles"
