"""The menu of the right mouse button, links drawn with Ctrl, marks carried to a slot."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from app.model.annotation import Annotation, fragments_of
from app.model.registry import Record
from app.model.wording import role_of
from app.ui.article import pointer
from app.ui.article.carry import MIME, carried
from app.ui.article.menu import ArticleMenu, cited, context_menu, role_menu
from tests.ui.article.stand import (
    CTRL,
    LEFT,
    Stand,
    change,
    contents,
    find,
    link,
    mark,
    press,
    suggested,
)

TEXT = (
    "Aleksei Navalny was arrested. The police said that Navalny broke the law & order, "
    "and thousands came."
)
NAVALNY = mark(TEXT, "actor", "Aleksei Navalny", record="r1")
POLICE = mark(TEXT, "actor", "The police")
SAID = mark(TEXT, "statement", "said that Navalny broke the law")
ARREST = mark(TEXT, "event", "arrested")
NUMBER = mark(TEXT, "number", "thousands")


@pytest.fixture
def loaded(stand: Stand) -> Stand:
    stand.load(TEXT, [NAVALNY, POLICE, SAID, ARREST, NUMBER], [link("speaker", SAID, POLICE)])
    return stand


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def below(menu: QMenu, title: str) -> QMenu:
    found = next(action.menu() for action in menu.actions() if action.text() == title)
    assert isinstance(found, QMenu)
    return found


def choose(menu: QMenu, start: str) -> None:
    action = next(each for each in menu.actions() if each.text().startswith(start))
    assert action.isEnabled()
    action.trigger()


def right_click(stand: Stand, offset: int) -> ArticleMenu:
    at = stand.point(offset)
    port = stand.view.viewport()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(port, QContextMenuEvent(reason, at, port.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, ArticleMenu)
    menu.hide()
    return menu


def test_a_right_click_selects_the_mark_and_offers_what_may_be_done(loaded: Stand) -> None:
    menu = right_click(loaded, SAID.start + 2)
    assert loaded.view.selected_id() == SAID.id
    titles = [text.partition("\t")[0] for text in entries(menu)]
    assert titles == [
        "Tag also as",
        "Change type to",
        "Link",
        "Tag all alike",
        "Edit fields",
        "Comment",
        "Unsure",
        "Add fragment",
        "Copy quote",
        "Copy quote with its source",
        "Copy link",
        "History",
        "Remove mark",
    ]
    assert "Remove mark\tDel" in entries(menu)
    assert "Tag all alike\t." in entries(menu)


def test_every_entry_of_a_mark_says_what_its_key_says(loaded: Stand) -> None:
    loaded.view.select(SAID.id)
    menu = context_menu(loaded.view)
    choose(below(menu, "Tag also as"), "Event")
    choose(below(menu, "Change type to"), "Actor")
    choose(below(menu, "Link"), "Clear speaker: The police")
    choose(menu, "Unsure")
    choose(menu, "Comment")
    choose(menu, "Remove mark")
    assert loaded.said("tag_requested") == [["event", ((SAID.start, SAID.end),)]]
    assert loaded.said("type_requested") == [[SAID.id, "actor"]]
    assert loaded.said("comment_requested") == [[]]
    assert loaded.said("delete_requested") == [[SAID.id]]
    choose(below(menu, "Link"), "Speaker…")
    assert loaded.slot == "speaker"
    choose(menu, "Copy quote\t")
    assert QGuiApplication.clipboard().text() == SAID.quote


def test_a_mark_may_be_the_same_as_another(stand: Stand) -> None:
    again = mark(TEXT, "actor", "Navalny", id="again", occurrence=2)
    shown = stand.load(TEXT, [NAVALNY, again, POLICE])
    record = Record(id="r1", kind="actor", name="Aleksei & Co")
    shown.apply(replace(change(), records=(record,)))
    heard: list[tuple[str, str]] = []
    stand.view.record_requested.connect(lambda *said: heard.append(said))
    stand.view.select(again.id)
    same = below(context_menu(stand.view), "Same as")
    assert entries(same) == ["Aleksei && Co"]
    choose(same, "Aleksei")
    stand.view.select(NAVALNY.id)
    choose(below(context_menu(stand.view), "Same as"), "Nobody named")
    assert heard == [(again.id, "r1"), (NAVALNY.id, "")]


def test_one_of_several_fragments_can_be_removed(stand: Stand) -> None:
    both = mark(TEXT, "actor", "Aleksei Navalny", "The police", id="both")
    stand.load(TEXT, [both])
    stand.view.select(both.id)
    choose(context_menu(stand.view, find(TEXT, "police")[0]), "Remove this fragment")
    assert stand.said("fragments_requested") == [["both", ((0, 15),)]]


def test_selected_words_can_be_tagged_and_linked(loaded: Stand) -> None:
    loaded.view.select(SAID.id)
    loaded.view.set_range(*find(TEXT, "thousands"))
    menu = right_click(loaded, find(TEXT, "thousands")[0] + 3)
    assert loaded.view.selected_range() == find(TEXT, "thousands")
    choose(below(menu, "Tag as"), "Number")
    name = loaded.view.short_name(SAID)
    choose(below(menu, f"Tag and link to {name}"), "Speaker")
    assert loaded.said("tag_requested") == [["number", (find(TEXT, "thousands"),)]]
    assert [said[2:] for said in loaded.said("linked_tag_requested")] == [[SAID.id, "speaker"]]


def test_plain_text_offers_its_word_and_sentence(loaded: Stand) -> None:
    loaded.view.select(SAID.id)
    menu = right_click(loaded, find(TEXT, "came")[0] + 1)
    assert loaded.view.selected_id() is None
    choose(menu, "Select the sentence")
    assert loaded.view.selected_range() == (find(TEXT, "The police")[0], len(TEXT))


def test_a_suggestion_can_be_accepted_or_rejected(loaded: Stand) -> None:
    suggestion = suggested(TEXT, "event", "came", id="s")
    loaded.view.set_suggestions([suggestion])
    menu = right_click(loaded, suggestion.start + 1)
    assert loaded.view.selected_suggestion == "s"
    assert entries(menu) == [
        "Accept\tA",
        "Accept all alike\t.",
        "Reject\tX",
        "Reject all alike\tShift+X",
    ]
    heard: list[tuple[str, bool]] = []
    loaded.view.suggestion_verdict.connect(lambda *said: heard.append(said))
    choose(menu, "Reject\t")
    assert heard == [("s", False)]


def test_nothing_is_written_in_a_project_that_is_read_only(loaded: Stand) -> None:
    loaded.view.set_read_only(True)
    loaded.view.select(SAID.id)
    menu = context_menu(loaded.view)
    enabled = [action.text().partition("\t")[0] for action in menu.actions() if action.isEnabled()]
    assert [text for text in enabled if text] == [
        "Edit fields",
        "Copy quote",
        "Copy quote with its source",
        "Copy link",
        "History",
    ]


def test_the_menu_key_opens_it_below_the_selected_mark(loaded: Stand) -> None:
    loaded.view.select(ARREST.id)
    reason = QContextMenuEvent.Reason.Keyboard
    at = QPoint(1, 1)
    event = QContextMenuEvent(reason, at, loaded.view.mapToGlobal(at))
    QApplication.sendEvent(loaded.view.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, ArticleMenu)
    assert loaded.view.selected_id() == ARREST.id
    menu.hide()


def test_a_citation_names_its_source() -> None:
    shown = contents(TEXT, [ARREST], source="Daily Courier", published="2021-01-23")
    expected = "“arrested” (A title, Daily Courier, 23 January 2021, ¶1)"
    assert cited(shown, ARREST, 1) == expected


# -- links --------------------------------------------------------------------------------------


def test_ctrl_and_a_drag_offer_the_links_the_codebook_has(loaded: Stand) -> None:
    loaded.drag_over(SAID.start + 2, NAVALNY.start + 2, CTRL)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.hide()
    name = loaded.view.short_name(SAID)
    roles = [r for r in press().roles_of("statement") if "actor" in r.targets]
    assert entries(menu)[: len(roles)] == [role_of(role.label, name) for role in roles]
    choose(menu, f"{roles[0].label} of")
    assert loaded.said("relation_requested") == [[SAID.id, roles[0].name, NAVALNY.id]]
    assert loaded.view.scene.rubber is None
    assert loaded.view.selected_range() is None


def test_a_link_drawn_backwards_is_offered_the_right_way_round(loaded: Stand) -> None:
    menu = role_menu(loaded.view, NAVALNY, SAID)
    assert entries(menu)[0].startswith("Speaker of S")
    choose(menu, "Speaker of S")
    assert loaded.said("relation_requested") == [[SAID.id, "speaker", NAVALNY.id]]


def test_marks_that_cannot_be_linked_say_so(loaded: Stand) -> None:
    loaded.drag_over(NAVALNY.start + 2, POLICE.start + 2, CTRL)
    if not entries(role_menu(loaded.view, NAVALNY, POLICE)):
        assert loaded.said("message") == [["The codebook has no link between these two"]]


def test_the_line_follows_the_pointer(loaded: Stand) -> None:
    start, end = loaded.point(SAID.start + 2), loaded.point(NAVALNY.start + 2)
    loaded.send(QEvent.Type.MouseButtonPress, start, CTRL, buttons=LEFT)
    loaded.send(QEvent.Type.MouseMove, end, CTRL, buttons=LEFT)
    assert loaded.view.scene.rubber == (QPointF(start), QPointF(end))
    assert loaded.view.scene.hovered is NAVALNY
    loaded.view.viewport().grab()
    loaded.send(QEvent.Type.MouseButtonRelease, QPoint(5, 5), CTRL)
    assert getattr(loaded.view.scene, "rubber") is None  # noqa: B009 - mypy has it narrowed
    assert loaded.said("relation_requested") == []


@pytest.mark.parametrize("held", [CTRL, Qt.KeyboardModifier.NoModifier])
def test_a_mark_dragged_out_of_the_text_can_be_dropped_on_a_slot(
    loaded: Stand, monkeypatch: pytest.MonkeyPatch, held: Qt.KeyboardModifier
) -> None:
    dropped: list[Annotation] = []
    monkeypatch.setattr(pointer, "carry", lambda _, mark: dropped.append(mark))
    start = loaded.point(NAVALNY.start + 2)
    beside = QPoint(loaded.view.viewport().width() + 60, start.y())
    loaded.send(QEvent.Type.MouseButtonPress, start, held, buttons=LEFT)
    loaded.send(QEvent.Type.MouseMove, start + QPoint(60, 0), held, buttons=LEFT)
    loaded.send(QEvent.Type.MouseMove, beside, held, buttons=LEFT)
    assert dropped == [NAVALNY]
    assert loaded.view.selected_range() is None
    assert carried(NAVALNY).text() == "Aleksei Navalny"


def test_what_is_carried_has_the_id_of_the_mark() -> None:
    plain = Annotation(
        id="0123", article="a", layer="m", type="actor", fragments=fragments_of(TEXT, [(0, 7)])
    )
    assert bytes(carried(plain).data(MIME).data()) == b"0123"


# -- tooltips --------------------------------------------------------------------------------------


def test_the_tooltip_over_a_suggestion_says_why_and_takes_nothing_for_markup(
    loaded: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _, words, __: said.append(words))
    loaded.view.set_suggestions([suggested(TEXT, "event", "came", reason="<b>as before</b>")])
    loaded.send(QEvent.Type.MouseMove, loaded.point(find(TEXT, "came")[0] + 1))
    loaded.view._pointer._show_tooltip()
    assert said == ["<b>Event</b>, suggested<br>&lt;b&gt;as before&lt;/b&gt;"]
