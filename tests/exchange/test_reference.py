"""The expert annotation of the sample becomes records without anything added, changed or lost."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.exchange import reference
from app.exchange.consistency import Consistency
from app.exchange.dataset import Bundle, Header
from app.model.annotation import Annotation, Fragment
from app.model.checks import findings
from app.model.codebook import Codebook
from app.model.errors import InputRefused
from app.model.ids import is_id
from app.model.resources import resource


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(resource("sample/annotation.json").read_text("utf-8"))
    return data


def names(gold: dict[str, Any], kind: str, things: str) -> dict[str, str]:
    """Return the name in the reference file of each id."""
    return {reference._id(kind, one["id"]): one["id"] for one in gold[things]}


def plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def segments(fragments: tuple[Fragment, ...]) -> list[dict[str, Any]]:
    return [{"start": f.start, "end": f.end, "text": f.text} for f in fragments]


def test_has_the_counts_the_reference_expects(gold: dict[str, Any], bundle: Bundle) -> None:
    expected = gold["expected"]
    assert len(bundle.annotations) == expected["spans"] == 117
    assert len(bundle.relations) == expected["relations"] == 122
    assert sum(len(one.evidence) for one in bundle.annotations) == expected["anchors"] == 71
    tiers = Counter(f"{one.type.upper()}.{one.attributes['tier']}" for one in bundle.annotations)
    assert tiers == {name: n for name, n in expected["counts"].items() if n}
    gaps = [one for one in bundle.annotations if len(one.fragments) > 1]
    assert [one.id for one in gaps] == [
        reference._id("annotation", name) for name in expected["discontinuous_spans"]
    ]


def test_every_span_is_exactly_that_of_the_reference(gold: dict[str, Any], bundle: Bundle) -> None:
    spans = names(gold, "annotation", "spans")
    records = names(gold, "actor", "actors") | names(gold, "event", "events")
    read = [back_to_span(one, spans, records) for one in bundle.annotations]
    shown = ("start", "end", "text", "paragraph")
    expected = []
    for span in gold["spans"]:
        anchors = [{k: v for k, v in a.items() if k != "text"} for a in span["anchors"]]
        for anchor in anchors:
            anchor.setdefault("value", None)
        expected.append({k: v for k, v in span.items() if k not in shown} | {"anchors": anchors})
    assert read == expected


def back_to_span(
    one: Annotation, spans: Mapping[str, str], records: Mapping[str, str]
) -> dict[str, Any]:
    attributes = {name: plain(value) for name, value in one.attributes.items() if name != "tier"}
    if one.record:
        attributes[one.type] = records[one.record]
    if one.comment:
        attributes["note"] = one.comment
    return {
        "id": spans[one.id],
        "type": one.type.upper(),
        "segments": segments(one.fragments),
        "tier": one.attributes["tier"],
        "attributes": attributes,
        "anchors": [
            {
                "name": evidence.attribute,
                "segments": segments(evidence.fragments),
                "value": evidence.value,
                **{k: spans[str(v)] if k == "by" else v for k, v in evidence.attributes.items()},
            }
            for evidence in one.evidence
        ],
    }


def test_every_relation_is_exactly_that_of_the_reference(
    gold: dict[str, Any], bundle: Bundle
) -> None:
    spans = names(gold, "annotation", "spans")
    types = {one.id: one.type for one in bundle.annotations}
    relations = names(gold, "relation", "relations")
    read = [
        {
            "id": relations[one.id],
            "type": f"{types[one.source]}.{one.role}",
            "from": spans[one.source],
            "to": spans[one.target],
            "attributes": {
                name: spans[str(v)] if name in {"according_to", "statement"} else v
                for name, v in one.attributes.items()
            },
        }
        for one in bundle.relations
    ]
    assert read == gold["relations"]


def test_the_registry_is_exactly_that_of_the_reference(
    gold: dict[str, Any], header: Header
) -> None:
    actors, events = names(gold, "actor", "actors"), names(gold, "event", "events")
    read: dict[str, list[dict[str, Any]]] = {"actor": [], "event": []}
    for record in header.records:
        entry: dict[str, Any] = {n: plain(value) for n, value in record.attributes.items()}
        if record.kind == "actor":
            entry |= {"id": actors[record.id], "name": record.name}
            entry["affiliated_with"] = [actors[one] for one in entry["affiliated_with"]]
            entry["aliases"] = list(record.aliases)
            entry["wikidata"] = record.external.get("wikidata")
        else:
            entry |= {"id": events[record.id], "title": record.name}
            entry["part_of"] = events[entry["part_of"]] if entry["part_of"] else None
        read[record.kind].append(entry)
    assert read["actor"] == gold["actors"]
    assert read["event"] == gold["events"]


def test_it_is_valid_and_complete_by_the_codebook(
    press: Codebook, header: Header, bundle: Bundle
) -> None:
    checks = Consistency(header)
    checks.article(0, bundle)
    assert checks.problems == []
    assert findings(press, bundle.annotations, bundle.relations) == ()


def test_ids_are_uuids_and_always_the_same(bundle: Bundle, press: Codebook) -> None:
    again = reference.read(resource("sample/annotation.json"), press)
    (twin,) = again.articles
    assert [one.id for one in twin.annotations] == [one.id for one in bundle.annotations]
    ids = [one.id for one in bundle.annotations] + [one.id for one in bundle.relations]
    assert all(map(is_id, [*ids, bundle.article.id]))
    assert {one.layer for one in bundle.annotations} == {"gold"}
    assert {one.origin for one in bundle.annotations} == {"import:reference-annotation"}


def test_the_traps_stay_unmarked(gold: dict[str, Any], bundle: Bundle) -> None:
    covid = next(trap for trap in gold["traps"] if trap["text"] == "Covid-19")
    numbers = [one for one in bundle.annotations if one.type == "number"]
    assert not [n for n in numbers if n.start < covid["end"] and n.end > covid["start"]]


def test_refuses_another_text(tmp_path: Path, press: Codebook) -> None:
    data = json.loads(resource("sample/annotation.json").read_text("utf-8"))
    (tmp_path / "annotation.json").write_text(json.dumps(data), "utf-8")
    (tmp_path / data["document"]["file"]).write_text("Another text.", "utf-8")
    with pytest.raises(InputRefused, match="not the text that was annotated"):
        reference.read(tmp_path / "annotation.json", press)


def test_the_title_is_the_file_s_name_unless_given(press: Codebook) -> None:
    (bundle,) = reference.read(resource("sample/annotation.json"), press).articles
    assert bundle.article.title == "000_1b9c5a6f76a63e06"
