"""The window backs a changed project up, after ten minutes and on closing."""

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.model.commands import AddAnnotation
from app.ui.backups import Backups
from app.ui.main_window import MainWindow
from app.workspace import Workspace, backups
from app.workspace.backups import EVERY, backups_of
from tests.projects import mark, rows, with_article


def tag(ws: Workspace, start: int) -> None:
    story = ws.contents(ws.article_ids()[0]).article
    annotation = mark(story, start, start + 3)
    ws.do(AddAnnotation(annotation=annotation), title="tag", article=story.id)


def is_at_work(backups: Backups) -> bool:
    return backups.job is not None


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ten minutes pass between two looks at the clock."""
    ticks = iter(range(100))
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks) * EVERY)


def test_a_changed_project_is_backed_up_beside_the_work(
    qtbot: QtBot, tmp_path: Path, later: None
) -> None:
    ws, _ = with_article(tmp_path)
    keeper = Backups(None)
    with ws:
        keeper.watch(ws)
        keeper.look()
        assert not is_at_work(keeper)
        tag(ws, 0)
        keeper.look()
        assert keeper.job is not None
        with qtbot.waitSignal(keeper.job.ended):
            pass
        (made,) = backups_of(ws.project.id)
        assert rows(made.path) == rows(ws.location)
        keeper.leave()
        assert backups_of(ws.project.id) == (made,)


def test_a_backup_is_made_before_much_may_change(on_sample: MainWindow, qtbot: QtBot) -> None:
    bench = on_sample.bench
    assert bench.session is not None
    project = bench.session.workspace.project.id
    bench.show_codebook()
    assert bench.backups.job is not None
    qtbot.waitUntil(lambda: bench.backups.job is None)
    assert len(backups_of(project)) == 1


def test_what_changes_much_waits_for_a_backup_of_what_was_there(
    on_sample: MainWindow, qtbot: QtBot
) -> None:
    bench = on_sample.bench
    assert bench.session is not None
    workspace = bench.session.workspace
    bench.session.before_much(lambda: tag(workspace, 0))
    seq = workspace.last_seq
    qtbot.waitUntil(lambda: workspace.last_seq == seq + 1)
    (made,) = backups_of(workspace.project.id)
    assert backups.outline(made.path).steps == seq
    bench.session.before_much(lambda: tag(workspace, 4))  # the next of a row of merges
    assert workspace.last_seq == seq + 2
    assert len(backups_of(workspace.project.id)) == 1


def test_what_waits_for_a_backup_is_not_done_to_another_project(
    on_sample: MainWindow, qtbot: QtBot
) -> None:
    bench = on_sample.bench
    assert bench.session is not None
    done: list[int] = []
    bench.session.before_much(lambda: done.append(1))
    bench.close_project()
    qtbot.waitUntil(lambda: bench.backups.job is None)
    assert not done


def test_no_room_for_a_backup_is_said_and_tried_again(
    qtbot: QtBot, tmp_path: Path, later: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws, _ = with_article(tmp_path)
    (tmp_path / "full").write_text("no folder")
    monkeypatch.setenv("PRESSMARK_BACKUPS", str(tmp_path / "full"))
    keeper = Backups(None)
    said: list[str] = []
    keeper.message.connect(said.append)
    with ws:
        keeper.watch(ws)
        tag(ws, 0)
        keeper.look()
        assert keeper.job is not None
        with qtbot.waitSignal(keeper.job.ended):
            pass
        keeper.leave()
    assert len(said) == 2
    assert all(sentence.startswith("The backup was not made") for sentence in said)


def test_closing_the_window_leaves_a_backup_of_what_was_done(
    on_sample: MainWindow, tmp_path: Path
) -> None:
    session = on_sample.bench.session
    assert session is not None
    project, location = session.workspace.project.id, session.workspace.location
    assert not backups_of(project)
    before = session.workspace.last_seq
    on_sample.bench.desk.flag()
    assert session.workspace.last_seq == before + 1
    on_sample.close()
    (made,) = backups_of(project)
    assert rows(made.path) == rows(location)


def test_looking_at_a_project_makes_no_backup(on_sample: MainWindow) -> None:
    session = on_sample.bench.session
    assert session is not None
    project = session.workspace.project.id
    on_sample.close()
    assert not backups_of(project)
