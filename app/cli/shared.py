"""What the verbs have in common: options, and opening a project to read or to write."""

from collections.abc import Callable
from typing import ParamSpec, cast

import click

from app.cli.output import Output
from app.model.errors import KnownError
from app.workspace import Workspace
from app.workspace.person import annotator_name

P = ParamSpec("P")

ENDING = ".pressmark"


def output_of() -> Output:
    """Return the streams of the verb that runs."""
    return cast("Output", click.get_current_context().obj["output"])


def takes_project(verb: Callable[P, int]) -> Callable[P, int]:
    """Give a verb the argument PROJECT."""
    return click.argument("project")(verb)


def takes_json(verb: Callable[P, int]) -> Callable[P, int]:
    """Give a verb the option --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")(verb)


def takes_annotator(verb: Callable[P, int]) -> Callable[P, int]:
    """Give a verb the option --annotator."""
    text = "Who does it; otherwise $PRESSMARK_ANNOTATOR or your user name."
    return click.option("--annotator", metavar="NAME", default="", help=text)(verb)


def new_path(project: str) -> str:
    """Return where a project is made. Its name has to say what it is."""
    _refuse_url(project)
    if not project.endswith(ENDING):
        raise click.UsageError(f"The name of a project ends in {ENDING}: {project}{ENDING}")
    return project


def file_of(project: str) -> str:
    """Return the file of a project that is not going to be opened."""
    _refuse_url(project)
    return project


def reading(project: str) -> Workspace:
    """Open a project to look at it."""
    _refuse_url(project)
    return Workspace.open(project, annotator=annotator_name(), read_only=True)


def writing(project: str, annotator: str = "") -> Workspace:
    """Open a project to change it. Raises `KnownError` where the file can only be read."""
    _refuse_url(project)
    workspace = Workspace.open(project, annotator=annotator_name(annotator))
    if workspace.read_only:
        reason = workspace.read_only_reason
        workspace.close()
        raise KnownError(reason)
    if workspace.risk:
        output_of().say(workspace.risk)
    return workspace


def _refuse_url(project: str) -> None:
    if "://" in project:
        raise click.UsageError("This Pressmark opens project files only, no database servers.")
