"""Merging in the project: every mark goes over, one undo brings all of it back exactly."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from app.model.annotation import Evidence, Fragment, Value
from app.model.article import Article
from app.model.codebook import Attribute, Codebook, Option, RecordKind
from app.model.commands import (
    AddAnnotation,
    AddArticle,
    AddRecord,
    AddRelation,
    Batch,
    Command,
    DeleteAnnotation,
    SetCodebook,
)
from app.model.errors import Refused
from app.workspace import Workspace
from app.workspace.codebook_edit import PREFIX, archive, edit, remove
from app.workspace.codebook_merge import merge, merged_types
from app.workspace.codebook_parts import Address, find
from app.workspace.codebook_touch import is_used, touched
from app.workspace.sample import make_sample
from tests.projects import CODEBOOK, article, link, mark, person, rows, with_article
from tests.workspace.test_codebook_edit import STEPS, every, step

EVENT: Address = ("types", "event")
REALIS: Address = (*EVENT, "attributes", "realis")
CHOICE = Attribute(
    name="how",
    label="How",
    type="enum",
    options=(Option(value="one"), Option(value="two"), Option(value=3)),
)
MANY = replace(CHOICE, name="all", label="All", type="flags", options=CHOICE.options[:2])
OTHERS: list[Address] = [
    (*EVENT, "evidence", "place", "attributes", "how"),
    ("roles", "event.agent", "attributes", "how"),
    ("records", "person", "attributes", "how"),
    (*EVENT, "attributes", "how"),
]


def full(ws: Workspace, story: Article) -> list[str]:
    """Fill the project with every place where a value can be; return the marks' ids."""
    actor, event = CODEBOOK.types
    place, agent, kind = event.evidence[0], CODEBOOK.roles[0], CODEBOOK.records[0]
    both = (CHOICE, MANY)
    wider = replace(
        CODEBOOK,
        revision=2,
        types=(
            actor,
            replace(
                event,
                attributes=(*event.attributes, *both),
                evidence=(replace(place, attributes=(*place.attributes, *both)),),
            ),
        ),
        roles=(replace(agent, attributes=(*agent.attributes, *both)),),
        records=(replace(kind, attributes=(*kind.attributes, *both)),),
    )
    values: dict[str, Value] = {"how": "one", "all": ("one", "two")}
    somebody = person(attributes=values)
    words = Fragment(0, 1, story.text[:1])
    evidence = Evidence(attribute="place", fragments=(words,), value="x", attributes=values)
    one = mark(story, 1, 2, attributes=values, evidence=(evidence,))
    two = mark(story, 3, 4, attributes={"how": 3, "all": ("two",)}, layer="bob")
    who = mark(story, 0, 9, type="actor", record=somebody.id)
    gone = mark(story, 5, 6, attributes={"how": "one"})
    steps: tuple[Command, ...] = (
        SetCodebook(codebook=wider),
        AddRecord(record=somebody),
        *(AddAnnotation(annotation=a) for a in (one, two, who, gone)),
        AddRelation(relation=link(one, who, attributes=values)),
    )
    change = ws.do(Batch(steps=steps), title="fill")
    version = change.seq
    ws.do(DeleteAnnotation(id=gone.id, version=version), title="remove", article=story.id)
    return [one.id, two.id, who.id]


@pytest.mark.parametrize("address", OTHERS)
def test_a_value_is_merged_wherever_it_stands(
    ws: Workspace, story: Article, address: Address
) -> None:
    full(ws, story)
    before = rows(ws.location)
    assert is_used(ws, (*address, "options", "one"))
    found = merge(ws, (*address, "options", "one"), "two")
    assert (found.title, found.count) == ("codebook: merge value “one” into “two”", 1)
    ws.do(found.command, title=found.title)
    old = find(ws.codebook, (*address, "options", "one"))
    assert isinstance(old, Option)
    assert old.archived
    assert touched(ws, (*address, "options", "one")).count == 0
    assert touched(ws, (*address, "options", "two")).count == 1
    assert ws.undo_title(None) == found.title
    ws.undo(None)
    assert rows(ws.location) == before
    ws.redo(None)
    assert ws.check().ok


def test_in_a_list_of_values_the_one_merged_stands_once(ws: Workspace, story: Article) -> None:
    one, two, _ = full(ws, story)
    ws.do(merge(ws, (*EVENT, "attributes", "all", "options", "one"), "two").command, title="x")
    contents = ws.contents(story.id).annotation(one)
    assert contents is not None
    assert contents.attributes["all"] == ("two",)
    ws.do(merge(ws, (*EVENT, "attributes", "how", "options", "3"), "two").command, title="x")
    exported = next(iter(ws.export_articles())).annotations
    assert {a.id: a.attributes["how"] for a in exported if a.type == "event"} == {
        one: "one",
        two: "two",
    }


def test_a_type_is_merged_with_its_links_fields_and_words(ws: Workspace, story: Article) -> None:
    one, two, who = full(ws, story)
    kind = replace(CODEBOOK.types[1], name="strike", label="Strike", key="3", letter="S")
    kind = replace(kind, attributes=kind.attributes[:1], evidence=())
    book = replace(ws.codebook, revision=3, types=(*ws.codebook.types, kind))
    ws.do(SetCodebook(codebook=book), title="add type")
    before = rows(ws.location)
    found = merge(ws, EVENT, "strike")
    assert found.count == 2
    ws.do(found.command, title=found.title)
    event, strike = ws.codebook.type("event"), ws.codebook.type("strike")
    assert event is not None
    assert event.archived
    assert strike is not None
    assert strike.attribute("how") is not None
    assert strike.evidence_field("place") is not None
    assert ws.codebook.role("strike", "agent") is not None
    contents = ws.contents(story.id)
    assert {a.id: a.type for a in contents.annotations} == {one: "strike", who: "actor"}
    assert contents.outgoing(one)[0].role == "agent"
    assert ws.check().ok
    ws.undo(None)
    assert rows(ws.location) == before
    assert two in {m.annotation for m in touched(ws, EVENT).marks}


def test_types_that_contradict_each_other_are_not_merged() -> None:
    actor, event = CODEBOOK.types
    group = RecordKind(name="group", label="Group")
    book = replace(CODEBOOK, records=(*CODEBOOK.records, group))
    with pytest.raises(Refused, match="different kinds of entries"):
        merged_types(book, replace(event, record_kind="group"), actor)
    other = replace(event, attributes=(replace(event.attributes[0], type="text", options=()),))
    with pytest.raises(Refused, match="not the same kind of field"):
        merged_types(book, other, event)
    clash = replace(event, attributes=(Attribute(name="place", label="Place", type="text"),))
    with pytest.raises(Refused, match="a field of words of the other"):
        merged_types(book, clash, event)
    joined = merged_types(book, event, actor)
    kept = joined.type("actor")
    assert kept is not None
    assert [a.name for a in kept.attributes][:2] == ["office", "realis"]
    assert joined.role("actor", "agent") is not None


def test_what_cannot_be_merged_is_refused(ws: Workspace, story: Article) -> None:
    full(ws, story)
    for address, into, sentence in (
        (EVENT, "event", "not into itself"),
        (REALIS, "forms", "Only values and types"),
        (EVENT, "nobody", "no longer in the codebook"),
    ):
        with pytest.raises(Refused, match=sentence):
            merge(ws, address, into)


def test_what_a_change_touches_is_counted_and_listed(ws: Workspace, story: Article) -> None:
    one, two, who = full(ws, story)
    other = article("Another story of protests.", title="Second")
    ws.do(AddArticle(article=other), title="import")
    three = mark(other, 0, 7, attributes={"how": "one"})
    ws.do(AddAnnotation(annotation=three), title="tag", article=other.id)
    found = touched(ws, EVENT)
    assert (found.count, found.by_type, found.articles) == (3, {"event": 3}, 2)
    assert [m.annotation for m in found.marks] == [one, two, three.id]
    assert found.marks[-1].quote == "Another"
    assert (found.marks[1].layer, found.marks[-1].title) == ("bob", "Second")
    assert len(touched(ws, EVENT, limit=1).marks) == 1
    counts = {
        ("types", "actor"): 1,
        (*EVENT, "attributes", "how"): 3,
        (*EVENT, "attributes", "how", "options", "one"): 2,
        (*EVENT, "attributes", "how", "options", "3"): 1,
        (*EVENT, "evidence", "place"): 1,
        (*EVENT, "evidence", "place", "attributes", "how"): 1,
        ("roles", "event.agent"): 1,
        ("records", "person"): 1,
        ("records", "person", "attributes", "all", "options", "two"): 1,
        (*REALIS, "options", "actual"): 0,
    }
    assert {address: touched(ws, address).count for address in counts} == counts
    assert touched(ws, ()).count == 0
    assert not is_used(ws, ())
    assert is_used(ws, (*EVENT, "attributes", "how", "options", "one"))
    assert not is_used(ws, REALIS)
    assert who in {m.annotation for m in touched(ws, ("records", "person")).marks}


@pytest.mark.parametrize(
    ("address", "change", "sentence"),
    [
        ((*EVENT, "attributes", "how"), ("type", "number"), "holds “one” already"),
        ((*EVENT, "attributes", "how"), ("name", "manner"), "Field “how” of event is in use"),
        (("records", "person", "attributes", "how"), ("type", "date"), "it keeps its kind"),
        (("roles", "event.agent"), ("targets", ("event",)), "leads to marks of type “actor”"),
        (("types", "actor"), ("record_kind", ""), "mention entries of kind “person”"),
    ],
)
def test_a_change_that_would_make_marks_wrong_is_refused(
    ws: Workspace, story: Article, address: Address, change: tuple[str, object], sentence: str
) -> None:
    field, value = change
    full(ws, story)
    made = edit(ws.codebook, address, field, value)
    with pytest.raises(Refused, match=sentence):
        ws.do(made.command, title=made.title)


@pytest.mark.parametrize("address", [*OTHERS, ("roles", "event.agent"), ("records", "person")])
def test_what_is_in_use_can_be_archived_but_not_removed(
    ws: Workspace, story: Article, address: Address
) -> None:
    full(ws, story)
    made = remove(ws.codebook, address)
    with pytest.raises(Refused, match="in use"):
        ws.do(made.command, title=made.title)
    if address[-2] != "records":
        ws.do(archive(ws.codebook, address, archived=True).command, title="x")
        assert ws.check().ok


def test_a_choice_may_become_text_while_marks_have_it(ws: Workspace, story: Article) -> None:
    full(ws, story)
    book: Codebook = ws.codebook
    for name in ("realis", "note"):
        made = edit(book, (*EVENT, "attributes", name), "type", "long_text")
        book = ws.do(made.command, title=made.title).codebook or book
    assert ws.check().ok


@settings(max_examples=15)
@given(STEPS)
def test_all_steps_are_undone_to_the_exact_rows(steps: list[tuple[int, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        ws, story = with_article(Path(folder))
        with ws:
            full(ws, story)
            states = [rows(ws.location)]
            for numbers in steps[:8]:
                addresses = every(ws.codebook)
                try:
                    if numbers[0] % 3:
                        made = step(ws.codebook, numbers)
                        ws.do(made.command, title=made.title)
                    else:
                        address = addresses[numbers[1] % len(addresses)]
                        other = addresses[numbers[2] % len(addresses)]
                        done = merge(ws, address, other[-1])
                        ws.do(done.command, title=done.title)
                except Refused:
                    assert rows(ws.location) == states[-1]
                    continue
                states.append(rows(ws.location))
            for state in reversed(states[:-1]):
                assert (ws.undo_title(None) or "").startswith(PREFIX)
                ws.undo(None)
                assert rows(ws.location) == state


def test_on_the_sample_a_value_in_use_is_merged(tmp_path: Path) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="Ann") as ws:
        address = ("types", "statement", "attributes", "act", "options", "accuse")
        before = touched(ws, address).count
        assert before > 0
        claims = touched(ws, (*address[:-1], "claim")).count
        found = merge(ws, address, "claim")
        ws.do(found.command, title=found.title)
        assert touched(ws, (*address[:-1], "claim")).count == claims + before
        assert ws.check().ok
