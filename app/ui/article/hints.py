"""Letters on the words of a sentence: tagging without selecting first.

A digit shows them, a letter tags the words that carry it, Shift and a letter moves the end of the
new mark to the words that carry that one. The same digit twice is the whole sentence.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.model.annotation import Annotation
from app.model.codebook import SpanType
from app.ui.article.bar import Item
from app.ui.article.pick import LETTERS, ends, whole_sentence

if TYPE_CHECKING:
    from app.ui.article.view import ArticleView


Range = tuple[int, int]

_LONGEST = 4_000
"""Code points of a sentence that letters are looked for in."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a letter is for: a mark of a type, or one more fragment of a mark."""

    type: SpanType
    fragment_of: str = ""
    repeat: bool = False


class Hints:
    """The letters of a view, and what the keys do while they are shown."""

    def __init__(self, view: "ArticleView") -> None:
        self._view = view
        self._goal: Goal | None = None
        self._page = 0
        self._made: str | None = None
        self._sentence: Range | None = None
        self._started: Range = (0, 0)
        self.letters: dict[str, Range] = {}

    @property
    def active(self) -> bool:
        """Whether letters are shown."""
        return self._goal is not None

    @property
    def ending(self) -> bool:
        """Whether only Shift and a letter means something here: a mark was made just now."""
        return self._made is not None and self._goal is not None and not self._goal.repeat

    def begin(self, goal: Goal) -> None:
        """Show letters on the likely words of the sentence where reading stands."""
        view = self._view
        sentence = view.text.sentence_at(view.place())
        if sentence is None:
            return
        view.set_sentence(sentence)
        sentence = _around(sentence, view.place())
        view.reveal(*sentence)
        self._goal, self._page, self._made, self._sentence = goal, 0, None, sentence
        self._letter()
        if not self.letters:
            view.message.emit("No word to tag here")
            self.end()

    def end(self) -> None:
        """Take the letters away."""
        if self._goal is not None:
            self._goal, self._made, self._sentence, self.letters = None, None, None, {}
            self._view.refresh()

    def press(self, keys: str) -> bool:
        """Do what the keys mean while letters are shown; tell whether they mean anything."""
        goal = self._goal
        if goal is None:
            return False
        if keys == "Esc":
            was_over = self.ending
            self.end()
            return not was_over
        if (found := self.letters.get(keys.removeprefix("Shift+"))) is not None:
            if keys.startswith("Shift+"):
                return self._stretch(goal, found)
            if not self.ending:
                self._take(goal, found)
                return True
        if self.ending:
            self.end()
            return False
        return self._press_other(goal, keys)

    def _press_other(self, goal: Goal, keys: str) -> bool:
        if keys == goal.type.key and self._sentence is not None and not goal.fragment_of:
            self._take(goal, whole_sentence(self._view.text.text, self._sentence))
            return True
        if keys == "Space":
            self._page += 1
            self._letter()
            return True
        if len(keys) == 1 and keys.isalpha():
            self._view.message.emit(f"No word has the letter {keys}")
            return True
        if not goal.repeat:
            self.end()
        return False

    def take_selection(self) -> None:
        """Tag what was selected with the mouse, while tagging is repeated."""
        goal = self._goal
        if goal is not None and goal.repeat and self._view.selected_range() is not None:
            self._view.tag_selection(goal.type.name)
            self._view.clear_range()
            self.follow()

    def follow(self) -> None:
        """Go along to the sentence where reading stands now, while tagging is repeated."""
        goal, view = self._goal, self._view
        sentence = view.scene.sentence
        if goal is not None and goal.repeat and sentence is not None:
            self._page, self._made = 0, None
            self._sentence = _around(sentence, view.place())
            self._letter()

    def prompt(self) -> tuple[Item, ...]:
        """Return what the bar at the lower edge says meanwhile."""
        goal = self._goal
        if goal is None:
            return ()
        label = "Fragment" if goal.fragment_of else goal.type.label
        title = Item(label=f"{label}: press a letter", weight=600)
        end = Item(key="⇧ letter", label="end there", colour="text-2", separated=True)
        out = Item(id="esc", key="Esc", label="done" if goal.repeat else "cancel", colour="text-2")
        if self.ending:
            return Item(label=f"{label} tagged", weight=600), end
        more = Item(id="more", key="Space", label="other words", colour="text-2")
        if goal.fragment_of:
            return title, end, more, out
        whole = Item(id="whole", key=goal.type.key, label="whole sentence", colour="text-2")
        return title, end, whole, more, out

    def choose(self, item: str) -> None:
        """Do what an entry of the bar says that was clicked."""
        goal = self._goal
        if goal is not None:
            self.press({"more": "Space", "whole": goal.type.key}.get(item, "Esc"))

    # -- what a letter does -----------------------------------------------------------------------

    def _take(self, goal: Goal, found: Range) -> None:
        view = self._view
        if view.refuse_writing():
            self.end()
            return
        if goal.fragment_of:
            self._add_fragment(goal, found)
        else:
            self._made = self._tag(goal.type, found)
        if self._made is None and not goal.repeat:
            self.end()
        else:
            self._letter()

    def _tag(self, span_type: SpanType, found: Range) -> str | None:
        """Have a range tagged; return the id of the mark, also where it was there before."""
        view = self._view
        twin = self._mark_on(span_type, found)
        if twin is not None:
            view.select(twin.id, scroll=False)
            return twin.id
        view.guess = span_type.name
        view.tag_requested.emit(span_type.name, (found,))
        made = self._mark_on(span_type, found)
        return made.id if made is not None else None

    def _mark_on(self, span_type: SpanType, found: Range) -> Annotation | None:
        for mark in self._view.index.covering(found[0]):
            if mark.type == span_type.name and _ranges(mark) == (found,):
                return mark
        return None

    def _add_fragment(self, goal: Goal, found: Range) -> None:
        view = self._view
        if (mark := view.index.get(goal.fragment_of)) is not None:
            view.fragments_requested.emit(mark.id, (*_ranges(mark), found))
            self._made = mark.id
            self._started = found

    def _stretch(self, goal: Goal, found: Range) -> bool:
        """Move the end of the mark that was made last; tell whether there is one."""
        view = self._view
        mark = view.index.get(self._made)
        if mark is None or view.refuse_writing():
            return False
        start = self._started[0] if goal.fragment_of else mark.start
        kept = [each for each in _ranges(mark) if each[1] <= start or each[0] > found[1]]
        if found[1] <= start:
            view.message.emit("The end lies behind the start")
        else:
            stretched = tuple(sorted([*kept, (start, found[1])]))
            if stretched != _ranges(mark):
                view.fragments_requested.emit(mark.id, stretched)
        return True

    # -- which words carry a letter ---------------------------------------------------------------

    def _letter(self) -> None:
        """Give the words their letters: for the start of a mark, or for its end."""
        goal, sentence, view = self._goal, self._sentence, self._view
        if goal is None or sentence is None:
            return
        from app.model.structure import hint_ranges  # its patterns would delay the start

        text = view.text.text
        made = view.index.get(self._made)
        if made is not None and not goal.repeat:
            start = self._started[0] if goal.fragment_of else made.start
            found = ends(text, sentence, start)
        else:
            here = view.index.in_row(view.text.rows.at(sentence[0]))
            taken = [
                _ranges(mark)[0]
                for mark in here
                if mark.type == goal.type.name and mark.type not in view.scene.hidden
            ]
            found = hint_ranges(text, sentence, goal.type.name, taken)
        size = len(LETTERS)
        pages = max(1, -(-len(found) // size))
        shown = found[(self._page % pages) * size :][:size]
        self.letters = dict(zip(LETTERS, shown, strict=False))
        view.refresh()


def _around(sentence: Range, place: int) -> Range:
    """Return a sentence, or of one without an end as much as lies around a place."""
    start, end = sentence
    if end - start <= _LONGEST:
        return sentence
    start = max(start, min(place, end) - _LONGEST // 4)
    return start, min(end, start + _LONGEST)


def _ranges(mark: Annotation) -> tuple[Range, ...]:
    return tuple((fragment.start, fragment.end) for fragment in mark.fragments)
