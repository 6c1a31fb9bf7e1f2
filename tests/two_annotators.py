"""The sample article as two people marked it: the mark sets of the picture of comparing."""

from dataclasses import replace
from pathlib import Path

from app.model.annotation import Annotation, fragments_of
from app.model.article import Article
from app.model.commands import AddAnnotation, AddAnnotator, AddArticle, Batch, Command, SetProject
from app.model.ids import derived_id
from app.model.registry import Annotator
from app.model.resources import resource
from app.model.text import paragraphs, sha256_of
from app.workspace import Workspace
from app.workspace.sample import press_codebook

MARTA, JONAS = "Marta Kovač", "Jonas Dahl"

MARKS = (
    (1, "number", "Thousands of people", "Thousands"),
    (1, "event", "protest", "protest"),
    (1, "actor", "Aleksei Navalny", "Aleksei Navalny"),
    (1, "event", "arrested", "arrested"),
    (2, "actor", "Navalny", "Navalny"),
    (2, "number", "five months", ""),
    (2, "event", "treated for poisoning", "poisoning"),
    (2, "statement", "poisoning for which he accuses the Kremlin", "he accuses the Kremlin"),
    (2, "actor", "the Kremlin", "Kremlin"),
    (3, "actor", "Navalny", "Navalny"),
    (3, "actor", "Russian President Vladimir Putin", "Vladimir Putin"),
    (3, "event", "order to kill him", ""),
    (3, "actor", "", "USA"),
    (4, "event", "arrested", "arrested"),
    (4, "actor", "Aleksei Navalny", "Aleksei Navalny"),
    (4, "event", "go out and protest", "protest"),
    (4, "actor", "the people", "people"),
)
"""Paragraph (from 1), type, the words of the one and of the other; none: not marked."""


def sample_article() -> Article:
    """Return the article of the sample, under an id of its own."""
    text = resource("sample/000_1b9c5a6f76a63e06.txt").read_text("utf-8").removesuffix("\n")
    return Article(
        id=derived_id("two annotators"),
        title="Thousands protest across Russia for Navalny",
        text=text,
        sha256=sha256_of(text),
        language="en",
    )


def marks(article: Article) -> list[Annotation]:
    """Return what both have marked."""
    bounds, found = paragraphs(article.text), []
    for number, (paragraph, type_name, *both) in enumerate(MARKS):
        for layer, words in zip((MARTA, JONAS), both, strict=True):
            if words:
                start = article.text.index(words, bounds[paragraph - 1][0])
                found.append(
                    Annotation(
                        id=derived_id("two annotators", layer, str(number)),
                        article=article.id,
                        layer=layer,
                        type=type_name,
                        fragments=fragments_of(article.text, [(start, start + len(words))]),
                    )
                )
    return found


def compared_project(path: Path, *, annotator: str = "Amina Yusuf") -> Workspace:
    """Return a project with the article as the two have marked it, open for a third."""
    workspace = Workspace.create(
        path, name="Two annotators", codebook=press_codebook(), annotator=annotator
    )
    article = sample_article()
    people = [Annotator(id=derived_id("annotator", one), name=one) for one in (MARTA, JONAS)]
    steps: list[Command] = [
        SetProject(project=replace(workspace.project, working_layer="gold")),
        *(AddAnnotator(annotator=person) for person in people),
        AddArticle(article=article),
        *(AddAnnotation(annotation=mark) for mark in marks(article)),
    ]
    workspace.do(Batch(steps=tuple(steps)), title="two annotators")
    return workspace
