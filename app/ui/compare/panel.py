"""Comparing: the list of disagreements, the merged text, and the question about one of them."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from app.agreement.disagreements import Case
from app.agreement.figures import PairFigures
from app.model.annotation import Annotation
from app.model.changes import Change
from app.model.codebook import Codebook
from app.model.errors import Refused
from app.model.text import words
from app.model.wording import on_one_line, several
from app.ui.article.keys import pressed
from app.ui.compare.bar import CompareBar
from app.ui.compare.merged import MergedText
from app.ui.compare.question import Question
from app.ui.compare.side import CaseSide
from app.ui.jobs import Job
from app.ui.keymap import Keymap
from app.ui.session import Session
from app.ui.theme import LIGHT, Theme
from app.ui.views import View
from app.workspace.adjudicating import Comparing, Settling, settle_elsewhere
from app.workspace.comparing import agreement

_LEFT, _MIDDLE, _RIGHT = 268, 300, 250
_WIDE, _NARROW = 1100, 880
"""Below these widths the panes get narrower, and the list folds away; its arrows stay."""
_MOST = 6
"""Annotators that have a track; with more of them one chooses."""
_REPEATED = frozenset(
    f"compare-{name}" for name in ("next", "previous", "right", "left", "start-right", "start-left")
)
"""What a key held down goes on doing; a decision is taken once."""
_FROM_TEXT = frozenset({"next", "previous", "keys", "search"})
"""Commands of the article that mean the same here."""


class ComparePanel(View):
    """Compares the open article of a session. It reads nothing while it is not shown."""

    action_requested = Signal(str)
    """A command of the table that is not this pane's: import, next article."""
    article_requested = Signal(str)
    asked = Signal(str)
    """The question in words, for whoever listens instead of looking."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._keymap = Keymap()
        self._theme: Theme = LIGHT
        self._stale = True
        self._pairs: tuple[PairFigures, ...] = ()
        self._pair = 0
        self._current = ""
        self._chosen = 0
        self._reasons: dict[str, str] = {}
        self._draft: list[tuple[int, int]] = []
        self._asked = ""
        self._job: Job | None = None
        self._others = 0
        """Articles of the project that several people have marked, as far as they are listed."""
        self.comparing: Comparing | None = None
        self.side = CaseSide(self._articles)
        self.bar = CompareBar()
        self.text = MergedText()
        self.question = Question()
        self.setFocusProxy(self.text)
        self._arrange()
        self._connect()
        self._do: dict[str, Callable[[], None]] = {
            "compare-next": lambda: self._step(+1),
            "compare-previous": lambda: self._step(-1),
            "compare-first": lambda: self._take_one(0),
            "compare-second": lambda: self._take_one(1),
            "compare-both": self._take_both,
            "compare-neither": self._take_neither,
            "compare-take": self._take_chosen,
            "compare-right": lambda: self._sideways(+1),
            "compare-left": lambda: self._sideways(-1),
            "compare-start-right": lambda: self._move_start(+1),
            "compare-start-left": lambda: self._move_start(-1),
            "compare-edit": self._edit,
            "compare-later": self._later,
            "compare-alike": self._take_alike,
            "compare-everywhere": self._take_everywhere,
            "compare-reason": self._focus_reason,
            "compare-out": self._step_out,
        }

    def _arrange(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.text, 1)
        middle.setMinimumWidth(_MIDDLE)
        middle.setProperty("class", "paper")
        middle.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.side.setMinimumWidth(220)
        self.question.setMinimumWidth(_RIGHT)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        for n, pane in enumerate((self.side, middle, self.question)):
            self.panes.addWidget(pane)
            self.panes.setStretchFactor(n, int(n == 1))
        self.panes.setHandleWidth(1)
        self.panes.setChildrenCollapsible(False)
        self.panes.setSizes([_LEFT, 796, 376])
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.panes)
        self.setMinimumSize(_MIDDLE + _RIGHT + 2, 260)

    def _connect(self) -> None:
        self.side.case_chosen.connect(self.show_case)
        self.side.article_chosen.connect(self.article_requested)
        self.text.case_chosen.connect(self.show_case)
        self.bar.action_requested.connect(self._wish)
        self.bar.layers_chosen.connect(self._choose_layers)
        self.question.action_requested.connect(self.run)
        self.question.reading_chosen.connect(self._choose_reading)
        self.question.reason_given.connect(self._give_reason)
        self.question.reason.textEdited.connect(self._keep_reason)
        self.question.left.connect(self._back)
        self.question.import_requested.connect(lambda: self.action_requested.emit("import"))
        self.question.pair_chosen.connect(self._choose_pair)

    @override
    def cycle_pane(self, step: int) -> None:
        """Move the keyboard to the next pane: list, text, question."""
        panes = (self.side, self.text, self.question)
        targets = (self.side.list, self.text, self.question.first())
        focus: QWidget | None = self.window().focusWidget()
        here = next((n for n, pane in enumerate(panes) if _holds(pane, focus)), 1)
        targets[(here + step) % len(targets)].setFocus(Qt.FocusReason.TabFocusReason)

    # -- what is compared -------------------------------------------------------------------------

    @override
    def show_session(self, session: Session | None) -> None:
        """Compare in another project, or in none."""
        self._stop_job()
        self._session = session
        self._reasons.clear()
        if session is not None:
            session.changed.connect(self._changed)
            session.article_opened.connect(self._opened)
        self._forget()

    def set_keymap(self, keymap: Keymap) -> None:
        """Obey and print other keys."""
        self._keymap = keymap
        keymap.changed.connect(self._print_keys)
        self._print_keys()

    @override
    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        for part in (self.side, self.bar, self.text, self.question):
            part.set_theme(theme)

    def set_high_contrast(self, *, on: bool) -> None:
        """Outline marks instead of filling them."""
        self.text.set_high_contrast(on=on)

    def set_zoom(self, zoom: float) -> None:
        """Take another size of the text; 1 is 100 %."""
        self.text.set_zoom(zoom)

    @property
    def current(self) -> Case | None:
        """The case that is asked about."""
        cases = self.comparing.differing if self.comparing else ()
        return next((case for case in cases if case.key == self._current), None)

    @override
    def figures(self) -> str:
        """Return how many disagreements there are, and how many are open."""
        if self.comparing is None:
            return ""
        count = several(len(self.comparing.differing), "disagreement")
        return f"{count} · {len(self.comparing.open)} open"

    @property
    def draft(self) -> tuple[tuple[int, int], ...]:
        """The words that are being edited (code points); none: nothing is."""
        return tuple(self._draft)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width, before = event.size().width(), event.oldSize().width()
        self.side.setVisible(width >= _NARROW)
        if before < 0 or (before >= _WIDE) != (width >= _WIDE):
            self._fold(width)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._load()

    def _fold(self, width: int) -> None:
        """Divide a window's width among the panes."""
        left, right = (_LEFT, 376) if width >= _WIDE else (240, 340)
        self.panes.setSizes([left, width - left - right, right])

    def _forget(self) -> None:
        self._stale = True
        self.comparing = None
        if self.isVisible():
            self._load()

    def _opened(self) -> None:
        self._reasons.clear()
        self._forget()

    def _load(self) -> None:
        session = self._session
        self._stale, self._draft, self._asked = False, [], ""
        self.comparing = None
        if session is not None and session.article is not None:
            comparing = Comparing.load(session.workspace, session.article)
            comparing.choose(comparing.everybody[:_MOST])
            self.comparing = comparing
        self._others = len(self._articles())  # counting takes long where there are many marks
        self._take_figures()
        self.text.load(self.comparing, self._codebook)
        self.side.show_all()
        self._refresh()
        first = self.comparing.open if self.comparing else ()
        self.show_case(first[0].key if first else "")

    def _changed(self, change: Change) -> None:
        if self._stale or self.comparing is None:
            return
        if change.codebook is not None:
            self._forget()
        elif self.comparing.apply(change):
            if any(one.layer in self.comparing.layers for one in change.annotations):
                self._take_figures()
            self._refresh()
            self.show_case(self._current if self.current else "")
        else:
            self._refresh()

    def _take_figures(self) -> None:
        session, comparing = self._session, self.comparing
        self._pairs, self._pair = (), 0
        if session is not None and comparing is not None and len(comparing.layers) > 1:
            found = agreement(session.workspace, comparing.layers, article=comparing.article.id)
            self._pairs = found.pairs

    def _refresh(self) -> None:
        """Show what is settled now everywhere."""
        comparing = self.comparing
        self.text.refresh()
        self.side.show_cases(comparing, self._codebook)
        self.bar.show_people(
            comparing.layers if comparing else (), comparing.everybody if comparing else ()
        )
        several_layers = comparing is not None and len(comparing.layers) > 1
        self.bar.finish.setEnabled(several_layers)
        self.question.show_figures(self._pairs, self._pair, self._codebook)
        count = len(comparing.differing) if comparing else 0
        self.text.setAccessibleName(f"Merged text, {several(count, 'disagreement')}")

    def _articles(self) -> Sequence[tuple[str, str]]:
        return self._session.workspace.comparable_articles() if self._session else ()

    @property
    def _codebook(self) -> Codebook | None:
        return self._session.workspace.codebook if self._session else None

    # -- one case ---------------------------------------------------------------------------------

    def show_case(self, key: str) -> None:
        """Ask about a case; without one, say how things stand."""
        is_another = key != self._current
        if is_another:
            self._draft = []
            self._chosen = 0
        self._current = key
        case, comparing = self.current, self.comparing
        if key and case is not None and key not in self.side.keys_shown():
            self.side.show_all()
        self.side.list.show_current(key)
        self.text.show_case(key)
        self.text.show_draft(self._draft)
        if case is None or comparing is None or self._codebook is None:
            self._say_how_it_stands()
            self.current_changed.emit()
            return
        place = comparing.differing.index(case) + 1
        self.bar.show_place(f"Disagreement {place} of {len(comparing.differing)}")
        decision = comparing.decision(case)
        taken = decision.taken if decision else ()
        reason = self._reasons.get(key, taken[0].comment if taken else "")
        alike = 0 if decision else len(comparing.alike_cases(case)) - 1
        self.question.show_case(
            case,
            self._codebook,
            comparing.article.text,
            chosen=self._chosen,
            alike=alike,
            others=decision is None and self._others > 1,
            reason=reason,
            name_record=self._name_record,
            name_links=self._name_links,
        )
        if is_another:
            readings = ". ".join(card.accessibleName() for card in self.question.cards)
            self.asked.emit(f"{place}: {self.question.title.text()} {readings}")
        self.current_changed.emit()

    def _say_how_it_stands(self) -> None:
        comparing = self.comparing
        self.bar.show_place("")
        if comparing is None:
            self.question.show_message("No article is open", "Open one from the queue.")
        elif len(comparing.layers) < 2:  # noqa: PLR2004 - comparing takes two
            who = comparing.layers[0] if comparing.layers else "the gold layer"
            whole = f"Only {who} has marks in this article"
            if not comparing.contents.annotations:
                whole = "Nobody has marked anything in this article"
            others = self._others
            more = (
                f" {several(others, 'article')} of this project can be compared:" if others else ""
            )
            choose = " choose one above the list." if others else ""
            self.question.show_message(
                whole,
                "Comparing takes the marks of two people. Import a colleague's file of this"
                f" article: their marks come in as a layer of their own.{more}{choose}",
                offer=True,
            )
        elif not comparing.differing:
            self.question.show_message("Everybody marked the same", self._rest(comparing))
        elif not comparing.open:
            done = several(len(comparing.differing), "disagreement")
            self.question.show_message(f"All settled: {done}", self._rest(comparing))
        else:
            self.question.show_message(
                several(len(comparing.open), "open disagreement"), "Down goes to the first one."
            )

    @staticmethod
    def _rest(comparing: Comparing) -> str:
        agreed = several(len(comparing.alike), "mark")
        if comparing.is_done:
            return f"The article is finished. {agreed} that all have are in the gold layer."
        return f"Finish article takes over {agreed} that all have, and marks the gold layer done."

    def _name_record(self, record_id: str) -> str:
        record = self.comparing.contents.record(record_id) if self.comparing else None
        return record.name if record else "unknown"

    def _name_links(self, annotation: Annotation) -> dict[str, str]:
        comparing, codebook = self.comparing, self._codebook
        found: dict[str, list[str]] = {}
        if comparing is not None and codebook is not None:
            for link in comparing.contents.outgoing(annotation.id):
                role = codebook.role(annotation.type, link.role)
                target = comparing.contents.annotation(link.target)
                words = on_one_line(target.quote, 60) if target else ""
                found.setdefault(role.label if role else link.role, []).append(words)
        return {label: ", ".join(sorted(words)) for label, words in found.items()}

    def _choose_layers(self, layers: tuple[str, ...]) -> None:
        comparing = self.comparing
        if comparing is None:
            return
        if not 1 < len(layers) <= _MOST:
            self.message.emit(f"Comparing takes two to {_MOST} people")
            self.bar.show_people(comparing.layers, comparing.everybody)
            return
        comparing.choose(layers)
        self._take_figures()
        self._refresh()
        self.show_case(comparing.open[0].key if comparing.open else "")

    def _choose_pair(self, place: int) -> None:
        self._pair = place
        self.question.show_figures(self._pairs, place, self._codebook)

    # -- keys -------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = pressed(event)
        action = self._keymap.compare_action(keys)
        if action is not None:
            if not event.isAutoRepeat() or action in _REPEATED:
                self.run(action)
        elif (other := self._keymap.article_action(keys)) in _FROM_TEXT and other:
            self.action_requested.emit(other)
        else:
            super().keyPressEvent(event)

    def run(self, action_id: str) -> None:
        """Do what an action of the table of commands means here."""
        if action_id != "compare-reason" and self.focusWidget() is self.question.reason:
            self.text.setFocus()
        self._do[action_id]()

    def _wish(self, action_id: str) -> None:
        if action_id in self._do:
            self.run(action_id)
        else:
            self.action_requested.emit(action_id)

    def _print_keys(self) -> None:
        self.question.print_keys(self._keymap)
        keys = self._keymap.keys("done")
        self.bar.finish.set_key(keys[0].replace("Return", "⏎").replace("+", " ") if keys else "")

    def _step(self, by: int) -> None:
        keys = self.side.keys_shown()
        if not keys:
            self.message.emit("No disagreement")
            return
        place = keys.index(self._current) + by if self._current in keys else (0 if by > 0 else -1)
        if 0 <= place < len(keys) or self._current not in keys:
            self.show_case(keys[place])
        else:
            self.message.emit(f"No disagreement {'further on' if by > 0 else 'further back'}")

    def _later(self) -> None:
        """Go to the next open case behind this one, and round to the first."""
        comparing = self.comparing
        if comparing is None or not comparing.open:
            self.show_case("")
            return
        case, order = self.current, comparing.differing
        here = order.index(case) + 1 if case is not None else 0
        round_ = [*order[here:], *order[:here]]
        self.show_case(next(one.key for one in round_ if one in comparing.open))

    def _step_out(self) -> None:
        if self._stop_job():
            return
        if self._draft:
            self._draft = []
            self.show_case(self._current)
        else:
            self.show_case("")
        self.text.setFocus()

    def _back(self) -> None:
        self.text.setFocus()

    # -- deciding ---------------------------------------------------------------------------------

    def _choose_reading(self, place: int) -> None:
        self._chosen = place
        self.run("compare-take")

    def _sideways(self, by: int) -> None:
        """Choose another reading; while words are edited, move their end by a word."""
        case = self.current
        if case is None:
            return
        if self._draft:
            self._move_end(by)
        else:
            self._chosen = (self._chosen + by) % len(case.readings)
            self.show_case(self._current)

    def _take_one(self, place: int) -> None:
        case = self.current
        if case is not None and place < len(case.readings):
            self._settle(lambda one: one.take(case, [place], reason=self._reason()))

    def _take_chosen(self) -> None:
        case, draft = self.current, tuple(self._draft)
        if case is None:
            self._later()
        elif draft:
            chosen = self._chosen
            self._settle(lambda one: one.take_words(case, chosen, draft, reason=self._reason()))
        else:
            self._take_one(self._chosen)

    def _take_both(self) -> None:
        case = self.current
        if case is None:
            return
        marking = [n for n, one in enumerate(case.readings) if one.annotation is not None]
        if len(marking) < 2:  # noqa: PLR2004 - both are two
            self.message.emit("Only one of them marked anything here")
            return
        self._settle(lambda one: one.take(case, marking, reason=self._reason()))

    def _take_neither(self) -> None:
        case = self.current
        if case is not None:
            self._settle(lambda one: one.take_neither(case, reason=self._reason()))

    def _take_alike(self) -> None:
        case = self.current
        if case is None:
            return
        chosen = self._chosen
        done = self._settle(lambda one: one.take_alike(case, chosen))
        if done is not None:
            self.message.emit(f"{several(done.count, 'disagreement')} settled alike")

    def _take_everywhere(self) -> None:
        """Settle what is alike in other articles; looking through them is a worker's job."""
        case, comparing, session = self.current, self.comparing, self._session
        if case is None or comparing is None or session is None or self._job is not None:
            return
        chosen, workspace = self._chosen, session.workspace
        layers, here = comparing.layers, comparing.article.id
        job = self._job = Job(
            lambda job: settle_elsewhere(
                workspace, case, chosen, layers=layers, but=here, tell=job.tell
            )
        )
        job.progressed.connect(self._say_how_far)
        job.failed.connect(self.message)
        job.done.connect(self._write_everywhere)
        job.ended.connect(self._end_job)
        job.start()

    def _say_how_far(self, far: tuple[int, int]) -> None:
        done, of = far
        if self._job is not None:
            self.question.say_alike(
                f"Looked through {done:,} of {several(of, 'article')}; Esc stops"
            )

    def _write_everywhere(self, settling: Settling) -> None:
        session = self._session
        if session is not None and session.do_in_project(settling.command, settling.title):
            count = several(settling.count, "disagreement")
            self.message.emit(f"{count} settled alike; Edit ▸ Undo in the project takes them back")

    def _end_job(self) -> None:
        self._job = None
        if self.current is not None:
            self.show_case(self._current)

    def _stop_job(self) -> bool:
        """Stop looking through other articles; tell whether that was going on."""
        if self._job is not None:
            self._job.cancel()
        return self._job is not None

    def _settle(self, decide: Callable[[Comparing], Settling]) -> Settling | None:
        """Write a decision and go to the next open case."""
        session, comparing, key = self._session, self.comparing, self._current
        if session is None or comparing is None:
            return None
        try:
            settling = decide(comparing)
        except Refused as refused:
            self.message.emit(str(refused))
            return None
        if session.do_in(comparing.article.id, settling.command, settling.title) is None:
            return None
        self._reasons.pop(key, None)
        self._draft = []
        self._later()
        return settling

    def finish(self) -> None:
        """Take over what everybody has and mark the gold layer done; what is open is told first."""
        session, comparing = self._session, self.comparing
        if session is None or comparing is None or len(comparing.layers) < 2:  # noqa: PLR2004
            self.message.emit("There is nothing to compare in this article")
            return
        if comparing.open and self._asked != comparing.article.id:
            self._asked = comparing.article.id
            many = several(len(comparing.open), "disagreement")
            self.message.emit(f"{many} open; again finishes the article all the same")
            return
        self._asked = ""
        try:
            settling = comparing.finish()
        except Refused as refused:
            self.message.emit(str(refused))
            return
        if session.do_in(comparing.article.id, settling.command, settling.title) is not None:
            self.show_case("" if not comparing.open else self._current)

    # -- the reason -------------------------------------------------------------------------------

    def _focus_reason(self) -> None:
        if self.current is not None:
            self.question.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.question.reason.selectAll()

    def _reason(self) -> str:
        return self.question.reason.text().strip()

    def _keep_reason(self, reason: str) -> None:
        """Keep what is typed for this case until it is settled."""
        self._reasons[self._current] = reason

    def _give_reason(self, reason: str) -> None:
        case, comparing, session = self.current, self.comparing, self._session
        self.text.setFocus()
        if case is None or comparing is None or session is None:
            return
        settling = comparing.give_reason(case, reason.strip())
        if settling is None:
            self.message.emit("The reason is kept with the decision")
        elif session.do_in(comparing.article.id, settling.command, settling.title) is not None:
            self._reasons.pop(case.key, None)

    # -- editing the words ------------------------------------------------------------------------

    def _edit(self) -> None:
        case = self.current
        if case is None:
            return
        reading = case.readings[self._chosen]
        mark = reading.annotation
        if mark is None:
            self._chosen = next(n for n, one in enumerate(case.readings) if one.annotation)
            mark = case.readings[self._chosen].annotations[0]
        self._draft = [(f.start, f.end) for f in mark.fragments]
        self.show_case(self._current)
        self.text.setFocus()
        self.message.emit("Arrows move the end, with Shift the start; Enter takes the words")

    def _move_end(self, by: int) -> None:
        start, end = self._draft[-1]
        ends = [last for _, last in self._words() if last > start]
        places = [at for at in ends if (at > end if by > 0 else at < end)]
        if places:
            self._redraft(-1, (start, min(places) if by > 0 else max(places)))

    def _move_start(self, by: int) -> None:
        if not self._draft:
            return
        start, end = self._draft[0]
        starts = [first for first, _ in self._words() if first < end]
        places = [at for at in starts if (at > start if by > 0 else at < start)]
        if places:
            self._redraft(0, (min(places) if by > 0 else max(places), end))

    def _redraft(self, place: int, stretch: tuple[int, int]) -> None:
        draft = list(self._draft)
        draft[place] = stretch
        if all(one[1] <= two[0] for one, two in pairwise(draft)):
            self._draft = draft
            self.text.show_draft(draft)

    def _words(self) -> list[tuple[int, int]]:
        return list(words(self.comparing.article.text)) if self.comparing else []


def _holds(pane: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (pane is focus or pane.isAncestorOf(focus))
