"""What the rows of all lists share: the ground of a chosen row, and the ring where the keys are."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle

from app.ui.theme import Theme

_BAR = 3

State = QStyle.StateFlag


def paint_ground(
    painter: QPainter, rect: QRectF, state: State, theme: Theme, *, bar: bool = False
) -> None:
    """Paint the ground of a row that is selected, with a bar at its left, or under the pointer."""
    if state & State.State_Selected:
        painter.fillRect(rect, theme.color("row-sel"))
        if bar:
            edge = QRectF(rect.left(), rect.top(), _BAR, rect.height())
            painter.fillRect(edge, theme.color("accent"))
    elif state & State.State_MouseOver:
        painter.fillRect(rect, theme.color("hover"))


def paint_ring(painter: QPainter, rect: QRectF, state: State, theme: Theme) -> None:
    """Paint the ring around the row that has the keys, above what stands in it."""
    if state & State.State_HasFocus:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 5, 5)
