"""The registry in its window: what is shown, and every step by keys and buttons."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.model.commands import AddRecord
from app.model.entries import MERGED, OVER_TIME, ids_of, is_archived
from app.model.ids import new_id
from app.model.registry import Record
from app.ui.main_window import MainWindow
from app.ui.registry.window import RegistryWindow

LEFT, Key = Qt.MouseButton.LeftButton, Qt.Key


def add(window: MainWindow, name: str, kind: str = "actor") -> Record:
    assert window.bench.session is not None
    made = Record(id=new_id(), kind=kind, name=name)
    window.bench.session.do_in_project(AddRecord(record=made), f"add {name}")
    return made


@pytest.fixture
def registry(on_sample: MainWindow, qtbot: QtBot) -> RegistryWindow:
    add(on_sample, "Навальный")
    QApplication.processEvents()
    on_sample.bench.menus.action("registry").trigger()
    shown = on_sample.bench.registry.shown
    assert shown is not None
    qtbot.waitUntil(lambda: shown.job is None)
    return shown


def entry(registry: RegistryWindow, name: str) -> Record:
    found = next((r for r in registry._records.values() if r.name == name), None)
    assert found is not None
    return found


def type_in(registry: RegistryWindow, name: str, words: str) -> None:
    assert registry.sheet.details is not None
    field = registry.sheet.details.fields[name]
    box = field.findChild(QPlainTextEdit)
    assert box is not None
    box.setFocus()
    QTest.keyClick(box, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(box, Key.Key_Delete)
    for n, line in enumerate(words.split("\n")):
        if n:
            QTest.keyClick(box, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClicks(box, line)
    registry.sheet.flush()


def test_the_search_finds_every_name_and_enter_leads_on(registry: RegistryWindow) -> None:
    QTest.keyClicks(registry.words, "alexei nav")
    registry._pause.timeout.emit()
    assert registry.list.count() == 1
    record = registry.current()
    assert record is not None
    assert record.name == "Aleksei Navalny"
    assert registry.places.count() == 10
    QTest.keyClick(registry.words, Key.Key_Down)
    assert registry.list.hasFocus()
    QTest.keyClicks(registry.words, "zzz")
    registry._pause.timeout.emit()
    assert registry._empty.text() == "No entry has these words."
    assert registry.current() is None
    assert not registry.merge.isEnabled()


def test_fields_are_written_and_undone(registry: RegistryWindow) -> None:
    registry.open_at(entry(registry, "Навальный").id)
    type_in(registry, "entry aliases", "Navalnyj\nNawalny")
    assert entry_now(registry, "Навальный").aliases == ("Navalnyj", "Nawalny")
    type_in(registry, "entry external", "wikidata: Q1")
    type_in(registry, "entry over time", "2011/.. Head of a foundation")
    now = entry_now(registry, "Навальный")
    assert now.external == {"wikidata": "Q1", OVER_TIME: "2011/.. Head of a foundation"}
    type_in(registry, "entry over time", "head")
    assert registry.sheet.details is not None
    assert "does not read" in registry.sheet.details.fields["entry over time"].problem
    assert entry_now(registry, "Навальный") == now
    registry.sheet.details.revert()
    registry.undo()
    assert OVER_TIME not in entry_now(registry, "Навальный").external


def entry_now(registry: RegistryWindow, name: str) -> Record:
    registry.reload()
    return entry(registry, name)


def test_a_likely_pair_is_merged_and_split_again(registry: RegistryWindow, qtbot: QtBot) -> None:
    QTest.mouseClick(registry.tabs["likely"], LEFT)
    assert registry.list.count() == 1
    assert registry._title.text() == "“Aleksei Navalny” and “Навальный”" or (
        registry._title.text() == "“Навальный” and “Aleksei Navalny”"
    )
    assert registry.here.count() + registry.there.count() == 10
    gone = entry(registry, "Навальный")
    assert registry._pair is not None
    into = registry.into_first if registry._pair[1] == gone.id else registry.into_second
    assert into.text() == "Merge into “Aleksei Navalny”"
    QTest.mouseClick(into, LEFT)
    qtbot.waitUntil(lambda: registry._said.text().endswith("Ctrl+Z takes it back."))
    whole = entry(registry, "Aleksei Navalny")
    assert ids_of(whole, MERGED) == (gone.id,)
    qtbot.waitUntil(lambda: registry.job is None)
    assert registry.list.count() == 0
    assert registry._empty.text() == "No two entries look like the same."
    QTest.mouseClick(registry.tabs["actor"], LEFT)
    registry.open_at(gone.id)
    assert registry.current() == whole
    assert registry._about.text().endswith("merged with Навальный")
    QTest.mouseClick(registry.split, LEFT)
    assert registry.part.currentText() == "Навальный"
    assert registry.parts.ticked() == []
    registry.parts.setFocus()
    QTest.keyClick(registry.parts, Key.Key_Space)
    assert len(registry.parts.ticked()) == 1
    QTest.mouseClick(registry.split_off, LEFT)
    back = registry.current()
    assert back is not None
    assert back.id == gone.id
    assert registry.places.count() == 1
    registry.undo()
    registry.undo()
    assert {"Навальный", "Aleksei Navalny"} <= {r.name for r in registry._records.values()}


def test_any_two_are_merged_by_choosing_the_other(
    registry: RegistryWindow, on_sample: MainWindow
) -> None:
    registry.open_at(entry(registry, "Навальный").id)
    QTest.mouseClick(registry.merge, LEFT)
    assert registry._said.text().startswith("Choose the entry that “Навальный”")
    registry._fill(entry(registry, "Josep Borrell").id)
    assert registry._pair == (entry(registry, "Навальный").id, entry(registry, "Josep Borrell").id)
    QTest.keyClick(registry.list, Key.Key_Escape)
    assert registry.isVisible()
    assert registry._title.text() == "Josep Borrell"
    assert registry.merge.isVisible()


def test_a_pair_told_apart_is_gone_and_entries_in_use_are_archived(
    registry: RegistryWindow, qtbot: QtBot
) -> None:
    QTest.mouseClick(registry.tabs["likely"], LEFT)
    QTest.mouseClick(registry.apart, LEFT)
    qtbot.waitUntil(lambda: registry.job is None)
    assert registry.list.count() == 0
    QTest.mouseClick(registry.tabs["actor"], LEFT)
    registry.open_at(entry(registry, "Josep Borrell").id)
    assert not registry.remove.isEnabled()
    QTest.mouseClick(registry.archive, LEFT)
    assert is_archived(entry(registry, "Josep Borrell"))
    assert registry.archive.text() == "Offer &again"
    registry.open_at(entry(registry, "Навальный").id)
    QTest.mouseClick(registry.remove, LEFT)
    assert "Навальный" not in {r.name for r in registry._records.values()}


def test_a_place_leads_to_the_text(registry: RegistryWindow, on_sample: MainWindow) -> None:
    registry.open_at(entry(registry, "Josep Borrell").id)
    registry.places.setFocus()
    QTest.keyClick(registry.places, Key.Key_Return)
    desk = on_sample.bench.desk
    contents = on_sample.bench.session.contents if on_sample.bench.session else None
    assert contents is not None
    selected = desk.view.selected_id()
    mark = contents.annotation(selected) if selected else None
    assert mark is not None
    assert mark.record == entry(registry, "Josep Borrell").id


def test_a_new_entry_and_a_table_out_and_in(
    registry: RegistryWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    QTest.mouseClick(registry.new, LEFT)
    assert registry.current() == entry(registry, "New entry")
    table = tmp_path / "registry.csv"
    registry.write_to(table)
    assert registry._said.text().endswith("written to registry.csv")
    registry.take_in(table)
    qtbot.waitUntil(lambda: "nothing that is not in the registry" in registry._said.text())
    table.write_text("name,kind\nSomebody,actor\n", "utf-8")
    registry.take_in(table)
    qtbot.waitUntil(lambda: registry._said.text().startswith("1 added, 0 changed"))
    assert entry(registry, "Somebody").kind == "actor"


def test_every_control_is_named_and_large_enough(
    registry: RegistryWindow, assert_targets: Callable[[QWidget], None]
) -> None:
    assert_targets(registry)


def test_places_are_quoted_as_they_stand(registry: RegistryWindow) -> None:
    registry.open_at(entry(registry, "Aleksei Navalny").id)
    places = [registry.places.item(row).text() for row in range(registry.places.count())]
    lines = [words.partition("\n")[0] for words in places]
    assert "The protestors shouted “free “Navalny”” and that Putin is a thief." in lines
    assert "“Navalny” spent five months in a hospital in Germany where he was…" in lines
    assert not any("” ," in line for line in lines)


@pytest.mark.parametrize("tab", ["actor", "likely"])
def test_it_fits_into_the_smallest_window(on_sample: MainWindow, tab: str, qtbot: QtBot) -> None:
    on_sample.resize(1024, 700)
    add(on_sample, "Навальный")
    on_sample.bench.menus.action("registry").trigger()
    shown = on_sample.bench.registry.shown
    assert shown is not None
    qtbot.waitUntil(lambda: shown.job is None)
    QTest.mouseClick(shown.tabs[tab], LEFT)
    QApplication.processEvents()
    assert shown.width() <= 1024
    assert shown.height() <= 700
    for button in (shown.merge, shown.split, shown.into_second, shown.apart):
        if button.isVisible():
            assert button.mapTo(shown, button.rect().topRight()).x() < shown.width()
            assert button.width() >= button.minimumSizeHint().width()
