"""Things a reviewer stumbled over at the desk, each tried on the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.model.commands import AddArticle
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.settings import Settings
from tests.projects import article

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier

LONG = "\n".join(f"Sentence {n} begins here. And sentence {n} ends." for n in range(120))


@pytest.fixture
def desk(on_sample: MainWindow) -> Desk:
    QApplication.processEvents()
    return on_sample.bench.desk


def open_long(desk: Desk) -> None:
    assert desk._session is not None
    story = article(LONG, title="Long")
    desk._session.workspace.do(AddArticle(article=story), title="import")
    desk.open_article(story.id)
    QApplication.processEvents()


def test_the_widths_of_the_panes_survive_a_search_and_a_restart(
    desk: Desk, on_sample: MainWindow
) -> None:
    desk.panes.setSizes([300, 750, 390])
    before = desk.pane_sizes()
    desk.search_all("texts")
    QApplication.processEvents()
    assert desk.pane_sizes() == before
    desk.close_search()
    assert desk.pane_sizes() == before
    desk.set_pane_sizes([260, 780, 400])
    desk.set_pane_sizes(before)
    assert desk.pane_sizes() == before
    on_sample.close()
    assert Settings().numbers("pane-sizes") == before


@pytest.mark.parametrize("stored", ["", "x y z", "1 2", "300 5 900", "0 0 0"])
def test_widths_that_make_no_sense_are_not_taken(desk: Desk, stored: str) -> None:
    before = desk.pane_sizes()
    desk.set_pane_sizes([int(word) for word in stored.split() if word.isdecimal()])
    assert desk.pane_sizes() == before


def test_paging_takes_the_reading_bar_along(desk: Desk) -> None:
    open_long(desk)
    view = desk.view
    QTest.keyClick(view, Key.Key_Down)
    QTest.keyClick(view, Key.Key_PageDown)
    QTest.keyClick(view, Key.Key_PageDown)
    seen = view.range_seen()
    assert seen is not None
    assert view.scene.sentence is not None
    here = view.scene.sentence[0]
    assert seen[0] <= here < seen[1]
    QTest.keyClick(view, Key.Key_Down)
    assert view.scene.sentence[0] > here
    QTest.keyClick(view, Key.Key_End, CTRL)
    assert view.scene.sentence[1] == len(LONG)
    QTest.keyClick(view, Key.Key_Home, CTRL)
    assert view.scene.sentence[0] == 0


def test_one_reads_on_at_the_sentence_where_one_was(desk: Desk) -> None:
    """Also in an article that fits the screen, or has not been scrolled."""
    view = desk.view
    for _ in range(4):
        QTest.keyClick(view, Key.Key_Down)
    here = view.scene.sentence
    first = desk._session.article if desk._session else None
    open_long(desk)
    desk.open_article(first)
    assert view.scene.sentence == here


def test_the_next_hit_after_leaving_is_the_next_one(desk: Desk) -> None:
    view = desk.view
    view.find_words()
    bar = view.find_bar
    assert bar is not None
    QTest.keyClicks(bar._line, "Navalny")
    bar.step(+1)
    second = view.scene.found_now
    QTest.keyClick(bar._line, Key.Key_Escape)
    assert view.selected_range() == second
    view.find_words(+1)
    third = view.scene.found_now
    assert second is not None
    assert third is not None
    assert third[0] > second[0]
    assert view.selected_range() is None


def test_letters_go_with_the_mark_that_undo_takes(desk: Desk) -> None:
    view = desk.view
    QTest.keyClick(view, Key.Key_Down)
    QTest.keyClick(view, Key.Key_1)
    letter = next(iter(view.hints.letters))
    QTest.keyClick(view, getattr(Key, f"Key_{letter}"))
    assert view.hints.active
    desk.undo()
    assert not view.hints.active


def test_escape_takes_the_notice_back(desk: Desk) -> None:
    desk.mark_done()
    points = desk.inspector._summary.points
    assert desk.banner.isVisible()
    QTest.keyClick(points, Key.Key_Escape)
    QTest.keyClick(desk.view, Key.Key_Escape)
    assert not desk.banner.isVisible()
    assert desk.view.hasFocus()


def test_what_keys_did_is_said(desk: Desk, on_sample: MainWindow) -> None:
    QTest.keyClick(desk.view, Key.Key_F)
    assert on_sample.bench.status.text() == "Flagged for a second look"
    QTest.keyClick(desk.view, Key.Key_F)
    assert on_sample.bench.status.text() == "Flag taken away"
    statement = next(m for m in desk.view.marks_shown() if "gave the order" in m.quote)
    desk.view.select(statement.id)
    QTest.keyClick(desk.view, Key.Key_S, SHIFT)
    assert on_sample.bench.status.text().startswith("Cleared speaker of “Navalny claims")


def test_escape_leaves_the_top_bar(desk: Desk, on_sample: MainWindow) -> None:
    command = on_sample.bench._top.command
    command.setFocus()
    QTest.keyClick(command, Key.Key_Escape)
    assert desk.view.hasFocus()


def test_what_folded_fields_lack_is_said_below_the_fold(desk: Desk) -> None:
    view = desk.view
    QTest.keyClick(view, Key.Key_Down)
    QTest.keyClick(view, Key.Key_4)
    QTest.keyClick(view, Key.Key_4)
    desk._settle()
    desk.completeness.look()
    form = desk.inspector._form
    assert form is not None
    assert form._hidden.isVisible()
    assert "Statement without “Cue”" in form._hidden.words
    form._more.setChecked(True)
    assert not form._hidden.isVisible()


def test_saved_filters_keep_their_names_in_the_palette(desk: Desk, on_sample: MainWindow) -> None:
    filters = desk.queue.filters
    filters._ask_name("")
    filters.name.setText("Mit Lesezeichen")
    filters._named()
    on_sample.bench._toggle_palette()
    offers = on_sample.bench._offers
    assert offers is not None
    assert "Saved filters: Mit Lesezeichen" in [entry.title for entry in offers("Lesezeichen")]
