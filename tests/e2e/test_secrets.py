"""What lies in articles stays there: files are the user's own, and no report holds their words."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.__main__ import main
from app.exchange.registry import format_named
from app.workspace import Workspace
from app.workspace.exporting import export
from tests.e2e.conftest import Start
from tests.e2e.projects import make_project

pytestmark = pytest.mark.e2e

SECRET = "Zanzibarium"
TEXT = f"{SECRET} was arrested in Moscow. Thousands of people protested.\n"


@pytest.fixture
def everybody() -> Iterator[None]:
    """A user whose new files anybody may read and write."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[Path]:
    """Return the files with words of the article that others may reach and read or write."""
    found = []
    for place, folders, names in os.walk(folder):
        if _is_open(Path(place)) or Path(place) == folder:
            found += [Path(place, name) for name in names]
        else:
            folders.clear()
    return [path for path in found if _is_open(path) and SECRET.encode() in path.read_bytes()]


def _is_open(path: Path) -> bool:
    return stat.S_IMODE(path.stat().st_mode) & 0o077 != 0


def test_what_holds_words_of_articles_is_the_users_only(
    everybody: None, tmp_path: Path, start: Start, backups_folder: Path
) -> None:
    project = make_project(tmp_path, TEXT)
    program = start(project)
    program.keys("ctrl+shift+Right", "1")
    beside = [path for path in tmp_path.glob("project.pressmark*") if _is_open(path)]
    assert beside == []  # the write-ahead log as well, while the program runs
    assert list(tmp_path.glob("project.pressmark-wal"))
    program.kill()
    again = start(project)
    again.close()
    assert main(["backup", str(project)]) == 0
    copy = tmp_path / "copy.pressmark"
    assert main(["backup", str(project), str(copy)]) == 0
    assert main(["restore", str(copy), str(tmp_path / "again.pressmark")]) == 0
    assert [path.suffix for path in open_to_others(tmp_path)] == [".txt"]  # the article itself
    assert open_to_others(backups_folder) == []
    assert list(backups_folder.rglob("*.pressmark"))


def test_an_export_is_nobody_elses_before_it_is_in_its_place(
    everybody: None, tmp_path: Path
) -> None:
    project = make_project(tmp_path, TEXT)
    seen: list[str] = []

    def look(_: int) -> None:
        for place in tmp_path.iterdir():
            if place.name.endswith(".part"):
                seen.append(place.name)
                assert not _is_open(place)

    for name in ("json", "jsonl", "brat", "csv"):
        format_ = format_named(name)
        assert format_
        with Workspace.open(project, annotator="Marta", read_only=True) as ws:
            export(ws, tmp_path / f"out {name}", format_, progress=look)
    assert len(seen) == 4


def test_no_report_or_log_of_a_crash_holds_words_of_an_article(
    tmp_path: Path, start: Start
) -> None:
    project = make_project(tmp_path, TEXT)
    log = tmp_path / "stderr.txt"
    program = start(project, PRESSMARK_STDERR=str(log))
    program.select(0, len(SECRET))
    program.do(crash=SECRET)
    program.do(crash=TEXT)
    assert program.state["annotations"] == []
    program.keys("1")
    assert len(program.state["annotations"]) == 1  # it goes on
    program.kill()  # a report of a run that did not end lies there too
    again = start(project)
    again.close()
    told, held = [], []
    for path in tmp_path.rglob("*"):
        if path.is_file() and not path.name.startswith("project"):
            told.append(path.name)
            if SECRET.encode() in path.read_bytes():
                held.append(path.name)
    assert held == []
    assert len([name for name in told if name.endswith(".txt")]) >= 3
    assert "ValueError" in log.read_text()
