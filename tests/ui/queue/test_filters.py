"""Sorting, narrowing, and filters under names, by keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.article import STATES
from app.model.listing import SORTS, Listing
from app.ui.queue import saved
from app.ui.queue.panel import QueuePanel
from app.ui.queue.saved import SavedFilter
from app.ui.queue.words import described
from app.ui.style import stylesheet
from app.ui.theme import LIGHT
from tests.ui.queue.project import Project, row

Key = Qt.Key


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> QueuePanel:
    project = Project(
        row(1, "Strike in Lille", source="Times", published="2020-02-01"),
        row(2, "March in Leeds", state="done"),
        row(3, "Vote in Oslo", source="Times", published="2021-03-01"),
    )
    made = QueuePanel(lambda: project)
    qtbot.addWidget(made)
    made.setStyleSheet(stylesheet(LIGHT))
    made.reload()
    made.resize(268, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def titles(panel: QueuePanel) -> list[str]:
    rows = (panel.model.row_at(n) for n in range(panel.model.rowCount()))
    return [one.title.split()[0] for one in rows if one]


def test_sorting_by_keys(qtbot: QtBot, panel: QueuePanel) -> None:
    panel.focus_filters()
    qtbot.waitUntil(panel.filters.sort.hasFocus)
    QTest.keyClick(panel.filters.sort, Key.Key_Down)
    assert titles(panel) == ["March", "Strike", "Vote"]
    QTest.keyClick(panel.filters.sort, Key.Key_Tab)
    QTest.keyClick(panel.filters.backwards, Key.Key_Space)
    assert titles(panel) == ["Vote", "Strike", "March"]
    assert panel._told.text().startswith("By title, backwards")
    QTest.keyClick(panel.filters.backwards, Key.Key_Escape)
    assert panel.filters.isHidden()
    assert panel._told.isVisible()
    panel._told.click()
    assert titles(panel) == ["Strike", "March", "Vote"]
    assert panel._told.isHidden()


def test_narrowing(qtbot: QtBot, panel: QueuePanel) -> None:
    panel.focus_filters()  # sources are read when they are to be seen
    filters = panel.filters
    filters.source.setCurrentIndex(filters.source.findData("Times"))
    assert titles(panel) == ["Strike", "Vote"]
    QTest.keyClicks(filters.since, "2021")
    qtbot.waitUntil(lambda: titles(panel) == ["Vote"])
    QTest.keyClicks(filters.since, "-")
    qtbot.waitUntil(lambda: filters.since.property("class") == "wrong")
    assert titles(panel) == ["Strike", "Vote"]
    panel.search.setText("march")
    qtbot.waitUntil(panel.nothing.isVisible)
    panel.search.clear()
    panel.filter.choose("done")
    assert panel.nothing.label.text() == "No article is like that."
    panel.nothing.button.click()
    assert len(titles(panel)) == 3
    assert panel.model.listing == Listing()


def test_a_filter_is_saved_used_renamed_and_deleted_by_keys(
    qtbot: QtBot, panel: QueuePanel
) -> None:
    kept: list[tuple[SavedFilter, ...]] = []
    panel.filters_kept.connect(kept.append)
    panel.focus_filters()
    filters = panel.filters
    filters.show_listing(Listing(source="Times", sort="title"))
    filters._changed()
    filters.keep.click()
    qtbot.waitUntil(filters.name.hasFocus)
    QTest.keyClick(filters.name, Key.Key_Return)
    assert kept == []
    QTest.keyClicks(filters.name, "  The   Times")
    QTest.keyClick(filters.name, Key.Key_Return)
    assert kept[-1] == (SavedFilter("The Times", Listing(source="Times", sort="title")),)
    panel.show_all()
    panel.apply_filter("The Times")
    assert titles(panel) == ["Strike", "Vote"]
    assert filters.saved.currentText() == "The Times"
    QTest.keyClick(filters.saved, Key.Key_F2)
    QTest.keyClicks(filters.name, "T")
    QTest.keyClick(filters.name, Key.Key_Escape)
    assert filters.name.isHidden()
    QTest.keyClick(filters.saved, Key.Key_F2)
    QTest.keyClicks(filters.name, "T")
    QTest.keyClick(filters.name, Key.Key_Return)
    assert [one.name for one in kept[-1]] == ["T"]
    panel.show_all()
    filters.saved.setCurrentIndex(1)
    filters.saved.activated.emit(1)
    assert titles(panel) == ["Strike", "Vote"]
    QTest.keyClick(filters.saved, Key.Key_Delete)
    assert [one.name for one in kept[-1]] == []
    assert not filters.saved.isEnabled()
    panel.apply_filter("T")
    assert titles(panel) == ["Strike", "Vote"]


def test_every_field_has_a_name_and_room(panel: QueuePanel) -> None:
    panel.focus_filters()
    filters = panel.filters
    fields = (filters.sort, filters.backwards, filters.source, filters.since, filters.until)
    for widget in (*fields, filters.saved, filters.keep, filters.rename, filters.delete):
        assert widget.accessibleName()
        assert widget.height() >= 24
        assert widget.geometry().right() <= filters.width()
    for box in (filters.bookmarked, filters.unsure, filters.commented):
        assert box.text()


LISTINGS = st.builds(
    Listing,
    state=st.sampled_from([None, *STATES]),
    search=st.text(max_size=5),
    source=st.text(max_size=5),
    since=st.sampled_from(["", "2021"]),
    bookmarked=st.booleans(),
    sort=st.sampled_from(SORTS),
    descending=st.booleans(),
)
NAMES = st.text(min_size=1, max_size=4).filter(str.strip)


@given(st.dictionaries(NAMES, LISTINGS, max_size=4))
def test_what_is_saved_comes_back(known: dict[str, Listing]) -> None:
    filters = tuple(SavedFilter(name, listing) for name, listing in known.items())
    assert saved.from_text(saved.to_text(filters)) == filters


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        '[{"name": ""}]',
        '[{"name": "x", "sort": "size"}]',
        '[{"name": "x", "state": 3}]',
        '[{"name": "x", "source": 3}]',
        '[{"name": "x", "unsure": "yes"}]',
    ],
)
def test_what_is_damaged_is_left_out(text: str) -> None:
    assert saved.from_text(text) == ()


def test_a_name_is_there_once() -> None:
    one, two = SavedFilter("b", Listing()), SavedFilter("a", Listing(source="x"))
    assert saved.put((one,), "a", Listing(source="x")) == (two, one)
    assert saved.put((two, one), "b", Listing(unsure=True))[1].listing == Listing(unsure=True)
    assert saved.renamed((two, one), "a", "b") == (SavedFilter("b", two.listing),)
    assert saved.without((two, one), "a") == (one,)
    assert saved.from_text('[{"name": "x", "later": 1}]') == (SavedFilter("x", Listing()),)


@pytest.mark.parametrize(
    ("listing", "words"),
    [
        (Listing(state="new", search="x"), ""),
        (Listing(descending=True), "By order of import, backwards"),
        (Listing(sort="marks", source="Times"), "By number of marks · Times"),
        (Listing(since="2020", until="2021"), "2020 – 2021"),
        (Listing(since="2020"), "from 2020"),
        (Listing(until="2021", unsure=True, commented=True, bookmarked=True),
         "to 2021 · bookmarked · with unsure marks · with comments"),
    ],
)  # fmt: skip
def test_what_a_listing_is_called(listing: Listing, words: str) -> None:
    assert described(listing) == words
