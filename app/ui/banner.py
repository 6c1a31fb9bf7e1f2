"""A sentence above the text about the whole article or project: read only, changed elsewhere."""

from typing import Literal, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from app.ui.icons import pixmap
from app.ui.theme import LIGHT, Theme

Kind = Literal["info", "warn", "danger"]
_ICONS: dict[Kind, str] = {"info": "circle-alert", "warn": "lock", "danger": "triangle-alert"}
_ROLES: dict[Kind, tuple[str, str]] = {
    "info": ("sunken", "text-2"),
    "warn": ("warn-bg", "warn"),
    "danger": ("danger-bg", "danger"),
}


class Notice(NamedTuple):
    """What is said about a project as a whole, and the action that it offers, with its words."""

    sentence: str = ""
    button: str = ""
    action: str = ""


class Banner(QWidget):
    """Hidden until it has something to say."""

    action_requested = Signal(str)
    """The id of the action that is offered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._kind: Kind = "info"
        self._action = ""
        self._icon = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda: self.action_requested.emit(self._action))
        row.addWidget(self.button)
        self.hide()

    def show_message(
        self, sentence: str, *, kind: Kind, button: str = "", action: str = ""
    ) -> None:
        """Say something until `hide`; with a button for an action of the table of commands."""
        self._kind, self._action = kind, action
        self.button.setText(button)
        self.button.setAccessibleName(button)
        self.button.setVisible(bool(button))
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.set_theme(self._theme)
        self.show()

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        role = _ROLES[self._kind][1]
        self._icon.setPixmap(pixmap(_ICONS[self._kind], theme, role, 16, self.devicePixelRatioF()))
        self._words.setStyleSheet(f"color: {theme.hex(role)}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color(_ROLES[self._kind][0]))
            painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color("line"))
