"""The main job on the real program: two sentences by keys and by mouse, kill, reopen, undo."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.model.resources import resource
from tests.e2e.conftest import Start
from tests.e2e.program import Span

pytestmark = pytest.mark.e2e

TEXT = resource("sample/000_1b9c5a6f76a63e06.txt").read_text("utf-8")
END_OF_SENTENCES = 284
"""Where the second sentence of the sample ends, in code points."""


def expert_spans() -> list[Span]:
    """Return type and fragments of what the expert marked in the first two sentences, in order."""
    reference = json.loads(resource("sample/annotation.json").read_text("utf-8"))
    return [
        (s["type"].lower(), tuple((f["start"], f["end"]) for f in s["segments"]))
        for s in reference["spans"]
        if s["end"] <= END_OF_SENTENCES
    ]


EXPECTED = expert_spans()
DIGITS = {"actor": "1", "event": "2", "number": "3", "statement": "4"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new project with the sample's text and no mark."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    article = tmp_path / "article.txt"
    article.write_text(TEXT, "utf-8")
    made = tmp_path / "two sentences.pressmark"
    assert main(["new", str(made)]) == 0
    assert main(["import", str(made), str(article)]) == 0
    return made


def rows(project: Path) -> list[Span]:
    """Return type and fragments of the live annotations, straight from the file."""
    with sqlite3.connect(f"file:{project}?mode=ro", uri=True) as database:
        found = database.execute(
            "SELECT type, fragments FROM annotation WHERE deleted_at IS NULL ORDER BY start, id"
        ).fetchall()
    database.close()
    for _, fragments in found:
        for begin, end, words in json.loads(fragments):
            assert TEXT[begin:end] == words
    return [(kind, tuple((b, e) for b, e, _ in json.loads(fragments))) for kind, fragments in found]


def exported(project: Path) -> dict[str, Any]:
    """Return the JSON that `pressmark export` writes of the project."""
    out = project.with_suffix(".json")
    assert main(["export", str(project), str(out)]) == 0
    document: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return document


def check_written(project: Path) -> None:
    """Compare the rows in the file and the exported JSON with the expert's marks."""
    assert sorted(rows(project)) == sorted(EXPECTED)
    annotations = exported(project)["articles"][0]["annotations"]
    found = [
        (a["type"], tuple((f["start"], f["end"]) for f in a["fragments"])) for a in annotations
    ]
    assert sorted(found) == sorted(EXPECTED)
    assert all(
        TEXT[f["start"] : f["end"]] == f["text"] for a in annotations for f in a["fragments"]
    )


def test_two_sentences_by_keys_survive_a_kill_and_can_be_undone(
    project: Path, start: Start
) -> None:
    program = start(project)
    for kind, fragments in EXPECTED:
        program.select(fragments[0][0], fragments[-1][1])
        program.keys(DIGITS[kind])
    assert sorted(program.spans()) == sorted(EXPECTED)
    statement = program.mark(next(span for span in EXPECTED if span[0] == "statement"))
    program.keys("Home")
    while program.state["selected"] != statement:
        program.keys("Right")
    speaker = program.mark(("actor", ((261, 263),)))
    program.keys("S")
    program.keys(program.state["letters"][speaker])
    assert program.state["relations"] == [[statement, "speaker", speaker]]
    program.keys("C")
    program.do(type="accuses leaves truth open")
    program.keys("Escape")
    check_written(project)
    shown = program.state
    program.kill()

    again = start(project)
    assert again.state["annotations"] == shown["annotations"]
    assert again.state["relations"] == shown["relations"]
    document = exported(project)["articles"][0]
    assert [a["comment"] for a in document["annotations"] if a["id"] == statement] == [
        "accuses leaves truth open"
    ]
    for _ in range(len(EXPECTED) + 2):
        again.keys("ctrl+Z")
    assert again.state["annotations"] == []
    assert rows(project) == []
    again.kill()

    third = start(project)
    assert third.state["annotations"] == []
    for _ in range(len(EXPECTED) + 2):
        third.keys("ctrl+Y")
    assert third.state["annotations"] == shown["annotations"]
    assert third.state["relations"] == shown["relations"]
    third.close()
    check_written(project)


def test_two_sentences_by_mouse(project: Path, start: Start) -> None:
    program = start(project)
    labels = {"actor": "Actor", "event": "Event", "number": "Number", "statement": "Statement"}
    for kind, fragments in sorted(EXPECTED, key=lambda span: span[1][0][0] - span[1][-1][1]):
        program.do(mouse="drag", at=[fragments[0][0], fragments[-1][1]])
        assert program.state["range"] == [fragments[0][0], fragments[-1][1]]
        program.do(choose=labels[kind])
    assert sorted(program.spans()) == sorted(EXPECTED)
    program.close()
    check_written(project)
