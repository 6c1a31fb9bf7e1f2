"""The past of a project: lines of the history, things as they were, what depends on a step."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import orjson

from app.model.annotation import Annotation, Relation
from app.model.article import Article, Status
from app.model.commands import (
    Batch,
    ClearBookmark,
    ClearStatus,
    Command,
    Erase,
    PutAnnotation,
    PutArticle,
    PutRelation,
    UnrejectSuggestion,
)
from app.model.errors import Refused
from app.model.history import Happening, Key, Trashed, befores, effects, referred
from app.model.registry import Record
from app.storage import journal, queries, tables
from app.storage.journal import Entry
from app.storage.queries import Parts
from app.storage.rows import (
    ANNOTATIONS,
    ARTICLES,
    BOOKMARKS,
    REJECTIONS,
    RELATIONS,
    Row,
    annotation_of,
    article_of,
    bookmark_of,
    rejection_of,
    relation_of,
)
from app.storage.sql import Connection

_LINE = (
    "SELECT j.seq, j.at, j.\"by\", j.layer, j.article, coalesce(article.title, ''), j.title, "
    "j.kind, j.step, j.kind <> 'undo' AND (SELECT last.kind FROM journal AS last "
    "WHERE last.step = j.step ORDER BY last.seq DESC LIMIT 1) = 'undo' "
    "FROM journal AS j LEFT JOIN article ON article.id = j.article"
)


def page(
    connection: Connection,
    *,
    article: str | None = None,
    about: str = "",
    words: str = "",
    before: int | None = None,
    limit: int = 100,
) -> tuple[Happening, ...]:
    """Return lines of the history, the newest first, below the row `before`.

    Of one article, of what mentions the id `about`, with these words in what was done or by whom.
    """
    where, given = ["1"], list[object]()
    if article is not None:
        where.append("j.article = ?")
        given.append(article)
    if about:
        where.append("(instr(j.command, ?) OR instr(j.inverse, ?))")
        given += [about, about]
    for word in words.split():
        where.append("""instr(lower(j.title || ' ' || j."by"), lower(?))""")
        given.append(word)
    if before is not None:
        where.append("j.seq < ?")
        given.append(before)
    sql = f"{_LINE} WHERE {' AND '.join(where)} ORDER BY j.seq DESC LIMIT ?"
    return tuple(_happening(row) for row in connection.execute(sql, (*given, limit)))


def _happening(row: Sequence[Any]) -> Happening:
    seq, at, by, layer, article, article_title, title, kind, step, undone = row
    return Happening(
        seq=seq,
        at=at,
        by=by,
        layer=layer,
        article=article,
        article_title=article_title,
        title=title,
        kind=kind,
        step=step,
        undone=bool(undone),
    )


def happenings(connection: Connection, numbers: Sequence[int]) -> tuple[Happening, ...]:
    """Return some lines of the history, oldest first."""
    marks = ", ".join("?" * len(numbers))
    sql = f"{_LINE} WHERE j.seq IN ({marks}) ORDER BY j.seq"
    return tuple(_happening(row) for row in connection.execute(sql, tuple(numbers)))


def entry(connection: Connection, seq: int) -> Entry:
    """Return a row of the journal. Raises `Refused` where there is none of that number."""
    found = next(_entries(connection, "seq = ?", seq), None)
    if found is None:
        raise Refused(f"The history has no step {seq}.")
    return found


def first_of(connection: Connection, step: int) -> Entry:
    """Return the first row of a step. Raises `Refused` where there is no such step."""
    found = next(_entries(connection, "step = ? AND step > 0 ORDER BY seq LIMIT 1", step), None)
    if found is None:
        raise Refused(f"The history has no step {step} that can be taken back.")
    return found


def is_undone(connection: Connection, step: int) -> bool:
    """Tell whether a step is taken back as things stand."""
    sql = "SELECT kind FROM journal WHERE step = ? ORDER BY seq DESC LIMIT 1"
    return bool(connection.execute(sql, (step,)).fetchone()[0] == "undo")


def _entries(connection: Connection, condition: str, *given: object) -> Iterator[Entry]:
    columns = tables.columns(tables.journal)
    sql = f"SELECT {columns} FROM journal WHERE {condition}"
    return map(journal.entry_of, connection.execute(sql, given))


def parts_at(connection: Connection, article_id: str, layer: str, seq: int) -> Parts:
    """Return an article with its marks on a layer as it was right after a row of the journal.

    Walks back from now: each later row says how everything it changed was before.
    Raises `Refused` where the article was not in the project then.
    """
    rows = _everything(connection, article_id, layer)
    later = "seq > ? AND (article = ? OR article IS NULL) ORDER BY seq DESC"
    for one in _entries(connection, later, seq, article_id):
        for key, item in befores(one.inverse).items():
            if _belongs(item, article_id) or key in rows:
                rows[key] = item
    article = rows.get(("article", article_id))
    if not isinstance(article, Article):
        raise Refused("The article was not in the project then.")
    kept = connection.execute("SELECT text FROM article WHERE id = ?", (article_id,)).fetchone()
    article = replace(article, text=kept[0] if kept else article.text)
    held = [item for item in rows.values() if getattr(item, "layer", layer) == layer]
    annotations = tuple(item for item in held if isinstance(item, Annotation))
    mentioned = {item.record for item in annotations if item.record}
    return Parts(
        article,
        annotations,
        tuple(item for item in held if isinstance(item, Relation)),
        tuple(i for i in held if isinstance(i, Record) and i.id in mentioned),
        next((item for item in held if isinstance(item, Status)), None),
        (),
        (),
    )


def _everything(connection: Connection, article_id: str, layer: str) -> dict[Key, Any]:
    """Return the rows of an article as they are now, and the registry."""
    found: dict[Key, Any] = {}
    article = queries.article(connection, article_id)
    if article is not None:
        found["article", article_id] = article
    where, given = "WHERE article = ? AND deleted_at IS NULL", (article_id,)
    for row in connection.execute(f"{ANNOTATIONS.select} {where}", given):
        found["annotation", row[0]] = annotation_of(row)
    for row in connection.execute(f"{RELATIONS.select} {where}", given):
        found["relation", row[0]] = relation_of(row)
    if (status := queries.status(connection, article_id, layer)) is not None:
        found["status", f"{article_id} {layer}"] = status
    return found | {("record", one.id): one for one in queries.all_records(connection)}


def _belongs(item: object, article_id: str) -> bool:
    if isinstance(item, Article):
        return item.id == article_id
    return isinstance(item, Record) or getattr(item, "article", None) == article_id


def dependents(connection: Connection, step: int) -> tuple[Happening, ...]:
    """Return the later steps, not undone, that changed or need what a step made; oldest first."""
    own = list(_entries(connection, "step = ? ORDER BY seq", step))
    if not own:
        raise Refused(f"The history has no step {step}.")
    last = own[-1]
    keys = {(t.kind, t.id) for one in own for t in effects(one.command, one.inverse)}
    made = {t.id for one in own for t in effects(one.command, one.inverse) if t.before is None}
    where = "seq > ? AND step <> ? AND step > 0 AND kind = 'do'"
    given: list[object] = [last.seq, step]
    if last.article is not None:
        where += " AND (article = ? OR article IS NULL)"
        given.append(last.article)
    found = [
        one.seq
        for one in _entries(connection, where, *given)
        if not keys.isdisjoint(befores(one.inverse)) or not made.isdisjoint(referred(one.command))
    ]
    return tuple(one for one in happenings(connection, found) if not one.undone)


def trash(connection: Connection) -> tuple[Trashed, ...]:
    """Return what lies in the trash, the newest first."""
    articles = connection.execute(
        "SELECT a.id, a.title, '', '', a.id, a.title, a.deleted_at, j.\"by\", j.seq "
        "FROM article AS a LEFT JOIN journal AS j ON j.at = a.deleted_at "
        "WHERE a.deleted_at IS NOT NULL GROUP BY a.id"
    ).fetchall()
    marks = connection.execute(
        "SELECT m.id, m.fragments, m.type, m.layer, m.article, article.title, m.deleted_at, "
        'j."by", j.seq FROM annotation AS m JOIN article ON article.id = m.article '
        "LEFT JOIN journal AS j ON j.at = m.deleted_at "
        "WHERE m.deleted_at IS NOT NULL GROUP BY m.id"
    ).fetchall()
    found = [_trashed("article", row, row[1]) for row in articles]
    found += [_trashed("annotation", row, _quote(row[1])) for row in marks]
    return tuple(sorted(found, key=lambda one: (one.at, one.id), reverse=True))


def _trashed(kind: Any, row: Sequence[Any], label: str) -> Trashed:
    name, _, type_name, layer, article, article_title, at, by, seq = row
    return Trashed(
        kind=kind,
        id=name,
        label=label,
        type=type_name,
        layer=layer,
        article=article,
        article_title=article_title,
        at=at,
        by=by or "",
        seq=seq or 0,
    )


def _quote(fragments: str) -> str:
    return " … ".join(words for _, _, words in orjson.loads(fragments))


def restoring(connection: Connection, kind: str, item_id: str) -> tuple[Command, str | None, str]:
    """Return what brings a thing back from the trash, its article, and what it is called.

    A mark comes with the links that went with it, as far as their other ends are there.
    Raises `Refused` where it is not in the trash.
    """
    if kind == "article":
        row = connection.execute(
            f"{ARTICLES.select} WHERE id = ? AND deleted_at IS NOT NULL", (item_id,)
        ).fetchone()
        if row is None:
            raise Refused("This article is not in the trash.")
        article = replace(article_of(row), text="")
        return PutArticle(article=article), None, article.title
    row = connection.execute(
        f"{ANNOTATIONS.select} WHERE id = ? AND deleted_at IS NOT NULL", (item_id,)
    ).fetchone()
    if row is None:
        raise Refused("This mark is not in the trash.")
    annotation, gone = annotation_of(row), row[ANNOTATIONS.deleted_at]
    there = "(SELECT id FROM annotation WHERE deleted_at IS NULL OR id = ?)"
    links = connection.execute(
        f"{RELATIONS.select} WHERE deleted_at = ? AND (source = ? OR target = ?) "
        f"AND source IN {there} AND target IN {there} ORDER BY id",
        (gone, item_id, item_id, item_id, item_id),
    )
    back = [PutRelation(relation=relation_of(link)) for link in links]
    steps: tuple[Command, ...] = (PutAnnotation(annotation=annotation), *back)
    return Batch(steps=steps), annotation.article, annotation.quote


def purging(connection: Connection) -> tuple[Command, ...]:
    """Return what removes everything that lies in the trash, links before marks before articles."""

    def ids(sql: str) -> list[str]:
        return [name for (name,) in connection.execute(sql)]

    gone = "SELECT id FROM article WHERE deleted_at IS NOT NULL"
    marks = f"SELECT id FROM annotation WHERE deleted_at IS NOT NULL OR article IN ({gone})"
    at_gone = f"source IN ({marks}) OR target IN ({marks})"
    relations = ids(f"SELECT id FROM relation WHERE deleted_at IS NOT NULL OR {at_gone}")
    steps: list[Command] = [Erase(what="relation", id=name) for name in relations]
    steps += [Erase(what="annotation", id=name) for name in ids(marks)]
    states = "SELECT article, layer FROM status"
    for select, make in ((states, _no_status), (BOOKMARKS, _no_bookmark), (REJECTIONS, _no)):
        steps += map(make, connection.execute(f"{select} WHERE article IN ({gone})").fetchall())
    return (*steps, *(Erase(what="article", id=name) for name in ids(gone)))


def _no_status(row: Row) -> Command:
    return ClearStatus(article=row[0], layer=row[1])


def _no_bookmark(row: Row) -> Command:
    bookmark = bookmark_of(row)
    return ClearBookmark(
        article=bookmark.article,
        layer=bookmark.layer,
        offset=bookmark.offset,
        version=bookmark.version,
    )


def _no(row: Row) -> Command:
    rejection = rejection_of(row)
    return UnrejectSuggestion(article=rejection.article, layer=rejection.layer, id=rejection.id)
