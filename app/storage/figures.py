"""The figures of a project, counted by the database."""

from collections import Counter, defaultdict
from typing import NamedTuple

from app.model.article import STATES, State
from app.model.figures import LayerFigures
from app.storage import queries
from app.storage.sql import Connection

_LIVE = (
    "JOIN article ON article.id = {0}.article "
    "WHERE {0}.deleted_at IS NULL AND article.deleted_at IS NULL"
)
_MARKS = f"FROM annotation {_LIVE.format('annotation')}"
_STATUS = "FROM status JOIN article ON article.id = status.article WHERE article.deleted_at IS NULL"


class Counted(NamedTuple):
    """What is counted of one layer, and of all of them."""

    articles: int
    marks: dict[str, int]
    relations: int
    marked_articles: int
    accepted: int
    rejected: int
    layers: tuple[LayerFigures, ...]
    named: tuple[tuple[str, int], ...]
    flagged: tuple[str, ...]
    shared: int


def count(connection: Connection, layer: str, *, most: int = 5) -> Counted:
    """Return the figures; `named` are the records that are mentioned most, at most so many.

    `flagged` are titles of articles that the layer has flagged, `shared` counts the articles that
    several layers, gold aside, have marked.
    """
    run = connection.execute

    def one(sql: str, *given: object) -> int:
        return int(run(sql, given).fetchone()[0] or 0)

    types = f"SELECT type, count(*) {_MARKS} AND layer = ? GROUP BY type"
    named = (
        f"SELECT record.name, count(*) AS n {_MARKS.replace('JOIN article', _AND_RECORD, 1)} "
        "AND annotation.layer = ? AND record.kind = (SELECT min(kind) FROM record) "
        "GROUP BY record.id ORDER BY n DESC, record.name LIMIT ?"
    )
    flagged = (
        f"SELECT article.title {_STATUS} AND layer = ? AND state = 'flagged' ORDER BY position"
    )
    shared = (
        f"SELECT count(*) FROM (SELECT article {_MARKS} AND layer <> 'gold' "
        "GROUP BY annotation.article HAVING count(DISTINCT layer) > 1) AS s"
    )
    return Counted(
        articles=queries.article_count(connection),
        marks=dict(run(types, (layer,)).fetchall()),
        relations=one(
            f"SELECT count(*) FROM relation {_LIVE.format('relation')} AND layer = ?", layer
        ),
        marked_articles=one(
            f"SELECT count(DISTINCT annotation.article) {_MARKS} AND layer = ?", layer
        ),
        accepted=one(
            f"SELECT count(*) {_MARKS} AND layer = ? AND annotation.origin LIKE 'suggestion:%'",
            layer,
        ),
        rejected=one("SELECT count(*) FROM rejection WHERE layer = ?", layer),
        layers=_layers(connection),
        named=tuple((str(name), int(n)) for name, n in run(named, (layer, most)).fetchall()),
        flagged=tuple(str(row[0]) for row in run(flagged, (layer,)).fetchall()),
        shared=one(shared),
    )


_AND_RECORD = "JOIN record ON record.id = annotation.record JOIN article"


def _layers(connection: Connection) -> tuple[LayerFigures, ...]:
    run = connection.execute
    states: dict[str, Counter[State]] = defaultdict(Counter)
    for layer, state, number in run(
        f"SELECT layer, state, count(*) {_STATUS} GROUP BY layer, state"
    ).fetchall():
        states[layer][state] = number
    for layer, number in run(
        f"SELECT layer, count(DISTINCT annotation.article) {_MARKS} AND NOT EXISTS (SELECT 1 "
        "FROM status AS s WHERE s.article = annotation.article AND s.layer = annotation.layer) "
        "GROUP BY layer"
    ).fetchall():
        states[layer]["in progress"] += number
    per_day: dict[str, Counter[str]] = defaultdict(Counter)
    for layer, day, number in run(
        f"SELECT layer, substr(created_at, 1, 10) AS day, count(*) {_MARKS} GROUP BY layer, day"
    ).fetchall():
        per_day[layer][day] += number
    done_on: dict[str, Counter[str]] = defaultdict(Counter)
    minutes: dict[str, list[float]] = defaultdict(list)
    spent = queries.time_spent(connection)
    for layer, article, seconds, at in run(
        "SELECT status.layer, status.article, status.seconds, (SELECT max(at) FROM journal AS j "
        "WHERE j.article = status.article AND j.layer = status.layer AND j.title = 'mark done') "
        f"{_STATUS} AND state = 'done'"
    ).fetchall():
        done_on[layer][(at or "")[:10]] += 1
        taken = max(seconds, spent.get((layer, article), 0))
        if taken:
            minutes[layer].append(taken / 60)
    known = {one.name for one in queries.annotators(connection)}
    return tuple(
        LayerFigures(
            name=name,
            states={state: states[name][state] for state in STATES if state != "new"},
            per_day=dict(per_day[name]),
            done_on=dict(done_on[name]),
            minutes=tuple(sorted(minutes[name])),
        )
        for name in sorted(known | states.keys() | per_day.keys())
    )


def worked_on(connection: Connection) -> list[tuple[str, str]]:
    """Return which layer has marked which article."""
    sql = f"SELECT DISTINCT layer, annotation.article {_MARKS}"
    return [(str(layer), str(article)) for layer, article in connection.execute(sql).fetchall()]
