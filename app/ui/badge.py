"""The letter of a type on a chip of its ink."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme import LIGHT, Theme, font


def paint_badge(painter: QPainter, rect: QRectF, letter: str, ink: str, theme: Theme) -> None:
    """Paint a badge into a square; `ink` is the colour role of the span type."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.ink(ink))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(theme.color("ink-fg"))
    painter.setFont(font("ui", round(rect.height() * 0.66, 1), weight=600))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)


class TypeBadge(QWidget):
    """One badge, as a small widget of 16 pixels."""

    def __init__(
        self, letter: str, ink: str, parent: QWidget | None = None, *, size: int = 16
    ) -> None:
        super().__init__(parent)
        self._letter = letter
        self._ink = ink
        self._size = size
        self._theme: Theme = LIGHT
        self.setFixedSize(self.sizeHint())

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    def set_type(self, letter: str, ink: str) -> None:
        """Show another type."""
        self._letter, self._ink = letter, ink
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_badge(painter, QRectF(self.rect()), self._letter, self._ink, self._theme)
