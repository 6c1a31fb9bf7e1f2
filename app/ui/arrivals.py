"""What comes into the project from outside: files, dropped or pasted ones, and pasted text."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow

from app.model.commands import AddArticle
from app.model.errors import Refused
from app.model.wording import several
from app.ui.dropping import DropZone
from app.ui.files import Files
from app.ui.session import Session
from app.ui.settings import Settings
from app.workspace import Workspace

if TYPE_CHECKING:
    from app.ui.importing.dialog import ImportSheet, Outcome

_SUFFIX = ".pressmark"


class Arrivals(QObject):
    """Opens the import sheet, takes drops and pastes, and offers to undo what came in."""

    message = Signal(str)
    arrived = Signal(str)
    """Articles came in; the id of the one to open, or nothing."""
    undo_offered = Signal(str, object)
    """What came in, as a sentence, and what takes it back."""
    project_requested = Signal(str)

    def __init__(
        self,
        window: QMainWindow,
        files: Files,
        settings: Settings,
        *,
        session: Callable[[], Session | None],
    ) -> None:
        super().__init__(window)
        self._window, self._files, self._settings = window, files, settings
        self._session_of = session
        self._sheet: ImportSheet | None = None
        self._place = Path()
        self._drops = DropZone(window, settings.theme)
        self._drops.dropped.connect(self.take)

    @property
    def busy(self) -> bool:
        """Whether articles are being written."""
        return self._sheet is not None and self._sheet.busy

    @property
    def sheet(self) -> "ImportSheet | None":
        """The import sheet, while it is open."""
        return self._sheet

    @property
    def _session(self) -> Session | None:
        return self._session_of()

    # -- files ----------------------------------------------------------------------------------

    def import_files(self, paths: Sequence[str] = ()) -> None:
        """Show the import sheet, with files to look at or without."""
        from app.ui.importing.dialog import ImportSheet

        if self._sheet is not None:
            self._sheet.add_paths(paths)
            return
        if not self._may_write():
            return
        session = self._session
        workspace = session.workspace if session else None
        folder = self._files.folder()
        self._place = free_name(Path(folder) / f"articles{_SUFFIX}")
        sheet = self._sheet = ImportSheet(
            self._window,
            theme=self._settings.theme(),
            workspace=workspace,
            into=workspace.project.name if workspace else self._place.name,
            folder=folder,
            make_project=self._make_project,
        )
        sheet.place_wanted.connect(self._change_place)
        sheet.imported.connect(self._imported)
        sheet.finished.connect(self._closed)
        sheet.open()
        sheet.add_paths(paths)

    def _may_write(self) -> bool:
        session = self._session
        if session is None:
            return True
        if session.workspace.read_only:
            self.message.emit(session.workspace.read_only_reason)
            return False
        if session.waiting:
            self.message.emit("The last change is not on disk yet: try again or discard it first.")
            return False
        return True

    def _change_place(self) -> None:
        place = self._files.ask_place("New project", self._place.stem)
        if place is not None and self._sheet is not None:
            self._place = place
            self._sheet.set_into(place.name)

    def _make_project(self) -> Workspace | None:
        """Make the project that the articles go into, and open it in the window."""
        location = self._files.create_project(self._place)
        if location is None:
            return None
        self.project_requested.emit(location)
        session = self._session
        return session.workspace if session else None

    def _imported(self, outcome: "Outcome") -> None:
        self._settings.set_text("folder", self._sheet.folder if self._sheet else "")
        workspace = session.workspace if (session := self._session) else None
        if workspace is None or not (outcome.articles or outcome.annotations):
            return
        self.arrived.emit("")
        left = f", {several(outcome.left_out, 'file')} left out" if outcome.left_out else ""
        what = several(outcome.articles, "article")
        if not outcome.articles:
            what = several(outcome.annotations, "mark")
        self._offer(f"Imported {what}{left}", workspace, outcome.titles)

    def _closed(self) -> None:
        if self._sheet is not None:
            self._settings.set_text("folder", self._sheet.folder)
            self._sheet.deleteLater()
            self._sheet = None

    # -- text -----------------------------------------------------------------------------------

    def paste(self) -> None:
        """Make an article of what was copied, or import the files that were."""
        # A clipboard in which nothing was ever laid has no data at all, whatever the types say.
        data = cast("QMimeData | None", QApplication.clipboard().mimeData())
        self.take(QMimeData() if data is None else data)

    def take(self, data: QMimeData) -> None:
        """Take in files, a project or text that was dropped or pasted."""
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        projects = [path for path in paths if path.endswith(_SUFFIX)]
        if projects:
            self.project_requested.emit(projects[0])
        elif paths:
            # A drag ends first; a sheet in its middle would keep the other program waiting.
            QTimer.singleShot(0, self, lambda: self.import_files(paths))
        elif data.urls():
            self.message.emit("A link holds no text. Drag the text itself, or save the page first.")
        elif data.hasText() and data.text().strip():
            self._add_text(data.text())
        else:
            self.message.emit("There is no text to make an article of.")

    def _add_text(self, raw: str) -> None:
        from app.workspace.pasting import article_from

        if not self._may_write():
            return
        try:
            article = article_from(raw)
        except Refused as refused:
            self.message.emit(str(refused))
            return
        if self._session is None and (location := self._files.new_project(self._settings.theme())):
            self.project_requested.emit(location)
        session = self._session
        if session is None:
            return
        workspace = session.workspace
        if there := workspace.article_by_hash(article.sha256):
            self.arrived.emit(there)
            self.message.emit("The project has this text already.")
            return
        title = "paste an article"
        if session.do_in_project(AddArticle(article=article), title) is not None:
            self.arrived.emit(article.id)
            self._offer(f"New article: {article.title}", workspace, (title,))

    # -- back -----------------------------------------------------------------------------------

    def _offer(self, sentence: str, workspace: Workspace, titles: Sequence[str]) -> None:
        def undo() -> None:
            session = self._session
            if session is None or session.workspace is not workspace:
                return
            for title in reversed(titles):
                if workspace.undo_title(None) == title:
                    session.undo_in_project()

        self.undo_offered.emit(sentence, undo)


def free_name(path: Path) -> Path:
    """Return the path, or with a number where something lies there: `articles 2.pressmark`."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem} {number}{path.suffix}")
    return found
