"""A person in front of the dialogs that a test does not want to see."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.ui.new_project import NewProject


class Person:
    """Answers every dialog, and remembers what was said and asked."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.said: list[str] = []
        self.asked: list[tuple[str, str]] = []
        self.path = ""
        self.paths: list[str] = []
        self.filter = ""
        self.button = QMessageBox.StandardButton.Ok
        patch.setattr(QFileDialog, "getOpenFileName", self._one)
        patch.setattr(QFileDialog, "getSaveFileName", self._one)
        patch.setattr(QFileDialog, "getOpenFileNames", self._several)
        # A function becomes a method of the box; a method would not.
        patch.setattr(NewProject, "exec", lambda sheet: self._make(sheet))  # noqa: PLW0108
        patch.setattr(QMessageBox, "exec", lambda box: self._read(box))  # noqa: PLW0108

    def _one(
        self, _window: QWidget, title: str, place: str, *_: str, **__: object
    ) -> tuple[str, str]:
        self.asked.append((title, place))
        return self.path, self.filter

    def _several(self, _window: QWidget, title: str, place: str, *_: str) -> tuple[list[str], str]:
        self.asked.append((title, place))
        return self.paths, ""

    def _make(self, sheet: NewProject) -> None:
        place = Path(self.path)
        sheet.folder.setText(str(place.parent))
        sheet.name.setText(place.name.removesuffix(".pressmark") if self.path else "")
        sheet.make.click()

    def _read(self, box: QMessageBox) -> QMessageBox.StandardButton:
        self.said.append(f"{box.text()}\n{box.informativeText()}".strip())
        return self.button
