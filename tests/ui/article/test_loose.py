"""What lies over the text: suggestions, other annotators' marks, words found, letters on words."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage

from app.model.wording import initials
from app.ui.article.canvas import Scene
from app.ui.article.strip import Strip
from app.ui.theme import LIGHT
from tests.ui.article.stand import Stand, find, mark, suggested

TEXT = (
    "Thousands of people gathered in Moscow on Tuesday. Aleksei Navalny was arrested.\n"
    "He claims that Putin gave the order to kill him, and Putin denied such accusations."
)


def picture(stand: Stand) -> QImage:
    return stand.view.viewport().grab().toImage()


def near(colour: QColor, other: QColor, *, within: int = 40) -> bool:
    away = (
        abs(colour.red() - other.red()),
        abs(colour.green() - other.green()),
        abs(colour.blue() - other.blue()),
    )
    return max(away) < within


def pixels(stand: Stand, words: str, colour: QColor, *, above: float = 0, within: int = 40) -> int:
    """Return how many pixels around some words have about a colour."""
    image, lines = picture(stand), stand.view.lines
    rows = range(len(stand.view.text.rows))
    count = 0
    for x0, x1, baseline in lines.stretches(*find(TEXT, words), rows):
        y = round(baseline) - stand.view.scroll_y
        for row in range(y - 19 - round(above), y + 14):
            for column in range(round(x0) - 6, round(x1) + 6):
                count += near(image.pixelColor(column, row), colour, within=within)
    return count


def test_a_suggestion_is_dashed_and_has_no_fill(stand: Stand) -> None:
    stand.load(TEXT, [])
    view = stand.view
    view.set_suggestions([suggested(TEXT, "actor", "Aleksei Navalny", id="s")])
    image, lines = picture(stand), view.lines
    ((x0, x1, baseline),) = lines.stretches(*find(TEXT, "Aleksei Navalny"), range(2))
    top = round(baseline - 14)
    inked = [
        any(near(image.pixelColor(x, y), LIGHT.ink("actor"), within=110) for y in (top - 1, top))
        for x in range(round(x0), round(x1))
    ]
    assert any(inked), "an outline is there"
    assert not all(inked), "with gaps in it"
    assert pixels(stand, "Aleksei Navalny", LIGHT.fill("actor"), within=12) < 200


def test_a_suggested_statement_has_a_dashed_lane(stand: Stand) -> None:
    stand.load(TEXT, [])
    stand.view.set_suggestions(
        [suggested(TEXT, "statement", "Putin denied such accusations", id="s")]
    )
    assert pixels(stand, "Putin denied such accusations", LIGHT.ink("statement")) > 30


def test_suggestions_never_move_the_text(stand: Stand) -> None:
    stand.load(TEXT, [mark(TEXT, "statement", "Putin gave the order to kill him")])
    before = stand.drawn()
    words = ("Putin gave", "Putin gave the", "Putin gave the order", "Putin gave the order to kill")
    stand.view.set_suggestions([suggested(TEXT, "statement", each, id=each) for each in words])
    assert stand.drawn() == before


def test_a_click_selects_a_suggestion_and_no_mark_with_it(stand: Stand) -> None:
    actor = mark(TEXT, "actor", "Aleksei Navalny")
    stand.load(TEXT, [actor])
    view = stand.view
    view.set_suggestions([suggested(TEXT, "event", "arrested", id="s")])
    heard: list[object] = []
    view.suggestion_selected.connect(heard.append)
    view.select(actor.id)
    stand.click(find(TEXT, "arrested")[0] + 2)
    assert [view.selected_suggestion, view.selected_id()] == ["s", None]
    stand.click(find(TEXT, "Aleksei")[0] + 2)
    assert [view.selected_suggestion, view.selected_id()] == [None, actor.id]
    assert heard == ["s", None]


def test_the_selected_suggestion_goes_with_the_list(stand: Stand) -> None:
    stand.load(TEXT, [])
    one = suggested(TEXT, "event", "arrested", id="s")
    stand.view.set_suggestions([one])
    stand.view.select_suggestion("s")
    stand.view.set_suggestions([one])
    assert stand.view.selected_suggestion == "s"
    stand.view.set_suggestions([])
    assert stand.view.selected_suggestion is None


def test_hidden_types_are_not_suggested_either(stand: Stand) -> None:
    stand.load(TEXT, [])
    stand.view.set_suggestions([suggested(TEXT, "event", "arrested", id="s")])
    stand.view.set_types_shown({"actor"})
    assert pixels(stand, "arrested", LIGHT.ink("event")) == 0
    stand.click(find(TEXT, "arrested")[0] + 2)
    assert stand.view.selected_suggestion is None


def test_marks_of_others_have_a_box_with_initials(stand: Stand) -> None:
    stand.load(TEXT, [])
    other = replace(mark(TEXT, "actor", "Aleksei Navalny"), layer="Jonas Weber")
    stand.view.set_other_marks([other])
    assert pixels(stand, "Aleksei Navalny", LIGHT.ink("actor"), above=8) > 150
    assert pixels(stand, "Aleksei Navalny", LIGHT.fill("actor"), within=12) < 150


@pytest.mark.parametrize(
    ("layer", "tag"), [("Marta Kovač", "MK"), ("gold", "Go"), ("Ana María Lopez", "AL"), ("", "")]
)
def test_initials(layer: str, tag: str) -> None:
    assert initials(layer) == tag


def _scene(stand: Stand) -> Scene:
    stand.load(TEXT, [])
    return stand.view.scene


def test_words_found_are_boxed(stand: Stand) -> None:
    scene = _scene(stand)
    scene.found = find(TEXT, "Putin"), find(TEXT, "Putin", 2)
    scene.found_now = find(TEXT, "Putin", 2)
    assert pixels(stand, "Putin gave", LIGHT.color("row-sel")) > 300
    assert pixels(stand, "Putin denied", LIGHT.color("sel-text")) > 300


def test_letters_on_words_stand_beside_each_other(stand: Stand) -> None:
    scene = _scene(stand)
    scene.hints = {"A": find(TEXT, "Aleksei Navalny"), "S": find(TEXT, "Aleksei")}
    assert pixels(stand, "Aleksei", LIGHT.color("text"), above=14) > 300


def test_the_strip_shows_suggestions_hollow(stand: Stand) -> None:
    stand.load(TEXT, [mark(TEXT, "actor", "Aleksei Navalny")])
    strip = Strip(stand.view)
    strip.resize(26, 400)
    stand.view.set_suggestions([suggested(TEXT, "actor", "Putin", id="s")])
    strip.look_again()
    assert sorted(sign.hollow for sign in strip._signs) == [False, True]
