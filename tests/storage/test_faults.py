"""When the environment fails: a sentence, nothing changed, nobody told; then it goes on."""

import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy.exc import OperationalError

from app.model.article import Article
from app.model.changes import Change
from app.model.commands import AddAnnotation, AddArticle, EditAnnotation
from app.model.errors import InputRefused, KnownError, StaleEdit
from app.storage import engine, errors
from app.workspace import Workspace
from tests.projects import article, mark, rows, with_article

Opened = tuple[Workspace, Article, list[Change]]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    ws, story = with_article(tmp_path)
    heard: list[Change] = []
    ws.subscribe(heard.append)
    with ws:
        yield ws, story, heard


def fails(opened: Opened, reason: str, *, size: int = 1) -> None:
    """Assert that a write fails with the reason and changes nothing."""
    ws, story, heard = opened
    before, told = rows(ws.location), len(heard)
    with pytest.raises(KnownError, match=reason):
        ws.do(
            AddAnnotation(annotation=mark(story, 0, 9, comment="x" * size)),
            title="x",
            article=story.id,
        )
    assert rows(ws.location) == before
    assert len(heard) == told


def works(opened: Opened) -> None:
    ws, story, heard = opened
    told = len(heard)
    ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="x", article=story.id)
    assert len(heard) == told + 1
    assert ws.check().ok


def test_full_disk(opened: Opened) -> None:
    ws, _, _ = opened
    pages = ws._store._raw("PRAGMA page_count")
    ws._store._raw(f"PRAGMA max_page_count = {pages}")
    fails(opened, r"Not on disk: no space left\.", size=100_000)
    ws._store._raw("PRAGMA max_page_count = 1000000")
    works(opened)


def test_a_limit_on_file_size(opened: Opened) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    try:
        fails(opened, "Not on disk: the drive reported an error", size=1_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    works(opened)


def test_locked_by_another_program(opened: Opened) -> None:
    other = sqlite3.connect(opened[0].location, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    fails(opened, "another program is writing")
    with pytest.raises(KnownError, match="another program"):
        opened[0].undo(None)
    other.execute("ROLLBACK")
    other.close()
    works(opened)


def test_made_read_only_by_the_system(opened: Opened) -> None:
    driver = opened[0]._store._connection
    driver.execute("PRAGMA query_only = ON")
    fails(opened, "the project file is read-only")
    driver.execute("PRAGMA query_only = OFF")
    works(opened)


def test_deleted_while_open(opened: Opened) -> None:
    ws, story, _ = opened
    Path(ws.location).rename(f"{ws.location}.away")
    with pytest.raises(KnownError, match=r"Not on disk: p\.pressmark is gone"):
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="x")
    assert not Path(ws.location).exists()
    Path(f"{ws.location}.away").rename(ws.location)
    works(opened)


def test_replaced_while_open(opened: Opened) -> None:
    ws, story, _ = opened
    held = rows(ws.location)
    Path(ws.location).rename(f"{ws.location}.away")
    Path(ws.location).write_bytes(Path(f"{ws.location}.away").read_bytes())
    with pytest.raises(KnownError, match="is another file now"):
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="x")
    assert not Path(f"{ws.location}-wal").exists()  # or it would be played into the other file
    kept = Path(ws.location).with_name("p before it was replaced.pressmark")
    Path(ws.location).unlink()
    Path(f"{ws.location}.away").rename(ws.location)
    with pytest.raises(KnownError, match=r"is kept as p before it was replaced\.pressmark"):
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="x")
    ws.close()
    assert rows(kept) == rows(ws.location) == held
    with Workspace.open(kept, annotator="ann") as again:
        assert again.check().ok
        assert again.contents(story.id).article.text == story.text


def test_damaged_while_reading(opened: Opened) -> None:
    ws, _, _ = opened
    ws.do(AddArticle(article=article("word " * 50_000)), title="x")
    ws.close()
    path = Path(ws.location)
    data = bytearray(path.read_bytes())
    for page in range(len(data) // 4096):
        if data[page * 4096 + 4 : (page + 1) * 4096].count(b"word") > 800:
            data[page * 4096 : page * 4096 + 8] = b"\xff" * 8
    path.write_bytes(data)
    with Workspace.open(path, annotator="ann") as broken:
        report = broken.check()
        assert not report.ok
        assert {finding.kind for finding in report.findings} == {"database"}
        with pytest.raises(
            KnownError, match="The project cannot be read: the project file is damaged"
        ):
            list(broken.export_articles())


def test_a_damaged_search_index_is_a_finding(opened: Opened) -> None:
    ws, _, _ = opened
    ws.close()
    path = Path(ws.location)
    connection = sqlite3.connect(path)
    sql = "SELECT rootpage FROM sqlite_master WHERE name = 'article_search_data'"
    (page,) = connection.execute(sql).fetchone()
    connection.close()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = bytes(range(256)) * 16
    path.write_bytes(data)
    with Workspace.open(path, annotator="ann") as broken:
        assert "database" in {finding.kind for finding in broken.check().findings}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE annotation SET fragments = CAST(x'ff' || fragments AS TEXT)",
        "UPDATE annotation SET fragments = '[['",
    ],
)
def test_damaged_words_in_a_row(opened: Opened, sql: str) -> None:
    ws, story, _ = opened
    ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="x")
    ws.close()
    connection = sqlite3.connect(ws.location)
    connection.execute(sql)
    connection.commit()
    connection.close()
    with Workspace.open(ws.location, annotator="ann") as broken:
        with pytest.raises(KnownError, match="the project file is damaged"):
            broken.contents(story.id)
        with pytest.raises(KnownError, match="the project file is damaged"):
            list(broken.export_articles())


def test_a_codebook_lost_while_open(opened: Opened) -> None:
    ws, story, _ = opened
    other = sqlite3.connect(ws.location)
    other.execute("DELETE FROM codebook")
    other.commit()
    other.close()
    assert ws.poll() == ()
    with pytest.raises(InputRefused, match="lost its codebook"):
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="x")


def test_undo_that_another_process_was_faster_with(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws, _, _ = opened
    monkeypatch.setattr(ws._store, "undo_title", lambda _: "seen a moment ago")
    assert ws.undo("elsewhere") is None


def test_only_the_opening_thread_writes(opened: Opened) -> None:
    ws, story, _ = opened
    caught: list[BaseException] = []

    def elsewhere() -> None:
        try:
            assert ws.contents(story.id).article == story
            ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="x")
        except RuntimeError as problem:
            caught.append(problem)

    thread = Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert "written by the thread that opened it" in str(caught[0])


def test_a_listener_may_write_and_read(opened: Opened) -> None:
    ws, story, heard = opened
    ends: list[Callable[[], None]] = []

    def once(change: Change) -> None:
        ends[0]()
        ends[0]()
        it = change.annotations[0]
        assert ws.contents(story.id).at(0) == it
        ws.do(EditAnnotation(id=it.id, version=it.version, comment="seen"), title="y")

    ends.append(ws.subscribe(once))
    ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="x", article=story.id)
    assert [change.title for change in heard] == ["x", "y"]


def test_what_is_a_bug_stays_loud() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError, match="syntax error"), errors.known_errors("x"):
        connection.execute("SELEC")
    connection.close()
    with pytest.raises(OperationalError), errors.known_errors("x"):
        raise OperationalError("SELECT", {}, Exception("no name"))


CHILD = """
import sys
from app.workspace import Workspace
from app.model.commands import AddAnnotation
from tests.projects import mark
with Workspace.open(sys.argv[1], annotator="ann") as ws:
    story = ws.contents(ws.article_ids()[0]).article
    print("ready", flush=True)
    n = 0
    while True:
        n += 1
        change = ws.do(AddAnnotation(annotation=mark(story, 0, 9, comment=f"{sys.argv[2]} {n}")),
                       title="tag", article=story.id)
        if n % 5 == 0:
            ws.undo(story.id)
        print(n, flush=True)
"""


def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    ws.close()
    acknowledged = 0
    for run in range(12):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, ws.location, str(run)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        lines = [child.stdout.readline() for _ in range(1 + run * 3)]
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.readlines()
        child.wait()
        child.stdout.close()
        last = int([line for line in lines if line.endswith("\n")][-1])
        acknowledged += last
        with Workspace.open(ws.location, annotator="ann") as again:
            kept = {a.comment for a in again.contents(story.id).annotations}
            wanted = {f"{run} {n}" for n in range(1, last + 1) if n % 5}
            assert wanted <= kept
            assert len({c for c in kept if c.startswith(f"{run} ")} - wanted) <= 1
    with Workspace.open(ws.location, annotator="ann") as again:
        assert again.check().ok
        assert acknowledged > 100
        while again.undo(story.id):
            pass
        assert len(again.contents(story.id)) == 0


def test_two_people_one_file(opened: Opened) -> None:
    ws, story, _ = opened
    with Workspace.open(ws.location, annotator="bob") as bob:
        heard: list[Change] = []
        bob.subscribe(heard.append)
        it = ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="tag").annotations[0]
        bob.do(EditAnnotation(id=it.id, version=it.version, comment="bob"), title="comment")
        assert [change.title for change in heard] == ["comment"]
        with pytest.raises(StaleEdit) as caught:
            ws.do(EditAnnotation(id=it.id, version=it.version, comment="ann"), title="late")
        assert getattr(caught.value.current, "comment", "") == "bob"
        (change, *_), mine = ws.poll(), ws.poll()
        assert change.by == "bob"
        assert mine == ()
        assert [change.title for change in bob.poll()] == ["tag"]
        assert [annotator.name for annotator in ws.annotators()] == ["ann", "bob"]
