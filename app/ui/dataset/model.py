"""Rows and columns of one table of the dataset, narrowed and sorted."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.model.joining import Cell, Column, Row, Table, in_order

CELL = Qt.ItemDataRole.UserRole
"""The `Cell` itself, for whoever paints it."""

Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """The rows that are shown, by the column they are sorted by; its first column is their number.

    Rows are sorted here and not by a proxy, which takes seconds for 100,000 of them.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = ()
        self.rows: list[Row] = []
        self.sorted_by = 0
        self.descending = False

    def show(self, table: Table, rows: Sequence[Row]) -> None:
        """Show rows of a table, in the order chosen last where the columns are the same."""
        self.beginResetModel()
        if table.columns != self.columns:
            name = self.columns[self.sorted_by].name if self.columns else ""
            names = [column.name for column in table.columns]
            self.sorted_by = names.index(name) if name in names else 0
            self.columns = table.columns
        self.rows = in_order(rows, self.sorted_by, descending=self.descending)
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self.columns, self.rows = (), []
        self.sorted_by, self.descending = 0, False
        self.endResetModel()

    def place_of(self, key: str) -> int | None:
        """Return where a row is shown now."""
        return next((n for n, row in enumerate(self.rows) if row.key == key), None)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column as Qt counts them: the first one is the number of the row."""
        if not 0 < column <= len(self.columns):
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        held = [self.rows[index.row()].key for index in kept]
        self.sorted_by = column - 1
        self.descending = order == Qt.SortOrder.DescendingOrder
        self.rows = in_order(self.rows, self.sorted_by, descending=self.descending)
        places = {row.key: n for n, row in enumerate(self.rows)} if kept else {}
        moved = [
            self.index(places[key], index.column()) for key, index in zip(held, kept, strict=True)
        ]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() or not self.columns else len(self.columns) + 1

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        if section == 0:
            return "Row" if role == Qt.ItemDataRole.AccessibleTextRole else ""
        return self.columns[section - 1].label if section <= len(self.columns) else None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        if index.column() == 0:
            return str(index.row() + 1) if role == Qt.ItemDataRole.DisplayRole else None
        cell: Cell = self.rows[index.row()].cells[index.column() - 1]
        if role == CELL:
            return cell
        column = self.columns[index.column() - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.label}: {cell.words or 'nothing'}"
        return None


def as_text(rows: Sequence[Row], columns: Sequence[int], heads: Sequence[Column]) -> str:
    """Return rows as lines of cells with tabs between them, as spreadsheets take them."""
    lines = [[heads[n].label for n in columns]]
    lines += [[row.cells[n].words for n in columns] for row in rows]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines) + "\n"
