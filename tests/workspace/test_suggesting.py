"""Suggestions of a project: kept current, without what is decided; accepting is one undo step."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.model.annotation import Annotation
from app.model.article import Article
from app.model.commands import AddAnnotation, AddArticle, AddRecord, Batch, DeleteAnnotation
from app.model.errors import Refused
from app.model.suggestion import SuggestedLink, Suggestion
from app.workspace import Workspace, gestures
from app.workspace.suggesting import Suggesting, suggestions
from tests.projects import article, mark, person, project

KNOWN = ("names",)
"""Known words alone: what rules find needs no project."""
TEXT = "Anna marched. Police held Anna. The police let Anna go."


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with project(tmp_path) as made:
        for number in range(2):
            made.do(AddArticle(article=article(TEXT, title=str(number))), title="import")
        yield made


@pytest.fixture
def suggesting(ws: Workspace) -> Suggesting:
    return Suggesting(ws)


def add(ws: Workspace, place: int, words: str, **known: object) -> Annotation:
    of: Article = ws.contents(ws.article_ids()[place]).article
    start = TEXT.index(words)
    made = mark(of, start, start + len(words), **known)
    ws.do(AddAnnotation(annotation=made), title="tag", article=of.id)
    return made


def ask(ws: Workspace, suggesting: Suggesting, place: int) -> tuple[Suggestion, ...]:
    found = suggesting.of(ws.contents(ws.article_ids()[place]), suggesters=KNOWN)
    afresh = suggestions(ws, ws.article_ids()[place], suggesters=KNOWN)
    assert found == afresh  # kept current is as good as afresh
    return found


def quotes(found: tuple[Suggestion, ...]) -> list[tuple[str, str]]:
    return [(one.type, one.quote) for one in found]


def test_what_is_marked_in_one_article_is_proposed_in_all(
    ws: Workspace, suggesting: Suggesting
) -> None:
    assert ask(ws, suggesting, 1) == ()
    add(ws, 0, "Anna", type="actor")
    assert quotes(ask(ws, suggesting, 1)) == [("actor", "Anna")] * 3
    assert quotes(ask(ws, suggesting, 0)) == [("actor", "Anna")] * 2
    ws.undo(ws.article_ids()[0])
    assert ask(ws, suggesting, 1) == ()
    ws.redo(ws.article_ids()[0])
    assert len(ask(ws, suggesting, 1)) == 3


def test_other_layers_are_not_learnt_from(ws: Workspace, suggesting: Suggesting) -> None:
    add(ws, 0, "Anna", type="actor", layer="ben")
    assert ask(ws, suggesting, 1) == ()


def test_removal_outside_an_article_is_seen_too(ws: Workspace, suggesting: Suggesting) -> None:
    made = add(ws, 0, "Anna", type="actor")
    assert len(ask(ws, suggesting, 1)) == 3
    version = ws.contents(made.article).annotations[0].version
    ws.do(DeleteAnnotation(id=made.id, version=version), title="remove")
    assert ask(ws, suggesting, 1) == ()


def test_records_are_known_as_soon_as_they_are_there(ws: Workspace, suggesting: Suggesting) -> None:
    assert ask(ws, suggesting, 1) == ()
    record = person("Anna")
    ws.do(AddRecord(record=record), title="record")
    assert {one.record for one in ask(ws, suggesting, 1)} == {record.id}
    ws.undo(None)
    assert ask(ws, suggesting, 1) == ()


def test_nothing_is_proposed_where_it_is_decided(ws: Workspace, suggesting: Suggesting) -> None:
    add(ws, 0, "Anna", type="actor")
    add(ws, 1, "Anna marched", type="actor")  # holds it, of the same type
    found = [one.start for one in ask(ws, suggesting, 1) if one.quote == "Anna"]
    assert found == [TEXT.index("held Anna") + 5, TEXT.index("let Anna") + 4]
    add(ws, 1, "Anna", type="event")  # exactly these words, of another type
    assert TEXT.index("Anna") not in [one.start for one in ask(ws, suggesting, 1)]


def run(ws: Workspace, gesture: gestures.Gesture) -> None:
    ws.do(gesture.command, title=gesture.title, article=ws.article_ids()[1])


def test_an_accepted_suggestion_is_a_mark_that_says_where_it_came_from(
    ws: Workspace, suggesting: Suggesting
) -> None:
    record = person("Anna")
    ws.do(AddRecord(record=record), title="record")
    contents = ws.contents(ws.article_ids()[1])
    first, *_ = ask(ws, suggesting, 1)
    done = gestures.accept(contents, ws.codebook, first)
    assert done.title == "accept actor “Anna”"
    run(ws, done)
    contents = ws.contents(contents.article.id)
    (made,) = contents.annotations
    assert (made.id, made.origin, made.record) == (done.annotation, "suggestion:names", record.id)
    assert len(ask(ws, suggesting, 1)) == 2
    with pytest.raises(Refused, match="already"):
        gestures.accept(contents, ws.codebook, first)
    ws.undo(contents.article.id)
    assert len(ask(ws, suggesting, 1)) == 3


def test_all_alike_are_accepted_in_one_step(ws: Workspace, suggesting: Suggesting) -> None:
    add(ws, 0, "Anna", type="actor")
    add(ws, 0, "police", type="actor")
    found = ask(ws, suggesting, 1)
    police = next(one for one in found if one.quote == "police")
    contents = ws.contents(ws.article_ids()[1])
    done = gestures.accept_all_alike(contents, ws.codebook, police, found)
    assert done.title == "accept 2 alike “police”"
    run(ws, done)
    contents = ws.contents(contents.article.id)
    assert [made.quote for made in contents.annotations] == ["Police", "police"]
    assert done.annotation == contents.annotations[1].id
    ws.undo(contents.article.id)
    assert ws.contents(contents.article.id).annotations == ()


def test_links_of_a_suggestion_are_made_with_it(ws: Workspace) -> None:
    add(ws, 1, "Anna", type="actor")
    contents = ws.contents(ws.article_ids()[1])
    (target,) = contents.annotations
    fragment = mark(contents.article, 5, 12).fragments
    proposed = Suggestion(
        id="s",
        article=contents.article.id,
        type="event",
        fragments=fragment,
        attributes={"violent": False},
        links=(SuggestedLink("agent", target.start, target.end),),
        score=1.0,
        suggester="test",
        reason="",
    )
    done = gestures.accept(contents, ws.codebook, proposed)
    assert isinstance(done.command, Batch)
    run(ws, done)
    contents = ws.contents(contents.article.id)
    made = contents.annotation(done.annotation)
    assert made is not None
    assert made.attributes["violent"] is False
    assert [(r.role, r.target) for r in contents.outgoing(made.id)] == [("agent", target.id)]


def test_nothing_is_heard_after_closing(ws: Workspace, suggesting: Suggesting) -> None:
    contents = ws.contents(ws.article_ids()[1])
    assert suggesting.of(contents, suggesters=KNOWN) == ()
    suggesting.close()
    add(ws, 0, "Anna", type="actor")
    assert suggesting.of(contents, suggesters=KNOWN) == ()


def test_what_two_accepted_suggestions_lead_to_is_made_once(ws: Workspace) -> None:
    contents = ws.contents(ws.article_ids()[1])

    def suggest(name: str, place: int, words: str, kind: str, *links: SuggestedLink) -> Suggestion:
        return Suggestion(
            id=name,
            article=contents.article.id,
            type=kind,
            fragments=mark(contents.article, place, place + len(words)).fragments,
            links=links,
            score=1.0,
            suggester="test",
            reason="",
        )

    anna = suggest("anna", 0, "Anna", "actor")
    agent = SuggestedLink("agent", 0, 4)
    marches = [
        suggest(f"march {place}", place, "Anna", "event", agent)
        for place in (TEXT.index("Anna", 5), TEXT.rindex("Anna"))
    ]
    done = gestures.accept_all_alike(contents, ws.codebook, marches[0], [anna, *marches])
    run(ws, done)
    contents = ws.contents(contents.article.id)
    actors = [one for one in contents.annotations if one.type == "actor"]
    assert len(actors) == 1
    assert [link.target for link in contents.relations] == [actors[0].id] * 2
    ws.undo(contents.article.id)
    assert ws.contents(contents.article.id).annotations == ()
