"""A button that prints its key before its words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.keycap import keycap_width, paint_keycap
from app.ui.theme import LIGHT, Theme, font


class KeyButton(QAbstractButton):
    """A button that prints its key before its words."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._key = ""
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_key(self, key: str) -> None:
        """Print another key."""
        self._key = key
        self.setToolTip(f"{self.text()} ({key})" if key else self.text())
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(font("ui", 12.5, weight=500)).horizontalAdvance(self.text())
        cap = keycap_width(self._key) + 7 if self._key else 0
        return QSize(round(words + cap + 19), 26)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, box = self._theme, QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            wide = 2 if self.hasFocus() else 1
            painter.setPen(QPen(theme.color("focus" if self.hasFocus() else "line-2"), wide))
            painter.setBrush(theme.color("hover" if self.underMouse() else "raised"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
            x = 9.0
            if self._key:
                width = keycap_width(self._key)
                paint_keycap(painter, QRectF(x, 5, width, 16), self._key, theme)
                x += width + 7
            painter.setPen(theme.color("text" if self.isEnabled() else "line-3"))
            painter.setFont(font("ui", 12.5, weight=500))
            place = QRectF(x, 0, box.width() - x, box.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.text())
