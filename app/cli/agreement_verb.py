"""`pressmark agreement`: how far the annotators of a project agree."""

import click

from app.agreement.figures import PairFigures, SpanFigures
from app.cli.output import visible
from app.cli.shared import output_of, reading, takes_json, takes_project
from app.model.wording import several
from app.workspace import reports
from app.workspace.comparing import WrongLayers, compared_layers
from app.workspace.comparing import agreement as agreement_

_HEAD = ("", "F1 exact", "F1 overlap", "token kappa", "alpha_u")


@click.command()
@takes_project
@click.option("--layer", "layers", metavar="NAME", multiple=True, help="Whom to compare: twice.")
@takes_json
def agreement(project: str, layers: tuple[str, ...], *, as_json: bool) -> int:
    """Say how far annotators agree: F1, token kappa, Krippendorff's alpha, fields and relations."""
    output = output_of()
    with reading(project) as workspace:
        try:
            chosen = compared_layers(workspace, layers)
        except WrongLayers as wrong:
            raise click.UsageError(str(wrong)) from wrong
        plurals = {one.name: one.plural for one in workspace.codebook.types}
        with output.progress("Comparing", workspace.queue_count()) as progress:
            found = agreement_(workspace, chosen, progress=progress)
    if as_json:
        output.json(reports.of_agreement(found))
        return 0
    for pair in found.pairs:
        output.line(f"{visible(pair.a)} and {visible(pair.b)}: {several(pair.articles, 'article')}")
        for one in pair.excluded:
            output.line(f"left out: {several(one.count, 'article')} of {visible(one.layer)} alone")
        _print_spans(pair, plurals)
        _print_others(pair)
        output.line()
    if len(found.pairs) > 1:
        names = ", ".join(map(visible, found.alpha.layers))
        output.line(f"{names}: {several(found.alpha.articles, 'article')} of all of them")
        for name, figures in found.alpha.types.items():
            if figures.alpha_u is not None:
                output.line(f"{plurals[name]:<16} alpha_u {figures.alpha_u:.3f}")
    return 0


def _print_spans(pair: PairFigures, plurals: dict[str, str]) -> None:
    output = output_of()
    output.line(f"{_HEAD[0]:<16}" + "".join(f"{title:>22}" for title in _HEAD[1:]))
    for name, figures in pair.types.items():
        if figures.exact.f1 is not None:
            output.line(_row(plurals[name], figures))
    output.line(_row("All", pair.all))
    for one in pair.all.excluded:
        output.line(f"left out of alpha_u: {one.count:,} of {visible(one.layer)} ({one.why})")


def _row(title: str, figures: SpanFigures) -> str:
    spread = figures.spread
    cells = [
        (figures.exact.f1, spread.f1_exact),
        (figures.overlap.f1, spread.f1_overlap),
        (figures.token_kappa, spread.token_kappa),
        (figures.alpha_u, spread.alpha_u),
    ]
    shown = []
    for value, ends in cells:
        between = f" ({ends[0]:.2f} to {ends[1]:.2f})" if ends else ""
        shown.append(("–" if value is None else f"{value:.3f}") + between)
    return f"{title:<16}" + "".join(f"{cell:>22}" for cell in shown)


def _print_others(pair: PairFigures) -> None:
    output = output_of()
    for name, field in pair.attributes.items():
        kappa = "–" if field.kappa is None else f"{field.kappa:.3f}"
        output.line(f"field {name}: {field.agree:,} of {field.n:,} alike, kappa {kappa}")
    if pair.relations.all.f1 is not None:
        output.line(f"relations: F1 {pair.relations.all.f1:.3f}")
