"""The bar over the article: which article, which marks are shown, flag and done."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget
from typing_extensions import override

from app.model.article import State
from app.model.codebook import Codebook, SpanType
from app.ui.badge import paint_badge
from app.ui.controls import tool_button
from app.ui.icons import icon
from app.ui.keycap import keycap_width
from app.ui.theme import LIGHT, Theme, font
from app.ui.tips import tip

_HEIGHT = 40
_MARGIN, _GAP = 12, 6
_BEFORE_DONE = 4


class ReaderBar(QWidget):
    """Thin: it shows what it is told and says what is wished."""

    previous_requested = Signal()
    next_requested = Signal()
    types_shown_changed = Signal(object)
    """The names of the types whose marks are shown, as a set."""
    suggestions_switched = Signal(bool)
    zoom_requested = Signal(int)
    """Steps of text size: up, down, or 0 for the normal one."""
    flag_requested = Signal()
    done_requested = Signal()
    reopen_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._state: State = "new"
        self._filters: dict[str, _TypeFilter] = {}
        self.setFixedHeight(_HEIGHT)
        self._previous = tool_button("Previous article (P)")
        self._next = tool_button("Next article (N)")
        self._place = QLabel()
        self._place.setFont(font("ui", 12, tabular=True))
        self._place.setProperty("class", "label")
        self._shown = QLabel("Show")
        self._shown.setProperty("class", "label")
        self._shown.setContentsMargins(0, 0, 4, 0)
        self._filter_row = QHBoxLayout()
        self._filter_row.setSpacing(2)
        self._suggestions = _SuggestionSwitch()
        self._divider = _Divider()
        self._size = tool_button("Text size")
        self._size.setMenu(self._size_menu())
        self._size.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._flag = tool_button("Flag article (F)")
        self._flag.setCheckable(True)
        self._done = _DoneButton()
        self._arrange()
        self._previous.clicked.connect(self.previous_requested)
        self._next.clicked.connect(self.next_requested)
        self._suggestions.clicked.connect(self.suggestions_switched)
        self._flag.clicked.connect(self.flag_requested)
        self._done.clicked.connect(self._done_clicked)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._previous)
        row.addSpacing(-2)
        row.addWidget(self._next)
        row.addSpacing(2)
        row.addWidget(self._place)
        row.addStretch(1)
        row.addWidget(self._shown)
        row.addLayout(self._filter_row)
        row.addWidget(self._suggestions)
        row.addWidget(self._divider)
        row.addWidget(self._size)
        row.addWidget(self._flag)
        row.addSpacing(_BEFORE_DONE)
        row.addWidget(self._done)

    def _size_menu(self) -> QMenu:
        menu = QMenu(self._size)
        for words, step in (
            ("Larger text\tCtrl++", +1),
            ("Smaller text\tCtrl+-", -1),
            ("Normal text size\tCtrl+0", 0),
        ):
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, step=step: self.zoom_requested.emit(step))
        return menu

    def set_codebook(self, codebook: Codebook) -> None:
        """Offer a filter for each type of the codebook; all are shown."""
        while item := self._filter_row.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._filters = {}
        for span_type in codebook.types:
            if span_type.archived:
                continue
            button = _TypeFilter(span_type)
            button.set_theme(self._theme)
            button.toggled.connect(self._filtered)
            self._filters[span_type.name] = button
            self._filter_row.addWidget(button)
        self._fit()

    def show_article(self, place: int, total: int, state: State, counts: dict[str, int]) -> None:
        """Show the article's place (from 1), its state and its marks by type."""
        self._place.setText(f"{place:,} of {total:,}")
        self._previous.setEnabled(place > 1)
        self._next.setEnabled(place < total)
        self._state = state
        self._flag.setChecked(state == "flagged")
        self._flag.setIcon(icon("flag", self._theme, "danger" if state == "flagged" else "text-2"))
        self._done.set_done(state == "done")
        for name, button in self._filters.items():
            button.set_count(counts.get(name, 0))
        self._fit()

    def show_suggestions(self, *, on: bool, count: int, looking: bool = False) -> None:
        """Show whether suggestions lie over the text, how many, and whether more may come."""
        self._suggestions.show_state(on=on, count=count, looking=looking)
        self._fit()

    def set_read_only(self, read_only: bool) -> None:
        """Offer or refuse what would write; nothing is proposed either."""
        self._suggestions.setEnabled(not read_only)
        self._flag.setEnabled(not read_only)
        self._done.setEnabled(not read_only)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self._previous.setIcon(icon("chevron-left", theme))
        self._next.setIcon(icon("chevron-right", theme))
        self._suggestions.set_theme(theme)
        self._divider.set_theme(theme)
        self._size.setIcon(icon("a-large-small", theme))
        self._flag.setIcon(icon("flag", theme, "danger" if self._state == "flagged" else "text-2"))
        self._done.set_theme(theme)
        for button in self._filters.values():
            button.set_theme(theme)
        self.update()

    def _filtered(self) -> None:
        self.types_shown_changed.emit(
            {n for n, button in self._filters.items() if button.isChecked()}
        )

    def _done_clicked(self) -> None:
        (self.reopen_requested if self._state == "done" else self.done_requested).emit()

    def _fit(self) -> None:
        """Leave out what has no room: the word first, then text size, filters and flag."""
        stays = (self._previous, self._next, self._place, self._done)
        room = self.width() - 2 * _MARGIN - _BEFORE_DONE - sum(_width(part) for part in stays)
        for parts in (
            (self._flag,),
            tuple(self._filters.values()),
            (self._suggestions,),
            (self._divider, self._size),
            (self._shown,),
        ):
            room -= sum(_width(part) for part in parts)
            for part in parts:
                part.setVisible(room >= 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("paper"))
            painter.fillRect(0, _HEIGHT - 1, self.width(), 1, self._theme.color("line"))


def _width(part: QWidget) -> int:
    """Return the room that a part of the bar takes, with the gap beside it."""
    return min(part.sizeHint().width(), part.maximumWidth()) + _GAP


class _Divider(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme = LIGHT
        self.setFixedSize(QSize(11, 16))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return self.maximumSize()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(7, 0, 1, 16, self._theme.color("line-2"))


class _Painted(QAbstractButton):
    """A button that paints itself; subclasses say how wide it is and what stands in it."""

    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme = LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def _paint_focus(self, painter: QPainter, radius: float) -> None:
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)


class _TypeFilter(_Painted):
    """Badge and count of one type; switched off, its marks are not painted."""

    def __init__(self, span_type: SpanType) -> None:
        super().__init__()
        self._type = span_type
        self._count = 0
        self.setCheckable(True)
        self.setChecked(True)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(f"Show {self._type.plural.lower()}, {count:,} in this article")
        self.setToolTip(tip(f"Show or hide {self._type.plural.lower()}"))
        self.setFixedSize(self.sizeHint())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font("ui", 12, tabular=True))
        return QSize(round(8 + 16 + 6 + metrics.horizontalAdvance(f"{self._count:,}") + 8), 28)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.underMouse():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.color("hover"))
                painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
            painter.setOpacity(1.0 if self.isChecked() else 0.35)
            paint_badge(
                painter, QRectF(8, 6, 16, 16), self._type.letter, self._type.ink, self._theme
            )
            painter.setPen(self._theme.color("text-2"))
            painter.setFont(font("ui", 12, tabular=True))
            box = QRectF(30, 0, self.width() - 30, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, f"{self._count:,}")
            painter.setOpacity(1.0)
            self._paint_focus(painter, 6)


class _SuggestionSwitch(_Painted):
    """“Suggestions” with their number; switched off, none are made."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setCheckable(True)
        self.show_state(on=False, count=0)

    def show_state(self, *, on: bool, count: int, looking: bool = False) -> None:
        self.setChecked(on)
        more = "…" if looking else ""
        self._words = f"Suggestions {count:,}{more}" if on else "Suggestions"
        name = f"Suggestions, {count:,} in this article{' so far' if looking else ''}"
        self.setAccessibleName(name if on else "Suggestions")
        self.setToolTip("Hide suggestions" if on else "Show suggestions")
        self.setFixedSize(self.sizeHint())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font("ui", 12, tabular=True))
        return QSize(round(8 + 16 + 4 + metrics.horizontalAdvance(self._words) + 8), 28)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.underMouse() and self.isEnabled():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.color("hover"))
                painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
            role = "text-2" if self.isChecked() else "text-3"
            painter.setOpacity(1.0 if self.isEnabled() else 0.35)
            icon("sparkles", self._theme, role).paint(painter, 8, 6, 16, 16)
            painter.setPen(self._theme.color(role))
            painter.setFont(font("ui", 12, tabular=True))
            box = QRectF(28, 0, self.width() - 28, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._words)
            painter.setOpacity(1.0)
            self._paint_focus(painter, 6)


class _DoneButton(_Painted):
    """“Mark done” with its keys, or “Done” where a click takes that back."""

    def __init__(self) -> None:
        super().__init__()
        self._is_done = False
        self.set_done(False)

    def set_done(self, done: bool) -> None:
        self._is_done = done
        self.setText("Done" if done else "Mark done")
        self.setAccessibleName(
            "Done, reopen the article" if done else "Mark done and open the next"
        )
        self.setToolTip("Reopen the article" if done else "Mark done and open the next")
        self.setFixedSize(self.sizeHint())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(font("ui", 12, weight=500)).horizontalAdvance(self.text())
        beside = 22.0 if self._is_done else keycap_width("Ctrl ⏎") + 8
        return QSize(round(words + beside + 2 * 10), 24)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        done = self._is_done
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setOpacity(1.0 if self.isEnabled() else 0.4)
            painter.setPen(QPen(self._theme.color("line-2" if done else "accent"), 1))
            painter.setBrush(self._theme.color("raised" if done else "accent"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            left = 10.0
            if done:
                icon("circle-check", self._theme, "text-2").paint(painter, 9, 4, 16, 16)
                left = 32.0
            painter.setPen(self._theme.color("text" if done else "accent-fg"))
            painter.setFont(font("ui", 12, weight=500))
            painter.drawText(
                QRectF(left, 0, self.width(), self.height()),
                Qt.AlignmentFlag.AlignVCenter,
                self.text(),
            )
            if not done:
                width = keycap_width("Ctrl ⏎")
                box = QRectF(self.width() - width - 9, 4, width, 16)
                painter.setPen(QPen(self._theme.color("line-3"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
                painter.setPen(self._theme.color("accent-fg"))
                painter.setFont(font("ui", 10.5, weight=500))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "Ctrl ⏎")
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self._theme.color("line-3"), 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 5, 5)
