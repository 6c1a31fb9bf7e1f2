"""SQLite keeps its locks while the same process opens a project a second time and closes it."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.model.commands import AddArticle
from app.model.errors import InputRefused
from app.storage import files, held
from app.workspace import Workspace
from tests.projects import article, project

_LOOK = """
import sqlite3, sys
base = sqlite3.connect(f"file:{sys.argv[1]}?mode=rw", uri=True)
print(base.execute("SELECT count(*) FROM article").fetchone()[0])
base.close()
"""


def seen_by_another_process(path: str) -> int:
    """Read and close the file in another process, as the last one there if it finds no lock."""
    done = subprocess.run(
        [sys.executable, "-c", _LOOK, path], check=True, capture_output=True, text=True, timeout=60
    )
    return int(done.stdout)


def test_what_is_written_after_a_second_look_stays_in_the_file(tmp_path: Path) -> None:
    with project(tmp_path) as ws:
        ws.do(add(1), title="import")
        with Workspace.open(ws.location, annotator="", read_only=True) as second:
            assert second.check().ok
        files.recognise(Path(ws.location))
        assert seen_by_another_process(ws.location) == 1
        ws.do(add(2), title="import")
        assert seen_by_another_process(ws.location) == 2
        assert Path(f"{ws.location}-wal").exists()


def add(number: int) -> AddArticle:
    return AddArticle(article=article(f"Text {number}.", title=str(number)))


def test_nothing_is_held_of_a_file_that_is_closed_or_refused(tmp_path: Path) -> None:
    before = set(held._HELD)  # projects that other tests left open
    with project(tmp_path) as ws:
        location = Path(ws.location)
        about = location.stat()
        assert (about.st_dev, about.st_ino) in held._HELD
    assert set(held._HELD) <= before
    ws.close()  # a second time
    files.recognise(location)
    other = tmp_path / "other.pressmark"
    other.write_bytes(b"no database at all")
    with pytest.raises(InputRefused):
        files.recognise(other)
    with pytest.raises(InputRefused):
        files.open_file(other, back_up=Path)
    assert set(held._HELD) <= before
