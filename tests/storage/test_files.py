"""Opening: what is refused, what is only read, and that nothing is written."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from app.model.article import Status
from app.model.commands import SetStatus
from app.model.errors import InputRefused, KnownError, Refused
from app.storage import engine, files, tables
from app.workspace import Workspace
from tests.projects import CODEBOOK, project, rows, with_article


def digest(path: str | Path) -> str:
    return sha256(Path(path).read_bytes()).hexdigest()


@pytest.fixture
def made(tmp_path: Path) -> Path:
    ws, _ = with_article(tmp_path)
    ws.close()
    return Path(ws.location)


def foreign(path: Path, _source: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.close()


def cut(path: Path, source: Path) -> None:
    path.write_bytes(source.read_bytes()[: source.stat().st_size // 2])


def scrambled(path: Path, source: Path) -> None:
    data = bytearray(source.read_bytes())
    data[100:4096] = os.urandom(3996)
    path.write_bytes(data)


def hollow(path: Path, source: Path) -> None:
    shutil.copy(source, path)
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM codebook")
    connection.commit()
    connection.close()


def change(path: Path, source: Path, sql: str) -> None:
    shutil.copy(source, path)
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()


def unnumbered(path: Path, source: Path) -> None:
    shutil.copy(source, path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 0")
    connection.close()


SPOILT: dict[str, Callable[[Path, Path], object]] = {
    "There is no file": lambda _path, _made: None,
    "is a folder": lambda path, _made: path.mkdir(),
    "is an empty file": lambda path, _made: path.write_bytes(b""),
    "is not a Pressmark project": lambda path, _made: path.write_text("hello " * 99),
    "database of another program": foreign,
    "damaged: its end is": lambda path, made: path.write_bytes(made.read_bytes()[:80]),
    "its end is missing": cut,
    "is damaged": scrambled,
    "has no codebook": hollow,
    "codebook cannot be read": lambda path, made: change(
        path, made, "UPDATE codebook SET body = substr(body, 2)"
    ),
    "file is damaged. Restore": lambda path, made: change(
        path, made, "UPDATE codebook SET body = CAST(x'ff' || body AS TEXT)"
    ),
    "does not say of which format": unnumbered,
    "leads back to itself": lambda path, _made: path.symlink_to(path),
}


@pytest.mark.parametrize(("reason", "spoil"), SPOILT.items())
def test_what_is_no_project_is_refused_and_left_alone(
    tmp_path: Path, made: Path, spoil: Callable[[Path, Path], object], reason: str
) -> None:
    path = tmp_path / "other.pressmark"
    spoil(path, made)
    before = digest(path) if path.is_file() else None
    with pytest.raises(InputRefused, match=reason):
        Workspace.open(path, annotator="ann")
    assert (digest(path) if path.is_file() else None) == before


def test_a_file_name_may_hold_anything(tmp_path: Path) -> None:
    name = "a? b#c%20 'é“😀.pressmark"
    project(tmp_path, name=name).close()
    with Workspace.open(tmp_path / name, annotator="ann") as ws:
        assert Path(ws.location).name == name


def test_a_new_project_is_private_and_complete(tmp_path: Path) -> None:
    with project(tmp_path) as ws:
        assert Path(ws.location).stat().st_mode & 0o777 == 0o600
        assert ws.check().ok
    connection = sqlite3.connect(ws.location)
    assert connection.execute("PRAGMA application_id").fetchone() == (0x504D524B,)
    assert connection.execute("PRAGMA user_version").fetchone() == (tables.SCHEMA_VERSION,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_name_that_the_system_refuses_says_so(tmp_path: Path) -> None:
    path = tmp_path / f"{'n' * 300}.pressmark"
    with pytest.raises(KnownError, match="cannot be reached: File name too long"):
        project(tmp_path, name=path.name)
    with pytest.raises(KnownError, match="cannot be reached: File name too long"):
        Workspace.open(path, annotator="ann")


def test_nothing_is_overwritten(tmp_path: Path, made: Path) -> None:
    before = digest(made)
    with pytest.raises(InputRefused, match="exists already"):
        project(tmp_path)
    assert digest(made) == before
    assert [p.name for p in tmp_path.iterdir()] == [made.name]


def test_a_race_for_the_name_is_lost_politely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files._name

    def late(part: Path, path: Path) -> None:
        path.write_text("first")
        real(part, path)

    monkeypatch.setattr(files, "_name", late)
    with pytest.raises(InputRefused, match="exists already"):
        project(tmp_path)
    assert [p.read_text() for p in tmp_path.iterdir()] == ["first"]


def test_a_drive_without_hard_links_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(self: Path, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    with project(tmp_path) as ws:
        assert ws.check().ok
    assert [p.name for p in tmp_path.iterdir()] == ["p.pressmark"]


def test_where_nothing_can_be_made_nothing_is(tmp_path: Path, made: Path) -> None:
    with pytest.raises(InputRefused, match="There is no folder"):
        project(tmp_path / "missing")
    with pytest.raises(KnownError, match="cannot be made"):
        project(made)  # a file, not a folder
    with pytest.raises(InputRefused, match="need a name"):
        Workspace.create(tmp_path / "x", name=" ", codebook=CODEBOOK, annotator="ann")


def test_browsing_leaves_the_file_byte_identical(made: Path) -> None:
    before, modified = digest(made), made.stat().st_mtime_ns
    with Workspace.open(made, annotator="somebody else") as ws:
        (article,) = ws.article_ids()
        ws.contents(article)
        ws.queue(search="protest")
        ws.state_counts()
        ws.stats()
        ws.records("person", "x")
        list(ws.history())
        list(ws.export_articles())
        ws.undo_title(None)
        assert ws.undo(None) is None
        ws.poll()
        ws.check()
    assert (digest(made), made.stat().st_mtime_ns) == (before, modified)
    assert [p.name for p in made.parent.iterdir()] == [made.name]


def test_a_refused_command_leaves_the_file_byte_identical(made: Path) -> None:
    before = digest(made)
    with Workspace.open(made, annotator="ann") as ws, pytest.raises(Refused):
        ws.do(SetStatus(status=Status(article="none", layer="ann")), title="x")
    assert digest(made) == before
    assert [p.name for p in made.parent.iterdir()] == [made.name]


def test_read_only_on_request(made: Path) -> None:
    before = digest(made)
    with Workspace.open(made, annotator="ann", read_only=True) as ws:
        assert ws.read_only
        assert "for reading only" in ws.read_only_reason
        assert ws.check().ok
        (article,) = ws.article_ids()
        with pytest.raises(Refused, match="for reading only"):
            ws.do(SetStatus(status=Status(article=article, layer="ann")), title="x")
        with pytest.raises(Refused, match="for reading only"):
            ws.undo(None)
    assert digest(made) == before
    assert [p.name for p in made.parent.iterdir()] == [made.name]


def test_a_newer_file_is_only_read(made: Path) -> None:
    connection = sqlite3.connect(made)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with Workspace.open(made, annotator="ann") as ws:
        assert ws.read_only
        known = f"this one knows {tables.SCHEMA_VERSION}"
        assert f"newer Pressmark (format 99; {known})" in ws.read_only_reason
        assert len(ws.article_ids()) == 1


@pytest.fixture
def as_nobody(made: Path) -> Iterator[Callable[[str, int, int], str]]:
    """Run a script on the project as a user who owns nothing; modes of file and folder."""
    folder = made.parent
    opened = [folder, *list(folder.parents)[:-2]]
    modes = {path: path.stat().st_mode for path in opened}

    def run(script: str, file: int, directory: int) -> str:
        for path in opened:
            path.chmod(0o755)
        made.chmod(file)
        folder.chmod(directory)
        code = (
            "import sys; sys.path.insert(0, '.')\n"
            "import app.storage.schema\n"  # nobody may not read where it lies
            "from app.workspace import Workspace\n"
            "from app.model.errors import *\n"
            "def nobody():\n"
            "    import os\n"
            "    if os.geteuid() == 0: os.seteuid(65534)\n"
            f"path = {str(made)!r}\n{script}"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr

    yield run
    for path, mode in modes.items():
        path.chmod(mode)


OPEN = """
nobody()
try:
    with Workspace.open(path, annotator="n") as ws:
        print(ws.read_only_reason, len(ws.article_ids()), ws.check().ok)
        ws.do(None, title="x")
except (Refused, KnownError) as problem:
    print(type(problem).__name__, problem)
"""


@pytest.mark.parametrize(
    ("file", "folder", "reason"),
    [
        (0o444, 0o777, "p.pressmark is write-protected"),
        (0o666, 0o555, "The folder of p.pressmark is"),
    ],
)
def test_a_write_protected_place_is_read(
    made: Path, as_nobody: Callable[[str, int, int], str], file: int, folder: int, reason: str
) -> None:
    before = digest(made)
    said = as_nobody(OPEN, file, folder)
    assert reason in said
    assert "1 True" in said
    assert "Refused" in said
    assert digest(made) == before
    assert [p.name for p in made.parent.iterdir()] == [made.name]


def test_a_file_that_cannot_be_read_says_so(as_nobody: Callable[[str, int, int], str]) -> None:
    assert "KnownError p.pressmark cannot be read: Permission denied." in as_nobody(
        OPEN, 0o600, 0o755
    )


def test_what_the_system_will_not_open_says_so(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("app.storage.held.os.open", denied)
    with pytest.raises(KnownError, match=r"cannot be read: Permission denied\."):
        Workspace.open(made, annotator="ann")


def test_a_protected_folder_is_read_in_process(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_may_write", lambda path: not path.is_dir())
    with Workspace.open(made, annotator="ann") as ws:
        assert "The folder of p.pressmark is write-protected" in ws.read_only_reason
        assert ws.check().ok


def test_a_protected_file_that_is_in_use_is_read_too(
    made: Path, as_nobody: Callable[[str, int, int], str]
) -> None:
    with Workspace.open(made, annotator="ann") as ws:
        (article,) = ws.article_ids()
        ws.do(SetStatus(status=Status(article=article, layer="ann", state="done")), title="x")
        for name in ("-wal", "-shm"):
            Path(f"{made}{name}").chmod(0o644)
        said = as_nobody(OPEN.replace("ws.check().ok", "ws.last_saved"), 0o444, 0o755)
        assert ws.last_saved in said


def test_a_copy_in_another_journal_mode_is_opened_unchanged_and_switched_by_the_first_write(
    made: Path,
) -> None:
    copy = made.with_name("copy.pressmark")
    connection = sqlite3.connect(made)
    connection.execute("VACUUM INTO ?", (str(copy),))
    connection.close()
    before = digest(copy)
    with Workspace.open(copy, annotator="ann") as ws:
        (article,) = ws.article_ids()
        ws.contents(article)
    assert digest(copy) == before
    with Workspace.open(copy, annotator="ann") as ws:
        ws.do(SetStatus(status=Status(article=article, layer="ann")), title="x")
        connection = sqlite3.connect(copy)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.close()
    assert rows(copy) != rows(made)


def test_every_connection_is_set_up_alike(made: Path) -> None:
    connections = engine.Connections(made, "write")
    with connections.snapshot() as connection:
        wanted = {
            "foreign_keys": 1,
            "synchronous": 2,
            "trusted_schema": 0,
            "cell_size_check": 1,
            "journal_size_limit": 64 * 1024 * 1024,
            "busy_timeout": 5000,
        }
        for name, value in wanted.items():
            assert connection.execute(f"PRAGMA {name}").fetchone() == (value,), name
    connections.close_idle()


def test_readers_share_connections_and_a_failed_one_is_not_kept(made: Path) -> None:
    connections = engine.Connections(made, "query")
    with connections.snapshot() as first, connections.snapshot() as second:
        assert first is not second
        assert first.in_transaction
    with connections.snapshot() as third:
        assert third in (first, second)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            third.execute("DELETE FROM article")

    def numbers() -> Generator[sqlite3.Connection, None, None]:
        with connections.snapshot() as connection:
            yield connection
            yield connection

    stopped = numbers()
    fourth = next(stopped)
    stopped.close()  # whoever searches on needs no more
    assert not fourth.in_transaction
    with connections.snapshot() as again:
        assert again is fourth
    with pytest.raises(sqlite3.OperationalError), connections.snapshot() as failed:
        failed.execute("SELECT no_such_column")
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        failed.execute("SELECT 1")
    with connections.snapshot() as late:
        connections.close()
        late.execute("SELECT 1")
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        late.execute("SELECT 1")
    for one in {first, second} - {failed}:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            one.execute("SELECT 1")


def test_a_transaction_is_whole_or_nothing(made: Path) -> None:
    connection = engine.connect(made, "write")
    with pytest.raises(sqlite3.OperationalError), engine.transaction(connection):
        connection.execute("DELETE FROM project").execute("SELECT no_such_column")
    assert not connection.in_transaction
    assert connection.execute("SELECT count(*) FROM project").fetchone() > (0,)
    connection.close()


def test_start_needs_neither_sqlalchemy_nor_pydantic_nor_alembic(made: Path) -> None:
    code = (
        "import sys; from app.workspace import Workspace\n"
        f"with Workspace.open({str(made)!r}, annotator='ann') as ws:\n"
        "    ws.contents(ws.article_ids()[0]); ws.undo(None)\n"
        "print([m for m in ('pydantic', 'alembic', 'sqlalchemy', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
