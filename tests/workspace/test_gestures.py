"""Gestures: from a selection and a key to a command."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.model.annotation import Annotation, Evidence, Relation, fragments_of
from app.model.article import Article
from app.model.codebook import Codebook
from app.model.codebook_file import read_codebook
from app.model.commands import (
    AddAnnotation,
    AddArticle,
    AddRecord,
    AddRelation,
    Batch,
    EditAnnotation,
    LinkRecord,
)
from app.model.contents import ArticleContents
from app.model.errors import Refused
from app.model.ids import new_id
from app.model.registry import Record
from app.model.resources import resource
from app.model.text import sha256_of
from app.workspace import Workspace, gestures

TEXT = "Navalny said “free all”. 2500 people were arrested in Moscow 😀 today."


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return read_codebook(resource("codebooks/press.yaml"))


@pytest.fixture
def workspace(tmp_path: Path, codebook: Codebook) -> Iterator[Workspace]:
    path = tmp_path / "gestures.pressmark"
    with Workspace.create(path, name="Gestures", codebook=codebook, annotator="Ann") as made:
        article = Article(id=new_id(), title="T", text=TEXT, sha256=sha256_of(TEXT))
        made.do(AddArticle(article=article), title="add")
        yield made


def contents(workspace: Workspace) -> ArticleContents:
    return workspace.contents(workspace.article_ids()[0])


def tagged(workspace: Workspace, type_name: str, words: str) -> Annotation:
    start = TEXT.index(words)
    ranges = [(start, start + len(words))]
    gesture = gestures.tag(contents(workspace), workspace.codebook, type_name, ranges)
    workspace.do(gesture.command, title=gesture.title)
    found = contents(workspace).annotation(gesture.annotation)
    assert found is not None
    return found


def test_tag_carries_layer_defaults_and_words(workspace: Workspace) -> None:
    event = tagged(workspace, "event", "arrested")
    assert event.layer == "Ann"
    assert event.quote == "arrested"
    assert event.attributes["realis"] == "actual"


def test_a_statement_with_quotation_marks_starts_as_direct_speech(workspace: Workspace) -> None:
    assert tagged(workspace, "statement", "Navalny said “free all”").attributes["mode"] == "direct"
    assert tagged(workspace, "statement", "people were arrested").attributes["mode"] == "indirect"


def test_the_same_mark_twice_is_refused(workspace: Workspace) -> None:
    tagged(workspace, "actor", "Navalny")
    with pytest.raises(Refused, match="tagged as actor already"):
        gestures.tag(contents(workspace), workspace.codebook, "actor", [(0, 7)])


def test_an_unknown_type_is_refused(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="no type “place”"):
        gestures.tag(contents(workspace), workspace.codebook, "place", [(0, 7)])


def test_reshape_takes_several_fragments_after_an_emoji(workspace: Workspace) -> None:
    mark = tagged(workspace, "event", "arrested")
    today = TEXT.index("today")
    ranges = [(today, today + 5), (mark.start, mark.end)]
    gesture = gestures.reshape(contents(workspace), mark.id, ranges)
    workspace.do(gesture.command, title=gesture.title)
    reshaped = contents(workspace).annotation(mark.id)
    assert reshaped is not None
    assert reshaped.quote == "arrested … today"
    with pytest.raises(Refused, match="has already"):
        gestures.reshape(contents(workspace), mark.id, ranges)


def test_retype_keeps_what_fits_and_one_undo_brings_all_back(workspace: Workspace) -> None:
    actor = tagged(workspace, "actor", "Navalny")
    number = tagged(workspace, "number", "2500")
    record = Record(id=new_id(), kind="actor", name="Aleksei Navalny")
    article = actor.article
    workspace.do(AddRecord(record=record), title="record")
    before = tagged(workspace, "actor", "people")
    place = Evidence(attribute="role", fragments=fragments_of(TEXT, [(30, 36)]))
    workspace.do(
        Batch(
            steps=(
                EditAnnotation(
                    id=before.id, version=before.version, comment="crowd", evidence=(place,)
                ),
                AddRelation(
                    relation=Relation(
                        id=new_id(),
                        article=article,
                        layer="Ann",
                        role="counts",
                        source=number.id,
                        target=before.id,
                    )
                ),
            )
        ),
        title="fill",
        article=article,
    )
    start = contents(workspace)
    gesture = gestures.retype(start, workspace.codebook, before.id, "number")
    workspace.do(gesture.command, title=gesture.title, article=article)
    after = contents(workspace)
    changed = after.annotation(before.id)
    assert changed is not None
    assert changed.type == "number"
    assert changed.comment == "crowd"
    assert changed.evidence == ()
    assert "mention_level" not in changed.attributes
    assert after.relations == ()
    workspace.undo(article)
    assert contents(workspace).annotations == start.annotations
    assert contents(workspace).relations == start.relations
    with pytest.raises(Refused, match="an actor already"):
        gestures.retype(start, workspace.codebook, actor.id, "actor")


def test_relate_checks_types_and_refuses_twins(workspace: Workspace) -> None:
    statement = tagged(workspace, "statement", "Navalny said “free all”")
    actor = tagged(workspace, "actor", "Navalny")
    event = tagged(workspace, "event", "arrested")
    codebook = workspace.codebook
    gesture = gestures.relate(contents(workspace), codebook, statement.id, "speaker", actor.id)
    assert "set speaker" in gesture.title
    workspace.do(gesture.command, title=gesture.title)
    for source, role, target, message in (
        (statement.id, "speaker", actor.id, "there already"),
        (statement.id, "speaker", event.id, "takes an actor"),
        (statement.id, "owner", actor.id, "no role"),
        (statement.id, "speaker", statement.id, "itself"),
        (new_id(), "speaker", actor.id, "no longer"),
    ):
        with pytest.raises(Refused, match=message):
            gestures.relate(contents(workspace), codebook, source, role, target)


def test_a_role_for_one_target_replaces_it(workspace: Workspace) -> None:
    small, large = tagged(workspace, "number", "2500"), tagged(workspace, "number", "all")
    other = tagged(workspace, "number", "people")
    role = workspace.codebook.role("number", "part_of")
    assert role is not None
    assert not role.many
    for target in (large, other):
        gesture = gestures.relate(
            contents(workspace), workspace.codebook, small.id, "part_of", target.id
        )
        workspace.do(gesture.command, title=gesture.title)
    assert [r.target for r in contents(workspace).outgoing(small.id)] == [other.id]


def test_delete_names_the_words(workspace: Workspace) -> None:
    mark = tagged(workspace, "event", "arrested")
    gesture = gestures.delete(contents(workspace), mark.id)
    assert gesture.title == "remove event “arrested”"
    workspace.do(gesture.command, title=gesture.title)
    assert contents(workspace).annotation(mark.id) is None


def test_short_words_stay_on_one_line() -> None:
    assert gestures.short("a\n b") == "a b"
    assert gestures.short("x" * 60) == "x" * 39 + "…"


def test_a_tag_is_an_addition(workspace: Workspace) -> None:
    gesture = gestures.tag(contents(workspace), workspace.codebook, "event", [(0, 7)])
    assert isinstance(gesture.command, AddAnnotation)
    assert gesture.title == "tag event “Navalny”"


def test_words_can_be_tagged_straight_into_a_slot_in_one_step(workspace: Workspace) -> None:
    statement = tagged(workspace, "statement", "Navalny said “free all”")
    codebook, article = workspace.codebook, statement.article
    before = contents(workspace)
    gesture = gestures.tag_for_role(
        before, codebook, "actor", [(0, 7)], source=statement.id, role="speaker"
    )
    assert gesture.title == "tag actor “Navalny” as speaker"
    assert gesture.annotation == statement.id
    workspace.do(gesture.command, title=gesture.title, article=article)
    (relation,) = contents(workspace).relations
    speaker = contents(workspace).annotation(relation.target)
    assert speaker is not None
    assert (relation.source, relation.role, speaker.quote) == (statement.id, "speaker", "Navalny")
    workspace.undo(article)
    assert contents(workspace).annotations == before.annotations
    assert contents(workspace).relations == ()


def test_words_tagged_already_fill_the_slot_as_they_are(workspace: Workspace) -> None:
    statement = tagged(workspace, "statement", "Navalny said “free all”")
    actor = tagged(workspace, "actor", "Navalny")
    now, codebook = contents(workspace), workspace.codebook
    ranges = [(actor.start, actor.end)]
    gesture = gestures.tag_for_role(
        now, codebook, "actor", ranges, source=statement.id, role="speaker"
    )
    workspace.do(gesture.command, title=gesture.title)
    assert [r.target for r in contents(workspace).relations] == [actor.id]
    assert len(contents(workspace)) == 2
    with pytest.raises(Refused, match="does not take an event"):
        gestures.tag_for_role(now, codebook, "event", ranges, source=statement.id, role="speaker")


def test_a_slot_for_one_target_is_filled_anew(workspace: Workspace) -> None:
    small, large = tagged(workspace, "number", "2500"), tagged(workspace, "number", "all")
    codebook = workspace.codebook
    first = gestures.relate(contents(workspace), codebook, small.id, "part_of", large.id)
    workspace.do(first.command, title=first.title)
    start = TEXT.index("people")
    ranges = [(start, start + 6)]
    gesture = gestures.tag_for_role(
        contents(workspace), codebook, "number", ranges, source=small.id, role="part_of"
    )
    workspace.do(gesture.command, title=gesture.title)
    (relation,) = contents(workspace).relations
    assert relation.target not in (large.id, small.id)


def test_a_relation_that_no_longer_fits_its_source_goes_too(workspace: Workspace) -> None:
    statement = tagged(workspace, "statement", "Navalny said “free all”")
    actor = tagged(workspace, "actor", "Navalny")
    codebook, article = workspace.codebook, actor.article
    gesture = gestures.relate(contents(workspace), codebook, statement.id, "speaker", actor.id)
    workspace.do(gesture.command, title=gesture.title, article=article)
    gesture = gestures.retype(contents(workspace), codebook, statement.id, "event")
    workspace.do(gesture.command, title=gesture.title, article=article)
    assert contents(workspace).relations == ()
    workspace.undo(article)
    assert len(contents(workspace).relations) == 1


ALIKE = (
    "Aleksei Navalny came back. Navalny’s friends met Navalny; Yulia Navalny did not."
    " Police arrested people. The police hit people."
)


def alike_project(tmp_path: Path, codebook: Codebook) -> Workspace:
    made = Workspace.create(tmp_path / "a.pressmark", name="A", codebook=codebook, annotator="Ann")
    article = Article(id=new_id(), title="T", text=ALIKE, sha256=sha256_of(ALIKE))
    made.do(AddArticle(article=article), title="add")
    record = Record(id=new_id(), kind="actor", name="Aleksei Navalny", aliases=("Navalny",))
    made.do(AddRecord(record=record), title="record")
    return made


def place_of(words: str, text: str = ALIKE) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def run(ws: Workspace, gesture: gestures.Gesture) -> None:
    ws.do(gesture.command, title=gesture.title, article=ws.article_ids()[0])


def test_a_name_is_tagged_alike_with_its_record_in_one_step(
    tmp_path: Path, codebook: Codebook
) -> None:
    with alike_project(tmp_path, codebook) as ws:
        first = gestures.tag(contents(ws), codebook, "actor", [place_of("Aleksei Navalny")])
        run(ws, first)
        mark = contents(ws).annotation(first.annotation)
        assert mark is not None
        record = ws.records("actor")[0]
        ws.do(LinkRecord(id=mark.id, version=mark.version, record=record.id), title="link")
        before = contents(ws).annotations
        done = gestures.tag_alike(contents(ws), codebook, mark.id)
        assert done.title == "tag 2 alike “Aleksei Navalny”"
        assert done.annotation == mark.id
        run(ws, done)
        copies = [a for a in contents(ws).annotations if a.id != mark.id]
        assert [a.quote for a in copies] == ["Navalny", "Navalny"]
        assert {a.record for a in copies} == {record.id}
        assert {a.origin for a in copies} == {f"propagated:{mark.id}"}
        assert all(dict(a.attributes) == dict(mark.attributes) for a in copies)
        with pytest.raises(Refused, match="No other “Aleksei Navalny” is left"):
            gestures.tag_alike(contents(ws), codebook, mark.id)
        # From a short form the long one, marked already, is left alone.
        with pytest.raises(Refused, match="left to mark"):
            gestures.tag_alike(contents(ws), codebook, copies[0].id)
        ws.undo(ws.article_ids()[0])
        assert contents(ws).annotations == before


def test_other_words_are_tagged_alike_without_a_record(tmp_path: Path, codebook: Codebook) -> None:
    with alike_project(tmp_path, codebook) as ws:
        run(ws, gestures.tag(contents(ws), codebook, "actor", [place_of("Police")]))
        (mark,) = contents(ws).annotations
        record = ws.records("actor")[0]
        ws.do(LinkRecord(id=mark.id, version=mark.version, record=record.id), title="link")
        run(ws, gestures.tag_alike(contents(ws), codebook, mark.id))
        copy = contents(ws).annotations[1]
        assert (copy.quote, copy.record) == ("police", None)


def test_a_mark_with_gaps_has_nothing_like_it(workspace: Workspace, codebook: Codebook) -> None:
    mark = tagged(workspace, "event", "arrested")
    ranges = (place_of("arrested", TEXT), place_of("today", TEXT))
    run(workspace, gestures.reshape(contents(workspace), mark.id, ranges))
    with pytest.raises(Refused, match="with gaps"):
        gestures.tag_alike(contents(workspace), codebook, mark.id)


def test_fragments_are_added_and_taken_out_and_one_undo_brings_each_back(
    workspace: Workspace,
) -> None:
    mark = tagged(workspace, "event", "arrested")
    article = workspace.article_ids()[0]
    ranges = (place_of("arrested", TEXT), place_of("today", TEXT))
    added = gestures.reshape(contents(workspace), mark.id, ranges)
    assert added.title == "add “today” to “arrested”"
    run(workspace, added)
    assert contents(workspace).annotations[0].quote == "arrested … today"
    with pytest.raises(Refused, match="already"):
        gestures.reshape(contents(workspace), mark.id, ranges)
    taken = gestures.reshape(contents(workspace), mark.id, ranges[1:])
    assert taken.title == "take “arrested” out of “arrested … today”"
    run(workspace, taken)
    assert contents(workspace).annotations[0].quote == "today"
    workspace.undo(article)
    assert contents(workspace).annotations[0].quote == "arrested … today"
    workspace.undo(article)
    assert contents(workspace).annotations[0].quote == "arrested"


def test_a_number_starts_with_what_its_words_say() -> None:
    press = read_codebook(resource("codebooks/press.yaml"))
    number = press.type("number")
    assert number is not None
    found = gestures.defaults(number, "more than 40")
    assert (found["value"], found["low"], found["modifier"]) == (40, 41, "more_than")
    assert "high" not in found
    assert gestures.defaults(number, "Thousands")["vague_term"] == "thousands"
    assert gestures.defaults(number, "no figure")["modifier"] == "exact"
