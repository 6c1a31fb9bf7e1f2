"""How a hit looks: title, the words in their surroundings, and where they come from."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from app.model.hits import Hit
from app.model.wording import day
from app.ui.listed import paint_ground, paint_ring
from app.ui.search.model import HIT_ROLE, times
from app.ui.theme import LIGHT, Theme, font

Index = QModelIndex | QPersistentModelIndex

HEIGHT = 92
_EDGE, _TOP, _LINE, _LINES = 14, 8, 18, 2


class HitDelegate(QStyledItemDelegate):
    """Paints hits. The words looked for are bold on the colour of a selection."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        """Take another look; the view repaints itself."""
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, theme = QRectF(option.rect), self._theme
        painter.save()
        paint_ground(painter, rect, option.state, theme, bar=True)
        hit = index.data(HIT_ROLE)
        if isinstance(hit, Hit):
            self._paint_hit(painter, rect.adjusted(_EDGE, _TOP, -_EDGE, -6), hit)
        paint_ring(painter, rect, option.state, theme)
        painter.restore()

    def _paint_hit(self, painter: QPainter, box: QRectF, hit: Hit) -> None:
        theme, vertical = self._theme, Qt.AlignmentFlag.AlignVCenter
        bold, small = font("ui", 12.5, weight=600), font("ui", 11.5, tabular=True)
        title = " ".join(hit.title.split()) or "Untitled"
        line = QRectF(box.left(), box.top(), box.width(), _LINE)
        painter.setFont(bold)
        painter.setPen(theme.color("text"))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(line, vertical, QFontMetricsF(bold).elidedText(title, elide, box.width()))
        self._paint_snippet(painter, QPointF(box.left(), box.top() + _LINE + 1), box.width(), hit)
        painter.setFont(small)
        painter.setPen(theme.color("text-3"))
        line.moveTop(box.top() + (_LINES + 1) * _LINE + 3)
        about = (hit.note, hit.source, day(hit.published), times(hit))
        words = "  ".join(" ".join(part.split()) for part in about if part)
        painter.drawText(line, vertical, QFontMetricsF(small).elidedText(words, elide, box.width()))

    def _paint_snippet(self, painter: QPainter, corner: QPointF, width: float, hit: Hit) -> None:
        theme = self._theme
        layout = QTextLayout(hit.snippet, font("ui", 12))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        shown = QTextCharFormat()
        shown.setFontWeight(600)
        shown.setForeground(QBrush(theme.color("text")))
        shown.setBackground(QBrush(theme.color("sel-text")))
        formats = []
        for start, end in hit.marked:
            stretch = QTextLayout.FormatRange()
            # Qt counts UTF-16 units, Python code points.
            stretch.start = _units(hit.snippet[:start])
            stretch.length = _units(hit.snippet[start:end])
            stretch.format = shown
            formats.append(stretch)
        layout.setFormats(formats)
        layout.beginLayout()
        for n in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, n * _LINE))
        layout.endLayout()
        painter.setPen(theme.color("text-2"))
        layout.draw(painter, corner)


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2
