"""Review: one suggestion after the other, article after article, with a bar that says which."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.model.errors import KnownError, Refused
from app.model.suggestion import Suggestion, suggestion_order
from app.ui.article.view import ArticleView
from app.ui.banner import Banner
from app.ui.proposals import Proposals
from app.ui.session import Session

LEAVE = "review"
"""The action that leads into the review leads out of it, too."""


class Reviewing(QObject):
    """Walks through what is proposed. What is decided is decided by the keys of the text."""

    message = Signal(str)
    article_requested = Signal(str)
    suggestions_wanted = Signal()
    """Suggestions are to be shown: there is nothing to review otherwise."""
    switched = Signal(bool)

    def __init__(
        self, view: ArticleView, proposals: Proposals, banner: Banner, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._view, self._proposals, self.banner = view, proposals, banner
        self._session: Session | None = None
        self._ahead: list[str] = []
        """Articles in which nothing was looked for yet."""
        self.on = False
        self._search = QTimer(self, interval=0)
        self._search.timeout.connect(self._look_ahead)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._go_on)
        view.suggestion_selected.connect(self._said)
        view.review_left.connect(self.end)
        proposals.changed.connect(self._changed)

    def attend(self, session: Session | None) -> None:
        """Work for another project, or for none."""
        self.end()
        self._session = session

    def switch(self) -> None:
        """Begin, or leave."""
        if self.on:
            self.end()
            return
        session = self._session
        if session is None or session.contents is None or session.workspace.read_only:
            return
        if not self._proposals.on:
            self.suggestions_wanted.emit()
        self.on = self._view.reviewing = True
        self.switched.emit(True)
        self._view.setFocus()
        self._settle.start()

    def end(self) -> None:
        """Leave; suggestions stay as they are."""
        if not self.on:
            return
        self.on = self._view.reviewing = False
        self._search.stop()
        self._settle.stop()
        self.banner.hide()
        self.switched.emit(False)

    # -- going on ---------------------------------------------------------------------------------

    def _changed(self) -> None:
        if self.on and not self._proposals.looking:
            self._settle.start()

    def _go_on(self) -> None:
        """Select a suggestion of this article, or go to the next article that has one."""
        if not self.on or self._view.selected_suggestion is not None:
            self._tell()
            return
        ordered = self._ordered()
        if ordered:
            here = self._view.place()
            after = [one for one in ordered if one.start >= here]
            self._view.select_suggestion((after or ordered)[0].id)
        elif self._proposals.looking:
            self._say("Looking for suggestions…")
        else:
            self._begin_search()

    def _begin_search(self) -> None:
        session = self._session
        if session is None or session.contents is None:
            return
        ids = list(session.workspace.article_ids())
        here = ids.index(session.contents.article.id) if session.article in ids else -1
        self._ahead = ids[here + 1 :]
        self._say("Looking for suggestions further on…")
        self._search.start()

    def _look_ahead(self) -> None:
        """Look into one more article; keys and paints come in between."""
        if not self._ahead:
            self._search.stop()
            self.end()
            self.message.emit("No suggestion further on: the review is done")
            return
        article = self._ahead.pop(0)
        try:
            has_some = self._proposals.has_some(article)
        except (Refused, KnownError):
            return  # a damaged article is passed over
        if has_some:
            self._search.stop()
            self.article_requested.emit(article)
            self._settle.start()

    # -- saying -----------------------------------------------------------------------------------

    def _ordered(self) -> list[Suggestion]:
        return sorted(self._view.suggestions.values(), key=suggestion_order)

    def _said(self, _suggestion: object) -> None:
        if self.on:
            self._tell()

    def _tell(self) -> None:
        chosen = self._view.selected_suggestion
        if not self.on or chosen is None:
            return
        ordered = self._ordered()
        place = next((n for n, one in enumerate(ordered, 1) if one.id == chosen), 0)
        more = "+" if self._proposals.looking else ""
        one = self._view.suggestions[chosen]
        self._say(f"{place:,} of {len(ordered):,}{more} – {one.reason}")

    def _say(self, words: str) -> None:
        self.banner.show_message(words, kind="info", button="Leave review", action=LEAVE)
