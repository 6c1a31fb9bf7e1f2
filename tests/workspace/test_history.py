"""The history: what each step did, articles as they were, single steps taken back, the trash."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from app.model.annotation import Annotation
from app.model.article import Status
from app.model.commands import (
    AddAnnotation,
    AddArticle,
    AddRecord,
    AddRelation,
    DeleteAnnotation,
    DeleteArticle,
    EditAnnotation,
    LinkRecord,
    SetStatus,
)
from app.model.contents import ArticleContents
from app.model.differences import differences
from app.model.errors import Refused
from app.workspace import Workspace, gestures
from tests.projects import article, link, mark, person, project

TEXT = "Police in Łódź 😀 arrested 40 students. The students protested on Monday."


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with project(tmp_path) as made:
        yield made


def story(ws: Workspace, text: str = TEXT) -> str:
    made = article(text, title="Story")
    ws.do(AddArticle(article=made), title="import")
    return made.id


def tag(ws: Workspace, article_id: str, type_name: str, words: str) -> Annotation:
    text = ws.contents(article_id).article.text
    start = text.index(words)
    made = mark(ws.contents(article_id).article, start, start + len(words), type=type_name)
    change = ws.do(
        AddAnnotation(annotation=made), title=f"tag {type_name}: {words}", article=article_id
    )
    return change.annotations[0]


def edit(ws: Workspace, mark_id: str, **values: object) -> int:
    here = next(a for i in ws.article_ids() if (a := ws.contents(i).annotation(mark_id)))
    command = EditAnnotation(id=mark_id, version=here.version, **values)  # type: ignore[arg-type]
    return ws.do(command, title="edit", article=here.article).seq


def state(contents: ArticleContents) -> tuple[object, ...]:
    return (
        contents.article,
        contents.annotations,
        contents.relations,
        contents.status,
        tuple(sorted(record.id for record in contents.records)),
    )


class TestWhatHappened:
    def test_an_edit_says_what_was_there_before_and_after(self, ws: Workspace) -> None:
        event = tag(ws, story(ws), "event", "arrested")
        seq = edit(ws, event.id, attributes={"note": "by night"}, certainty="unsure")
        (one,) = ws.what_happened(seq)
        assert (one.kind, one.id) == ("annotation", event.id)
        assert differences(one) == (
            (("", "certainty"), "sure", "unsure"),
            (("attribute", "note"), None, "by night"),
        )

    def test_removing_a_mark_takes_its_links_along(self, ws: Workspace) -> None:
        place = story(ws)
        event, actor = tag(ws, place, "event", "arrested"), tag(ws, place, "actor", "Police")
        relation = link(event, actor)
        ws.do(AddRelation(relation=relation), title="link", article=place)
        here = ws.contents(place).annotation(actor.id)
        assert here is not None
        command = DeleteAnnotation(id=actor.id, version=here.version)
        found = ws.what_happened(ws.do(command, title="remove", article=place).seq)
        assert {(one.kind, one.id) for one in found} == {
            ("annotation", actor.id),
            ("relation", relation.id),
        }
        assert all(one.before is not None and one.after is None for one in found)

    def test_undo_and_redo_tell_the_way_back_and_forth(self, ws: Workspace) -> None:
        place = story(ws)
        event = tag(ws, place, "event", "arrested")
        edit(ws, event.id, comment="why?")
        undone = ws.undo(place)
        assert undone is not None
        (one,) = ws.what_happened(undone.seq)
        assert differences(one) == ((("", "comment"), "why?", ""),)
        again = ws.redo(place)
        assert again is not None
        (one,) = ws.what_happened(again.seq)
        assert differences(one) == ((("", "comment"), "", "why?"),)

    def test_links_to_the_registry_and_states(self, ws: Workspace) -> None:
        place = story(ws)
        actor, who = tag(ws, place, "actor", "Police"), person("Police of Łódź")
        ws.do(AddRecord(record=who), title="add")
        seq = ws.do(
            LinkRecord(id=actor.id, version=actor.version, record=who.id),
            title="link",
            article=place,
        ).seq
        (one,) = ws.what_happened(seq)
        assert differences(one) == ((("", "record"), "", who.id),)
        status = Status(article=place, layer=ws.layer, state="done")
        (one,) = ws.what_happened(ws.do(SetStatus(status=status), title="done", article=place).seq)
        assert differences(one) == ((("", "state"), None, "done"),)

    def test_there_is_no_such_step(self, ws: Workspace) -> None:
        with pytest.raises(Refused, match="no step 999"):
            ws.what_happened(999)


class TestPages:
    def test_pages_go_back_in_time(self, ws: Workspace) -> None:
        place = story(ws)
        for words in ("Police", "students", "arrested"):
            tag(ws, place, "actor", words)
        first = ws.history_page(limit=2)
        assert [one.title for one in first] == ["tag actor: arrested", "tag actor: students"]
        second = ws.history_page(limit=2, before=first[-1].seq)
        assert [one.title for one in second] == ["tag actor: Police", "import"]
        assert [one.article_title for one in second] == ["Story", ""]
        rest = ws.history_page(before=second[-1].seq)
        assert rest[-1].seq == 1

    def test_of_an_article_of_a_mark_and_with_words(self, ws: Workspace) -> None:
        place, other = story(ws), story(ws, "Another one was arrested.")
        event = tag(ws, place, "event", "arrested")
        tag(ws, other, "event", "arrested")
        edit(ws, event.id, comment="x")
        assert len(ws.history_page(article=place)) == 2
        assert [one.title for one in ws.history_page(about=event.id)] == [
            "edit",
            "tag event: arrested",
        ]
        assert len(ws.history_page(words="EVENT tag")) == 2
        assert ws.history_page(words="100%_") == ()

    def test_what_was_undone_is_signed(self, ws: Workspace) -> None:
        place = story(ws)
        tag(ws, place, "event", "arrested")
        ws.undo(place)
        undo, do = ws.history_page(article=place)
        assert (undo.kind, undo.undone, do.undone) == ("undo", False, True)
        ws.redo(place)
        assert not any(one.undone for one in ws.history_page(article=place))


def test_an_article_as_it_was_after_any_step_of_a_random_history(ws: Workspace) -> None:
    random = Random(7)
    places = [story(ws), story(ws, "Students protested. Police came.")]
    records = [person("Police of Łódź"), person("Students")]
    for record in records:
        ws.do(AddRecord(record=record), title="add")
    seen: dict[tuple[str, int], tuple[object, ...]] = {}
    words = {places[0]: TEXT.split(), places[1]: "Students protested. Police came.".split()}
    for _ in range(120):
        place = random.choice(places)
        contents = ws.contents(place)
        marks = contents.annotations
        chosen = random.choice(marks) if marks else None
        what = random.randrange(8)
        if what < 3 or chosen is None:
            tag(ws, place, random.choice(["actor", "event"]), random.choice(words[place]))
        elif what == 3:
            edit(ws, chosen.id, comment=str(random.random()))
        elif what == 4:
            command = DeleteAnnotation(id=chosen.id, version=chosen.version)
            ws.do(command, title="remove", article=place)
        elif what == 5 and chosen.type == "actor":
            wanted = random.choice([None, *(record.id for record in records)])
            command_ = LinkRecord(id=chosen.id, version=chosen.version, record=wanted)
            ws.do(command_, title="link", article=place)
        elif what == 6:
            ws.undo(place)
        else:
            ws.redo(place)
        for one in places:
            seen[one, ws._store.last_seq] = state(ws.contents(one))
    assert len(seen) > 150
    for (place, seq), before in seen.items():
        assert state(ws.article_at(place, seq)) == before
    with pytest.raises(Refused, match="not in the project then"):
        ws.article_at(places[0], 1)


class TestTakingBack:
    def test_a_step_of_last_week_goes_and_later_ones_stay(self, ws: Workspace) -> None:
        place = story(ws)
        first = tag(ws, place, "event", "arrested")
        second = tag(ws, place, "actor", "Police")
        step = first.version
        assert ws.dependents(step) == ()
        change = ws.take_back(step)
        assert change.removed_annotations == (first.id,)
        assert [a.id for a in ws.contents(place).annotations] == [second.id]
        assert ws.undo_title(place) == "tag actor: Police"
        assert ws.redo_title(place) == "tag event: arrested"
        ws.redo(place)
        assert len(ws.contents(place).annotations) == 2
        assert ws.check().ok

    def test_what_depends_on_it_is_listed_and_it_stays(self, ws: Workspace) -> None:
        place = story(ws)
        event, actor = tag(ws, place, "event", "arrested"), tag(ws, place, "actor", "Police")
        edit(ws, event.id, comment="x")
        ws.do(AddRelation(relation=link(event, actor)), title="link", article=place)
        assert [one.title for one in ws.dependents(event.version)] == ["edit", "link"]
        assert [one.title for one in ws.dependents(actor.version)] == ["link"]
        with pytest.raises(Refused, match="2 later steps depend on it; the newest is “link”"):
            ws.take_back(event.version)
        ws.undo(place)
        ws.undo(place)
        assert ws.dependents(event.version) == ()
        ws.take_back(event.version)
        assert [a.id for a in ws.contents(place).annotations] == [actor.id]

    def test_an_old_edit_under_a_newer_one_stays(self, ws: Workspace) -> None:
        event = tag(ws, story(ws), "event", "arrested")
        seq = edit(ws, event.id, comment="a")
        edit(ws, event.id, attributes={"note": "b"})
        with pytest.raises(Refused, match="A later step depends on it"):
            ws.take_back(seq)

    def test_what_somebody_else_did(self, ws: Workspace, tmp_path: Path) -> None:
        place = story(ws)
        event = tag(ws, place, "event", "arrested")
        with Workspace.open(ws.location, annotator="Bob") as other:
            change = other.take_back(event.version)
            assert change.kind == "do"
            assert change.title == f"take back {ws.annotator}’s “tag event: arrested”"
            assert other.undo_title(place) == change.title
            other.undo(place)
            assert len(ws.contents(place).annotations) == 1
            assert other.check().ok

    def test_twice_is_refused_and_so_is_the_making_of_the_project(self, ws: Workspace) -> None:
        event = tag(ws, story(ws), "event", "arrested")
        ws.take_back(event.version)
        with pytest.raises(Refused, match="was already"):
            ws.take_back(event.version)
        with pytest.raises(Refused, match="no step 0"):
            ws.take_back(0)

    def test_an_import_of_which_something_was_made(self, ws: Workspace) -> None:
        place = story(ws)
        event = tag(ws, place, "event", "arrested")
        (step,) = [one.step for one in ws.history_page() if one.title == "import"]
        assert [one.seq for one in ws.dependents(step)] == [event.version]


class TestTrash:
    def test_a_mark_comes_back_with_its_links(self, ws: Workspace) -> None:
        place = story(ws)
        event, actor = tag(ws, place, "event", "arrested"), tag(ws, place, "actor", "Police")
        ws.do(AddRelation(relation=link(event, actor)), title="link", article=place)
        before = ws.contents(place)
        here = before.annotation(actor.id)
        assert here is not None
        ws.do(DeleteAnnotation(id=actor.id, version=here.version), title="remove", article=place)
        (thing,) = ws.trash()
        assert (thing.kind, thing.label, thing.type) == ("annotation", "Police", "actor")
        assert (thing.article_title, thing.by) == ("Story", ws.annotator)
        change = ws.restore(thing)
        assert change.title == "restore “Police”"
        now = ws.contents(place)
        assert [a.quote for a in now.annotations] == [a.quote for a in before.annotations]
        assert [r.id for r in now.relations] == [r.id for r in before.relations]
        assert ws.trash() == ()
        ws.undo(place)
        assert len(ws.trash()) == 1
        assert ws.check().ok

    def test_a_link_to_what_is_gone_stays_in_the_trash(self, ws: Workspace) -> None:
        place = story(ws)
        event, actor = tag(ws, place, "event", "arrested"), tag(ws, place, "actor", "Police")
        ws.do(AddRelation(relation=link(event, actor)), title="link", article=place)
        for one in (actor, event):
            here = ws.contents(place).annotation(one.id)
            assert here is not None
            ws.do(DeleteAnnotation(id=one.id, version=here.version), title="remove", article=place)
        thing = next(one for one in ws.trash() if one.id == actor.id)
        ws.restore(thing)
        assert ws.contents(place).relations == ()
        assert ws.check().ok
        with pytest.raises(Refused, match="not in the trash"):
            ws.restore(thing)

    def test_an_article_comes_back_with_everything(self, ws: Workspace) -> None:
        place = story(ws)
        tag(ws, place, "event", "arrested")
        before = ws.contents(place)
        ws.do(DeleteArticle(id=place, version=before.article.version), title="remove")
        (thing,) = ws.trash()
        assert (thing.kind, thing.label) == ("article", "Story")
        ws.restore(thing)
        assert ws.contents(place).annotations == before.annotations
        assert ws.contents(place).article.text == TEXT
        assert ws.check().ok

    def test_emptying_it_makes_a_copy_first_and_can_be_undone(
        self, ws: Workspace, tmp_path: Path
    ) -> None:
        place, other = story(ws), story(ws, "Another one was arrested.")
        event, actor = tag(ws, place, "event", "arrested"), tag(ws, place, "actor", "Police")
        ws.do(AddRelation(relation=link(event, actor)), title="link", article=place)
        far = tag(ws, other, "event", "arrested")
        done = Status(article=place, layer=ws.layer, state="done")
        ws.do(SetStatus(status=done), title="done", article=place)
        ws.do(gestures.switch_bookmark(ws.contents(place), (0, 6)).command, title="bookmark")
        ws.do(DeleteArticle(id=place, version=ws.contents(place).article.version), title="remove")
        ws.do(DeleteAnnotation(id=far.id, version=far.version), title="remove", article=other)
        copy = tmp_path / "copy.pressmark"
        assert ws.purge(copy) == (2, copy)
        assert ws.trash() == ()
        assert ws.check().ok
        assert ws.article_ids() == (other,)
        with Workspace.open(copy, annotator="ann", read_only=True) as kept:
            assert len(kept.trash()) == 2
        assert ws.purge(tmp_path / "none.pressmark") == (0, None)
        assert not (tmp_path / "none.pressmark").exists()
        ws.undo(None)
        assert len(ws.trash()) == 2
        assert ws.check().ok

    def test_emptied_twice_within_a_second_each_has_its_own_copy(self, ws: Workspace) -> None:
        place = story(ws)
        copies = set()
        for _ in range(3):
            mark = tag(ws, place, "event", "arrested")
            ws.do(DeleteAnnotation(id=mark.id, version=mark.version), title="remove", article=place)
            copies.add(ws.purge())
        assert len(copies) == 3
        assert all(gone == 1 and copy and copy.exists() for gone, copy in copies)


def test_a_mark_as_it_was_before(ws: Workspace) -> None:
    place = story(ws)
    event = tag(ws, place, "event", "arrested")
    edit(ws, event.id, attributes={"note": "b"}, comment="c")
    gesture = gestures.restore_as(ws.contents(place), event)
    assert gesture.title == "restore “arrested”"
    ws.do(gesture.command, title=gesture.title, article=place)
    now = ws.contents(place).annotation(event.id)
    assert now is not None
    assert (dict(now.attributes), now.comment) == (dict(event.attributes), "")
    with pytest.raises(Refused, match="like that now"):
        gestures.restore_as(ws.contents(place), event)
