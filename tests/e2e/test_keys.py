"""The work of a day by keys alone: articles, panes, search, looks, and every field of the form."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from tests.e2e.conftest import Start
from tests.e2e.program import Program
from tests.e2e.projects import attributes, make_project, select

pytestmark = pytest.mark.e2e

TEXTS = ("One apple fell.", "Two pears fell.", "Three plums fell.", "Four apples fell.")
TITLES = [f"project article {n}" for n in range(1, 5)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path, *TEXTS)


def states(project: Path) -> list[str]:
    """Return how far each article is, in the order of import."""
    found = select(
        project,
        "SELECT coalesce(status.state, 'new') FROM article "
        "LEFT JOIN status ON status.article = article.id ORDER BY article.position",
    )
    return [state for (state,) in found]


def go_to(program: Program, name: str, key: str = "Tab") -> dict[str, Any]:
    """Press Tab until what has the keyboard is called so."""
    for _ in range(60):
        if program.state["focus"].startswith(name):
            return program.state
        program.keys(key)
    message = f"{key} never comes to {name}"
    raise AssertionError(message)


def test_articles_are_done_and_flagged_one_after_the_other(project: Path, start: Start) -> None:
    program = start(project)
    ids = [i for (i,) in select(project, "SELECT id FROM article ORDER BY position")]
    assert program.keys("ctrl+Return")["article"] == ids[1]
    assert program.keys("F")["state"] == "flagged"
    assert program.keys("N")["article"] == ids[2]
    assert program.keys("V", "1", "ctrl+Return")["article"] == ids[3]
    # After the last one the open ones before it follow: the flagged one is not done.
    assert program.keys("ctrl+Return")["article"] == ids[1]
    assert states(project) == ["done", "flagged", "done", "done"]
    assert program.keys("F")["state"] == "in progress"
    assert program.keys("P")["article"] == ids[0]
    assert "first article" in program.keys("P")["status"]
    assert program.keys("N", "N", "N")["article"] == ids[3]
    assert "last article" in program.keys("N")["status"]
    assert program.keys("ctrl+Z")["state"] == "new"
    assert states(project) == ["done", "in progress", "done", "new"]
    program.keys("P", "P")
    assert "Every article" not in program.keys("ctrl+Return")["status"]
    assert "Every article" in program.keys("ctrl+Return")["status"]
    assert states(project) == ["done"] * 4
    program.close()


def test_the_last_article_is_open_again_after_a_restart(project: Path, start: Start) -> None:
    program = start(project)
    here = program.keys("N", "N")["article"]
    program.close()
    assert start(project).state["article"] == here


@pytest.mark.parametrize("key", ["ctrl+L", "/"])
def test_search_finds_and_opens_an_article(project: Path, start: Start, key: str) -> None:
    program = start(project)
    assert program.keys(key)["focus"] == "Search articles"
    program.type("apples")
    program.until(queue=[TITLES[3]])
    program.keys("Return" if key == "/" else "Down")
    assert program.state["focus"] == "Articles"
    shown = program.keys("Return")
    assert shown["focus"] == "Article"
    assert shown["article"] == select(project, "SELECT id FROM article WHERE position = 4")[0][0]
    program.keys(key)
    program.type("no such word")
    program.until(queue=0)
    program.keys("Escape")
    program.until(queue=4)
    program.close()


def test_the_filter_shows_one_state(project: Path, start: Start) -> None:
    program = start(project)
    program.keys("ctrl+Return", "/")
    go_to(program, "All")
    program.keys("Right")
    program.until(queue=TITLES[1:])
    program.keys("Right", "Right")
    program.until(queue=TITLES[:1])
    program.keys("Left", "Left", "Left")
    program.until(queue=4)
    program.close()


def test_panes_follow_each_other(project: Path, start: Start) -> None:
    program = start(project)
    program.keys("V", "1")
    assert program.keys("F6")["focus"].startswith("Actor")
    assert program.keys("F6")["focus"] == "Outline"
    assert program.keys("F6")["focus"] == "Articles"
    assert program.keys("F6")["focus"] == "Article"
    assert program.keys("shift+F6")["focus"] == "Articles"
    assert "queue" not in program.keys("ctrl+B")["shown"]
    assert "queue" in program.keys("/")["shown"]
    program.close()


def test_zoom_look_and_fields_are_kept(project: Path, start: Start) -> None:
    program = start(project)
    assert program.keys("ctrl++", "ctrl+=")["zoom"] == 125
    assert program.keys("ctrl+-")["zoom"] == 110
    program.do(menu="look-dark")
    assert program.state["paper"] == "dark"
    program.do(submenu=["profile", "discourse"])
    program.keys("V", "4", "Return")
    few = [go_to(program, name)["focus"] for name in ("Kind", "Concept", "Stance")]
    assert few == ["Kind", "Concept", "Stance"]
    program.close()
    again = start(project)
    assert (again.state["zoom"], again.state["paper"]) == (110, "dark")
    again.keys("Home", "Return")
    go_to(again, "Concept")
    assert again.keys("ctrl+0")["zoom"] == 100
    again.close()


# -- the form -------------------------------------------------------------------------------------


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    made = tmp_path / "sample.pressmark"
    assert main(["sample", str(made)]) == 0
    return made


def select_mark(program: Program, span_type: str, number: int = 0) -> str:
    """Select a mark of a type by walking there; return its id."""
    wanted = [mark for mark, kind, _ in program.state["annotations"] if kind == span_type][number]
    program.keys("Escape", "Escape", "Escape", "Home")
    for _ in program.state["annotations"]:
        if program.state["selected"] == wanted:
            return str(wanted)
        program.keys("Right")
    message = "the mark is never reached"
    raise AssertionError(message)


def unfold(program: Program) -> None:
    """Show the fields that the profile leaves out."""
    go_to(program, "More fields")
    program.keys("Space")


def test_choices_numbers_and_words(sample: Path, start: Start) -> None:
    program = start(sample)
    number = select_mark(program, "number", 2)
    program.keys("Return")
    go_to(program, "Value")
    program.keys("ctrl+A")
    program.type("2750.5")
    go_to(program, "Precision")  # leaving the field commits
    assert attributes(sample, number)["value"] == 2750.5
    program.keys("ctrl+A")
    program.type("at le")
    program.keys("Return")
    assert attributes(sample, number)["modifier"] == "at_least"
    unfold(program)
    low = attributes(sample, number)["low"]
    go_to(program, "Low")
    program.keys("ctrl+A")
    program.type("many")
    go_to(program, "High")
    assert attributes(sample, number)["low"] == low  # no number: it stays in the field, in red
    program.type("3000")
    program.keys("Return")
    assert attributes(sample, number)["high"] == 3000
    go_to(program, "Counted where")
    program.keys("ctrl+A")
    program.type("all over the country")
    program.until(seq=program.state["seq"] + 1)  # a pause in typing commits
    assert attributes(sample, number)["scope_place"] == "all over the country"
    program.close()


def evidence(project: Path, mark: str, name: str) -> list[dict[str, Any]]:
    """Return the evidence of a mark for one of its fields."""
    ((found,),) = select(project, "SELECT evidence FROM annotation WHERE id = ?", mark)
    return [entry for entry in json.loads(found) if entry["attribute"] == name]


def targets(project: Path, mark: str, role: str) -> set[str]:
    """Return the ids that a role of a mark points to."""
    found = select(
        project,
        "SELECT target FROM relation WHERE source = ? AND role = ? AND deleted_at IS NULL",
        mark,
        role,
    )
    return {target for (target,) in found}


def record(project: Path, mark: str) -> str | None:
    """Return the name of the registry record that a mark mentions."""
    found = select(
        project,
        "SELECT record.name FROM annotation JOIN record ON record.id = annotation.record "
        "WHERE annotation.id = ?",
        mark,
    )
    return found[0][0] if found else None


def test_segments_dates_and_comments(sample: Path, start: Start) -> None:
    program = start(sample)
    event = select_mark(program, "event")
    program.keys("Return")
    go_to(program, "Certainty")
    program.keys("Right")
    assert select(sample, "SELECT certainty FROM annotation WHERE id = ?", event) == [("unsure",)]
    program.keys("Escape", "C")
    assert program.state["focus"] == "Comment"
    program.type("who counted?")
    program.keys("Escape")
    written = select(sample, "SELECT comment FROM annotation WHERE id = ?", event)
    assert written == [("who counted?",)]
    # The date of an event: its key, onto the chip, which unfolds, into the field of the date.
    program.keys("D", "Left", "Down", "Tab")
    assert (program.state["focus"], program.state["words"]) == ("Date", "2021-01-23")
    program.keys("ctrl+A")
    program.type("2021-13-45")
    program.keys("Tab")
    assert evidence(sample, event, "time")[0]["value"] == "2021-01-23"  # no date: refused
    program.keys("shift+Tab", "ctrl+A")
    program.type("2021-01")
    program.keys("Tab", "ctrl+A")
    program.type("dateline")
    program.keys("Return")
    (date,) = evidence(sample, event, "time")
    assert date["value"] == "2021-01"
    assert date["attributes"] == {"resolves": "dateline", "precision": "day"}
    program.close()


def test_yes_or_no_and_a_new_actor(sample: Path, start: Start) -> None:
    program = start(sample)
    actor = select_mark(program, "actor", 1)
    assert record(sample, actor) == "Aleksei Navalny"
    program.keys("Return", "ctrl+A")
    program.type("Putin")
    program.keys("Return")
    assert record(sample, actor) == "Vladimir Putin"  # by autocomplete
    program.keys("Escape", "Return", "ctrl+A")
    program.type("Yulia Navalnaya")
    program.keys("Return")
    assert record(sample, actor) == "Yulia Navalnaya"  # nobody is called so yet: made
    assert select(sample, "SELECT kind FROM record WHERE name = 'Yulia Navalnaya'") == [("actor",)]
    unfold(program)
    go_to(program, "Metonymy")
    program.keys("Left")
    assert attributes(sample, actor)["metonymy"] is True
    # The registry entry, which every article shares.
    go_to(program, "Registry: Yulia")
    program.keys("Space")
    go_to(program, "Belongs to")
    program.type("Kreml")
    program.keys("Return")
    ((held,),) = select(sample, "SELECT attributes FROM record WHERE name = 'Yulia Navalnaya'")
    assert len(json.loads(held)["affiliated_with"]) == 1
    for _ in range(4):
        program.keys("Escape", "ctrl+Z")
    assert record(sample, actor) == "Aleksei Navalny"
    assert select(sample, "SELECT 1 FROM record WHERE name = 'Yulia Navalnaya'") == []
    program.close()


def test_several_choices_that_depend_on_another(sample: Path, start: Start) -> None:
    program = start(sample)
    statement = select_mark(program, "statement", 3)
    program.keys("Return")
    unfold(program)
    go_to(program, "PLOVER type")
    program.keys("ctrl+A")
    program.type("Protest")
    program.keys("Return")
    go_to(program, "PLOVER modes")
    program.type("riot")
    program.keys("Return")
    program.type("strike")
    program.keys("Return")
    program.type("curfew")  # belongs to another type
    program.keys("Return")
    assert attributes(sample, statement)["plover_type"] == "PROTEST"
    assert attributes(sample, statement)["plover_modes"] == ["riot", "strike"]
    program.keys("ctrl+A", "Backspace", "Backspace")
    assert attributes(sample, statement)["plover_modes"] == ["riot"]
    go_to(program, "Concept")
    program.type("the trial is political")
    go_to(program, "Stance")
    program.keys("Right")
    found = attributes(sample, statement)
    assert found["concept"] == "the trial is political"
    assert found["position"] in {-1, 0, 1}
    program.close()


def test_a_slot_is_filled_by_typing_by_a_click_and_by_letters(sample: Path, start: Start) -> None:
    program = start(sample)
    statement = select_mark(program, "statement", 0)
    words = {mark: parts for mark, _, parts in program.state["annotations"]}
    already = targets(sample, statement, "addressee")
    assert already == set()

    program.keys("T")
    letters = program.state["letters"]
    by_letter = next(mark for mark, letter in letters.items() if len(letter) == 1)
    program.keys(letters[by_letter])
    assert targets(sample, statement, "addressee") == {by_letter}

    program.keys("Return")
    go_to(program, "Addressed to")
    program.type("Putin")
    program.keys("Return")
    by_typing = targets(sample, statement, "addressee") - {by_letter}
    assert len(by_typing) == 1
    assert record(sample, *by_typing) == "Vladimir Putin"

    program.keys("Tab", "shift+Tab")  # whoever comes to a slot anew arms it anew
    clicked = next(
        mark
        for mark, kind, _ in program.state["annotations"]
        if kind == "actor" and mark not in {by_letter, *by_typing}
    )
    program.do(mouse="click", at=[words[clicked][0][0] + 1])
    assert targets(sample, statement, "addressee") == {by_letter, clicked, *by_typing}
    assert program.state["selected"] == statement

    # Backspace in the empty line takes the last one away again.
    program.keys("Return")
    go_to(program, "Addressed to")
    program.keys("Backspace", "Backspace", "Backspace")
    assert targets(sample, statement, "addressee") == set()
    program.close()


def test_a_link_says_who_says_so(sample: Path, start: Start) -> None:
    program = start(sample)
    event = select_mark(program, "event")
    program.keys("Return")
    go_to(program, "Who did it")
    program.keys("Left", "Down")  # onto the chip, which unfolds
    go_to(program, "Alleged")
    program.keys("Left")
    go_to(program, "According to")
    program.keys("Down", "Return")
    ((held,),) = select(
        sample,
        "SELECT attributes FROM relation WHERE source = ? AND role = 'agent' "
        "AND deleted_at IS NULL",
        event,
    )
    found = json.loads(held)
    assert found["alleged"] is True
    kinds = {mark: kind for mark, kind, _ in program.state["annotations"]}
    assert kinds[found["according_to"]] == "statement"
    program.close()
