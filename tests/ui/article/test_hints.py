"""Letters on words: a digit shows them, a letter tags, Shift and a letter moves the end."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.model.annotation import Annotation, fragments_of
from app.ui.article.pick import LETTERS, ends, whole_sentence
from tests.ui.article.stand import ALT, SHIFT, Stand, change, find, mark, renamed

Key = Qt.Key

TEXT = (
    "Aleksei Navalny was arrested in Moscow 😀. The police said that they had warned him.\n\n"
    "Two more people came."
)
FIRST = (0, TEXT.index(" The police"))


@pytest.fixture
def desk(stand: Stand) -> Stand:
    """A stand whose wishes are fulfilled, as the window does."""
    view = stand.view
    made: list[Annotation] = []

    def tag(type_name: str, ranges: tuple[tuple[int, int], ...]) -> None:
        (span,) = ranges
        new = mark(TEXT, type_name, TEXT[slice(*span)], id=f"new {len(made)}")
        new = renamed(new, fragments=fragments_of(TEXT, [span]))
        made.append(new)
        stand.apply(change([new]))
        view.select(new.id)

    def reshape(annotation_id: str, ranges: tuple[tuple[int, int], ...]) -> None:
        old = view.index.get(annotation_id)
        assert old is not None
        stand.apply(change([renamed(old, fragments=fragments_of(TEXT, ranges))]))

    view.tag_requested.connect(tag)
    view.fragments_requested.connect(reshape)
    stand.load(TEXT)
    return stand


def letter(stand: Stand, words: str) -> str:
    """Return the letter that some words carry."""
    span = find(TEXT, words)
    return next(key for key, carried in stand.view.hints.letters.items() if carried == span)


def starting(stand: Stand, words: str) -> str:
    """Return the letter of what begins with some words."""
    start = TEXT.index(words)
    return next(key for key, span in stand.view.hints.letters.items() if span[0] == start)


def quotes(stand: Stand) -> list[tuple[str, str]]:
    assert stand.view.contents is not None
    return [(a.type, a.quote) for a in stand.view.contents.annotations]


def test_a_letter_tags_the_words_that_carry_it(desk: Stand) -> None:
    desk.key("2")
    assert desk.view.hints.active
    assert set(desk.view.hints.letters) <= set(LETTERS)
    assert desk.view.scene.hints == desk.view.hints.letters
    desk.key(letter(desk, "arrested"))
    assert quotes(desk) == [("event", "arrested")]
    assert desk.view.selected_id() == "new 0"


def test_shift_and_a_letter_moves_the_end_and_any_other_key_goes_on(desk: Stand) -> None:
    desk.key("2")
    desk.key(letter(desk, "arrested"))
    desk.key(letter(desk, "Moscow"), SHIFT)
    assert quotes(desk) == [("event", "arrested in Moscow")]
    desk.key(letter(desk, "in"), SHIFT)
    assert quotes(desk) == [("event", "arrested in")]
    desk.key("S")  # no letter of a word any longer
    assert not desk.view.hints.active
    assert quotes(desk) == [("event", "arrested in")]


def test_the_same_digit_twice_tags_the_sentence_without_its_full_stop(desk: Stand) -> None:
    desk.key(Key.Key_Down, times=2)
    desk.key("4", times=2)
    assert quotes(desk) == [("statement", "The police said that they had warned him")]


def test_another_digit_shows_the_letters_of_that_type(desk: Stand) -> None:
    desk.key("4")
    desk.key("1")
    desk.key(starting(desk, "Aleksei"))
    assert quotes(desk)[0][0] == "actor"


def test_escape_takes_the_letters_away_and_nothing_else(desk: Stand) -> None:
    desk.view.select(None)
    desk.key("1")
    desk.key(Key.Key_Escape)
    assert not desk.view.hints.active
    assert desk.view.scene.hints == {}
    assert quotes(desk) == []


def test_a_letter_that_no_word_carries_is_told(desk: Stand) -> None:
    desk.key(Key.Key_Down, times=3)
    desk.key("3")
    desk.heard.clear()
    missing = next(each for each in reversed(LETTERS) if each not in desk.view.hints.letters)
    desk.key(missing)
    assert desk.said("message") == [[f"No word has the letter {missing}"]]
    assert desk.view.hints.active


def test_alt_and_a_digit_keeps_tagging_until_escape_and_follows_the_sentence(desk: Stand) -> None:
    desk.key("1", ALT)
    desk.key(starting(desk, "Aleksei"))
    assert desk.view.hints.active
    desk.key(Key.Key_Down)
    desk.key(starting(desk, "they"))
    desk.key(Key.Key_Escape)
    assert [type_name for type_name, _ in quotes(desk)] == ["actor", "actor"]
    assert quotes(desk)[1][1] == "they"
    assert not desk.view.hints.active


def test_words_selected_with_the_mouse_are_tagged_while_tagging_is_repeated(desk: Stand) -> None:
    desk.key("2", ALT)
    desk.drag_over(find(TEXT, "warned")[0], find(TEXT, "warned")[1] - 1)
    desk.double_click(find(TEXT, "came")[0] + 1)
    assert quotes(desk) == [("event", "warned"), ("event", "came")]
    assert desk.view.selected_range() is None
    assert desk.view.hints.active


def test_words_that_are_tagged_already_are_selected(desk: Stand) -> None:
    desk.key("2")
    desk.key(letter(desk, "arrested"))
    desk.view.select(None)
    desk.key(Key.Key_Home)
    desk.key("2")
    if any(span == find(TEXT, "arrested") for span in desk.view.hints.letters.values()):
        desk.key(letter(desk, "arrested"))
    assert len(quotes(desk)) == 1
    assert desk.view.selected_id() == "new 0"


def test_shift_and_enter_adds_a_fragment_by_letters(desk: Stand) -> None:
    desk.key("1")
    desk.key(starting(desk, "Aleksei"))
    first = quotes(desk)[0][1]
    desk.key(Key.Key_Return, SHIFT)
    desk.key(starting(desk, "arrested"))
    desk.key(letter(desk, "in"), SHIFT)
    assert quotes(desk) == [("actor", f"{first} … arrested in")]


def test_shift_and_enter_adds_the_selected_words(desk: Stand) -> None:
    desk.key("1")
    desk.key(starting(desk, "Aleksei"))
    desk.view.set_range(*find(TEXT, "Moscow"))
    desk.key(Key.Key_Return, SHIFT)
    assert quotes(desk)[0][1].endswith(" … Moscow")


def test_read_only_text_shows_no_letters(desk: Stand) -> None:
    desk.view.set_read_only(read_only=True)
    desk.key("1")
    assert not desk.view.hints.active
    assert ["This project is open read only"] in desk.said("message")


def test_letters_are_seen_only_with_the_keyboard_in_the_text(desk: Stand, qtbot: QtBot) -> None:
    desk.key("1")
    desk.view.clearFocus()
    qtbot.waitUntil(lambda: not desk.view.hasFocus())
    assert desk.view.scene.hints == {}


def test_the_letters_move_nothing(desk: Stand) -> None:
    before = desk.drawn()
    desk.key("4")
    assert desk.drawn() == before


def test_a_megabyte_without_a_stop_has_letters_around_the_caret(stand: Stand) -> None:
    text = "word " * 200_000
    stand.load(text)
    stand.view.set_range(500_000, 500_000)
    for digit in "1234":
        stand.key(digit)
        assert all(abs(start - 500_000) < 4_000 for start, _ in stand.view.hints.letters.values())
        stand.key(Key.Key_Escape)


def test_ends_prefer_what_stands_before_a_sign() -> None:
    text = " ".join(f"w{n}" for n in range(40)) + ", last one here."
    found = ends(text, (0, len(text)), 0)
    assert len(found) == len(LETTERS)
    assert list(found) == sorted(found)
    words = [text[slice(*span)] for span in found]
    assert words[0] == "w0"
    assert {"w39", "here"} <= set(words)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("He came.", "He came"), ("“He came.”", "“He came.”"), ("...", "."), ("Why?!", "Why")],
)
def test_a_sentence_is_marked_without_its_last_stop(sentence: str, expected: str) -> None:
    start, end = whole_sentence(sentence, (0, len(sentence)))
    assert sentence[start:end] == expected
