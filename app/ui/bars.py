"""Grey bars where the lines of a text will be: what is seen while it is read."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme import LIGHT, Theme

_LINES = (0.98, 0.95, 0.4, 0.0, 0.92, 0.85, 0.0, 0.97, 0.99, 0.93)


def paint_bars(painter: QPainter, room: QRectF, theme: Theme) -> None:
    """Paint the bars into the room that an article will have."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("sunken"))
    column = min(590.0, room.width() - 160)
    left, top = room.left() + 112, room.top() + 140
    for n, share in enumerate(_LINES):
        if share:
            painter.drawRoundedRect(QRectF(left, top + 33 * n, column * share, 11), 4, 4)


class Bars(QWidget):
    """Lies over the text from `cover` until it is hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self.hide()

    def cover(self, pane: QWidget) -> None:
        """Lie over another child of the same parent, and be painted before this returns."""
        self.setGeometry(pane.geometry())
        self.show()
        self.raise_()
        self.repaint()

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("paper"))
            paint_bars(painter, QRectF(self.rect()).translated(0, -80), self._theme)
