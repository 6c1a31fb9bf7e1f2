"""Who speaks is guessed from what stands before, never from another paragraph."""

from app.model.annotation import Annotation, fragments_of
from app.model.article import Article
from app.model.codebook_file import read_codebook
from app.model.contents import ArticleContents
from app.model.guess import guess
from app.model.resources import resource
from app.model.text import sha256_of

TEXT = (
    "According to the Red Cross, people fled.\nMarín said nothing.\nBerg saw it. People fled again."
)


def mark(name: str, type_name: str, words: str) -> Annotation:
    start = TEXT.index(words)
    return Annotation(
        id=name,
        article="a",
        layer="x",
        type=type_name,
        fragments=fragments_of(TEXT, [(start, start + len(words))]),
    )


def contents(*marks: Annotation) -> ArticleContents:
    article = Article(id="a", title="", text=TEXT, sha256=sha256_of(TEXT))
    return ArticleContents(article, layer="x", annotations=marks)


CODEBOOK = read_codebook(resource("codebooks/press.yaml"))


def test_nobody_of_the_next_paragraph_speaks() -> None:
    said = mark("s", "statement", "people fled")
    assert guess(contents(said, mark("m", "actor", "Marín")), CODEBOOK, "s", "speaker") is None


def test_somebody_named_before_in_the_paragraph_does() -> None:
    said = mark("s", "statement", "People fled again.")
    actors = mark("m", "actor", "Marín"), mark("b", "actor", "Berg")
    assert guess(contents(said, *actors), CODEBOOK, "s", "speaker") == "b"
