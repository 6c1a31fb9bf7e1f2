"""However the program is asked to end: what was typed is on disk, and it ends well."""

import signal
from pathlib import Path

import pytest

from tests.e2e.conftest import Start
from tests.e2e.program import Program
from tests.e2e.projects import make_project, select

pytestmark = pytest.mark.e2e


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path, "Navalny was arrested in Moscow.")


def type_a_comment(program: Program) -> None:
    """Type and do not wait until a pause commits it."""
    program.keys("V", "1", "C")
    program.type("still being typed")


def assert_written(project: Path) -> None:
    assert not project.with_name(f"{project.name}-wal").exists()  # nobody has it open
    assert select(project, "SELECT comment FROM annotation") == [("still being typed",)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_system_that_asks_for_the_end(
    project: Path, start: Start, number: signal.Signals
) -> None:
    program = start(project)
    type_a_comment(program)
    assert program.end(number) == 0
    assert_written(project)


def test_an_end_while_a_dialog_is_open(project: Path, start: Start) -> None:
    program = start(project)
    type_a_comment(program)
    assert program.do(answers=["leave open"], menu="about")["modal"] == "QMessageBox"
    assert program.end(signal.SIGTERM) == 0
    assert_written(project)


def test_an_end_while_the_disk_fails_does_not_ask(project: Path, start: Start) -> None:
    program = start(project)
    project.rename(project.with_name("away"))
    assert program.keys("V", "1")["ways out"]
    assert program.end(signal.SIGTERM) == 0


def test_closing_the_window(project: Path, start: Start) -> None:
    program = start(project)
    type_a_comment(program)
    program.close()
    assert_written(project)


def test_another_project_in_the_window(project: Path, start: Start, tmp_path: Path) -> None:
    other = make_project(tmp_path, "Putin denied it.", name="other")
    program = start(project)
    type_a_comment(program)
    shown = program.do(open=str(other))
    assert shown["title"] == "other – Pressmark"
    assert (shown["annotations"], shown["comments"]) == ([], {})
    assert_written(project)
    nothing = make_project(tmp_path, name="nothing")
    shown = program.do(open=str(nothing))
    assert (shown["article"], shown["queue"]) == (None, [])
    assert shown["shown"] == ["queue"]
    program.keys("1", "ctrl+Return", "N", "ctrl+Z")
    shown = program.do(open=str(project))
    assert list(shown["comments"].values()) == ["still being typed"]
    program.close()
