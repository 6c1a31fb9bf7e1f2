"""Two windows on one file: each sees what the other does, and neither overwrites it."""

import time
from pathlib import Path

import pytest

from tests.e2e.conftest import Start
from tests.e2e.program import Program
from tests.e2e.projects import make_project, marks, select

pytestmark = pytest.mark.e2e

TEXT = "Navalny was arrested in Moscow. Thousands of people protested.\n\nThe police said nothing."
AT_ONCE = 2.0
"""Seconds until the other window has to show a change."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path, TEXT, "Nobody came.")


@pytest.fixture
def windows(project: Path, start: Start) -> tuple[Program, Program]:
    return start(project), start(project, PRESSMARK_ANNOTATOR="Marta")


def test_a_change_in_one_appears_in_the_other(
    project: Path, windows: tuple[Program, Program]
) -> None:
    one, other = windows
    one.select(0, 7)
    began = time.monotonic()
    one.keys("1")
    shown = other.until(annotations=1, painted=1)
    assert time.monotonic() - began < AT_ONCE
    assert shown["annotations"] == one.state["annotations"]
    assert shown["seq"] == one.state["seq"]

    other.keys("Home", "C")
    other.type("who else")
    other.keys("Escape")
    mark = shown["annotations"][0][0]
    assert one.until(comments={mark: "who else"})
    one.keys("ctrl+Return")
    assert one.state["state"] == "new"  # the next article
    assert other.until(state="done")


def test_each_undoes_what_is_there_now(project: Path, windows: tuple[Program, Program]) -> None:
    one, other = windows
    one.select(0, 7)
    one.keys("1")
    other.until(annotations=1)
    other.keys("ctrl+Z")
    assert other.state["annotations"] == []
    one.until(annotations=0, painted=0)
    assert marks(project) == []
    one.keys("ctrl+Y")
    other.until(annotations=1)
    assert marks(project) == [("actor", ((0, 7),))]


def test_a_stale_edit_is_refused_with_a_sentence_and_changes_nothing(
    project: Path, windows: tuple[Program, Program]
) -> None:
    one, other = windows
    one.select(0, 7)
    one.keys("1")
    other.until(annotations=1)
    other.do(listening=False)
    one.keys("Home", "shift+2")
    before = select(project, "SELECT * FROM annotation")
    refused = other.keys("Home", "shift+Right")
    assert select(project, "SELECT * FROM annotation") == before
    assert "changed" in refused["status"]
    assert refused["ways out"] == []
    assert refused["annotations"] == one.state["annotations"]
    other.do(listening=True)
    other.until(annotations=one.state["annotations"])
    assert other.keys("Home", "shift+3")["annotations"][0][1] == "number"
