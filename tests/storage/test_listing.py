"""Listings: every sort and filter against the same done by hand."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.model.article import ArticleRow, Status
from app.model.bookmark import Bookmark
from app.model.commands import (
    AddAnnotation,
    AddArticle,
    Batch,
    Command,
    DeleteArticle,
    EditArticle,
    SetBookmark,
    SetStatus,
)
from app.model.listing import RANKED, SORTS, Listing, Sort, sort_key
from app.workspace import Workspace
from tests.projects import article, mark, project

ARTICLES = (
    ("b strike", "Times", "2021-01-23"),
    ("A march", "courier", "2020"),
    ("Élan", "Courier", ""),
    ("a march", "times", "2021-02"),
    ("Zoo", "", "2020-12-31T10:00:00Z"),
    ("gone", "Times", "2021-01-01"),
)


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with project(tmp_path_factory.mktemp("listing")) as ws:
        steps: list[Command] = [
            AddArticle(article=article(f"Text of {title}.", title=title, source=s, published=d))
            for title, s, d in ARTICLES
        ]
        made = ws.do(Batch(steps=tuple(steps)), title="import").articles
        one, two, three, _, five, gone = made
        steps = [
            AddAnnotation(annotation=mark(one, 0, 2, certainty="unsure")),
            AddAnnotation(annotation=mark(one, 2, 4)),
            AddAnnotation(annotation=mark(three, 0, 2, comment="why")),
            AddAnnotation(annotation=mark(five, 0, 2, layer="bob", comment="x")),
            AddAnnotation(annotation=mark(gone, 0, 2, certainty="unsure", comment="x")),
            SetStatus(status=Status(article=two.id, layer="ann", state="done")),
            SetBookmark(bookmark=Bookmark(article=two.id, layer="ann", offset=0)),
            SetBookmark(bookmark=Bookmark(article=five.id, layer="bob", offset=0)),
        ]
        for step, about in zip(steps, (one, one, three, five, gone, two, two, five), strict=True):
            ws.do(step, title="x", article=about.id)
        ws.do(EditArticle(id=two.id, version=two.version, url="u"), title="x", article=two.id)
        ws.do(DeleteArticle(id=gone.id, version=gone.version), title="x")
        yield ws


def shown(ws: Workspace, listing: Listing) -> list[ArticleRow]:
    positions = ws.order(listing)
    rows = ws.rows_at(positions)
    return [rows[position] for position in positions]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", sorted(set(SORTS) - {"changed"} - RANKED))
def test_rows_are_sorted_as_their_keys_say(ws: Workspace, sort: Sort, descending: bool) -> None:  # noqa: FBT001
    rows = shown(ws, Listing(sort=sort, descending=descending))
    assert len(rows) == 5
    assert rows == sorted(rows, key=lambda row: sort_key(row, sort), reverse=descending)


def test_what_was_changed_last_comes_last(ws: Workspace) -> None:
    titles = [row.title for row in shown(ws, Listing(sort="changed"))]
    assert titles == ["a march", "b strike", "Élan", "Zoo", "A march"]


@pytest.mark.parametrize(
    ("listing", "positions"),
    [
        (Listing(), [1, 2, 3, 4, 5]),
        (Listing(state="new"), [4, 5]),
        (Listing(state="in progress"), [1, 3]),
        (Listing(state="done"), [2]),
        (Listing(state="flagged"), []),
        (Listing(source="COURIER"), [2, 3]),
        (Listing(since="2021"), [1, 4]),
        (Listing(until="2020"), [2, 5]),
        (Listing(since="2020-12", until="2021-01"), [1, 5]),
        (Listing(bookmarked=True), [2]),
        (Listing(unsure=True), [1]),
        (Listing(commented=True), [3]),
        (Listing(search="march"), [2, 4]),
        (Listing(search="march", state="new", source="times"), [4]),
        (Listing(search="!"), []),
        (Listing(search="text", sort="title", descending=True), [3, 5, 1, 4, 2]),
    ],
)
def test_filters(ws: Workspace, listing: Listing, positions: list[int]) -> None:
    assert ws.order(listing) == positions
    ids = ws.article_ids()
    looked = ws.look((*ids, "nobody"), listing)
    assert [row.position for _, row, held in looked if row and held] == sorted(positions)
    assert looked[-1] == ("nobody", None, False)


def test_what_a_listing_asks_for() -> None:
    assert Listing(search="x", state="new").is_plain
    assert not Listing(sort="title").is_plain
    assert not Listing(sort="title").narrows
    assert Listing(until="2021").narrows


def test_sources_with_the_most_articles_first(ws: Workspace) -> None:
    assert [(name.lower(), count) for name, count in ws.sources(9)] == [
        ("courier", 2),
        ("times", 2),
    ]
    assert len(ws.sources(1)) == 1


def test_the_order_of_import_with_and_without_gaps(tmp_path: Path) -> None:
    up, down = Listing(), Listing(descending=True)
    with project(tmp_path) as some:
        assert some.order(up) == []
        made = [
            some.do(AddArticle(article=article(f"{n}.")), title="import").articles[0]
            for n in range(5)
        ]
        assert some.order(up) == [1, 2, 3, 4, 5]
        assert some.order(down) == [5, 4, 3, 2, 1]
        for gone, left in ((made[0], [2, 3, 4, 5]), (made[2], [2, 4, 5]), (made[4], [2, 4])):
            some.do(DeleteArticle(id=gone.id, version=gone.version), title="x")
            assert some.order(up) == left
            assert some.order(down) == left[::-1]


@pytest.mark.parametrize(
    "asked", [[], [4], [3, 4, 5], [2, 5, 4], [4, 3, 2], [1, 5], [5, 40], [4, 5, 6, 7]]
)
def test_rows_are_those_of_the_positions_asked_for(ws: Workspace, asked: list[int]) -> None:
    found = ws.rows_at(asked)
    there = ws.order(Listing())
    assert sorted(found) == sorted(set(asked) & set(there))
    assert all(row.position == position for position, row in found.items())


def test_many_rows_at_once(tmp_path: Path) -> None:
    with project(tmp_path) as many:
        one = article("Text.")
        steps = tuple(AddArticle(article=replace(one, id=f"a{n}")) for n in range(1100))
        many.do(Batch(steps=steps), title="import")
        assert len(many.rows_at(many.order(Listing()))) == 1100
        assert [row.id for row in many.queue(offset=1098, limit=10)] == ["a1098", "a1099"]
