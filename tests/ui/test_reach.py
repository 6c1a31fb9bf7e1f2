"""Everything can be reached without a mouse, has a name, and is large enough: in every window."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QMenuBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui.key_help import KeyHelp
from app.ui.main_window import MainWindow
from app.ui.new_project import NewProject
from app.ui.preferences.sheet import Preferences
from app.ui.tab_order import stops
from tests.two_annotators import compared_project
from tests.ui.conftest import TARGET

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
Make = Callable[[MainWindow], QWidget]


def _desk(window: MainWindow) -> QWidget:
    return window


def _form(window: MainWindow) -> QWidget:
    view = window.bench.desk.view
    view.select(view.marks_shown()[0].id)
    QApplication.processEvents()
    return window


def _filters(window: MainWindow) -> QWidget:
    window.bench.desk.filter_articles()
    return window


def _search(window: MainWindow) -> QWidget:
    window.bench.desk.search_all("marks")
    return window


def _find(window: MainWindow) -> QWidget:
    window.bench.desk.view.find_words()
    return window


def _palette(window: MainWindow) -> QWidget:
    window.bench._run("palette")
    return window


def _codebook(window: MainWindow) -> QWidget:
    window.bench.show_codebook()
    editor = window.bench.codebook.editor
    assert editor is not None
    return editor


def _registry(window: MainWindow) -> QWidget:
    window.bench.show_registry()
    shown = window.bench.registry.shown
    assert shown is not None
    return shown


def _history(window: MainWindow) -> QWidget:
    window.bench._run("history")
    shown = window.bench.history.shown
    assert shown is not None
    return shown


def _settings(window: MainWindow) -> QWidget:
    bench = window.bench
    codebook = bench.session.workspace.codebook if bench.session else None
    theme = bench._settings.theme()
    made = Preferences(window, bench._settings, bench.keymap, codebook=codebook, theme=theme)
    made.show()
    return made


def _keys(window: MainWindow) -> QWidget:
    made = KeyHelp(None, window, keymap=window.bench.keymap)
    made.show()
    return made


def _new(window: MainWindow) -> QWidget:
    theme = window.bench._settings.theme()
    made = NewProject(window, folder="/", annotator="x", theme=theme)
    made.show()
    return made


def _keys_page(window: MainWindow) -> QWidget:
    made = _settings(window)
    assert isinstance(made, Preferences)
    made.show_page(1)
    return made


def _statement(window: MainWindow) -> QWidget:
    """All fields of a statement, with links in its slots."""
    desk = window.bench.desk
    desk.view.select(next(m.id for m in desk.view.marks_shown() if m.type == "statement"))
    QApplication.processEvents()
    assert desk.inspector._form is not None
    desk.inspector._form._more.setChecked(True)
    return window


def _rail(window: MainWindow) -> QWidget:
    window.resize(1024, 700)
    return window


def _drawer(window: MainWindow) -> QWidget:
    window.resize(683, 467)
    QApplication.processEvents()
    _statement(window)
    window.bench.desk.focus_form()
    return window


def _compare(window: MainWindow) -> QWidget:
    place = Path(window.bench.session.workspace.location if window.bench.session else "")
    compared_project(place.with_name("two.pressmark")).close()
    window.bench.open_project(str(place.with_name("two.pressmark")))
    window.bench.show_view("compare")
    return window


def _compare_alone(window: MainWindow) -> QWidget:
    window.resize(1024, 700)
    window.bench.show_view("compare")
    return window


def _failure(window: MainWindow) -> QWidget:
    window.bench.status.show_failure("Not on disk: no space left.")
    return window


def _import(window: MainWindow) -> QWidget:
    window.bench._run("import")
    assert window.bench.arrivals.sheet is not None
    return window.bench.arrivals.sheet


def _export(window: MainWindow) -> QWidget:
    window.bench._run("export")
    assert window.bench.departures.sheet is not None
    return window.bench.departures.sheet


def _first_run(window: MainWindow) -> QWidget:
    window.bench.close_project()
    return window


WINDOWS: dict[str, Make] = {
    "desk": _desk,
    "form": _form,
    "filters": _filters,
    "search": _search,
    "find": _find,
    "palette": _palette,
    "codebook": _codebook,
    "history": _history,
    "registry": _registry,
    "settings": _settings,
    "keys": _keys,
    "new project": _new,
    "keys of the settings": _keys_page,
    "statement": _statement,
    "rail": _rail,
    "drawer": _drawer,
    "compare": _compare,
    "nothing to compare": _compare_alone,
    "failure": _failure,
    "import": _import,
    "export": _export,
    "first run": _first_run,
}


@pytest.fixture(params=WINDOWS)
def shown(request: pytest.FixtureRequest, on_sample: MainWindow, qtbot: QtBot) -> Iterator[QWidget]:
    """Each window of the program, one after the other."""
    QApplication.processEvents()
    made = WINDOWS[request.param](on_sample)
    QApplication.processEvents()
    yield made
    if made is not on_sample:
        made.close()


def seen(widget: QWidget) -> list[QWidget]:
    return [child for child in widget.findChildren(QWidget) if child.isVisible()]


def name_of(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    if isinstance(widget, QAbstractButton):
        return widget.accessibleName() or widget.text()
    return widget.accessibleName()


def is_own_stop(widget: QWidget) -> bool:
    """Tell whether a widget takes the keyboard itself, not a part of it or a pane around it."""
    inner = widget.parentWidget()
    return (
        widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and not (isinstance(inner, QAbstractScrollArea) and widget is inner.viewport())
        and widget.objectName() not in {"qt_spinbox_lineedit", "qt_scrollarea_hcontainer"}
    )


def test_whatever_takes_the_keyboard_has_a_name(shown: QWidget) -> None:
    stops = [widget for widget in seen(shown) if is_own_stop(widget)]
    assert stops
    assert [widget for widget in stops if not name_of(widget)] == []


def is_target(widget: QWidget) -> bool:
    """Tell whether a widget is to be clicked: a button, a field, or what has the hand on it."""
    if isinstance(widget, (QAbstractButton, QComboBox, QLineEdit)):
        return not (isinstance(widget, QLineEdit) and _box_around(widget))
    own = widget.testAttribute(Qt.WidgetAttribute.WA_SetCursor)
    return own and widget.cursor().shape() == Qt.CursorShape.PointingHandCursor


def _box_around(line: QLineEdit) -> bool:
    """Tell whether a click beside a line goes to it too: its box hands it on."""
    box = line.parentWidget()
    return box is not None and box.focusProxy() is line and box.height() >= TARGET


def test_targets_are_large_enough(shown: QWidget) -> None:
    small = [
        (widget, name_of(widget), widget.size())
        for widget in seen(shown)
        if is_target(widget) and min(widget.width(), widget.height()) < TARGET
    ]
    assert small == []
    rows = {
        name_of(view): view.visualRect(view.model().index(0, 0)).height()
        for view in seen(shown)
        if isinstance(view, QAbstractItemView) and view.model().rowCount()
    }
    assert [name for name, height in rows.items() if 0 < height < TARGET] == []


def test_no_two_letters_of_a_menu_clash(on_sample: MainWindow) -> None:
    QApplication.processEvents()
    menus: list[QWidget] = [*on_sample.findChildren(QMenuBar), *on_sample.findChildren(QMenu)]
    assert len(menus) > 5
    for menu in menus:
        actions = [action for action in menu.actions() if not action.isSeparator()]
        letters = Counter(
            text[at + 1].casefold()
            for action in actions
            if (at := (text := action.text().replace("&&", "")).find("&")) >= 0
        )
        assert [letter for letter, many in letters.items() if many > 1] == []


# -- the order of Tab ------------------------------------------------------------


def walk(window: MainWindow, start: QWidget, *, steps: int = 60) -> list[QWidget]:
    """Press Tab again and again; return where the keyboard went until it was at the start again."""
    start.setFocus()
    met = []
    for _ in range(steps):
        focus = QApplication.focusWidget()
        assert focus is not None
        met.append(focus)
        QTest.keyClick(focus, Key.Key_Tab)
        if QApplication.focusWidget() is start:
            break
    return met


def pane_of(window: MainWindow, widget: QWidget) -> str:
    desk = window.bench.desk
    panes: list[tuple[str, QWidget]] = [
        ("queue", desk.queue),
        ("reader", desk.reader),
        ("article", desk.view),
        ("form", desk.inspector),
        ("outline", desk.outline),
        ("status", window.bench.status),
    ]
    return next(
        (name for name, pane in panes if pane is widget or pane.isAncestorOf(widget)), "top"
    )


def lines(form: QWidget, fields: list[QWidget]) -> list[int]:
    """Return on which lines of a form widgets are."""
    return [widget.mapTo(form, widget.rect().center()).y() // 12 for widget in fields]


def test_tab_goes_through_the_panes_in_order(on_sample: MainWindow) -> None:
    window, desk = on_sample, on_sample.bench.desk
    view = desk.view
    statement = next(m for m in view.marks_shown() if m.type == "statement")
    view.select(statement.id)
    QApplication.processEvents()
    met = walk(window, stops([desk.queue])[0])
    panes = [pane_of(window, widget) for widget in met]
    order = [pane for n, pane in enumerate(panes) if n == 0 or panes[n - 1] != pane]
    kept = [pane for pane in order if pane in {"queue", "article", "form", "outline", "status"}]
    assert kept[:4] == ["queue", "article", "form", "outline"]
    assert len(kept) == len(set(kept))
    form = desk.inspector._form
    assert form is not None
    fields = [widget for widget in met if form.isAncestorOf(widget)]
    assert lines(form, fields) == sorted(lines(form, fields))  # from top to bottom
    assert len(fields) > 6
    header = [widget for widget in met if pane_of(window, widget) == "form"]
    assert header.index(fields[0]) == len(header) - len(fields)


def test_unfolded_fields_come_before_the_registry(on_sample: MainWindow) -> None:
    window, desk = on_sample, on_sample.bench.desk
    actor = next(m for m in desk.view.marks_shown() if m.type == "actor" and m.record)
    desk.view.select(actor.id)
    QApplication.processEvents()
    form = desk.inspector._form
    assert form is not None
    form._more.setChecked(True)
    QApplication.processEvents()
    fields = [widget for widget in walk(window, desk.view) if form.isAncestorOf(widget)]
    assert lines(form, fields) == sorted(lines(form, fields))
    assert form.registry.isAncestorOf(fields[-1])


def test_shift_tab_goes_the_same_way_back(on_sample: MainWindow) -> None:
    desk = on_sample.bench.desk
    desk.view.setFocus()
    QTest.keyClick(desk.view, Key.Key_Tab)
    there = QApplication.focusWidget()
    assert there is not None
    QTest.keyClick(there, Key.Key_Tab, SHIFT)
    assert QApplication.focusWidget() is desk.view


def test_escape_leads_from_everywhere_back_to_the_text(on_sample: MainWindow) -> None:
    view = on_sample.bench.desk.view
    _form(on_sample)
    panes = [
        one
        for one in on_sample.findChildren(QWidget)
        if one.isVisibleTo(on_sample)
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.accessibleName()
    ]
    assert len(panes) > 20
    for pane in panes:
        name = pane.accessibleName()
        pane.setFocus()
        for _ in range(2):  # the first one may close a list, or empty a search
            if (here := QApplication.focusWidget()) is not None and here is not view:
                QTest.keyClick(here, Key.Key_Escape)
        assert view.hasFocus(), name


@pytest.mark.parametrize("keys", ["Return", "C"])
def test_undo_reaches_the_article_from_a_field_that_has_nothing_to_undo(
    on_sample: MainWindow, keys: str
) -> None:
    """A slot, and the comment."""
    view = on_sample.bench.desk.view
    marks = view.marks_shown()
    first, second = [one for one in marks if one.type == "statement"][:2]
    view.setFocus()
    view.select(first.id)
    QTest.keyClick(view, Key.Key_Delete)
    view.select(second.id)
    QTest.keyClick(view, getattr(Key, f"Key_{keys}"))
    field = QApplication.focusWidget()
    assert field is not None
    assert field is not view
    assert len(view.marks_shown()) == len(marks) - 1
    QTest.keyClick(field, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert first.id in {one.id for one in view.marks_shown()}
    assert field.hasFocus()
