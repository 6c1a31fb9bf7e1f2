"""The files of a plan as a table for Qt, one row a file, and which of them are shown."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from typing_extensions import override

from app.model.wording import several
from app.ui.tips import tip
from app.workspace.import_plan import Plan, Row, encoding_label

Index = QModelIndex | QPersistentModelIndex

CHECK, FILE, FORMAT, ENCODING, FIRST, DATE, WORDS, RESULT = range(8)
HEADS = ("", "File", "Format", "Encoding", "First line", "Date", "Words", "Result")

ROW = Qt.ItemDataRole.UserRole
"""The `Row` itself."""

_FORMATS = {
    "text": "Text",
    "json": "JSON",
    "jsonl": "JSON Lines",
    "docx": "Word",
    "odt": "OpenDoc.",
    "rtf": "RTF",
    "pdf": "PDF",
    "markdown": "Markdown",
    "html": "Web page",
    "eml": "Mail",
    "table": "Table",
    "nexis": "Nexis",
    "factiva": "Factiva",
    "europresse": "Europresse",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_DASH = "–"


def day(iso: str) -> str:
    """Return an ISO date as people write it: 21 Jan 2021. What is no day stays as it is."""
    parts = iso[:10].split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):  # noqa: PLR2004 - y, m, d
        return iso
    year, month, date = map(int, parts)
    return f"{date} {_MONTHS[month - 1]} {year}" if 1 <= month <= 12 else iso  # noqa: PLR2004


def span(dates: tuple[str, ...]) -> str:
    """Return from when to when: 14–22 Jan 2021."""
    if not dates:
        return _LONG_DASH
    first, last = day(dates[0]), day(dates[-1])
    if first == last:
        return first
    start, end = first.split(), last.split()
    while len(start) > 1 and start[-1:] == end[len(start) - 1 : len(start)]:
        start.pop()
    return f"{' '.join(start)}–{last}"


class FilesModel(QAbstractTableModel):
    """Shows a plan; the boxes of its first column are the only thing edited in it."""

    def __init__(self, plan: Plan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._rows: tuple[Row, ...] = plan.rows

    def show_more(self) -> None:
        """Show the files that were added to the end of the plan."""
        fresh = self._plan.rows
        if len(fresh) > len(self._rows):
            self.beginInsertRows(QModelIndex(), len(self._rows), len(fresh) - 1)
            self._rows = fresh
            self.endInsertRows()

    def refresh(self) -> None:
        """Show what stands in the plan now; one file can change what is said of another."""
        self._rows = self._plan.rows
        if self._rows:
            last = self.index(len(self._rows) - 1, RESULT)
            self.dataChanged.emit(self.index(0, 0), last)

    def row(self, number: int) -> Row:
        """Return one row."""
        return self._rows[number]

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own face
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own face
        return 0 if parent.isValid() else len(HEADS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return HEADS[section] or "Taken in"
        if role == Qt.ItemDataRole.TextAlignmentRole and section == WORDS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == CHECK and self._rows[index.row()].can_be_included:
            base |= Qt.ItemFlag.ItemIsUserCheckable
        return base

    @override
    def data(  # noqa: PLR0911 - one return a role
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        row, column = self._rows[index.row()], index.column()
        match role:
            case _ if role == ROW:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return _cell(row, column)
            case Qt.ItemDataRole.CheckStateRole if column == CHECK:
                return Qt.CheckState.Checked if row.included else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ToolTipRole:
                return tip(row.reason if column == RESULT else str(row.look.file.path))
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(row, column)
            case Qt.ItemDataRole.TextAlignmentRole if column == WORDS:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        self._plan.include([index.row()], on=on)
        self.refresh()
        return True


def _cell(row: Row, column: int) -> str:
    made = _CELLS.get(column)
    return made(row) if made else ""


def _spoken(row: Row, column: int) -> str:
    if column == CHECK:
        return "taken in" if row.included else "left out"
    return f"{HEADS[column]} {_cell(row, column)}"


def _format(row: Row) -> str:
    format_ = row.look.file.format
    if format_ is None:
        return row.look.file.path.suffix.lstrip(".").upper() or _LONG_DASH
    return _FORMATS.get(format_.name, format_.title)


def _encoding(row: Row) -> str:
    if row.look.is_document:
        return "UTF-8"
    return encoding_label(row.look.encoding) if row.look.encoding else _LONG_DASH


def _date(row: Row) -> str:
    return day(row.known.published) if row.known.published else span(row.look.dates)


def _first(row: Row) -> str:
    seen = row.look
    if seen.articles > 1 or (seen.is_document and not seen.article):
        return several(seen.articles, "article")
    if seen.article is None:
        return _LONG_DASH
    if row.known.title:
        return row.known.title
    if seen.is_document:
        return seen.article.title
    return next((line.strip() for line in seen.article.text.split("\n") if line.strip()), "")


_CELLS: dict[int, Callable[[Row], str]] = {
    FILE: lambda row: row.look.file.path.name,
    FORMAT: _format,
    ENCODING: _encoding,
    FIRST: _first,
    DATE: _date,
    WORDS: lambda row: f"{row.look.words:,}" if row.look.article else _LONG_DASH,
    RESULT: lambda row: row.word,
}


class Shown(QSortFilterProxyModel):
    """All files, those that need a look, or those that are left out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._which = 0

    def show_only(self, which: int) -> None:
        """Show all (0), those to look at (1) or those left out (2)."""
        self._which = which
        self.invalidate()

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        model = self.sourceModel()
        if self._which == 0 or not isinstance(model, FilesModel):
            return True
        return belongs(model.row(source_row), self._which)


def belongs(row: Row, which: int) -> bool:
    """Tell whether a row is one to look at (1), or one that is left out (2)."""
    if which == 1:
        return row.standing == "look" or (row.standing == "refused" and row.look.mendable)
    return not row.included
