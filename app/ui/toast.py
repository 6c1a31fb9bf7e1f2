"""A short notice over the text that offers to undo. It never takes the focus."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from app.ui.keycap import Keycap
from app.ui.popup import PopupShadow
from app.ui.theme import LIGHT, Theme

_SHOWN_MS = 6000
_ABOVE = 20


class Toast(QWidget):
    """Lies at the lower edge of the widget it is given."""

    undo_requested = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._theme: Theme = LIGHT
        self._own_undo: Callable[[], object] | None = None
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._undo = QPushButton("Undo")
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._keycap = Keycap("Ctrl Z")
        self._shadow = PopupShadow(self, radius=10)
        self._until = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 8, 7)
        row.setSpacing(10)
        for widget in (self._words, self._keycap, self._undo):
            row.addWidget(widget)
        self._undo.clicked.connect(self._take_back)
        self._until.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def show_message(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """Show what was done, for six seconds. `undo` is for what Ctrl+Z would not take back."""
        self._own_undo = undo
        self._keycap.setVisible(undo is None)
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._until.start()

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self._keycap.set_theme(theme)
        self._shadow.set_theme(theme)
        self.update()

    def _take_back(self) -> None:
        self.hide()
        if self._own_undo is not None:
            self._own_undo()
        else:
            self.undo_requested.emit()

    def _place(self) -> None:
        over = self._over
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - _ABOVE)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("line-2"), 1))
            painter.setBrush(self._theme.color("raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
