"""The fill of an accepted suggestion appears in 90 ms: seen, and out of the way."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QVariantAnimation

if TYPE_CHECKING:
    from app.ui.article.view import ArticleView

_MS = 90


class Fade:
    """Lets the fills of some marks of a view come in; at once where nothing is to move."""

    def __init__(self, view: "ArticleView") -> None:
        self._view = view
        self._marks: tuple[str, ...] = ()
        self.reduced = False
        self._running = QVariantAnimation(view)
        self._running.setDuration(_MS)
        self._running.setStartValue(0.0)
        self._running.setEndValue(1.0)
        self._running.valueChanged.connect(self._step)
        self._running.finished.connect(self._end)

    def begin(self, marks: Iterable[str]) -> None:
        """Let the fills of these marks come in."""
        self._end()
        self._marks = () if self.reduced else tuple(marks)
        if self._marks and self._view.isVisible():
            self._step(0.0)
            self._running.start()

    def _step(self, share: object) -> None:
        if isinstance(share, float):
            self._show(dict.fromkeys(self._marks, share))

    def _end(self) -> None:
        self._running.stop()
        if self._marks:
            self._show({})
            self._marks = ()

    def _show(self, fading: dict[str, float]) -> None:
        view = self._view
        view.scene.fading = fading
        for mark in self._marks:
            if (annotation := view.index.get(mark)) is not None:
                view.update_span((annotation.start, annotation.end))
