"""What an annotator keeps about an article beside its marks: bookmarks and rejected suggestions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """A place in an article that one layer wants to come back to; at most one at each offset.

    `offset` is a code point of the text; `version` the sequence number of the last change.
    """

    article: str
    layer: str
    offset: int
    note: str = ""
    version: int = 0

    @property
    def key(self) -> "BookmarkKey":
        """What tells it from every other one."""
        return self.article, self.layer, self.offset


BookmarkKey = tuple[str, str, int]
"""Article, layer, offset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A suggestion that a layer does not want to see again, and what it said.

    `id` is the suggestion's, which follows from its content; `start` and `end` are code points.
    """

    id: str
    article: str
    layer: str
    type: str
    start: int
    end: int
    quote: str
    suggester: str
    version: int = 0

    @property
    def key(self) -> "RejectionKey":
        """What tells it from every other one."""
        return self.article, self.layer, self.id


RejectionKey = tuple[str, str, str]
"""Article, layer, suggestion."""
