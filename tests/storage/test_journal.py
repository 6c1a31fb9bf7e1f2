"""Undo that survives everything, and a history that nothing is removed from."""

from pathlib import Path

import pytest

from app.model.commands import AddAnnotation, EditAnnotation
from app.model.errors import Refused
from app.storage import journal
from app.workspace import Workspace
from tests.projects import mark, rows, with_article


def test_each_annotator_and_article_has_its_own_stack(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    with ws, Workspace.open(ws.location, annotator="bob") as bob:
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="mine", article=story.id)
        bob.do(AddAnnotation(annotation=mark(story, 0, 9)), title="his", article=story.id)
        assert (ws.undo_title(story.id), bob.undo_title(story.id)) == ("mine", "his")
        assert ws.undo_title(None) == "import"
        assert bob.undo_title(None) is None
        assert bob.undo(None) is None
        assert bob.redo("elsewhere") is None
        undone = ws.undo(story.id)
        assert undone
        assert (undone.kind, undone.title, undone.by) == ("undo", "mine", "ann")
        assert ws.redo_title(story.id) == "mine"


def test_a_new_edit_forgets_what_was_undone(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    with ws:
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="one", article=story.id)
        ws.undo(story.id)
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="two", article=story.id)
        assert ws.redo_title(story.id) is None
        assert ws.redo(story.id) is None
        assert ws.undo_title(story.id) == "two"


def test_two_windows_of_one_person_share_the_stack(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    with ws, Workspace.open(ws.location, annotator="ann") as twin:
        assert twin.undo_title(story.id) is None
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="one", article=story.id)
        assert twin.undo_title(story.id) == "one"
        assert twin.undo(story.id)
        assert ws.undo_title(story.id) is None
        assert ws.redo(story.id)


def typing(ws: Workspace, story: str, words: str, *, key: str = "comment") -> None:
    for n in range(1, len(words) + 1):
        it = ws.contents(story).at(0)
        edit = EditAnnotation(id=it.id, version=it.version, comment=words[:n])
        ws.do(edit, title=f"comment {words[:n]}", article=story, merge_key=key)


def test_typing_is_one_step(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    with ws:
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="tag", article=story.id)
        before = rows(ws.location)
        typing(ws, story.id, "abc")
        after = rows(ws.location)
        assert ws.undo_title(story.id) == "comment abc"
        ws.undo(story.id)
        assert rows(ws.location) == before
        ws.redo(story.id)
        assert rows(ws.location) == after
        typing(ws, story.id, "x")
        ws.undo(story.id)
        assert rows(ws.location) == after
        ws.undo(story.id)
        assert rows(ws.location) == before
        assert ws.check().ok


def test_another_key_or_a_pause_begins_a_new_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws, story = with_article(tmp_path)
    with ws:
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="tag", article=story.id)
        typing(ws, story.id, "ab")
        typing(ws, story.id, "xy", key="other")
        ws.undo(story.id)
        assert ws.contents(story.id).at(0).comment == "ab"
        monkeypatch.setattr(journal, "MERGE_SECONDS", -1.0)
        ws.redo(story.id)
        typing(ws, story.id, "12", key="other")
        ws.undo(story.id)
        assert ws.contents(story.id).at(0).comment == "1"


def test_history_tells_everything(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    with ws:
        ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="one", article=story.id)
        ws.do(AddAnnotation(annotation=mark(story, 9, 10)), title="two", article=story.id)
        ws.undo(story.id)
        lines = list(ws.history())
        assert [(e.title, e.kind, e.undone) for e in lines] == [
            ("create project", "do", False),
            ("import", "do", False),
            ("one", "do", False),
            ("two", "do", True),
            ("two", "undo", False),
        ]
        assert [e.seq for e in ws.history(newest_first=True)] == [5, 4, 3, 2, 1]
        assert {e.article for e in ws.history(story.id)} == {story.id}
        assert lines[2].command.startswith('{"op":"add annotation"')
        assert ws.last_saved == lines[-1].at
        ws.redo(story.id)
        assert not any(e.undone for e in ws.history())


@pytest.mark.parametrize(
    ("comment", "reason"),
    [("half \ud83d", "cannot be kept"), ("nul \0", "NUL"), ("\\ \\\0", "NUL")],
)
def test_text_that_no_database_keeps_is_refused(tmp_path: Path, comment: str, reason: str) -> None:
    ws, story = with_article(tmp_path)
    with ws, pytest.raises(Refused, match=reason):
        ws.do(AddAnnotation(annotation=mark(story, 0, 9, comment=comment)), title="x")


def test_a_backslash_before_u0000_is_only_text(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    with ws:
        words = mark(story, 0, 9, comment="\\u0000 \\\\u0000")
        assert (
            ws.do(AddAnnotation(annotation=words), title="x").annotations[0].comment
            == words.comment
        )


def test_what_is_no_json_is_refused(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    with ws, pytest.raises(Refused, match="cannot be kept"):
        ws.do(AddAnnotation(annotation=mark(story, 0, 9, attributes={"note": object()})), title="x")
