"""Backups by themselves: a timer asks when one is due, and a thread makes it."""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.model.backups import Backup
from app.model.errors import KnownError
from app.ui.jobs import Job
from app.workspace import Workspace
from app.workspace.backups import Schedule, back_up

_LOOK_MS = 30_000
_YOUNG = 60.0


class Backups(QObject):
    """Backs the open project up every ten minutes if it changed, and when it is closed."""

    message = Signal(str)
    """A sentence: no backup could be made, or the project is damaged."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._schedule = Schedule(0, now=0)
        self._is_made = False
        """Whether a backup was made since the project was opened here."""
        self.job: Job | None = None
        """The backup that is being made."""
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, workspace: Workspace) -> None:
        """Look after a project from now on."""
        self._workspace, self._is_made = workspace, False
        self._schedule = Schedule(workspace.last_seq, now=time.monotonic())
        self._timer.start()

    def look(self) -> None:
        """Start a backup if one is due."""
        workspace = self._workspace
        if workspace is not None and self._schedule.is_due(
            workspace.last_seq, now=time.monotonic()
        ):
            self.make()

    def make(self, *, unless_younger: float = 0.0) -> None:
        """Start a backup now: much is about to change, by an import or in the codebook.

        None is made where the last one is younger than that, in seconds, or nothing has changed.
        """
        workspace = self._workspace
        if workspace is None or self.job is not None or workspace.read_only:
            return
        now = time.monotonic()
        if (self._is_made and unless_younger) and not self._schedule.is_due(
            workspace.last_seq, now=now, every=unless_younger
        ):
            return
        seq = workspace.last_seq
        location, project, schedule = workspace.location, workspace.project.id, self._schedule
        self.job = Job(lambda _: back_up(location, project))
        self.job.done.connect(partial(self._made, schedule, seq))
        self.job.failed.connect(partial(self._failed, schedule))
        self.job.ended.connect(self._ended)
        self.job.start()

    def before(self, then: Callable[[], object]) -> None:
        """Run what changes much at once, after a backup of what is there now.

        Where nothing changed since the last one, or that is less than a minute old, at once. A
        backup that cannot be made is told and holds nothing up: what changes can be undone.
        """
        workspace = self._workspace
        if workspace is None:
            then()
            return
        self.make(unless_younger=_YOUNG)
        if self.job is None:
            then()
            return
        self.message.emit("A backup is made first…")
        self.job.ended.connect(lambda: then() if self._workspace is workspace else None)

    def _made(self, schedule: Schedule, seq: int, made: Backup) -> None:
        schedule.made(seq, now=time.monotonic())
        self._is_made = self._is_made or schedule is self._schedule
        if not made.is_sound:
            self.message.emit("The project is damaged. Choose Help ▸ Check project.")

    def _failed(self, schedule: Schedule, sentence: str) -> None:
        schedule.failed(now=time.monotonic())
        self.message.emit(sentence)

    def _ended(self) -> None:
        self.job = None

    def leave(self) -> None:
        """Make the last backup of the project before it is closed, if it changed since."""
        workspace, self._workspace = self._workspace, None
        self._timer.stop()
        if workspace is None:
            return
        now = time.monotonic()
        if self._schedule.is_due(workspace.last_seq, now=now, closing=True):
            try:
                back_up(workspace.location, workspace.project.id)
            except KnownError as problem:  # the project itself is on the disk, so it may close
                self.message.emit(str(problem))
