"""What the File menu asks: which project, which articles, where to write; and what happened."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app import __version__
from app.model.errors import KnownError, Refused
from app.model.reports import CheckReport, RepairReport
from app.model.wording import several
from app.ui.settings import Settings
from app.ui.theme import Theme
from app.workspace import Workspace
from app.workspace.person import annotator_name

_PROJECTS = "Pressmark projects (*.pressmark)"
_WARNING = QMessageBox.Icon.Warning

T = TypeVar("T")


class Files:
    """Dialogs over the use cases of the workspace. Failures are told here, in a sentence."""

    def __init__(self, window: QWidget, settings: Settings) -> None:
        self._window = window
        self._settings = settings
        self.failure = 0
        """The exit code that fits why a project could not be opened last."""

    @property
    def annotator(self) -> str:
        """The name annotations are made under on this machine."""
        return annotator_name(self._settings.text("annotator"))

    def open_workspace(self, location: str) -> Workspace:
        """Open a project. Raises `Refused` or `KnownError`, told on stderr first."""
        try:
            return Workspace.open(location, annotator=self.annotator)
        except (Refused, KnownError) as error:
            self.failure = 3 if isinstance(error, Refused) else 4
            sys.stderr.write(f"{error}\n")
            raise

    def ask_project(self) -> str | None:
        """Ask for a project to open."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, "Open a project", self.folder(), _PROJECTS
        )
        return self._remember(path)

    def new_project(self, theme: Theme) -> str | None:
        """Ask what a project is called and where it lies, and make it; None where nobody did."""
        from app.ui.new_project import NewProject

        sheet = NewProject(
            self._window, folder=self.folder(), annotator=self.annotator, theme=theme
        )
        sheet.exec()
        named = sheet.annotator.text().strip()
        if sheet.location and named != self.annotator:
            self._settings.set_text("annotator", named)
        return self._remember(sheet.location)

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

    def say(self, sentence: str) -> None:
        """Say why something could not be done."""
        self._say(sentence, (), _WARNING)

    def report_check(self, report: CheckReport) -> bool:
        """Show what a check of the project found; tell whether it is to be repaired."""
        looked = ", ".join(f"{what} {number:,}" for what, number in report.checked.items())
        if report.ok:
            self._say("Nothing is wrong with this project.", [f"Checked: {looked}"])
            return False
        lines = [f"{f.where}: {f.detail}" for f in report.findings]
        things = several(len(report.findings), "thing")
        sentence = f"{things} {'needs' if len(lines) == 1 else 'need'} a look."
        if not any(finding.repairable for finding in report.findings):
            lines.insert(0, "The history cannot prove what was there: restore a backup.")
            self._say(sentence, lines)
            return False
        lines.insert(0, "Repair mends a copy from the history, and keeps this file beside it.")
        return self._say(sentence, lines, repairs=True)

    def report_repair(self, report: RepairReport) -> None:
        """Say what a repair did about each finding."""
        lines = [f"The damaged file is {Path(report.kept).name}."] if report.kept else []
        lines += [f"{finding.where}: {done}" for finding, done in report.done]
        lines += [f"{finding.where}: {finding.detail}" for finding in report.after.findings]
        left = len(report.after.findings)
        things = several(len(report.done), "thing")
        rest = f" {several(left, 'thing')} could not be: restore a backup." if left else ""
        self._say(f"{things} {'was' if len(report.done) == 1 else 'were'} repaired.{rest}", lines)

    def about(self) -> None:
        """Say what this program is."""
        self._say(
            f"Pressmark {__version__}",
            [
                "Mark who did what, how many, and who says so.",
                "MIT licence. No network is used but for a model server you switch on.",
            ],
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
        return self.existing(self._settings.text("folder", documents))

    def existing(self, folder: str) -> str:
        """Return the folder, or where it is not there the one somebody chose last, or home."""
        if folder and Path(folder).is_dir():
            return folder
        last = self._settings.text("folder")
        return last if last and Path(last).is_dir() else str(Path.home())

    def _remember(self, path: str) -> str | None:
        if not path:
            return None
        self._settings.set_text("folder", str(Path(path).parent))
        return path

    def _say(
        self,
        sentence: str,
        lines: Sequence[str],
        icon: QMessageBox.Icon = QMessageBox.Icon.NoIcon,
        *,
        repairs: bool = False,
    ) -> bool:
        """Say something; with an offer to repair, tell whether it was taken."""
        box = QMessageBox(icon, "Pressmark", sentence, QMessageBox.StandardButton.Ok, self._window)
        if repairs:
            box.setStandardButtons(
                QMessageBox.StandardButton.Apply | QMessageBox.StandardButton.Close
            )
            box.button(QMessageBox.StandardButton.Apply).setText("&Repair")
        box.setTextFormat(Qt.TextFormat.PlainText)
        shown, more = list(lines[:12]), len(lines) - 12
        if more > 0:
            shown.append(f"and {more:,} more")
        box.setInformativeText("\n".join(shown))
        return box.exec() == QMessageBox.StandardButton.Apply
