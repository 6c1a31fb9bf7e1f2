"""The suggesters there are, and what they propose together."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.model.suggestion import Suggestion, suggestion_order
from app.suggest import actors, events, learned, names, numbers, outside, statements
from app.suggest.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggester:
    """Something that proposes marks. `name` is part of an accepted mark's origin: never changed.

    `nests` says that its proposals may lie in one another, `learns` that they depend on more than
    the article and the codebook: on what is marked and known in the project.
    """

    name: str
    label: str
    definition: str
    propose: Callable[[Context], Iterator[Suggestion]]
    nests: bool = False
    learns: bool = False


SUGGESTERS: tuple[Suggester, ...] = (
    Suggester(
        name=names.NAME,
        label="Known words",
        definition="Words that were marked before in this project, and names of its registry",
        propose=names.propose,
        learns=True,
    ),
    Suggester(
        name=learned.NAME,
        label="Learnt",
        definition="What a model has learnt from the articles that are finished in this project",
        propose=learned.propose,
        learns=True,
    ),
    Suggester(
        name=actors.NAME,
        label="Names and people",
        definition="Proper names, people by what they are or do, and personal pronouns, by rules",
        propose=actors.propose,
    ),
    Suggester(
        name=events.NAME,
        label="Event words",
        definition="Words of a lexicon that say that something happens",
        propose=events.propose,
    ),
    Suggester(
        name=numbers.NAME,
        label="Numbers",
        definition="Figures and number words, with their value, bounds and precision",
        propose=numbers.propose,
    ),
    Suggester(
        name=statements.NAME,
        label="Statements",
        definition="Quotations and reported speech, with verb, content and speaker",
        propose=statements.propose,
        nests=True,
    ),
)


def suggester_named(name: str) -> Suggester | None:
    """Return a suggester by its name."""
    return next((one for one in SUGGESTERS if one.name == name), None)


def propose(context: Context, chosen: Collection[str] | None = None) -> tuple[Suggestion, ...]:
    """Return what the chosen suggesters (None: all) propose, in reading order."""
    return kept({**proposals(context, chosen), **guessed(context)})


def proposals(
    context: Context, chosen: Collection[str] | None = None
) -> dict[str, tuple[Suggestion, ...]]:
    """Return all that each of the chosen suggesters (None: all) proposes, by its name."""
    return {
        suggester.name: tuple(suggester.propose(context))
        for suggester in SUGGESTERS
        if chosen is None or suggester.name in chosen
    }


def guessed(context: Context) -> dict[str, tuple[Suggestion, ...]]:
    """Return what the pipelines propose that were chosen, each by its suggester's name."""
    return {one.name: tuple(outside.propose(context, one)) for one in context.outside}


def kept(proposed: Mapping[str, Iterable[Suggestion]]) -> tuple[Suggestion, ...]:
    """Return what is shown of what suggesters propose, in reading order.

    Of proposals of one type that overlap only one is kept: that of the earlier suggester, for what
    annotators marked before says more than a rule, and of one suggester the surer one. What was
    learnt goes before all others; pipelines that were chosen go before rules.
    """
    by_type: dict[str, list[Suggestion]] = {}
    nesting = set()
    nests = {suggester.name for suggester in SUGGESTERS if suggester.nests}
    for name in sorted(proposed, key=_place):
        for suggestion in proposed[name]:
            by_type.setdefault(suggestion.type, []).append(suggestion)
            if name in nests:
                nesting.add(suggestion.type)
    found = []
    for type_name, several in by_type.items():
        found += _unlike(several) if type_name in nesting else _apart(several)
    return tuple(sorted(found, key=suggestion_order))


def _unlike(suggestions: list[Suggestion]) -> list[Suggestion]:
    """Return suggestions without those of the very same words that are less sure."""
    best: dict[object, Suggestion] = {}
    for one in suggestions:
        other = best.get(one.fragments)
        if other is None or other.score < one.score:
            best[one.fragments] = one
    return list(best.values())


def _apart(suggestions: list[Suggestion]) -> list[Suggestion]:
    """Return suggestions of which no two overlap, whoever proposed them."""
    taken = _Taken()
    known = {one.fragments for one in suggestions if one.suggester == names.NAME}

    def rank(one: Suggestion) -> tuple[float, float]:
        """Put what was learnt first, for it was measured; of the same words, what is known."""
        learnt = one.suggester == learned.NAME and one.fragments not in known
        return -1 if learnt else _place(one.suggester), -one.score

    ranked = sorted(suggestions, key=rank)
    return [one for one in ranked if taken.take(one.start, one.end)]


_PLACES = {suggester.name: float(n) for n, suggester in enumerate(SUGGESTERS)}


def _place(name: str) -> float:
    """Return where a suggester comes: a pipeline right after what was learnt."""
    return _PLACES.get(name, _PLACES[learned.NAME] + 0.5)


class _Taken:
    """Ranges of a text that are given away; none of them overlap."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, start: int, end: int) -> bool:
        """Take a range and return True, or return False where part of it is taken."""
        n = bisect_left(self._starts, end)
        if n and self._ends[n - 1] > start:
            return False
        self._starts.insert(n, start)
        self._ends.insert(n, end)
        return True
