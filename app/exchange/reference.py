"""The expert annotation of the sample article, in the format it was made in.

`annotation.json` says `"format": "reference-annotation"`; the article is the text file beside it
that its `document.file` names. Ids follow from the names in the file, so that every sample project
has the same ones.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.exchange import text_file
from app.exchange.dataset import Bundle, Dataset, Header
from app.model.annotation import GOLD, Annotation, Evidence, Fragment, Relation, Value
from app.model.article import Article, Source
from app.model.codebook import Codebook
from app.model.errors import InputRefused
from app.model.ids import derived_id, utc_now
from app.model.registry import Annotator, Project, Record
from app.model.text import canonical, sha256_of

LAYER = GOLD
ORIGIN = "import:reference-annotation"

_OF_THE_RECORD = frozenset({"id", "name", "title", "aliases", "wikidata"})
_OF_THE_ANCHOR = frozenset({"name", "segments", "text", "value"})
_REFERENCES = {"by": "annotation", "according_to": "annotation", "statement": "annotation"}


def read(path: Path, codebook: Codebook, *, title: str = "") -> Dataset:
    """Return the article and its annotation.

    Raises `InputRefused` where the text is another one.
    """
    data = json.loads(path.read_text("utf-8"))
    source = path.parent / data["document"]["file"]
    text = canonical(text_file.decode(text_file.read_bytes(source))[0])
    if sha256_of(text) != data["document"]["sha256"]:
        raise InputRefused(f"{source.name} is not the text that was annotated")
    article = Article(
        id=_id("article", data["document"]["sha256"]),
        title=title or source.stem,
        text=text,
        sha256=data["document"]["sha256"],
        language=data["document"]["language"],
        origin=Source(file=source.name, sha256=data["document"]["sha256"], imported_at=utc_now()),
    )
    bundle = Bundle(
        article=article,
        annotations=tuple(_annotation(span, article.id) for span in data["spans"]),
        relations=tuple(_relation(relation, article.id) for relation in data["relations"]),
    )
    header = Header(
        project=Project(id=_id("project", "sample"), name="Sample project", working_layer=LAYER),
        codebook=codebook,
        records=tuple(
            _record(kind, entry) for kind in ("actor", "event") for entry in data[f"{kind}s"]
        ),
        annotators=(Annotator(id=derived_id("annotator", LAYER), name=LAYER, role="curator"),),
    )
    return Dataset(articles=(bundle,), header=header)


def _id(kind: str, name: str) -> str:
    return derived_id("reference-annotation", kind, name)


def _annotation(span: Mapping[str, Any], article: str) -> Annotation:
    kind = span["type"].lower()
    attributes = dict(span["attributes"])
    record = attributes.pop(kind, None)
    return Annotation(
        id=_id("annotation", span["id"]),
        article=article,
        layer=LAYER,
        type=kind,
        fragments=_fragments(span["segments"]),
        comment=attributes.pop("note", None) or "",
        attributes={"tier": span["tier"]} | {name: _value(v) for name, v in attributes.items()},
        record=_id(kind, record) if record else None,
        evidence=tuple(map(_evidence, span["anchors"])),
        origin=ORIGIN,
    )


def _evidence(anchor: Mapping[str, Any]) -> Evidence:
    return Evidence(
        attribute=anchor["name"],
        fragments=_fragments(anchor["segments"]),
        value=_value(anchor.get("value")),
        attributes={
            name: _referring(name, value)
            for name, value in anchor.items()
            if name not in _OF_THE_ANCHOR
        },
    )


def _relation(relation: Mapping[str, Any], article: str) -> Relation:
    return Relation(
        id=_id("relation", relation["id"]),
        article=article,
        layer=LAYER,
        role=relation["type"].rpartition(".")[2],
        source=_id("annotation", relation["from"]),
        target=_id("annotation", relation["to"]),
        attributes={n: _referring(n, value) for n, value in relation["attributes"].items()},
    )


def _record(kind: str, entry: Mapping[str, Any]) -> Record:
    attributes = {n: _value(v) for n, v in entry.items() if n not in _OF_THE_RECORD}
    for name in ("affiliated_with", "part_of"):
        match attributes.get(name):
            case tuple(names):
                attributes[name] = tuple(_id(kind, one) for one in names)
            case str(one):
                attributes[name] = _id(kind, one)
    return Record(
        id=_id(kind, entry["id"]),
        kind=kind,
        name=entry.get("name") or entry["title"],
        aliases=tuple(entry.get("aliases", ())),
        attributes=attributes,
        external={"wikidata": entry["wikidata"]} if entry.get("wikidata") else {},
    )


def _fragments(segments: list[dict[str, Any]]) -> tuple[Fragment, ...]:
    return tuple(Fragment(part["start"], part["end"], part["text"]) for part in segments)


def _referring(name: str, value: Any) -> Value:
    return _id(_REFERENCES[name], value) if name in _REFERENCES and value else _value(value)


def _value(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value
