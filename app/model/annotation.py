"""Annotations: typed spans of one or more fragments, their evidence and their relations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

Value = str | int | float | bool | tuple[str, ...] | None
Certainty = Literal["sure", "unsure"]

GOLD = "gold"
"""The layer of what was settled: no one annotator's."""

NOTHING: Mapping[str, Value] = MappingProxyType({})


class Fragment(NamedTuple):
    """One stretch of text: half-open offsets in code points and the words that stand there."""

    start: int
    end: int
    text: str


def fragments_of(text: str, ranges: Iterable[tuple[int, int]]) -> tuple[Fragment, ...]:
    """Return the fragments for (start, end) ranges of a text: sorted, touching ones joined.

    Raises ValueError for an empty range or one outside the text.
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if not 0 <= start < end <= len(text):
            message = f"no text stands at {start} to {end} of {len(text)} characters"
            raise ValueError(message)
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(Fragment(start, end, text[start:end]) for start, end in joined)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words that bear out one attribute: a text range, and what it is taken to mean.

    `attributes` holds what is known about the value (a date's precision, a place's country).
    """

    attribute: str
    fragments: tuple[Fragment, ...] = ()
    value: Value = None
    attributes: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A span of an article with a type of the codebook and the fields of its form.

    `layer` is the annotator's name or `gold`; `record` the id of the registry record it mentions;
    `version` the sequence number of the last change that wrote it.
    """

    id: str
    article: str
    layer: str
    type: str
    fragments: tuple[Fragment, ...]
    attributes: Mapping[str, Value] = field(default_factory=dict)
    record: str | None = None
    certainty: Certainty = "sure"
    comment: str = ""
    evidence: tuple[Evidence, ...] = ()
    origin: str = "manual"
    created_at: str = ""
    updated_at: str = ""
    version: int = 0
    codebook_revision: int = 0

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
        """The annotated words; a gap between fragments reads ` … `."""
        return " … ".join(fragment.text for fragment in self.fragments)

    @property
    def length(self) -> int:
        """How many code points are annotated, gaps left out."""
        return sum(fragment.end - fragment.start for fragment in self.fragments)

    def covers(self, offset: int) -> bool:
        """Tell whether the code point at the offset belongs to the span."""
        return any(fragment.start <= offset < fragment.end for fragment in self.fragments)


def reading_order(annotation: Annotation) -> tuple[int, int, str]:
    """Sort key of every list of annotations: by start, then longest first, then id."""
    fragments = annotation.fragments  # as `start` and `end` do, but asked for by the thousand
    start = fragments[0].start
    return start, start - fragments[-1].end, annotation.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A directed, named link between two annotations of one article: a statement's speaker.

    `source` and `target` are annotation ids; JSON calls them `from` and `to`.
    """

    id: str
    article: str
    layer: str
    role: str
    source: str
    target: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    version: int = 0
