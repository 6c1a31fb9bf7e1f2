"""How a row of the queue looks: state, title on up to two lines, source, date, number of marks."""

from functools import cache, lru_cache

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.model.article import ArticleRow
from app.model.wording import day
from app.ui.listed import paint_ground, paint_ring
from app.ui.queue.glyphs import GLYPH, paint_state
from app.ui.queue.model import ROW_ROLE
from app.ui.theme import LIGHT, Theme, font

HEIGHT = 64
RAIL_HEIGHT = 36
_GLYPH_X = 13
_TEXT_X = 35
_RIGHT = 13
_LEAST_RIGHT = 6
_LINE = 17
_META = 16
_TOP = 8
_GAP = 7

Index = QModelIndex | QPersistentModelIndex


class QueueDelegate(QStyledItemDelegate):
    """Paints `ArticleRow`s. The selected row is open, the ring is where the keys are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self.rail = False
        """Whether only the state is shown: the pane is folded to a rail."""

    def set_theme(self, theme: Theme) -> None:
        """Take another look; the view repaints itself."""
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, RAIL_HEIGHT if self.rail else HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        paint_ground(painter, QRectF(rect), state, self._theme, bar=True)
        row = index.data(ROW_ROLE)
        if isinstance(row, ArticleRow) and self.rail:
            corner = QRectF(rect).center() - QPointF(GLYPH / 2, GLYPH / 2)
            paint_state(painter, corner, row.state, self._theme)
        elif isinstance(row, ArticleRow):
            widget: QWidget | None = option.widget
            # A scroll bar takes from the margin, not from the text.
            edge = widget.width() - _RIGHT if widget else rect.right() + 1 - _RIGHT
            right = min(edge, rect.right() + 1 - _LEAST_RIGHT)
            self._paint_row(
                painter, QRect(rect.topLeft(), QPoint(right, rect.bottom())), row, selected=selected
            )
        paint_ring(painter, QRectF(rect), state, self._theme)
        painter.restore()

    def _paint_row(
        self, painter: QPainter, rect: QRect, row: ArticleRow, *, selected: bool
    ) -> None:
        width = max(1, rect.width() - 1 - _TEXT_X)
        done = row.state == "done"
        weight = 400 if done else 600 if selected else 500
        made = _font(12.5, weight)
        lines = _titled(row.title, width, weight)
        # A short title leaves its second line empty; the rest moves to the middle of the row.
        top = rect.top() + _TOP + (2 - len(lines)) * _LINE // 2
        paint_state(
            painter,
            QPointF(rect.left() + _GLYPH_X, top + (_LINE - GLYPH) / 2),
            row.state,
            self._theme,
        )
        left = rect.left() + _TEXT_X
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(made)
        painter.setPen(self._theme.color("text-3" if done else "text"))
        for n, line in enumerate(lines):
            box = QRectF(left, top + n * _LINE, width, _LINE)
            painter.drawText(box, vertical | Qt.AlignmentFlag.AlignLeft, line)
        meta = QRectF(left, top + len(lines) * _LINE, width, _META)
        small, metrics = _font(11.5), _metrics(11.5)
        painter.setFont(small)
        painter.setPen(self._theme.color("text-3"))
        if row.annotations:
            marks = str(row.annotations)
            painter.drawText(meta, vertical | Qt.AlignmentFlag.AlignRight, marks)
            meta.setRight(meta.right() - metrics.horizontalAdvance(marks) - _GAP)
        date = day(row.published)
        room = meta.width() - (metrics.horizontalAdvance(date) + _GAP if date else 0)
        source = metrics.elidedText(row.source, Qt.TextElideMode.ElideRight, max(0.0, room))
        painter.drawText(meta, vertical | Qt.AlignmentFlag.AlignLeft, source)
        if date:
            used = metrics.horizontalAdvance(source) + _GAP if source else 0
            meta.setLeft(meta.left() + used)
            painter.drawText(meta, vertical | Qt.AlignmentFlag.AlignLeft, date)


@cache
def _font(size: float, weight: int = 400) -> QFont:
    return font("ui", size, weight=weight, tabular=size < 12)  # noqa: PLR2004 - figures are small


@cache
def _metrics(size: float, weight: int = 400) -> QFontMetricsF:
    return QFontMetricsF(_font(size, weight))


@lru_cache(maxsize=2_000)
def _titled(title: str, width: float, weight: int) -> list[str]:
    """Return the one or two lines of a title, the second one cut short where it is too long."""
    words = " ".join(title.split())
    if not words:
        return [""]
    layout = QTextLayout(words, _font(12.5, weight))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(width)
    layout.endLayout()
    # Qt counts UTF-16 units, Python code points.
    units = words.encode("utf-16-le")
    head = units[: 2 * first.textLength()].decode("utf-16-le").rstrip()
    rest = units[2 * first.textLength() :].decode("utf-16-le")
    if not rest:
        return [head]
    elide = Qt.TextElideMode.ElideRight
    return [head, _metrics(12.5, weight).elidedText(rest, elide, width)]
