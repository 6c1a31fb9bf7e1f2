"""Every command: what it writes, and that its inverse puts the exact rows back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

import pytest

from app.model.annotation import NOTHING, Annotation, Evidence, Fragment, Relation
from app.model.article import Article, Status
from app.model.bookmark import Bookmark, Rejection
from app.model.changes import Change
from app.model.commands import (
    AddAnnotation,
    AddAnnotator,
    AddArticle,
    AddRecord,
    AddRelation,
    Batch,
    ClearBookmark,
    ClearStatus,
    Command,
    DeleteAnnotation,
    DeleteArticle,
    DeleteRecord,
    DeleteRelation,
    EditAnnotation,
    EditArticle,
    EditRecord,
    EditRelation,
    Erase,
    KeepReceipt,
    LinkRecord,
    PutAnnotation,
    PutArticle,
    PutBookmark,
    PutRecord,
    PutRelation,
    RejectSuggestion,
    SetBookmark,
    SetCodebook,
    SetProject,
    SetStatus,
    UnrejectSuggestion,
)
from app.model.errors import Refused, StaleEdit
from app.model.receipt import KeptReceipt
from app.model.registry import Annotator, Record
from app.workspace import Workspace
from tests.projects import CODEBOOK, article, link, mark, person, project, rows, with_article


@dataclass(frozen=True)
class World:
    """A project with one of everything, as the project holds it."""

    ws: Workspace
    article: Article
    event: Annotation
    actor: Annotation
    agent: Relation
    record: Record
    unused: Record
    bookmark: Bookmark
    rejection: Rejection

    @property
    def before(self) -> dict[str, list[tuple[object, ...]]]:
        return rows(self.ws.location)


def unwanted(story: Article, name: str = "s1") -> Rejection:
    """Return a suggestion that somebody rejects."""
    return Rejection(
        id=name,
        article=story.id,
        layer="ann",
        type="event",
        start=0,
        end=9,
        quote=story.text[:9],
        suggester="words",
    )


@pytest.fixture
def world(tmp_path: Path) -> World:
    ws, story = with_article(tmp_path)
    record, unused = person(), person("Nobody", aliases=("No One",))
    event = mark(story, 28, 36, attributes={"realis": "actual", "note": None})
    actor = mark(story, 0, 9, type="actor", record=record.id)
    place = Evidence(attribute="place", fragments=(Fragment(40, 46, story.text[40:46]),), value="x")
    event = replace(event, evidence=(place,))
    steps: tuple[Command, ...] = (
        AddRecord(record=record),
        AddRecord(record=unused),
        AddAnnotation(annotation=event),
        AddAnnotation(annotation=actor),
        AddRelation(relation=link(event, actor)),
        SetStatus(
            status=Status(article=story.id, layer="ann", state="flagged", note="?", seconds=9)
        ),
        SetBookmark(bookmark=Bookmark(article=story.id, layer="ann", offset=49, note="here")),
        RejectSuggestion(rejection=unwanted(story)),
    )
    change = ws.do(Batch(steps=steps), title="all", article=story.id)
    return World(
        ws=ws,
        article=story,
        event=change.annotations[0],
        actor=change.annotations[1],
        agent=change.relations[0],
        record=change.records[0],
        unused=change.records[1],
        bookmark=change.bookmarks[0],
        rejection=change.rejections[0],
    )


RECEIPT = KeptReceipt(
    id="r", at="2021", by="ann", path="o.json", format="json", sha256="0", document="{}"
)

MAKERS: dict[type, Callable[[World], Command]] = {
    AddAnnotation: lambda w: AddAnnotation(annotation=mark(w.article, 1, 2)),
    EditAnnotation: lambda w: EditAnnotation(
        id=w.event.id,
        version=w.event.version,
        fragments=(Fragment(0, 1, w.article.text[0]), Fragment(10, 11, w.article.text[10])),
        attributes={"forms": ("march",), "size": None},
        unset=("note", "never there"),
        certainty="unsure",
        comment="c",
        evidence=(),
    ),
    LinkRecord: lambda w: LinkRecord(id=w.actor.id, version=w.actor.version, record=w.unused.id),
    DeleteAnnotation: lambda w: DeleteAnnotation(id=w.actor.id, version=w.actor.version),
    AddRelation: lambda w: AddRelation(relation=link(w.event, w.actor)),
    EditRelation: lambda w: EditRelation(
        id=w.agent.id, version=w.agent.version, attributes={"sure": True}, unset=("sure2",)
    ),
    DeleteRelation: lambda w: DeleteRelation(id=w.agent.id, version=w.agent.version),
    AddRecord: lambda _: AddRecord(record=person("New")),
    EditRecord: lambda w: EditRecord(
        record=replace(w.record, name="Al", attributes={"party": None})
    ),
    DeleteRecord: lambda w: DeleteRecord(id=w.unused.id, version=w.unused.version),
    AddArticle: lambda _: AddArticle(article=article("Other text.", title="Other")),
    EditArticle: lambda w: EditArticle(
        id=w.article.id,
        version=w.article.version,
        title="T",
        source="S",
        url="U",
        author="A",
        published="2021",
        language="ru",
        metadata={"k": ("a", "b")},
    ),
    DeleteArticle: lambda w: DeleteArticle(id=w.article.id, version=w.article.version),
    SetStatus: lambda w: SetStatus(status=Status(article=w.article.id, layer="ann", state="done")),
    SetBookmark: lambda w: SetBookmark(bookmark=replace(w.bookmark, note="there")),
    ClearBookmark: lambda w: ClearBookmark(
        article=w.article.id, layer="ann", offset=49, version=w.bookmark.version
    ),
    PutBookmark: lambda w: PutBookmark(bookmark=replace(w.bookmark, offset=3, version=2)),
    RejectSuggestion: lambda w: RejectSuggestion(rejection=unwanted(w.article, "s2")),
    UnrejectSuggestion: lambda w: UnrejectSuggestion(article=w.article.id, layer="ann", id="s1"),
    SetCodebook: lambda _: SetCodebook(codebook=replace(CODEBOOK, revision=2, label="Later")),
    SetProject: lambda w: SetProject(project=replace(w.ws.project, working_layer="gold")),
    KeepReceipt: lambda _: KeepReceipt(receipt=RECEIPT),
    AddAnnotator: lambda _: AddAnnotator(annotator=Annotator(id="b", name="Bob", role="curator")),
    PutAnnotation: lambda w: PutAnnotation(annotation=replace(w.event, comment="put", version=3)),
    PutRelation: lambda w: PutRelation(relation=replace(w.agent, version=2), deleted_at="2021"),
    PutRecord: lambda w: PutRecord(record=replace(w.record, aliases=("P",))),
    PutArticle: lambda w: PutArticle(article=replace(w.article, title="Put", text="")),
    Erase: lambda w: Erase(what="relation", id=w.agent.id),
    ClearStatus: lambda w: ClearStatus(article=w.article.id, layer="ann"),
    Batch: lambda w: Batch(
        steps=(
            AddRelation(relation=link(w.event, w.actor)),
            DeleteAnnotation(id=w.event.id, version=w.event.version),
        )
    ),
}


def test_every_command_is_tried() -> None:
    assert set(MAKERS) == set(get_args(Command))


@pytest.mark.parametrize("kind", MAKERS, ids=lambda kind: kind.__name__)
def test_inverse_puts_the_exact_rows_back(kind: type, world: World) -> None:
    before = world.before
    world.ws.do(MAKERS[kind](world), title="it", article=world.article.id)
    after = world.before
    assert after != before
    assert world.ws.undo(world.article.id)
    assert world.before == before
    assert world.ws.redo(world.article.id)
    assert world.before == after
    assert world.ws.undo(world.article.id)
    assert world.before == before
    assert world.ws.check().ok


def told(change: Change) -> dict[str, object]:
    """Return what a change says of the project, in no particular order."""
    return {
        name: sorted(value, key=repr) if isinstance(value, tuple) else value
        for name in Change.__dataclass_fields__
        if (value := getattr(change, name))
    }


@pytest.mark.parametrize("kind", MAKERS, ids=lambda kind: kind.__name__)
def test_another_process_is_told_the_same(kind: type, world: World) -> None:
    with Workspace.open(world.ws.location, annotator="bob") as bob:
        bob.poll()
        did = world.ws.do(MAKERS[kind](world), title="it", article=world.article.id)
        assert [told(change) for change in bob.poll()] == [told(did)]
        undid = world.ws.undo(world.article.id)
        assert undid
        assert [told(change) for change in bob.poll()] == [told(undid)]


@pytest.mark.parametrize(
    "what", ["annotation", "relation", "record", "article", "annotator", "codebook"]
)
def test_everything_erased_comes_back(what: str, world: World) -> None:
    added: dict[str, tuple[Command, str]] = {
        "annotation": (AddAnnotation(annotation=mark(world.article, 1, 2, id="n")), "n"),
        "relation": (AddRelation(relation=link(world.event, world.actor, id="n")), "n"),
        "record": (AddRecord(record=replace(person(), id="n")), "n"),
        "article": (AddArticle(article=replace(article("Else."), id="n")), "n"),
        "annotator": (AddAnnotator(annotator=Annotator(id="n", name="N")), "n"),
        "codebook": (SetCodebook(codebook=replace(CODEBOOK, revision=2)), "2"),
    }
    command, name = added[what]
    empty = world.before
    world.ws.do(command, title="add")
    before = world.before
    erase = Erase(what=what, id=name)  # type: ignore[arg-type]
    change = world.ws.do(erase, title="erase")
    assert world.before == empty
    assert world.ws.undo(None)
    assert world.before == before
    assert change.codebook == (CODEBOOK if what == "codebook" else None)
    world.ws.do(erase, title="erase")
    if what != "codebook":
        assert world.ws.do(erase, title="again").removed_articles in ((), ("n",))
        assert world.before == empty
    assert world.ws.check().ok


def test_clearing_a_status_that_is_not_there_does_nothing(world: World) -> None:
    before = world.before
    clear = ClearStatus(article=world.article.id, layer="nobody")
    assert world.ws.do(clear, title="x").cleared_statuses == ((world.article.id, "nobody"),)
    world.ws.undo(None)
    assert world.before == before


def test_deleting_takes_the_relations_along(world: World) -> None:
    change = world.ws.do(MAKERS[DeleteAnnotation](world), title="delete", article=world.article.id)
    assert change.removed_annotations == (world.actor.id,)
    assert change.removed_relations == (world.agent.id,)
    back = world.ws.undo(world.article.id)
    assert back
    assert back.annotations == (world.actor,)
    assert back.relations == (world.agent,)


def test_a_batch_may_edit_the_same_annotation_twice(world: World) -> None:
    one = EditAnnotation(id=world.event.id, version=world.event.version, comment="1")
    two = LinkRecord(id=world.actor.id, version=world.actor.version, record=None)
    three = EditAnnotation(id=world.event.id, version=world.event.version, attributes={"size": 1})
    change = world.ws.do(Batch(steps=(one, two, three)), title="x")
    assert [a.comment for a in change.annotations] == ["1", ""]
    assert change.annotations[0].attributes["size"] == 1


@pytest.mark.parametrize(
    "kind",
    [
        EditAnnotation,
        LinkRecord,
        DeleteAnnotation,
        EditRelation,
        DeleteRelation,
        EditRecord,
        DeleteRecord,
        EditArticle,
        DeleteArticle,
        SetBookmark,
        ClearBookmark,
    ],
    ids=lambda kind: kind.__name__,
)
def test_a_stale_edit_is_refused_with_both_versions(kind: type, world: World) -> None:
    command: Any = MAKERS[kind](world)
    if kind is EditRecord:
        stale: Command = EditRecord(record=replace(command.record, version=1))
    elif kind is SetBookmark:
        stale = SetBookmark(bookmark=replace(command.bookmark, version=1))
    else:
        stale = replace(command, version=1)
    before = world.before
    with pytest.raises(StaleEdit, match="was changed in the meantime") as caught:
        world.ws.do(stale, title="late")
    held = (
        *(world.event, world.actor, world.agent, world.record, world.unused, world.article),
        world.bookmark,
    )
    assert caught.value.seen == 1
    assert caught.value.current in held
    assert world.before == before


def test_an_edit_of_something_deleted_is_stale(world: World) -> None:
    world.ws.do(MAKERS[DeleteAnnotation](world), title="delete")
    with pytest.raises(StaleEdit, match="deleted in the meantime") as caught:
        world.ws.do(MAKERS[LinkRecord](world), title="late")
    assert caught.value.current is None


def test_the_codebook_only_goes_forward(world: World) -> None:
    with pytest.raises(StaleEdit):
        world.ws.do(SetCodebook(codebook=replace(CODEBOOK, label="Again")), title="x")


def test_a_codebook_with_annotations_stays_and_its_forerunner_comes_after_it(world: World) -> None:
    changed = replace(CODEBOOK, revision=2, label="Changed")
    world.ws.do(SetCodebook(codebook=changed), title="rename")
    world.ws.do(SetCodebook(codebook=replace(changed, revision=3, version="2")), title="count")
    world.ws.do(AddAnnotation(annotation=mark(world.article, 1, 2)), title="tag", article="a")
    before = rows(world.ws.location)
    world.ws.undo(None)
    assert world.ws.codebook == replace(changed, revision=4)
    world.ws.undo(None)
    assert world.ws.codebook == replace(CODEBOOK, revision=5)
    world.ws.redo(None)
    world.ws.redo(None)
    assert rows(world.ws.location) == before
    assert world.ws.check().ok
    with pytest.raises(Refused, match="keeps its first codebook"):
        world.ws.do(
            Batch(steps=tuple(Erase(what="codebook", id=n) for n in ("3", "2", "1"))), title="x"
        )


def test_a_codebook_is_not_taken_back_from_under_what_uses_it(world: World) -> None:
    event = replace(CODEBOOK.types[1], name="strike", label="Strike", key="3", letter="S")
    wider = replace(CODEBOOK, revision=2, types=(*CODEBOOK.types, event))
    world.ws.do(SetCodebook(codebook=wider), title="add type")
    strike = mark(world.article, 1, 2, type="strike")
    world.ws.do(AddAnnotation(annotation=strike), title="tag", article=world.article.id)
    with pytest.raises(Refused, match="“add type” cannot be undone: Type “strike” is in use"):
        world.ws.undo(None)
    world.ws.undo(world.article.id)
    world.ws.undo(None)
    assert world.ws.codebook == CODEBOOK


def test_a_project_without_articles_may_change_to_another_codebook(tmp_path: Path) -> None:
    with project(tmp_path) as ws:
        before = rows(ws.location)
        erase = Erase(what="codebook", id="1")
        with pytest.raises(Refused, match="needs a codebook"):
            ws.do(erase, title="x")
        other = replace(CODEBOOK, name="other")
        ws.do(Batch(steps=(erase, SetCodebook(codebook=other))), title="x")
        assert ws.codebook == other
        after = rows(ws.location)
        ws.undo(None)
        assert ws.codebook == CODEBOOK
        assert rows(ws.location) == before
        ws.redo(None)
        assert rows(ws.location) == after
        assert ws.check().ok


def test_only_the_newest_codebook_is_taken_back(tmp_path: Path) -> None:
    ws, _ = with_article(tmp_path)
    with ws:
        ws.do(SetCodebook(codebook=replace(CODEBOOK, revision=2, label="Two")), title="x")
        for revision in ("1", "7"):
            with pytest.raises(Refused, match="undone first"):
                ws.do(Erase(what="codebook", id=revision), title="x")


@pytest.mark.parametrize("kind", [AddAnnotation, AddRelation, AddRecord, AddArticle])
def test_an_id_is_used_once(kind: type, world: World) -> None:
    command = MAKERS[kind](world)
    world.ws.do(command, title="once")
    with pytest.raises(Refused, match="already"):
        world.ws.do(command, title="twice")


def test_two_annotators_never_share_a_name(world: World) -> None:
    world.ws.do(AddAnnotator(annotator=Annotator(id="1", name="Bob")), title="x")
    with pytest.raises(Refused, match="already"):
        world.ws.do(AddAnnotator(annotator=Annotator(id="2", name="Bob")), title="x")


def test_a_record_in_use_is_not_deleted(world: World) -> None:
    delete = DeleteRecord(id=world.record.id, version=world.record.version)
    with pytest.raises(Refused, match="1 annotation mentions “Alexei Navalny”"):
        world.ws.do(delete, title="x")
    twin = mark(world.article, 0, 9, type="actor", record=world.record.id)
    world.ws.do(AddAnnotation(annotation=twin), title="x")
    with pytest.raises(Refused, match="2 annotations mention"):
        world.ws.do(delete, title="x")


def test_nothing_comes_back_without_what_it_needs(world: World) -> None:
    ws, story = world.ws, world.article.id
    ws.do(
        DeleteAnnotation(id=world.actor.id, version=world.actor.version), title="d", article=story
    )
    ws.do(DeleteRecord(id=world.record.id, version=world.record.version), title="record")
    with pytest.raises(Refused, match="“d” cannot be undone: The registry record"):
        ws.undo(story)
    assert ws.undo(None)
    assert ws.undo(story)
    ws.do(MAKERS[DeleteRelation](world), title="relation", article=story)
    ws.do(DeleteAnnotation(id=world.actor.id, version=world.actor.version), title="actor")
    with pytest.raises(Refused, match="at the other end"):
        ws.undo(story)


def test_an_addition_others_built_on_stays(world: World) -> None:
    with Workspace.open(world.ws.location, annotator="bob") as bob:
        added = world.ws.do(
            AddAnnotation(annotation=mark(world.article, 5, 9, type="actor")),
            title="tag",
            article="a",
        ).annotations[0]
        bob.do(AddRelation(relation=link(world.event, added)), title="link")
        with pytest.raises(Refused, match="“tag” cannot be undone: something else"):
            world.ws.undo("a")
    assert world.ws.contents(world.article.id).annotation(added.id)


def test_undo_never_overwrites_somebody_elses_later_edit(world: World) -> None:
    edited = world.ws.do(MAKERS[EditAnnotation](world), title="mine", article="a").annotations[0]
    with Workspace.open(world.ws.location, annotator="bob") as bob:
        edit = EditAnnotation(id=edited.id, version=edited.version, comment="bob's")
        bob.do(edit, title="his", article="a")
        with pytest.raises(StaleEdit, match="“mine” cannot be undone") as caught:
            world.ws.undo("a")
        assert isinstance(caught.value.current, Annotation)
        assert bob.undo("a")
    assert world.ws.undo("a")


def test_articles_queue_up_at_the_end_or_where_they_ask(world: World) -> None:
    def position(**known: object) -> int:
        new = replace(article(), **known)  # type: ignore[arg-type]
        return world.ws.do(AddArticle(article=new), title="x").articles[0].position

    assert position() == 2
    assert position(position=10) == 10
    assert position(position=10) == 11
    assert position(position=5) == 5
    assert position() == 12


def test_what_brings_its_own_times_and_version_keeps_them(world: World) -> None:
    old = mark(
        world.article,
        3,
        4,
        created_at="2020-01-01T00:00:00Z",
        updated_at="2020-02-01T00:00:00Z",
        version=4000,
        codebook_revision=7,
    )
    change = world.ws.do(AddAnnotation(annotation=old), title="import")
    assert change.annotations == (old,)
    assert change.seq == 4001
    born = mark(world.article, 3, 4, created_at="2020-01-01T00:00:00Z")
    fresh = world.ws.do(AddAnnotation(annotation=born), title="x").annotations[0]
    assert (fresh.updated_at, fresh.version) == ("2020-01-01T00:00:00Z", 4002)


def test_versions_beyond_counting_are_refused(world: World) -> None:
    with pytest.raises(Refused, match="beyond what can be counted"):
        world.ws.do(AddAnnotation(annotation=mark(world.article, 3, 4, version=2**60)), title="x")


def test_null_and_absent_are_two_things(world: World) -> None:
    fresh = world.ws.contents(world.article.id).annotation(world.event.id)
    assert fresh
    assert fresh.attributes == {"realis": "actual", "note": None}
    assert fresh == world.event


def test_what_refers_to_nothing_is_refused(world: World) -> None:
    loose = PutRelation(relation=replace(world.agent, id="x", target="none"), deleted_at="2021")
    with pytest.raises(Refused, match="refers to something that is gone"):
        world.ws.do(loose, title="x")


def test_attributes_may_be_any_mapping(world: World) -> None:
    it = mark(world.article, 3, 4, attributes=NOTHING)
    assert world.ws.do(AddAnnotation(annotation=it), title="x").annotations[0].attributes == {}


def test_a_project_keeps_its_id(world: World) -> None:
    with pytest.raises(Refused, match="keeps its id"):
        world.ws.do(SetProject(project=replace(world.ws.project, id="other")), title="x")


def test_an_empty_project_may_become_the_one_that_is_imported(tmp_path: Path) -> None:
    with project(tmp_path) as ws:
        first = ws.project
        ws.do(SetProject(project=replace(first, id="other")), title="import")
        assert ws.project.id == "other"
        ws.undo(None)
        assert ws.project == first
