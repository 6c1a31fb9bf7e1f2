"""A pipeline on the real window: off until asked, looks beside it, and only proposes."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.commands import AddArticle
from app.ui.main_window import MainWindow
from app.ui.preferences.pipelines_page import PipelinesPage
from app.workspace.outside import add_folder, pipeline_named, types_of
from tests.pipelines import make_pipeline
from tests.projects import article, project

Key = Qt.Key
NAME = "spacy:en_tiny"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_pipeline(tmp_path_factory.mktemp("pipelines"))


@pytest.fixture
def window(opened: MainWindow, tmp_path: Path) -> MainWindow:
    with project(tmp_path) as ws:
        ws.do(AddArticle(article=article("Navalny came to Moscow.")), title="import")
    opened.bench.open_project(ws.location)
    return opened


def page_of(window: MainWindow, qtbot: QtBot) -> PipelinesPage:
    session = window.bench.session
    assert session is not None
    page = PipelinesPage(window.bench._settings, session.workspace.codebook)
    page.switched.connect(lambda: window.bench._apply_setting("pipelines"))
    page.chosen.connect(lambda: window.bench._apply_setting("pipeline-types"))
    qtbot.addWidget(page)
    page.show()
    return page


def proposed(window: MainWindow) -> list[str]:
    return sorted(one.quote for one in window.bench.desk.view.suggestions.values())


def is_looking(window: MainWindow) -> bool:
    return window.bench.desk.proposals.pipelines.job is not None


def test_a_pipeline_proposes_once_it_is_switched_on(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    bench = window.bench
    page = page_of(window, qtbot)
    assert "none on this computer" in page._list.findChildren(type(page.said))[0].text()
    page.take(folder.parent)
    assert "holds no pipeline" in page.said.text()
    page.take(folder)
    assert not page.said.text()
    assert not page.boxes[NAME].isChecked()
    bench.menus.action("suggestions").trigger()
    assert not is_looking(window)
    page.boxes[NAME].setFocus()
    QTest.keyClick(page.boxes[NAME], Key.Key_Space)
    assert is_looking(window)  # beside the window
    qtbot.waitUntil(lambda: proposed(window) == ["Moscow", "Navalny"], timeout=20_000)
    combo = page.combos[NAME, "GPE"]
    combo.setCurrentIndex(combo.findData("event"))
    pipeline = pipeline_named(NAME)
    assert pipeline is not None
    assert types_of(pipeline) == {"PERSON": "actor", "GPE": "event"}
    QApplication.processEvents()
    assert {s.quote: s.type for s in bench.desk.view.suggestions.values()} == {
        "Navalny": "actor",
        "Moscow": "event",
    }
    view = bench.desk.view
    window.activateWindow()
    view.setFocus()
    QTest.keyClick(view, Key.Key_Space)
    QTest.keyClick(view, Key.Key_A)
    assert bench.session is not None
    assert bench.session.contents is not None
    (mark,) = bench.session.contents.annotations
    assert (mark.quote, mark.origin) == ("Navalny", f"suggestion:{NAME}")
    page.reset()
    assert proposed(window) == []
    assert not bench.desk.proposals.pipelines._at_work


def test_one_that_cannot_be_loaded_says_so_once(
    window: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "meta.json").write_text((folder / "meta.json").read_text())
    add_folder(broken)
    bench = window.bench
    said: list[str] = []
    bench.desk.proposals.message.connect(said.append)
    bench.menus.action("suggestions").trigger()
    bench._settings.pipelines = [NAME]
    bench._apply_setting("pipelines")
    qtbot.waitUntil(lambda: any("cannot be loaded" in one for one in said), timeout=20_000)
    qtbot.waitUntil(lambda: bench.desk.proposals.pipelines.job is None)
    bench.desk.proposals.learnt_anew()
    assert bench.desk.proposals.pipelines.job is None
