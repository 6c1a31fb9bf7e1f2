"""What a suggester is given to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.model.codebook import Codebook
from app.suggest.forms import KnownForms

if TYPE_CHECKING:
    from app.suggest.learned import Learned
    from app.suggest.outside import Outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One article, the codebook, and the words that are known in this project.

    `article` is its id, `text` its canonical text and `language` the two letters of its language.
    `published` is the date of the article as it was written down, empty where nobody knows;
    `models` what was learnt from finished articles, by type; `outside` what pipelines guessed.
    """

    article: str
    text: str
    codebook: Codebook
    forms: KnownForms
    language: str = "en"
    published: str = ""
    models: Mapping[str, "Learned"] = field(default_factory=dict)
    outside: tuple["Outside", ...] = ()
