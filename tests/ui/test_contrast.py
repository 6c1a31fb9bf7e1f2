"""All words can be read (WCAG 2.2, AA) in every look, computed from the tokens.

Chrome: every rule of the style sheet, and every pair that is painted. Text: on paper, on every
fill, on what is selected; in high contrast there are no fills, only outlines on paper.
What is switched off need not be readable, and a mark or an icon needs 3 : 1.
"""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor

from app.model.codebook import Codebook
from app.ui.article.paint import Looks
from app.ui.style import stylesheet
from app.ui.theme import DARK, LIGHT, Theme
from tests.ui.test_style import contrast

AA, GRAPHICS = 4.5, 3.0
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("app", "paper", "raised", "sunken", "hover", "row-sel")
"""What panes, fields, popups, tracks and rows are filled with."""
WORDS = ("text", "text-2", "text-3", "danger", "warn")
INKS = ("actor", "event", "number", "statement")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PART = re.compile(r"(?:^|;)\s*([a-z-]+)\s*:\s*(#[0-9A-Fa-f]{6})\s*(?=;|$)")


@THEMES
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("words", WORDS)
def test_words_can_be_read_on_every_ground(theme: Theme, words: str, ground: str) -> None:
    assert contrast(theme.color(words), theme.color(ground)) >= AA


def rules(theme: Theme) -> Iterator[tuple[str, dict[str, QColor]]]:
    """Go over the rules of the style sheet: what they are for, and their colours."""
    for what, body in _RULE.findall(stylesheet(theme)):
        colours = {name: QColor(value) for name, value in _PART.findall(body.replace("\n", " "))}
        if colours and ":disabled" not in what:
            yield what.strip(), colours


@THEMES
def test_every_rule_of_the_style_sheet_can_be_read(theme: Theme) -> None:
    panes = [theme.color(ground) for ground in GROUNDS]
    unread = []
    looked = 0
    for what, colours in rules(theme):
        for words, ground in (
            ("color", "background"),
            ("selection-color", "selection-background-color"),
        ):
            own = colours.get(words) or (theme.color("text") if ground in colours else None)
            if own is None or ("::" in what and "item" not in what):
                continue  # a part without words: an arrow, a handle
            if "primary" in what:
                own = theme.color("accent-fg")
            looked += 1
            grounds = [colours[ground]] if ground in colours else panes
            unread += [f"{what} {ground}" for one in grounds if contrast(own, one) < AA]
    assert unread == []
    assert looked > 30


@THEMES
@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("danger", "danger-bg"),  # banners, pills of the import, the status bar
        ("text", "danger-bg"),
        ("warn", "warn-bg"),
        ("text", "warn-bg"),
        ("accent-fg", "accent"),  # the button that does it
        ("text", "sel-text"),  # words selected in the article and in fields
        *(("ink-fg", ink) for ink in INKS),  # letters on badges, marks and hints
        *(("text", f"fill-{ink}") for ink in INKS),  # marks, chips, quotes
        *(("text-2", f"fill-{ink}") for ink in INKS),  # what stands behind a name on a chip
        *(("text", f"fill2-{ink}") for ink in INKS),  # the mark that is selected
        *((ink, ground) for ink in INKS for ground in ("app", "paper", "raised")),
    ],
)
def test_what_is_painted_can_be_read(theme: Theme, words: str, ground: str) -> None:
    assert contrast(theme.color(words), theme.color(ground)) >= AA


@THEMES
@pytest.mark.parametrize("outlined", [False, True], ids=["fills", "high contrast"])
def test_marks_can_be_seen_and_read_through(
    theme: Theme, press: Codebook, *, outlined: bool
) -> None:
    looks = Looks(theme, press, outlined=outlined)
    assert looks.letters is outlined
    for span_type in press.types:
        ink, fill, fill_selected, _ = looks[span_type.name]
        grounds = [theme.color("paper")] if outlined else [fill, fill_selected]
        for ground in grounds:
            assert contrast(theme.color("text"), ground) >= AA
            assert contrast(ink, ground) >= GRAPHICS
        assert contrast(theme.color("ink-fg"), ink) >= AA


@THEMES
@pytest.mark.parametrize(
    ("sign", "ground"),
    [
        *((sign, ground) for sign in ("focus", "line-3") for ground in ("app", "paper", "raised")),
        *((sign, ground) for sign in ("text-3", "text-2", "danger") for ground in GROUNDS),
    ],
)
def test_rings_boxes_and_signs_can_be_seen(theme: Theme, sign: str, ground: str) -> None:
    """Rings and boxes lie on panes, the signs of the states on rows of every kind too."""
    assert contrast(theme.color(sign), theme.color(ground)) >= GRAPHICS
