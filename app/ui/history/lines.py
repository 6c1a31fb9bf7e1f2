"""The list of the history and of the trash: a title and a line about it."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from app.ui.history.model import LINE_ROLE, HistoryModel, TrashModel
from app.ui.listed import paint_ground, paint_ring
from app.ui.theme import LIGHT, Theme, font

Index = QModelIndex | QPersistentModelIndex

_HEIGHT, _EDGE = 48, 14


class _Delegate(QStyledItemDelegate):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, _HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, theme = QRectF(option.rect), self.theme
        title, about, undone = index.data(LINE_ROLE)
        painter.save()
        paint_ground(painter, rect, option.state, theme)
        box = rect.adjusted(_EDGE, 6, -_EDGE, -6)
        bold, small = font("ui", 12.5, weight=500), font("ui", 11.5, tabular=True)
        if undone:
            bold.setStrikeOut(True)
        elide, middle = Qt.TextElideMode.ElideRight, Qt.AlignmentFlag.AlignVCenter
        painter.setFont(bold)
        painter.setPen(theme.color("text-3" if undone else "text"))
        line = QRectF(box.left(), box.top(), box.width(), 18)
        painter.drawText(line, middle, QFontMetricsF(bold).elidedText(title, elide, box.width()))
        painter.setFont(small)
        painter.setPen(theme.color("text-3"))
        line.moveTop(box.top() + 18)
        painter.drawText(line, middle, QFontMetricsF(small).elidedText(about, elide, box.width()))
        paint_ring(painter, rect, option.state, theme)
        painter.restore()


class Lines(QListView):
    """One line each; the current one is told beside the list."""

    chosen = Signal(int)
    """The row that is current now; -1 for none."""

    def __init__(self, model: HistoryModel | TrashModel, name: str) -> None:
        super().__init__()
        self._delegate = _Delegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._delegate.theme = theme
        self.viewport().update()

    def start(self, row: int = 0) -> None:
        """Make a row current."""
        self.setCurrentIndex(self.model().index(row, 0))
        if not self.currentIndex().isValid():
            self.chosen.emit(-1)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(current.row())

    @override
    def keyboardSearch(self, search: str) -> None:
        """Leave letters alone: looking for one would read the whole history."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            event.ignore()  # the window's
        else:
            super().keyPressEvent(event)
