"""The queue and the search over 100,000 articles: opening, scrolling, first hits, counting.

Floors: a bare table view that reads pages by sqlite3, an eager list of 100 rows, one frame of a
60 Hz screen, and FTS5's own count.
"""

import sqlite3
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QTableView
from typing_extensions import override

from app.model.listing import Listing
from app.ui.application import collect_rarely, make_window
from app.ui.queue.panel import QueuePanel
from app.workspace import Workspace
from benchmarks.finding import fill
from benchmarks.material import article, project
from benchmarks.measure import Row, median, milliseconds, percentile

_FRAME = 1000 / 60
_PAGE = 200
_STEPS = 60


class _Lazy(QAbstractTableModel):
    """The floor: pages of four columns, straight from the file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._connection = sqlite3.connect(path)
        sql = "SELECT count(*) FROM article WHERE deleted_at IS NULL"
        (self._count,) = self._connection.execute(sql).fetchone()
        self._pages: dict[int, list[tuple[object, ...]]] = {}

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 4

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        page, place = divmod(index.row(), _PAGE)
        if page not in self._pages:
            self._pages[page] = self._connection.execute(
                "SELECT title, source, published, position FROM article WHERE deleted_at IS NULL "
                "ORDER BY position LIMIT ? OFFSET ?",
                (_PAGE, page * _PAGE),
            ).fetchall()
        return self._pages[page][place][index.column()]


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of this group."""
    _, window = make_window()
    collect_rarely()  # as the program does once its window stands
    path = folder / "lists.pressmark"
    workspace = project(path, [(article(2_500, seed=1), 50)])
    fill(workspace)
    yield from _queue(workspace, path)
    yield from _search(workspace, path)
    workspace.close()
    window.deleteLater()


def _queue(workspace: Workspace, path: Path) -> Iterator[Row]:
    table = QTableView()
    panel = QueuePanel(lambda: workspace)
    for widget in (table, panel):
        widget.resize(268, 800)
        widget.show()

    def open_table() -> None:
        table.setModel(_Lazy(path))
        table.grab()

    def open_queue() -> None:
        panel.show_listing(Listing())
        panel.reload()
        panel.grab()

    open_table(), open_queue()
    floor, ours = median(open_table), median(open_queue)
    name = "queue of 100,000 articles"
    yield Row(operation=f"{name}: open", floor=floor, ours=ours, budget=1.5)
    eager = QListView()
    eager.setModel(QStringListModel([f"Article {n}" for n in range(100)]))
    eager.setUniformItemSizes(True)
    eager.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    eager.resize(268, 600)
    eager.show()
    floors, times = _scroll(eager), _scroll(panel.view)
    for percent in (50, 95):
        yield Row(
            operation=f"{name}: a step of scrolling, p{percent}",
            floor=percentile(floors, percent),
            ours=percentile(times, percent),
            budget=2.0,
        )
    for widget in (table, panel, eager):
        widget.close()


def _scroll(view: QListView) -> list[float]:
    """Scroll through all of a list in equal steps; return how long each takes until painted."""
    bar = view.verticalScrollBar()

    def step(n: int) -> None:
        bar.setValue(bar.maximum() * n // _STEPS)
        view.viewport().grab()

    step(1)
    return [milliseconds(partial(step, n)) for n in range(2, _STEPS)]


def _search(workspace: Workspace, path: Path) -> Iterator[Row]:
    connection = sqlite3.connect(path)
    for words, what in (("said", "a word of every article"), ("vanaru said", "a rare word")):
        times = []
        for _ in range(7):
            start = time.perf_counter()
            found = next(iter(workspace.search_texts(words, lambda: False)))
            workspace.text_hits(words, found.keys[:20])
            times.append((time.perf_counter() - start) * 1e3)
        yield Row(
            operation=f"search: first hits of {what}",
            floor=_FRAME,
            ours=percentile(times, 50),
            budget=1.0,
        )

    def count_alone() -> None:
        sql = "SELECT count(*) FROM article_search WHERE article_search MATCH ?"
        connection.execute(sql, ('"said"*',)).fetchone()

    def count() -> None:
        for found in workspace.search_texts("said", lambda: False):
            if found.stage == "counted":
                return

    yield Row(
        operation="search: counting 100,000",
        floor=median(count_alone),
        ours=median(count),
        budget=1.5,
    )
    connection.close()
