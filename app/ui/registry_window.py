"""The window of the registry: made when it is first asked for, one for each project."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ui.session import Session
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.registry.window import RegistryWindow


class RegistryBeside(QObject):
    """Opens the registry beside the main window, and closes it with the project."""

    mark_requested = Signal(str, str)
    """Ids of the article and the annotation that are to be shown."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.shown: RegistryWindow | None = None

    def open(self, session: Session, record_id: str, *, theme: Theme) -> None:
        """Show the registry of a project, at an entry where one is given."""
        from app.ui.registry.window import RegistryWindow

        if self.shown is None:
            self.shown = RegistryWindow(session, theme=theme, parent=self._window)
            self.shown.mark_requested.connect(self.mark_requested)
            self.shown.finished.connect(self._window.activateWindow)
        self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()
        self.shown.open_at(record_id)

    def open_likely(self, session: Session, *, theme: Theme) -> None:
        """Show which entries of a project are likely the same."""
        self.open(session, "", theme=theme)
        if self.shown is not None:
            self.shown.show_likely()

    def close(self) -> None:
        """Write what is being typed and close it: its project goes."""
        if self.shown is not None:
            self.shown.close()
            self.shown.deleteLater()
            self.shown = None

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        if self.shown is not None:
            self.shown.set_theme(theme)
