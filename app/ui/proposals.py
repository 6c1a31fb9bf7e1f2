"""Suggestions over the open article: shown when asked for, accepted or rejected by keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.model.annotation import Annotation
from app.model.article import Article
from app.model.bookmark import Rejection
from app.model.contents import ArticleContents
from app.model.errors import KnownError, Refused
from app.model.suggestion import Suggestion, Wanted
from app.model.wording import several
from app.ui.announce import in_the_past
from app.ui.article.view import ArticleView
from app.ui.looking import Looking
from app.ui.proposals_apart import ProposalsApart
from app.ui.session import Session
from app.ui.theme import Theme
from app.workspace import gestures
from app.workspace.gestures import Gesture

if TYPE_CHECKING:
    from app.workspace.alike_everywhere import Spot
    from app.workspace.suggesting import Suggesting

KNOWN_WORDS = "names"
"""The suggester of words that were marked before."""
LEARNED = "learned"
"""The suggester of what a model has learnt from finished articles; a switch of the settings."""
RULES = ("actors", "events", "numbers", "statements")
"""The suggesters that go by rules; each is a switch of the settings."""
LONG = 20_000
"""Code points from which an article is looked through by a process of its own: a tenth of a second
of work in this one."""
Do = Callable[[Callable[[ArticleContents], Gesture]], Gesture | None]


class Proposals(QObject):
    """Keeps the suggestions of a view current. They are in no project until one is accepted."""

    message = Signal(str)
    changed = Signal()
    """Other suggestions are shown than before, or they are looked for."""

    def __init__(self, view: ArticleView, do: Do, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._do = do
        self._session: Session | None = None
        self._suggesting: Suggesting | None = None
        self._outdated = True
        self.on = False
        self.looking = False
        """Whether more suggestions may come for the open article."""
        self._suggesters: tuple[str, ...] = (KNOWN_WORDS,)
        self._wanted = Wanted()
        self.pipelines = Looking(self._to_look_at, self)
        self.pipelines.found.connect(self.learnt_anew)
        self.pipelines.changed.connect(self.message)
        self.pipelines.failed.connect(self.message)
        self._apart = ProposalsApart(view, self)
        self._apart.changed.connect(self.changed)
        self._apart.looking.connect(self._look_out)
        self._apart.failed.connect(self.message)
        view.suggestion_verdict.connect(self._decide)
        view.alike_requested.connect(self._tag_alike)
        view.suggestions_alike_requested.connect(self._decide_alike)

    def attend(self, session: Session | None) -> None:
        """Work for another project, or for none."""
        if self._suggesting is not None:
            self._suggesting.close()
        self._apart.leave()
        if session is None:
            self.pipelines.leave()
        self._session, self._suggesting = session, None
        self.outdate()

    def switch(self, *, on: bool) -> None:
        """Show suggestions, or hide them."""
        self.on = on
        self.outdate()
        self.refresh()

    def choose(self, suggesters: tuple[str, ...]) -> None:
        """Show the suggestions of these suggesters and no others."""
        if suggesters != self._suggesters:
            self._suggesters = suggesters
            self.outdate()
            self.refresh()
            self.pipelines.choose(tuple(name for name in suggesters if ":" in name))

    def want(self, wanted: Wanted) -> None:
        """Show these suggestions only: by how sure they are, and by type."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._apart.leave(end=False)
            self.outdate()
            self.refresh()

    def learnt_anew(self) -> None:
        """Look again with what was learnt."""
        if self._suggesting is not None:
            self._suggesting.learnt_anew()
        self._apart.learnt_anew()
        self.outdate()
        self.refresh()

    def outdate(self) -> None:
        """Take in that the article or its marks are others than at the last look."""
        self._outdated = True

    def refresh(self) -> None:
        """Look again what is to be proposed in the open article, where something changed."""
        if not self._outdated:
            return
        self._outdated = False
        self.pipelines.look()
        session = self._session
        contents = session.contents if session is not None else None
        if session is None or contents is None or not self.on or session.workspace.read_only:
            self._apart.leave()
            if self._view.suggestions:
                self._view.set_suggestions(())
                self.changed.emit()
            return
        if len(contents.article.text) >= LONG:
            self._apart.look(session.workspace, contents, self._suggesters, wanted=self._wanted)
            return
        self._apart.leave(end=False)
        proposed = self._known(session).of(contents, suggesters=self._suggesters)
        found = [
            one for one in proposed if self._wanted.shows(one) and not contents.rejected(one.id)
        ]
        if {one.id: one for one in found} != self._view.suggestions:
            self._view.set_suggestions(found)
            self.changed.emit()

    def _to_look_at(self) -> Article | None:
        """Return the article that pipelines are to look at, None while nothing is shown."""
        contents = self._session.contents if self._session is not None else None
        return contents.article if contents is not None and self.on else None

    def has_some(self, article_id: str) -> bool:
        """Tell whether something would be shown in an article that is not open.

        A long one is said to have some: only looking through it would tell. Raises what reading
        an article raises.
        """
        session = self._session
        if session is None:
            return False
        contents = session.workspace.contents(article_id)
        if len(contents.article.text) >= LONG:
            return True
        proposed = self._known(session).of(contents, suggesters=self._suggesters)
        return any(self._wanted.shows(one) and not contents.rejected(one.id) for one in proposed)

    def _known(self, session: Session) -> "Suggesting":
        if self._suggesting is None:
            from app.workspace.suggesting import Suggesting  # only for those who ask

            self._suggesting = Suggesting(session.workspace)
        return self._suggesting

    def _look_out(self, looking: bool) -> None:
        self.looking = looking
        self.changed.emit()

    def _decide(self, suggestion_id: str, accepted: bool) -> None:
        chosen, session = self._view.suggestions.get(suggestion_id), self._session
        if chosen is None or session is None:
            return
        codebook, every = session.workspace.codebook, tuple(self._view.suggestions.values())
        if accepted:
            self._do(lambda c: gestures.accept(c, codebook, chosen, every))
            self.refresh()
        else:
            self._reject((chosen,))

    def _decide_alike(self, suggestion_id: str, accepted: bool) -> None:
        chosen, session = self._view.suggestions.get(suggestion_id), self._session
        if chosen is None or session is None:
            return
        codebook, every = session.workspace.codebook, tuple(self._view.suggestions.values())
        alike = gestures.same_suggestions(chosen, every)
        if not accepted:
            self._reject(alike)
        elif self._do(lambda c: gestures.accept_all_alike(c, codebook, chosen, every)):
            self.refresh()
            self.message.emit(f"{len(alike)} accepted")

    def _reject(self, suggestions: tuple[Suggestion, ...]) -> None:
        if self._do(lambda contents: gestures.reject(contents, suggestions)):
            self.refresh()
            self.message.emit(f"{len(suggestions)} rejected")

    def propose_again(self, rejections: tuple[Rejection, ...]) -> None:
        """Let rejected suggestions of the open article be proposed again."""
        if rejections and self._do(lambda _: gestures.propose_again(rejections)):
            self.refresh()
            self.message.emit(f"{len(rejections)} proposed again")

    def _tag_alike(self, annotation_id: str) -> None:
        session = self._session
        if session is not None:
            codebook = session.workspace.codebook
            done = self._do(lambda c: gestures.tag_alike(c, codebook, annotation_id))
            if done is not None:
                self.message.emit(in_the_past(done.title))

    def tag_everywhere(self, window: QWidget, theme: Theme) -> None:
        """List the words of the selected mark elsewhere, to be ticked and marked in one step."""
        session, mark = self._session, self._view.selected
        if session is None or session.contents is None or mark is None:
            return
        span_type = session.workspace.codebook.type(mark.type)
        if len(mark.fragments) > 1 or span_type is None:
            self.message.emit("A mark with gaps has nothing like it")
            return
        from app.ui.alike_sheet import AlikeSheet  # only for those who ask

        about = session.contents, mark, span_type
        sheet = AlikeSheet(window, session, about, theme=theme)
        sheet.chosen.connect(lambda spots: self._tag_spots(session, mark, spots))
        sheet.exec()
        sheet.deleteLater()

    def _tag_spots(self, session: Session, mark: Annotation, spots: "tuple[Spot, ...]") -> None:
        from app.workspace.alike_everywhere import tag_spots

        try:
            gesture = tag_spots(session.workspace, mark, session.workspace.codebook, spots)
        except (Refused, KnownError) as problem:
            self.message.emit(str(problem))
            return
        if {spot.article for spot in spots} == {session.article}:
            done, undo = session.do(gesture.command, gesture.title), "Undo takes"
        else:
            done = session.do_in_project(gesture.command, gesture.title)
            undo = "Edit ▸ Undo in the project takes"
        if done is not None:
            made = len(done.annotations)
            self.message.emit(
                f"{several(made, 'mark')} made; {undo} {'it' if made == 1 else 'them'} back"
            )
