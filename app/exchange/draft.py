"""An article as a foreign file describes it, collected piece by piece and checked against the text.

What does not stand where the file says is counted and left out, never moved silently.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.exchange.carry import Tally
from app.exchange.dataset import Bundle
from app.model.annotation import Annotation, Evidence, Fragment, Relation, Value, fragments_of
from app.model.article import Article, Source
from app.model.errors import InputRefused
from app.model.ids import derived_id, is_id, utc_now
from app.model.text import OffsetMap, TextRefused, canonical, sha256_of

_OFF = "their offsets are not those of the words beside them"
_OUTSIDE = "there is no text at their offsets"
_NO_END = "one of their ends is not there"


@dataclass(slots=True)
class Span:
    """One annotation of a draft; free to be changed until the draft is finished."""

    id: str
    type: str
    fragments: tuple[Fragment, ...]
    layer: str = ""
    attributes: dict[str, Value] = field(default_factory=dict)
    record: str | None = None
    certainty: str = "sure"
    comment: str = ""
    evidence: tuple[Evidence, ...] = ()
    origin: str = "manual"
    created_at: str = ""
    updated_at: str = ""
    codebook_revision: int = 0


@dataclass(slots=True)
class Link:
    """One relation of a draft, between keys of its annotations."""

    role: str
    source: str
    target: str
    layer: str = ""
    attributes: dict[str, Value] = field(default_factory=dict)
    id: str = ""


class Draft:
    """Collects the annotations of one article under the keys that the file gives them.

    Offsets are given as the file counts them: over its own text, in code points or UTF-16 units.
    Raises `InputRefused` where the text itself cannot be kept.
    """

    def __init__(
        self, raw: str, tally: Tally, *, file: str = "", made: str = "", **about: Any
    ) -> None:
        try:
            self.text = canonical(raw)
        except TextRefused as refused:
            raise InputRefused(str(refused)) from None
        if not self.text.strip():
            raise InputRefused("it holds an article without text")
        self.tally = tally
        self.spans: dict[str, Span] = {}
        self.links: dict[str, Link] = {}
        self._sha256 = sha256_of(self.text)
        self._dropped = _dropped(raw)
        self._raw = raw
        self._units: OffsetMap | None = None
        self.id = made if is_id(made) else derived_id("article", self._sha256)
        self._file, self._about = file, about

    def offset(self, position: int, *, utf16: bool = False) -> int:
        """Return the offset in the canonical text of a position in the file's own text."""
        if utf16:
            if self._units is None:
                self._units = OffsetMap(self._raw)
            position = self._units.to_code_points(position)
        return position - bisect_left(self._dropped, position)

    def mark(
        self,
        key: str,
        type_: str,
        ranges: Iterable[tuple[int, int]],
        *,
        utf16: bool = False,
        quotes: Iterable[str] = (),
        made: str = "",
    ) -> Span | None:
        """Add an annotation and return it; None where the file is wrong about it, which is counted.

        `quotes` are the words that the file has for each range: white space aside they must match.
        `made` is the id where the file knows it; otherwise one follows from file, key and type.
        """
        try:
            found = [
                (self.offset(start, utf16=utf16), self.offset(end, utf16=utf16))
                for start, end in ranges
            ]
            fragments = tuple(
                Fragment(start, end, self.text[start:end]) for start, end in sorted(found)
            )
            inside = all(0 <= f.start < f.end <= len(self.text) for f in fragments)
            if not inside or any(b.start < a.end for a, b in pairwise(fragments)):
                fragments = fragments_of(self.text, found)
        except ValueError:
            fragments = ()
        if not fragments:
            self.tally.add("annotations", 1, _OUTSIDE)
            return None
        wanted = "".join("".join(quotes).split())
        if wanted and wanted != "".join("".join(f.text for f in fragments).split()):
            self.tally.add("annotations", 1, _OFF)
            return None
        if not is_id(made):
            made = key
        if not is_id(made):
            made = derived_id("mark", self._sha256, self._file, key, type_)
        span = self.spans[key] = Span(id=made, type=type_, fragments=fragments)
        return span

    def says(self, ranges: Iterable[tuple[int, int]], quote: str, *, utf16: bool = False) -> bool:
        """Tell whether these words stand at these ranges, white space aside."""
        found = "".join(
            self.text[self.offset(start, utf16=utf16) : self.offset(end, utf16=utf16)]
            for start, end in ranges
        )
        return "".join(found.split()) == "".join(quote.split())

    def link(
        self,
        key: str,
        role: str,
        source: str,
        target: str,
        *,
        attributes: Mapping[str, Value] | None = None,
        layer: str = "",
    ) -> Link:
        """Add a relation between two keys; whether they are there is looked at in the end."""
        link = Link(role, source, target, layer, dict(attributes or {}), key if is_id(key) else "")
        self.links[key] = link
        return link

    def bundle(self) -> Bundle:
        """Return what was collected."""
        article = Article(
            id=self.id,
            text=self.text,
            sha256=self._sha256,
            origin=Source(file=self._file, imported_at=utc_now()) if self._file else Source(),
            **{"title": "", **self._about},
        )
        return Bundle(
            article=article,
            annotations=tuple(_annotation(span, self.id) for span in self.spans.values()),
            relations=tuple(self._relations()),
        )

    def _relations(self) -> Iterable[Relation]:
        for key, link in self.links.items():
            source, target = self.spans.get(link.source), self.spans.get(link.target)
            if source is None or target is None or source is target:
                self.tally.add("relations", 1, _NO_END)
                continue
            yield Relation(
                id=link.id or derived_id("link", self._sha256, self._file, key, source.id),
                article=self.id,
                layer=link.layer or source.layer,
                role=link.role,
                source=source.id,
                target=target.id,
                attributes=link.attributes,
            )


def _dropped(raw: str) -> list[int]:
    """Return the positions that the canonical text does not have, in order."""
    front = len(raw) - len(raw.lstrip("\ufeff"))
    found = list(range(front))
    position = raw.find("\r\n")
    while position >= 0:
        found.append(position)
        position = raw.find("\r\n", position + 2)
    return found


def _annotation(span: Span, article: str) -> Annotation:
    return Annotation(
        id=span.id,
        article=article,
        layer=span.layer,
        type=span.type,
        fragments=span.fragments,
        attributes=span.attributes,
        record=span.record,
        certainty="unsure" if span.certainty == "unsure" else "sure",
        comment=span.comment,
        evidence=span.evidence,
        origin=span.origin,
        created_at=span.created_at,
        updated_at=span.updated_at,
        codebook_revision=span.codebook_revision,
    )


def text_of(path: Path, most: int = 50 * 1024 * 1024) -> str:
    """Return a file in UTF-8 as it lies, line ends and byte order mark included.

    Raises `InputRefused` where it is too large or of another encoding.
    """
    if path.stat().st_size > most:
        raise InputRefused(f"{path.name} is larger than {most // 1024 // 1024} MB")
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputRefused(f"{path.name} is not in UTF-8: byte {error.start + 1:,}") from None
