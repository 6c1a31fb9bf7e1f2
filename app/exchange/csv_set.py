"""A set of CSV tables with a datapackage.json that describes them, in a folder or a zip file.

RFC 4180 in UTF-8 with a byte order mark, which Excel needs; offsets count code points from 0, and
`start1` from 1, as R does. https://specs.frictionlessdata.io/tabular-data-package/
"""

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from app.exchange.carry import Room, Tally
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.draft import Draft, Span
from app.exchange.features import EVERYTHING, Feature
from app.exchange.zip_file import UNREADABLE
from app.model.annotation import Annotation, Evidence, Fragment, Relation, Value
from app.model.article import STATES, Article, State, Status
from app.model.errors import InputRefused
from app.model.registry import Record

ROOM = Room(carries=EVERYTHING - {Feature.CODEBOOK}, nested=True)

_NAME = "datapackage.json"
_EMPTY = "\\"
"""A cell that holds empty words; a cell with nothing in it says that there is no such field."""
_MOST_BYTES = 4 * 1024**3

_ARTICLES = "id title source url author published language sha256 metadata text".split()
_SPANS = (
    "id article layer type start end start1 text fragments record record_name certainty comment"
    " origin created_at updated_at codebook_revision".split()
)
_RELATIONS = "id article layer role from to".split()
_EVIDENCE = "annotation number attribute start end start1 text fragments value".split()
_STATUS = "article layer state note seconds".split()
_RECORDS = "id kind name aliases external".split()
_WHOLE = frozenset("start end start1 number seconds codebook_revision".split())


# -- writing --------------------------------------------------------------------------------------


def fit(bundle: Bundle, _tally: Tally) -> Bundle:
    """Return the article as it is: the tables hold everything."""
    return bundle


def write(path: Path, header: Header, articles: Iterable[Bundle]) -> None:
    """Write the tables into an empty folder, or a zip file where there is none."""
    if path.is_dir():
        _write(path, header, articles)
        return
    with tempfile.TemporaryDirectory(dir=path.parent) as made:
        _write(Path(made), header, articles)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(Path(made).iterdir()):
                entry = zipfile.ZipInfo(file.name)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(entry, "w", force_zip64=True) as out, file.open("rb") as given:
                    while block := given.read(1 << 20):
                        out.write(block)


class _Table:
    """One table that is being written. Cells that a spreadsheet would run are made harmless."""

    def __init__(self, path: Path, columns: list[str], stack: ExitStack, *, safe: bool) -> None:
        stream = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(stack.enter_context(stream))
        self._columns, self._safe = columns, safe
        self._writer.writerow(columns)

    def put(self, row: Mapping[str, Any]) -> None:
        cells = (row.get(column) for column in self._columns)
        self._writer.writerow([_cell(value, safe=self._safe) for value in cells])


def _cell(value: Any, *, safe: bool) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    words = value or _EMPTY
    if safe and words[0] in "=+-@\t\r'" and not re.fullmatch(r"-?\d+(\.\d+)?", words):
        return f"'{words}"
    return words


def _write(folder: Path, header: Header, articles: Iterable[Bundle]) -> None:
    safe, codebook = header.spreadsheet_safe, header.codebook
    tables = dict(_plan(header))
    names = {record.id: record.name for record in header.records}
    with ExitStack() as stack:
        to = {
            name: _Table(folder / f"{name}.csv", columns, stack, safe=safe)
            for name, (columns, _) in tables.items()
        }
        own = {kind: name for name, (_, kind) in tables.items() if kind}
        for record in header.records:
            to["registry"].put(_record(record))
        for bundle in articles:
            article = bundle.article
            to["articles"].put(_article(article))
            for item in bundle.annotations:
                to["spans"].put(_span(item, names))
                if item.attributes:
                    fields = {f"field {n}": v for n, v in item.attributes.items()}
                    to[own[item.type]].put({"id": item.id, **_own(item), **fields})
                for number, one in enumerate(item.evidence):
                    to["evidence"].put(_evidence(item, number, one))
            for link in bundle.relations:
                to["relations"].put(_relation(link))
            for status in bundle.statuses:
                to["status"].put(_status(status))
    _describe(folder, tables, {t.name: t.label for t in codebook.types}, safe=safe)


def _plan(header: Header) -> Iterator[tuple[str, tuple[list[str], str]]]:
    """Yield each table with its columns, and the type whose fields it holds."""
    codebook = header.codebook

    def fields(holders: Iterable[Any]) -> list[str]:
        named = (a.name for holder in holders for a in holder.attributes)
        return [f"field {name}" for name in dict.fromkeys(named)]

    yield "articles", (_ARTICLES, "")
    yield "spans", (_SPANS, "")
    yield "relations", (_RELATIONS + fields(codebook.roles), "")
    words = (field for span_type in codebook.types for field in span_type.evidence)
    yield "evidence", (_EVIDENCE + fields(words), "")
    yield "registry", (_RECORDS + fields(codebook.records), "")
    yield "status", (_STATUS, "")
    taken = {"articles", "spans", "relations", "evidence", "registry", "status"}
    for number, span_type in enumerate(codebook.types, start=1):
        name = re.sub(r"[^a-z0-9]+", "_", span_type.plural.lower()).strip("_")
        name = name if name and name not in taken else f"type_{number}"
        taken.add(name)
        resolved = [f"field {one}" for one in header.resolved]
        columns = ["id", "article", "layer", "start", "end", "text", *fields([span_type])]
        yield name, ([*columns, *resolved], span_type.name)


def _place(fragments: tuple[Fragment, ...]) -> dict[str, Any]:
    if not fragments:
        return {}
    return {
        "start": fragments[0].start,
        "end": fragments[-1].end,
        "start1": fragments[0].start + 1,
        "text": " … ".join(f.text for f in fragments),
        "fragments": ";".join(f"{f.start}-{f.end}" for f in fragments),
    }


def _article(article: Article) -> dict[str, Any]:
    metadata = json.dumps(dict(article.metadata), ensure_ascii=False) if article.metadata else None
    return {
        **{name: getattr(article, name) for name in _ARTICLES if name != "metadata"},
        "metadata": metadata,
    }


def _own(item: Annotation) -> dict[str, Any]:
    return {"article": item.article, "layer": item.layer, **_place(item.fragments)}


def _span(item: Annotation, names: Mapping[str, str]) -> dict[str, Any]:
    plain = "id type record certainty comment origin created_at updated_at codebook_revision"
    return {
        **_own(item),
        **{name: getattr(item, name) for name in plain.split()},
        "record_name": names.get(item.record or ""),
    }


def _evidence(item: Annotation, number: int, one: Evidence) -> dict[str, Any]:
    return {
        **{f"field {name}": value for name, value in one.attributes.items()},
        **_place(one.fragments),
        "annotation": item.id,
        "number": number,
        "attribute": one.attribute,
        "value": one.value,
    }


def _relation(link: Relation) -> dict[str, Any]:
    return {
        **{f"field {name}": value for name, value in link.attributes.items()},
        "id": link.id,
        "article": link.article,
        "layer": link.layer,
        "role": link.role,
        "from": link.source,
        "to": link.target,
    }


def _status(status: Status) -> dict[str, Any]:
    return {name: getattr(status, name) for name in _STATUS}


def _record(record: Record) -> dict[str, Any]:
    from app.exchange.flat import to_words

    external = dict(record.external)
    return {
        **{f"field {name}": to_words(value) for name, value in record.attributes.items()},
        "id": record.id,
        "kind": record.kind,
        "name": record.name,
        "aliases": to_words(record.aliases) if record.aliases else None,
        "external": json.dumps(external, ensure_ascii=False) if external else None,
    }


def _describe(
    folder: Path,
    tables: Mapping[str, tuple[list[str], str]],
    labels: Mapping[str, str],
    *,
    safe: bool,
) -> None:
    resources = [
        {
            "name": name.replace("_", "-"),
            "path": f"{name}.csv",
            "profile": "tabular-data-resource",
            "title": labels.get(kind, name),
            "pressmark:type": kind,
            "encoding": "utf-8-sig",
            "dialect": {"delimiter": ",", "doubleQuote": True, "lineTerminator": "\r\n"},
            "schema": {
                "fields": [
                    {"name": column, "type": "integer" if column in _WHOLE else "string"}
                    for column in columns
                ],
                "missingValues": [""],
            },
        }
        for name, (columns, kind) in tables.items()
    ]
    package = {
        "name": "pressmark-dataset",
        "profile": "tabular-data-package",
        "pressmark:offsetUnit": "unicode code points",
        "pressmark:spreadsheetSafe": safe,
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / _NAME).write_bytes(text.encode())


# -- reading --------------------------------------------------------------------------------------


def read(path: Path) -> Dataset:
    """Return what a folder or zip file of our tables holds. Raises `InputRefused` for any other."""
    if path.is_dir():
        files = {file.name: file.read_bytes() for file in path.iterdir() if file.is_file()}
    else:
        files = _unzipped(path)
    if _NAME not in files:
        raise InputRefused(f"there is no {_NAME} in it")
    try:
        package = json.loads(files[_NAME])
        kinds = {
            str(one["path"]): str(one.get("pressmark:type") or "") for one in package["resources"]
        }
        safe = bool(package.get("pressmark:spreadsheetSafe"))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputRefused(f"its {_NAME} does not describe tables") from None
    if "spans.csv" not in files or "articles.csv" not in files:
        raise InputRefused("it has no tables articles.csv and spans.csv")
    return _Reader(files, kinds, safe=safe).dataset()


def _unzipped(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [one for one in archive.infolist() if "/" not in one.filename]
            if sum(one.file_size for one in entries) > _MOST_BYTES:
                raise InputRefused("it is too large when it is unpacked")
            return {one.filename: archive.read(one) for one in entries}
    except UNREADABLE as error:
        raise InputRefused(f"it is no zip file that can be read: {error}") from None


Row = dict[str, str]


class _Reader:
    def __init__(self, files: Mapping[str, bytes], kinds: Mapping[str, str], *, safe: bool) -> None:
        self._files, self._kinds, self._safe = files, kinds, safe
        self._tally = Tally()
        self._drafts: dict[str, Draft] = {}
        self._spans: dict[str, Span] = {}
        self._texts: dict[str, str] = {}
        self._statuses: dict[str, list[Status]] = {}

    def dataset(self) -> Dataset:
        try:
            self._articles()
            for row in self._rows("spans.csv"):
                self._span(row)
            for name in self._kinds:
                if self._kinds[name]:
                    self._fields(name)
            for row in self._rows("evidence.csv"):
                self._evidence(row)
            for row in self._rows("relations.csv"):
                self._relation(row)
            for row in self._rows("status.csv"):
                self._status(row)
            records = tuple(map(_read_record, self._rows("registry.csv")))
        except (KeyError, ValueError, csv.Error) as error:
            raise InputRefused(f"a table is not as it should be: {error}") from None
        return Dataset(
            articles=tuple(self._bundles()),
            foreign=True,
            worded=True,
            records=records,
            lost=self._tally.lost(),
        )

    def _bundles(self) -> Iterator[Bundle]:
        for key, draft in self._drafts.items():
            bundle = draft.bundle()
            yield Bundle(
                article=bundle.article,
                annotations=bundle.annotations,
                relations=bundle.relations,
                statuses=tuple(self._statuses.get(key, ())),
            )

    def _rows(self, name: str) -> Iterator[Row]:
        if name not in self._files:
            return
        csv.field_size_limit(2**31 - 1)
        stream = io.StringIO(self._files[name].decode("utf-8-sig"), newline="")
        for row in csv.DictReader(stream):
            yield {k: self._words(v) for k, v in row.items() if k is not None and v}

    def _words(self, cell: str) -> str:
        cell = cell[1:] if self._safe and cell.startswith("'") else cell
        return "" if cell == _EMPTY else cell

    def _articles(self) -> None:
        for row in self._rows("articles.csv"):
            about = {n: row[n] for n in _ARTICLES[1:7] if n in row}
            metadata = json.loads(row["metadata"]) if "metadata" in row else {}
            held = {k: tuple(v) if isinstance(v, list) else v for k, v in metadata.items()}
            self._drafts[row["id"]] = Draft(
                row["text"], self._tally, made=row["id"], metadata=held, **about
            )

    def _span(self, row: Row) -> None:
        span = self._drafts[row["article"]].mark(row["id"], row["type"], _ranges(row))
        if span is None:
            return
        self._spans[row["id"]] = span
        self._texts[row["id"]] = self._drafts[row["article"]].text
        span.layer = row.get("layer", "")
        span.record = row.get("record")
        span.certainty = row.get("certainty", "sure")
        span.comment = row.get("comment", "")
        span.origin = row.get("origin", "manual")
        span.created_at, span.updated_at = row.get("created_at", ""), row.get("updated_at", "")
        span.codebook_revision = int(row.get("codebook_revision", 0))

    def _fields(self, name: str) -> None:
        for row in self._rows(name):
            if row["id"] in self._spans:
                self._spans[row["id"]].attributes |= _held(row)

    def _evidence(self, row: Row) -> None:
        span = self._spans.get(row["annotation"])
        if span is None:
            return
        text = self._texts[row["annotation"]]
        fragments = tuple(Fragment(s, e, text[s:e]) for s, e in _ranges(row))
        if any(not 0 <= f.start < f.end <= len(text) for f in fragments):
            self._tally.add("words that bear out a field", 1, "there is no text at their offsets")
            return
        made = Evidence(
            attribute=row["attribute"],
            fragments=fragments,
            value=row.get("value"),
            attributes=_held(row),
        )
        span.evidence = (*span.evidence, made)

    def _relation(self, row: Row) -> None:
        self._drafts[row["article"]].link(
            row["id"],
            row["role"],
            row["from"],
            row["to"],
            attributes=_held(row),
            layer=row.get("layer", ""),
        )

    def _status(self, row: Row) -> None:
        new: State = "new"
        state = next((s for s in STATES if s == row["state"]), new)
        made = Status(
            article=row["article"],
            layer=row["layer"],
            state=state,
            note=row.get("note", ""),
            seconds=int(row.get("seconds", 0)),
        )
        self._statuses.setdefault(row["article"], []).append(made)


def _held(row: Row) -> dict[str, Value]:
    return {n.removeprefix("field "): v for n, v in row.items() if n.startswith("field ")}


def _ranges(row: Row) -> list[tuple[int, int]]:
    if "fragments" not in row:
        return [(int(row["start"]), int(row["end"]))] if "start" in row else []
    pairs = [one.partition("-") for one in row["fragments"].split(";")]
    return [(int(start), int(end)) for start, _, end in pairs]


def _read_record(row: Row) -> Record:
    from app.exchange.flat import words_of

    return Record(
        id=row["id"],
        kind=row.get("kind", ""),
        name=row.get("name", ""),
        aliases=tuple(words_of(row.get("aliases", ""))),
        attributes=_held(row),
        external=json.loads(row.get("external", "{}")),
    )
