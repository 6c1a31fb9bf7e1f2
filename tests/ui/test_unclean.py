"""A project whose last run was killed is checked by itself, and the window says what is so."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.model.commands import AddAnnotation
from app.ui.banner import Notice
from app.ui.main_window import MainWindow
from app.ui.unclean import Unclean
from app.workspace import Workspace
from tests.projects import mark, with_article


@pytest.fixture
def left(tmp_path: Path) -> str:
    """A project as a killed process leaves it: what was committed lies in the -wal."""
    ws, story = with_article(tmp_path)
    copy = tmp_path / "left" / "left.pressmark"
    copy.parent.mkdir()
    with ws:
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="tag", article=story.id)
        for ending in ("", "-wal"):
            shutil.copy(f"{ws.location}{ending}", f"{copy}{ending}")
    return str(copy)


def test_what_was_left_open_is_checked_and_said(
    qtbot: QtBot, on_sample: MainWindow, left: str
) -> None:
    bench = on_sample.bench
    bench.open_project(left)
    assert bench.desk.banner.accessibleName().startswith("Nothing was lost: the last change on ")
    qtbot.waitUntil(lambda: bench.unclean.job is None)
    assert bench.desk.banner.accessibleName().startswith("Nothing was lost")
    assert bench.session is not None
    assert bench.session.workspace.stats().annotations == {"event": 1}


def test_what_the_check_finds_takes_its_place(
    qtbot: QtBot, on_sample: MainWindow, left: str
) -> None:
    holder = sqlite3.connect(left)
    holder.execute("UPDATE project SET value = 'Ruined' WHERE key = 'name'")
    holder.execute("DELETE FROM article_search_docsize")
    holder.commit()
    bench = on_sample.bench
    bench.open_project(left)
    qtbot.waitUntil(lambda: bench.unclean.job is None)
    said = bench.desk.banner.accessibleName()
    assert said.endswith("a look.")
    assert bench.desk.banner.button.text() == "Repair…"
    holder.close()


def test_a_project_closed_properly_or_open_elsewhere_is_not(left: str) -> None:
    unclean = Unclean(None)
    with Workspace.open(left, annotator="ann") as ws:
        assert unclean.attend(ws, alone=False) == Notice()
    with Workspace.open(left, annotator="ann") as ws:
        assert unclean.attend(ws, alone=True) == Notice()
    assert unclean.job is None
