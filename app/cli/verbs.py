"""The verbs of `pressmark`, one function each. They ask the workspace and print what it says."""

import contextlib
import os
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import cast

import click

from app import __version__
from app.cli.output import visible
from app.cli.shared import (
    ENDING,
    file_of,
    new_path,
    output_of,
    reading,
    takes_annotator,
    takes_json,
    takes_project,
    writing,
)
from app.exchange.registry import FORMATS, Format, format_named
from app.model.errors import InputRefused, KnownError, Refused
from app.model.reports import RepairReport
from app.model.wording import several, spoken_time
from app.workspace import Workspace, backups, reports
from app.workspace.file_names import Pattern
from app.workspace.importing import FileReport, Found, Known, find_files, import_files
from app.workspace.mapping import Pairs, pairs_of
from app.workspace.person import annotator_name
from app.workspace.repairing import repair
from app.workspace.sample import make_sample, press_codebook

ANY_PATH = click.Path(path_type=Path, readable=False)
"""What cannot be read is told by whoever reads it, beside what can."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pressmark")
def pressmark() -> None:
    """Mark actors, events, numbers and statements in news articles, and export the result.

    PROJECT is a file ending in .pressmark. Without a verb the window opens. Exit codes: 0 done,
    1 done with findings or losses, 2 wrong use, 3 input refused, 4 the environment failed.
    """


def named_format(name: str) -> Format | None:
    """Return the format that --format names, None where it was not given."""
    if not name:
        return None
    found = format_named(name)
    if found is None:
        names = ", ".join(one.name for one in FORMATS)
        raise click.UsageError(f"There is no format “{name}”; there are {names}.")
    return found


@pressmark.command("open")
@takes_project
@click.option("--article", metavar="ID", default=None, help="The article to open.")
def open_(project: str, article: str | None) -> int:
    """Open the window on a project."""
    open_window = click.get_current_context().obj["open_window"]
    return cast("int", open_window(project, article))


@pressmark.command()
@takes_project
@click.option("--codebook", "file", type=ANY_PATH, help="A YAML file.")
@click.option("--name", metavar="TEXT", default="", help="What the project is called.")
@takes_annotator
def new(project: str, file: Path | None, name: str, annotator: str) -> int:
    """Make an empty project."""
    from app.model.codebook_file import read_codebook

    codebook = read_codebook(file) if file else press_codebook()
    path = new_path(project)
    called = name.strip() or Path(path).name.removesuffix(ENDING) or "Project"
    Workspace.create(
        path, name=called, codebook=codebook, annotator=annotator_name(annotator)
    ).close()
    output_of().say(f"Made {path}.")
    return 0


@pressmark.command()
@takes_project
@takes_annotator
def sample(project: str, annotator: str) -> int:
    """Make the sample project: one article with an expert's annotation."""
    make_sample(new_path(project), annotator=annotator_name(annotator)).close()
    output_of().say(f"Made {project}.")
    return 0


@pressmark.command("import")
@takes_project
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=ANY_PATH,
    metavar="PATH...",
)
@click.option("--format", "format_name", metavar="NAME", default="", help="See pressmark formats.")
@takes_annotator
@click.option("--encoding", metavar="NAME", default="", help="Encoding of text files.")
@click.option("--title", default="", help="Title of the one article.")
@click.option("--source", default="", help="Newspaper or agency of the articles.")
@click.option("--published", metavar="DATE", default="", help="When: 2021-01-23, 2021-01 or 2021.")
@click.option("--author", default="", help="Author of the articles.")
@click.option("--url", default="", help="Address of the one article.")
@click.option("--language", metavar="TAG", default="", help="Language of the articles: en, pt-BR.")
@click.option(
    "--map",
    "mapping",
    metavar="FIELD=COLUMN",
    multiple=True,
    help="Which column of a table is what: text=body. Again for each field.",
)
@click.option(
    "--pattern",
    metavar="WORDS",
    default="",
    help="What the names of the files say: {date}_{source}_{title}.txt.",
)
@click.option("--extend", is_flag=True, help="Add to the codebook what files of others need.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@takes_json
def import_(
    project: str,
    paths: tuple[Path, ...],
    format_name: str,
    annotator: str,
    encoding: str,
    *,
    mapping: tuple[str, ...],
    pattern: str,
    extend: bool,
    dry_run: bool,
    as_json: bool,
    **about: str,
) -> int:
    """Import articles and annotations. In folders all files are taken, hidden ones aside."""
    format_ = named_format(format_name)
    if format_ is not None and format_.read is None:
        raise click.UsageError(f"{format_.title} is written, but not read.")
    known = _known(about)
    try:
        pairs, named = pairs_of(mapping), Pattern.of(pattern) if pattern else None
    except InputRefused as refusal:
        raise click.UsageError(str(refusal)) from None
    with writing(project, annotator) as workspace:
        files = find_files(paths, format_, project=os.path.realpath(workspace.location))
        files = [_told(file, named, pairs) for file in files]
        unlike = sum(not file.known for file in files) if named else 0
        if unlike:
            output_of().say(f"{several(unlike, 'name')} not like {pattern}.")
        if not files:
            raise InputRefused(f"There is no file in {', '.join(map(str, paths))}.")
        if len(files) > 1 and (known.title or known.url):
            raise click.UsageError("--title and --url are for one article, and there are several.")
        before = workspace.queue_count()
        if before and not dry_run:
            backups.back_up(workspace.location, workspace.project.id)
        try:
            with output_of().progress("Importing", len(files)) as progress:
                found = import_files(
                    workspace,
                    files,
                    known=known,
                    encoding=encoding,
                    dry_run=dry_run,
                    extend=extend,
                    layer=annotator,
                    progress=progress,
                    take_back=partial(_take_back, workspace),
                )
        except KeyboardInterrupt:
            there = several(workspace.queue_count() - before, "article")
            output_of().say(f"{there} imported before it was interrupted.")
            raise
    if as_json:
        output_of().json(reports.of_import(found))
    else:
        _print_import(found, dry_run=dry_run)
    if all(one.result == "refused" for one in found):
        return 3
    return int(any(one.lost or one.result == "refused" for one in found))


def _take_back(workspace: Workspace, title: str) -> None:
    """Undo a step of a file that was not imported as a whole."""
    with contextlib.suppress(Refused, KnownError):
        if workspace.undo_title(None) == title:
            workspace.undo(None)


def _told(file: Found, pattern: Pattern | None, pairs: Pairs) -> Found:
    """Return the file with what its name says, and with the columns it was told."""
    known = pattern.read(file.path) if pattern else None
    return replace(file, known=known or file.known, mapping=pairs)


def _known(about: dict[str, str]) -> Known:
    from app.model.codebook import is_date

    known = Known(**about)
    if known.published and not is_date(known.published):
        raise click.UsageError(
            f"--published takes a date such as 2021-01-23, not {known.published}."
        )
    return known


def _print_import(files: list[FileReport], *, dry_run: bool) -> None:
    output = output_of()
    for one in files:
        counts = one.counts
        marks = f", {several(counts.annotations, 'annotation')}" if counts.annotations else ""
        many = f" ({several(counts.articles, 'article')}{marks})"
        many = many if counts.articles > 1 or marks else ""
        reason = f": {'; '.join(one.reason.splitlines())}" if one.reason else ""
        output.line(f"{one.result:<10} {visible(one.path)}{many}{visible(reason)}")
        for lost in one.lost:
            output.line(f"{'lost':<10} {lost.count:,} {lost.what}: {lost.reason}")
        if one.result != "refused":
            adds = "would add" if dry_run else "added"
            for line in one.extends:
                output.line(f"{adds:<10} {visible(line)}")
    articles = sum(one.counts.articles for one in files)
    there = sum(one.result == "duplicate" for one in files)
    refused = sum(one.result == "refused" for one in files)
    verb = "would be imported" if dry_run else "imported"
    files_there = several(there, "file")
    output.say(
        f"{several(articles, 'article')} {verb}, {files_there} there already, {refused:,} refused."
    )


@pressmark.command()
@takes_json
def formats(*, as_json: bool) -> int:
    """List the formats that can be read and written."""
    output = output_of()
    if as_json:
        output.json(reports.of_formats(FORMATS))
        return 0
    for one in FORMATS:
        does = " and ".join(w for w, it in (("read", one.read), ("written", one.write)) if it)
        output.line(f"{one.name:<15} {does:<18} {' '.join(one.extensions):<12} {one.title}")
        if one.cannot_carry:
            output.line(f"{'':<15} cannot carry {'; '.join(one.cannot_carry)}")
        if one.needs:
            output.line(f"{'':<15} needs {one.needs}")
    return 0


@pressmark.command()
@takes_project
@takes_json
def stats(project: str, *, as_json: bool) -> int:
    """Count articles, annotations and what each annotator did."""
    with reading(project) as workspace:
        figures = workspace.stats()
        types = workspace.codebook.types
        labels = {one.name: (one.label.lower(), one.plural.lower()) for one in types}
        name = workspace.project.name
    output = output_of()
    if as_json:
        output.json(reports.of_stats(figures))
        return 0
    states = ", ".join(f"{count:,} {state}" for state, count in figures.status.items())
    output.line(name)
    output.line(f"{several(figures.articles, 'article')}: {states}")
    for kind, count in figures.annotations.items():
        output.line(several(count, *labels.get(kind, (kind, kind))))
    output.line(several(figures.relations, "relation"))
    for one in figures.annotators:
        output.line(
            f"{one.name}: {several(one.annotations, 'annotation')} in"
            f" {several(one.articles, 'article')}, {one.seconds / 60:,.0f} min"
        )
    return 0


@pressmark.command()
@takes_project
@click.option("--repair", "repairs", is_flag=True, help="Mend what can be proven; keep the old.")
@takes_json
def check(project: str, *, repairs: bool, as_json: bool) -> int:
    """Look for damage: database, texts, quotes, references, journal."""
    output = output_of()
    repaired: RepairReport | None = None
    if repairs:
        repaired = repair(file_of(project))
        report = repaired.after
    else:
        with reading(project) as workspace:
            report = workspace.check()
    if as_json:
        output.json(reports.of_repair(repaired) if repaired else reports.of_check(report))
        return int(not report.ok or bool(repaired and repaired.done))
    for finding, done in repaired.done if repaired else ():
        output.line(f"{finding.kind}: {finding.where}: {finding.detail} {done}")
    if repaired and repaired.kept:
        output.say(f"Repaired. The damaged file is {repaired.kept}.")
    for finding in report.findings:
        output.line(f"{finding.kind}: {finding.where}: {finding.detail}")
    looked = ", ".join(f"{what} {count:,}" for what, count in report.checked.items())
    output.say(f"{several(len(report.findings), 'finding')}. Looked at: {looked}.")
    if any(finding.repairable for finding in report.findings):
        output.say("pressmark check --repair mends it on a copy.")
    elif report.findings:
        output.say("This cannot be proven from the journal: restore a backup.")
    return int(not report.ok or bool(repaired and repaired.done))


@pressmark.command()
@takes_project
@click.option("--article", metavar="ID", default=None, help="Only the history of this article.")
@takes_json
def history(project: str, article: str | None, *, as_json: bool) -> int:
    """Print the journal, oldest first; with --json one object a line."""
    output = output_of()
    with reading(project) as workspace:
        empty = True
        for entry in workspace.history(article):
            empty = False
            if as_json:
                output.json(reports.of_entry(entry), one_line=True)
            else:
                undone = " (undone)" if entry.undone else ""
                what = entry.title if entry.kind == "do" else f"{entry.kind}: {entry.title}"
                output.line(f"{entry.seq:>6} {entry.at} {entry.by}: {what}{undone}")
        if empty and article and article not in workspace.article_ids():
            raise InputRefused(f"There is no article {article} in this project.")
    return 0


@pressmark.command()
@takes_project
@click.option(
    "--backup", type=ANY_PATH, default=None, help="Where the copy goes that is made before."
)
@takes_annotator
@takes_json
def purge(project: str, backup: Path | None, annotator: str, *, as_json: bool) -> int:
    """Empty the trash, after a copy of everything was made."""
    with writing(project, annotator) as workspace:
        gone, copy = workspace.purge(backup)
    output = output_of()
    if as_json:
        output.json({"removed": gone, "backup": str(copy) if copy else None})
    elif gone:
        output.say(f"{several(gone, 'thing')} removed. Everything is in {copy} still.")
    else:
        output.say("The trash is empty.")
    return 0


@pressmark.command()
@takes_project
@click.argument("out", type=ANY_PATH, required=False)
@takes_json
def backup(project: str, out: Path | None, *, as_json: bool) -> int:
    """Make a checked copy, among the backups of the project or as OUT."""
    with reading(project) as workspace:
        if out is not None:
            workspace.copy_to(out)
            copy, is_sound = out, True
        else:
            made = backups.back_up(workspace.location, workspace.project.id)
            copy, is_sound = made.path, made.is_sound
    output = output_of()
    if as_json:
        output.json({"backup": str(copy), "sound": is_sound})
    else:
        output.say(f"The copy is {copy}.")
    if not is_sound:
        output.say("The project is damaged, and so is the copy: see pressmark check.")
    return int(not is_sound)


@pressmark.command()
@click.argument("backup_file", metavar="BACKUP", type=ANY_PATH)
@click.argument("out")
@takes_json
def restore(backup_file: Path, out: str, *, as_json: bool) -> int:
    """Make the new project OUT from a backup. Nothing is overwritten."""
    held = backups.outline(backup_file)
    backups.restore(backup_file, new_path(out))
    output = output_of()
    if as_json:
        output.json({"project": out, **asdict(held)})
    else:
        output.say(
            f"Made {out}: {several(held.articles, 'article')},"
            f" {several(held.annotations, 'annotation')},"
            f" last changed {spoken_time(held.last_change)}."
        )
    return 0


@pressmark.command()
def schema() -> int:
    """Print the JSON Schema of Pressmark JSON, version 1."""
    from app.exchange.document import json_schema

    output_of().json(json_schema())
    return 0
