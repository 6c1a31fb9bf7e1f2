"""What is damaged is made again from the journal, or left alone; the damaged file is kept."""

import os
import sqlite3
from pathlib import Path

import pytest

from app.model.commands import AddAnnotation
from app.model.errors import InputRefused, KnownError, Refused
from app.model.reports import CheckReport
from app.storage import files, repair
from app.storage.sql import Connection
from app.workspace import Workspace
from tests.projects import mark, rows, with_article
from tests.storage.test_check import location, spoil

__all__ = ["location"]


def kept_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("* damaged *"))


def checked(location: str) -> CheckReport:
    with Workspace.open(location, annotator="ann") as ws:
        return ws.check()


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("UPDATE article SET text = replace(text, 'police', 'POLICE')", "text"),
        ("UPDATE annotation SET evidence = replace(evidence, 'Moscow', 'Berlin')", "quote"),
        ("UPDATE annotation SET deleted_at = '2021'", "reference"),
        ("DELETE FROM record", "reference"),
        ("UPDATE codebook SET body = replace(body, 'archived', 'erchived')", "database"),
        ("DELETE FROM article_search_docsize", "search"),
        ("INSERT INTO article_search (article_search) VALUES ('delete-all')", "search"),
        (
            "INSERT INTO article_search (rowid, title) SELECT position, 'zebra' FROM article",
            "search",
        ),
    ],
)
def test_what_the_journal_proves_is_brought_back(location: str, sql: str, kind: str) -> None:
    path = Path(location)
    before = rows(location)
    spoil(location, sql)
    damaged = rows(location)
    report = repair.repair(path)
    assert kind in {finding.kind for finding, _ in report.done}
    assert [finding for finding, _ in report.done] == list(report.before.findings)
    assert report.after.ok
    assert rows(location) == before
    assert checked(location).ok
    (kept,) = kept_in(path.parent)
    assert report.kept == str(kept)
    assert rows(str(kept)) == damaged
    assert not list(path.parent.glob(".*"))


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM journal WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 3",
        "UPDATE journal SET command = 'oops' WHERE seq = 3",
        "UPDATE annotation SET version = 99",
        "UPDATE status SET state = 'new'",
        "UPDATE journal SET command = replace(command, 'done', 'new')",
    ],
)
def test_nothing_is_guessed_where_the_journal_is_not_whole(location: str, sql: str) -> None:
    spoil(location, sql)
    damaged = rows(location)
    report = repair.repair(Path(location))
    assert report.before.findings == report.after.findings != ()
    assert not any(finding.repairable for finding in report.before.findings)
    assert (report.done, report.kept) == ((), "")
    assert rows(location) == damaged
    assert kept_in(Path(location).parent) == []


def test_the_index_is_made_again_even_where_the_rest_cannot_be(location: str) -> None:
    spoil(location, "UPDATE journal SET command = 'oops' WHERE seq = 3")
    spoil(location, "DELETE FROM article_search_docsize")
    report = repair.repair(Path(location))
    assert [finding.kind for finding, _ in report.done] == ["search"]
    assert [finding.kind for finding in report.after.findings] == ["journal"]


def test_a_broken_page_is_written_anew(location: str) -> None:
    before = rows(location)
    connection = sqlite3.connect(location)
    connection.execute("PRAGMA journal_mode = DELETE")
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    page = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'annotation'"
    ).fetchone()[0]
    connection.close()
    with Path(location).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))
    report = repair.repair(Path(location))
    assert {finding.kind for finding, _ in report.done} == {"database"}
    assert rows(location) == before


def test_a_sound_project_is_left_alone(location: str) -> None:
    inode = Path(location).stat().st_ino
    report = repair.repair(Path(location))
    assert report.before.ok
    assert report.kept == ""
    assert Path(location).stat().st_ino == inode


def test_a_project_open_elsewhere_is_not_repaired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repair, "BUSY_SECONDS", 0.05)
    ws, story = with_article(tmp_path)
    with ws:
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="x", article=story.id)
        with pytest.raises(KnownError, match="open elsewhere"):
            repair.repair(Path(ws.location))
        ws.do(AddAnnotation(annotation=mark(story, 10, 12)), title="x", article=story.id)
    assert checked(ws.location).ok


def test_another_format_and_a_protected_file_are_refused(
    location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(KnownError, match="write-protected"):
        repair.repair(Path(location))
    monkeypatch.undo()
    spoil(location, "PRAGMA user_version = 99")
    with pytest.raises(Refused, match="format"):
        repair.repair(Path(location))


def test_a_disk_that_is_full_leaves_everything(
    location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(location, "UPDATE article SET text = replace(text, 'police', 'POLICE')")
    damaged = rows(location)

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(repair, "_keep", full)
    with pytest.raises(KnownError, match="No space left"):
        repair.repair(Path(location))
    assert rows(location) == damaged
    assert [path.name for path in Path(location).parent.glob(".*")] == []


def test_what_is_made_and_not_sound_does_not_take_the_place(
    location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(location, "UPDATE article SET text = replace(text, 'police', 'POLICE')")
    monkeypatch.setattr(repair, "_make_again", _empty)
    with pytest.raises(KnownError, match="not sound either"):
        repair.repair(Path(location))
    assert kept_in(Path(location).parent) == []


def _empty(_damaged: Connection, part: Path) -> None:
    with files.new_file(part):
        pass
    spoil(str(part), "DROP TABLE status")


def test_what_cannot_be_read_at_all_is_refused(location: str) -> None:
    path = Path(location)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(InputRefused, match="damaged"):
        repair.repair(path)
