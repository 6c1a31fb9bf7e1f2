"""Fields that point to something: registry records, another annotation of the article."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.model.annotation import Annotation, Value
from app.model.codebook import Attribute
from app.model.wording import on_one_line
from app.ui.form.chips import ChipBox, ChipData
from app.ui.form.context import FormContext
from app.ui.form.fields.base import Field
from app.ui.form.fields.choice import SearchField
from app.ui.form.typeahead import Choice

_MOST = 50


class _New(str):
    """The name of a record that does not exist yet."""

    __slots__ = ()


def record_choices(context: FormContext, kind: str, typed: str) -> list[Choice]:
    """Return the records that words typed may mean, and the offer to make one of that name."""
    name = " ".join(typed.split())
    found = context.find_records(kind, name)[:_MOST]
    choices = [
        Choice(label=r.name, value=r.id, detail=_alias(r.name, r.aliases, name)) for r in found
    ]
    same = {word.casefold() for r in found for word in (r.name, *r.aliases)}
    if name and name.casefold() not in same:
        label = f"Create {kind} “{on_one_line(name, 40)}”"
        choices.append(Choice(label=label, value=_New(name), quiet=True))
    return choices


def _alias(name: str, aliases: tuple[str, ...], typed: str) -> str:
    """Return the alias that explains why a record is offered, where its name does not."""
    words = typed.casefold()
    if not words or words in name.casefold():
        return ""
    return next((alias for alias in aliases if words in alias.casefold()), "")


class RecordField(SearchField):
    """One registry record, found by name or alias, or made."""

    @override
    def _placeholder(self) -> str:
        return self.tr("Not linked")

    @override
    def set_value(self, value: Value) -> None:
        super().set_value(value)
        # The record may have another name by now.
        if value is not None and not self.problem and not self.is_typing():
            self.show_value(value)

    @override
    def show_value(self, value: Value) -> None:
        name = self.context.record_name(str(value)) if value else ""
        if name != self.line.text():
            self.line.setText(name)
            self.line.setCursorPosition(0)
        self.line.setModified(False)

    @override
    def _look_up(self, typed: str) -> Sequence[Choice]:
        return record_choices(self.context, self.attribute.record_kind, typed)

    @override
    def _picked(self, choice: Choice) -> None:
        self.line.setModified(False)
        if isinstance(choice.value, _New):
            self.show_problem("")
            self.creation_requested.emit(str(choice.value))
        else:
            self.send(str(choice.value))
            self.show_value(self._sent)

    @override
    def _take(self, typed: str) -> None:
        name = " ".join(typed.split())
        if not name:
            self.send(None)
            return
        if self._sent and name == self.context.record_name(str(self._sent)):
            self.show_problem("")
            return
        for record in self.context.find_records(self.attribute.record_kind, name):
            if name.casefold() in {word.casefold() for word in (record.name, *record.aliases)}:
                self._picked(Choice(label=record.name, value=record.id))
                return
        self.show_problem(
            self.tr("“{}” is not in the registry. Enter on “Create” adds it.").format(name)
        )


class RecordsField(Field):
    """Several registry records, as chips."""

    def __init__(
        self, attribute: Attribute, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(attribute, context, parent)
        self.box = ChipBox(self._look_up, context, self)
        self.box.set_placeholder(self.tr("Add by name"))
        self.box.line.setAccessibleName(attribute.label)
        self.box.line.picked.connect(self._picked)
        self.box.line.committed.connect(self._committed)
        self.box.chip_removed.connect(self._removed)
        self.box.chip_clicked.connect(lambda _: self.focus())
        self.hold(self.box)
        self.name(attribute.label)

    @override
    def show_value(self, value: Value) -> None:
        ids = value if isinstance(value, tuple) else ()
        self.box.set_chips([ChipData(key=i, label=self.context.record_name(i)) for i in ids])

    @override
    def is_typing(self) -> bool:
        return bool(self.box.line.text())

    def _ids(self) -> tuple[str, ...]:
        return self._sent if isinstance(self._sent, tuple) else ()

    def _look_up(self, typed: str) -> Sequence[Choice]:
        choices = record_choices(self.context, self.attribute.record_kind, typed)
        return [choice for choice in choices if choice.value not in self._ids()]

    def _picked(self, choice: Choice) -> None:
        self.box.line.clear()
        if isinstance(choice.value, _New):
            self.show_problem("")
            self.creation_requested.emit(str(choice.value))
        else:
            self._set((*self._ids(), str(choice.value)))

    def _removed(self, key: str) -> None:
        self._set(tuple(i for i in self._ids() if i != key))

    def _set(self, ids: tuple[str, ...]) -> None:
        self.send(ids or None)
        self.show_value(self._sent)

    def _committed(self, typed: str) -> None:
        wrong = self.tr("“{}” was not added: choose from the list.").format(typed.strip())
        self.show_problem(wrong if typed.strip() else "")


class AnnotationField(SearchField):
    """Another annotation of the article, found by its words or its record's name."""

    @override
    def _placeholder(self) -> str:
        return self.tr("Nothing named")

    @override
    def show_value(self, value: Value) -> None:
        found = (
            self.context.contents.annotation(str(value))
            if self.context.contents and value
            else None
        )
        gone = self.tr("No longer in the article") if value else ""
        self.line.setText(on_one_line(found.quote) if found else gone)
        self.line.setCursorPosition(0)

    @override
    def _look_up(self, typed: str) -> Sequence[Choice]:
        codebook = self.context.codebook
        # The codebook does not say which types; who says so is a statement where there are any.
        types = tuple(t.name for t in codebook.types) if codebook else ()
        lanes = tuple(t.name for t in codebook.types if t.underline == "lane") if codebook else ()
        found = self.context.matching(lanes or types, typed)
        return [
            annotation_choice(self.context, a) for _, a in zip(range(_MOST), found, strict=False)
        ]

    @override
    def _picked(self, choice: Choice) -> None:
        self.send(str(choice.value))
        self.show_value(self._sent)

    @override
    def _take(self, typed: str) -> None:
        if not typed.strip():
            self.send(None)
        else:
            wrong = self.tr("“{}” was not taken: choose from the list.").format(typed.strip())
            self.show_problem(wrong)


def annotation_choice(context: FormContext, annotation: Annotation) -> Choice:
    """Return an annotation as an entry of a list: its record or words, where it stands."""
    letter, ink = context.badge(annotation.type)
    label = on_one_line(
        context.contents.label(annotation) if context.contents else annotation.quote
    )
    quote = on_one_line(annotation.quote, 40)
    place = f"¶{context.paragraph(annotation.start)}"
    detail = place if quote == label else f"{quote} {place}"
    return Choice(label=label, value=annotation.id, detail=detail, letter=letter, ink=ink)
