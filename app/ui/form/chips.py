"""A box that holds chips and a line to type in: several values of one field."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.badge import paint_badge
from app.ui.form.context import FormContext, form_font
from app.ui.form.paint import paint_box, paint_chevron, paint_cross, paint_ring
from app.ui.form.typeahead import LookUp, TypeAhead
from app.ui.tips import tip

_PAD = 1
_CHIP = 24
_INSET = 1
"""A chip is drawn lower than it can be hit."""
_LINE = 25
_LEAST_LINE = 56
_CROSS = 24
_CHEVRON = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipData:
    """One value: its key for signals, its words, the badge in front, and a word about it.

    `opens` says that the chip has more to fill in, shown by a chevron. A `guess` is no value yet:
    its chip is dashed, and a click takes it.
    """

    key: str
    label: str
    letter: str = ""
    ink: str = ""
    detail: str = ""
    tool_tip: str = ""
    opens: bool = False
    is_open: bool = False
    guess: bool = False


class Chip(QWidget):
    """A value in a box. The × removes it (24 px to hit, drawn smaller), the rest asks for it."""

    clicked = Signal(str)
    removed = Signal(str)
    opened = Signal(str)

    def __init__(self, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.data = ChipData(key="", label="")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFixedHeight(_CHIP)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_data(self, data: ChipData) -> None:
        """Show another value."""
        self.data = data
        self.setAccessibleName(self.words())
        self.setToolTip(tip(data.tool_tip or data.label))
        self.update()

    def words(self) -> str:
        """Return the value in words."""
        data = self.data
        return ", ".join(filter(None, ("guess" if data.guess else "", data.label, data.detail)))

    def wanted_width(self) -> int:
        """Return the width that shows everything."""
        words = QFontMetrics(form_font(12.5)).horizontalAdvance(self.data.label)
        if self.data.detail:
            words += QFontMetrics(form_font(11.5)).horizontalAdvance(f" · {self.data.detail}") + 2
        return words + self._left() + 2 + self._tail() + (_CHEVRON if self.data.opens else 0)

    def _left(self) -> int:
        return 26 if self.data.letter else 8

    def _tail(self) -> int:
        """Return the room behind the words: that of the ×, where there is one."""
        return 8 if self._context.read_only else _CROSS

    def _cross(self) -> QRect:
        return QRect(self.width() - self._tail(), 0, self._tail(), self.height())

    def _chevron(self) -> QRect:
        return QRect(self.width() - self._tail() - _CHEVRON + 4, 0, _CHEVRON, self.height())

    def _remove(self) -> None:
        if not self._context.read_only:
            self.removed.emit(self.data.key)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        place = event.position().toPoint()
        if self._cross().contains(place) and not self._context.read_only:
            self._remove()
        elif self.data.opens and self._chevron().contains(place):
            self.opened.emit(self.data.key)
        else:
            self.clicked.emit(self.data.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self._remove()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.clicked.emit(self.data.key)
            case Qt.Key.Key_Down if self.data.opens:
                self.opened.emit(self.data.key)
            case _:
                super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, data = self._context.theme, self.data
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = QRectF(self.rect()).adjusted(0, _INSET, 0, -_INSET)
            if data.guess:
                painter.setPen(_dashed(theme.ink(data.ink) if data.ink else theme.color("line-3")))
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.fill(data.ink) if data.ink else theme.color("sunken"))
                painter.drawRoundedRect(rect, 5, 5)
            if data.letter:
                paint_badge(painter, QRectF(4, 4, 16, 16), data.letter, data.ink, theme)
            left, right = self._left(), self._cross().left() + 4
            right -= _CHEVRON if data.opens else 0
            self._paint_words(painter, left, right)
            if data.opens:
                centre = QRectF(self._chevron()).center()
                paint_chevron(painter, centre, theme.color("text-3"), turned=not data.is_open)
            if not self._context.read_only:
                centre = QRectF(self._cross()).center() - QPointF(1.5, 0)
                paint_cross(painter, centre, theme.color("text-2"))
            if self.hasFocus():
                paint_ring(painter, rect, theme.color("focus"), 5)

    def _paint_words(self, painter: QPainter, left: int, right: int) -> None:
        """Paint label and detail; what is known about the value gives way last."""
        theme, elide = self._context.theme, Qt.TextElideMode.ElideRight
        small, large = QFontMetrics(form_font(11.5)), QFontMetrics(form_font(12.5))
        words = f" · {self.data.detail}" if self.data.detail else ""
        detail = small.elidedText(words, elide, (right - left) // 2)
        label = large.elidedText(
            self.data.label, elide, right - left - small.horizontalAdvance(detail)
        )
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(form_font(12.5))
        painter.setPen(theme.color("text-2" if self.data.guess else "text"))
        painter.drawText(QRect(left, 0, right - left, self.height()), middle, label)
        left += large.horizontalAdvance(label)
        painter.setFont(form_font(11.5))
        painter.setPen(theme.color("text-2"))
        painter.drawText(QRect(left, 0, right - left, self.height()), middle, detail)


class ChipBox(QFrame):
    """Chips and a line, wrapped like words; as high as they need."""

    chip_clicked = Signal(str)
    chip_removed = Signal(str)
    chip_opened = Signal(str)

    def __init__(
        self, look_up: LookUp, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._chips: list[Chip] = []
        self._shown = 0
        self._placeholder = ""
        self.line = TypeAhead(look_up, context, self)
        self.line.setProperty("class", "bare")
        self.line.setFrame(False)
        self.line.setFont(form_font(12.5))
        self.line.anchor = self
        self.line.moves_on = False
        self.line.textChanged.connect(self._arrange)
        self.line.focus_changed.connect(lambda _: self.update())
        self.line.emptied_backwards.connect(self._remove_last)
        self.line.walked_back.connect(self._walk_back)
        self.line.setEnabled(not context.read_only)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(28)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The chips shown."""
        return tuple(self._chips[: self._shown])

    def set_placeholder(self, words: str) -> None:
        """Say what stands here while nothing does."""
        self._placeholder = words
        self.line.setPlaceholderText("" if self._shown else words)

    def set_chips(self, wanted: Sequence[ChipData]) -> None:
        """Show these values; widgets are used again."""
        if [chip.data for chip in self.chips] == list(wanted):
            return
        while len(self._chips) < len(wanted):
            chip = Chip(self._context, self)
            chip.clicked.connect(self.chip_clicked)
            chip.removed.connect(self._remove)
            chip.opened.connect(self.chip_opened)
            self._chips.append(chip)
        for chip, data in zip(self._chips, wanted, strict=False):
            chip.show_data(data)
            chip.show()
        for chip in self._chips[len(wanted) :]:
            if chip.hasFocus():
                self.line.setFocus()
            chip.hide()
        self._shown = len(wanted)
        self.line.setPlaceholderText("" if wanted else self._placeholder)
        self._arrange()

    def name(self, label: str, nothing: str) -> None:
        """Tell the ear what stands in the slot: “Speaker, Aleksei Navalny, 1 of 1”."""
        many = len(self.chips)
        said: list[str] = []
        for place, chip in enumerate(self.chips, 1):
            said.append(f"{chip.words()}, {place} of {many}")
            chip.setAccessibleName(f"{label}, {said[-1]}")
        self.line.setAccessibleName(", ".join([label, *(said or [nothing])]))

    def _remove(self, key: str) -> None:
        self.line.setFocus()
        self.chip_removed.emit(key)

    def _remove_last(self) -> None:
        if self._shown:
            self.chip_removed.emit(self._chips[self._shown - 1].data.key)

    def _walk_back(self) -> None:
        if self._shown:
            self._chips[self._shown - 1].setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Arrow keys that a chip left over: walk along the chips and back into the line.
        here = next((n for n, chip in enumerate(self.chips) if chip.hasFocus()), None)
        if here is not None and event.key() == Qt.Key.Key_Left:
            self._chips[max(here - 1, 0)].setFocus()
        elif here is not None and event.key() == Qt.Key.Key_Right:
            (self._chips[here + 1] if here + 1 < self._shown else self.line).setFocus()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._arrange()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.EnabledChange:
            self.update()
        return super().event(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, self.height())

    def _arrange(self) -> None:
        most = max(self.width() - 2 * (_PAD + 1), 60)
        x, y = _PAD + 1, _PAD + 1
        for chip in self.chips:
            width = min(chip.wanted_width(), most)
            if x > _PAD + 1 and x + width > self.width() - _PAD - 1:
                x, y = _PAD + 1, y + _LINE
            chip.setGeometry(x, y, width, _CHIP)
            x += width + 3
        typed = QFontMetrics(self.line.font()).horizontalAdvance(self.line.text()) + 16
        if x > _PAD + 1 and self.line.text() and x + max(typed, _LEAST_LINE) > self.width() - _PAD:
            x, y = _PAD + 1, y + _LINE
        inset = 1 if x == _PAD + 1 else 0
        # With chips in front and nothing typed the line may be narrow: only a cursor stands there.
        self.line.setGeometry(x + inset, y, max(self.width() - x - inset - _PAD, 8), _CHIP)
        height = y + _CHIP + _PAD + 1
        if height != self.height():
            self.setFixedHeight(height)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = QRectF(self.rect())
            ground = "app" if self._context.read_only else "paper"
            paint_box(painter, rect, theme.color(ground), line=theme.color("line-2"))
            if self.line.hasFocus():
                paint_ring(painter, rect, theme.color("focus"))

    def chip_at(self, key: str) -> Chip | None:
        """Return the chip with that key."""
        return next((chip for chip in self.chips if chip.data.key == key), None)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, 28)


def _dashed(colour: QColor) -> QPen:
    """Return the pen of what is only proposed, as in the text."""
    pen = QPen(colour, 1.3)
    pen.setDashPattern([4 / 1.3, 3 / 1.3])
    return pen


def centre_of_cross(chip: Chip) -> QPoint:
    """Return where the × of a chip is, in the chip's own pixels."""
    return QPoint(chip.width() - _CROSS // 2, chip.height() // 2)
