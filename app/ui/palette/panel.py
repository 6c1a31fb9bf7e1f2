"""The command palette: one line to type in, and below it whatever may be meant.

A child of the window that lies over it; the keyboard goes back where it was.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.ui.announce import announce
from app.ui.badge import paint_badge
from app.ui.icons import pixmap
from app.ui.key_help import caps
from app.ui.keycap import Keycap, keycap_width, paint_keycap
from app.ui.palette.entries import Entry, match
from app.ui.popup import PopupShadow
from app.ui.theme import LIGHT, Mode, Theme, font

Index = QModelIndex | QPersistentModelIndex

_WIDTH, _HEIGHT, _ABOVE = 622, 555, 104
_ROW, _HEADING = 36, 30
_EDGE = 12
_LEAST_DETAIL = 40
_SHADE: dict[Mode, float] = {"light": 0.14, "dark": 0.4}
"""How much the window below is darkened."""

_ENTRY_ROLE = Qt.ItemDataRole.UserRole

_PASSING = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""Reasons to lose the keyboard for a while only."""

_SOON_MS = 50
"""After the palette was painted, and before a person can have typed a letter."""


class Offer(Protocol):
    """Answers what was typed."""

    def __call__(self, typed: str) -> Sequence[Entry]:
        """Return what is offered for the words typed, in the order of its sections."""

    def refresh(self) -> None:
        """Forget what was learnt of the article before: the palette opens."""

    def prepare(self) -> None:
        """Do ahead what the first letter will need."""


class _Rows(QAbstractListModel):
    """Headings and entries in one list; only entries can be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[str | Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show entries, a heading above each section."""
        self.beginResetModel()
        self.rows = []
        section = ""
        for entry in entries:
            if entry.section != section:
                section = entry.section
                self.rows.append(section)
            self.rows.append(entry)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == _ENTRY_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else spoken(row)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def spoken(entry: Entry) -> str:
    """Return what a screen reader says of an entry."""
    return ", ".join(filter(None, (entry.title, entry.detail, entry.key)))


class _Delegate(QStyledItemDelegate):
    """Paints headings, and entries with the letters that were typed in bold."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.wanted = ""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_heading = isinstance(index.data(_ENTRY_ROLE), str)
        return QSize(0, _HEADING if is_heading else _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, rect = index.data(_ENTRY_ROLE), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, str):
            painter.setFont(font("ui", 11.5, weight=600))
            painter.setPen(self.theme.color("text-2"))
            box = rect.adjusted(_EDGE, 4, -_EDGE, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, row)
        elif isinstance(row, Entry):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.theme.color("row-sel"))
                painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 5, 5)
            self._paint_entry(painter, rect.adjusted(_EDGE, 0, -_EDGE, 0), row, chosen=chosen)
        painter.restore()

    def _paint_entry(self, painter: QPainter, box: QRectF, entry: Entry, *, chosen: bool) -> None:
        theme, middle = self.theme, box.center().y()
        square = QRectF(box.left(), middle - 8, 16, 16)
        if entry.badge:
            paint_badge(painter, square, *entry.badge, theme)
        elif entry.icon:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(square.topLeft(), pixmap(entry.icon, theme, "text-2", 16, ratio))
        if chosen and entry.does and not entry.key:
            self._paint_right(painter, box, entry.does)
        if entry.key or chosen:
            key = _printed(entry.key or "Return")
            width = keycap_width(key)
            cap = QRectF(box.right() - width, middle - 8, width, 16)
            paint_keycap(painter, cap, key, theme)
            box.setRight(cap.left() - 10)
        box.setLeft(box.left() + 26)
        used = self._paint_title(painter, box, entry.title)
        if entry.detail and box.width() - used > _LEAST_DETAIL:
            painter.setFont(font("ui", 11.5))
            painter.setPen(theme.color("text-2" if chosen else "text-3"))
            rest = box.adjusted(used + 10, 0, 0, 0)
            words = QFontMetricsF(painter.font()).elidedText(
                entry.detail, Qt.TextElideMode.ElideRight, rest.width()
            )
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_right(self, painter: QPainter, box: QRectF, words: str) -> None:
        """Paint words at the right end of a row, and take their room from it."""
        painter.setFont(font("ui", 11.5))
        painter.setPen(self.theme.color("text-2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        box.setRight(box.right() - QFontMetricsF(painter.font()).horizontalAdvance(words) - 8)

    def _paint_title(self, painter: QPainter, box: QRectF, title: str) -> float:
        """Paint the title with what was typed in bold; return how wide it is."""
        plain = font("ui", 12.5)
        metrics = QFontMetricsF(plain)
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, box.width() - 20)
        layout = QTextLayout(shown, plain)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        bold = QTextCharFormat()
        bold.setFontWeight(600)
        found = match(shown, self.wanted) if self.wanted else None
        formats = []
        for start, end in found[1] if found else ():
            stretch = QTextLayout.FormatRange()
            stretch.start = len(shown[:start].encode("utf-16-le")) // 2
            stretch.length = len(shown[start:end].encode("utf-16-le")) // 2
            stretch.format = bold
            formats.append(stretch)
        layout.setFormats(formats)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(box.width() + 100)
        layout.endLayout()
        painter.setPen(self.theme.color("text"))
        layout.draw(painter, box.topLeft() + QPoint(0, 0) + _down(box, line.height()))
        return line.naturalTextWidth()


def _printed(key: str) -> str:
    return " ".join(caps((key,))[0])


def _down(box: QRectF, height: float) -> QPoint:
    return QPoint(0, round((box.height() - height) / 2))


class _Shade(QWidget):
    """Darkens the window below the palette; a click there closes it."""

    pressed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.mode: Mode = "light"
        self.hide()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shade = QColor(0, 0, 0)
        shade.setAlphaF(_SHADE[self.mode])
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), shade)


class Palette(QWidget):
    """Asks `offer` at every letter and runs what is chosen, after it has closed."""

    said = Signal(str)
    """What a screen reader is told: the row that Enter would take."""

    def __init__(self, window: QWidget, offer: Offer, chosen: Callable[[Entry], None]) -> None:
        super().__init__(window)
        self._offer = offer
        self._chosen = chosen
        self._theme: Theme = LIGHT
        self._before: QWidget | None = None
        self._told = ""
        self.setAccessibleName("Command palette")
        self._model = _Rows()
        self._line = QLineEdit()
        self._line.setFrame(False)
        self._line.setPlaceholderText("Search or run a command")
        self._line.setAccessibleName("Search or run a command")
        self._line.setProperty("class", "bare tall")
        self._list = QListView()
        self._delegate = _Delegate(self._list)
        self._icon = QLabel()
        self._nothing = QLabel("Nothing here is called so.")
        self._caps: list[Keycap] = []
        self._arrange()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._offer.prepare)
        self._shade = _Shade(window)
        self._shade.pressed.connect(self.leave)
        self._shadow = PopupShadow(self, radius=10)
        self._line.textChanged.connect(self._ask)
        self._line.installEventFilter(self)
        self._list.clicked.connect(self._take)
        window.installEventFilter(self)
        self.hide()

    def _arrange(self) -> None:
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._delegate)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.viewport().setAutoFillBackground(False)
        self._list.setStyleSheet("background: transparent")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName("Matches")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setProperty("class", "label")
        head = QHBoxLayout()
        head.setContentsMargins(18, 10, 16, 10)
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._line, 1)
        for key, words in ((">", "commands"), ("@", "actors"), ("#", "articles")):
            self._add_key(head, key, words)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 16, 8)
        foot.setSpacing(6)
        for key, words in (("↑", ""), ("↓", "move"), ("⏎", "run")):
            self._add_key(foot, key, words)
        foot.addStretch(1)
        self._add_key(foot, "Esc", "close")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        middle = QVBoxLayout()
        middle.setContentsMargins(6, 6, 6, 6)
        middle.addWidget(self._list, 1)
        middle.addWidget(self._nothing, 1)
        column.addLayout(middle, 1)
        column.addLayout(foot)
        self._head_height, self._foot_height = 46, 32

    def _add_key(self, row: QHBoxLayout, key: str, words: str) -> None:
        cap = Keycap(key)
        self._caps.append(cap)
        row.addWidget(cap)
        if words:
            label = QLabel(words)
            label.setProperty("class", "caption")
            row.addWidget(label)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = self._delegate.theme = theme
        self._shade.mode = theme.mode
        self._shadow.set_theme(theme)
        self._icon.setPixmap(pixmap("search", theme, "text-2", 16, self.devicePixelRatioF()))
        for cap in self._caps:
            cap.set_theme(theme)
        self.update()

    # -- coming and going -------------------------------------------------------------------------

    def toggle(self, words: str = "") -> None:
        """Open, or close where it is open."""
        if self.isVisible():
            self.leave()
            return
        self._before = self.window().focusWidget()
        self._told = ""
        self._offer.refresh()
        self._place()
        self._line.setText(words)
        self._ask(words)
        self._shade.show()
        self._shade.raise_()
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)
        self._soon.start()

    def leave(self) -> None:
        """Close; the keyboard goes back where it was."""
        before, self._before = self._before, None
        self._soon.stop()
        self.hide()
        self._shade.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def entries(self) -> list[Entry]:
        """Return what is offered now."""
        return [row for row in self._model.rows if isinstance(row, Entry)]

    def current(self) -> Entry | None:
        """Return the entry that Enter would take."""
        row = self._list.currentIndex().data(_ENTRY_ROLE)
        return row if isinstance(row, Entry) else None

    def _place(self) -> None:
        room = self.window().rect()
        width = min(_WIDTH, room.width() - 24)
        height = min(_HEIGHT, room.height() - _ABOVE - 24)
        self.setGeometry(QRect((room.width() - width) // 2, _ABOVE, width, height))
        self._shade.setGeometry(room)

    def _ask(self, words: str) -> None:
        wanted = words.lstrip(">@# ").strip()
        self._delegate.wanted = wanted
        self._model.show_entries(self._offer(words))
        self._list.setVisible(bool(self._model.rows))
        self._nothing.setVisible(not self._model.rows)
        if not self._model.rows:
            self._tell(self._nothing.text())
        self._go(0, +1)

    def _go(self, place: int, step: int) -> None:
        """Go to the first entry from a place on, in a direction."""
        rows = self._model.rows
        while 0 <= place < len(rows):
            row = rows[place]
            if isinstance(row, Entry):
                self._list.setCurrentIndex(self._model.index(place))
                self._tell(spoken(row))
                if place <= 1:
                    self._list.scrollToTop()
                return
            place += step

    def _tell(self, words: str) -> None:
        """Tell which row is current: the keyboard stays in the line, so no focus tells it."""
        if words == self._told:
            return
        self._told = words
        self.said.emit(words)
        announce(self, words, urgent=True)  # what is not current any more need not be said

    def _take(self, index: Index) -> None:
        row = index.data(_ENTRY_ROLE)
        if isinstance(row, Entry):
            self.leave()
            self._chosen(row)

    # -- Qt ---------------------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.window() and self.isVisible():
            if event.type() == QEvent.Type.Resize:
                self._place()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press(event)
        elif isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._lose(event.reason())
        return super().eventFilter(watched, event)

    def _lose(self, reason: Qt.FocusReason) -> None:
        """Close when the keyboard went elsewhere in this window, and leave it there."""
        if self.isVisible() and reason not in _PASSING:
            self._before = None
            self.leave()

    def _press(self, event: QKeyEvent) -> bool:
        here = self._list.currentIndex().row()
        last = len(self._model.rows) - 1
        match event.key():
            case Qt.Key.Key_Down:
                self._go(here + 1, +1)
            case Qt.Key.Key_Up:
                self._go(here - 1, -1)
            case Qt.Key.Key_PageDown:
                self._go(min(last, here + 8), +1 if here + 8 < last else -1)
            case Qt.Key.Key_PageUp:
                self._go(max(0, here - 8), +1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._take(self._list.currentIndex())
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                pass  # the keyboard stays in the line
            case _:
                return False
        return True

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # what lies below is not clicked

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("line-2"), 1))
            painter.setBrush(QColor(theme.color("raised")))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
            painter.setPen(theme.color("line"))
            top = self._list.y() if self._list.isVisible() else self._nothing.y()
            painter.drawLine(1, top - 7, self.width() - 2, top - 7)
            foot = self.height() - self._foot_height
            painter.drawLine(1, foot, self.width() - 2, foot)
