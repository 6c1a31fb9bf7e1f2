"""Every key of the table of commands, sent to the real window, does what the table says."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.ui.actions import ACTIONS
from app.ui.article.pick import LETTERS
from app.ui.view_switch import VIEWS
from tests.e2e.program import Program
from tests.e2e.projects import select
from tests.e2e.test_compare_keys import CHECKS as COMPARING

pytestmark = pytest.mark.e2e

Check = Callable[["Desk", str], None]

CHECKS: dict[str, Check] = {}
"""What each action has to bring about, by its id."""

_QT_NAMES = {"Del": "Delete", "Esc": "Escape", "PgDown": "PageDown", "PgUp": "PageUp"}


def pressed(key: str) -> str:
    """Return a key of the table as the driver of the tests writes it."""
    *held, last = key.split("+") if not key.endswith("+") else [*key[:-2].split("+"), "+"]
    return "+".join([*(one.lower() for one in held if one), _QT_NAMES.get(last, last)])


def checks(*ids: str) -> Callable[[Check], Check]:
    """Say which actions a function checks."""

    def keep(check: Check) -> Check:
        CHECKS.update(dict.fromkeys(ids, check))
        return check

    return keep


class Desk:
    """The program on the sample and two more articles, brought into a known state each time."""

    def __init__(self, program: Program, project: Path, places: dict[str, str]) -> None:
        self.program = program
        self.project = project
        self.places = places
        self.ids = [i for (i,) in select(project, "SELECT id FROM article ORDER BY position")]

    @property
    def state(self) -> dict[str, Any]:
        return self.program.state

    def press(self, *keys: str) -> dict[str, Any]:
        return self.program.keys(*map(pressed, keys))

    def reset(self) -> None:
        """Stand at the beginning of the sample with the keyboard in the text."""
        self.program.until(free=True)  # the sheet of the test before ends with its worker
        self.program.do(menu="document-start")
        for _ in range(3):
            if self.state["article"] == self.ids[0]:
                break
            self.press("P")
        self.press("Esc", "Esc", "Esc", "Esc", "Home", "Esc", "Esc", "Ctrl+Home")

    def mark(self, type_name: str, place: int = 0) -> str:
        """Select a mark of a type by walking there; return its id."""
        self.press("Home")
        wanted = [name for name, kind, _ in self.state["annotations"] if kind == type_name][place]
        for _ in self.state["annotations"]:
            if self.state["selected"] == wanted:
                return str(wanted)
            self.press("Right")
        message = f"no {type_name}"
        raise AssertionError(message)

    def spans(self, annotation_id: str) -> list[list[int]]:
        """Return the fragments of a mark."""
        return next(spans for name, _, spans in self.state["annotations"] if name == annotation_id)

    def of(self, annotation_id: str, column: str) -> Any:
        """Return what the file holds of a mark."""
        sql = "SELECT type, certainty, deleted_at FROM annotation WHERE id = ?"
        kind, certainty, deleted_at = select(self.project, sql, annotation_id)[0]
        return {"type": kind, "certainty": certainty, "deleted_at": deleted_at}[column]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("keys")
    project = folder / "keys.pressmark"
    assert main(["sample", str(project)]) == 0
    for number in (1, 2):
        text = folder / f"article {number}.txt"
        text.write_text(f"Article {number}. Nothing happened.\n", "utf-8")
        assert main(["import", str(project), str(text)]) == 0
    places = {
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "PRESSMARK_ANNOTATOR": "Marta",
    }
    program = Program(project, **places)
    program.do()
    program.do(dismiss="")
    yield Desk(program, project, places)
    program.kill()


# -- reading --------------------------------------------------------------------------------------


@checks("next-sentence")
def next_sentence(desk: Desk, key: str) -> None:
    first = desk.press(key)["sentence"]
    assert desk.press(key)["sentence"][0] > first[0]


@checks("previous-sentence")
def previous_sentence(desk: Desk, key: str) -> None:
    third = desk.press("Down", "Down", "Down")["sentence"]
    assert desk.press(key)["sentence"][0] < third[0]


@checks("next-mark")
def next_mark(desk: Desk, key: str) -> None:
    desk.press("Home")
    order = [name for name, _, _ in desk.state["annotations"]]
    assert desk.press(key)["selected"] == order[1]


@checks("previous-mark")
def previous_mark(desk: Desk, key: str) -> None:
    desk.press("Home", "Right", "Right")
    order = [name for name, _, _ in desk.state["annotations"]]
    assert desk.press(key)["selected"] == order[1]


@checks("first-mark")
def first_mark(desk: Desk, key: str) -> None:
    desk.press("End")
    assert desk.press(key)["selected"] == desk.state["annotations"][0][0]


@checks("last-mark")
def last_mark(desk: Desk, key: str) -> None:
    assert desk.press(key)["selected"] == desk.state["annotations"][-1][0]


@checks("outer-mark", "inner-mark")
def overlapping_mark(desk: Desk, key: str) -> None:
    """Both go round: with two marks at a place either key comes to the other one."""
    inner = desk.mark("statement", 1)
    start = desk.spans(inner)[0][0]
    around = {
        name
        for name, _, spans in desk.state["annotations"]
        if any(first <= start < last for first, last in spans)
    }
    met = {desk.press(key)["selected"] for _ in around}
    assert met == around
    assert len(around) > 1


@checks("next-open", "previous-open")
def open_point(desk: Desk, key: str) -> None:
    before = desk.press("Home")["place"]
    desk.press(*["Down"] * 8)
    state = desk.press(key)
    assert state["place"] != before or "open point" in state["status"]


@checks("next-word")
def next_word(desk: Desk, key: str) -> None:
    place = desk.press("Down", key)["place"]
    assert desk.press(key)["place"] > place


@checks("previous-word")
def previous_word(desk: Desk, key: str) -> None:
    place = desk.press("Down", "Ctrl+Right", "Ctrl+Right")["place"]
    assert desk.press(key)["place"] < place


@checks("page-down", "document-end")
def scrolled_down(desk: Desk, key: str) -> None:
    assert desk.press(key)["scroll"] > 0


@checks("page-up", "document-start")
def scrolled_up(desk: Desk, key: str) -> None:
    low = desk.press("Ctrl+End")["scroll"]
    assert desk.press(key)["scroll"] < low


@checks("next")
def next_article(desk: Desk, key: str) -> None:
    assert desk.press(key)["article"] == desk.ids[1]


@checks("previous")
def previous_article(desk: Desk, key: str) -> None:
    desk.press("N")
    assert desk.press(key)["article"] == desk.ids[0]


@checks("flag")
def flagged(desk: Desk, key: str) -> None:
    assert desk.press(key)["state"] == "flagged"
    assert desk.press(key)["state"] == "in progress"


# -- selecting and resizing -----------------------------------------------------------------------


@checks("widen")
def widened(desk: Desk, key: str) -> None:
    first = desk.press("Down", key)["range"]
    second = desk.press(key)["range"]
    assert second[1] - second[0] > first[1] - first[0]


@checks("narrow")
def narrowed(desk: Desk, key: str) -> None:
    wide = desk.press("Down", "V", "V", "V")["range"]
    narrow = desk.press(key)["range"]
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


@checks("extend-right")
def extended_right(desk: Desk, key: str) -> None:
    chosen = desk.press("Down", "V")["range"]
    assert desk.press(key)["range"] != chosen
    mark = desk.mark("number")
    before = desk.spans(mark)
    desk.press(key)
    assert desk.spans(mark)[0][1] > before[0][1]
    desk.press("Ctrl+Z")
    assert desk.spans(mark) == before


@checks("extend-far-right")
def extended_far_right(desk: Desk, key: str) -> None:
    mark = desk.mark("number")
    before = desk.spans(mark)
    desk.press(key)
    assert desk.spans(mark)[0][1] == before[0][1] + 1
    desk.press("Ctrl+Z")


@checks("extend-left", "extend-far-left")
def extended_left(desk: Desk, key: str) -> None:
    mark = desk.mark("number", 1)
    before = desk.spans(mark)
    desk.press(key)
    assert desk.spans(mark)[0][1] < before[0][1]
    desk.press("Ctrl+Z")


@checks("start-edge")
def start_edge(desk: Desk, key: str) -> None:
    mark = desk.mark("number", 1)
    before = desk.spans(mark)
    desk.press(key, "Shift+Left")
    assert desk.spans(mark)[0][0] < before[0][0]
    desk.press("Ctrl+Z")


@checks("end-edge")
def end_edge(desk: Desk, key: str) -> None:
    mark = desk.mark("number", 1)
    before = desk.spans(mark)
    desk.press("[", key, "Shift+Right")
    assert desk.spans(mark)[0][1] > before[0][1]
    desk.press("Ctrl+Z")


@checks("step-out")
def stepped_out(desk: Desk, key: str) -> None:
    desk.press("Home", "1")
    assert desk.state["hints"]
    assert not desk.press(key)["hints"]
    assert desk.state["selected"]
    assert desk.press(key)["selected"] is None


@checks("add-fragment")
def fragment_added(desk: Desk, key: str) -> None:
    mark = desk.mark("number")
    desk.press(key)
    desk.press(next(letter for letter in reversed(LETTERS) if letter in desk.state["hints"]))
    assert len(desk.spans(mark)) == 2
    desk.press("Ctrl+Z")
    assert len(desk.spans(mark)) == 1


# -- tagging --------------------------------------------------------------------------------------


@checks("tag")
def tagged(desk: Desk, key: str) -> None:
    count = len(desk.state["annotations"])
    desk.press("Down", "Down", "Down", "Down", "V", "V", key)
    assert len(desk.state["annotations"]) == count + 1
    desk.press("Ctrl+Z")
    desk.press("Down", key)
    assert desk.state["hints"]


@checks("repeat")
def tagged_again_and_again(desk: Desk, key: str) -> None:
    desk.press("Down", key)
    assert desk.state["hints"]
    desk.press("Down")
    assert desk.state["hints"]


def test_a_letter_and_where_the_mark_ends_are_one_step(desk: Desk) -> None:
    desk.reset()
    count = len(desk.state["annotations"])
    desk.press("N", "2")
    letters = sorted(desk.state["hints"], key=lambda letter: desk.state["hints"][letter])
    desk.press(letters[0])
    ends = sorted(desk.state["hints"], key=lambda letter: desk.state["hints"][letter])
    desk.press(f"Shift+{ends[-1]}")
    (made,) = desk.state["annotations"]
    assert made[2] == [[0, 9]]
    assert not desk.press("Ctrl+Z")["annotations"]
    assert len(desk.press("P")["annotations"]) == count


@checks("retype")
def retyped(desk: Desk, key: str) -> None:
    types = {"1": "actor", "2": "event", "3": "number", "4": "statement"}
    wanted = types[key[-1]]
    mark = desk.mark("actor" if wanted != "actor" else "event", 2)
    desk.press(key)
    assert desk.of(mark, "type") == wanted
    desk.press("Ctrl+Z")
    assert desk.of(mark, "type") != wanted


@checks("delete")
def deleted(desk: Desk, key: str) -> None:
    mark = desk.mark("number")
    desk.press(key)
    assert desk.of(mark, "deleted_at")
    desk.press("Ctrl+Z")
    assert desk.of(mark, "deleted_at") is None


@checks("unsure")
def unsure(desk: Desk, key: str) -> None:
    mark = desk.mark("number")
    desk.press(key)
    assert desk.of(mark, "certainty") == "unsure"
    desk.press(key)
    assert desk.of(mark, "certainty") == "sure"


@checks("accept")
def accepted(desk: Desk, key: str) -> None:
    mark = desk.mark("statement", 1)
    desk.press("Shift+S")
    assert not [r for r in desk.state["relations"] if r[:2] == [mark, "speaker"]]
    desk.press(key)
    assert [r for r in desk.state["relations"] if r[:2] == [mark, "speaker"]]


@checks("alike")
def alike(desk: Desk, key: str) -> None:
    mark = desk.mark("event", 1)  # “protest”, which is marked wherever it stands
    before = len(desk.state["annotations"])
    desk.press(key)
    grown = len(desk.state["annotations"]) > before
    assert grown or "left to mark" in desk.state["status"]
    assert mark


@checks("reject", "reject-alike")
def rejected(desk: Desk, key: str) -> None:
    desk.mark("actor", 2)
    desk.press("Del")  # now its words are proposed again
    desk.program.do(menu="suggestions")
    count = desk.state["suggestions"]
    assert count
    desk.press("Esc", "Esc", "Home", "Esc", "Esc", key)  # goes to the first one
    assert desk.press(key)["suggestions"] < count
    desk.program.do(menu="suggestions")
    desk.press("Ctrl+Z")


@checks("edit")
def edited(desk: Desk, key: str) -> None:
    desk.mark("number")
    assert desk.press(key)["focus"] != "Article"


@checks("comment")
def commented(desk: Desk, key: str) -> None:
    desk.mark("number")
    assert desk.press(key)["focus"] == "Comment"


@checks("copy")
def copied(desk: Desk, key: str) -> None:
    desk.mark("number")
    assert desk.press(key)["clipboard"] == "Thousands"


# -- the window -----------------------------------------------------------------------------------


@checks("undo", "redo")
def undone(desk: Desk, key: str) -> None:
    desk.press("F")
    seq = desk.state["seq"]
    before = desk.state["state"]
    desk.press("Ctrl+Z")
    assert desk.state["state"] != before
    desk.press("Ctrl+Y" if key == "Ctrl+Z" else key)
    assert desk.state["state"] == before
    assert desk.state["seq"] == seq + 2
    desk.press("F")


@checks("done")
def done(desk: Desk, key: str) -> None:
    desk.press("N")
    for _ in range(3):
        if desk.state["article"] != desk.ids[1]:
            break
        desk.press(key)
    assert desk.state["article"] == desk.ids[2]


@checks("zoom-in")
def zoomed_in(desk: Desk, key: str) -> None:
    desk.press("Ctrl+0")
    assert desk.press(key)["zoom"] == 110


@checks("zoom-out")
def zoomed_out(desk: Desk, key: str) -> None:
    desk.press("Ctrl+0")
    assert desk.press(key)["zoom"] == 90
    desk.press("Ctrl+0")


@checks("zoom-reset")
def zoom_reset(desk: Desk, key: str) -> None:
    desk.press("Ctrl++")
    assert desk.press(key)["zoom"] == 100


@checks("next-pane", "previous-pane")
def next_pane(desk: Desk, key: str) -> None:
    assert desk.press(key)["focus"] != "Article"


@checks("queue")
def queue_hidden(desk: Desk, key: str) -> None:
    shown = "queue" in desk.state["shown"]
    assert ("queue" in desk.press(key)["shown"]) != shown
    assert ("queue" in desk.press(key)["shown"]) == shown


@checks("search")
def searched(desk: Desk, key: str) -> None:
    assert desk.press(key)["focus"].startswith("Search")


@checks("filter")
def sorted_and_filtered(desk: Desk, key: str) -> None:
    assert desk.press(key)["focus"] == "Sort by"
    assert desk.press("Esc")["focus"] != "Sort by"


@checks("definitions")
def definitions(desk: Desk, key: str) -> None:
    desk.mark("number")
    desk.press("Return")
    shown = desk.state["shown"]
    assert "definition" in desk.press(key)["shown"]
    assert desk.press(key)["shown"] == shown


@checks("fix")
def quick_fix(desk: Desk, key: str) -> None:
    mark = desk.mark("statement", 1)
    desk.press("Shift+S")
    assert not [r for r in desk.state["relations"] if r[:2] == [mark, "speaker"]]
    desk.press(key)
    desk.press("Return")
    assert [r for r in desk.state["relations"] if r[:2] == [mark, "speaker"]]


@checks("search-all")
def searched_everywhere(desk: Desk, key: str) -> None:
    assert desk.press(key)["focus"] == "Search in all articles"
    assert desk.press("Esc")["focus"] == "Article"


@checks("bookmark")
def bookmarked(desk: Desk, key: str) -> None:
    sql = "SELECT count(*) FROM bookmark"
    desk.press("Down", key)
    assert select(desk.project, sql)[0][0] == 1
    desk.press(key)
    assert select(desk.project, sql)[0][0] == 0


@checks("bookmarks")
def listed(desk: Desk, key: str) -> None:
    assert desk.press(key)["focus"] == "Search in all articles"
    assert "queue" not in desk.state["shown"]
    assert desk.press("Esc")["focus"] == "Article"


@checks("next-bookmark", "previous-bookmark")
def went_to_bookmark(desk: Desk, key: str) -> None:
    first = desk.press("Down", "M")["place"]
    third = desk.press("Down", "Down", "M")["place"]
    desk.press("Up")
    assert desk.press(key)["place"] == (first if key.startswith("Shift") else third)
    desk.press("Ctrl+Z", "Ctrl+Z")


@checks("history")
def history(desk: Desk, key: str) -> None:
    assert desk.press(key)["windows"] == ["History"]
    desk.program.do(shut="History")


@checks("exports")
def exports(desk: Desk, key: str) -> None:
    assert desk.press(key)["dismissed"][-1].startswith("Exports")


@checks("duplicates")
def duplicates(desk: Desk, key: str) -> None:
    assert desk.press(key)["dismissed"][-1] == "Near-duplicates"


@checks("alike-everywhere")
def tagged_everywhere(desk: Desk, key: str) -> None:
    desk.mark("actor")
    assert desk.press(key)["dismissed"][-1] == "Tag all alike"


@checks("review")
def reviewed(desk: Desk, key: str) -> None:
    shown = desk.press(key)["suggestions"]
    assert shown
    desk.press(key)
    desk.program.do(menu="suggestions")
    assert desk.state["suggestions"] == 0


@checks("ask-server")
def asked_server(desk: Desk, key: str) -> None:
    assert desk.press(key)["status"].startswith("No model server may be asked")


@checks("mark-history")
def mark_history(desk: Desk, key: str) -> None:
    desk.mark("number")
    assert desk.press(key)["windows"] == ["History"]
    desk.program.do(shut="History")


@checks("copy-link")
def link_copied(desk: Desk, key: str) -> None:
    mark = desk.mark("number")
    link = desk.press(key)["clipboard"]
    assert link.startswith("pressmark:")
    assert link.endswith(mark)
    desk.press("N", "Ctrl+K", "Ctrl+V", "Return")
    assert desk.state["selected"] == mark


@checks("find", "find-next", "find-previous")
def found(desk: Desk, key: str) -> None:
    assert desk.press("Ctrl+F")["focus"] == "Find in the article"
    desk.program.type("Navalny")
    first = desk.state["found"]
    assert first
    assert desk.press("Ctrl+F" if key == "Ctrl+F" else key)["found"]
    assert (desk.state["found"] == first) == (key == "Ctrl+F")
    assert desk.press("Esc")["focus"] == "Article"
    assert desk.state["range"]


@checks("palette")
def palette(desk: Desk, key: str) -> None:
    assert desk.press(key)["focus"] == "Search or run a command"
    assert desk.press(key)["focus"] == "Article"


@checks("settings")
def settings(desk: Desk, key: str) -> None:
    assert desk.press(key)["dismissed"][-1] == "Settings"


@checks("keys")
def all_keys(desk: Desk, key: str) -> None:
    assert desk.press(key)["dismissed"][-1] == "All keys"


@checks("new", "open", "import", "export")
def asked_for_files(desk: Desk, key: str) -> None:
    titles = {"N": "New project", "O": "Open a project", "I": "Import", "E": "Export"}
    assert desk.press(key)["dismissed"][-1].startswith(titles[key[-1]])


@checks("codebook")
def codebook(desk: Desk, key: str) -> None:
    assert desk.press(key)["windows"] == ["Codebook"]
    desk.program.do(shut="Codebook")


@checks("registry")
def registry(desk: Desk, key: str) -> None:
    assert desk.press(key)["windows"] == ["Registry"]
    desk.program.do(shut="Registry")


@checks("paste-article")
def pasted(desk: Desk, key: str) -> None:
    desk.program.do(clipboard="A pasted article.\n\nIt says little.")
    before = len(desk.state["queue"])
    desk.press(key)
    assert len(desk.state["queue"]) == before + 1
    assert desk.state["article"] not in desk.ids
    desk.program.do(menu="undo-project")
    assert len(desk.state["queue"]) == before


@checks("quit")
def ended(desk: Desk, key: str) -> None:
    """Another window ends: this one is needed."""
    other = Program(desk.project, **desk.places)
    other.do()
    other.send(keys=[pressed(key)])
    assert other.wait() == 0


@checks("view-annotate", "view-compare", "view-dataset", "view-dashboard")
def viewed(desk: Desk, key: str) -> None:
    views = dict(zip(("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4"), VIEWS, strict=True))
    other = "Ctrl+2" if key == "Ctrl+1" else "Ctrl+1"
    assert desk.press(other)["view"] == views[other]
    assert desk.press(key)["view"] == views[key]
    assert desk.press("Ctrl+1")["focus"] == "Article"


KEYS = [
    pytest.param(action.id, key, id=f"{action.id} {key}")
    for action in ACTIONS
    if action.scope != "compare"
    for key in (*action.keys, *action.article_keys)
]
KEYS += [pytest.param("tag", str(n), id=f"tag {n}") for n in (1, 2, 3, 4)]
KEYS += [pytest.param("repeat", f"Alt+{n}", id=f"repeat {n}") for n in (1, 2, 3, 4)]
KEYS += [pytest.param("retype", f"Shift+{n}", id=f"retype {n}") for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(("action", "key"), KEYS)
def test_the_key_does_what_the_table_says(desk: Desk, action: str, key: str) -> None:
    desk.reset()
    CHECKS[action](desk, key)


def test_every_action_with_a_key_is_checked() -> None:
    with_keys = {a.id for a in ACTIONS if a.keys or a.article_keys} | {"tag", "repeat", "retype"}
    assert with_keys == set(CHECKS) | set(COMPARING)
