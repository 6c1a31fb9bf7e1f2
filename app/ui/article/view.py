"""The article view: the text with every mark, where annotators read, select and tag.

A read-only text widget with a layout and painting of our own, so that caret, selection and the text
interface for assistive technology stay Qt's. Offsets are code points everywhere but in the cursor.
"""

from collections.abc import Collection, Iterable, Sequence
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.model.annotation import Annotation
from app.model.changes import Change
from app.model.codebook import Codebook, Role
from app.model.contents import ArticleContents
from app.model.suggestion import Suggestion
from app.model.text import snap_to_grapheme, trim, word_at
from app.ui.article.accessible import MarkList
from app.ui.article.fade import Fade
from app.ui.article.hints import Goal, Hints
from app.ui.article.keyboard import Keyboard
from app.ui.article.loose import as_mark
from app.ui.article.marks import short_name
from app.ui.article.menu import context_menu, show
from app.ui.article.overlays import Overlays
from app.ui.article.page import Page
from app.ui.article.paint import Looks
from app.ui.article.pointer import Pointer
from app.ui.article.relations import Plan, links_of, plan, suggested_links_of
from app.ui.keymap import Keymap
from app.ui.theme import Theme

_MANY = 50
"""Marks beyond which painting the window anew is cheaper than finding each."""


if TYPE_CHECKING:
    from app.ui.article.find_bar import FindBar


class ArticleView(Page):
    """Shows one article and says what the annotator wants done to it."""

    sentence_changed = Signal()
    """The reading bar stands at another sentence."""
    annotation_selected = Signal(object)
    """The id of the mark that is selected now, or None."""
    annotation_clicked = Signal(str)
    """A mark was clicked, also when it was selected already."""
    tag_requested = Signal(str, object)
    """Type name and ranges: `((start, end), ...)`."""
    linked_tag_requested = Signal(str, object, str, str)
    """Type name and ranges of a new mark, and the id and role of the mark whose slot it fills."""
    fragments_requested = Signal(str, object)
    """Id and the ranges the mark is to have."""
    delete_requested = Signal(str)
    type_requested = Signal(str, str)
    relation_requested = Signal(str, str, str)
    """Ids of source and target with the role's name between them."""
    role_requested = Signal(str)
    """The key of a role or evidence field of the selected mark was pressed."""
    role_cleared = Signal(str, str)
    """Id of the selected mark and the role that is to be empty."""
    links_requested = Signal(str, object)
    """Id of a mark and the guesses to be taken: `((role, target id), ...)`."""
    alike_requested = Signal(str)
    suggestions_alike_requested = Signal(str, bool)
    """Id of a suggestion: all with the same words and type are to be accepted, or rejected."""
    record_requested = Signal(str, str)
    """Id of a mark and of the registry record it mentions; an empty one takes the record away."""
    certainty_requested = Signal(str)
    """Id of a mark: what is sure is to be unsure, and the other way round."""
    edit_requested = Signal()
    comment_requested = Signal()
    action_requested = Signal(str)
    """A key that belongs to an action of the window was pressed in the text."""
    suggestion_selected = Signal(object)
    """The id of the suggestion that is selected now, or None."""
    suggestion_verdict = Signal(str, bool)
    """Id of a suggestion, and whether it is to be accepted rather than rejected."""
    selection_changed = Signal(object)
    """The freshly selected range, or None."""
    zoom_requested = Signal(int)
    message = Signal(str)
    annotation_entered = Signal(str)
    """A mark in words, for the ear: it was selected, or the caret came into it."""
    review_left = Signal()
    """Esc, where nothing else is to be left first."""
    marks_changed = Signal()
    """Marks, their colours or the selected one changed: the strip has to look again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contents: ArticleContents | None = None
        self.codebook: Codebook | None = None
        self.suggestions: dict[str, Suggestion] = {}
        self.unread: Sequence[tuple[int, int]] = ()
        """Stretches that were never on the screen, in reading order: they are open points."""
        self._high_contrast = self._letters_on_marks = False
        self.keymap = Keymap(parent=self)
        self.read_only = False
        self.reviewing = False
        """Whether one goes from suggestion to suggestion: the keys for open points do, too."""
        self.selects_characters = False
        """Whether dragging selects characters, and words with Alt, rather than the other way."""
        self.tags_at_once = False
        """Whether the first double-click on words tags them, rather than the second."""
        self.armed: Role | None = None
        self.guess = ""
        self.edge = "end"
        self.caret: int | None = None
        self.in_text = False
        self._anchor = 0
        self.marks = MarkList(self)
        self.find_bar: FindBar | None = None
        self._entered: str | None = None
        self.hints = Hints(self)
        self.overlays = Overlays(self)
        self._keyboard = Keyboard(self)
        self._pointer = Pointer(self)
        self._fade = Fade(self)
        self.cursorPositionChanged.connect(self._adopt_cursor)
        self.selectionChanged.connect(self._adopt_cursor)

    # -- what is shown ----------------------------------------------------------------------------

    def load(self, contents: ArticleContents, codebook: Codebook) -> None:
        """Show an article from its beginning, nothing selected."""
        self.contents, self.codebook = contents, codebook
        if codebook.type(self.guess) is None:
            self.guess = next((t.name for t in codebook.types if not t.archived), "")
        self._look(self._scene.looks.theme)
        self._scene.incomplete = frozenset()
        self.unread = ()
        self._show()

    @override
    def clear(self) -> None:
        """Show nothing."""
        self.contents = None
        self._show()

    def _show(self) -> None:
        had = self.selected_id()
        self.hints.end()
        self.arm_role(None)
        self._scene.selected = self._scene.hovered = None
        self._scene.range = self._scene.caret = self._scene.sentence = None
        self._scene.found, self._scene.found_now = (), None
        self._show_bookmarks()
        self.suggestions = {}
        self.select_suggestion(None)
        self.caret, self.in_text, self.edge = None, False, "end"
        types = self.codebook.types if self.codebook else ()
        self.show_text(
            self.contents.article if self.contents else None,
            self.contents.annotations if self.contents else (),
            frozenset(t.name for t in types if t.underline == "lane"),
        )
        if had is not None:
            self.annotation_selected.emit(None)
        self.marks_changed.emit()
        if self.find_bar is not None:
            self.find_bar.refresh()

    def apply(self, change: Change) -> None:
        """Take in a change that the contents know already; only its paragraphs are laid again."""
        if self.contents is None:
            return
        article, rows = self.contents.article, set[int]()
        self._show_bookmarks()
        accepted = self._accepted(change)
        for gone in change.removed_annotations:
            rows |= self.index.drop(gone)
        for annotation in change.annotations:
            if annotation.article == article.id:
                rows |= self.index.put(annotation)
        if any(changed.id == article.id for changed in change.articles):
            self._header.load(article, rtl=self._lines.rtl)
            self.relayout()
        elsewhere = bool(
            change.relations or change.removed_relations or change.records or change.articles
        )
        with self._steady():
            higher = self._lines.touch(rows)
        self.forget_rows(rows)
        selected = self.selected_id()
        self._scene.selected = self.index.get(selected)
        self._scene.hovered = None
        if higher or elsewhere or self.armed is not None:
            self.refresh()
        else:
            self.update_rows(rows)
            self._refresh_plan()
        if selected is not None and self._scene.selected is None:
            self.arm_role(None)
            self.annotation_selected.emit(None)
        if rows:
            self.marks_changed.emit()
        if accepted:
            self._fade.begin(accepted)

    def _show_bookmarks(self) -> None:
        bookmarks = self.contents.bookmarks if self.contents else ()
        offsets = tuple(bookmark.offset for bookmark in bookmarks)
        if offsets != self._scene.bookmarks:
            self._scene.bookmarks = offsets
            self.viewport().update()

    def _accepted(self, change: Change) -> list[str]:
        """Return the new marks of a change that were suggested."""
        over = self._lines.loose.get("suggested")
        return [
            mark.id
            for mark in change.annotations
            if over is not None
            and self.index.get(mark.id) is None
            and any(
                (each.type, each.fragments) == (mark.type, mark.fragments)
                for each in over.covering(mark.start)
            )
        ]

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._look(theme)
        self.overlays.set_theme(theme)
        if self.find_bar is not None:
            self.find_bar.set_theme(theme)
        self._redraw()

    def _look(self, theme: Theme) -> None:
        outlined, letters = self._high_contrast, self._letters_on_marks
        self._scene.looks = Looks(theme, self.codebook, outlined=outlined, letters=letters)

    def set_letters_on_marks(self, on: bool) -> None:
        """Say whether each mark carries the letter of its type; in high contrast all do."""
        self._letters_on_marks = on
        self._look(self._scene.looks.theme)
        self._redraw()

    def set_high_contrast(self, on: bool) -> None:
        """Say whether marks are outlines without fills, as the desktop's high contrast asks."""
        self._high_contrast = on
        self._look(self._scene.looks.theme)
        self._redraw()

    def set_reduced_motion(self, on: bool) -> None:
        """Say whether nothing may fade or move of itself."""
        self._fade.reduced = on

    def set_read_only(self, read_only: bool) -> None:
        """Say whether marks may be changed. Reading, selecting and copying always work."""
        self.read_only = read_only
        self._scene.handles = not read_only
        self.overlays.refresh()
        self.viewport().update()

    def set_keymap(self, keymap: Keymap) -> None:
        """Obey the keys as a person set them."""
        self.keymap = keymap

    def run(self, action_id: str) -> None:
        """Do what an action of the table does in the text."""
        self._keyboard.run(action_id)

    def set_zoom(self, percent: int) -> None:
        """Scale text, marks and column."""
        self._zoom = percent / 100
        self._apply_font()
        self.relayout()

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
            changed, self._scene.incomplete = ids ^ self._scene.incomplete, frozenset(ids)
            if len(changed) > _MANY:
                self._canvas.tiles.forget()
                self.viewport().update()
            else:
                marks = [self.index.get(mark) for mark in changed]
                self.forget_marks(*marks)
                self._update_marks(*marks)

    def set_suggestions(self, suggestions: Iterable[Suggestion]) -> None:
        """Show suggestions over the text; the selected one stays so as long as it is there."""
        self.suggestions = {each.id: each for each in suggestions}
        self._lines.set_loose("suggested", map(as_mark, self.suggestions.values()))
        if self.selected_suggestion not in self.suggestions:
            self.select_suggestion(None)
        self._redraw()

    def change_suggestions(self, gone: Collection[str], found: Collection[Suggestion]) -> None:
        """Take suggestions away and show others, beside all those that stay."""
        for each in gone:
            self.suggestions.pop(each, None)
        self.suggestions.update({each.id: each for each in found})
        self._lines.change_loose("suggested", gone, map(as_mark, found))
        if self.selected_suggestion not in self.suggestions:
            self.select_suggestion(None)
        self._redraw()

    def set_other_marks(self, marks: Iterable[Annotation]) -> None:
        """Show marks of other annotators over the text."""
        self._lines.set_loose("others", marks)
        self._redraw()

    @property
    def selected_suggestion(self) -> str | None:
        """The id of the selected suggestion. Mark and suggestion are never selected together."""
        return self._scene.suggestion

    def select_suggestion(self, suggestion_id: str | None, *, scroll: bool = True) -> None:
        """Select a suggestion (or none) and bring it into view; no mark is selected then."""
        chosen = self.suggestions.get(suggestion_id) if suggestion_id else None
        if chosen is not None:
            self.select(None)
        if (chosen.id if chosen else None) == self._scene.suggestion:
            return
        before = self.suggestions.get(self._scene.suggestion or "")
        self._scene.suggestion = chosen.id if chosen else None
        for each in (before, chosen):
            if each is not None:
                self.forget_marks(as_mark(each))
                self.update_span((each.fragments[0].start, each.fragments[-1].end))
        if chosen is not None:
            start, end = chosen.fragments[0].start, chosen.fragments[-1].end
            self.set_range(start, start, in_text=False)
            if scroll:
                self.reveal(start, end)
        self._refresh_plan()
        self.suggestion_selected.emit(self._scene.suggestion)
        self.marks_changed.emit()

    def _redraw(self) -> None:
        self._lines.forget_drawings()
        self._canvas.tiles.forget()
        self.refresh()
        self.marks_changed.emit()

    @override
    def refresh(self) -> None:
        self._scene.plan = self._plan()
        self.overlays.refresh()
        super().refresh()

    def show_found(self, found: Sequence[tuple[int, int]], here: tuple[int, int] | None) -> None:
        """Paint what was found in the text, and the hit where the search stands."""
        self._scene.found, self._scene.found_now = found, here
        self._redraw()

    def find_words(self, step: int = 0) -> None:
        """Open the line that finds words; with a step go on to the next or previous hit."""
        if self.contents is None:
            return
        if self.find_bar is None:
            from app.ui.article.find_bar import FindBar

            self.find_bar = FindBar(self)
            self.find_bar.set_theme(self._scene.looks.theme)
        if step and self.find_bar.isVisible():
            self.find_bar.step(step)
            return
        before = self._scene.range
        self.find_bar.open()
        if step and before is not None and self._scene.found_now == before:
            self.find_bar.step(step)  # the hit that is selected was found last
        if step:
            self.clear_range()

    def _refresh_plan(self) -> None:
        """Look for the relations of the selected mark again, and paint where they were and are."""
        before, self._scene.plan = self._scene.plan, self._plan()
        for made in (before, self._scene.plan):
            if (extent := made.extent()) is not None:
                self.update_between(*extent)

    def _update_marks(self, *marks: Annotation | None) -> None:
        for mark in marks:
            self.update_span((mark.start, mark.end) if mark else None)

    def _update_caret(self) -> None:
        if (caret := self._scene.caret) is not None:
            self.update_span((caret, caret))

    @override
    def scrolls_simply(self) -> bool:
        still = self.selected is None and not self._scene.plan.targets
        return still and not self.overlays.visible()

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
        before = self._scene.selected
        changed = annotation is not before
        is_other = (annotation.id if annotation else None) != self.selected_id()
        if is_other:
            self.arm_role(None)
            self.edge = "end"
        self._scene.selected = annotation
        self._scene.hovered = None
        if annotation is not None:
            self.select_suggestion(None)
            self.set_range(annotation.start, annotation.start, in_text=False)
            if scroll:
                self.reveal(annotation.start, annotation.end)
        if changed:
            self.forget_marks(before, annotation)
            self._update_marks(before, annotation)
            self._refresh_plan()
            self.overlays.refresh()
        if is_other:
            self.annotation_selected.emit(self.selected_id())
            self.marks_changed.emit()

    def marks_shown(self) -> list[Annotation]:
        """Return the marks that are not filtered out, in reading order."""
        marks = self.contents.annotations if self.contents else ()
        return [mark for mark in marks if mark.type not in self._scene.hidden]

    def top_offset(self) -> int:
        """Return the offset at which what is seen begins; 0 where that is the title."""
        rows = self.text.rows
        if not rows or self.scroll_y <= 0:
            return 0
        return rows.starts[self._lines.row_at(self.scroll_y)]

    def reading_offset(self) -> int:
        """Return where one reads: the sentence of the bar while it is seen, else what is on top."""
        sentence, seen = self._scene.sentence, self.range_seen()
        if sentence is not None and seen is not None and seen[0] <= sentence[0] < seen[1]:
            return sentence[0]
        return self.top_offset()

    def begin_at(self, offset: int) -> None:
        """Let what is seen begin with the paragraph of an offset."""
        if self.text.rows:
            top = self._lines.top(self.text.rows.at(offset))
            self.verticalScrollBar().setValue(ceil(top))

    def paragraph_of(self, offset: int) -> int:
        """Return the number of the paragraph that holds an offset, as the gutter says it."""
        return self.text.rows.numbers[self.text.rows.at(offset)] if self.text.rows else 1

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
        before, changed = self._scene.range, chosen != self._scene.range
        for span in (before, chosen) if changed else ():
            self.update_span(span)
        self._update_caret()
        self._scene.range = chosen
        self._scene.caret = caret if in_text and self.hasFocus() else None
        self._update_caret()
        self._sync_cursor()
        self.overlays.refresh()
        if changed:
            self.selection_changed.emit(chosen)
        self._enter()

    def _enter(self) -> None:
        """Tell the ear of the innermost mark at the caret, or of the selected one, once."""
        here = self.selected
        if self.in_text and self.caret is not None:
            around = [
                m for m in self.index.covering(self.caret) if m.type not in self._scene.hidden
            ]
            here = around[0] if around else None
        entered = here.id if here is not None else None
        if entered != self._entered:
            self._entered = entered
            if here is not None and QAccessible.isActive():
                self.annotation_entered.emit(self.marks.describe(here))

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
        """Return the offset where reading stands: caret, else sentence, else what is seen."""
        if self.caret is not None:
            return self.caret
        if self._scene.sentence is not None:
            return self._scene.sentence[0]
        rows = self.text.rows
        return rows.starts[self._lines.row_at(self.scroll_y)] if rows else 0

    def set_sentence(self, sentence: tuple[int, int] | None) -> None:
        """Move the reading bar."""
        if sentence != self._scene.sentence:
            self.update_span(self._scene.sentence)
            self.update_span(sentence)
            self._scene.sentence = sentence
            self.sentence_changed.emit()

    def go_to_sentence(self, sentence: tuple[int, int] | None, *, scroll: bool = True) -> None:
        """Go to a sentence: the bar, the caret and the letters; what is selected stays so."""
        if sentence is not None:
            self.set_sentence(sentence)
            self.set_range(sentence[0], sentence[0], in_text=False)
            if scroll:
                self.reveal(*sentence)
            self.hints.follow()

    def read_on(self, sentence: tuple[int, int] | None, *, scroll: bool = True) -> None:
        """Go to a sentence, nothing selected."""
        self.select(None)
        self.select_suggestion(None)
        self.go_to_sentence(sentence, scroll=scroll)

    def read_on_at(self, offset: int) -> None:
        """Read on at the sentence of an offset, nothing selected."""
        self.read_on(self.text.sentence_at(offset))

    def set_hovered(self, annotation: Annotation | None) -> None:
        """Outline the mark under the pointer."""
        if annotation is not self._scene.hovered:
            self._update_marks(self._scene.hovered, annotation)
            self._scene.hovered = annotation

    def tag_selection(self, type_name: str) -> None:
        """Ask for a mark on the selected text, or on the word at the caret."""
        if (ranges := self._ranges_to_tag()) is not None:
            self.guess = type_name
            self.tag_requested.emit(type_name, ranges)

    def tag_or_hint(self, type_name: str, *, repeat: bool = False) -> None:
        """Tag the selected text; where none is selected, or to go on, show letters on the words."""
        span_type = self.codebook.type(type_name) if self.codebook else None
        if span_type is None or self.refuse_writing():
            return
        chosen = self._scene.range is not None
        if chosen:
            self.tag_selection(type_name)
        if repeat or not chosen:
            self.hints.begin(Goal(span_type, repeat=repeat))

    def tag_into(self, role: Role) -> None:
        """Ask for a mark on the selected text that fills a role of the selected mark."""
        source = self.selected
        if source is not None and (ranges := self._ranges_to_tag()) is not None:
            self.linked_tag_requested.emit(role.targets[0], ranges, source.id, role.name)
            self.clear_range()

    def _ranges_to_tag(self) -> tuple[tuple[int, int]] | None:
        if self.refuse_writing():
            return None
        chosen = self._scene.range or word_at(self.text.text, self.place())
        start, end = trim(self.text.text, *chosen) if chosen else (0, 0)
        if start == end:
            self.message.emit("Select the words to tag first")
            return None
        return ((start, end),)

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
            self.refresh()

    def open_slot(self, role: Role) -> None:
        """Let the next mark, or the selected words, fill a role of the selected mark."""
        if self.refuse_writing():
            return
        if self.selected_range() is not None:
            self.tag_into(role)
            return
        self.role_requested.emit(role.name)
        self.setFocus()
        self.arm_role(role)

    def fill(self, target: str) -> None:
        """Ask for the armed role to be filled with a mark, and wait no longer."""
        role, source = self.armed, self.selected
        found = self.index.get(target)
        if role is None or source is None or found is None or self.codebook is None:
            return
        if found.type not in role.targets or found.id == source.id:
            wanted = " or ".join(
                t.label.lower() for t in self.codebook.types if t.name in role.targets
            )
            self.message.emit(f"{role.label} takes a mark of type {wanted}")
            return
        self.arm_role(None)
        self.relation_requested.emit(source.id, role.name, target)

    def type_name(self) -> None:
        """Leave the choice of the armed role to typing in the form."""
        if (role := self.armed) is not None:
            self.arm_role(None)
            self.role_requested.emit(role.name)

    def guesses(self) -> tuple[tuple[str, str], ...]:
        """Return what is guessed for the empty slots of the selected mark: (role, target id)."""
        selected, codebook = self.selected, self.codebook
        if selected is None or codebook is None or self.contents is None:
            return ()
        from app.model.guess import guesses  # its patterns would delay the start

        return guesses(self.contents, codebook, selected.id)

    def _plan(self) -> Plan:
        """Return where the relations of the selected mark or suggestion are drawn."""
        contents, codebook, lines = self.contents, self.codebook, self._lines
        source = self.selected or self.suggestions.get(self._scene.suggestion or "")
        if source is None or contents is None or codebook is None:
            return Plan()
        span_type = codebook.type(source.type)
        self._scene.letter = span_type.letter if span_type else "?"
        if isinstance(source, Suggestion):
            links = suggested_links_of(source, contents, codebook, lines, seen=self.seen)
            parts = lines.parts(as_mark(source), "suggested")
        else:
            links = links_of(source, contents, codebook, lines, seen=self.seen)
            parts = lines.parts(source)
        letters_instead = self.armed is not None or self.hints.active
        return plan(
            parts,
            () if letters_instead else [k for k in links if k.type not in self._scene.hidden],
            lines.metrics,
            column=lines.column,
            rtl=lines.rtl,
            seen=self.seen,
        )

    # -- Qt ---------------------------------------------------------------------------------------

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
            self.set_range(
                offsets.to_code_points(cursor.anchor()), offsets.to_code_points(cursor.position())
            )

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self._quote())
        return data

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.setAccepted(self._keyboard.press(event))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.contents is None:
            return
        here = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._pointer.point_out(here)
        else:
            here = self._below_selected()
        offset = self._lines.offset_at(self.in_document(QPointF(here)))
        show(context_menu(self, offset), self.viewport().mapToGlobal(here))

    def _below_selected(self) -> QPoint:
        """Return where a menu opened by a key stands: below what is selected."""
        start = self.selected.start if self.selected is not None else self.place()
        caret = self._lines.caret(start)
        below = QPointF(caret.x(), caret.bottom() - self.scroll_y).toPoint()
        port = self.viewport().rect()
        return below if port.contains(below) else port.center()

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

    def _refresh_slot(self) -> None:
        """Show or take away letters: they are keys only with the focus."""
        if self.armed is not None or self.hints.active:
            self.overlays.refresh()
            self.viewport().update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._refresh_slot()
        self._scene.caret = self.caret if self.in_text else None
        self._update_caret()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._refresh_slot()
        self._update_caret()
        self._scene.caret = None
