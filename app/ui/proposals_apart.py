"""Suggestions over a long article: they come in by and by, from a process of their own."""

from collections import deque
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.model.annotation import Annotation
from app.model.contents import ArticleContents
from app.model.suggestion import Suggestion, Wanted
from app.ui.article.view import ArticleView
from app.ui.jobs import Job
from app.workspace import Workspace

if TYPE_CHECKING:
    from app.workspace.suggesting_apart import Piece, Question, SuggestingApart


_PAUSE_MS = 4
"""Between two pieces of an answer the window sees to keys and paints."""


class ProposalsApart(QObject):
    """Keeps the suggestions over a long article current, while the annotator works on.

    What is decided here vanishes at once; the rest follows when the process has looked again.
    """

    changed = Signal()
    looking = Signal(bool)
    """Whether suggestions are still looked for."""
    failed = Signal(str)

    def __init__(self, view: ArticleView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._apart: SuggestingApart | None = None
        self._job: Job | None = None
        self._ending: set[Job] = set()
        self._workspace: Workspace | None = None
        self._contents: ArticleContents | None = None
        self._suggesters: tuple[str, ...] = ()
        self._wanted = Wanted()
        self._learnt = 0
        self._marks: set[str] = set()
        self._token = ""
        self._is_outdated = False
        self._hidden: dict[str, Suggestion] = {}
        """Taken away since the process was asked: it still believes they are shown."""
        self._asked_hidden: dict[str, Suggestion] = {}
        """Taken away before it was asked, and not yet said to be gone by its answer."""
        self._pieces: deque[Piece | str] = deque()
        self._next = QTimer(self, interval=_PAUSE_MS)
        self._next.timeout.connect(self._take_in_next)

    def learnt_anew(self) -> None:
        """Hear that there are other models than before."""
        self._learnt += 1

    def look(
        self,
        workspace: Workspace,
        contents: ArticleContents,
        suggesters: tuple[str, ...],
        *,
        wanted: Wanted = Wanted(),  # noqa: B008 - a tuple
    ) -> None:
        """Bring what is shown over an article up to date, by and by; all that is wanted."""
        self._wanted = wanted
        known = self._contents
        if known is None or known.article.id != contents.article.id:
            self.leave(end=False)
            self._view.set_suggestions(())
            self.changed.emit()
        else:
            self._hide_decided(contents)
        self._workspace, self._contents, self._suggesters = workspace, contents, suggesters
        self._marks = {mark.id for mark in contents.annotations}
        if self._job is not None:
            self._is_outdated = True
            return
        self._ask()

    def leave(self, *, end: bool = True) -> None:
        """Let go of the article; `end` lets go of the project too."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        if self._apart is not None and (end or job is not None):
            self._apart.end()
            if end:
                self._apart = None
        self._workspace = self._contents = None
        self._token, self._is_outdated = "", False
        self._forget()
        if job is not None:
            self.looking.emit(False)

    def _ask(self) -> None:
        from app.workspace.suggesting_apart import (
            Question,
            SuggestingApart,
        )  # only for those who ask

        workspace, contents = self._workspace, self._contents
        if workspace is None or contents is None:
            return
        if self._apart is None:
            self._apart = SuggestingApart(workspace.location, workspace.annotator)
        question = Question(contents.article.id, self._suggesters, self._token, self._learnt)
        self._asked_hidden, self._hidden, self._is_outdated = self._hidden, {}, False
        job = self._job = Job(partial(_read, self._apart, question))
        job.progressed.connect(lambda piece: self._queue(job, piece))
        job.done.connect(lambda token: self._queue(job, token))
        job.failed.connect(lambda reason: self._failed(job, reason))
        self._ending.add(job)
        job.ended.connect(lambda: self._ending.discard(job))
        self.looking.emit(True)
        job.start()

    def _queue(self, job: Job, answer: "Piece | str") -> None:
        if job is self._job:
            self._pieces.append(answer)
            self._next.start()

    def _take_in_next(self) -> None:
        if not self._pieces:
            self._next.stop()
            return
        answer = self._pieces.popleft()
        if not isinstance(answer, str):
            self._take_in(answer)
            return
        self._next.stop()
        self._token, self._job = answer, None
        if self._asked_hidden:  # decided, and taken back before anybody looked again
            back = [one for one in self._asked_hidden.values() if self._wanted.shows(one)]
            self._view.change_suggestions((), back)
            self._asked_hidden = {}
        if self._is_outdated:
            self._ask()
        else:
            self.looking.emit(False)

    def _take_in(self, piece: "Piece") -> None:
        hidden, said = self._hidden, {one.id: one for one in piece.found}
        for each in (*piece.gone, *said):
            self._asked_hidden.pop(each, None)
        for each in piece.gone:
            hidden.pop(each, None)
        hidden.update({each: said[each] for each in said.keys() & hidden.keys()})
        shows = self._wanted.shows
        weak = [one.id for one in piece.found if not shows(one)]
        found = [one for one in piece.found if shows(one) and one.id not in hidden]
        self._view.change_suggestions((*piece.gone, *weak), found)
        self.changed.emit()

    def _failed(self, job: Job, reason: str) -> None:
        if job is self._job:
            self._job, self._token = None, ""
            self._forget()
            self._view.set_suggestions(())
            self.looking.emit(False)
            self.failed.emit(reason)

    def _forget(self) -> None:
        self._next.stop()
        self._pieces.clear()
        self._hidden, self._asked_hidden = {}, {}

    def _hide_decided(self, contents: ArticleContents) -> None:
        """Take away what was decided since the last look: rejected, or marked with its type."""
        fresh = [mark for mark in contents.annotations if mark.id not in self._marks]
        gone = [
            one
            for one in self._view.suggestions.values()
            if contents.rejected(one.id) or _covers(fresh, one)
        ]
        if gone:
            self._hidden.update({one.id: one for one in gone})
            self._view.change_suggestions([one.id for one in gone], ())
            self.changed.emit()


def _covers(marks: Iterable[Annotation], one: Suggestion) -> bool:
    return any(
        mark.fragments == one.fragments
        or (mark.type == one.type and mark.start < one.end and one.start < mark.end)
        for mark in marks
    )


def _read(apart: "SuggestingApart", question: "Question", job: Job) -> str:
    """Tell the pieces of the answer; return its token."""
    for answer in apart.ask(question):
        if isinstance(answer, str):
            return answer
        job.tell(answer)
    return ""
