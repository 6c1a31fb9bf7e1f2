"""Open points in the window: what is missing, what nobody read, and what mends it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.model.annotation import Annotation
from app.ui.article.view import ArticleView
from app.ui.desk import Desk
from app.ui.form.slots import RoleSlot
from app.ui.main_window import MainWindow

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(on_sample: MainWindow) -> Desk:
    return on_sample.bench.desk


def statement(desk: Desk) -> Annotation:
    """Return a statement with a speaker, which is taken away."""
    contents = desk._session.contents if desk._session else None
    assert contents is not None
    found = next(a for a in contents.annotations if "gave the order" in a.quote)
    desk.view.select(found.id)
    desk._clear_role(found.id, "speaker")
    desk._settle()
    desk.completeness.look()
    return found


def speaker(desk: Desk, source: str) -> list[str]:
    """Return the speakers of a statement."""
    contents = desk._session.contents if desk._session else None
    assert contents is not None
    return [r.target for r in contents.outgoing(source) if r.role == "speaker"]


def state(window: MainWindow) -> str:
    """Return the state of the open article; empty before anybody said one."""
    session = window.bench.session
    status = session.contents.status if session and session.contents else None
    return status.state if status else ""


def slot(desk: Desk, name: str) -> RoleSlot:
    form = desk.inspector._form
    assert form is not None
    cell = form.cells[name]
    assert isinstance(cell, RoleSlot)
    return cell


def read_all(desk: Desk) -> None:
    """Let every line be on the screen for a while."""
    bar = desk.view.verticalScrollBar()
    for value in range(0, bar.maximum() + 100, 100):
        bar.setValue(value)
        desk.completeness.note_what_is_seen()


def menu() -> QMenu:
    """Return the menu that is open."""
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    return popup


def test_sentences_below_the_window_are_unread_until_they_were_seen(desk: Desk) -> None:
    desk.completeness.note_what_is_seen()
    kinds = [(p.kind, p.sentences) for p in desk.completeness.look()]
    assert kinds == [("unread", 10)]
    read_all(desk)
    assert desk.completeness.look() == ()
    assert desk.inspector._summary._heading.text() == "Nothing is open"


def test_space_goes_to_what_nobody_read(desk: Desk) -> None:
    view: ArticleView = desk.view
    desk.completeness.note_what_is_seen()
    (unread,) = desk.completeness.look()
    QTest.keyClick(view, Key.Key_Space)
    assert view.scene.sentence is not None
    assert view.scene.sentence[0] == unread.start
    seen = view.range_seen()
    assert seen is not None
    assert seen[0] <= unread.start < seen[1]
    QTest.keyClick(view, Key.Key_Down)
    QTest.keyClick(view, Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert view.scene.sentence[0] == unread.start


def test_done_lists_what_is_open_first(desk: Desk, on_sample: MainWindow) -> None:
    desk.mark_done()
    assert desk.banner.isVisible()
    assert "10 unread sentences" in desk.banner.accessibleName()
    assert desk.inspector._summary.points.hasFocus()
    assert state(on_sample) == ""
    desk.mark_done()
    assert state(on_sample) == "done"


def test_done_asks_nothing_where_nothing_is_open(desk: Desk, on_sample: MainWindow) -> None:
    read_all(desk)
    desk.mark_done()
    assert state(on_sample) == "done"


def test_the_notice_goes_when_nothing_is_open_any_more(desk: Desk) -> None:
    desk.mark_done()
    assert desk.banner.isVisible()
    read_all(desk)
    desk.completeness.look()
    assert desk.banner.isHidden()


def test_a_guess_in_the_slot_is_taken_with_a_click(desk: Desk) -> None:
    found = statement(desk)
    before = desk.view.guesses()
    assert "speaker" in dict(before)
    assert speaker(desk, found.id) == []
    (chip,) = slot(desk, "speaker").box.chips
    assert chip.data.guess
    assert chip.accessibleName() == "Speaker, guess, Aleksei Navalny?, 1 of 1"
    assert "Speaker, guess, Aleksei Navalny?" in slot(desk, "speaker").box.line.accessibleName()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert speaker(desk, found.id) == [dict(before)["speaker"]]
    (chip,) = slot(desk, "speaker").box.chips
    assert not chip.data.guess


def test_a_guess_goes_with_its_cross_and_nothing_is_written(desk: Desk) -> None:
    found = statement(desk)
    (chip,) = slot(desk, "speaker").box.chips
    chip.removed.emit(chip.data.key)
    assert slot(desk, "speaker").box.chips == ()
    assert speaker(desk, found.id) == []


def test_the_button_below_a_field_mends_what_it_says(desk: Desk) -> None:
    found = statement(desk)
    note = slot(desk, "speaker")._note
    assert note is not None
    assert note.words == "Statement without “Speaker”"
    (button,) = note.buttons
    assert button.accessibleName() == "Take “Aleksei Navalny” as speaker"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(speaker(desk, found.id)) == 1
    assert not note.isVisible()


def test_quick_fixes_by_keys(desk: Desk, qtbot: QtBot) -> None:
    found = statement(desk)
    desk.offer_fixes()
    assert [action.text() for action in menu().actions()] == ["Take “Aleksei Navalny” as speaker"]
    QTest.keyClick(menu(), Key.Key_Return)
    assert len(speaker(desk, found.id)) == 1


def test_the_list_of_open_points_mends_and_leads_there(desk: Desk) -> None:
    found = statement(desk)
    read_all(desk)
    desk.view.select(None)
    desk._settle()
    desk.completeness.look()
    points = desk.inspector._summary.points
    desk.inspector.focus_first()
    current = points.current()
    assert current is not None
    assert current.message == "Statement without “Speaker”"
    desk.offer_fixes()
    menu().close()
    QTest.keyClick(points, Key.Key_Return)
    assert desk.view.selected_id() == found.id
    assert slot(desk, "speaker").isAncestorOf(desk.window().focusWidget())


def test_definitions_stand_at_the_field_while_they_are_on(desk: Desk) -> None:
    found = statement(desk)
    desk.view.select(found.id)
    desk._settle()
    desk.inspector.set_definitions(True)
    assert desk.inspector._definition.text().startswith("Somebody says, writes or thinks")
    desk.inspector.focus_field("speaker")
    label = slot(desk, "speaker")._guideline
    assert label is not None
    assert label.isVisible()
    assert label.text()
    desk.inspector.focus_field("comment")
    assert not label.isVisible()
    desk.inspector.set_definitions(False)
    assert not desk.inspector._definition.isVisible()


def test_a_switch_to_another_article_forgets_nothing_seen(
    desk: Desk, on_sample: MainWindow
) -> None:
    read_all(desk)
    assert desk._session is not None
    desk.open_article(desk._session.article)
    assert desk.completeness.look() == ()
