"""A line to type in with a list of what may be meant below it.

The list is a child of the window, never a window of its own: the keyboard stays in the line.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHideEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.ui.badge import paint_badge
from app.ui.form.context import FormContext, form_font
from app.ui.form.passing import passes_on

_ROW = 27
_SHOWN = 9
_LEAST_WIDTH = 300
"""Room for a name and the words that tell one mention from another."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One entry of a list: what is shown, and the value it stands for.

    `detail` stands at the right; `letter` and `ink` make a badge in front; a `quiet` entry is an
    offer beside the matches (“Create actor …”) that Enter takes only where nothing matches.
    """

    label: str
    value: object
    detail: str = ""
    letter: str = ""
    ink: str = ""
    quiet: bool = False


LookUp = Callable[[str], Sequence[Choice]]


class TypeAhead(QLineEdit):
    """A line edit that offers choices while one types. Enter or a click picks."""

    picked = Signal(object)
    """The `Choice` taken."""
    committed = Signal(str)
    """Enter without a choice, or the focus left: the words as typed."""
    emptied_backwards = Signal()
    """Backspace or Delete in an empty line."""
    walked_back = Signal()
    """Left at the start of the line."""
    focus_changed = Signal(bool)

    def __init__(
        self, look_up: LookUp, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look_up = look_up
        self._context = context
        self._list: _ChoiceList | None = None
        self.opens_on_click = False
        """Whether a click shows everything there is, as a combo box does."""
        self.moves_on = True
        """Whether Enter goes to the next field after a pick."""
        self.anchor: QWidget = self
        """The widget the list hangs below."""
        self.present: object = None
        """The value held, which is the current entry where the list shows it."""
        self.textEdited.connect(self._offer)

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._list is not None and self._list.isVisible()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What the list offers now."""
        return self._list.choices if self._list is not None and self.is_open else ()

    def open_list(self, typed: str = "", *, takes_first: bool = True) -> None:
        """Show what the words typed may mean; everything for no words.

        `takes_first` says whether Enter takes the first entry where nothing was chosen yet.
        """
        choices = tuple(self._look_up(typed))
        if not choices:
            self.close_list()
            return
        if self._list is None:
            self._list = _ChoiceList(self._context)
            self._list.clicked.connect(self._clicked)
            self.destroyed.connect(self._list.deleteLater)
        self._list.show_below(self.anchor, choices, takes_first=takes_first)
        self._list.highlight(self.present)

    def close_list(self) -> None:
        """Hide the list."""
        if self._list is not None:
            self._list.hide()

    def _offer(self, typed: str) -> None:
        # Whoever empties the line wants it empty, not the first entry of all.
        if typed.strip():
            self.open_list(typed)
        else:
            self.close_list()

    def _clicked(self, index: QModelIndex) -> None:
        if self._list is not None:
            self._pick(self._list.choices[index.row()])

    def _pick(self, choice: Choice) -> None:
        self.close_list()
        self.picked.emit(choice)

    @override
    def event(self, event: QEvent) -> bool:
        if passes_on(self, event):
            event.ignore()
            return False
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter()
            case Qt.Key.Key_Escape if self.is_open:
                self.close_list()
            case Qt.Key.Key_Down | Qt.Key.Key_Up if self._list is not None and self.is_open:
                self._list.step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Down:
                self.open_list("")
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete if not self.text():
                self.emptied_backwards.emit()
            case Qt.Key.Key_Left if not self.cursorPosition() and not self.hasSelectedText():
                self.walked_back.emit()
            case _:
                super().keyPressEvent(event)

    def _enter(self) -> None:
        choice = self._list.current() if self._list is not None and self.is_open else None
        had_words = bool(self.text())
        if choice is not None:
            self._pick(choice)
        else:
            self.close_list()
            self.committed.emit(self.text())
        if self.moves_on or not (choice or had_words):
            self.focusNextPrevChild(True)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self.opens_on_click and not self.isReadOnly():
            if self.is_open:
                self.close_list()
            else:
                self.selectAll()
                self.open_list("", takes_first=False)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_list()
        self.setCursorPosition(0)  # of a long name the beginning is seen, not its tail
        self.focus_changed.emit(False)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.committed.emit(self.text())

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.close_list()
        super().hideEvent(event)


class _ChoiceModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.choices: tuple[Choice, ...] = ()

    def load(self, choices: tuple[Choice, ...]) -> None:
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.choices)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        choice = self.choices[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{choice.label}, {choice.detail}" if choice.detail else choice.label
        return None


class _ChoiceDelegate(QStyledItemDelegate):
    def __init__(self, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, _ChoiceModel):
            return
        choice, theme = model.choices[index.row()], self._context.theme
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("row-sel"))
            painter.drawRoundedRect(QRectF(rect).adjusted(4, 0, -4, 0), 5, 5)
        left, right = rect.left() + 10, rect.right() - 10
        if choice.letter:
            badge = QRectF(left, rect.center().y() - 7.5, 16, 16)
            paint_badge(painter, badge, choice.letter, choice.ink, theme)
            left += 22
        if choice.detail:
            painter.setFont(form_font(11.5, tabular=True))
            metrics = QFontMetrics(painter.font())
            # The label comes first: a long quote gives way to it.
            wanted = QFontMetrics(form_font(12.5)).horizontalAdvance(choice.label)
            room = max(right - left - wanted - 10, (right - left) // 3)
            detail = metrics.elidedText(choice.detail, Qt.TextElideMode.ElideMiddle, room)
            painter.setPen(theme.color("text-3"))
            painter.drawText(rect.adjusted(0, 0, -10, 0), _RIGHT, detail)
            right -= metrics.horizontalAdvance(detail) + 10
        painter.setFont(form_font(12.5))
        painter.setPen(theme.color("text-2" if choice.quiet else "text"))
        words = QRect(left, rect.top(), right - left, rect.height())
        label = QFontMetrics(painter.font()).elidedText(
            choice.label, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, _LEFT, label)
        painter.restore()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _ChoiceList(QListView):
    """The list below a line. It never takes the focus."""

    def __init__(self, context: FormContext) -> None:
        super().__init__()
        self.hide()
        self._context = context
        self._model = _ChoiceModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_ChoiceDelegate(context, self))
        self.setProperty("class", "popup")
        self.setAccessibleName("Choices")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entered.connect(self.setCurrentIndex)

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self._model.choices

    def current(self) -> Choice | None:
        row = self.currentIndex().row()
        return self.choices[row] if row >= 0 else None

    def step(self, rows: int) -> None:
        here = self.currentIndex().row()
        row = (
            (here + rows) % len(self.choices)
            if here >= 0
            else (0 if rows > 0 else len(self.choices) - 1)
        )
        self.setCurrentIndex(self._model.index(row, 0))

    def highlight(self, value: object) -> None:
        for row, choice in enumerate(self.choices if value is not None else ()):
            if choice.value == value:
                self.setCurrentIndex(self._model.index(row, 0))

    def show_below(
        self, anchor: QWidget, choices: tuple[Choice, ...], *, takes_first: bool
    ) -> None:
        window = anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self._model.load(choices)
        first = next((n for n, choice in enumerate(choices) if not choice.quiet), 0)
        self.setCurrentIndex(self._model.index(first, 0) if takes_first else QModelIndex())
        height = min(len(choices), _SHOWN) * _ROW + 10
        corner = anchor.mapTo(window, QPoint(0, anchor.height() + 3))
        if corner.y() + height > window.height():
            above = anchor.mapTo(window, QPoint(0, -height - 3))
            corner = (
                above if above.y() >= 0 else QPoint(corner.x(), max(0, window.height() - height))
            )
        width = min(max(anchor.width(), _LEAST_WIDTH), window.width())
        left = max(0, min(corner.x(), corner.x() + anchor.width() - width))
        self.setGeometry(left, corner.y(), width, height)
        self.show()
        self.raise_()
        self.scrollToTop()
