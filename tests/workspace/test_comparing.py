"""Which layers are compared, in which articles, and the report of CONTRACT.md."""

import json
from pathlib import Path

import pytest

from app.model.article import Status
from app.model.commands import AddAnnotation, AddArticle, SetStatus
from app.model.errors import InputRefused, Refused
from app.workspace import Workspace, reports
from app.workspace.comparing import WrongLayers, agreement, compared_layers
from tests import projects
from tests.two_annotators import JONAS, MARTA, compared_project


@pytest.fixture
def compared(tmp_path: Path) -> Workspace:
    return compared_project(tmp_path / "two.pressmark")


def add_gold(ws: Workspace) -> None:
    (article,) = ws.article_ids()
    mark = projects.mark(ws.every_layer(article).article, 0, 9, layer="gold")
    ws.do(AddAnnotation(annotation=mark), title="settle", article=article)


def test_everybody_is_compared_but_the_gold_layer(compared: Workspace) -> None:
    with compared as ws:
        assert compared_layers(ws) == (JONAS, MARTA)
        add_gold(ws)
        assert compared_layers(ws) == (JONAS, MARTA)
        assert compared_layers(ws, [MARTA, "gold", MARTA]) == (MARTA, "gold")


def test_layers_that_are_not_there_or_alone_are_refused(compared: Workspace) -> None:
    with compared as ws:
        with pytest.raises(WrongLayers, match=f"“nobody”; the project has {JONAS}, {MARTA}"):
            compared_layers(ws, ["nobody", MARTA])
        with pytest.raises(WrongLayers, match="two layers or more"):
            compared_layers(ws, [MARTA])


def test_one_layer_alone_is_nothing_to_compare(tmp_path: Path) -> None:
    ws, article = projects.with_article(tmp_path)
    with ws:
        with pytest.raises(Refused, match="has no annotations"):
            compared_layers(ws)
        ws.do(AddAnnotation(annotation=projects.mark(article, 0, 7)), title="tag")
        with pytest.raises(Refused, match="only the layer “ann”"):
            compared_layers(ws)


def test_figures_of_the_sample_are_those_of_the_marks(compared: Workspace) -> None:
    with compared as ws:
        (article,) = ws.article_ids()
        seen: list[int] = []
        found = agreement(ws, (MARTA, JONAS), progress=seen.append)
        assert seen == [1]
        assert agreement(ws, (MARTA, JONAS), article=article) == found
        (pair,) = found.pairs
        actors = pair.types["actor"]
        assert (actors.exact.tp, actors.exact.fp, actors.exact.fn) == (4, 4, 3)
        assert (actors.overlap.tp, actors.overlap.fp, actors.overlap.fn) == (7, 1, 0)
        with pytest.raises(InputRefused):
            agreement(ws, (MARTA, JONAS), article="elsewhere")


def test_an_article_without_marks_counts_where_its_status_says_so(compared: Workspace) -> None:
    with compared as ws:
        more = [projects.article(f"Nothing happened on day {n}.") for n in range(2)]
        for article in more:
            ws.do(AddArticle(article=article), title="import")
        for layer in (MARTA, JONAS):
            done = Status(article=more[0].id, layer=layer, state="done")
            ws.do(SetStatus(status=done), title="done")
        new = Status(article=more[1].id, layer=MARTA, state="new")
        ws.do(SetStatus(status=new), title="new")
        (pair,) = agreement(ws, (MARTA, JONAS)).pairs
        assert (pair.articles, pair.excluded) == (2, ())


def test_the_report_has_the_shape_of_the_contract(compared: Workspace) -> None:
    with compared as ws:
        report = reports.of_agreement(agreement(ws, (MARTA, JONAS)))
    assert json.loads(json.dumps(report)) == report
    (pair,) = report["pairs"]
    assert {"a", "b", "articles", "types", "all", "attributes", "relations"} <= set(pair)
    assert (pair["a"], pair["b"], pair["articles"]) == (MARTA, JONAS, 1)
    for figures in (pair["all"], *pair["types"].values()):
        assert {"exact", "overlap", "token_kappa", "alpha_u", "ci", "excluded"} <= set(figures)
        assert {"tp", "fp", "fn", "f1"} <= set(figures["exact"])
        assert figures["ci"]["why"] == "an interval needs at least two articles"
    assert report["alpha"]["layers"] == [MARTA, JONAS]
    nothing = pair["relations"]["all"]
    assert (nothing["f1"], nothing["why"]) == (None, "neither marked anything")
