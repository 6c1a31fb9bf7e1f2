"""Files of older versions: backed up, brought up to date in one go, proven equal to a new one."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, create_mock_engine

from app.model.bookmark import Bookmark
from app.model.commands import AddAnnotation, SetBookmark
from app.model.errors import InputRefused, KnownError
from app.storage import backup, migrate, tables
from app.storage.schema import metadata
from app.workspace import Workspace, backups
from tests.projects import mark, rows, with_article

FORMATS = Path(__file__).parent / "formats"
"""The SQL of an empty project, one file for each format that was released."""


def schema(path: Path) -> dict[str, str]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    shape = {
        name: " ".join(sql.split()).replace("( ", "(").replace(" )", ")") for name, sql in found
    }
    shape["user_version"] = str(connection.execute("PRAGMA user_version").fetchone())
    connection.close()
    return shape


def empty(path: Path) -> Path:
    """Make a file of ours from before the first tables."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {tables.APPLICATION_ID}")
    connection.close()
    return path


def test_migrated_schema_is_that_of_a_new_project(tmp_path: Path) -> None:
    ws, _ = with_article(tmp_path)
    ws.close()
    old = empty(tmp_path / "old.pressmark")
    migrate.upgrade(old)
    assert schema(old) == schema(Path(ws.location))
    engine = create_engine(f"sqlite:///{old}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, _kind, _parents: (
                    not str(name).startswith("article_search")
                ),
                # How words compare is more than alembic can tell; the SQL above is the same.
                "include_object": lambda _it, name, *_: (
                    name not in ("article_title", "article_source")
                ),
            },
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_names_of_columns_are_those_of_the_schema() -> None:
    """Names alone are read at the start; what the columns are, only where they are made."""
    full = [
        (one.name, tuple(one.columns.keys()), tuple(one.primary_key.columns.keys()))
        for one in metadata.tables.values()
    ]
    assert sorted(map(tuple, tables.ALL)) == sorted(full)


def test_every_format_is_kept_as_it_was_released() -> None:
    """Changed tables need another number, a revision, and their SQL beside the older ones."""
    kept = sorted(path.name for path in FORMATS.glob("*.sql"))
    assert kept == [f"format-{n}.sql" for n in range(1, tables.SCHEMA_VERSION + 1)]


@pytest.mark.parametrize("released", sorted(FORMATS.glob("*.sql")), ids=lambda path: path.stem)
def test_a_project_of_any_released_format_becomes_a_new_one(tmp_path: Path, released: Path) -> None:
    old = tmp_path / "old.pressmark"
    connection = sqlite3.connect(old)
    connection.executescript(released.read_text("utf-8"))
    connection.close()
    if released.stem != f"format-{tables.SCHEMA_VERSION}":
        migrate.upgrade(old)
    ws, _ = with_article(tmp_path)
    ws.close()
    assert schema(old) == schema(Path(ws.location))


def test_the_tables_can_be_made_elsewhere() -> None:
    made: list[str] = []
    engine = create_mock_engine("postgresql://", lambda sql, *_: made.append(str(sql)))
    metadata.create_all(engine, checkfirst=False)
    assert len([sql for sql in made if "CREATE TABLE" in sql]) == len(metadata.tables)
    assert not [sql for sql in made if "fts5" in sql]


@pytest.mark.parametrize("number", range(1, tables.SCHEMA_VERSION))
def test_a_project_of_an_older_format_keeps_everything(
    tmp_path: Path, number: int, backups_folder: Path
) -> None:
    ws, story = with_article(tmp_path)
    with ws:
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="tag", article=story.id)
    before = rows(ws.location)
    old = tmp_path / "old.pressmark"
    connection = sqlite3.connect(old)
    connection.executescript((FORMATS / f"format-{number}.sql").read_text("utf-8"))
    connection.execute("ATTACH ? AS new", (ws.location,))
    names = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'"
    for (table,) in connection.execute(names).fetchall():
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM new.{table}")  # noqa: S608
    connection.execute("INSERT INTO article_search (article_search) VALUES ('rebuild')")
    connection.commit()
    connection.close()
    with Workspace.open(old, annotator="ann") as again:
        assert again.check().ok
        assert again.undo_title(story.id) == "tag"
        assert [row.id for row in again.queue(search="Moscow")] == [story.id]
        mine = Bookmark(article=story.id, layer="ann", offset=0)
        again.do(SetBookmark(bookmark=mine), title="bookmark", article=story.id)
        assert again.undo(story.id)
    assert rows(old) == before
    (kept,) = (backups_folder / ws.project.id).iterdir()
    copy = sqlite3.connect(kept)
    assert copy.execute("PRAGMA user_version").fetchone() == (number,)
    assert copy.execute("SELECT count(*) FROM annotation").fetchone() == (1,)
    copy.close()
    assert sorted(path.name for path in tmp_path.glob("old*")) == ["old.pressmark"]
    (listed,) = backups.backups_of(ws.project.id)
    assert listed.is_sound
    backups.restore(listed.path, tmp_path / "restored.pressmark")
    with Workspace.open(tmp_path / "restored.pressmark", annotator="ann") as restored:
        assert restored.check().ok


FOLLOWING = """
from alembic import op
import sqlalchemy as sa
revision = "{number:04}"
down_revision = "{before:04}"
def upgrade():
    with op.batch_alter_table("article") as batch:
        batch.add_column(sa.Column("section", sa.Text(), server_default="", nullable=False))
    {more}
"""


NOW = tables.SCHEMA_VERSION
NEXT = NOW + 1


def following(more: str = "pass") -> str:
    """Return the program of a revision that comes after the newest one."""
    return FOLLOWING.format(number=NEXT, before=NOW, more=more)


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of migrations with one more revision, and a program that expects it."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, folder)
    (folder / "versions" / "r9999.py").write_text(following())
    monkeypatch.setattr(tables, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)
    return folder


def test_an_older_project_is_backed_up_and_migrated_on_opening(
    tmp_path: Path,
    next_version: Path,
    monkeypatch: pytest.MonkeyPatch,
    backups_folder: Path,
) -> None:
    monkeypatch.setattr(tables, "SCHEMA_VERSION", NOW)
    ws, story = with_article(tmp_path)
    ws.close()
    before = rows(ws.location)
    monkeypatch.setattr(tables, "SCHEMA_VERSION", NEXT)
    with Workspace.open(ws.location, annotator="ann") as again:
        assert not again.read_only
        assert again.contents(story.id).article.title == story.title
    assert schema(Path(ws.location))["user_version"] == f"({NEXT},)"
    assert [row[:13] for row in rows(ws.location)["article"]] == [
        row[:13] for row in before["article"]
    ]
    (copy,) = (backups_folder / ws.project.id).iterdir()
    assert rows(copy) == before
    assert copy.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "more",
    [
        "op.execute('DELETE FROM article')",
        "op.execute(\"UPDATE article SET text = ' ' || text\")",
        "op.execute('SELECT * FROM nowhere')",
        "op.execute(\"UPDATE annotation SET article = 'x'\")",
    ],
)
def test_a_migration_that_fails_leaves_the_project_as_it_was(
    tmp_path: Path,
    next_version: Path,
    monkeypatch: pytest.MonkeyPatch,
    more: str,
    backups_folder: Path,
) -> None:
    monkeypatch.setattr(tables, "SCHEMA_VERSION", NOW)
    ws, story = with_article(tmp_path)
    with ws:
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="x")
    before, shape = rows(ws.location), schema(Path(ws.location))
    monkeypatch.setattr(tables, "SCHEMA_VERSION", NEXT)
    (next_version / "versions" / "r9999.py").write_text(following(more))
    with pytest.raises(Exception, match=r"could not be brought up to date|no such table"):
        Workspace.open(ws.location, annotator="ann")
    assert (rows(ws.location), schema(Path(ws.location))) == (before, shape)
    assert [p.name for p in tmp_path.glob("*.pressmark")] == ["p.pressmark"]
    assert not list((backups_folder / ws.project.id).iterdir())
    (next_version / "versions" / "r9999.py").write_text(following())
    Workspace.open(ws.location, annotator="ann").close()
    assert [p.name for p in tmp_path.glob("*.pressmark")] == ["p.pressmark"]
    assert len(list((backups_folder / ws.project.id).iterdir())) == 1


def test_without_room_for_the_backup_nothing_is_migrated(
    tmp_path: Path,
    next_version: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tables, "SCHEMA_VERSION", NOW)
    ws, _ = with_article(tmp_path)
    ws.close()
    before, shape = rows(ws.location), schema(Path(ws.location))
    monkeypatch.setattr(tables, "SCHEMA_VERSION", NEXT)
    (tmp_path / "a file").write_text("no folder")
    monkeypatch.setenv("PRESSMARK_BACKUPS", str(tmp_path / "a file" / "backups"))
    with pytest.raises(KnownError, match=r"The backup was not made: Not a directory\."):
        Workspace.open(ws.location, annotator="ann")
    assert (rows(ws.location), schema(Path(ws.location))) == (before, shape)


def test_an_older_project_that_cannot_be_written_says_so(
    tmp_path: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "SCHEMA_VERSION", NOW)
    ws, _ = with_article(tmp_path)
    ws.close()
    monkeypatch.setattr(tables, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr("app.storage.files._may_write", lambda path: path.is_dir())
    with pytest.raises(KnownError, match="older Pressmark and must be writable once"):
        Workspace.open(ws.location, annotator="ann")


def test_a_backup_overwrites_nothing(tmp_path: Path) -> None:
    ws, _ = with_article(tmp_path)
    ws.close()
    (tmp_path / "copy").write_text("mine")
    with pytest.raises(InputRefused, match="exists already"):
        backup.copy_to(Path(ws.location), tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "mine"


def test_a_copy_that_is_not_sound_is_thrown_away(tmp_path: Path) -> None:
    ws, _ = with_article(tmp_path)
    ws.close()
    path = Path(ws.location)
    data = bytearray(path.read_bytes())
    data[4096 * 5 : 4096 * 5 + 100] = b"\xff" * 100
    path.write_bytes(data)
    copy = tmp_path / "copy"
    with pytest.raises(KnownError, match="is not sound"):
        backup.copy_to(path, copy)
    assert [p.name for p in tmp_path.iterdir()] == ["p.pressmark"]
