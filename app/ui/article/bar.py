"""A floating bar of keys and words over the text: the quick-tag bar and the prompt of a slot.

A child of the viewport that never takes the focus. It paints itself, shadow included.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.badge import paint_letter
from app.ui.keycap import keycap_width, paint_keycap
from app.ui.theme import LIGHT, Theme, font

SHADOW = 14
"""Pixels around the bar that hold its shadow."""

_HEIGHT = 36
_EDGE = 4
_PAD = 7
_CAP = 16
_BADGE = 16


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: a keycap, a type's badge, words. `id` is reported when it is clicked."""

    id: str = ""
    key: str = ""
    badge: str = ""
    ink: QColor | None = None
    tint: QColor | None = None
    label: str = ""
    colour: str = "text"
    weight: int = 400
    separated: bool = False


class Bar(QWidget):
    """Shows items in a row. `show_items` sizes it; `place` moves its frame."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._items: tuple[Item, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.hide()

    @property
    def items(self) -> tuple[Item, ...]:
        """What is shown."""
        return self._items

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    def show_items(self, items: tuple[Item, ...], *, name: str) -> None:
        """Show these items; `name` is what assistive technology calls the bar."""
        self._items = items
        self.setAccessibleName(name)
        self.resize(self.sizeHint())
        self.show()
        self.raise_()
        self.update()

    def place(self, left: float, top: float) -> None:
        """Move the bar so that its frame begins there, in the viewport."""
        self.move(QPoint(round(left) - SHADOW, round(top) - SHADOW))

    def frame(self) -> QRect:
        """Return the frame without the shadow, in the viewport."""
        return self.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)

    @override
    def sizeHint(self) -> QSize:
        width = sum(self._width(item) for item in self._items) + 2 * _EDGE
        return QSize(round(width) + 2 * SHADOW, _HEIGHT + 2 * SHADOW)

    def _font(self, item: Item) -> QFont:
        return font("ui", 12.5, weight=item.weight)

    def _width(self, item: Item) -> float:
        width = 2.0 * _PAD + (13 if item.separated else 0)
        width += keycap_width(item.key) + 6 if item.key else 0
        width += _BADGE + 7 if item.badge else 0
        width += QFontMetricsF(self._font(item)).horizontalAdvance(item.label) if item.label else -6
        return width

    def _places(self) -> list[tuple[Item, QRectF]]:
        x, found = float(SHADOW + _EDGE), []
        for item in self._items:
            width, skip = self._width(item), 13 if item.separated else 0
            found.append(
                (item, QRectF(x + skip, SHADOW + _EDGE, width - skip, _HEIGHT - 2 * _EDGE))
            )
            x += width
        return found

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        for item, rect in self._places():
            if (
                item.id
                and rect.contains(event.position())
                and event.button() == Qt.MouseButton.LeftButton
            ):
                self.chosen.emit(item.id)
                break
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = any(item.id and rect.contains(event.position()) for item, rect in self._places())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_frame(painter)
            for item, rect in self._places():
                self._paint_item(painter, item, rect)

    def _paint_frame(self, painter: QPainter) -> None:
        frame = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        strength = 0.5 if self._theme.mode == "dark" else 0.2
        for n in range(SHADOW, 0, -2):
            shade = QColor(0, 0, 0)
            shade.setAlphaF(strength * 0.16 * (1 - n / (SHADOW + 2)))
            path = QPainterPath()
            path.addRoundedRect(
                frame.adjusted(-n + 3, -n + 7, n - 3, min(n + 3, SHADOW)), 8 + n, 8 + n
            )
            painter.fillPath(path, shade)
        path = QPainterPath()
        path.addRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)
        painter.fillPath(path, self._theme.color("raised"))
        painter.strokePath(path, QPen(self._theme.color("line-2"), 1))

    def _paint_item(self, painter: QPainter, item: Item, rect: QRectF) -> None:
        theme = self._theme
        if item.separated:
            painter.fillRect(
                QRectF(rect.left() - 7, rect.top() + 5, 1, rect.height() - 10),
                theme.color("line-2"),
            )
        if item.tint is not None:
            path = QPainterPath()
            path.addRoundedRect(rect, 6, 6)
            painter.fillPath(path, item.tint)
        x, middle = rect.left() + _PAD, rect.center().y()
        if item.key:
            width = keycap_width(item.key)
            paint_keycap(painter, QRectF(x, middle - _CAP / 2, width, _CAP), item.key, theme)
            x += width + 6
        if item.badge and item.ink is not None:
            square = QRectF(x, middle - _BADGE / 2, _BADGE, _BADGE)
            paint_letter(painter, square, item.badge, (item.ink, theme.color("ink-fg")), 10.5)
            x += _BADGE + 7
        painter.setFont(self._font(item))
        painter.setPen(theme.color(item.colour))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            QRectF(x, rect.top(), rect.right() - x + _PAD, rect.height()), left, item.label
        )
