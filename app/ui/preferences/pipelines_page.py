"""Pipelines of spaCy and transformers: which may propose, and which of their labels are what."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.model.codebook import Codebook
from app.model.errors import KnownError, Refused
from app.ui.controls import Combo
from app.ui.preferences.server_form import ServerForm
from app.ui.settings import Settings
from app.workspace.outside import Pipeline, add_folder, choose_types, pipelines, types_of

_COLUMNS = 3
_PROGRAMS = {"spacy": "spaCy", "transformers": "transformers"}
_ABOUT = (
    "A pipeline that is switched on looks at each article when it is opened, on this computer, "
    "in a process of its own. What it finds is proposed and never written before you accept it."
)
_NONE = (
    "There is none on this computer yet. Install one, for instance with "
    "“pip install pressmark[spacy]” and “python -m spacy download en_core_web_sm”, "
    "or add the folder of one."
)


class PipelinesPage(QWidget):
    """Each pipeline with a switch, and a type for each of its labels. Applied at once."""

    switched = Signal()
    """Other pipelines may propose than before."""
    chosen = Signal()
    """A label is another type than before."""

    def __init__(self, settings: Settings, codebook: Codebook | None) -> None:
        super().__init__()
        self._settings = settings
        self._codebook = codebook
        self.boxes: dict[str, QCheckBox] = {}
        self.combos: dict[tuple[str, str], Combo] = {}
        """By pipeline and label."""
        self._list = QWidget()
        about = _words(_ABOUT)
        self.add = QPushButton(self.tr("Add a &folder…"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._ask)
        self.said = _words("")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 12, 20, 16)
        self._column.setSpacing(12)
        self._column.addWidget(about)
        self._column.addWidget(self._list)
        self._column.addWidget(self.said)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.server = ServerForm(settings)
        self.server.switched.connect(self.switched)
        self._column.addWidget(self.server)
        self._column.addStretch(1)
        self._fill()

    def _fill(self) -> None:
        self.boxes.clear()
        self.combos.clear()
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        there = pipelines()
        on = self._settings.pipelines
        for pipeline in there:
            about = ", ".join(filter(None, (_PROGRAMS[pipeline.program], pipeline.language)))
            box = QCheckBox(f"{pipeline.title} ({about})".replace("&", "&&"))
            box.setChecked(pipeline.name in on)
            box.toggled.connect(partial(self._switch, pipeline.name))
            self.boxes[pipeline.name] = box
            column.addWidget(box)
            if pipeline.labels and self._codebook is not None:
                column.addLayout(self._labels(pipeline, self._codebook))
            elif not pipeline.labels:
                column.addWidget(_words(self.tr("It has no labels for spans.")))
        if not there:
            column.addWidget(_words(_NONE))
        self._column.replaceWidget(self._list, fresh)
        self._list.deleteLater()
        self._list = fresh

    def _labels(self, pipeline: Pipeline, codebook: Codebook) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(26, 0, 0, 10)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        types = types_of(pipeline)
        for number, label in enumerate(pipeline.labels):
            combo = Combo()
            combo.addItem("–", "")
            for one in codebook.types:
                if not one.archived:
                    combo.addItem(one.label, one.name)
            combo.setCurrentIndex(max(0, combo.findData(types.get(label, ""))))
            combo.setAccessibleName(self.tr("{} of {} is marked as").format(label, pipeline.title))
            combo.currentIndexChanged.connect(partial(self._choose, pipeline))
            self.combos[pipeline.name, label] = combo
            name = _words(label)
            name.setBuddy(combo)
            row, place = divmod(number, _COLUMNS)
            grid.addWidget(name, row, 2 * place)
            grid.addWidget(combo, row, 2 * place + 1)
        for place in range(_COLUMNS):
            grid.setColumnStretch(2 * place + 1, 1)
        return grid

    def _switch(self, name: str, on: bool) -> None:
        held = [one for one in self._settings.pipelines if one != name]
        self._settings.pipelines = [*held, name] if on else held
        self.switched.emit()

    def _choose(self, pipeline: Pipeline, _: int) -> None:
        types = {
            label: str(combo.currentData())
            for (name, label), combo in self.combos.items()
            if name == pipeline.name
        }
        self._try(partial(choose_types, pipeline, types))
        self.chosen.emit()

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("The folder of a pipeline"))
        if folder:
            self.take(Path(folder))

    def take(self, folder: Path) -> None:
        """Add the pipeline in a folder, or say why not."""
        if self._try(partial(add_folder, folder)):
            self._fill()

    def _try(self, action: Callable[[], object]) -> bool:
        try:
            action()
        except (Refused, KnownError) as problem:
            self.said.setText(str(problem))
            return False
        self.said.clear()
        return True

    def reset(self) -> None:
        """Switch all of them off, and the server."""
        self.server.on.setChecked(False)
        for box in self.boxes.values():
            box.setChecked(False)


def _words(words: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("class", "meta")
    label.setWordWrap(True)
    return label
