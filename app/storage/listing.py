"""The queue: which articles a listing holds, in which order, and what is shown of each.

The order is read as one list of positions, which costs some milliseconds for a hundred thousand
articles; the rows themselves are read where they are looked at.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from app.model.article import ArticleRow, State
from app.model.listing import Listing, Sort
from app.storage import search
from app.storage.sql import Connection

_FEW = 500
"""Parameters in one statement."""

Where = tuple[str, list[object]]
"""Conditions on `article`, and their parameters."""

_LIVE = "article.deleted_at IS NULL"
_OF_LAYER = "SELECT a.article FROM annotation AS a WHERE a.layer = ? AND a.deleted_at IS NULL"
_MATCHES = f"article.position IN ({search.MATCHES})"
_ONE_MATCHES = f"EXISTS ({search.MATCHES} AND rowid = article.position)"
_BOOKMARKED = "SELECT b.article FROM bookmark AS b WHERE b.layer = ?"
_SORTS: dict[Sort, str] = {
    "position": "article.position{0}",
    "title": "article.title COLLATE NOCASE{0}, article.position{0}",
    "source": "article.source COLLATE NOCASE{0}, article.position{0}",
    "published": "article.published{0}, article.position{0}",
    "marks": "coalesce(work.n, 0){0}, article.position{0}",
    "useful": "article.position{0}",
    "relevant": "article.position{0}",
    "changed": "max(coalesce(work.n, 0), article.version){0}, article.position{0}",
}
_WORK: dict[Sort, str] = {
    "marks": "SELECT article, count(*) AS n FROM annotation WHERE layer = ? "
    "AND deleted_at IS NULL GROUP BY article",
    "changed": "SELECT article, max(seq) AS n FROM journal WHERE article IS NOT NULL "
    "GROUP BY article",
}


def where(listing: Listing, layer: str, *, of_one: bool = False) -> Where:
    """Return the conditions of a listing; `of_one` for a statement that looks at one article."""
    matches = _ONE_MATCHES if of_one else _MATCHES
    conditions, parameters = [_LIVE], list[object]()
    for condition, *given in _conditions(listing, layer, matches):
        conditions.append(condition)
        parameters += given
    return " AND ".join(conditions), parameters


def _conditions(
    listing: Listing, layer: str, matches: str
) -> Iterator[tuple[str, *tuple[object, ...]]]:
    if listing.search.strip():
        wanted = search.query(listing.search)
        yield (matches, wanted) if wanted else ("0",)
    for asked, condition, given in (
        (listing.source, "article.source = ? COLLATE NOCASE", listing.source),
        (listing.since, "article.published >= ?", listing.since),
        (listing.until, "article.published BETWEEN '0' AND ?", f"{listing.until}~"),
        (listing.bookmarked, f"article.id IN ({_BOOKMARKED})", layer),
        (listing.unsure, f"article.id IN ({_OF_LAYER} AND a.certainty = 'unsure')", layer),
        (listing.commented, f"article.id IN ({_OF_LAYER} AND a.comment <> '')", layer),
    ):
        if asked:
            yield condition, given
    if listing.state is not None:
        yield _in_state(listing.state, layer)


def _in_state(state: State, layer: str) -> tuple[str, *tuple[object, ...]]:
    """Return the condition for a state: the one that was given, else derived from the marks."""
    status = "SELECT 1 FROM status AS s WHERE s.article = article.id AND s.layer = ?"
    given, bare = f"EXISTS ({status} AND s.state = ?)", f"NOT EXISTS ({status})"
    marked = f"EXISTS ({_OF_LAYER} AND a.article = article.id)"
    match state:
        case "new":
            return f"({given} OR ({bare} AND NOT {marked}))", layer, state, layer, layer
        case "in progress":
            return f"({given} OR ({bare} AND {marked}))", layer, state, layer, layer
        case _:
            return given, layer, state


def order(
    connection: Connection, listing: Listing, layer: str, *, offset: int = 0, limit: int = -1
) -> list[int]:
    """Return the positions of the articles of a listing, in its order; all, or a stretch."""
    conditions, parameters = where(listing, layer)
    if (conditions, listing.sort, limit) == (_LIVE, "position", -1):
        steady = _without_gaps(connection)
        if steady is not None:
            return list(reversed(steady) if listing.descending else steady)[offset:]
    work = _WORK.get(listing.sort)
    joined = f" LEFT JOIN ({work}) AS work ON work.article = article.id" if work else ""
    if listing.sort == "marks":
        parameters.insert(0, layer)
    by = _SORTS[listing.sort].format(" DESC" if listing.descending else "")
    # One value instead of a row each: four times as fast.
    (found,) = connection.execute(
        "SELECT json_group_array(position) FROM "
        f"(SELECT article.position FROM article{joined} WHERE {conditions} ORDER BY {by} "
        "LIMIT ? OFFSET ?)",
        (*parameters, limit, offset),
    ).fetchone()
    positions: list[int] = orjson.loads(found)
    return positions


def _without_gaps(connection: Connection) -> range | None:
    """Return the positions of all articles where none is missing between them: counting is enough.

    Each figure comes from the index alone, a third of the time of reading the positions.
    """
    one = f"(SELECT {{}}(position) FROM article WHERE {_LIVE})"
    sql = f"SELECT {one.format('count')}, {one.format('min')}, {one.format('max')}"
    count, first, last = connection.execute(sql).fetchone()
    if not count:
        return range(0)
    return range(first, last + 1) if last - first + 1 == count else None


ROW = """
SELECT article.id, article.position, article.title, article.source, article.published,
    (SELECT s.state FROM status AS s WHERE s.article = article.id AND s.layer = ?),
    (SELECT count(*) FROM annotation AS a
        WHERE a.article = article.id AND a.layer = ? AND a.deleted_at IS NULL),
    article.version
FROM article"""
"""Takes the layer twice."""


def rows(connection: Connection, positions: Sequence[int], layer: str) -> dict[int, ArticleRow]:
    """Return what the queue shows of articles, by position; those that are gone are left out."""
    found: dict[int, ArticleRow] = {}
    for start in range(0, len(positions), _FEW):
        some = list(positions[start : start + _FEW])
        # As a rule they lie next to each other, which is faster to ask for.
        is_stretch = some == list(range(some[0], some[0] + len(some)))
        where = "BETWEEN ? AND ?" if is_stretch else f"IN ({', '.join('?' * len(some))})"
        given = [some[0], some[-1]] if is_stretch else some
        sql = f"{ROW} WHERE article.position {where} AND article.deleted_at IS NULL"
        for row in connection.execute(sql, (layer, layer, *given)):
            found[row[1]] = row_of(row)
    return found


def row(connection: Connection, article_id: str, layer: str) -> ArticleRow | None:
    """Return what the queue shows of one article."""
    sql = f"{ROW} WHERE article.id = ? AND article.deleted_at IS NULL"
    found = connection.execute(sql, (layer, layer, article_id)).fetchone()
    return row_of(found) if found else None


def page(
    connection: Connection, listing: Listing, layer: str, *, offset: int, limit: int
) -> tuple[ArticleRow, ...]:
    """Return a stretch of a listing."""
    positions = order(connection, listing, layer, offset=offset, limit=limit)
    found = rows(connection, positions, layer)
    return tuple(found[position] for position in positions)


def place(connection: Connection, listing: Listing, layer: str, article_id: str) -> int | None:
    """Return the place (from 0) of an article in a listing by order of import, or None."""
    conditions, parameters = where(listing, layer)
    found = connection.execute(
        f"SELECT article.position FROM article WHERE article.id = ? AND {conditions}",
        (article_id, *parameters),
    ).fetchone()
    if found is None:
        return None
    (before,) = connection.execute(
        f"SELECT count(*) FROM article WHERE {conditions} AND article.position < ?",
        (*parameters, found[0]),
    ).fetchone()
    return int(before)


def look(
    connection: Connection, article_ids: Iterable[str], listing: Listing, layer: str
) -> Iterator[tuple[str, ArticleRow | None, bool]]:
    """Yield of each article what the queue shows of it, and whether the listing holds it."""
    conditions, parameters = where(listing, layer, of_one=True)
    sql = f"SELECT 1 FROM article WHERE article.id = ? AND {conditions}"
    for article_id in article_ids:
        found = row(connection, article_id, layer)
        held = found is not None and connection.execute(sql, (article_id, *parameters)).fetchone()
        yield article_id, found, bool(held)


def row_of(found: Sequence[Any]) -> ArticleRow:
    """Return what `ROW` selects."""
    article_id, position, title, source, published, state, annotations, version = found
    derived: State = state or ("in progress" if annotations else "new")
    return ArticleRow(
        id=article_id,
        position=position,
        title=title,
        source=source,
        published=published,
        state=derived,
        annotations=annotations,
        version=version,
    )


def count(connection: Connection, listing: Listing, layer: str) -> int:
    """Return how many articles a listing holds."""
    conditions, parameters = where(listing, layer)
    sql = f"SELECT count(*) FROM article WHERE {conditions}"
    (many,) = connection.execute(sql, tuple(parameters)).fetchone()
    return int(many)


def sources(connection: Connection, limit: int) -> tuple[tuple[str, int], ...]:
    """Return the sources with the most articles, and how many each has."""
    found = connection.execute(
        "SELECT source, count(*) AS n FROM article WHERE deleted_at IS NULL AND source <> '' "
        "GROUP BY source COLLATE NOCASE ORDER BY n DESC, source COLLATE NOCASE LIMIT ?",
        (limit,),
    ).fetchall()
    return tuple((source, many) for source, many in found)
