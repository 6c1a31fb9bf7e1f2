"""The bar over the merged text: which disagreement, whose tracks, and finishing the article."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAction, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from app.model.wording import initials
from app.ui.badge import paint_avatar
from app.ui.controls import tool_button
from app.ui.icons import icon
from app.ui.key_button import KeyButton
from app.ui.theme import LIGHT, Theme, font

_HEIGHT = 40
_AVATAR = 18
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
        self.previous = tool_button("Previous disagreement")
        self.next = tool_button("Next disagreement")
        self.place = QLabel()
        self.place.setFont(font("ui", 12, tabular=True))
        self.place.setProperty("class", "label")
        self.names = _Legend()
        self.people = tool_button("Whom to compare")
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
        self.names.show_names(shown)
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

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.previous.setIcon(icon("arrow-up", theme))
        self.next.setIcon(icon("arrow-down", theme))
        self.people.setIcon(icon("git-compare", theme))
        self.finish.set_theme(theme)
        self.names.set_theme(theme)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("paper"))
            painter.fillRect(0, _HEIGHT - 1, self.width(), 1, self._theme.color("line"))


class _Legend(QWidget):
    """Who is compared: initials in circles with the names, as far as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme = LIGHT
        self._names: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(_AVATAR)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_names(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self.setToolTip(", ".join(names).replace("<", "‹"))
        self.setAccessibleName(f"Compared: {', '.join(names)}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        words = font("ui", 12)
        measure = QFontMetricsF(words)
        parts = [(name, measure.horizontalAdvance(name)) for name in self._names]
        room = self.width() - sum(_AVATAR + 5 + 14 for _ in parts)
        named = room >= sum(width for _, width in parts)
        x, y = 0.0, (self.height() - _AVATAR) / 2
        with QPainter(self) as painter:
            for name, width in parts:
                circle = QRectF(x, y, _AVATAR, _AVATAR)
                paint_avatar(painter, circle, initials(name), self._theme)
                x += _AVATAR + 5
                if named:
                    painter.setFont(words)
                    painter.setPen(self._theme.color("text"))
                    place = QRectF(x, 0, width + 1, self.height())
                    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
                    x += width + 14
