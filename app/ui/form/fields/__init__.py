"""Fields of a form: one class for each attribute type of the codebook, all with the same face."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.model.codebook import Attribute, AttributeType
from app.ui.form.context import FormContext
from app.ui.form.fields.base import Field
from app.ui.form.fields.choice import (
    BooleanField,
    ComboField,
    FlagsField,
    SegmentsField,
    fits_segments,
)
from app.ui.form.fields.links import AnnotationField, RecordField, RecordsField
from app.ui.form.fields.words import (
    DateField,
    IntegerField,
    LongTextField,
    NumberField,
    TextField,
)

MakeField = Callable[[Attribute, FormContext, QWidget | None], Field]


def _enum(attribute: Attribute, context: FormContext, parent: QWidget | None) -> Field:
    make = SegmentsField if fits_segments(attribute) else ComboField
    return make(attribute, context, parent)


FIELD_TYPES: dict[AttributeType, MakeField] = {
    "enum": _enum,
    "flags": FlagsField,
    "text": TextField,
    "long_text": LongTextField,
    "number": NumberField,
    "integer": IntegerField,
    "boolean": BooleanField,
    "date": DateField,
    "record": RecordField,
    "records": RecordsField,
    "annotation": AnnotationField,
}
"""A new attribute type is one class and one entry here."""


def make_field(attribute: Attribute, context: FormContext, parent: QWidget | None = None) -> Field:
    """Return a field for an attribute of the codebook."""
    return FIELD_TYPES[attribute.type](attribute, context, parent)


__all__ = ["FIELD_TYPES", "Field", "make_field"]
