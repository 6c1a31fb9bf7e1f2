"""Words that are being typed are never lost: not by a full disk, and not by another window."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton

from app.model.annotation import Annotation
from app.model.commands import (
    AddAnnotation,
    AddArticle,
    DeleteAnnotation,
    DeleteArticle,
    EditAnnotation,
)
from app.ui.main_window import MainWindow
from app.ui.workbench import Workbench
from app.workspace import Workspace
from tests.projects import article, mark, project
from tests.ui.person import Person

LONG = "who says so? " * 900
"""Too much for the pages that a full disk has left."""


@pytest.fixture
def window(attended: MainWindow) -> MainWindow:
    return attended


@pytest.fixture
def location(tmp_path: Path) -> str:
    """A project with two articles; the first one has two marks."""
    with project(tmp_path) as ws:
        for number in range(2):
            story = article(f"Navalny came. Story {number}.", title=f"Story {number}")
            ws.do(AddArticle(article=story), title="import")
        first = ws.contents(ws.article_ids()[0]).article
        for start, end, kind in ((0, 7, "actor"), (8, 12, "event")):
            ws.do(
                AddAnnotation(annotation=mark(first, start, end, type=kind)),
                title="tag",
                article=first.id,
            )
        return ws.location


@pytest.fixture
def bench(window: MainWindow, location: str) -> Workbench:
    window.bench.open_project(location)
    settle()
    return window.bench


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def marks(bench: Workbench) -> tuple[Annotation, ...]:
    """Return what the window knows of the open article."""
    assert bench.session is not None
    assert bench.session.contents is not None
    return bench.session.contents.annotations


def on_disk(location: str) -> list[str]:
    with Workspace.open(location, annotator="ann", read_only=True) as ws:
        return [one.comment.strip() for one in ws.contents(ws.article_ids()[0]).annotations]


def select(bench: Workbench, place: int) -> None:
    bench.desk.view.select(marks(bench)[place].id)
    settle()


def comment(bench: Workbench) -> QPlainTextEdit:
    """Go to the comment of the selected mark."""
    QTest.keyClick(bench.desk.view, Qt.Key.Key_C)
    area = QApplication.focusWidget()
    assert isinstance(area, QPlainTextEdit)
    return area


def type_on_a_full_disk(bench: Workbench) -> QPlainTextEdit:
    """Type a long comment, which fails, and a word behind it."""
    select(bench, 0)
    area = comment(bench)
    area.insertPlainText(LONG)
    bench.desk.flush()
    assert bench.status.text().startswith("Not on disk")
    QTest.keyClicks(area, "END")
    return area


@contextmanager
def full_disk(bench: Workbench) -> Iterator[None]:
    assert bench.session is not None
    workspace = bench.session.workspace
    pages = workspace._store._raw("PRAGMA page_count")
    workspace._store._raw(f"PRAGMA max_page_count = {pages}")
    yield
    if bench.session.workspace is workspace:  # else the project is closed
        workspace._store._raw("PRAGMA max_page_count = 1000000")


def press(bench: Workbench, label: str) -> None:
    found = [
        *bench.status.findChildren(QPushButton),
        *bench.desk.stranded.findChildren(QPushButton),
    ]
    next(b for b in found if b.isVisible() and b.text().replace("&", "") == label).click()
    settle()


def test_words_typed_on_a_full_disk_stay_with_their_mark(bench: Workbench, location: str) -> None:
    with full_disk(bench):
        area = type_on_a_full_disk(bench)
        select(bench, 1)
        assert comment(bench).toPlainText() == ""
        select(bench, 0)
        assert area.toPlainText().endswith("END")
        select(bench, 1)
        press(bench, "Try again")
        assert bench.status.text().startswith("Not on disk")
    press(bench, "Try again")
    assert bench.status.text().startswith("Saved")
    assert on_disk(location) == [f"{LONG.strip()} END", ""]
    assert bench.desk.view.selected_id() == marks(bench)[1].id


def test_words_typed_behind_what_failed_are_sent_with_it(bench: Workbench, location: str) -> None:
    with full_disk(bench):
        area = type_on_a_full_disk(bench)
    press(bench, "Try again")
    assert area.toPlainText().endswith("END")
    assert on_disk(location)[0].endswith("END")


def test_words_wait_while_another_article_is_read(bench: Workbench, location: str) -> None:
    with full_disk(bench):
        type_on_a_full_disk(bench)
        bench.desk.open_next()
    press(bench, "Try again")
    assert on_disk(location)[0].endswith("END")
    assert bench.session is not None
    assert bench.session.place() == 1


def test_words_that_are_discarded_do_not_come_back(bench: Workbench, location: str) -> None:
    with full_disk(bench):
        type_on_a_full_disk(bench)
        select(bench, 1)
        press(bench, "Discard")
    select(bench, 0)
    assert comment(bench).toPlainText() == ""
    bench.desk.flush()
    assert on_disk(location) == ["", ""]


def test_a_copy_has_all_words(
    bench: Workbench, person: Person, location: str, tmp_path: Path
) -> None:
    with full_disk(bench):
        type_on_a_full_disk(bench)
        select(bench, 1)
        person.path = str(tmp_path / "elsewhere")
        press(bench, "Save a copy elsewhere…")
    assert bench.session is not None
    copy = bench.session.workspace.location
    assert copy != location
    assert on_disk(copy)[0].endswith("END")
    assert on_disk(location) == ["", ""]


@pytest.fixture
def other(location: str) -> Iterator[Workspace]:
    """The same project in another window."""
    with Workspace.open(location, annotator="ann") as ws:
        yield ws


def look(bench: Workbench) -> None:
    assert bench.session is not None
    bench.session._look()
    settle()


def test_words_for_a_mark_that_another_window_removed(bench: Workbench, other: Workspace) -> None:
    select(bench, 0)
    QTest.keyClicks(comment(bench), "who says so?")
    (gone, _) = marks(bench)
    other.do(
        DeleteAnnotation(id=gone.id, version=gone.version), title="remove", article=gone.article
    )
    look(bench)
    stranded = bench.desk.stranded
    assert stranded.isVisible()
    assert bench.desk.view.hasFocus()
    assert "who says so?" in stranded.accessibleName()
    press(bench, "Copy the words")
    assert QApplication.clipboard().text() == "who says so?"
    press(bench, "Bring back")
    assert not stranded.isVisible()
    assert bench.desk.view.selected_id() == gone.id
    assert on_disk(other.location)[0] == "who says so?"


def test_words_sent_too_late_are_offered_too(bench: Workbench, other: Workspace) -> None:
    select(bench, 0)
    QTest.keyClicks(comment(bench), "late")
    (gone, _) = marks(bench)
    other.do(
        DeleteAnnotation(id=gone.id, version=gone.version), title="remove", article=gone.article
    )
    bench.desk.flush()
    settle()
    assert bench.desk.stranded.isVisible()
    press(bench, "Discard")
    assert not bench.desk.stranded.isVisible()
    assert bench.desk.drafts() == ()


def test_a_mark_removed_here_strands_nothing(bench: Workbench) -> None:
    select(bench, 0)
    QTest.keyClicks(comment(bench), "who?")
    bench.desk.delete(bench.desk.view.selected_id())
    settle()
    assert not bench.desk.stranded.isVisible()


def test_words_for_an_article_that_another_window_removed(
    bench: Workbench, other: Workspace
) -> None:
    select(bench, 0)
    QTest.keyClicks(comment(bench), "who?")
    (mark_, _) = marks(bench)
    version = other.contents(mark_.article).article.version
    other.do(DeleteArticle(id=mark_.article, version=version), title="remove")
    look(bench)
    assert bench.desk.stranded.isVisible()
    press(bench, "Bring back")
    assert on_disk(other.location)[0] == "who?"


def test_another_field_changed_elsewhere_does_not_take_the_words(
    bench: Workbench, other: Workspace
) -> None:
    select(bench, 0)
    area = comment(bench)
    QTest.keyClicks(area, "mine")
    (one, _) = marks(bench)
    other.do(EditAnnotation(id=one.id, version=one.version, certainty="unsure"), title="x")
    bench.desk.flush()
    settle()
    assert area.toPlainText() == "mine"
    bench.desk.flush()
    assert on_disk(other.location)[0] == "mine"
    assert marks(bench)[0].certainty == "unsure"


def test_the_same_field_changed_elsewhere_shows_both(bench: Workbench, other: Workspace) -> None:
    select(bench, 0)
    area = comment(bench)
    QTest.keyClicks(area, "mine")
    (one, _) = marks(bench)
    other.do(EditAnnotation(id=one.id, version=one.version, comment="theirs"), title="x")
    look(bench)
    assert area.toPlainText() == "mine"
    form = bench.desk.inspector._form
    assert form is not None
    assert "theirs" in form.cells["comment"].problem
    bench.desk.flush()
    assert on_disk(other.location)[0] == "theirs"
    QTest.keyClicks(area, "!")
    bench.desk.flush()
    assert on_disk(other.location)[0] == "mine!"


def test_a_mark_that_was_tried_again_is_selected_like_any_new_one(
    bench: Workbench, location: str
) -> None:
    away = Path(location).with_suffix(".away")
    before = len(marks(bench))
    Path(location).rename(away)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_V, Qt.Key.Key_2):
        QTest.keyClick(bench.desk.view, key)
    assert bench.status.text().startswith("Not on disk")
    assert len(marks(bench)) == before
    assert not bench.desk.view.selected_id()
    away.rename(location)
    press(bench, "Try again")
    assert len(marks(bench)) == before + 1
    selected = bench.desk.view.selected_id()
    assert selected
    assert not bench.desk.view.textCursor().hasSelection()
