"""Runs the real program in a process of its own and drives it with real key and mouse events.

`python tests/e2e/driver.py PROJECT` starts `app.__main__.main(["open", PROJECT])`, or `main([])`
where PROJECT is empty. Each line on standard input is a step in JSON; each is answered by one line
on standard output when the event loop has dealt with it. The parent may kill the process at any
moment.
"""

import json
import os
import resource
import sys
import threading
from collections.abc import Callable
from queue import Empty, Queue
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.__main__ import main
from app.ui.article.bar import Bar
from app.ui.article.view import ArticleView
from app.ui.main_window import MainWindow
from app.ui.queue.panel import QueuePanel

_MODIFIERS = {
    "ctrl": Qt.KeyboardModifier.ControlModifier,
    "shift": Qt.KeyboardModifier.ShiftModifier,
    "alt": Qt.KeyboardModifier.AltModifier,
}

PATIENCE_MS = 10_000

DIALOGS: list[str] = []
"""What message boxes said. Each is answered as soon as it is there."""
ANSWERS: list[str] = []
"""The buttons to press in the next ones; otherwise the first button. Or: leave open."""
LEFT_OPEN: list[QMessageBox] = []
DISMISSED: list[str] = []
"""The titles of the other dialogs that were shut as soon as they were there; first: whether to."""


def window() -> MainWindow:
    """Return the window of the program, made by `main`."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))


def state() -> dict[str, Any]:
    """Return what is on the screen: the annotations shown, the selection, the status words."""
    shown = window()
    session, desk, status = shown.bench.session, shown.bench.desk, shown.bench.status
    contents = session.contents if session else None
    focus = QApplication.focusWidget()
    return {
        "title": shown.windowTitle(),
        "seq": session.workspace._store.last_seq if session else 0,
        "painted": sorted(mark.id for mark in desk.view.marks_shown()),
        "comments": {a.id: a.comment for a in (contents.annotations if contents else ())},
        "state": contents.status.state if contents and contents.status else "new",
        "queue": _queue_titles(desk.queue),
        "banner": desk.banner.accessibleName() if desk.banner.isVisible() else "",
        "ways out": [b.text() for b in status.findChildren(QPushButton) if b.isVisible()],
        "focus": focus.accessibleName() or type(focus).__name__ if focus else "",
        "words": _words(focus),
        "shown": [w for w in ("queue", "view", "inspector") if getattr(desk, w).isVisible()]
        + ["definition"] * desk.inspector._definition.isVisible(),
        "zoom": shown.bench._settings.zoom,
        "paper": shown.bench._settings.theme().mode,
        "unopened": [shown.bench.unopened.accessibleName()] * shown.bench.unopened.isVisible(),
        "dialogs": list(DIALOGS),
        "dismissed": DISMISSED[1:],
        "modal": type(QApplication.activeModalWidget()).__name__,
        "article": shown.bench.session.article if shown.bench.session else None,
        "annotations": [
            [a.id, a.type, [[f.start, f.end] for f in a.fragments]]
            for a in (contents.annotations if contents else ())
        ],
        "relations": [
            [r.source, r.role, r.target] for r in (contents.relations if contents else ())
        ],
        "selected": shown.bench.desk.view.selected_id(),
        "range": shown.bench.desk.view.selected_range(),
        "place": shown.bench.desk.view.place(),
        "letters": {mark: letter for letter, mark in shown.bench.desk.view.scene.letters.items()},
        "hints": shown.bench.desk.view.hints.letters,
        "guesses": shown.bench.desk.view.guesses(),
        "guess": shown.bench.desk.view.scene.guess,
        "sentence": shown.bench.desk.view.scene.sentence,
        "windows": [w.windowTitle() for w in other_windows()],
        "found": shown.bench.desk.view.scene.found_now,
        "suggestions": len(shown.bench.desk.view.suggestions),
        "free": QApplication.activeWindow() is shown and not QApplication.activeModalWidget(),
        "scroll": shown.bench.desk.view.verticalScrollBar().value(),
        "clipboard": QApplication.clipboard().text(),
        "status": shown.bench.status.text(),
        "view": shown.bench.views.current,
        "compare": _comparing(shown),
    }


def _comparing(shown: MainWindow) -> dict[str, Any]:
    """Return what is shown where annotators are compared."""
    panel = shown.bench.compare
    if panel is None or panel.comparing is None:
        return {}
    case, gold = panel.current, panel.comparing.contents.annotations
    return {
        "current": panel.comparing.differing.index(case) + 1 if case else 0,
        "open": len(panel.comparing.open),
        "chosen": [n for n, card in enumerate(panel.question.cards) if card.isChecked()],
        "draft": [list(stretch) for stretch in panel.draft],
        "gold": [[a.quote, a.comment] for a in gold if a.layer == "gold"],
        "reason": panel.question.reason.text(),
        "done": panel.comparing.is_done,
    }


def _queue_titles(panel: QueuePanel) -> list[str]:
    rows = (panel.model.row_at(place) for place in range(min(panel.model.rowCount(), 50)))
    return [row.title for row in rows if row]


def _words(widget: QWidget | None) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text()
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else ""


def other_windows() -> list[QWidget]:
    """Return the windows that stand beside the main one."""
    return [
        w
        for w in QApplication.topLevelWidgets()
        if w.isVisible() and w.isWindow() and w.windowTitle() and not isinstance(w, MainWindow)
    ]


def shut(title: str) -> None:
    """Close another window."""
    for other in other_windows():
        if other.windowTitle().startswith(title):
            other.close()
    window().activateWindow()


def press(key: str) -> None:
    """Press a key such as `ctrl+shift+Right` or `1` in the widget that has the focus."""
    *names, last = key.split("+") if not key.endswith("+") else [*key[:-2].split("+"), "+"]
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in filter(None, names):
        modifiers |= _MODIFIERS[name]
    target = QApplication.activePopupWidget() or QApplication.focusWidget() or window()
    code = getattr(Qt.Key, f"Key_{last}", None)
    if code is not None:
        QTest.keyClick(target, code, modifiers)
    else:
        QTest.keyClicks(target, last, modifiers)


def mouse(step: dict[str, Any]) -> None:
    """Drag, click or double-click between code point offsets of the open article."""
    view = window().bench.desk.view
    target = view.viewport()
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in step.get("with", ()):
        modifiers |= _MODIFIERS[name]
    for offset in step["at"]:
        view.reveal(offset, offset)
    QApplication.processEvents()
    places = [_place(view, offset, behind=n > 0) for n, offset in enumerate(step["at"])]
    button = Qt.MouseButton.LeftButton
    match step["mouse"]:
        case "click":
            QTest.mouseClick(target, button, modifiers, places[0])
        case "double":
            QTest.mouseClick(target, button, modifiers, places[0])
            QTest.mouseDClick(target, button, modifiers, places[0])
        case "drag":
            QTest.mousePress(target, button, modifiers, places[0])
            for part in range(1, 9):
                between = places[0] + (places[1] - places[0]) * part / 8
                QTest.mouseMove(target, between)
                QApplication.processEvents()
            QTest.mouseRelease(target, button, modifiers, places[1])


def _place(view: ArticleView, offset: int, *, behind: bool = False) -> QPoint:
    """Return a point inside the character at an offset, or before it, in the viewport."""
    lines = view.lines
    caret = lines.end_caret(offset) if behind else lines.caret(offset)
    point = caret.center() - view.in_document(QPointF(0, 0))
    return QPoint(round(point.x()) + (-2 if behind else 1), round(point.y()))


def choose(label: str) -> None:
    """Click an entry of the quick-tag bar."""
    bar = window().bench.desk.view.viewport().findChild(QWidget, "quick-tag")
    assert isinstance(bar, Bar)
    assert bar.isVisible()
    place = next(rect for item, rect in bar._places() if item.label == label)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place.center().toPoint())


def wait_until(wanted: dict[str, Any]) -> None:
    """Let the program run until its state is the wanted one; a number is the length of a list."""
    clock = QElapsedTimer()
    clock.start()
    while not _matches(wanted):
        if clock.hasExpired(PATIENCE_MS):
            now = {name: state()[name] for name in wanted}
            message = f"waited for {wanted}, still {now}"
            raise TimeoutError(message)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _matches(wanted: dict[str, Any]) -> bool:
    now = state()
    return all(
        len(now[name]) == value
        if isinstance(value, int) and isinstance(now[name], list)
        else value in now[name]
        if isinstance(value, str) and isinstance(now[name], str)
        else now[name] == value
        for name, value in wanted.items()
    )


def limit_files(size: int | None) -> None:
    """Let no file of this process grow beyond a size in bytes; None lifts the limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size is None else size, hard))


def click(label: str) -> None:
    """Click a button of the window."""
    buttons = window().findChildren(QPushButton)
    button = next(b for b in buttons if b.isVisible() and b.text().replace("&", "") == label)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def answer_dialog() -> None:
    """Press a button in the message box that is open."""
    box = QApplication.activeModalWidget()
    if DISMISSED and isinstance(box, QDialog) and not isinstance(box, QMessageBox):
        DISMISSED.append(box.windowTitle())
        box.reject()
        window().activateWindow()  # as a window manager does
    elif isinstance(box, QMessageBox) and "leave open" in ANSWERS:
        ANSWERS.clear()
        sys.stdout.write(json.dumps(state()) + "\n")  # the step itself does not end
        sys.stdout.flush()
        LEFT_OPEN.append(box)
    elif isinstance(box, QMessageBox) and box not in LEFT_OPEN:
        DIALOGS.append(f"{box.text()} {box.informativeText()}".strip())
        wanted = ANSWERS.pop(0) if ANSWERS else ""
        named = [b for b in box.buttons() if b.text().replace("&", "") == wanted]
        (named or box.buttons())[0].click()
        window().activateWindow()  # as a window manager does


def open_project(location: str) -> None:
    """Open another project in the window."""
    window().bench.open_project(location)


def save_copy(place: str) -> None:
    """Click “Save a copy elsewhere” and choose a place; the system's own dialog is left out."""
    chosen = QFileDialog.getSaveFileName
    QFileDialog.getSaveFileName = lambda *_, **__: (place, "")  # type: ignore[method-assign]
    try:
        click("Save a copy elsewhere…")
    finally:
        QFileDialog.getSaveFileName = chosen  # type: ignore[method-assign]


def listen(listening: bool) -> None:  # noqa: FBT001 - one word of a step
    """Look, or do not look, at what other processes change."""
    session = window().bench.session
    assert session is not None
    (session._poll.start if listening else session._poll.stop)()


def press_all(keys: list[str]) -> None:
    """Press keys one after the other."""
    for key in keys:
        press(key)
        QApplication.processEvents()


def crash(words: str) -> None:
    """Let a slot of the program meet a bug whose message holds these words."""

    def broken() -> None:
        raise ValueError(words)

    QTimer.singleShot(0, broken)


VERBS: dict[str, Callable[[Any], object]] = {
    "keys": press_all,
    "type": lambda words: QTest.keyClicks(QApplication.focusWidget() or window(), words),
    "mouse": mouse,
    "choose": choose,
    "click": click,
    "menu": lambda action: window().bench.menus.action(action).trigger(),
    "submenu": lambda entry: window().bench.choose(*entry),
    "open": open_project,
    "limit": limit_files,
    "until": wait_until,
    "copy": save_copy,
    "listening": listen,
    "answers": ANSWERS.extend,
    "dismiss": DISMISSED.append,
    "shut": shut,
    "crash": crash,
    "clipboard": lambda words: QApplication.clipboard().setText(words),
}


def run(step: dict[str, Any]) -> Any:
    """Do one step and return its answer."""
    for verb, what in step.items():
        if verb in VERBS:
            VERBS[verb](step if verb == "mouse" else what)
    QApplication.processEvents()
    return state()


def _size(timer: QTimer) -> None:
    """Give the window the size of the design: the screen that nobody sees is small."""
    if QApplication.topLevelWidgets():
        timer.stop()
        window().resize(1440, 900)


def _serve(steps: "Queue[str]") -> None:
    try:
        line = steps.get_nowait()
    except Empty:
        return
    if not line:
        window().close()
        return
    try:
        answer = run(json.loads(line))
    except Exception as error:  # noqa: BLE001 - the test has to hear of it, whatever it is
        answer = {"error": f"{type(error).__name__}: {error}"}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _read(steps: "Queue[str]") -> None:
    for line in sys.stdin:
        steps.put(line)
    steps.put("")


def start(project: str) -> int:
    """Run the program on a project, taking steps from standard input."""
    if log := os.environ.get("PRESSMARK_STDERR"):  # as a desktop does with what a program says
        os.dup2(os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND), sys.stderr.fileno())
    steps: Queue[str] = Queue()
    threading.Thread(target=_read, args=(steps,), daemon=True).start()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    timer = QTimer(application, interval=1)
    timer.timeout.connect(lambda: _serve(steps) if QApplication.topLevelWidgets() else None)
    timer.start()
    sizing = QTimer(application, interval=0)
    sizing.timeout.connect(lambda: _size(sizing))
    sizing.start()
    answering = QTimer(application, interval=1)  # a timer does not interrupt itself
    answering.timeout.connect(answer_dialog)
    answering.start()
    return main(["open", project] if project else [])


if __name__ == "__main__":
    sys.exit(start(sys.argv[1]))
