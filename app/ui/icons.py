"""Lucide icons in the colours of the theme, sharp at every pixel ratio."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.model.resources import resource
from app.ui.theme import Theme

_RATIOS = (1, 2)


def icon(name: str, theme: Theme, role: str = "text-2", size: int = 16) -> QIcon:
    """Return an icon for a button or menu; disabled it takes the colour of a border."""
    made = QIcon()
    for ratio in _RATIOS:
        made.addPixmap(pixmap(name, theme, role, size, ratio))
        made.addPixmap(pixmap(name, theme, "line-3", size, ratio), QIcon.Mode.Disabled)
    return made


def pixmap(
    name: str, theme: Theme, role: str = "text-2", size: int = 16, ratio: float = 1
) -> QPixmap:
    """Return an icon as a picture of `size` logical pixels; `ratio` is the screen's."""
    return _drawn(name, theme.hex(role), size, ratio)


@cache
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    with QPainter(picture) as painter:
        renderer.render(painter, QRectF(0, 0, size, size))
    return picture


@cache
def _source(name: str) -> str:
    text = resource(f"icons/{name}.svg").read_text("utf-8")
    return text.replace('stroke-width="2"', 'stroke-width="1.75"')
