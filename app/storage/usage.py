"""What of a codebook is in use, and where.

What is in the trash counts as in use, because undo may bring it back; what a change touches is
counted among what people see.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import orjson

from app.model.annotation import Annotation, Relation, Value
from app.model.registry import Record
from app.storage.rows import ANNOTATIONS, RECORDS, RELATIONS, Form
from app.storage.sql import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who has fields: a type, a field of words (`name` of type `of`), a role (likewise), a kind."""

    what: Literal["type", "evidence", "role", "record"]
    of: str
    name: str = ""


class Mark(NamedTuple):
    """An annotation as a list shows it. `title` is the article's."""

    annotation: str
    article: str
    title: str
    layer: str
    type: str
    quote: str


@dataclass(frozen=True, slots=True)
class Touched:
    """How many annotations (by type) in how many articles, and the first of them in order."""

    by_type: dict[str, int]
    articles: int
    marks: tuple[Mark, ...]

    @property
    def count(self) -> int:
        """How many annotations."""
        return sum(self.by_type.values())


class _Rows(NamedTuple):
    """Where the fields of a holder lie: tables, condition, JSON of the attributes, rows in view."""

    tables: str
    condition: str
    attributes: str
    live: str
    parameters: tuple[object, ...]


def _rows(holder: Holder) -> _Rows:
    match holder.what:
        case "type":
            found = "annotation AS a", "a.type = ?", "a.attributes", "1"
        case "evidence":
            tables = "annotation AS a, json_each(a.evidence) AS e"
            condition = "a.type = ? AND e.value ->> '$.attribute' = ?"
            found = tables, condition, "e.value -> '$.attributes'", "1"
        case "role":
            tables = "relation AS r JOIN annotation AS a ON a.id = r.source"
            condition = "a.type = ? AND r.role = ?"
            found = tables, condition, "r.attributes", "r.deleted_at IS NULL"
        case "record":
            tables = "record AS r LEFT JOIN annotation AS a ON a.record = r.id"
            found = tables, "r.kind = ?", "r.attributes", "r.deleted_at IS NULL"
    given = (holder.of,) if holder.what in ("type", "record") else (holder.of, holder.name)
    return _Rows(*found, given)


def _narrowed(
    holder: Holder, attribute: str, value: str | int | None, *, empty: bool = False
) -> _Rows:
    """Return the rows of a holder that have an attribute, or that value of it (alone or in a list).

    Without an attribute all its rows are meant; `empty` counts one that is there and says nothing.
    """
    rows = _rows(holder)
    if not attribute:
        return rows
    member = f"FROM json_each({rows.attributes}) AS m"
    parameters: tuple[object, ...] = (*rows.parameters, attribute)
    if value is None:
        holds = f"SELECT 1 {member} WHERE m.key = ?"
        holds += "" if empty else " AND m.value NOT IN ('', '[]')"
    else:
        single = "CASE m.type WHEN 'array' THEN m.value ELSE json_array(m.value) END"
        holds = f"SELECT 1 {member}, json_each({single}) AS v WHERE m.key = ? AND v.value = ?"
        parameters = (*parameters, value)
    condition = f"{rows.condition} AND EXISTS ({holds})"
    return rows._replace(condition=condition, parameters=parameters)


def is_used(
    connection: Connection, holder: Holder, attribute: str = "", value: str | int | None = None
) -> bool:
    """Tell whether anything, the trash included, is of this holder, or has that attribute."""
    rows = _narrowed(holder, attribute, value, empty=True)
    sql = f"SELECT 1 FROM {rows.tables} WHERE {rows.condition} LIMIT 1"
    return connection.execute(sql, rows.parameters).fetchone() is not None


def values(connection: Connection, holder: Holder, attribute: str) -> Iterator[Value]:
    """Yield the values an attribute has anywhere, the trash included, each once."""
    rows = _rows(holder)
    sql = (
        f"SELECT DISTINCT m.type, m.value FROM {rows.tables}, json_each({rows.attributes}) AS m "
        f"WHERE {rows.condition} AND m.key = ? AND m.type <> 'null'"
    )
    for kind, value in connection.execute(sql, (*rows.parameters, attribute)).fetchall():
        match kind:
            case "array":
                yield tuple(orjson.loads(value))
            case "true" | "false":
                yield kind == "true"
            case _:
                yield value


def targets(connection: Connection, source: str, role: str) -> Iterator[str]:
    """Yield the types that a role leads to, the trash included."""
    sql = (
        "SELECT DISTINCT t.type FROM relation AS r JOIN annotation AS a ON a.id = r.source "
        "JOIN annotation AS t ON t.id = r.target WHERE a.type = ? AND r.role = ? ORDER BY 1"
    )
    yield from (name for (name,) in connection.execute(sql, (source, role)).fetchall())


def mentioned_kinds(connection: Connection, type_name: str) -> Iterator[str]:
    """Yield the kinds of record that annotations of a type mention, the trash included."""
    sql = (
        "SELECT DISTINCT r.kind FROM annotation AS a JOIN record AS r ON r.id = a.record "
        "WHERE a.type = ? ORDER BY 1"
    )
    yield from (name for (name,) in connection.execute(sql, (type_name,)).fetchall())


_QUOTE = "(SELECT group_concat(f.value ->> '$[2]', ' … ') FROM json_each(a.fragments) AS f)"


def touched(
    connection: Connection,
    holder: Holder,
    attribute: str = "",
    value: str | int | None = None,
    *,
    limit: int,
) -> Touched:
    """Return the annotations in view that are of a holder, or have that attribute or value.

    `limit` is how many of them are listed, in the order of articles and text.
    """
    rows = _narrowed(holder, attribute, value)
    tables = f"{rows.tables} JOIN article ON article.id = a.article"
    live = f"a.deleted_at IS NULL AND article.deleted_at IS NULL AND {rows.live}"
    where = f"FROM {tables} WHERE {rows.condition} AND {live}"
    counts = connection.execute(
        f"SELECT a.type, count(DISTINCT a.id) {where} GROUP BY a.type ORDER BY a.type",
        rows.parameters,
    ).fetchall()
    (articles,) = connection.execute(
        f"SELECT count(DISTINCT a.article) {where}", rows.parameters
    ).fetchone()
    listed = connection.execute(
        f"SELECT DISTINCT a.id, a.article, article.title, a.layer, a.type, {_QUOTE} {where} "
        'ORDER BY article.position, a.start, a."end" DESC, a.id LIMIT ?',
        (*rows.parameters, limit),
    ).fetchall()
    return Touched(dict(counts), articles, tuple(Mark(*row) for row in listed))


_FORMS: Mapping[str, Form[Any]] = {
    "type": ANNOTATIONS,
    "evidence": ANNOTATIONS,
    "role": RELATIONS,
    "record": RECORDS,
}


def holding(
    connection: Connection, holder: Holder, attribute: str, value: str | int
) -> Iterator[Annotation | Relation | Record]:
    """Yield what holds a value: annotations, relations or records, none of the trash."""
    rows, form = _narrowed(holder, attribute, value), _FORMS[holder.what]
    row = "a" if form is ANNOTATIONS else "r"
    found = f"SELECT {row}.id FROM {rows.tables} WHERE {rows.condition}"
    sql = f"{form.select} WHERE deleted_at IS NULL AND id IN ({found}) ORDER BY id"
    for row_found in connection.execute(sql, rows.parameters):
        yield form.item_of(row_found)


def of_type(connection: Connection, type_name: str) -> Iterator[tuple[str, int]]:
    """Yield (id, version) of the annotations of a type, none of the trash."""
    sql = "SELECT id, version FROM annotation WHERE type = ? AND deleted_at IS NULL ORDER BY id"
    yield from connection.execute(sql, (type_name,))
