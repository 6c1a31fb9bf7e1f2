"""The top bar: the sign, a real menu bar, and who is annotating."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.theme import DARK, LIGHT, Theme
from app.ui.topbar import TopBar, _Avatar

Show = Callable[..., None]


def avatar(bar: QWidget) -> _Avatar:
    return bar.findChildren(_Avatar)[0]


@pytest.fixture
def bar(show: Show) -> TopBar:
    made = TopBar()
    made.menu_bar.addMenu("&File")
    show(made, 1440, 44)
    return made


def test_menus_stand_in_it(bar: TopBar) -> None:
    assert bar.height() == 44
    assert bar.menu_bar.isVisible()
    assert bar.menu_bar.height() >= 24
    assert [action.text() for action in bar.menu_bar.actions()] == ["&File"]


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Marta Kovač", "MK"), ("root", "R"), ("Ana María de la Cruz", "AM"), ("  éric  ", "É")],
)
def test_the_annotator_is_shown_by_initials(bar: TopBar, name: str, initials: str) -> None:
    bar.set_annotator(name)
    assert avatar(bar).isVisible()
    assert avatar(bar)._initials == initials
    assert avatar(bar).accessibleName() == f"Annotating as {name}"
    assert min(avatar(bar).width(), avatar(bar).height()) >= 24


def test_nobody_is_shown_without_a_project(bar: TopBar) -> None:
    assert not avatar(bar).isVisible()
    bar.set_annotator("Marta Kovač")
    bar.set_annotator("")
    assert not avatar(bar).isVisible()


def test_a_name_is_never_read_as_markup(bar: TopBar) -> None:
    bar.set_annotator("<img src=x>")
    assert "<" not in avatar(bar).toolTip()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_takes_the_look(bar: TopBar, theme: Theme) -> None:
    bar.set_theme(theme)
    picture = bar.grab().toImage()
    assert picture.pixelColor(1400, 4) == theme.color("app")
    assert picture.pixelColor(700, 43) == theme.color("line")
