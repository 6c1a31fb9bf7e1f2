"""The form of one span type, built once and filled again for each annotation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.model.annotation import Annotation, Certainty, Evidence, Relation, Value
from app.model.checks import Finding
from app.model.codebook import Attribute, Codebook, EvidenceField, Option, Profile, Role, SpanType
from app.model.errors import Refused
from app.ui.form import edits
from app.ui.form.cell import Cell, Note
from app.ui.form.context import FormContext
from app.ui.form.drafts import Place
from app.ui.form.edits import Edit
from app.ui.form.evidence import EvidenceSlot
from app.ui.form.fields import Field, make_field
from app.ui.form.fields.words import LongTextField
from app.ui.form.fix_menu import fixes_of
from app.ui.form.registry_form import RegistryForm
from app.ui.form.rows import AuthorLine, Fold, Quote, RowLabel
from app.ui.form.slots import RoleSlot
from app.workspace import gestures

RECORD = "record"
"""What a profile calls the link to the registry."""

_REGISTRY = "registry entry"
"""Where words typed into the entry of the registry are kept."""

_PARTNERS = {"value": "unit", "low": "high"}
"""Fields that read as one: they stand side by side."""

_FEW = 5
"""Options of which all are explained at once."""

_CERTAINTY = Attribute(
    name="certainty",
    label="Certainty",
    type="enum",
    required=True,
    options=(Option(value="sure", label="Sure"), Option(value="unsure", label="Unsure")),
    definition="Whether the annotator is sure of this mark.",
)
_COMMENT = Attribute(name="comment", label="Comment", type="long_text")


class TypeForm(QWidget):
    """Quote, fields in the profile's order, certainty, comment, author, and the folded rest."""

    edit_requested = Signal(object, object)
    """(`Edit`, the `Cell` it comes from)"""
    annotation_requested = Signal(str)
    fix_requested = Signal(object)
    """The `Fix` of a finding."""

    def __init__(
        self,
        span_type: SpanType,
        codebook: Codebook,
        profile: Profile | None,
        context: FormContext,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.span_type = span_type
        self.cells: dict[str, Cell] = {}
        self._codebook = codebook
        self._context = context
        self._annotation: Annotation | None = None
        self._findings: dict[str, list[Finding]] = {}
        names = list(_names(codebook, span_type))
        wanted = profile.fields.get(span_type.name) if profile else None
        self._folded = [
            name for name in names if wanted is not None and name not in _paired(wanted, names)
        ]
        shown = [name for name in _paired(wanted, names) if name in names] if wanted else names
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 16, 12)
        self._column.setSpacing(5)
        self.quote = Quote(context, self)
        self.author = AuthorLine(context, self)
        self._rest: QWidget | None = None
        self._build(shown)
        # Made last, because Tab goes by when a widget was made.
        self._more = Fold(context, self)
        self._hidden = Note(self)
        self._hidden.fix_chosen.connect(self.fix_requested)
        self._hidden.hide()
        self.registry = RegistryForm(context, self)
        self._build_below()

    # -- building ---------------------------------------------------------------------------------

    def _build(self, shown: Sequence[str]) -> None:
        self._column.addWidget(self.quote)
        self._column.addSpacing(5)
        grid = _grid()
        self._column.addLayout(grid)
        self._fill(grid, shown)
        certainty = make_field(_CERTAINTY, self._context, self)
        certainty.edited.connect(self._certainty_edited)
        self._add_row(
            grid, self._label("Certainty", "", _CERTAINTY.definition), certainty, "certainty"
        )
        comment = make_field(_COMMENT, self._context, self)
        comment.edited.connect(self._comment_edited)
        if isinstance(comment, LongTextField):
            empty = self.tr("No comment") if self._context.read_only else self.tr("Add a comment")
            comment.area.setPlaceholderText(empty)
        self._add_row(grid, self._label("Comment", "C", ""), comment, "comment")

    def _build_below(self) -> None:
        self._column.addWidget(self.author)
        self._column.addSpacing(2)
        self._column.addWidget(self._more)
        self._column.addWidget(self._hidden)
        self._more.toggled.connect(self._unfold)
        self._more.setVisible(bool(self._folded))
        self._column.addWidget(self.registry)
        self.registry.edit_requested.connect(self.edit_requested)
        self._column.addStretch(1)

    def _fill(self, grid: QGridLayout, names: Sequence[str]) -> None:
        remaining = list(names)
        while remaining:
            name = remaining.pop(0)
            partner = _PARTNERS.get(name)
            if partner in remaining:
                remaining.remove(partner)
                self._add_pair(grid, name, partner)
            else:
                label, key, definition = self._heading(name)
                self._add_row(grid, self._label(label, key, definition), self._make(name), name)

    def _label(self, label: str, key: str, definition: str) -> RowLabel:
        return RowLabel(label, key, definition, self._context, self)

    def _add_row(self, grid: QGridLayout, label: RowLabel, cell: Cell, name: str) -> None:
        row = grid.rowCount()
        label.label.setBuddy(cell)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(cell, row, 1, Qt.AlignmentFlag.AlignTop)
        self._keep(name, cell)

    def _keep(self, name: str, cell: Cell) -> None:
        self.cells[name] = cell
        cell.fix_chosen.connect(self.fix_requested)

    def _add_pair(self, grid: QGridLayout, first: str, second: str) -> None:
        row = grid.rowCount()
        one, two = self._heading(first), self._heading(second)
        is_range = second == "high"
        title = f"{one[0]} – {two[0].lower()}" if is_range else one[0]
        label = self._label(title, "", one[2])
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        line.setSpacing(6)
        for name in (first, second):
            cell = self._make(name)
            line.addWidget(cell, 1, Qt.AlignmentFlag.AlignTop)
            self._keep(name, cell)
            if is_range and name == first:
                dash = QLabel("–")
                dash.setProperty("class", "label")
                dash.setFixedHeight(28)
                line.addWidget(dash, 0, Qt.AlignmentFlag.AlignTop)
        label.label.setBuddy(self.cells[first])
        grid.addLayout(line, row, 1)

    def _heading(self, name: str) -> tuple[str, str, str]:
        if name == RECORD:
            kind = self._codebook.record_kind(self.span_type.record_kind)
            words = "The entry of the registry that these words mention."
            return (kind.label if kind else "Registry"), "", words
        role = self._codebook.role(self.span_type.name, name)
        if role is not None:
            return role.label, role.key, role.definition
        evidence = self.span_type.evidence_field(name)
        if evidence is not None:
            return evidence.label, evidence.key, evidence.definition
        attribute = self.span_type.attribute(name)
        return (attribute.label, "", attribute.definition) if attribute else (name, "", "")

    def _make(self, name: str) -> Cell:
        if name == RECORD:
            return self._make_record()
        if role := self._codebook.role(self.span_type.name, name):
            return self._make_slot(role)
        if evidence := self.span_type.evidence_field(name):
            return self._make_evidence(evidence)
        attribute = self.span_type.attribute(name)
        if attribute is None:
            message = f"type {self.span_type.name} has no field {name}"
            raise KeyError(message)
        field = make_field(attribute, self._context, self)
        field.edited.connect(partial(self._attribute_edited, field))
        field.creation_requested.connect(partial(self._creation_requested, field))
        return field

    def _make_record(self) -> Field:
        kind = self.span_type.record_kind
        attribute = Attribute(
            name=RECORD, label=self._heading(RECORD)[0], type="record", record_kind=kind
        )
        field = make_field(attribute, self._context, self)
        field.edited.connect(partial(self._record_linked, field))
        field.creation_requested.connect(partial(self._record_wanted, field))
        return field

    def _make_slot(self, role: Role) -> RoleSlot:
        slot = RoleSlot(role, self._context, self)
        slot.target_requested.connect(lambda target: self.fill(role.name, target))
        slot.removal_requested.connect(
            lambda r: self._send(edits.remove_relation(r, role.label), slot)
        )
        slot.relation_edited.connect(partial(self._relation_edited, slot))
        slot.annotation_requested.connect(self.annotation_requested)
        return slot

    def _make_evidence(self, evidence_field: EvidenceField) -> EvidenceSlot:
        slot = EvidenceSlot(evidence_field, self._context, self)
        slot.evidence_edited.connect(partial(self._evidence_edited, slot))
        return slot

    def _unfold(self, shown: bool) -> None:
        if shown and self._rest is None:
            grid = _grid()
            self._rest = QWidget(self)
            self._rest.setLayout(grid)
            self._column.insertWidget(self._column.indexOf(self._more) + 1, self._rest)
            before = set(self.cells)
            self._fill(grid, self._folded)
            for name in self._folded:
                if name not in before and self._annotation is not None:
                    self._show_cell(name, fresh=True)
        if self._rest is not None:
            self._rest.setVisible(shown)
            self._show_findings()

    def reveal(self, name: str) -> Cell | None:
        """Return the cell of a field, unfolding the rest where it stands there."""
        if name in self._folded and not self._more.isChecked():
            self._more.setChecked(True)
        return self.cells.get(name)

    # -- showing ----------------------------------------------------------------------------------

    def show_annotation(self, annotation: Annotation, findings: Iterable[Finding]) -> None:
        """Show an annotation; the same one again keeps the cursor and what is being typed."""
        fresh = self._annotation is None or self._annotation.id != annotation.id
        self._annotation = annotation
        self.quote.show_quote(annotation.quote, self.span_type.ink)
        for name in self.cells:
            self._show_cell(name, fresh=fresh)
        self.author.show_author(annotation.layer, annotation.updated_at or annotation.created_at)
        record = self._context.record(annotation.record) if self.span_type.record_kind else None
        self.registry.show_record(record)
        self.show_findings(findings)

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Say at the fields what is worth a look there."""
        by_field: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            by_field[finding.field].append(finding)
        self._findings = dict(by_field)
        self._show_findings()

    def show_guesses(self, guesses: Iterable[tuple[str, str]]) -> None:
        """Show in empty slots what they are likely filled with: (role, id of the mark)."""
        by_role: defaultdict[str, list[str]] = defaultdict(list)
        for role, target in guesses:
            by_role[role].append(target)
        for name, cell in self.cells.items():
            if isinstance(cell, RoleSlot):
                cell.set_guesses(by_role.get(name, ()))

    def guideline_of(self, cell: Cell) -> str:
        """Return what the codebook says of a field and of its options; of many, the one held."""
        name = next((name for name, one in self.cells.items() if one is cell), "")
        lines = [self._heading(name)[2]]
        if isinstance(cell, Field):
            options = [o for o in cell.attribute.options if o.definition and not o.archived]
            held = self._value(self._annotation, name) if self._annotation else None
            if len(options) > _FEW:
                options = [o for o in options if o.value == held]
            lines += [f"{o.label or o.value} – {o.definition}" for o in options]
        return "\n".join(filter(None, lines))

    def _show_cell(self, name: str, *, fresh: bool) -> None:
        annotation, cell, contents = self._annotation, self.cells[name], self._context.contents
        if annotation is None or contents is None:
            return
        if isinstance(cell, Field):
            if parent := cell.attribute.depends_on:
                cell.depend(annotation.attributes.get(parent))
            (cell.start if fresh else cell.set_value)(self._value(annotation, name))
        elif isinstance(cell, RoleSlot):
            relations = [r for r in contents.outgoing(annotation.id) if r.role == name]
            (cell.start if fresh else cell.set_relations)(relations)
        elif isinstance(cell, EvidenceSlot):
            evidence = [e for e in annotation.evidence if e.attribute == name]
            (cell.start if fresh else cell.set_evidence)(evidence)

    def _value(self, annotation: Annotation, name: str) -> Value:
        match name:
            case "certainty":
                return annotation.certainty
            case "comment":
                return annotation.comment or None
            case "record" if self.span_type.record_kind:
                return annotation.record
            case _:
                return annotation.attributes.get(name)

    def _show_findings(self) -> None:
        for name, cell in self.cells.items():
            found = self._findings.get(name, ())
            words = ". ".join(finding.message for finding in found)
            cell.show_finding(words, fixes_of(self._context, found))
        is_shut = not self._more.isChecked()
        hidden = [
            finding
            for name, found in self._findings.items()
            if name in self._folded and is_shut
            for finding in found
        ]
        warning = f"{len(hidden)} open" if hidden else ""
        self._more.say(f"More fields ({len(self._folded)})", warning)
        if hidden:
            words = ". ".join(finding.message for finding in hidden)
            fixes = fixes_of(self._context, hidden)
            self._hidden.say(words, self._context, role="warn", fixes=fixes)
        else:
            self._hidden.hide()

    @property
    def annotation_id(self) -> str:
        """The id of the annotation shown; empty after `forget`."""
        return self._annotation.id if self._annotation is not None else ""

    def forget(self) -> None:
        """Show the next annotation afresh, even if it is the same one."""
        self._annotation = None

    def set_theme(self) -> None:
        """Take the look of the context."""
        for cell in self.cells.values():
            cell.set_theme()
        self.registry.set_theme()

    def flush(self) -> None:
        """Send on what is still being typed."""
        for cell in self.cells.values():
            cell.flush()
        self.registry.flush()

    def drafts(self) -> dict[Place, str]:
        """Return the words that could not be sent, by field and what lies inside it."""
        return {
            (name, *inside): words
            for name, cell in (*self.cells.items(), (_REGISTRY, self.registry))
            for inside, words in cell.drafts().items()
        }

    def restore(self, drafts: Mapping[Place, str]) -> None:
        """Show such words again, and send what can be sent."""
        for name in dict.fromkeys(place[0] for place in drafts):
            cell = self.registry if name == _REGISTRY else self.reveal(name)
            if cell is not None:
                cell.restore_drafts({p[1:]: words for p, words in drafts.items() if p[0] == name})

    # -- edits ------------------------------------------------------------------------------------

    def fill(self, role_name: str, target: str) -> None:
        """Ask for a relation from the annotation shown to another one."""
        slot, contents, annotation = (
            self.reveal(role_name),
            self._context.contents,
            self._annotation,
        )
        if slot is None or contents is None or annotation is None:
            return
        try:
            gesture = gestures.relate(contents, self._codebook, annotation.id, role_name, target)
        except Refused as refused:
            slot.show_problem(f"{refused}.")
            return
        slot.show_problem("")
        self._send(Edit(gesture.command, gesture.title), slot)

    def _send(self, edit: Edit, cell: Cell) -> None:
        self.edit_requested.emit(edit, cell)

    def _attribute_edited(self, field: Field, value: Value) -> None:
        if self._annotation is not None:
            edit = edits.set_attribute(
                self._annotation, self.span_type, field.attribute, value, typed=field.typed
            )
            self._send(edit, field)

    def _creation_requested(self, field: Field, name: str) -> None:
        kind = self._codebook.record_kind(field.attribute.record_kind)
        if self._annotation is not None and kind is not None:
            self._send(edits.create_and_set(self._annotation, field.attribute, kind, name), field)

    def _record_linked(self, field: Field, record_id: str | None) -> None:
        kind = self._codebook.record_kind(self.span_type.record_kind)
        if self._annotation is not None and kind is not None:
            self._send(edits.link_record(self._annotation, kind, record_id), field)

    def _record_wanted(self, field: Field, name: str) -> None:
        kind = self._codebook.record_kind(self.span_type.record_kind)
        if self._annotation is not None and kind is not None:
            self._send(edits.create_and_link(self._annotation, kind, name), field)

    def _relation_edited(
        self, slot: RoleSlot, relation: Relation, attribute: Attribute, value: Value
    ) -> None:
        typed = slot.details is not None and slot.details.fields[attribute.name].typed
        self._send(edits.set_relation_attribute(relation, attribute, value, typed=typed), slot)

    def _evidence_edited(
        self, slot: EvidenceSlot, before: Evidence | None, after: Evidence | None, name: str
    ) -> None:
        if self._annotation is None:
            return
        key = edits.merge_key(self._annotation.id, f"{slot.field.name}.{name}", typed=bool(name))
        edit = edits.replace_evidence(
            self._annotation, before, after, label=slot.field.label, key=key
        )
        self._send(edit, slot)

    def _certainty_edited(self, value: Value) -> None:
        if self._annotation is not None:
            certainty: Certainty = "unsure" if value == "unsure" else "sure"
            self._send(edits.set_certainty(self._annotation, certainty), self.cells["certainty"])

    def _comment_edited(self, value: Value) -> None:
        if self._annotation is not None:
            self._send(edits.set_comment(self._annotation, str(value or "")), self.cells["comment"])


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(9)
    grid.setColumnStretch(1, 1)
    return grid


def _names(codebook: Codebook, span_type: SpanType) -> Iterable[str]:
    """Yield the names of all fields of a type, in form order."""
    if span_type.record_kind:
        yield RECORD
    for role in codebook.roles_of(span_type.name):
        yield role.name
    yield from (attribute.name for attribute in span_type.attributes if not attribute.archived)
    yield from (evidence.name for evidence in span_type.evidence if not evidence.archived)


def _paired(wanted: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return the names wanted, each with the field that reads as one with it."""
    found: list[str] = []
    for name in wanted:
        partner = _PARTNERS.get(name, "")
        found += [name, partner] if partner in names and partner not in wanted else [name]
    return found
