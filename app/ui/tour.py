"""A tour of five minutes: one thing to do after the other, said above the text, done by hand."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.model.changes import Change
from app.ui.article.view import ArticleView
from app.ui.banner import Banner
from app.ui.session import Session

TOUR = "tour"
"""The action that begins the tour and leaves it."""


class _Step(NamedTuple):
    """What is to be done, and what tells that it was: a change that reached the disk."""

    words: str
    done: Callable[[Change], bool] | None = None


_STEPS = (
    _Step("Press ↓ to read sentence by sentence; ↑ goes back. The bar in the margin says where."),
    _Step("Press → for the next mark. The form at the right says what it is; Esc leaves the mark."),
    _Step(
        "Press 1, then a letter: the words that carry it become an actor. 2, 3 and 4 make events, "
        "numbers and statements.",
        lambda change: change.kind == "do" and bool(change.annotations),
    ),
    _Step(
        "Go to a sentence where somebody says something. Press 4 twice: all of it is a statement. "
        "Then S and Enter: the likely speaker is taken.",
        lambda change: change.kind == "do" and bool(change.relations),
    ),
    _Step(
        "Ctrl+Z takes a step back, also tomorrow. Try it: nothing is lost.",
        lambda change: change.kind == "undo",
    ),
    _Step(
        "That is most of it. Ctrl+E exports what you marked, Ctrl+3 shows it as a table, F1 shows "
        "all keys. This sample is yours to try things in."
    ),
)
_READ, _WALKED = 0, 1
"""The steps that are done by going somewhere."""


class Tour(QObject):
    """Goes on by itself when what it asks for was done."""

    switched = Signal(bool)

    def __init__(self, view: ArticleView, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self.banner = view, banner
        self._session: Session | None = None
        self._began_at: tuple[int, int] | None = None
        self.step = -1
        """The step that is shown; -1 where no tour is taken."""
        view.annotation_selected.connect(self._selected)
        view.sentence_changed.connect(self._read)

    def attend(self, session: Session | None) -> None:
        """Work in another project, or in none."""
        self.end()
        self._session = session
        if session is not None:
            session.changed.connect(self._changed)

    def switch(self) -> None:
        """Begin with the first step, or leave."""
        if self.step >= 0:
            self.end()
        elif self._session is not None:
            self.switched.emit(True)
            self._go_to(0)
            self._view.setFocus()

    def end(self) -> None:
        """Leave; what was done stays."""
        if self.step >= 0:
            self.step = -1
            self.banner.hide()
            self.switched.emit(False)

    def _go_to(self, step: int) -> None:
        self.step = step
        self._began_at = self._view.scene.sentence
        last = step == len(_STEPS) - 1
        self.banner.show_message(
            f"{step + 1} of {len(_STEPS)} – {_STEPS[step].words}",
            kind="info",
            button="End the tour" if last else "Leave the tour",
            action=TOUR,
        )

    def _read(self) -> None:
        if self.step == _READ and self._view.scene.sentence != self._began_at:
            self._go_to(_READ + 1)

    def _selected(self, mark: object) -> None:
        if self.step == _WALKED and mark is not None:
            self._go_to(_WALKED + 1)

    def _changed(self, change: Change) -> None:
        if self.step < 0:
            return
        wanted = _STEPS[self.step].done
        if wanted is not None and wanted(change):
            self._go_to(self.step + 1)
