"""Pasted and dropped: text becomes an article, files are looked at, projects are opened."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.errors import InputRefused
from app.ui.arrivals import free_name
from app.ui.dropping import words
from app.ui.main_window import MainWindow
from app.workspace import Workspace
from app.workspace.pasting import article_from
from tests.projects import project, with_article

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def location(tmp_path: Path) -> str:
    ws, _ = with_article(tmp_path)
    ws.close()
    return ws.location


def of_text(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def of_files(*paths: object) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def workspace(window: MainWindow) -> Workspace:
    assert window.bench.session is not None
    return window.bench.session.workspace


def test_text_is_pasted_as_it_is(opened: MainWindow, location: str) -> None:
    bench = opened.bench
    bench.open_project(location)
    QGuiApplication.clipboard().setText("Strike in Lille 😀\r\n\r\n<b>מחאה</b> =1+1 ")
    focus = QApplication.focusWidget()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(focus or opened, Qt.Key.Key_V, held)
    session = bench.session
    assert session is not None
    assert session.contents is not None
    made = session.contents.article
    assert made.title == "Strike in Lille 😀"
    assert made.text == "Strike in Lille 😀\n\n<b>מחאה</b> =1+1 "
    assert "Strike in Lille" in bench.desk._toast.accessibleName()
    # The same once more opens the one that is there.
    bench.open_project(location)
    bench.menus.action("paste-article").trigger()
    assert workspace(opened).queue_count() == 2
    assert "already" in bench.status.text()
    assert bench.menus.action("undo-project").text() == "Undo paste an article"
    bench.menus.action("undo-project").trigger()
    assert workspace(opened).queue_count() == 1
    assert bench.session is not None
    assert bench.session.article == workspace(opened).article_ids()[0]
    bench.menus.action("redo-project").trigger()
    assert workspace(opened).queue_count() == 2
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (of_text("  \n "), "no text"),
        (of_text("a\0b"), "NUL"),
        (QMimeData(), "no text"),
    ],
    ids=["blank", "nul", "nothing"],
)
def test_what_is_no_article(
    opened: MainWindow, location: str, data: QMimeData, sentence: str
) -> None:
    opened.bench.open_project(location)
    opened.bench.arrivals.take(data)
    assert sentence in opened.bench.status.text()
    assert workspace(opened).queue_count() == 1


def test_a_link_holds_no_text(opened: MainWindow, location: str) -> None:
    opened.bench.open_project(location)
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/story")])
    opened.bench.arrivals.take(data)
    assert "link" in opened.bench.status.text()


def test_long_first_lines_become_short_titles() -> None:
    made = article_from("word " * 200)
    assert len(made.title) <= 151
    assert made.title.endswith("word…")
    assert made.text == "word " * 200
    with pytest.raises(InputRefused):
        article_from("")


def test_a_project_to_read_takes_nothing_in(
    opened: MainWindow, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.bench.open_project(location)
    monkeypatch.setattr(Workspace, "read_only", property(lambda _: True))
    opened.bench.arrivals.take(of_text("Some text."))
    opened.bench.arrivals.import_files([])
    assert opened.bench.arrivals.sheet is None


def drag(window: MainWindow, data: QMimeData) -> bool:
    """Drag something over the window; tell whether a place to drop it is shown."""
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(300, 300), COPY, data, LEFT, NO_KEY))
    return window.bench.arrivals._drops._place is not None


def test_the_whole_window_is_a_place_to_drop(
    opened: MainWindow, qtbot: QtBot, location: str, tmp_path: Path
) -> None:
    bench, drops = opened.bench, opened.bench.arrivals._drops
    (tmp_path / "a.txt").write_text("Strike\n\nWalk out.")
    bench.open_project(location)
    assert drag(opened, of_files(tmp_path / "a.txt"))
    place = drops._place
    assert place is not None
    assert place.accessibleName() == "Drop to look at 1 file"
    assert place.geometry() == opened.rect()
    opened.grab()
    place.dragLeaveEvent(QDragLeaveEvent())
    assert not vars(drops)["_place"]
    assert drag(opened, of_text("A story about a strike."))
    place = drops._place
    assert place is not None
    dropped = of_text("A story about a strike.")
    place.dropEvent(QDropEvent(QPointF(300, 300), COPY, dropped, LEFT, NO_KEY))
    assert drops._place is None
    assert workspace(opened).queue_count() == 2
    bench.arrivals.take(of_files(tmp_path / "a.txt"))
    qtbot.waitUntil(lambda: bench.arrivals.sheet is not None)
    sheet = bench.arrivals.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet._job is None)
    assert sheet.go.text() == "Import 1 article"
    sheet.reject()


def test_a_project_that_is_dropped_is_opened(
    opened: MainWindow, location: str, tmp_path: Path
) -> None:
    with project(tmp_path, name="other.pressmark") as ws:
        other = ws.location
    opened.bench.open_project(location)
    data = of_files(other)
    assert words(data) == "Drop to open the project"
    opened.bench.arrivals.take(data)
    assert workspace(opened).location == other


def test_names_that_are_free(tmp_path: Path) -> None:
    assert free_name(tmp_path / "a.txt").name == "a.txt"
    (tmp_path / "a.txt").touch()
    (tmp_path / "a 2.txt").touch()
    assert free_name(tmp_path / "a.txt").name == "a 3.txt"
