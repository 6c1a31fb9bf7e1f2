"""The sheet in which files are looked at, mended and imported. It writes only when told to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.exchange.registry import FORMATS
from app.model.changes import Change
from app.model.commands import Command
from app.model.errors import KnownError, Refused
from app.model.wording import several
from app.ui.importing.empty import Empty
from app.ui.importing.mend import Mend
from app.ui.importing.model import belongs
from app.ui.importing.preview import Preview
from app.ui.importing.table import FilesTable
from app.ui.jobs import Job
from app.ui.sheet import Primary, Rule, Sheet, Tabs
from app.ui.theme import Theme
from app.workspace import Workspace
from app.workspace.file_names import Pattern
from app.workspace.import_plan import EXCERPT, Look, Plan, as_text, look
from app.workspace.importing import FileReport, Found, Known, ahead_of, find_files, import_files
from app.workspace.mapping import Pairs

_SIZE = QSize(1130, 742)
_NARROW = 1060
_TELL_S = 0.3
"""A worker tells what it saw at most so often: the table is worked out anew each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an import brought. `titles` are those of the steps that undo takes back."""

    articles: int
    annotations: int
    files: int
    left_out: int
    titles: tuple[str, ...]


class ImportSheet(Sheet):
    """Every file has its word before anything is written.

    `workspace` is None where no project is open; then `make_project` makes one when the button is
    pressed and returns it, or None where that fails.
    """

    place_wanted = Signal()
    """Somebody wants the new project to lie elsewhere."""
    imported = Signal(object)
    """An `Outcome`, when all that was chosen is in the project."""

    def __init__(
        self,
        window: QWidget,
        *,
        theme: Theme,
        workspace: Workspace | None,
        into: str,
        folder: str,
        make_project: Callable[[], Workspace | None],
    ) -> None:
        super().__init__("Import articles", window, theme=theme, size=_SIZE)
        self._workspace = workspace
        self._make_project = make_project
        self._folder = folder
        self._plan = Plan()
        self._job: Job | None = None
        self._titles: list[str] = []
        self._waiting: list[Path] = []
        self._over = False
        self.setAcceptDrops(True)
        self.table = FilesTable(self._plan, theme)
        self.tabs = Tabs("Files shown", ("All", "Needs a look", "Left out"), theme)
        self.preview, self.mend = Preview(theme), Mend()
        self._about = QLabel()
        self._about.setProperty("class", "label")
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self.sum, self.safe = QLabel(), QLabel()
        self.safe.setProperty("class", "label")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(180)
        self.bar.setAccessibleName("Progress")
        self.cancel = QPushButton("Cancel")
        self.cancel.setAutoDefault(False)
        self.go = Primary("Import", theme)
        self.empty = Empty(theme)
        self._pages = QStackedWidget()
        self._arrange(into)
        self._connect()
        self._refresh()
        self.empty.files.setFocus()

    def _arrange(self, into: str) -> None:
        self._pages.addWidget(self.empty)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar(into))
        column.addWidget(Rule(self.theme))
        column.addWidget(self.table, 3)
        column.addWidget(Rule(self.theme))
        column.addLayout(self._lower(), 2)
        self._pages.addWidget(full)
        self.body.addWidget(self._pages)
        self.foot.addWidget(self.sum)
        self.foot.addWidget(self.safe, 1)
        self.foot.addWidget(self.bar)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)

    def _bar(self, into: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(18, 9, 18, 9)
        row.setSpacing(8)
        row.addWidget(self.tabs)
        row.addStretch(1)
        words = QLabel("Into")
        words.setProperty("class", "label")
        self._into = QLabel(into)
        self._into.setTextFormat(Qt.TextFormat.PlainText)
        self._into.setProperty("class", "heading")
        self.place = QPushButton("Change…")
        self.place.setAutoDefault(False)
        self.place.setProperty("class", "quiet")
        self.place.setAccessibleName("Change the place of the new project")
        self.place.setVisible(self._workspace is None)
        self.place.clicked.connect(self.place_wanted)
        words.setText("Into" if self._workspace else "Into the new project")
        for widget in (words, self._into, self.place):
            row.addWidget(widget)
        row.addSpacing(10)
        self.add_files = QPushButton("Add files…")
        self.add_folder = QPushButton("Add a folder…")
        for button in (self.add_files, self.add_folder):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _lower(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setContentsMargins(18, 11, 12, 0)
        left.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        title = QLabel("Preview")
        title.setProperty("class", "heading")
        head.addWidget(title)
        head.addWidget(self._about, 1)
        left.addLayout(head)
        left.addWidget(self.preview, 1)
        row.addLayout(left, 1)
        row.addWidget(Rule(self.theme, upright=True))
        self.mend.setFixedWidth(382)
        row.addWidget(self.mend)
        return row

    def _connect(self) -> None:
        self.table.file_chosen.connect(self._show_file)
        self.table.all_toggled.connect(self._include_all)
        self.table.files.dataChanged.connect(self._refresh)
        self.tabs.chosen.connect(self.table.show_only)
        self.mend.known_changed.connect(self._mend)
        self.mend.encoding_chosen.connect(self._read_as)
        self.mend.folder_switched.connect(self._take_folders)
        self.mend.columns.mapping_chosen.connect(self._map)
        self.mend.names.pattern_changed.connect(self._take_names)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._import)
        for button in (self.add_files, self.empty.files):
            button.clicked.connect(self._ask_files)
        for button in (self.add_folder, self.empty.folder):
            button.clicked.connect(self._ask_folder)

    def set_into(self, name: str) -> None:
        """Say what the project is called that the articles go into."""
        self._into.setText(name)

    # -- which files ----------------------------------------------------------------------------

    def add_paths(self, paths: Iterable[str]) -> None:
        """Look at further files and at all that lies in folders."""
        self._waiting += map(Path, paths)
        if self._job is None and self._waiting:
            self._look()

    @property
    def busy(self) -> bool:
        """Whether articles are being written."""
        return self._job is not None and self._over

    @property
    def folder(self) -> str:
        """Where files were chosen last."""
        return self._folder

    def _ask_files(self) -> None:
        endings = dict.fromkeys(e for one in FORMATS if one.read for e in one.extensions)
        wanted = f"Articles and datasets ({' '.join(f'*{e}' for e in endings)});;All files (*)"
        paths, _ = QFileDialog.getOpenFileNames(self, "Choose files", self._folder, wanted)
        if paths:
            self._folder = str(Path(paths[0]).parent)
            self.add_paths(paths)

    def _ask_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, "Choose a folder", self._folder)
        if path:
            self._folder = path
            self.add_paths([path])

    def _look(self) -> None:
        """Have a worker look at the files that wait."""
        paths, self._waiting = self._waiting, []
        project = self._workspace.location if self._workspace else ""
        work = partial(_look_at, paths, self._plan.paths, self._workspace, project)
        self._start(work, self._take_looks, self._looked)

    def _start(
        self,
        work: Callable[[Job], object],
        progressed: Callable[..., None],
        done: Callable[..., None],
    ) -> None:
        job = self._job = Job(work)
        job.progressed.connect(progressed)
        job.done.connect(done)
        job.failed.connect(self._failed)
        job.cancelled.connect(self._cancelled)
        job.ended.connect(self._ended)
        job.start()
        self._refresh()

    def _take_looks(self, news: "tuple[list[Look], int, int]") -> None:
        looks, done, total = news
        self._plan.add(looks)
        self.table.files.show_more()
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if not self.table.currentIndex().isValid() and len(self._plan):
            self.table.choose(0)
            if self.empty.isVisible() or self.focusWidget() in {None, self.empty.files}:
                self.table.setFocus()
        self._refresh()

    def _looked(self, _: object) -> None:
        if not len(self._plan):
            self.empty.say("There is no file to import there.")

    def _ended(self) -> None:
        self._job = None
        if self._waiting and not self._over:
            self._look()
        self._refresh()

    # -- one file -------------------------------------------------------------------------------

    def _show_file(self, number: int) -> None:
        row = self._plan.rows[number]
        seen = row.look
        self.mend.show_row(row)
        article = seen.article
        self.preview.show_text(article.text if article else "")
        parts = [seen.file.path.name]
        if article is not None:
            many = f"{seen.articles:,} articles, the first of them" if seen.articles > 1 else ""
            cut = len(article.text) >= EXCERPT and not many
            figures = several(seen.paragraphs, "paragraph") + ", "
            figures += several(seen.characters, "character")
            parts += [many] if many else [figures]
            parts += ["its beginning"] if cut else []
        self._about.setText(" · ".join(parts))

    def _mend(self, known: Known, no_day: str) -> None:
        if (number := self.table.current) is not None:
            self._plan.mend(number, known, no_day=no_day)
            self.table.files.refresh()
            self.mend.refresh_reason(self._plan.rows[number])

    def _read_as(self, encoding: str) -> None:
        """Read one file again in another encoding; that is too little for a worker."""
        number = self.table.current
        if number is None or self._job is not None:
            return
        file = as_text(self._plan.rows[number].look.file, encoding)
        self._plan.replace(number, look(self._workspace, file))
        self.table.files.refresh()
        self._show_file(number)

    def _map(self, pairs: Pairs) -> None:
        """Have a worker read a table again with other columns."""
        number = self.table.current
        if number is None or self._job is not None:
            return
        file = replace(self._plan.rows[number].look.file, mapping=pairs)
        done = partial(self._mapped, number)
        self._start(partial(_look_again, self._workspace, file), self._wait, done)

    def _mapped(self, number: int, seen: Look) -> None:
        self._plan.replace(number, seen)
        self.table.files.refresh()
        self._show_file(number)

    def _wait(self, _: object) -> None:
        """One file is read; how far that is nobody can tell."""
        self.bar.setRange(0, 0)

    def _take_names(self, pattern: Pattern | None) -> None:
        self._plan.set_pattern(pattern)
        self.mend.names.show_plan(self._plan)
        self.table.files.refresh()

    def _take_folders(self, on: bool) -> None:
        self._plan.set_source_from_folder(on=on)
        self.table.files.refresh()
        if (number := self.table.current) is not None:
            self.mend.show_row(self._plan.rows[number])

    def _include_all(self, on: bool) -> None:
        self._plan.include(range(len(self._plan)), on=on)
        self.table.files.refresh()

    # -- the import -----------------------------------------------------------------------------

    def _import(self) -> None:
        if self._job is not None:
            return
        if self._over:
            self.accept()
            return
        files = self._plan.files()
        if not files:
            return
        if self._workspace is None:
            self._workspace = self._make_project()
        if (workspace := self._workspace) is None:
            return
        self._over = True
        self._titles = []
        self.bar.setRange(0, len(files))
        self.bar.setValue(0)
        work = partial(_write, workspace, [file for _, file in files], self._do)
        numbers = [number for number, _ in files]
        self._start(work, self._count, partial(self._written, numbers))

    def _do(self, command: Command, *, title: str) -> Change:
        """Write one step of the import; the worker waits for it."""
        workspace = self._workspace
        if workspace is None:
            message = "No project is open."
            raise Refused(message)
        change = workspace.do(command, title=title)
        self._titles.append(title)
        return change

    def _count(self, done: int) -> None:
        self.bar.setValue(done)
        self.sum.setText(f"Importing: {done:,} of {self.bar.maximum():,} files")

    def _written(self, numbers: Sequence[int], reports: list[FileReport]) -> None:
        came = [report for report in reports if report.result == "imported"]
        outcome = Outcome(
            articles=sum(report.counts.articles for report in came),
            annotations=sum(report.counts.annotations for report in came),
            files=len(came),
            left_out=len(self._plan) - len(came),
            titles=tuple(self._titles),
        )
        self._plan.take_reports(dict(zip(numbers, reports, strict=True)))
        self.table.files.refresh()
        self.imported.emit(outcome)
        if len(came) == len(reports):
            self.accept()
            return
        # Something came otherwise than it looked: it stays to be read.
        self.sum.setText(f"{several(outcome.articles, 'article')} imported")
        self.safe.setText(f"{several(len(reports) - len(came), 'file')} could not be imported.")

    def _failed(self, sentence: str) -> None:
        self._take_back()
        self.safe.setText(sentence)
        self.safe.setProperty("class", "danger")
        self.safe.style().unpolish(self.safe)
        self.safe.style().polish(self.safe)
        self.safe.setToolTip(sentence)
        self._over = False

    def _cancelled(self) -> None:
        self._take_back()
        self._over = False
        QTimer.singleShot(0, self, super().reject)

    def _take_back(self) -> None:
        """Undo what this import has written: all of it or nothing."""
        workspace = self._workspace
        while self._titles and workspace and workspace.undo_title(None) == self._titles[-1]:
            try:
                workspace.undo(None)
            except (Refused, KnownError):
                return
            self._titles.pop()

    # -- what is shown --------------------------------------------------------------------------

    def _refresh(self) -> None:
        rows, plan = self._plan.rows, self._plan
        self._pages.setCurrentIndex(1 if rows else 0)
        self.caption.setText(self._whence())
        for number, name in ((0, "All"), (1, "Needs a look"), (2, "Left out")):
            count = sum(belongs(row, number) for row in rows) if number else len(rows)
            self.tabs.set_label(number, f"{name} {count:,}")
        working = self._job is not None
        self.bar.setVisible(working)
        self.cancel.setText("Close" if self._over and not working else "Cancel")
        if self._over:
            self.go.setText("Importing…" if working else "Done")
            self.go.setEnabled(not working)
        else:
            self._show_sum(plan, working=working)
        for part in (self.table, self.mend, self.add_files, self.add_folder):
            part.setEnabled(not self._over)

    def _show_sum(self, plan: Plan, *, working: bool) -> None:
        taken = sum(row.included for row in plan.rows)
        left = len(plan) - taken
        fresh, adds = plan.fresh, plan.adds
        what = several(fresh, "article") if fresh or not adds else several(adds, "mark")
        self.go.setText(f"Import {what}" if plan.rows else "Import")
        self.go.setEnabled(bool(fresh or adds) and not working)
        self.sum.setText(
            f"{several(taken, 'file')} → {what.replace(' ', ' new ', 1)}" if plan.rows else ""
        )
        out = f"{several(left, 'file')} left out. " if left else ""
        nothing = "Nothing is changed until you import."
        if self.safe.property("class") == "danger":
            return
        self.safe.setText(f"{out}{nothing}")

    def _whence(self) -> str:
        rows = self._plan.rows
        if not rows:
            return ""
        folders = {row.look.file.path.parent for row in rows}
        where = str(folders.pop()) if len(folders) == 1 else f"{len(folders):,} folders"
        return f"{several(len(rows), 'file')} from {where}"

    # -- keys, drops, the end -------------------------------------------------------------------

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.table.narrow(narrow=self.width() < _NARROW)
        self.mend.setFixedWidth(382 if self.width() >= _NARROW else 330)
        super().resizeEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            urls = QApplication.clipboard().mimeData().urls()
            self.add_paths(url.toLocalFile() for url in urls if url.isLocalFile())
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._over and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        self.add_paths(url.toLocalFile() for url in urls if url.isLocalFile())
        event.acceptProposedAction()

    @override
    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()  # the sheet closes when the worker has heard of it
        else:
            super().reject()


def _look_at(
    paths: Sequence[Path],
    there: frozenset[Path],
    workspace: Workspace | None,
    project: str,
    job: Job,
) -> None:
    """Look at files and tell of them in bunches: (what was seen, how many of how many)."""
    files = [one for one in find_files(paths, project=project) if one.path not in there]
    ahead = ahead_of(files)
    bunch: list[Look] = []
    told = 0.0
    for number, file in enumerate(files, start=1):
        bunch.append(look(workspace, file, partial(_go_on, job), ahead))
        if monotonic() - told > _TELL_S or number == len(files):
            job.tell((bunch, number, len(files)))
            bunch, told = [], monotonic()


def _look_again(workspace: Workspace | None, file: Found, job: Job) -> Look:
    job.tell(None)
    return look(workspace, file, partial(_go_on, job))


def _go_on(job: Job) -> None:
    """End the reading of a file when nobody waits for it any more."""
    if job.is_cancelled:
        job.tell(None)


def _write(
    workspace: Workspace,
    files: Sequence[Found],
    do: Callable[..., Change],
    job: Job,
) -> list[FileReport]:
    """Read the files here and have each step written by the window's thread."""

    def ask(command: Command, *, title: str) -> Change:
        return job.ask(lambda: do(command, title=title))

    told = -1

    def progress(done: int) -> None:
        nonlocal told
        if done != told or job.is_cancelled:
            told = done
            job.tell(done)

    return import_files(workspace, files, extend=True, progress=progress, do=ask)
