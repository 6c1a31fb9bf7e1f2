"""Pressmark JSON, version 1, and its line form: writing, and reading back what was written.

Each article is one line, also in the `json` form, so that both forms are written and read with one
article in memory at a time. The same header and articles give the same bytes.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from app import __version__
from app.exchange.atomic import atomic_write
from app.exchange.dataset import Bundle, Counts, Header, Receipt
from app.model import wire
from app.model.annotation import Annotation, Evidence, Fragment, Relation, Value, reading_order
from app.model.article import Article, Status
from app.model.errors import KnownError, Refused
from app.model.ids import utc_now

OPENING = b',"articles":[\n'
CLOSING = b"\n]}\n"

Progress = Callable[[int], None]


def write(
    path: Path,
    header: Header,
    articles: Iterable[Bundle],
    *,
    lines: bool = False,
    progress: Progress = lambda _: None,
) -> Receipt:
    """Write a dataset, read it back, and return the receipt. `lines`: the `jsonl` form.

    Raises `KnownError` where the disk refuses or returns something else than was written, `Refused`
    where words no longer stand where an annotation says; then the old file is untouched.
    """
    digest = hashlib.sha256()
    written = Counts()

    def put(file: BinaryIO, data: bytes) -> None:
        file.write(data)
        digest.update(data)

    with atomic_write(path) as file:
        top = header_line(header)
        put(file, top + b"\n" if lines else top[:-1] + OPENING)
        for bundle in articles:
            line = article_line(bundle)
            if written.articles:
                line = b"\n" + line if lines else b",\n" + line
            put(file, line)
            written += bundle
            progress(written.articles)
        put(file, (b"\n" if written.articles else b"") if lines else CLOSING)
    found, read_back = _read_back(path, lines=lines)
    same = read_back == written and read_back.types == written.types
    if found != digest.hexdigest() or not same:
        raise KnownError(
            f"{path} does not hold what was written: the disk or another program changed it."
        )
    return Receipt(
        path=str(path),
        format="jsonl" if lines else "json",
        sha256=found,
        written=written,
        read_back=read_back,
    )


def header_line(header: Header) -> bytes:
    """Return what a dataset says beside its articles as one line of JSON."""
    return orjson.dumps(_header(header))


def article_line(bundle: Bundle) -> bytes:
    """Return an article as one line of JSON.

    Raises `Refused` where a quote does not match the text.
    """
    article = bundle.article
    text = article.text
    return orjson.dumps(
        {
            "id": article.id,
            "title": article.title,
            "text": text,
            "sha256": article.sha256,
            "source": article.source,
            "url": article.url,
            "author": article.author,
            "published": article.published,
            "language": article.language,
            "metadata": _attributes(article.metadata),
            "origin": {
                "file": article.origin.file,
                "sha256": article.origin.sha256,
                "imported_at": article.origin.imported_at,
            },
            "annotations": [
                _annotation(item, article) for item in sorted(bundle.annotations, key=reading_order)
            ],
            "relations": [_relation(item) for item in sorted(bundle.relations, key=_by_id)],
            "status": [_status(item) for item in sorted(bundle.statuses, key=_by_layer)],
        }
    )


def article_lines(path: Path, *, lines: bool) -> Iterator[bytes]:
    """Yield the line of each article of a file in the layout of `write`.

    Raises ValueError where the `json` form departs from that layout.
    """
    with path.open("rb") as file:
        file.readline()
        if lines:
            yield from filter(None, map(bytes.strip, file))
        else:
            yield from _listed(file)


def _listed(file: BinaryIO) -> Iterator[bytes]:
    """Yield the items of a list, one a line with a comma, up to its end and that of the file."""
    expected = True
    for number, line in enumerate(file, start=2):
        item = line.rstrip(b"\n")
        if item == b"]}":
            if file.read(1):
                raise ValueError(f"line {number}: the document ends here, the file does not")
            return
        if item:
            if not expected:
                raise ValueError(f"line {number}: a comma is missing before it")
            expected = item.endswith(b",")
            yield item.removesuffix(b",")
    raise ValueError("its end is missing")


def _header(header: Header) -> dict[str, Any]:
    codebook = json.loads(wire.codebook_to_json(header.codebook))
    codebook |= {"version": header.codebook.version, "revision": header.codebook.revision}
    return {
        "format": "pressmark",
        "version": 1,
        "generator": f"pressmark {__version__}",
        "exported_at": utc_now(),
        "offset_unit": "unicode code points",
        "project": {
            "id": header.project.id,
            "name": header.project.name,
            "description": header.project.description,
            "working_layer": header.project.working_layer,
        },
        "codebook": codebook,
        "registry": [
            {
                "id": record.id,
                "kind": record.kind,
                "name": record.name,
                "aliases": record.aliases,
                "attributes": _attributes(record.attributes),
                "external": dict(sorted(record.external.items())),
            }
            for record in sorted(header.records, key=lambda r: (r.kind, r.name, r.id))
        ],
        "annotators": [
            {"id": annotator.id, "name": annotator.name, "role": annotator.role}
            for annotator in sorted(header.annotators, key=lambda a: (a.name, a.id))
        ],
    }


def _annotation(item: Annotation, article: Article) -> dict[str, Any]:
    return {
        "id": item.id,
        "layer": item.layer,
        "type": item.type,
        "fragments": _fragments(item.fragments, article),
        "attributes": _attributes(item.attributes),
        "record": item.record,
        "certainty": item.certainty,
        "comment": item.comment,
        "evidence": [_evidence(evidence, article) for evidence in item.evidence],
        "origin": item.origin,
        "created_at": item.created_at,
        "updated_at": item.updated_at,
        "version": item.version,
        "codebook_revision": item.codebook_revision,
    }


def _evidence(item: Evidence, article: Article) -> dict[str, Any]:
    return {
        "attribute": item.attribute,
        "fragments": _fragments(item.fragments, article),
        "value": item.value,
        "attributes": _attributes(item.attributes),
    }


def _fragments(fragments: tuple[Fragment, ...], article: Article) -> list[dict[str, Any]]:
    text = article.text
    for start, end, quote in fragments:
        if text[start:end] != quote:
            raise Refused(
                f"“{article.title}”: “{quote}” does not stand at {start:,} to {end:,}."
                " Nothing was written; pressmark check lists all such places."
            )
    return [{"start": start, "end": end, "text": quote} for start, end, quote in fragments]


def _relation(item: Relation) -> dict[str, Any]:
    return {
        "id": item.id,
        "layer": item.layer,
        "role": item.role,
        "from": item.source,
        "to": item.target,
        "attributes": _attributes(item.attributes),
    }


def _status(item: Status) -> dict[str, Any]:
    return {"layer": item.layer, "state": item.state, "note": item.note, "seconds": item.seconds}


def _attributes(attributes: Mapping[str, Value]) -> dict[str, Value]:
    return dict(sorted(attributes.items())) if attributes else {}


def _by_id(item: Relation) -> str:
    return item.id


def _by_layer(item: Status) -> str:
    return item.layer


def _read_back(path: Path, *, lines: bool) -> tuple[str, Counts]:
    """Return the hash of a file and how many things it holds, read anew from the disk."""
    digest = hashlib.sha256()
    articles = annotations = relations = 0
    types: Counter[str] = Counter()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
        for line in article_lines(path, lines=lines):
            article = orjson.loads(line)
            articles += 1
            annotations += len(article["annotations"])
            relations += len(article["relations"])
            types.update(item["type"] for item in article["annotations"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnownError(f"{path} cannot be read back: {error}.") from error
    return digest.hexdigest(), Counts(
        articles=articles, annotations=annotations, relations=relations, types=dict(types)
    )


def dumps(data: dict[str, Any]) -> bytes:
    """Return data laid out for reading."""
    return orjson.dumps(data, option=orjson.OPT_INDENT_2) + b"\n"
