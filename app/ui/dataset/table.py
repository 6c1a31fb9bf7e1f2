"""The table itself: its heads, and cells with badges, links and what is doubtful about them."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from app.model.codebook import Codebook
from app.model.joining import Cell, Column, Kind, Part
from app.ui.badge import paint_badge
from app.ui.dataset.model import CELL, RowsModel
from app.ui.listed import paint_ground
from app.ui.theme import LIGHT, Theme, font
from app.ui.tips import tip

Index = QModelIndex | QPersistentModelIndex

_ROW, _HEAD, _NUMBER = 30, 30, 46
_BADGE, _PAD, _GAP = 16, 8, 6
_WIDTHS: dict[Kind, int] = {
    "date": 102,
    "main": 216,
    "place": 108,
    "role": 166,
    "figure": 136,
    "count": 90,
    "field": 112,
    "article": 210,
}
_NOTHING = "–"


class DatasetTable(QTableView):
    """One row a thing. Enter and a double click open it in its article."""

    row_chosen = Signal(int)
    """The place of the row the keys are on, or -1."""
    opened = Signal(int)
    copied = Signal()
    search_wished = Signal()

    def __init__(self, model: RowsModel) -> None:
        super().__init__()
        self.rows = model
        self._cells = _Cells(self)
        self._heads = _Heads(self)
        self.setModel(model)
        self.setItemDelegate(self._cells)
        self.setHorizontalHeader(self._heads)
        self.setAccessibleName("Rows of the dataset")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._tell(now))
        self.selectionModel().currentColumnChanged.connect(self._heads.viewport().update)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._cells.theme = self._heads.theme = theme
        self.viewport().update()
        self._heads.viewport().update()

    def set_codebook(self, codebook: Codebook) -> None:
        """Take the types whose badges are painted."""
        self._cells.badges = {one.name: (one.letter, one.ink) for one in codebook.types}

    def lay_out(self, columns: tuple[Column, ...]) -> None:
        """Give each column the room of its kind; those one does not see at first are hidden."""
        self.setColumnWidth(0, _NUMBER)
        for number, column in enumerate(columns, 1):
            self.setColumnWidth(number, _WIDTHS[column.kind])
            self.setColumnHidden(number, not column.shown)

    def columns_shown(self) -> list[int]:
        """Return the numbers of the shown columns of the table, from left to right."""
        head = self._heads
        seen = [head.logicalIndex(n) for n in range(head.count())]
        return [n - 1 for n in seen if n > 0 and not self.isColumnHidden(n)]

    def rows_selected(self) -> list[int]:
        """Return the places of the selected rows, from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def has_keys_in(self, place: int) -> bool:
        """Tell whether the keys are on a row, which then has a line all along."""
        return self.hasFocus() and self.currentIndex().row() == place

    def choose(self, place: int) -> None:
        """Go to a row."""
        if 0 <= place < self.rows.rowCount():
            shown = [number + 1 for number in self.columns_shown()]
            here = self.currentIndex().column()
            column = here if here in shown else next(iter(shown), 0)
            self.setCurrentIndex(self.rows.index(place, column))

    def _tell(self, index: QModelIndex) -> None:
        self.row_chosen.emit(index.row() if index.isValid() else -1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and plain:
            self.choose(0 if event.key() == Qt.Key.Key_Home else self.rows.rowCount() - 1)
        elif event.key() == Qt.Key.Key_S and plain:
            self._heads.sort_by(self.currentIndex().column())
        elif event.text() == "/":
            self.search_wished.emit()
        elif event.text() and event.text().isprintable():
            event.ignore()  # no jumping to a row by its first letter: letters are commands here
        else:
            super().keyPressEvent(event)


class _Heads(QHeaderView):
    """The heads of the columns; a click sorts, and again the other way round."""

    def __init__(self, table: DatasetTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.theme: Theme = LIGHT
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.setFixedHeight(_HEAD)
        self.setAccessibleName("Columns")
        self.sectionClicked.connect(self.sort_by)

    def sort_by(self, section: int) -> None:
        """Sort by a column, or turn the order round where it is sorted by it."""
        rows = self._table.rows
        if section > 0:
            turn = section - 1 == rows.sorted_by and not rows.descending
            order = Qt.SortOrder.DescendingOrder if turn else Qt.SortOrder.AscendingOrder
            rows.sort(section, order)
            self.viewport().update()

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme, rows, box = self.theme, self._table.rows, QRectF(rect)
        painter.fillRect(box, theme.color("app"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("line"))
        if self._table.hasFocus() and logicalIndex == self._table.currentIndex().column():
            line = QRectF(box.left(), box.bottom() - 2, box.width(), 2)  # the column of the keys
            painter.fillRect(line, theme.color("focus"))
        words = str(rows.headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        is_sorted = logicalIndex - 1 == rows.sorted_by and logicalIndex > 0
        painter.setFont(font("ui", 12, weight=500))
        painter.setPen(theme.color("text" if is_sorted else "text-2"))
        metrics = QFontMetricsF(painter.font())
        inner = box.adjusted(_PAD, 0, -_PAD, 0)
        arrow = (" ↓" if rows.descending else " ↑") if is_sorted else ""
        room = inner.width() - metrics.horizontalAdvance(arrow)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, room)) + arrow
        painter.drawText(inner, int(_LEFT), shown)


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class _Cells(QStyledItemDelegate):
    """Paints cells: badges are full for a mark, outlines for a record of the registry."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.badges: dict[str, tuple[str, str]] = {}
        """Letter and ink of each type."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, _ROW)

    @override
    def helpEvent(
        self, event: object, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        view.setToolTip(tip(str(index.data() or "")) if index.column() else "")
        return False

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, state = QRectF(option.rect), option.state
        theme = self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, theme.color("paper"))
        paint_ground(painter, box, state, theme, bar=index.column() == 0)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("line"))
        if index.column() == 0:
            painter.setFont(font("ui", 11.5, tabular=True))
            painter.setPen(theme.color("text-3"))
            painter.drawText(box.adjusted(14, 0, 0, 0), int(_LEFT), str(index.data()))
        else:
            cell = index.data(CELL)
            model = index.model()
            if isinstance(cell, Cell) and isinstance(model, RowsModel):
                inner = box.adjusted(_PAD, 0, -_PAD, 0)
                self._paint_cell(painter, inner, cell, model.columns[index.column() - 1])
        table = option.widget
        if isinstance(table, DatasetTable) and table.has_keys_in(index.row()):
            edge = QRectF(box.left(), box.bottom() - 2, box.width(), 2)
            painter.fillRect(edge, theme.color("focus"))
        painter.restore()

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: Cell, column: Column) -> None:
        theme = self.theme
        figures = column.kind in ("date", "figure", "count")
        weight = 500 if column.kind in ("main", "figure") else 400
        painter.setFont(font("ui", 12.5, weight=weight, tabular=figures))
        if not cell.parts:
            painter.setPen(theme.color("text-3"))
            painter.drawText(box, int(_LEFT), "undated" if column.kind == "date" else _NOTHING)
            return
        role = "text-2" if column.kind == "article" else "text"
        left = box.left()
        for number, part in enumerate(cell.parts):
            if left > box.right() - _GAP:
                return
            if number:
                painter.setPen(theme.color("text-3"))
                painter.drawText(QRectF(left, box.top(), _GAP, box.height()), int(_LEFT), ",")
                left += _GAP
            left = self._paint_part(
                painter, QRectF(left, box.top(), box.right() - left, box.height()), part, role
            )

    def _paint_part(self, painter: QPainter, box: QRectF, part: Part, role: str) -> float:
        """Paint one thing of a cell; return where it ends."""
        theme, left = self.theme, box.left()
        if part.type in self.badges:
            letter, ink = self.badges[part.type]
            square = QRectF(left, box.center().y() - _BADGE / 2, _BADGE, _BADGE)
            if part.linked:
                _paint_outline(painter, square, letter, ink, theme)
            else:
                words = painter.font()
                paint_badge(painter, square, letter, ink, theme)
                painter.setFont(words)
            left += _BADGE + _GAP
        words = painter.font()
        note_font = font("ui", 11)
        metrics, small = QFontMetricsF(words), QFontMetricsF(note_font)
        note = small.horizontalAdvance(part.note) + 10 + _GAP if part.note else 0.0
        room = max(0.0, box.right() - left - note)
        shown = metrics.elidedText(part.words, Qt.TextElideMode.ElideRight, room)
        painter.setPen(theme.color(role))
        painter.drawText(QRectF(left, box.top(), room + 1, box.height()), int(_LEFT), shown)
        left += metrics.horizontalAdvance(shown)
        if part.note:
            pill = QRectF(left + _GAP, box.center().y() - 9, note - _GAP, 18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(pill, 9, 9)
            painter.setPen(theme.color("text-2"))
            painter.setFont(note_font)
            painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), part.note)
            painter.setFont(words)
            left = pill.right()
        return left


def _paint_outline(painter: QPainter, square: QRectF, letter: str, ink: str, theme: Theme) -> None:
    """Paint the badge of a record of the registry."""
    words = painter.font()
    painter.setPen(QPen(theme.ink(ink), 1.3))
    painter.setBrush(theme.color("paper"))
    painter.drawRoundedRect(square.adjusted(0.7, 0.7, -0.7, -0.7), 4, 4)
    painter.setFont(font("ui", 10, weight=600))
    painter.drawText(square, int(Qt.AlignmentFlag.AlignCenter), letter)
    painter.setFont(words)
