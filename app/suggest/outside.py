"""What a pipeline or model of another program takes for marks, as suggestions.

The pipelines run elsewhere (`app.workspace.pipelines`); here are only their guesses: places and
labels, without a word of the text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.model.suggestion import Suggestion
from app.suggest.context import Context
from app.suggest.proposal import is_wanted, proposal


class Guess(NamedTuple):
    """A place (half-open, in code points), what it was called there, and how sure that is (0-1)."""

    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The guesses of one pipeline about one text; `types` says which labels are which type."""

    name: str
    title: str
    types: Mapping[str, str] = field(default_factory=dict)
    guesses: tuple[Guess, ...] = ()


def propose(context: Context, outside: Outside) -> Iterator[Suggestion]:
    """Yield the guesses whose labels are types of the codebook, each within its words."""
    text = context.text
    for guess in outside.guesses:
        type_name = outside.types.get(guess.label, "")
        words = text[guess.start : guess.end]
        start = guess.start + len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if type_name and start < end and is_wanted(context.codebook, type_name):
            yield proposal(
                context,
                type_name,
                [(start, end)],
                suggester=outside.name,
                score=guess.score,
                reason=f"{guess.label}, says {outside.title}",
                said={},
            )
