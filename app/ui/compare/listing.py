"""The list of cases in which the annotators differ: model, rows, and the list itself."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.ui.badge import paint_badge
from app.ui.icons import pixmap
from app.ui.listed import paint_ground, paint_ring
from app.ui.theme import LIGHT, Theme, font

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1

_LINE, _HEAD, _FOOT = 17, 26, 8
_MOST_LINES = 3


class CaseRow(NamedTuple):
    """What the list shows of a case. `readings` are initials and words, one a layer."""

    key: str
    number: int
    kind: str
    letter: str
    ink: str
    paragraph: int
    readings: tuple[tuple[str, str], ...]
    settled: bool
    spoken: str


class CaseModel(QAbstractListModel):
    """The rows as they were last told."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[CaseRow, ...] = ()

    def show_rows(self, rows: Sequence[CaseRow]) -> None:
        """Show other rows; where only their state differs the place in the list stays."""
        fresh = tuple(rows)
        if [row.key for row in fresh] == [row.key for row in self.rows]:
            self.rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
        else:
            self.beginResetModel()
            self.rows = fresh
            self.endResetModel()

    def place(self, key: str) -> int:
        """Return the row of a case; -1 where it is not shown."""
        return next((n for n, row in enumerate(self.rows) if row.key == key), -1)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.spoken
        return None


class CaseDelegate(QStyledItemDelegate):
    """Paints `CaseRow`s."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: CaseRow = index.data(ROW_ROLE)
        return QSize(0, _HEAD + _LINE * min(_MOST_LINES, len(row.readings)) + _FOOT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = QRectF(option.rect), option.state
        row: CaseRow = index.data(ROW_ROLE)
        theme = self.theme
        painter.save()
        paint_ground(painter, rect, state, theme, bar=True)
        left, top = rect.left() + 12, rect.top() + 8
        if row.settled:
            picture = pixmap(
                "circle-check", theme, "text-3", 14, painter.device().devicePixelRatioF()
            )
            painter.drawPixmap(int(left), int(top + 1), picture)
        else:
            self._write(painter, left, top, 18, str(row.number), role="text-3")
        paint_badge(painter, QRectF(left + 21, top, 15, 15), row.letter, row.ink, theme)
        shade = "text-3" if row.settled else "text"
        self._write(painter, left + 44, top, 120, row.kind, role=shade, weight=500, size=12.5)
        right = rect.right() - 12
        self._write(painter, right - 40, top, 40, f"¶{row.paragraph}", role="text-3", right=True)
        for n, (who, words) in enumerate(row.readings[:_MOST_LINES]):
            y = top + 18 + n * _LINE
            self._write(painter, left + 21, y, 22, who, role="text-3", weight=600, size=10.5)
            role = "text-3" if row.settled else "text-2"
            self._write(painter, left + 44, y, right - left - 44, words, role=role, size=12)
        paint_ring(painter, rect, state, theme)
        painter.restore()

    def _write(
        self,
        painter: QPainter,
        x: float,
        y: float,
        width: float,
        words: str,
        *,
        role: str,
        weight: int = 400,
        size: float = 11.5,
        right: bool = False,
    ) -> None:
        chosen = font("ui", size, weight=weight, tabular=True)
        painter.setFont(chosen)
        painter.setPen(self.theme.color(role))
        shown = QFontMetricsF(chosen).elidedText(words, Qt.TextElideMode.ElideRight, width)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(x, y, width, 16), side | Qt.AlignmentFlag.AlignVCenter, shown)


class CaseList(QListView):
    """The list. Its arrows go to the next case; other keys belong to the pane around it."""

    case_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cases = CaseModel(self)
        self._delegate = CaseDelegate(self)
        self.setModel(self.cases)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Disagreements")
        self.clicked.connect(lambda index: self.case_chosen.emit(self.cases.rows[index.row()].key))

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._delegate.theme = theme
        self.viewport().update()

    def show_current(self, key: str) -> None:
        """Stand on a case."""
        place = self.cases.place(key)
        self.setCurrentIndex(self.cases.index(place) if place >= 0 else QModelIndex())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
