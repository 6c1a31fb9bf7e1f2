"""The states of marks, by what is painted: contrast, letters, changed words, fading, guesses."""

from dataclasses import replace

from PySide6.QtCore import QPoint, QVariantAnimation
from pytestqt.qtbot import QtBot

from app.model.annotation import Fragment
from app.ui.article.canvas import Badges
from app.ui.article.paint import Fill, Looks, Stroke, draw_list
from app.ui.theme import LIGHT
from tests.ui.article.stand import Stand, change, find, mark, press, suggested
from tests.ui.article.test_loose import TEXT, near, picture, pixels
from tests.ui.article.test_paint import METRICS, part

NAVALNY = "Aleksei Navalny"


def test_high_contrast_has_outlines_and_no_fills() -> None:
    looks = Looks(LIGHT, press(), outlined=True)
    parts = [part("s", "statement", 0, 200), part("a", "actor", 50, 80)]
    found = draw_list(parts, METRICS, looks, selected=None)
    assert not [op for op in found if isinstance(op, Fill)]
    widths = [op.pen.widthF() for op in found if isinstance(op, Stroke)]
    assert sorted(widths) == [2, 2, 2], "outline, underline and lane"
    chosen = draw_list(parts, METRICS, looks, selected="s")
    assert max(op.pen.widthF() for op in chosen if isinstance(op, Stroke)) > 3
    assert looks.letters


def test_marks_carry_letters_when_asked_and_in_high_contrast(stand: Stand) -> None:
    stand.load(TEXT, [mark(TEXT, "actor", NAVALNY)])
    plain = pixels(stand, NAVALNY, LIGHT.ink("actor"), above=6)
    stand.view.set_letters_on_marks(True)
    assert pixels(stand, NAVALNY, LIGHT.ink("actor"), above=6) > plain + 40
    stand.view.set_letters_on_marks(False)
    assert pixels(stand, NAVALNY, LIGHT.ink("actor"), above=6) == plain
    stand.view.set_high_contrast(True)
    assert pixels(stand, NAVALNY, LIGHT.fill("actor"), within=12) < 250
    assert pixels(stand, NAVALNY, LIGHT.ink("actor"), above=6) > plain + 40


def test_letters_of_marks_that_begin_together_stand_beside_each_other(stand: Stand) -> None:
    stand.load(TEXT, [])
    with_painter = _Recorder()
    badges = Badges(with_painter, METRICS, stand.view.scene)  # type: ignore[arg-type]
    for name in ("s", "e", "a"):
        badges.put(part(name, "actor", 50, 80))
    assert sorted(x for x, _ in badges._taken) == [47.5, 58.5, 69.5]


class _Recorder:
    """Takes whatever is painted."""

    def __getattr__(self, name: str) -> object:
        return lambda *_: None


def test_words_that_are_not_those_marked_are_underlined_as_wrong(stand: Stand) -> None:
    start, end = find(TEXT, NAVALNY)
    wrong = replace(mark(TEXT, "actor", NAVALNY), fragments=(Fragment(start, end, "Someone Else"),))
    stand.load(TEXT, [wrong])
    assert pixels(stand, NAVALNY, LIGHT.color("warn"), above=10) > 60
    stand.load(TEXT, [mark(TEXT, "actor", NAVALNY)])
    assert pixels(stand, NAVALNY, LIGHT.color("warn"), above=10) == 0


def test_the_guess_for_a_slot_is_dashed(stand: Stand) -> None:
    actor, statement = mark(TEXT, "actor", NAVALNY), mark(TEXT, "statement", "Putin denied such")
    stand.load(TEXT, [actor, statement])
    stand.view.select(statement.id)
    before = pixels(stand, NAVALNY, LIGHT.ink("statement"))
    stand.view.scene.guess = actor.id
    assert pixels(stand, NAVALNY, LIGHT.ink("statement")) > before + 100


def test_the_fill_of_an_accepted_suggestion_fades_in(stand: Stand, qtbot: QtBot) -> None:
    stand.load(TEXT, [])
    suggestion = suggested(TEXT, "actor", NAVALNY, id="s")
    stand.view.set_suggestions([suggestion])
    fade = stand.view._fade
    running = fade._running
    assert isinstance(running, QVariantAnimation)
    with qtbot.waitSignal(running.finished):
        stand.apply(change([mark(TEXT, "actor", NAVALNY, id="m")]))
        assert stand.view.scene.fading == {"m": 0.0}
    assert stand.view.scene.fading == {}


def test_nothing_fades_where_motion_is_reduced(stand: Stand) -> None:
    stand.load(TEXT, [])
    stand.view.set_reduced_motion(True)
    stand.view.set_suggestions([suggested(TEXT, "actor", NAVALNY, id="s")])
    stand.apply(change([mark(TEXT, "actor", NAVALNY, id="m")]))
    assert stand.view.scene.fading == {}


def test_what_is_not_suggested_does_not_fade(stand: Stand) -> None:
    stand.load(TEXT, [])
    stand.apply(change([mark(TEXT, "actor", NAVALNY, id="m")]))
    assert stand.view.scene.fading == {}


def test_read_only_marks_have_no_rings(stand: Stand) -> None:
    actor = mark(TEXT, "actor", NAVALNY)
    stand.load(TEXT, [actor])
    stand.view.select(actor.id)
    edge = stand.handle(actor, start=False) + QPoint(4, 0)
    assert near(picture(stand).pixelColor(edge), LIGHT.ink("actor"), within=90)
    stand.view.set_read_only(True)
    assert picture(stand).pixelColor(edge) == LIGHT.color("paper")
