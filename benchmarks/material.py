"""Made-up articles and annotations of any size, always the same for the same numbers."""

import random
from dataclasses import replace
from pathlib import Path

from app.model.annotation import Annotation, fragments_of
from app.model.article import Article
from app.model.commands import AddAnnotation, AddArticle, Batch, Command, SetProject
from app.model.ids import derived_id, utc_now
from app.model.text import sha256_of
from app.workspace import Workspace

_WORDS = (
    "Navalny Putin police arrested protest Moscow thousands said the of in and to a was were "
    "Kremlin opposition statement Tuesday State Department Borrell European Union officers injured "
    "Tass reported"
).split()
_TYPES = ("actor", "actor", "event", "event", "number", "statement", "statement")


def article_text(characters: int, seed: int = 1) -> str:
    """Return paragraphs of 25 to 70 words, about as many characters as asked for."""
    chance = random.Random(seed)
    paragraphs, size = [], 0
    while size < characters:
        words = [chance.choice(_WORDS) for _ in range(chance.randint(25, 70))]
        paragraphs.append(" ".join(words).capitalize() + ".")
        size += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)


def annotations_of(article: Article, count: int, layer: str, seed: int = 2) -> list[Annotation]:
    """Return overlapping, nested annotations on word bounds: short spans and long statements."""
    chance = random.Random(seed)
    text = article.text
    starts = [0] + [
        n + 1 for n, character in enumerate(text) if character in " \n" and n + 1 < len(text)
    ]
    made: list[Annotation] = []
    now = utc_now()
    while len(made) < count:
        type_name = chance.choice(_TYPES)
        size = chance.randint(8, 25) if type_name == "statement" else chance.randint(1, 4)
        first = chance.randrange(max(1, len(starts) - size - 1))
        start, end = starts[first], starts[first + size] - 1
        end = min(end, text.find("\n", start) if "\n" in text[start:end] else end)
        if start >= end:
            continue
        made.append(
            Annotation(
                id=derived_id(article.id, str(len(made))),
                article=article.id,
                layer=layer,
                type=type_name,
                fragments=fragments_of(text, [(start, end)]),
                created_at=now,
                updated_at=now,
                codebook_revision=1,
            )
        )
    return made


def article(characters: int, *, seed: int = 1) -> Article:
    """Return an article of about that many characters."""
    text = article_text(characters, seed)
    return Article(
        id=derived_id("benchmark", str(characters), str(seed)),
        title=f"Article {seed} of {characters:,} characters",
        text=text,
        sha256=sha256_of(text),
        language="en",
    )


def project(path: Path, articles: list[tuple[Article, int]]) -> Workspace:
    """Create a project with articles, each with so many annotations."""
    from app.model.codebook_file import read_codebook
    from app.model.resources import resource

    codebook = read_codebook(resource("codebooks/press.yaml"))
    workspace = Workspace.create(path, name="Benchmark", codebook=codebook, annotator="bench")
    # Whoever opens it works on this layer, and so sees the annotations.
    working = replace(workspace.project, working_layer=workspace.layer)
    workspace.do(SetProject(project=working), title="benchmark material")
    for made, count in articles:
        steps: list[Command] = [AddArticle(article=made)]
        steps += [AddAnnotation(annotation=a) for a in annotations_of(made, count, workspace.layer)]
        workspace.do(Batch(steps=tuple(steps)), title="benchmark material")
    return workspace
