"""The main job on the real program: two sentences by keys and by mouse, kill, reopen, undo."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.model.resources import resource

pytestmark = pytest.mark.e2e

TEXT = resource("sample/000_1b9c5a6f76a63e06.txt").read_text("utf-8")
END_OF_SENTENCES = 284
"""Where the second sentence of the sample ends, in code points."""

Span = tuple[str, tuple[tuple[int, int], ...]]


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


class Program:
    """The program in a process of its own."""

    def __init__(self, project: Path) -> None:
        driver = Path(__file__).with_name("driver.py")
        self._process = subprocess.Popen(
            [sys.executable, str(driver), str(project)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path.cwd())},
        )
        self.state: dict[str, Any] = {}
        self.events = 0

    def do(self, **step: Any) -> dict[str, Any]:
        """Send one step and wait until the program has dealt with it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(step) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the program ended"
        self.state = json.loads(line)
        return self.state

    def keys(self, *keys: str) -> dict[str, Any]:
        """Press keys one after the other."""
        self.events += len(keys)
        return self.do(keys=list(keys))

    def spans(self) -> list[Span]:
        """Return type and fragments of the marks on the screen."""
        return [
            (kind, tuple((start, end) for start, end in fragments))
            for _, kind, fragments in self.state["annotations"]
        ]

    def mark(self, span: Span) -> str:
        """Return the id of a mark on the screen."""
        return str(self.state["annotations"][self.spans().index(span)][0])

    def kill(self) -> None:
        """End the process as a power cut would."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def close(self) -> None:
        """Close the window as a person would."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._process.wait(timeout=30) == 0
        if self._process.stdout is not None:
            self._process.stdout.close()


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


@pytest.fixture
def start(project: Path) -> Iterator[Callable[[], Program]]:
    """Start the program on the project; whatever still runs at the end is killed."""
    running: list[Program] = []

    def begin() -> Program:
        running.append(Program(project))
        running[-1].do()
        return running[-1]

    yield begin
    for program in running:
        program.kill()


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


def select_by_keys(program: Program, start: int, end: int) -> None:
    """Walk the caret to a word's start and extend the selection to a word's end."""
    program.keys("Escape", "Escape")
    for _ in range(200):
        if program.state["place"] == start and program.state["range"] is None:
            break
        program.keys("ctrl+Right" if program.state["place"] < start else "ctrl+Left")
    assert program.state["place"] == start
    program.keys("ctrl+Left", "ctrl+Right") if start else None
    while program.state["range"] is None or program.state["range"][1] < end:
        program.keys("ctrl+shift+Right")
    assert program.state["range"] == [start, end]


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
    project: Path, start: Callable[[], Program]
) -> None:
    program = start()
    for kind, fragments in EXPECTED:
        select_by_keys(program, fragments[0][0], fragments[-1][1])
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

    again = start()
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

    third = start()
    assert third.state["annotations"] == []
    for _ in range(len(EXPECTED) + 2):
        third.keys("ctrl+Y")
    assert third.state["annotations"] == shown["annotations"]
    assert third.state["relations"] == shown["relations"]
    third.close()
    check_written(project)


def test_two_sentences_by_mouse(project: Path, start: Callable[[], Program]) -> None:
    program = start()
    labels = {"actor": "Actor", "event": "Event", "number": "Number", "statement": "Statement"}
    for kind, fragments in sorted(EXPECTED, key=lambda span: span[1][0][0] - span[1][-1][1]):
        program.do(mouse="drag", at=[fragments[0][0], fragments[-1][1]])
        assert program.state["range"] == [fragments[0][0], fragments[-1][1]]
        program.do(choose=labels[kind])
    assert sorted(program.spans()) == sorted(EXPECTED)
    program.close()
    check_written(project)
