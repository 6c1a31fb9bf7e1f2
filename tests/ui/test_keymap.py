"""Keys can be changed, never to something that is taken, and kept for the next time."""

import pytest
from pytestqt.qtbot import QtBot

from app.model.codebook import Codebook
from app.model.errors import Refused
from app.ui.keymap import Keymap, is_single
from app.ui.settings import Settings


def test_a_changed_key_does_the_same_and_the_old_one_nothing(qtbot: QtBot) -> None:
    keymap = Keymap()
    with qtbot.waitSignal(keymap.changed):
        keymap.assign("comment", ("Y", "Ctrl+Y+C"))
    assert keymap.keys("comment") == ("Y", "Ctrl+Y+C")
    assert keymap.article_action("Y") == "comment"
    assert keymap.article_action("C") is None
    with qtbot.waitSignal(keymap.changed):
        keymap.reset("comment")
    assert keymap.article_action("C") == "comment"
    assert keymap.overrides() == {}


def test_a_key_that_is_taken_is_refused_with_what_it_does(press: Codebook) -> None:
    keymap = Keymap()
    with pytest.raises(Refused, match="C is “Comment the selected mark” already"):
        keymap.assign("flag", ("C",))
    with pytest.raises(Refused, match="S is “Speaker” in the codebook"):
        keymap.assign("flag", ("S",), press)
    for key in ("1", "Shift+2", "Shift+S"):
        assert "in the codebook" in str(keymap.conflict("flag", (key,), press))
    assert keymap.conflict("flag", ("F",), press) is None
    assert keymap.article_action("C") == "comment"
    assert keymap.overrides() == {}


def test_an_action_may_have_no_key_and_all_come_back() -> None:
    keymap = Keymap()
    keymap.assign("flag", ())
    keymap.assign("comment", ("F",))
    assert keymap.article_action("F") == "comment"
    with pytest.raises(Refused):
        keymap.reset("flag")
    keymap.reset()
    assert (keymap.article_action("F"), keymap.article_action("C")) == ("flag", "comment")


def test_single_keys_can_be_switched_off() -> None:
    keymap = Keymap(single_keys=False)
    assert keymap.article_action("C") is None
    assert keymap.article_action("Down") == "next-sentence"
    assert keymap.article_action("Ctrl+C") == "copy"
    assert [is_single(key) for key in ("C", "Shift+X", "[", "Esc", "Ctrl+C", "Space")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_window_action_keeps_its_single_keys_for_the_text() -> None:
    keymap = Keymap()
    assert keymap.window_keys("search") == ("Ctrl+L",)
    assert keymap.article_action("/") == "search"
    assert keymap.window_keys("comment") == ()


@pytest.mark.usefixtures("qapp")
def test_keys_are_kept(qtbot: QtBot) -> None:
    settings = Settings()
    keymap = settings.keymap(parent=None)
    keymap.assign("comment", ("Y",))
    keymap.assign("edit", ("Return", "K"))
    keymap.assign("flag", ())
    keymap.single_keys = False
    again = Settings().keymap(parent=None)
    assert again.overrides() == {"comment": ("Y",), "edit": ("Return", "K"), "flag": ()}
    assert not again.single_keys
    assert Keymap({"no such action": ("Q",)}).overrides() == {}
    again.reset()
    assert Settings().keymap(parent=None).overrides() == {}


def test_keys_of_comparing_meet_those_of_the_window_only(press: Codebook) -> None:
    keymap = Keymap()
    assert keymap.compare_action("1") == "compare-first"
    keymap.assign("compare-first", ("X", "S"), press)  # keys of the text and of the codebook
    assert (keymap.compare_action("X"), keymap.article_action("X")) == ("compare-first", "reject")
    assert keymap.compare_action("1") is None
    with pytest.raises(Refused, match="2 is “Take the second reading” already"):
        keymap.assign("compare-first", ("2",))
    with pytest.raises(Refused, match="Ctrl\\+K is “Search or run a command” already"):
        keymap.assign("compare-first", ("Ctrl+K",))
    with pytest.raises(Refused, match="Down is “Next disagreement” already"):
        keymap.assign("next-pane", ("Down",))
    assert keymap.conflict("comment", ("0",)) is None
    assert Keymap(single_keys=False).compare_action("1") is None
    assert Keymap(single_keys=False).compare_action("Return") == "compare-take"
