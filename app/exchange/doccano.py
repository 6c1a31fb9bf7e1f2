"""doccano JSON Lines with entities and relations, and its older forms; offsets are code points.

https://doccano.github.io/doccano/
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from app.exchange import json_file
from app.exchange.carry import Room, Tally
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.draft import Draft
from app.exchange.features import Feature
from app.model.errors import InputRefused

ROOM = Room(
    carries=frozenset(
        {Feature.TEXT, Feature.ABOUT, Feature.OVERLAP, Feature.EVIDENCE, Feature.RELATIONS}
    )
)
_LABELS = "labels of whole texts"


def fit(bundle: Bundle, _tally: Tally) -> Bundle:
    """Return the article as it is."""
    return bundle


def write(path: Path, _header: Header, articles: Iterable[Bundle]) -> None:
    """Write a line an article."""
    entity = relation = 0
    with path.open("wb") as file:
        for number, bundle in enumerate(articles, start=1):
            keys = {item.id: entity + n for n, item in enumerate(bundle.annotations, start=1)}
            entity += len(keys)
            line = {
                "id": number,
                "text": bundle.article.text,
                "entities": [
                    {
                        "id": keys[item.id],
                        "label": item.type,
                        "start_offset": item.start,
                        "end_offset": item.end,
                    }
                    for item in bundle.annotations
                ],
                "relations": [
                    {
                        "id": relation + n,
                        "from_id": keys[link.source],
                        "to_id": keys[link.target],
                        "type": link.role,
                    }
                    for n, link in enumerate(bundle.relations, start=1)
                ],
                "Comments": [],
                **json_file.about(bundle.article),
            }
            relation += len(bundle.relations)
            file.write(orjson.dumps(line) + b"\n")


def read(path: Path) -> Dataset:
    """Return the articles of a file, whichever of doccano's forms it has."""
    tally = Tally()
    articles = tuple(_article(line, tally, path.name) for line in json_file.objects(path))
    return Dataset(articles=articles, foreign=True, lost=tally.lost())


def looks(line: dict[str, Any]) -> bool:
    """Tell whether a line is doccano's."""
    return ("text" in line or "data" in line) and bool(
        {"entities", "label", "labels", "relations"} & line.keys()
    )


def _article(line: dict[str, Any], tally: Tally, file: str) -> Bundle:
    text = line.get("text", line.get("data"))
    if not isinstance(text, str):
        raise InputRefused("a line of it has no text")
    draft = Draft(text, tally, file=file, **json_file.known(line))
    for n, one in enumerate(json_file.records(line.get("entities"))):
        start, end = one.get("start_offset"), one.get("end_offset")
        if json_file.is_place(start, end):
            draft.mark(f"e{one.get('id', n)}", str(one.get("label", "")), [(start, end)])  # type: ignore[list-item]
        else:
            tally.add("annotations", 1, "they have no offsets")
    for name in ("label", "labels"):
        _triples(line.get(name), draft, tally)
    for one in json_file.records(line.get("relations")):
        ends = f"e{one.get('from_id')}", f"e{one.get('to_id')}"
        draft.link(f"r{one.get('id')}", str(one.get("type", "")), *ends)
    return draft.bundle()


def _triples(given: Any, draft: Draft, tally: Tally) -> None:
    if isinstance(given, str):
        tally.add(_LABELS, 1)
    for n, one in enumerate(given if isinstance(given, list) else []):
        if isinstance(one, list) and len(one) == 3 and json_file.is_place(*one[:2]):
            draft.mark(f"l{n}", str(one[2]), [(one[0], one[1])])
        else:
            tally.add(_LABELS, 1)
