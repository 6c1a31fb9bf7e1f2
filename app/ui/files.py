"""What the File menu asks: which project, which articles, where to write; and what happened."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QProgressDialog, QWidget

from app import __version__
from app.model.errors import KnownError, Refused
from app.ui.settings import Settings
from app.workspace import Workspace
from app.workspace.person import annotator_name

_PROJECTS = "Pressmark projects (*.pressmark)"
_WARNING = QMessageBox.Icon.Warning
_DATASETS = "Pressmark JSON (*.json);;JSON Lines (*.jsonl)"

T = TypeVar("T")


class Files:
    """Dialogs over the use cases of the workspace. Failures are told here, in a sentence."""

    def __init__(self, window: QWidget, settings: Settings) -> None:
        self._window = window
        self._settings = settings
        self.busy = False
        """Whether an import or export is going on."""
        self.failure = 0
        """The exit code that fits why a project could not be opened last."""

    @property
    def annotator(self) -> str:
        """The name annotations are made under on this machine."""
        return annotator_name(self._settings.text("annotator"))

    def open_workspace(self, location: str) -> Workspace | None:
        """Open a project, or say why not, on the screen and to whoever started the program."""
        try:
            workspace = Workspace.open(location, annotator=self.annotator)
        except (Refused, KnownError) as error:
            self.failure = 3 if isinstance(error, Refused) else 4
            sys.stderr.write(f"{error}\n")
            self._say(str(error), (), _WARNING)
            return None
        return workspace

    def ask_project(self) -> str | None:
        """Ask for a project to open."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, "Open a project", self.folder(), _PROJECTS
        )
        return self._remember(path)

    def new_project(self) -> str | None:
        """Ask for a place and make an empty project there."""
        location = self.ask_place("New project", "articles")
        return self.create_project(location) if location else None

    def create_project(self, location: Path) -> str | None:
        """Make an empty project there; None, and a sentence, where that cannot be."""
        from app.workspace.sample import press_codebook

        made = self._try(
            lambda: Workspace.create(
                location, name=location.stem, codebook=press_codebook(), annotator=self.annotator
            )
        )
        if made is None:
            return None
        made.close()
        return self._remember(str(location))

    def copy_project(self, workspace: Workspace) -> str | None:
        """Ask for a place and write a copy of the project there."""
        location = self.ask_place(
            "Save a copy of the project", f"{Path(workspace.location).stem} copy"
        )
        if location is None:
            return None

        def copy() -> Path:
            workspace.copy_to(location)
            return location

        return self._remember(str(location)) if self._try(copy) else None

    def may_lose_change(self) -> bool:
        """Ask whether a change that cannot be written may be lost."""
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            "Pressmark",
            "The last change is not on disk.",
            QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
            self._window,
        )
        box.setInformativeText("It is lost when you go on. Everything before it is on disk.")
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        return box.exec() == QMessageBox.StandardButton.Discard

    def sample_project(self) -> str | None:
        """Return the sample project of this person, made on the first visit."""
        from app.workspace.sample import make_sample

        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
        location = Path(folder) / "sample.pressmark"
        if not location.exists():

            def make() -> Workspace:
                try:
                    location.parent.mkdir(parents=True, exist_ok=True)
                except OSError as problem:
                    message = f"{location.parent} cannot be made: {problem.strerror}."
                    raise KnownError(message) from problem
                return make_sample(location, annotator=self.annotator)

            made = self._try(make)
            if made is None:
                return None
            made.close()
        return str(location)

    def export_dataset(self, workspace: Workspace) -> None:
        """Ask where to, write the dataset, and show the receipt."""
        from app.exchange.registry import FORMATS, format_of
        from app.workspace.exporting import export

        stem = Path(workspace.location).stem
        path, chosen = QFileDialog.getSaveFileName(
            self._window, "Export dataset", f"{self.folder()}/{stem}.json", _DATASETS
        )
        if not path:
            return
        wanted = "jsonl" if "Lines" in chosen else "json"
        out = Path(path if Path(path).suffix else f"{path}.{wanted}")
        self._remember(str(out))
        if str(out) != path and out.exists():  # nobody was asked about this name
            self._say(f"{out.name} exists already. Nothing was changed.", (), _WARNING)
            return
        format_ = format_of(out, to_write=True) or next(f for f in FORMATS if f.name == wanted)
        with self._progress("Exporting…", workspace.queue_count()) as progress:
            receipt = self._try(lambda: export(workspace, out, format_, progress=progress))
        if receipt is None:
            return
        back = receipt.read_back
        lost = [f"{one.count:,} {one.what}: {one.reason}" for one in receipt.lost]
        self._say(
            f"Written to {out.name} and read back: {_several(back.articles, 'article')}, "
            f"{_several(back.annotations, 'mark')}, {_several(back.relations, 'relation')}.",
            [*lost, f"SHA-256 {receipt.sha256}"],
        )

    def check_project(self, workspace: Workspace) -> None:
        """Check the project file and show what was found."""
        report = self._try(workspace.check)
        if report is None:
            return
        looked = ", ".join(f"{what} {number:,}" for what, number in report.checked.items())
        if report.ok:
            self._say("Nothing is wrong with this project.", [f"Checked: {looked}"])
        else:
            lines = [f"{f.where}: {f.detail}" for f in report.findings]
            things = _several(len(report.findings), "thing")
            self._say(f"{things} {'needs' if len(lines) == 1 else 'need'} a look.", lines)

    def about(self) -> None:
        """Say what this program is."""
        self._say(
            f"Pressmark {__version__}",
            ["Mark who did what, how many, and who says so.", "MIT licence. No network is used."],
        )

    def ask_place(self, title: str, stem: str) -> Path | None:
        """Ask where a new project file is to lie. Whoever makes it refuses to overwrite."""
        path, _ = QFileDialog.getSaveFileName(
            self._window,
            title,
            f"{self.folder()}/{stem}.pressmark",
            _PROJECTS,
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if not path:
            return None
        return Path(path if path.endswith(".pressmark") else f"{path}.pressmark")

    @contextmanager
    def _progress(self, title: str, total: int) -> Iterator[Callable[[int], None]]:
        """Show how far long work is, and know that it is going on."""
        self.busy = True
        try:
            with _Progress(self._window, title, total) as progress:
                yield progress
        finally:
            self.busy = False

    def _try(self, action: Callable[[], T]) -> T | None:
        """Run an action; a refusal or a failure of the environment is told, not raised."""
        try:
            return action()
        except (Refused, KnownError) as error:
            self._say(str(error), (), _WARNING)
            return None

    def folder(self) -> str:
        """Return the folder in which somebody chose something last."""
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        folder = self._settings.text("folder", documents)
        return folder if Path(folder).is_dir() else str(Path.home())

    def _remember(self, path: str) -> str | None:
        if not path:
            return None
        self._settings.set_text("folder", str(Path(path).parent))
        return path

    def _say(
        self, sentence: str, lines: Sequence[str], icon: QMessageBox.Icon = QMessageBox.Icon.NoIcon
    ) -> None:
        box = QMessageBox(icon, "Pressmark", sentence, QMessageBox.StandardButton.Ok, self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        shown, more = list(lines[:12]), len(lines) - 12
        if more > 0:
            shown.append(f"and {more:,} more")
        box.setInformativeText("\n".join(shown))
        box.exec()


def _several(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


class _Progress:
    """A progress bar for work longer than half a second; called with how much is done."""

    def __init__(self, window: QWidget, title: str, total: int) -> None:
        self._dialog = QProgressDialog(title, "", 0, total, window)
        self._dialog.setCancelButton(None)
        self._dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self._dialog.setMinimumDuration(500)

    def __enter__(self) -> Self:
        return self

    def __call__(self, done: int) -> None:
        self._dialog.setValue(done)
        QApplication.processEvents()

    def __exit__(self, *_: object) -> None:
        self._dialog.close()
        self._dialog.deleteLater()
