"""The left pane: the project, how far it is, and its articles."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.changes import Change
from app.model.listing import RANKED, Listing
from app.ui.icons import icon
from app.ui.queue.controls import Figures, Progress, ProjectName, SearchField, StateFilter
from app.ui.queue.filters import Filters
from app.ui.queue.model import Project, QueueModel
from app.ui.queue.saved import SavedFilter
from app.ui.queue.view import QueueView
from app.ui.queue.words import described
from app.ui.theme import LIGHT, Theme
from app.ui.tips import tip

SEARCH_DELAY = 150
"""Milliseconds from the last key to the search."""

_LEAST_WIDTH = 240
_RAIL, _UNBOUND = 44, (1 << 24) - 1
_MARGIN = 12


class QueuePanel(QWidget):
    """Reads through the callables it is given; asks for articles to be opened or imported."""

    article_requested = Signal(str)
    import_requested = Signal()
    text_focus_requested = Signal()
    unfold_requested = Signal()
    """The button of the rail: show the whole queue."""
    rank_wanted = Signal(str)
    """An order that is worked out beside the window is shown, and nobody has worked it out yet."""
    filters_kept = Signal(object)
    """The saved filters, after one was added, renamed or deleted: a tuple of `SavedFilter`."""

    def __init__(self, project: Project, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._saved: tuple[SavedFilter, ...] = ()
        self._total = 0
        self._open: str | None = None
        self.setProperty("class", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Queue")
        self.setMinimumWidth(_LEAST_WIDTH)
        self.model = QueueModel(project, parent=self)
        self.view = QueueView(self.model)
        self.search = SearchField()
        self.filter = StateFilter()
        self.filters = Filters(self._sources)
        self.filters.hide()
        self.nothing = _Nothing()
        self._unfold = QToolButton()
        self._unfold.setCheckable(True)
        self._unfold.setFixedSize(30, 30)
        self._unfold.setIconSize(QSize(14, 14))
        self._unfold.setAccessibleName("Sort and filter articles")
        self._unfold.setToolTip("Sort and filter articles (Ctrl+Shift+L)")
        self._told = QPushButton()
        self._told.setProperty("class", "quiet link")
        self._told.setToolTip("Show all articles in the order of import")
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._told.hide()
        self._name = ProjectName()
        self._figures = Figures()
        self._progress = Progress()
        self._import = QToolButton()
        self._import.setFixedSize(26, 26)
        self._import.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._import.setIconSize(QSize(16, 16))
        self._import.setAccessibleName("Import articles")
        self._import.setToolTip("Import articles (Ctrl+I)")
        self.rail = False
        self._knows_sources = False
        self._unrail = QToolButton()
        self._unrail.setFixedSize(32, 32)
        self._unrail.setIconSize(QSize(16, 16))
        self._unrail.setAccessibleName("Show the queue")
        self._unrail.setToolTip("Show the queue (Ctrl+B)")
        self._unrail.hide()
        self._head = QWidget()
        self._stack = QStackedWidget()
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_DELAY)
        self._arrange()
        self._connect()
        self.set_theme(LIGHT)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._name, 1)
        head.addWidget(self._import)
        top = QVBoxLayout(self._head)
        top.setContentsMargins(_MARGIN, 11, _MARGIN, 0)
        top.setSpacing(0)
        top.addLayout(head)
        top.addSpacing(6)
        top.addWidget(self._figures)
        top.addSpacing(6)
        top.addWidget(self._progress)
        top.addSpacing(11)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.search, 1)
        line.addWidget(self._unfold)
        top.addLayout(line)
        told = QHBoxLayout()
        told.setContentsMargins(_MARGIN - 3, 0, _MARGIN, 0)
        told.addWidget(self._told)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._unrail, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._head)
        column.addSpacing(8)
        column.addWidget(self.filter)
        column.addLayout(told)
        column.addWidget(self.filters)
        column.addSpacing(8)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._import.clicked.connect(self.import_requested)
        self._unrail.clicked.connect(self.unfold_requested)
        self._pause.timeout.connect(self._show)
        self.search.textChanged.connect(self._typed)
        self.search.list_wanted.connect(self._go_to_list)
        self.search.left.connect(self.text_focus_requested)
        self.filter.chosen.connect(self._show)
        self._unfold.toggled.connect(self._fold)
        self._told.clicked.connect(self.show_all)
        self.filters.chosen.connect(self._narrow)
        self.filters.kept.connect(self._keep)
        self.filters.left.connect(lambda: self._unfold.setChecked(False))
        self.view.opened.connect(self._opened)
        self.view.left_upwards.connect(self.focus_search)
        self.nothing.clear_wanted.connect(self._clear)
        self.nothing.import_wanted.connect(self.import_requested)
        self.model.modelReset.connect(self._mark_open)

    # -- what the desk says -----------------------------------------------------------------------

    def set_rail(self, on: bool) -> None:
        """Fold the pane to a rail of states, or show all of it again."""
        if on == self.rail:
            return
        self.rail = on
        for part in (self._head, self.filter):
            part.setVisible(not on)
        self._unrail.setVisible(on)
        self.filters.setVisible(self._unfold.isChecked() and not on)
        self._told.setVisible(bool(described(self.model.listing)) and not on)
        self.view.set_rail(on)
        self.setMinimumWidth(_RAIL if on else _LEAST_WIDTH)
        self.setMaximumWidth(_RAIL if on else _UNBOUND)

    def reload(self) -> None:
        """Read everything anew."""
        self.model.reload()
        self._knows_sources = False
        if not self.filters.isHidden():
            self._read_sources()
        self._show_figures()

    def apply(self, change: Change) -> None:
        """Take in a change that is on disk."""
        self.model.apply(change)
        # What is open may have come back into the list.
        self._mark_open()
        self._show_figures()

    def select(self, article_id: str | None) -> None:
        """Show which article is open, and scroll to it."""
        self._open = article_id
        place = self.model.place_of(article_id) if article_id else None
        self.view.show_open(place, scroll=True)

    @override
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        # No focus proxy: Qt would make one stop of the whole pane for Tab.
        (self.view if self.model.rowCount() else self.search).setFocus(reason)

    def focus_search(self) -> None:
        """Put the keys into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def focus_filters(self) -> None:
        """Unfold what the queue is sorted and narrowed by, and put the keys there."""
        self._unfold.setChecked(True)
        self.filters.sort.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_filters(self, filters: tuple[SavedFilter, ...]) -> None:
        """Take the filters that are saved for this project, and show all articles."""
        self._saved = filters
        self.filters.show_filters(filters)
        self.show_all()

    def apply_filter(self, name: str) -> None:
        """Use a saved filter."""
        found = next((one for one in self._saved if one.name == name), None)
        if found is not None:
            self.show_listing(found.listing)
            self.filters.show_filters(self._saved, name)

    def show_all(self) -> None:
        """Show all articles in the order of import."""
        self.show_listing(Listing())
        self.filters.show_filters(self._saved)

    def show_listing(self, listing: Listing) -> None:
        """Show the articles of a listing, and in the controls what it asks for."""
        self.search.blockSignals(True)
        self.search.setText(listing.search)
        self.search.blockSignals(False)
        self.filter.choose(listing.state)
        self.filters.show_listing(listing)
        self._narrow(listing)

    def neighbour(self, article_id: str, step: int) -> str | None:
        """Return the article before (-1) or behind (+1) another, in the order that is shown."""
        return self.model.neighbour(article_id, step)

    def next_open(self, article_id: str) -> str | None:
        """Return the next article that is not done, in the order that is shown."""
        return self.model.next_open(article_id)

    def set_project_name(self, name: str) -> None:
        """Show the name of the project."""
        self._name.setText(name)
        self._name.setToolTip(tip(name))

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        for part in (self._name, self._figures, self._progress, self.search, self.filter):
            part.set_theme(theme)
        self.view.set_theme(theme)
        self.filters.set_theme(theme)
        self._import.setIcon(icon("plus", theme, "text-2", 16))
        self._unfold.setIcon(icon("filter", theme, "text-2", 14))
        self._unrail.setIcon(icon("list", theme, "text-2", 16))

    # -- what the user does -----------------------------------------------------------------------

    def _typed(self) -> None:
        self._pause.start()

    def _show(self) -> None:
        self._pause.stop()
        words = self.search.text().strip()
        listing = replace(self.model.listing, state=self.filter.state, search=words)
        self.filters.show_listing(listing)
        self._narrow(listing)

    def _narrow(self, listing: Listing) -> None:
        is_other = listing.sort != self.model.listing.sort
        self.model.show(listing)
        if is_other and listing.sort in RANKED:
            self.rank_wanted.emit(listing.sort)
        told = described(listing)
        self._told.setText(f"{told}  ×")
        self._told.setAccessibleName(f"{told}. Show all articles")
        self._told.setVisible(bool(told) and not self.rail)
        self._show_emptiness()

    def _read_sources(self) -> None:
        """Read which sources there are, once they are to be seen: it takes a while."""
        if not self._knows_sources:
            self._knows_sources = True
            self.filters.reload()

    def _fold(self, on: bool) -> None:
        if on:
            self._read_sources()
        inside = self.filters.isAncestorOf(QApplication.focusWidget() or self)
        self.filters.setVisible(on and not self.rail)
        if inside and not on:
            self.setFocus()

    def _keep(self, filters: tuple[SavedFilter, ...]) -> None:
        self._saved = filters
        self.filters_kept.emit(filters)

    def _sources(self, limit: int) -> Sequence[tuple[str, int]]:
        project = self._project()
        return project.sources(limit) if project is not None else ()

    def _go_to_list(self) -> None:
        if self._pause.isActive():
            self._show()
        if self.model.rowCount():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _opened(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self.article_requested.emit(row.id)

    def _clear(self) -> None:
        if self.search.text():
            self.search.clear()
            self._show()
        else:
            self.show_all()
        self.focus_search()

    # -- what is shown ----------------------------------------------------------------------------

    def _mark_open(self) -> None:
        if self._open is not None and not self.view.selectionModel().hasSelection():
            self.view.show_open(self.model.place_of(self._open), scroll=False)

    def _show_figures(self) -> None:
        project = self._project()
        counts = project.state_counts() if project is not None else {}
        self._total = sum(counts.values())
        done = counts.get("done", 0)
        self._figures.show_figures(done, self._total)
        self._progress.show_figures(done, counts.get("in progress", 0), self._total)
        self.filter.show_counts(counts)
        self._show_emptiness()

    def _show_emptiness(self) -> None:
        empty = not self.model.rowCount()
        if empty:
            self.nothing.explain(self._total, self.model.listing)
        focused = self.view.hasFocus()
        self._stack.setCurrentWidget(self.nothing if empty and not self.rail else self.view)
        if empty and focused:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)


class _Nothing(QWidget):
    """Says why the list is empty, and what to do about it."""

    clear_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.label.setProperty("class", "label")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = QPushButton()
        self._importing = False
        self.button.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 28, _MARGIN, _MARGIN)
        column.setSpacing(12)
        column.addWidget(self.label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def explain(self, total: int, listing: Listing) -> None:
        """Find the words for an empty list of a project with `total` articles."""
        self._importing = not total
        if self._importing:
            self.label.setText("No articles yet.")
            self.button.setText("Import articles")
        elif listing.search:
            self.label.setText(f"No article matches “{listing.search}”.")
            self.button.setText("Clear search")
        else:
            is_plain = listing.state is not None and not listing.narrows
            self.label.setText(
                f"No article is {listing.state}." if is_plain else "No article is like that."
            )
            self.button.setText("Show all articles")

    def _clicked(self) -> None:
        (self.import_wanted if self._importing else self.clear_wanted).emit()
