"""Suggestions: marks that a suggester proposes. They are in no project until they are accepted."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from app.model.annotation import Annotation, Evidence, Fragment, Value
from app.model.ids import derived_id


class SuggestedLink(NamedTuple):
    """A role that a mark would start with, and where what fills it stands: offsets in code points.

    It leads to a place, not to a mark, for what stands there may itself be only a suggestion.
    """

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A mark that somebody's rules propose, and why.

    `score` runs from 0 to 1; `reason` is said to the annotator, as it stands. `evidence` and
    `links` are what the mark would start with. The id follows from the place, the
    type and the suggester, so it is the same whenever the article is looked at again.
    """

    id: str
    article: str
    type: str
    fragments: tuple[Fragment, ...]
    attributes: Mapping[str, Value] = field(default_factory=dict)
    record: str | None = None
    evidence: tuple[Evidence, ...] = ()
    links: tuple[SuggestedLink, ...] = ()
    score: float
    suggester: str
    reason: str

    @property
    def start(self) -> int:
        """The first code point."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.fragments[-1].end

    @property
    def quote(self) -> str:
        """The words; a gap between fragments reads ` … `."""
        return " … ".join(fragment.text for fragment in self.fragments)


class Wanted(NamedTuple):
    """Which suggestions are shown: those as sure as `least`, and not of the types `without`."""

    least: float = 0.0
    without: frozenset[str] = frozenset()

    def shows(self, one: Suggestion) -> bool:
        """Tell whether a suggestion is shown."""
        return one.score >= self.least and one.type not in self.without


def suggestion_id(
    article: str, type_name: str, fragments: tuple[Fragment, ...], suggester: str
) -> str:
    """Return the id of what a suggester proposes at a place: always the same one."""
    places = ",".join(f"{fragment.start}-{fragment.end}" for fragment in fragments)
    return derived_id("suggestion", f"{article} {type_name} {places} {suggester}")


Placed = TypeVar("Placed", Annotation, Suggestion)


def at_the_end(
    link: SuggestedLink, types: Collection[str], among: Iterable[Placed]
) -> Placed | None:
    """Return which of some marks or suggestions a link leads to; it has to be of one of `types`."""
    place = link.start, link.end
    return next((one for one in among if (one.start, one.end) == place and one.type in types), None)


def suggestion_order(suggestion: Suggestion) -> tuple[int, int, str]:
    """Sort key of every list of suggestions: by start, then longest first, then id."""
    return suggestion.start, suggestion.start - suggestion.end, suggestion.id
