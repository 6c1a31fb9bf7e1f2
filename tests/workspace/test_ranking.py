"""The order of work: what teaches most, what is like the marked ones; finished ones last."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.model.article import Status
from app.model.commands import AddAnnotation, AddArticle, SetStatus
from app.model.listing import DONE_RANK, Listing, ranked
from app.workspace import Workspace
from app.workspace.apart import Apart
from app.workspace.ranking import rank, rank_in
from tests.projects import article, mark, project

TEXTS = (
    "Workers marched against wage cuts and police stopped the march.",
    "The recipe needs butter, sugar, flour and a warm oven.",
    "Workers marched again; police stopped them near the square.",
    "Bake the butter cake in the warm oven with sugar.",
    "",
)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with project(tmp_path) as made:
        for text in TEXTS:
            made.do(AddArticle(article=article(text or "?", title=text[:9])), title="import")
        first = made.contents(made.article_ids()[0]).article
        made.do(AddAnnotation(annotation=mark(first, 8, 15)), title="tag", article=first.id)
        yield made


def finish(ws: Workspace, number: int) -> None:
    of = ws.article_ids()[number]
    ws.do(SetStatus(status=Status(article=of, layer="ann", state="done")), title="mark done")


def test_what_is_like_the_marked_ones_comes_first(ws: Workspace) -> None:
    ranks = rank(ws, "relevant")
    order = ranked(sorted(ranks), ranks)
    assert order[:2] == [1, 3]
    assert all(0 <= one <= 1 for one in ranks.values())


def test_what_has_other_words_than_finished_ones_teaches_most(ws: Workspace) -> None:
    finish(ws, 0)
    ranks = rank(ws, "useful")
    order = ranked(sorted(ranks), ranks)
    assert set(order[:2]) == {2, 4}
    assert order[-1] == 1  # it is finished
    assert ranks[1] == DONE_RANK


def test_the_queue_takes_the_order_that_was_worked_out(ws: Workspace) -> None:
    assert ws.order(Listing(sort="useful")) == [1, 2, 3, 4, 5]  # nobody has worked it out yet
    ws.ranks["useful"] = {1: 0.1, 2: 0.9, 4: 0.9, 5: DONE_RANK}
    assert ws.order(Listing(sort="useful")) == [2, 4, 1, 3, 5]
    assert ws.order(Listing(sort="useful", descending=True)) == [5, 3, 1, 4, 2]
    assert ws.order(Listing(sort="useful", search="butter")) == [2, 4]


def test_it_is_worked_out_in_a_process_of_its_own(ws: Workspace) -> None:
    ranks = Apart(rank_in, ws.location, ws.annotator, "relevant").run()
    assert ranks == rank(ws, "relevant")


def test_a_project_without_articles(tmp_path: Path) -> None:
    with project(
        tmp_path,
    ) as empty:
        assert rank(empty, "useful") == {}
        assert rank(empty, "relevant") == {}
