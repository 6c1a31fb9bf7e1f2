"""Where registry entries are mentioned, and entries as they were before a merge."""

from typing import NamedTuple

from app.model.entries import MERGED
from app.model.registry import Record
from app.storage.rows import RECORDS, record_of
from app.storage.sql import Connection

BEFORE = 39
"""How many characters are given in front of a mark."""
AFTER = 60
"""How many characters are given behind a mark."""
_LIVE = "a.deleted_at IS NULL AND article.deleted_at IS NULL"


class Mention(NamedTuple):
    """A mark that mentions an entry. `before` and `after` are the words around it."""

    annotation: str
    version: int
    article: str
    title: str
    layer: str
    quote: str
    before: str
    after: str


def mentions(connection: Connection, record_id: str, limit: int = -1) -> tuple[Mention, ...]:
    """Return the marks of all layers that mention an entry, by import and text."""
    found = connection.execute(
        "SELECT a.id, a.version, a.article, article.title, a.layer, "
        "(SELECT group_concat(f.value ->> '$[2]', ' … ') FROM json_each(a.fragments) AS f), "
        f"substr(article.text, max(1, a.start - {BEFORE - 1}), min({BEFORE}, a.start)), "
        f'substr(article.text, a."end" + 1, {AFTER}) '
        "FROM annotation AS a JOIN article ON article.id = a.article "
        f"WHERE a.record = ? AND {_LIVE} ORDER BY article.position, a.start, a.id LIMIT ?",
        (record_id, limit),
    ).fetchall()
    return tuple(Mention(*row) for row in found)


def all_mentioning(connection: Connection, record_id: str) -> list[tuple[str, int, str]]:
    """Return id, version and words of all marks that mention an entry, hidden articles' too."""
    return connection.execute(
        "SELECT id, version, fragments ->> '$[0][2]' FROM annotation "
        "WHERE record = ? AND deleted_at IS NULL ORDER BY id",
        (record_id,),
    ).fetchall()


def counts(connection: Connection) -> dict[str, tuple[int, int]]:
    """Return how many marks, in how many articles, mention each entry."""
    found = connection.execute(
        "SELECT a.record, count(*), count(DISTINCT a.article) FROM annotation AS a "
        f"JOIN article ON article.id = a.article WHERE a.record IS NOT NULL AND {_LIVE} "
        "GROUP BY a.record"
    ).fetchall()
    return {record: (marks, articles) for record, marks, articles in found}


def articles_of(connection: Connection) -> dict[str, set[str]]:
    """Return which articles mention each entry."""
    found: dict[str, set[str]] = {}
    sql = (
        "SELECT DISTINCT record, article FROM annotation "
        "WHERE record IS NOT NULL AND deleted_at IS NULL"
    )
    for record, article in connection.execute(sql):
        found.setdefault(record, set()).add(article)
    return found


def merged_into(connection: Connection, record_id: str) -> Record | None:
    """Return the entry that another one was merged into, or None."""
    row = connection.execute(
        f"{RECORDS.select} WHERE deleted_at IS NULL "
        f"AND instr(external ->> '$.\"{MERGED}\"', ?) LIMIT 1",
        (record_id,),
    ).fetchone()
    return record_of(row) if row else None


def in_trash(connection: Connection, record_id: str) -> Record | None:
    """Return an entry that lies in the trash: as it was before it was merged."""
    sql = f"{RECORDS.select} WHERE id = ? AND deleted_at IS NOT NULL"
    row = connection.execute(sql, (record_id,)).fetchone()
    return record_of(row) if row else None
