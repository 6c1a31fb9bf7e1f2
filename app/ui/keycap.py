"""The picture of a key, printed where its action is."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme import LIGHT, Theme, font

_HEIGHT = 16.0
_PADDING = 4.5


def keycap_width(text: str) -> float:
    """Return the width of a keycap in pixels."""
    return max(
        _HEIGHT, QFontMetricsF(font("ui", 10.5, weight=500)).horizontalAdvance(text) + 2 * _PADDING
    )


def paint_keycap(
    painter: QPainter, rect: QRectF, text: str, theme: Theme, role: str = "text-2"
) -> None:
    """Paint a keycap into a rectangle; `role` is the colour of its letters."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("line-2"), 1))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(theme.color(role))
    painter.setFont(font("ui", 10.5, weight=500))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class Keycap(QWidget):
    """One key, as a small widget."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._theme: Theme = LIGHT
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(f"Key {text}")

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    def set_text(self, text: str) -> None:
        """Print another key."""
        self._text = text
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(f"Key {text}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(keycap_width(self._text) + 0.5), round(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_keycap(painter, QRectF(self.rect()), self._text, self._theme)
