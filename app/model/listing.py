"""Which articles the queue shows, and in which order: what a saved filter keeps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from app.model.article import ArticleRow, State

Sort = Literal["position", "title", "published", "source", "marks", "changed", "useful", "relevant"]
SORTS: tuple[Sort, ...] = (
    "position",
    "title",
    "published",
    "source",
    "marks",
    "changed",
    "useful",
    "relevant",
)
RANKED: frozenset[Sort] = frozenset({"useful", "relevant"})
"""Orders that are worked out beside the window from what is marked; until then that of import."""
MOVING: frozenset[Sort] = frozenset({"marks", "changed", "useful", "relevant"})
"""Orders that work itself changes: a list keeps the one it was made in, so that no row runs away
under the hands."""

Ranks = Mapping[int, float]
"""From 0 to 1 by the article's position; what is finished stands last, below 0."""

DONE_RANK = -1.0

_CAPITALS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A choice of articles for one layer. Without anything said: all, in the order of import.

    `search` is words of title or text; `since` and `until` are ISO dates or their beginnings, both
    included; `bookmarked`, `unsure` and `commented` ask for at least one such place in the layer.
    """

    state: State | None = None
    search: str = ""
    source: str = ""
    since: str = ""
    until: str = ""
    bookmarked: bool = False
    unsure: bool = False
    commented: bool = False
    sort: Sort = "position"
    descending: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything beside state and words is asked for."""
        dates = self.since or self.until
        return bool(self.source or dates or self.bookmarked or self.unsure or self.commented)

    @property
    def is_plain(self) -> bool:
        """Whether all articles are shown in the order of import, whatever is searched for."""
        return replace(self, state=None, search="") == Listing()


def sort_key(row: ArticleRow, sort: Sort) -> tuple[str | int, int]:
    """Return what a row is sorted by, as the database compares it; the place of import decides."""
    match sort:
        case "title":
            return row.title.translate(_CAPITALS), row.position
        case "source":
            return row.source.translate(_CAPITALS), row.position
        case "published":
            return row.published, row.position
        case "marks":
            return row.annotations, row.position
        case _:
            return row.position, 0


def ranked(positions: Iterable[int], ranks: Ranks, *, descending: bool = False) -> list[int]:
    """Return positions (by import), the highest rank first; of equal ones the first import.

    What has no rank comes before what is finished; `descending` turns all of it round.
    """
    found = sorted(positions, key=lambda place: -ranks.get(place, DONE_RANK / 2))
    return found[::-1] if descending else found
