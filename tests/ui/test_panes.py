"""The panes beside the text: how wide they are when the window changes its size."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.model.commands import AddArticle
from app.ui.main_window import MainWindow
from tests.projects import article, project


@pytest.fixture
def window(opened: MainWindow, tmp_path: Path) -> MainWindow:
    with project(tmp_path) as ws:
        ws.do(AddArticle(article=article()), title="x")
    opened.bench.open_project(ws.location)
    return opened


def resized(window: MainWindow, width: int) -> list[int]:
    window.resize(width, 800)
    for _ in range(3):
        QApplication.processEvents()
    return window.bench.desk.pane_sizes()


def test_the_form_gets_its_width_back_when_there_is_room_again(window: MainWindow) -> None:
    assert resized(window, 1440)[2] == 376
    assert resized(window, 880) == []  # a drawer
    assert resized(window, 1440)[2] == 376
    window.bench.desk.restore_sizes([268, 796, 330])
    resized(window, 880)
    assert resized(window, 1440)[2] == 330
    assert window.bench.desk.sizes_to_keep()[2] == 330


def test_a_form_that_was_made_narrow_by_hand_stays_so(window: MainWindow) -> None:
    sizes = resized(window, 1440)
    panes = window.bench.desk.panes
    panes.moveSplitter(sizes[0] + sizes[1] + 56, panes.count() - 1)
    by_hand = window.bench.desk.pane_sizes()[2]
    assert by_hand < 376
    resized(window, 880)
    assert resized(window, 1440)[2] == by_hand
