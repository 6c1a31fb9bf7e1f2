"""Discourse Network Analyzer (.dna): an SQLite file of documents and coded statements.

Written for DNA 3: a statement for each speaker of a statement with a concept, in the type “DNA
Statement”. Offsets count UTF-16 units. Schema: `Sql.java` of leifeld/dna, version 3.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.exchange import sqlite_file
from app.exchange.carry import Room, Tally
from app.exchange.dataset import Bundle, Counts, Dataset, Header
from app.exchange.draft import Draft
from app.exchange.product import Product
from app.model.annotation import Annotation, Value
from app.model.article import Article
from app.model.errors import InputRefused, Refused
from app.model.registry import Record
from app.model.resources import resource
from app.model.text import OffsetMap

ROOM = Room(carries=frozenset())

PASSWORD = "pressmark"  # noqa: S105 - DNA asks for one; the manual says which
_LONGEST = 190
_DOCUMENT = (
    "INSERT INTO DOCUMENTS (ID, Title, Text, Coder, Author, Source, Date)"
    " VALUES (?, ?, ?, 1, ?, ?, ?)"
)
_ENTITY = "INSERT INTO ENTITIES (ID, VariableId, Value, Red, Green, Blue) VALUES (?, ?, ?, 0, 0, 0)"
_KINDS = ("person", "organization", "concept")
_PEOPLE = frozenset({"person", ""})


@dataclass(frozen=True, slots=True)
class Document:
    """A text as DNA keeps it. `day` is ISO 8601, or empty."""

    title: str
    text: str
    author: str
    source: str
    day: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A row of DNA: offsets in UTF-16 units, who says what, and whether in agreement."""

    document: int
    start: int
    stop: int
    coder: str
    person: str
    organization: str
    concept: str
    agreement: bool


# -- writing --------------------------------------------------------------------------------------


def build(header: Header, articles: Iterable[Bundle], tally: Tally) -> Product:
    """Return the documents, and a statement for each speaker of a concept."""
    kinds = {t.name for t in header.codebook.types if t.attribute("concept")}
    kinds &= {role.source for role in header.codebook.roles if role.name == "speaker"}
    if not kinds:
        raise Refused("The codebook has no type with a field “concept” and a link “speaker”.")
    records = {record.id: record for record in header.records}
    documents: list[Document] = []
    statements: list[Statement] = []
    for bundle in articles:
        documents.append(_document(bundle.article, tally))
        number = len(documents)
        by_id = {item.id: item for item in bundle.annotations}
        units = OffsetMap(bundle.article.text)
        for item in bundle.annotations:
            if item.type not in kinds:
                tally.add("annotations of other types", 1, "DNA has statements alone")
                continue
            concept = str(item.attributes.get("concept") or "").strip()
            who = [
                by_id[link.target]
                for link in bundle.relations
                if link.role == "speaker" and link.source == item.id
            ]
            if not concept or not who:
                tally.add("statements", 1, "they have no concept or no speaker")
            tally.add("gaps in annotations", len(item.fragments) - 1, "a statement has none there")
            statements += [
                _statement(number, item, speaker, records, tally=tally, units=units)
                for speaker in who
                if concept
            ]
    return _product(tuple(documents), tuple(statements))


def _product(documents: tuple[Document, ...], statements: tuple[Statement, ...]) -> Product:
    counts = Counts(articles=len(documents), annotations=len(statements))
    return Product(counts=counts, parts=(documents, statements))


def _document(article: Article, tally: Tally) -> Document:
    day = article.published[:10]
    try:
        date.fromisoformat(day)
    except ValueError:
        day = "1970-01-01"
        tally.add("articles without a day", 1, "DNA needs one; it says 1970-01-01")
    return Document(
        _cut(article.title or "Article", tally),
        article.text,
        _cut(article.author, tally),
        _cut(article.source, tally),
        day,
    )


def _cut(words: str, tally: Tally) -> str:
    words = " ".join(words.split())
    tally.add("names that were cut", int(len(words) > _LONGEST), "DNA takes 190 characters")
    return words[:_LONGEST]


def _statement(
    document: int,
    item: Annotation,
    speaker: Annotation,
    records: dict[str, Record],
    *,
    tally: Tally,
    units: OffsetMap,
) -> Statement:
    record = records.get(speaker.record or "")
    name = _cut(record.name if record else speaker.quote, tally)
    kind = str(record.attributes.get("kind") or "") if record else ""
    person = kind in _PEOPLE
    held = record.attributes.get("affiliated_with") if record else None
    above = records.get(held[0]) if isinstance(held, tuple) and held else None
    organization = _cut(above.name, tally) if above else ""
    return Statement(
        document,
        units.to_utf16(item.start),
        units.to_utf16(item.end),
        _cut(item.layer, tally),
        name if person else "",
        organization if person else name,
        _cut(str(item.attributes["concept"]).strip(), tally),
        item.attributes.get("position") not in (-1, "-1"),
    )


def dump(path: Path, product: Product, _header: Header) -> None:
    """Write the database."""
    documents, statements = product.parts
    script = resource("schema/dna-3.sql").read_text("utf-8")
    sqlite_file.write(path, script, _rows(documents, statements))


def _rows(
    documents: tuple[Document, ...], statements: tuple[Statement, ...]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    yield "INSERT INTO SETTINGS VALUES ('version', '3.0.11')", ()
    coders = {name: n for n, name in enumerate(sorted({s.coder for s in statements}), start=2)}
    person = "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (?, ?, ?, ?, ?, ?)"
    yield person, (1, "Admin", 255, 255, 0, secret(PASSWORD))
    for name, n in coders.items():
        yield person, (n, name or "Coder", 51, 153, 255, secret(PASSWORD))
    yield "INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement', 239, 208, 51)", ()
    for n, name in enumerate(_KINDS, start=1):
        yield "INSERT INTO VARIABLES VALUES (?, ?, 'short text', 1)", (n, name)
    yield "INSERT INTO VARIABLES VALUES (4, 'agreement', 'boolean', 1)", ()
    for n, one in enumerate(documents, start=1):
        told = (n, one.title, one.text, one.author, one.source, _seconds(one.day))
        yield _DOCUMENT, told
    entities: dict[tuple[int, str], int] = {}
    for variable in range(1, len(_KINDS) + 1):
        values = sorted({"", *(getattr(s, _KINDS[variable - 1]) for s in statements)})
        for value in values:
            entities[variable, value] = len(entities) + 1
            row = entities[variable, value], variable, value
            yield _ENTITY, row
    for n, said in enumerate(statements, start=1):
        yield (
            "INSERT INTO STATEMENTS VALUES (?, 1, ?, ?, ?, ?)",
            (n, said.document, said.start, said.stop, coders[said.coder]),
        )
        for variable, name in enumerate(_KINDS, start=1):
            entity = entities[variable, getattr(said, name)]
            yield (
                "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (?, ?, ?)",
                (n, variable, entity),
            )
        yield (
            "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?, 4, ?)",
            (n, int(said.agreement)),
        )


def secret(password: str) -> str:
    """Return a password as DNA keeps it: jasypt's salted SHA-256 in 100,000 rounds."""
    salt = hashlib.sha256(b"pressmark dna").digest()[:16]
    digest = hashlib.sha256(salt + password.encode()).digest()
    for _ in range(99_999):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


def _seconds(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp())


# -- reading --------------------------------------------------------------------------------------

_TABLES = {
    "documents": (
        "SELECT ID, Title, Text, Author, Source, Section, Type, Date FROM DOCUMENTS ORDER BY ID"
    ),
    "statements": (
        "SELECT s.ID, s.DocumentId, s.Start, s.Stop, c.Name AS Coder, t.Label AS Type"
        " FROM STATEMENTS s JOIN CODERS c ON c.ID = s.Coder"
        " JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId ORDER BY s.ID"
    ),
    "short": (
        "SELECT d.StatementId, v.Variable, e.Value FROM DATASHORTTEXT d"
        " JOIN VARIABLES v ON v.ID = d.VariableId JOIN ENTITIES e ON e.ID = d.Entity"
    ),
    "yes": (
        "SELECT d.StatementId, v.Variable, d.Value FROM DATABOOLEAN d"
        " JOIN VARIABLES v ON v.ID = d.VariableId"
    ),
    **{
        name: f"SELECT d.StatementId, v.Variable, d.Value FROM {table} d"  # noqa: S608 - our names
        " JOIN VARIABLES v ON v.ID = d.VariableId"
        for name, table in (("number", "DATAINTEGER"), ("long", "DATALONGTEXT"))
    },
}


def parse(path: Path) -> Product:
    """Return the documents and statements of a file of ours."""
    if problem := sqlite_file.damage(path):
        raise ValueError(problem)
    found = sqlite_file.read(path, _TABLES)
    documents = tuple(
        Document(row["Title"], row["Text"], row["Author"], row["Source"], _day(row["Date"]))
        for row in found["documents"]
    )
    held = _held(found)
    statements = []
    for row in found["statements"]:
        own = held[row["ID"]]
        coder = "" if row["Coder"] == "Coder" else row["Coder"]
        person, organization, concept = (str(own[name]) for name in _KINDS)
        place = row["DocumentId"], row["Start"], row["Stop"], coder
        agreement = bool(own["agreement"])
        statements.append(Statement(*place, person, organization, concept, agreement))
    return _product(documents, tuple(statements))


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _held(found: dict[str, sqlite_file.Rows]) -> dict[int, dict[str, Value]]:
    held: dict[int, dict[str, Value]] = {}
    for kind in ("short", "yes", "number", "long"):
        for row in found[kind]:
            value = bool(row["Value"]) if kind == "yes" else row["Value"]
            held.setdefault(row["StatementId"], {})[row["Variable"]] = value
    return held


def read(path: Path) -> Dataset:
    """Return the documents of a file as articles, its statements as annotations.

    The type is that of the statement, the fields are its variables. Raises `InputRefused` for files
    of DNA 2 and of other programs.
    """
    if not {"DOCUMENTS", "STATEMENTS", "ENTITIES"} <= sqlite_file.tables(path):
        raise InputRefused("it is no file of DNA 3")
    found = sqlite_file.read(path, _TABLES)
    tally = Tally()
    held = _held(found)
    drafts: dict[int, Draft] = {}
    for row in found["documents"]:
        about = {"title": row["Title"], "author": row["Author"], "source": row["Source"]}
        extra = {n.lower(): row[n] for n in ("Section", "Type") if row[n]}
        day = _day(row["Date"]) if row["Date"] else ""
        drafts[row["ID"]] = Draft(
            row["Text"], tally, file=path.name, published=day, metadata=extra, **about
        )
    for row in found["statements"]:
        draft = drafts.get(row["DocumentId"])
        ranges = [(row["Start"], row["Stop"])]
        span = draft.mark(f"{row['ID']}", row["Type"], ranges, utf16=True) if draft else None
        if span is not None:
            span.layer = row["Coder"]
            own = held.get(row["ID"], {})
            span.attributes.update({n: v for n, v in own.items() if v not in ("", None)})
    articles = tuple(draft.bundle() for draft in drafts.values())
    return Dataset(articles=articles, foreign=True, lost=tally.lost())
