"""The controls above the list, painted by hand: name, progress, search field, filter."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from app.model.article import STATES, State
from app.model.wording import several
from app.ui.icons import pixmap
from app.ui.keycap import keycap_width, paint_keycap
from app.ui.queue.glyphs import paint_flag
from app.ui.queue.words import short
from app.ui.theme import LIGHT, Theme, font

_KEYCAP = 16.0
_TARGET = 24


class ProjectName(QLabel):
    """The name of the project, cut short where the pane is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        made = font("ui", 14, weight=600)
        words = QFontMetricsF(made).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        with QPainter(self) as painter:
            painter.setFont(made)
            painter.setPen(self._theme.color("text"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)


class Figures(QLabel):
    """`12 of 120 done` and the per cent of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._done = self._total = 0
        self.setFixedHeight(18)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    def show_figures(self, done: int, total: int) -> None:
        """Show how many of how many articles are done."""
        self._done, self._total = done, total
        self.setText(f"{done:,} of {total:,} done")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        bold = font("ui", 12.5, weight=600, tabular=True)
        plain = font("ui", 12.5, tabular=True)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        figure = f"{self._done:,}"
        rect = QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setPen(self._theme.color("text"))
            painter.setFont(bold)
            painter.drawText(rect, left | middle, figure)
            used = QFontMetricsF(bold).horizontalAdvance(figure + " ")
            painter.setFont(plain)
            painter.drawText(
                rect.adjusted(used, 0, 0, 0), left | middle, self.text()[len(figure) + 1 :]
            )
            if self._total:
                painter.setPen(self._theme.color("text-3"))
                # Rounded down: 100 % means every one.
                painter.drawText(rect, right | middle, f"{100 * self._done // self._total} %")


class Progress(QProgressBar):
    """A bar of 4 px: done dark, in progress grey."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._started = 0
        self.setTextVisible(False)
        self.setFixedHeight(4)
        self.setAccessibleName("Articles done")

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    def show_figures(self, done: int, started: int, total: int) -> None:
        """Show how many articles are done and how many are in progress."""
        self._started = started
        self.setRange(0, max(1, total))
        self.setValue(done)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        track = QRectF(self.rect())
        unit = track.width() / self.maximum()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            # Longest first, so that only the ends of the track are round.
            for share, role in (
                (self.maximum(), "line-2"),
                (self.value() + self._started, "line-3"),
                (self.value(), "accent"),
            ):
                painter.setClipRect(QRectF(0, 0, share * unit, track.height()))
                painter.setBrush(self._theme.color(role))
                painter.drawRoundedRect(track, 2, 2)


class SearchField(QLineEdit):
    """A line to search in, with its key printed at its right end."""

    left = Signal()
    """Esc in the empty field."""
    list_wanted = Signal()
    """Down or Enter: on to what was found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self.setPlaceholderText("Search articles")
        self.setAccessibleName("Search articles")
        self.setAccessibleDescription("Key /. Words of the title or the text")
        self.setTextMargins(22, 0, 22, 0)
        self.setMinimumHeight(30)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.list_wanted.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        height = self.height()
        with QPainter(self) as painter:
            glass = pixmap("search", self._theme, "text-3", 14, self.devicePixelRatioF())
            painter.drawPixmap(9, (height - 14) // 2, glass)
            if not self.text():
                width = keycap_width("/")
                cap = QRectF(self.width() - width - 9, (height - _KEYCAP) / 2, width, _KEYCAP)
                paint_keycap(painter, cap, "/", self._theme)


class FilterButton(QAbstractButton):
    """One state to look at and how many articles are in it."""

    def __init__(self, label: str, spoken: str, *, flag: bool = False) -> None:
        super().__init__()
        self._theme: Theme = LIGHT
        self._label, self._spoken, self._flag = label, spoken, flag
        self._count = 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_count(0)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    def set_count(self, count: int) -> None:
        """Show how many articles are in the state."""
        self._count = count
        articles = several(count, "article")
        self.setAccessibleName(f"{self._spoken}, {articles}")
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return self._sized(14)

    @override
    def minimumSizeHint(self) -> QSize:
        return self._sized(2)

    def _sized(self, padding: int) -> QSize:
        metrics = QFontMetricsF(font("ui", 11.5, weight=500, tabular=True))
        width = metrics.horizontalAdvance(self._words()) + self._inset() + padding
        return QSize(max(_TARGET, round(width)), _TARGET)

    def _words(self) -> str:
        return f"{self._label} {short(self._count)}".strip()

    def _inset(self) -> int:
        return 12 if self._flag else 0

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        chosen = self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            if chosen or self.underMouse():
                painter.setBrush(self._theme.color("row-sel" if chosen else "hover"))
                painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 11, 11)
            if self.hasFocus():
                painter.setPen(QPen(self._theme.color("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 11, 11)
            if self._flag:
                left = (rect.width() - self.minimumSizeHint().width()) / 2 + 1
                paint_flag(painter, QRectF(left, 8, 8, 8), self._theme)
            painter.setFont(font("ui", 11.5, weight=500 if chosen else 400, tabular=True))
            painter.setPen(self._theme.color("text" if chosen else "text-2"))
            painter.drawText(
                rect.adjusted(self._inset(), 0, 0, 0), Qt.AlignmentFlag.AlignCenter, self._words()
            )


class StateFilter(QWidget):
    """All, new, open, done, flagged: one of them is chosen."""

    chosen = Signal(object)
    """A `State`, or None for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[State | None, FilterButton] = {
            None: FilterButton("All", "All"),
            "new": FilterButton("New", "New"),
            "in progress": FilterButton("Open", "In progress"),
            "done": FilterButton("Done", "Done"),
            "flagged": FilterButton("", "Flagged", flag=True),
        }
        self.setAccessibleName("Articles shown")
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 4, 0)
        row.setSpacing(0)
        for number, (state, button) in enumerate(self._buttons.items()):
            group.addButton(button, number)
            if number:
                row.addStretch(1)
            row.addWidget(button)
            button.toggled.connect(lambda on, s=state: self.chosen.emit(s) if on else None)
        self._buttons[None].setChecked(True)

    @property
    def state(self) -> State | None:
        """The state that is chosen; None for all."""
        return next(state for state, button in self._buttons.items() if button.isChecked())

    def choose(self, state: State | None) -> None:
        """Choose one of the states."""
        self._buttons[state].setChecked(True)

    def show_counts(self, counts: dict[State, int]) -> None:
        """Show how many articles are in each state."""
        self._buttons[None].set_count(sum(counts.values()))
        for state in STATES:
            self._buttons[state].set_count(counts.get(state, 0))

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        for button in self._buttons.values():
            button.set_theme(theme)
