"""The order of work, worked out beside the window when the queue is to be sorted by it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.model.listing import Ranks, Sort
from app.ui.jobs import Job
from app.workspace import Workspace

if TYPE_CHECKING:
    from app.workspace.apart import Apart


class Ranking(QObject):
    """Asks a process for the order, and tells when it is there."""

    message = Signal(str)
    ranked = Signal()
    """The queue may be sorted anew."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._apart: Apart | None = None
        self.job: Job | None = None
        """The work that is going on."""
        self._ending: set[Job] = set()
        """Threads must not lose the object they report to."""

    def begin(self, workspace: Workspace, by: Sort) -> None:
        """Work out an order, anew each time: what is marked is other than last time."""
        from app.workspace.apart import Apart  # only for those who ask
        from app.workspace.ranking import rank_in

        self.leave()
        apart = self._apart = Apart(rank_in, workspace.location, workspace.annotator, by)
        job = self.job = Job(lambda _: apart.run())
        job.done.connect(lambda ranks: self._done(job, workspace, by, ranks))
        job.failed.connect(lambda reason: self._failed(job, reason))
        self._ending.add(job)
        job.ended.connect(lambda: self._over(job))
        self.message.emit("Working out the order of the queue…")
        job.start()

    def leave(self) -> None:
        """Let go of what is being worked out."""
        if self._apart is not None:
            self._apart.end()
        self._apart = self.job = None

    def _done(self, job: Job, workspace: Workspace, by: Sort, ranks: Ranks) -> None:
        if job is self.job:
            workspace.ranks[by] = ranks
            self.ranked.emit()
            self.message.emit(f"The queue is in order: {len(ranks):,} articles were looked at")

    def _failed(self, job: Job, reason: str) -> None:
        if job is self.job:
            self.message.emit(reason)

    def _over(self, job: Job) -> None:
        self._ending.discard(job)
        if job is self.job:
            self.job = self._apart = None
