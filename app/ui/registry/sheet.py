"""The form of one registry entry: name, aliases, the codebook's fields, dates, external ids."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.model.annotation import Value
from app.model.codebook import Attribute
from app.model.commands import EditRecord
from app.model.entries import OVER_TIME, OWN, problem_over_time, with_external
from app.model.registry import Record
from app.ui.form import edits
from app.ui.form.context import FormContext
from app.ui.form.details import Details
from app.ui.form.edits import Edit
from app.ui.form.fields.words import TypedField

_NAME = Attribute(
    name="entry name",
    label="Name",
    type="text",
    required=True,
    definition="What the entry is called in every article.",
)
_ALIASES = Attribute(
    name="entry aliases",
    label="Also called",
    type="long_text",
    definition="Other names and spellings, one a line. Each of them finds the entry.",
)
_TIME = Attribute(
    name="entry over time",
    label="Over time",
    type="long_text",
    definition="Roles and affiliations with their dates, one a line: "
    "1999-12-31/2008-05 President of Russia. Two dots stand for an open end.",
)
_EXTERNAL = Attribute(
    name="entry external",
    label="External ids",
    type="long_text",
    definition="Ids elsewhere, one a line: wikidata: Q7747",
)
_LATE = 3_600_000
"""Milliseconds: fields of several lines are sent on leaving them, not while a line is begun."""


class EntrySheet(QWidget):
    """Fields of a record; every change is wished for as an edit."""

    edit_requested = Signal(object)
    """An `Edit`."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("class", "inspector")
        self._context = context
        self._record: Record | None = None
        self._built: dict[str, Details] = {}
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(16, 4, 16, 12)
        self._place.addStretch(1)

    @property
    def details(self) -> Details | None:
        """The fields that are shown."""
        return self._built.get(self._record.kind) if self._record else None

    def forget(self) -> None:
        """Build the fields anew: there is another codebook."""
        for details in self._built.values():
            details.hide()
            details.deleteLater()
        self._built.clear()

    def show_record(self, record: Record | None) -> None:
        """Show a record, or nothing."""
        is_same = record is not None and self._record is not None and record.id == self._record.id
        self._record = record
        book = self._context.codebook
        kind = book.record_kind(record.kind) if record and book else None
        if record is not None and kind is not None:
            details = self._built.get(kind.name)
            if details is None:
                is_same = False
                own = (_NAME, _ALIASES, *kind.attributes, _TIME, _EXTERNAL)
                details = Details(own, self._context, self, label_width=112)
                details.edited.connect(self._edited)
                details.creation_requested.connect(self._wanted)
                for attribute in (_ALIASES, _TIME, _EXTERNAL):
                    field = details.fields[attribute.name]
                    if isinstance(field, TypedField):
                        field.set_pause(_LATE)
                self._place.insertWidget(0, details)
                self._built[kind.name] = details
            (details.set_values if is_same else details.start)(_values(record))
        for name, other in self._built.items():
            other.setVisible(record is not None and name == record.kind)

    def flush(self) -> None:
        """Send on what is still being typed."""
        if self.details is not None:
            self.details.flush()

    def set_theme(self) -> None:
        """Take the look of the context."""
        for details in self._built.values():
            details.set_theme()

    def focus_first(self) -> None:
        """Go to the name."""
        if self.details is not None:
            self.details.fields[_NAME.name].setFocus()

    def _edited(self, attribute: Attribute, value: Value) -> None:
        record, book = self._record, self._context.codebook
        kind = book.record_kind(record.kind) if record and book else None
        if record is None or kind is None or self.details is None:
            return
        field = self.details.fields[attribute.name]
        words = value if isinstance(value, str) else ""
        if attribute is _NAME and not words.strip():
            field.revert()
            field.show_problem(self.tr("An entry of the registry needs a name."))
        elif attribute is _NAME:
            self.edit_requested.emit(edits.rename_record(record, words.strip()))
        elif attribute is _ALIASES:
            names = dict.fromkeys(filter(None, map(str.strip, words.splitlines())))
            names.pop(record.name, None)
            self._replace(replace(record, aliases=tuple(names)), "set other names")
        elif attribute is _TIME:
            if problem := problem_over_time(words):
                field.show_problem(problem)
            else:
                self._replace(with_external(record, OVER_TIME, words.strip()), "set dates")
        elif attribute is _EXTERNAL:
            own = {key: held for key, held in record.external.items() if key in OWN}
            told = _read(words)
            if told is None:
                field.show_problem(self.tr("One id a line: wikidata: Q7747"))
            else:
                self._replace(replace(record, external={**told, **own}), "set external ids")
        else:
            made = edits.set_record_attribute(record, kind, attribute, value, typed=field.typed)
            self.edit_requested.emit(made)

    def _replace(self, after: Record, what: str) -> None:
        if after != self._record:
            title = f"{what} of “{after.name}”"
            self.edit_requested.emit(Edit(EditRecord(record=after), title))

    def _wanted(self, attribute: Attribute, name: str) -> None:
        book = self._context.codebook
        kind = book.record_kind(attribute.record_kind) if book else None
        if self._record is not None and kind is not None:
            made = edits.create_for_record(self._record, attribute, kind, name)
            self.edit_requested.emit(made)


def _values(record: Record) -> Mapping[str, Value]:
    external = [f"{key}: {value}" for key, value in record.external.items() if key not in OWN]
    return {
        **record.attributes,
        _NAME.name: record.name,
        _ALIASES.name: "\n".join(record.aliases) or None,
        _TIME.name: record.external.get(OVER_TIME),
        _EXTERNAL.name: "\n".join(external) or None,
    }


def _read(words: str) -> dict[str, str] | None:
    """Return external ids from their lines, None where one is no id."""
    found = {}
    for line in filter(None, map(str.strip, words.splitlines())):
        key, colon, value = line.partition(":")
        if not colon or not key.strip() or not value.strip() or key.strip() == "pressmark":
            return None
        found[key.strip()] = value.strip()
    return found
