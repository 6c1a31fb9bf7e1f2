"""The registry beside the desk: its entries, where they stand, which are likely the same."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.changes import Change
from app.model.commands import AddRecord
from app.model.entries import MERGED, ids_of, is_archived
from app.model.errors import KnownError, Refused
from app.model.registry import Record
from app.model.sameness import Likely, likely_same
from app.model.wording import on_one_line, several
from app.ui.controls import narrow_combo, tab
from app.ui.form import edits
from app.ui.form.context import FormContext
from app.ui.form.edits import Edit
from app.ui.jobs import Job
from app.ui.registry.places import Places
from app.ui.registry.sheet import EntrySheet
from app.ui.scroll_pane import scroll_pane
from app.ui.session import Session
from app.ui.tab_order import go
from app.ui.theme import LIGHT, Theme
from app.workspace.entries import (
    PREFIX,
    Step,
    archive_entry,
    fields_mentioning,
    merge_entries,
    proposed_split,
    remove_entry,
    split_entry,
    tell_apart,
)
from app.workspace.entries_csv import export_entries, read_entries

_LIKELY = "likely"
_ROW = 46
_PAUSE_MS, _LATER_MS = 120, 60
_KEY = Qt.ItemDataRole.UserRole
_TABLES = "Tables (*.csv)"
Page = Literal["entry", "pair", "split"]
_PAGES: tuple[Page, ...] = ("entry", "pair", "split")


class RegistryWindow(QDialog):
    """Shows the registry of a session's project. What it writes goes through the session."""

    mark_requested = Signal(str, str)
    """Ids of the article and the annotation that are to be shown."""

    def __init__(
        self, session: Session, *, theme: Theme = LIGHT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._records: dict[str, Record] = {}
        self._counts: dict[str, tuple[int, int]] = {}
        self._pairs: tuple[Likely, ...] = ()
        self._pair: tuple[str, str] | None = None
        self._first = ""
        """The entry for which another one is being chosen, to be merged with it."""
        self.job: Job | None = None
        self._stale = self._names_changed = True
        workspace = session.workspace
        self._context = FormContext(workspace.records, workspace.record)
        self._context.codebook = workspace.codebook
        self._context.read_only = workspace.read_only
        self.setWindowTitle(self.tr("Registry"))
        self.setProperty("class", "app")
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._build()
        self._arrange()
        self._connect()
        self.set_theme(theme)
        self.reload()
        room = parent.size() - QSize(40, 40) if parent else QSize(1100, 720)
        self.resize(QSize(1100, 720).boundedTo(room).expandedTo(QSize(880, 560)))
        self.words.setFocus()

    # -- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        kinds = self._session.workspace.codebook.records
        self.tabs = {kind.name: tab(kind.label) for kind in kinds}
        self.tabs[_LIKELY] = tab(self.tr("Likely the same"))
        self._group = QButtonGroup(self)
        for one in self.tabs.values():
            self._group.addButton(one)
        next(iter(self.tabs.values())).setChecked(True)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Search names and other spellings"))
        self.words.setAccessibleName(self.tr("Search the registry"))
        self.words.setMinimumHeight(30)
        self.words.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Entries of the registry"))
        self.list.setProperty("class", "places")
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet = EntrySheet(self._context)
        self.places = Places(self.tr("Places where the entry is mentioned"))
        self.here = Places(self.tr("Places of the first entry"))
        self.there = Places(self.tr("Places of the second entry"))
        self.parts = Places(self.tr("Places that go to the entry split off"), ticks=True)
        self.part = narrow_combo(self.tr("Entry that is split off"))
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the new entry"))
        self.name.setPlaceholderText(self.tr("Name of the new entry"))
        self._title, self._about = _plain("form-title"), _plain("label")
        self._said = _plain("meta")
        for line in (self._title, self._about):  # cut where the window is narrow
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._empty = _plain("label")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(14, 8, 14, 8)
        self._heads = _plain("label"), _plain("label")
        self.new = _button(self.tr("&New…"))
        self.merge = _button(self.tr("&Merge with…"))
        self.split = _button(self.tr("&Split…"))
        self.archive = _button(self.tr("&Archive"))
        self.remove = _button(self.tr("&Remove"))
        self.into_first = _button(self.tr("Keep the &first"))
        self.into_second = _button(self.tr("Keep the &second"))
        self.apart = _button(self.tr("Not the s&ame"))
        self.split_off = _button(self.tr("Split &off"))
        self.import_ = _button(self.tr("&Import…"))
        self.export = _button(self.tr("&Export…"))

    def _arrange(self) -> None:
        tabs = QHBoxLayout()
        tabs.setContentsMargins(12, 10, 12, 0)
        tabs.setSpacing(2)
        for one in self.tabs.values():
            tabs.addWidget(one)
        tabs.addStretch(1)
        search = QHBoxLayout()
        search.setContentsMargins(12, 8, 12, 8)
        search.addWidget(self.words)
        below = QHBoxLayout()
        below.setContentsMargins(12, 8, 12, 10)
        below.setSpacing(8)
        for button in (self.new, self.import_, self.export):
            below.addWidget(button)
        below.addStretch(1)
        left = QWidget()
        column = _column(left)
        column.addLayout(tabs)
        column.addLayout(search)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addLayout(below)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.setHandleWidth(1)
        across.setChildrenCollapsible(False)
        across.addWidget(left)
        across.addWidget(self._build_right())
        across.setStretchFactor(1, 1)
        across.setSizes([360, 740])
        _column(self).addWidget(across)

    def _build_right(self) -> QWidget:
        right = QWidget()
        right.setProperty("class", "inspector")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(2)
        head.addWidget(self._title)
        head.addWidget(self._about)
        scroll = scroll_pane(self)
        scroll.setWidget(self.sheet)
        entry = QSplitter(Qt.Orientation.Vertical)
        entry.setHandleWidth(1)
        entry.setChildrenCollapsible(False)
        entry.addWidget(scroll)
        entry.addWidget(self.places)
        entry.setStretchFactor(0, 1)
        entry.setSizes([400, 190])
        self._pages = QStackedWidget()
        self._pages.addWidget(entry)
        self._pages.addWidget(self._build_pair())
        self._pages.addWidget(self._build_split())
        foot = self._foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 4)
        foot.setSpacing(8)
        for button in (
            self.merge,
            self.split,
            self.archive,
            self.remove,
            self.into_first,
            self.into_second,
            self.apart,
            self.split_off,
        ):
            foot.addWidget(button)
        foot.addStretch(1)
        said = QHBoxLayout()
        said.setContentsMargins(16, 0, 16, 10)
        said.addWidget(self._said)
        self._said.setWordWrap(True)
        self._said.setMinimumHeight(18)
        column = _column(right)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)
        column.addLayout(said)
        return right

    def _build_pair(self) -> QWidget:
        page = QWidget()
        both = QHBoxLayout(page)
        both.setContentsMargins(16, 4, 16, 4)
        both.setSpacing(12)
        for head, places in zip(self._heads, (self.here, self.there), strict=True):
            side = QVBoxLayout()
            side.setSpacing(4)
            head.setWordWrap(True)
            head.setAlignment(Qt.AlignmentFlag.AlignTop)
            head.setMinimumHeight(96)
            side.addWidget(head)
            side.addWidget(places, 1)
            both.addLayout(side, 1)
        return page

    def _build_split(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 4, 16, 4)
        column.setSpacing(8)
        which = QHBoxLayout()
        which.addWidget(self.part, 1)
        which.addWidget(self.name, 1)
        column.addLayout(which)
        told = _plain("label")
        told.setText(self.tr("Ticked places go to the entry split off; Space ticks."))
        column.addWidget(told)
        column.addWidget(self.parts, 1)
        return page

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._turn)
        self.words.textChanged.connect(self._pause.start)
        self.words.returnPressed.connect(self.sheet.focus_first)
        self._pause.timeout.connect(self._fill)
        self._later.timeout.connect(self.reload)
        self.list.currentItemChanged.connect(lambda *_: self._show())
        self.list.itemActivated.connect(lambda *_: self.sheet.focus_first())
        self.sheet.edit_requested.connect(self._edit)
        for places in (self.places, self.here, self.there, self.parts):
            places.mark_requested.connect(self.mark_requested)
        self.part.currentIndexChanged.connect(self._choose_part)
        self.new.clicked.connect(self._add)
        self.merge.clicked.connect(self._merge_with)
        self.split.clicked.connect(self._begin_split)
        self.archive.clicked.connect(self._archive)
        self.remove.clicked.connect(self._remove)
        self.into_first.clicked.connect(partial(self._merge_pair, 0))
        self.into_second.clicked.connect(partial(self._merge_pair, 1))
        self.apart.clicked.connect(self._tell_apart)
        self.split_off.clicked.connect(self._split)
        self.import_.clicked.connect(self._ask_import)
        self.export.clicked.connect(self._ask_export)
        self._session.changed.connect(self._changed)
        self._session.refused.connect(self._said.setText)
        self._session.failed.connect(self._said.setText)
        self._session.progressed.connect(self._show_progress)
        for keys, run in (
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+Shift+Z", self.redo),
            ("Ctrl+F", self.words.setFocus),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    # -- what is listed ---------------------------------------------------------------------------

    @property
    def tab(self) -> str:
        """The kind of entry that is listed, or `likely`."""
        return next(name for name, one in self.tabs.items() if one.isChecked())

    def open_at(self, record_id: str = "") -> None:
        """Show an entry, or what was shown last."""
        if self._stale:
            self.reload()
        record = self._session.workspace.record(record_id) if record_id else None
        if record is not None:
            self.tabs[record.kind].setChecked(True)
            self.words.clear()
            self._fill(record.id)

    def show_likely(self) -> None:
        """Show which entries are likely the same."""
        self.tabs[_LIKELY].setChecked(True)
        self.words.clear()
        self._fill()

    def reload(self) -> None:
        """Read the registry anew and show the entry that was shown."""
        workspace = self._session.workspace
        if self._context.codebook is not workspace.codebook:
            self._context.codebook = workspace.codebook
            self.sheet.forget()
        self._records = {record.id: record for record in workspace.all_records()}
        self._counts = workspace.mention_counts()
        if self._names_changed:
            self._names_changed = False
            self._look_for_likely()
        self._stale = False
        self._fill()

    def _look_for_likely(self) -> None:
        """Have a worker compare all names."""
        if self.job is not None:
            self.job.cancel()
        records = tuple(self._records.values())
        articles = self._session.workspace.articles_of_records()
        job = self.job = Job(lambda it: tuple(likely_same(records, articles, tell=it.tell)))
        job.done.connect(partial(self._take_likely, job))
        job.ended.connect(partial(self._job_over, job))
        job.start()

    def _take_likely(self, job: Job, pairs: tuple[Likely, ...]) -> None:
        if job is not self.job:
            return
        self._pairs = pairs
        words = self.tr("Likely the same")
        self.tabs[_LIKELY].setText(f"{words} ({len(pairs):,})" if pairs else words)
        if self.tab == _LIKELY:
            self._fill()

    def _job_over(self, job: Job) -> None:
        if job is self.job:
            self.job = None

    def _turn(self) -> None:
        self._first = ""
        self._fill()

    def _fill(self, chosen: str = "") -> None:
        """List what is wanted; the entry `chosen`, or the one that was current, stays so."""
        self._pause.stop()
        current: QListWidgetItem | None = self.list.currentItem()
        row = max(0, self.list.currentRow())
        chosen = chosen or (current.data(_KEY) if current is not None else "")
        self.list.blockSignals(True)
        self.list.clear()
        lines = self._pair_lines() if self.tab == _LIKELY else self._entry_lines()
        for key, words, is_faint in lines:
            item = QListWidgetItem(words)
            item.setData(_KEY, key)
            item.setSizeHint(QSize(0, _ROW))
            if is_faint:
                item.setForeground(self._context.theme.color("text-3"))
            self.list.addItem(item)
            if key == chosen:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.list.blockSignals(False)
        self._empty.setVisible(not self.list.count())
        self._empty.setText(self._why_empty())
        self._show()

    def _why_empty(self) -> str:
        if self.words.text().strip():
            return self.tr("No entry has these words.")
        if self.tab == _LIKELY:
            return self.tr("No two entries look like the same.")
        return self.tr(
            "Nothing is in the registry yet. Entries are made where marks are linked, "
            "here with New, or by importing a table."
        )

    def _entry_lines(self) -> list[tuple[str, str, bool]]:
        kind, wanted = self.tab, self.words.text()
        if wanted.strip():
            workspace = self._session.workspace
            found = {record.id: record for record in workspace.records(kind, wanted, limit=-1)}
            folded = wanted.casefold().strip()
            found |= {
                record.id: record
                for record in self._records.values()
                if record.kind == kind
                and is_archived(record)
                and any(folded in name.casefold() for name in (record.name, *record.aliases))
            }
            records = list(found.values())
        else:
            records = [record for record in self._records.values() if record.kind == kind]
            records.sort(key=lambda r: (is_archived(r), r.name.casefold(), r.id))
        return [
            (r.id, f"{on_one_line(r.name, 60)}\n{self._line(r)}", is_archived(r)) for r in records
        ]

    def _line(self, record: Record) -> str:
        marks, articles = self._counts.get(record.id, (0, 0))
        parts = [
            self.tr("{} in {}").format(several(marks, "mark"), several(articles, "article"))
            if marks
            else self.tr("not mentioned")
        ]
        if record.aliases:
            parts.append(on_one_line(", ".join(record.aliases), 40))
        if is_archived(record):
            parts.append(self.tr("archived"))
        return " · ".join(parts)

    def _pair_lines(self) -> list[tuple[str, str, bool]]:
        wanted = self.words.text().casefold().strip()
        return [
            (
                f"{pair.one.id} {pair.other.id}",
                _two_lines(pair),
                False,
            )
            for pair in self._pairs
            if wanted in f"{pair.one.name} {pair.other.name}".casefold()
        ]

    # -- one entry, a pair, a split ---------------------------------------------------------------

    def current(self) -> Record | None:
        """Return the entry that is shown."""
        item: QListWidgetItem | None = self.list.currentItem()
        return self._records.get(item.data(_KEY)) if item is not None else None

    def _turn_to(self, page: Page) -> None:
        self._pages.setCurrentIndex(_PAGES.index(page))
        for buttons, of in (
            ((self.merge, self.split, self.archive, self.remove), "entry"),
            ((self.into_first, self.into_second, self.apart), "pair"),
            ((self.split_off,), "split"),
        ):
            for button in buttons:
                button.setVisible(page == of)
        self._foot.invalidate()  # before it is shown the hidden ones would still count

    def _show(self) -> None:
        """Show what is current: an entry, or two that may be the same."""
        writes = not self._session.workspace.read_only
        item: QListWidgetItem | None = self.list.currentItem()
        if self.tab == _LIKELY:
            pair = tuple(item.data(_KEY).split()) if item is not None else ()
            self._show_pair((pair[0], pair[1]) if pair else None)
            return
        record = self.current()
        if self._first and record is not None and record.id != self._first:
            self._show_pair((self._first, record.id))
            return
        self._pair = None
        self._turn_to("entry")
        self.sheet.show_record(record)
        self._title.setText(on_one_line(record.name, 80) if record else self.tr("No entry"))
        self._about.setText(self._told(record) if record else "")
        self.places.show_places(self._session.workspace.mentions_of(record.id) if record else ())
        self.places.setVisible(bool(self.places.count()))
        is_used = record is not None and record.id in self._counts
        archived = record is not None and is_archived(record)
        self.archive.setText(self.tr("Offer &again") if archived else self.tr("&Archive"))
        for button in (self.merge, self.archive):
            button.setEnabled(writes and record is not None)
        self.split.setEnabled(
            writes and record is not None and (is_used or bool(ids_of(record, MERGED)))
        )
        self.remove.setEnabled(writes and record is not None and not is_used)
        self.new.setEnabled(writes)
        self.import_.setEnabled(writes)

    def _told(self, record: Record) -> str:
        merged = [
            one.name
            for record_id in ids_of(record, MERGED)
            if (one := self._session.workspace.merged_record(record_id))
        ]
        line = self._line(record)
        return f"{line} · {self.tr('merged with')} {', '.join(merged)}" if merged else line

    def _show_pair(self, pair: tuple[str, str] | None) -> None:
        """Show two entries side by side, with every place: what a merge would touch."""
        records = [self._records.get(one) for one in pair or ()]
        if len(records) != 2 or None in records:  # noqa: PLR2004 - a pair
            self._pair = None
            self._turn_to("entry")
            self.sheet.show_record(None)
            self._title.setText(self.tr("Likely the same"))
            self._about.setText("")
            self.places.hide()
            for button in (self.merge, self.split, self.archive, self.remove):
                button.setEnabled(False)
            return
        self._pair = pair
        self._turn_to("pair")
        names, marks = [], 0
        for record, head, places in zip(records, self._heads, (self.here, self.there), strict=True):
            if record is None:  # pragma: no cover - looked at above
                continue
            names.append(on_one_line(record.name, 40))
            mentions = self._session.workspace.mentions_of(record.id)
            fields = fields_mentioning(self._session.workspace, record)
            marks += len(mentions)
            places.show_places(mentions)
            head.setText(self._head(record, fields))
        self._title.setText(self.tr("“{}” and “{}”").format(*names))
        reason = next(
            (p.reason for p in self._pairs if {p.one.id, p.other.id} == set(pair or ())), ""
        )
        kept = self.tr("the merge keeps both ids and is one step")
        self._about.setText(" · ".join(filter(None, (reason, kept))))
        for button, name in zip((self.into_first, self.into_second), names, strict=True):
            button.setText(
                self.tr("Merge into “{}”").format(on_one_line(name, 22).replace("&", "&&"))
            )
        for button in (self.into_first, self.into_second, self.apart):
            button.setEnabled(not self._session.workspace.read_only)

    def _head(self, record: Record, fields: int) -> str:
        kind = self._session.workspace.codebook.record_kind(record.kind)
        told = [
            f"{attribute.label}: {_word(attribute.name, record)}"
            for attribute in (kind.attributes if kind else ())
            if isinstance(record.attributes.get(attribute.name), (str, int))
            and attribute.type != "record"
        ]
        lines = [on_one_line(record.name, 60), self._line(record)]
        if fields:
            lines.append(self.tr("named in {}").format(several(fields, "field")))
        return "\n".join([*lines, on_one_line(", ".join(told), 90)])

    def _begin_split(self) -> None:
        record = self.current()
        if record is None:
            return
        self.part.blockSignals(True)
        self.part.clear()
        for record_id in ids_of(record, MERGED):
            part = self._session.workspace.merged_record(record_id)
            if part is not None:
                self.part.addItem(part.name, record_id)
        self.part.addItem(self.tr("A new entry"), "")
        self.part.blockSignals(False)
        self._title.setText(self.tr("Split “{}”").format(on_one_line(record.name, 60)))
        self._turn_to("split")
        self._choose_part()
        self.part.setFocus()

    def _choose_part(self) -> None:
        """Tick the places whose words are names of what is split off."""
        record = self.current()
        if record is None:
            return
        workspace, part_id = self._session.workspace, self.part.currentData()
        part = workspace.merged_record(part_id) if part_id else None
        names = (part.name, *part.aliases) if part else ()
        ticked = proposed_split(workspace, record.id, names)
        self.parts.show_places(workspace.mentions_of(record.id), ticked)
        self.name.setVisible(part is None)

    # -- what is done -----------------------------------------------------------------------------

    def _edit(self, edit: Edit) -> None:
        self._said.clear()
        change = self._session.do_in_project(edit.command, PREFIX + edit.title, edit.merge_key)
        if change is not None:  # the next field may be written before the list is
            self._records |= {record.id: record for record in change.records}
            self.sheet.show_record(self.current())

    def _do(self, make: Callable[[], Step]) -> bool:
        """Write a step and show the entry that it leaves; tell whether it was written."""
        self.sheet.flush()
        self._said.clear()
        try:
            step = make()
        except (Refused, KnownError) as problem:
            self._said.setText(str(problem))
            return False
        if self._session.do_in_project(step.command, step.title) is None:
            return False
        self._said.setText(_sentence(step.title, self.tr("Ctrl+Z takes it back.")))
        self._first = ""
        self._later.stop()
        self.reload()
        if self.tab != _LIKELY:
            self._fill(step.record)
        return True

    def _add(self) -> None:
        codebook = self._session.workspace.codebook
        kind = codebook.record_kind(self.tab) or codebook.records[0]
        words = self.words.text().strip() or self.tr("New entry")
        record = edits.new_record(kind, words)
        self.tabs[kind.name].setChecked(True)
        title = f"{PREFIX}add “{on_one_line(words, 40)}”"
        if self._do(lambda: Step(command=AddRecord(record=record), title=title, record=record.id)):
            self.sheet.focus_first()

    def _merge_with(self) -> None:
        record = self.current()
        if record is not None:
            self._first = record.id
            name = on_one_line(record.name, 40)
            self._said.setText(
                self.tr("Choose the entry that “{}” is to be merged with. Esc: not now.").format(
                    name
                )
            )
            self.words.clear()
            self.words.setFocus()

    def _merge_pair(self, place: int) -> None:
        if self._pair is not None:
            kept, gone = self._pair[place], self._pair[1 - place]
            workspace = self._session.workspace
            self._session.before_much(
                lambda: self._do(lambda: merge_entries(workspace, kept, gone))
            )
            self.list.setFocus()

    def _tell_apart(self) -> None:
        if self._pair is not None:
            one, other = self._pair
            self._do(lambda: tell_apart(self._session.workspace, one, other))
            self.list.setFocus()

    def _split(self) -> None:
        record = self.current()
        if record is not None:
            self._do(
                lambda: split_entry(
                    self._session.workspace,
                    record.id,
                    self.parts.ticked(),
                    part_id=self.part.currentData() or "",
                    name=self.name.text(),
                )
            )

    def _archive(self) -> None:
        record = self.current()
        if record is not None:
            archived = not is_archived(record)
            workspace = self._session.workspace
            self._do(lambda: archive_entry(workspace, record.id, archived=archived))

    def _remove(self) -> None:
        record = self.current()
        if record is not None:
            self._do(lambda: remove_entry(self._session.workspace, record.id))

    def undo(self) -> None:
        """Take back the last step, where it is one of the registry."""
        self._back(self._session.workspace.undo_title, self._session.undo_in_project)

    def redo(self) -> None:
        """Do again what was taken back last, where it is of the registry."""
        self._back(self._session.workspace.redo_title, self._session.redo_in_project)

    def _back(
        self, title: Callable[[str | None], str | None], go_back: Callable[[], Change | None]
    ) -> None:
        self.sheet.flush()
        if not (title(None) or "").startswith(PREFIX):
            self._said.setText(self.tr("The last step of the project is not of the registry."))
            return
        change = go_back()
        if change is not None:
            self.reload()
            self._said.setText(f"{change.title.removeprefix(PREFIX)}.")

    # -- tables -----------------------------------------------------------------------------------

    def _ask_import(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import registry entries"), "", f"{_TABLES};;All (*)"
        )
        if path:
            self.take_in(Path(path))

    def take_in(self, path: Path) -> None:
        """Take in a table of entries as one step, after a backup."""
        self._session.before_much(lambda: self._take_in(path))

    def _take_in(self, path: Path) -> None:
        workspace = self._session.workspace
        try:
            table = read_entries(workspace, path)
        except (Refused, KnownError) as problem:
            self._said.setText(str(problem))
            return
        if self._do(lambda: Step(command=table.command, title=table.title, record="")):
            told = self.tr("{} added, {} changed. Ctrl+Z takes it back.")
            self._said.setText(told.format(f"{table.added:,}", f"{table.changed:,}"))

    def _ask_export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the registry"), "registry.csv", _TABLES
        )
        if path:
            self.write_to(Path(path))

    def write_to(self, path: Path) -> None:
        """Write the registry to a table."""
        self.sheet.flush()
        try:
            count = export_entries(self._session.workspace, path)
        except KnownError as problem:
            self._said.setText(str(problem))
        else:
            self._said.setText(self.tr("{} written to {}").format(f"{count:,}", path.name))

    # -- Qt ---------------------------------------------------------------------------------------

    def _show_progress(self, done: int, total: int) -> None:
        self._said.setText(self.tr("{} of {} written").format(f"{done:,}", f"{total:,}"))
        self._said.repaint()

    def _changed(self, change: Change) -> None:
        entries = bool(change.records or change.removed_records)
        self._names_changed |= entries
        marks = bool(change.annotations or change.removed_annotations)
        if not (entries or marks or change.codebook):
            return
        self._stale = True
        if self.isVisible():
            # Marks come quickly while somebody works at the desk beside it.
            self._later.start(_LATER_MS if entries else _LATER_MS * 8)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._context.theme = theme
        self.sheet.set_theme()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (
            self._first or self._pages.currentIndex() == _PAGES.index("split")
        ):
            self._first = ""
            self._said.clear()
            self._show()
            self.list.setFocus()
        elif event.key() == Qt.Key.Key_Down and self.words.hasFocus():
            self.list.setFocus()
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, forwards: bool) -> bool:
        return go(self, [self], forwards=forwards) or super().focusNextPrevChild(forwards)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.sheet.flush()
        super().closeEvent(event)
        self._later.stop()
        if self.job is not None:
            self.job.cancel()
            self.job = None
            self._stale = self._names_changed = True

    @override
    def reject(self) -> None:
        self.sheet.flush()
        super().reject()


def _two_lines(pair: Likely) -> str:
    one, other = on_one_line(pair.one.name, 30), on_one_line(pair.other.name, 30)
    return f"{one} = {other}\n{pair.reason}"


def _word(name: str, record: Record) -> str:
    return on_one_line(str(record.attributes[name]), 30)


def _sentence(title: str, more: str) -> str:
    words = title.removeprefix(PREFIX)
    return f"{words[:1].upper()}{words[1:]}. {more}"


def _plain(look: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("class", look)
    return label


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    return button


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
