"""Lines of the history, read page by page as one scrolls; and what lies in the trash."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.model.history import Happening, Trashed
from app.model.wording import on_one_line, spoken_time
from app.ui.tips import tip

Index = QModelIndex | QPersistentModelIndex
Read = Callable[[int | None, int], tuple[Happening, ...]]
"""(below this row of the journal, how many) -> lines, the newest first."""

LINE_ROLE = Qt.ItemDataRole.UserRole
PAGE = 100

_TOLD = frozenset(
    {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}
)
_DID = {"undo": "Undone: ", "redo": "Done again: ", "do": ""}


class _Lines(QAbstractListModel):
    """A list whose rows have a title, a line about it, and whether it is struck out."""

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self.count()

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        title, about, undone = self.words(index.row())
        if role == LINE_ROLE:
            return title, about, undone
        if role in _TOLD:
            told = ", ".join(filter(None, (title, about, "taken back" if undone else "")))
            return tip(told) if role == Qt.ItemDataRole.ToolTipRole else told
        return None

    def count(self) -> int:
        """Return how many rows there are."""
        raise NotImplementedError

    def words(self, row: int) -> tuple[str, str, bool]:
        """Return the title of a row, what is told about it, and whether it was taken back."""
        raise NotImplementedError


class HistoryModel(_Lines):
    """The history, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read: Read = lambda _before, _limit: ()
        self._lines: list[Happening] = []
        self._is_whole = True

    def load(self, read: Read) -> None:
        """Show another history, from its newest line."""
        self.beginResetModel()
        self._read = read
        self._lines = list(read(None, PAGE))
        self._is_whole = len(self._lines) < PAGE
        self.endResetModel()

    def at(self, row: int) -> Happening | None:
        """Return a line."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, seq: int) -> int | None:
        """Return the row of a step, as far as it is read."""
        return next((n for n, line in enumerate(self._lines) if line.seq == seq), None)

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._is_whole

    @override
    def fetchMore(self, parent: Index) -> None:
        found = self._read(self._lines[-1].seq if self._lines else None, PAGE)
        self._is_whole = len(found) < PAGE
        if found:
            first = len(self._lines)
            self.beginInsertRows(QModelIndex(), first, first + len(found) - 1)
            self._lines.extend(found)
            self.endInsertRows()

    @override
    def count(self) -> int:
        return len(self._lines)

    @override
    def words(self, row: int) -> tuple[str, str, bool]:
        line = self._lines[row]
        title = _DID[line.kind] + line.title
        about = (spoken_time(line.at), line.by, on_one_line(line.article_title, 60))
        return title[:1].upper() + title[1:], " · ".join(filter(None, about)), line.undone


class TrashModel(_Lines):
    """What lies in the trash, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._things: tuple[Trashed, ...] = ()

    def load(self, things: tuple[Trashed, ...]) -> None:
        """Show other things."""
        self.beginResetModel()
        self._things = things
        self.endResetModel()

    def at(self, row: int) -> Trashed | None:
        """Return a thing."""
        return self._things[row] if 0 <= row < len(self._things) else None

    @override
    def count(self) -> int:
        return len(self._things)

    @override
    def words(self, row: int) -> tuple[str, str, bool]:
        thing = self._things[row]
        label = on_one_line(thing.label, 80) or "Untitled"
        title = f"Article “{label}”" if thing.kind == "article" else f"“{label}”"
        where = "" if thing.kind == "article" else on_one_line(thing.article_title, 50)
        about = (thing.type, spoken_time(thing.at), thing.by, where)
        return title, " · ".join(filter(None, about)), False
