"""Suggestions on the real window: off until asked, accepted and rejected, remembered."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.model.commands import AddAnnotation, AddArticle, SetCodebook
from app.model.contents import ArticleContents
from app.model.suggestion import Suggestion
from app.suggest.registry import SUGGESTERS
from app.ui.main_window import MainWindow
from app.ui.preferences.sheet import SWITCHES, Preferences
from app.ui.proposals import KNOWN_WORDS, LEARNED, RULES
from app.ui.rejected import RejectedSheet
from app.workspace import Workspace
from app.workspace.suggesting import Suggesting
from tests.projects import article, mark, project
from tests.ui.suggesters import known_words_alone

Key = Qt.Key
TEXT = "Navalny came. Police met Navalny. Then Navalny left."


@pytest.fixture
def location(tmp_path: Path) -> str:
    with project(tmp_path) as ws:
        for title in ("One", "Two"):
            ws.do(AddArticle(article=article(TEXT + title, title=title)), title="import")
        first = ws.contents(ws.article_ids()[0]).article
        ws.do(AddAnnotation(annotation=mark(first, 0, 7, type="actor")), title="tag")
        return ws.location


@pytest.fixture
def window(opened: MainWindow) -> MainWindow:
    return opened


def project_in(window: MainWindow, location: str) -> Workspace:
    known_words_alone(window)
    window.bench.open_project(location)
    window.bench.desk.view.setFocus()
    QApplication.processEvents()
    assert window.bench.session is not None
    return window.bench.session.workspace


def press(window: MainWindow, key: Qt.Key | str, shift: bool = False) -> None:  # noqa: FBT001, FBT002
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(window.bench.desk.view, key, held)  # type: ignore[arg-type]
    QApplication.processEvents()


def proposed(window: MainWindow) -> list[str]:
    view = window.bench.desk.view
    return sorted(view.text.text[s.start : s.end] for s in view.suggestions.values())


def test_nothing_is_proposed_until_asked_and_nothing_is_written(
    window: MainWindow, location: str
) -> None:
    workspace = project_in(window, location)
    assert proposed(window) == []
    seq = workspace._store.last_seq
    window.bench.menus.action("suggestions").trigger()
    assert proposed(window) == ["Navalny", "Navalny"]
    assert workspace._store.last_seq == seq
    window.bench.menus.action("suggestions").trigger()
    assert proposed(window) == []


def test_a_accepts_and_goes_on_and_undo_proposes_it_again(
    window: MainWindow, location: str
) -> None:
    project_in(window, location)
    window.bench.menus.action("suggestions").trigger()
    view, session = window.bench.desk.view, window.bench.session
    assert session is not None
    assert session.contents is not None
    press(window, Key.Key_Escape)
    press(window, "a")
    assert view.selected_suggestion is not None
    press(window, "a")
    assert [a.origin for a in session.contents.annotations] == ["manual", "suggestion:names"]
    assert len(proposed(window)) == 1
    window.bench.desk.undo()
    QApplication.processEvents()
    assert len(proposed(window)) == 2


def test_an_accepted_suggestion_is_looked_at_once(
    window: MainWindow, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[ArticleContents] = []
    before = Suggesting.of

    def counted(
        self: Suggesting, contents: ArticleContents, *, suggesters: Collection[str]
    ) -> tuple[Suggestion, ...]:
        looked.append(contents)
        return before(self, contents, suggesters=suggesters)

    project_in(window, location)
    window.bench.menus.action("suggestions").trigger()
    press(window, "a")
    monkeypatch.setattr(Suggesting, "of", counted)
    press(window, "a")
    assert len(looked) == 1
    press(window, Key.Key_Down)
    assert len(looked) == 1


def test_suggestions_and_marks_of_others_stay_when_the_codebook_changes(
    window: MainWindow, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESSMARK_ANNOTATOR", "bob")
    workspace = project_in(window, location)
    bench = window.bench
    bench.menus.action("others").trigger()
    first = workspace.contents(workspace.article_ids()[0]).article
    workspace.do(
        AddAnnotation(annotation=mark(first, 0, 7, type="actor", layer="bob")), title="tag"
    )
    bench.menus.action("suggestions").trigger()
    before = proposed(window)
    assert before == ["Navalny", "Navalny"]
    changed = replace(workspace.codebook, revision=workspace.codebook.revision + 1)
    workspace.do(SetCodebook(codebook=changed), title="change the codebook")
    QApplication.processEvents()
    assert proposed(window) == before
    over = bench.desk.view.lines.loose["others"]
    assert [one.layer for one in over.in_row(0)] == ["ann"]


def test_all_alike_are_accepted_in_one_step(window: MainWindow, location: str) -> None:
    project_in(window, location)
    window.bench.menus.action("suggestions").trigger()
    session = window.bench.session
    assert session is not None
    assert session.contents is not None
    press(window, "a")
    press(window, ".")
    assert len(session.contents.annotations) == 3
    assert proposed(window) == []
    window.bench.desk.undo()
    assert len(session.contents.annotations) == 1


def test_a_rejected_one_does_not_come_back(window: MainWindow, location: str) -> None:
    project_in(window, location)
    window.bench.menus.action("suggestions").trigger()
    press(window, "x")
    press(window, "x")
    assert len(proposed(window)) == 1
    window.bench.desk.open_next()
    assert len(proposed(window)) == 3
    press(window, "x")
    press(window, "x", shift=True)
    assert proposed(window) == []
    project_in(window, location)
    assert window.bench.desk.proposals.on  # as it was left
    window.bench.desk.open_previous()
    assert len(proposed(window)) == 1
    window.bench.desk.undo()
    window.bench.desk._settle()
    assert len(proposed(window)) == 2


def test_an_article_opens_where_it_was_read(window: MainWindow, tmp_path: Path) -> None:
    with project(tmp_path, name="long.pressmark") as ws:
        for title in ("One", "Two"):
            words = f"\n\n{title} ".join(["A paragraph of some length."] * 200)
            ws.do(AddArticle(article=article(words, title=title)), title="import")
        place = ws.location
    project_in(window, place)
    view = window.bench.desk.view
    view.verticalScrollBar().setValue(2000)
    here = view.top_offset()
    assert here > 0
    window.bench.desk.open_next()
    assert view.verticalScrollBar().value() == 0
    window.bench.desk.open_previous()
    assert view.top_offset() == here
    window.bench.close_project()
    project_in(window, place)
    assert view.top_offset() == here


def test_the_bar_over_the_text_switches_suggestions_and_counts_them(
    window: MainWindow, location: str
) -> None:
    project_in(window, location)
    switch = next(
        one
        for one in window.bench.desk.reader.findChildren(QAbstractButton)
        if one.accessibleName() == "Suggestions"
    )
    switch.click()
    assert switch.isChecked()
    assert switch.accessibleName() == "Suggestions, 2 in this article"
    assert window.bench.menus.action("suggestions").isChecked()
    press(window, Key.Key_Escape)
    press(window, "a")
    press(window, "x")
    assert switch.accessibleName() == "Suggestions, 1 in this article"
    switch.click()
    assert proposed(window) == []
    assert switch.accessibleName() == "Suggestions"


def test_rejected_suggestions_are_listed_and_proposed_again(
    window: MainWindow, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project_in(window, location)
    window.bench.menus.action("suggestions").trigger()
    press(window, Key.Key_Escape)
    press(window, "a")
    press(window, "x", shift=True)
    assert proposed(window) == []
    seen: list[tuple[int, str, bool]] = []

    def use(sheet: RejectedSheet) -> int:
        sheet.show()
        QApplication.processEvents()
        seen.append((sheet.list.count(), sheet.list.item(1).text(), sheet.back.isEnabled()))
        sheet.list.setCurrentRow(1)
        QTest.keyClick(sheet.list, Key.Key_Return)
        seen.append((sheet.list.count(), sheet.list.item(0).text(), sheet.back.isEnabled()))
        sheet.show_button.click()
        return 1

    monkeypatch.setattr(RejectedSheet, "exec", use)
    window.bench.menus.action("rejected").trigger()
    QApplication.processEvents()
    assert seen == [(2, "Navalny   Actor · ¶1", True), (1, "Navalny   Actor · ¶1", True)]
    assert len(proposed(window)) == 1
    view = window.bench.desk.view
    assert view.selected_range() == (25, 32)
    window.bench.desk.undo()
    QApplication.processEvents()
    assert proposed(window) == []


def test_where_nothing_was_rejected_the_list_says_so(
    window: MainWindow, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project_in(window, location)
    seen: list[tuple[bool, bool]] = []

    def use(sheet: RejectedSheet) -> int:
        sheet.show()
        seen.append((sheet.list.isVisible(), sheet.back.isEnabled()))
        sheet.reject()
        return 0

    monkeypatch.setattr(RejectedSheet, "exec", use)
    window.bench.menus.action("rejected").trigger()
    assert seen == [(False, False)]


def test_rules_are_switched_on_in_the_settings_and_bring_links_with_them(
    window: MainWindow, location: str
) -> None:
    project_in(window, location)
    proposals = window.bench.desk.proposals
    window.bench.menus.action("suggestions").trigger()
    assert "Police" not in proposed(window)
    proposals.choose((KNOWN_WORDS, *RULES))
    assert "Police" in proposed(window)
    proposals.choose((KNOWN_WORDS,))
    assert "Police" not in proposed(window)


def test_every_suggester_by_rules_has_a_switch() -> None:
    rules = {one.name for one in SUGGESTERS} - {KNOWN_WORDS}
    assert rules == {LEARNED, *RULES}
    assert {f"suggest-{name}" for name in rules} <= {name for name, _, _ in SWITCHES}


def test_all_suggesters_propose_once_suggestions_are_asked_for(
    window: MainWindow, location: str
) -> None:
    window.bench.open_project(location)
    assert proposed(window) == []
    window.bench.menus.action("suggestions").trigger()
    kinds = {one.suggester for one in window.bench.desk.view.suggestions.values()}
    assert {"names", "actors", "events"} <= kinds


def test_types_of_which_nothing_is_suggested_are_chosen_in_the_settings(
    window: MainWindow, location: str, qtbot: QtBot
) -> None:
    bench = window.bench
    bench.open_project(location)
    bench.menus.action("suggestions").trigger()
    assert bench.session is not None
    sheet = Preferences(
        window,
        bench._settings,
        bench.keymap,
        codebook=bench.session.workspace.codebook,
        theme=bench._settings.theme(),
    )
    sheet.changed.connect(bench._apply_setting)
    qtbot.addWidget(sheet)
    sheet.show()

    def types() -> set[str]:
        return {one.type for one in bench.desk.view.suggestions.values()}

    assert types() == {"actor", "event"}
    QTest.keyClick(sheet.types["event"], Key.Key_Space)
    assert types() == {"actor"}
    assert bench._settings.text("suggest-without") == "event"
    sheet._reset()
    assert types() == {"actor", "event"}
