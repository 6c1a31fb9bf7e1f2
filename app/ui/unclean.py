"""A project that was not closed properly is checked by itself, beside the work."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.model.reports import CheckReport
from app.model.wording import several, spoken_time
from app.ui.banner import Notice
from app.ui.jobs import Job
from app.workspace import Workspace


class Unclean(QObject):
    """Says that nothing was lost, and looks whether that is so."""

    found = Signal(str, str)
    """The location of a project, and a sentence about what is wrong with it."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self.job: Job | None = None
        """The check that is going on."""

    def attend(self, workspace: Workspace, *, alone: bool) -> Notice:
        """Start the check where the last run left the project open; return what is said then."""
        if not (alone and workspace.was_left_open) or self.job is not None:
            return Notice()
        from app.workspace.repairing import look_over  # only after an unclean end

        location = workspace.location
        self.job = Job(lambda _: look_over(location))
        self.job.done.connect(partial(self._tell, location))
        self.job.failed.connect(partial(self.found.emit, location))
        self.job.ended.connect(self._ended)
        self.job.start()
        at = workspace.last_saved
        last = f": the last change on disk is from {spoken_time(at)}" if at else ""
        return Notice(f"Nothing was lost{last}.", "Show history", "history")

    def _tell(self, location: str, report: CheckReport) -> None:
        if report.ok:
            return
        things = several(len(report.findings), "thing")
        verb = "needs" if len(report.findings) == 1 else "need"
        self.found.emit(location, f"{things} {verb} a look.")

    def _ended(self) -> None:
        self.job = None
