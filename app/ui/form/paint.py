"""Small things painted in the form and the outline: crosses, chevrons, rings, underline forms."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.model.codebook import Underline
from app.ui.form.context import form_font


def paint_cross(painter: QPainter, centre: QPointF, color: QColor, arm: float = 3.5) -> None:
    """Draw the × that removes something."""
    painter.setPen(QPen(color, 1.1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for sign in (1, -1):
        offset = QPointF(arm, sign * arm)
        painter.drawLine(centre - offset, centre + offset)


def paint_chevron(
    painter: QPainter, centre: QPointF, color: QColor, *, turned: bool = False
) -> None:
    """Draw a chevron that points down, or to the right when `turned`."""
    painter.setPen(
        QPen(color, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    arms = (
        ((-1.8, -3.6), (1.8, 0), (-1.8, 3.6)) if turned else ((-3.6, -1.8), (0, 1.8), (3.6, -1.8))
    )
    painter.drawPolyline([centre + QPointF(x, y) for x, y in arms])


def paint_ring(painter: QPainter, rect: QRectF, color: QColor, radius: float = 6) -> None:
    """Draw the 2 px focus ring inside a rectangle."""
    painter.setPen(QPen(color, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius - 1, radius - 1)


def paint_box(
    painter: QPainter, rect: QRectF, fill: QColor, *, line: QColor, radius: float = 6
) -> None:
    """Draw a filled box with a 1 px border inside a rectangle."""
    painter.setPen(QPen(line, 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def paint_underline(painter: QPainter, rect: QRectF, ink: QColor, form: Underline) -> None:
    """Draw the underline form of a span type across a rectangle, as the text shows it."""
    middle = rect.center().y()
    left, right = rect.left(), rect.right()
    match form:
        case "solid":
            painter.fillRect(QRectF(left, middle - 1, rect.width(), 2), ink)
        case "double":
            for y in (middle - 2, middle + 0.8):
                painter.fillRect(QRectF(left, y, rect.width(), 1.2), ink)
        case "dotted":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            x = left + 1.2
            while x + 1.2 <= right:
                painter.drawEllipse(QPointF(x, middle), 1.2, 1.2)
                x += 4.2
        case "lane":
            painter.setPen(QPen(ink, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            bottom = middle + 1.8
            corners = [(left, -3.6), (left, 0), (right, 0), (right, -3.6)]
            painter.drawPolyline([QPointF(x, bottom + y) for x, y in corners])


def paint_shift_key(painter: QPainter, rect: QRectF, key: str, ink: QColor) -> None:
    """Draw the Shift arrow and a key into a keycap. The arrow is drawn: fonts rarely have it."""
    painter.setPen(
        QPen(ink, 1.1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    centre = QPointF(rect.left() + rect.width() * 0.33, rect.center().y())
    arrow = ((0, -4), (4, 0), (1.8, 0), (1.8, 3.6), (-1.8, 3.6), (-1.8, 0), (-4, 0))
    painter.drawPolygon([centre + QPointF(x, y) for x, y in arrow])
    painter.setFont(form_font(10.5, 500))
    digit = QRectF(centre.x() + 3, rect.top(), rect.right() - centre.x() - 3, rect.height())
    painter.drawText(digit, Qt.AlignmentFlag.AlignCenter, key)
