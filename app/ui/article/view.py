"""The article view: the text with every mark, where annotators read, select and tag.

A read-only text widget with a layout and painting of our own, so that caret, selection and the text
interface for assistive technology stay Qt's. Offsets are code points everywhere but in the cursor.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget
from typing_extensions import override

from app.model.annotation import Annotation
from app.model.changes import Change
from app.model.codebook import Codebook, Role
from app.model.contents import ArticleContents
from app.model.text import snap_to_grapheme, trim, word_at
from app.ui.article.canvas import Canvas, Scene
from app.ui.article.geometry import Metrics
from app.ui.article.header import Header
from app.ui.article.index import MarkIndex, Text
from app.ui.article.keyboard import Keyboard
from app.ui.article.layout import ArticleLayout, is_right_to_left
from app.ui.article.marks import short_name
from app.ui.article.overlays import Overlays
from app.ui.article.paint import Looks
from app.ui.article.pointer import Pointer
from app.ui.article.relations import Plan, links_of, plan
from app.ui.theme import LIGHT, Theme, font

_READING = 17
_SEEN_AROUND = 48
_REVEAL = 64
_SETTLINGS = 5


class ArticleView(QTextEdit):
    """Shows one article and says what the annotator wants done to it."""

    annotation_selected = Signal(object)
    """The id of the mark that is selected now, or None."""
    annotation_clicked = Signal(str)
    """A mark was clicked, also when it was selected already."""
    tag_requested = Signal(str, object)
    """Type name and ranges: `((start, end), ...)`."""
    fragments_requested = Signal(str, object)
    """Id and the ranges the mark is to have."""
    delete_requested = Signal(str)
    type_requested = Signal(str, str)
    relation_requested = Signal(str, str, str)
    """Ids of source and target with the role's name between them."""
    role_requested = Signal(str)
    """The key of a role or evidence field of the selected mark was pressed."""
    edit_requested = Signal()
    comment_requested = Signal()
    action_requested = Signal(str)
    """A key that belongs to an action of the window was pressed in the text."""
    selection_changed = Signal(object)
    """The freshly selected range, or None."""
    zoom_requested = Signal(int)
    message = Signal(str)
    scrolled = Signal()
    """What is seen changed: the strip may paint again."""
    marks_changed = Signal()
    """Marks, their colours or the selected one changed: the strip has to look again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contents: ArticleContents | None = None
        self.codebook: Codebook | None = None
        self.read_only = False
        self.armed: Role | None = None
        self.guess = ""
        self.edge = "end"
        self.caret: int | None = None
        self.in_text = False
        self._anchor = 0
        self._zoom = 1.0
        self._syncing = False
        self._settling = False
        self._lines = ArticleLayout(self.document())
        self._header = Header()
        self._scene = Scene(looks=Looks(LIGHT, None))
        self._canvas = Canvas(self._lines, self._header, self._scene)
        self.overlays = Overlays(self)
        self._keyboard = Keyboard(self)
        self._pointer = Pointer(self)
        self._set_up()

    def _set_up(self) -> None:
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentLayout(self._lines)
        self.setAccessibleName("Article")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setCursorWidth(0)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.cursorPositionChanged.connect(self._adopt_cursor)
        self.selectionChanged.connect(self._adopt_cursor)
        self._apply_font()

    # -- what is shown ----------------------------------------------------------------------------

    @property
    def text(self) -> Text:
        """The text that is shown, with its rows and sentences."""
        return self._lines.text

    @property
    def lines(self) -> ArticleLayout:
        """Where everything lies, in coordinates of the document."""
        return self._lines

    @property
    def index(self) -> MarkIndex:
        """The marks by paragraph."""
        return self._lines.index

    @property
    def scene(self) -> Scene:
        """What is painted beside the text."""
        return self._scene

    def load(self, contents: ArticleContents, codebook: Codebook) -> None:
        """Show an article from its beginning, nothing selected."""
        self.contents, self.codebook = contents, codebook
        if codebook.type(self.guess) is None:
            self.guess = next((t.name for t in codebook.types if not t.archived), "")
        self._scene.looks = Looks(self._scene.looks.theme, codebook)
        self._scene.incomplete = frozenset()
        self._show_text(contents.article.text, contents.article.language)

    def clear(self) -> None:
        """Show nothing."""
        self.contents = None
        self._show_text("", "")

    def _show_text(self, raw: str, language: str) -> None:
        had = self.selected_id()
        self.arm_role(None)
        self._scene.selected = self._scene.hovered = self._scene.range = self._scene.sentence = None
        self._scene.plan = Plan()
        self.caret, self.in_text, self.edge = None, False, "end"
        text = Text(raw)
        with self._own_cursor():
            self.document().setPlainText(text.shown)
        if self.document().characterCount() - 1 != text.map.utf16_length:
            message = "Qt shows the text with another length than it has"
            raise RuntimeError(message)
        marks = self.contents.annotations if self.contents else ()
        types = self.codebook.types if self.codebook else ()
        rtl = is_right_to_left(language, text.shown)
        if self.contents is not None:
            self._header.load(self.contents.article, rtl=rtl)
        lane_types = frozenset(t.name for t in types if t.underline == "lane")
        self._lines.load(text, MarkIndex(text.rows, marks), lane_types=lane_types, rtl=rtl)
        self._relayout()
        self.verticalScrollBar().setValue(0)
        self._settle()
        self.overlays.refresh()
        self.viewport().update()
        if had is not None:
            self.annotation_selected.emit(None)
        self.marks_changed.emit()

    def apply(self, change: Change) -> None:
        """Take in a change; the contents know it already. Only the paragraphs it touches are laid again."""
        if self.contents is None:
            return
        article, rows = self.contents.article, set[int]()
        for gone in change.removed_annotations:
            rows |= self.index.drop(gone)
        for annotation in change.annotations:
            if annotation.article == article.id:
                rows |= self.index.put(annotation)
        if any(changed.id == article.id for changed in change.articles):
            self._header.load(article, rtl=self._lines.rtl)
            self._relayout()
        elsewhere = bool(change.relations or change.removed_relations or change.records or change.articles)
        with self._steady():
            higher = self._lines.touch(rows)
        selected = self.selected_id()
        self._scene.selected = self.index.get(selected)
        self._scene.hovered = None
        self._refresh_plan()
        self.overlays.refresh()
        if higher or elsewhere or selected is not None:
            self.viewport().update()
        else:
            self._update_rows(rows)
        if selected is not None and self._scene.selected is None:
            self.arm_role(None)
            self.annotation_selected.emit(None)
        if rows:
            self.marks_changed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._scene.looks = Looks(theme, self.codebook)
        self.overlays.set_theme(theme)
        self._redraw()

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001 - the face of every panel
        """Say whether marks may be changed. Reading, selecting and copying always work."""
        self.read_only = read_only
        self._scene.handles = not read_only
        self.overlays.refresh()
        self.viewport().update()

    def set_zoom(self, percent: int) -> None:
        """Scale text, marks and column."""
        self._zoom = percent / 100
        self._apply_font()
        self._relayout()

    def set_types_shown(self, types: set[str]) -> None:
        """Show only marks of these types; the others are neither painted nor hit."""
        known = {t.name for t in self.codebook.types} if self.codebook else set()
        self._scene.hidden = frozenset(known - types)
        if self.selected is not None and self.selected.type in self._scene.hidden:
            self.select(None)
        self._redraw()

    def set_incomplete(self, ids: set[str]) -> None:
        """Say which marks lack a required field; they get a sign and are open points."""
        if ids != self._scene.incomplete:
            self._scene.incomplete = frozenset(ids)
            self.viewport().update()

    def _redraw(self) -> None:
        self._lines.forget_drawings()
        self._refresh_plan()
        self.overlays.refresh()
        self.viewport().update()
        self.marks_changed.emit()

    # -- the selected mark ------------------------------------------------------------------------

    @property
    def selected(self) -> Annotation | None:
        """The selected mark."""
        return self._scene.selected

    def selected_id(self) -> str | None:
        """Return the id of the selected mark."""
        return self._scene.selected.id if self._scene.selected else None

    def select(self, annotation_id: str | None, *, scroll: bool = True) -> None:
        """Select a mark (or none) and bring it into view. The fresh selection of text goes away."""
        annotation = self.index.get(annotation_id)
        changed = annotation is not self._scene.selected
        is_other = (annotation.id if annotation else None) != self.selected_id()
        if is_other:
            self.arm_role(None)
            self.edge = "end"
        self._scene.selected = annotation
        self._scene.hovered = None
        if annotation is not None:
            self.set_range(annotation.start, annotation.start, in_text=False)
            if scroll:
                self.reveal(annotation.start, annotation.end)
        if changed:
            self._refresh_plan()
            self.overlays.refresh()
            self.viewport().update()
        if is_other:
            self.annotation_selected.emit(self.selected_id())
            self.marks_changed.emit()

    def marks_shown(self) -> list[Annotation]:
        """Return the marks that are not filtered out, in reading order."""
        marks = self.contents.annotations if self.contents else ()
        return [mark for mark in marks if mark.type not in self._scene.hidden]

    def short_name(self, annotation: Annotation) -> str:
        """Return what a mark is called in few letters: `S2`."""
        if self.contents is None or self.codebook is None:
            return ""
        return short_name(self.contents, self.codebook, annotation)

    # -- the selected text ------------------------------------------------------------------------

    def selected_range(self) -> tuple[int, int] | None:
        """Return the freshly selected range, or None."""
        return self._scene.range

    def set_range(self, anchor: int, caret: int, *, in_text: bool = True) -> None:
        """Select text from the anchor to the caret; equal, they are only a caret.

        `in_text` tells that the keys for extending mean the text now, not the selected mark.
        """
        whole = self.text.text
        anchor, caret = snap_to_grapheme(whole, anchor), snap_to_grapheme(whole, caret)
        self._anchor, self.caret, self.in_text = anchor, caret, in_text
        chosen = (min(anchor, caret), max(anchor, caret)) if anchor != caret else None
        changed = chosen != self._scene.range
        self._scene.range = chosen
        self._scene.caret = caret if in_text and self.hasFocus() else None
        self._sync_cursor()
        self.overlays.refresh()
        self.viewport().update()
        if changed:
            self.selection_changed.emit(chosen)

    def clear_range(self) -> None:
        """Give up the selection of text; the caret stays where it began."""
        if self._scene.range is not None:
            start = self._scene.range[0]
            self.set_range(start, start, in_text=False)

    @property
    def anchor(self) -> int:
        """Where the selection of text began."""
        return self._anchor

    def place(self) -> int:
        """Return the offset where reading stands: caret, else sentence, else the first thing seen."""
        if self.caret is not None:
            return self.caret
        if self._scene.sentence is not None:
            return self._scene.sentence[0]
        rows = self.text.rows
        return rows.starts[self._lines.row_at(self.scroll_y)] if rows else 0

    def set_sentence(self, sentence: tuple[int, int] | None) -> None:
        """Move the reading bar."""
        if sentence != self._scene.sentence:
            self._scene.sentence = sentence
            self.viewport().update()

    def tag_selection(self, type_name: str) -> None:
        """Ask for a mark on the selected text, or on the word at the caret."""
        if self.refuse_writing():
            return
        chosen = self._scene.range or word_at(self.text.text, self.place())
        start, end = trim(self.text.text, *chosen) if chosen else (0, 0)
        if start == end:
            self.message.emit("Select the words to tag first")
            return
        self.guess = type_name
        self.tag_requested.emit(type_name, ((start, end),))

    def tag_into(self, role: Role) -> None:
        """Tag the selected text as what a role of the selected mark takes, and link it."""
        source = self.selected
        if source is None or self.refuse_writing():
            return
        self.tag_selection(role.targets[0])
        made = self.selected_id()
        if made is not None and made != source.id:
            self.relation_requested.emit(source.id, role.name, made)
            self.select(source.id)

    def refuse_writing(self) -> bool:
        """Tell whether marks may not be changed now, and say so to the annotator."""
        if self.read_only:
            self.message.emit("This project is open read only")
        return self.read_only or self.contents is None

    def copy_quote(self) -> None:
        """Put the selected text, or the words of the selected mark, on the clipboard exactly."""
        if words := self._quote():
            QGuiApplication.clipboard().setText(words)

    def _quote(self) -> str:
        if self._scene.range is not None:
            return self.text.text[slice(*self._scene.range)]
        return self.selected.quote if self.selected else ""

    # -- slots ------------------------------------------------------------------------------------

    def arm_role(self, role: Role | None) -> None:
        """Wait for a click or a letter that says which mark fills a role of the selected one."""
        if self.selected is None or self.read_only:
            role = None
        if role is not None or self.armed is not None:
            self.armed = role
            self.overlays.refresh()
            self.viewport().update()

    def fill(self, target: str) -> None:
        """Ask for the armed role to be filled with a mark, and wait no longer."""
        role, source = self.armed, self.selected
        found = self.index.get(target)
        if role is None or source is None or found is None or self.codebook is None:
            return
        if found.type not in role.targets or found.id == source.id:
            wanted = " or ".join(t.label.lower() for t in self.codebook.types if t.name in role.targets)
            self.message.emit(f"{role.label} takes a mark of type {wanted}")
            return
        self.arm_role(None)
        self.relation_requested.emit(source.id, role.name, target)

    def type_name(self) -> None:
        """Leave the choice of the armed role to typing in the form."""
        if (role := self.armed) is not None:
            self.arm_role(None)
            self.role_requested.emit(role.name)

    # -- places -----------------------------------------------------------------------------------

    @property
    def scroll_y(self) -> int:
        """The height of the document that is at the top of the window."""
        return self.verticalScrollBar().value()

    @property
    def window(self) -> tuple[float, float]:
        """Top and bottom of what is seen, in the document."""
        return float(self.scroll_y), float(self.scroll_y + self.viewport().height())

    def in_document(self, point: QPointF) -> QPointF:
        """Return a point of the viewport as one of the document."""
        return QPointF(point.x(), point.y() + self.scroll_y)

    def marks_at(self, point: QPointF) -> list[Annotation]:
        """Return the marks painted at a point of the document, the innermost first."""
        metrics, found = self._lines.metrics, {}
        for part in self._lines.parts_at(point):
            x0, y0, x1, y1 = metrics.box(part)
            bottom = metrics.lane(part) + metrics(2) if part.lane else y1
            inside = x0 <= point.x() <= x1 and y0 <= point.y() <= bottom
            if inside and not part.gap and part.type not in self._scene.hidden:
                found[part.mark] = part.lane, part.depth
        order = sorted(found, key=lambda mark: (found[mark], mark))
        return [mark for mark_id in order if (mark := self.index.get(mark_id)) is not None]

    def marks_seen(self) -> list[Annotation]:
        """Return the marks that begin inside the window."""
        top, bottom = self.window
        marks = {a.id: a for row in self._lines.rows_between(top, bottom) for a in self.index.in_row(row)}
        return [
            mark
            for mark in marks.values()
            if mark.type not in self._scene.hidden
            and any(p.opens and top + 12 < p.baseline < bottom for p in self._lines.parts(mark))
        ]

    def reveal(self, start: int, end: int) -> None:
        """Scroll a range into view, its beginning above all; nothing moves where it is seen already."""
        if not self.text.rows:
            return
        first, last = self._lines.caret(start), self._lines.end_caret(end)
        room, (top, bottom) = _REVEAL * self._zoom, self.window
        height = bottom - top
        if first.top() >= top + room / 2 and last.bottom() <= bottom - room:
            return
        far = first.top() < top - height or first.top() > bottom + height
        if far or last.bottom() - first.top() > height - 2 * room:
            wanted = first.top() - height / 3 if far else first.top() - room
        elif first.top() < top + room / 2:
            wanted = first.top() - room
        else:
            wanted = last.bottom() - height + room
        self.verticalScrollBar().setValue(round(wanted))

    def scroll_to(self, offset: int) -> None:
        """Scroll so that an offset stands in the middle of the window."""
        if self.text.rows:
            middle = self._lines.caret(offset).center().y()
            self.verticalScrollBar().setValue(round(middle - self.viewport().height() / 2))

    # -- layout -----------------------------------------------------------------------------------

    def _apply_font(self) -> None:
        wanted = font("reading", _READING * self._zoom)
        if self.document().defaultFont() != wanted:
            self.document().setDefaultFont(wanted)
            self._lines.reset()

    def _relayout(self) -> None:
        metrics, width = Metrics(self._zoom), float(self.viewport().width())
        header = self._header.height(self._lines.column_width(width, metrics), metrics) if self.contents else 0
        with self._steady():
            self._lines.set_view(width, metrics, header)
        self.verticalScrollBar().setSingleStep(round(metrics.line))
        self._settle()
        self._refresh_plan()
        self.overlays.refresh()
        self.viewport().update()
        self.scrolled.emit()

    @contextmanager
    def _steady(self) -> Iterator[None]:
        """Keep the first row that is seen where it is while heights change."""
        top, bottom = self.window
        rows = self._lines.rows_between(top, bottom)
        anchor = next((n for n in rows if self._lines.laid(n) is not None), rows.start) if rows else None
        inside = top - self._lines.top(anchor) if anchor is not None else 0.0
        yield
        if anchor is None or anchor >= len(self.text.rows):
            return
        settling, self._settling = self._settling, True
        self._lines.resized()
        if top > 0:
            self.verticalScrollBar().setValue(round(self._lines.top(anchor) + inside))
        self._settling = settling

    def _settle(self) -> None:
        """Lay out what is seen, and keep it in its place while estimates become heights."""
        settling, self._settling = self._settling, True
        for _ in range(_SETTLINGS):
            top, bottom = self.window
            with self._steady():
                changed = self._lines.settle(top - _SEEN_AROUND, bottom + _SEEN_AROUND)
            if not changed:
                break
        self._settling = settling

    def _refresh_plan(self) -> None:
        scene, selected = self._scene, self._scene.selected
        if selected is None or self.contents is None or self.codebook is None:
            scene.plan = Plan()
            return
        scene.letter = next((t.letter for t in self.codebook.types if t.name == selected.type), "?")
        links = links_of(selected, self.contents, self.codebook, self._lines, window=self.window)
        scene.plan = plan(
            self._lines.parts(selected),
            [link for link in links if link.type not in scene.hidden],
            self._lines.metrics,
            column=self._lines.column,
            rtl=self._lines.rtl,
            window=self.window,
        )

    def _update_rows(self, rows: set[int]) -> None:
        above = self._lines.metrics(8)
        for row in rows:
            top = self._lines.top(row) - self.scroll_y - above
            rect = QRectF(0, top, self.viewport().width(), self._lines.height(row) + 2 * above)
            self.viewport().update(rect.toAlignedRect())

    # -- Qt ---------------------------------------------------------------------------------------

    @contextmanager
    def _own_cursor(self) -> Iterator[None]:
        """Move Qt's cursor without scrolling and without taking its movement for the annotator's."""
        bar = self.verticalScrollBar()
        value, syncing = bar.value(), self._syncing
        self._syncing = True
        blocked = bar.blockSignals(True)  # noqa: FBT003 - Qt's own
        yield
        bar.setValue(value)
        bar.blockSignals(blocked)
        self._syncing = syncing

    def _sync_cursor(self) -> None:
        offsets, cursor = self.text.map, self.textCursor()
        cursor.setPosition(offsets.to_utf16(min(self._anchor, offsets.length)))
        caret = min(self.caret or 0, offsets.length)
        cursor.setPosition(offsets.to_utf16(caret), QTextCursor.MoveMode.KeepAnchor)
        with self._own_cursor():
            self.setTextCursor(cursor)

    def _adopt_cursor(self) -> None:
        """Take over where assistive technology put the cursor."""
        if not self._syncing:
            offsets, cursor = self.text.map, self.textCursor()
            self.set_range(offsets.to_code_points(cursor.anchor()), offsets.to_code_points(cursor.position()))

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self._quote())
        return data

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.setAccepted(self._keyboard.press(event))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointer.press(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer.double_click(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._pointer.leave()
        if event.type() == QEvent.Type.ToolTip:
            return True
        return super().viewportEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._pointer.zoom(event)
        else:
            super().wheelEvent(event)

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self._settling:
            return
        before = self._lines.documentSize()
        value = self.scroll_y
        self._settle()
        self._refresh_plan()
        self.overlays.refresh()
        simple = self.scroll_y == value and self._lines.documentSize() == before
        if simple and self.selected is None and not self.overlays.visible():
            self.viewport().scroll(0, dy)
        else:
            self.viewport().update()
        self.scrolled.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        y = self.scroll_y
        with QPainter(self.viewport()) as painter:
            painter.translate(0, -y)
            self._canvas.paint(painter, QRectF(event.rect()).translated(0, y))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relayout()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_pointer"):
            self._apply_font()
            self._relayout()

    @override
    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)
        self._scene.caret = self.caret if self.in_text else None
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)
        self._scene.caret = None
        self.viewport().update()
