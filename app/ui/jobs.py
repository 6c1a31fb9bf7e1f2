"""Work that takes longer than a moment: read in a thread of its own, written by the window's."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from app.model.errors import KnownError, Refused

T = TypeVar("T")
_running: "set[Job]" = set()
"""Jobs that have not ended. Nothing else may hold one that was cancelled and replaced."""


class Cancelled(Exception):
    """Nobody waits for the work any more."""


class Job(QObject):
    """Runs one function of the workspace in a thread; its signals come in the window's thread.

    The function takes the job: it calls `tell` with how far it is, which ends it when it was
    cancelled, and `ask` for what only the window's thread may do, that is to write. Exactly one of
    `done`, `failed` and `cancelled` comes at last, then `ended`.
    """

    progressed = Signal(object)
    done = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    ended = Signal()
    _told = Signal(object)
    _asked = Signal(object)
    _over = Signal(object, object)

    def __init__(self, work: Callable[["Job"], object]) -> None:
        super().__init__()
        self._work = work
        self._stop = threading.Event()
        self.running = False
        self._told.connect(self._tell)
        self._asked.connect(self._answer)
        self._over.connect(self._end)

    def start(self) -> None:
        """Begin."""
        self.running = True
        _running.add(self)
        threading.Thread(target=self._run, name="job", daemon=True).start()

    def cancel(self) -> None:
        """Have the work end at its next step; nothing it was about to write is written."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody cancelled it."""
        return self._stop.is_set()

    # -- in the worker --------------------------------------------------------------------------

    def tell(self, news: object) -> None:
        """Say how far the work is. Raises `Cancelled` when it is not wanted any more."""
        if self._stop.is_set():
            raise Cancelled
        self._told.emit(news)

    def ask(self, action: Callable[[], T]) -> T:
        """Have the window's thread do something, and wait for what it returns or raises."""
        if self._stop.is_set():
            raise Cancelled
        call = _Call(action)
        self._asked.emit(call)
        call.over.wait()
        if call.problem is not None:
            raise call.problem
        result: T = call.result
        return result

    def _run(self) -> None:
        try:
            result = self._work(self)
        except BaseException as problem:  # noqa: BLE001 - it is raised again in the window's thread
            self._over.emit(None, problem)
        else:
            self._over.emit(result, None)

    # -- in the window's thread -----------------------------------------------------------------

    @Slot(object)
    def _tell(self, news: object) -> None:
        if not self._stop.is_set():
            self.progressed.emit(news)

    @Slot(object)
    def _answer(self, call: "_Call") -> None:
        try:
            call.result = call.action()
        except BaseException as problem:  # noqa: BLE001 - it is raised in the worker, which waits
            call.problem = problem
        finally:
            call.over.set()

    @Slot(object, object)
    def _end(self, result: object, problem: BaseException | None) -> None:
        self.running = False
        _running.discard(self)
        try:
            if isinstance(problem, Cancelled) or (problem is None and self._stop.is_set()):
                self.cancelled.emit()
            elif problem is None:
                self.done.emit(result)
            elif isinstance(problem, (Refused, KnownError)):
                self.failed.emit(str(problem))
            else:
                self.failed.emit(
                    f"Something went wrong inside Pressmark ({type(problem).__name__})."
                )
                raise problem
        finally:
            self.ended.emit()


class _Call:
    """Something that the window's thread is asked to do."""

    def __init__(self, action: Callable[[], Any]) -> None:
        self.action = action
        self.result: Any = None
        self.problem: BaseException | None = None
        self.over = threading.Event()
