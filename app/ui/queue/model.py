"""The queue as a list of rows that are read when they are first shown.

The model holds the rows it was asked for, not the project: a hundred thousand articles cost what
the few on the screen cost. A change is answered by reading the touched row again, never by guessing
what it looks like now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.model.article import ArticleRow, State
from app.model.changes import Change
from app.ui.queue.words import spoken

Index = QModelIndex | QPersistentModelIndex

PAGE = 200
ROW_ROLE = Qt.ItemDataRole.UserRole
"""The `ArticleRow` of an index."""

_MOST_ROWS = 50 * PAGE
_MOST_TOUCHED = 100
"""A change of more articles than this reads the list anew: an import, a batch over everything."""


class Fetch(Protocol):
    """How rows are read."""

    def __call__(
        self, *, state: State | None, search: str, offset: int, limit: int
    ) -> tuple[ArticleRow, ...]:
        """Return rows `offset` to `offset + limit` of the articles in a state with these words."""
        ...


class Count(Protocol):
    """How rows are counted."""

    def __call__(self, *, state: State | None, search: str) -> int:
        """Return how many articles are in a state and have these words."""
        ...


class Find(Protocol):
    """How an article is found."""

    def __call__(self, article_id: str, /, *, state: State | None, search: str) -> int | None:
        """Return the place (from 0) of an article among those, or None."""
        ...


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a change does to the list: rows to write in place, places to empty, rows to put in."""

    written: tuple[tuple[int, ArticleRow], ...]
    removed: tuple[int, ...]
    inserted: tuple[tuple[int, ArticleRow], ...]


class QueueModel(QAbstractListModel):
    """Articles of one state that hold the words searched for, in the order of import."""

    def __init__(
        self, *, fetch: Fetch, count: Count, find: Find | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._ask_count = count
        self._find: Find = find or self._look_through
        self._state: State | None = None
        self._search = ""
        self._size = 0
        self._rows: dict[int, ArticleRow] = {}
        self._moving = False

    @property
    def state(self) -> State | None:
        """The state that is shown; None for all."""
        return self._state

    @property
    def search(self) -> str:
        """The words that are searched for."""
        return self._search

    # -- loading ----------------------------------------------------------------------------------

    def show(self, state: State | None, search: str) -> None:
        """Show the articles in a state (None: all) with these words."""
        if (state, search) != (self._state, self._search):
            self._state, self._search = state, search
            self.reload()

    def reload(self) -> None:
        """Forget every row and count anew."""
        self.beginResetModel()
        self._rows.clear()
        self._size = self._ask_count(state=self._state, search=self._search)
        self.endResetModel()

    def row_at(self, place: int) -> ArticleRow | None:
        """Return the row at a place, reading its page when needed.

        None where there is no such row, or where another process has just taken it away.
        """
        if not 0 <= place < self._size:
            return None
        # While rows move, places are not yet those of what would be read.
        if place not in self._rows and not self._moving:
            self._read_page(place - place % PAGE)
        return self._rows.get(place)

    def place_of(self, article_id: str) -> int | None:
        """Return the place of an article, None when it is not among those shown."""
        here = self._loaded_place(article_id)
        if here is not None:
            return here
        found = self._find(article_id, state=self._state, search=self._search)
        return found if found is not None and found < self._size else None

    def _read_page(self, offset: int) -> None:
        if len(self._rows) > _MOST_ROWS:
            self._rows.clear()
        for place, row in enumerate(self._read(offset, PAGE), offset):
            # A row that is shown changes only by `apply`, which tells the view.
            self._rows.setdefault(place, row)

    def _read(self, offset: int, limit: int) -> tuple[ArticleRow, ...]:
        return self._fetch(state=self._state, search=self._search, offset=offset, limit=limit)

    def _loaded_place(self, article_id: str) -> int | None:
        return next((n for n, row in self._rows.items() if row.id == article_id), None)

    def _look_through(self, article_id: str, /, *, state: State | None, search: str) -> int | None:
        for offset in range(0, self._ask_count(state=state, search=search), PAGE):
            page = self._fetch(state=state, search=search, offset=offset, limit=PAGE)
            for place, row in enumerate(page, offset):
                if row.id == article_id:
                    return place
        return None

    # -- changes ----------------------------------------------------------------------------------

    def apply(self, change: Change) -> None:
        """Take in a change that is on disk, with the smallest signals that tell it."""
        touched = _touched(change)
        if touched is None or len(touched) > _MOST_TOUCHED:
            self.reload()
            return
        rearranged = {article.id for article in change.articles} | set(change.removed_articles)
        unsettled: list[str] = []
        for article_id in touched:
            here = self._loaded_place(article_id)
            if here is None:
                # Only its state or the article itself can bring in, take out or move a row.
                if self._state is not None or article_id in rearranged:
                    unsettled.append(article_id)
            elif not self._rewritten(here):
                unsettled.append(article_id)
        if not unsettled:
            return
        plan = self._planned(unsettled, rearranged)
        if plan is None:
            self.reload()
        else:
            self._carry_out(plan)

    def _rewritten(self, place: int) -> bool:
        """Read one row again; tell whether it still stands where it stood."""
        row = self._rows[place]
        now = next(iter(self._read(place, 1)), None)
        if now is None or (now.id, now.position) != (row.id, row.position):
            return False
        self._write(place, now)
        return True

    def _planned(self, article_ids: Iterable[str], rearranged: set[str]) -> _Plan | None:
        """Work out what became of articles that may have come, gone or moved.

        None when it cannot be told, because a row has moved that was never read.
        """
        written: list[tuple[int, ArticleRow]] = []
        removed: list[int] = []
        inserted: list[tuple[int, ArticleRow]] = []
        unseen: list[tuple[int, ArticleRow]] = []
        lost = False
        for article_id in article_ids:
            here = self._loaded_place(article_id)
            place = self._find(article_id, state=self._state, search=self._search)
            now = None if place is None else next(iter(self._read(place, 1)), None)
            if here is None:
                lost = lost or now is None
                if place is not None and now is not None:
                    unseen.append((place, now))
            elif now is not None and now.position == self._rows[here].position:
                written.append((here, now))
            else:
                removed.append(here)
                if place is not None and now is not None:
                    inserted.append((place, now))
        size = self._ask_count(state=self._state, search=self._search)
        come = size - (self._size - len(removed) + len(inserted))
        if unseen and come == len(unseen):
            inserted += unseen
        elif come or (unseen and (lost or any(row.id in rearranged for _, row in unseen))):
            return None
        return _Plan(tuple(written), tuple(removed), tuple(sorted(inserted, key=lambda i: i[0])))

    def _carry_out(self, plan: _Plan) -> None:
        self._moving = True
        for place, row in plan.written:
            self._write(place, row)
        for place in sorted(plan.removed, reverse=True):
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._rows[place]
            self._shift(place, -1)
            self.endRemoveRows()
        # From the top down every place is the final one: all rows above it are there already.
        for place, row in plan.inserted:
            self.beginInsertRows(QModelIndex(), place, place)
            self._shift(place, +1)
            self._rows[place] = row
            self.endInsertRows()
        self._moving = False

    def _write(self, place: int, row: ArticleRow) -> None:
        if self._rows[place] != row:
            self._rows[place] = row
            index = self.index(place)
            self.dataChanged.emit(index, index)

    def _shift(self, place: int, step: int) -> None:
        self._size += step
        self._rows = {n + step if n >= place else n: row for n, row in self._rows.items()}

    # -- Qt ---------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._size

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in _ROLES:
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        return spoken(row) if role == Qt.ItemDataRole.AccessibleTextRole else row.title

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )


_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        ROW_ROLE,
    }
)


def _touched(change: Change) -> tuple[str, ...] | None:
    """Return the articles whose rows may look different now; None when it may be any."""
    if change.project is not None:
        return None  # the working layer may be another one
    if change.article is None and change.removed_annotations:
        return None  # they are known by their own ids alone
    found = dict.fromkeys(change.removed_articles)
    found |= dict.fromkeys(article.id for article in change.articles)
    found |= dict.fromkeys(status.article for status in change.statuses)
    found |= dict.fromkeys(annotation.article for annotation in change.annotations)
    found |= dict.fromkeys(article for article, _ in change.cleared_statuses)
    if change.article is not None and change.removed_annotations:
        found[change.article] = None
    return tuple(found)
