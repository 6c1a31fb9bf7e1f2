"""`pressmark duplicates`: articles that are nearly the same, and the coding of one carried over."""

from dataclasses import asdict
from typing import Any

import click

from app.cli.output import visible
from app.cli.shared import output_of, reading, takes_annotator, takes_json, takes_project, writing
from app.model.alignment import Alignment
from app.model.errors import Refused
from app.model.wording import on_one_line, several
from app.workspace import Workspace
from app.workspace.duplicates import Carried, Group, carry, find_groups

_LONGEST = 100


@click.command()
@takes_project
@click.option(
    "--carry",
    "model",
    metavar="ID",
    default="",
    help="Carry your marks in this article over to those that are nearly the same.",
)
@click.option("--differences", is_flag=True, help="Print the sentences that differ as well.")
@takes_annotator
@takes_json
def duplicates(
    project: str, model: str, annotator: str, *, differences: bool, as_json: bool
) -> int:
    """List articles that are nearly the same: wire copy, reprints, updates of a story."""
    if model:
        with writing(project, annotator) as workspace:
            told = _carry(workspace, model)
        if as_json:
            output_of().json({"from": model, "to": [asdict(one) for one in told]})
        else:
            _print_carried(told)
        return int(any(one.unsure or one.lost or one.sentences for one in told))
    with (
        reading(project) as workspace,
        output_of().progress("Reading", workspace.queue_count()) as progress,
    ):
        groups = find_groups(workspace, progress)
    if as_json:
        output_of().json({"groups": [_document(one) for one in groups]})
        return 0
    with reading(project) as workspace:
        for group in groups:
            _print_group(workspace, group, differences=differences)
    alike = sum(len(group.members) for group in groups)
    output_of().say(
        f"{several(len(groups), 'group')} of {several(alike, 'article')} that are nearly the same."
    )
    return 0


def _carry(workspace: Workspace, model: str) -> tuple[Carried, ...]:
    group = next(
        (one for one in find_groups(workspace) if model in {row.id for row in one.members}), None
    )
    if group is None:
        raise Refused(f"No other article is nearly the same as {model}.")
    others = [row.id for row in group.members if row.id != model]
    command, title, told = carry(workspace, model, others)
    workspace.do(command, title=title)
    return told


def _print_carried(told: tuple[Carried, ...]) -> None:
    for one in told:
        output_of().line(
            f"{one.article} {several(one.marks, 'mark')}, {one.unsure:,} of them to check;"
            f" {one.lost:,} have no words there; {several(one.sentences, 'other passage')}"
        )


def _print_group(workspace: Workspace, group: Group, *, differences: bool) -> None:
    output = output_of()
    first = workspace.contents(group.members[0].id).article
    for row in group.members:
        about = ", ".join(filter(None, [row.source, row.published]))
        marks = several(row.annotations, "mark")
        beside = Alignment(first.text, workspace.contents(row.id).article.text)
        same = f"{beside.percent}%"
        output.line(f"{row.id} {same:>4} {visible(row.title)} ({about or 'no source'}; {marks})")
        if differences:
            for piece in beside.pieces:
                if piece.kind != "same":
                    for sign, words in (
                        ("-", beside.first[slice(*piece.first)]),
                        ("+", beside.second[slice(*piece.second)]),
                    ):
                        if words.strip():
                            output.line(f"     {sign} {visible(on_one_line(words, _LONGEST))}")
    output.line("")


def _document(group: Group) -> dict[str, Any]:
    return {
        "articles": [
            {
                "id": row.id,
                "title": row.title,
                "source": row.source,
                "published": row.published,
                "annotations": row.annotations,
            }
            for row in group.members
        ]
    }
