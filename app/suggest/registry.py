"""The suggesters there are, and what they propose together."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from app.model.suggestion import Suggestion, suggestion_order
from app.suggest import names
from app.suggest.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggester:
    """Something that proposes marks. `name` is part of an accepted mark's origin: never changed."""

    name: str
    label: str
    definition: str
    propose: Callable[[Context], Iterator[Suggestion]]


SUGGESTERS: tuple[Suggester, ...] = (
    Suggester(
        name=names.NAME,
        label="Known words",
        definition="Words that were marked before in this project, and names of its registry",
        propose=names.propose,
    ),
)


def propose(context: Context, chosen: Collection[str] | None = None) -> tuple[Suggestion, ...]:
    """Return what the chosen suggesters (None: all) propose, in reading order.

    The same mark proposed twice comes once, from whoever is surer.
    """
    best: dict[object, Suggestion] = {}
    for suggester in SUGGESTERS:
        if chosen is not None and suggester.name not in chosen:
            continue
        for suggestion in suggester.propose(context):
            place = suggestion.type, suggestion.fragments
            if place not in best or best[place].score < suggestion.score:
                best[place] = suggestion
    return tuple(sorted(best.values(), key=suggestion_order))
