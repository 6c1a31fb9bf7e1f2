"""The history in the window: what was done, articles as they were, ways back, the trash."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.model.annotation import Annotation
from app.model.contents import ArticleContents
from app.model.history import Happening
from app.ui.desk import Desk
from app.ui.history.model import PAGE, HistoryModel, TrashModel
from app.ui.history.window import HistoryWindow
from app.ui.main_window import MainWindow
from app.workspace import Workspace, gestures

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(on_sample: MainWindow) -> Desk:
    QApplication.processEvents()
    return on_sample.bench.desk


def marks(desk: Desk, type_name: str) -> list[Annotation]:
    assert desk._session is not None
    assert desk._session.contents is not None
    return [a for a in desk._session.contents.annotations if a.type == type_name]


def opened(window: MainWindow, action: str = "history") -> HistoryWindow:
    QApplication.processEvents()  # the menus look again what there is
    window.bench._run(action)
    shown = window.bench.history.shown
    assert shown is not None
    return shown


def titles(shown: HistoryWindow) -> list[str]:
    return [shown.lines.words(n)[0] for n in range(shown.lines.count())]


def told(shown: HistoryWindow) -> list[str]:
    pane = shown._scroll.widget()
    assert pane is not None
    return [label.text() for label in pane.findChildren(QLabel)]


def test_every_step_says_what_was_before_and_after(
    desk: Desk, on_sample: MainWindow, qtbot: QtBot
) -> None:
    first = marks(desk, "number")[0]
    desk._switch_certainty(first.id)
    shown = opened(on_sample)
    assert titles(shown) == [
        "Mark “Thousands” as unsure",
        "Add the sample article",
        "Create project",
    ]
    qtbot.waitUntil(shown.list.hasFocus)
    assert told(shown) == ["Number “Thousands”: changed", "Certainty", "→", "sure", "unsure"]
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    last = told(shown)[-1]
    assert last.startswith("and ")
    assert last.endswith(" more changes")


def test_a_step_is_taken_back_while_later_ones_stay(desk: Desk, on_sample: MainWindow) -> None:
    one, two = marks(desk, "number")[:2]
    desk._switch_certainty(one.id)
    desk._switch_certainty(two.id)
    shown = opened(on_sample)
    shown.list.start(1)
    QTest.mouseClick(shown.take_back, LEFT)
    assert [m.certainty for m in marks(desk, "number")[:2]] == ["sure", "unsure"]
    assert shown._note.text().startswith("Done: mark “Thousands” as unsure.")
    line = shown.lines.at(2)
    assert line is not None
    assert line.undone
    QApplication.processEvents()


def test_what_depends_on_a_step_is_named(desk: Desk, on_sample: MainWindow) -> None:
    one = marks(desk, "number")[0]
    desk._switch_certainty(one.id)
    desk._switch_certainty(one.id)
    shown = opened(on_sample)
    shown.list.start(1)
    QTest.mouseClick(shown.take_back, LEFT)
    assert "depend on it and have to go first: “mark “Thousands” as sure”" in shown._note.text()
    assert marks(desk, "number")[0].certainty == "sure"


def test_the_article_as_it_was(desk: Desk, on_sample: MainWindow) -> None:
    gone = marks(desk, "number")[0]
    desk.delete(gone.id)
    desk.delete(marks(desk, "number")[0].id)
    shown = opened(on_sample)
    shown.list.start(1)
    shown.as_it_was.setChecked(True)
    assert len(shown.past.marks_shown()) == 116
    shown.list.start(0)
    assert len(shown.past.marks_shown()) == 115
    assert shown.past.read_only
    shown.as_it_was.setChecked(False)
    assert shown._pages.currentWidget() is shown._scroll


def test_the_past_is_read_once_a_line_and_only_where_it_is_needed(
    desk: Desk, on_sample: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first, *_) = marks(desk, "actor")
    desk._switch_certainty(first.id)
    read: list[int] = []
    real = Workspace.article_at

    def article_at(self: Workspace, article: str, seq: int) -> ArticleContents:
        read.append(seq)
        return real(self, article, seq)

    monkeypatch.setattr(Workspace, "article_at", article_at)
    shown = opened(on_sample)
    assert read == []
    shown.as_it_was.setChecked(True)
    shown.as_it_was.setChecked(False)
    shown.as_it_was.setChecked(True)
    assert len(read) == 1


def test_a_mark_is_made_again_what_it_was(desk: Desk, on_sample: MainWindow) -> None:
    one = marks(desk, "number")[0]
    desk._reshape(one.id, ((0, 12),))
    desk._switch_certainty(one.id)
    desk.view.select(one.id)
    shown = opened(on_sample, "mark-history")
    assert shown.scope == "mark"
    assert titles(shown)[:2] == ["Mark “Thousands of” as unsure", "Resize “Thousands”"]
    shown.list.start(1)
    QTest.mouseClick(shown.restore, LEFT)
    now = marks(desk, "number")[0]
    assert (now.quote, now.certainty) == ("Thousands", "sure")
    assert desk._session is not None
    assert "restore “Thousands”" in shown._note.text()
    desk.undo()
    assert marks(desk, "number")[0].quote == "Thousands of"


def test_a_removed_mark_comes_back_from_the_trash(desk: Desk, on_sample: MainWindow) -> None:
    gone = next(s for s in marks(desk, "statement") if "gave the order" in s.quote)
    assert desk._session is not None
    assert desk._session.contents is not None
    links = len(desk._session.contents.outgoing(gone.id))
    desk.delete(gone.id)
    shown = opened(on_sample, "trash")
    assert shown.scope == "trash"
    assert shown.things.count() == 1
    assert shown.things.words(0)[0].startswith("“Navalny claims")
    QTest.mouseClick(shown.restore, LEFT)
    assert gone.id in {s.id for s in marks(desk, "statement")}
    assert len(desk._session.contents.outgoing(gone.id)) == links
    assert shown._title.text() == "The trash is empty"
    assert not shown.restore.isEnabled()


def test_words_and_scopes_narrow_it(desk: Desk, on_sample: MainWindow, qtbot: QtBot) -> None:
    desk._switch_certainty(marks(desk, "number")[0].id)
    shown = opened(on_sample)
    QTest.keyClicks(shown.words, "sample ann")
    qtbot.waitUntil(lambda: titles(shown) == ["Add the sample article"])
    shown.words.clear()
    QTest.mouseClick(shown.scopes["article"], LEFT)
    assert titles(shown) == ["Mark “Thousands” as unsure"]
    assert not shown.scopes["mark"].isEnabled()


def test_it_follows_what_is_done_meanwhile_and_closes_with_the_project(
    desk: Desk, on_sample: MainWindow, qtbot: QtBot
) -> None:
    shown = opened(on_sample)
    desk._switch_certainty(marks(desk, "number")[0].id)
    qtbot.waitUntil(lambda: titles(shown)[0] == "Mark “Thousands” as unsure")
    QTest.keyClick(shown.list, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    on_sample.bench.close_project()
    assert on_sample.bench.history.shown is None


def test_a_step_that_came_to_nothing_is_said(desk: Desk, on_sample: MainWindow) -> None:
    """Restoring what is as it was already changes nothing."""
    one = marks(desk, "number")[0]
    desk._switch_certainty(one.id)
    assert desk._session is not None
    assert desk._session.contents is not None
    shown = opened(on_sample)
    gesture = gestures.restore_as(desk._session.contents, one)
    desk._session.do(gesture.command, gesture.title)
    shown.reload()
    shown.list.start(1)
    QTest.mouseClick(shown.restore, LEFT)
    assert shown._note.text() == "It is like that now."


def line(seq: int) -> Happening:
    return Happening(
        seq=seq,
        at="2026-01-01T00:00:00.000Z",
        by="ann",
        layer="ann",
        article=None,
        article_title="",
        title=f"step {seq}",
        kind="do",
        step=seq,
        undone=False,
    )


def test_long_histories_are_read_page_by_page(qtbot: QtBot) -> None:
    model = HistoryModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    asked: list[int | None] = []

    def read(before: int | None, limit: int) -> tuple[Happening, ...]:
        asked.append(before)
        top = 250 if before is None else before - 1
        return tuple(line(n) for n in range(top, max(0, top - limit), -1))

    model.load(read)
    assert (model.rowCount(), asked) == (PAGE, [None])
    while model.canFetchMore(model.index(-1, -1)):
        model.fetchMore(model.index(-1, -1))
    assert model.rowCount() == 250
    assert model.row_of(1) == 249
    trash = TrashModel()
    QAbstractItemModelTester(trash, QAbstractItemModelTester.FailureReportingMode.Fatal)
    trash.load(())


def test_everything_can_be_reached_and_named(desk: Desk, on_sample: MainWindow) -> None:
    shown = opened(on_sample)
    focusable = [
        w
        for w in shown.findChildren(QWidget)
        if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    nameless = [w for w in focusable if not (w.accessibleName() or getattr(w, "text", str)())]
    assert focusable
    assert nameless == []
