"""What the tests of the window's parts share: the look, the codebook, and the smallest target."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.model.codebook import Codebook
from app.model.codebook_file import read_codebook
from app.model.resources import resource
from app.ui.application import make_window
from app.ui.main_window import MainWindow
from app.ui.style import stylesheet
from app.ui.theme import LIGHT, Theme, load_fonts
from app.workspace.sample import make_sample
from tests.ui.person import Person

Show = Callable[..., None]

TARGET = 24
"""Pixels that a target needs each way (WCAG 2.5.8)."""


@pytest.fixture(scope="session")
def press() -> Codebook:
    return read_codebook(resource("codebooks/press.yaml"))


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Show:
    """Show a widget of a given size in the program's look."""
    load_fonts()

    def shown(widget: QWidget, width: int, height: int, *, theme: Theme = LIGHT) -> None:
        qtbot.addWidget(widget)
        widget.setStyleSheet(stylesheet(theme))
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)

    return shown


@pytest.fixture
def assert_targets() -> Callable[[QWidget], None]:
    """Check that every button that is shown can be hit and named."""

    def check(widget: QWidget) -> None:
        buttons = [b for b in widget.findChildren(QAbstractButton) if b.isVisible()]
        assert buttons
        for button in buttons:
            assert min(button.width(), button.height()) >= TARGET, button
            assert button.accessibleName() or button.text(), button

    return check


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The whole window without a project, with folders of its own."""
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "config")
    )
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(home))
    monkeypatch.setenv("PRESSMARK_ANNOTATOR", "ann")
    _, made = make_window()
    made.resize(1440, 900)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    assert made.bench is not None  # the menus are there before their keys are pressed
    QApplication.processEvents()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def on_sample(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """The whole window on the sample, with the keyboard in the text."""
    place = tmp_path / "sample.pressmark"
    make_sample(place, annotator="ann").close()
    opened.bench.open_project(str(place))
    opened.bench.desk.view.setFocus()
    qtbot.waitUntil(opened.bench.desk.view.hasFocus)
    return opened


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody who answers the dialogs."""
    return Person(monkeypatch)


@pytest.fixture
def attended(opened: MainWindow, person: Person) -> Iterator[MainWindow]:
    """The whole window, with somebody who lets unsent changes go in the end."""
    yield opened
    person.button = QMessageBox.StandardButton.Discard
