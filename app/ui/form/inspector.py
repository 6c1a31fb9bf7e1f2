"""The form beside the text: what is known about the selected annotation, to be changed."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.annotation import Annotation
from app.model.changes import Change
from app.model.checks import Finding, Findings
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.errors import Refused
from app.model.points import Point
from app.ui.form.cell import Cell, guideline
from app.ui.form.context import FindRecords, FormContext, ReadRecord
from app.ui.form.details import Details
from app.ui.form.drafts import Draft
from app.ui.form.edits import Edit
from app.ui.form.evidence import EvidenceSlot
from app.ui.form.fields import Field
from app.ui.form.fix_menu import fixes_of, show_fixes
from app.ui.form.registry_form import RegistryForm
from app.ui.form.rows import TypeSegment, TypeTrack
from app.ui.form.slots import RoleSlot
from app.ui.form.summary import FirstKeys, Summary
from app.ui.form.type_form import TypeForm
from app.ui.icons import icon
from app.ui.keycap import Keycap
from app.ui.scroll_pane import scroll_pane
from app.ui.theme import Theme
from app.workspace import gestures
from app.workspace.fixes import Fix
from app.workspace.gestures import Gesture


class Inspector(QWidget):
    """The form of the selected annotation, or the summary of the article.

    The window feeds it: `load` for an article, `show_annotation` for a selection, `apply` for every
    change after the `ArticleContents` has taken it. A command asked for is either followed by its
    change before the signal returns, or the form goes back to what the project holds.
    """

    command_requested = Signal(object, str, str)
    """(`Command`, title for the history, merge key)"""
    annotation_requested = Signal(str)
    place_requested = Signal(object)
    """A `Point` of the summary that is not about a mark."""
    role_armed = Signal(object)
    """A `Role` whose slot waits for a mark, or None."""
    text_focus_requested = Signal()
    words_stranded = Signal(object)
    """A `Draft` whose mark is not there any more."""
    message = Signal(str)

    def __init__(
        self,
        *,
        find_records: FindRecords,
        read_record: ReadRecord | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = FormContext(find_records, read_record)
        self._profile = ""
        self._forms: dict[str, TypeForm] = {}
        self._form: TypeForm | None = None
        self._armed: RoleSlot | None = None
        self._drafts: dict[str, Draft] = {}
        self._segments: list[TypeSegment] = []
        self._heard = 0
        self._findings: Findings | None = None
        self._defines = False
        self._told: Cell | None = None
        self.setProperty("class", "inspector")
        self.setAccessibleName("Form")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()
        application = cast("QApplication", QApplication.instance())
        application.focusChanged.connect(self._focus_moved)

    # -- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_header())
        self._track = TypeTrack(self._context, self)
        holder = QHBoxLayout()
        holder.setContentsMargins(16, 7, 16, 12)
        holder.addWidget(self._track)
        column.addLayout(holder)
        self._summary = Summary(self._context)
        self._summary.field_requested.connect(self._go_to_field)
        self._summary.place_requested.connect(self.place_requested)
        self._summary.gesture_requested.connect(self._mend)
        self._keys = FirstKeys(self._context)
        self._body = QWidget()
        self._body.setProperty("class", "inspector")
        self._definition = guideline()
        self._definition.setContentsMargins(14, 0, 16, 8)
        self._definition.hide()
        self._pages = QVBoxLayout()
        body = QVBoxLayout(self._body)
        body.addWidget(self._definition)
        body.addLayout(self._pages, 1)
        for layout in (self._pages, body):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        for page in (self._summary, self._keys):
            self._pages.addWidget(page)
            page.hide()
        self._scroll = scroll_pane(self)
        self._scroll.setWidget(self._body)
        column.addWidget(self._scroll, 1)

    def _build_header(self) -> QWidget:
        header = QWidget(self)
        header.setFixedHeight(28)
        row = QHBoxLayout(header)
        row.setContentsMargins(16, 0, 10, 0)
        row.setSpacing(0)
        self._title = QLabel("")
        self._title.setProperty("class", "form-title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._place = QLabel("")
        self._place.setProperty("class", "place")
        self._previous = self._tool("chevron-left", "Previous mark")
        self._previous.clicked.connect(lambda: self._step(-1))
        self._next = self._tool("chevron-right", "Next mark")
        self._next.clicked.connect(lambda: self._step(+1))
        self._menu_button = self._tool("ellipsis", "More about this mark")
        menu = QMenu(self._menu_button)
        copy = QAction(self.tr("Copy the words"), self)
        copy.triggered.connect(self._copy)
        self._delete = QAction(self.tr("Remove mark"), self)
        self._delete.triggered.connect(self._remove)
        menu.addActions([copy, self._delete])
        self._menu_button.setMenu(menu)
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row.addWidget(self._title)
        row.addSpacing(8)
        row.addWidget(self._place, 1)
        for button in (self._previous, self._next, self._menu_button):
            row.addWidget(button)
            row.addSpacing(4)
        return header

    def _tool(self, icon_name: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("icon_name", icon_name)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFixedSize(30, 28)
        return button

    def _build_segments(self, codebook: Codebook) -> None:
        while item := self._track.row.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._segments = []
        for span_type in codebook.types:
            if span_type.archived:
                continue
            segment = TypeSegment(span_type, self._context, self._track)
            segment.setEnabled(not self._context.read_only)
            segment.clicked.connect(lambda _=False, name=span_type.name: self._retype(name))
            self._track.row.addWidget(segment)
            self._segments.append(segment)
        self._track.fit()

    # -- what the window tells --------------------------------------------------------------------

    def load(self, contents: ArticleContents, codebook: Codebook) -> None:
        """Show another article; nothing is selected there yet."""
        self._keep_words()
        self.disarm()
        if codebook is not self._context.codebook:
            self._drop_forms()
            self._context.codebook = codebook
            self._build_segments(codebook)
            self._keys.show_types(codebook.types)
        self._context.contents = contents
        self._context.selection = None
        self._findings = None
        self._summary.show_points(())
        for form in self._forms.values():
            form.forget()
        self._context.annotation = None
        self._show()

    def show_annotation(self, annotation_id: str | None) -> None:
        """Show the form of another annotation, or the summary of the article for None."""
        shown = self._context.annotation
        if (shown.id if shown else None) == annotation_id:
            return
        if shown is not None and self._form is not None:
            self._form.flush()
            self._keep_words()
        self.disarm()
        contents = self._context.contents
        self._context.annotation = (
            contents.annotation(annotation_id) if contents and annotation_id else None
        )
        self._show()

    def apply(self, change: Change) -> None:
        """Take in a change that the `ArticleContents` has taken already."""
        self._heard += 1
        contents, shown = self._context.contents, self._context.annotation
        if contents is None:
            return
        if change.codebook is not None and change.codebook is not self._context.codebook:
            self.load(contents, change.codebook)
            return
        if shown is not None:
            self._keep_words()
            self._context.annotation = contents.annotation(shown.id)
            if self._fills_armed(change, shown.id):
                self.disarm()
            if self._context.annotation is not None and self._context.annotation.type == shown.type:
                self._drafts.pop(shown.id, None)  # they stand in the form still
        if shown is not None and self._form is not None and _is_elsewhere(change, shown, contents):
            self._show_place(contents, shown, self._form)  # of so many marks
        else:
            self._show()
        self._tell_stranded(contents, change)

    def show_points(self, points: Sequence[Point], findings: Findings | None) -> None:
        """Show what is open in the article, and at the fields what is worth a look there."""
        self._findings = findings
        self._summary.show_points(points)
        shown = self._context.annotation
        if shown is not None and self._form is not None:
            self._form.show_findings(self._found(shown))

    def set_guesses(self, guesses: Sequence[tuple[str, str]]) -> None:
        """Show in the empty slots what they are likely filled with: (role, id of the mark)."""
        if self._form is not None and self._context.annotation is not None:
            self._form.show_guesses(guesses)

    def set_definitions(self, on: bool) -> None:
        """Say whether the field with the keyboard, and the type, tell what they are for."""
        self._defines = on
        self._define(self._told_by(QApplication.focusWidget()))
        self._show_definition()

    def set_profile(self, name: str) -> None:
        """Show the fields of another profile of the codebook."""
        if name != self._profile:
            self.flush()
            self._profile = name
            self._drop_forms()
            self._show()

    def set_selection(self, selection: tuple[int, int] | None) -> None:
        """Know the words selected in the text (code points): evidence is taken from there."""
        self._context.selection = selection

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._context.theme = theme
        for keycap in self.findChildren(Keycap):
            keycap.set_theme(theme)
        for button in (self._previous, self._next, self._menu_button):
            button.setIcon(icon(str(button.property("icon_name")), theme))
        for form in self._forms.values():
            form.set_theme()
        self._summary.set_theme()
        self.update()

    def set_read_only(self, read_only: bool) -> None:
        """Show everything and let nothing be changed."""
        if read_only == self._context.read_only:
            return
        self._context.read_only = read_only
        self._delete.setEnabled(not read_only)
        for segment in self._segments:
            segment.setEnabled(not read_only)
            segment.updateGeometry()
        self._drop_forms()
        self._show()

    def show_refusal(self, field_name: str, message: str) -> None:
        """Say below a field why the project did not take what it sent."""
        cell = self._form.reveal(field_name) if self._form else None
        if cell is not None:
            cell.show_problem(message)
        else:
            self.message.emit(message)

    def flush(self) -> None:
        """Send on what is still being typed, now."""
        if self._form is not None and self._context.annotation is not None:
            self._form.flush()

    # -- words that are not on disk ---------------------------------------------------------------

    def drafts(self) -> tuple[Draft, ...]:
        """Return all words that were typed and could not be sent, of every article."""
        self._keep_words()
        return tuple(self._drafts.values())

    def keep_drafts(self, drafts: Sequence[Draft]) -> None:
        """Take words that could not be sent: their marks show them when they are selected."""
        self._drafts.update({draft.annotation: draft for draft in drafts})

    def send_drafts(self) -> None:
        """Send the words of the article shown that can be sent now."""
        shown, contents = self._context.annotation, self._context.contents
        self.flush()
        if contents is None:
            return
        for draft in self.drafts():
            if contents.annotation(draft.annotation) is not None:
                self.show_annotation(draft.annotation)
        self.show_annotation(shown.id if shown is not None else None)

    def discard(self) -> None:
        """Let go of all words that are not on disk; `load` shows what is."""
        self._drafts.clear()
        self._context.annotation = None

    def drop_draft(self, draft: Draft) -> None:
        """Let go of the words of one mark that is not there any more."""
        self._drafts.pop(draft.annotation, None)

    def _keep_words(self) -> None:
        """Keep what stands unsent in the form shown."""
        shown = self._context.annotation
        if shown is None or self._form is None or self._form.annotation_id != shown.id:
            return
        self._drafts.pop(shown.id, None)
        if words := self._form.drafts():
            self._drafts[shown.id] = Draft(shown.article, shown.id, words)

    def _tell_stranded(self, contents: ArticleContents, change: Change) -> None:
        for annotation_id in change.removed_annotations:
            draft = self._drafts.get(annotation_id)
            if draft is not None and contents.annotation(annotation_id) is None:
                self.words_stranded.emit(draft)

    # -- focus ------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Go to the first field."""
        if self._form is not None and self._form.cells:
            self._focus(next(iter(self._form.cells.values())))
        elif self._summary.points.isVisible():
            self._summary.points.start()

    def offer_fixes(self) -> None:
        """Show what mends the open point of the list, the field, or the selected mark."""
        points, shown = self._summary.points, self._context.annotation
        if shown is None or self._form is None:
            if not (points.isVisible() and points.offer_fixes()):
                self.message.emit("No quick fix here: choose an open point or a mark first")
            return
        cell = self._told_by(QApplication.focusWidget())
        offered = cell.fixes if cell is not None and cell.fixes else None
        if offered is None:
            offered, cell = fixes_of(self._context, self._found(shown)), None
        near: QWidget = cell or self._form.quote
        where = near.mapToGlobal(near.rect().bottomLeft())
        if not show_fixes(self, offered, where, self._take_fix):
            self.message.emit("Nothing of this mark needs mending that a quick fix knows")

    def focus_comment(self) -> None:
        """Go to the comment."""
        self.focus_field("comment")

    def focus_field(self, name: str) -> None:
        """Go to a field by the name of its attribute, role or evidence."""
        if self._form is not None and (cell := self._form.reveal(name)):
            self._focus(cell)

    def focus_role(self, role_name: str) -> None:
        """Go to the slot of a role, which then waits for a mark.

        The slot of evidence takes the words selected in the text, where there are any.
        """
        if self._form is None or (cell := self._form.reveal(role_name)) is None:
            return
        if isinstance(cell, EvidenceSlot) and cell.take_selection():
            return
        self._focus(cell)
        if isinstance(cell, RoleSlot):
            self._arm(cell)

    def fill_role(self, annotation_id: str) -> bool:
        """Fill the slot that waits with an annotation; tell whether one waited."""
        slot, form, shown = self._armed, self._form, self._context.annotation
        if slot is None or form is None or shown is None or shown.id == annotation_id:
            return False
        self.disarm()
        form.fill(slot.role.name, annotation_id)
        self.disarm()  # a click fills it once; only who types there goes on
        return True

    def _focus(self, cell: Cell) -> None:
        cell.focus()
        # A cell that was just unfolded has its place only after the layout ran.
        QTimer.singleShot(0, cell, lambda: self._scroll.ensureWidgetVisible(cell, 0, 20))

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Arm the slot that got the focus; it stays armed outside: a click in the text fills it."""
        self._define(self._told_by(new))
        if new is None or not self.isAncestorOf(new):
            return
        slot = _around(new, RoleSlot)
        if slot is not self._armed:
            if slot is not None:
                self._arm(slot)
            else:
                self.disarm()
        self._scroll.ensureWidgetVisible(new, 0, 8)

    def _told_by(self, widget: QWidget | None) -> Cell | None:
        """Return the field around a widget."""
        cells = set(self._form.cells.values()) if self._form is not None else set[Cell]()
        while widget is not None and widget not in cells:
            widget = widget.parentWidget()
        return widget if isinstance(widget, Cell) else None

    def _define(self, cell: Cell | None) -> None:
        """Show what the codebook says of a field below it, and of no other one."""
        wanted = cell if self._defines else None
        if self._told is not None and self._told is not wanted:
            self._told.show_guideline("")
        if wanted is not None and self._form is not None:
            wanted.show_guideline(self._form.guideline_of(wanted))
        self._told = wanted

    def _show_definition(self) -> None:
        span_type = self._form.span_type if self._form is not None else None
        lines = [span_type.definition, *span_type.examples] if span_type else []
        self._definition.setText("\n".join(filter(None, lines)))
        self._definition.setVisible(self._defines and any(lines))

    def _fills_armed(self, change: Change, source: str) -> bool:
        """Tell whether a change filled the slot that waits, by whatever way."""
        role = self._armed.role.name if self._armed else None
        return any((r.source, r.role) == (source, role) for r in change.relations)

    def _arm(self, slot: RoleSlot) -> None:
        if slot is not self._armed and not self._context.read_only:
            self._armed = slot
            self.role_armed.emit(slot.role)

    def disarm(self) -> None:
        """Let no slot wait for a mark any longer."""
        if self._armed is not None:
            self._armed = None
            self.role_armed.emit(None)

    @override
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.focus_first()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.flush()
            self.disarm()
            self.text_focus_requested.emit()
        else:
            super().keyPressEvent(event)

    # -- showing ----------------------------------------------------------------------------------

    def _show(self) -> None:
        contents, codebook = self._context.contents, self._context.codebook
        if contents is None or codebook is None:
            return
        annotation = self._context.annotation
        form = self._form_for(annotation) if annotation is not None else None
        self._turn_to(form)
        marked = annotation is not None
        for widget in (self._previous, self._next, self._menu_button, self._track):
            widget.setVisible(marked)
        if annotation is None or form is None:
            self._title.setText(self.tr("Article"))
            self._place.setText("")
            if annotation is not None:
                self._title.setText(annotation.type)
            return
        for segment in self._segments:
            segment.setChecked(segment.span_type.name == annotation.type)
        self._track.fit()
        self._show_place(contents, annotation, form)
        form.show_annotation(annotation, self._found(annotation))
        self._define(self._told)
        if drafts := self._drafts.pop(annotation.id, None):
            form.restore(drafts.words)

    def _turn_to(self, form: TypeForm | None) -> None:
        contents = self._context.contents
        page: QWidget = self._summary if contents is not None and len(contents) else self._keys
        wanted = form or page
        if form is not self._form and self._form is not None:
            self._form.forget()
        if form is not self._form:
            self._form = form
            self._show_definition()
        if wanted.isHidden():
            for place in range(self._pages.count()):
                item = self._pages.itemAt(place)
                widget = item.widget() if item is not None else None
                if widget is not None and widget is not wanted:
                    widget.hide()
            wanted.show()
            self._scroll.verticalScrollBar().setValue(0)

    def _form_for(self, annotation: Annotation) -> TypeForm | None:
        codebook = self._context.codebook
        span_type = codebook.type(annotation.type) if codebook else None
        if codebook is None or span_type is None:
            return None
        form = self._forms.get(span_type.name)
        if form is None:
            form = TypeForm(
                span_type, codebook, codebook.shown(self._profile), self._context, self._body
            )
            form.edit_requested.connect(self._send)
            form.annotation_requested.connect(self.annotation_requested)
            form.fix_requested.connect(self._take_fix)
            form.set_theme()
            form.hide()
            self._pages.addWidget(form)
            self._forms[span_type.name] = form
        return form

    def _drop_forms(self) -> None:
        self.disarm()
        for form in self._forms.values():
            self._pages.removeWidget(form)
            form.hide()
            form.deleteLater()
        self._forms.clear()
        self._form = self._told = None

    def _show_place(
        self, contents: ArticleContents, annotation: Annotation, form: TypeForm
    ) -> None:
        here = contents.index(annotation.id)
        number = f"{form.span_type.letter}{contents.number(annotation.id)}"
        self._title.setText(form.span_type.label)
        self._place.setText(f"{number} · {here + 1} of {len(contents)}")
        self._previous.setEnabled(here > 0)
        self._next.setEnabled(here + 1 < len(contents))

    def _found(self, annotation: Annotation) -> tuple[Finding, ...]:
        return self._findings.of(annotation.id) if self._findings is not None else ()

    # -- gestures ---------------------------------------------------------------------------------

    def _send(self, edit: Edit, cell: Cell) -> None:
        heard = self._heard
        self.command_requested.emit(edit.command, edit.title, edit.merge_key)
        if self._heard == heard or (isinstance(cell, Field) and cell.is_unsent()):
            # The project did not take it: what the form shows has to be what is on disk.
            _revert(cell)
        elif isinstance(cell, RoleSlot) and cell.role.many and cell.box.line.hasFocus():
            self._arm(cell)  # typing goes on there, and so may clicks in the text

    def _take_fix(self, fix: Fix) -> None:
        if fix.gesture is not None:
            self._mend(fix.gesture)
        else:
            self._go_to_field(fix.annotation, fix.field)

    def _mend(self, gesture: Gesture) -> None:
        if not self._context.read_only:
            self.flush()
            self.command_requested.emit(gesture.command, gesture.title, "")

    def _retype(self, type_name: str) -> None:
        contents, codebook, shown = (
            self._context.contents,
            self._context.codebook,
            self._context.annotation,
        )
        if contents is None or codebook is None or shown is None:
            return
        for segment in self._segments:
            segment.setChecked(segment.span_type.name == shown.type)
        if type_name == shown.type:
            return
        self.flush()
        try:
            gesture = gestures.retype(contents, codebook, shown.id, type_name)
        except Refused as refused:
            self.message.emit(str(refused))
            return
        self.command_requested.emit(gesture.command, gesture.title, "")

    def _remove(self) -> None:
        contents, shown = self._context.contents, self._context.annotation
        if contents is not None and shown is not None:
            self.flush()
            gesture = gestures.delete(contents, shown.id)
            self.command_requested.emit(gesture.command, gesture.title, "")

    def _copy(self) -> None:
        if self._context.annotation is not None:
            QGuiApplication.clipboard().setText(self._context.annotation.quote)

    def _step(self, step: int) -> None:
        contents, shown = self._context.contents, self._context.annotation
        if contents is not None and shown is not None:
            place = contents.index(shown.id) + step
            if 0 <= place < len(contents):
                self.annotation_requested.emit(contents.at(place).id)

    def _go_to_field(self, annotation_id: str, field: str) -> None:
        self.annotation_requested.emit(annotation_id)
        self.show_annotation(annotation_id)  # the window would tell only after this event
        self.focus_field(field)


def _is_elsewhere(change: Change, shown: Annotation, contents: ArticleContents) -> bool:
    """Tell whether a change only puts in new marks, which no form can hold yet."""
    beside = (
        change.removed_annotations,
        change.relations,
        change.removed_relations,
        change.records,
        change.removed_records,
        change.articles,
        change.project,
    )
    return (
        change.kind == "do"
        and not any(beside)
        and all(mark.created_at == mark.updated_at == change.at for mark in change.annotations)
        and contents.annotation(shown.id) is shown
    )


def _around(widget: QWidget | None, kind: type[RoleSlot]) -> RoleSlot | None:
    while widget is not None and not isinstance(widget, kind):
        widget = widget.parentWidget()
    return widget


def _revert(cell: Cell) -> None:
    match cell:
        case Field():
            cell.revert()
        case RoleSlot() | EvidenceSlot() | RegistryForm():
            details: Details | None = cell.details
            if details is not None:
                details.revert()
