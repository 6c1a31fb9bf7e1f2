"""The queue as a list of articles: their order is known as a whole, their rows where they are seen.

The order is one list of positions, which costs little for a hundred thousand articles; a row is
read when it is first shown. A change is answered by looking at the touched articles again, never by
guessing what they are now.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.model.article import ArticleRow, State
from app.model.changes import Change
from app.model.listing import MOVING, RANKED, Listing, sort_key
from app.ui.queue.words import spoken
from app.ui.tips import tip

Index = QModelIndex | QPersistentModelIndex
Looked = tuple[str, ArticleRow | None, bool]

PAGE = 24
"""Rows read at a time: what a high window shows, and some above and below."""
ROW_ROLE = Qt.ItemDataRole.UserRole
"""The `ArticleRow` of an index."""

_MOST_ROWS = 50 * PAGE
_MOST_TOUCHED = 100
"""A change of more articles than this reads the list anew: an import, a batch over everything."""


class Articles(Protocol):
    """What is asked of a project; an open `Workspace` answers it."""

    def order(self, wanted: Listing) -> list[int]:
        """Return the positions of all articles of a listing, in its order."""
        ...

    def rows_at(self, positions: Sequence[int]) -> dict[int, ArticleRow]:
        """Return the rows of articles by position; what is gone is left out."""
        ...

    def look(self, article_ids: Iterable[str], wanted: Listing) -> tuple[Looked, ...]:
        """Return of each article its row, None where it is gone, and whether a listing holds it."""
        ...

    def state_counts(self) -> dict[State, int]:
        """Return how many articles are in each state."""
        ...

    def sources(self, limit: int) -> tuple[tuple[str, int], ...]:
        """Return the sources with the most articles, and how many each has."""
        ...


Project = Callable[[], Articles | None]
"""Gives the open project, if there is one."""


@dataclass(slots=True)
class _Plan:
    """What a change does to the list: positions that leave it, rows that come, rows to rewrite."""

    leaving: list[tuple[str, int]]
    coming: list[ArticleRow]
    written: list[ArticleRow]


class QueueModel(QAbstractListModel):
    """The articles of a listing."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._listing = Listing()
        self._order: list[int] = []
        self._rows: dict[int, ArticleRow] = {}
        self._positions: dict[str, int] = {}
        self._left: dict[str, int] = {}

    @property
    def listing(self) -> Listing:
        """What is shown."""
        return self._listing

    # -- loading ----------------------------------------------------------------------------------

    def show(self, listing: Listing) -> None:
        """Show other articles, or the same in another order."""
        if listing != self._listing:
            self._listing = listing
            self.reload()

    def reload(self) -> None:
        """Forget every row and read the order anew."""
        self.beginResetModel()
        project = self._project()
        self._order = project.order(self._listing) if project is not None else []
        self._forget()
        self._left.clear()
        self.endResetModel()

    def _forget(self) -> None:
        self._rows.clear()
        self._positions.clear()

    def row_at(self, place: int) -> ArticleRow | None:
        """Return the row at a place, reading its page when needed.

        None where there is no such row, or where another process has just taken it away.
        """
        if not 0 <= place < len(self._order):
            return None
        if self._order[place] not in self._rows:
            first = max(0, place - PAGE // 4)
            self._read(self._order[first : first + PAGE])
        return self._rows.get(self._order[place])

    def _read(self, positions: Sequence[int]) -> None:
        if len(self._rows) > _MOST_ROWS:
            self._forget()
        # A row that is shown changes only by `apply`, which tells the view.
        missing = [position for position in positions if position not in self._rows]
        project = self._project()
        if project is not None:
            for row in project.rows_at(missing).values():
                self._keep(row)

    def _keep(self, row: ArticleRow) -> None:
        self._rows[row.position] = row
        self._positions[row.id] = row.position

    # -- where things are -------------------------------------------------------------------------

    def place_of(self, article_id: str) -> int | None:
        """Return the place of an article, None when it is not among those shown."""
        position = self._positions.get(article_id)
        if position is None:
            project = self._project()
            for _, row, held in project.look((article_id,), self._listing) if project else ():
                position = row.position if row is not None and held else None
        return None if position is None else self._place(position)

    def _place(self, position: int) -> int | None:
        if self._listing.sort == "position" and not self._listing.descending:
            place = bisect_left(self._order, position)
            found = place < len(self._order) and self._order[place] == position
            return place if found else None
        return self._order.index(position) if position in self._order else None

    def neighbour(self, article_id: str, step: int) -> str | None:
        """Return the article a step (+1 or -1) further, also from one that has left the list."""
        here = self.place_of(article_id)
        if here is None:
            left = self._left.get(article_id, 0)
            here = left - 1 if step > 0 else left  # those behind it have moved up
        row = self.row_at(here + step)
        return row.id if row is not None else None

    def next_open(self, article_id: str) -> str | None:
        """Return the next article that is not done, from the top after the last; not this one."""
        project = self._project()
        if project is None or not self._order:
            return None
        done = set(project.order(replace(Listing(), state="done")))
        here = self.place_of(article_id)
        first = self._left.get(article_id, 0) if here is None else here + 1
        for position in (*self._order[first:], *self._order[:first]):
            if position not in done:
                self._read((position,))
                row = self._rows.get(position)
                if row is not None and row.id != article_id:
                    return row.id
        return None

    # -- changes ----------------------------------------------------------------------------------

    def apply(self, change: Change) -> None:
        """Take in a change that is on disk, with the smallest signals that tell it."""
        touched, project = _touched(change), self._project()
        if project is None or (touched is not None and not touched):
            return
        if touched is None or len(touched) > _MOST_TOUCHED:
            self.reload()
            return
        edited = {article.id for article in change.articles}
        plan = self._planned(project.look(touched, self._listing), edited)
        if plan is None:
            self.reload()
        else:
            self._carry_out(plan)

    def _planned(self, looked: Iterable[Looked], edited: set[str]) -> _Plan | None:
        """Work out what became of articles; None where it cannot be told."""
        plan = _Plan([], [], [])
        for article_id, row, held in looked:
            position = row.position if row is not None else self._positions.get(article_id)
            if position is None:
                return None  # gone, and nobody knows where it stood
            is_here = self._place(position) is not None
            if row is None or not held:
                if is_here:
                    plan.leaving.append((article_id, position))
            elif not is_here:
                plan.coming.append(row)
            elif article_id in edited and self._moves(row):
                plan.leaving.append((article_id, position))
                plan.coming.append(row)
            else:
                plan.written.append(row)
        places = [row.position for row in (*plan.coming, *plan.written)]
        return plan if len(places) == len(set(places)) else None

    def _moves(self, row: ArticleRow) -> bool:
        """Tell whether a row may belong to another place than it has."""
        sort = self._listing.sort
        if sort == "position" or sort in MOVING:
            return False
        before = self._rows.get(row.position)
        return before is None or sort_key(before, sort) != sort_key(row, sort)

    def _carry_out(self, plan: _Plan) -> None:
        for row in plan.written:
            self._write(row)
        for article_id, position in plan.leaving:
            place = self._place(position)
            if place is None:
                continue
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._order[place]
            self._rows.pop(position, None)
            self._positions.pop(article_id, None)
            self._left[article_id] = place
            self.endRemoveRows()
        for row in plan.coming:
            place = self._place_for(row)
            self.beginInsertRows(QModelIndex(), place, place)
            self._order.insert(place, row.position)
            self._keep(row)
            self._left.pop(row.id, None)
            self.endInsertRows()

    def _write(self, row: ArticleRow) -> None:
        before = self._rows.get(row.position)
        if before is None or before == row:
            return
        self._keep(row)
        place = self._place(row.position)
        if place is not None:
            index = self.index(place)
            self.dataChanged.emit(index, index)

    def _place_for(self, row: ArticleRow) -> int:
        """Return the place where a row that is not in the list belongs."""
        sort, down = self._listing.sort, self._listing.descending
        if sort in RANKED:
            return len(self._order)  # it has no rank yet
        wanted = sort_key(row, sort)
        low, high = 0, len(self._order)
        while low < high:
            middle = (low + high) // 2
            position = self._order[middle]
            if sort in {"position", "changed"}:
                key: tuple[str | int, int] = (position, 0)
            else:
                self._read((position,))
                there = self._rows.get(position)
                key = sort_key(there, sort) if there is not None else wanted
            if key > wanted if down else key < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    # -- Qt ---------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._order)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == ROW_ROLE:
            return self.row_at(index.row())
        if role not in _ROLES:
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row.title)
        return spoken(row) if role == Qt.ItemDataRole.AccessibleTextRole else row.title

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return _OF_A_ROW if index.isValid() else Qt.ItemFlag.NoItemFlags


_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    }
)
_OF_A_ROW = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
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
    found |= dict.fromkeys(bookmark.article for bookmark in change.bookmarks)
    found |= dict.fromkeys(article for article, *_ in change.cleared_bookmarks)
    found |= dict.fromkeys(article for article, _ in change.cleared_statuses)
    if change.article is not None and change.removed_annotations:
        found[change.article] = None
    return tuple(found)
