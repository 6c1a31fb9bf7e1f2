"""Files that cannot be used and disks that fail: a sentence, and nothing changed."""

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from app.__main__ import main
from tests.e2e.conftest import Start
from tests.e2e.program import Program
from tests.e2e.projects import make_project, marks, select

pytestmark = pytest.mark.e2e

TEXT = "Navalny was arrested in Moscow. Thousands of people protested.\n\nThe police said nothing."


def digest(path: Path) -> str | None:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def copy(source: Path, name: str) -> Path:
    return Path(shutil.copy(source, source.with_name(f"{name}.pressmark")))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path, TEXT)


def missing(project: Path) -> Path:
    return project.with_name("missing.pressmark")


def empty(project: Path) -> Path:
    path = project.with_name("empty.pressmark")
    path.touch()
    return path


def binary(project: Path) -> Path:
    path = project.with_name("binary.pressmark")
    path.write_bytes(bytes(range(256)) * 64)
    return path


def foreign(project: Path) -> Path:
    path = project.with_name("foreign.pressmark")
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE photographs (id INTEGER)")
    database.commit()
    database.close()
    return path


def cut_off(project: Path) -> Path:
    path = copy(project, "cut")
    path.write_bytes(project.read_bytes()[: project.stat().st_size // 2])
    return path


def folder(project: Path) -> Path:
    path = project.with_name("folder.pressmark")
    path.mkdir()
    return path


BAD: dict[str, Callable[[Path], Path]] = {
    "There is no file": missing,
    "is an empty file": empty,
    "is not a Pressmark project": binary,
    "is a database of another program": foreign,
    "its end is missing": cut_off,
    "is a folder": folder,
}


def test_what_is_no_project_is_refused_and_the_window_keeps_what_it_had(
    project: Path, start: Start
) -> None:
    program = start(project)
    for sentence, make in BAD.items():
        path = make(project)
        before = digest(path)
        shown = program.do(open=str(path))
        assert sentence in shown["unopened"][0]
        assert shown["dialogs"] == []
        assert shown["title"] == "project – Pressmark"
        assert digest(path) == before
    program.select(0, 7)
    program.keys("1")
    assert marks(project) == [("actor", ((0, 7),))]
    program.close()


def test_a_bad_file_at_the_start_leaves_the_first_page(project: Path, start: Start) -> None:
    program = start(foreign(project))
    shown = program.until(unopened=1)
    assert "another program" in shown["unopened"][0]
    assert (shown["title"], shown["status"]) == ("Pressmark", "No project open")
    program.close(code=3)


def try_to_write(program: Program) -> None:
    """Press every key that would write."""
    program.select(0, 7)
    program.keys("1", "2", "F", "ctrl+Return", "ctrl+Z", "Delete")
    program.do(mouse="double", at=[0])
    program.keys("4")


def assert_only_read(program: Program, project: Path, sentence: str) -> None:
    before = digest(project)
    assert sentence in program.state["banner"]
    try_to_write(program)
    assert program.state["annotations"] == []
    assert program.state["ways out"] == []
    program.close()
    assert digest(project) == before


def test_a_newer_project_is_only_read(project: Path, start: Start) -> None:
    database = sqlite3.connect(project)
    database.execute("PRAGMA user_version = 999")
    database.close()
    assert_only_read(start(project), project, "newer Pressmark")


@pytest.fixture
def immutable() -> Iterator[Callable[[Path], None]]:
    """Write-protect a file or folder, for root too."""
    protected: list[Path] = []

    def protect(path: Path) -> None:
        chattr = shutil.which("chattr")
        if chattr is None or subprocess.run([chattr, "+i", path], check=False).returncode:
            pytest.skip("this system cannot write-protect a file from this user: chattr +i")
        protected.append(path)

    yield protect
    for path in protected:
        subprocess.run(["chattr", "-i", path], check=True)


def test_a_write_protected_file_is_only_read(
    project: Path, start: Start, immutable: Callable[[Path], None]
) -> None:
    immutable(project)
    assert_only_read(start(project), project, "project.pressmark is write-protected")


def test_a_write_protected_folder_is_only_read(
    project: Path, start: Start, immutable: Callable[[Path], None], tmp_path: Path
) -> None:
    immutable(project.parent)
    program = start(project, XDG_CONFIG_HOME="/tmp/nowhere")  # noqa: S108 - never made
    assert_only_read(program, project, "The folder of project.pressmark is write-protected")


def test_a_project_deleted_while_open(project: Path, start: Start) -> None:
    program = start(project)
    program.select(0, 7)
    away = project.rename(project.with_name("away"))
    shown = program.keys("1")
    assert "project.pressmark is gone" in shown["status"]
    assert shown["ways out"]
    assert (shown["annotations"], shown["painted"]) == ([], [])
    shown = program.do(click="Try again")
    assert "project.pressmark is gone" in shown["status"]
    away.rename(project)
    shown = program.do(click="Try again")
    assert shown["status"].startswith("Saved")
    assert len(shown["painted"]) == 1
    program.close()
    assert marks(project) == [("actor", ((0, 7),))]


def test_a_file_that_cannot_grow(project: Path, start: Start) -> None:
    """What a quota or a limit does; the next test has a real disk that is full."""
    program = start(project)
    program.select(0, 7)
    program.keys("1")
    program.do(limit=1)
    shown = program.keys("Escape", "ctrl+Right", "V", "2")
    assert "Not on disk" in shown["status"]
    assert len(shown["painted"]) == 1
    program.do(limit=None)
    shown = program.do(click="Try again")
    assert shown["status"].startswith("Saved")
    assert len(shown["painted"]) == 2
    program.close()
    assert len(marks(project)) == 2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for a project and little more."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m", "none", disk], check=False, capture_output=True
    )
    if not made or made.returncode:
        pytest.skip("this user may not mount a small disk to fill")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def fill(disk: Path) -> Path:
    """Use up all the space."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            return ballast


def test_a_full_disk(small_disk: Path, start: Start) -> None:
    project = make_project(small_disk, TEXT)
    program = start(project)
    program.select(0, 7)
    mark = program.keys("1")["selected"]
    program.keys("C")
    ballast = fill(small_disk)
    words = "typed while the disk was full " * 20
    program.type(words)
    shown = program.do(until={"status": "Not on disk: no space left."})
    assert [way.replace("&", "") for way in shown["ways out"]] == [
        "Try again",
        "Save a copy elsewhere…",
        "Discard",
    ]
    assert shown["words"].strip() == words.strip()
    assert shown["focus"] == "Comment"
    assert shown["comments"] == {mark: ""}

    # Further edits wait, and nothing is painted that is not on disk.
    program.keys("Escape", "Escape", "ctrl+Right", "2")
    assert len(program.state["painted"]) == 1
    assert len(marks(project)) == 1
    assert "no space left" in program.do(click="Try again")["status"]

    ballast.unlink()
    shown = program.do(click="Try again")
    assert shown["status"].startswith("Saved")
    assert shown["ways out"] == []
    assert shown["comments"] == {mark: words.strip()}
    program.close()
    assert select(project, "SELECT comment FROM annotation") == [(words.strip(),)]
    assert main(["check", str(project)]) == 0


def test_a_full_disk_and_a_copy_elsewhere(small_disk: Path, start: Start, tmp_path: Path) -> None:
    project = make_project(small_disk, TEXT)
    program = start(project)
    program.select(0, 7)
    mark = program.keys("1")["selected"]
    program.keys("C")
    ballast = fill(small_disk)
    words = "typed while the disk was full"
    program.type(words * 20)
    shown = program.do(until={"status": "Not on disk: no space left."})
    elsewhere = tmp_path / "elsewhere.pressmark"
    copied = program.do(copy=str(elsewhere))
    assert copied["dialogs"] == []
    assert copied["status"].startswith("Saved")
    assert copied["ways out"] == []
    assert copied["comments"] == {mark: words * 20}
    program.keys("ctrl+Right", "V", "2")
    program.close()
    assert len(marks(elsewhere)) == 2
    assert len(marks(project)) == len(shown["annotations"]) == 1
    ballast.unlink()


def test_whoever_closes_with_a_change_that_is_not_on_disk_is_asked(
    project: Path, start: Start
) -> None:
    program = start(project)
    program.select(0, 7)
    away = project.rename(project.with_name("away"))
    program.keys("1")
    shown = program.do(answers=["Cancel"], menu="quit")
    assert "The last change is not on disk." in shown["dialogs"][0]
    assert shown["title"] == "project – Pressmark"
    away.rename(project)
    program.do(menu="undo")
    program.close()  # tries once more by itself
    assert len(marks(project)) == 1


def test_permission_lost_while_open(
    project: Path, start: Start, immutable: Callable[[Path], None]
) -> None:
    """What is open may be written on; a file that is made anew may not. What is said is so."""
    program = start(project)
    program.select(0, 7)
    immutable(project)
    immutable(project.parent)
    shown = program.keys("1")
    for path in (project.parent, project):
        subprocess.run(["chattr", "-i", path], check=True)
    if not shown["status"].startswith("Saved"):
        assert shown["status"].startswith("Not on disk: ")
        assert (shown["annotations"], shown["painted"]) == ([], [])
        shown = program.do(click="Try again")
    assert shown["ways out"] == []
    assert marks(project) == [("actor", ((0, 7),))]
    program.close()
    assert marks(project) == [("actor", ((0, 7),))]
