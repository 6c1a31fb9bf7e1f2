"""Slots: what an annotation is linked to. They take typing, clicks in the text and drops."""

from collections.abc import Mapping, Sequence
from itertools import islice

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.model.annotation import Relation
from app.model.codebook import Role
from app.model.wording import on_one_line
from app.ui.form.cell import Cell
from app.ui.form.chips import ChipBox, ChipData
from app.ui.form.context import FormContext
from app.ui.form.details import Details, summary
from app.ui.form.drafts import Place
from app.ui.form.fields.links import annotation_choice
from app.ui.form.typeahead import Choice

ANNOTATION_MIME = "application/x-pressmark-annotation"
"""What a dragged annotation carries: its id, in ASCII."""

_MOST = 50


class RoleSlot(Cell):
    """The targets of one role as chips, and a line that finds more of them."""

    target_requested = Signal(str)
    """Link this annotation."""
    removal_requested = Signal(object)
    """Take this `Relation` away."""
    relation_edited = Signal(object, object, object)
    """(`Relation`, `Attribute`, value)"""
    annotation_requested = Signal(str)
    """Show this annotation in the text."""

    def __init__(self, role: Role, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.role = role
        self._relations: dict[str, Relation] = {}
        self._guesses: tuple[str, ...] = ()
        self._details: Details | None = None
        self._open = ""
        self.box = ChipBox(self._look_up, context, self)
        self.box.set_placeholder(_nobody(role, context))
        self.box.chip_clicked.connect(self._clicked)
        self.box.chip_removed.connect(self._removed)
        self.box.chip_opened.connect(self._toggle_details)
        self.box.line.picked.connect(self._picked)
        self.box.line.committed.connect(self._committed)
        self.hold(self.box)
        self.name(role.label)
        self.box.line.setAcceptDrops(False)  # the slot takes the mark, not the line its words
        self.setAcceptDrops(not context.read_only)

    @property
    def relations(self) -> tuple[Relation, ...]:
        """The relations shown, in the order of their chips."""
        return tuple(self._relations.values())

    def start(self, relations: Sequence[Relation]) -> None:
        """Show the slot of another annotation."""
        self._open = ""
        self.box.line.clear()
        self.show_problem("")
        self.set_relations(relations)

    def set_relations(self, relations: Sequence[Relation]) -> None:
        """Show these relations; what is being typed stays."""
        self._relations = {relation.id: relation for relation in relations}
        if self._open not in self._relations:
            self._open = ""
        self._guesses = ()
        self._show_chips()
        self._show_details()

    def set_guesses(self, targets: Sequence[str]) -> None:
        """Show, while the slot is empty, the ids of the marks it is likely filled with."""
        wanted = () if self._relations or self.context.read_only else tuple(targets)
        if wanted != self._guesses:
            self._guesses = wanted
            self._show_chips()

    @property
    def guesses(self) -> tuple[str, ...]:
        """The ids of the marks that are guessed."""
        return self._guesses

    def _show_chips(self) -> None:
        guessed = [self._guess_chip(target) for target in self._guesses]
        self.box.set_chips([self._chip(relation) for relation in self.relations] + guessed)
        self.box.name(self.role.label, _nobody(self.role, self.context))

    def _guess_chip(self, target_id: str) -> ChipData:
        contents = self.context.contents
        target = contents.annotation(target_id) if contents else None
        if contents is None or target is None:
            return ChipData(key=target_id, label=self.tr("Removed mark"), guess=True)
        letter, ink = self.context.badge(target.type)
        label = on_one_line(contents.label(target))
        told = self.tr("Guessed: {}. A click or A takes it").format(label)
        return ChipData(
            key=target_id, label=f"{label}?", letter=letter, ink=ink, tool_tip=told, guess=True
        )

    @override
    def flush(self) -> None:
        if self._details is not None and self._open:
            self._details.flush()

    @override
    def drafts(self) -> dict[Place, str]:
        return self.details.drafts(self._open) if self.details is not None else {}

    @override
    def restore_drafts(self, drafts: Mapping[Place, str]) -> None:
        for owner in {owner for owner, *_ in drafts} & set(self._relations):
            if self._open != owner:
                self._toggle_details(owner)
            if self.details is not None:
                self.details.restore_drafts(owner, drafts)

    @override
    def set_theme(self) -> None:
        super().set_theme()
        if self._details is not None:
            self._details.set_theme()

    def is_typing(self) -> bool:
        """Tell whether words stand in the line."""
        return bool(self.box.line.text())

    def _chip(self, relation: Relation) -> ChipData:
        contents = self.context.contents
        target = contents.annotation(relation.target) if contents else None
        if contents is None or target is None:
            return ChipData(key=relation.id, label=self.tr("Removed mark"))
        letter, ink = self.context.badge(target.type)
        return ChipData(
            key=relation.id,
            label=on_one_line(contents.label(target)),
            letter=letter,
            ink=ink,
            detail=summary(self.role.attributes, relation.attributes),
            tool_tip=f"{target.quote} ¶{self.context.paragraph(target.start)}",
            opens=bool(self.role.attributes),
            is_open=relation.id == self._open,
        )

    # -- filling ----------------------------------------------------------------------------------

    def _look_up(self, typed: str) -> Sequence[Choice]:
        taken = {relation.target for relation in self._relations.values()}
        found = self.context.matching(self.role.targets, typed)
        free = (annotation for annotation in found if annotation.id not in taken)
        return [annotation_choice(self.context, annotation) for annotation in islice(free, _MOST)]

    def _picked(self, choice: Choice) -> None:
        self.box.line.clear()
        self.show_problem("")
        self.target_requested.emit(str(choice.value))

    def _committed(self, typed: str) -> None:
        words = typed.strip()
        if not words:
            self.show_problem("")
            return
        what = self.tr(" or ").join(self._target_labels())
        no_such = self.tr("No {} of this article is called “{}”. Mark the words first.")
        found = bool(self._look_up(words))
        not_taken = self.tr("“{1}” was not linked: choose from the list.")
        self.show_problem((not_taken if found else no_such).format(what, words))

    def _target_labels(self) -> list[str]:
        codebook = self.context.codebook
        types = [codebook.type(name) for name in self.role.targets] if codebook else []
        return [span_type.label.lower() for span_type in types if span_type]

    # -- chips ------------------------------------------------------------------------------------

    def _clicked(self, key: str) -> None:
        if key in self._guesses:
            self.target_requested.emit(key)
        else:
            self.annotation_requested.emit(self._relations[key].target)

    def _removed(self, key: str) -> None:
        if key in self._guesses:
            self.set_guesses([target for target in self._guesses if target != key])
        else:
            self.removal_requested.emit(self._relations[key])

    def _toggle_details(self, key: str) -> None:
        self.flush()
        self._open = "" if self._open == key else key
        self._show_chips()
        self._show_details()

    def _show_details(self) -> None:
        relation = self._relations.get(self._open)
        if relation is None:
            if self._details is not None:
                self._details.hide()
            return
        if self._details is None:
            self._details = Details(self.role.attributes, self.context, self)
            self._details.edited.connect(self._detail_edited)
            self.hold(self._details)
        if self._details.isHidden() or self._details.property("relation") != relation.id:
            self._details.setProperty("relation", relation.id)
            self._details.start(relation.attributes)
        else:
            self._details.set_values(relation.attributes)
        self._details.show()

    @property
    def details(self) -> Details | None:
        """The fields of the chip that is open."""
        return self._details if self._open else None

    def _detail_edited(self, attribute: object, value: object) -> None:
        if self._open in self._relations:
            self.relation_edited.emit(self._relations[self._open], attribute, value)

    # -- drops ------------------------------------------------------------------------------------

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(ANNOTATION_MIME):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        data = bytes(event.mimeData().data(ANNOTATION_MIME).data())
        event.acceptProposedAction()
        self.target_requested.emit(data.decode("ascii", "replace"))


def _nobody(role: Role, context: FormContext) -> str:
    """Return what an empty slot says."""
    codebook = context.codebook
    types = [codebook.type(name) for name in role.targets] if codebook else []
    people = all(span_type is not None and span_type.record_kind == "actor" for span_type in types)
    return "Nobody named" if people and types else "Nothing linked"
