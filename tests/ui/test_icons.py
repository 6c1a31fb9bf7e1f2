"""Icons, badges and keycaps are painted in the colours they are asked for, sharp at every ratio."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.model.resources import resource
from app.ui.badge import paint_badge
from app.ui.icons import icon, pixmap
from app.ui.keycap import Keycap, keycap_width
from app.ui.theme import DARK, LIGHT, Theme

Show = Callable[..., None]
NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))


def drawn(picture: QImage) -> set[str]:
    """Return the colours of the pixels that are wholly covered."""
    here = (
        picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())
    )
    return {colour.name() for colour in here if colour.alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_of_the_program_can_be_drawn(qapp: QApplication, name: str) -> None:
    picture = pixmap(name, LIGHT, "text", 24).toImage()
    assert any(picture.pixelColor(x, y).alpha() for x in range(24) for y in range(24))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("role", ["text", "text-2", "danger"])
def test_an_icon_has_the_colour_of_its_role(qapp: QApplication, theme: Theme, role: str) -> None:
    assert drawn(pixmap("flag", theme, role, 16, 4).toImage()) == {theme.hex(role).lower()}


@pytest.mark.parametrize("ratio", [1, 1.25, 1.5, 2])
def test_an_icon_has_the_pixels_of_the_screen(qapp: QApplication, ratio: float) -> None:
    made = pixmap("flag", LIGHT, size=16, ratio=ratio)
    assert made.size() == QSize(round(16 * ratio), round(16 * ratio))
    assert made.devicePixelRatioF() == ratio


def test_an_icon_is_drawn_once(qapp: QApplication) -> None:
    assert pixmap("flag", LIGHT).cacheKey() == pixmap("flag", LIGHT).cacheKey()
    assert pixmap("flag", LIGHT).cacheKey() != pixmap("flag", DARK).cacheKey()


def test_a_disabled_icon_is_paler(qapp: QApplication) -> None:
    made = icon("flag", LIGHT)
    pale = made.pixmap(QSize(16, 16), 2.0, QIcon.Mode.Disabled).toImage()
    assert pale != made.pixmap(QSize(16, 16), 2.0, QIcon.Mode.Normal).toImage()


def test_an_icon_that_is_not_there_is_a_bug(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        pixmap("no-such-icon", LIGHT)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ink", ["actor", "event", "number", "statement", "purple"])
def test_a_badge_is_a_letter_on_the_ink_of_its_type(
    qapp: QApplication, theme: Theme, ink: str
) -> None:
    pictures = []
    for letter in "AE":
        picture = QImage(16, 16, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(theme.color("paper"))
        with QPainter(picture) as painter:
            paint_badge(painter, QRectF(0, 0, 16, 16), letter, ink, theme)
        assert picture.pixelColor(8, 2) == theme.ink(ink)
        assert picture.pixelColor(0, 0) != theme.ink(ink)  # the corners are round
        pictures.append(picture)
    assert pictures[0] != pictures[1]


def test_a_keycap_is_as_wide_as_its_key(show: Show) -> None:
    narrow, wide = Keycap("1"), Keycap("Ctrl ⏎")
    show(narrow, 16, 16)
    assert narrow.size() == QSize(16, 16)
    assert wide.width() == round(keycap_width("Ctrl ⏎") + 0.5) > 30
    assert wide.accessibleName() == "Key Ctrl ⏎"
    narrow.set_text("Space")
    assert narrow.width() > 30
    assert narrow.accessibleName() == "Key Space"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_keycap_takes_the_look(show: Show, theme: Theme) -> None:
    keycap = Keycap("F1")
    keycap.set_theme(theme)
    show(keycap, 22, 16)
    picture = keycap.grab().toImage()
    assert picture.pixelColor(8, 0) == QColor(theme.hex("line-2"))
    assert picture.pixelColor(3, 3) == QColor(theme.hex("raised"))
