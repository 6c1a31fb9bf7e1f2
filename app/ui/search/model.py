"""What was found, as a list: the keys are known, each line is read when it is first shown."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.model.hits import Hit
from app.model.wording import day

Index = QModelIndex | QPersistentModelIndex
Read = Callable[[Sequence[int]], Sequence[Hit]]
"""Reads hits by their keys, in that order; what is gone meanwhile is left out."""

HIT_ROLE = Qt.ItemDataRole.UserRole
PAGE = 20
_MOST = 100 * PAGE


class HitsModel(QAbstractListModel):
    """Hits by their keys. Some are given as a whole: bookmarks, of which there are few."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[int, ...] = ()
        self._read: Read = lambda _: ()
        self._hits: dict[int, Hit | None] = {}

    def show_keys(self, keys: tuple[int, ...], read: Read) -> None:
        """Show other hits."""
        self.beginResetModel()
        self._keys, self._read, self._hits = keys, read, {}
        self.endResetModel()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show hits that are known already."""
        self.beginResetModel()
        self._keys, self._read = tuple(range(len(hits))), lambda _: ()
        self._hits = dict(enumerate(hits))
        self.endResetModel()

    def extend(self, keys: tuple[int, ...]) -> None:
        """Put more hits below those that are shown; these stay where they are."""
        shown = set(self._keys)
        more = tuple(key for key in keys if key not in shown)
        if more:
            first = len(self._keys)
            self.beginInsertRows(QModelIndex(), first, first + len(more) - 1)
            self._keys += more
            self.endInsertRows()

    def hit_at(self, place: int) -> Hit | None:
        """Return a hit; None where it is gone from the project."""
        if not 0 <= place < len(self._keys):
            return None
        key = self._keys[place]
        if key not in self._hits:
            self._read_page(place - place % PAGE)
        return self._hits.get(key)

    def _read_page(self, first: int) -> None:
        if len(self._hits) > _MOST:
            self._hits.clear()
        keys = [key for key in self._keys[first : first + PAGE] if key not in self._hits]
        # One by one only where something is gone and nobody can tell which.
        found = self._read(keys)
        if len(found) == len(keys):
            self._hits.update(zip(keys, found, strict=True))
        else:
            for key in keys:
                self._hits[key] = next(iter(self._read((key,))), None)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._keys)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in _ROLES:
            return None
        hit = self.hit_at(index.row())
        if role == HIT_ROLE:
            return hit
        return spoken(hit) if hit is not None else "No longer in the project"

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )


_ROLES = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, HIT_ROLE})


def times(hit: Hit) -> str:
    """Return how often the words stand in the article: `3 hits`, `in the title`."""
    if hit.annotation or hit.start == hit.end:
        return "in the title" if not hit.annotation and not hit.marked and not hit.count else ""
    return "1 hit" if hit.count == 1 else f"{hit.count:,} hits"


def spoken(hit: Hit) -> str:
    """Return what a screen reader says of a hit."""
    parts = (hit.title, hit.type, hit.source, day(hit.published), times(hit), hit.note, hit.snippet)
    return ", ".join(filter(None, parts))
