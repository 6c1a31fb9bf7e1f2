"""The published schema is the one of the models, and exports obey it."""

import json
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from app.exchange.document import json_schema
from app.model.resources import resource


def test_the_published_schema_is_current() -> None:
    published = json.loads(resource("schema/pressmark-1.schema.json").read_text("utf-8"))
    assert published == json.loads(json.dumps(json_schema())), "run: pressmark schema > resources/…"


def test_it_is_a_schema_of_2020_12() -> None:
    made = json_schema()
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(made)


def test_an_export_obeys_it(document: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(json_schema()).validate(document)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "other"),
        (("version",), 2),
        (("offset_unit",), "bytes"),
        (("articles", 0, "id"), "no uuid"),
        (("articles", 0, "sha256"), "abc"),
        (("articles", 0, "annotations", 0, "fragments"), []),
        (("articles", 0, "annotations", 0, "certainty"), "maybe"),
        (("articles", 0, "annotations", 0, "fragments", 0, "start"), "12"),
        (("articles", 0, "status"), [{"layer": "gold", "state": "finished"}]),
    ],
)
def test_it_tells_a_spoilt_document(
    document: dict[str, Any], path: tuple[str | int, ...], value: object
) -> None:
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not jsonschema.Draft202012Validator(json_schema()).is_valid(document)


def test_every_key_of_the_contract_is_in_an_export(document: dict[str, Any]) -> None:
    article = document["articles"][0]
    annotation = article["annotations"][0]
    assert list(document) == [
        *("format", "version", "generator", "exported_at", "offset_unit"),
        *("project", "codebook", "registry", "annotators", "articles"),
    ]
    assert document["offset_unit"] == "unicode code points"
    assert {"id", "name", "description"} <= set(document["project"])
    keys = {"id", "title", "text", "sha256", "source", "url", "author", "published", "language"}
    assert keys | {"metadata", "origin", "annotations", "relations", "status"} <= set(article)
    keys = {"id", "layer", "type", "fragments", "attributes", "record", "certainty", "comment"}
    assert keys | {"evidence", "origin", "created_at", "updated_at", "version"} <= set(annotation)
    assert {"id", "layer", "role", "from", "to", "attributes"} <= set(article["relations"][0])
    assert {"id", "kind", "name", "aliases", "attributes", "external"} <= set(
        document["registry"][0]
    )
