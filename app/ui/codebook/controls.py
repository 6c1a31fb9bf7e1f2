"""A button that prints its key."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.form.context import form_font
from app.ui.form.paint import paint_box, paint_ring
from app.ui.keycap import keycap_width, paint_keycap
from app.ui.theme import LIGHT, Theme

_HEIGHT, _CAP, _SIDE, _GAP = 28, 16, 9, 7


class KeyButton(QAbstractButton):
    """Words and the keycaps that do the same."""

    def __init__(self, words: str, keys: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._keys = keys
        self.setText(words)
        self.setAccessibleName(words.rstrip("…"))
        self.setToolTip(f"{words.rstrip('…')} ({'+'.join(keys)})")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str) -> None:
        """Say something else."""
        if words != self.text():
            self.setText(words)
            self.setAccessibleName(words.rstrip("…"))
            self.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    def _caps_width(self) -> float:
        return sum(keycap_width(key) + 2 for key in self._keys)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetrics(form_font(12.5, 500)).horizontalAdvance(self.text())
        return QSize(round(words + _GAP + self._caps_width() + 2 * _SIDE), _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._caps_width() + 2 * _SIDE + 24), _HEIGHT)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = QRectF(self.rect())
            hovered = self.underMouse() and self.isEnabled()
            fill = "row-sel" if self.isDown() else "hover" if hovered else "raised"
            line = "line-2" if self.isEnabled() else "line"
            box = rect.adjusted(0, 0, -1, -1)
            paint_box(painter, box, theme.color(fill), line=theme.color(line))
            x = rect.right() - _SIDE - self._caps_width()
            painter.setFont(form_font(12.5, 500))
            painter.setPen(theme.color("text" if self.isEnabled() else "line-3"))
            room = QRectF(_SIDE, 0, x - _SIDE - 2, rect.height())
            words = QFontMetrics(painter.font()).elidedText(
                self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 2
            )
            painter.drawText(room.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter, words)
            role = "text-2" if self.isEnabled() else "line-3"
            for key in self._keys:
                width = keycap_width(key)
                cap = QRectF(x, rect.center().y() - _CAP / 2, width, _CAP)
                paint_keycap(painter, cap, key, theme, role)
                x += width + 2
            if self.hasFocus():
                paint_ring(painter, box, theme.color("focus"))
