"""The same thing changed in two windows at once: refused, both versions shown, and a choice."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.model.annotation import Annotation
from app.model.commands import (
    AddAnnotation,
    AddArticle,
    AddRecord,
    Command,
    DeleteAnnotation,
    EditAnnotation,
    EditRecord,
)
from app.model.registry import Record
from app.ui.main_window import MainWindow
from app.ui.workbench import Workbench
from app.workspace import Workspace
from tests.projects import article, mark, project


@pytest.fixture
def location(tmp_path: Path) -> str:
    with project(tmp_path) as ws:
        story = article("Navalny came. Nobody else.", title="Story")
        ws.do(AddArticle(article=story), title="import")
        event = mark(story, 8, 12, type="event")
        ws.do(AddAnnotation(annotation=event), title="tag", article=story.id)
        ws.do(AddRecord(record=Record(id="r1", kind="person", name="Navalny")), title="add")
        return ws.location


@pytest.fixture
def bench(attended: MainWindow, location: str) -> Workbench:
    attended.bench.open_project(location)
    return attended.bench


@pytest.fixture
def other(location: str) -> Iterator[Workspace]:
    """The same project in another window."""
    with Workspace.open(location, annotator="ann") as ws:
        yield ws


def event_of(ws: Workspace) -> Annotation:
    (found,) = ws.contents(ws.article_ids()[0]).annotations
    return found


def edit(bench: Workbench, **fields: object) -> bool:
    """Change the mark as the window sees it; tell whether that was written."""
    assert bench.session is not None
    assert bench.session.contents is not None
    (seen,) = bench.session.contents.annotations
    command = EditAnnotation(id=seen.id, version=seen.version, **fields)  # type: ignore[arg-type]
    return bench.session.do(command, "change") is not None


def elsewhere(ws: Workspace, **fields: object) -> None:
    now = event_of(ws)
    command = EditAnnotation(id=now.id, version=now.version, **fields)  # type: ignore[arg-type]
    ws.do(command, title="change", article=now.article)


def press(bench: Workbench, words: str) -> None:
    (button,) = (
        b for b in bench.desk.clashing.findChildren(QPushButton) if b.accessibleName() == words
    )
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def shown(bench: Workbench) -> str:
    clashing = bench.desk.clashing
    return clashing.accessibleName() if clashing.isVisible() else ""


def test_both_versions_are_shown_and_mine_can_be_used(bench: Workbench, other: Workspace) -> None:
    elsewhere(other, comment="theirs", certainty="unsure")
    assert not edit(bench, comment="mine")
    assert event_of(other).comment == "theirs"
    assert shown(bench) == (
        "Event “came” was changed elsewhere meanwhile. Comment: mine “mine”, there “theirs”"
    )
    press(bench, "Use mine")
    assert not shown(bench)
    now = event_of(other)
    assert (now.comment, now.certainty) == ("mine", "unsure")
    assert bench.desk.view.hasFocus()


def test_the_other_version_can_be_kept(bench: Workbench, other: Workspace) -> None:
    elsewhere(other, attributes={"realis": "planned"})
    assert not edit(bench, attributes={"realis": "actual"})
    assert shown(bench).endswith("Realis: mine “actual”, there “planned”")
    seq = other.last_seq
    press(bench, "Keep the other")
    assert not shown(bench)
    other.poll()
    assert other.last_seq == seq
    assert event_of(other).attributes["realis"] == "planned"


def test_other_fields_changed_elsewhere_are_in_nobodys_way(
    bench: Workbench, other: Workspace
) -> None:
    elsewhere(other, certainty="unsure")
    assert edit(bench, comment="mine")
    assert not shown(bench)
    now = event_of(other)
    assert (now.comment, now.certainty) == ("mine", "unsure")


def test_a_type_changed_elsewhere_is_seen_before_anything_else_is(
    bench: Workbench, other: Workspace
) -> None:
    elsewhere(other, type="actor", unset=("realis",))
    assert not edit(bench, comment="mine")
    assert shown(bench) == (
        "Actor “came” was changed elsewhere meanwhile. Comment: mine “mine”, there “nothing”"
    )
    press(bench, "Use mine")
    now = event_of(other)
    assert (now.type, now.comment) == ("actor", "mine")


def test_the_same_change_twice_is_no_clash(bench: Workbench, other: Workspace) -> None:
    elsewhere(other, comment="same")
    assert edit(bench, comment="same")
    assert not shown(bench)


def test_what_was_changed_elsewhere_is_not_removed_unseen(
    bench: Workbench, other: Workspace
) -> None:
    assert bench.session is not None
    assert bench.session.contents is not None
    (seen,) = bench.session.contents.annotations
    elsewhere(other, comment="look at this")
    remove: Command = DeleteAnnotation(id=seen.id, version=seen.version)
    assert bench.session.do(remove, "remove") is None
    assert shown(bench) == (
        "Event “came” was changed elsewhere while it was removed here. "
        "Comment: before “nothing”, now “look at this”"
    )
    press(bench, "Use mine")
    assert not other.contents(seen.article).annotations


def test_a_mark_that_is_gone_is_said_to_be(bench: Workbench, other: Workspace) -> None:
    now = event_of(other)
    other.do(DeleteAnnotation(id=now.id, version=now.version), title="x", article=now.article)
    said: list[str] = []
    assert bench.session is not None
    bench.session.refused.connect(said.append)
    assert not edit(bench, comment="mine")
    assert said == ["This annotation was deleted in the meantime."]
    assert not shown(bench)


def test_it_goes_when_the_thing_is_changed_again(bench: Workbench, other: Workspace) -> None:
    elsewhere(other, comment="theirs")
    assert not edit(bench, comment="mine")
    assert shown(bench)
    assert edit(bench, comment="later")
    assert not shown(bench)


def test_an_entry_of_the_registry_clashes_too(bench: Workbench, other: Workspace) -> None:
    assert bench.session is not None
    seen = bench.session.workspace.record("r1")
    assert seen is not None
    theirs = replace(seen, name="Alexei Navalny")
    other.do(EditRecord(record=theirs), title="rename")
    mine = EditRecord(record=replace(seen, name="A. Navalny"))
    assert bench.session.do_in_project(mine, "rename") is None
    assert shown(bench).endswith("Name: mine “A. Navalny”, there “Alexei Navalny”")
    press(bench, "Use mine")
    now = other.record("r1")
    assert now is not None
    assert now.name == "A. Navalny"
