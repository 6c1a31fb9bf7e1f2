"""What goes out of the project: the export sheet, and what was chosen in it the last time."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from app.ui.files import Files
from app.ui.session import Session
from app.ui.settings import Settings

if TYPE_CHECKING:
    from app.ui.exporting.dialog import ExportSheet

_KEPT = (
    *("format", "articles", "layers", "numbers", "beside", "folder", "types", "since", "until"),
    *("dates", "texts", "comments", "safe", "files", "shares", "seed"),
)


class Departures(QObject):
    """Opens the export sheet over the window."""

    jump_requested = Signal(str, str)
    """The ids of an article and of an annotation in it."""

    def __init__(self, window: QMainWindow, files: Files, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._files, self._settings = window, files, settings
        self._sheet: ExportSheet | None = None

    @property
    def busy(self) -> bool:
        """Whether a file is being written."""
        return self._sheet is not None and self._sheet.busy

    @property
    def sheet(self) -> "ExportSheet | None":
        """The export sheet, while it is open."""
        return self._sheet

    def export(self, session: Session) -> None:
        """Show the export sheet."""
        from app.ui.exporting.dialog import ExportSheet

        if self._sheet is not None:
            return
        preset = {name: self._settings.text(f"export/{name}") for name in _KEPT}
        sheet = self._sheet = ExportSheet(
            self._window,
            theme=self._settings.theme(),
            workspace=session.workspace,
            current=session.article,
            folder=self._files.existing(preset["folder"]),
            preset=preset,
        )
        sheet.jump_requested.connect(self.jump_requested)
        sheet.exported.connect(self._keep)
        sheet.finished.connect(self._closed)
        sheet.open()

    def _keep(self) -> None:
        if self._sheet is not None:
            for name, value in self._sheet.preset().items():
                self._settings.set_text(f"export/{name}", value)

    def _closed(self) -> None:
        if self._sheet is not None:
            self._sheet.deleteLater()
            self._sheet = None
