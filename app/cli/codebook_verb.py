"""`pressmark codebook`: show, change and check an annotation scheme."""

import json
from dataclasses import replace
from pathlib import Path

import click

from app.cli.shared import output_of, reading, takes_annotator, writing
from app.model.wording import several


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="PROJECT show | set FILE | check FILE")
@click.option("--json", "as_json", is_flag=True, help="Show the codebook as JSON.")
@takes_annotator
def codebook(words: tuple[str, ...], annotator: str, *, as_json: bool) -> int:
    """Show, change or check an annotation scheme; `codebook check FILE` needs no project."""
    match words:
        case ("check", file):
            return _check_codebook(Path(file), None)
        case (project, "check", file):
            return _check_codebook(Path(file), project)
        case (project, "show") | (project,):
            return _show_codebook(project, as_json=as_json)
        case (project, "set", file):
            return _set_codebook(project, Path(file), annotator)
        case _:
            usage = "pressmark codebook PROJECT show | PROJECT set FILE | [PROJECT] check FILE"
            raise click.UsageError(f"Use it so: {usage}")


def _show_codebook(project: str, *, as_json: bool) -> int:
    from app.model.codebook_file import codebook_to_yaml
    from app.model.wire import codebook_to_json

    with reading(project) as workspace:
        shown = workspace.codebook
    if as_json:
        output_of().json(json.loads(codebook_to_json(shown)))
    else:
        output_of().write(codebook_to_yaml(shown))
    return 0


def _set_codebook(project: str, file: Path, annotator: str) -> int:
    from app.model.codebook_file import read_codebook
    from app.model.commands import SetCodebook
    from app.workspace import backups

    wanted = read_codebook(file)
    with writing(project, annotator) as workspace:
        current = workspace.codebook
        wanted = replace(wanted, revision=current.revision)
        if wanted == current:
            output_of().say("This is the project's codebook already.")
            return 0
        backups.back_up(workspace.location, workspace.project.id)
        wanted = replace(wanted, revision=current.revision + 1)
        workspace.do(SetCodebook(codebook=wanted), title=f"change codebook to {wanted.label}")
    output_of().say(f"{project} uses “{wanted.label}”, revision {wanted.revision}.")
    return 0


def _check_codebook(file: Path, project: str | None) -> int:
    from app.model.codebook_file import read_codebook
    from app.workspace.codebook_fit import misfits

    wanted = read_codebook(file)
    found = 0
    if project is not None:
        with reading(project) as workspace:
            for problem in misfits(workspace, wanted):
                found += 1
                output_of().line(problem)
    what = f"{several(len(wanted.types), 'type')}, {several(len(wanted.roles), 'role')}"
    output_of().say(f"{file} is a valid codebook: {what}.")
    if found:
        output_of().say(f"{several(found, 'thing')} in {project} would not fit it.")
    return int(found > 0)
