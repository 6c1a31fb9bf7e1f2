"""Suggestions for long articles, looked for by a process of its own: the text stays usable.

The process opens the project for reading and sees what is on disk, like any other. It answers with
what differs from its last answer, in pieces, so that nobody here ever has to wait for all of it.
"""

import contextlib
from collections.abc import Collection, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, NamedTuple

from app.model.errors import KnownError, Refused
from app.model.suggestion import Suggestion
from app.workspace.workspace import Workspace

_PIECE = 250
"""Suggestions in a piece of an answer: some milliseconds of work for who takes it in."""


class Piece(NamedTuple):
    """A part of an answer: ids that are not proposed any more, and what is proposed anew."""

    gone: tuple[str, ...]
    found: tuple[Suggestion, ...]


class Question(NamedTuple):
    """What is asked: an article, by whom it is looked at, and what is shown of it already.

    `known` is the token of the last answer that was taken in to its end, empty where none was;
    `learnt` counts how often there were other models.
    """

    article: str
    suggesters: tuple[str, ...] | None
    known: str
    learnt: int = 0


class SuggestingApart:
    """The process that looks through long articles of one project, started when it is needed.

    Calls come from one thread at a time; `end` may come from any.
    """

    def __init__(self, location: str, annotator: str) -> None:
        self._location = location
        self._annotator = annotator
        self._lock = Lock()
        self._process: Any = None
        self._pipes: tuple[Connection, Connection] | None = None
        """Where questions go, and where answers come from."""

    def ask(self, question: Question) -> Iterator[Piece | str]:
        """Yield the pieces of an answer, at last its token.

        Raises `KnownError` where the process is gone; the next question gets a new one.
        """
        (questions, answers), is_over = self._running(), False
        try:
            questions.send(question)
            while not is_over:
                answer = answers.recv()
                is_over = not isinstance(answer, Piece)
                if isinstance(answer, Exception):
                    raise answer
                yield answer
        except (EOFError, OSError):
            raise KnownError("Looking for suggestions ended. The text is as it was.") from None
        finally:
            if not is_over:  # what it still says would be taken for the next answer
                self.end()

    def end(self) -> None:
        """End the process, if there is one; whoever waits for it gets a `KnownError`."""
        with self._lock:
            process, self._process, self._pipes = self._process, None, None
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def _running(self) -> tuple[Connection, Connection]:
        with self._lock:
            if self._pipes is None:
                context = get_context("spawn")
                asked, questions = context.Pipe(duplex=False)
                answers, said = context.Pipe(duplex=False)
                self._process = context.Process(
                    target=_serve,
                    args=(asked, said, self._location, self._annotator),
                    daemon=True,
                )
                self._process.start()
                asked.close()
                said.close()
                self._pipes = questions, answers
            return self._pipes


def differing(
    before: dict[str, Suggestion], now: Collection[Suggestion]
) -> Iterator[tuple[tuple[str, ...], tuple[Suggestion, ...]]]:
    """Yield in pieces what has to go from `before` and to come, so that it becomes `now`."""
    kept = {one.id for one in now}
    gone = tuple(known for known in before if known not in kept)
    found = tuple(one for one in now if before.get(one.id) != one)
    for start in range(0, max(len(gone), len(found)), _PIECE):
        part = slice(start, start + _PIECE)
        yield gone[part], found[part]


def _serve(asked: Connection, said: Connection, location: str, annotator: str) -> None:
    """Answer until nobody asks any more. Runs in the process."""
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        try:
            workspace = Workspace.open(location, annotator=annotator, read_only=True)
        except (KnownError, Refused) as problem:
            asked.recv()
            said.send(KnownError(str(problem)))
            return
        with workspace:
            _answer_all(asked, said, workspace)


def _answer_all(asked: Connection, said: Connection, workspace: Workspace) -> None:
    from app.workspace.suggesting import (
        Suggesting,
    )  # with all suggesters: not in the window's start

    suggesting = Suggesting(workspace)
    article, answers, learnt = "", 0, 0
    shown: dict[str, Suggestion] = {}
    while True:
        question: Question = asked.recv()
        workspace.poll()
        if question.learnt != learnt:
            suggesting.learnt_anew()
            learnt = question.learnt
        if question.article != article or question.known != str(answers):
            shown = {}
        try:
            contents = workspace.contents(question.article)
            found = suggesting.of(contents, suggesters=question.suggesters)
            now = {one.id: one for one in found if not contents.rejected(one.id)}
        except (KnownError, Refused) as problem:
            said.send(KnownError(str(problem)))
            continue
        for gone, new in differing(shown, now.values()):
            said.send(Piece(gone, new))
        article, shown, answers = question.article, now, answers + 1
        said.send(str(answers))
