"""The dashboard: how far the project is, who agrees with whom, and what waits for a decision."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.changes import Change
from app.model.codebook import SpanType
from app.model.figures import ProjectFigures, Waiting
from app.model.wording import several
from app.ui.dashboard.cards import Card, Entry, Tile
from app.ui.dashboard.charts import Agreed, Done, Progress, Spent, clock, days_back
from app.ui.icons import icon
from app.ui.jobs import Job
from app.ui.scroll_pane import scroll_pane
from app.ui.session import Session
from app.ui.theme import LIGHT, Theme
from app.ui.views import View
from app.workspace.figures import figures_of

_REST_MS = 1_500
_WIDE, _MIDDLE = 1180, 760
_PERIODS = ((7, "7 days"), (14, "14 days"), (0, "All"))
_MOST_DAYS = 366
_VERBS = {"flagged": "Open", "compare": "Compare", "alike": "Merge…"}


class Dashboard(View):
    """Shows the figures of a session's project, counted beside the window. It writes nothing."""

    state_requested = Signal(str)
    """The articles in a state, in the queue."""
    table_requested = Signal(str, str)
    """A table of the dataset, and words its rows are narrowed to."""
    place_requested = Signal(str, str)
    """An article and a mark in it."""
    view_requested = Signal(str)
    likely_requested = Signal()
    """The entries of the registry that are likely the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._theme: Theme = LIGHT
        self._figures: ProjectFigures | None = None
        self._is_stale = True
        self._job: Job | None = None
        self._ending: set[Job] = set()
        """Threads must not lose the object they report to."""
        self._period = 14
        self._columns = 0
        self._counted = ""
        self.setProperty("class", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Dashboard")
        self.title = QLabel()
        self.title.setProperty("class", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.periods = {days: QPushButton(words) for days, words in _PERIODS}
        self.pdf = QPushButton("Save as PDF…")
        self.tiles = {name: Tile() for name in ("done", "marks", "alpha", "time", "suggestions")}
        self.progress, self.done, self.agreed, self.spent = Progress(), Done(), Agreed(), Spent()
        self.waiting, self.by_type = _Entries("Needs a decision"), _ByType("Marks by type")
        self.cards: tuple[Card, ...] = (
            self.progress,
            self.done,
            self.waiting,
            self.agreed,
            self.spent,
            self.by_type,
        )
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._arrange()
        self._connect()
        self.set_theme(LIGHT)

    def _arrange(self) -> None:
        segments = QWidget()
        segments.setProperty("class", "segments")
        inside = QHBoxLayout(segments)
        inside.setContentsMargins(2, 2, 2, 2)
        inside.setSpacing(0)
        group = QButtonGroup(self)
        for days, button in self.periods.items():
            button.setProperty("class", "segment")
            button.setCheckable(True)
            button.setChecked(days == self._period)
            button.setAccessibleName(f"Period: {button.text()}")
            group.addButton(button)
            inside.addWidget(button)
        self.pdf.setMinimumHeight(28)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(segments)
        head.addWidget(self.pdf)
        tiles = QHBoxLayout()
        tiles.setSpacing(8)
        for tile in self.tiles.values():
            tiles.addWidget(tile)
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        self.sheet = QWidget()
        self.sheet.setProperty("class", "app")
        column = QVBoxLayout(self.sheet)
        column.setContentsMargins(28, 18, 28, 20)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(tiles)
        column.addLayout(self._grid, 1)
        self._scroll = scroll_pane(self)
        self._scroll.setProperty("class", "app")
        self._scroll.setWidget(self.sheet)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        self._place_cards()
        self.setFocusProxy(self.tiles["done"])

    def _connect(self) -> None:
        for days, button in self.periods.items():
            button.clicked.connect(partial(self.show_period, days))
        self.pdf.clicked.connect(self._save)
        self._rest.timeout.connect(self._look_again)
        for one, state in ((self.tiles["done"], "done"), (self.done, "done"), (self.spent, "done")):
            one.clicked.connect(partial(self.state_requested.emit, state))
        self.progress.clicked.connect(partial(self.state_requested.emit, "in progress"))
        self.tiles["time"].clicked.connect(partial(self.state_requested.emit, "done"))
        for figure in (self.tiles["alpha"], self.agreed):
            figure.clicked.connect(partial(self.view_requested.emit, "compare"))
        self.tiles["marks"].clicked.connect(partial(self.view_requested.emit, "dataset"))
        for read_only in (self.tiles["suggestions"], self.waiting, self.by_type):
            read_only.lead_nowhere()
        self.by_type.chosen.connect(self.table_requested)

    # -- the project ------------------------------------------------------------------------------

    @override
    def show_session(self, session: Session | None) -> None:
        """Show the figures of another project, or none."""
        self._stop()
        self._session, self._figures, self._is_stale = session, None, True
        self.sheet.setEnabled(False)
        if session is not None:
            session.changed.connect(self._changed)
            self.title.setText(session.workspace.project.name)
            if self.isVisible():
                self._look()

    @override
    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        for part in (*self.tiles.values(), *self.cards):
            part.set_theme(theme)
        for entry in (*self.waiting.entries, *self.by_type.entries):
            entry.set_theme(theme)
        self.pdf.setIcon(icon("download", theme))

    @override
    def cycle_pane(self, step: int) -> None:
        """Bring the keys from the head figures to the cards, and back."""
        inside = any(
            card.hasFocus() or any(one.hasFocus() for one in card.findChildren(Entry))
            for card in self.cards
        )
        (self.tiles["done"] if inside else self.progress).setFocus(
            Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
        )

    @override
    def figures(self) -> str:
        """Return when and from what the figures were counted."""
        return self._counted

    def _changed(self, _change: Change) -> None:
        self._is_stale = True
        if self.isVisible():
            self._rest.start()

    def _look_again(self) -> None:
        if self.isVisible() and self._is_stale:
            self._look()

    def _look(self) -> None:
        session = self._session
        if session is None:
            return
        self._stop()
        self._is_stale = False
        workspace = session.workspace
        job = self._job = Job(lambda job: figures_of(workspace, tell=job.tell))
        job.progressed.connect(self._say_how_far)
        job.done.connect(self._show)
        job.failed.connect(self.message)
        self._ending.add(job)
        job.ended.connect(partial(self._ended, job))
        if self._figures is None:
            self._say("Counting…")
        job.start()

    def _ended(self, job: Job) -> None:
        self._ending.discard(job)
        if job is self._job:
            self._job = None

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            for signal in (job.progressed, job.done, job.failed):
                signal.disconnect()
            job.cancel()
        self._rest.stop()

    def _say(self, words: str) -> None:
        self._counted = words
        self.current_changed.emit()

    def _say_how_far(self, far: tuple[str, int, int]) -> None:
        what, done, of = far
        self._say(f"{what}: {done:,} of {several(of, 'article')}")

    # -- showing ----------------------------------------------------------------------------------

    def _show(self, figures: ProjectFigures) -> None:
        if self._session is None:
            return
        self._figures = figures
        self.sheet.setEnabled(True)
        self._show_tiles(figures)
        types = [one for one in self._session.workspace.codebook.types if not one.archived]
        self.agreed.show_figures(figures, types)
        self.spent.show_figures(figures)
        self.by_type.show_figures(figures, types, self._theme)
        self._show_waiting(figures.waiting)
        self.show_period(self._period)
        self._say(f"Counted {datetime.now():%H:%M:%S} from {several(figures.articles, 'article')}")  # noqa: DTZ005 - told to people here
        focus = QApplication.focusWidget()
        if self.isVisible() and (focus is None or not self.isAncestorOf(focus)):
            self.setFocus()

    def _show_tiles(self, figures: ProjectFigures) -> None:
        states = figures.states
        self.tiles["done"].show_figure(
            f"{states['done']:,}",
            "articles done",
            f"{states['in progress']:,} in progress, {states['flagged']:,} flagged",
            beside=f"/ {figures.articles:,}",
        )
        by_type = ", ".join(f"{count:,} {name}" for name, count in self._named(figures))
        self.tiles["marks"].show_figure(f"{figures.total:,}", "marks", by_type or "none yet")
        found = figures.together
        alpha = found.mean_alpha if found else None
        self.tiles["alpha"].show_figure(
            "–" if alpha is None else f"{alpha:.2f}",
            f"mean α over {several(len(found.types), 'type')}" if found else "agreement",
            f"{several(found.articles, 'article')} coded by two"
            if found
            else "nobody has coded the same",
        )
        own = figures.own
        self.tiles["time"].show_figure(
            clock(own.median_minutes),
            "median time per article",
            f"{several(len(own.minutes), 'article')} with a time",
        )
        decided = figures.accepted + figures.rejected
        self.tiles["suggestions"].show_figure(
            f"{figures.accepted / decided:.0%}".replace("%", " %") if decided else "–",
            "suggestions accepted",
            f"{figures.accepted:,} accepted, {figures.rejected:,} rejected",
        )

    def _named(self, figures: ProjectFigures) -> list[tuple[str, int]]:
        codebook = self._session.workspace.codebook if self._session else None
        types = codebook.types if codebook else ()
        return [
            (
                (one.label if figures.marks[one.name] == 1 else one.plural).lower(),
                figures.marks[one.name],
            )
            for one in types
            if figures.marks.get(one.name)
        ]

    def show_period(self, days: int) -> None:
        """Show the figures of so many days; 0 of all since the first mark, a year at most."""
        self._period = days
        figures = self._figures
        if figures is None:
            return
        today = datetime.now(UTC).date()
        if not days:
            known = [
                one for layer in figures.layers for one in (*layer.per_day, *layer.done_on) if one
            ]
            first = date.fromisoformat(min(known)) if known else today
            days = max(2, min(_MOST_DAYS, (today - first).days + 1))
        span = days_back(days, today)
        self.progress.show_figures(figures, span)
        self.done.show_figures(figures, span)

    def _show_waiting(self, waiting: Sequence[Waiting]) -> None:
        entries = self.waiting.show_entries(len(waiting), "Nothing waits for a decision.")
        for entry, one in zip(entries, waiting, strict=True):
            entry.set_theme(self._theme)
            entry.show_entry(one.title, _VERBS.get(one.kind, "Show"), about=one.about, verb=True)
            entry.clicked.connect(partial(self._decide, one))

    def _decide(self, one: Waiting) -> None:
        if one.kind == "flagged":
            self.state_requested.emit("flagged")
        elif one.kind == "compare":
            self.view_requested.emit("compare")
        elif one.kind == "alike":
            self.likely_requested.emit()
        else:
            self.place_requested.emit(one.article, one.annotation)

    # -- keeping ----------------------------------------------------------------------------------

    def _save(self) -> None:
        name = f"{self.title.text() or 'Pressmark'}.pdf".replace("/", "-")
        chosen, _ = QFileDialog.getSaveFileName(self, "Save as PDF", name, "PDF (*.pdf)")
        if chosen:
            self.save_pdf(Path(chosen))

    def save_pdf(self, path: Path) -> None:
        """Write what is shown to a PDF of one page, beside it first and then in its place."""
        beside = path.with_name(f".{path.name}.part")
        try:
            beside.touch()
            self._print(beside)
            beside.replace(path)
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            self.message.emit(f"“{path.name}” cannot be written there. Nothing was changed.")
        else:
            self.message.emit(f"Saved {path.name}")

    def _print(self, path: Path) -> None:
        writer = QPdfWriter(str(path))
        writer.setTitle(self.title.text())
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageOrientation(QPageLayout.Orientation.Landscape)
        writer.setPageMargins(QMarginsF(10, 10, 10, 10), QPageLayout.Unit.Millimeter)
        writer.setResolution(300)
        scale = min(
            writer.width() / self.sheet.width(), writer.height() / max(1, self.sheet.height())
        )
        painter = QPainter(writer)
        painter.scale(scale, scale)
        self.sheet.render(painter, QPoint(0, 0))
        if not painter.end():
            raise OSError

    # -- events -----------------------------------------------------------------------------------

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._look()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cards()

    def _place_cards(self) -> None:
        wide = self.width()
        columns = 3 if wide >= _WIDE else 2 if wide >= _MIDDLE else 1
        if columns == self._columns:
            return
        self._columns = columns
        for number, card in enumerate(self.cards):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, *divmod(number, columns))
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


class _Entries(Card):
    """A card of lines that each lead somewhere."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.entries: list[Entry] = []
        self._empty = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 46, 10, 12)
        self._column.setSpacing(2)
        self._column.addStretch(1)

    def show_entries(self, count: int, empty: str) -> list[Entry]:
        """Make room for so many lines; without any the card says `empty`."""
        while self.entries:
            gone = self.entries.pop()
            self._column.removeWidget(gone)
            gone.deleteLater()
        self._empty = "" if count else empty
        for number in range(count):
            entry = Entry()
            self.entries.append(entry)
            self._column.insertWidget(number, entry)
        self.describe(self._empty)
        return self.entries

    @override
    def paint_body(self, painter: QPainter, box: QRectF) -> None:
        """Paint nothing below the lines, or why there are none."""
        if self._empty:
            self.paint_nothing(painter, box, self._empty)


class _ByType(_Entries):
    """How many marks there are of each type, and who is named most."""

    chosen = Signal(str, str)
    """A type, and the name its rows are narrowed to."""

    def show_figures(
        self, figures: ProjectFigures, types: Sequence[SpanType], theme: Theme
    ) -> None:
        """Show the figures of the working layer."""
        self.note = several(figures.marked_articles, "article") + " with marks"
        ranked = sorted(types, key=lambda one: -figures.marks.get(one.name, 0))
        ranked = [one for one in ranked if figures.marks.get(one.name)]
        kinds = [one.name for one in types if one.record_kind]
        named = figures.named[: max(0, 7 - len(ranked))] if kinds else ()
        heads = 1 if named else 0
        entries = self.show_entries(len(ranked) + heads + len(named), "No marks yet.")
        most = max((figures.marks[one.name] for one in ranked), default=1)
        for entry, one in zip(entries, ranked, strict=False):
            count = figures.marks[one.name]
            each = count / max(1, figures.marked_articles)
            entry.set_theme(theme)
            words = f"{count:,}   {each:.1f} / article"
            entry.show_entry(one.plural, words, bar=(count / most, one))
            entry.clicked.connect(partial(self.chosen.emit, one.name, ""))
        for entry in entries[len(ranked) : len(ranked) + heads]:
            entry.set_theme(theme)
            entry.show_entry("Most named", "")
            entry.lead_nowhere()
        for entry, (name, count) in zip(entries[len(ranked) + heads :], named, strict=True):
            entry.set_theme(theme)
            entry.show_entry(name, f"{count:,}")
            entry.clicked.connect(partial(self.chosen.emit, kinds[0], name))
