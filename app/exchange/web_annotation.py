"""W3C Web Annotation in JSON-LD: an AnnotationPage, with the texts beside the annotations.

Offsets count code points, as the recommendation says; the quote stands beside them, since
hypothes.is counts otherwise. https://www.w3.org/TR/annotation-model/
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from app.exchange import json_file, reserved
from app.exchange.carry import Room, Tally
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.draft import Draft
from app.exchange.features import MARKS
from app.model.annotation import Annotation, Relation
from app.model.article import Article
from app.model.errors import InputRefused
from app.model.registry import Record

ROOM = Room(carries=MARKS, typed=True)

_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "pressmark": "urn:pressmark:",
        "pressmark:attributes": {"@type": "@json"},
        "pressmark:articles": {"@type": "@json"},
    },
]
_AROUND = 32
_URN = "urn:uuid:"


# -- writing --------------------------------------------------------------------------------------


def fit(bundle: Bundle, _tally: Tally) -> Bundle:
    """Return the article as it is."""
    return bundle


def write(path: Path, header: Header, articles: Iterable[Bundle]) -> None:
    """Write one page. Each line of it is an annotation, or an article with its text."""
    records = {record.id: record for record in header.records}
    texts = []
    with path.open("wb") as file:
        head = {"@context": _CONTEXT, "id": f"{_URN}{header.project.id}", "type": "AnnotationPage"}
        file.write(orjson.dumps(head)[:-1] + b',"items":[')
        first = True
        for bundle in articles:
            for item in _items(bundle, records):
                file.write((b"\n" if first else b",\n") + orjson.dumps(item))
                first = False
            article = bundle.article
            texts.append({"id": article.id, "text": article.text, **json_file.about(article)})
        file.write(b'\n],"pressmark:articles":' + orjson.dumps(texts) + b"}\n")


def _items(bundle: Bundle, records: dict[str, Record]) -> Iterator[dict[str, Any]]:
    for item in bundle.annotations:
        yield _annotation(item, bundle.article, records)
    for link in bundle.relations:
        yield _link(link)


def _annotation(item: Annotation, article: Article, records: dict[str, Record]) -> dict[str, Any]:
    body = [{"type": "TextualBody", "purpose": "tagging", "value": item.type}]
    if item.comment:
        body.append({"type": "TextualBody", "purpose": "commenting", "value": item.comment})
    leave = frozenset({reserved.COMMENT, reserved.LAYER})
    return {
        "id": f"{_URN}{item.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "creator": {"type": "Person", "name": item.layer},
        "body": body,
        "target": [_target(f.start, f.end, article) for f in item.fragments],
        "pressmark:attributes": reserved.fields(item, records, leave=leave),
    }


def _target(start: int, end: int, article: Article) -> dict[str, Any]:
    text = article.text
    return {
        "type": "SpecificResource",
        "source": f"{_URN}{article.id}",
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - _AROUND) : start],
                "suffix": text[end : end + _AROUND],
            },
        ],
    }


def _link(link: Relation) -> dict[str, Any]:
    return {
        "id": f"{_URN}{link.id}",
        "type": "Annotation",
        "motivation": "linking",
        "creator": {"type": "Person", "name": link.layer},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": link.role},
            {"type": "SpecificResource", "purpose": "linking", "source": f"{_URN}{link.target}"},
        ],
        "target": f"{_URN}{link.source}",
        "pressmark:attributes": dict(link.attributes),
    }


# -- reading --------------------------------------------------------------------------------------


def looks(data: Any) -> bool:
    """Tell whether JSON is about Web Annotations."""
    first = data[0] if isinstance(data, list) and data else data
    return isinstance(first, dict) and "anno.jsonld" in str(first.get("@context", ""))


def read(path: Path) -> Dataset:
    """Return the articles of a page of ours.

    Web Annotations point at pages elsewhere; without their texts they are refused.
    """
    data = json_file.load(path)
    if not looks(data):
        raise InputRefused("it is no Web Annotation: it has no such @context")
    texts = json_file.records(data.get("pressmark:articles")) if isinstance(data, dict) else []
    if not texts:
        raise InputRefused(
            "its annotations point at texts elsewhere and it brings none: import the articles first"
        )
    tally, records = Tally(), dict[str, Record]()
    drafts = {
        str(one.get("id")): Draft(
            str(one.get("text", "")),
            tally,
            file=path.name,
            made=str(one.get("id", "")),
            **json_file.known(one),
        )
        for one in texts
    }
    links = []
    for item in json_file.records(data.get("items")):
        if item.get("motivation") == "linking":
            links.append(item)
        else:
            _read_annotation(item, drafts, tally, records)
    by_mark = {key: draft for draft in drafts.values() for key in draft.spans}
    for item in links:
        _read_link(item, by_mark, tally)
    return Dataset(
        articles=tuple(draft.bundle() for draft in drafts.values()),
        foreign=True,
        records=tuple(records.values()),
        lost=tally.lost(),
    )


def _id(urn: Any) -> str:
    return str(urn).removeprefix(_URN)


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [] if given is None else [given]


def _bodies(item: dict[str, Any], purpose: str) -> list[str]:
    found = json_file.records(_listed(item.get("body")))
    return [str(one.get("value", "")) for one in found if one.get("purpose") == purpose]


def _creator(item: dict[str, Any]) -> str:
    creator = item.get("creator")
    return str(creator.get("name", "")) if isinstance(creator, dict) else ""


def _read_annotation(
    item: dict[str, Any], drafts: dict[str, Draft], tally: Tally, records: dict[str, Record]
) -> None:
    targets = json_file.records(_listed(item.get("target")))
    draft = drafts.get(_id(targets[0].get("source"))) if targets else None
    ranges, quotes = [], []
    for target in targets:
        for selector in json_file.records(_listed(target.get("selector"))):
            start, end = selector.get("start"), selector.get("end")
            if json_file.is_place(start, end):
                ranges.append((start, end))
            if isinstance(selector.get("exact"), str):
                quotes.append(selector["exact"])
    if draft is None or not ranges:
        tally.add("annotations", 1, "their text is not in the file")
        return
    label = next(iter(_bodies(item, "tagging")), "mark")
    span = draft.mark(_id(item.get("id")), label, ranges, quotes=quotes)  # type: ignore[arg-type]
    if span is not None:
        span.layer = _creator(item)
        span.comment = "\n".join(_bodies(item, "commenting"))
        reserved.take(span, json_file.values_of(item.get("pressmark:attributes")), records)


def _read_link(item: dict[str, Any], by_mark: dict[str, Draft], tally: Tally) -> None:
    source = _id(item.get("target"))
    bodies = json_file.records(_listed(item.get("body")))
    target = next((_id(one.get("source")) for one in bodies if "source" in one), "")
    draft = by_mark.get(source)
    if draft is None:
        tally.add("relations", 1, "one of their ends is not there")
        return
    draft.link(
        _id(item.get("id")),
        next(iter(_bodies(item, "tagging")), "link"),
        source,
        target,
        attributes=json_file.values_of(item.get("pressmark:attributes")),
        layer=_creator(item),
    )
