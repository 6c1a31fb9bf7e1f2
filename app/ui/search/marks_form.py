"""What marks are looked for: type, field and value, actor, state, annotator, certainty."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from app.model.article import STATES
from app.model.codebook import Attribute, Codebook
from app.model.hits import MarkQuery
from app.model.registry import Record
from app.ui.controls import narrow_combo

_MARGIN = 12
_MOST_NAMES = 12
_NOBODY = "nobody"
"""An id that no entry of the registry has."""
_YES_NO = ((True, "Yes"), (False, "No"))

Named = Callable[[Sequence[str], str, int], Sequence[Record]]
"""(kinds, what was typed, how many) -> entries of the registry with these words."""


class MarksForm(QWidget):
    """Chooses by lists; the words are typed in the line above."""

    changed = Signal()

    def __init__(self, named: Named, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._named = named
        self._known: dict[str, str] = {}
        self._codebook: Codebook | None = None
        self._filling = False
        self.type, self.attribute, self.value = (
            narrow_combo("Type"),
            narrow_combo("Field"),
            narrow_combo("Value"),
        )
        self.record, self.state = QLineEdit(), narrow_combo("State of the article")
        self.record.setAccessibleName("Mentions")
        self.record.setPlaceholderText("Name of the registry")
        self.record.setMinimumHeight(28)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self.record)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.record.setCompleter(completer)
        self.layer, self.certainty = narrow_combo("Annotator"), narrow_combo("Certainty")
        self.of_comment = QCheckBox("Words of the comment")
        grid = QGridLayout(self)
        grid.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        rows = (
            ("Type", self.type),
            ("Field", self.attribute),
            ("Value", self.value),
            ("Mentions", self.record),
            ("Article", self.state),
            ("By", self.layer),
            ("Certainty", self.certainty),
        )
        for row, (words, field) in enumerate(rows):
            label = QLabel(words)
            label.setProperty("class", "label")
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.of_comment, len(rows), 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.type.currentIndexChanged.connect(self._fill_fields)
        self.attribute.currentIndexChanged.connect(self._fill_values)
        for field in (self.value, self.state, self.layer, self.certainty):
            field.currentIndexChanged.connect(self._tell)
        self.record.textEdited.connect(self._offer_names)
        self.record.editingFinished.connect(self._tell)
        completer.activated.connect(self._tell)
        self.of_comment.toggled.connect(self._tell)

    def load(self, codebook: Codebook | None, layers: Sequence[str]) -> None:
        """Offer what a project has."""
        self._codebook = codebook
        self._filling = True
        _fill(self.type, "Any", [(t.name, t.label) for t in codebook.types] if codebook else [])
        self.record.clear()
        _fill(self.state, "In any state", [(state, state) for state in STATES])
        _fill(self.layer, "Anybody", [(layer, layer) for layer in layers])
        _fill(self.certainty, "Sure or unsure", [("sure", "Sure"), ("unsure", "Unsure")])
        self._filling = False
        self._fill_fields()

    def query(self, words: str) -> MarkQuery:
        """Return what is looked for."""
        attribute = self.attribute.currentData()
        return MarkQuery(
            words=words,
            of_comment=self.of_comment.isChecked(),
            type=self.type.currentData() or "",
            attribute=attribute.name if attribute else "",
            value=self.value.currentData() if attribute else None,
            record=self._record(),
            layer=self.layer.currentData() or "",
            state=self.state.currentData(),
            certainty=self.certainty.currentData(),
        )

    def _offer_names(self, typed: str) -> None:
        kinds = [kind.name for kind in self._codebook.records] if self._codebook else []
        found = self._named(kinds, typed, _MOST_NAMES) if typed.strip() else []
        self._known |= {one.name.casefold(): one.id for one in found}
        self._names.setStringList([one.name for one in found])
        if not typed.strip():
            self._tell()

    def _record(self) -> str:
        """Return the id of the entry named; an unknown name finds nothing, none finds all."""
        name = self.record.text().strip()
        return self._known.get(name.casefold(), _NOBODY) if name else ""

    def _fill_fields(self) -> None:
        codebook = self._codebook
        span_type = codebook.type(self.type.currentData() or "") if codebook else None
        fields = span_type.attributes if span_type else ()
        quiet, self._filling = self._filling, True
        _fill(
            self.attribute,
            "Any" if fields else "Choose a type first",
            [(f, f.label) for f in fields],
        )
        self.attribute.setEnabled(bool(fields))
        self._filling = quiet
        self._fill_values()

    def _fill_values(self) -> None:
        attribute = self.attribute.currentData()
        quiet, self._filling = self._filling, True
        values = _values(attribute) if isinstance(attribute, Attribute) else []
        _fill(self.value, "Any, but not empty", values)
        self.value.setEnabled(bool(values))
        self._filling = quiet
        self._tell()

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()


def _values(attribute: Attribute) -> list[tuple[object, str]]:
    """Return the values of a field that can be told one by one."""
    if attribute.type == "boolean":
        return [(int(value), label) for value, label in _YES_NO]
    return [(option.value, option.label or str(option.value)) for option in attribute.options]


def _fill(field: QComboBox, otherwise: str, items: Sequence[tuple[object, str]]) -> None:
    field.clear()
    field.addItem(otherwise, None)
    for value, label in items:
        field.addItem(label, value)
