"""Learning beside the window: after an article is finished, in a process of its own."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.model.changes import Change
from app.ui.jobs import Job
from app.workspace import Workspace

if TYPE_CHECKING:
    from app.workspace.apart import Apart
    from app.workspace.learning import Report

_REST_MS = 2_000
"""Between finishing an article and learning from it: several may be finished at once."""


class Learning(QObject):
    """Has the open project learnt from while it is switched on. It writes nothing into it."""

    message = Signal(str)
    learnt = Signal()
    """There are other models than before."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._is_on = self._is_asked = False
        self._apart: Apart | None = None
        self.job: Job | None = None
        """The learning that is going on."""
        self._ending: set[Job] = set()
        """Threads must not lose the object they report to."""
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._begin)

    def watch(self, workspace: Workspace) -> None:
        """Look after a project from now on."""
        self._workspace = workspace
        self._ask_if_new()

    def leave(self) -> None:
        """Let go of the project, and of what is being learnt from it."""
        self._rest.stop()
        self._workspace, self._is_asked = None, False
        if self._apart is not None:
            self._apart.end()
        self._apart = self.job = None

    def switch(self, *, on: bool) -> None:
        """Learn from what is finished, or do not."""
        self._is_on, before = on, self._is_on
        if on and not before:
            self._ask_if_new()

    def hear(self, change: Change) -> None:
        """Take in a change: a finished article is one more to learn from."""
        workspace = self._workspace
        if workspace is None or not self._is_on:
            return
        if any(one.state == "done" and one.layer == workspace.layer for one in change.statuses):
            self._is_asked = True
            self._rest.start()

    def report(self) -> "Report":
        """Return what was learnt of the open project."""
        from app.workspace.learning import Report, models_folder, read_report

        workspace = self._workspace
        if workspace is None:
            return Report()
        return read_report(models_folder(workspace.project.id, workspace.layer))

    def said(self) -> str:
        """Return what was learnt of the open project as a sentence; nothing without a project."""
        workspace = self._workspace
        if workspace is None:
            return ""
        return self.report().said({one.name: one.plural for one in workspace.codebook.types})

    def _ask_if_new(self) -> None:
        workspace = self._workspace
        if workspace is None or not self._is_on:
            return
        finished = workspace.state_counts().get("done", 0)
        if finished and finished != self.report().articles:
            self._is_asked = True
            self._rest.start()

    def _begin(self) -> None:
        workspace = self._workspace
        if workspace is None or self.job is not None or not self._is_asked:
            return
        from app.workspace.apart import Apart  # only for those who ask
        from app.workspace.learning import learn_in

        self._is_asked = False
        apart = self._apart = Apart(learn_in, workspace.location, workspace.annotator)
        job = self.job = Job(lambda _: apart.run())
        job.done.connect(lambda: self._done(job))
        job.failed.connect(lambda reason: self._failed(job, reason))
        self._ending.add(job)
        job.ended.connect(lambda: self._over(job))
        job.start()

    def _done(self, job: Job) -> None:
        if job is self.job:
            self.learnt.emit()
            self.message.emit(self.said())

    def _failed(self, job: Job, reason: str) -> None:
        if job is self.job:
            self.message.emit(reason)

    def _over(self, job: Job) -> None:
        self._ending.discard(job)
        if job is self.job:
            self.job = self._apart = None
            self._begin()
