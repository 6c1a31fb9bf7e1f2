"""The page: a read-only text widget with a layout, scrolling and painting of our own.

Rows are laid out when they come into view; what is seen stays in its place while their estimated
heights become real ones.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget
from typing_extensions import override

from app.model.annotation import Annotation
from app.model.article import Article
from app.ui.article.canvas import REACH, Canvas, Scene
from app.ui.article.geometry import Metrics
from app.ui.article.header import Header
from app.ui.article.index import MarkIndex, Text
from app.ui.article.layout import ArticleLayout, is_right_to_left
from app.ui.article.paint import Looks
from app.ui.theme import LIGHT, font

_READING = 17
_SEEN_AROUND = 176
_AHEAD, _AHEAD_MS = 320, 50
_REVEAL = 64
_SETTLINGS = 5
_HANGS_OVER = 12


class Page(QTextEdit):
    """Shows a text with its marks. What is selected, tagged or asked for is the view's business."""

    scrolled = Signal()
    """What is seen changed: the strip may paint again."""

    _ready = False  # Qt calls changeEvent while it is still building the widget

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = 1.0
        self._reading_font = ""
        self._syncing = False
        self._settling = False
        self._lines = ArticleLayout(self.document())
        self._header = Header()
        self._scene = Scene(looks=Looks(LIGHT, None))
        self._canvas = Canvas(self._lines, self._header, self._scene)
        self._ahead = QTimer(self, singleShot=True, interval=0)
        self._ahead.timeout.connect(self._prepare)
        self._set_up()
        self._ready = True

    def _set_up(self) -> None:
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentLayout(self._lines)
        self.setAccessibleName("Article")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setCursorWidth(0)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
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

    def show_text(
        self, article: Article | None, marks: tuple[Annotation, ...], lane_types: frozenset[str]
    ) -> None:
        """Show the text of an article from its beginning, or nothing."""
        text = Text(article.text if article else "")
        with self._own_cursor():
            self.document().setPlainText(text.shown)
            self.setTextCursor(QTextCursor(self.document()))
        if self.document().characterCount() - 1 != text.map.utf16_length:
            message = "Qt shows the text with another length than it has"
            raise RuntimeError(message)
        rtl = article is not None and is_right_to_left(article.language, text.shown)
        self._header.load(article, rtl=rtl)
        self._lines.load(text, MarkIndex(text.rows, marks), lane_types=lane_types, rtl=rtl)
        self.relayout()
        self.verticalScrollBar().setValue(0)
        self._settle()
        self.refresh()
        QTimer.singleShot(_AHEAD_MS, self, self._prepare)

    def refresh(self) -> None:
        """Paint again; called whenever something that is seen moved."""
        self.viewport().update()

    def scrolls_simply(self) -> bool:
        """Tell whether scrolling may move the pixels that are there."""
        return True

    # -- places -----------------------------------------------------------------------------------

    @property
    def scroll_y(self) -> int:
        """The height of the document that is at the top of the window."""
        return self.verticalScrollBar().value()

    @property
    def seen(self) -> tuple[float, float]:
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

    def range_seen(self) -> tuple[int, int] | None:
        """Return the offsets of the text that is seen in whole lines; None where none is."""
        return self._lines.range_between(*self.seen)

    def suggestion_at(self, point: QPointF) -> str | None:
        """Return the id of the innermost suggestion painted at a point of the document."""
        if not self.text.rows or "suggested" not in self._lines.loose:
            return None
        metrics, y = self._lines.metrics, point.y()
        found: list[tuple[bool, int, str]] = []
        number = self._lines.row_at(y)
        for part in self._lines.loose_parts(number, "suggested", y, y):
            x0, y0, x1, y1 = metrics.box(part)
            inside = x0 <= point.x() <= x1 and y0 <= y <= y1
            if inside and not part.gap and part.type not in self._scene.hidden:
                found.append((part.lane, part.depth, part.mark))
        return min(found)[2] if found else None

    def marks_seen(self) -> list[Annotation]:
        """Return the marks that begin inside the window."""
        top, bottom = self.seen
        marks = {
            a.id: a for row in self._lines.rows_between(top, bottom) for a in self.index.in_row(row)
        }
        return [
            mark
            for mark in marks.values()
            if mark.type not in self._scene.hidden
            and any(p.opens and top + 12 < p.baseline < bottom for p in self._lines.parts(mark))
        ]

    def reveal(self, start: int, end: int) -> None:
        """Scroll a range into view, its beginning above all; nothing moves where it is seen."""
        if not self.text.rows:
            return
        first, last = self._lines.caret(start), self._lines.end_caret(end)
        room, (top, bottom) = _REVEAL * self._zoom, self.seen
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
        if self._reading_font:
            wanted.setFamilies([self._reading_font, *wanted.families()])
        if self.document().defaultFont() != wanted:
            self.document().setDefaultFont(wanted)
            self._lines.reset()

    def set_reading_font(self, family: str) -> None:
        """Show the text in an installed font; in the built-in one where it is empty."""
        self._reading_font = family
        self._apply_font()
        self.relayout()

    def relayout(self) -> None:
        """Take in the size of the window and the zoom; what is seen stays in its place."""
        metrics, width = Metrics(self._zoom), float(self.viewport().width())
        header = self._header.height(self._lines.column_width(width, metrics), metrics)
        with self._steady():
            self._lines.set_view(width, metrics, header)
        self.verticalScrollBar().setSingleStep(round(metrics.line))
        self._canvas.tiles.forget()
        self._settle()
        self.refresh()
        self.scrolled.emit()

    @contextmanager
    def _steady(self) -> Iterator[None]:
        """Keep the first row that is seen where it is while heights change."""
        top, bottom = self.seen
        rows = self._lines.rows_between(top, bottom)
        anchor = (
            next((n for n in rows if self._lines.laid(n) is not None), rows.start) if rows else None
        )
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
            top, bottom = self.seen
            with self._steady():
                changed = self._lines.settle(top - _SEEN_AROUND, bottom + _SEEN_AROUND)
            if not changed:
                break
        self._settling = settling

    def _prepare(self) -> None:
        """Lay out and paint what lies next to the window, while nothing else is to be done."""
        if not self.text.rows or not self.isVisible():
            return
        settling, self._settling = self._settling, True
        top, bottom = self.seen
        with self._steady():
            changed = self._lines.settle(top - _AHEAD, bottom + _AHEAD)
        self._settling = settling
        if changed:
            self.refresh()
            self.scrolled.emit()
        seen = QRectF(self.viewport().rect()).translated(0, self.scroll_y)
        if self._canvas.prepare(seen, self.viewport().devicePixelRatioF()):
            self._ahead.start()

    def update_rows(self, rows: Iterable[int]) -> None:
        """Paint some rows again."""
        for row in rows:
            top = self._lines.top(row)
            self.update_between(top, top + self._lines.height(row))

    def update_span(self, span: tuple[int, int] | None) -> None:
        """Paint the rows again that a range touches, as far as they are seen."""
        if span is not None and self.text.rows:
            seen = self._lines.rows_between(*self.seen)
            first, last = self.text.rows.at(span[0]), self.text.rows.at(span[1])
            self.update_rows(range(max(first, seen.start), min(last + 1, seen.stop)))

    def forget_rows(self, rows: Iterable[int]) -> None:
        """Let what was painted of some rows be painted anew, also where it is not seen now."""
        over = self._lines.metrics(REACH)
        for row in rows:
            top = self._lines.top(row)
            self._canvas.tiles.forget_between(top - over, top + self._lines.height(row) + over)

    def forget_marks(self, *marks: Annotation | None) -> None:
        """Let what was painted of some marks be painted anew."""
        for mark in marks:
            if mark is not None:
                self.forget_rows(self.index.rows_of(mark))

    def update_between(self, top: float, bottom: float) -> None:
        """Paint again what lies between two heights of the document, and what hangs over them."""
        over = self._lines.metrics(_HANGS_OVER)
        width = self.viewport().width()
        rect = QRectF(0, top - self.scroll_y - over, width, bottom - top + 2 * over)
        self.viewport().update(rect.toAlignedRect())

    # -- Qt ---------------------------------------------------------------------------------------

    @contextmanager
    def _own_cursor(self) -> Iterator[None]:
        """Move Qt's cursor without scrolling and without taking it for the annotator."""
        bar = self.verticalScrollBar()
        value, syncing = bar.value(), self._syncing
        self._syncing = True
        blocked = bar.blockSignals(True)
        yield
        bar.setValue(value)
        bar.blockSignals(blocked)
        self._syncing = syncing

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self._settling:
            return
        before, value = self._lines.documentSize(), self.scroll_y
        self._settle()
        if (
            self.scroll_y == value
            and self._lines.documentSize() == before
            and self.scrolls_simply()
        ):
            self.viewport().scroll(0, dy)
        else:
            self.refresh()
        self.scrolled.emit()
        self._ahead.start()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        y = self.scroll_y
        seen = QRectF(self.viewport().rect()).translated(0, y)
        with QPainter(self.viewport()) as painter:
            painter.translate(0, -y)
            for rect in event.region():  # type: ignore[attr-defined] # missing in the stubs
                self._canvas.paint(painter, QRectF(rect).translated(0, y), seen)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        with self._own_cursor():  # Qt would scroll to the cursor
            super().showEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.relayout()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._ready and event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._apply_font()
            self.relayout()
