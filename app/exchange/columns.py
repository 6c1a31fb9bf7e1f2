"""Articles as rows of plain nested data, for formats that hold such rows whatever their bytes."""

import json
from typing import Any

from app.exchange import json_file, reserved
from app.exchange.carry import Tally
from app.exchange.dataset import Bundle
from app.exchange.draft import Draft
from app.model.annotation import Annotation, Evidence, Fragment
from app.model.registry import Record


def row_of(bundle: Bundle, records: dict[str, Record]) -> dict[str, Any]:
    """Return an article as a row. Fields are JSON: their types are those of the codebook."""
    article = bundle.article
    return {
        "id": article.id,
        "text": article.text,
        "sha256": article.sha256,
        **{name: getattr(article, name) for name in json_file.ABOUT},
        "metadata": _json(article.metadata),
        "annotations": [_annotation(item, records) for item in bundle.annotations],
        "relations": [
            {
                "id": link.id,
                "layer": link.layer,
                "role": link.role,
                "from": link.source,
                "to": link.target,
                "attributes": _json(link.attributes),
            }
            for link in bundle.relations
        ],
    }


def _json(values: Any) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)


def _annotation(item: Annotation, records: dict[str, Record]) -> dict[str, Any]:
    record = records.get(item.record or "")
    return {
        "id": item.id,
        "layer": item.layer,
        "type": item.type,
        "start": item.start,
        "end": item.end,
        "text": item.quote,
        "fragments": _fragments(item.fragments),
        "attributes": _json(item.attributes),
        "record": item.record,
        "record_name": record.name if record else None,
        "record_kind": record.kind if record else None,
        "certainty": item.certainty,
        "comment": item.comment,
        "evidence": [
            {
                "attribute": one.attribute,
                "fragments": _fragments(one.fragments),
                "value": json.dumps(one.value, ensure_ascii=False),
                "attributes": _json(one.attributes),
            }
            for one in item.evidence
        ],
    }


def _fragments(fragments: tuple[Fragment, ...]) -> list[dict[str, Any]]:
    return [{"start": f.start, "end": f.end, "text": f.text} for f in fragments]


def bundle_of(
    row: dict[str, Any], tally: Tally, records: dict[str, Record], *, file: str
) -> Bundle:
    """Return the article of a row. Raises KeyError or ValueError where it is no such row."""
    metadata = json_file.values_of(json.loads(row["metadata"] or "{}"))
    about = json_file.known({**row, "metadata": metadata})
    draft = Draft(row["text"], tally, file=file, made=row["id"], **about)
    for one in row["annotations"] or ():
        places = [(f["start"], f["end"]) for f in one["fragments"]]
        quotes = [f["text"] for f in one["fragments"]]
        span = draft.mark(one["id"], one["type"], places, quotes=quotes)
        if span is None:
            continue
        span.layer, span.certainty, span.comment = one["layer"], one["certainty"], one["comment"]
        named = {reserved.RECORD: one["record"], reserved.NAME: one["record_name"]}
        named[reserved.KIND] = one["record_kind"]
        fields = json_file.values_of(json.loads(one["attributes"]))
        reserved.take(span, fields | {n: v for n, v in named.items() if v}, records)
        span.evidence = tuple(
            Evidence(
                attribute=e["attribute"],
                fragments=tuple(Fragment(f["start"], f["end"], f["text"]) for f in e["fragments"]),
                value=json_file.value_of(json.loads(e["value"])),
                attributes=json_file.values_of(json.loads(e["attributes"])),
            )
            for e in one["evidence"]
        )
    for one in row["relations"] or ():
        fields = json_file.values_of(json.loads(one["attributes"]))
        ends = one["from"], one["to"]
        draft.link(one["id"], one["role"], *ends, attributes=fields, layer=one["layer"])
    return draft.bundle()
