"""Bookmarks and rejected suggestions: kept per layer, taken back exactly, refused where wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.model.bookmark import Bookmark, Rejection
from app.model.commands import (
    AddArticle,
    Batch,
    ClearBookmark,
    DeleteArticle,
    RejectSuggestion,
    SetBookmark,
    UnrejectSuggestion,
)
from app.model.errors import Refused, StaleEdit
from app.workspace import Workspace
from tests.projects import article, rows, with_article


def rejection(of: str, **known: object) -> Rejection:
    fields: dict[str, object] = {"id": "s", "layer": "ann", "type": "event", "start": 0, "end": 4}
    fields |= {"quote": "Наva", "suggester": "words"} | known
    return Rejection(article=of, **fields)  # type: ignore[arg-type]


def test_bookmarks_come_in_the_order_of_articles_and_text(tmp_path: Path) -> None:
    ws, first = with_article(tmp_path)
    with ws:
        second = ws.do(AddArticle(article=article("Else.")), title="import").articles[0]
        for of, offset in ((second, 2), (first, 50), (first, 3)):
            mark = Bookmark(article=of.id, layer="ann", offset=offset, note="n")
            ws.do(SetBookmark(bookmark=mark), title="bookmark", article=of.id)
        ws.do(
            SetBookmark(bookmark=Bookmark(article=first.id, layer="bob", offset=3)),
            title="bookmark",
        )
        assert [(b.article, b.offset) for b in ws.bookmarks()] == [
            (first.id, 3),
            (first.id, 50),
            (second.id, 2),
        ]
        assert ws.bookmarks(second.id) == ws.contents(second.id).bookmarks
        ws.do(DeleteArticle(id=second.id, version=second.version), title="delete")
        assert {b.article for b in ws.bookmarks()} == {first.id}


def test_a_note_is_changed_only_by_who_saw_it(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    with ws:
        new = Bookmark(article=story.id, layer="ann", offset=0, note="one")
        (kept,) = ws.do(SetBookmark(bookmark=new), title="bookmark", article=story.id).bookmarks
        with pytest.raises(StaleEdit) as caught:
            ws.do(SetBookmark(bookmark=replace(new, note="two")), title="bookmark")
        assert caught.value.current == kept
        (later,) = ws.do(
            SetBookmark(bookmark=replace(kept, note="two")), title="bookmark", article=story.id
        ).bookmarks
        assert later.version > kept.version
        assert ws.undo(story.id)
        assert ws.bookmarks() == (kept,)


def test_undo_does_not_run_over_somebody_elses_note(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    with ws, Workspace.open(ws.location, annotator="bob") as bob:
        (kept,) = ws.do(
            SetBookmark(bookmark=Bookmark(article=story.id, layer="ann", offset=0)),
            title="bookmark",
            article=story.id,
        ).bookmarks
        (mine,) = ws.do(
            SetBookmark(bookmark=replace(kept, note="mine")), title="note", article=story.id
        ).bookmarks
        bob.do(SetBookmark(bookmark=replace(mine, note="bob's")), title="note", article=story.id)
        before = rows(ws.location)
        with pytest.raises(StaleEdit, match="changed since"):
            ws.undo(story.id)
        assert rows(ws.location) == before


def test_what_is_rejected_stays_so_until_it_is_withdrawn(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    with ws:
        reject = RejectSuggestion(rejection=rejection(story.id))
        both = Batch(steps=(reject, RejectSuggestion(rejection=rejection(story.id, id="t"))))
        ws.do(both, title="reject", article=story.id)
        kept = ws.rejected(story.id)
        assert [r.id for r in kept] == ["s", "t"]
        ws.do(reject, title="again", article=story.id)
        assert ws.rejected(story.id) == kept
        contents = ws.contents(story.id)
        assert contents.rejected("s")
        withdraw = UnrejectSuggestion(article=story.id, layer="ann", id="s")
        assert contents.apply(ws.do(withdraw, title="withdraw", article=story.id))
        assert not contents.rejected("s")
        ws.undo(story.id)
        assert ws.rejected(story.id) == kept
        nobody = UnrejectSuggestion(article=story.id, layer="ann", id="never")
        before = rows(ws.location)
        ws.do(nobody, title="withdraw", article=story.id)
        assert rows(ws.location) == before
        assert ws.check().ok


def test_clearing_a_bookmark_that_is_not_there_does_nothing(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    with ws:
        before = rows(ws.location)
        clear = ClearBookmark(article=story.id, layer="ann", offset=1, version=0)
        ws.do(clear, title="clear", article=story.id)
        ws.undo(story.id)
        assert rows(ws.location) == before


@pytest.mark.parametrize("offset", [-1, 10_000])
def test_a_bookmark_stands_in_the_text(tmp_path: Path, offset: int) -> None:
    ws, story = with_article(tmp_path)
    with ws, pytest.raises(Refused, match="No text stands"):
        ws.do(
            SetBookmark(bookmark=Bookmark(article=story.id, layer="ann", offset=offset)), title="x"
        )


def test_bookmarks_and_rejections_need_a_layer_and_an_article(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    with ws:
        for wrong in (
            SetBookmark(bookmark=Bookmark(article="x", layer="ann", offset=0)),
            SetBookmark(bookmark=Bookmark(article=story.id, layer="", offset=0)),
            RejectSuggestion(rejection=rejection("x")),
            RejectSuggestion(rejection=rejection(story.id, layer="")),
            RejectSuggestion(rejection=rejection(story.id, start=4)),
        ):
            with pytest.raises(Refused):
                ws.do(wrong, title="x")
