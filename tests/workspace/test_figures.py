"""The figures of a project, against the same counted by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.model.annotation import GOLD
from app.model.article import Status
from app.model.bookmark import Rejection
from app.model.commands import (
    AddAnnotation,
    AddArticle,
    DeleteAnnotation,
    RejectSuggestion,
    SetStatus,
)
from app.model.figures import LayerFigures, running_total
from app.workspace import Workspace
from app.workspace.figures import figures_of
from app.workspace.sample import make_sample
from tests.projects import article, mark, project
from tests.two_annotators import compared_project


def test_the_figures_of_the_sample(tmp_path: Path) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="ann") as ws:
        found = figures_of(ws)
        assert found.layer == GOLD
        assert (found.articles, found.marked_articles) == (1, 1)
        assert found.states == {"new": 0, "in progress": 1, "done": 0, "flagged": 0}
        assert found.marks == {"actor": 59, "event": 34, "number": 5, "statement": 19}
        assert (found.total, found.relations) == (117, 122)
        assert found.named[:2] == (
            ("Protesters in Russia, 23 January 2021", 12),
            ("Aleksei Navalny", 10),
        )
        assert [one.name for one in found.layers] == [GOLD]
        assert sum(found.own.per_day.values()) == 117
        assert found.together is None
        assert found.waiting == ()


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    with project(tmp_path) as made:
        for title in ("One", "Two", "Three", "Four"):
            made.do(
                AddArticle(article=article(f"Anna marched. {title}", title=title)), title="import"
            )
    return Workspace.open(made.location, annotator="ann")


def state(ws: Workspace, number: int, named: str, seconds: int = 0) -> None:
    of = ws.article_ids()[number]
    status = Status(article=of, layer="ann", state=named, seconds=seconds)  # type: ignore[arg-type]
    title = "mark done" if named == "done" else "flag article"
    ws.do(SetStatus(status=status), title=title, article=of)


def test_states_times_and_decisions(ws: Workspace) -> None:
    articles = [ws.contents(one).article for one in ws.article_ids()]
    for of in articles[:2]:
        ws.do(AddAnnotation(annotation=mark(of, 5, 12)), title="tag", article=of.id)
    suggested = mark(articles[1], 0, 4, type="actor", origin="suggestion:actors")
    ws.do(AddAnnotation(annotation=suggested), title="tag", article=articles[1].id)
    rejected = Rejection(
        article=articles[1].id,
        layer="ann",
        id="r",
        type="actor",
        start=0,
        end=4,
        quote="Anna",
        suggester="actors",
    )
    ws.do(RejectSuggestion(rejection=rejected), title="x", article=articles[1].id)
    gone = mark(articles[1], 5, 12)
    ws.do(AddAnnotation(annotation=gone), title="tag", article=articles[1].id)
    ws.do(DeleteAnnotation(id=gone.id, version=ws.last_seq), title="x", article=articles[1].id)
    state(ws, 0, "done", 600)
    state(ws, 2, "flagged")
    found = figures_of(ws)
    assert found.states == {"new": 1, "in progress": 1, "done": 1, "flagged": 1}
    assert found.marks == {"event": 2, "actor": 1}
    assert (found.accepted, found.rejected) == (1, 1)
    assert found.own.median_minutes == 10
    assert list(found.own.done_on.values()) == [1]
    assert next(iter(found.own.done_on)) == ws.last_saved[:10]
    (flagged,) = found.waiting
    assert (flagged.kind, flagged.title, flagged.about) == (
        "flagged",
        "1 flagged article",
        "“Three”",
    )
    ws.close()


def test_what_is_missing_in_finished_articles_is_listed_with_its_first_place(
    tmp_path: Path,
) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="ann") as ws:
        (of,) = ws.article_ids()
        contents = ws.contents(of)
        links = [link for link in contents.relations if link.role == "speaker"]
        spoken = next(link for link in links if sum(o.source == link.source for o in links) == 1)
        from app.model.commands import DeleteRelation

        ws.do(DeleteRelation(id=spoken.id, version=spoken.version), title="x", article=of)
        assert figures_of(ws).waiting == ()  # it is not finished yet
        ws.do(SetStatus(status=Status(article=of, layer=GOLD, state="done")), title="mark done")
        (found,) = figures_of(ws).waiting
        assert found.kind == "finding statement"
        assert found.number == 1
        assert found.title.startswith("1 statement: ")
        assert (found.article, found.annotation) == (of, spoken.source)


def test_the_two_with_most_in_common_are_compared(tmp_path: Path) -> None:
    with compared_project(tmp_path / "two.pressmark") as ws:
        told: list[tuple[str, int, int]] = []
        found = figures_of(ws, tell=told.append)
        assert found.together is not None
        assert found.together.names == ("Jonas Dahl", "Marta Kovač")
        assert found.together.articles == 1
        alphas = {one.type: one.alpha for one in found.together.types}
        assert alphas["actor"] == pytest.approx(0.853, abs=0.001)
        known = [one for one in alphas.values() if one is not None]
        assert found.together.mean_alpha == pytest.approx(sum(known) / len(known))
        assert [one.kind for one in found.waiting] == ["compare"]
        assert ("Comparing", 1, 1) in told


def test_totals_run_on_and_days_before_count() -> None:
    done = {"": 2, "2021-01-01": 1, "2021-01-10": 3, "2021-01-12": 1}
    days = ["2021-01-09", "2021-01-10", "2021-01-11", "2021-01-12"]
    assert running_total(done, days) == [3, 6, 6, 7]
    assert running_total({}, []) == []


def test_a_layer_without_a_finished_article_has_no_median() -> None:
    assert LayerFigures(name="x", states={}).median_minutes is None
    timed = LayerFigures(name="x", states={}, minutes=(1.0, 3.0, 9.0))
    assert timed.median_minutes == 3
    assert replace(timed, minutes=(1.0, 3.0)).median_minutes == 2
