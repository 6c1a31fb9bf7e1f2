"""What a model has learnt from the finished articles of this project."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.model.suggestion import Suggestion
from app.suggest.context import Context
from app.suggest.proposal import is_wanted, proposal

if TYPE_CHECKING:
    from app.suggest.sequence import Model

NAME = "learned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A model of one type that was good enough on held-out articles to be heard.

    `articles` and `marks` are what it has learnt from, `f1` (overlap) how good it was on articles
    it had not seen.
    """

    model: "Model"
    articles: int
    marks: int
    f1: float


Models = Mapping[str, Learned]
"""By type."""


def propose(context: Context) -> Iterator[Suggestion]:
    """Yield what the models take for marks of their types."""
    for type_name, learned in context.models.items():
        if not is_wanted(context.codebook, type_name):
            continue
        reason = f"learnt from {learned.articles:,} finished articles (F1 {learned.f1:.2f})"
        for guess in learned.model.guesses(context.text):
            yield proposal(
                context,
                type_name,
                [(guess.start, guess.end)],
                suggester=NAME,
                score=guess.score,
                reason=reason,
                said={},
            )
