"""The fields of one entry of the codebook, in the middle of the editor."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.annotation import Value
from app.model.codebook import Codebook, SpanType
from app.ui.badge import paint_badge
from app.ui.codebook.facets import Facet, facets
from app.ui.codebook.ink_field import InkField
from app.ui.form.context import FormContext
from app.ui.form.fields import Field, make_field
from app.ui.form.fields.words import TypedField
from app.ui.form.rows import RowLabel
from app.ui.scroll_pane import scroll_pane
from app.workspace.codebook_parts import WORDS, Address, find, label_of

_PAUSE_MS = 1500
"""A revision holds all of the codebook, so it is written when one rests, not at every word."""


class _Badge(QWidget):
    def __init__(self, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._type: SpanType | None = None
        self.setFixedSize(QSize(22, 22))

    def show_type(self, span_type: SpanType | None) -> None:
        """Show the badge of a type, or nothing."""
        self._type = span_type
        self.setVisible(span_type is not None)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._type is not None:
            with QPainter(self) as painter:
                rect = QRectF(1, 1, 20, 20)
                paint_badge(painter, rect, self._type.letter, self._type.ink, self._context.theme)


class Sheet(QWidget):
    """Shows the entry at an address and says what of it is to be another way.

    What is asked for is either followed by `show_entry` with the next revision, or by `refuse`.
    """

    edited = Signal(object, str, object, str)
    """(address, field, what it is to be, the type it is about in a profile)"""
    tree_wanted = Signal()

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._address: Address = ()
        self._facets: list[Facet] = []
        self._fields: list[Field] = []
        self._sending: Field | None = None
        self.setProperty("class", "inspector")
        self.setAccessibleName("Fields of the entry")
        self._badge = _Badge(context, self)
        self._title = _plain("form-title")
        self._kind = _plain("place")
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 12, 8)
        head.setSpacing(8)
        head.addWidget(self._badge)
        head.addWidget(self._title)
        head.addWidget(self._kind, 1)
        self._scroll = scroll_pane(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)

    def show_entry(self, codebook: Codebook, address: Address, *, used: bool) -> None:
        """Show an entry; the same one again keeps the cursor and what is being typed."""
        fresh, self._address = address != self._address, address
        entry = find(codebook, address)
        self._title.setText(label_of(entry))
        kind = WORDS[address[-2]] if address else "codebook"
        self._kind.setText(f"{kind} · archived" if getattr(entry, "archived", False) else kind)
        self._badge.show_type(entry if isinstance(entry, SpanType) else None)
        shown = facets(codebook, address, used=used)
        alike = [_shape(f) for f in shown] == [_shape(f) for f in self._facets]
        self._facets = shown
        if not alike:
            self._build()
        for facet, field in zip(shown, self._fields, strict=True):
            (field.set_value if alike and not fresh else field.start)(facet.value)
            if isinstance(field, InkField) and isinstance(entry, SpanType):
                others = [t for t in codebook.types if t.name != entry.name and not t.archived]
                field.show_type(entry, {t.label: t.ink for t in others})

    def retarget(self, address: Address) -> None:
        """Go on with the same entry at another address: it has another name now."""
        self._address = address

    def refuse(self, sentence: str) -> None:
        """Say below the field that asked why the codebook did not take it."""
        field = self._sending
        if field is not None:
            field.revert()
            field.show_problem(sentence)

    def field(self, name: str, part: str = "") -> Field | None:
        """Return the field of that name."""
        for facet, field in zip(self._facets, self._fields, strict=True):
            if (facet.field, facet.part) == (name, part):
                return field
        return None

    def focus_first(self) -> None:
        """Go to the first field."""
        if self._fields:
            self._fields[0].focus()

    def flush(self) -> None:
        """Send on what is still being typed."""
        for field in tuple(self._fields):
            field.flush()

    def set_read_only(self, read_only: bool) -> None:
        """Show everything and let nothing be changed."""
        self._scroll.setEnabled(not read_only)

    def set_theme(self) -> None:
        """Take the look of the context."""
        for field in self._fields:
            field.set_theme()
        self._badge.update()

    def _build(self) -> None:
        here = self._focused()
        page = QWidget()
        page.setProperty("class", "inspector page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 0, 16, 16)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addStretch(1)
        self._fields = [self._field_of(facet, page) for facet in self._facets]
        for row, (facet, field) in enumerate(zip(self._facets, self._fields, strict=True)):
            asked = facet.attribute
            label = RowLabel(asked.label, "", asked.definition, self._context, page)
            label.label.setBuddy(field)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignTop)
        before: QWidget | None = self._scroll.takeWidget()
        if before is not None:
            before.hide()
            before.deleteLater()  # one of its fields may be speaking
        self._scroll.setWidget(page)
        if here is not None and (again := self.field(*here)) is not None:
            again.focus()

    def _field_of(self, facet: Facet, page: QWidget) -> Field:
        asked = facet.attribute
        make = InkField if facet.field == "ink" else make_field
        field = make(asked, self._context, page)
        field.setAccessibleDescription(asked.definition)
        field.setEnabled(not facet.locked)
        if isinstance(field, TypedField):
            field.set_pause(_PAUSE_MS)
        field.edited.connect(partial(self._send, field))
        return field

    def _send(self, field: Field, value: Value) -> None:
        facet = self._facets[self._fields.index(field)] if field in self._fields else None
        if facet is None:
            return  # it was being typed while another entry was chosen, and is gone
        self._sending = field
        self.edited.emit(self._address, facet.field, facet.meaning(value), facet.part)
        self._sending = None

    def _focused(self) -> tuple[str, str] | None:
        focus: QWidget | None = self.window().focusWidget()
        for facet, field in zip(self._facets, self._fields, strict=False):
            if focus is not None and (field is focus or field.isAncestorOf(focus)):
                return facet.field, facet.part
        return None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.flush()
            self.tree_wanted.emit()
        else:
            super().keyPressEvent(event)


def _shape(facet: Facet) -> tuple[object, ...]:
    """Return what decides about a field's control: it is made anew where this differs."""
    return facet.field, facet.part, facet.attribute, facet.locked


def _plain(look: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("class", look)
    return label
