import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.ui.article.stand import CTRL, NO_KEY, SHIFT, Stand, change, find, link, mark, renamed

Key = Qt.Key

TEXT = (
    "😀 Thousands of people gathered. Aleksei Navalny was arrested at 2\u00a0500 places.\n\n"
    "ראש הממשלה דיבר. Cafe\u0301 owners shouted “free Navalny”.\u2028The police came 👨‍👩‍👧 later."
)

PEOPLE = mark(TEXT, "actor", "people")
NAVALNY = mark(TEXT, "actor", "Aleksei Navalny")
ARRESTED = mark(TEXT, "event", "arrested")
SAID = mark(TEXT, "statement", "Navalny was arrested")
NUMBER = mark(TEXT, "number", "2\u00a0500")
POLICE = mark(TEXT, "actor", "The police")
MARKS = (PEOPLE, NAVALNY, ARRESTED, SAID, NUMBER, POLICE)
ORDER = [PEOPLE.id, NAVALNY.id, SAID.id, ARRESTED.id, NUMBER.id, POLICE.id]


def selected(stand: Stand) -> str | None:
    return stand.view.selected_id()


def chosen(stand: Stand) -> str | None:
    given = stand.view.selected_range()
    return TEXT[slice(*given)] if given else None


# -- walking ------------------------------------------------------------------------------------


def test_right_and_left_walk_the_marks_in_reading_order(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    walked = []
    for _ in ORDER:
        stand.key(Key.Key_Right)
        walked.append(selected(stand))
    assert walked == ORDER
    stand.key(Key.Key_Right)
    assert selected(stand) == ORDER[-1]
    stand.key(Key.Key_Left, times=2)
    assert selected(stand) == ORDER[-3]
    assert [args[0] for args in stand.said("annotation_selected")] == [*ORDER, ORDER[-2], ORDER[-3]]


def test_home_and_end_go_to_the_first_and_last_mark(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.key(Key.Key_End)
    assert selected(stand) == ORDER[-1]
    stand.key(Key.Key_Home)
    assert selected(stand) == ORDER[0]


def test_the_next_mark_follows_the_caret(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.click(TEXT.index("owners"))
    stand.key(Key.Key_Right)
    assert selected(stand) == POLICE.id
    stand.click(TEXT.index("owners"))
    stand.key(Key.Key_Left)
    assert selected(stand) == NUMBER.id


def test_types_that_are_not_shown_are_walked_past(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.set_types_shown({"event", "number"})
    stand.key(Key.Key_Right, times=2)
    assert selected(stand) == NUMBER.id


def test_up_and_down_walk_the_sentences(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    read = []
    for _ in range(5):
        stand.key(Key.Key_Down)
        sentence = stand.view.scene.sentence
        assert sentence is not None
        read.append(TEXT[slice(*sentence)])
    assert read[0].startswith("😀 Thousands")
    assert read[1].startswith("Aleksei")
    assert read[2] == "ראש הממשלה דיבר."
    assert read[3].startswith("Cafe\u0301")
    assert read[4].startswith("The police")
    stand.key(Key.Key_Down)
    stand.key(Key.Key_Up)
    assert stand.view.scene.sentence == find(TEXT, read[3])


def test_space_goes_to_the_next_open_point(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.set_incomplete({SAID.id, POLICE.id})
    stand.key(Key.Key_Space)
    assert selected(stand) == SAID.id
    stand.key(Key.Key_Space)
    assert selected(stand) == POLICE.id
    stand.key(Key.Key_Space)
    assert selected(stand) == POLICE.id
    assert stand.said("message") == [["No open point further on"]]
    stand.key(Key.Key_Left)
    stand.key(Key.Key_Space, SHIFT)
    assert selected(stand) == SAID.id


def test_pages_and_ends_scroll(stand: Stand) -> None:
    stand.load("A paragraph of words.\n\n" * 200)
    stand.key(Key.Key_PageDown)
    page = stand.view.scroll_y
    assert page == stand.view.viewport().height() - 33
    stand.key(Key.Key_PageUp)
    assert stand.view.scroll_y == 0
    stand.key(Key.Key_End, CTRL)
    assert stand.view.scroll_y == stand.view.verticalScrollBar().maximum() > page
    stand.key(Key.Key_Home, CTRL)
    assert stand.view.scroll_y == 0


# -- selecting text -----------------------------------------------------------------------------


def test_ctrl_arrows_move_the_caret_by_words(stand: Stand) -> None:
    stand.load(TEXT)
    stand.key(Key.Key_Right, CTRL, times=2)
    assert stand.view.caret == TEXT.index("of people")
    stand.key(Key.Key_Left, CTRL)
    assert stand.view.caret == TEXT.index("Thousands")


def test_ctrl_shift_arrows_extend_by_words(stand: Stand) -> None:
    stand.load(TEXT)
    stand.key(Key.Key_Right, CTRL)
    stand.key(Key.Key_Right, CTRL | SHIFT, times=3)
    assert chosen(stand) == "Thousands of people"
    stand.key(Key.Key_Left, CTRL | SHIFT)
    assert chosen(stand) == "Thousands of "
    assert stand.said("selection_changed")[-1] == [find(TEXT, "Thousands of ")]


def test_shift_arrows_extend_by_characters_and_never_split_one(stand: Stand) -> None:
    stand.load(TEXT)
    stand.click(TEXT.index("later") - 1)
    stand.view.set_range(TEXT.index("👨"), TEXT.index("👨"))
    stand.key(Key.Key_Right, SHIFT)
    assert chosen(stand) == "👨‍👩‍👧"
    stand.view.set_range(TEXT.index("fe\u0301"), TEXT.index("fe\u0301"))
    stand.key(Key.Key_Right, SHIFT, times=2)
    assert chosen(stand) == "fe\u0301"
    stand.key(Key.Key_Left, SHIFT)
    assert chosen(stand) == "f"


def test_v_selects_more_and_shift_v_less_again(stand: Stand) -> None:
    stand.load(TEXT)
    stand.click(TEXT.index("rrested"))
    widened = []
    for _ in range(8):
        stand.key("V")
        widened.append(chosen(stand))
    assert widened[0] == "arrested"
    assert "Aleksei Navalny was arrested at 2\u00a0500 places." in widened
    assert widened[-1] == (
        "😀 Thousands of people gathered. Aleksei Navalny was arrested at 2\u00a0500 places."
    )
    grown = list(dict.fromkeys(widened))
    narrowed = []
    for _ in grown[1:]:
        stand.key("V", SHIFT)
        narrowed.append(chosen(stand))
    assert narrowed == grown[-2::-1]
    stand.key("V", SHIFT)
    assert chosen(stand) == "arrested"


# -- tagging ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("digit", "type_name"), [("1", "actor"), ("2", "event"), ("3", "number"), ("4", "statement")]
)
def test_digits_tag_the_selected_text(stand: Stand, digit: str, type_name: str) -> None:
    stand.load(TEXT)
    stand.view.set_range(*find(TEXT, " Thousands of "))
    stand.key(digit)
    assert stand.said("tag_requested") == [[type_name, (find(TEXT, "Thousands of"),)]]


def test_after_v_the_digits_tag_where_the_bar_stands(stand: Stand) -> None:
    text = "Some came. Others left early."
    stand.load(text)
    stand.key(Key.Key_Down, times=2)
    assert stand.view.scene.sentence == find(text, "Others left early.")
    while stand.view.selected_range() != (0, len(text)):
        stand.key(Key.Key_V)
    stand.key(Key.Key_Escape)
    assert stand.view.scene.sentence == find(text, "Others left early.")
    stand.key("4", times=2)
    (tagged,) = stand.said("tag_requested")
    assert tagged == ["statement", (find(text, "Others left early"),)]


def test_where_no_word_stands_a_digit_says_so(stand: Stand) -> None:
    stand.load("— — —")
    stand.key("1")
    assert stand.said("tag_requested") == []
    assert stand.said("message") == [["No word to tag here"]]
    assert not stand.view.hints.active


def test_shift_and_a_digit_change_the_type(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.key("2", SHIFT)
    assert stand.said("type_requested") == []
    stand.view.select(PEOPLE.id)
    stand.key("2", SHIFT)
    assert stand.said("type_requested") == [[PEOPLE.id, "event"]]


def test_a_key_held_down_tags_once(stand: Stand) -> None:
    stand.load(TEXT)
    stand.view.set_range(0, 5)
    held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", True)
    QApplication.sendEvent(stand.view, held)
    assert held.isAccepted()
    assert stand.said("tag_requested") == []


# -- the selected mark --------------------------------------------------------------------------


def test_shift_arrows_move_the_active_edge_by_a_word(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(ARRESTED.id)
    stand.key(Key.Key_Right, SHIFT)
    stand.key(Key.Key_BracketLeft)
    stand.key(Key.Key_Left, SHIFT)
    stand.key(Key.Key_BracketRight)
    stand.key(Key.Key_Left, CTRL | SHIFT)
    assert stand.said("fragments_requested") == [
        [ARRESTED.id, (find(TEXT, "arrested at"),)],
        [ARRESTED.id, (find(TEXT, "was arrested"),)],
        [ARRESTED.id, (find(TEXT, "arreste"),)],
    ]


def test_an_edge_stops_at_the_last_and_the_first_word(stand: Stand) -> None:
    text = "\n Some came. \n"
    came, some = mark(text, "event", "came."), mark(text, "actor", "Some")
    stand.load(text, [some, came])
    stand.view.select(came.id)
    stand.key(Key.Key_Right, SHIFT)
    stand.view.select(some.id)
    stand.key(Key.Key_BracketLeft)
    stand.key(Key.Key_Left, SHIFT)
    assert stand.said("fragments_requested") == []


@pytest.mark.parametrize("key", ["C", ".", "[", "]", "S", Key.Key_Delete, "ctrl U"])
def test_what_needs_a_mark_says_so(stand: Stand, key: Qt.Key | str) -> None:
    stand.load(TEXT, MARKS)
    stand.key("U" if key == "ctrl U" else key, CTRL if key == "ctrl U" else NO_KEY)
    assert stand.said("message") == [["Select a mark first"]]


def test_at_the_last_mark_the_arrows_say_so(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.key(Key.Key_End)
    stand.key(Key.Key_Right)
    assert stand.said("message") == [["No mark further on"]]
    stand.key(Key.Key_Home)
    stand.key(Key.Key_Left)
    assert stand.said("message")[1:] == [["No mark further back"]]
    stand.load(TEXT)
    stand.key(Key.Key_End)
    assert stand.said("message") == [["No mark is shown in this article"]]


def test_an_edge_moves_over_a_whole_character(stand: Stand) -> None:
    came = mark(TEXT, "event", "came ")
    stand.load(TEXT, [came])
    stand.view.select(came.id)
    stand.key(Key.Key_Right, CTRL | SHIFT)
    assert stand.said("fragments_requested") == [[came.id, (find(TEXT, "came 👨‍👩‍👧"),)]]


def test_only_the_outer_edges_of_fragments_move(stand: Stand) -> None:
    split = mark(TEXT, "event", "Thousands", "gathered")
    stand.load(TEXT, [split])
    stand.view.select(split.id)
    stand.key(Key.Key_BracketLeft)
    stand.key(Key.Key_Right, CTRL | SHIFT)
    assert stand.said("fragments_requested") == [
        [split.id, (find(TEXT, "housands"), find(TEXT, "gathered"))]
    ]


def test_text_selected_beside_a_mark_is_what_shift_extends(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(POLICE.id)
    stand.view.set_range(*find(TEXT, "Thousands"))
    stand.key(Key.Key_Right, CTRL | SHIFT)
    assert stand.said("fragments_requested") == []
    assert chosen(stand) == "Thousands of"
    assert selected(stand) == POLICE.id


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_removes_the_selected_mark(stand: Stand, key: Qt.Key) -> None:
    stand.load(TEXT, MARKS)
    stand.key(key)
    assert stand.said("delete_requested") == []
    stand.view.select(NUMBER.id)
    stand.key(key)
    assert stand.said("delete_requested") == [[NUMBER.id]]
    stand.apply(change(removed=[NUMBER.id]))
    assert selected(stand) is None
    assert stand.said("annotation_selected")[-1] == [None]


def test_enter_and_c_go_to_the_form(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.key("C")
    assert stand.said("comment_requested") == []
    stand.view.select(NUMBER.id)
    stand.key(Key.Key_Return)
    stand.key("C")
    assert stand.said("edit_requested") == [[]]
    assert stand.said("comment_requested") == [[]]


def test_escape_steps_out_from_slot_to_selection_to_mark(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.key("S")
    stand.view.set_range(*find(TEXT, "Thousands"))
    states = [(stand.slot, chosen(stand), selected(stand))]
    for _ in range(3):
        stand.key(Key.Key_Escape)
        states.append((stand.slot, chosen(stand), selected(stand)))
    assert states == [
        ("speaker", "Thousands", SAID.id),
        (None, "Thousands", SAID.id),
        (None, None, SAID.id),
        (None, None, None),
    ]
    outer = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert not stand.view._keyboard.press(outer)


def test_ctrl_c_copies_exactly_what_stands_there(stand: Stand) -> None:
    split = mark(TEXT, "event", "Thousands", "gathered")
    stand.load(TEXT, [*MARKS, split])
    stand.view.set_range(*find(TEXT, "at 2\u00a0500"))
    stand.key("C", CTRL)
    assert QGuiApplication.clipboard().text() == "at 2\u00a0500"
    stand.view.select(split.id)
    stand.key("C", CTRL)
    assert QGuiApplication.clipboard().text() == "Thousands … gathered"
    assert stand.view.createMimeDataFromSelection().text() == "Thousands … gathered"
    stand.view.set_range(*find(TEXT, "Navalny”.\u2028The"))
    stand.view.copy()
    assert QGuiApplication.clipboard().text() == "Navalny”.\u2028The"


# -- slots --------------------------------------------------------------------------------------


def test_a_role_key_opens_the_slot_and_a_letter_fills_it(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.key("S")
    assert stand.said("role_requested") == [["speaker"]]
    assert stand.view.hasFocus()
    assert not stand.view.overlays.prompt.isHidden()
    letters = dict(stand.view.scene.letters)
    assert letters["A"] == NAVALNY.id
    assert set(letters.values()) == {PEOPLE.id, NAVALNY.id, POLICE.id}
    stand.key("A")
    assert stand.said("relation_requested") == [[SAID.id, "speaker", NAVALNY.id]]
    assert stand.slot is None
    assert stand.view.overlays.prompt.isHidden()


def test_a_letter_nobody_has_is_said_and_waits(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.key("S")
    stand.key("Z")
    assert stand.said("message") == [["No mark has the letter Z"]]
    assert stand.slot is not None


@pytest.mark.parametrize("key", [Key.Key_0, Key.Key_Escape])
def test_nought_and_escape_leave_the_slot_empty(stand: Stand, key: Qt.Key) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.key("S")
    stand.key(key)
    assert stand.slot is None
    assert stand.said("relation_requested") == []
    assert selected(stand) == SAID.id


def test_a_slash_leaves_the_slot_to_typing(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.key("S")
    stand.key("/")
    assert stand.said("role_requested") == [["speaker"], ["speaker"]]
    assert stand.slot is None


def test_role_keys_need_a_mark_of_their_type(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.key("S")
    stand.view.select(PEOPLE.id)
    stand.key("S")
    assert stand.said("role_requested") == []
    stand.view.select(ARRESTED.id)
    stand.key("D")
    assert stand.said("role_requested") == [["time"]]
    assert stand.slot is None


def test_walking_on_gives_the_slot_up(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.key("S")
    stand.key(Key.Key_Right)
    assert stand.slot is None
    assert selected(stand) == ARRESTED.id


def test_selected_words_go_straight_into_a_slot(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(SAID.id)
    stand.view.set_range(*find(TEXT, "owners"))
    stand.key("S")
    words = (find(TEXT, "owners"),)
    assert stand.said("linked_tag_requested") == [["actor", words, SAID.id, "speaker"]]
    assert chosen(stand) is None


# -- the window's keys --------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "action"), [("F", "flag"), ("N", "next"), ("P", "previous")])
def test_keys_of_the_window_are_passed_on(stand: Stand, key: str, action: str) -> None:
    stand.load(TEXT, MARKS)
    stand.key(key)
    assert stand.said("action_requested") == [[action]]


def test_keys_that_mean_nothing_are_left_to_others(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    for key in (Key.Key_Z, Key.Key_F5):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(stand.view, event)
        assert not event.isAccepted()
    assert stand.heard == []


def test_a_project_that_is_read_only_says_so(stand: Stand) -> None:
    said = mark(TEXT, "statement", "Navalny was arrested")
    stand.load(TEXT, [NAVALNY, said], [link("speaker", said, NAVALNY)])
    stand.view.set_read_only(True)
    stand.view.select(said.id)
    stand.heard.clear()
    for key, held in (
        ("1", None),
        ("2", SHIFT),
        ("S", None),
        (Key.Key_Delete, None),
        (Key.Key_Right, SHIFT),
    ):
        stand.key(key, held or Qt.KeyboardModifier.NoModifier)
    assert {name for name, *_ in stand.heard} == {"message"}
    assert len(stand.heard) == 5
    assert stand.slot is None


def test_without_an_article_keys_do_nothing(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.clear()
    stand.heard.clear()
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_1, Key.Key_V):
        stand.key(key)
    assert stand.heard == []


def test_an_article_without_text_takes_every_key(stand: Stand) -> None:
    stand.load("")
    for key in (Key.Key_Down, Key.Key_Up, Key.Key_Right, Key.Key_Home, Key.Key_Space, Key.Key_V):
        stand.key(key)
        stand.key(key, CTRL | SHIFT)
    assert stand.said("tag_requested") == []


def test_a_new_version_of_the_selected_mark_stays_selected(stand: Stand) -> None:
    stand.load(TEXT, MARKS)
    stand.view.select(PEOPLE.id)
    stand.apply(change([renamed(PEOPLE, certainty="unsure")]))
    assert stand.view.selected is not None
    assert stand.view.selected.certainty == "unsure"
    assert stand.said("annotation_selected") == [[PEOPLE.id]]
