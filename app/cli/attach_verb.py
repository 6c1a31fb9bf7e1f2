"""`pressmark attach`: a dataset without texts, and one's own copies of the articles."""

from pathlib import Path

import click

from app.cli.output import visible
from app.cli.shared import output_of, takes_annotator, takes_json, takes_project, writing
from app.cli.verbs import ANY_PATH
from app.model.wording import several


@click.command()
@takes_project
@click.argument("dataset", type=ANY_PATH)
@click.argument("paths", nargs=-1, type=ANY_PATH, metavar="[PATH]...")
@takes_annotator
@takes_json
def attach(
    project: str, dataset: Path, paths: tuple[Path, ...], annotator: str, *, as_json: bool
) -> int:
    """Attach a dataset without texts to your own copies of the articles, and import it."""
    from app.workspace import backups
    from app.workspace.attaching import attach as attach_

    with writing(project, annotator) as workspace:
        if workspace.queue_count():
            backups.back_up(workspace.location, workspace.project.id)
        made = attach_(workspace, dataset, paths)
    output, report = output_of(), made.report
    if as_json:
        output.json(
            {
                "matched": made.matched,
                "missing": list(made.missing),
                "unread": list(made.unread),
                "result": report.result if report else "refused",
                "reason": report.reason if report else "none of its articles was found",
                "annotations": report.counts.annotations if report else 0,
            }
        )
    else:
        for title in made.missing:
            output.line(f"missing    {visible(title)}")
        for line in made.unread:
            output.line(f"unread     {visible(line)}")
        found = f"{several(made.matched, 'article')} found, {len(made.missing):,} missing"
        output.say(f"{found}.")
        if report is not None:
            more = f": {visible(report.reason)}" if report.reason else ""
            output.line(
                f"{report.result:<10} {several(report.counts.annotations, 'annotation')}{more}"
            )
    if report is None or report.result == "refused":
        return 3
    return int(bool(made.missing))
