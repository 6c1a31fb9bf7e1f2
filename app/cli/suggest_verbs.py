"""`pressmark suggest` and `pressmark evaluate`: what would be proposed, and how good that is."""

import click

from app.cli.output import Output, visible
from app.cli.shared import output_of, reading, takes_json, takes_project
from app.model.wording import several
from app.suggest.registry import SUGGESTERS, suggester_named
from app.workspace import Workspace, reports
from app.workspace.evaluating import Score, Share, evaluate
from app.workspace.outside import is_outside, pipeline_named, pipelines
from app.workspace.pipelines import Looking
from app.workspace.suggesting import Suggesting

takes_suggesters = click.option(
    "--suggester", "names", metavar="NAME", multiple=True, help="Only these; may be repeated."
)


@click.command()
@takes_project
@click.option("--article", metavar="ID", default=None, help="Only for this article.")
@takes_suggesters
@click.option("--json", is_flag=True, expose_value=False, help="Changes nothing: it is JSON.")
def suggest(project: str, article: str | None, names: tuple[str, ...]) -> int:
    """Say what would be proposed, as JSON lines. Nothing is written into the project."""
    chosen = _known(names)
    output = output_of()
    with reading(project) as workspace, Looking(chosen) as looking:
        suggesting = Suggesting(workspace)
        for article_id in [article] if article is not None else workspace.article_ids():
            contents = workspace.contents(article_id)
            looking.at(contents.article)
            for one in suggesting.of(contents, suggesters=chosen):
                if not contents.rejected(one.id):
                    output.json(reports.of_suggestion(one), one_line=True)
    return 0


@click.command("evaluate")
@takes_project
@click.option("--against", metavar="LAYER", required=True, help="Whose marks are taken as right.")
@click.option("--layer", metavar="NAME", default=None, help="Measure this layer, no suggestions.")
@takes_suggesters
@click.option("--core", is_flag=True, help="Let marks of the extended tier count neither way.")
@takes_json
def evaluate_(
    project: str,
    against: str,
    layer: str | None,
    names: tuple[str, ...],
    *,
    core: bool,
    as_json: bool,
) -> int:
    """Measure suggestions, or a layer, against another layer: precision, recall, F1.

    Each article is proposed for with what the articles before it taught.
    """
    chosen = _known(names)
    output = output_of()
    with reading(project) as workspace:
        plurals = {one.name: one.plural for one in workspace.codebook.types}
        if layer is None:
            _have_looked(workspace, chosen)
        with output.progress("Evaluating", workspace.queue_count()) as progress:
            found = evaluate(
                workspace, against, layer=layer, suggesters=chosen, core=core, progress=progress
            )
    if as_json:
        output.json(reports.of_evaluation(found))
        return 0
    output.line(f"Against {visible(against)}, {several(found.articles, 'article')}")
    output.line(f"{'':<16}{'exact: P':>12}{'R':>8}{'F1':>8}{'overlap: P':>14}{'R':>8}{'F1':>8}")
    for name, score in found.types.items():
        _print(output, plurals[name], score)
    _print(output, "All", found.all)
    for name, score in found.suggesters.items():
        _print(output, visible(name), score)
    if found.speakers.n:
        output.line(f"Right speakers: {_of(found.speakers)} statements that were found")
    for type_name, fields in found.attributes.items():
        for name, share in fields.items():
            output.line(f"{plurals.get(type_name, type_name)}, {name}: {_of(share)} alike")
    for first, last, score in found.curve:
        _print(
            output,
            f"after {first:,}–{last - 1:,}" if last - 1 > first else f"after {first:,}",
            score,
        )
    return 0


def _have_looked(workspace: Workspace, chosen: tuple[str, ...] | None) -> None:
    """Have the chosen pipelines look at every article first: measuring reads what they found."""
    if not any(map(is_outside, chosen or ())):
        return
    number = workspace.queue_count()
    with Looking(chosen) as looking, output_of().progress("Looking", number) as progress:
        for done, exported in enumerate(workspace.export_articles([]), 1):
            looking.at(exported.article)
            progress(done)


def _known(names: tuple[str, ...]) -> tuple[str, ...] | None:
    for name in names:
        if suggester_named(name) is None and not (is_outside(name) and pipeline_named(name)):
            there = ", ".join((*(one.name for one in SUGGESTERS), *(p.name for p in pipelines())))
            raise click.UsageError(f"There is no suggester “{name}”; there are {there}.")
    return names or None


def _print(output: Output, title: str, score: Score) -> None:
    cells = [
        "–" if value is None else f"{value:.3f}"
        for counts in (score.exact, score.overlap)
        for value in (counts.precision, counts.recall, counts.f1)
    ]
    widths = (12, 8, 8, 14, 8, 8)
    shown = "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    output.line(f"{title:<16}{shown}")


def _of(share: Share) -> str:
    return f"{share.right:,} of {share.n:,}"
