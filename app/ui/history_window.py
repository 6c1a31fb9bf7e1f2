"""The window of the history: made when it is first asked for, one for each project."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ui.session import Session
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.history.window import HistoryWindow, Scope


class HistoryBeside(QObject):
    """Opens the history beside the main window, and closes it with the project."""

    article_requested = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.shown: HistoryWindow | None = None

    def open(self, session: Session, scope: "Scope", *, mark: str = "", theme: Theme) -> None:
        """Show the history of the project, the open article or a mark, or the trash."""
        from app.ui.history.window import HistoryWindow

        if self.shown is None:
            self.shown = HistoryWindow(session, theme=theme, parent=self._window)
            self.shown.article_requested.connect(self.article_requested)
            self.shown.finished.connect(self._window.activateWindow)
        self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()
        self.shown.open_at(scope, mark)

    def close(self) -> None:
        """Close it: its project goes."""
        if self.shown is not None:
            self.shown.close()
            self.shown.deleteLater()
            self.shown = None

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        if self.shown is not None:
            self.shown.set_theme(theme)
