"""Searching everything: what is found, in which order, and exactly where it stands."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.model.annotation import Annotation
from app.model.article import Article, Status
from app.model.bookmark import Bookmark
from app.model.commands import (
    AddAnnotation,
    AddArticle,
    AddRecord,
    Batch,
    Command,
    DeleteArticle,
    SetBookmark,
    SetStatus,
)
from app.model.hits import SNIPPET, Found, MarkQuery, snippet_of
from app.storage.search import FIRST
from app.workspace import Workspace
from tests.projects import article, mark, person, project

AWKWARD = (
    "😀 Étudiants 👩‍👩‍👧 e\u0301tudiants.\u2028Protests in Łódź — protest! "
    + "x " * 200
    + "protest"
)


def never() -> bool:
    return False


def last(news: Iterator[Found]) -> Found:
    return list(news)[-1]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with project(tmp_path) as ws:
        yield ws


def put(ws: Workspace, *texts: str) -> list[Article]:
    steps = tuple(AddArticle(article=article(text, title=f"T{n}")) for n, text in enumerate(texts))
    return list(ws.do(Batch(steps=steps), title="import").articles)


def found_words(ws: Workspace, words: str) -> list[list[str]]:
    """Return the marked words of each hit, as they stand in the snippet."""
    hits = ws.text_hits(words, last(ws.search_texts(words, never)).keys)
    return [[hit.snippet[start:end] for start, end in hit.marked] for hit in hits]


@pytest.mark.parametrize(
    ("words", "marked", "count"),
    [
        ("etudiants", ["Étudiants", "e\u0301tudiants"], 2),
        ("prote*", ["Protests", "protest"], 3),
        ('"protests in"', ["Protests in"], 1),
        ("lodz", [], 0),
        ("łódz", ["Łódź"], 1),
        ("protest -nothing", ["protest"], 2),
    ],
)
def test_places_are_code_points(ws: Workspace, words: str, marked: list[str], count: int) -> None:
    (story,) = put(ws, AWKWARD)
    found = last(ws.search_texts(words + " ", never))
    hits = ws.text_hits(words, found.keys)
    assert found_words(ws, words) == ([marked] if count else [])
    for hit in hits:
        assert hit.count == count
        assert story.text[hit.start : hit.end].lower().startswith(marked[0].lower())
        assert len(hit.snippet) <= SNIPPET + 2


def test_words_in_the_title_show_the_beginning(ws: Workspace) -> None:
    put(ws, "Nothing of it here.")
    (hit,) = ws.text_hits("T0", last(ws.search_texts("T0", never)).keys)
    assert (hit.start, hit.end, hit.count, hit.marked) == (0, 0, 0, ())
    assert hit.snippet == "Nothing of it here."


def test_text_that_looks_like_markup_stays_as_it_is(ws: Workspace) -> None:
    put(ws, "a <b>strike</b> \x02strike\x03 &amp; strike")
    assert found_words(ws, "strike") == [["strike"] * 3]


def test_first_ones_come_at_once_and_the_best_at_last(ws: Workspace) -> None:
    stories = put(ws, *["the police said nothing"] * FIRST, "strike " * 9, "police " * 9)
    news = list(ws.search_texts("police", never))
    assert [one.stage for one in news] == ["first", "counted", "all"]
    assert [len(one.keys) for one in news] == [FIRST, FIRST, FIRST + 1]
    assert news[1].articles == news[2].articles == news[2].count == FIRST + 1
    assert news[2].keys[0] == stories[-1].position
    assert [one.stage for one in ws.search_texts("strike", never)] == ["all"]
    assert list(ws.search_texts("-", never)) == [Found(keys=(), count=0, articles=0, stage="all")]


def test_what_lies_in_the_trash_is_not_found(ws: Workspace) -> None:
    first, *_ = put(ws, *["police"] * (FIRST + 2))
    ws.do(AddAnnotation(annotation=mark(first, 0, 3)), title="tag")
    ws.do(SetBookmark(bookmark=Bookmark(article=first.id, layer="ann", offset=0)), title="bookmark")
    ws.do(DeleteArticle(id=first.id, version=first.version), title="delete")
    news = list(ws.search_texts("police", never))
    assert [one.count for one in news] == [FIRST, FIRST + 1, FIRST + 1]
    assert first.position not in news[-1].keys
    assert ws.text_hits("police", [first.position]) == ()
    assert last(ws.search_marks(MarkQuery(), never)).keys == ()
    assert ws.bookmark_hits() == ()


def test_a_search_that_nobody_waits_for_ends(ws: Workspace) -> None:
    first, *_ = put(ws, *["police"] * (FIRST + 2))
    ws.do(AddAnnotation(annotation=mark(first, 0, 3)), title="tag")
    for calls in range(4):
        left = iter([False] * calls)
        news = list(ws.search_texts("police", lambda left=left: next(left, True)))  # type: ignore[misc]
        assert len(news) < 3
    for query in (MarkQuery(), MarkQuery(words="pol")):
        assert list(ws.search_marks(query, lambda: True)) == []


@pytest.fixture
def marks(ws: Workspace) -> tuple[Workspace, dict[str, Annotation]]:
    one, two = put(ws, AWKWARD, "Police met Ödön. " * 3)
    someone = person()
    made = {
        "a": mark(one, 2, 11, attributes={"realis": "actual", "forms": ("march", "sit-in")}),
        "b": mark(one, 2, 5, layer="bob", comment="Who says SO?"),
        "c": mark(two, 0, 6, type="actor", record=someone.id, certainty="unsure"),
        "d": mark(two, 11, 15, attributes={"realis": "planned", "note": None, "size": 2}),
    }
    steps: list[Command] = [AddRecord(record=someone)]
    steps += [AddAnnotation(annotation=it) for it in made.values()]
    steps += [SetStatus(status=Status(article=two.id, layer="ann", state="done"))]
    steps += [SetStatus(status=Status(article=one.id, layer="bob", state="flagged"))]
    ws.do(Batch(steps=tuple(steps)), title="tag")
    made["c"] = replace(made["c"], record=someone.id)
    return ws, made


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (MarkQuery(), "abcd"),
        (MarkQuery(type="event"), "abd"),
        (MarkQuery(layer="bob"), "b"),
        (MarkQuery(certainty="unsure"), "c"),
        (MarkQuery(certainty="sure", layer="ann"), "ad"),
        (MarkQuery(attribute="realis"), "ad"),
        (MarkQuery(attribute="note"), ""),
        (MarkQuery(attribute="realis", value="actual"), "a"),
        (MarkQuery(attribute="forms", value="sit-in"), "a"),
        (MarkQuery(attribute="size", value=2), "d"),
        (MarkQuery(attribute="size", value=3), ""),
        (MarkQuery(state="done"), "cd"),
        (MarkQuery(state="flagged"), "b"),
        (MarkQuery(state="in progress"), "a"),
        (MarkQuery(words="etud"), "a"),
        (MarkQuery(words="ODON"), "d"),
        (MarkQuery(words="etud", type="actor"), ""),
        (MarkQuery(words="so who", of_comment=True), "b"),
        (MarkQuery(words="etud", of_comment=True), ""),
    ],
)
def test_marks_are_found_by_what_is_known_of_them(
    marks: tuple[Workspace, dict[str, Annotation]], query: MarkQuery, names: str
) -> None:
    ws, made = marks
    assert query.is_empty == (query == MarkQuery())
    found = last(ws.search_marks(query, never))
    hits = ws.mark_hits(found.keys)
    assert {hit.annotation for hit in hits} == {made[name].id for name in names}
    assert found.count == len(names)
    assert found.articles == len({made[name].article for name in names})
    for hit in hits:
        text = ws.contents(hit.article).article.text
        known = next(it for it in made.values() if it.id == hit.annotation)
        assert (hit.start, hit.end, hit.note) == (known.start, known.end, known.comment)
        assert [hit.snippet[start:end] for start, end in hit.marked] == [known.quote]
        assert text[hit.start : hit.end] == known.quote


def test_marks_of_a_record(marks: tuple[Workspace, dict[str, Annotation]]) -> None:
    ws, made = marks
    query = MarkQuery(record=made["c"].record or "")
    assert [hit.annotation for hit in ws.mark_hits(last(ws.search_marks(query, never)).keys)] == [
        made["c"].id
    ]


def test_marks_come_in_the_order_of_the_text_and_the_first_at_once(ws: Workspace) -> None:
    (story,) = put(ws, "word " * 200)
    steps = tuple(
        AddAnnotation(annotation=mark(story, 5 * n, 5 * n + 4)) for n in reversed(range(FIRST + 9))
    )
    ws.do(Batch(steps=steps), title="tag")
    for query in (MarkQuery(), MarkQuery(words="word")):
        first, every = ws.search_marks(query, never)
        assert (first.stage, first.count, every.count) == ("first", FIRST, FIRST + 9)
        assert every.keys[:FIRST] == first.keys
        assert [hit.start for hit in ws.mark_hits(every.keys)] == [5 * n for n in range(FIRST + 9)]


def test_bookmarks_with_their_notes(ws: Workspace) -> None:
    one, two = put(ws, AWKWARD, "Else. More.")
    for of, offset, note in ((two, 6, "come back"), (one, 2, "Źródło"), (one, 14, "")):
        kept = Bookmark(article=of.id, layer="ann", offset=offset, note=note)
        ws.do(SetBookmark(bookmark=kept), title="bookmark")
    hits = ws.bookmark_hits()
    assert [(hit.article, hit.start, hit.note) for hit in hits] == [
        (one.id, 2, "Źródło"),
        (one.id, 14, ""),
        (two.id, 6, "come back"),
    ]
    assert hits[0].snippet.startswith("Étudiants")
    assert [hit.note for hit in ws.bookmark_hits("zrodło")] == ["Źródło"]
    assert [hit.snippet for hit in ws.bookmark_hits("more")] == ["More."]


def test_a_snippet_of_a_long_mark_is_cut() -> None:
    text = "Start. " + "word " * 200
    snippet, marked = snippet_of(text, ((7, 900),))
    assert snippet == text[:SNIPPET] + "…"
    assert marked == ((7, SNIPPET),)
    assert snippet_of("", ()) == ("", ())
    snippet, marked = snippet_of("y" * 500, ((400, 410),))
    assert (snippet[0], marked) == ("…", ((61, 71),))
    assert snippet_of("one\ntwo three", ((8, 13),)) == ("…two three", ((5, 10),))
