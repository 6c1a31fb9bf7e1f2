"""What the mouse does in the article: clicks, drags over words, handles, hovering."""

from time import monotonic
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from app.model.annotation import Annotation
from app.model.suggestion import Suggestion
from app.model.text import snap_to_grapheme, snap_to_words, word_at
from app.ui.article.carry import carry, leaves
from app.ui.article.marks import suggestion_tooltip, tooltip
from app.ui.article.menu import role_menu, show
from app.ui.article.moves import next_character, stretch_to
from app.ui.article.paint import handle_at

if TYPE_CHECKING:
    from app.ui.article.view import ArticleView

_HOVER_MS = 80
_TOOLTIP_MS = 500
_HANDLE = 12
_SAME_SPOT = 4
_NOTCH = 120
_AUTOSCROLL_MS = 30


class _Press(NamedTuple):
    """Where and how the left button went down: over a handle, or over the text at an offset."""

    point: QPointF
    offset: int
    handle: Literal["start", "end"] | None
    by_character: bool


class Pointer:
    """Turns mouse events into selections and wishes of a view."""

    def __init__(self, view: "ArticleView") -> None:
        self._view = view
        self._pressed: _Press | None = None
        self._linking: Annotation | None = None
        self._linking_from = QPointF()
        self._carried: Annotation | None = None
        self._dragging = False
        self._last_click: QPointF | None = None
        self._last_double: tuple[int, int] | None = None
        self._chosen: tuple[int, int] | None = None
        """What was selected when the button last went down."""
        self._double_at = (0.0, QPointF())
        self._wheel = 0
        self._over: Annotation | Suggestion | None = None
        self._at = QPointF()
        self._hover = self._timer(_HOVER_MS, self._show_hover)
        self._tooltip = self._timer(_TOOLTIP_MS, self._show_tooltip)
        self._scroller = QTimer(view)
        self._scroller.setInterval(_AUTOSCROLL_MS)
        self._scroller.timeout.connect(self._auto_scroll)

    def _timer(self, interval: int, shows: object) -> QTimer:
        timer = QTimer(self._view)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(shows)
        return timer

    # -- buttons ----------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Take in that a button went down."""
        view = self._view
        if event.button() != Qt.MouseButton.LeftButton or view.contents is None:
            return
        self._stop_hover()
        self._chosen = view.selected_range()
        point = view.in_document(event.position())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and not view.armed:
            self._linking = next(iter(view.marks_at(point)), None)
            self._linking_from = point
            if self._linking is not None:
                return
        if self._is_triple(event.position()):
            self._select_sentence(point)
            return
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        by_character = alt != view.selects_characters
        self._pressed = _Press(
            point, view.lines.offset_at(point), self._handle_at(point), by_character
        )
        self._dragging = False

    def move(self, event: QMouseEvent) -> None:
        """Take in that the pointer moved, with or without the button."""
        self._at = event.position()
        if self._linking is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._draw_link(self._linking, event.position())
            return
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover_over(event.position())
            return
        point = self._view.in_document(event.position())
        if not self._dragging:
            distance = (point - self._pressed.point).manhattanLength()
            if distance < QApplication.startDragDistance():
                return
            self._dragging = True
            self._view.overlays.set_quiet(quiet=True)
            marks = self._view.marks_at(self._pressed.point)
            self._carried = marks[0] if marks and self._pressed.handle is None else None
        if self._carried is not None and leaves(self._view.viewport(), event.position()):
            self._carry(self._carried)
            return
        self._drag_to(point)
        outside = not 0 <= event.position().y() < self._view.viewport().height()
        if outside and not self._scroller.isActive():
            self._scroller.start()
        elif not outside:
            self._scroller.stop()

    def release(self, event: QMouseEvent) -> None:
        """Take in that a button went up."""
        pressed, dragged = self._pressed, self._dragging
        if self._linking is not None:
            self._link(self._linking, event)
            return
        if event.button() != Qt.MouseButton.LeftButton or pressed is None:
            return
        self._pressed, self._dragging, self._carried = None, False, None
        self._scroller.stop()
        point = self._view.in_document(event.position())
        if dragged:
            self._drop(pressed, point)
        else:
            self._click(point, event)
        self._view.overlays.set_quiet(quiet=False)

    def double_click(self, event: QMouseEvent) -> None:
        """Select the word; the second double-click on it tags it, where it is selected still."""
        view = self._view
        if event.button() != Qt.MouseButton.LeftButton or view.contents is None:
            return
        self._pressed = None
        word = self._word_at(view.in_document(event.position()))
        self._double_at = monotonic(), event.position()
        if word is None:
            return
        again = view.tags_at_once or word == self._last_double == self._chosen
        self._last_double = word
        view.set_range(*word)
        view.set_sentence(view.text.sentence_at(word[0]))
        if again:
            self._last_double = None
            view.tag_selection(view.guess)
        else:
            view.hints.take_selection()

    def point_out(self, position: QPoint) -> None:
        """Select what lies under the right mouse button, unless it is selected already."""
        view = self._view
        self._stop_hover()
        QToolTip.hideText()  # it would lie over the menu
        point = view.in_document(QPointF(position))
        marks, suggestion = view.marks_at(point), view.suggestion_at(point)
        offset, chosen = view.lines.offset_at(point), view.selected_range()
        if chosen is not None and chosen[0] <= offset <= chosen[1]:
            return
        view.clear_range()
        if suggestion is not None and suggestion == view.selected_suggestion:
            return
        if any(mark.id == view.selected_id() for mark in marks):
            return
        if suggestion is not None:
            view.select_suggestion(suggestion, scroll=False)
        elif marks:
            self._click_mark(marks[0])
        else:
            self._click_text(point)

    def leave(self) -> None:
        """Take in that the pointer left the text."""
        self._stop_hover()

    def zoom(self, event: QWheelEvent) -> None:
        """Take in that the wheel turned with Ctrl."""
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / _NOTCH)
        if steps:
            self._wheel -= steps * _NOTCH
            self._view.zoom_requested.emit(steps)
        event.accept()

    # -- clicks -----------------------------------------------------------------------------------

    def _click(self, point: QPointF, event: QMouseEvent) -> None:
        view = self._view
        if (chip := view.scene.plan.chip_at(point)) is not None and (
            jump := view.index.get(chip.target) or view.suggestions.get(chip.target)
        ):
            view.reveal(jump.start, jump.end)
            return
        marks = view.marks_at(point)
        if view.armed is not None:
            self._fill(marks)
            return
        suggestion = view.suggestion_at(point)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and view.selected is not None:
            self._stretch(view.lines.offset_at(point))
            return
        if suggestion is not None and not (marks and suggestion == view.selected_suggestion):
            view.select_suggestion(suggestion, scroll=False)
        elif not marks:
            self._click_text(point)
        else:
            self._click_mark(self._choose(marks, point))
        self._last_click = point

    def _fill(self, marks: list[Annotation]) -> None:
        view, role = self._view, self._view.armed
        if role is None or not marks:
            view.arm_role(None)
            return
        fitting = next((mark for mark in marks if mark.type in role.targets), marks[0])
        view.fill(fitting.id)

    def _choose(self, marks: list[Annotation], point: QPointF) -> Annotation:
        """Return the innermost mark, or the next outer one where the same spot is clicked again."""
        ids = [mark.id for mark in marks]
        last, selected = self._last_click, self._view.selected_id()
        if last is None or selected not in ids or (point - last).manhattanLength() > _SAME_SPOT:
            return marks[0]
        return marks[(ids.index(selected) + 1) % len(marks)]

    def _click_mark(self, mark: Annotation) -> None:
        view = self._view
        view.select(mark.id, scroll=False)
        view.set_sentence(view.text.sentence_at(mark.start))
        view.annotation_clicked.emit(mark.id)

    def _click_text(self, point: QPointF) -> None:
        view = self._view
        offset = snap_to_grapheme(view.text.text, view.lines.offset_at(point))
        view.select(None)
        view.select_suggestion(None)
        view.set_range(offset, offset)
        view.set_sentence(view.text.sentence_at(offset) if view.text.rows else None)

    def _stretch(self, offset: int) -> None:
        view, mark = self._view, self._view.selected
        if mark is None or view.refuse_writing():
            return
        fragments = [(f.start, f.end) for f in mark.fragments]
        moved = stretch_to(view.text.text, (mark.start, mark.end), offset)
        self._request(mark, fragments, moved)

    def _request(
        self, mark: Annotation, fragments: list[tuple[int, int]], moved: tuple[int, int]
    ) -> None:
        """Ask for a mark to reach from one offset to another; gaps inside stay."""
        start, end = moved
        kept = [(max(a, start), min(b, end)) for a, b in fragments if a < end and b > start]
        if not kept:
            kept = [moved]
        kept[0] = start, kept[0][1]
        kept[-1] = kept[-1][0], end
        if kept != fragments:
            self._view.fragments_requested.emit(mark.id, tuple(kept))

    def _is_triple(self, position: QPointF) -> bool:
        at, where = self._double_at
        near = (position - where).manhattanLength() <= _SAME_SPOT
        return near and (monotonic() - at) * 1000 < QApplication.doubleClickInterval()

    def _select_sentence(self, point: QPointF) -> None:
        view = self._view
        self._double_at = 0.0, QPointF()
        self._last_double = None
        sentence = view.text.sentence_at(view.lines.offset_at(point)) if view.text.rows else None
        if sentence is not None:
            view.set_range(*sentence)
            view.set_sentence(sentence)

    # -- drags ------------------------------------------------------------------------------------

    def _drag_to(self, point: QPointF) -> None:
        pressed, view = self._pressed, self._view
        if pressed is None:
            return
        chosen = self._dragged(pressed, point)
        view.set_range(*(chosen or (pressed.offset, pressed.offset)), in_text=chosen is not None)

    def _dragged(self, pressed: _Press, point: QPointF) -> tuple[int, int] | None:
        """Return what a drag to a point selects, or what a dragged handle makes of the mark."""
        whole, lines = self._view.text.text, self._view.lines
        offset = lines.offset_at(point)
        if pressed.handle is not None:
            return self._resized(pressed, offset)
        if pressed.by_character:
            first, last = sorted((pressed.offset, offset))
        else:
            first, last = sorted((lines.character_at(pressed.point), lines.character_at(point)))
            first, last = snap_to_words(whole, first, min(len(whole), last + 1))
        first, last = snap_to_grapheme(whole, first), snap_to_grapheme(whole, last)
        if first == last:
            return None
        return (first, last) if offset >= pressed.offset else (last, first)

    def _resized(self, pressed: _Press, offset: int) -> tuple[int, int] | None:
        mark, whole = self._view.selected, self._view.text.text
        if mark is None:
            return None
        by_character = pressed.by_character or bool(
            QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier
        )
        word = None if by_character else word_at(whole, offset)
        if pressed.handle == "end":
            end = word[1] if word else snap_to_grapheme(whole, offset)
            return (mark.start, end) if end > mark.start and offset > mark.start else None
        start = word[0] if word else snap_to_grapheme(whole, offset)
        return (start, mark.end) if start < mark.end and offset < mark.end else None

    def _drop(self, pressed: _Press, point: QPointF) -> None:
        view, mark = self._view, self._view.selected
        if pressed.handle is None:
            self._drag_to_end(pressed, point)
            return
        chosen = self._resized(pressed, view.lines.offset_at(point))
        view.clear_range()
        if chosen is not None and mark is not None:
            self._request(mark, [(f.start, f.end) for f in mark.fragments], chosen)

    def _drag_to_end(self, pressed: _Press, point: QPointF) -> None:
        chosen = self._dragged(pressed, point)
        self._last_double = None
        if chosen is not None:
            self._view.set_range(*chosen)
            self._view.set_sentence(self._view.text.sentence_at(min(chosen)))
            self._view.hints.take_selection()

    def _auto_scroll(self) -> None:
        view = self._view
        beyond = self._at.y() - view.viewport().height() if self._at.y() > 0 else self._at.y()
        view.verticalScrollBar().setValue(view.scroll_y + round(max(-40, min(40, beyond))))
        self._drag_to(view.in_document(self._at))

    def _handle_at(self, point: QPointF) -> Literal["start", "end"] | None:
        view, mark = self._view, self._view.selected
        if mark is None or view.read_only or view.armed is not None:
            return None
        found: list[tuple[float, Literal["start", "end"]]] = []
        for part in view.lines.parts(mark):
            if part.opens:
                away = handle_at(part, view.lines.metrics, start=True) - point
                found.append((max(abs(away.x()), abs(away.y())), "start"))
            if part.closes:
                away = handle_at(part, view.lines.metrics, start=False) - point
                found.append((max(abs(away.x()), abs(away.y())), "end"))
        near = [entry for entry in found if entry[0] <= _HANDLE]
        return min(near)[1] if near else None

    def _word_at(self, point: QPointF) -> tuple[int, int] | None:
        from app.model.structure import phrase_at  # its patterns would delay the start

        whole, offset = self._view.text.text, self._view.lines.offset_at(point)
        word = phrase_at(whole, offset)
        if word is None and offset < len(whole) and not whole[offset].isspace():
            return offset, next_character(whole, offset)
        return word

    # -- links ------------------------------------------------------------------------------------

    def _draw_link(self, source: Annotation, position: QPointF) -> None:
        """Draw a line from the mark a link begins at to the pointer."""
        view, point = self._view, self._view.in_document(position)
        if leaves(view.viewport(), position):
            self._carry(source)
            return
        view.scene.rubber = self._linking_from, point
        view.set_hovered(next((m for m in view.marks_at(point) if m.id != source.id), None))
        view.viewport().update()

    def _end_link(self) -> None:
        view, self._linking = self._view, None
        if view.scene.rubber is not None:
            view.scene.rubber = None
            view.set_hovered(None)
            view.viewport().update()

    def _link(self, source: Annotation, event: QMouseEvent) -> None:
        """Offer the links between the mark where the button went down and the one under it now."""
        view, point = self._view, self._view.in_document(event.position())
        self._end_link()
        target = next((mark for mark in view.marks_at(point) if mark.id != source.id), None)
        if target is None:
            if any(mark.id == source.id for mark in view.marks_at(point)):
                self._click_mark(source)
            return
        if view.refuse_writing():
            return
        view.select(source.id, scroll=False)
        roles = role_menu(view, source, target)
        if roles.isEmpty():
            view.message.emit("The codebook has no link between these two")
        show(roles, event.globalPosition().toPoint())

    def _carry(self, mark: Annotation) -> None:
        """Let a mark that was dragged out of the text be dropped onto a slot."""
        self._pressed, self._dragging, self._carried = None, False, None
        self._scroller.stop()
        self._end_link()
        self._view.clear_range()
        self._view.overlays.set_quiet(quiet=False)
        if not self._view.refuse_writing():
            carry(self._view, mark)

    # -- hovering ---------------------------------------------------------------------------------

    def _hover_over(self, position: QPointF) -> None:
        view = self._view
        point = view.in_document(position)
        on_handle = self._handle_at(point)
        over: Annotation | Suggestion | None = view.suggestions.get(view.suggestion_at(point) or "")
        over = over or next(iter(view.marks_at(point)), None)
        shape = Qt.CursorShape.IBeamCursor if view.text.rows else Qt.CursorShape.ArrowCursor
        if on_handle:
            shape = Qt.CursorShape.SizeHorCursor
        elif over is not None or view.scene.plan.chip_at(point):
            shape = Qt.CursorShape.PointingHandCursor
        view.viewport().setCursor(shape)
        if over is not self._over:
            self._stop_hover()
            self._over = over
            if over is not None:
                self._hover.start()
                self._tooltip.start()

    def _stop_hover(self) -> None:
        self._over = None
        self._hover.stop()
        self._tooltip.stop()
        self._view.set_hovered(None)

    def _show_hover(self) -> None:
        if isinstance(self._over, Annotation):
            self._view.set_hovered(self._over)

    def _show_tooltip(self) -> None:
        view, over = self._view, self._over
        if QApplication.activePopupWidget() is not None:
            return
        if over is not None and view.contents is not None and view.codebook is not None:
            if isinstance(over, Annotation):
                words = tooltip(view.contents, view.codebook, over)
            else:
                words = suggestion_tooltip(view.codebook, over.type, over.reason)
            place = view.viewport().mapToGlobal(self._at.toPoint() + QPoint(0, 18))
            QToolTip.showText(place, words, view.viewport())
