"""The colours of span types."""

import pytest

from app.ui.theme import DARK, LIGHT, Theme


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ink", ["actor", "event", "number", "statement"])
def test_the_inks_of_the_program_are_told_apart(theme: Theme, ink: str) -> None:
    unknown = "purple"
    assert theme.ink(ink) == theme.color(ink) != theme.ink(unknown)
    assert theme.fill(ink) != theme.fill(ink, selected=True)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ink", ["purple", "text", ""])
def test_an_ink_that_nobody_knows_is_grey(theme: Theme, ink: str) -> None:
    """A codebook of its own may name any ink; a window that cannot be painted helps nobody."""
    assert theme.ink(ink) == theme.color("text-3")
    assert theme.fill(ink) == theme.color("hover")
    assert theme.fill(ink, selected=True) == theme.color("row-sel")
