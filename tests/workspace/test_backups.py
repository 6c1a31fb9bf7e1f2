"""Backups of real projects: sound, private, thinned, and restored without overwriting."""

import os
import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.model.backups import Backup
from app.model.commands import AddAnnotation, DeleteAnnotation
from app.model.errors import InputRefused, KnownError
from app.storage import backups as stored
from app.workspace import Workspace
from app.workspace.backups import (
    EVERY,
    Schedule,
    back_up,
    backups_folder,
    backups_of,
    outline,
    restore,
)
from tests.projects import mark, rows, with_article

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def spoil(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE article SET text = replace(text, 'police', 'POLICE')")
    connection.close()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_backup_of_an_open_project_is_the_project_and_private(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    with ws:
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="tag", article=story.id)
        made = back_up(ws.location, ws.project.id, folder=tmp_path / "kept")
        assert made.is_sound
        assert rows(made.path) == rows(ws.location)
        assert backups_of(ws.project.id, folder=tmp_path / "kept") == (made,)
    assert mode(made.path) == 0o600
    assert mode(made.path.parent) == 0o700
    assert outline(made.path).annotations == 1


def test_every_backup_can_be_restored_to_the_very_rows(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    expected = {}
    with ws:
        for start in range(5):
            annotation = mark(story, start, start + 3)
            ws.do(AddAnnotation(annotation=annotation), title="tag", article=story.id)
            made = back_up(ws.location, ws.project.id, folder=tmp_path / "kept")
            expected[made.path] = rows(ws.location)
    assert len(expected) == 5
    for number, (copy, held) in enumerate(expected.items()):
        before = copy.read_bytes()
        out = tmp_path / f"again{number}.pressmark"
        restore(copy, out)
        assert copy.read_bytes() == before
        assert rows(out) == held
        with Workspace.open(out, annotator="ann") as again:
            assert again.check().ok
            assert again.undo(story.id) is not None


def test_restoring_overwrites_nothing(tmp_path: Path) -> None:
    ws, _ = with_article(tmp_path)
    ws.close()
    made = back_up(ws.location, "p", folder=tmp_path / "kept")
    there = Path(ws.location).read_bytes()
    with pytest.raises(InputRefused, match="exists already"):
        restore(made.path, ws.location)
    assert Path(ws.location).read_bytes() == there


@pytest.mark.parametrize("cut", [0, 50, 3000, 9000])
def test_what_is_no_sound_backup_is_refused(tmp_path: Path, cut: int) -> None:
    ws, _ = with_article(tmp_path)
    ws.close()
    part = tmp_path / "part.pressmark"
    part.write_bytes(Path(ws.location).read_bytes()[:cut])
    for ask in (lambda: outline(part), lambda: restore(part, tmp_path / "out.pressmark")):
        with pytest.raises(InputRefused):
            ask()
    assert not (tmp_path / "out.pressmark").exists()


def test_a_damaged_project_never_pushes_a_sound_backup_out(tmp_path: Path) -> None:
    ws, _ = with_article(tmp_path)
    ws.close()
    path, folder = Path(ws.location), tmp_path / "kept"
    sound = path.read_bytes()
    then = NOW - timedelta(days=40)
    older, newer = (stored.make(path, folder, now=then + timedelta(hours=n)) for n in (0, 1))
    spoil(path)
    damaged = stored.make(path, folder, now=NOW)
    assert not damaged.is_sound
    assert stored.listed(folder) == (damaged, newer, older)
    path.write_bytes(sound)
    newest = stored.make(path, folder, now=NOW + timedelta(hours=1))
    assert stored.listed(folder) == (newest, damaged, newer)  # the older of one day went


def test_a_clock_set_back_takes_no_backup_away(tmp_path: Path) -> None:
    ws, _ = with_article(tmp_path)
    ws.close()
    made: list[Backup] = [
        stored.make(Path(ws.location), tmp_path / "kept", now=now)
        for now in (NOW, NOW, NOW - timedelta(days=400))
    ]
    assert set(stored.listed(tmp_path / "kept")) == set(made)
    assert len({one.path for one in made}) == 3


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    ws, _ = with_article(tmp_path)
    ws.close()
    (tmp_path / "kept").write_text("a file")
    with pytest.raises(KnownError, match="The backup was not made"):
        back_up(ws.location, "p", folder=tmp_path / "kept")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_backup_on_a_drive_that_cannot_be_written_is_restored(tmp_path: Path) -> None:
    ws, _ = with_article(tmp_path)
    ws.close()
    made = back_up(ws.location, "p", folder=tmp_path / "kept")
    made.path.chmod(0o400)
    made.path.parent.chmod(0o500)
    try:
        restore(made.path, tmp_path / "again.pressmark")
    finally:
        made.path.parent.chmod(0o700)
    assert rows(tmp_path / "again.pressmark") == rows(ws.location)


def test_the_outline_leaves_the_trash_out(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    with ws:
        added = mark(story, 0, 9)
        change = ws.do(AddAnnotation(annotation=added), title="tag", article=story.id)
        version = change.annotations[0].version
        before = outline(ws.location)
        command = DeleteAnnotation(id=added.id, version=version)
        ws.do(command, title="remove", article=story.id)
        after = outline(ws.location)
        assert (before.annotations, after.annotations) == (1, 0)
        assert after.steps == before.steps + 1
        assert after.last_change == ws.last_saved


def test_backups_lie_outside_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESSMARK_BACKUPS", str(tmp_path / "there"))
    assert backups_folder() == tmp_path / "there"
    monkeypatch.delenv("PRESSMARK_BACKUPS")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert backups_folder() == tmp_path / "Pressmark" / "backups"


def test_one_is_due_after_ten_minutes_if_something_changed() -> None:
    schedule = Schedule(3, now=0)
    assert not schedule.is_due(3, now=EVERY * 9, closing=True)
    assert not schedule.is_due(4, now=EVERY - 1)
    assert schedule.is_due(4, now=1, closing=True)
    assert schedule.is_due(4, now=EVERY)
    schedule.failed(now=EVERY)
    assert not schedule.is_due(4, now=EVERY + 1)
    assert schedule.is_due(4, now=EVERY * 2)
    schedule.made(4, now=EVERY * 2)
    assert not schedule.is_due(4, now=EVERY * 9, closing=True)
