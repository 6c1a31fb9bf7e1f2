"""Rows to records and back: the one place that knows how a record lies in its columns.

`row_of` gives a row in the order of the table's columns, `deleted_at` included; `item_of` takes it.
JSON is compact; an attribute that is present with null stays present.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import orjson

from app.model.annotation import Annotation, Evidence, Fragment, Relation, Value
from app.model.article import Article, Source
from app.model.bookmark import Bookmark, Rejection
from app.model.commands import Erasable
from app.model.registry import Record
from app.storage import tables

Row = tuple[Any, ...]
T = TypeVar("T")
Item = TypeVar("Item", Annotation, Relation, Record, Article)


class Kept(NamedTuple, Generic[T]):
    """A record as the project holds it; `deleted_at` is None unless it lies in the trash."""

    item: T
    deleted_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Generic[T]):
    """How one kind of record is stored. `what` is its name in sentences."""

    what: Erasable
    table: tables.Table
    row_of: Callable[[T, str | None], Row]
    item_of: Callable[[Row], T]
    deleted_at: int
    select: str
    put: str
    erase: str


def dumps(data: object) -> str:
    """Return compact JSON of records, mappings and tuples."""
    return orjson.dumps(data, default=_plain).decode()


def _plain(data: object) -> object:
    if isinstance(data, tuple):
        return list(data)
    if isinstance(data, Mapping):
        return dict(data)
    message = f"{type(data).__name__} cannot be kept as JSON"
    raise TypeError(message)


def values(data: str) -> dict[str, Value]:
    """Return attributes from JSON; lists become tuples."""
    if data == "{}":
        return {}
    found = orjson.loads(data)
    if "[" in data:
        for key, value in found.items():
            if isinstance(value, list):
                found[key] = tuple(value)
    return found  # type: ignore[no-any-return]


def evidence_of(data: str) -> tuple[Evidence, ...]:
    """Return evidence from JSON."""
    return tuple(
        Evidence(
            attribute=item["attribute"],
            fragments=tuple(Fragment(*fragment) for fragment in item["fragments"]),
            value=tuple(value) if isinstance(value := item["value"], list) else value,
            attributes={
                key: tuple(value) if isinstance(value, list) else value
                for key, value in item["attributes"].items()
            },
        )
        for item in orjson.loads(data)
    )


def _annotation_row(item: Annotation, deleted_at: str | None) -> Row:
    return (
        item.id,
        item.article,
        item.layer,
        item.type,
        item.start,
        item.end,
        dumps(item.fragments),
        dumps(item.attributes) if item.attributes else "{}",
        item.record,
        item.certainty,
        item.comment,
        dumps(item.evidence) if item.evidence else "[]",
        item.origin,
        item.created_at,
        item.updated_at,
        item.version,
        item.codebook_revision,
        deleted_at,
    )


def annotation_of(row: Row) -> Annotation:
    """Return the annotation in a row."""
    return Annotation(
        id=row[0],
        article=row[1],
        layer=row[2],
        type=row[3],
        fragments=tuple([Fragment._make(fragment) for fragment in orjson.loads(row[6])]),
        attributes=values(row[7]),
        record=row[8],
        certainty=row[9],
        comment=row[10],
        evidence=() if row[11] == "[]" else evidence_of(row[11]),
        origin=row[12],
        created_at=row[13],
        updated_at=row[14],
        version=row[15],
        codebook_revision=row[16],
    )


def _relation_row(item: Relation, deleted_at: str | None) -> Row:
    return (
        item.id,
        item.article,
        item.layer,
        item.role,
        item.source,
        item.target,
        dumps(item.attributes) if item.attributes else "{}",
        item.version,
        deleted_at,
    )


def relation_of(row: Row) -> Relation:
    """Return the relation in a row."""
    return Relation(
        id=row[0],
        article=row[1],
        layer=row[2],
        role=row[3],
        source=row[4],
        target=row[5],
        attributes=values(row[6]),
        version=row[7],
    )


OFFERED = (
    "deleted_at IS NULL AND (external = '{}' OR external ->> '$.\"pressmark:archived\"' IS NULL)"
)
"""The condition of registry records that are offered: neither in the trash nor archived."""


def fold(name: str) -> str:
    """Return a name without case and diacritics, as the registry is searched."""
    split = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in split if not unicodedata.combining(c)).split())


def _record_row(item: Record, deleted_at: str | None) -> Row:
    return (
        item.id,
        item.kind,
        item.name,
        dumps(item.aliases),
        dumps(item.attributes),
        dumps(item.external),
        "\n" + "\n".join(map(fold, (item.name, *item.aliases))),
        item.version,
        deleted_at,
    )


def record_of(row: Row) -> Record:
    """Return the registry record in a row."""
    return Record(
        id=row[0],
        kind=row[1],
        name=row[2],
        aliases=tuple(orjson.loads(row[3])),
        attributes=values(row[4]),
        external=orjson.loads(row[5]),
        version=row[7],
    )


def _article_row(item: Article, deleted_at: str | None) -> Row:
    return (
        item.position,
        item.id,
        item.title,
        item.sha256,
        item.source,
        item.url,
        item.author,
        item.published,
        item.language,
        dumps(item.metadata),
        dumps(item.origin),
        item.version,
        deleted_at,
        item.text,
    )


def article_of(row: Row) -> Article:
    """Return the article in a row."""
    return Article(
        position=row[0],
        id=row[1],
        title=row[2],
        sha256=row[3],
        source=row[4],
        url=row[5],
        author=row[6],
        published=row[7],
        language=row[8],
        metadata=values(row[9]),
        origin=Source(**orjson.loads(row[10])),
        version=row[11],
        text=row[13],
    )


def _form(
    what: Erasable,
    table: tables.Table,
    row_of: Callable[[T, str | None], Row],
    item_of: Callable[[Row], T],
) -> Form[T]:
    return Form(
        what=what,
        table=table,
        row_of=row_of,
        item_of=item_of,
        deleted_at=table.columns.index("deleted_at"),
        select=f"SELECT {tables.columns(table)} FROM {table.name}",
        put=tables.put_sql(table, "id"),
        erase=f"DELETE FROM {table.name} WHERE id = ?",
    )


ANNOTATIONS = _form("annotation", tables.annotation, _annotation_row, annotation_of)
RELATIONS = _form("relation", tables.relation, _relation_row, relation_of)
RECORDS = _form("record", tables.record, _record_row, record_of)
ARTICLES = _form("article", tables.article, _article_row, article_of)

BOOKMARKS = f"SELECT {tables.columns(tables.bookmark)} FROM bookmark"
REJECTIONS = f"SELECT {tables.columns(tables.rejection)} FROM rejection"


def bookmark_of(row: Row) -> Bookmark:
    """Return the bookmark in a row."""
    article, layer, offset, note, version = row
    return Bookmark(article=article, layer=layer, offset=offset, note=note, version=version)


def rejection_of(row: Row) -> Rejection:
    """Return the rejected suggestion in a row."""
    article, layer, name, type_name, start, end, quote, suggester, version = row
    return Rejection(
        id=name,
        article=article,
        layer=layer,
        type=type_name,
        start=start,
        end=end,
        quote=quote,
        suggester=suggester,
        version=version,
    )
