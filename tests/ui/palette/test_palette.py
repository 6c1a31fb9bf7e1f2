"""The palette on the real window: by keys alone, over the sample."""

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget

from app.ui.main_window import MainWindow
from app.ui.palette.panel import Palette

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(on_sample: MainWindow) -> MainWindow:
    return on_sample


def palette(window: MainWindow) -> Palette:
    (found,) = window.findChildren(Palette)
    return found


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def ask(window: MainWindow, words: str) -> list[str]:
    """Open the palette, type, and return the titles offered."""
    QTest.keyClick(window.bench.desk.view, Key.Key_K, CTRL)
    QTest.keyClicks(focus(), words)
    return [entry.title for entry in palette(window).entries()]


def test_it_opens_over_the_window_and_gives_the_keyboard_back(window: MainWindow) -> None:
    ask(window, "")
    shown = palette(window)
    assert shown.isVisible()
    assert shown.parentWidget() is window
    assert isinstance(focus(), QLineEdit)
    assert focus().accessibleName()
    QTest.keyClick(focus(), Key.Key_Escape)
    assert not shown.isVisible()
    assert focus() is window.bench.desk.view
    window.bench.menus.action("palette").trigger()
    window.bench.menus.action("palette").trigger()
    assert not shown.isVisible()


def test_a_command_is_run_and_remembered(window: MainWindow) -> None:
    titles = ask(window, ">zoom in")
    assert titles == ["Larger text"]
    QTest.keyClick(focus(), Key.Key_Return)
    assert window.bench._settings.zoom == 110
    assert ask(window, "")[0] == "Larger text"
    assert palette(window).entries()[0].section == "Lately"


def test_every_enabled_command_is_there_with_its_key(window: MainWindow) -> None:
    ask(window, ">")
    by_id = {entry.id: entry for entry in palette(window).entries()}
    assert by_id["import"].key == "Ctrl+I"
    assert by_id["tag:actor"].title == "Tag as actor"
    assert "comment" not in by_id  # nothing is selected


def test_a_slot_of_the_selected_mark_is_filled(window: MainWindow) -> None:
    view, session = window.bench.desk.view, window.bench.session
    assert session is not None
    assert session.contents is not None
    statement = next(a for a in session.contents.annotations if a.quote.startswith("Putin denied"))
    view.select(statement.id)
    QApplication.processEvents()
    titles = ask(window, "addressed Kremlin")
    assert titles[0].startswith("Addressed to: Kremlin")
    QTest.keyClick(focus(), Key.Key_Return)
    assert any(r.role == "addressee" for r in session.contents.outgoing(statement.id))
    assert focus() is view


def test_an_actor_leads_to_its_next_mention(window: MainWindow) -> None:
    ask(window, "@putin")
    entry = palette(window).entries()[0]
    assert entry.detail == "6 mentions in 1 article"
    QTest.keyClick(focus(), Key.Key_Return)
    selected = window.bench.desk.view.selected
    assert selected is not None
    assert selected.record == entry.id.removeprefix("record:")


def test_an_article_is_found_by_its_title(window: MainWindow) -> None:
    assert ask(window, "#thousands pro") == ["Thousands protest across Russia for Navalny"]
    assert ask_again(window, "#nosuchword") == []


def ask_again(window: MainWindow, words: str) -> list[str]:
    line = focus()
    assert isinstance(line, QLineEdit)
    line.setText(words)
    return [entry.title for entry in palette(window).entries()]


def test_arrows_pass_over_the_headings(window: MainWindow) -> None:
    ask(window, "navalny")
    shown = palette(window)
    entries = shown.entries()
    met = []
    for _ in entries:
        met.append(shown.current())
        QTest.keyClick(focus(), Key.Key_Down)
    assert met == entries
    QTest.keyClick(focus(), Key.Key_Up)
    assert shown.current() == entries[-2]


def test_the_list_is_a_sound_model_with_names(window: MainWindow) -> None:
    ask(window, "putin")
    (view,) = palette(window).findChildren(QListView)
    model = view.model()
    assert isinstance(model, QAbstractItemModel)
    QAbstractItemModelTester(model)
    names = [
        model.data(model.index(n, 0), Qt.ItemDataRole.AccessibleTextRole)
        for n in range(model.rowCount())
    ]
    assert all(names)


def test_it_fits_a_small_window(window: MainWindow) -> None:
    ask(window, "putin")
    window.resize(1024, 700)
    QApplication.processEvents()
    assert window.rect().contains(palette(window).geometry())


def select(window: MainWindow, quote: str, type_name: str = "actor") -> str:
    """Select the first mark of a type with these words; return its id."""
    session = window.bench.session
    assert session is not None
    assert session.contents is not None
    found = next(
        a for a in session.contents.annotations if a.quote == quote and a.type == type_name
    )
    window.bench.desk.view.select(found.id)
    QApplication.processEvents()
    return found.id


def test_the_selected_mark_is_said_to_be_another_actor(window: MainWindow) -> None:
    putin = select(window, "Putin")
    titles = ask(window, "borrell")
    assert titles[0].startswith("Is the actor Josep Borrell")
    assert palette(window).entries()[0].detail == "replaces Vladimir Putin"
    QTest.keyClick(focus(), Key.Key_Return)
    session = window.bench.session
    assert session is not None
    assert session.contents is not None
    mark = session.contents.annotation(putin)
    assert mark is not None
    assert session.contents.label(mark).startswith("Josep Borrell")
    window.bench.desk.undo()
    mark = session.contents.annotation(putin)
    assert mark is not None
    assert session.contents.label(mark) == "Vladimir Putin"


def test_what_the_mark_can_get_comes_first(window: MainWindow) -> None:
    ask(window, "")
    assert {entry.section for entry in palette(window).entries()} == {"Commands"}
    QTest.keyClick(focus(), Key.Key_Escape)
    select(window, "Putin")
    titles = ask(window, "")
    assert palette(window).entries()[0].section.startswith("For actor A")
    assert {"Remove mark", "Comment", "Change type to event"} <= set(titles)
    titles = ask_again(window, "remove")
    assert titles[0] == "Remove mark"
    assert titles.count("Remove mark") == 1


def test_where_one_is_allowed_the_row_says_what_goes(window: MainWindow) -> None:
    """A role that takes one mark names the one it has."""
    session = window.bench.session
    assert session is not None
    assert session.contents is not None
    codebook, contents = session.workspace.codebook, session.contents
    single = {(r.source, r.name) for r in codebook.roles if not r.many}
    source, role = next(
        (mark, r.role)
        for mark in contents.annotations
        for r in contents.outgoing(mark.id)
        if (mark.type, r.role) in single
    )
    window.bench.desk.view.select(source.id)
    QApplication.processEvents()
    label = codebook.role(source.type, role)
    assert label is not None
    ask(window, label.label)
    links = [e for e in palette(window).entries() if e.id.startswith(f"link:{role}:")]
    assert links
    assert all(entry.detail.startswith("replaces ") for entry in links)


def test_a_click_beside_it_closes_it(window: MainWindow) -> None:
    ask(window, "putin")
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(20, 400))
    beside = window.childAt(20, 400)
    assert beside is not None
    QTest.mouseClick(beside, Qt.MouseButton.LeftButton)
    assert not palette(window).isVisible()
    assert focus() is window.bench.desk.view


def test_it_closes_when_the_keyboard_goes_elsewhere(window: MainWindow) -> None:
    ask(window, "putin")
    window.bench.menus.action("search").trigger()
    assert not palette(window).isVisible()
    assert focus().accessibleName().startswith("Search")


def test_the_current_row_is_told(window: MainWindow) -> None:
    ask(window, "")
    told: list[str] = []
    palette(window).said.connect(told.append)
    ask_again(window, ">zoom in")
    assert told == ["Larger text, View, Ctrl++"]
    ask_again(window, ">no such command")
    assert told[-1] == "Nothing here is called so."
