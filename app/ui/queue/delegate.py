"""How a row of the queue looks: state, title on up to two lines, source, date, number of marks."""

from dataclasses import dataclass
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
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QStaticText,
    QTextLayout,
    QTextOption,
    QTransform,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.model.article import ArticleRow
from app.model.wording import day
from app.ui.listed import is_selected, paint_ground, paint_ring
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
        self.set_theme(LIGHT)
        self.rail = False
        """Whether only the state is shown: the pane is folded to a rail."""

    def set_theme(self, theme: Theme) -> None:
        """Take another look; the view repaints itself."""
        self._theme = theme
        self._text, self._faint = theme.color("text"), theme.color("text-3")

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, RAIL_HEIGHT if self.rail else HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        box = QRectF(rect)
        painter.save()
        paint_ground(painter, box, state, self._theme, bar=True)
        row = index.data(ROW_ROLE)
        if isinstance(row, ArticleRow) and self.rail:
            corner = box.center() - QPointF(GLYPH / 2, GLYPH / 2)
            paint_state(painter, corner, row.state, self._theme)
        elif isinstance(row, ArticleRow):
            widget: QWidget | None = option.widget
            # A scroll bar takes from the margin, not from the text.
            edge = widget.width() - _RIGHT if widget else rect.right() + 1 - _RIGHT
            right = min(edge, rect.right() + 1 - _LEAST_RIGHT)
            selected = is_selected(state)
            self._paint_row(painter, rect.topLeft(), right, row, selected=selected)
        paint_ring(painter, box, state, self._theme)
        painter.restore()

    def _paint_row(
        self, painter: QPainter, corner: QPoint, right: int, row: ArticleRow, *, selected: bool
    ) -> None:
        left = corner.x() + _TEXT_X
        width = max(1, right - left)
        done = row.state == "done"
        title = _titled(row.title, width, 400 if done else 600 if selected else 500)
        # A short title leaves its second line empty; the rest moves to the middle of the row.
        top = corner.y() + _TOP + (2 - title.lines) * _LINE // 2
        paint_state(
            painter,
            QPointF(corner.x() + _GLYPH_X, top + (_LINE - GLYPH) / 2),
            row.state,
            self._theme,
        )
        painter.setPen(self._faint if done else self._text)
        for layout in title.layouts:
            layout.draw(painter, QPointF(left, top))
        self._paint_facts(painter, QRectF(left, top + title.lines * _LINE, width, _META), row)

    def _paint_facts(self, painter: QPainter, meta: QRectF, row: ArticleRow) -> None:
        """Paint source, date and number of marks, as far as there are any."""
        painter.setFont(_font(11.5))
        painter.setPen(self._faint)
        if row.annotations:
            marks = _words(str(row.annotations))
            painter.drawStaticText(_at(meta, meta.right() - marks.size().width()), marks)
            meta.setRight(meta.right() - marks.size().width() - _GAP)
        date = _words(day(row.published)) if row.published else None
        room = meta.width() - (date.size().width() + _GAP if date else 0)
        if row.source:
            source = _words(_fitting(row.source, max(0.0, room)))
            painter.drawStaticText(_at(meta, meta.left()), source)
            meta.setLeft(meta.left() + source.size().width() + _GAP)
        if date:
            painter.drawStaticText(_at(meta, meta.left()), date)


@cache
def _font(size: float, weight: int = 400) -> QFont:
    return font("ui", size, weight=weight, tabular=size < 12)  # noqa: PLR2004 - figures are small


@cache
def _metrics(size: float, weight: int = 400) -> QFontMetricsF:
    return QFontMetricsF(_font(size, weight))


@dataclass(frozen=True, slots=True)
class _Title:
    """A title that is laid out: `lines` lines of it, each as high as `_LINE`."""

    layouts: tuple[QTextLayout, ...]
    lines: int


@lru_cache(maxsize=500)
def _titled(title: str, width: float, weight: int) -> _Title:
    """Return the one or two lines of a title, the second one cut short where it is too long."""
    words = " ".join(title.split()) or " "
    # Qt counts UTF-16 units, Python code points.
    units = words.encode("utf-16-le")
    layout, lines = _laid_out(words, width, weight, units=len(units) // 2)
    if 2 * sum(lines) == len(units):
        return _Title((layout,), len(lines))
    cut = 2 * lines[0]
    elide = Qt.TextElideMode.ElideRight
    rest = _metrics(12.5, weight).elidedText(units[cut:].decode("utf-16-le"), elide, width)
    head, _ = _laid_out(units[:cut].decode("utf-16-le").rstrip(), width, weight)
    return _Title((head, _laid_out(rest, width, weight, first=1)[0]), 2)


def _laid_out(
    words: str, width: float, weight: int, *, first: int = 0, units: int = 0
) -> tuple[QTextLayout, list[int]]:
    """Return words in one line, or in a second where they have so many units; and their lengths."""
    layout = QTextLayout(words, _font(12.5, weight))
    layout.setTextOption(_WRAPPED)
    layout.setCacheEnabled(True)  # else it is shaped again when it is drawn
    layout.beginLayout()
    lengths: list[int] = []
    while not lengths or (lengths[0] < units and len(lengths) == 1):
        line = layout.createLine()
        line.setLineWidth(width)
        number = first + len(lengths)
        line.setPosition(QPointF(0, number * _LINE + (_LINE - line.height()) / 2))
        lengths.append(line.textLength())
    layout.endLayout()
    return layout, lengths


@lru_cache(maxsize=2_000)
def _words(words: str) -> QStaticText:
    """Return words of the last line of a row, laid out once for all rows that have them."""
    made = QStaticText(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(QTransform(), _font(11.5))
    return made


@lru_cache(maxsize=2_000)
def _fitting(words: str, room: float) -> str:
    return _metrics(11.5).elidedText(words, Qt.TextElideMode.ElideRight, room)


def _at(line: QRectF, left: float) -> QPointF:
    """Return where words begin that stand in the middle of the height of a line."""
    return QPointF(left, line.top() + (line.height() - _metrics(11.5).height()) / 2)


def _wrapped() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


_WRAPPED = _wrapped()
