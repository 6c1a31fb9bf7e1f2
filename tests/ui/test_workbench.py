"""What stands in the window: projects come and go, failures are answered, looks are kept."""

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from app.model.commands import AddAnnotation, AddArticle
from app.ui import key_help
from app.ui.arrivals import Arrivals
from app.ui.main_window import MainWindow
from app.ui.settings import Settings
from app.ui.workbench import Workbench
from app.workspace import Workspace
from tests.projects import article, mark, project
from tests.ui.person import Person


@pytest.fixture
def window(attended: MainWindow) -> MainWindow:
    return attended


@pytest.fixture
def bench(window: MainWindow) -> Workbench:
    return window.bench


@pytest.fixture
def location(tmp_path: Path) -> str:
    """A project with three articles; the first one has two marks."""
    with project(tmp_path) as ws:
        for number in range(3):
            story = article(f"Navalny came. Story {number}.", title=f"Story {number}")
            ws.do(AddArticle(article=story), title="import")
        first = ws.contents(ws.article_ids()[0]).article
        for start, end, kind in ((0, 7, "actor"), (8, 12, "event")):
            added = mark(first, start, end, type=kind)
            ws.do(AddAnnotation(annotation=added), title="tag", article=first.id)
        return ws.location


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def trigger(bench: Workbench, action: str) -> None:
    bench.menus.action(action).trigger()
    settle()


def button(bench: Workbench, label: str) -> QPushButton:
    found = bench.status.findChildren(QPushButton)
    return next(b for b in found if b.isVisible() and b.text().replace("&", "") == label)


def count(location: str) -> int:
    with Workspace.open(location, annotator="ann", read_only=True) as ws:
        return sum(len(ws.contents(a)) for a in ws.article_ids())


# -- the first page -------------------------------------------------------------------------------


def card(bench: Workbench, title: str) -> QAbstractButton:
    found = bench._first_run.findChildren(QAbstractButton)
    return next(one for one in found if one.text() == title)


def test_the_first_page_leads_to_the_sample(window: MainWindow, bench: Workbench) -> None:
    assert window.windowTitle() == "Pressmark"
    assert bench._first_run.isVisible()
    QTest.keyClick(card(bench, "Try the sample"), Qt.Key.Key_Return)
    settle()
    assert window.windowTitle() == "Sample project – Pressmark"
    assert bench.desk.isVisible()
    assert bench.session is not None
    assert bench.session.contents is not None
    assert len(bench.session.contents) == 117


def test_recent_projects_can_be_opened(bench: Workbench, location: str) -> None:
    Settings().remember_project(location)
    bench._show_project()
    named = bench._first_run.findChildren(QAbstractButton)
    recent = next(b for b in named if location in b.accessibleName())
    recent.click()
    assert bench.session is not None
    assert bench.session.workspace.location == location


# -- projects -------------------------------------------------------------------------------------


def test_new_and_open(window: MainWindow, bench: Workbench, person: Person, tmp_path: Path) -> None:
    person.path = str(tmp_path / "fresh.pressmark")
    trigger(bench, "new")
    assert window.windowTitle() == "fresh – Pressmark"
    assert not bench.desk.inspector.isVisible()  # no article, so nothing about one
    assert not bench.desk.reader.isVisible()
    trigger(bench, "open")
    assert person.said == []
    person.path = str(tmp_path / "fresh.txt")
    trigger(bench, "open")
    assert "There is no file" in bench.unopened.accessibleName()
    assert person.said == []
    assert window.windowTitle() == "fresh – Pressmark"
    assert bench.exit_code == 0


def test_a_project_that_was_asked_for_and_is_none_sets_the_exit_code(
    bench: Workbench, person: Person, tmp_path: Path
) -> None:
    bench.open_project(str(tmp_path / "nothing.pressmark"))
    assert bench.exit_code == 3
    trigger(bench, "sample")
    assert bench.exit_code == 0


def test_the_article_asked_for_is_opened(bench: Workbench, location: str) -> None:
    with Workspace.open(location, annotator="x", read_only=True) as ws:
        ids = ws.article_ids()
    bench.open_project(location, article=ids[1])
    assert bench.session is not None
    assert bench.session.article == ids[1]
    bench.open_project(location)  # the one that was open last
    assert bench.session.article == ids[1]
    bench.open_project(location, article="no such article")
    assert bench.session.article == ids[0]


def test_a_project_is_checked(bench: Workbench, person: Person, location: str) -> None:
    bench.open_project(location)
    bench._check()
    assert bench.checking is not None  # the window stays usable meanwhile
    bench._check()
    wait_for_check(bench)
    assert len(person.said) == 1
    assert person.said[0].startswith("Nothing is wrong")


def wait_for_check(bench: Workbench) -> None:
    deadline = QDeadlineTimer(10_000)
    while bench.checking is not None and not deadline.hasExpired():
        QApplication.processEvents()


def test_the_banner_leads_to_the_history_and_to_the_check(
    bench: Workbench, person: Person, location: str
) -> None:
    bench.open_project(location)
    bench.desk.banner.show_message("x", kind="info", button="Show history", action="history")
    bench.desk.banner.button.click()
    assert bench.history.shown is not None
    bench.desk.banner.show_message("x", kind="danger", button="Repair…", action="check")
    bench.desk.banner.button.click()
    wait_for_check(bench)
    assert person.said[-1].startswith("Nothing is wrong")


def test_a_risky_folder_is_said_above_the_text(bench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    with project(tmp_path / "Dropbox") as ws:
        location = ws.location
    bench.open_project(location)
    said = bench.desk.banner.accessibleName()
    assert said.startswith("This project lies in a folder that Dropbox synchronises.")


def test_a_damaged_project_is_repaired_in_its_window(
    bench: Workbench, person: Person, location: str, qtbot: QtBot
) -> None:
    connection = sqlite3.connect(location)
    connection.execute("UPDATE article SET text = ' ' || text")
    connection.commit()
    connection.close()
    bench.open_project(location)
    person.button = QMessageBox.StandardButton.Apply
    trigger(bench, "check")
    wait_for_check(bench)
    qtbot.waitUntil(lambda: bench.repairing is None and bench.session is not None)
    assert "repaired." in person.said[1]
    assert bench.session is not None
    assert bench.session.workspace.check().ok


def test_a_project_to_read_only(bench: Workbench, location: str) -> None:
    bench._take(Workspace.open(location, annotator="ann", read_only=True), None)
    assert bench.desk.banner.isVisible()
    for action in ("import", "undo", "done", "flag", "delete"):
        assert not bench.menus.action(action).isEnabled(), action
    for action in ("export", "next", "search", "copy"):
        assert bench.menus.action(action).isEnabled(), action
    bench.open_project(location)
    assert not bench.desk.banner.isVisible()
    assert bench.menus.action("import").isEnabled()


# -- menus ----------------------------------------------------------------------------------------


def test_the_menus_follow_the_selection(bench: Workbench, location: str) -> None:
    bench.open_project(location)
    settle()
    assert not bench.menus.action("delete").isEnabled()
    assert bench.session is not None
    assert bench.session.contents is not None
    actor, event = bench.session.contents.annotations
    bench.desk.view.select(actor.id)
    settle()
    assert bench.menus.action("delete").isEnabled()
    assert bench.menus.action("undo").text() == "Undo tag"
    bench.choose("retype", "event")
    settle()
    assert [a.type for a in bench.session.contents.annotations] == ["event", "event"]
    trigger(bench, "undo")
    assert bench.status.text().startswith("Undone: change “Navalny” to event")
    assert bench.menus.action("redo").text().startswith("Redo change")
    trigger(bench, "redo")
    bench.desk.view.select(event.id)
    settle()
    trigger(bench, "delete")
    assert len(bench.session.contents) == 1
    bench.desk.view.set_range(8, 12)
    bench.choose("tag", "actor")
    assert len(bench.session.contents) == 2


def test_a_key_of_the_text_runs_what_is_enabled_only(bench: Workbench, location: str) -> None:
    bench.open_project(location)
    settle()
    assert bench.session is not None
    first = bench.session.article
    bench._run("previous")
    assert bench.session.article == first
    bench._run("next")
    assert bench.session.article != first
    bench.close_project()
    bench._show_project()
    bench._run("next")
    bench._run("done")
    assert bench.session is None


def test_zoom_has_ends(bench: Workbench) -> None:
    for _ in range(12):
        trigger(bench, "zoom-in")
    assert Settings().zoom == 200
    for _ in range(12):
        trigger(bench, "zoom-out")
    assert Settings().zoom == 80
    trigger(bench, "zoom-reset")
    assert bench._settings.zoom == 100


def test_the_look_is_taken_at_once(window: MainWindow, bench: Workbench) -> None:
    light = window.styleSheet()
    trigger(bench, "look-dark")
    assert window.styleSheet() != light
    assert bench.menus.action("look-dark").isChecked()
    trigger(bench, "look-light")
    assert window.styleSheet() == light
    assert bench.menus.action("look-light").isChecked()


def test_fields_shown(bench: Workbench) -> None:
    trigger(bench, "sample")
    bench.choose("profile", "discourse")
    assert Settings().text("profile") == "discourse"
    assert bench._profile() == "discourse"
    bench._settings.set_text("profile", "of another codebook")
    assert bench._profile() == "protest"


def test_help(bench: Workbench, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[key_help.KeyHelp] = []
    monkeypatch.setattr(key_help.KeyHelp, "exec", lambda sheet: shown.append(sheet))  # noqa: PLW0108
    trigger(bench, "keys")
    trigger(bench, "sample")
    trigger(bench, "keys")
    assert len(shown) == 2
    trigger(bench, "about")
    assert person.said[-1].startswith("Pressmark")


# -- failures -------------------------------------------------------------------------------------


def away(location: str) -> Path:
    path = Path(location)
    return path.rename(path.with_name("away"))


def test_a_failure_is_tried_again(bench: Workbench, location: str) -> None:
    bench.open_project(location)
    moved = away(location)
    bench.desk.tag("event", ((0, 7),))
    assert bench.status.text().startswith("Not on disk")
    button(bench, "Try again").click()
    assert bench.status.text().startswith("Not on disk")
    moved.rename(location)
    button(bench, "Try again").click()
    assert bench.status.text().startswith("Saved")
    assert count(location) == 3


def waits(bench: Workbench) -> bool:
    return bench.session is not None and bench.session.waiting


def comment(bench: Workbench, words: str) -> QPlainTextEdit:
    """Type a comment on the first mark; return the field."""
    QTest.keyClick(bench.desk.view, Qt.Key.Key_Home)
    QTest.keyClick(bench.desk.view, Qt.Key.Key_C)
    area = QApplication.focusWidget()
    assert isinstance(area, QPlainTextEdit)
    QTest.keyClicks(area, words)
    return area


def test_what_was_typed_stays_until_it_is_discarded(bench: Workbench, location: str) -> None:
    bench.open_project(location)
    settle()
    area = comment(bench, "who says so?")
    moved = away(location)
    bench.desk.flush()
    assert bench.status.text().startswith("Not on disk")
    assert area.toPlainText() == "who says so?"
    assert area.hasFocus()
    moved.rename(location)
    button(bench, "Discard").click()
    settle()
    assert not bench.status.text().startswith("Not on disk")
    assert area.toPlainText() == ""
    bench.desk.flush()
    assert bench.session is not None
    assert bench.session.contents is not None
    assert [a.comment for a in bench.session.contents.annotations] == ["", ""]


def test_a_copy_takes_the_change_along(
    window: MainWindow, bench: Workbench, person: Person, location: str, tmp_path: Path
) -> None:
    bench.open_project(location)
    settle()
    moved = away(location)
    bench.desk.tag("event", ((0, 7),))
    button(bench, "Save a copy elsewhere…").click()  # nobody chose a place
    assert bench.session is not None
    assert waits(bench)
    moved.rename(location)
    # The disk is full rather than gone: it can still be read.
    person.path = str(tmp_path / "elsewhere")
    button(bench, "Save a copy elsewhere…").click()
    assert bench.session.workspace.location == f"{person.path}.pressmark"
    assert not waits(bench)
    assert count(bench.session.workspace.location) == 3
    assert count(location) == 2
    assert person.said == []


def test_leaving_with_a_change_that_is_not_on_disk(
    window: MainWindow, bench: Workbench, person: Person, location: str, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with project(other) as ws:
        elsewhere = ws.location
    bench.open_project(location)
    settle()
    moved = away(location)
    bench.desk.tag("event", ((0, 7),))
    person.button = QMessageBox.StandardButton.Cancel
    bench.open_project(elsewhere)
    assert not window.close()
    assert bench.session is not None
    assert bench.session.workspace.location == location
    assert len(person.said) == 2
    person.button = QMessageBox.StandardButton.Discard
    bench.open_project(elsewhere)
    assert bench.session.workspace.location == elsewhere
    moved.rename(location)
    assert count(location) == 2


def test_nothing_is_closed_in_the_middle_of_an_import(
    window: MainWindow, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Arrivals, "busy", property(lambda _: True))
        assert bench.is_busy()
        assert not window.close()
    assert window.close()


def test_a_bug_is_told_and_the_window_goes_on(window: MainWindow, bench: Workbench) -> None:
    window.show_unexpected("KeyError")
    assert "Something went wrong" in bench.status.text()


def test_a_bug_before_there_is_anything_to_tell_it(qtbot: QtBot, tmp_path: Path) -> None:
    bare = MainWindow(Settings())
    qtbot.addWidget(bare)
    bare.show_unexpected("ImportError")
    assert bare._bench is None


# -- the size of the window -----------------------------------------------------------------------


def test_a_first_window_fits_its_screen_and_later_ones_are_as_they_were(
    window: MainWindow, qtbot: QtBot
) -> None:
    fresh = MainWindow(Settings())
    qtbot.addWidget(fresh)
    assert fresh.width() <= max(fresh.screen().availableGeometry().width(), 1024)
    window.resize(1180, 710)
    window.close()
    again = MainWindow(Settings())
    qtbot.addWidget(again)
    assert again.height() == 710 or again.screen().availableGeometry().height() < 710


def others(bench: Workbench) -> list[str]:
    """Return the layers of the marks of others in the first paragraph."""
    over = bench.desk.view.lines.loose.get("others")
    return [mark.layer for mark in over.in_row(0)] if over is not None else []


def test_marks_of_others_lie_over_the_text_when_they_are_asked_for(
    bench: Workbench, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESSMARK_ANNOTATOR", "bob")
    bench.open_project(location)
    action = bench.menus.action("others")
    assert action.isCheckable()
    assert others(bench) == []
    action.trigger()
    assert others(bench) == ["ann", "ann"]
    assert bench.desk.view.marks_shown() == []  # they are not Bob's
    bench.desk.open_next()
    assert others(bench) == []
    bench.desk.open_previous()
    assert len(others(bench)) == 2
    action.trigger()
    assert not action.isChecked()
    assert others(bench) == []
