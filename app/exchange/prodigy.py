"""JSON Lines as Prodigy writes them and spaCy's examples have them; offsets are code points.

https://prodi.gy/docs/api-interfaces#spans
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from app.exchange import json_file, reserved
from app.exchange.carry import Room, Tally
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.draft import Draft
from app.exchange.features import MARKS, Feature
from app.model.annotation import Annotation
from app.model.errors import InputRefused
from app.model.registry import Record

ROOM = Room(carries=MARKS - {Feature.GAPS}, typed=True)

_TOKEN = re.compile(r"\w+|[^\w\s]")
_OWN = frozenset("start end label token_start token_end id text source input_hash".split())
_ANSWERS = {"reject": "they were rejected", "ignore": "they were left undecided"}


def fit(bundle: Bundle, _tally: Tally) -> Bundle:
    """Return the article as it is."""
    return bundle


def write(path: Path, header: Header, articles: Iterable[Bundle]) -> None:
    """Write a line an article, with tokens, so that `spans.manual` and `rel.manual` can show it."""
    records = {record.id: record for record in header.records}
    with path.open("wb") as file:
        for bundle in articles:
            file.write(orjson.dumps(_line(bundle, records)) + b"\n")


def _line(bundle: Bundle, records: dict[str, Record]) -> dict[str, Any]:
    article = bundle.article
    found = [match.span() for match in _TOKEN.finditer(article.text)]
    starts = {start: n for n, (start, _) in enumerate(found)}
    ends = {end: n for n, (_, end) in enumerate(found)}

    def span(item: Annotation) -> dict[str, Any]:
        tokens = {"token_start": starts.get(item.start), "token_end": ends.get(item.end)}
        on_tokens = tokens if None not in tokens.values() else {}
        return {"id": item.id, "start": item.start, "end": item.end, "label": item.type} | on_tokens

    spans = {item.id: span(item) for item in bundle.annotations}
    return {
        "text": article.text,
        "tokens": [
            {
                "text": article.text[start:end],
                "start": start,
                "end": end,
                "id": n,
                "ws": article.text[end : end + 1].isspace(),
            }
            for n, (start, end) in enumerate(found)
        ],
        "spans": [
            spans[item.id] | {"attributes": reserved.fields(item, records)}
            for item in bundle.annotations
        ],
        "relations": [
            {
                "id": link.id,
                "head": spans[link.source].get("token_end"),
                "child": spans[link.target].get("token_end"),
                "head_span": spans[link.source],
                "child_span": spans[link.target],
                "label": link.role,
                "layer": link.layer,
                "attributes": dict(link.attributes),
            }
            for link in bundle.relations
        ],
        "meta": {"id": article.id, **json_file.about(article)},
        "answer": "accept",
    }


def looks(line: dict[str, Any]) -> bool:
    """Tell whether a line is Prodigy's."""
    return "text" in line and bool({"spans", "tokens", "answer", "_input_hash"} & line.keys())


def read(path: Path) -> Dataset:
    """Return the articles of a file."""
    tally, records = Tally(), dict[str, Record]()
    articles = tuple(_article(one, tally, records, path.name) for one in json_file.objects(path))
    return Dataset(
        articles=articles, foreign=True, records=tuple(records.values()), lost=tally.lost()
    )


def _article(line: dict[str, Any], tally: Tally, records: dict[str, Record], file: str) -> Bundle:
    text, meta = line.get("text"), line.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    if not isinstance(text, str):
        raise InputRefused("a line of it has no text")
    draft = Draft(text, tally, file=file, made=str(meta.get("id", "")), **json_file.known(meta))
    spans = json_file.records(line.get("spans"))
    for one in line.get("entities") or ():
        if isinstance(one, list) and len(one) == 3:
            spans.append({"start": one[0], "end": one[1], "label": one[2]})
    if line.get("answer") in _ANSWERS:
        tally.add("annotations", len(spans), _ANSWERS[line["answer"]])
        return draft.bundle()
    layer = line.get("_annotator_id")
    for n, one in enumerate(spans):
        start, end = one.get("start"), one.get("end")
        key = str(one.get("id") or f"s{n}")
        if not json_file.is_place(start, end):
            tally.add("annotations", 1, "they have no offsets")
            continue
        span = draft.mark(key, str(one.get("label", "")), [(start, end)])  # type: ignore[list-item]
        if span is not None:
            span.layer = layer if isinstance(layer, str) else ""
            held = one.get("attributes")
            given = held if isinstance(held, dict) else {k: one[k] for k in one.keys() - _OWN}
            reserved.take(span, json_file.values_of(given), records)
    for n, one in enumerate(json_file.records(line.get("relations"))):
        head, child = (_end(one.get(name), draft) for name in ("head_span", "child_span"))
        draft.link(
            str(one.get("id") or f"r{n}"),
            str(one.get("label", "")),
            head,
            child,
            attributes=json_file.values_of(one.get("attributes")),
            layer=str(one.get("layer", "")),
        )
    return draft.bundle()


def _end(span: Any, draft: Draft) -> str:
    """Return the key of the annotation that a relation names by id or by place and label."""
    if not isinstance(span, dict):
        return ""
    if (key := str(span.get("id") or "")) in draft.spans:
        return key
    place = span.get("start"), span.get("end"), span.get("label")
    for key, one in draft.spans.items():
        if place == (one.fragments[0].start, one.fragments[-1].end, one.type):
            return key
    return ""
