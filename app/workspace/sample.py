"""The sample project: one article with an expert's annotation."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.model.codebook import Codebook
from app.model.commands import (
    AddAnnotation,
    AddAnnotator,
    AddArticle,
    AddRecord,
    AddRelation,
    Batch,
    Command,
    SetProject,
)
from app.model.resources import resource
from app.workspace.workspace import Workspace

NAME = "Sample project"
TITLE = "Thousands protest across Russia for Navalny"


def press_codebook() -> Codebook:
    """Return the codebook that ships with the program."""
    from app.model.codebook_file import read_codebook

    return read_codebook(resource("codebooks/press.yaml"))


def make_sample(location: str | Path, *, annotator: str) -> Workspace:
    """Make the sample project and open it. It works on the layer `gold`. Refuses to overwrite."""
    from app.exchange import reference

    codebook = press_codebook()
    dataset = reference.read(resource("sample/annotation.json"), codebook, title=TITLE)
    workspace = Workspace.create(location, name=NAME, codebook=codebook, annotator=annotator)
    try:
        project = replace(workspace.project, working_layer=reference.LAYER)
        steps: list[Command] = [SetProject(project=project)]
        if dataset.header is not None:
            steps += [AddAnnotator(annotator=a) for a in dataset.header.annotators]
            steps += [AddRecord(record=record) for record in dataset.header.records]
        for bundle in dataset.articles:
            steps.append(AddArticle(article=bundle.article))
            steps += [AddAnnotation(annotation=annotation) for annotation in bundle.annotations]
            steps += [AddRelation(relation=relation) for relation in bundle.relations]
        workspace.do(Batch(steps=tuple(steps)), title="add the sample article")
    except BaseException:
        workspace.close()
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{workspace.location}{ending}").unlink()
        raise
    return workspace
