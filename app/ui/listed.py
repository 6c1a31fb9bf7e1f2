"""What the rows of all lists share: the ground of a chosen row, and the ring where the keys are."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle

from app.ui.theme import Theme

_BAR = 3

State = QStyle.StateFlag

_SELECTED, _UNDER_POINTER, _HAS_KEYS = (
    flag.value for flag in (State.State_Selected, State.State_MouseOver, State.State_HasFocus)
)
"""As numbers: each `&` of two flags costs as much as painting a word."""


def paint_ground(
    painter: QPainter, rect: QRectF, state: State, theme: Theme, *, bar: bool = False
) -> None:
    """Paint the ground of a row that is selected, with a bar at its left, or under the pointer."""
    flags = state.value
    if flags & _SELECTED:
        painter.fillRect(rect, theme.color("row-sel"))
        if bar:
            edge = QRectF(rect.left(), rect.top(), _BAR, rect.height())
            painter.fillRect(edge, theme.color("accent"))
    elif flags & _UNDER_POINTER:
        painter.fillRect(rect, theme.color("hover"))


def paint_ring(painter: QPainter, rect: QRectF, state: State, theme: Theme) -> None:
    """Paint the ring around the row that has the keys, above what stands in it."""
    if state.value & _HAS_KEYS:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 5, 5)


def is_selected(state: State) -> bool:
    """Tell whether a row is chosen."""
    return bool(state.value & _SELECTED)
