"""What a search over all articles looks for, and what it finds."""

from dataclasses import dataclass, replace
from typing import Literal

from app.model.annotation import Certainty
from app.model.article import State

Range = tuple[int, int]
"""Start and end in code points."""

CONTEXT = 60
"""Code points of text before the words found, at most."""

SNIPPET = 220
"""Code points of a snippet, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkQuery:
    """Which marks are looked for. What is empty does not matter.

    `words` stand in the marked text or, `of_comment`, in the comment; `value` is one of the field
    `attribute`, alone or in a list; `state` is the article's for the mark's layer.
    """

    words: str = ""
    of_comment: bool = False
    type: str = ""
    attribute: str = ""
    value: str | int | None = None
    record: str = ""
    layer: str = ""
    state: State | None = None
    certainty: Certainty | None = None

    @property
    def is_empty(self) -> bool:
        """Whether every mark would be found."""
        return replace(self, of_comment=False) == MarkQuery()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One line of what was found: where it is, and some words around it.

    `start` and `end` are the place in the article's text that is to be shown; `snippet` is a
    stretch of it, `marked` the ranges within the snippet that were looked for. `count` says how
    often the words stand in the article, `places` where. `annotation` is set for marks, `note` for
    what somebody wrote: a comment, the words at a bookmark.
    """

    article: str
    position: int
    title: str
    source: str
    published: str
    start: int
    end: int
    snippet: str
    marked: tuple[Range, ...]
    count: int = 1
    places: tuple[Range, ...] = ()
    annotation: str = ""
    type: str = ""
    layer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """News of a search: the keys of what was found, in an order, and how much of it there is.

    The first news holds the first few as they come; the last all of them, the best first.
    `articles` is in how many articles they are, where that is known.
    """

    keys: tuple[int, ...]
    count: int
    articles: int | None = None
    stage: Literal["first", "counted", "all"]


def snippet_of(text: str, ranges: tuple[Range, ...]) -> tuple[str, tuple[Range, ...]]:
    """Return words around the first of the ranges, and the ranges that lie in them, moved there.

    Any white space is a blank, so that places stay; cut ends are signed by `…`.
    """
    start = _begin(text, ranges[0][0]) if ranges else 0
    end = min(len(text), start + SNIPPET)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    words = "".join(" " if c.isspace() else c for c in text[start:end])
    moved = len(before) - start
    marked = tuple(
        (max(one[0], start) + moved, min(one[1], end) + moved)
        for one in ranges
        if one[0] < end and one[1] > start
    )
    return before + words + after, marked


def _begin(text: str, at: int) -> int:
    """Return where a snippet begins: at a paragraph or a word, not far before a place."""
    earliest = max(0, at - CONTEXT)
    line = text.rfind("\n", earliest, at)
    if line >= 0:
        return line + 1
    if earliest == 0:
        return 0
    blank = text.find(" ", earliest, at)
    return blank + 1 if blank >= 0 else earliest
