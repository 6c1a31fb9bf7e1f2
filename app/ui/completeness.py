"""What of the open article is still open: findings, suggestions, and what nobody has read yet."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from app.model.changes import Change
from app.model.checks import Findings
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.coverage import Range, runs
from app.model.points import Point, open_points
from app.model.text import sentences
from app.ui.article.view import ArticleView
from app.workspace.memory import Memory

_MANY, _LATER_MS = 500, 150
"""Open points of an article with so many marks are looked for when the hands rest."""

_REST_MS = 400
"""What stands on the screen for so long counts as seen; what only flies past does not."""


class Completeness(QObject):
    """Keeps the open points of the article in a view, and remembers what was on the screen."""

    changed = Signal()

    def __init__(self, view: ArticleView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._memory: Memory | None = None
        self._contents: ArticleContents | None = None
        self._codebook: Codebook | None = None
        self._sentences: Sequence[Range] | None = None
        self.findings: Findings | None = None
        self.points: tuple[Point, ...] = ()
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.look)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.note_what_is_seen)
        view.scrolled.connect(self._rest.start)

    def attend(self, memory: Memory | None) -> None:
        """Work for another project, or for none; `memory` holds what was on the screen."""
        self._memory = memory
        self._contents = None
        self._forget()

    def load(self, contents: ArticleContents, codebook: Codebook) -> None:
        """Take another article, or another codebook for it."""
        if self._contents is None or contents.article is not self._contents.article:
            self._sentences = None
        self._contents, self._codebook = contents, codebook
        self._forget()
        self.refresh()
        self._rest.start()

    def _forget(self) -> None:
        self.findings, self.points = None, ()
        self._later.stop()
        self._rest.stop()

    def apply(self, change: Change) -> None:
        """Take in a change that the contents have taken already."""
        if self.findings is not None:
            self.findings.apply(change)
        self.refresh()

    def refresh(self) -> None:
        """Look for open points soon."""
        if self._contents is not None:
            self._later.start(0 if len(self._contents) < _MANY else _LATER_MS)

    def look(self) -> tuple[Point, ...]:
        """Look for open points now, show them in the text, and return them."""
        self._later.stop()
        contents, codebook = self._contents, self._codebook
        if contents is None or codebook is None:
            return ()
        if self.findings is None:
            self.findings = Findings(contents, codebook)
        found, stretches = self.findings.all(), self._unread(contents)
        suggested = self._view.suggestions.values()
        self.points = open_points(contents, found, unread=stretches, suggestions=suggested)
        self._view.set_incomplete({finding.annotation for finding in found})
        self._view.unread = tuple(stretch for stretch, _ in stretches)
        self.changed.emit()
        return self.points

    def _unread(self, contents: ArticleContents) -> tuple[tuple[Range, int], ...]:
        if self._memory is None:
            return ()
        if self._sentences is None:
            self._sentences = sentences(contents.article.text)
        return runs(self._sentences, self._memory.seen(contents.article.id))

    def note_what_is_seen(self) -> None:
        """Remember the text that stands on the screen."""
        contents, memory = self._contents, self._memory
        if contents is None or memory is None or not self._view.isVisible():
            return
        seen = self._view.range_seen()
        if seen is not None and memory.add_seen(contents.article.id, (seen,)):
            self.refresh()
