"""PLOVER event records as JSON Lines: who did what to whom, one record an event or speech act.

Types, modes, contexts and sectors are those of PLOVER 0.8; speech acts come from statements, since
they are never annotated as events. https://github.com/openeventdata/PLOVER
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from app.exchange.carry import Room, Tally
from app.exchange.dataset import Bundle, Counts, Header
from app.exchange.product import Product
from app.model.annotation import Annotation, Value
from app.model.article import Article
from app.model.errors import Refused
from app.model.ids import derived_id
from app.model.registry import Record

ROOM = Room(carries=frozenset())

_TYPE = "plover_type"
_AUXILIARY = {
    "future": "future",
    "hypothetical": "hypothetical",
    "negated": "negation",
    "historical": "historical",
}
_UNREAL = frozenset({"hypothetical", "generic"})
_ACTS = {
    "accuse": ("ACCUSE", ("allege",)),
    "condemn": ("ACCUSE", ("disapprove",)),
    "concern": ("ACCUSE", ("disapprove",)),
    "demand": ("REQUEST", ()),
    "appeal": ("REQUEST", ()),
    "deny": ("REJECT", ()),
    "reject": ("REJECT", ()),
    "warn": ("THREATEN", ()),
    "threaten": ("THREATEN", ()),
    "promise": ("AGREE", ()),
    "support": ("SUPPORT", ()),
    "concede": ("CONCEDE", ()),
}
_QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}


def build(header: Header, articles: Iterable[Bundle], tally: Tally) -> Product:
    """Return the records of all articles, in reading order of what they come from."""
    codebook = header.codebook
    fields = [a.name for one in codebook.types for a in one.attributes]
    fields += [a.name for one in codebook.records for a in one.attributes]
    if _TYPE not in fields:
        raise Refused("The codebook has no field “plover_type”, so there is no PLOVER record.")
    records = {record.id: record for record in header.records}
    found: list[dict[str, Any]] = []
    for bundle in articles:
        made = _Article(bundle, records)
        before = len(found)
        found += [*made.events(tally), *made.statements(tally)]
        others = sum(a.type not in made.kinds for a in bundle.annotations)
        tally.add("annotations of other types", others, "they show only where an event has them")
        if len(found) == before:
            tally.add("articles", 1, "there is no PLOVER record in them")
    return _product(tuple(orjson.loads(orjson.dumps(one)) for one in found))


def _product(parts: tuple[dict[str, Any], ...]) -> Product:
    articles = len({one["source"]["article"] for one in parts})
    return Product(counts=Counts(articles=articles, annotations=len(parts)), parts=parts)


class _Article:
    """The annotations of one article, ready to be asked for their ends."""

    def __init__(self, bundle: Bundle, records: dict[str, Record]) -> None:
        self._bundle, self._records = bundle, records
        self._by_id = {item.id: item for item in bundle.annotations}
        self.kinds = {
            a.type for a in bundle.annotations if self._is_event(a) or "act" in a.attributes
        }

    def _is_event(self, item: Annotation) -> bool:
        record = self._records.get(item.record or "")
        return record is not None and bool(record.attributes.get(_TYPE))

    def events(self, tally: Tally) -> Iterator[dict[str, Any]]:
        """Yield a record for each event of the registry that the article mentions."""
        mentions: dict[str, list[Annotation]] = {}
        for item in self._bundle.annotations:
            if item.record and self._is_event(item):
                mentions.setdefault(item.record, []).append(item)
            elif item.type == "event":
                tally.add("events", 1, "they have no PLOVER type")
        for key, items in mentions.items():
            record = self._records[key]
            real = [i for i in items if i.attributes.get("realis") not in _UNREAL] or items
            kind = str(record.attributes[_TYPE])
            actors = self._ends(real, ("agent",)) or self._ends(real, ("participant", "organizer"))
            when = record.attributes.get("date_start") or self._date(real)
            yield self._record(
                derived_id("plover", self._bundle.article.id, key),
                kind,
                items=real,
                modes=record.attributes.get("plover_modes"),
                contexts=record.attributes.get("plover_contexts"),
                actors=actors,
                recipients=self._ends(real, ("target",)),
                when=(when, record.attributes.get("date_end")),
                where=self._where(record),
            ) | {"event": record.name}

    def statements(self, tally: Tally) -> Iterator[dict[str, Any]]:
        """Yield a record for each speech act that PLOVER has a type for."""
        for item in self._bundle.annotations:
            if "act" not in item.attributes and _TYPE not in item.attributes:
                continue
            kind, modes = item.attributes.get(_TYPE), item.attributes.get("plover_modes")
            if _TYPE not in item.attributes:
                kind, modes = _ACTS.get(str(item.attributes.get("act")), (None, ()))
            if not kind:
                tally.add("statements", 1, "PLOVER has no type for such a speech act")
                continue
            yield self._record(
                derived_id("plover", self._bundle.article.id, item.id),
                str(kind),
                items=[item],
                modes=modes,
                contexts=(),
                actors=self._ends([item], ("speaker",)),
                recipients=self._ends([item], ("addressee", "target")),
                when=(self._date([item]), None),
                where=None,
            )

    def _record(
        self,
        made: str,
        kind: str,
        *,
        items: Sequence[Annotation],
        modes: Value,
        contexts: Value,
        actors: Sequence[Annotation],
        recipients: Sequence[Annotation],
        when: tuple[Value, Value],
        where: dict[str, Any] | None,
    ) -> dict[str, Any]:
        article = self._bundle.article
        first = items[0]
        realis = [str(item.attributes.get("realis", "actual")) for item in items]
        auxiliary = [] if "actual" in realis else [_AUXILIARY[r] for r in realis if r in _AUXILIARY]
        return {
            "id": made,
            "type": kind,
            "mode": list(modes) if isinstance(modes, tuple) else [],
            "context": list(contexts) if isinstance(contexts, tuple) else [],
            "auxmode": sorted(set(auxiliary)),
            "quad": _QUAD.get(kind),
            "date": when[0] or article.published[:10] or None,
            "enddate": when[1],
            "actor": [self._entity(one) for one in actors],
            "recipient": [self._entity(one) for one in recipients],
            "location": where,
            "size": list(self._sizes(items)),
            "text": first.quote,
            "spans": [[f.start, f.end] for item in items for f in item.fragments],
            "source": _source(article),
        }

    def _ends(self, items: Sequence[Annotation], roles: Sequence[str]) -> list[Annotation]:
        """Return what these mentions are linked to, each actor once, in reading order."""
        ids = {item.id for item in items}
        found: dict[str, Annotation] = {}
        for link in self._bundle.relations:
            if link.role in roles and link.source in ids:
                end = self._by_id[link.target]
                found.setdefault(end.record or end.id, end)
        return sorted(found.values(), key=lambda item: (item.start, item.id))

    def _entity(self, item: Annotation) -> dict[str, Any]:
        record = self._records.get(item.record or "")
        if record is None:
            return {"identifier_text": item.quote}
        held = record.attributes
        entity = {
            "identifier_text": record.name,
            "identifier_id": record.external.get("wikidata"),
            "code": held.get("country"),
            "sector": held.get("sector"),
            "other_sectors": list(others)
            if isinstance(others := held.get("other_sectors"), tuple)
            else None,
            "office": held.get("office"),
        }
        return {name: value for name, value in entity.items() if value}

    def _date(self, items: Sequence[Annotation]) -> Value:
        dates = (e.value for i in items for e in i.evidence if e.attribute == "time" and e.value)
        return next(dates, None)

    def _where(self, record: Record) -> dict[str, Any] | None:
        names = ("place", "country", "geonames", "geo_precision")
        held = {name: record.attributes.get(name) for name in names}
        return {n: v for n, v in held.items() if v is not None} or None

    def _sizes(self, items: Sequence[Annotation]) -> Iterator[dict[str, Any]]:
        """Yield what numbers count these mentions: the words, and a figure where there is one."""
        ids = {item.id for item in items}
        for link in self._bundle.relations:
            if link.role == "counts" and link.target in ids:
                number = self._by_id[link.source]
                held = number.attributes
                value = held.get("value")
                yield {
                    "of": held.get("quantity_of"),
                    "text": number.quote,
                    "value": held.get("resolved_value") if value is None else value,
                }


def _source(article: Article) -> dict[str, Any]:
    about = {
        "article": article.id,
        "headline": article.title,
        "publisher": article.source,
        "url": article.url,
        "date": article.published,
        "sha256": article.sha256,
    }
    return {name: value for name, value in about.items() if value}


def dump(path: Path, product: Product, _header: Header) -> None:
    """Write a line a record. Articles without one have no line."""
    with path.open("wb") as file:
        for one in product.parts:
            file.write(orjson.dumps(one) + b"\n")


def parse(path: Path) -> Product:
    """Return the records of a file."""
    with path.open("rb") as file:
        return _product(tuple(orjson.loads(line) for line in file))
