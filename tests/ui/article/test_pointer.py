from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from tests.ui.article.stand import (
    ALT,
    CTRL,
    LEFT,
    NO_KEY,
    SHIFT,
    Stand,
    find,
    link,
    mark,
    press,
)

TEXT = (
    "😀 Thousands of people gathered. Aleksei Navalny was arrested at 2\u00a0500 places.\n\n"
    "אמר ראש הממשלה Benjamin Netanyahu בירושלים.\n\n"
    "Cafe\u0301 owners shouted “free Navalny”.\u2028The police came 👨‍👩‍👧 later."
)
NAVALNY = mark(TEXT, "actor", "Aleksei Navalny")
SAID = mark(TEXT, "statement", "Navalny was arrested")
WHOLE = mark(TEXT, "statement", "Aleksei Navalny was arrested at 2\u00a0500 places")
PREMIER = mark(TEXT, "actor", "ראש הממשלה Benjamin Netanyahu")
MARKS = (NAVALNY, SAID, WHOLE, PREMIER)


def words_of(stand: Stand) -> str | None:
    given = stand.view.selected_range()
    return TEXT[slice(*given)] if given else None


def test_a_click_selects_the_innermost_mark_and_again_the_next_outer_one(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    here = TEXT.index("Navalny") + 2
    clicked = []
    for _ in range(4):
        stand.click(here)
        clicked.append(stand.view.selected_id())
    assert clicked == [NAVALNY.id, SAID.id, WHOLE.id, NAVALNY.id]
    assert [args[0] for args in stand.said("annotation_clicked")] == clicked


def test_a_click_elsewhere_starts_from_the_innermost_again(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.click(TEXT.index("Navalny") + 2)
    stand.click(TEXT.index("arrested") + 2)
    assert stand.view.selected_id() == SAID.id


def test_a_click_on_nothing_deselects_and_sets_caret_and_sentence(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.click(TEXT.index("gathered") + 1)
    assert stand.view.selected_id() is None
    assert stand.view.scene.sentence == find(TEXT, "😀 Thousands of people gathered.")
    assert stand.view.caret in {TEXT.index("gathered") + 1, TEXT.index("gathered") + 2}


def test_the_mouse_finds_marks_in_right_to_left_text(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    for words in ("הממשלה", "Netanyahu"):
        stand.view.select(None)
        stand.click(TEXT.index(words) + 2)
        assert stand.view.selected_id() == PREMIER.id
    stand.click(TEXT.index("בירושלים") + 2)
    assert stand.view.selected_id() is None


def test_marks_of_hidden_types_are_not_hit(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.set_types_shown({"statement"})
    stand.click(TEXT.index("Navalny") + 2)
    assert stand.view.selected_id() == SAID.id


def test_a_drag_selects_whole_words(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.drag_over(TEXT.index("housands"), TEXT.index("eople"))
    assert words_of(stand) == "Thousands of people"
    assert stand.said("selection_changed")[-1] == [find(TEXT, "Thousands of people")]
    assert not stand.view.overlays.bar.isHidden()


def test_a_drag_backwards_selects_the_same(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.drag_over(TEXT.index("eople") + 1, TEXT.index("sands"))
    assert words_of(stand) == "Thousands of people"
    stand.drag_over(TEXT.index("500") + 2, TEXT.index("at 2"))
    assert words_of(stand) == "at 2\u00a0500"


def test_a_drag_with_alt_selects_characters_but_no_halves(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.drag(
        stand.point(TEXT.index("Thousands") + 1), stand.point(TEXT.index("Thousands") + 4), ALT
    )
    assert words_of(stand) is not None
    assert len(str(words_of(stand))) < len("Thousands")
    family = stand.point(TEXT.index("👨"))
    stand.drag(stand.point(TEXT.index("came")), family + QPoint(2, 0), ALT)
    assert str(words_of(stand)).rstrip() in {"came", "came 👨‍👩‍👧", "ame", "ame 👨‍👩‍👧"}


def test_a_drag_goes_over_paragraphs_and_right_to_left_text(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.drag_over(TEXT.index("laces"), TEXT.index("משלה"))
    assert words_of(stand) == "places.\n\nאמר ראש הממשלה"


def test_a_drag_keeps_the_selected_mark(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.drag_over(TEXT.index("owners"), TEXT.index("shouted"))
    assert stand.view.selected_id() == SAID.id
    assert words_of(stand) == "owners shouted"


def test_a_double_click_selects_the_word_and_a_second_one_tags_it(stand: Stand) -> None:
    stand.load(TEXT)
    for words in ("Cafe\u0301", "2\u00a0500", "הממשלה", "people"):
        stand.double_click(TEXT.index(words) + 1)
        assert words_of(stand) == words
    assert stand.said("tag_requested") == []
    stand.view._pointer._double_at = (0.0, QPointF())  # the time for a triple click is over
    stand.double_click(TEXT.index("people") + 1)
    assert stand.said("tag_requested") == [["actor", (find(TEXT, "people"),)]]


def test_a_first_double_click_never_tags(stand: Stand) -> None:
    for between in ("escape", "other words", "other article", "drag"):
        stand.load(TEXT)
        stand.view._pointer._double_at = (0.0, QPointF())
        stand.double_click(TEXT.index("people") + 1)
        stand.view._pointer._double_at = (0.0, QPointF())
        if between == "escape":
            stand.key(Qt.Key.Key_Escape)
        elif between == "other words":
            stand.click(TEXT.index("owners") + 1)
        elif between == "drag":
            stand.view.set_range(0, 0)
            stand.drag_over(*(find(TEXT, "people")[0], find(TEXT, "people")[1] - 1))
        else:
            stand.load(TEXT)
        stand.double_click(TEXT.index("people") + 1)
        assert words_of(stand) == "people", between
    assert stand.said("tag_requested") == []


def test_double_clicks_tag_at_once_where_that_is_set(stand: Stand) -> None:
    stand.load(TEXT)
    stand.view.tags_at_once = True
    stand.double_click(TEXT.index("people") + 1)
    assert stand.said("tag_requested") == [["actor", (find(TEXT, "people"),)]]


def test_the_second_double_click_tags_with_the_type_used_last(stand: Stand) -> None:
    stand.load(TEXT)
    stand.view.set_range(*find(TEXT, "gathered"))
    stand.key("2")
    for _ in range(2):
        stand.view._pointer._double_at = (0.0, QPointF())
        stand.double_click(TEXT.index("owners") + 1)
    assert stand.said("tag_requested")[-1] == ["event", (find(TEXT, "owners"),)]


def test_a_double_click_on_a_sign_selects_that_sign(stand: Stand) -> None:
    stand.load(TEXT)
    stand.double_click(TEXT.index("👨"))
    assert words_of(stand) == "👨‍👩‍👧"


def test_a_triple_click_selects_the_sentence(stand: Stand) -> None:
    stand.load(TEXT)
    stand.double_click(TEXT.index("arrested") + 1)
    stand.click(TEXT.index("arrested") + 1)
    assert words_of(stand) == "Aleksei Navalny was arrested at 2\u00a0500 places."


def test_shift_and_a_click_stretch_the_selected_mark(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.click(TEXT.index("places") + 2, SHIFT)
    stand.click(TEXT.index("gathered") + 2, SHIFT)
    assert stand.said("fragments_requested") == [
        [SAID.id, (find(TEXT, "Navalny was arrested at 2\u00a0500 places"),)],
        [SAID.id, (find(TEXT, "gathered. Aleksei Navalny was arrested"),)],
    ]
    assert stand.view.selected_id() == SAID.id


def test_handles_resize_by_words_and_the_other_end_stays(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.drag(stand.handle(SAID, start=False), stand.point(TEXT.index("laces")))
    stand.drag(stand.handle(SAID, start=True), stand.point(TEXT.index("athered")))
    assert stand.said("fragments_requested") == [
        [SAID.id, (find(TEXT, "Navalny was arrested at 2\u00a0500 places"),)],
        [SAID.id, (find(TEXT, "gathered. Aleksei Navalny was arrested"),)],
    ]
    assert stand.view.selected_range() is None


def test_a_handle_of_right_to_left_text_hangs_where_it_begins(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(PREMIER.id)
    assert stand.handle(PREMIER, start=True).x() > stand.handle(PREMIER, start=False).x()
    stand.drag(stand.handle(PREMIER, start=True), stand.point(TEXT.index("אמר") + 1))
    assert stand.said("fragments_requested") == [
        [PREMIER.id, (find(TEXT, "אמר ראש הממשלה Benjamin Netanyahu"),)]
    ]


def test_dragging_a_handle_over_the_other_end_changes_nothing(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.drag(stand.handle(SAID, start=False), stand.point(TEXT.index("people")))
    assert stand.said("fragments_requested") == []


def test_a_dragged_handle_keeps_the_gaps_inside(stand: Stand) -> None:
    split = mark(TEXT, "event", "Thousands", "gathered")
    stand.load(TEXT, [split])
    stand.view.select(split.id)
    stand.drag(stand.handle(split, start=False), stand.point(TEXT.index("leksei")))
    assert stand.said("fragments_requested") == [
        [split.id, (find(TEXT, "Thousands"), find(TEXT, "gathered. Aleksei"))]
    ]


def test_a_project_that_is_read_only_has_no_handles(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.set_read_only(True)
    stand.view.select(SAID.id)
    stand.drag(stand.handle(SAID, start=False), stand.point(TEXT.index("laces")))
    assert stand.said("fragments_requested") == []
    stand.click(TEXT.index("places") + 2, SHIFT)
    assert stand.said("fragments_requested") == []


def test_a_click_fills_the_armed_slot(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.view.arm_role(press().role("statement", "speaker"))
    stand.click(TEXT.index("Navalny") + 2)
    assert stand.said("relation_requested") == [[SAID.id, "speaker", NAVALNY.id]]
    assert stand.said("annotation_clicked") == []
    assert stand.view.selected_id() == SAID.id
    assert stand.slot is None


def test_a_click_on_a_mark_that_does_not_fit_says_what_does(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(NAVALNY.id)
    stand.view.arm_role(press().role("actor", "affiliated_with"))
    stand.click(TEXT.index("arrested") + 2)
    assert stand.said("message") == [["Belongs to takes a mark of type actor"]]
    assert stand.said("relation_requested") == []
    assert stand.slot is not None


def test_a_click_beside_all_marks_gives_the_slot_up(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.view.arm_role(press().role("statement", "speaker"))
    stand.click(TEXT.index("owners") + 1)
    assert stand.slot is None
    assert stand.view.selected_id() == SAID.id


def test_a_click_on_an_arrow_chip_goes_to_what_it_names(stand: Stand) -> None:
    text = "The police came.\n\n" + "Filling words.\n\n" * 60 + "They said so."
    police, said = mark(text, "actor", "police"), mark(text, "statement", "They said so")
    stand.load(text, [police, said], [link("speaker", said, police)])
    stand.view.select(said.id)
    (chip,) = stand.view.scene.plan.chips
    assert chip.jumps
    assert chip.text == "↑ speaker: police ¶1"
    stand.click_at(
        QPointF(chip.rect.center().x(), chip.rect.center().y() - stand.view.scroll_y).toPoint()
    )
    assert stand.view.selected_id() == said.id
    assert stand.view.lines.parts(police)[0].baseline < stand.view.scroll_y + 790


def test_the_bar_tags_and_closes(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.drag_over(TEXT.index("owners"), TEXT.index("shouted"))
    bar = stand.view.overlays.bar
    assert [item.label for item in bar.items] == ["Actor", "Event", "Number", "Statement", ""]
    assert bar.focusPolicy() == Qt.FocusPolicy.NoFocus
    places = {item.id: rect for item, rect in bar._places()}
    QTest.mouseClick(bar, LEFT, NO_KEY, places["type:event"].center().toPoint())
    assert stand.said("tag_requested") == [["event", (find(TEXT, "owners shouted"),)]]
    assert stand.view.hasFocus()
    QTest.mouseClick(bar, LEFT, NO_KEY, places["esc"].center().toPoint())
    assert bar.isHidden()
    assert words_of(stand) is None


def test_the_bar_offers_the_slot_of_the_selected_mark(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.drag_over(TEXT.index("owners"), TEXT.index("owners") + 3)
    bar = stand.view.overlays.bar
    (slot,) = [item for item in bar.items if item.id == "role:speaker"]
    assert slot.label == "Speaker of S2"
    places = {item.id: rect for item, rect in bar._places()}
    QTest.mouseClick(bar, LEFT, NO_KEY, places["role:speaker"].center().toPoint())
    assert stand.said("linked_tag_requested") == [
        ["actor", (find(TEXT, "owners"),), SAID.id, "speaker"]
    ]


def test_the_bar_stands_below_the_selection_and_above_it_at_the_page_end(stand: Stand) -> None:
    stand.load("Words to select.\n\n" * 80)
    stand.drag_over(2, 8)
    bar = stand.view.overlays.bar
    assert bar.frame().top() > stand.point(2).y()
    port = stand.view.viewport()
    low = stand.view.lines.offset_at(stand.view.in_document(QPointF(120, port.height() - 20)))
    stand.drag_over(low, low + 4)
    assert bar.frame().bottom() < stand.point(low).y()


def test_the_pointer_outlines_a_mark_and_tells_about_it(stand: Stand, qtbot: QtBot) -> None:
    relations = [link("speaker", SAID, NAVALNY)]
    stand.load(TEXT, MARKS, relations)
    stand.send(QEvent.Type.MouseMove, stand.point(TEXT.index("Navalny") + 2))
    assert stand.view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    qtbot.waitUntil(lambda: stand.view.scene.hovered == NAVALNY)
    qtbot.waitUntil(QToolTip.isVisible)
    assert "<b>Actor</b>" in QToolTip.text()
    assert "Speaker of Navalny was arrested" in QToolTip.text()
    stand.send(QEvent.Type.MouseMove, stand.point(TEXT.index("gathered")))
    assert stand.view.scene.hovered is None
    assert stand.view.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor
    QToolTip.hideText()


def test_the_wheel_scrolls_and_with_ctrl_zooms(stand: Stand) -> None:
    stand.load("A paragraph.\n\n" * 200)

    def turn(delta: int, held: Qt.KeyboardModifier = NO_KEY) -> None:
        place = QPointF(100, 100)
        port = stand.view.viewport()
        none = Qt.MouseButton.NoButton
        event = QWheelEvent(
            place,
            place,
            QPoint(),
            QPoint(0, delta),
            none,
            held,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(port, event)

    turn(-120)
    assert stand.view.scroll_y > 0
    turn(60, CTRL)
    turn(60, CTRL)
    turn(-120, CTRL)
    assert stand.said("zoom_requested") == [[1], [-1]]


def test_a_drag_beyond_the_edge_scrolls_on(stand: Stand, qtbot: QtBot) -> None:
    stand.load("Words of a paragraph.\n\n" * 200)
    port = stand.view.viewport()
    stand.send(QEvent.Type.MouseButtonPress, stand.point(3), buttons=LEFT)
    below = QPoint(200, port.height() + 40)
    stand.send(QEvent.Type.MouseMove, below, buttons=LEFT)
    qtbot.waitUntil(lambda: stand.view.scroll_y > 600)
    stand.send(QEvent.Type.MouseButtonRelease, below)
    given = stand.view.selected_range()
    assert given is not None
    assert given[0] == 0
    assert given[1] > 500


def test_only_the_left_button_acts(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    QTest.mouseClick(stand.view.viewport(), Qt.MouseButton.RightButton, NO_KEY, stand.point(40))
    assert stand.heard == []
