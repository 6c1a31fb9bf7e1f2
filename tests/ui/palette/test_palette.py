"""The palette on the real window: by keys alone, over the sample."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QSettings, QStandardPaths, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from app.ui.application import make_window
from app.ui.main_window import MainWindow
from app.ui.palette.panel import Palette
from app.workspace.sample import make_sample

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "c"))
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "home"))
    place = tmp_path / "sample.pressmark"
    make_sample(place, annotator="ann").close()
    _, made = make_window()
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.bench.open_project(str(place))
    made.bench.desk.view.setFocus()
    qtbot.waitUntil(made.bench.desk.view.hasFocus)
    yield made
    made.close()
    made.deleteLater()


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
