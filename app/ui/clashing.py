"""Over the text: something was changed here and elsewhere at once; both versions, and a choice."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.model.annotation import Annotation, Relation
from app.model.changes import Change
from app.model.registry import Record
from app.model.wording import on_one_line, several
from app.ui.banner import Banner

if TYPE_CHECKING:
    from app.model.clash import Clash, Line
    from app.model.field_words import FieldWords

_MOST, _LONG = 3, 60
"""Fields that are told, and characters of a value."""


class Clashing(Banner):
    """Stays until somebody chooses, or the thing is changed once more."""

    insisted = Signal(object)
    """The `Clash` whose version of here is wanted."""
    settled = Signal()
    """The version of elsewhere is kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clash: Clash | None = None
        row = self.layout()
        for words, does in (
            (self.tr("Use &mine"), self._insist),
            (self.tr("&Keep the other"), self._settle),
        ):
            button = QPushButton(words)
            button.setMinimumHeight(24)
            button.setAccessibleName(words.replace("&", ""))
            button.clicked.connect(does)
            if isinstance(row, QHBoxLayout):
                row.addWidget(button)

    def show_clash(self, clash: "Clash", words: "FieldWords") -> None:
        """Say what differs, field by field."""
        self.clash = clash
        told = [self._line(clash, words, line) for line in clash.lines[:_MOST]]
        if (more := len(clash.lines) - _MOST) > 0:
            told.append(self.tr("and {}").format(several(more, "more field")))
        thing = words.thing(clash.current)
        what = self.tr("{} was changed elsewhere meanwhile").format(thing)
        if clash.removes:
            what = self.tr("{} was changed elsewhere while it was removed here").format(thing)
        self.show_message(f"{what}. {'; '.join(told)}".strip(), kind="info")

    def _line(self, clash: "Clash", words: "FieldWords", line: "Line") -> str:
        field, here, there = line
        name, attribute = words.field(field, clash.current)
        mine, theirs = (
            on_one_line(words.value(field, value, attribute), _LONG) or self.tr("nothing")
            for value in (here, there)
        )
        if clash.removes:
            return self.tr("{}: before “{}”, now “{}”").format(name, mine, theirs)
        return self.tr("{}: mine “{}”, there “{}”").format(name, mine, theirs)

    def hear(self, change: Change) -> None:
        """Say nothing any more where the thing was changed again, or is gone."""
        if self.clash is None:
            return
        current = self.clash.current
        touched: tuple[Annotation | Relation | Record, ...] = (
            *change.annotations,
            *change.relations,
            *change.records,
        )
        gone = (*change.removed_annotations, *change.removed_relations, *change.removed_records)
        if isinstance(current, (Annotation, Relation, Record)) and (
            current.id in gone
            or any(one.id == current.id and one.version > current.version for one in touched)
        ):
            self.forget()

    def forget(self) -> None:
        """Say nothing any more."""
        self.clash = None
        self.hide()

    def _insist(self) -> None:
        clash = self.clash
        self.forget()
        if clash is not None:
            self.insisted.emit(clash)

    def _settle(self) -> None:
        self.forget()
        self.settled.emit()
