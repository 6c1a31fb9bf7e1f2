"""A report to be read: each article with its marks highlighted, and under it the quotes by type.

The contents are the same for HTML and Word; what is parsed back is the text and every quote.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.exchange import xml_file
from app.exchange.carry import Room, Tally, xml_safe
from app.exchange.dataset import Bundle, Counts, Header
from app.exchange.flat import to_words
from app.exchange.product import Product
from app.model.annotation import Annotation, reading_order
from app.model.article import Article
from app.model.codebook import Codebook
from app.model.colour import shown_inks
from app.model.registry import Record

ROOM = Room(carries=frozenset())


@dataclass(frozen=True, slots=True)
class Quote:
    """One annotation as the report shows it: its words, and what is known about it."""

    words: str
    details: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One article: its title, facts and text, the quotes of each type, and where marks stand.

    `stretches` are (words, type shown) of the text in order: of marks that overlap the one that
    began last shows. Line ends are never marked.
    """

    title: str
    about: str
    text: str
    quotes: tuple[tuple[str, tuple[Quote, ...]], ...]
    stretches: tuple[tuple[str, str], ...]


def build(header: Header, articles: Iterable[Bundle], tally: Tally) -> Product:
    """Return an entry for each article."""
    records = {record.id: record for record in header.records}
    entries = []
    counts = Counts()
    for bundle in articles:
        safe = xml_safe(bundle, tally)
        entries.append(_entry(safe, header.codebook, records))
        counts += safe
    tally.add("relations", counts.relations, "they stand beside their quotes, as words")
    counts = Counts(articles=counts.articles, annotations=counts.annotations)
    return Product(counts=counts, parts=tuple(entries))


def tints(codebook: Codebook) -> dict[str, str]:
    """Return the colour behind the words of each type."""
    return {t.name: _lightened(shown_inks(t.ink)[0]) for t in codebook.types}


def _lightened(ink: str) -> str:
    parts = [int(ink[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{(one + 3 * 255) // 4:02x}" for one in parts)


def _entry(bundle: Bundle, codebook: Codebook, records: Mapping[str, Record]) -> Entry:
    labels = {t.name: t.plural for t in codebook.types}
    ordered = sorted(bundle.annotations, key=reading_order)
    by_id = {item.id: item for item in ordered}
    links: dict[str, list[str]] = {}
    for link in bundle.relations:
        words = by_id[link.target].quote
        links.setdefault(link.source, []).append(f"{link.role}: {_short(words)}")
    groups = [
        (label, tuple(_quote(i, records, links.get(i.id, ())) for i in ordered if i.type == name))
        for name, label in labels.items()
    ]
    article = bundle.article
    return Entry(
        title=_one_line(article.title or "Article"),
        about=_one_line(" · ".join(_facts(article))),
        text=article.text,
        quotes=tuple((_one_line(label), quotes) for label, quotes in groups if quotes),
        stretches=joined(_stretches(ordered, article.text)),
    )


def _facts(article: Article) -> Iterator[str]:
    if article.source:
        yield article.source
    if article.author:
        yield article.author
    if article.published:
        yield _day(article.published)
    if article.url:
        yield article.url


def _day(published: str) -> str:
    try:
        return f"{date.fromisoformat(published[:10]):%d %B %Y}".lstrip("0")
    except ValueError:
        return published


def _quote(item: Annotation, records: Mapping[str, Record], links: Iterable[str]) -> Quote:
    record = records.get(item.record or "")
    details = [record.name] if record else []
    details += [f"{n}: {to_words(v)}" for n, v in item.attributes.items() if v not in (None, "")]
    details += [
        f"{e.attribute}: {' … '.join(f.text for f in e.fragments) or to_words(e.value)}"
        for e in item.evidence
    ]
    details += links
    if item.certainty == "unsure":
        details.append("unsure")
    if item.comment:
        details.append(f"“{item.comment}”")
    return Quote(_one_line(item.quote), _one_line("; ".join(map(_short, details))))


def _short(words: str) -> str:
    return words if len(words) <= 120 else f"{words[:119]}…"


def _one_line(words: str) -> str:
    return xml_file.clean(" ".join(words.split()))


def _stretches(items: Iterable[Annotation], text: str) -> Iterator[tuple[str, str]]:
    """Yield the whole text in stretches, each with the type that shows there."""
    places = [(f.start, f.end, item.type) for item in items for f in item.fragments]
    edges = {0, len(text), *(place for start, end, _ in places for place in (start, end))}
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for start, end, name in places:
        opening.setdefault(start, []).append(name)
        closing.setdefault(end, []).append(name)
    now: list[str] = []
    for start, end in pairwise(sorted(edges)):
        for name in closing.get(start, ()):
            now.remove(name)
        now += opening.get(start, ())
        for number, line in enumerate(text[start:end].split("\n")):
            yield ("\n" if number else ""), ""
            yield line, now[-1] if now else ""


def joined(stretches: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return stretches without empty ones, neighbours of one type as one."""
    found: list[tuple[str, str]] = []
    for words, name in stretches:
        if found and found[-1][1] == name:
            found[-1] = found[-1][0] + words, name
        elif words:
            found.append((words, name))
    return tuple(found)


def parsed(entries: Iterable[Entry]) -> Product:
    """Return the product of entries that were read back."""
    parts = tuple(entries)
    quotes = sum(len(items) for one in parts for _, items in one.quotes)
    return Product(counts=Counts(articles=len(parts), annotations=quotes), parts=parts)
