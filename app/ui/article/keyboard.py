"""What the keys do in the article."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent

from app.model.annotation import Annotation
from app.model.suggestion import Suggestion
from app.model.text import trim
from app.ui.article import moves
from app.ui.article.hints import Goal
from app.ui.article.keys import pressed

if TYPE_CHECKING:
    from app.ui.article.view import ArticleView

_BEYOND = 1 << 40
"""Longer than any mark: what starts where the caret stands comes behind the caret."""

_NO_MARK = "Select a mark first"
_ONCE = frozenset({"tag", "retype", "delete", "edit", "comment"})
"""What a key held down does only once."""


class Keyboard:
    """Turns keys into movements and wishes of a view."""

    def __init__(self, view: "ArticleView") -> None:
        self._view = view
        self._origin = 0
        self._grown: tuple[int, int] | None = None
        """What `V` selected last, from the origin on."""
        self._do: dict[str, Callable[[], None]] = {
            "next-sentence": lambda: self._sentence(forwards=True),
            "previous-sentence": lambda: self._sentence(forwards=False),
            "next-mark": lambda: self._mark(forwards=True),
            "previous-mark": lambda: self._mark(forwards=False),
            "first-mark": lambda: self._end_mark(0),
            "last-mark": lambda: self._end_mark(-1),
            "next-open": lambda: self._open_point(forwards=True),
            "previous-open": lambda: self._open_point(forwards=False),
            "next-word": lambda: self._caret(moves.next_word_start),
            "previous-word": lambda: self._caret(moves.previous_word_start),
            "widen": self._widen,
            "narrow": self._narrow,
            "add-fragment": self._add_fragment,
            "alike": self._alike,
            "unsure": self._unsure,
            "accept": self._accept,
            "reject": self._reject,
            "reject-alike": self._reject_alike,
            "extend-right": lambda: self._extend(right=True, far=False),
            "extend-left": lambda: self._extend(right=False, far=False),
            "extend-far-right": lambda: self._extend(right=True, far=True),
            "extend-far-left": lambda: self._extend(right=False, far=True),
            "outer-mark": lambda: self._overlap(outwards=True),
            "inner-mark": lambda: self._overlap(outwards=False),
            "start-edge": lambda: self._choose_edge("start"),
            "end-edge": lambda: self._choose_edge("end"),
            "edit": view.edit_requested.emit,
            "comment": self._comment,
            "delete": self._delete,
            "copy": view.copy_quote,
            "page-down": lambda: self._page(+1),
            "page-up": lambda: self._page(-1),
            "document-start": lambda: self._read_at(0),
            "document-end": lambda: self._read_at(len(view.text.text)),
        }

    def press(self, event: QKeyEvent) -> bool:
        """Do what the pressed keys mean; tell whether they mean anything here."""
        view, keys = self._view, pressed(event)
        if not keys or view.contents is None:
            return False
        if view.hints.press(keys) or (view.armed is not None and self._press_armed(keys)):
            return True
        if view.keymap.obeys(keys) and self._tag(keys, once=event.isAutoRepeat()):
            return True
        command = view.keymap.article_action(keys)
        if command == "step-out":
            return self._step_out()
        if command is None:
            return view.keymap.obeys(keys) and self._slot(keys)
        if not (event.isAutoRepeat() and command in _ONCE):
            self.run(command)
        return True

    def run(self, command: str) -> None:
        """Do what an action of the table means; the window does those that are not the text's."""
        if command == "step-out":
            self._step_out()
        elif command in self._do:
            self._do[command]()
        else:
            self._view.action_requested.emit(command)

    # -- tagging ----------------------------------------------------------------------------------

    def _tag(self, keys: str, *, once: bool) -> bool:
        view, (held, _, digit) = self._view, keys.rpartition("+")
        types = view.codebook.types if view.codebook else ()
        found = next((t for t in types if t.key and t.key == digit and not t.archived), None)
        if found is None or held not in {"", "Shift", "Alt"}:
            return False
        if once:
            return True
        if held == "Shift":
            self._retype(found.name)
        else:
            view.tag_or_hint(found.name, repeat=bool(held))
        return True

    def _retype(self, type_name: str) -> None:
        view = self._view
        if view.selected is None:
            view.message.emit("Select a mark to change its type")
        elif not view.refuse_writing():
            view.type_requested.emit(view.selected.id, type_name)

    def _slot(self, keys: str) -> bool:
        view, letter = self._view, keys.removeprefix("Shift+")
        if view.codebook is None or len(letter) != 1:
            return False
        if view.selected is None:
            if is_role := any(role.key == letter for role in view.codebook.roles):
                view.message.emit(_NO_MARK)
            return is_role
        roles = view.codebook.roles_of(view.selected.type)
        if (role := next((r for r in roles if r.key == letter), None)) is not None:
            if letter == keys:
                view.open_slot(role)
            elif not view.refuse_writing():
                view.role_cleared.emit(view.selected.id, role.name)
            return True
        span_type = view.codebook.type(view.selected.type)
        fields = span_type.evidence if span_type else ()
        if (
            field := next((f for f in fields if f.key == keys and not f.archived), None)
        ) is not None:
            view.role_requested.emit(field.name)
            return True
        return False

    def _press_armed(self, keys: str) -> bool:
        view = self._view
        if (target := view.scene.letters.get(keys)) is not None:
            view.fill(target)
        elif keys in {"Return", "Enter"} and view.scene.guess is not None:
            view.fill(view.scene.guess)
        elif keys in {"0", "Esc"}:
            view.arm_role(None)
        elif keys == "/":
            view.type_name()
        elif len(keys) == 1 and keys.isalpha():
            view.message.emit(f"No mark has the letter {keys}")
        else:
            return False
        return True

    # -- walking ----------------------------------------------------------------------------------

    def _sentence(self, *, forwards: bool) -> None:
        view, rows = self._view, self._view.text.rows
        here = view.scene.sentence
        if not rows:
            return
        if here is None:
            found = view.text.sentence_at(view.place())
        else:
            found = self._next_sentence(here) if forwards else self._previous_sentence(here)
        view.go_to_sentence(found)

    def _next_sentence(self, here: tuple[int, int]) -> tuple[int, int] | None:
        text, row = self._view.text, self._view.text.rows.at(here[0])
        for n in range(row, len(text.rows)):
            found = next((s for s in text.sentences(n) if s[0] > here[0]), None)
            if found is not None:
                return found
        return None

    def _previous_sentence(self, here: tuple[int, int]) -> tuple[int, int] | None:
        text, row = self._view.text, self._view.text.rows.at(here[0])
        for n in range(row, -1, -1):
            found = next((s for s in reversed(text.sentences(n)) if s[0] < here[0]), None)
            if found is not None:
                return found
        return None

    def _mark(self, *, forwards: bool) -> None:
        view = self._view
        found = self._following(view.marks_shown(), forwards=forwards)
        if found is None:
            view.message.emit("No mark further on" if forwards else "No mark further back")
        self._go(found)

    def _following(
        self, marks: Sequence[Annotation], *, forwards: bool
    ) -> Annotation | Suggestion | None:
        """Return the next of some marks (in reading order) or of the suggestions.

        Next to what is selected, else to where reading stands.
        """
        view = self._view
        here: Annotation | Suggestion | None = view.selected
        if here is None:
            here = view.suggestions.get(view.selected_suggestion or "")
        at = _reading_order(here) if here is not None else (view.place(), -_BEYOND, "")
        near: list[Annotation | Suggestion] = []
        for stops in (marks, _in_order(view)):
            after = bisect_right(stops, at, key=_reading_order)
            place = after if forwards else bisect_left(stops, at, key=_reading_order) - 1
            if 0 <= place < len(stops):
                near.append(stops[place])
        if not near:
            return None
        return (min if forwards else max)(near, key=_reading_order)

    def _end_mark(self, place: int) -> None:
        if marks := self._view.marks_shown():
            self._go(marks[place])
        else:
            self._view.message.emit("No mark is shown in this article")

    def _overlap(self, *, outwards: bool) -> None:
        """Select the next longer or shorter of the marks over the start of the selected one."""
        view, here = self._view, self._view.selected
        offset = here.start if here is not None else view.place()
        hidden = view.scene.hidden
        marks = [mark for mark in view.index.covering(offset) if mark.type not in hidden]
        if here is None or here not in marks:
            self._go(marks[0] if marks else None)
            return
        place = marks.index(here) + (1 if outwards else -1)
        self._go(marks[place % len(marks)])

    def _open_point(self, *, forwards: bool) -> None:
        view = self._view
        if view.reviewing:
            self._next_suggestion(forwards=forwards)
            return
        marks = [mark for mark in view.marks_shown() if mark.id in view.scene.incomplete]
        found = self._following(marks, forwards=forwards)
        unread = self._unread(forwards=forwards)
        if found is None and unread is None:
            view.message.emit(
                "No open point further on" if forwards else "No open point further back"
            )
        is_nearer = unread is not None and (
            found is None or (unread < found.start if forwards else unread > found.start)
        )
        if unread is None or not is_nearer:
            self._go(found)
        else:
            view.read_on_at(unread)

    def _next_suggestion(self, *, forwards: bool) -> None:
        """Go to the next suggestion, or the one before; after the last one comes the first."""
        view, ordered = self._view, _in_order(self._view)
        if not ordered:
            return
        ids = [one.id for one in ordered]
        here = ids.index(view.selected_suggestion) if view.selected_suggestion in ids else -1
        view.select_suggestion(ids[(here + (1 if forwards else -1)) % len(ids)])

    def _unread(self, *, forwards: bool) -> int | None:
        """Return where the next stretch begins that was never on the screen, or the one before."""
        view = self._view
        here = view.selected.start if view.selected is not None else view.place()
        if forwards:
            return next((start for start, _ in view.unread if start > here), None)
        return next((start for start, _ in reversed(view.unread) if start < here), None)

    def _go(self, stop: Annotation | Suggestion | None) -> None:
        view = self._view
        if isinstance(stop, Annotation):
            view.select(stop.id)
        elif stop is not None:
            view.select_suggestion(stop.id)
        if stop is not None:
            view.set_sentence(view.text.sentence_at(stop.start))

    def _page(self, pages: int) -> None:
        bar, height = self._view.verticalScrollBar(), self._view.viewport().height()
        bar.setValue(bar.value() + pages * round(height - self._view.lines.metrics.line))
        seen = self._view.range_seen()
        if seen is not None:
            self._read_on(seen[0])

    def _read_at(self, offset: int) -> None:
        """Go to the beginning or the end of the article."""
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.maximum() if offset else 0)
        self._read_on(offset)

    def _read_on(self, offset: int) -> None:
        """Let reading stand at the first sentence behind an offset, nothing selected."""
        view = self._view
        sentence = view.text.sentence_at(offset)
        if sentence is not None and sentence[0] < offset:
            sentence = self._next_sentence(sentence) or sentence
        view.read_on(sentence, scroll=False)

    # -- the text ---------------------------------------------------------------------------------

    def _caret(self, move: Callable[[str, int], int]) -> None:
        view = self._view
        place = view.place() if view.caret is None else view.caret
        moved = move(view.text.text, place)
        view.set_range(moved, moved)
        self._follow(moved)

    def _follow(self, offset: int) -> None:
        self._view.set_sentence(self._view.text.sentence_at(offset))
        self._view.reveal(offset, offset)

    def _widen(self) -> None:
        view, chosen = self._view, self._view.selected_range()
        if chosen is None or not chosen[0] <= self._origin <= chosen[1]:
            self._origin = view.place()
        wider = [
            unit
            for unit in self._units()
            if chosen is None or (unit[0] <= chosen[0] and unit[1] >= chosen[1] and unit != chosen)
        ]
        self._choose(wider[0] if wider else None)

    def _narrow(self) -> None:
        chosen = self._view.selected_range()
        if chosen is None:
            return
        narrower = [
            unit
            for unit in self._units()
            if unit[0] >= chosen[0] and unit[1] <= chosen[1] and unit != chosen
        ]
        self._choose(narrower[-1] if narrower else None)

    def _units(self) -> tuple[tuple[int, int], ...]:
        from app.model.structure import growing  # its patterns would delay the start

        return growing(self._view.text.text, self._origin)

    def _choose(self, unit: tuple[int, int] | None) -> None:
        if unit is not None:
            self._grown = unit
            self._view.set_range(unit[1], unit[0])
            self._view.reveal(*unit)

    def _extend(self, *, right: bool, far: bool) -> None:
        view = self._view
        if view.selected is not None and view.selected_range() is None and not view.in_text:
            self._move_edge(right=right, by_word=not far)
            return
        whole, caret = view.text.text, view.place()
        anchor = view.anchor if view.selected_range() is not None else caret
        if far:
            moved = (
                moves.next_word_end(whole, caret)
                if right
                else moves.previous_word_start(whole, caret)
            )
        else:
            moved = (
                moves.next_character(whole, caret)
                if right
                else moves.previous_character(whole, caret)
            )
        view.set_range(anchor, moved)
        view.reveal(moved, moved)

    def _move_edge(self, *, right: bool, by_word: bool) -> None:
        view, mark = self._view, self._view.selected
        if mark is None or view.refuse_writing():
            return
        ranges = [(f.start, f.end) for f in mark.fragments]
        place = 0 if view.edge == "start" else -1
        moved = moves.move_edge(
            view.text.text, ranges[place], edge=view.edge, right=right, by_word=by_word
        )
        if moved != ranges[place]:
            ranges[place] = moved
            view.fragments_requested.emit(mark.id, tuple(ranges))

    def _choose_edge(self, edge: str) -> None:
        if self._has_mark():
            self._view.edge = edge
            self._view.message.emit(f"Shift and arrows move the {edge}")

    def _add_fragment(self) -> None:
        view, mark = self._view, self._view.selected
        if mark is None or view.codebook is None or view.refuse_writing():
            return
        chosen = view.selected_range()
        if chosen is not None:
            fragments = [(f.start, f.end) for f in mark.fragments]
            chosen = trim(view.text.text, *chosen)
            view.clear_range()
            view.fragments_requested.emit(mark.id, (*fragments, chosen))
        elif (span_type := view.codebook.type(mark.type)) is not None:
            view.hints.begin(Goal(span_type, fragment_of=mark.id))

    def _alike(self) -> None:
        view = self._view
        if view.selected_suggestion is not None and not view.refuse_writing():
            view.suggestions_alike_requested.emit(view.selected_suggestion, True)
        elif self._has_mark() and view.selected is not None and not view.refuse_writing():
            view.alike_requested.emit(view.selected.id)

    def _accept(self) -> None:
        view = self._view
        if view.refuse_writing():
            return
        if view.selected_suggestion is not None:
            self._decide(accepted=True)
            return
        if view.selected is not None and (guesses := view.guesses()):
            view.links_requested.emit(view.selected.id, guesses)
        elif view.selected is not None:
            view.message.emit("Nothing is guessed for this mark")
        else:
            self._go_to_suggestion()

    def _reject(self) -> None:
        view = self._view
        if view.selected_suggestion is None:
            self._go_to_suggestion()
        elif not view.refuse_writing():
            self._decide(accepted=False)

    def _reject_alike(self) -> None:
        view = self._view
        if view.selected_suggestion is None:
            self._go_to_suggestion()
        elif not view.refuse_writing():
            view.suggestions_alike_requested.emit(view.selected_suggestion, False)

    def _decide(self, *, accepted: bool) -> None:
        """Have the selected suggestion accepted or rejected, and go to the next one."""
        view = self._view
        chosen = view.suggestions[view.selected_suggestion or ""]
        after = [s for s in _in_order(view) if (s.start, s.end) > (chosen.start, chosen.end)]
        view.suggestion_verdict.emit(chosen.id, accepted)
        left = [each for each in after if each.id in view.suggestions]
        if left:
            view.select_suggestion(left[0].id)

    def _go_to_suggestion(self) -> None:
        view = self._view
        found = [each for each in _in_order(view) if each.start >= view.place()]
        if found:
            view.select_suggestion(found[0].id)
        else:
            view.message.emit("No suggestion further on")

    def _unsure(self) -> None:
        view = self._view
        if self._has_mark() and view.selected is not None and not view.refuse_writing():
            view.certainty_requested.emit(view.selected.id)

    def _comment(self) -> None:
        if self._has_mark():
            self._view.comment_requested.emit()

    def _delete(self) -> None:
        view = self._view
        if self._has_mark() and view.selected is not None and not view.refuse_writing():
            view.delete_requested.emit(view.selected.id)

    def _has_mark(self) -> bool:
        """Tell whether a mark is selected; say so where none is."""
        if self._view.selected is None:
            self._view.message.emit(_NO_MARK)
            return False
        return True

    def _step_out(self) -> bool:
        view = self._view
        if (chosen := view.selected_range()) is not None:
            view.clear_range()
            if chosen == self._grown:  # reading goes on where it was, not where the unit begins
                view.set_range(self._origin, self._origin, in_text=False)
        elif view.selected is not None:
            view.select(None)
        elif view.in_text:
            view.set_range(view.place(), view.place(), in_text=False)
        elif view.reviewing:
            view.review_left.emit()
        else:
            return False
        return True


def _reading_order(stop: Annotation | Suggestion) -> tuple[int, int, str]:
    return stop.start, -stop.end, stop.id


def _in_order(view: "ArticleView") -> list[Suggestion]:
    return sorted(view.suggestions.values(), key=_reading_order)
