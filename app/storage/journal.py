"""The journal: append-only, and the source of undo.

A row is a `do`, an `undo` or a `redo`. Its `step` is the number of the first row of what one undo
takes back; rows of step 0 are never taken back (the making of the project). Who may undo what is
found by replaying (number, kind, step) of one annotator's rows in one article.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from app.model.changes import ChangeKind, JournalEntry
from app.model.commands import (
    AddAnnotation,
    AddArticle,
    AddRecord,
    AddRelation,
    Batch,
    Command,
    PutAnnotation,
    PutArticle,
    PutBookmark,
    PutRecord,
    PutRelation,
    RejectSuggestion,
)
from app.model.errors import Refused
from app.model.plain import build
from app.storage import tables
from app.storage.rows import dumps
from app.storage.sql import Connection

MERGE_SECONDS = 60.0
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
NOT_UNDONE = 0

_INSERT = tables.insert_sql(tables.journal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the journal. `step` 0: is never undone."""

    seq: int
    at: str
    by: str
    layer: str
    article: str | None
    title: str
    kind: ChangeKind
    step: int
    command: Command
    inverse: Command
    merge_key: str = ""


class Step(NamedTuple):
    """What one undo or redo does; `last` is the newest journal row it takes back."""

    step: int
    title: str
    command: Command
    last: int


@dataclass(slots=True)
class Stack:
    """What one annotator did in one article and may take back, oldest first."""

    last: int = 0
    done: list[int] = field(default_factory=list)
    undone: list[int] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)

    def feed(self, seq: int, kind: str, step: int, title: str) -> None:
        """Take in the next row of the journal."""
        self.last = seq
        self.titles[step] = title
        if kind == "undo":
            self.done.remove(step)
            self.undone.append(step)
        elif kind == "redo":
            self.undone.remove(step)
            self.done.append(step)
        else:
            self.undone.clear()
            if step not in self.done[-1:]:
                self.done.append(step)

    @property
    def undo_title(self) -> str | None:
        """What undo would take back."""
        return self.titles[self.done[-1]] if self.done else None

    @property
    def redo_title(self) -> str | None:
        """What redo would bring back."""
        return self.titles[self.undone[-1]] if self.undone else None


def as_json(command: Command) -> str:
    """Return a command as one line of JSON. Raises `Refused` for text that cannot be kept."""
    try:
        line = dumps(command)
    except TypeError as problem:
        raise Refused(f"This cannot be kept: {problem}.") from problem
    if "\\u0000" in line and _NUL.search(line):
        raise Refused("A NUL character cannot be kept.")
    return line


def from_json(line: str) -> Command:
    """Return the command in a line of JSON."""
    command: Command = build(Command, orjson.loads(line))
    return command


def last_seq(connection: Connection) -> int:
    """Return the number of the newest row, 0 in an empty journal."""
    sql = "SELECT coalesce(max(seq), 0) FROM journal"
    (seq,) = connection.execute(sql).fetchone()
    return int(seq)


def last_saved(connection: Connection) -> str:
    """Return the time of the newest row, or the empty string."""
    row = connection.execute("SELECT at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def highest_version(command: Command) -> int:  # noqa: PLR0911 - one case a record
    """Return the highest version that a command brings along: new rows must lie above it."""
    match command:
        case Batch(steps=steps):
            return max(map(highest_version, steps), default=0)
        case AddAnnotation(annotation=item) | PutAnnotation(annotation=item):
            return item.version
        case AddRelation(relation=item) | PutRelation(relation=item):
            return item.version
        case AddRecord(record=item) | PutRecord(record=item):
            return item.version
        case AddArticle(article=item) | PutArticle(article=item):
            return item.version
        case PutBookmark(bookmark=bookmark):
            return bookmark.version
        case RejectSuggestion(rejection=rejection):
            return rejection.version
        case _:
            return 0


def append(connection: Connection, entry: Entry, *, command: str) -> None:
    """Write a row. `command` is the entry's command as JSON, made before the transaction began."""
    connection.execute(
        _INSERT,
        (
            entry.seq,
            entry.at,
            entry.by,
            entry.layer,
            entry.article,
            entry.title,
            entry.kind,
            entry.step,
            entry.merge_key,
            command,
            as_json(entry.inverse),
        ),
    )


def merged_step(
    connection: Connection, *, by: str, article: str | None, merge_key: str, at: str
) -> int | None:
    """Return the step that a row with this merge key continues, or None where it begins one."""
    row = connection.execute(
        'SELECT kind, step, merge_key, at FROM journal WHERE article IS ? AND "by" = ? '
        "ORDER BY seq DESC LIMIT 1",
        (article, by),
    ).fetchone()
    if row is None or row[0] != "do" or row[2] != merge_key:
        return None
    seconds = (datetime.fromisoformat(at) - datetime.fromisoformat(row[3])).total_seconds()
    return int(row[1]) if 0 <= seconds <= MERGE_SECONDS else None


def follow(connection: Connection, stack: Stack, *, article: str | None, by: str) -> None:
    """Bring a stack up to the newest row of its article and annotator."""
    found = connection.execute(
        'SELECT seq, kind, step, title FROM journal WHERE article IS ? AND "by" = ? AND seq > ? '
        "AND step > 0 ORDER BY seq",
        (article, by, stack.last),
    )
    for seq, kind, step, title in found.fetchall():
        stack.feed(seq, kind, step, title)


def step_back(connection: Connection, stack: Stack) -> Step | None:
    """Return what undo would take back."""
    return reverse(connection, stack.done[-1], stack.titles) if stack.done else None


def step_forward(connection: Connection, stack: Stack) -> Step | None:
    """Return what redo would bring back."""
    return reverse(connection, stack.undone[-1], stack.titles) if stack.undone else None


def reverse(connection: Connection, step: int, titles: Mapping[int, str]) -> Step:
    """Return what takes back all rows of a step, or its undo."""
    found = connection.execute(
        "SELECT seq, kind, inverse FROM journal WHERE step = ? ORDER BY seq DESC", (step,)
    ).fetchall()
    last, kind, inverse = found[0]
    if kind == "do" and len(found) > 1:
        command: Command = Batch(steps=tuple(from_json(row[2]) for row in found))
    else:
        command = from_json(inverse)
    return Step(step, titles[step], command, last)


def since(connection: Connection, seq: int) -> list[Entry]:
    """Return the rows after a number."""
    sql = f"SELECT {tables.columns(tables.journal)} FROM journal WHERE seq > ? ORDER BY seq"
    return [entry_of(row) for row in connection.execute(sql, (seq,)).fetchall()]


def replayed(connection: Connection) -> Iterator[tuple[int, str, str]]:
    """Yield sequence number, time and command (as JSON) of every row, oldest first."""
    yield from connection.execute("SELECT seq, at, command FROM journal ORDER BY seq")


def entry_of(row: Sequence[Any]) -> Entry:
    """Return the entry in a row of the journal."""
    seq, at, by, layer, article, title, kind, step, merge_key, command, inverse = row
    return Entry(
        seq=seq,
        at=at,
        by=by,
        layer=layer,
        article=article,
        title=title,
        kind=kind,
        step=step,
        merge_key=merge_key,
        command=from_json(command),
        inverse=from_json(inverse),
    )


def history(
    connection: Connection, *, article: str | None, newest_first: bool
) -> Iterator[JournalEntry]:
    """Yield the lines of the history, of one article or of the whole project."""
    undone = {
        step
        for (step,) in connection.execute(
            "SELECT step FROM journal AS j WHERE kind = 'undo' AND NOT EXISTS "
            "(SELECT 1 FROM journal AS later WHERE later.step = j.step AND later.seq > j.seq)"
        ).fetchall()
    }
    where, parameters = ("WHERE article = ?", (article,)) if article is not None else ("", ())
    order = "DESC" if newest_first else "ASC"
    result = connection.execute(
        'SELECT seq, at, "by", title, article, kind, command, step FROM journal '
        f"{where} ORDER BY seq {order}",
        parameters,
    )
    for seq, at, by, title, about, kind, command, step in result:
        yield JournalEntry(
            seq=seq,
            at=at,
            by=by,
            title=title,
            article=about,
            kind=kind,
            command=command,
            undone=kind != "undo" and step in undone,
        )
