"""The table of files: boxes, names, and the result word in a pill. Space takes a file in or not."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)
from typing_extensions import override

from app.ui.icons import pixmap
from app.ui.importing.model import (
    CHECK,
    DATE,
    ENCODING,
    FILE,
    FIRST,
    FORMAT,
    RESULT,
    ROW,
    WORDS,
    FilesModel,
    Shown,
)
from app.ui.theme import Theme, font
from app.workspace.import_plan import Plan, Row

_ROW, _HEAD = 29, 27
_WIDTHS = {CHECK: 36, FILE: 284, FORMAT: 92, ENCODING: 104, DATE: 112, WORDS: 66, RESULT: 186}
_LEAST = {FILE: 180, DATE: 96, RESULT: 170}
_PILLS = {"look": ("warn-bg", "warn"), "refused": ("danger-bg", "danger")}

Index = QModelIndex | QPersistentModelIndex


class FilesTable(QTableView):
    """One row a file."""

    file_chosen = Signal(int)
    """The number in the plan of the file the keyboard is on."""
    all_toggled = Signal(bool)

    def __init__(self, plan: Plan, theme: Theme) -> None:
        super().__init__()
        self.files = FilesModel(plan, self)
        self.shown = Shown(self)
        self.shown.setSourceModel(self.files)
        self.setModel(self.shown)
        self.setItemDelegate(_Cells(theme, self))
        self.setHorizontalHeader(_Heads(theme, self))
        self.setProperty("class", "files")
        self.setAccessibleName("Files")
        self.setAccessibleDescription("Space takes a file in or leaves it out")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.verticalHeader().setMinimumSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setMinimumSectionSize(30)
        head.setFixedHeight(_HEAD)
        for column, width in _WIDTHS.items():
            head.resizeSection(column, width)
        head.setSectionResizeMode(FIRST, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.files.dataChanged.connect(lambda: self.viewport().update())

    @property
    def current(self) -> int | None:
        """The number in the plan of the file the keyboard is on."""
        index = self.shown.mapToSource(self.currentIndex())
        return index.row() if index.isValid() else None

    def choose(self, number: int) -> None:
        """Go to a file."""
        index = self.shown.mapFromSource(self.files.index(number, FILE))
        if index.isValid():
            self.setCurrentIndex(index)

    def narrow(self, *, narrow: bool) -> None:
        """Give the columns less room in a small window."""
        head = self.horizontalHeader()
        for column, width in _LEAST.items():
            head.resizeSection(column, width if narrow else _WIDTHS[column])
        self.setColumnHidden(FORMAT, narrow)

    def show_only(self, which: int) -> None:
        """Show all files (0), those to look at (1) or those left out (2)."""
        here = self.current
        self.shown.show_only(which)
        if here is not None:
            self.choose(here)
        if not self.currentIndex().isValid() and self.shown.rowCount():
            self.setCurrentIndex(self.shown.index(0, FILE))

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.file_chosen.emit(self.shown.mapToSource(index).row())

    def _toggle(self, index: QModelIndex) -> None:
        box = index.siblingAtColumn(CHECK)
        if box.isValid() and box.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            on = box.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            state = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            self.shown.setData(box, state, Qt.ItemDataRole.CheckStateRole)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._toggle(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_toggled.emit(True)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()  # the sheet's own button
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == CHECK:
            self._toggle(index)
        super().mouseReleaseEvent(event)


class _Heads(QHeaderView):
    """The heads of the columns; the first holds a box for all files."""

    def __init__(self, theme: Theme, table: FilesTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._theme, self._table = theme, table
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setAccessibleName("Columns")
        self.sectionClicked.connect(self._clicked)
        table.files.dataChanged.connect(lambda: self.viewport().update())

    def _clicked(self, section: int) -> None:
        if section == CHECK:
            self._table.all_toggled.emit(self._state() != Qt.CheckState.Checked)

    def _state(self) -> Qt.CheckState:
        rows = [self._table.files.row(n) for n in range(self._table.files.rowCount())]
        on = sum(row.included for row in rows)
        if on and all(row.included for row in rows if row.can_be_included):
            return Qt.CheckState.Checked if on == len(rows) else Qt.CheckState.PartiallyChecked
        return Qt.CheckState.PartiallyChecked if on else Qt.CheckState.Unchecked

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme = self._theme
        box = QRectF(rect)
        painter.fillRect(box, theme.color("app"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("line"))
        if logicalIndex == CHECK:
            paint_check(painter, _box_in(box), theme, self._state())
            return
        right = logicalIndex == WORDS
        flags = Qt.AlignmentFlag.AlignVCenter | (
            Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        )
        painter.setFont(font("ui", 11.5, weight=500))
        painter.setPen(theme.color("text-2"))
        words = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal)
        left = 34 if logicalIndex == FILE else 4
        painter.drawText(box.adjusted(left, 0, -6, 0), int(flags), str(words))


class _Cells(QStyledItemDelegate):
    def __init__(self, theme: Theme, table: FilesTable) -> None:
        super().__init__(table)
        self._theme, self._table = theme, table

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_WIDTHS.get(index.column(), 100), _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self._theme, index.data(ROW)
        box = QRectF(option.rect)
        current = index.row() == self._table.currentIndex().row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, theme.color("row-sel" if current else "raised"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("line"))
        if index.column() == CHECK:
            self._paint_check(painter, box, row, current=current)
        elif index.column() == RESULT:
            _paint_result(painter, box, row, theme)
        else:
            self._paint_words(painter, box, row, index)
        painter.restore()

    def _paint_check(self, painter: QPainter, box: QRectF, row: Row, *, current: bool) -> None:
        theme = self._theme
        if current:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme.color("accent"))
        state = Qt.CheckState.Checked if row.included else Qt.CheckState.Unchecked
        square = _box_in(box)
        paint_check(painter, square, theme, state, enabled=row.can_be_included)
        if current and self._table.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(square.adjusted(-3, -3, 3, 3), 6, 6)

    def _paint_words(self, painter: QPainter, box: QRectF, row: Row, index: Index) -> None:
        column, theme = index.column(), self._theme
        words = str(index.data() or "")
        role = "text" if row.included and column in {FILE, FIRST} else "text-2"
        if not row.included:
            role = "text-3"
        painter.setPen(theme.color(role))
        made = font("ui", 12.5, tabular=column in {DATE, WORDS})
        painter.setFont(made)
        box = box.adjusted(4, 0, -6, -1)
        if column == FILE:
            ratio = self._table.devicePixelRatioF()
            picture = pixmap("file-text", theme, "text-2" if row.included else "text-3", 14, ratio)
            painter.drawPixmap(round(box.left() + 6), round(box.top() + 7), picture)
            box.setLeft(box.left() + 30)
        flags = Qt.AlignmentFlag.AlignVCenter
        flags |= Qt.AlignmentFlag.AlignRight if column == WORDS else Qt.AlignmentFlag.AlignLeft
        way = Qt.TextElideMode.ElideMiddle if column == FILE else Qt.TextElideMode.ElideRight
        painter.drawText(box, int(flags), QFontMetricsF(made).elidedText(words, way, box.width()))


def _paint_result(painter: QPainter, box: QRectF, row: Row, theme: Theme) -> None:
    """Paint the result word: plain where all is well, else in a pill of its colour."""
    made = font("ui", 12, weight=400)
    painter.setFont(made)
    metrics = QFontMetricsF(made)
    words = metrics.elidedText(row.word, Qt.TextElideMode.ElideRight, box.width() - 26)
    if row.standing == "ready":
        painter.setPen(theme.color("text-2"))
        painter.drawText(box.adjusted(4, 0, 0, -1), Qt.AlignmentFlag.AlignVCenter, words)
        return
    back, fore = _PILLS.get(row.standing, ("sunken", "text-2"))
    pill = QRectF(box.left() + 4, box.top() + 4, metrics.horizontalAdvance(words) + 16, 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(back))
    painter.drawRoundedRect(pill, 10, 10)
    painter.setPen(theme.color(fore))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


def _box_in(cell: QRectF) -> QRectF:
    return QRectF(cell.left() + 18, cell.top() + (cell.height() - 14) / 2 - 0.5, 14, 14)


def paint_check(
    painter: QPainter,
    box: QRectF,
    theme: Theme,
    state: Qt.CheckState,
    *,
    enabled: bool = True,
) -> None:
    """Paint a check box of 14 px."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    filled = state != Qt.CheckState.Unchecked
    painter.setPen(
        QPen(theme.color("accent" if filled else "line-3" if enabled else "line-2"), 1.2)
    )
    painter.setBrush(theme.color("accent" if filled else "raised" if enabled else "app"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
    painter.setPen(QPen(theme.color("accent-fg"), 1.6))
    left, middle = box.left(), box.center().y()
    if state == Qt.CheckState.PartiallyChecked:
        painter.drawLine(QPointF(left + 4, middle), QPointF(left + 10, middle))
    elif filled:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ends = ((3.6, 0.3), (6.0, 2.7), (10.4, -2.4))
        painter.drawPolyline([QPointF(left + x, middle + y) for x, y in ends])
