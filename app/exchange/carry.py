"""What of an article a format keeps, and a count of what stays behind, before anything is written.

An export writes the narrowed article and nothing else, reads it back and compares: so what a
format loses is known exactly, and each time.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.exchange.dataset import Bundle, Header, Lost
from app.exchange.features import Feature
from app.exchange.flat import flatten, in_words
from app.model.annotation import Annotation, Fragment, Value, reading_order
from app.model.article import Article, Source
from app.model.text import sha256_of

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""

_UNTOLD = {"origin": "manual", "created_at": "", "updated_at": "", "codebook_revision": 0}
NO_PLACE = "the format has no place for it"


@dataclass(slots=True)
class Tally:
    """Counts losses by what was lost and why."""

    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, what: str, count: int, reason: str = NO_PLACE) -> None:
        """Count something as lost; nothing, where the count is 0."""
        if count:
            self.counts[what, reason] = self.counts.get((what, reason), 0) + count

    def lost(self) -> tuple[Lost, ...]:
        """Return the losses, in the order in which they were first met."""
        return tuple(
            Lost(what=what, count=count, reason=reason)
            for (what, reason), count in self.counts.items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much a format has room for. `nested`: it holds evidence as such; `typed`: values too."""

    carries: frozenset[Feature]
    nested: bool = False
    typed: bool = False


def of_header(header: Header, room: Room, tally: Tally) -> None:
    """Count what a format leaves out of the registry."""
    if Feature.REGISTRY not in room.carries:
        richer = sum(bool(r.aliases or r.attributes or r.external) for r in header.records)
        tally.add("registry entries with aliases or fields", richer)


def narrow(bundle: Bundle, room: Room, tally: Tally) -> Bundle:
    """Return what a format keeps of an article, and count the rest."""
    carries = room.carries
    if Feature.EVIDENCE not in carries:
        tally.add("words that bear out a field", sum(len(a.evidence) for a in bundle.annotations))
        bare_marks = (replace(a, evidence=()) if a.evidence else a for a in bundle.annotations)
        bundle = replace(bundle, annotations=tuple(bare_marks))
    elif not room.nested:
        bundle = _flattened(bundle, tally)
    if not room.typed:
        bundle = in_words(bundle)
    bundle = _without_links(bundle, carries, tally)
    kept = tuple(_annotation(item, bundle.article, carries, tally) for item in bundle.annotations)
    if Feature.LAYERS not in carries:
        tally.add("names of annotators", len({item.layer for item in bundle.annotations}))
        links = tuple(replace(link, layer="") for link in bundle.relations)
        bundle = replace(bundle, relations=links)
    if Feature.STATUS not in carries:
        tally.add("statuses of articles", len(bundle.statuses))
        bundle = replace(bundle, statuses=())
    return replace(bundle, article=_article(bundle.article, carries, tally), annotations=kept)


def _flattened(bundle: Bundle, tally: Tally) -> Bundle:
    """Flatten evidence; of several values of one field without words only the first has a name."""
    again = 0
    kept = []
    for item in bundle.annotations:
        if not item.evidence:
            kept.append(item)
            continue
        seen: set[str] = set()
        evidence = []
        for one in item.evidence:
            if not one.fragments and one.attribute in seen:
                again += 1
                continue
            if not one.fragments:
                seen.add(one.attribute)
            evidence.append(one)
        kept.append(replace(item, evidence=tuple(evidence)))
    tally.add("further values without words of one field", again)
    return flatten(replace(bundle, annotations=tuple(kept)))


def _without_links(bundle: Bundle, carries: frozenset[Feature], tally: Tally) -> Bundle:
    if Feature.RELATIONS not in carries:
        tally.add("relations", len(bundle.relations))
        return replace(bundle, relations=())
    if Feature.LINK_FIELDS not in carries:
        tally.add("fields of relations", sum(len(r.attributes) for r in bundle.relations))
        bare = tuple(replace(r, attributes={}) for r in bundle.relations)
        return replace(bundle, relations=bare)
    return bundle


def _annotation(
    item: Annotation, article: Article, carries: frozenset[Feature], tally: Tally
) -> Annotation:
    changed: dict[str, Any] = {"version": 0}
    if Feature.GAPS not in carries and len(item.fragments) > 1:
        reason = "an annotation is one stretch there: it runs from its first word to its last"
        tally.add("gaps in annotations", len(item.fragments) - 1, reason)
        changed["fragments"] = (_hull(item, article),)
    if Feature.FIELDS not in carries:
        tally.add("fields", len(item.attributes))
        changed["attributes"] = {}
    if Feature.RECORDS not in carries and item.record:
        tally.add("links to the registry", 1)
        changed["record"] = None
    if Feature.NOTES not in carries:
        tally.add("comments", int(bool(item.comment)))
        tally.add("marks of doubt", int(item.certainty == "unsure"))
        changed |= {"comment": "", "certainty": "sure"}
    if Feature.HISTORY not in carries:
        told = bool(item.created_at) or item.origin != "manual"
        tally.add("times and origins of annotations", int(told))
        changed |= _UNTOLD
    if Feature.LAYERS not in carries:
        changed["layer"] = ""
    return replace(item, **changed)


def _hull(item: Annotation, article: Article) -> Fragment:
    return Fragment(item.start, item.end, article.text[item.start : item.end])


def _article(article: Article, carries: frozenset[Feature], tally: Tally) -> Article:
    if Feature.ABOUT in carries:
        return replace(article, version=0, position=0)
    about = (article.title, article.source, article.url, article.author, article.published)
    tally.add("facts about articles", sum(map(bool, (*about, article.language, *article.metadata))))
    return Article(id=article.id, title="", text=article.text, sha256=article.sha256)


def bare(article: Article) -> Article:
    """Return the article without where it was read from: what formats with a title keep of it."""
    return replace(article, origin=Source())


def no_overlaps(bundle: Bundle, tally: Tally, *, reason: str) -> Bundle:
    """Leave out annotations that overlap an earlier one of their layer and type.

    The earliest stays, then the longest; so do none of the links at those that go.
    """
    ends: dict[tuple[str, str], int] = {}
    kept, gone = [], set()
    for item in sorted(bundle.annotations, key=reading_order):
        key = item.layer, item.type
        if item.start < ends.get(key, 0):
            gone.add(item.id)
            continue
        ends[key] = item.end
        kept.append(item)
    tally.add("overlapping annotations", len(gone), reason)
    return without(replace(bundle, annotations=tuple(kept)), gone, tally)


def without(bundle: Bundle, gone: Iterable[str], tally: Tally) -> Bundle:
    """Leave out the links at annotations that are gone."""
    missing = set(gone)
    links = tuple(
        r for r in bundle.relations if r.source not in missing and r.target not in missing
    )
    reason = "one of their ends is left out"
    tally.add("relations", len(bundle.relations) - len(links), reason)
    return replace(bundle, relations=links)


def xml_safe(bundle: Bundle, tally: Tally) -> Bundle:
    """Put U+FFFD for characters that XML forbids, in the text and in all words; lengths stay."""
    article = bundle.article
    words = (article.text, article.title, article.source, article.author, article.url)
    wrong = sum(len(FORBIDDEN.findall(one)) for one in words)
    wrong += sum(
        len(FORBIDDEN.findall(f"{a.comment}{a.layer}{''.join(map(str, a.attributes.values()))}"))
        for a in bundle.annotations
    )
    wrong += sum(
        len(FORBIDDEN.findall("".join(map(str, r.attributes.values())))) for r in bundle.relations
    )
    if not wrong:
        return bundle
    tally.add("characters", wrong, "XML forbids them; U+FFFD stands in their place")
    text = _clean(article.text)
    return Bundle(
        article=replace(
            article,
            text=text,
            sha256=sha256_of(text),
            title=_clean(article.title),
            source=_clean(article.source),
            author=_clean(article.author),
            url=_clean(article.url),
        ),
        annotations=tuple(
            replace(
                item,
                layer=_clean(item.layer),
                comment=_clean(item.comment),
                fragments=tuple(Fragment(s, e, text[s:e]) for s, e, _ in item.fragments),
                attributes=_clean_values(item.attributes),
            )
            for item in bundle.annotations
        ),
        relations=tuple(
            replace(link, layer=_clean(link.layer), attributes=_clean_values(link.attributes))
            for link in bundle.relations
        ),
        statuses=bundle.statuses,
    )


def _clean(words: str) -> str:
    return FORBIDDEN.sub("\ufffd", words)


def _clean_values(values: Mapping[str, Value]) -> dict[str, Value]:
    return {n: _clean(v) if isinstance(v, str) else v for n, v in values.items()}


def links_of_sources(bundle: Bundle, tally: Tally) -> Bundle:
    """Give each link the layer of the annotation it starts at, where a format keeps no other."""
    layers = {item.id: item.layer for item in bundle.annotations}
    other = sum(link.layer != layers[link.source] for link in bundle.relations)
    tally.add("names of those who made a relation", other)
    links = tuple(replace(link, layer=layers[link.source]) for link in bundle.relations)
    return replace(bundle, relations=links)
