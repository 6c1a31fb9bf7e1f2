"""Starts the program: Qt, fonts, look, window, and then the project."""

import contextlib
import gc
import logging
import signal
import socket
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from app.ui.crash import without_words
from app.ui.main_window import MainWindow
from app.ui.scale import scale
from app.ui.settings import Settings
from app.ui.theme import load_fonts

_log = logging.getLogger("pressmark")


def run(project: str | None, *, article: str | None = None) -> int:
    """Open the window, on a project where one is named, and return the exit code when it closes."""
    application, window = make_window()
    reports = window.reports
    reports.begin()
    _log_unexpected(window)
    window.show()
    wakeup = _close_on_terminate(window)
    application.commitDataRequest.connect(window.commit)
    QTimer.singleShot(0, window, lambda: _begin(window, project, article))
    try:
        return application.exec() or window.bench.exit_code
    finally:
        reports.end()
        signal.set_wakeup_fd(-1)
        wakeup.setEnabled(False)


def _begin(window: MainWindow, project: str | None, article: str | None) -> None:
    """Put in what the window needs, once it is on the screen."""
    try:
        bench = window.bench
        if project is not None:
            bench.open_project(_location(project), article=article)
    finally:
        collect_rarely()


def collect_rarely() -> None:
    """Look for garbage only after much was made: an article of 5,000 marks is no garbage."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


def make_window() -> tuple[QApplication, MainWindow]:
    """Return Qt and a window that is not shown yet."""
    settings = Settings()
    scale(settings)
    return _application(), MainWindow(settings)


def _application() -> QApplication:
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Pressmark")
    application.setOrganizationName("Pressmark")
    application.setDesktopFileName("pressmark")
    application.setStyle("Fusion")
    load_fonts()
    return application


def _location(project: str) -> str:
    return project if "://" in project else str(Path(project).absolute())


def _log_unexpected(window: MainWindow) -> None:
    """Keep bugs loud: say where they are, and let the window say that one was met."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if sys.stderr is not None and sys.stderr.isatty():
            sys.__excepthook__(kind, error, trace)
        else:  # a desktop keeps what is said there in a log, and a message may quote an article
            _log.critical("unexpected error\n%s", without_words(error, trace))
        window.reports.write(error, trace)
        with contextlib.suppress(RuntimeError):
            window.show_unexpected(kind.__name__)

    sys.excepthook = hook


def _close_on_terminate(window: MainWindow) -> QSocketNotifier:
    """Close the window at once when the system asks the program to end.

    Python runs signal handlers only between its own instructions; the socket wakes Qt for them.
    """
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):  # a terminal that is closed hangs up; Windows knows no such thing
            signal.signal(getattr(signal, name), lambda *_: None)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, window)

    def woken() -> None:
        with contextlib.suppress(BlockingIOError):
            ours.recv(64)
        window.end()

    notifier.activated.connect(woken)
    notifier.setProperty("sockets", [ours, theirs])
    return notifier
