"""Comparing in a real panel on a real project: what is shown, chosen, settled and said."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.annotation import GOLD, fragments_of
from app.model.commands import AddAnnotation, AddArticle, AddRelation, DeleteAnnotation
from app.model.errors import KnownError
from app.ui.compare.panel import ComparePanel
from app.ui.keymap import Keymap
from app.ui.session import Session
from app.ui.theme import DARK, LIGHT
from app.workspace import Workspace
from tests import projects
from tests.two_annotators import JONAS, MARTA, compared_project, marks
from tests.ui.conftest import Show

Key = Qt.Key


class Bench:
    """A panel and what it said."""

    def __init__(self, ws: Workspace, show: Show, width: int = 1440, height: int = 830) -> None:
        self.session = Session(ws)
        self.panel = ComparePanel()
        self.said: list[str] = []
        self.wished: list[str] = []
        self.panel.message.connect(self.said.append)
        self.panel.action_requested.connect(self.wished.append)
        self.panel.set_keymap(Keymap())
        self.session.open_article(ws.article_ids()[0])
        self.panel.show_session(self.session)
        show(self.panel, width, height)
        self.panel.set_theme(LIGHT)
        self.panel.text.setFocus()

    def press(self, *keys: str | Key) -> None:
        for key in keys:
            if isinstance(key, str):
                QTest.keyClicks(self.panel.text, key)
            else:
                QTest.keyClick(self.panel.text, key)

    @property
    def gold(self) -> list[str]:
        assert self.panel.comparing is not None
        found = self.panel.comparing.contents.annotations
        return [one.quote for one in found if one.layer == GOLD]

    @property
    def title(self) -> str:
        return self.panel.question.title.text()

    @property
    def number(self) -> int:
        assert self.panel.comparing is not None
        case = self.panel.current
        return self.panel.comparing.differing.index(case) + 1 if case else 0


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with compared_project(tmp_path / "two.pressmark") as made:
        yield made


@pytest.fixture
def bench(ws: Workspace, show: Show) -> Iterator[Bench]:
    made = Bench(ws, show)
    yield made
    made.session._poll.stop()


def test_asks_about_the_first_disagreement(bench: Bench) -> None:
    panel = bench.panel
    assert bench.title == "Where does the number end?"
    assert panel.question.told.text() == "Both marked a number. Only the last words differ."
    assert [card.accessibleName() for card in panel.question.cards] == [
        "Jonas Dahl: Thousands",
        "Marta Kovač: Thousands of people",
    ]
    assert panel.bar.place.text() == "Disagreement 1 of 10"
    assert panel.side.settled.text() == "0 of 10 settled"
    assert panel.side.agreeing.text() == "7 marks agree"
    assert panel.side.list.cases.rowCount() == 10
    assert panel.text.accessibleName() == "Merged text, 10 disagreements"
    assert panel.figures() == "10 disagreements · 10 open"
    assert "Actors: F1 exact 0.53" in panel.question.figures.accessibleDescription()


def test_a_card_settles_and_the_next_one_is_asked(bench: Bench) -> None:
    card = bench.panel.question.cards[1]
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert bench.gold == ["Thousands of people"]
    assert (bench.number, bench.title) == (2, "Is this a number?")
    assert bench.panel.side.list.cases.rows[0].settled
    assert bench.panel.side.settled.text() == "1 of 10 settled"
    bench.session.undo()
    assert bench.gold == []
    assert not bench.panel.side.list.cases.rows[0].settled


def test_what_is_settled_can_be_settled_otherwise(bench: Bench) -> None:
    bench.press("2", Key.Key_Up, "1")
    assert bench.gold == ["Thousands"]


def test_only_one_has_no_both(bench: Bench) -> None:
    bench.press(Key.Key_Down)
    assert not bench.panel.question.buttons["compare-both"].isEnabled()
    bench.press("3")
    assert bench.said == ["Only one of them marked anything here"]
    assert bench.gold == []


@pytest.mark.parametrize(
    ("button", "gold", "number"),
    [
        ("compare-both", ["Thousands of people", "Thousands"], 2),
        ("compare-neither", [], 2),
        ("compare-later", [], 2),
        ("compare-edit", [], 1),
    ],
)
def test_buttons_do_what_their_keys_do(
    button: str, gold: list[str], number: int, bench: Bench
) -> None:
    QTest.mouseClick(bench.panel.question.buttons[button], Qt.MouseButton.LeftButton)
    assert (sorted(bench.gold), bench.number) == (sorted(gold), number)
    assert bool(bench.panel.draft) == (button == "compare-edit")


def test_all_alike_says_how_many(bench: Bench) -> None:
    question = bench.panel.question
    assert not question._rule.isVisible()
    bench.panel.show_case(bench.panel.side.list.cases.rows[4].key)
    assert question.alike.text() == "Same pattern: 1 more here"
    QTest.mouseClick(question.settle, Qt.MouseButton.LeftButton)
    assert bench.gold == ["Kremlin", "people"]
    assert bench.said == ["2 disagreements settled alike"]
    bench.press(Key.Key_Up, ".")
    assert bench.said[-1] == "This one is settled: choose an open one."


def test_the_list_and_the_frames_go_to_a_case(bench: Bench, qtbot: QtBot) -> None:
    panel = bench.panel
    rows = panel.side.list.cases.rows
    place = panel.side.list.visualRect(panel.side.list.cases.index(2)).center()
    QTest.mouseClick(panel.side.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bench.number == 3
    frame = panel.text.box_of(rows[0].key)
    assert frame is not None
    at = QPoint(round(frame.center().x()), round(frame.center().y()))
    QTest.mouseClick(panel.text.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert bench.number == 1
    panel.show_case(rows[9].key)
    shown = panel.text.box_of(rows[9].key)
    assert shown is not None
    assert 0 < shown.top() < panel.text.viewport().height()


def test_keys_work_from_the_list_too(bench: Bench) -> None:
    bench.panel.side.list.setFocus()
    QTest.keyClick(bench.panel.side.list, Key.Key_Down)
    QTest.keyClicks(bench.panel.side.list, "2")
    assert bench.gold == ["five months"]


def test_the_list_shows_one_kind(bench: Bench) -> None:
    side = bench.panel.side
    side.kinds["Only one"].click()
    assert [row.kind for row in side.list.cases.rows] == ["Only one"] * 3
    assert not side.kinds["Field"].isVisible()
    bench.press(Key.Key_Down, Key.Key_Down)
    assert bench.number == 7
    bench.panel.show_case(bench.panel.comparing.differing[0].key)  # type: ignore[union-attr]
    assert len(side.list.cases.rows) == 10


def test_the_ends_of_the_list_are_said(bench: Bench) -> None:
    bench.press(Key.Key_Up)
    assert bench.said == ["No disagreement further back"]
    bench.press(*[Key.Key_Down] * 10)
    assert (bench.number, bench.said[-1]) == (10, "No disagreement further on")


def test_words_can_be_edited_before_they_are_taken(bench: Bench) -> None:
    bench.press("E", Key.Key_Right, Key.Key_Right, Key.Key_Right)
    text = bench.panel.comparing.article.text  # type: ignore[union-attr]
    assert [text[a:b] for a, b in bench.panel.draft] == ["Thousands of people gathered"]
    QTest.keyClick(bench.panel.text, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    bench.press(Key.Key_Left, Key.Key_Return)
    assert bench.gold == ["of people"]
    assert bench.panel.draft == ()


def test_settled_words_are_marked_in_the_text(bench: Bench) -> None:
    def colours() -> set[str]:
        picture = bench.panel.text.viewport().grab().toImage()
        (x0, x1, baseline), *_ = bench.panel.text.lines.stretches(0, 9)
        return {
            QColor(picture.pixel(round(x), round(baseline) - 12)).name()
            for x in range(int(x0), int(x1))
        }

    fill = LIGHT.fill("number").name()
    assert fill not in colours()
    bench.press("1")
    assert fill in colours()


def test_another_look_is_painted(bench: Bench) -> None:
    def paper() -> str:
        return QColor(bench.panel.text.viewport().grab().toImage().pixel(3, 300)).name()

    assert paper() == LIGHT.color("paper").name()
    bench.panel.set_theme(DARK)
    assert paper() == DARK.color("paper").name()


def test_zoom_makes_room(bench: Bench) -> None:
    before = bench.panel.text.lines.pitch
    assert before == 70
    bench.panel.set_zoom(1.5)
    assert bench.panel.text.lines.pitch == 105


def test_all_settled_offers_to_finish(bench: Bench) -> None:
    bench.press(*"1" * 10)
    assert bench.title == "All settled: 10 disagreements"
    assert "takes over 7 marks that all have" in bench.panel.question.told.text()
    bench.panel.bar.finish.click()
    assert bench.wished == ["done"]
    bench.panel.finish()
    assert bench.panel.comparing is not None
    assert bench.panel.comparing.is_done
    assert "is finished" in bench.panel.question.told.text()
    bench.panel.finish()
    assert bench.said[-1] == "This article is finished already."


def test_what_is_open_is_told_before_finishing(bench: Bench) -> None:
    bench.panel.finish()
    assert bench.said == ["10 disagreements open; again finishes the article all the same"]
    bench.panel.finish()
    assert len(bench.gold) == 7


def test_one_layer_alone_says_how_to_get_another(ws: Workspace, show: Show) -> None:
    (article,) = ws.article_ids()
    for mark in marks(ws.every_layer(article).article):
        found = next(a for a in ws.every_layer(article).annotations if a.id == mark.id)
        if found.layer == JONAS:
            ws.do(DeleteAnnotation(id=found.id, version=found.version), title="remove")
    bench = Bench(ws, show, 1024, 700)
    panel = bench.panel
    assert bench.title == f"Only {MARTA} has marks in this article"
    assert "Import a colleague's file" in panel.question.told.text()
    assert not panel.bar.finish.isEnabled()
    assert panel.side.agreeing.text() == ""
    panel.question.offer.click()
    assert bench.wished == ["import"]
    panel.finish()
    assert bench.said == ["There is nothing to compare in this article"]
    bench.session._poll.stop()


def test_nothing_differs(tmp_path: Path, show: Show) -> None:
    ws, article = projects.with_article(tmp_path)
    with ws:
        for layer in ("ann", "bob"):
            mark = projects.mark(article, 0, 8, layer=layer)
            ws.do(AddAnnotation(annotation=mark), title="tag")
        bench = Bench(ws, show)
        assert bench.title == "Everybody marked the same"
        assert bench.panel.side.agreeing.text() == "1 mark agrees"
        bench.press(Key.Key_Down, "1", "3", "0", "E", ".", "C", " ")
        assert bench.said == ["No disagreement"]
        assert bench.gold == []
        bench.session._poll.stop()


def test_three_people_and_the_pair_of_the_figures(ws: Workspace, show: Show) -> None:
    (article,) = ws.article_ids()
    story = ws.every_layer(article).article
    ws.do(
        AddAnnotation(annotation=projects.mark(story, 0, 9, layer="Ola", type="number")), title="t"
    )
    bench = Bench(ws, show)
    panel = bench.panel
    assert panel.text.lines.pitch == 86
    assert panel.question.pairs.count() == 3
    assert [r.layers for r in panel.current.readings] == [(JONAS, "Ola"), (MARTA,)]  # type: ignore[union-attr]
    assert panel.question.buttons["compare-both"].text() == "Both"
    panel.question.pairs.activated.emit(2)
    assert "Actors: F1 exact 0.00" in panel.question.figures.accessibleDescription()
    entries = {entry.data(): entry for entry in panel.bar.people.menu().actions()}
    entries["Ola"].toggle()
    assert panel.comparing is not None
    assert panel.comparing.layers == (JONAS, MARTA)
    assert panel.text.lines.pitch == 70
    entries = {entry.data(): entry for entry in panel.bar.people.menu().actions()}
    entries[JONAS].toggle()
    assert bench.said == ["Comparing takes two to 6 people"]
    assert panel.comparing.layers == (JONAS, MARTA)
    bench.session._poll.stop()


def test_fields_that_differ_stand_on_the_cards(ws: Workspace, show: Show) -> None:
    (article,) = ws.article_ids()
    story = ws.every_layer(article).article
    start = story.text.index("The police started")
    for layer, certainty in ((JONAS, "sure"), (MARTA, "unsure")):
        fragments = fragments_of(story.text, [(start, start + 10)])
        mark = projects.mark(
            story, 0, 1, layer=layer, type="actor", fragments=fragments, certainty=certainty
        )
        ws.do(AddAnnotation(annotation=mark), title="tag")
    bench = Bench(ws, show)
    bench.press(Key.Key_Up)
    bench.panel.show_case(bench.panel.comparing.differing[-1].key)  # type: ignore[union-attr]
    assert bench.title == "What is right about the actor?"
    assert [card.accessibleName() for card in bench.panel.question.cards] == [
        "Jonas Dahl: The police. Certainty: sure",
        "Marta Kovač: The police. Certainty: unsure",
    ]
    bench.session._poll.stop()


def test_other_articles_are_offered(bench: Bench, ws: Workspace, qtbot: QtBot) -> None:
    menu = bench.panel.side.title.menu()
    menu.aboutToShow.emit()
    (entry,) = menu.actions()
    with qtbot.waitSignal(bench.panel.article_requested) as asked:
        entry.trigger()
    assert asked.args == list(ws.article_ids())


def test_a_disk_that_refuses_settles_nothing(
    bench: Bench, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        message = "Not on disk: no space left."
        raise KnownError(message)

    monkeypatch.setattr(ws._store, "do", full)
    bench.press("1")
    assert bench.session.waiting
    assert (bench.gold, bench.number) == ([], 1)


def test_the_list_is_a_sound_model(bench: Bench) -> None:
    model = bench.panel.side.list.cases
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    bench.press("1", "2", "0")
    bench.session.undo()
    assert model.rowCount() == 10
    spoken = model.data(model.index(0))
    assert spoken == (
        "1: Number, Boundary, paragraph 1, settled. "
        "Jonas Dahl: Thousands; Marta Kovač: Thousands of people"
    )


@pytest.mark.parametrize(("width", "height"), [(1024, 700), (860, 520), (640, 440)])
def test_a_narrow_window_keeps_its_parts_apart(
    width: int, height: int, ws: Workspace, show: Show, assert_targets: Callable[..., None]
) -> None:
    bench = Bench(ws, show, width, height)
    panel = bench.panel
    assert panel.width() == width
    assert panel.side.isVisible() == (width > 880)
    for button in panel.question.buttons.values():
        place = button.mapTo(panel.question, QPoint(button.width(), 0))
        assert place.x() <= panel.question.width()
    assert_targets(panel)
    bench.session._poll.stop()


def test_nothing_is_read_until_it_is_shown(ws: Workspace, qtbot: QtBot) -> None:
    session = Session(ws)
    session.open_article(ws.article_ids()[0])
    panel = ComparePanel()
    qtbot.addWidget(panel)
    panel.show_session(session)
    assert panel.comparing is None
    panel.show()
    assert panel.side.settled.text() == "0 of 10 settled"
    panel.show_session(None)
    assert panel.side.settled.text() == "0 of 0 settled"
    assert panel.question.title.text() == "No article is open"
    session._poll.stop()


def test_the_pointer_is_a_hand_over_a_frame(bench: Bench) -> None:
    panel = bench.panel
    frame = panel.text.box_of(panel.side.list.cases.rows[0].key)
    assert frame is not None
    view = panel.text.viewport()
    QTest.mouseMove(view, QPoint(4, 4))
    QApplication.processEvents()
    assert panel.text._case_at(QPointF(4, 4)) is None
    assert panel.text._case_at(frame.center()) is panel.current


def test_links_that_differ_stand_on_the_cards(ws: Workspace, show: Show) -> None:
    (article,) = ws.article_ids()
    found = ws.every_layer(article).annotations
    arrested, who = (
        next(one for one in found if one.layer == MARTA and one.quote == quote)
        for quote in ("arrested", "Aleksei Navalny")
    )
    link = projects.link(arrested, who, layer=MARTA, role="target")
    ws.do(AddRelation(relation=link), title="link", article=article)
    bench = Bench(ws, show)
    kinds = [row.kind for row in bench.panel.side.list.cases.rows]
    bench.panel.show_case(bench.panel.side.list.cases.rows[kinds.index("Field")].key)
    assert bench.panel.question.told.text() == "Both marked the same words. What differs: links."
    assert [card.accessibleName() for card in bench.panel.question.cards] == [
        "Jonas Dahl: arrested. To whom: empty",
        "Marta Kovač: arrested. To whom: Aleksei Navalny",
    ]
    bench.session._poll.stop()


def test_a_key_held_down_decides_once(bench: Bench) -> None:
    def held(key: Key, text: str) -> None:
        for repeated in (False, True, True):
            kind, none = QEvent.Type.KeyPress, Qt.KeyboardModifier.NoModifier
            event = QKeyEvent(kind, key, none, text, repeated)
            QApplication.sendEvent(bench.panel.text, event)

    held(Key.Key_1, "1")
    assert bench.gold == ["Thousands"]
    held(Key.Key_Down, "")
    assert bench.number == 5


def test_a_reason_typed_stays_with_its_case(bench: Bench) -> None:
    reason = bench.panel.question.reason
    bench.press("C")
    QTest.keyClicks(reason, "head noun")
    QTest.keyClick(reason, Key.Key_Escape)
    assert bench.panel.focusWidget() is bench.panel.text
    bench.press(Key.Key_Down)
    assert reason.text() == ""
    bench.press(Key.Key_Up)
    assert reason.text() == "head noun"
    bench.press("1")
    comparing = bench.panel.comparing
    assert comparing is not None
    (gold,) = (one for one in comparing.contents.annotations if one.layer == GOLD)
    assert gold.comment == "head noun"
    bench.press(Key.Key_Up, "2")
    (gold,) = (one for one in comparing.contents.annotations if one.layer == GOLD)
    assert (gold.quote, gold.comment) == ("Thousands of people", "head noun")


def test_a_project_that_can_only_be_read_is_not_written(
    ws: Workspace, show: Show, tmp_path: Path
) -> None:
    location = ws.location
    ws.close()
    with Workspace.open(location, annotator="x", read_only=True) as reading:
        bench = Bench(reading, show)
        refused: list[str] = []
        bench.session.refused.connect(refused.append)
        bench.press("1")
        assert refused
        assert (bench.gold, bench.number) == ([], 1)
        bench.session._poll.stop()


def test_other_articles_are_settled_by_a_worker(ws: Workspace, show: Show, qtbot: QtBot) -> None:
    story = projects.article("The Kremlin said no.", title="Second")
    ws.do(AddArticle(article=story), title="import")
    for layer, start in ((JONAS, 4), (MARTA, 0)):
        mark = projects.mark(story, start, 11, layer=layer, type="actor")
        ws.do(AddAnnotation(annotation=mark), title="tag", article=story.id)
    bench = Bench(ws, show)
    panel = bench.panel
    assert panel.question.alike.text() == "Same pattern: none more here"
    assert not panel.question.settle.isVisible()

    def gold() -> list[str]:
        found = ws.every_layer(story.id).annotations
        return [one.quote for one in found if one.layer == GOLD]

    QTest.mouseClick(panel.question.everywhere, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bench.said == ["No other article differs in this way."])
    panel.show_case(panel.side.list.cases.rows[4].key)
    qtbot.waitUntil(lambda: panel._job is None)
    bench.press("A", Key.Key_Escape)
    qtbot.waitUntil(lambda: panel._job is None)
    assert (gold(), bench.number) == ([], 5)
    bench.press("A")
    qtbot.waitUntil(lambda: gold() == ["Kremlin"])
    assert bench.said[-1].startswith("1 disagreement settled alike")
    assert bench.number == 5
    qtbot.waitUntil(lambda: panel._job is None)
    bench.session.undo_in_project()
    assert gold() == []
    bench.session._poll.stop()


def test_a_third_reading_has_no_key_but_the_arrows(ws: Workspace, show: Show) -> None:
    (article,) = ws.article_ids()
    story = ws.every_layer(article).article
    mark = projects.mark(story, 0, 12, layer="Ola", type="number")
    ws.do(AddAnnotation(annotation=mark), title="tag")
    bench = Bench(ws, show)
    question = bench.panel.question
    assert [card._key for card in question.cards] == ["1", "2", ""]
    assert question.buttons["compare-both"].text() == "All"
    bench.panel._keymap.assign("compare-first", ("Q",))
    assert [card._key for card in question.cards] == ["Q", "2", ""]
    bench.press(Key.Key_Left, Key.Key_Return)
    assert bench.gold == ["Thousands of"]
    bench.press(Key.Key_Up, "3")
    assert len(bench.gold) == 3
    bench.session._poll.stop()
