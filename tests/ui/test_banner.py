"""A banner says something about the whole article or project."""

from collections.abc import Callable

import pytest

from app.ui.banner import Banner, Kind
from app.ui.theme import DARK, LIGHT, Theme

Show = Callable[..., None]
LOCKED = "This project is open read-only: another program has locked the file."


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize(
    ("kind", "ground"), [("info", "sunken"), ("warn", "warn-bg"), ("danger", "danger-bg")]
)
def test_each_kind_has_its_ground_and_an_icon(
    show: Show, theme: Theme, kind: Kind, ground: str
) -> None:
    banner = Banner()
    banner.set_theme(theme)
    assert banner.isHidden()
    banner.show_message(LOCKED, kind=kind)
    show(banner, 800, 40, theme=theme)
    assert banner.isVisible()
    assert banner.accessibleName() == LOCKED
    assert banner.grab().toImage().pixelColor(4, 4) == theme.color(ground)
    assert not banner._icon.pixmap().isNull()


def test_a_long_sentence_is_wrapped(show: Show) -> None:
    banner = Banner()
    show(banner, 350, 40)
    banner.show_message(LOCKED * 3, kind="warn")
    assert banner.heightForWidth(350) > banner.heightForWidth(2000)
    banner.hide()
    assert not banner.isVisible()
