"""Searching marks by what is known of them, and what is shown of marks and bookmarks."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from app.model.hits import CONTEXT, SNIPPET, Found, Hit, MarkQuery, snippet_of
from app.storage.rows import fold
from app.storage.search import FIRST, Stop, Stoppable
from app.storage.sql import Connection

_WINDOW = CONTEXT + SNIPPET + 20
"""Code points that are read of a text for one snippet."""

_FROM = f"max(0, a.start - {CONTEXT + 1})"
"""Where the window begins: one code point earlier than a snippet may, to know whether it is cut."""

_ABOUT = "article.position, article.id, article.title, article.source, article.published"
_FIELDS = ("position", "article", "title", "source", "published")
_LIVE = "a.deleted_at IS NULL AND article.deleted_at IS NULL"
_IN_ORDER = 'article.position, a.start, a."end" DESC, a.id'


def marks(connection: Connection, query: MarkQuery, stop: Stop) -> Iterator[Found]:
    """Yield keys of marks in the order of import and text: the first few, then all.

    Ends early where nobody waits any more.
    """
    where, parameters = _where(query)
    # Article by article the first few are found at once; what mentions a record has an index.
    join = "JOIN" if query.record else "CROSS JOIN"
    source = f"FROM article {join} annotation AS a ON a.article = article.id WHERE {where}"
    run = Stoppable(connection, stop)
    if query.words.strip():
        yield from _with_words(run, query, f"{source} ORDER BY {_IN_ORDER}", parameters)
        return
    first = run.keys(f"SELECT a.rowid {source} ORDER BY {_IN_ORDER} LIMIT {FIRST}", *parameters)
    if first is None:
        return
    if len(first) == FIRST:
        yield Found(keys=first, count=FIRST, stage="first")
    every = run.keys(f"SELECT a.rowid {source} ORDER BY {_IN_ORDER}", *parameters)
    articles = run.keys(f"SELECT count(DISTINCT a.article) {source}", *parameters)
    if every is not None and articles is not None:
        yield Found(keys=every, count=len(every), articles=articles[0], stage="all")


def _with_words(
    run: Stoppable, query: MarkQuery, source: str, parameters: Sequence[object]
) -> Iterator[Found]:
    """Look into the words themselves: SQLite would know capitals of the Latin alphabet alone."""
    wanted = fold(query.words).split()
    said = "a.comment" if query.of_comment else "a.fragments"
    keys: list[int] = []
    articles: set[str] = set()
    for key, article, told in run.rows(f"SELECT a.rowid, a.article, {said} {source}", *parameters):
        folded = fold(told if query.of_comment else " ".join(f[2] for f in orjson.loads(told)))
        if all(word in folded for word in wanted):
            keys.append(key)
            articles.add(article)
            if len(keys) == FIRST:
                yield Found(keys=tuple(keys), count=FIRST, stage="first")
    if not run.stopped:
        yield Found(keys=tuple(keys), count=len(keys), articles=len(articles), stage="all")


def _where(query: MarkQuery) -> tuple[str, list[object]]:
    conditions, parameters = [_LIVE], list[object]()
    for condition, *given in _conditions(query):
        conditions.append(condition)
        parameters += given
    return " AND ".join(conditions), parameters


def _conditions(query: MarkQuery) -> Iterator[tuple[str, *tuple[object, ...]]]:
    for column, value in (
        ("a.type", query.type),
        ("a.layer", query.layer),
        ("a.record", query.record),
        ("a.certainty", query.certainty),
    ):
        if value:
            yield f"{column} = ?", value
    if query.of_comment and query.words.strip():
        yield ("a.comment <> ''",)
    if query.attribute and query.value is None:
        held = "SELECT 1 FROM json_each(a.attributes) AS m WHERE m.key = ?"
        yield (
            f"EXISTS ({held} AND m.value IS NOT NULL AND m.value NOT IN ('', '[]'))",
            query.attribute,
        )
    elif query.attribute:
        single = "CASE m.type WHEN 'array' THEN m.value ELSE json_array(m.value) END"
        held = f"SELECT 1 FROM json_each(a.attributes) AS m, json_each({single}) AS v"
        yield f"EXISTS ({held} WHERE m.key = ? AND v.value = ?)", query.attribute, query.value
    if query.state is not None:
        status = "SELECT 1 FROM status AS s WHERE s.article = a.article AND s.layer = a.layer"
        given = f"EXISTS ({status} AND s.state = ?)"
        if query.state == "in progress":  # what has marks and no state is in progress
            given = f"({given} OR NOT EXISTS ({status}))"
        yield given, query.state


def mark_hits(connection: Connection, keys: Sequence[int]) -> tuple[Hit, ...]:
    """Return what is shown of marks, in the order given; those that are gone are left out."""
    found = {
        row[0]: _mark_hit(row[1:])
        for row in connection.execute(
            f"SELECT a.rowid, {_ABOUT}, substr(article.text, {_FROM} + 1, {_WINDOW}), {_FROM}, "
            "a.fragments, a.id, a.type, a.layer, a.comment "
            "FROM annotation AS a JOIN article ON article.id = a.article "
            f"WHERE {_LIVE} AND a.rowid IN ({', '.join('?' * len(keys))})",
            tuple(keys),
        )
    }
    return tuple(found[key] for key in keys if key in found)


def _mark_hit(row: tuple[Any, ...]) -> Hit:
    *about, window, at, fragments, name, type_name, layer, comment = row
    ranges = tuple((start - at, end - at) for start, end, _ in orjson.loads(fragments))
    snippet, marked = snippet_of(window, ranges)
    return Hit(
        **dict(zip(_FIELDS, about, strict=True)),
        start=ranges[0][0] + at,
        end=ranges[-1][1] + at,
        snippet=snippet,
        marked=marked,
        annotation=name,
        type=type_name,
        layer=layer,
        note=comment,
    )


def bookmark_hits(connection: Connection, layer: str, words: str = "") -> tuple[Hit, ...]:
    """Return the bookmarks of a layer with these words in note or title, by import and text."""
    found = connection.execute(
        f"SELECT {_ABOUT}, substr(article.text, b.offset + 1, {_WINDOW}), b.offset, b.note "
        "FROM bookmark AS b JOIN article ON article.id = b.article "
        "WHERE b.layer = ? AND article.deleted_at IS NULL ORDER BY article.position, b.offset",
        (layer,),
    )
    hits = (_bookmark_hit(row) for row in found)
    wanted = fold(words).split()
    return tuple(hit for hit in hits if _says(hit, wanted))


def _says(hit: Hit, wanted: Iterable[str]) -> bool:
    folded = fold(f"{hit.note} {hit.title} {hit.snippet}")
    return all(word in folded for word in wanted)


def _bookmark_hit(row: tuple[Any, ...]) -> Hit:
    *about, window, offset, note = row
    snippet, _ = snippet_of(window, ())
    return Hit(
        **dict(zip(_FIELDS, about, strict=True)),
        start=offset,
        end=offset,
        snippet=snippet,
        marked=(),
        note=note,
    )
