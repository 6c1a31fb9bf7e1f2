"""What an export would hold is known, checked and shown before it is written."""

import json
from pathlib import Path

from app.model.annotation import fragments_of
from app.model.article import Status
from app.model.commands import AddAnnotation, AddRelation, SetStatus
from app.workspace import Workspace
from app.workspace.export_check import Point, article_json, grouped, pretty, survey
from app.workspace.exporting import Selection, Way, export
from app.workspace.sample import make_sample
from tests.projects import link, mark, rows, with_article


def test_the_survey_counts_by_layer_and_state(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    ws.do(AddAnnotation(annotation=mark(story, 0, 9, type="actor")), title="tag")
    ws.do(AddAnnotation(annotation=mark(story, 0, 9, layer="bob")), title="tag")
    ws.do(SetStatus(status=Status(article=story.id, layer="ann", state="done")), title="done")
    told: list[int] = []
    (seen,) = survey(ws, told.append)
    assert dict(seen.marks) == {("ann", "actor"): 1, ("bob", "event"): 1}
    assert seen.states == {"done", "in progress"}
    assert seen.problems == ()
    assert seen.size > len(story.text)
    assert told == [1]
    ws.close()


def test_open_points_are_counted_and_lead_to_their_marks(tmp_path: Path) -> None:
    ws = make_sample(tmp_path / "s.pressmark", annotator="ann")
    article = ws.contents(ws.article_ids()[0]).article
    for start in (0, 10):
        added = mark(article, start, start + 5, type="statement", layer="gold")
        ws.do(AddAnnotation(annotation=added), title="tag")
    (seen,) = survey(ws)
    groups = grouped(seen.points)
    assert groups
    text, points = groups[0]
    assert text.startswith("2 statements")
    assert len(points) == 2
    assert all(point.annotation for point in points)
    ws.close()


def test_one_thing_is_said_as_one() -> None:
    point = Point(article="a", annotation="b", layer="c", text="numbers have no unit")
    assert grouped([point])[0][0] == "1 number has no unit"
    assert grouped([point, point])[0][0] == "2 numbers have no unit"
    said = Point(article="a", annotation="b", layer="c", text="statements: no speaker")
    assert grouped([said])[0][0] == "1 statement: no speaker"
    assert grouped([said, said])[0][0] == "2 statements: no speaker"
    text = "statements: statement without “Speaker”"
    named = Point(article="a", annotation="b", layer="c", text=text)
    assert grouped([named])[0][0] == "1 statement without “Speaker”"
    assert grouped([named, named])[0][0] == "2 statements without “Speaker”"


def test_a_damaged_quote_is_a_problem(tmp_path: Path) -> None:
    import sqlite3

    ws, story = with_article(tmp_path)
    ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="tag")
    location = ws.location
    ws.close()
    base = sqlite3.connect(location)
    base.execute("UPDATE article SET text = 'X' || substr(text, 2)")
    base.commit()
    base.close()
    with Workspace.open(location, annotator="ann") as opened:
        (seen,) = survey(opened)
        assert seen.problems
        assert any(point.annotation for point in seen.problems)


def test_an_article_as_it_will_be_written(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    one, two = mark(story, 0, 9), mark(story, 10, 12, type="actor")
    for added in (one, two):
        ws.do(AddAnnotation(annotation=added), title="tag")
    ws.do(AddRelation(relation=link(one, two)), title="link")
    line = article_json(ws, story.id, Selection(), Way())
    shown = pretty(line)
    assert json.loads(shown) == json.loads(line)
    assert json.loads(line)["annotations"][0]["fragments"][0]["text"] == story.text[:9]
    assert max(map(len, shown.splitlines())) < 400
    assert (
        json.loads(article_json(ws, story.id, Selection(layers=("bob",)), Way()))["annotations"]
        == []
    )
    ws.close()


def test_only_the_articles_that_were_chosen_are_written(tmp_path: Path) -> None:
    from app.exchange.registry import format_named
    from app.model.commands import AddArticle
    from tests.projects import article

    ws, story = with_article(tmp_path)
    ws.do(AddArticle(article=article("Another text.", title="Other")), title="import")
    before = rows(ws.location)
    chosen = format_named("json")
    assert chosen is not None
    wanted = Selection(articles=frozenset({story.id}))
    receipt = export(ws, tmp_path / "out.json", chosen, selection=wanted)
    assert receipt.written.articles == 1
    written = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert [one["id"] for one in written["articles"]] == [story.id]
    assert rows(ws.location) == before
    ws.close()


def test_the_receipt_counts_every_type(tmp_path: Path) -> None:
    from app.exchange.registry import format_named

    ws, story = with_article(tmp_path)
    ws.do(AddAnnotation(annotation=mark(story, 0, 9, type="actor")), title="tag")
    ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="tag")
    fragments = fragments_of(story.text, [(2, 4)])
    ws.do(AddAnnotation(annotation=mark(story, 2, 4, fragments=fragments)), title="tag")
    chosen = format_named("jsonl")
    assert chosen is not None
    receipt = export(ws, tmp_path / "out.jsonl", chosen)
    assert dict(receipt.written.types) == dict(receipt.read_back.types) == {"actor": 1, "event": 2}
    ws.close()
