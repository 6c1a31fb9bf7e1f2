"""A migration is killed between any two statements: the file is the old one or the new one."""

import os
import sqlite3
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from app.model.commands import AddAnnotation
from app.storage import tables
from app.workspace import Workspace
from tests.projects import mark, rows, with_article
from tests.storage.test_migrate import FORMATS

OLD = [
    path for path in sorted(FORMATS.glob("*.sql")) if path.stem != f"format-{tables.SCHEMA_VERSION}"
]
ROOT = Path(__file__).resolve().parents[2]

MIGRATE = """
import os, signal, sys
from sqlalchemy import Engine, event
from app.storage.migrate import migrate
from app.workspace.backups import back_up_older
from pathlib import Path
left = int(sys.argv[2])

def count_down(*_):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(Engine, "before_cursor_execute", count_down)
event.listen(Engine, "commit", count_down)
migrate(Path(sys.argv[1]), back_up_older)
"""
EVERY = 1 if os.environ.get("PRESSMARK_LONG") else 5


def version(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return found
    finally:
        connection.close()


def held(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every table that the file has, search index and journal too."""
    connection = sqlite3.connect(path)
    try:
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'"
        return {
            name: connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
            for (name,) in connection.execute(names).fetchall()
        }
    finally:
        connection.close()


def old_project(folder: Path, released: Path) -> tuple[Path, str]:
    """Return a project of a released format with an article and a mark, and the article's id."""
    ws, story = with_article(folder)
    with ws:
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="tag", article=story.id)
    old = folder / "old.pressmark"
    connection = sqlite3.connect(old)
    connection.executescript(released.read_text("utf-8"))
    connection.execute("ATTACH ? AS new", (ws.location,))
    for name in ("main", "new"):
        connection.execute(f"PRAGMA {name}.foreign_keys = OFF")
    names = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'"
    for (table,) in connection.execute(names).fetchall():
        columns = ", ".join(
            f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})")
        )
        connection.execute(
            f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}"  # noqa: S608
        )
    connection.execute("INSERT INTO article_search (article_search) VALUES ('rebuild')")
    connection.commit()
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    return old, story.id


@pytest.mark.parametrize("released", OLD, ids=lambda path: path.stem)
def test_a_migration_killed_anywhere_leaves_the_old_or_the_new(
    released: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template, story = old_project(tmp_path, released)
    sound, before, was = template.read_bytes(), held(template), version(template)
    killed = 0
    for place in count(0, EVERY):
        folder = tmp_path / str(place)
        folder.mkdir()
        project = folder / "p.pressmark"
        project.write_bytes(sound)
        ran = subprocess.run(
            [sys.executable, "-c", MIGRATE, str(project), str(place)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            check=False,
        )
        killed += ran.returncode != 0
        assert version(project) in {was, tables.SCHEMA_VERSION}
        if version(project) == was:
            assert held(project) == before
        with Workspace.open(project, annotator="ann") as ws:
            assert ws.check().ok
            assert ws.undo_title(story) == "tag"
        now = rows(project)
        assert version(project) == tables.SCHEMA_VERSION
        assert (now["article"], now["annotation"]) == (before["article"], before["annotation"])
        if ran.returncode == 0:
            break
    with capsys.disabled():
        sys.stdout.write(f"\n{released.stem}: killed at {killed} places, 0 between old and new\n")
    assert killed > 1
