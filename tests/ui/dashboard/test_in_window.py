"""The dashboard in the whole window: figures, the lists behind them, periods, keeping as PDF."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.commands import AddRecord
from app.model.figures import LayerFigures, ProjectFigures
from app.model.ids import new_id
from app.model.listing import Listing
from app.model.registry import Record
from app.ui.dashboard.cards import Entry
from app.ui.dashboard.charts import Done, clock, days_back
from app.ui.dashboard.panel import Dashboard
from app.ui.dataset.panel import DatasetPanel
from app.ui.main_window import MainWindow
from tests.projects import project
from tests.two_annotators import compared_project

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def panel_of(window: MainWindow) -> Dashboard:
    panel = window.bench.views.made("dashboard")
    assert isinstance(panel, Dashboard)
    return panel


def wait(window: MainWindow, qtbot: QtBot) -> Dashboard:
    panel = panel_of(window)
    qtbot.waitUntil(lambda: panel._job is None and not panel._rest.isActive(), timeout=15_000)
    return panel


@pytest.fixture
def window(on_sample: MainWindow, qtbot: QtBot) -> MainWindow:
    QTest.keyClick(on_sample.bench.desk.view, Key.Key_4, CONTROL)
    wait(on_sample, qtbot)
    return on_sample


def press(key: Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)
    QApplication.processEvents()


def entry(panel: Dashboard, words: str) -> Entry:
    entries = (*panel.waiting.entries, *panel.by_type.entries)
    return next(one for one in entries if one.text().startswith(words))


def test_the_figures_are_those_of_the_project(window: MainWindow) -> None:
    panel = panel_of(window)
    said = {name: tile.accessibleName() for name, tile in panel.tiles.items()}
    assert said["done"] == "0/ 1 articles done, 1 in progress, 0 flagged"
    assert said["marks"] == "117 marks, 59 actors, 34 events, 5 numbers, 19 statements"
    assert said["suggestions"] == "– suggestions accepted, 0 accepted, 0 rejected"
    assert panel.title.text() == "Sample project"
    assert panel.agreed.accessibleName() == "Agreement by type: no article was marked by two people"
    assert window.bench.status._counts.text().startswith("Counted ")


def test_enter_on_a_figure_opens_the_list_behind_it(window: MainWindow, qtbot: QtBot) -> None:
    panel, bench = panel_of(window), window.bench
    assert panel.tiles["done"].hasFocus()
    press(Key.Key_Space)
    assert bench.views.current == "annotate"
    assert bench.desk.queue.model.listing.state == "done"
    bench.show_view("dashboard")
    wait(window, qtbot)
    panel.progress.setFocus()
    press(Key.Key_Return)
    assert bench.desk.queue.model.listing == Listing(state="in progress")


def test_a_type_and_a_name_open_their_rows(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window)
    QTest.mouseClick(entry(panel, "Numbers"), Qt.MouseButton.LeftButton)
    dataset = window.bench.views.made("dataset")
    assert isinstance(dataset, DatasetPanel)
    qtbot.waitUntil(lambda: dataset.rows.rowCount() == 5)
    window.bench.show_view("dashboard")
    QTest.mouseClick(entry(panel, "Aleksei Navalny"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dataset.rows.rowCount() == 1)
    assert dataset.tabs["actor"].isChecked()


def test_what_is_changed_is_counted_again(window: MainWindow, qtbot: QtBot) -> None:
    panel, session = panel_of(window), window.bench.session
    assert session is not None
    session.set_state("flagged")
    qtbot.waitUntil(lambda: bool(panel.waiting.entries), timeout=10_000)
    assert panel.waiting.entries[0].accessibleName().startswith("1 flagged article")
    QTest.mouseClick(panel.waiting.entries[0], Qt.MouseButton.LeftButton)
    assert window.bench.desk.queue.model.listing.state == "flagged"


def test_what_is_missing_leads_to_its_place(window: MainWindow, qtbot: QtBot) -> None:
    panel, session = panel_of(window), window.bench.session
    assert session is not None
    assert session.contents is not None
    from app.model.commands import DeleteRelation

    links = [one for one in session.contents.relations if one.role == "speaker"]
    alone = next(one for one in links if sum(o.source == one.source for o in links) == 1)
    session.do(DeleteRelation(id=alone.id, version=alone.version), "x")
    session.set_state("done")
    qtbot.waitUntil(lambda: bool(panel.waiting.entries), timeout=10_000)
    QTest.mouseClick(panel.waiting.entries[0], Qt.MouseButton.LeftButton)
    assert window.bench.views.current == "annotate"
    assert window.bench.desk.view.selected_id() == alone.source


def test_entries_that_look_alike_lead_to_the_registry(window: MainWindow, qtbot: QtBot) -> None:
    panel, session = panel_of(window), window.bench.session
    assert session is not None
    for name in ("Nawalny", "Навальный"):
        record = Record(id=new_id(), kind="actor", name=name)
        session.do_in_project(AddRecord(record=record), "x")
    qtbot.waitUntil(
        lambda: any("alike" in one.text() for one in panel.waiting.entries), timeout=10_000
    )
    QTest.mouseClick(entry(panel, "3 pairs of entries look alike"), Qt.MouseButton.LeftButton)
    shown = window.bench.registry.shown
    assert shown is not None
    assert shown.tab == "likely"
    shown.close()


def test_agreement_leads_to_comparing(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    compared_project(tmp_path / "two.pressmark").close()
    opened.bench.open_project(str(tmp_path / "two.pressmark"))
    opened.bench.show_view("dashboard")
    panel = wait(opened, qtbot)
    assert panel.tiles["alpha"].accessibleName().startswith("0.72 mean α over 4 types")
    assert "Actors 0.85" in panel.agreed.accessibleName()
    QTest.mouseClick(entry(panel, "1 article to compare"), Qt.MouseButton.LeftButton)
    assert opened.bench.comparing


def test_a_project_without_articles(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    with project(tmp_path) as ws:
        location = ws.location
    opened.bench.open_project(location)
    opened.bench.show_view("dashboard")
    panel = wait(opened, qtbot)
    assert panel.tiles["done"].accessibleName().startswith("0/ 0 articles done")
    assert not opened.grab().isNull()


def test_periods(window: MainWindow) -> None:
    panel = panel_of(window)
    for days, count in ((7, 7), (14, 14), (0, 2)):
        QTest.mouseClick(panel.periods[days], Qt.MouseButton.LeftButton)
        assert len(panel.done._days) == count
        assert panel.done._days[-1] == datetime.now(UTC).date().isoformat()


def test_it_is_kept_as_a_pdf_of_one_page(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    panel, path = panel_of(window), tmp_path / "figures.pdf"
    panel.save_pdf(path)
    (page,) = PdfReader(path).pages
    assert page.mediabox.width > page.mediabox.height
    assert [one.name for one in tmp_path.glob("*figures*")] == ["figures.pdf"]
    with qtbot.waitSignal(panel.message) as said:
        panel.save_pdf(tmp_path / "nowhere" / "figures.pdf")
    assert said.args is not None
    assert "cannot be written" in said.args[0]


def test_panes_and_every_figure_by_keys(window: MainWindow) -> None:
    panel = panel_of(window)
    press(Key.Key_F6)
    assert panel.progress.hasFocus()
    press(Key.Key_F6)
    assert panel.tiles["done"].hasFocus()
    for widget in (*panel.tiles.values(), *panel.cards, panel.pdf, *panel.periods.values()):
        assert widget.accessibleName() or widget.text()


@pytest.mark.parametrize(("width", "columns"), [(1440, 3), (1024, 2)])
def test_cards_make_room(window: MainWindow, width: int, columns: int) -> None:
    window.resize(width, 700)
    QApplication.processEvents()
    panel = panel_of(window)
    assert len({card.x() for card in panel.cards}) == columns
    assert not window.grab().isNull()


def figures(**known: object) -> ProjectFigures:
    given: dict[str, object] = {
        "layer": "ann",
        "articles": 40,
        "states": {"new": 0, "in progress": 0, "done": 0, "flagged": 0},
        "marks": {},
        "relations": 0,
        "marked_articles": 0,
        "accepted": 0,
        "rejected": 0,
        "layers": (),
        "named": (),
    }
    return ProjectFigures(**{**given, **known})  # type: ignore[arg-type]


def test_the_pace_is_said_only_where_there_is_one(window: MainWindow) -> None:
    assert window.isVisible()
    card, days = Done(), days_back(11, date(2021, 1, 23))
    card.show_figures(figures(), days)
    assert card.pace() == ""
    own = LayerFigures(name="ann", states={"done": 20}, done_on={"2021-01-18": 20})
    card.show_figures(figures(layers=(own,)), days)
    assert card.pace() == "At this pace all are done by 2 Feb 2021"
    card.show_figures(figures(layers=(own,), articles=20), days)
    assert card.pace() == ""


@pytest.mark.parametrize(
    ("minutes", "said"), [(None, "–"), (11.3, "11:18"), (0.5, "0:30"), (62.5, "1:02:30")]
)
def test_minutes_are_said_as_a_clock(minutes: float | None, said: str) -> None:
    assert clock(minutes) == said
