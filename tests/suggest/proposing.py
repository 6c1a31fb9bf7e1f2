"""What is proposed for a text of its own, with the links it would start with."""

from app.model.article import Article
from app.model.contents import ArticleContents
from app.model.suggestion import Suggestion
from app.suggest.context import Context
from app.suggest.forms import KnownForms
from app.suggest.language import language_of
from app.suggest.registry import propose
from app.suggest.relations import linked
from app.workspace.sample import press_codebook

CODEBOOK = press_codebook()


def proposed(text: str, type_: str) -> list[Suggestion]:
    """Return the suggestions of a type, in reading order."""
    language = language_of(text)
    found = propose(
        Context(article="a", text=text, codebook=CODEBOOK, forms=KnownForms(), language=language)
    )
    contents = ArticleContents(Article(id="a", title="", text=text, sha256=""), layer="x")
    return [one for one in linked(contents, CODEBOOK, found) if one.type == type_]


def words_of(found: list[Suggestion]) -> list[str]:
    """Return the words of each suggestion."""
    return [" … ".join(part.text for part in one.fragments) for one in found]


def speakers(one: Suggestion, text: str) -> list[str]:
    """Return the words of who says a statement."""
    return [text[link.start : link.end] for link in one.links if link.role == "speaker"]
