"""The registry: merge, split, archive and remove, each one step that undo brings back exactly."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.model.annotation import Evidence, Value
from app.model.article import Article
from app.model.codebook import Attribute
from app.model.commands import (
    AddAnnotation,
    AddRecord,
    AddRelation,
    Batch,
    DeleteAnnotation,
    SetCodebook,
)
from app.model.entries import ARCHIVED, DIFFERENT, MERGED, ids_of
from app.model.errors import InputRefused, Refused
from app.model.registry import Record
from app.workspace import Workspace
from app.workspace.entries import (
    Step,
    archive_entry,
    likely,
    merge_entries,
    proposed_split,
    remove_entry,
    split_entry,
    tell_apart,
)
from app.workspace.entries_csv import export_entries, read_entries
from tests.projects import CODEBOOK, link, mark, person, rows

NAMES = Attribute(name="of", label="Of", type="records", record_kind="person")
ONE = Attribute(name="by", label="By", type="record", record_kind="person")


def do(ws: Workspace, step: Step) -> None:
    ws.do(step.command, title=step.title)


@pytest.fixture
def two(ws: Workspace, story: Article) -> tuple[Record, Record]:
    """Two entries, each mentioned; the second one in every place where an entry can be named."""
    actor, event = CODEBOOK.types
    place, agent, kind = event.evidence[0], CODEBOOK.roles[0], CODEBOOK.records[0]
    both = (NAMES, ONE)
    wider = replace(
        CODEBOOK,
        revision=2,
        types=(
            actor,
            replace(
                event,
                attributes=(*event.attributes, *both),
                evidence=(replace(place, attributes=both),),
            ),
        ),
        roles=(replace(agent, attributes=both),),
        records=(replace(kind, attributes=(*kind.attributes, *both)),),
    )
    kept, gone = person("Alexei Navalny"), person("Навальный", attributes={"party": "Future"})
    named: dict[str, Value] = {"of": (gone.id, kept.id), "by": gone.id}
    third = person("Yulia", attributes=named)

    first = mark(story, 0, 9, type="actor", record=gone.id)
    other = mark(story, 20, 25, type="actor", record=gone.id, layer="bob")
    own = mark(story, 30, 35, type="actor", record=kept.id)
    said = mark(
        story, 1, 8, attributes=named, evidence=(Evidence(attribute="place", attributes=named),)
    )
    trashed = mark(story, 40, 45, type="actor", record=gone.id)
    ws.do(
        Batch(
            steps=(
                SetCodebook(codebook=wider),
                *(AddRecord(record=one) for one in (kept, gone, third)),
                *(AddAnnotation(annotation=one) for one in (first, other, own, said, trashed)),
                AddRelation(relation=link(said, first, attributes=named)),
            )
        ),
        title="fill",
    )
    ws.do(DeleteAnnotation(id=trashed.id, version=ws.last_seq), title="trash", article=story.id)
    return kept, gone


def test_merging_leads_every_place_over_in_one_step(
    ws: Workspace, two: tuple[Record, Record]
) -> None:
    kept, gone = two
    before = rows(ws.location)
    do(ws, merge_entries(ws, kept.id, gone.id))
    whole = ws.record(gone.id)
    assert whole is not None, "the id of what was merged leads to the entry"
    assert whole.id == kept.id
    assert whole.aliases == ("Навальный",)
    assert whole.attributes["party"] == "Future"
    assert ids_of(whole, MERGED) == (gone.id,)
    assert ws.mentions(kept.id)[0] == 3, "of all layers"
    assert ws.mentions(gone.id)[0] == 0
    values = {"of": (kept.id,), "by": kept.id}
    for found in ws.export_articles():
        said = next(a for a in found.annotations if a.type == "event")
        assert {n: said.attributes[n] for n in values} == values
        assert said.evidence[0].attributes == values
        assert found.relations[0].attributes == values
    third = next(one for one in ws.all_records() if one.name == "Yulia")
    assert third.attributes == values
    assert ws.check().ok
    ws.undo(None)
    assert rows(ws.location) == before
    ws.redo(None)
    assert ws.mentions(kept.id)[0] == 3
    assert ws.check().ok


def test_marks_of_the_trash_find_what_they_mention_after_a_merge(
    ws: Workspace, two: tuple[Record, Record]
) -> None:
    kept, gone = two
    do(ws, merge_entries(ws, kept.id, gone.id))
    (thing,) = ws.trash()
    ws.restore(thing)
    assert ws.mentions(kept.id)[0] == 4
    assert ws.check().ok


def test_splitting_brings_an_entry_back_under_its_id(
    ws: Workspace, two: tuple[Record, Record]
) -> None:
    kept, gone = two
    do(ws, merge_entries(ws, kept.id, gone.id))
    before = rows(ws.location)
    marks = proposed_split(ws, kept.id, (gone.name,))
    assert len(marks) == 1
    do(ws, split_entry(ws, kept.id, marks, part_id=gone.id))
    back, rest = ws.record(gone.id), ws.record(kept.id)
    assert back is not None
    assert rest is not None
    assert (back.id, back.name) == (gone.id, "Навальный")
    assert rest.aliases == ()
    assert ids_of(rest, MERGED) == ()
    assert ws.mentions(gone.id)[0] == 1
    assert ws.mentions(kept.id)[0] == 2
    assert not likely(ws), "what was split is not proposed for merging"
    assert ws.check().ok
    ws.undo(None)
    assert rows(ws.location) == before


def test_a_new_entry_is_split_from_one_that_was_never_merged(
    ws: Workspace, two: tuple[Record, Record]
) -> None:
    kept, gone = two
    marks = [one.annotation for one in ws.mentions_of(gone.id)]
    do(ws, split_entry(ws, gone.id, marks[:1], name="Somebody else"))
    (made,) = [one for one in ws.all_records() if one.name == "Somebody else"]
    assert ws.mentions(made.id)[0] == 1
    with pytest.raises(Refused, match="needs a name"):
        split_entry(ws, gone.id, marks, name=" ")
    with pytest.raises(Refused, match="No such entry"):
        split_entry(ws, kept.id, (), part_id=gone.id)
    with pytest.raises(Refused, match="look again"):
        split_entry(ws, kept.id, ("no such mark",), name="X")


def test_an_entry_in_use_is_archived_or_merged_never_dropped(
    ws: Workspace, two: tuple[Record, Record]
) -> None:
    kept, gone = two
    with pytest.raises(Refused, match="merge it or archive it"):
        remove_entry(ws, gone.id)
    do(ws, archive_entry(ws, gone.id, archived=True))
    archived = ws.record(gone.id)
    assert archived is not None
    assert archived.external[ARCHIVED] == "yes"
    assert gone.id not in {one.id for one in ws.records("person", "нав")}
    assert gone.id not in {one.id for one in ws.named(("person",), "нав", 9)}
    assert not likely(ws)
    do(ws, archive_entry(ws, gone.id, archived=False))
    assert gone.id in {one.id for one in ws.records("person", "нав")}
    fresh = person("Nobody")
    ws.do(AddRecord(record=fresh), title="add")
    do(ws, remove_entry(ws, fresh.id))
    assert ws.record(fresh.id) is None
    with pytest.raises(Refused, match="not with itself"):
        merge_entries(ws, kept.id, kept.id)
    with pytest.raises(Refused, match="no longer"):
        merge_entries(ws, kept.id, fresh.id)


def test_what_was_told_apart_is_not_proposed_again(
    ws: Workspace, two: tuple[Record, Record]
) -> None:
    kept, gone = two
    (pair,) = likely(ws)
    assert {pair.one.id, pair.other.id} == {kept.id, gone.id}
    do(ws, tell_apart(ws, kept.id, gone.id))
    assert not likely(ws)
    found = ws.record(kept.id)
    assert found is not None
    assert ids_of(found, DIFFERENT) == (gone.id,)


def test_the_registry_goes_out_to_a_table_and_back(
    ws: Workspace, two: tuple[Record, Record], tmp_path: Path
) -> None:
    kept, gone = two
    table = tmp_path / "registry.csv"
    assert export_entries(ws, table) == 3
    with pytest.raises(InputRefused, match="nothing that is not"):
        read_entries(ws, table)
    text = table.read_text("utf-8-sig").replace("Alexei Navalny", '\'=Alexei|N""')
    text = text.replace("Alexei|N", "Alexei N")
    table.write_text(text + ",person,New one,Nova|Neu,,Greens\r\n", "utf-8")
    plan = read_entries(ws, table)
    assert (plan.added, plan.changed) == (1, 1)
    ws.do(plan.command, title=plan.title)
    (made,) = [one for one in ws.all_records() if one.name == "New one"]
    assert made.aliases == ("Nova", "Neu")
    assert made.attributes == {"party": "Greens"}
    do(ws, merge_entries(ws, kept.id, gone.id))
    table.write_text(f"id,kind,name\n{gone.id},person,Nawalny\n", "utf-8")
    plan = read_entries(ws, table)
    ws.do(plan.command, title=plan.title)
    whole = ws.record(gone.id)
    assert whole is not None
    assert whole.id == kept.id
    assert "Nawalny" in whole.aliases


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("kind\nperson\n", "no column “name”"),
        ("name,kind\nX,castle\n", "line 2: the codebook has no kind"),
        ("name,kind\n ,person\n", "needs a name"),
        ("name,external\nX,[1]\n", "JSON object"),
    ],
)
def test_a_table_that_cannot_be_taken_is_refused_with_its_line(
    ws: Workspace, tmp_path: Path, text: str, reason: str
) -> None:
    table = tmp_path / "t.csv"
    table.write_text(text, "utf-8")
    with pytest.raises(InputRefused, match=reason):
        read_entries(ws, table)
