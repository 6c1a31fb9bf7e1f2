"""What of a codebook is in use, the trash included: undo may bring it back."""

from collections.abc import Iterator

import orjson

from app.storage.sql import Connection


def types(connection: Connection) -> Iterator[str]:
    """Yield the types of annotations."""
    sql = "SELECT DISTINCT type FROM annotation ORDER BY type"
    yield from (name for (name,) in connection.execute(sql).fetchall())


def roles(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield the roles of relations as (type of the source, role)."""
    sql = (
        "SELECT DISTINCT a.type, r.role FROM relation AS r "
        "JOIN annotation AS a ON a.id = r.source ORDER BY 1, 2"
    )
    yield from ((source, role) for source, role in connection.execute(sql).fetchall())


def fields(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield attributes and evidence fields as (type, name)."""
    sql = (
        "SELECT DISTINCT a.type, j.key FROM annotation AS a, json_each(a.attributes) AS j UNION "
        "SELECT DISTINCT a.type, json_extract(j.value, '$.attribute') "
        "FROM annotation AS a, json_each(a.evidence) AS j ORDER BY 1, 2"
    )
    yield from ((kind, name) for kind, name in connection.execute(sql).fetchall())


def options(connection: Connection, type_name: str, attribute: str) -> Iterator[str | int]:
    """Yield the values that annotations of a type have chosen for an attribute."""
    sql = (
        "SELECT DISTINCT j.value, j.type FROM annotation AS a, json_each(a.attributes) AS j "
        "WHERE a.type = ? AND j.key = ? AND j.type <> 'null'"
    )
    for value, kind in connection.execute(sql, (type_name, attribute)).fetchall():
        yield from orjson.loads(value) if kind == "array" else (value,)


def record_kinds(connection: Connection) -> Iterator[str]:
    """Yield the kinds of registry records."""
    sql = "SELECT DISTINCT kind FROM record ORDER BY kind"
    yield from (name for (name,) in connection.execute(sql).fetchall())
