"""Every key of comparing, sent to the real window, does what the table of commands says."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.model.commands import AddAnnotation, AddArticle
from app.ui.actions import ACTIONS
from tests import projects
from tests.e2e.program import Program
from tests.e2e.projects import select
from tests.two_annotators import compared_project

pytestmark = pytest.mark.e2e

Check = Callable[["Table", str], None]

CHECKS: dict[str, Check] = {}
"""What each action of comparing has to bring about, by its id."""

_QT_NAMES = {"Esc": "Escape"}


def checks(*names: str) -> Callable[[Check], Check]:
    def keep(check: Check) -> Check:
        CHECKS.update({f"compare-{name}": check for name in names})
        return check

    return keep


class Table:
    """The program on the article of the picture, with the first disagreement asked about."""

    def __init__(self, program: Program, project: Path) -> None:
        self.program = program
        self.project = project

    def press(self, *keys: str) -> dict[str, Any]:
        named = [key.replace("Ctrl", "ctrl").replace("Shift", "shift") for key in keys]
        state = self.program.keys(*(_QT_NAMES.get(key, key) for key in named))
        shown: dict[str, Any] = state["compare"]
        return shown

    def reset(self) -> dict[str, Any]:
        """Ask about the first disagreement, with nothing settled."""
        self.press("Ctrl+1", "Ctrl+2", "Esc", "Esc")
        while self.press("Ctrl+1", "Ctrl+2")["open"] < 10 or self.program.state["compare"]["gold"]:
            self.press("Ctrl+Z")
        return self.press("Esc", "Down")

    def in_file(self) -> list[str]:
        """Return the words of the gold layer as they lie in the file."""
        sql = (
            "SELECT fragments ->> '$[0][2]' FROM annotation WHERE layer = 'gold' "
            'AND deleted_at IS NULL ORDER BY start, "end"'
        )
        return [words for (words,) in select(self.project, sql)]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    folder = tmp_path_factory.mktemp("compare")
    project = folder / "two.pressmark"
    with compared_project(project) as ws:
        story = projects.article("The Kremlin said no.", title="Second")
        ws.do(AddArticle(article=story), title="import")
        for layer, start in (("Jonas Dahl", 4), ("Marta Kovač", 0)):
            mark = projects.mark(story, start, 11, layer=layer, type="actor")
            ws.do(AddAnnotation(annotation=mark), title="tag", article=story.id)
    places = {
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "PRESSMARK_ANNOTATOR": "Amina Yusuf",
        "PRESSMARK_BACKUPS": str(folder / "backups"),
    }
    program = Program(project, **places)
    program.do()
    program.do(dismiss="")
    yield Table(program, project)
    program.kill()


@checks("next")
def next_case(table: Table, key: str) -> None:
    assert [table.press(key)["current"], table.press(key)["current"]] == [2, 3]


@checks("previous")
def previous_case(table: Table, key: str) -> None:
    table.press("Down", "Down")
    assert table.press(key)["current"] == 2


@checks("first")
def first_taken(table: Table, key: str) -> None:
    state = table.press(key)
    assert (state["open"], state["current"]) == (9, 2)
    assert table.in_file() == ["Thousands"]


@checks("second")
def second_taken(table: Table, key: str) -> None:
    assert table.press(key)["open"] == 9
    assert table.in_file() == ["Thousands of people"]


@checks("both")
def both_taken(table: Table, key: str) -> None:
    assert table.press(key)["open"] == 9
    assert table.in_file() == ["Thousands", "Thousands of people"]


@checks("neither")
def neither_taken(table: Table, key: str) -> None:
    assert table.press(key)["open"] == 9
    assert table.in_file() == []


@checks("right", "left")
def another_reading(table: Table, key: str) -> None:
    assert table.press(key)["chosen"] == [1]
    assert table.press(key)["chosen"] == [0]
    start, end = table.press("E")["draft"][0]
    by = 1 if key == "Right" else -1
    if by < 0:  # “Thousands” is one word: first a longer one
        table.press("Esc", "Right", "E")
        start, end = 0, len("Thousands of people")
    assert (table.press(key)["draft"][0][1] - end) * by > 0
    assert start == 0


@checks("take")
def chosen_taken(table: Table, key: str) -> None:
    table.press("Right", key)
    assert table.in_file() == ["Thousands of people"]


@checks("edit")
def edited(table: Table, key: str) -> None:
    assert table.press(key)["draft"] == [[0, 9]]
    table.press("Right", "Return")
    assert table.in_file() == ["Thousands of"]


@checks("start-right", "start-left")
def start_moved(table: Table, key: str) -> None:
    table.press("Down", "Down", "Right", "E")
    before = table.press("Right")["draft"][0][0]
    far = table.press("Shift+Right")["draft"][0][0]
    assert far > before
    after = table.press(key)["draft"][0][0]
    assert after > far if key == "Shift+Right" else after == before


@checks("alike")
def all_alike(table: Table, key: str) -> None:
    state = table.press("Down", "Down", "Down", "Down", key)
    assert state["open"] == 8
    assert table.in_file() == ["Kremlin", "people"]
    assert "2 disagreements settled alike" in table.program.state["status"]
    assert table.press("Ctrl+Z")["open"] == 10


@checks("everywhere")
def all_alike_elsewhere(table: Table, key: str) -> None:
    table.press("Down", "Down", "Down", "Down", key)
    table.program.until(
        status="1 disagreement settled alike; Edit ▸ Undo in the project takes them back"
    )
    assert table.in_file() == ["Kremlin"]
    table.program.do(menu="undo-project")
    assert table.in_file() == []


@checks("later")
def left_open(table: Table, key: str) -> None:
    state = table.press(key)
    assert (state["current"], state["open"]) == (2, 10)


@checks("reason")
def reason_given(table: Table, key: str) -> None:
    table.press(key)
    assert table.program.state["focus"] == "Reason for the decision"
    table.program.type("three c 1 . 0")
    assert table.press("Return")["reason"] == "three c 1 . 0"
    assert table.press("1")["gold"] == [["Thousands", "three c 1 . 0"]]
    table.press("Up", key)
    table.program.type("later")
    assert table.press("Return")["gold"] == [["Thousands", "later"]]


@checks("out")
def stepped_out(table: Table, key: str) -> None:
    assert table.press("E")["draft"]
    state = table.press(key)
    assert (state["draft"], state["current"]) == ([], 1)
    assert table.press(key)["current"] == 0


KEYS = [
    pytest.param(action.id, key, id=f"{action.id} {key}")
    for action in ACTIONS
    if action.scope == "compare"
    for key in action.keys
]


@pytest.mark.parametrize(("action", "key"), KEYS)
def test_the_key_does_what_the_table_says(table: Table, action: str, key: str) -> None:
    assert table.reset()["current"] == 1
    CHECKS[action](table, key)


def test_finishing_takes_over_what_all_have(table: Table) -> None:
    table.reset()
    assert not table.press("Ctrl+Return")["done"]
    assert "10 disagreements open" in table.program.state["status"]
    state = table.press("Ctrl+Return")
    assert (state["done"], len(state["gold"])) == (True, 7)
    assert len(table.in_file()) == 7
    assert not table.press("Ctrl+Z")["done"]
