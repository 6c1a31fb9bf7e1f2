"""The sheet that makes a project: what it is called, where it lies, by which codebook."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.model.errors import KnownError, Refused
from app.ui.sheet import Primary, Sheet
from app.ui.theme import Theme
from app.workspace import Workspace

_SIZE = QSize(560, 400)
_ENDING = ".pressmark"
_NOT_IN_NAMES = '/\\:*?"<>|'
_FILE = "file"


class NewProject(Sheet):
    """Nothing is written before the button. `location` is the project made, else empty."""

    def __init__(self, window: QWidget, *, folder: str, annotator: str, theme: Theme) -> None:
        super().__init__("New project", window, theme=theme, size=_SIZE)
        self.location = ""
        self._codebook: Path | None = None
        self.name = _line("Name", "")
        self.name.setPlaceholderText("Protests 2021")
        self.folder = _line("Folder", folder)
        self.annotator = _line("Your name", annotator)
        self.codebook = QComboBox()
        self.codebook.setAccessibleName("Codebook")
        self.codebook.addItem("Press (comes with Pressmark)", "")
        self.codebook.addItem("From a file…", _FILE)
        self._choose = QPushButton("Choose…")
        self._choose.setAccessibleName("Choose the folder")
        self._choose.setAutoDefault(False)
        self._told = QLabel()
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setWordWrap(True)
        self.make = Primary("Make project", theme)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.make)
        self._arrange()
        self._choose.clicked.connect(self._choose_folder)
        self.codebook.activated.connect(self._choose_codebook)
        for line in (self.name, self.folder, self.annotator):
            line.textChanged.connect(self._tell)
        self.make.clicked.connect(self._make)
        self._tell()
        self.name.setFocus()

    def _arrange(self) -> None:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder, 1)
        place.addWidget(self._choose)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Name", self.name),
            ("Folder", self.folder),
            ("Codebook", self.codebook),
            ("Your name", self.annotator),
        )
        for row, (words, field) in enumerate(rows):
            label = QLabel(words)
            label.setProperty("class", "label")
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            if field is self.folder:
                grid.addLayout(place, row, 1)
            else:
                grid.addWidget(field, row, 1)
        grid.addWidget(self._told, len(rows), 0, 1, 2)
        grid.setRowStretch(len(rows) + 1, 1)
        self.body.addWidget(page, 1)

    @property
    def path(self) -> Path:
        """Where the project would lie."""
        return (
            Path(self.folder.text().strip()).expanduser() / f"{self.name.text().strip()}{_ENDING}"
        )

    def _tell(self) -> None:
        """Say where the project will lie, or what keeps it from being made."""
        problem = self._problem()
        self._say(problem or f"{self.path} will be made.", is_problem=False)
        self.make.setEnabled(not problem)

    def _problem(self) -> str:
        name = self.name.text().strip()
        if not name:
            return "Give it a name."
        if set(name) & set(_NOT_IN_NAMES) or name.startswith("."):
            return (
                f"A name of a file holds none of {' '.join(_NOT_IN_NAMES)} and begins with no dot."
            )
        if not self.path.parent.is_dir():
            return f"There is no folder {self.path.parent}."
        if self.path.exists():
            return f"{self.path.name} is there already. Nothing is overwritten."
        if not self.annotator.text().strip():
            return "Say who you are: your marks carry your name."
        return ""

    def _say(self, words: str, *, is_problem: bool) -> None:
        self._told.setText(words)
        self._told.setProperty("class", "danger" if is_problem else "label")
        self._told.style().unpolish(self._told)
        self._told.style().polish(self._told)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder", self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _choose_codebook(self) -> None:
        if self.codebook.currentData() != _FILE:
            self._codebook = None
            return
        kinds = "Codebooks (*.yaml *.yml)"
        path, _ = QFileDialog.getOpenFileName(self, "Codebook", self.folder.text(), kinds)
        if path:
            self._codebook = Path(path)
            self.codebook.setItemText(1, f"From {self._codebook.name}")
        else:
            self.codebook.setCurrentIndex(0)
            self._codebook = None

    def _make(self) -> None:
        from app.model.codebook_file import read_codebook
        from app.workspace.sample import press_codebook

        try:
            codebook = read_codebook(self._codebook) if self._codebook else press_codebook()
            Workspace.create(
                self.path,
                name=self.name.text().strip(),
                codebook=codebook,
                annotator=self.annotator.text().strip(),
            ).close()
        except (Refused, KnownError) as problem:
            self._say(str(problem), is_problem=True)
            return
        self.location = str(self.path)
        self.accept()


def _line(name: str, words: str) -> QLineEdit:
    line = QLineEdit(words)
    line.setAccessibleName(name)
    return line
