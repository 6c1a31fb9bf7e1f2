"""Pipelines of other programs look at the open article beside the window, each text once."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.model.article import Article
from app.ui.jobs import Job

if TYPE_CHECKING:
    from app.workspace.outside import Pipeline
    from app.workspace.pipelines import AtWork


class Looking(QObject):
    """Has the chosen pipelines look at each article that is opened while suggestions are shown."""

    found = Signal()
    """A pipeline has looked at the open article."""
    changed = Signal(str)
    """What is looking now, as a sentence; empty when nothing is."""
    failed = Signal(str)

    def __init__(self, wanted: Callable[[], Article | None], parent: QObject | None) -> None:
        super().__init__(parent)
        self._wanted = wanted
        """The article that is to be looked at, None where nothing is."""
        self._names: tuple[str, ...] = ()
        self._at_work: dict[str, AtWork] = {}
        self._refused: set[str] = set()
        """Pipelines that cannot be loaded, or failed: they are not tried at each article."""
        self._looked = ""
        """The hash of the text that all of them have looked at."""
        self.job: Job | None = None

    def choose(self, names: tuple[str, ...]) -> None:
        """Let these pipelines look from now on, and no others."""
        if names == self._names:
            return
        self._names = names
        self._refused.clear()
        self._looked = ""
        for name in [name for name in self._at_work if name not in names]:
            self._at_work.pop(name).end()
            self._let_go()
        self.look()

    def look(self) -> None:
        """Look at the open article, where a chosen pipeline did not yet."""
        article = self._wanted()
        if article is None or self.job is not None or not self._names:
            return
        if self._looked == article.sha256:
            return
        from app.workspace.outside import guesses_of, pipelines  # only for those who ask

        for pipeline in pipelines():
            if pipeline.name not in self._names or pipeline.name in self._refused:
                continue
            if guesses_of(pipeline, article.sha256) is None:
                self._begin(pipeline, article)
                return
        self._looked = article.sha256

    def _begin(self, pipeline: "Pipeline", article: Article) -> None:
        from app.workspace.outside import keep_guesses
        from app.workspace.pipelines import AtWork

        at_work = self._at_work.get(pipeline.name)
        if at_work is None or at_work.pipeline != pipeline:
            if at_work is not None:
                at_work.end()
            at_work = self._at_work[pipeline.name] = AtWork(pipeline)
        looks = at_work.look
        job = self.job = Job(lambda _: keep_guesses(pipeline, article.sha256, looks(article.text)))
        job.done.connect(lambda: self.found.emit() if job is self.job else None)
        job.failed.connect(lambda reason: self._fail(job, pipeline, reason))
        job.ended.connect(lambda: self._over(job))
        self.changed.emit(f"{pipeline.title} looks at the article…")
        job.start()

    def _fail(self, job: Job, pipeline: "Pipeline", reason: str) -> None:
        if job is self.job:  # else it was ended because nobody waits for it any more
            self._refused.add(pipeline.name)
            self.failed.emit(reason)

    def _over(self, job: Job) -> None:
        if job is self.job:
            self._let_go()
            self.look()

    def _let_go(self) -> None:
        if self.job is not None:
            self.job = None
            self.changed.emit("")

    def leave(self) -> None:
        """End all pipelines."""
        for at_work in self._at_work.values():
            at_work.end()
        self._at_work.clear()
        self._let_go()
        self._looked = ""

    def look_again(self) -> None:
        """Hear that there are other pipelines, or that they mean something else."""
        self._refused.clear()
        self._looked = ""
        self.found.emit()
