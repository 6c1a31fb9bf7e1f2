"""The view of the dataset: a table for each type, what its rows stand on, and the way there."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.article import STATES, State
from app.model.changes import Change
from app.model.contents import ArticleContents
from app.model.errors import KnownError, Refused
from app.model.joining import Column, Row, Table, matching
from app.model.wording import on_one_line, several
from app.ui.controls import Combo, tool_button
from app.ui.dataset.drawer import Drawer, Told, sentence_of
from app.ui.dataset.model import RowsModel, as_text
from app.ui.dataset.table import DatasetTable
from app.ui.icons import icon
from app.ui.jobs import Job
from app.ui.key_button import KeyButton
from app.ui.keymap import Keymap
from app.ui.session import Session
from app.ui.theme import LIGHT, Theme
from app.ui.views import View
from app.workspace.joined import Joined, join_all

_BAR = 48
_NARROW = 1100
_PAUSE_MS, _REST_MS = 120, 900
_DAY = len("2021-01-23")


class DatasetPanel(View):
    """Shows what the working layer of a session's project comes to. It writes nothing.

    Nothing is read while it is not shown; what changes meanwhile is read when it is shown again.
    """

    place_requested = Signal(str, str)
    """An article and a mark in it, to be shown on the desk."""
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._theme: Theme = LIGHT
        self._joined: Joined | None = None
        self._table: Table | None = None
        self._is_stale = True
        self._job: Job | None = None
        self._ending: set[Job] = set()
        """Threads must not lose the object they report to."""
        self._asked = ""
        """A type whose table is to be shown once it is counted."""
        self._mention = 0
        self._read: ArticleContents | None = None
        self._columns: dict[str, dict[str, bool]] = {}
        """Which columns of a type were switched on or off here."""
        self.setProperty("class", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Dataset")
        self.rows = RowsModel(self)
        self.table = DatasetTable(self.rows)
        self.drawer = Drawer()
        self.tabs: dict[str, QPushButton] = {}
        self._segments = QWidget()
        self._segments.setProperty("class", "segments")
        self._group = QButtonGroup(self)
        self.state = Combo()
        self.since, self.until = _day_field("From"), _day_field("To")
        self.words = QLineEdit()
        self.columns = tool_button("Columns")
        self.export = KeyButton("Export")
        self._told = QLabel()
        self._pages = QStackedWidget()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self.setFocusProxy(self.table)
        self._arrange()
        self._connect()
        self.set_theme(LIGHT)

    def _arrange(self) -> None:
        self._tab_row = QHBoxLayout(self._segments)
        self._tab_row.setContentsMargins(2, 2, 2, 2)
        self._tab_row.setSpacing(0)
        self.state.setAccessibleName("State of the articles")
        self.state.addItem("Any state", None)
        for state in STATES:
            self.state.addItem(state.capitalize(), state)
        self.state.setMinimumHeight(28)
        self.words.setPlaceholderText("Search rows")
        self.words.setAccessibleName("Search rows")
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumHeight(28)
        self.words.setFixedWidth(190)
        self.columns.setMenu(QMenu(self.columns))
        self.columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        bar = QWidget()
        bar.setProperty("class", "paper")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(_BAR)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._segments, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(8)
        for narrowing in (self.state, self.since, self.until):
            row.addWidget(narrowing)
        row.addStretch(1)
        for widget in (self.words, self.columns, self.export):
            row.addWidget(widget)
        self._told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._told.setProperty("class", "label")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setWordWrap(True)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._pages, 1)
        column.addWidget(self.drawer)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._narrow)
        self._rest.timeout.connect(self._look_again)
        for field in (self.words, self.since, self.until):
            field.textChanged.connect(self._pause.start)
            field.returnPressed.connect(self._to_rows)
        self.state.currentIndexChanged.connect(self._narrow)
        self.table.row_chosen.connect(self._choose)
        self.table.opened.connect(lambda _: self._open())
        self.table.copied.connect(self._copy)
        self.table.search_wished.connect(self.words.setFocus)
        self.export.clicked.connect(self.export_requested)
        self.columns.menu().aboutToShow.connect(self._fill_columns)

    # -- the project ------------------------------------------------------------------------------

    @override
    def show_session(self, session: Session | None) -> None:
        """Show the dataset of another project, or none."""
        self._stop()
        self._session, self._joined, self._table, self._read = session, None, None, None
        self._columns.clear()
        self.rows.clear()
        self.drawer.show_row(None)
        self._is_stale = True
        if session is not None:
            session.changed.connect(self._changed)
            if self.isVisible():
                self._look()

    def set_keymap(self, keymap: Keymap) -> None:
        """Print other keys."""

        def show() -> None:
            keys = keymap.keys("export")
            self.export.set_key(keys[0].replace("+", " ") if keys else "")

        keymap.changed.connect(show)
        show()

    @override
    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.table.set_theme(theme)
        self.drawer.set_theme(theme)
        self.export.set_theme(theme)
        self.columns.setIcon(icon("table", theme))

    @override
    def cycle_pane(self, step: int) -> None:
        """Bring the keys to the bar, and back to the rows."""
        inside = self.table.hasFocus()
        (self.words if inside else self.table).setFocus(
            Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
        )

    @override
    def figures(self) -> str:
        """Return what the rows are made from, in words."""
        joined, table = self._joined, self._table
        if joined is None or table is None:
            return ""
        shown, every = self.rows.rowCount(), len(table.rows)
        count = several(every, table.type.label.lower(), table.type.plural.lower())
        part = f"{shown:,} of {count}" if shown != every else count
        return f"{part} from {joined.done:,} finished and {several(joined.open, 'open article')}"

    # -- reading ----------------------------------------------------------------------------------

    def _changed(self, change: Change) -> None:
        self._is_stale = True
        if change.removed_articles or change.articles:
            self._read = None
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
        self._is_stale, self._read = False, None
        workspace = session.workspace
        layer = workspace.layer
        job = self._job = Job(lambda job: join_all(workspace, layer, tell=job.tell))
        job.progressed.connect(self._say_how_far)
        job.done.connect(self._show)
        job.failed.connect(self._say)
        self._ending.add(job)
        job.ended.connect(partial(self._ended, job))
        if self._joined is None:
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
        self._told.setText(words)
        self._told.setAccessibleName(words)
        self._pages.setCurrentWidget(self._told)

    def _say_how_far(self, far: tuple[int, int]) -> None:
        done, of = far
        if self._joined is None and done:
            self._say(f"Counting… {done:,} of {several(of, 'article')}")

    def _show(self, joined: Joined) -> None:
        session = self._session
        if session is None:
            return
        self._joined = joined
        self.table.set_codebook(session.workspace.codebook)
        here = self._asked or (self._table.type.name if self._table else "")
        self._asked = ""
        self._fill_tabs(joined)
        names = [table.type.name for table in joined.tables]
        events = [t.type.name for t in joined.tables if t.type.name == "event"]
        first = next((one for one in (here, *events) if one in names), names[0] if names else "")
        if first:
            self.show_table(first)

    def _fill_tabs(self, joined: Joined) -> None:
        names = [table.type.name for table in joined.tables]
        if names != list(self.tabs):
            for button in self.tabs.values():
                self._group.removeButton(button)
                self._tab_row.removeWidget(button)
                button.deleteLater()
            self.tabs = {name: self._tab(name) for name in names}
        for table in joined.tables:
            button, label = self.tabs[table.type.name], table.type.plural
            button.setText(f"{label.replace('&', '&&')}  {len(table.rows):,}")
            button.setAccessibleName(f"{label}, {len(table.rows):,}")

    def _tab(self, name: str) -> QPushButton:
        made = QPushButton()
        made.setProperty("class", "segment")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.clicked.connect(lambda: self.show_table(name))
        self._group.addButton(made)
        self._tab_row.addWidget(made)
        return made

    # -- one table --------------------------------------------------------------------------------

    def show_table(self, type_name: str) -> None:
        """Show the things of another type."""
        tables = self._joined.tables if self._joined else ()
        table = next((one for one in tables if one.type.name == type_name), None)
        if table is None:
            return
        before = self._table
        self._table = table
        self.tabs[type_name].setChecked(True)
        if before is None or before.type.name != type_name:
            self.rows.clear()
        self._narrow()

    def ask_for(self, type_name: str, words: str) -> None:
        """Show a table, narrowed to some words; where it is still counted, when that is done."""
        self._asked = type_name if self._job is not None else ""
        for field in (self.since, self.until):
            field.clear()
        self.state.setCurrentIndex(0)
        self.words.setText(words)
        self._pause.stop()
        if self._job is None:
            self.show_table(type_name)

    def _narrow(self) -> None:
        table = self._table
        if table is None:
            return
        place = self.table.currentIndex().row()
        key = self.rows.rows[place].key if 0 <= place < self.rows.rowCount() else ""
        columns = self.rows.columns
        state: State | None = self.state.currentData()
        since, until = self.since.text().strip(), self.until.text().strip()
        found = matching(
            table.rows, self.words.text(), state=state, since=since[:_DAY], until=until[:_DAY]
        )
        self.rows.show(table, found)
        if columns != self.rows.columns:
            self.table.lay_out(self._as_chosen(table))
        if found:
            self._pages.setCurrentWidget(self.table)
            self.table.choose(self.rows.place_of(key) or 0)
        else:
            things = table.type.plural.lower()
            self._say(f"No {things} match." if table.rows else f"No {things} yet.")
            self._choose(-1)
        self.current_changed.emit()

    def _as_chosen(self, table: Table) -> tuple[Column, ...]:
        chosen = self._columns.get(table.type.name, {})
        return tuple(
            column._replace(shown=chosen.get(column.name, column.shown)) for column in table.columns
        )

    def _fill_columns(self) -> None:
        menu, table = self.columns.menu(), self._table
        menu.clear()
        if table is None:
            return
        for number, column in enumerate(table.columns, 1):
            entry: QAction = menu.addAction(column.label.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(not self.table.isColumnHidden(number))
            entry.setEnabled(column.kind != "main")
            entry.toggled.connect(partial(self._switch_column, table.type.name, column, number))

    def _switch_column(self, type_name: str, column: Column, number: int, on: bool) -> None:
        self._columns.setdefault(type_name, {})[column.name] = on
        self.table.setColumnHidden(number, not on)

    # -- one row ----------------------------------------------------------------------------------

    def _row(self) -> Row | None:
        place = self.table.currentIndex().row()
        return self.rows.rows[place] if 0 <= place < self.rows.rowCount() else None

    def _choose(self, _place: int) -> None:
        self._mention = 0
        self._show_mention()

    def step_mention(self, step: int) -> None:
        """Show another place where the row's thing is mentioned."""
        row = self._row()
        if row is not None:
            self._mention = (self._mention + step) % len(row.mentions)
            self._show_mention()

    def _show_mention(self) -> None:
        session, row, table = self._session, self._row(), self._table
        if session is None or row is None or table is None:
            self.drawer.show_row(None)
            return
        place = row.mentions[self._mention]
        try:
            if self._read is None or self._read.article.id != place.article:
                self._read = session.workspace.contents(place.article)
        except (Refused, KnownError) as problem:
            self.drawer.show_row(None)
            self.message.emit(str(problem))
            return
        mark = self._read.annotation(place.annotation)
        if mark is None:
            self.drawer.show_row(None)
            return
        sentence, spans, paragraph = sentence_of(self._read, mark, session.workspace.codebook)
        shown = set(self.table.columns_shown())
        facts = [("Article", self._read.article.title)]
        facts += [
            (column.label, cell.words)
            for n, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True))
            if n not in shown and cell.parts
        ]
        number = next(n for n, one in enumerate(table.columns) if one.kind == "main")
        self.drawer.show_row(
            Told(
                letter=table.type.letter,
                ink=table.type.ink,
                name=row.cells[number].words,
                about=self._about(row, paragraph),
                sentence=sentence,
                spans=spans,
                facts=tuple((name, on_one_line(value)) for name, value in facts),
            )
        )

    def _about(self, row: Row, paragraph: int) -> str:
        count = len(row.mentions)
        if count == 1:
            return f"¶{paragraph}"
        articles = len({place.article for place in row.mentions})
        inside = f" of {articles:,} articles" if articles > 1 else ""
        joined = f"{several(count, 'mention')}{inside} joined into one"
        return f"¶{paragraph} – mention {self._mention + 1:,} of {joined}"

    def _open(self) -> None:
        row = self._row()
        if row is not None:
            place = row.mentions[self._mention]
            self.place_requested.emit(place.article, place.annotation)

    def _copy(self) -> None:
        rows = [self.rows.rows[place] for place in self.table.rows_selected()]
        if rows:
            text = as_text(rows, self.table.columns_shown(), self.rows.columns)
            QGuiApplication.clipboard().setText(text)
            self.message.emit(f"{several(len(rows), 'row')} copied")

    def _to_rows(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._narrow()
        self.table.setFocus()

    # -- events -----------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        names, key = list(self.tabs), event.text()
        if event.key() == Qt.Key.Key_Escape and not self.table.hasFocus():
            self._to_rows()
        elif self.table.hasFocus() and key.isdigit() and 0 < int(key) <= len(names):
            self.show_table(names[int(key) - 1])
        elif self.table.hasFocus() and event.key() == Qt.Key.Key_Space:
            back = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            self.step_mention(-1 if back else +1)
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._look()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        for field in (self.since, self.until):
            field.setFixedWidth(74 if narrow else 98)
        self.words.setFixedWidth(130 if narrow else 190)


def _day_field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(f"{name} day")
    made.setAccessibleName(f"{name}: year, month or day")
    made.setToolTip("A year, a month or a day: 2021, 2021-01, 2021-01-23")
    made.setFixedWidth(98)
    made.setMinimumHeight(28)
    return made
