"""What a suggester is given to look at."""

from dataclasses import dataclass

from app.model.codebook import Codebook
from app.suggest.forms import KnownForms


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One article, the codebook, and the words that are known in this project.

    `article` is its id, `text` its canonical text and `language` the two letters of its language.
    `published` is the date of the article as it was written down, empty where nobody knows.
    """

    article: str
    text: str
    codebook: Codebook
    forms: KnownForms
    language: str = "en"
    published: str = ""
