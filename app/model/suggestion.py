"""Suggestions: marks that a suggester proposes. They are in no project until they are accepted."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.model.annotation import Fragment, Value
from app.model.ids import derived_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A mark that somebody's rules propose, and why.

    `score` runs from 0 to 1; `reason` is said to the annotator, as it stands. `links` are
    (role, annotation id) pairs that the mark would start with. The id follows from the place, the
    type and the suggester, so it is the same whenever the article is looked at again.
    """

    id: str
    article: str
    type: str
    fragments: tuple[Fragment, ...]
    attributes: Mapping[str, Value] = field(default_factory=dict)
    record: str | None = None
    links: tuple[tuple[str, str], ...] = ()
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


def suggestion_id(
    article: str, type_name: str, fragments: tuple[Fragment, ...], suggester: str
) -> str:
    """Return the id of what a suggester proposes at a place: always the same one."""
    places = ",".join(f"{fragment.start}-{fragment.end}" for fragment in fragments)
    return derived_id("suggestion", f"{article} {type_name} {places} {suggester}")


def suggestion_order(suggestion: Suggestion) -> tuple[int, int, str]:
    """Sort key of every list of suggestions: by start, then longest first, then id."""
    return suggestion.start, suggestion.start - suggestion.end, suggestion.id
