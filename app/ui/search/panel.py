"""The pane that searches all articles: texts, marks by what is known of them, and bookmarks.

A search runs in a thread of its own; the first hits are shown before it has ended.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.changes import Change
from app.model.codebook import Codebook
from app.model.hits import Found, Hit, MarkQuery
from app.model.registry import Annotator, Record
from app.model.wording import several
from app.ui.controls import tab
from app.ui.icons import icon
from app.ui.jobs import Job
from app.ui.search.delegate import HEIGHT, HitDelegate
from app.ui.search.marks_form import MarksForm
from app.ui.search.model import HitsModel
from app.ui.theme import LIGHT, Theme

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["texts", "marks", "bookmarks"]
Stop = Callable[[], bool]

KINDS: tuple[tuple[Kind, str, str], ...] = (
    ("texts", "Texts", "Words, “a phrase”, begin*, -without"),
    ("marks", "Marks", "Words of the marks"),
    ("bookmarks", "Bookmarks", "Words at the bookmarks"),
)

_PAUSE = 120
"""Milliseconds from the last key to the search."""
_LEAST_WIDTH = 240
_MARGIN = 12


class Searched(Protocol):
    """What the pane asks of a project (`Workspace`)."""

    @property
    def codebook(self) -> Codebook:
        """The types that marks may have."""

    def annotators(self) -> tuple[Annotator, ...]:
        """Return who annotates; each has a layer of that name."""

    def named(self, kinds: Sequence[str], words: str, limit: int) -> list[Record]:
        """Return entries of the registry with these words."""

    def search_texts(self, words: str, stop: Stop) -> Iterator[Found]:
        """Yield positions of articles with these words."""

    def text_hits(self, words: str, positions: Sequence[int]) -> tuple[Hit, ...]:
        """Return what is shown of articles."""

    def search_marks(self, query: MarkQuery, stop: Stop) -> Iterator[Found]:
        """Yield keys of marks."""

    def mark_hits(self, keys: Sequence[int]) -> tuple[Hit, ...]:
        """Return what is shown of marks."""

    def bookmark_hits(self, words: str = "") -> tuple[Hit, ...]:
        """Return the bookmarks with these words."""


class SearchPanel(QWidget):
    """Finds; whoever listens goes to what was chosen."""

    hit_chosen = Signal(object)
    """The `Hit` to go to."""
    left = Signal()
    """Close the pane: Esc, or its button."""

    def __init__(
        self, project: Callable[[], Searched | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._job: Job | None = None
        self._ending: set[Job] = set()
        """Threads must not lose the object they report to."""
        self._last: tuple[str, int] | None = None
        """The article whose hits one goes through, and which of them is shown."""
        self.setProperty("class", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Search in all articles")
        self.setMinimumWidth(_LEAST_WIDTH)
        self.words = _Words()
        self.form = MarksForm(self._named)
        self.hits = HitsModel(self)
        self.view = _HitView(self.hits)
        self._title = QLabel("Search all articles")
        self._title.setProperty("class", "heading")
        self._close = QToolButton()
        self._close.setFixedSize(28, 28)
        self._close.setAccessibleName("Close the search")
        self._close.setToolTip("Close the search (Esc)")
        self._told = QLabel()
        self._told.setProperty("class", "label small")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setWordWrap(True)
        self.tabs = {kind: tab(label) for kind, label, _ in KINDS}
        self._group = QButtonGroup(self)
        for one in self.tabs.values():
            self._group.addButton(one)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._arrange()
        self._connect()
        self.set_theme(LIGHT)
        self.choose("texts")

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        tabs = QHBoxLayout()
        tabs.setSpacing(2)
        for one in self.tabs.values():
            tabs.addWidget(one)
        tabs.addStretch(1)
        top = QVBoxLayout()
        top.setContentsMargins(_MARGIN, 9, 8, 0)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self.words)
        top.addLayout(tabs)
        told = QHBoxLayout()
        told.setContentsMargins(_MARGIN, 4, _MARGIN, 6)
        told.addWidget(self._told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.form)
        column.addLayout(told)
        column.addWidget(self.view, 1)

    def _connect(self) -> None:
        self._close.clicked.connect(self.left)
        self.words.textChanged.connect(self._pause.start)
        self.words.list_wanted.connect(self._go_to_list)
        self.words.left.connect(self.left)
        self.form.changed.connect(self._pause.start)
        self._pause.timeout.connect(self.search)
        self._group.buttonClicked.connect(self._turn)
        self.view.chosen.connect(self._choose)
        self.view.left_upwards.connect(self.words.setFocus)
        self.view.left.connect(self.left)

    @property
    def kind(self) -> Kind:
        """What is searched."""
        return next(kind for kind, tab in self.tabs.items() if tab.isChecked())

    def choose(self, kind: Kind) -> None:
        """Search texts, marks or bookmarks."""
        self.tabs[kind].setChecked(True)
        self._turn()

    def start(self) -> None:
        """Take the keyboard; what is typed already can be typed over."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def load(self) -> None:
        """Take another project, or another codebook of it."""
        self._cancel()
        project = self._project()
        layers = [one.name for one in project.annotators()] if project else []
        self.form.load(project.codebook if project else None, layers)
        self.words.clear()
        self._pause.stop()
        self.search()

    def apply(self, change: Change) -> None:
        """Take in a change: what is shown may be out of date."""
        touches_bookmarks = bool(change.bookmarks or change.cleared_bookmarks)
        if self.kind == "bookmarks" and touches_bookmarks and self.isVisible():
            self.search()
        elif change.codebook is not None:
            self.load()

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._close.setIcon(icon("x", theme))
        self.view.set_theme(theme)

    def cancel(self) -> None:
        """End a search that is under way: the project closes."""
        self._pause.stop()
        self._cancel()

    # -- searching --------------------------------------------------------------------------------

    def _turn(self) -> None:
        kind = self.kind
        self.form.setVisible(kind == "marks")
        self.words.setPlaceholderText(next(told for one, _, told in KINDS if one == kind))
        self.search()

    def search(self) -> None:
        """Look for what is asked now."""
        self._pause.stop()
        self._cancel()
        self._last = None
        project, words, kind = self._project(), self.words.text().strip(), self.kind
        if project is None:
            self.hits.show_hits(())
            self._told.clear()
        elif kind == "bookmarks":
            found = project.bookmark_hits(words)
            self.hits.show_hits(found)
            self._told.setText(several(len(found), "bookmark") if found else _NO_BOOKMARK)
        elif kind == "texts":
            self._begin(
                lambda stop: project.search_texts(words, stop),
                lambda keys: project.text_hits(words, keys),
                is_empty=not words,
            )
        else:
            query = self.form.query(words)
            self._begin(
                lambda stop: project.search_marks(query, stop),
                project.mark_hits,
                is_empty=query.is_empty,
            )

    def _begin(
        self,
        find: Callable[[Stop], Iterator[Found]],
        read: Callable[[Sequence[int]], Sequence[Hit]],
        *,
        is_empty: bool,
    ) -> None:
        if is_empty:
            self.hits.show_keys((), read)
            self._told.clear()
            return

        def work(job: Job) -> None:
            for found in find(lambda: job.is_cancelled):
                job.tell(found)

        job = Job(work)
        is_first = True

        def show(found: Found) -> None:
            nonlocal is_first
            # What is read already stays where it is: the better ones come below.
            if is_first or (found.stage == "all" and not self.view.is_used):
                self.hits.show_keys(found.keys, read)
                self.view.start()
            else:
                self.hits.extend(found.keys)
            is_first = False
            self._say(found)

        job.progressed.connect(show)
        job.failed.connect(self._told.setText)
        self._begin_job(job)

    def _say(self, found: Found) -> None:
        thing = "article" if self.kind == "texts" else "mark"
        more = "" if found.stage != "first" else " or more"
        said = f"{several(found.count, thing)}{more}"
        if self.kind == "marks" and found.articles:
            said += f" in {several(found.articles, 'article')}"
        self._told.setText(said if found.count else f"No {thing} matches")

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.progressed.disconnect()
            self._job.failed.disconnect()
            self._job.cancel()
            self._job = None

    def _begin_job(self, job: Job) -> None:
        self._job = job
        self._ending.add(job)
        job.ended.connect(lambda: self._ending.discard(job))
        job.start()

    def _named(self, kinds: Sequence[str], words: str, limit: int) -> Sequence[Record]:
        project = self._project()
        return project.named(kinds, words, limit) if project else ()

    # -- going there ------------------------------------------------------------------------------

    def _go_to_list(self) -> None:
        if self._pause.isActive():
            self.search()
        if self.hits.rowCount():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, place: int) -> None:
        hit = self.hits.hit_at(place)
        if hit is None:
            return
        if len(hit.places) > 1:
            again = self._last is not None and self._last[0] == hit.article
            turn = (self._last[1] + 1) % len(hit.places) if again and self._last else 0
            self._last = hit.article, turn
            start, end = hit.places[turn]
            hit = replace(hit, start=start, end=end)
            self._told.setText(f"{turn + 1:,} of {several(len(hit.places), 'hit')} in the article")
        else:
            self._last = None
        self.hit_chosen.emit(hit)


_NO_BOOKMARK = "No bookmark. M in the text puts one where you read."


class _Words(QLineEdit):
    """The line of words. Down and Enter go to the hits."""

    list_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Search in all articles")
        self.setMinimumHeight(30)
        self.setClearButtonEnabled(False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.list_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _HitView(QListView):
    """The hits. Moving in the list goes nowhere; Enter and a click do."""

    chosen = Signal(int)
    left_upwards = Signal()
    left = Signal()

    def __init__(self, model: HitsModel) -> None:
        super().__init__()
        self._delegate = HitDelegate(self)
        self.is_used = False
        """Whether somebody moved in the list since it was shown."""
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(HEIGHT // 2)
        self.verticalScrollBar().actionTriggered.connect(self._use)
        self.setAccessibleName("Hits")
        self.clicked.connect(self._clicked)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._delegate.set_theme(theme)
        self.viewport().update()

    def start(self) -> None:
        """Begin at the first hit again."""
        self.is_used = False
        self.setCurrentIndex(self.model().index(0, 0))

    def _use(self) -> None:
        self.is_used = True

    def _clicked(self, index: QModelIndex) -> None:
        self._use()
        self.chosen.emit(index.row())

    @override
    def keyboardSearch(self, search: str) -> None:
        """Leave letters alone: looking for one would read every hit."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = event.key(), self.currentIndex()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current.isValid():
            self._clicked(current)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_Up and current.row() <= 0:
            self.left_upwards.emit()
        else:
            self._use()
            super().keyPressEvent(event)
