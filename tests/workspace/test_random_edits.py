"""Whatever is done can be taken back exactly, in any order of edits, across restarts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from app.model.annotation import Evidence, Fragment, fragments_of
from app.model.article import STATES, Article, Status
from app.model.bookmark import Bookmark, Rejection
from app.model.changes import Change
from app.model.commands import (
    AddAnnotation,
    AddRecord,
    AddRelation,
    Batch,
    ClearBookmark,
    ClearStatus,
    Command,
    DeleteAnnotation,
    DeleteRecord,
    DeleteRelation,
    EditAnnotation,
    EditArticle,
    EditRecord,
    EditRelation,
    LinkRecord,
    RejectSuggestion,
    SetBookmark,
    SetStatus,
    UnrejectSuggestion,
)
from app.model.contents import ArticleContents
from app.model.errors import Refused
from app.workspace import Workspace
from tests.projects import link, mark, person, rows, with_article

Numbers = tuple[int, int, int]
EDITS = st.lists(
    st.tuples(st.integers(0, 15), st.integers(0, 200), st.integers(0, 200), st.integers(0, 200)),
    min_size=1,
    max_size=12,
)
VALUES = {
    "realis": ("actual", "planned", None),
    "forms": ((), ("march",), ("march", "sit-in")),
    "note": ("", "ünï 😀", None),
    "size": (0, 2.5, -1),
    "count": (7, None),
    "violent": (True, False),
    "day": ("2021", "2021-01-23"),
}


class Editor:
    """Turns numbers into commands that fit what the project holds at that moment."""

    def __init__(self, ws: Workspace, article: Article) -> None:
        self.ws = ws
        self.story = article.id

    def command(self, number: int, picks: Numbers) -> Command | None:
        makers: list[Callable[[ArticleContents, Numbers], Command | None]] = [
            self._add,
            self._add,
            self._edit,
            self._edit,
            self._reshape,
            self._link,
            self._delete,
            self._relate,
            self._edit_relation,
            self._unrelate,
            self._status,
            self._record,
            self._edit_article,
            self._batch,
            self._bookmark,
            self._reject,
        ]
        return makers[number](self.ws.contents(self.story), picks)

    def _add(self, now: ArticleContents, picks: Numbers) -> Command:
        a, b, c = picks
        length = len(now.article.text)
        start = a % (length - 1)
        end = start + 1 + b % (length - start - 1)
        return AddAnnotation(
            annotation=mark(now.article, start, end, type=("event", "actor")[c % 2])
        )

    def _edit(self, now: ArticleContents, picks: Numbers) -> Command | None:
        a, b, c = picks
        if not len(now):
            return None
        it = now.at(a % len(now))
        if it.type == "actor":
            return EditAnnotation(
                id=it.id, version=it.version, comment=f"note {b}", attributes={"office": "x"}
            )
        name = sorted(VALUES)[b % len(VALUES)]
        value = VALUES[name][c % len(VALUES[name])]
        place = Fragment(0, 1, now.article.text[0:1])
        return EditAnnotation(
            id=it.id,
            version=it.version,
            attributes={name: value},  # type: ignore[dict-item]
            unset=("note",) if c % 3 == 0 else (),
            certainty="unsure" if c % 2 else None,
            evidence=(
                Evidence(
                    attribute="place",
                    fragments=(place,),
                    value="Moscow",
                    attributes={"country": None},
                ),
            )
            if b % 2
            else None,
        )

    def _reshape(self, now: ArticleContents, picks: Numbers) -> Command | None:
        a, b, _ = picks
        if not len(now):
            return None
        it = now.at(a % len(now))
        parts = fragments_of(now.article.text, [(b % 50, b % 50 + 3), (60, 65)])
        return EditAnnotation(id=it.id, version=it.version, fragments=parts)

    def _link(self, now: ArticleContents, picks: Numbers) -> Command | None:
        a, b, _ = picks
        actors = [it for it in now.annotations if it.type == "actor"]
        known = self.ws.records("person")
        if not actors:
            return None
        it = actors[a % len(actors)]
        record = known[b % len(known)].id if known and b % 4 else None
        return LinkRecord(id=it.id, version=it.version, record=record)

    def _delete(self, now: ArticleContents, picks: Numbers) -> Command | None:
        if not len(now):
            return None
        it = now.at(picks[0] % len(now))
        return DeleteAnnotation(id=it.id, version=it.version)

    def _relate(self, now: ArticleContents, picks: Numbers) -> Command | None:
        events = [it for it in now.annotations if it.type == "event"]
        actors = [it for it in now.annotations if it.type == "actor"]
        if not events or not actors:
            return None
        return AddRelation(
            relation=link(events[picks[0] % len(events)], actors[picks[1] % len(actors)])
        )

    def _edit_relation(self, now: ArticleContents, picks: Numbers) -> Command | None:
        if not now.relations:
            return None
        it = now.relations[picks[0] % len(now.relations)]
        return EditRelation(id=it.id, version=it.version, attributes={"sure": bool(picks[1] % 2)})

    def _unrelate(self, now: ArticleContents, picks: Numbers) -> Command | None:
        if not now.relations:
            return None
        it = now.relations[picks[0] % len(now.relations)]
        return DeleteRelation(id=it.id, version=it.version)

    def _status(self, now: ArticleContents, picks: Numbers) -> Command:
        a, b, _ = picks
        if a % 5 == 0:
            return ClearStatus(article=now.article.id, layer="ann")
        status = Status(
            article=now.article.id, layer="ann", state=STATES[a % 4], note=str(b), seconds=b
        )
        return SetStatus(status=status)

    def _bookmark(self, now: ArticleContents, picks: Numbers) -> Command:
        a, b, _ = picks
        offset = a % 4
        kept = now.bookmark(offset)
        if kept and b % 2:
            return ClearBookmark(
                article=now.article.id, layer="ann", offset=offset, version=kept.version
            )
        fresh = Bookmark(article=now.article.id, layer="ann", offset=offset)
        return SetBookmark(bookmark=replace(kept or fresh, note=f"{b} 😀"))

    def _reject(self, now: ArticleContents, picks: Numbers) -> Command:
        a, b, _ = picks
        name, article = f"suggestion {a % 3}", now.article
        if b % 3 == 0:
            return UnrejectSuggestion(article=article.id, layer="ann", id=name)
        return RejectSuggestion(
            rejection=Rejection(
                id=name,
                article=article.id,
                layer="ann",
                type="event",
                start=b % 9,
                end=b % 9 + 1,
                quote=article.text[b % 9],
                suggester="words",
            )
        )

    def _record(self, now: ArticleContents, picks: Numbers) -> Command:
        a, b, _ = picks
        known = self.ws.records("person")
        if not known or a % 3 == 0:
            return AddRecord(
                record=person(f"Person {b}", aliases=("Ali", "Älï"), external={"wikidata": "Q1"})
            )
        record = known[b % len(known)]
        if a % 3 == 1:
            return EditRecord(
                record=replace(record, name=f"{record.name}!", attributes={"party": None})
            )
        return DeleteRecord(id=record.id, version=record.version)

    def _edit_article(self, now: ArticleContents, picks: Numbers) -> Command:
        a, b, _ = picks
        it = now.article
        return EditArticle(
            id=it.id, version=it.version, title=f"Title {a}", metadata={"b": b, "none": None}
        )

    def _batch(self, now: ArticleContents, picks: Numbers) -> Command | None:
        first = self._add(now, picks)
        second = self._edit(now, picks)
        assert isinstance(first, AddAnnotation)
        event = replace(first.annotation, type="event")
        actor = mark(now.article, 0, 9, type="actor")
        steps: list[Command] = [AddAnnotation(annotation=event), AddAnnotation(annotation=actor)]
        steps += [second] if second else []
        return Batch(steps=(*steps, AddRelation(relation=link(event, actor))))


def do_all(ws: Workspace, article: Article, edits: list[tuple[int, int, int, int]]) -> None:
    editor = Editor(ws, article)
    for number, *picks in edits:
        command = editor.command(number, tuple(picks))  # type: ignore[arg-type]
        if command is not None:
            try:
                ws.do(command, title=command.op, article=article.id)
            except Refused as refused:
                assert "mention" in str(refused)  # noqa: PT017 - a record in use is not deleted


def undo_all(ws: Workspace, article: Article) -> int:
    steps = 0
    while ws.undo(article.id):
        steps += 1
    return steps


@given(EDITS)
def test_each_edit_is_taken_back_exactly(edits: list[tuple[int, int, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        ws, article = with_article(Path(folder))
        with ws:
            editor = Editor(ws, article)
            for number, *picks in edits:
                before = rows(ws.location)
                command = editor.command(number, tuple(picks))  # type: ignore[arg-type]
                if command is None:
                    continue
                try:
                    ws.do(command, title="x", article=article.id)
                except Refused:
                    assert rows(ws.location) == before
                    continue
                after = rows(ws.location)
                assert ws.undo(article.id)
                assert rows(ws.location) == before
                assert ws.redo(article.id)
                assert rows(ws.location) == after


@given(EDITS)
def test_all_is_undone_to_the_start_and_redone_across_restarts(
    edits: list[tuple[int, int, int, int]],
) -> None:
    with TemporaryDirectory() as folder:
        ws, article = with_article(Path(folder))
        start = rows(ws.location)
        with ws:
            do_all(ws, article, edits)
            end = rows(ws.location)
        with Workspace.open(ws.location, annotator="ann") as ws:
            steps = undo_all(ws, article)
            assert rows(ws.location) == start
        with Workspace.open(ws.location, annotator="ann") as ws:
            while ws.redo(article.id):
                steps -= 1
            assert steps == 0
            assert rows(ws.location) == end
            undo_all(ws, article)
            assert rows(ws.location) == start
            assert ws.check().ok


@given(EDITS, st.integers(0, 5))
def test_contents_kept_change_by_change_equal_a_fresh_load(
    edits: list[tuple[int, int, int, int]], undos: int
) -> None:
    with TemporaryDirectory() as folder:
        ws, article = with_article(Path(folder))
        with ws:
            kept = ws.contents(article.id)
            ws.subscribe(kept.apply)
            do_all(ws, article, edits)
            for _ in range(undos):
                ws.undo(article.id)
            for _ in range(undos // 2):
                ws.redo(article.id)
            assert_same(kept, ws.contents(article.id))


@given(EDITS)
def test_another_process_sees_the_same_by_polling(edits: list[tuple[int, int, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        ws, article = with_article(Path(folder))
        with ws, Workspace.open(ws.location, annotator="bob") as other:
            other.do(SetStatus(status=Status(article=article.id, layer="bob")), title="look")
            ws.poll()
            assert other.layer == "bob"
            view = Workspace.open(ws.location, annotator="ann")
            with view:
                kept = view.contents(article.id)
                heard: list[Change] = []
                view.subscribe(heard.append)
                view.subscribe(kept.apply)
                do_all(ws, article, edits)
                view.poll()
                assert_same(kept, view.contents(article.id))
                assert not view.poll()
                assert [c.seq for c in heard] == sorted(c.seq for c in heard)


def assert_same(kept: ArticleContents, fresh: ArticleContents) -> None:
    assert kept.article == fresh.article
    assert kept.annotations == fresh.annotations
    assert kept.relations == fresh.relations
    assert kept.status == fresh.status
    assert kept.bookmarks == fresh.bookmarks
    assert kept.rejections == fresh.rejections
    for annotation in fresh.annotations:
        assert kept.outgoing(annotation.id) == fresh.outgoing(annotation.id)
        assert kept.incoming(annotation.id) == fresh.incoming(annotation.id)
        assert kept.index(annotation.id) == fresh.index(annotation.id)
        assert kept.label(annotation) == fresh.label(annotation)
