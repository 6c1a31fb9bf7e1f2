"""What else befalls files: cut off, mixed up, exchanged while open, and a clock that goes back."""

import shutil
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.model import ids
from app.model.commands import AddAnnotation, EditAnnotation
from app.model.errors import KnownError, Refused
from app.storage import store
from app.workspace import Workspace
from app.workspace.backups import back_up, backups_of
from tests.projects import mark, rows, with_article

PAGE = 4096


@pytest.fixture
def project(tmp_path: Path) -> Path:
    ws, story = with_article(tmp_path)
    with ws:
        for start in range(12):
            added = mark(story, start, start + 4, comment=f"seen {start} " * 200)
            ws.do(AddAnnotation(annotation=added), title="tag", article=story.id)
    return Path(ws.location)


def refused_or_found(path: Path) -> bool:
    """Tell whether a damaged file is not opened, or `check` finds what is wrong."""
    try:
        with Workspace.open(path, annotator="ann", read_only=True) as ws:
            return not ws.check().ok
    except (Refused, KnownError):
        return True


def test_a_file_cut_off_at_any_page_is_refused_and_left_as_it_is(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = project.read_bytes()
    cut, missed = tmp_path / "cut.pressmark", []
    places = [place + more for place in range(0, len(sound), PAGE) for more in (0, 1, PAGE - 1)]
    for place in places:
        cut.write_bytes(sound[:place])
        if not refused_or_found(cut):
            missed.append(place)
        assert cut.read_bytes() == sound[:place]
    with capsys.disabled():
        sys.stdout.write(f"\ncut off at {len(places)} places: {len(missed)} missed\n")
    assert missed == []


def test_a_log_that_is_cut_off_gives_whole_steps(project: Path, tmp_path: Path) -> None:
    """What a copy program takes of a running project: the file, and some of its log."""
    live, seen = tmp_path / "live.pressmark", []
    shutil.copy(project, live)
    with Workspace.open(live, annotator="ann") as ws:
        story = ws.contents(ws.article_ids()[0]).article
        seen.append(rows(live))
        for start in range(5):
            added = mark(story, start, start + 3, comment="more " * 900)
            ws.do(AddAnnotation(annotation=added), title="tag", article=story.id)
            seen.append(rows(live))
        main, log = live.read_bytes(), Path(f"{live}-wal").read_bytes()
    copy = tmp_path / "copy.pressmark"
    for size in range(0, len(log), 1999):
        copy.write_bytes(main)
        Path(f"{copy}-wal").write_bytes(log[:size])
        Path(f"{copy}-shm").unlink(missing_ok=True)
        with Workspace.open(copy, annotator="ann") as ws:
            assert ws.check().ok
        assert rows(copy) in seen


def test_the_log_of_another_project_beside_a_file_changes_nothing_in_silence(
    project: Path, tmp_path: Path
) -> None:
    """A stale log: of an older state of the same project, and of another project."""
    (tmp_path / "other").mkdir()
    ws, story = with_article(tmp_path / "other")
    with ws:
        ws.do(AddAnnotation(annotation=mark(story, 0, 5)), title="tag", article=story.id)
        foreign = Path(f"{ws.location}-wal").read_bytes()
    older = tmp_path / "older.pressmark"
    shutil.copy(project, older)
    with Workspace.open(older, annotator="ann") as ws:
        story = ws.contents(ws.article_ids()[0]).article
        added = mark(story, 2, 9, comment="then " * 900)
        ws.do(AddAnnotation(annotation=added), title="tag", article=story.id)
        stale = Path(f"{older}-wal").read_bytes()
        then = rows(older)
    with Workspace.open(older, annotator="ann") as ws:
        seen = ws.contents(story.id).annotation(added.id)
        assert seen
        edit = EditAnnotation(id=added.id, version=seen.version, comment="now")
        ws.do(edit, title="edit", article=story.id)
    for log in (foreign, stale):
        mixed = tmp_path / "mixed.pressmark"
        shutil.copy(older, mixed)
        held = rows(mixed)
        Path(f"{mixed}-wal").write_bytes(log)
        try:
            with Workspace.open(mixed, annotator="ann") as ws:
                is_sound = ws.check().ok
        except (Refused, KnownError):
            continue
        assert not is_sound or rows(mixed) in (held, then)
        for name in ("mixed.pressmark", "mixed.pressmark-wal", "mixed.pressmark-shm"):
            (tmp_path / name).unlink(missing_ok=True)


def test_a_file_replaced_while_open_is_neither_read_nor_written_in_silence(
    project: Path, tmp_path: Path
) -> None:
    """By a rename, as programs that sync folders do it; both files stay whole."""
    other = tmp_path / "other.pressmark"
    with Workspace.open(project, annotator="ann") as ws:
        story = ws.contents(ws.article_ids()[0]).article
        ws.copy_to(other)
        held = rows(other)
        mine = mark(story, 0, 5)
        ws.do(AddAnnotation(annotation=mine), title="tag", article=story.id)
        mine_too = rows(project)
        other.rename(project)
        with pytest.raises(KnownError, match="What was here is kept as p before it was"):
            ws.poll()
        for _ in range(3):
            with pytest.raises(KnownError, match="is another file now"):
                ws.do(AddAnnotation(annotation=mark(story, 1, 5)), title="tag")
        with pytest.raises(KnownError):
            ws.undo(story.id)
    kept = tmp_path / "p before it was replaced.pressmark"
    for path, before in ((project, held), (kept, mine_too)):
        assert rows(path) == before
        with Workspace.open(path, annotator="ann") as ws:
            assert ws.check().ok
    assert kept.stat().st_mode & 0o077 == 0


def test_a_clock_that_goes_back_loses_nothing(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2031, 5, 5, 12, tzinfo=UTC)

    def clock() -> str:
        return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    assert len(clock()) == len(ids.utc_now())
    monkeypatch.setattr(store, "utc_now", clock)
    with Workspace.open(project, annotator="ann") as ws:
        article = ws.article_ids()[0]
        story = ws.contents(article).article
        added, states = [], [rows(project)["annotation"]]
        for day in range(8):
            added.append(mark(story, day, day + 3, comment="first"))
            ws.do(AddAnnotation(annotation=added[-1]), title=f"tag {day}", article=article)
            now -= timedelta(days=100)
            seen = ws.contents(article).annotation(added[-1].id)
            assert seen
            for words in ("one", "two"):  # within a minute by no clock: each is a step of its own
                edit = EditAnnotation(id=seen.id, version=seen.version, comment=words)
                change = ws.do(edit, title=f"edit {day}", article=article, merge_key="comment")
                seen = change.annotations[0]
                now -= timedelta(hours=1)
            states.append(rows(project)["annotation"])
            back_up(ws.location, "p", folder=tmp_path / "kept")
        steps = 0
        while ws.undo_title(article) and ws.undo_title(article) != "tag":
            assert ws.undo(article)
            steps += 1
            assert ws.check().ok
        assert steps >= 16
        while ws.redo(article):
            continue
        comments = {one.id: one.comment for one in ws.contents(article).annotations}
        assert {comments[one.id] for one in added} == {"two"}
        assert ws.check().ok
    assert len(backups_of("p", folder=tmp_path / "kept")) == 8


def test_a_copy_of_the_file_alone_is_an_older_state_or_refused(
    project: Path, tmp_path: Path
) -> None:
    """The file without its log, taken while the program runs: never something in between."""
    with Workspace.open(project, annotator="ann") as ws:
        story = ws.contents(ws.article_ids()[0]).article
        before = rows(project)
        ws.do(AddAnnotation(annotation=mark(story, 0, 5)), title="tag", article=story.id)
        copy = tmp_path / "alone.pressmark"
        shutil.copy(project, copy)
    try:
        with Workspace.open(copy, annotator="ann") as again:
            assert again.check().ok
    except (Refused, KnownError, sqlite3.DatabaseError):
        return
    assert rows(copy) == before
