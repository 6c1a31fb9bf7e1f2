"""Over the window: a project could not be opened, why, and what can be done about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from app.model.errors import Damaged, KnownError, Refused
from app.ui.banner import Banner


class Unopened(Banner):
    """Stays until a project is opened or somebody closes it; nothing else has to wait for it."""

    retry_requested = Signal(str)
    """The location is to be opened once more."""
    repair_requested = Signal(str)
    restore_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.location = ""
        self.retry = self._add(self.tr("&Try again"), self._retry)
        self.repair = self._add(self.tr("Re&pair…"), self._repair)
        self.restore = self._add(self.tr("&Restore a backup…"), self.restore_requested.emit)
        self._add(self.tr("&Close"), self.forget)

    def _add(self, words: str, does: object) -> QPushButton:
        button = QPushButton(words)
        button.setMinimumHeight(24)
        button.setAccessibleName(words.replace("&", ""))
        button.clicked.connect(does)
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.addWidget(button)
        return button

    def show_failure(self, location: str, problem: Refused | KnownError) -> None:
        """Say why a project was not opened, and offer what may help."""
        self.location = location
        damaged = isinstance(problem, Damaged)
        self.repair.setVisible(damaged)
        self.restore.setVisible(damaged)
        self.show_message(str(problem), kind="danger")
        (self.restore if damaged else self.retry).setFocus()

    def forget(self) -> None:
        """Say nothing any more."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def _retry(self) -> None:
        self.retry_requested.emit(self.location)

    def _repair(self) -> None:
        self.repair_requested.emit(self.location)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.forget()
        else:
            super().keyPressEvent(event)
