"""The window of the codebook editor: made when it is first asked for, one for each project."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ui.keymap import Keymap
from app.ui.session import Session
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.codebook.editor import CodebookEditor


class CodebookWindow(QObject):
    """Opens the editor beside the main window, and closes it with the project."""

    mark_requested = Signal(str, str)
    """Ids of the article and the annotation that are to be shown."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.editor: CodebookEditor | None = None

    def open(self, session: Session, *, keymap: Keymap, profile: str, theme: Theme) -> None:
        """Show the editor for a project."""
        from app.ui.codebook.editor import CodebookEditor

        if self.editor is None:
            self.editor = CodebookEditor(
                session, keymap=keymap, profile=profile, theme=theme, parent=self._window
            )
            self.editor.mark_requested.connect(self.mark_requested)
            self.editor.finished.connect(self._window.activateWindow)
        self.editor.show()
        self.editor.raise_()
        self.editor.activateWindow()

    def close(self) -> None:
        """Write what is being typed and close the editor: its project goes."""
        if self.editor is not None:
            self.editor.close()
            self.editor.deleteLater()
            self.editor = None

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        if self.editor is not None:
            self.editor.set_theme(theme)
