"""The sheet in which a dataset is chosen, checked, seen and written."""

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.exchange.dataset import Lost, Receipt
from app.exchange.registry import FORMATS, Format
from app.exchange.split import PARTS
from app.model.errors import KnownError, Refused
from app.model.wording import natural, several
from app.ui.exporting.json_view import JsonView
from app.ui.exporting.options import Options, heading
from app.ui.exporting.parts import FormatList, Points, ReceiptPage
from app.ui.icons import icon
from app.ui.jobs import Job
from app.ui.sheet import Primary, Rule, Sheet
from app.ui.theme import Theme
from app.ui.tips import tip
from app.workspace import Workspace
from app.workspace.export_check import Surveyed, article_json, grouped, pretty, survey
from app.workspace.exporting import (
    Selection,
    Way,
    divided,
    export,
    in_time,
    keep_receipt,
    losses,
    makes_folder,
    part_path,
    refuse_target,
    write_receipt,
)

_SIZE = QSize(1180, 648)
_NARROW = 1060

ALL, FINISHED, STARTED, CURRENT = "all", "finished", "started", "current"
_CHOICES = (
    (ALL, "All articles"),
    (FINISHED, "Finished"),
    (STARTED, "Finished and in progress"),
    (CURRENT, "Current article"),
)


class ExportSheet(Sheet):
    """The button is on when the check has gone through and found nothing that breaks the schema."""

    jump_requested = Signal(str, str)
    """The ids of an article and of an annotation in it, or nothing: to be shown in the window."""
    exported = Signal(str)
    """The path that was written."""

    def __init__(
        self,
        window: QWidget,
        *,
        theme: Theme,
        workspace: Workspace,
        current: str | None,
        folder: str,
        preset: Mapping[str, str],
    ) -> None:
        super().__init__("Export", window, theme=theme, size=_SIZE)
        self._workspace, self._current = workspace, current
        self._preset = preset
        self._seen: tuple[Surveyed, ...] | None = None
        self._job: Job | None = None
        self._writing = self._fine = False
        self._looking: Job | None = None
        self._losing: Job | None = None
        self._asked: object = None
        self._ending = ""
        self._shown = 0
        self._line = ""
        self.receipt: Receipt | None = None
        writers = [one for one in FORMATS if one.write is not None]
        self.formats = FormatList(writers, theme)
        self.formats.choose(preset.get("format", ""))
        self.which = {name: QRadioButton(label) for name, label in _CHOICES}
        self._figures = {name: QLabel("–") for name, _ in _CHOICES}
        self.layers: dict[str, QCheckBox] = {}
        self.options = Options(workspace.codebook, preset)
        self.beside = QCheckBox("Receipt beside the file")
        self.points = Points(theme)
        self.view = JsonView(theme)
        self._which_one = QLabel("article 1")
        self._which_one.setProperty("class", "label")
        self.back, self.forth, self.copy = QToolButton(), QToolButton(), QPushButton("Copy")
        self._ending = self.formats.format.ending
        self.path = QLineEdit(str(_free(Path(folder), workspace, self.formats.format)))
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.change = QPushButton("Change…")
        self.bar = QProgressBar()
        self.cancel = QPushButton("Cancel")
        self.reveal, self.copy_path = QPushButton("Show in folder"), QPushButton("Copy path")
        self.go = Primary("Export", theme)
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()
        self._survey()
        self.formats.focus()

    def _arrange(self) -> None:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.formats.setFixedWidth(300)
        row.addWidget(self.formats)
        row.addWidget(Rule(self.theme, upright=True))
        row.addWidget(self._options())
        row.addWidget(Rule(self.theme, upright=True))
        row.addLayout(self._preview(), 1)
        self._pages.addWidget(page)
        self.body.addWidget(self._pages)
        self.path.setAccessibleName("File to write")
        self.path.setMinimumWidth(300)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName("Progress")
        self.note.setProperty("class", "label")
        self.foot.addWidget(self.path, 2)
        self.foot.addWidget(self.change)
        self.foot.addWidget(self.note, 1)
        for button in (self.change, self.cancel, self.reveal, self.copy_path, self.copy):
            button.setAutoDefault(False)
        for widget in (self.bar, self.reveal, self.copy_path, self.cancel, self.go):
            self.foot.addWidget(widget)
        self.reveal.hide()
        self.copy_path.hide()

    def _options(self) -> QWidget:
        """Return the column of choices, which can be longer than the sheet, and the check below."""
        box = QWidget()
        box.setFixedWidth(284)
        both = QVBoxLayout(box)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        area, page = QScrollArea(), QWidget()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        page.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        both.addWidget(area, 5)
        both.addWidget(Rule(self.theme))
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 13, 16, 12)
        column.setSpacing(4)
        column.addWidget(heading("Which articles"))
        for name, button in self.which.items():
            line = QHBoxLayout()
            figure = self._figures[name]
            figure.setProperty("class", "label")
            button.setAccessibleName(button.text())
            line.addWidget(button, 1)
            line.addWidget(figure)
            column.addLayout(line)
        wanted = self._preset.get("articles", ALL)
        self.which[wanted if wanted in self.which else ALL].setChecked(True)
        self.which[CURRENT].setEnabled(self._current is not None)
        if self._current is None and self.which[CURRENT].isChecked():
            self.which[ALL].setChecked(True)
        column.addSpacing(10)
        column.addWidget(heading("Whose marks"))
        self._layer_column = QVBoxLayout()
        self._layer_column.setSpacing(0)
        column.addLayout(self._layer_column)
        column.addSpacing(10)
        column.addWidget(self.options)
        self.beside.setChecked(self._preset.get("beside") == "yes")
        column.addWidget(self.beside)
        column.addStretch(1)
        below = QVBoxLayout()
        below.setContentsMargins(16, 8, 16, 12)
        below.addWidget(heading("Check"))
        below.addWidget(self.points, 1)
        both.addLayout(below, 3)
        return box

    def _preview(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(14, 5, 12, 5)
        head.setSpacing(6)
        head.addWidget(heading("Preview"))
        head.addWidget(self._which_one)
        for button, picture, name in (
            (self.back, "chevron-left", "Previous article"),
            (self.forth, "chevron-right", "Next article"),
        ):
            button.setIcon(icon(picture, self.theme))
            button.setFixedSize(26, 26)
            button.setAccessibleName(name)
            button.setToolTip(name)
            head.addWidget(button)
        head.addStretch(1)
        self.copy.setProperty("class", "quiet")
        self.copy.setAccessibleName("Copy the article as JSON")
        head.addWidget(self.copy)
        column.addLayout(head)
        column.addWidget(Rule(self.theme))
        column.addWidget(self.view, 1)
        return column

    def _connect(self) -> None:
        self.formats.chosen.connect(self._take_format)
        self.options.changed.connect(self._take_options)
        for button in self.which.values():
            button.toggled.connect(lambda on: self._refresh() if on else None)
        self.points.jump_requested.connect(self._jump)
        self.back.clicked.connect(lambda: self._step(-1))
        self.forth.clicked.connect(lambda: self._step(+1))
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self._line))
        self.path.textChanged.connect(self._retarget)
        self.change.clicked.connect(self._ask_path)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._export)
        self.reveal.clicked.connect(self._reveal)
        self.copy_path.clicked.connect(
            lambda: QApplication.clipboard().setText(self.receipt.path if self.receipt else "")
        )

    # -- the check ------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a file is being written."""
        return self._writing

    def _survey(self) -> None:
        self.bar.setRange(0, max(1, self._workspace.queue_count()))
        self.points.show_groups("Checking against the schema…", ())
        self._begin(partial(_survey, self._workspace), self._surveyed)

    def _begin(self, work: Callable[[Job], object], done: Callable[..., None]) -> None:
        job = self._job = Job(work)
        job.progressed.connect(self.bar.setValue)
        job.done.connect(done)
        job.failed.connect(self._failed)
        job.cancelled.connect(self._cancelled)
        job.ended.connect(self._ended)
        job.start()
        self._refresh()

    def _surveyed(self, seen: tuple[Surveyed, ...]) -> None:
        self._seen = seen
        self._job = None
        marks: dict[str, int] = {}
        for one in seen:
            for (layer, _), count in one.marks.items():
                marks[layer] = marks.get(layer, 0) + count
        wanted = self._preset.get("layers", "")
        named = set(wanted.split("\n")) & set(marks) if wanted else set(marks)
        for layer in sorted(marks, key=natural):
            box = QCheckBox(f"{layer}  {marks[layer]:,}".replace("&", "&&"))
            box.setAccessibleName(f"{layer}, {marks[layer]:,} marks")
            box.setChecked(layer in named)
            box.toggled.connect(self._refresh)
            self.layers[layer] = box
            self._layer_column.addWidget(box)
        if not marks:
            nobody = QLabel("Nobody has marked anything yet.")
            nobody.setProperty("class", "label")
            self._layer_column.addWidget(nobody)
        for name, figure in self._figures.items():
            figure.setText(f"{len(self._of(name)):,}")
        self._refresh()

    def _of(self, choice: str) -> list[Surveyed]:
        """Return the articles of a choice."""
        states = {FINISHED: {"done"}, STARTED: {"done", "in progress"}}.get(choice)
        seen = self._seen or ()
        if choice == CURRENT:
            return [one for one in seen if one.id == self._current]
        return [one for one in seen if states is None or one.states & states]

    def _chosen(self) -> list[Surveyed]:
        """Return the articles that are chosen."""
        days = self._selection_of_days()
        return [one for one in self._of(self._choice) if in_time(one.published, days)]

    def _selection_of_days(self) -> Selection:
        if self.options.problem():
            return Selection()
        given = self.options.preset()
        return Selection(since=given["since"], until=given["until"])

    @property
    def _way(self) -> Way:
        return self.options.way(self.formats.format)

    @property
    def _choice(self) -> str:
        return next(name for name, button in self.which.items() if button.isChecked())

    def _chosen_layers(self) -> tuple[str, ...]:
        """Return the layers to write; none means all of them."""
        on = tuple(name for name, box in self.layers.items() if box.isChecked())
        return () if len(on) == len(self.layers) else on

    def _refresh(self) -> None:
        """Bring everything in line with what is chosen."""
        articles = self._chosen()
        self._ask_losses(articles)
        working = self._job is not None
        self.bar.setVisible(working)
        no_layer = bool(self.layers) and not any(box.isChecked() for box in self.layers.values())
        if self._seen is not None and not self._writing:
            self._show_check(articles, no_layer=no_layer)
        problems = any(one.problems for one in articles)
        self.go.setText(f"Export {several(len(articles), 'article')}" if self._seen else "Export")
        self._fine = bool(articles) and not (problems or no_layer or self.options.problem())
        self._retarget()
        self.caption.setText(f"from {self._workspace.project.name}")
        for part in (self.formats, self.path, self.change, *self.which.values()):
            part.setEnabled(not self._writing)
        self.which[CURRENT].setEnabled(self._current is not None and not self._writing)
        self.options.allow(self.formats.format, on=not self._writing)
        self._shown = min(self._shown, max(0, len(articles) - 1))
        self._show_preview(articles)

    def _ask_losses(self, articles: Sequence[Surveyed]) -> None:
        """Find out beside the window what the format leaves out of what is chosen."""
        selection, way = self._selection(articles), self._way
        asked = self.formats.format.name, selection, way
        if self._seen is None or self._writing or self.receipt or asked == self._asked:
            return
        self._asked = asked
        if self._losing is not None:
            self._losing.cancel()
        self.points.set_lost(())
        if not articles or self.options.problem():
            return
        format_, workspace = self.formats.format, self._workspace
        job = self._losing = Job(lambda _: losses(workspace, format_, selection=selection, way=way))
        job.done.connect(self._take_losses)
        job.start()

    def _take_losses(self, lost: tuple[Lost, ...]) -> None:
        self.points.set_lost(lost)
        self._refresh()

    def _selection(self, articles: Sequence[Surveyed]) -> Selection:
        everything = len(articles) == len(self._seen or ())
        return Selection(
            layers=self._chosen_layers(),
            types=self.options.chosen_types,
            articles=None if everything else frozenset(one.id for one in articles),
        )

    def _retarget(self) -> None:
        """Switch the button on where the check allows it and the path can be written."""
        fits = self._show_target()
        self.go.setEnabled(self._fine and fits and self._job is None)

    def _show_check(self, articles: Sequence[Surveyed], *, no_layer: bool) -> None:
        layers = set(self._chosen_layers()) or set(self.layers)
        problems = [point for one in articles for point in one.problems]
        points = [p for one in articles for p in one.points if p.layer in layers]
        types = self.options.chosen_types
        marks = sum(
            count
            for one in articles
            for (name, type_), count in one.marks.items()
            if name in layers and (not types or type_ in types)
        )
        what = f"{several(len(articles), 'article')}, {several(marks, 'mark')}"
        if no_layer:
            self.points.show_groups("Choose whose marks to write.", (), kind="warn")
        elif unfit := self.options.problem():
            self.points.show_groups(unfit, (), kind="warn")
        elif not articles:
            self.points.show_groups("No article is of that kind yet.", (), kind="warn")
        elif problems:
            head = "This would not fit the schema. Nothing can be written until it does:"
            self.points.show_groups(head, grouped(problems), kind="danger")
        elif points:
            head = f"Checked against the schema: {what}, no problems. Still open:"
            self.points.show_groups(head, grouped(points))
        else:
            self.points.show_groups(f"Checked against the schema: {what}, no problems.", ())

    def _jump(self, article: str, annotation: str) -> None:
        self.jump_requested.emit(article, annotation)
        self.reject()

    # -- the preview ----------------------------------------------------------------------------

    def _step(self, by: int) -> None:
        self._shown += by
        self._show_preview(self._chosen())

    def _show_preview(self, articles: Sequence[Surveyed]) -> None:
        self.back.setEnabled(self._shown > 0)
        self.forth.setEnabled(self._shown < len(articles) - 1)
        self.copy.setEnabled(bool(articles))
        if not articles or self._writing or self.receipt:
            self._which_one.setText("")
            if self._seen is not None and not articles:
                self.view.show_json("")
            return
        self._which_one.setText(f"article {self._shown + 1:,} of {len(articles):,}")
        if self._looking is not None:
            self._looking.cancel()
        wanted = articles[self._shown].id
        selection, way = self._selection(articles), self._way
        job = self._looking = Job(lambda _: article_json(self._workspace, wanted, selection, way))
        job.done.connect(self._take_line)
        job.failed.connect(self.view.show_json)
        job.start()

    def _take_line(self, line: str) -> None:
        self._line = line
        shown = pretty(line)
        if shown != self.view.toPlainText():
            self.view.show_json(shown)

    # -- where to -------------------------------------------------------------------------------

    def _take_format(self, _: Format) -> None:
        self._take_options()

    def _take_options(self) -> None:
        """Give the path the ending of what is written now, and bring the rest in line."""
        text, before, now = self.path.text(), self._ending, self._ending_now()
        if text.lower().endswith(before) and now != before:
            self.path.setText(f"{text[: len(text) - len(before)]}{now}")
            self._ending = now
        self._refresh()

    def _ending_now(self) -> str:
        return "" if self._way.per_article else self.formats.format.ending

    def _ask_path(self) -> None:
        format_ = self.formats.format
        ends = " ".join(f"*{ending}" for ending in format_.extensions)
        path, _ = QFileDialog.getSaveFileName(
            self,
            "Export to",
            self.path.text(),
            f"{format_.title} ({ends})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if path:
            self._ending = self._ending_now()
            self.path.setText(path if Path(path).suffix else f"{path}{self._ending}")

    def _show_target(self) -> bool:
        """Say what becomes of the path that is named; tell whether it can be written."""
        text = self.path.text().strip()
        format_, way, project = self.formats.format, self._way, Path(self._workspace.location)
        folder = makes_folder(Path(text), format_, way)
        problem = _unfit(text, project, folder=folder)
        targets = [text]
        if not problem and self.options.split:
            parts = PARTS[: len(self.options.split)]
            targets = [str(part_path(Path(text), one, format_, way)) for one in parts]
            problems = (_unfit(one, project, folder=folder) for one in targets)
            problem = next(filter(None, problems), "")
        replaces = not problem and any(Path(one).expanduser().exists() for one in targets)
        size = sum(one.size for one in self._chosen())
        words = problem or (
            f"Replaces the {'folder' if folder else 'file'} that is there" if replaces else ""
        )
        if not words and self._seen:
            words = f"about {_bytes(size)}"
        self._say(words, kind="danger" if problem else "warn" if replaces else "label")
        return not problem

    def _say(self, words: str, *, kind: str) -> None:
        self.note.setText(words)
        self.note.setToolTip(tip(words))
        if self.note.property("class") != kind:
            self.note.setProperty("class", kind)
            self.note.style().unpolish(self.note)
            self.note.style().polish(self.note)

    # -- writing --------------------------------------------------------------------------------

    def _export(self) -> None:
        if self.receipt is not None:
            self.accept()
            return
        if self._job is not None:
            return
        articles = self._chosen()
        selection = self._selection(articles)
        self._writing = True
        self.bar.setRange(0, len(articles))
        self.bar.setValue(0)
        out = Path(self.path.text().strip()).expanduser()
        work = partial(
            _write,
            self._workspace,
            out,
            self.formats.format,
            selection,
            way=self._way,
            shares=self.options.split,
            seed=self.options.seed.value(),
            beside=self.beside.isChecked(),
        )
        self._begin(work, self._written)

    def _written(self, receipts: tuple[Receipt, ...]) -> None:
        self.receipt = receipt = receipts[0]
        kept = ""
        try:
            for one in receipts:
                keep_receipt(self._workspace, one)
        except (Refused, KnownError) as error:
            kept = f"The receipt was not kept in the project: {error}"
        self._pages.addWidget(ReceiptPage(receipts, self._workspace.codebook))
        self._pages.setCurrentIndex(1)
        for part in (self.path, self.change, self.cancel):
            part.hide()
        self.reveal.setVisible(_can_reveal())
        self.copy_path.show()
        self._say(kept, kind="warn" if kept else "label")
        self.exported.emit(receipt.path)

    def _failed(self, sentence: str) -> None:
        self._writing = False
        self._job = None
        self._refresh()
        self._say(sentence, kind="danger")
        if self._seen is None:
            self.points.show_groups(sentence, (), kind="danger")

    def _cancelled(self) -> None:
        self._writing = False
        QTimer.singleShot(0, self, super().reject)

    def _ended(self) -> None:
        self._job = None
        self._writing = False
        if self.receipt is not None:
            self.bar.hide()
            self.go.setText("Close")
            self.go.setEnabled(True)
            self.go.setFocus()
        elif self.note.property("class") != "danger":
            self._refresh()

    def _reveal(self) -> None:
        folder = QUrl.fromLocalFile(str(Path(self.receipt.path).parent)) if self.receipt else QUrl()
        if not QDesktopServices.openUrl(folder):
            self.reveal.hide()
            self._say("No file manager answered. Copy the path instead.", kind="warn")

    def preset(self) -> dict[str, str]:
        """Return what was chosen, to be offered the next time."""
        return {
            "format": self.formats.format.name,
            "articles": self._choice,
            "layers": "\n".join(self._chosen_layers()),
            **self.options.preset(),
            "beside": "yes" if self.beside.isChecked() else "",
            "folder": str(Path(self.path.text().strip()).expanduser().parent),
        }

    @override
    def reject(self) -> None:
        for job in (self._looking, self._losing):
            if job is not None:
                job.cancel()
        if self._job is not None:
            self._job.cancel()
        else:
            super().reject()


def _survey(workspace: Workspace, job: Job) -> tuple[Surveyed, ...]:
    return survey(workspace, job.tell)


def _write(
    workspace: Workspace,
    out: Path,
    format_: Format,
    selection: Selection,
    job: Job,
    *,
    way: Way,
    shares: Sequence[float],
    seed: int,
    beside: bool,
) -> tuple[Receipt, ...]:
    targets = [(out, selection)]
    if shares:
        parts = divided(workspace, selection, shares, seed=seed)
        targets = [
            (part_path(out, name, format_, way), chosen)
            for name, chosen in parts.items()
            if chosen.articles
        ]
    made: list[Receipt] = []
    for path, chosen in targets:
        before = sum(one.written.articles for one in made)
        one = export(
            workspace,
            path,
            format_,
            selection=chosen,
            way=way,
            progress=lambda count, before=before: job.tell(before + count),  # type: ignore[misc]
        )
        made.append(one)
        if beside:
            write_receipt(one, path)
    return tuple(made)


def _unfit(text: str, project: Path, *, folder: bool = False) -> str:
    """Return why a path cannot be written, as far as that shows from outside, or nothing."""
    if not text:
        return "Name the file to write"
    out = Path(text).expanduser()
    try:
        refuse_target(out, project, folder=folder)
        if not out.parent.is_dir():
            return "There is no such folder"
    except Refused as refused:
        return str(refused)
    except (OSError, ValueError):
        return "This is no path"
    return ""


def _free(folder: Path, workspace: Workspace, format_: Format) -> Path:
    """Return a name that is not taken: the project's with the day, and a number if need be."""
    stem = f"{Path(workspace.location).stem}_{datetime.now(UTC).astimezone():%Y-%m-%d}"
    path, number = folder / f"{stem}{format_.ending}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{format_.ending}"
    return path


def _can_reveal() -> bool:
    """Tell whether a file manager can be asked at all."""
    return sys.platform in {"darwin", "win32"} or shutil.which("xdg-open") is not None


def _bytes(size: int) -> str:
    for unit, share in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= share:
            return f"{size / share:,.1f} {unit}"
    return f"{size:,} bytes"
