"""`pressmark receipts`: what was exported from a project so far."""

import json

import click

from app.cli.output import visible
from app.cli.shared import output_of, reading, takes_json, takes_project
from app.model.wording import several


@click.command()
@takes_project
@takes_json
def receipts(project: str, *, as_json: bool) -> int:
    """List the exports so far, the newest first, each with its receipt."""
    output = output_of()
    with reading(project) as workspace:
        found = workspace.receipts()
    documents = [
        {"id": one.id, "by": one.by, **json.loads(one.document), "path": one.path} for one in found
    ]
    if as_json:
        output.json({"receipts": documents})
        return 0
    for one, document in zip(found, documents, strict=True):
        written = document["written"]
        output.line(
            f"{one.at} {visible(one.by)}: {visible(one.path)} ({one.format}),"
            f" {several(written['articles'], 'article')},"
            f" {several(written['annotations'], 'annotation')},"
            f" {several(written['relations'], 'relation')}; sha256 {one.sha256}"
        )
        for lost in document["lost"]:
            output.line(f"  lost {lost['count']:,} {lost['what']}: {lost['reason']}")
    if not found:
        output.say("Nothing was exported yet.")
    return 0
