"""`pressmark export`: a dataset in any format that is written, with its receipt."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from app.cli.output import visible
from app.cli.shared import output_of, reading, takes_json, takes_project, writing
from app.cli.verbs import ANY_PATH, named_format
from app.exchange.dataset import Lost, Receipt
from app.exchange.profiles import PROFILES, Profile
from app.exchange.registry import FORMATS, Format, format_of
from app.model.article import STATES, State
from app.model.errors import KnownError, Refused
from app.model.wording import several
from app.workspace import Workspace, reports
from app.workspace.exporting import (
    Selection,
    Way,
    divided,
    export,
    keep_receipt,
    losses,
    makes_folder,
    part_path,
    refuse_target,
    write_receipt,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """What was asked for on the command line."""

    format: Format
    out: Path
    selection: Selection
    way: Way
    receipt: bool


@click.command("export")
@takes_project
@click.argument("out", type=ANY_PATH)
@click.option("--format", "format_name", metavar="NAME", default="", help="See pressmark formats.")
@click.option("--layer", "layers", metavar="NAME", multiple=True, help="Only this annotator's.")
@click.option("--type", "types", metavar="NAME", multiple=True, help="Only marks of this type.")
@click.option("--status", "state", type=click.Choice(STATES), help="Only articles of this status.")
@click.option("--since", metavar="DATE", default="", help="Only articles from this day on.")
@click.option("--until", metavar="DATE", default="", help="Only articles up to this day.")
@click.option("--numbers", type=click.Choice(PROFILES), default="text", help="Figures for words.")
@click.option("--dates", is_flag=True, help="Work out days that nobody entered.")
@click.option("--spreadsheet-safe", is_flag=True, help="No cell of a table is a formula.")
@click.option("--no-text", is_flag=True, help="Offsets and hashes without the texts.")
@click.option("--no-comments", is_flag=True, help="Without what people wrote about marks.")
@click.option("--per-article", is_flag=True, help="OUT is a folder with a file an article.")
@click.option("--split", metavar="A,B,C", default="", help="Shares of train, dev and test.")
@click.option("--seed", metavar="N", type=int, default=0, help="What the split is drawn with.")
@click.option("--receipt", is_flag=True, help="Write the receipt beside the file.")
@click.option("--dry-run", is_flag=True, help="Say what would be left out, and write nothing.")
@takes_json
def export_(
    project: str,
    out: Path,
    format_name: str,
    *,
    layers: tuple[str, ...],
    types: tuple[str, ...],
    state: State | None,
    since: str,
    until: str,
    numbers: Profile,
    dates: bool,
    spreadsheet_safe: bool,
    no_text: bool,
    no_comments: bool,
    per_article: bool,
    split: str,
    seed: int,
    receipt: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Export the project to OUT, read it back and print the receipt.

    What the format cannot carry is counted and named on stderr before anything is written.
    """
    format_ = named_format(format_name) or format_of(out, to_write=True)
    if format_ is None:
        names = ", ".join(one.name for one in FORMATS if one.write)
        raise click.UsageError(f"Give --format: {out.name} does not say which of {names}.")
    shares = _shares(split)
    call = _Call(
        format=format_,
        out=out,
        selection=Selection(
            layers=layers, state=state, types=types, since=_day(since), until=_day(until)
        ),
        way=Way(
            numbers=numbers,
            dates=dates,
            without_text=no_text,
            without_comments=no_comments,
            spreadsheet_safe=spreadsheet_safe,
            per_article=per_article,
        ),
        receipt=receipt,
    )
    with reading(project) as workspace:
        if dry_run:
            return _tell_losses(workspace, call, as_json=as_json)
        if not shares:
            folder = makes_folder(out, format_, call.way)
            refuse_target(out, Path(workspace.location), folder=folder)
        _warn(losses(workspace, format_, selection=call.selection, way=call.way))
        if not shares:
            made = [_export(workspace, call, out, call.selection)]
        else:
            parts = divided(workspace, call.selection, shares, seed=seed)
            made = [
                _export(workspace, call, part_path(out, name, format_, call.way), chosen)
                for name, chosen in parts.items()
                if chosen.articles
            ]
    _keep(project, made)
    if as_json:
        output_of().json(reports.of_export(made[0]) if not shares else _parts(made))
    else:
        for one in made:
            _print(one)
    return int(any(one.lost for one in made))


def _export(workspace: Workspace, call: _Call, out: Path, selection: Selection) -> Receipt:
    count = workspace.queue_count() if selection.articles is None else len(selection.articles)
    with output_of().progress("Exporting", count) as progress:
        made = export(
            workspace, out, call.format, selection=selection, way=call.way, progress=progress
        )
    if call.receipt:
        write_receipt(made, out)
    return made


def _keep(project: str, made: list[Receipt]) -> None:
    """Keep the receipts in the project; where that cannot be, the files are good all the same."""
    try:
        with writing(project) as workspace:
            for one in made:
                keep_receipt(workspace, one)
    except (Refused, KnownError) as error:
        output_of().say(f"The receipt was not kept in the project: {error}")


def _warn(found: tuple[Lost, ...]) -> None:
    """Name what will be left out before anything is written, beside the data on stdout."""
    for lost in found:
        output_of().say(f"Will be left out: {lost.count:,} {lost.what}: {lost.reason}")


def _tell_losses(workspace: Workspace, call: _Call, *, as_json: bool) -> int:
    found = losses(workspace, call.format, selection=call.selection, way=call.way)
    output = output_of()
    if as_json:
        told = [{"what": one.what, "count": one.count, "reason": one.reason} for one in found]
        output.json({"path": str(call.out), "format": call.format.name, "lost": told})
    else:
        _print_lost(found)
        output.say("Nothing was written.")
    return int(bool(found))


def _shares(split: str) -> tuple[float, ...]:
    if not split:
        return ()
    try:
        shares = tuple(float(one) for one in split.split(","))
    except ValueError:
        shares = ()
    if not 1 < len(shares) <= 3 or min(shares) <= 0:  # noqa: PLR2004 - train, dev, test
        raise click.UsageError("--split takes two or three shares, such as 80,10,10.")
    return shares


def _day(given: str) -> str:
    from app.model.codebook import is_date

    if given and not is_date(given):
        raise click.UsageError(f"A date is 2021-01-23, 2021-01 or 2021, not {given}.")
    return given


def _parts(receipts: list[Receipt]) -> dict[str, Any]:
    return {"parts": [reports.of_export(one) for one in receipts]}


def _print(receipt: Receipt) -> None:
    written = receipt.written
    output_of().line(
        f"{visible(receipt.path)}: {several(written.articles, 'article')},"
        f" {several(written.annotations, 'annotation')},"
        f" {several(written.relations, 'relation')}; sha256 {receipt.sha256}"
    )
    _print_lost(receipt.lost)


def _print_lost(found: tuple[Lost, ...]) -> None:
    for lost in found:
        output_of().line(f"lost {lost.count:,} {lost.what}: {lost.reason}")
