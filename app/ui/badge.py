"""A letter on a chip of ink: what a type, a key of a slot or a doubt looks like."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from app.ui.theme import Theme, font


def paint_badge(painter: QPainter, rect: QRectF, letter: str, ink: str, theme: Theme) -> None:
    """Paint a badge into a square; `ink` is the colour role of the span type."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = theme.ink(ink), theme.color("ink-fg")
    paint_letter(painter, rect, letter, colours, round(rect.height() * 0.66, 1), radius=4)


def badge_icon(letter: str, ink: str, theme: Theme) -> QIcon:
    """Return a badge for an entry of a list."""
    made = QIcon()
    for ratio in (1, 2):
        picture = QPixmap(16 * ratio, 16 * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            paint_badge(painter, QRectF(0, 0, 16, 16), letter, ink, theme)
        made.addPixmap(picture)
    return made


def paint_letter(
    painter: QPainter,
    rect: QRectF,
    letter: str,
    colours: tuple[QColor, QColor],
    pixels: float,
    *,
    radius: float | None = None,
) -> None:
    """Paint a letter in a filled rounded square. `colours` are the square's and the letter's."""
    corner = rect.height() / 4 if radius is None else radius
    path = QPainterPath()
    path.addRoundedRect(rect, corner, corner)
    painter.fillPath(path, colours[0])
    painter.setPen(colours[1])
    painter.setFont(font("ui", pixels, weight=600))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)


def paint_avatar(painter: QPainter, rect: QRectF, initials: str, theme: Theme) -> None:
    """Paint the initials of a person into a circle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("line-2"), 1))
    painter.setBrush(theme.color("row-sel"))
    painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(theme.color("text-2"))
    painter.setFont(font("ui", rect.height() * 0.4, weight=600))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials)
