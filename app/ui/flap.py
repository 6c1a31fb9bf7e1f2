"""The edge of a narrow window behind which the form lies."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.icons import icon
from app.ui.theme import LIGHT, Theme

WIDTH = 34


class Flap(QWidget):
    """One button, for those who do not know that Enter does the same."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self.setFixedWidth(WIDTH)
        self.button = QToolButton()
        self.button.setFixedSize(30, 30)
        self.button.setIconSize(QSize(16, 16))
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setAccessibleName("Show or hide the form")
        self.button.setToolTip("Show the form (Enter)")
        self.button.clicked.connect(self.clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 5, 0, 0)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.button.setIcon(icon("chevron-left", theme, "text-2", 16))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("app"))
            painter.fillRect(0, 0, 1, self.height(), self._theme.color("line"))
