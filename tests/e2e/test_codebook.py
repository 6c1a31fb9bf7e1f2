"""The codebook is changed by keys alone, worked with at once, and taken back wholly."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Start
from tests.e2e.program import Program
from tests.e2e.projects import make_project, select

pytestmark = pytest.mark.e2e

TREE = "Entries of the codebook"


def codebook(project: Path) -> dict[str, Any]:
    """Return the newest codebook as it lies in the file."""
    ((body,),) = select(project, "SELECT body FROM codebook ORDER BY revision DESC LIMIT 1")
    found: dict[str, Any] = json.loads(body)
    return found


def mentions(project: Path) -> dict[str, bool]:
    """Return the ways an actor can be mentioned, and whether each is archived."""
    field = codebook(project)["types"][0]["attributes"][0]
    return {option["value"]: option["archived"] for option in field["options"]}


def marks(project: Path) -> list[tuple[str, str | None]]:
    """Return type and way of mention of every mark."""
    sql = (
        "SELECT type, json_extract(attributes, '$.mention_level') FROM annotation "
        "WHERE deleted_at IS NULL ORDER BY start"
    )
    return [(kind, how) for kind, how in select(project, sql)]


def open_editor(program: Program) -> None:
    program.keys("ctrl+shift+K")
    program.until(focus=TREE)


def close_editor(program: Program) -> None:
    program.keys("Escape")
    program.until(focus="Article")


def test_a_codebook_is_changed_by_keys_and_taken_back(tmp_path: Path, start: Start) -> None:
    project = make_project(tmp_path, "Navalny left Moscow.")
    before = select(project, "SELECT * FROM codebook")
    program = start(project)
    program.keys("V", "1", "Escape")
    assert marks(project) == [("actor", "name")]

    # A type of its own, with a name, a key and a colour.
    open_editor(program)
    program.keys("Insert")
    assert program.state["focus"] == "Label"
    program.keys("ctrl+A")
    program.type("City")
    program.keys("Tab", "Tab", "ctrl+A")
    program.type("6")
    program.keys("Tab", "Tab")
    assert program.state["focus"] == "Colours of the palette"
    program.keys("Right", "Escape")
    assert program.state["focus"] == TREE
    close_editor(program)
    city = codebook(project)["types"][-1]
    assert (city["name"], city["label"], city["key"]) == ("city", "City", "6")
    assert city["ink"].startswith("#")

    # The text knows it at once: words and its key make a mark of it.
    program.select(13, 19)
    program.keys("6")
    assert marks(project) == [("actor", "name"), ("city", None)]
    assert program.state["seq"] > 0

    # A value in use is archived, and brought back by undo.
    open_editor(program)
    program.keys("Home", "Right", "Right", "Right", "Down", "Right", "Right", "Right", "Right")
    program.keys("Delete")
    assert mentions(project) == {"name": True, "nominal": False, "pronoun": False}
    program.keys("ctrl+Z")
    assert mentions(project) == {"name": False, "nominal": False, "pronoun": False}

    # Two values are merged; the mark goes over.
    program.keys("ctrl+M", "Return")
    assert mentions(project)["name"]
    assert marks(project) == [("actor", "nominal"), ("city", None)]

    # All of it is taken back: in the editor what is the codebook's, in the text the mark.
    program.keys("ctrl+Z")
    assert marks(project) == [("actor", "name"), ("city", None)]
    close_editor(program)
    program.keys("ctrl+Z")
    assert marks(project) == [("actor", "name")]
    open_editor(program)
    for _ in range(12):
        program.keys("ctrl+Z")
    close_editor(program)
    assert select(project, "SELECT * FROM codebook") == before
    assert [kind for kind, _ in program.spans()] == ["actor"]
    program.close()
