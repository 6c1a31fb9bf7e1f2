"""Figures kept change by change equal figures counted anew."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from app.model.article import STATES, Article, Status
from app.model.commands import (
    AddAnnotation,
    AddArticle,
    Batch,
    ClearStatus,
    Command,
    DeleteAnnotation,
    DeleteArticle,
    SetProject,
    SetStatus,
)
from app.workspace import Workspace
from tests.projects import article, mark, project

STEPS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3), st.integers(0, 3)), max_size=15)


def command(  # noqa: PLR0911 - one answer a number
    ws: Workspace, stories: list[Article], what: int, which: int, how: int
) -> Command | None:
    story = stories[which]
    marks = ws.contents(story.id).annotations
    match what:
        case 0 | 1:
            return AddAnnotation(annotation=mark(story, 0, 3, layer=("ann", "bob")[how % 2]))
        case 2 if marks:
            return DeleteAnnotation(id=marks[0].id, version=marks[0].version)
        case 3:
            return SetStatus(status=Status(article=story.id, layer="ann", state=STATES[how]))
        case 4:
            return ClearStatus(article=story.id, layer="ann")
        case 5:
            return SetProject(project=replace(ws.project, working_layer=("", "bob")[how % 2]))
        case 6:
            more = tuple(AddAnnotation(annotation=mark(it, 0, 3)) for it in stories[:how])
            return Batch(steps=(*more, AddArticle(article=article("New text."))))
        case _:
            return None


@given(STEPS, st.booleans())
def test_counts(steps: list[tuple[int, int, int]], by_article: bool) -> None:  # noqa: FBT001
    with TemporaryDirectory() as folder, project(Path(folder)) as ws:
        stories = [
            ws.do(AddArticle(article=article(f"Text {n}.")), title="i").articles[0]
            for n in range(4)
        ]
        for what, which, how in steps:
            it = command(ws, stories, what, which, how)
            if it is not None:
                place = stories[which].id if by_article else None
                ws.do(it, title="x", article=place)
                if how == 3:
                    ws.undo(place)
            with Workspace.open(ws.location, annotator="ann") as fresh:
                assert ws.state_counts() == fresh.state_counts()
                assert fresh.state_counts() == {s: fresh.queue_count(s) for s in STATES}


def test_a_deleted_article_no_longer_counts() -> None:
    with TemporaryDirectory() as folder, project(Path(folder)) as ws:
        story = ws.do(AddArticle(article=article("Text.")), title="i").articles[0]
        ws.do(SetStatus(status=Status(article=story.id, layer="ann", state="done")), title="x")
        assert ws.state_counts()["done"] == 1
        ws.do(DeleteArticle(id=story.id, version=story.version), title="x")
        assert set(ws.state_counts().values()) == {0}
        ws.do(
            SetStatus(
                status=Status(
                    article=ws.do(AddArticle(article=article("More.")), title="x").articles[0].id,
                    layer="ann",
                )
            ),
            title="x",
        )
        ws.state_counts()
        ws.do(ClearStatus(article="none", layer="ann"), title="x")
        assert ws.state_counts() == {"new": 1, "in progress": 0, "done": 0, "flagged": 0}
