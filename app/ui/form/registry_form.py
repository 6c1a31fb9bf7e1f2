"""The registry entry that an annotation is linked to, folded away below its form."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.model.annotation import Value
from app.model.codebook import Attribute, RecordKind
from app.model.registry import Record
from app.model.wording import on_one_line
from app.ui.form import edits
from app.ui.form.cell import Cell
from app.ui.form.context import FormContext
from app.ui.form.details import Details
from app.ui.form.drafts import Place
from app.ui.form.edits import Edit
from app.ui.form.rows import LABEL_WIDTH, Fold

_NAME = Attribute(
    name="record name",
    label="Name",
    type="text",
    required=True,
    definition="What the entry is called in every article.",
)


class RegistryForm(Cell):
    """Name and attributes of a registry record. What is changed here changes in every article."""

    edit_requested = Signal(object, object)
    """(`Edit`, this `Cell`)"""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._record: Record | None = None
        self._shown = ""
        self._built: dict[str, Details] = {}
        self.fold = Fold(context, self)
        self.fold.toggled.connect(self._unfold)
        self.hold(self.fold)
        self._place = QVBoxLayout()
        self._column.addLayout(self._place)
        self.hide()

    @property
    def details(self) -> Details | None:
        """The fields, once they were unfolded."""
        return self._built.get(self._record.kind) if self._record else None

    def show_record(self, record: Record | None) -> None:
        """Show a record, or nothing."""
        self._record = record
        self.setVisible(record is not None)
        if record is None:
            self._shown = ""
            return
        self.fold.say(f"Registry: {on_one_line(record.name, 36)}")
        if self.fold.isChecked():
            self._show(record)

    @override
    def flush(self) -> None:
        """Send on what is still being typed."""
        if self._record is not None and self.details is not None and self.fold.isChecked():
            self.details.flush()

    @override
    def drafts(self) -> dict[Place, str]:
        record, details = self._record, self.details
        return details.drafts(record.id) if record is not None and details is not None else {}

    @override
    def restore_drafts(self, drafts: Mapping[Place, str]) -> None:
        if self._record is None or all(owner != self._record.id for owner, *_ in drafts):
            return
        self.fold.setChecked(True)
        if self.details is not None:
            self.details.restore_drafts(self._record.id, drafts)

    @override
    def set_theme(self) -> None:
        """Take the look of the context."""
        super().set_theme()
        for details in self._built.values():
            details.set_theme()

    def _unfold(self, shown: bool) -> None:
        if shown and self._record is not None:
            self._show(self._record)
        elif self.details is not None:
            self.details.hide()

    def _show(self, record: Record) -> None:
        kind = self._kind(record)
        if kind is None:
            return
        details = self._built.get(kind.name)
        if details is None:
            details = Details(
                (_NAME, *kind.attributes), self.context, self, label_width=LABEL_WIDTH
            )
            details.edited.connect(self._edited)
            details.creation_requested.connect(self._wanted)
            self._place.addWidget(details)
            self._built[kind.name] = details
        values: dict[str, Value] = {**record.attributes, _NAME.name: record.name}
        if record.id == self._shown:
            details.set_values(values)
        else:
            details.start(values)
        self._shown = record.id
        for other in self._built.values():
            other.setVisible(other is details)

    def _kind(self, record: Record) -> RecordKind | None:
        return self.context.codebook.record_kind(record.kind) if self.context.codebook else None

    def _edited(self, attribute: Attribute, value: Value) -> None:
        record = self._record
        kind = self._kind(record) if record else None
        if record is None or kind is None:
            return
        if attribute is _NAME:
            if isinstance(value, str):
                self.edit_requested.emit(edits.rename_record(record, value), self)
            else:
                field = self._built[kind.name].fields[_NAME.name]
                field.revert()
                field.show_problem(self.tr("An entry of the registry needs a name."))
            return
        typed = self._built[kind.name].fields[attribute.name].typed
        edit = edits.set_record_attribute(record, kind, attribute, value, typed=typed)
        self.edit_requested.emit(edit, self)

    def _wanted(self, attribute: Attribute, name: str) -> None:
        kind = (
            self.context.codebook.record_kind(attribute.record_kind)
            if self.context.codebook
            else None
        )
        if self._record is not None and kind is not None:
            edit: Edit = edits.create_for_record(self._record, attribute, kind, name)
            self.edit_requested.emit(edit, self)
