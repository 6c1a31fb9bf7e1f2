"""The open project as the window sees it: one article at a time, every write through one door."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.model.annotation import Annotation, Relation
from app.model.article import State, Status
from app.model.changes import Change
from app.model.commands import Command, SetStatus
from app.model.contents import ArticleContents
from app.model.errors import KnownError, Refused, StaleEdit
from app.model.history import Trashed
from app.model.registry import Record
from app.workspace import Workspace

if TYPE_CHECKING:
    from app.model.clash import Clash

_POLL_MS = 700
_SLOW = 0.3
"""Seconds that a write may take before somebody is told that it takes long."""

_PAINTED = 0.1
"""Seconds between two pictures of how far a long write is."""
_TRIES = 3
_CHANGED = "This was changed in the meantime: see above the text."

Action = Callable[[Workspace], Change | None]
"""Something to be written, for whichever project is open then."""


@dataclass(slots=True)
class _Wait:
    """A write that is waited for: since when, whether that was said, when its progress was."""

    begun: float
    told: bool
    painted: float = 0.0


class Session(QObject):
    """Runs commands on the workspace and tells the panels what happened, after it is on disk.

    A command that the environment refused is kept until `retry` or `discard`; until then further
    edits wait, and the screen shows what is on disk.
    """

    changed = Signal(object)
    """A `Change`, own or of another process."""
    article_opened = Signal(object)
    """The `ArticleContents` of the article now open."""
    saving = Signal(bool)
    """Whether something is being written; told at once where the last write took long or the
    project lies on a network drive, and of a long step as soon as it does."""
    progressed = Signal(int, int)
    """How many parts of how many are written, of a step that takes long. The window is not free
    then: who hears it can paint that, and nothing else."""
    saved = Signal(str)
    refused = Signal(str)
    clashed = Signal(object)
    """A `Clash`: what a command changes was changed elsewhere meanwhile. `insist` does it all the
    same."""
    failed = Signal(str)
    recovered = Signal()
    retried = Signal(object)
    """The `Change` of a kept command that is on the disk at last."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.contents: ArticleContents | None = None
        self._kept: Action | None = None
        self._trouble = ""
        self._is_slow = bool(workspace.risk)
        self._waited: _Wait | None = None
        self.before_much: Callable[[Callable[[], object]], object] = lambda then: then()
        """Runs what changes much at once, after a backup where somebody makes backups."""
        self.writing = False
        """Whether what is heard now was done here."""
        self._insist: Callable[[Command], Change | None] | None = None
        self._unsubscribe = workspace.subscribe(self._heard)
        workspace.watch_writes(self._written_so_far)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._look)
        self._poll.start()

    @property
    def article(self) -> str | None:
        """The id of the open article."""
        return self.contents.article.id if self.contents else None

    @property
    def waiting(self) -> bool:
        """Whether a failed command waits for a decision."""
        return self._kept is not None

    def close(self) -> None:
        """Stop listening and close the project."""
        self._poll.stop()
        self._unsubscribe()
        self.workspace.close()

    def open_article(self, article_id: str) -> bool:
        """Read an article and announce it; tell whether that worked."""
        try:
            self.contents = self.workspace.contents(article_id)
        except (Refused, KnownError) as error:
            self.refused.emit(str(error))
            return False
        self.article_opened.emit(self.contents)
        return True

    def place(self) -> int:
        """Return the place (from 0) of the open article in the order of import."""
        index = self.workspace.queue_index(self.article) if self.article else None
        return -1 if index is None else index

    def do(self, command: Command, title: str, merge_key: str = "") -> Change | None:
        """Run a command for the open article; None when it was refused or failed."""
        return self._do(command, title, self.article, merge_key)

    def do_in_project(self, command: Command, title: str, merge_key: str = "") -> Change | None:
        """Run a command for the project as a whole: no article's undo takes it back."""
        return self._do(command, title, None, merge_key)

    def undo_in_project(self) -> Change | None:
        """Take back the last step in the project as a whole."""
        return self._run(lambda project: project.undo(None))

    def redo_in_project(self) -> Change | None:
        """Do again what was taken back last in the project as a whole."""
        return self._run(lambda project: project.redo(None))

    def do_in(self, article: str, command: Command, title: str) -> Change | None:
        """Run a command for an article, which need not be the open one."""
        return self._do(command, title, article)

    def insist(self, clash: "Clash") -> Change | None:
        """Do what was refused because of another change, over that one."""
        again, self._insist = self._insist, None
        return again(clash.again) if again is not None else None

    def take_back(self, step: int) -> Change | None:
        """Take one step of the history back; later ones stay."""
        return self._run(lambda project: project.take_back(step))

    def restore(self, thing: Trashed) -> Change | None:
        """Bring something back from the trash."""
        return self._run(lambda project: project.restore(thing))

    def close_article(self) -> None:
        """Let go of the open article, which is not in the project any more."""
        self.contents = None

    def set_state(self, state: State) -> Change | None:
        """Say how far the open article is."""
        if self.contents is None:
            return None
        blank = Status(article=self.contents.article.id, layer=self.contents.layer)
        status = self.contents.status or blank
        spent = max(status.seconds, self.workspace.seconds_spent(self.contents.article.id))
        status = replace(status, state=state, seconds=spent)
        titles: dict[State, str] = {
            "done": "mark done",
            "flagged": "flag article",
            "new": "mark as new",
            "in progress": "reopen article",
        }
        return self.do(SetStatus(status=status), titles[state])

    def undo(self) -> Change | None:
        """Take back the last step in the open article."""
        article = self.article
        return self._run(lambda project: project.undo(article))

    def redo(self) -> Change | None:
        """Do again what was taken back last."""
        article = self.article
        return self._run(lambda project: project.redo(article))

    def retry(self) -> bool:
        """Try the kept command again; tell whether it is on disk now."""
        kept, self._kept = self._kept, None
        change = self._run(kept) if kept is not None else None
        if self._kept is None:
            self.recovered.emit()
        if change is not None:
            self.retried.emit(change)
        return self._kept is None

    def discard(self) -> None:
        """Forget the kept command."""
        self._kept = None
        self.recovered.emit()

    def hand_over(self) -> Action | None:
        """Give the kept command away: to the session of a copy of this project."""
        kept, self._kept = self._kept, None
        return kept

    def take_over(self, action: Action) -> None:
        """Run a command that another session could not."""
        self._run(action)

    def _do(
        self, command: Command, title: str, article: str | None, merge_key: str = ""
    ) -> Change | None:
        """Run a command. What somebody else changed meanwhile beside it stays as it is there.

        Where both changed the same it is refused, and both versions are told.
        """
        for _ in range(_TRIES):
            action = partial(
                Workspace.do, command=command, title=title, article=article, merge_key=merge_key
            )
            result = self._try(action, command)
            if result is None or isinstance(result, Change):
                return result
            if result.lines or result.removes:
                break
            command = result.again
        self._insist = partial(self._do, title=title, article=article, merge_key=merge_key)
        self.refused.emit(_CHANGED)
        self.clashed.emit(result)
        return None

    def _run(self, action: Action) -> Change | None:
        result = self._try(action)
        return result if isinstance(result, Change) else None

    def _try(self, action: Action, command: Command | None = None) -> "Change | Clash | None":
        """Run an action; what a command of it runs into is returned, other failures are told."""
        if self._kept is not None:
            self.refused.emit("The last change is not on disk yet: try again or discard it first.")
            return None
        before, self.writing = self.writing, True
        outer, wait = self._waited, _Wait(begun=monotonic(), told=self._is_slow)
        self._waited = wait
        if wait.told:
            self.saving.emit(True)
        try:
            return action(self.workspace)
        except StaleEdit as error:
            self.writing = before
            from app.model.clash import clash_of  # two windows seldom meet

            seen = self._seen(error)
            self._look()  # what the edit missed is to be seen together with the sentence
            if command and (clash := clash_of(command, seen=seen, current=error.current)):
                return clash
            self.refused.emit(str(error))
        except Refused as error:
            self.refused.emit(str(error))
        except KnownError as error:
            self._kept = action
            self.failed.emit(str(error))
        finally:
            self.writing = before
            self._waited = outer
            self._is_slow = monotonic() - wait.begun > _SLOW
            if wait.told:
                self.saving.emit(False)
        return None

    def _written_so_far(self, done: int, total: int) -> None:
        """Say, from within a write that takes long, how far it is."""
        wait, now = self._waited, monotonic()
        if wait is None or now - wait.begun < _SLOW or now - wait.painted < _PAINTED:
            return
        if not wait.told:
            wait.told = True
            self.saving.emit(True)
        wait.painted = now
        self.progressed.emit(done, total)

    def _seen(self, stale: StaleEdit) -> Annotation | Relation | Record | None:
        """Return what an edit was made on, where it is known still."""
        match self.contents, stale.current:
            case ArticleContents() as contents, Annotation(id=name):
                item: Annotation | Relation | Record | None = contents.annotation(name)
            case ArticleContents() as contents, Relation(id=name):
                item = next((one for one in contents.relations if one.id == name), None)
            case ArticleContents() as contents, Record(id=name):
                item = contents.record(name)
            case _:
                return None
        return item if item is not None and item.version == stale.seen else None

    def _heard(self, change: Change) -> None:
        if self.contents is not None:
            self.contents.apply(change)
        if not self.waiting:  # what somebody else wrote does not bring our own change to the disk
            self.saved.emit(change.at)
        self.changed.emit(change)

    def _look(self) -> None:
        try:
            self.workspace.poll()
        except (Refused, KnownError) as error:
            if str(error) != self._trouble:  # said once, not at every look
                self._trouble = str(error)
                self.refused.emit(str(error))
        else:
            self._trouble = ""
