"""Is the project sound? The database, texts, quotes, references, the search index, the journal."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import zip_longest
from sqlite3 import DatabaseError

import orjson

from app.model.codebook import Codebook
from app.model.plain import build
from app.model.reports import CheckFinding, CheckReport
from app.model.text import sha256_of
from app.storage import tables
from app.storage.replay import REPLAYED, UNREADABLE, knows_all, replay
from app.storage.rows import evidence_of, values
from app.storage.sql import Connection
from app.storage.tables import Table

_AT_MOST = 100
"""Findings of one kind: a broken file can have millions."""


def check(connection: Connection) -> CheckReport:
    """Return everything that is wrong, and whether it can be repaired. Writes nothing."""
    run = connection.execute
    findings = list(_database(connection))
    checked: dict[str, int] = {}
    if not findings:
        findings += _codebooks(connection)
        findings += check_texts(connection)
        findings += _quotes(connection)
        findings += _references(connection)
        findings += _search(connection)
        with _empty() as memory:
            findings += _replay(connection, memory)
        for table in ("article", "annotation", "relation", "record", "journal"):
            (checked[table],) = run(f"SELECT count(*) FROM {table}").fetchone()
    # Where row and journal differ and both are sound, nobody knows which of them is right.
    if any(finding.kind not in ("search", "journal") for finding in findings):
        can_be = _can_be_made_again(connection)
        findings = [replace(one, repairable=one.repairable or can_be) for one in findings]
    return CheckReport(findings=tuple(findings), checked=checked)


@contextmanager
def _empty() -> Iterator[Connection]:
    """Yield the empty tables of a project in memory."""
    from app.storage.schema import make  # SQLAlchemy costs a tenth of a second

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute("BEGIN")
        make(made)
        yield made


def _can_be_made_again(connection: Connection) -> bool:
    """Tell whether the journal is whole, knows every row, and makes a project that is sound."""
    try:
        (verdict,) = connection.execute("PRAGMA integrity_check(journal)").fetchone()
    except DatabaseError:
        return False
    with _empty() as memory:
        return (
            verdict == "ok"
            and replay(connection, memory) is None
            and knows_all(connection, memory)
            and not check_content(memory)
        )


def check_content(connection: Connection) -> tuple[CheckFinding, ...]:
    """Return what is wrong with texts, quotes and references; quick enough for every backup."""
    return (*check_texts(connection), *_quotes(connection), *_references(connection))


def _database(connection: Connection) -> Iterator[CheckFinding]:
    try:
        # quick_check compares no row with its index entry: an id could be two things at once.
        for (line,) in connection.execute(f"PRAGMA integrity_check({_AT_MOST})"):
            if line != "ok":
                yield CheckFinding(kind="database", where="", detail=str(line))
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            detail = f"Row {row} refers to a row of {parent} that does not exist."
            yield CheckFinding(kind="reference", where=str(table), detail=detail)
        yield from _columns(connection)
    except DatabaseError as problem:
        yield CheckFinding(kind="database", where="", detail=str(problem))


def _columns(connection: Connection) -> Iterator[CheckFinding]:
    for table in tables.ALL:
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")}
        for column in table.columns:
            if column not in there:
                detail = f"The column {column} is missing."
                yield CheckFinding(kind="database", where=table.name, detail=detail)


def _codebooks(connection: Connection) -> Iterator[CheckFinding]:
    for revision, body in connection.execute("SELECT revision, body FROM codebook"):
        try:
            build(Codebook, orjson.loads(body))
        except UNREADABLE:
            detail = f"Revision {revision} of the codebook cannot be read."
            yield CheckFinding(kind="database", where="codebook", detail=detail)


def check_texts(connection: Connection) -> Iterator[CheckFinding]:
    """Yield the texts that are not those that were imported, in a project of any format."""
    for article, text, sha256 in connection.execute("SELECT id, text, sha256 FROM article"):
        if sha256_of(text) != sha256:
            detail = "The text is not the one that was imported."
            yield CheckFinding(kind="text", where=article, detail=detail)


def _quotes(connection: Connection) -> Iterator[CheckFinding]:
    texts = connection.execute("SELECT id, text FROM article ORDER BY id")
    sql = (
        'SELECT id, start, "end", fragments, attributes, evidence FROM annotation WHERE article = ?'
    )
    for article, text in texts:
        for name, start, end, fragments, fields, pieces in connection.execute(sql, (article,)):
            try:
                own = orjson.loads(fragments)
                values(fields)
                is_quoted = all(text[a:b] == words for a, b, words in own) and (
                    pieces == "[]" or _is_quoted(pieces, text)
                )
                is_placed = (own[0][0], own[-1][1]) == (start, end)
            except UNREADABLE as problem:
                detail = f"The annotation cannot be read: {problem}"
                yield CheckFinding(kind="quote", where=str(name), detail=detail)
                continue
            if not is_quoted:
                detail = "The words are not those of the text."
                yield CheckFinding(kind="quote", where=name, detail=detail)
            if not is_placed:
                detail = "Start and end are not those of the fragments."
                yield CheckFinding(kind="quote", where=name, detail=detail)


def _is_quoted(pieces: str, text: str) -> bool:
    """Tell whether the words of evidence stand where it says."""
    return all(
        text[a:b] == words for piece in evidence_of(pieces) for a, b, words in piece.fragments
    )


_ENDS = "SELECT r.id FROM relation AS r JOIN annotation AS a ON a.id IN (r.source, r.target) "
_MENTIONS = "SELECT a.id FROM annotation AS a JOIN record ON record.id = a.record "
_DANGLING = (
    (
        _ENDS + "WHERE r.deleted_at IS NULL AND a.deleted_at IS NOT NULL",
        "The relation ends at an annotation in the trash.",
    ),
    (
        _ENDS + "WHERE a.article <> r.article",
        "The relation ends in another article.",
    ),
    (
        _MENTIONS + "WHERE a.deleted_at IS NULL AND record.deleted_at IS NOT NULL",
        "The annotation mentions a registry record in the trash.",
    ),
)


def _references(connection: Connection) -> Iterator[CheckFinding]:
    for sql, detail in _DANGLING:
        for (where,) in connection.execute(f"{sql} LIMIT {_AT_MOST}").fetchall():
            yield CheckFinding(kind="reference", where=where, detail=detail)


def _search(connection: Connection) -> Iterator[CheckFinding]:
    sql = (
        "SELECT id FROM article WHERE position NOT IN (SELECT id FROM article_search_docsize) "
        f"LIMIT {_AT_MOST}"
    )
    for (where,) in connection.execute(sql).fetchall():
        detail = "The search index does not hold the article."
        yield CheckFinding(kind="search", where=where, detail=detail, repairable=True)


def check_search(connection: Connection) -> Iterator[CheckFinding]:
    """Yield a finding where the search index differs from the texts. Needs a write transaction."""
    try:
        connection.execute(
            "INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)"
        )
    except DatabaseError:
        detail = "The search index does not agree with the texts."
        yield CheckFinding(kind="search", where="", detail=detail, repairable=True)


def _replay(connection: Connection, memory: Connection) -> Iterator[CheckFinding]:
    """Play the journal from the first row into empty tables, and compare."""
    stopped = replay(connection, memory)
    if stopped:
        yield stopped
        return
    for table in REPLAYED:
        yield from _differences(connection, memory, table)


def _same_codebook(table: Table, here: str, there: str) -> bool:
    """Tell whether two codebooks say the same: one written by a version with fewer keys does."""
    if table is not tables.codebook:
        return False
    try:
        one, other = (build(Codebook, orjson.loads(body)) for body in (here, there))
    except UNREADABLE:
        return False
    return bool(one == other)


def _differences(file: Connection, memory: Connection, table: Table) -> Iterator[CheckFinding]:
    key = ", ".join(f'"{column}"' for column in table.key)
    sql = f"SELECT {key}, {tables.columns(table)} FROM {table.name} ORDER BY {key}"
    size = len(table.key)
    pairs = zip_longest(file.execute(sql), memory.execute(sql))
    for here, there in pairs:
        if here != there and not (here and there and _same_codebook(table, here[-1], there[-1])):
            where = f"{table.name} {' '.join(map(str, (here or there)[:size]))}"
            detail = "The row is not what the journal says."
            yield CheckFinding(kind="journal", where=where, detail=detail)
            return
