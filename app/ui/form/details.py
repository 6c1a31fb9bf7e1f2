"""A small form inside the form: the attributes of a relation, of evidence, of a registry record."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.model.annotation import Value
from app.model.codebook import Attribute
from app.ui.form.context import FormContext
from app.ui.form.drafts import Place
from app.ui.form.fields import Field, make_field
from app.ui.tips import tip


class Details(QWidget):
    """Fields for a list of attributes, in order, built once."""

    edited = Signal(object, object)
    """(`Attribute`, value)"""
    creation_requested = Signal(object, str)
    """(`Attribute`, name of the record)"""

    def __init__(
        self,
        attributes: Sequence[Attribute],
        context: FormContext,
        parent: QWidget | None = None,
        *,
        label_width: int = 72,
    ) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 5, 0, 2)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnMinimumWidth(0, label_width)
        grid.setColumnStretch(1, 1)
        for row, attribute in enumerate(a for a in attributes if not a.archived):
            label = QLabel(attribute.label)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("class", "label small")
            label.setWordWrap(True)
            label.setFixedWidth(label_width)
            label.setMinimumHeight(28)
            label.setToolTip(tip(attribute.definition))
            field = make_field(attribute, context, self)
            field.edited.connect(lambda value, a=attribute: self.edited.emit(a, value))
            field.creation_requested.connect(
                lambda name, a=attribute: self.creation_requested.emit(a, name)
            )
            label.setBuddy(field)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, row, 1)
            self.fields[attribute.name] = field

    def start(self, values: Mapping[str, Value]) -> None:
        """Show the values of another thing."""
        self._depend(values)
        for name, field in self.fields.items():
            field.start(values.get(name))

    def set_values(self, values: Mapping[str, Value]) -> None:
        """Show the values of the same thing after a change."""
        self._depend(values)
        for name, field in self.fields.items():
            field.set_value(values.get(name))

    def _depend(self, values: Mapping[str, Value]) -> None:
        for field in self.fields.values():
            if parent := field.attribute.depends_on:
                field.depend(values.get(parent))

    def flush(self) -> None:
        """Send on what is still being typed."""
        for field in self.fields.values():
            field.flush()

    def revert(self) -> None:
        """Show what the project holds again."""
        for field in self.fields.values():
            field.revert()

    def drafts(self, owner: str) -> dict[Place, str]:
        """Return the words that could not be sent, each under what owns the fields and its name."""
        found = {(owner, name): field.draft() for name, field in self.fields.items()}
        return {place: words for place, words in found.items() if words}

    def restore_drafts(self, owner: str, drafts: Mapping[Place, str]) -> None:
        """Show such words of an owner again."""
        for name, field in self.fields.items():
            if (owner, name) in drafts:
                field.restore(drafts[owner, name])

    def set_theme(self) -> None:
        """Take the look of the context."""
        for field in self.fields.values():
            field.set_theme()


def summary(attributes: Sequence[Attribute], values: Mapping[str, Value]) -> str:
    """Return what a chip says of its attributes: the options chosen, and labels that are true."""
    words: list[str] = []
    for attribute in attributes:
        value = values.get(attribute.name)
        if value is True:
            words.append(attribute.label.lower())
        elif attribute.type == "enum" and (option := attribute.option(value)):
            words.append((option.label or str(option.value)).lower())
    return ", ".join(words)
