"""Draw every main view of the sample project into a folder, without a screen: `make shot`."""

import os
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.__main__ import main as pressmark
from app.model.annotation import Annotation
from app.ui.application import make_window
from app.ui.key_help import KeyHelp
from app.ui.main_window import MainWindow

_WORDS = "criminal lawsuit"
"""What is being tagged in one of the pictures."""


def main(folder: Path) -> int:
    """Write the pictures and say where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_CONFIG_HOME"] = place
        project = Path(place) / "sample.pressmark"
        if pressmark(["sample", str(project)]):
            return 1
        _, window = make_window()
        window.resize(1440, 900)
        window.show()
        for look in ("light", "dark"):
            window.bench.set_look(look)
            _shoot(window, folder / f"first-run-{look}.png")
        window.bench.open_project(str(project))
        _states(window, folder)
        window.close()
    print(f"The pictures are in {folder}")
    return 0


def _states(window: MainWindow, folder: Path) -> None:
    contents = window.bench.session.contents if window.bench.session else None
    if contents is None:
        message = "the sample did not open"
        raise RuntimeError(message)
    view = window.bench.desk.view
    statement = next(
        a for a in contents.annotations if "gave the order" in a.quote and a.type == "statement"
    )
    number = next(a for a in contents.annotations if a.type == "number" and "2500" in a.quote)
    for look in ("light", "dark"):
        window.bench.set_look(look)
        for name, annotation in (("main", statement), ("number", number)):
            view.verticalScrollBar().setValue(0)
            view.select(annotation.id)
            _shoot(window, folder / f"{name}-{look}.png")
        view.select(None)
        _shoot(window, folder / f"summary-{look}.png")
    window.bench.set_look("light")
    _gestures(window, folder, statement)
    view.select(statement.id)
    window.resize(1024, 700)
    _shoot(window, folder / "main-1024x700.png")
    window.resize(1440, 900)
    help_sheet = KeyHelp(
        window.bench.session.workspace.codebook if window.bench.session else None,
        window,
        keymap=window.bench.keymap,
    )
    help_sheet.resize(help_sheet.width(), 740)  # nothing to scroll
    help_sheet.show()
    _shoot(help_sheet, folder / "keys.png")
    help_sheet.close()
    _search(window, folder)
    _codebook(window, folder)
    window.bench.status.show_failure("Not on disk: no space left.")
    _shoot(window, folder / "write-failed.png")


def _search(window: MainWindow, folder: Path) -> None:
    """Draw the search over all articles: accusations, the second of them chosen."""
    desk = window.bench.desk
    desk.search_all("marks")
    if (panel := desk.found) is None:
        message = "the search did not open"
        raise RuntimeError(message)
    form = panel.form
    form.type.setCurrentIndex(form.type.findText("Statement"))
    form.attribute.setCurrentIndex(form.attribute.findText("Kind"))
    form.value.setCurrentIndex(form.value.findText("Accusation"))
    while not panel.hits.rowCount():
        QTest.qWait(10)
    panel.view.setCurrentIndex(panel.hits.index(1, 0))
    panel.view.chosen.emit(1)
    for look in ("light", "dark"):
        window.bench.set_look(look)
        _shoot(window, folder / f"search-{look}.png")
    window.bench.set_look("light")
    desk.close_search()


def _codebook(window: MainWindow, folder: Path) -> None:
    """Draw the codebook editor in both looks."""
    for look in ("light", "dark"):
        window.bench.set_look(look)
        window.bench.show_codebook()
        editor = window.bench.codebook.editor
        if editor is None:
            message = "the codebook editor did not open"
            raise RuntimeError(message)
        editor.choose(("types", "event"))
        QTest.qWait(200)
        _shoot(editor, folder / f"codebook-{look}.png")
        editor.close()
    window.bench.set_look("light")


def _gestures(window: MainWindow, folder: Path, statement: Annotation) -> None:
    """Draw the article while somebody tags words, and while a slot waits for a mark."""
    view, session = window.bench.desk.view, window.bench.session
    start = view.text.text.index(_WORDS)
    view.verticalScrollBar().setValue(0)
    view.select(None)
    view.set_range(start, start + len(_WORDS))
    _shoot(view, folder / "tagging-light.png")
    view.clear_range()
    view.select(statement.id)
    view.arm_role(session.workspace.codebook.role("statement", "speaker") if session else None)
    _shoot(view, folder / "linking-light.png")
    view.arm_role(None)


def _shoot(widget: QWidget, path: Path) -> None:
    QApplication.processEvents()
    QApplication.processEvents()
    widget.grab().save(str(path))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screenshots")))
