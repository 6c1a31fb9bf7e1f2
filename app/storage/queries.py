"""What is read: one article, pages of the queue, the registry, figures, everything for an export.

Each function takes a connection that is in a transaction of its own, so that what it returns is of
one moment. Only live rows are returned.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from app.model.annotation import Annotation, Relation
from app.model.article import STATES, Article, ArticleRow, State, Status
from app.model.bookmark import Bookmark, Rejection
from app.model.listing import Listing
from app.model.registry import Annotator, Record
from app.model.reports import LayerStats, Stats
from app.storage import listing, search
from app.storage.rows import (
    ANNOTATIONS,
    ARTICLES,
    BOOKMARKS,
    OFFERED,
    RECORDS,
    REJECTIONS,
    RELATIONS,
    annotation_of,
    article_of,
    bookmark_of,
    fold,
    record_of,
    rejection_of,
    relation_of,
)
from app.storage.sql import Connection

_STATUS = "SELECT article, layer, state, note, seconds FROM status"


class Parts(NamedTuple):
    """One article with all that hangs on it."""

    article: Article
    annotations: tuple[Annotation, ...]
    relations: tuple[Relation, ...]
    records: tuple[Record, ...]
    status: Status | None
    bookmarks: tuple[Bookmark, ...]
    rejections: tuple[Rejection, ...]


def article(connection: Connection, article_id: str) -> Article | None:
    """Return the article of that id."""
    sql = f"{ARTICLES.select} WHERE id = ? AND deleted_at IS NULL"
    row = connection.execute(sql, (article_id,)).fetchone()
    return article_of(row) if row else None


def parts(connection: Connection, article_id: str, layer: str) -> Parts | None:
    """Return an article with the annotations, relations and status of one layer."""
    found = article(connection, article_id)
    if found is None:
        return None
    run = connection.execute
    key = article_id, layer
    where = "WHERE article = ? AND layer = ? AND deleted_at IS NULL"
    annotations = run(f"{ANNOTATIONS.select} {where}", key).fetchall()
    relations = run(f"{RELATIONS.select} {where}", key).fetchall()
    records = run(
        f"{RECORDS.select} WHERE deleted_at IS NULL AND id IN "
        f"(SELECT record FROM annotation {where} AND record IS NOT NULL)",
        key,
    ).fetchall()
    return Parts(
        found,
        tuple(map(annotation_of, annotations)),
        tuple(map(relation_of, relations)),
        tuple(map(record_of, records)),
        status(connection, article_id, layer),
        bookmarks(connection, layer, article_id),
        rejections(connection, layer, article_id),
    )


def status(connection: Connection, article_id: str, layer: str) -> Status | None:
    """Return how far a layer says that it has got with an article."""
    sql = f"{_STATUS} WHERE article = ? AND layer = ?"
    row = connection.execute(sql, (article_id, layer)).fetchone()
    return _status(row) if row else None


def bookmarks(
    connection: Connection, layer: str, article_id: str | None = None
) -> tuple[Bookmark, ...]:
    """Return the bookmarks of a layer in the order of import and text, or those of one article."""
    one, given = ("AND bookmark.article = ? ", (article_id,)) if article_id else ("", ())
    found = connection.execute(
        f"{BOOKMARKS} WHERE layer = ? {one}AND article IN "
        "(SELECT id FROM article WHERE deleted_at IS NULL) ORDER BY "
        "(SELECT position FROM article WHERE article.id = bookmark.article), bookmark.offset",
        (layer, *given),
    ).fetchall()
    return tuple(map(bookmark_of, found))


def rejections(connection: Connection, layer: str, article_id: str) -> tuple[Rejection, ...]:
    """Return the suggestions that a layer rejected in an article, in the order of the text."""
    found = connection.execute(
        f'{REJECTIONS} WHERE article = ? AND layer = ? ORDER BY start, "end" DESC, id',
        (article_id, layer),
    ).fetchall()
    return tuple(map(rejection_of, found))


def other_layers(connection: Connection, article_id: str, layer: str) -> tuple[Annotation, ...]:
    """Return the live annotations of an article that are on any layer but one."""
    where = "WHERE article = ? AND layer <> ? AND deleted_at IS NULL ORDER BY start"
    rows = connection.execute(f"{ANNOTATIONS.select} {where}", (article_id, layer)).fetchall()
    return tuple(map(annotation_of, rows))


def marked_words(
    connection: Connection, layer: str, article_id: str | None = None
) -> Iterator[tuple[str, str, str, str | None]]:
    """Yield (article, words, type, record) of the marks of a layer, article by article.

    Marks with gaps are left out. Of one article where its id is given.
    """
    one, given = (" AND article = ?", (article_id,)) if article_id else ("", ())
    yield from connection.execute(
        "SELECT article, fragments ->> '$[0][2]', type, record FROM annotation "
        f"WHERE layer = ?{one} AND deleted_at IS NULL AND json_array_length(fragments) = 1 "
        "ORDER BY article",
        (layer, *given),
    )


def _status(row: Sequence[Any]) -> Status:
    article_id, layer, state, note, seconds = row
    return Status(article=article_id, layer=layer, state=state, note=note, seconds=seconds)


def article_ids(connection: Connection) -> tuple[str, ...]:
    """Return the ids of all articles, in the order of import."""
    sql = "SELECT id FROM article WHERE deleted_at IS NULL ORDER BY position"
    return tuple(article_id for (article_id,) in connection.execute(sql).fetchall())


def texts(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield id and text of every article, in the order of import, one at a time."""
    for row in connection.execute(
        "SELECT id, text FROM article WHERE deleted_at IS NULL ORDER BY position"
    ):
        yield str(row[0]), str(row[1])


def article_by_hash(connection: Connection, sha256: str) -> str | None:
    """Return the id of the first article with this text."""
    sql = "SELECT id FROM article WHERE sha256 = ? AND deleted_at IS NULL ORDER BY position LIMIT 1"
    row = connection.execute(sql, (sha256,)).fetchone()
    return str(row[0]) if row else None


def article_hashes(connection: Connection) -> dict[str, str]:
    """Return the id of the first article with each text, by the hash of the text."""
    sql = "SELECT sha256, id FROM article WHERE deleted_at IS NULL ORDER BY position DESC"
    return dict(connection.execute(sql).fetchall())


def marked_by_several(connection: Connection, but: str, limit: int) -> tuple[tuple[str, str], ...]:
    """Return id and title of articles with marks of two layers or more, one layer not counted."""
    found = connection.execute(
        "SELECT id, title FROM article WHERE deleted_at IS NULL AND id IN "
        "(SELECT article FROM annotation WHERE layer <> ? AND deleted_at IS NULL "
        "GROUP BY article HAVING count(DISTINCT layer) > 1) ORDER BY position LIMIT ?",
        (but, limit),
    ).fetchall()
    return tuple((article_id, title) for article_id, title in found)


def article_count(connection: Connection) -> int:
    """Return how many articles there are."""
    sql = "SELECT count(*) FROM article WHERE deleted_at IS NULL"
    return int(connection.execute(sql).fetchone()[0])


def states(connection: Connection, layer: str) -> dict[str, State]:
    """Return the state of every article that is not simply new, for one layer."""
    run = connection.execute
    found: dict[str, State] = {
        article_id: "in progress"
        for (article_id,) in run(
            "SELECT DISTINCT article FROM annotation WHERE layer = ? AND deleted_at IS NULL",
            (layer,),
        )
    }
    found.update(run("SELECT article, state FROM status WHERE layer = ?", (layer,)).fetchall())
    for (trashed,) in run("SELECT id FROM article WHERE deleted_at IS NOT NULL"):
        found.pop(trashed, None)
    return {article_id: state for article_id, state in found.items() if state != "new"}


def record(connection: Connection, record_id: str) -> Record | None:
    """Return the registry record of that id."""
    sql = f"{RECORDS.select} WHERE id = ? AND deleted_at IS NULL"
    row = connection.execute(sql, (record_id,)).fetchone()
    return record_of(row) if row else None


def records(
    connection: Connection, kind: str, *, words: str = "", limit: int = -1
) -> tuple[Record, ...]:
    """Return the records of a kind with these words in a name or alias.

    Names that begin so come first, then aliases, then names with a word that begins so.
    """
    wanted = fold(words)
    found = connection.execute(
        f"{RECORDS.select} WHERE kind = ? AND {OFFERED} AND instr(folded, ?) "
        "ORDER BY CASE WHEN instr(folded, char(10) || ?) = 1 THEN 0 "
        "WHEN instr(folded, char(10) || ?) THEN 1 WHEN instr(folded, ' ' || ?) THEN 2 ELSE 3 END, "
        "name COLLATE NOCASE, id LIMIT ?",
        (kind, wanted or "\n", wanted, wanted, wanted, limit),
    ).fetchall()
    return tuple(map(record_of, found))


def titles(connection: Connection, layer: str, words: str, limit: int) -> tuple[ArticleRow, ...]:
    """Return articles with these words in the title, in the order of import; all without words."""
    if not words.strip():
        return listing.page(connection, Listing(), layer, offset=0, limit=limit)
    wanted = search.query(words)
    if wanted is None:
        return ()
    found = connection.execute(
        f"{listing.ROW} JOIN article_search ON article_search.rowid = article.position "
        "WHERE article_search MATCH ? AND article.deleted_at IS NULL LIMIT ?",
        (layer, layer, f"title : ({wanted})", limit),
    ).fetchall()
    return tuple(map(listing.row_of, found))


def mentions(connection: Connection, record_id: str, limit: int = -1) -> tuple[int, int]:
    """Return how many live annotations mention a record, and in how many articles.

    No more than `limit` annotations are counted.
    """
    sql = (
        "SELECT count(*), count(DISTINCT article) FROM (SELECT article FROM annotation "
        "WHERE record = ? AND deleted_at IS NULL LIMIT ?)"
    )
    count, articles = connection.execute(sql, (record_id, limit)).fetchone()
    return count, articles


def first_mention(connection: Connection, record_id: str, layer: str) -> tuple[str, str] | None:
    """Return article and id of the first annotation of a layer that mentions a record."""
    sql = (
        "SELECT annotation.article, annotation.id FROM annotation "
        "JOIN article ON article.id = annotation.article "
        "WHERE record = ? AND layer = ? AND annotation.deleted_at IS NULL "
        "AND article.deleted_at IS NULL ORDER BY article.position, annotation.start LIMIT 1"
    )
    row = connection.execute(sql, (record_id, layer)).fetchone()
    return (row[0], row[1]) if row else None


def all_records(connection: Connection) -> tuple[Record, ...]:
    """Return the whole registry, by kind and name."""
    sql = f"{RECORDS.select} WHERE deleted_at IS NULL ORDER BY kind, name, id"
    return tuple(map(record_of, connection.execute(sql).fetchall()))


def annotators(connection: Connection) -> tuple[Annotator, ...]:
    """Return all annotators by name."""
    sql = "SELECT id, name, role FROM annotator ORDER BY name"
    return tuple(
        Annotator(id=row[0], name=row[1], role=row[2]) for row in connection.execute(sql).fetchall()
    )


class Exported(NamedTuple):
    """An article for an export, with the layers that were asked for."""

    article: Article
    annotations: tuple[Annotation, ...]
    relations: tuple[Relation, ...]
    statuses: tuple[Status, ...]


def export(
    connection: Connection,
    *,
    layers: Sequence[str] | None,
    state: State | None,
    only: str | None = None,
) -> Iterator[Exported]:
    """Yield every article in the order of import; annotations by start, longest first, then id.

    With `only` the one of that id alone. `layers` None means all of them. With a `state` only
    articles that one of these layers has brought to that state are yielded.
    """
    run = connection.execute
    chosen, extra = "", tuple[str, ...]()
    if layers is not None:
        extra = tuple(layers)
        chosen = f" AND layer IN ({', '.join('?' * len(extra))})"
    where = f"WHERE article = ?{chosen}"
    live = f"{where} AND deleted_at IS NULL"
    annotations_sql = f'{ANNOTATIONS.select} {live} ORDER BY start, "end" DESC, id'
    relations_sql = f"{RELATIONS.select} {live} ORDER BY id"
    statuses_sql = f"{_STATUS} {where} ORDER BY layer"
    one, given = (" AND id = ?", (only,)) if only else ("", ())
    for row in run(f"{ARTICLES.select} WHERE deleted_at IS NULL{one} ORDER BY position", given):
        found = article_of(row)
        key = (found.id, *extra)
        exported = Exported(
            found,
            tuple(map(annotation_of, run(annotations_sql, key).fetchall())),
            tuple(map(relation_of, run(relations_sql, key).fetchall())),
            tuple(map(_status, run(statuses_sql, key).fetchall())),
        )
        if state is None or state in _states(exported, layers):
            yield exported


def _states(exported: Exported, layers: Sequence[str] | None) -> set[State]:
    """Return the states of an article in the layers, derived where none was given."""
    states: dict[str, State] = {
        annotation.layer: "in progress" for annotation in exported.annotations
    }
    states |= {status.layer: status.state for status in exported.statuses}
    for layer in layers or ():
        states.setdefault(layer, "new")
    return set(states.values()) or {"new"}


def stats(connection: Connection, layer: str) -> Stats:
    """Return the figures of a project; `status` is of one layer."""
    run = connection.execute
    live = (
        "FROM {0} JOIN article ON article.id = {0}.article "
        "WHERE {0}.deleted_at IS NULL AND article.deleted_at IS NULL"
    )
    types = run(f"SELECT type, count(*) {live.format('annotation')} GROUP BY type ORDER BY type")
    (relations,) = run(f"SELECT count(*) {live.format('relation')}").fetchone()
    articles = article_count(connection)
    counts = Counter(states(connection, layer).values())
    counts["new"] = articles - counts.total()
    return Stats(
        articles=articles,
        status={state: counts[state] for state in STATES},
        annotations=dict(types.fetchall()),
        relations=relations,
        annotators=_layers(connection),
    )


_LAYERS = """
SELECT layer, article, sum(annotations), max(seconds) FROM (
    SELECT a.layer, a.article, 1 AS annotations, 0 AS seconds
    FROM annotation AS a JOIN article ON article.id = a.article
    WHERE a.deleted_at IS NULL AND article.deleted_at IS NULL
    UNION ALL
    SELECT s.layer, s.article, 0, s.seconds
    FROM status AS s JOIN article ON article.id = s.article WHERE article.deleted_at IS NULL
) AS work GROUP BY layer, article"""

_PAUSE = 120.0
"""Seconds. A longer gap between two steps counts as this long: nobody knows who was at the desk."""


def _layers(connection: Connection) -> tuple[LayerStats, ...]:
    """Return the figures of every annotator, and of layers without one, by name."""
    found = {annotator.name: (0, 0, 0) for annotator in annotators(connection)}
    spent = time_spent(connection)
    for layer, article, annotations, seconds in connection.execute(_LAYERS).fetchall():
        articles, marks, time = found.get(layer, (0, 0, 0))
        time += max(seconds, spent.get((layer, article), 0))
        found[layer] = articles + 1, marks + annotations, time
    return tuple(
        LayerStats(name=name, articles=articles, annotations=annotations, seconds=seconds)
        for name, (articles, annotations, seconds) in sorted(found.items())
    )


def time_spent(connection: Connection, article: str | None = None) -> dict[tuple[str, str], int]:
    """Return the seconds of work by (layer, article), read off the journal.

    It is the time between one step in an article and the next, pauses cut to two minutes. Of one
    article where its id is given.
    """
    condition, given = ("article = ?", (article,)) if article else ("article IS NOT NULL", ())
    rows = connection.execute(
        f"SELECT layer, article, at FROM journal WHERE {condition} ORDER BY layer, article, at",
        given,
    )
    spent: dict[tuple[str, str], float] = {}
    last: datetime | None = None
    for layer, article_id, at in rows:
        moment, here = datetime.fromisoformat(at), (layer, article_id)
        if here in spent and last is not None:
            spent[here] += min((moment - last).total_seconds(), _PAUSE)
        else:
            spent[here] = 0.0
        last = moment
    return {here: round(seconds) for here, seconds in spent.items()}
