"""The workspace as its callers see it: queue, registry, figures, exports, listeners."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.model.annotation import Value
from app.model.article import Article, State, Status
from app.model.changes import Change
from app.model.codebook import Role
from app.model.commands import (
    AddAnnotation,
    AddAnnotator,
    AddArticle,
    AddRecord,
    AddRelation,
    Batch,
    DeleteArticle,
    DeleteRecord,
    EditAnnotation,
    SetCodebook,
    SetProject,
    SetStatus,
)
from app.model.errors import InputRefused, Refused
from app.model.listing import Sort
from app.model.registry import Annotator, Project
from app.model.reports import LayerStats, Stats
from app.workspace import Workspace
from tests.projects import CODEBOOK, article, link, mark, person, project


@pytest.fixture
def queue(tmp_path: Path) -> Workspace:
    """Seven articles: two new, two in progress, one done, one flagged, one in the trash."""
    ws = project(tmp_path)
    stories: list[Article] = []
    for n, title in enumerate(("g", "f", "E", "d", "C", "b", "a")):
        it = replace(
            article(f"Text {title}.", title=title), source=f"S{n % 2}", published=f"202{n}"
        )
        stories += ws.do(AddArticle(article=it), title="import").articles
    for n, state in ((2, "done"), (3, "flagged"), (4, "in progress")):
        status = Status(article=stories[n].id, layer="ann", state=state, seconds=n)  # type: ignore[arg-type]
        ws.do(SetStatus(status=status), title="state")
    for n in (2, 5, 5):
        ws.do(AddAnnotation(annotation=mark(stories[n], 0, 4)), title="tag")
    ws.do(AddAnnotation(annotation=mark(stories[0], 0, 4, layer="bob")), title="tag")
    ws.do(DeleteArticle(id=stories[6].id, version=stories[6].version), title="trash")
    return ws


@pytest.mark.parametrize(
    ("state", "titles"),
    [(None, "gfEdCb"), ("new", "gf"), ("in progress", "Cb"), ("done", "E"), ("flagged", "d")],
)
def test_the_queue_shows_articles_by_state(
    queue: Workspace, state: State | None, titles: str
) -> None:
    found = queue.queue(state=state)
    assert "".join(row.title for row in found) == titles
    assert queue.queue_count(state) == len(titles)
    assert {row.state for row in found} == {state} or state is None
    assert [queue.queue_index(row.id, state=state) for row in found] == list(range(len(titles)))
    assert queue.queue(state=state, offset=1, limit=2) == found[1:3]
    if state:
        assert queue.state_counts()[state] == len(titles)


def test_queue_rows(queue: Workspace) -> None:
    rows = queue.queue()
    assert [row.annotations for row in rows] == [0, 0, 1, 0, 0, 2]
    assert [row.position for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [queue.queue_row(row.id) for row in rows] == list(rows)
    assert queue.queue_row("none") is None
    assert queue.queue_index("none") is None
    assert queue.queue_index(rows[0].id, search="text e") is None
    assert queue.queue_index(rows[2].id, search="text e") == 0
    assert queue.article_ids() == tuple(row.id for row in rows)


@pytest.mark.parametrize(
    ("sort", "titles"),
    [("position", "gfEdCb"), ("title", "bCdEfg"), ("published", "gfEdCb"), ("source", "gECfdb")],
)
def test_the_queue_can_be_sorted(queue: Workspace, sort: Sort, titles: str) -> None:
    assert "".join(row.title for row in queue.queue(sort=sort)) == titles


def test_the_working_layer_decides_what_is_seen(queue: Workspace) -> None:
    queue.do(SetProject(project=replace(queue.project, working_layer="bob")), title="layer")
    assert queue.layer == "bob"
    assert queue.state_counts() == {"new": 5, "in progress": 1, "done": 0, "flagged": 0}
    (first, *_) = queue.article_ids()
    assert [a.layer for a in queue.contents(first).annotations] == ["bob"]
    queue.undo(None)
    assert queue.layer == "ann"


def test_figures(queue: Workspace) -> None:
    queue.do(AddAnnotator(annotator=Annotator(id="z", name="zoe")), title="x")
    assert queue.stats() == Stats(
        articles=6,
        status={"new": 2, "in progress": 2, "done": 1, "flagged": 1},
        annotations={"event": 4},
        relations=0,
        annotators=(
            LayerStats(name="ann", articles=4, annotations=3, seconds=9),
            LayerStats(name="bob", articles=1, annotations=1, seconds=0),
            LayerStats(name="zoe", articles=0, annotations=0, seconds=0),
        ),
    )


@pytest.mark.parametrize(
    ("layers", "state", "titles"),
    [
        (None, None, "gfEdCb"),
        (["bob"], None, "gfEdCb"),
        (None, "done", "E"),
        (["ann"], "done", "E"),
        (["bob"], "done", ""),
        (None, "in progress", "gCb"),
        (["ann"], "in progress", "Cb"),
        (["ann"], "new", "gf"),
        (["ann", "bob"], "new", "gfEdCb"),
        (None, "new", "f"),
    ],
)
def test_export_yields_the_layers_and_states_asked_for(
    queue: Workspace, layers: list[str] | None, state: State | None, titles: str
) -> None:
    found = list(queue.export_articles(layers, state))
    assert "".join(item.article.title for item in found) == titles
    for item in found:
        used = {x.layer for x in item.annotations} | {x.layer for x in item.statuses}
        assert layers is None or used <= set(layers)


def test_an_export_is_of_one_moment(queue: Workspace) -> None:
    going = queue.export_articles()
    first = next(going)
    it = queue.do(AddAnnotation(annotation=mark(first.article, 0, 1)), title="x")
    queue.do(AddArticle(article=article("Late.")), title="x")
    assert len(list(going)) == 5
    assert it.annotations
    assert len(list(queue.export_articles())) == 7


def test_export_order(queue: Workspace) -> None:
    story = next(queue.export_articles()).article
    for start, end in ((3, 4), (0, 2), (0, 4), (3, 5)):
        queue.do(AddAnnotation(annotation=mark(story, start, end)), title="x")
    found = next(queue.export_articles(["ann"])).annotations
    assert [(a.start, a.end) for a in found] == [(0, 4), (0, 2), (3, 5), (3, 4)]


def test_the_registry_is_searched_by_name_and_alias(ws: Workspace) -> None:
    people = [
        person("Álvaro Díaz"),
        person("Maria Alvarez"),
        person("Bo", aliases=("Al", "Bobby")),
        person("Cynthia Walsh"),
        person("Kal"),
    ]
    ws.do(Batch(steps=tuple(AddRecord(record=p) for p in people)), title="x")

    def found(words: str, limit: int = 50) -> list[str]:
        return [record.name for record in ws.records("person", words, limit)]

    assert found("al") == ["Álvaro Díaz", "Bo", "Maria Alvarez", "Cynthia Walsh", "Kal"]
    assert found("ÁL", 2) == ["Álvaro Díaz", "Bo"]
    assert found("diaz") == ["Álvaro Díaz"]
    assert found("%") == found("xyz") == []
    assert len(found("")) == 5
    assert ws.records("event", "al") == ()
    assert ws.record(people[0].id) == ws.records("person", "alvaro d")[0]
    kept = ws.record(people[4].id)
    assert kept
    ws.do(DeleteRecord(id=kept.id, version=kept.version), title="x")
    assert ws.record(kept.id) is None
    assert [r.name for r in ws.all_records()] == [
        "Bo",
        "Cynthia Walsh",
        "Maria Alvarez",
        "Álvaro Díaz",
    ]


def test_contents_hold_the_records_that_are_mentioned(ws: Workspace, story: Article) -> None:
    record = ws.do(AddRecord(record=person()), title="x").records[0]
    actor = mark(story, 0, 9, type="actor", record=record.id)
    event = mark(story, 10, 11)
    steps = (
        AddAnnotation(annotation=actor),
        AddAnnotation(annotation=event),
        AddRelation(relation=link(event, actor)),
    )
    ws.do(Batch(steps=steps), title="x")
    contents = ws.contents(story.id)
    assert contents.record(record.id) == record
    assert contents.label(contents.at(0)) == "Alexei Navalny"
    assert contents.outgoing(event.id)[0].target == actor.id
    with pytest.raises(InputRefused, match="not in the project"):
        ws.contents("none")


def test_an_article_is_found_by_its_text(ws: Workspace, story: Article) -> None:
    assert ws.article_by_hash(story.sha256) == story.id
    assert ws.article_by_hash("0") is None


def test_listeners_hear_once_and_only_what_is_on_disk(ws: Workspace, story: Article) -> None:
    heard: list[Change] = []
    stop = ws.subscribe(heard.append)
    change = ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="tag", article=story.id)
    with pytest.raises(Refused):
        ws.do(AddAnnotation(annotation=mark(story, 0, 9, type="none")), title="tag")
    undone = ws.undo(story.id)
    stop()
    ws.redo(story.id)
    assert heard == [change, undone]
    assert ws.last_saved >= change.at


def test_a_newcomer_is_entered_with_the_first_thing_they_write(
    ws: Workspace, story: Article
) -> None:
    with Workspace.open(ws.location, annotator="bob") as bob:
        assert [a.name for a in bob.annotators()] == ["ann"]
        change = bob.do(AddAnnotation(annotation=mark(story, 0, 9)), title="tag", article=story.id)
        assert [a.name for a in change.annotators] == ["bob"]
        assert [a.name for a in bob.annotators()] == ["ann", "bob"]
        bob.undo(story.id)
        assert [a.name for a in bob.annotators()] == ["ann", "bob"]
        assert bob.check().ok
    heard = ws.poll()
    assert [(c.title, c.by) for c in heard] == [
        ("add annotator bob", "bob"),
        ("tag", "bob"),
        ("tag", "bob"),
    ]
    assert heard[0].annotators[0].name == "bob"
    with Workspace.open(ws.location, annotator="bob") as bob:
        assert not bob.do(AddAnnotation(annotation=mark(story, 0, 9)), title="tag").annotators


def test_nobody_writes_without_a_name(ws: Workspace, story: Article) -> None:
    with (
        Workspace.open(ws.location, annotator=" ") as nobody,
        pytest.raises(Refused, match="who you are"),
    ):
        nobody.do(AddAnnotation(annotation=mark(story, 0, 9)), title="tag")


def test_polling_brings_everything_another_process_did(ws: Workspace, story: Article) -> None:
    with Workspace.open(ws.location, annotator="ann") as other:
        assert ws.poll() == ()
        later = replace(CODEBOOK, revision=2, label="Later")
        other.do(SetCodebook(codebook=later), title="codebook")
        other.do(SetProject(project=replace(other.project, name="Renamed")), title="project")
        other.do(AddAnnotator(annotator=Annotator(id="x", name="X")), title="annotator")
        it = other.do(AddAnnotation(annotation=mark(story, 0, 9)), title="tag", article=story.id)
        mine = ws.do(
            SetStatus(status=Status(article=story.id, layer="ann", state="done")), title="done"
        )
        assert it.annotations[0].codebook_revision == 2
        other.undo(story.id)
        heard: list[Change] = []
        ws.subscribe(heard.append)
        changes = ws.poll()
        assert heard == list(changes)
        assert [c.title for c in changes] == ["codebook", "project", "annotator", "tag", "tag"]
        assert [c.kind for c in changes][-1] == "undo"
        assert changes[-1].removed_annotations == (it.annotations[0].id,)
        assert ws.codebook == later
        assert ws.project.name == "Renamed"
        while other.undo_title(None) != "import":
            other.undo(None)
        assert [c.title for c in other.poll()] == ["done"]
        ws.poll()
        assert ws.codebook == CODEBOOK
        assert ws.project.name == "Test"
        assert mine.statuses[0].state == "done"
        assert ws.poll() == ()


def test_a_change_of_the_codebook_by_another_process_counts_at_once(
    ws: Workspace, story: Article
) -> None:
    with Workspace.open(ws.location, annotator="ann") as other:
        third = replace(CODEBOOK.types[1], name="number", label="Number", key="3")
        later = replace(CODEBOOK, revision=2, types=(*CODEBOOK.types, third))
        other.do(SetCodebook(codebook=later), title="codebook")
        new = mark(story, 0, 9, type="number")
        assert (
            ws.do(AddAnnotation(annotation=new), title="tag").annotations[0].codebook_revision == 2
        )


def test_values_keep_their_kind(ws: Workspace, story: Article) -> None:
    values: dict[str, Value] = {
        "realis": "planned",
        "forms": (),
        "note": "",
        "size": 1.5,
        "count": 0,
        "violent": False,
        "day": None,
    }
    it = mark(story, 0, 9, attributes=values)
    ws.do(AddAnnotation(annotation=it), title="x", article=story.id)
    kept = ws.contents(story.id).at(0)
    assert kept.attributes == values
    assert [type(v) for v in kept.attributes.values()] == [type(v) for v in values.values()]
    edit = EditAnnotation(
        id=it.id, version=kept.version, attributes={"forms": ("march", "sit-in")}, unset=("note",)
    )
    assert "note" not in ws.do(edit, title="x").annotations[0].attributes
    assert ws.contents(story.id).at(0).attributes["forms"] == ("march", "sit-in")


def test_a_codebook_with_mistakes_makes_no_project(tmp_path: Path) -> None:
    role = Role(name="r", source="nothing", targets=("actor",), label="R")
    wrong = replace(CODEBOOK, roles=(role,))
    with pytest.raises(InputRefused, match=r"roles\.0\.source: there is no type"):
        Workspace.create(tmp_path / "x", name="x", codebook=wrong, annotator="ann")
    assert list(tmp_path.iterdir()) == []


def test_a_new_project_says_what_it_is(tmp_path: Path) -> None:
    created = Workspace.create(
        tmp_path / "x.pressmark", name="N", codebook=CODEBOOK, annotator="ann", description="D"
    )
    with created as ws:
        assert ws.project == Project(id=ws.project.id, name="N", description="D")
        assert ws.codebook == CODEBOOK
        assert (ws.layer, ws.annotator, ws.read_only, ws.read_only_reason) == (
            "ann",
            "ann",
            False,
            "",
        )
        assert ws.undo_title(None) is None
        assert ws.last_saved
