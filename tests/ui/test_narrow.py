"""Narrow windows: the queue folds to a rail, the form slides over the text."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.model.commands import AddArticle
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from tests.projects import article

Key = Qt.Key


@pytest.fixture
def desk(on_sample: MainWindow) -> Desk:
    session = on_sample.bench.session
    assert session is not None
    session.workspace.do(AddArticle(article=article("One. Two.", title="B")), title="import")
    QApplication.processEvents()
    return on_sample.bench.desk


def resize(window: MainWindow, width: int, height: int = 700) -> None:
    window.resize(width, height)
    QApplication.processEvents()


def test_the_queue_folds_to_a_rail_and_back(desk: Desk, on_sample: MainWindow) -> None:
    found = []
    for width in (1024, 1440):
        resize(on_sample, width)
        found.append((desk.queue.rail, desk.queue.search.isVisible()))
        assert (desk.queue.width() == 44) == desk.queue.rail
        assert desk.queue.view.isVisible()
    assert found == [(True, False), (False, True)]


def test_articles_open_from_the_rail_by_mouse_and_keys(desk: Desk, on_sample: MainWindow) -> None:
    resize(on_sample, 1024)
    view = desk.queue.view
    second = view.visualRect(view.model().index(1, 0))
    assert second.height() >= 24
    assert second.width() <= 44  # the sign of the state is in the middle of it
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=second.center())
    assert desk._session is not None
    assert desk._session.contents is not None
    assert desk._session.contents.article.title == "B"
    view.setFocus()
    QTest.keyClick(view, Key.Key_Up)
    QTest.keyClick(view, Key.Key_Return)
    assert desk._session.contents.article.title != "B"
    assert view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_the_rail_unfolds_for_the_search_and_folds_again(desk: Desk, on_sample: MainWindow) -> None:
    resize(on_sample, 1024)
    QTest.mouseClick(desk.queue._unrail, Qt.MouseButton.LeftButton)
    folded = [desk.queue.rail]
    desk.toggle_queue()
    folded.append(desk.queue.rail)
    desk.search()
    folded.append(desk.queue.rail)
    assert folded == [False, True, False]
    assert desk.queue.search.hasFocus()
    QTest.keyClick(desk.queue.search, Key.Key_Escape)
    assert desk.queue.width() == 44
    assert desk.view.hasFocus()


def test_the_form_slides_over_the_text(desk: Desk, on_sample: MainWindow) -> None:
    resize(on_sample, 860)
    view = desk.view
    view.select(view.marks_shown()[0].id)
    QApplication.processEvents()
    assert not desk.inspector.isVisible()
    width = view.viewport().width()
    desk.focus_form()
    assert desk.inspector.isVisible()
    assert view.viewport().width() == width  # the text did not move
    corner = desk._side.mapTo(desk, QPoint(desk._side.width(), 0))
    assert corner.x() == desk._flap.x()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClick(field, Key.Key_Escape)
    assert desk._side.isHidden()
    assert view.hasFocus()
    resize(on_sample, 1440)
    assert desk.inspector.isVisible()
    assert desk.panes.indexOf(desk._side) == desk.panes.count() - 1


def test_done_opens_the_form_to_list_what_is_missing(desk: Desk, on_sample: MainWindow) -> None:
    resize(on_sample, 860)
    desk.mark_done()
    assert desk.inspector._summary.points.isVisible()


def where(desk: Desk) -> QWidget:
    """Return the pane that has the keyboard."""
    focus = QApplication.focusWidget()
    assert focus is not None
    panes = (desk.queue, desk.view, desk.inspector, desk.outline)
    return next(pane for pane in panes if pane is focus or pane.isAncestorOf(focus))


def test_a_small_screen_with_large_letters_has_room(desk: Desk, on_sample: MainWindow) -> None:
    """1024 x 700 pixels with everything half as large again."""
    resize(on_sample, 683, 467)
    assert (on_sample.width(), on_sample.height()) == (683, 467)
    assert desk.view.width() > 500
    assert desk._flap.geometry().right() < desk.width()
    desk.focus_form()
    assert desk._side.geometry().left() > 0
    assert desk._side.geometry().right() < desk._flap.geometry().left()


def test_the_flap_shows_the_form_and_hides_it(desk: Desk, on_sample: MainWindow) -> None:
    assert desk._flap.isHidden()
    resize(on_sample, 860)
    for shown in (True, False):
        QTest.mouseClick(desk._flap.button, Qt.MouseButton.LeftButton)
        assert desk.inspector.isVisible() is shown
    QTest.mouseClick(desk._flap.button, Qt.MouseButton.LeftButton)
    desk.show_session(None)
    assert desk._flap.isHidden()


def test_going_to_the_text_hides_the_form(desk: Desk, on_sample: MainWindow) -> None:
    resize(on_sample, 860)
    desk.view.select(desk.view.marks_shown()[0].id)
    desk.focus_form()
    desk.view.setFocus()
    assert desk._side.isHidden()


def test_f6_goes_into_the_drawer_and_out_of_it(desk: Desk, on_sample: MainWindow) -> None:
    resize(on_sample, 860)
    desk.view.select(desk.view.marks_shown()[0].id)
    desk.view.setFocus()
    went = []
    for _ in range(4):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Key.Key_F6)
        went.append(where(desk))
    assert went == [desk.inspector, desk.outline, desk.queue, desk.view]
    assert desk._side.isHidden()
