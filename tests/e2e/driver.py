"""Runs the real program in a process of its own and drives it with real key and mouse events.

`python tests/e2e/driver.py PROJECT` starts `app.__main__.main(["open", PROJECT])`. Each line on
standard input is a step in JSON; each is answered by one line on standard output when the event
loop has dealt with it. The parent may kill the process at any moment.
"""

import json
import os
import sys
import threading
from queue import Empty, Queue
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.__main__ import main
from app.ui.article.bar import Bar
from app.ui.article.view import ArticleView
from app.ui.main_window import MainWindow

_MODIFIERS = {
    "ctrl": Qt.KeyboardModifier.ControlModifier,
    "shift": Qt.KeyboardModifier.ShiftModifier,
    "alt": Qt.KeyboardModifier.AltModifier,
}


def window() -> MainWindow:
    """Return the window of the program, made by `main`."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))


def state() -> dict[str, Any]:
    """Return what is on the screen: the annotations shown, the selection, the status words."""
    shown = window()
    contents = shown.bench.session.contents if shown.bench.session else None
    return {
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
        "status": shown.bench.status.text(),
    }


def press(key: str) -> None:
    """Press a key such as `ctrl+shift+Right` or `1` in the widget that has the focus."""
    *names, last = key.split("+") if key != "+" else [key]
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in names:
        modifiers |= _MODIFIERS[name]
    target = QApplication.focusWidget() or window()
    code = getattr(Qt.Key, f"Key_{last}", None)
    if code is not None:
        QTest.keyClick(target, code, modifiers)
    else:
        QTest.keyClick(target, last, modifiers)


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


def run(step: dict[str, Any]) -> Any:
    """Do one step and return its answer."""
    if "keys" in step:
        for key in step["keys"]:
            press(key)
            QApplication.processEvents()
    elif "type" in step:
        QTest.keyClicks(QApplication.focusWidget() or window(), step["type"])
    elif "mouse" in step:
        mouse(step)
    elif "choose" in step:
        choose(step["choose"])
    QApplication.processEvents()
    return state()


def _serve(steps: "Queue[str]") -> None:
    try:
        line = steps.get_nowait()
    except Empty:
        return
    if not line:
        window().close()
        return
    sys.stdout.write(json.dumps(run(json.loads(line))) + "\n")
    sys.stdout.flush()


def _read(steps: "Queue[str]") -> None:
    for line in sys.stdin:
        steps.put(line)
    steps.put("")


def start(project: str) -> int:
    """Run the program on a project, taking steps from standard input."""
    steps: Queue[str] = Queue()
    threading.Thread(target=_read, args=(steps,), daemon=True).start()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    timer = QTimer(application, interval=1)
    timer.timeout.connect(lambda: _serve(steps) if QApplication.topLevelWidgets() else None)
    timer.start()
    return main(["open", project])


if __name__ == "__main__":
    sys.exit(start(sys.argv[1]))
