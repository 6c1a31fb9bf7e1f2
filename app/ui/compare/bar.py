"""The bar over the merged text: which disagreement, whose tracks, and finishing the article."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from app.ui.compare.cards import KeyButton
from app.ui.compare.words import initials
from app.ui.icons import icon
from app.ui.theme import LIGHT, Theme, font

_HEIGHT = 40
_FEWEST = 2


class CompareBar(QWidget):
    """Thin: it shows what it is told and says what is wished."""

    action_requested = Signal(str)
    layers_chosen = Signal(object)
    """The names of the annotators to compare, as a tuple."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self.setFixedHeight(_HEIGHT)
        self.previous = _tool("Previous disagreement")
        self.next = _tool("Next disagreement")
        self.place = QLabel()
        self.place.setFont(font("ui", 12, tabular=True))
        self.place.setProperty("class", "label")
        self.names = QLabel()
        self.names.setProperty("class", "label")
        self.names.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._told = ""
        self.people = _tool("Whom to compare")
        self.people.setMenu(QMenu(self.people))
        self.people.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.finish = KeyButton("Finish article")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        row.addWidget(self.place)
        row.addSpacing(12)
        row.addWidget(self.names, 1)
        row.addWidget(self.people)
        row.addWidget(self.finish)
        self.previous.clicked.connect(lambda: self.action_requested.emit("compare-previous"))
        self.next.clicked.connect(lambda: self.action_requested.emit("compare-next"))
        self.finish.clicked.connect(lambda: self.action_requested.emit("done"))

    def show_people(self, shown: Sequence[str], everybody: Sequence[str]) -> None:
        """Say whose tracks there are, and offer the others."""
        self._told = " · ".join(f"{initials(name)} {name}" for name in shown)
        self._elide()
        menu = self.people.menu()
        menu.clear()
        for name in everybody:
            entry = menu.addAction(name.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(name in shown)
            entry.setData(name)
            entry.toggled.connect(self._choose)
        self.people.setVisible(len(everybody) > _FEWEST)

    def show_place(self, words: str) -> None:
        """Say which disagreement is shown."""
        self.place.setText(words)

    def _choose(self) -> None:
        entries: list[QAction] = self.people.menu().actions()
        chosen = tuple(str(entry.data()) for entry in entries if entry.isChecked())
        self.layers_chosen.emit(chosen)

    def _elide(self) -> None:
        room = max(0, self.names.width())
        shown = self.names.fontMetrics().elidedText(self._told, Qt.TextElideMode.ElideRight, room)
        self.names.setText(shown)
        self.names.setToolTip("" if shown == self._told else self._told.replace("<", "‹"))

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.previous.setIcon(icon("arrow-up", theme))
        self.next.setIcon(icon("arrow-down", theme))
        self.people.setIcon(icon("git-compare", theme))
        self.finish.set_theme(theme)
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("paper"))
            painter.fillRect(0, _HEIGHT - 1, self.width(), 1, self._theme.color("line"))


def _tool(name: str) -> QToolButton:
    button = QToolButton()
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setIconSize(QSize(16, 16))
    button.setFixedSize(QSize(28, 28))
    return button
