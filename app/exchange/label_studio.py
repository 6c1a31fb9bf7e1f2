"""Label Studio JSON: a list of tasks with regions, their fields and relations.

Offsets of plain texts are code points, as its own tests have it; older files count UTF-16 units,
which the words beside the offsets tell. https://labelstud.io/guide/task_format
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from app.exchange import json_file, reserved
from app.exchange.carry import Room, Tally
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.draft import Draft, Span
from app.exchange.features import MARKS, Feature
from app.model.annotation import Annotation, Value
from app.model.errors import InputRefused
from app.model.registry import Record

ROOM = Room(carries=MARKS - {Feature.GAPS, Feature.LINK_FIELDS})

_VERSION = "pressmark:words"


# -- writing --------------------------------------------------------------------------------------


def fit(bundle: Bundle, _tally: Tally) -> Bundle:
    """Return the article as it is."""
    return bundle


def write(path: Path, header: Header, articles: Iterable[Bundle]) -> None:
    """Write a task an article, and in it an annotation an annotator."""
    records = {record.id: record for record in header.records}
    with path.open("wb") as file:
        for number, bundle in enumerate(articles, start=1):
            file.write(b"[\n" if number == 1 else b",\n")
            file.write(orjson.dumps(_task(number, bundle, records)))
        file.write(b"\n]\n")


def _task(number: int, bundle: Bundle, records: dict[str, Record]) -> dict[str, Any]:
    article = bundle.article
    by_layer = groupby(
        sorted(bundle.annotations, key=lambda a: a.layer), key=lambda item: item.layer
    )
    made = []
    for n, (layer, items) in enumerate(by_layer, start=1):
        results = [part for item in items for part in _region(item, records)]
        results += [
            {
                "id": link.id,
                "from_id": link.source,
                "to_id": link.target,
                "type": "relation",
                "direction": "right",
                "labels": [link.role],
            }
            for link in bundle.relations
            if link.layer == layer
        ]
        made.append({"id": number * 100 + n, "result": results, "was_cancelled": False})
    data = {"text": article.text, "pressmark_id": article.id, **json_file.about(article)}
    return {"id": number, "data": {**data, _VERSION: True}, "annotations": made, "predictions": []}


def _region(item: Annotation, records: dict[str, Record]) -> Iterator[dict[str, Any]]:
    place = {"start": item.start, "end": item.end, "text": item.fragments[0].text}
    base = {"id": item.id, "to_name": "text"}
    meta = {"meta": {"text": [item.comment]}} if item.comment else {}
    labels = {"from_name": "label", "type": "labels", "value": {**place, "labels": [item.type]}}
    yield {**base, **labels, **meta}
    given = reserved.fields(item, records, leave=frozenset({reserved.COMMENT}))
    for name, value in given.items():
        words = {**place, "text": [value]}
        yield {**base, "from_name": name, "type": "textarea", "value": words}


# -- reading --------------------------------------------------------------------------------------


def looks(data: Any) -> bool:
    """Tell whether JSON holds tasks of Label Studio."""
    first = data[0] if isinstance(data, list) and data else data
    return isinstance(first, dict) and isinstance(first.get("data"), dict)


def read(path: Path) -> Dataset:
    """Return the articles of a file."""
    data = json_file.load(path)
    tasks = json_file.records(data if isinstance(data, list) else [data])
    tally, records, notes = Tally(), dict[str, Record](), set[str]()
    articles = tuple(_article(task, tally, records, notes, path.name) for task in tasks)
    if not articles:
        raise InputRefused("it holds no task")
    worded = any(task.get("data", {}).get(_VERSION) is True for task in tasks)
    return Dataset(
        articles=articles,
        foreign=True,
        worded=worded,
        records=tuple(records.values()),
        lost=tally.lost(),
        note="; ".join(sorted(notes)),
    )


def _article(
    task: dict[str, Any],
    tally: Tally,
    records: dict[str, Record],
    notes: set[str],
    file: str,
) -> Bundle:
    data = task.get("data")
    data = data if isinstance(data, dict) else {}
    words = [one for one in data.values() if isinstance(one, str)]
    text = (
        data.get("text") if isinstance(data.get("text"), str) else max(words, key=len, default="")
    )
    made = str(data.get("pressmark_id", ""))
    draft = Draft(str(text), tally, file=file, made=made, **json_file.known(data))
    for number, one in enumerate(
        json_file.records(task.get("annotations") or task.get("completions"))
    ):
        results = json_file.records(one.get("result"))
        if one.get("was_cancelled"):
            tally.add("annotations", len(results), "their annotator skipped the task")
            continue
        layer = _person(one.get("completed_by"))
        notes |= _results(results, draft, records, layer=layer, salt=f"{number}")
    return draft.bundle()


def _person(given: Any) -> str:
    match given:
        case {"email": str(name)} if name:
            return name
        case int(number):
            return f"user {number}"
        case str(name):
            return name
        case _:
            return ""


def _results(
    results: list[dict[str, Any]],
    draft: Draft,
    records: dict[str, Record],
    *,
    layer: str,
    salt: str,
) -> set[str]:
    """Take the regions, their fields and their relations; return how they were understood."""
    notes: set[str] = set()
    fields: dict[str, dict[str, Value]] = {}
    for n, one in enumerate(results):
        value, kind = one.get("value"), str(one.get("type", ""))
        value = value if isinstance(value, dict) else {}
        key = str(one.get("id") or f"{salt}.{n}")
        if kind == "relation":
            label = (one.get("labels") or ["relation"])[0]
            ends = str(one.get("from_id")), str(one.get("to_id"))
            draft.link(key if one.get("id") else f"r{salt}.{n}", str(label), *ends)
        elif isinstance(value.get(kind), list) and kind.endswith("labels"):
            span = _mark(key, value, str((value[kind] or [""])[0]), draft, notes)
            if span is not None:
                span.layer = layer
                notes_of = one.get("meta")
                words = notes_of.get("text") if isinstance(notes_of, dict) else None
                span.comment = "\n".join(map(str, words)) if isinstance(words, list) else ""
        elif one.get("id"):
            held = value.get("text") if kind == "textarea" else value.get(kind)
            single = held[0] if isinstance(held, list) and len(held) == 1 else held
            name = str(one.get("from_name", kind))
            fields.setdefault(key, {})[name] = json_file.value_of(single)
        else:
            draft.tally.add("answers about whole texts", 1)
    for key, given in fields.items():
        if key in draft.spans:
            reserved.take(draft.spans[key], given, records)
        else:
            draft.tally.add("answers about whole texts", len(given))
    return notes


def _mark(
    key: str, value: dict[str, Any], label: str, draft: Draft, notes: set[str]
) -> Span | None:
    """Add a region: by its offsets in code points, or in UTF-16 where only those fit its words."""
    places = value.get("globalOffsets")
    places = places if isinstance(places, dict) else value
    start, end = places.get("start"), places.get("end")
    if not json_file.is_place(start, end):
        draft.tally.add("annotations", 1, "they have no offsets in the text")
        return None
    given = value.get("text")
    quote = given.replace("\\n", "\n") if isinstance(given, str) else ""
    pairs = [(start, end)]
    utf16 = bool(quote) and not draft.says(pairs, quote) and draft.says(pairs, quote, utf16=True)  # type: ignore[arg-type]
    if utf16:
        notes.add("its offsets were taken for UTF-16 units, since only these fit the words")
    return draft.mark(key, label, pairs, utf16=utf16, quotes=[quote])  # type: ignore[arg-type]
