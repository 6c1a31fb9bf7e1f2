"""The glyphs of the four states. Each has a form of its own, so that none needs its colour."""

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from app.model.article import State
from app.ui.theme import Theme

GLYPH = 12.0
"""Width and height of a glyph in pixels."""


def paint_state(painter: QPainter, corner: QPointF, state: State, theme: Theme) -> None:
    """Paint the glyph of a state with its upper left corner at a point."""
    to_device = painter.deviceTransform()
    scale, x, y = to_device.m11(), corner.x(), corner.y()
    beside_x, beside_y = (x * scale + to_device.dx()) % 1, (y * scale + to_device.dy()) % 1
    picture = _picture(state, theme, scale, round(beside_x, 3), round(beside_y, 3))
    painter.drawPixmap(QPointF(x - beside_x / scale, y - beside_y / scale), picture)


@lru_cache(maxsize=64)
def _picture(state: State, theme: Theme, scale: float, x: float, y: float) -> QPixmap:
    """Return a glyph as so many pixels a unit, begun a part of a pixel from the corner.

    Curves take ten times as long to paint as pictures of them.
    """
    side = ceil(GLYPH * scale) + 2  # caps of lines reach out of it
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(scale)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(x / scale, y / scale)
        if state == "flagged":
            paint_flag(painter, QRectF(0, 0, GLYPH, GLYPH), theme)
        elif state == "done":
            _paint_done(painter, theme)
        else:
            _paint_ring(painter, theme, half=state == "in progress")
    return picture


def paint_flag(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the red flag into a square."""
    unit = rect.width() / GLYPH
    cloth = QPainterPath(QPointF(1.2, 0.8))
    for x, y in ((11.2, 0.8), (9.2, 4.1), (11.2, 7.4), (1.2, 7.4)):
        cloth.lineTo(x, y)
    cloth.closeSubpath()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(unit, unit)
    colour = theme.color("danger")
    painter.fillPath(cloth, colour)
    painter.setPen(QPen(colour, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(1.6, 1.2), QPointF(1.6, 11.6))
    painter.restore()


def _paint_ring(painter: QPainter, theme: Theme, *, half: bool) -> None:
    colour = theme.color("text-2" if half else "text-3")
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(0.75, 0.75, GLYPH - 1.5, GLYPH - 1.5))
    if half:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        # Qt counts sixteenths of a degree, against the clock from three o'clock.
        painter.drawPie(QRectF(2.6, 2.6, GLYPH - 5.2, GLYPH - 5.2), -90 * 16, 180 * 16)


def _paint_done(painter: QPainter, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("text-2"))
    painter.drawEllipse(QRectF(0, 0, GLYPH, GLYPH))
    tick = QPen(theme.color("app"), 1.6)
    tick.setCapStyle(Qt.PenCapStyle.RoundCap)
    tick.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(tick)
    painter.drawPolyline([QPointF(3.4, 6.3), QPointF(5.2, 8.1), QPointF(8.7, 4.4)])
