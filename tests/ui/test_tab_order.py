"""Tab stays in a sheet and goes down it; what opens takes the keyboard and gives it back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.ui.main_window import MainWindow

Key = Qt.Key


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def pressed(key: Qt.Key, times: int = 200) -> list[QWidget]:
    """Press a key until the keyboard is where it was first; return where it went."""
    first = focus()
    went = [first]
    for _ in range(times):
        QTest.keyClick(focus(), key)
        if focus() is first:
            return went
        went.append(focus())
    pytest.fail(f"the keyboard never came back: {[one.accessibleName() for one in went[-5:]]}")


def select(window: MainWindow, type_name: str) -> None:
    desk = window.bench.desk
    desk.view.select(next(m.id for m in desk.view.marks_shown() if m.type == type_name))
    QApplication.processEvents()


def test_f6_goes_from_pane_to_pane(on_sample: MainWindow) -> None:
    desk = on_sample.bench.desk
    select(on_sample, "statement")
    desk.view.setFocus()
    went = []
    for _ in range(4):
        QTest.keyClick(focus(), Key.Key_F6)
        went.append(
            next(p for p in (desk.queue, desk.view, desk.inspector, desk.outline) if has(p))
        )
    assert went == [desk.inspector, desk.outline, desk.queue, desk.view]


def has(pane: QWidget) -> bool:
    return pane is focus() or pane.isAncestorOf(focus())


@pytest.mark.parametrize("action", ["palette", "find"])
def test_what_opens_over_the_text_takes_the_keyboard_and_gives_it_back(
    on_sample: MainWindow, action: str
) -> None:
    bench, view = on_sample.bench, on_sample.bench.desk.view
    bench.menus.action(action).trigger()
    inside = focus()
    assert inside is not view
    QTest.keyClick(inside, Key.Key_Tab)
    assert focus() is not view
    QTest.keyClick(focus(), Key.Key_Escape)
    assert focus() is view


SHEETS: dict[str, Callable[[MainWindow], QDialog | None]] = {
    "import": lambda window: window.bench.arrivals.sheet,
    "export": lambda window: window.bench.departures.sheet,
    "codebook": lambda window: window.bench.codebook.editor,
    "history": lambda window: window.bench.history.shown,
    "registry": lambda window: window.bench.registry.shown,
}


@pytest.mark.parametrize("action", SHEETS)
def test_a_sheet_keeps_the_keyboard_while_it_is_open(on_sample: MainWindow, action: str) -> None:
    view = on_sample.bench.desk.view
    on_sample.bench.menus.action(action).trigger()
    sheet = SHEETS[action](on_sample)
    assert sheet is not None
    QApplication.processEvents()
    sheet.activateWindow()
    assert sheet.isAncestorOf(focus())
    went = pressed(Key.Key_Tab)
    assert all(sheet.isAncestorOf(one) for one in went)
    assert len(went) > 2
    sheet.close()
    on_sample.activateWindow()
    QApplication.processEvents()
    assert focus() is view


def test_tab_goes_pane_by_pane_where_panes_stand_side_by_side(on_sample: MainWindow) -> None:
    on_sample.bench.menus.action("codebook").trigger()
    editor = on_sample.bench.codebook.editor
    assert editor is not None
    QApplication.processEvents()
    editor.activateWindow()
    editor.tree.setFocus()
    went = pressed(Key.Key_Tab)
    fields = [n for n, one in enumerate(went) if editor.sheet.isAncestorOf(one)]
    assert went[0] is editor.tree
    assert fields == list(range(fields[0], fields[-1] + 1))
    assert len(fields) > 8
    assert went.index(editor.marks.list) == fields[-1] + 1


def test_tab_scrolls_to_where_it_goes(on_sample: MainWindow) -> None:
    desk = on_sample.bench.desk
    select(on_sample, "statement")
    desk.outline.tree.setFocus()
    QTest.keyClick(desk.outline.tree, Key.Key_Backtab)
    pane = desk.inspector._scroll.viewport()
    assert desk.inspector.isAncestorOf(focus())
    assert 0 <= focus().mapTo(pane, focus().rect().center()).y() <= pane.height()
