"""Whatever the program has shown is on disk, whenever it dies."""

import json
import os
import random
import re
import select
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.model.resources import resource
from tests.e2e.conftest import Start
from tests.e2e.program import Program

pytestmark = pytest.mark.e2e

KILLS = int(os.environ.get("PRESSMARK_KILLS", "12"))
STEPS = 40
TEXT = resource("sample/000_1b9c5a6f76a63e06.txt").read_text("utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    article = tmp_path / "article.txt"
    article.write_text(TEXT, "utf-8")
    made = tmp_path / "killed.pressmark"
    assert main(["new", str(made)]) == 0
    assert main(["import", str(made), str(article)]) == 0
    return made


def entries(project: Path) -> dict[int, str]:
    """Return the commands in the journal by their numbers."""
    database = sqlite3.connect(f"file:{project}?mode=ro", uri=True)
    found = dict(database.execute("SELECT seq, command FROM journal").fetchall())
    database.close()
    return found


def gesture(dice: random.Random) -> list[dict[str, Any]]:
    """Return a gesture as an annotator makes it by keys."""
    walk = [dice.choice(["ctrl+Right", "Down", "Up"]) for _ in range(dice.randint(1, 6))]
    tag = [{"keys": ["Escape", *walk, "V", dice.choice("1234")]}]
    words = f"seen {dice.randrange(1000)}"
    return dice.choice(
        [
            tag,
            tag,
            [{"keys": ["Right", "shift+Right"]}, {"keys": ["ctrl+shift+Left"]}],
            [*tag, {"keys": ["C"]}, {"type": words}, {"keys": ["Escape"]}],
            [*tag, {"keys": ["S"]}, {"keys": [dice.choice("ABC")]}, {"keys": ["Escape"]}],
            [{"keys": ["Home", *["Right"] * dice.randint(0, 5), "Delete"]}],
            [{"keys": ["ctrl+Z"]}],
            [{"keys": ["ctrl+Z", "ctrl+Z", "ctrl+Y"]}],
        ]
    )


def facts(state: dict[str, Any]) -> dict[str, Any]:
    """Return what a state says of each annotation, and of each relation, by its words."""
    marks = {
        mark: [kind, fragments, state["comments"][mark]]
        for mark, kind, fragments in state["annotations"]
    }
    return marks | {f"{a} {role} {b}": [a, b] for a, role, b in state["relations"]}


def ends(command: object, relations: set[str]) -> Iterator[str]:
    """Yield the ids at the ends of some relations, as far as a command tells them."""
    if isinstance(command, dict):
        if command.get("id") in relations and "source" in command:
            yield from (command["source"], command["target"])
        for part in command.values():
            yield from ends(part, relations)
    elif isinstance(command, list):
        for part in command:
            yield from ends(part, relations)


def told(written: dict[int, str], seq: int) -> list[str]:
    """Return the commands after one of the journal, and the ends of relations they only name.

    An undo takes a relation away by its own id, which no state shows.
    """
    later = [command for number, command in written.items() if number > seq]
    gone = set(re.findall(r'relation","id":"([^"]+)"', " ".join(later)))
    named = {end for command in written.values() for end in ends(json.loads(command), gone)}
    return [*later, *sorted(named)]


def lost(shown: dict[str, Any], now: dict[str, Any], later: list[str]) -> list[str]:
    """Return what was shown and is otherwise now, although nothing later in the journal did it."""
    before, after = facts(shown), facts(now)
    done = " ".join(later)
    return [
        name
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name) and not any(part in done for part in name.split())
    ]


def drive_and_kill(program: Program, dice: random.Random) -> dict[str, Any]:
    """Keep the program busy with gestures and kill it somewhere; return what it had shown."""
    steps = [step for _ in range(STEPS) for step in gesture(dice)][:STEPS]
    for step in steps:
        program.send(**step)
    for _ in range(dice.randrange(STEPS)):
        program.answer()
    # Somewhere within the next gesture, not at its end.
    select.select([program.output], [], [], dice.random() * 0.02)
    return [program.state, *program.kill()][-1]


def test_nothing_that_was_shown_is_lost(
    project: Path, start: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(20_210_123)
    acknowledged, missing, shown = 0, [], None
    for _ in range(KILLS):
        program = start(project)
        now = program.state
        if shown is not None:
            written = entries(project)
            assert shown["seq"] in written
            later = told(written, shown["seq"])
            acknowledged += len(facts(shown))
            missing += lost(shown, now, later)
            if now["annotations"]:
                assert facts(program.keys("ctrl+Z")) != facts(now)
                assert facts(program.keys("ctrl+Y")) == facts(now)
        shown = drive_and_kill(program, dice)
    last = start(project)
    gestures = len(entries(project))
    for _ in range(gestures):
        if not last.state["annotations"]:
            break
        last.keys("ctrl+Z")
    assert last.state["annotations"] == []
    assert last.state["painted"] == []
    last.close()
    assert main(["check", str(project)]) == 0
    with capsys.disabled():
        sys.stdout.write(
            f"\n{KILLS} kills, {gestures} entries in the journal, {acknowledged} marks and links "
            f"acknowledged, {len(missing)} lost\n"
        )
    assert missing == []
    assert acknowledged > 100
