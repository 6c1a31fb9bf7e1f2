"""Full-text search over titles and texts. What a person types can never break the query."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing as closing_connection
from sqlite3 import OperationalError, connect
from typing import Any
from uuid import uuid4

import orjson

from app.model.hits import Found, Hit, Range, snippet_of
from app.storage import tables
from app.storage.sql import Connection

MATCHES = "SELECT rowid FROM article_search WHERE article_search MATCH ?"
"""Takes `query(words)`; gives the positions of articles."""

FIRST = 40
"""How many results are given at once, before anything is ranked."""

_TERM = re.compile(r'(-?)"([^"]*)"?|(\S+)')
_STEPS = 20_000
"""Instructions of the database between two looks whether the search is still wanted."""

Stop = Callable[[], bool]
"""Tells whether nobody waits any more."""


def query(words: str, *, typing: bool = True) -> str | None:
    """Return the FTS5 query for words: all of them, in any order.

    `"some words"` is a phrase, `begin*` a beginning, `-word` or `-"a phrase"` must not be there.
    While somebody is `typing` the last word counts as a beginning. None where there is nothing to
    look for: no words, or only such as must not be there.
    """
    wanted, unwanted = list[str](), list[str]()
    words = words.replace("\0", " ").translate(_QUOTES)
    terms = list(_TERM.finditer(words))
    for term in terms:
        sign, phrase, bare = term.group(1), term.group(2), term.group(3) or ""
        if phrase is None and bare.startswith("-"):
            sign, bare = "-", bare[1:]
        looked = (phrase if phrase is not None else bare.rstrip("*")).replace('"', " ").strip()
        if not any(c.isalnum() for c in looked):
            continue
        is_last = typing and term is terms[-1] and phrase is None and not sign
        begins = phrase is None and (bare.endswith("*") or (is_last and not _is_letter(looked)))
        (unwanted if sign else wanted).append(f'"{looked}"' + ("*" if begins else ""))
    if not wanted:
        return None
    found = " ".join(wanted)
    return f"({found}) NOT ({' OR '.join(unwanted)})" if unwanted else found


_QUOTES = str.maketrans("“”„«»", '"""""')


def _is_letter(looked: str) -> bool:
    """Tell a single letter: so many words begin with it that looking for all would be felt."""
    return len(looked) == 1 and looked.lower() != looked.upper()


def texts(connection: Connection, words: str, stop: Stop) -> Iterator[Found]:
    """Yield positions of articles with these words: the first few, then how many, then the best.

    Ends early where nobody waits any more.
    """
    wanted = query(words)
    if wanted is None:
        yield Found(keys=(), count=0, articles=0, stage="all")
        return
    run = Stoppable(connection, stop)
    trash = run.keys("SELECT position FROM article WHERE deleted_at IS NOT NULL")
    if trash is None:
        return
    matches = MATCHES
    if trash:
        matches += " AND rowid NOT IN (SELECT position FROM article WHERE deleted_at IS NOT NULL)"
    first = run.keys(f"{matches} ORDER BY rowid LIMIT {FIRST}", wanted)
    if first is None:
        return
    if len(first) == FIRST:
        yield Found(keys=first, count=FIRST, stage="first")
        count = run.keys(f"SELECT count(*) FROM ({matches})", wanted)
        if count is None:
            return
        yield Found(keys=first, count=count[0], articles=count[0], stage="counted")
    best = run.keys(f"{matches} ORDER BY rank", wanted)
    if best is not None:
        yield Found(keys=best, count=len(best), articles=len(best), stage="all")


class Stoppable:
    """Runs statements that end when nobody waits for them any more."""

    def __init__(self, connection: Connection, stop: Stop) -> None:
        self._connection: Any = connection
        self._stop = stop

    @property
    def stopped(self) -> bool:
        """Whether nobody waits any more."""
        return self._stop()

    def keys(self, sql: str, *parameters: object) -> tuple[int, ...] | None:
        """Return the only column of what a statement finds, None where it was stopped."""
        # One value instead of a row each: four times as fast.
        packed = f"WITH found(key) AS ({sql}) SELECT json_group_array(key) FROM found"
        found = None
        for (value,) in self.rows(packed, *parameters):
            found = tuple(orjson.loads(value))
        return found

    def rows(self, sql: str, *parameters: object) -> Iterator[tuple[Any, ...]]:
        """Yield rows, as long as somebody waits."""
        if self._stop():
            return
        self._connection.set_progress_handler(self._stop, _STEPS)
        try:
            yield from self._connection.execute(sql, parameters)
        except OperationalError:
            if not self._stop():
                raise
        finally:
            self._connection.set_progress_handler(None, 0)


def text_hits(connection: Connection, words: str, positions: Sequence[int]) -> tuple[Hit, ...]:
    """Return what is shown of articles that hold the words, in the order given; of live ones."""
    marks = ", ".join("?" * len(positions))
    found = {
        row[0]: row
        for row in connection.execute(
            "SELECT position, id, title, source, published, text FROM article "
            f"WHERE deleted_at IS NULL AND position IN ({marks})",
            tuple(positions),
        )
    }
    rows = [found[position] for position in positions if position in found]
    ranges = _ranges([(row[2], row[5]) for row in rows], query(words))
    return tuple(_hit(row, where) for row, where in zip(rows, ranges, strict=True))


def _hit(row: tuple[Any, ...], ranges: tuple[Range, ...]) -> Hit:
    position, article, title, source, published, text = row
    snippet, marked = snippet_of(text, ranges)
    start, end = ranges[0] if ranges else (0, 0)
    return Hit(
        article=article,
        position=position,
        title=title,
        source=source,
        published=published,
        start=start,
        end=end,
        snippet=snippet,
        marked=marked,
        count=len(ranges),
        places=ranges,
    )


def _ranges(articles: Sequence[tuple[str, str]], wanted: str | None) -> list[tuple[Range, ...]]:
    """Return the ranges of the words in each text, code point by code point.

    The few texts go into an index of their own, so that what is asked for costs nothing in the
    large one; it is the same program that splits them into words.
    """
    found: list[tuple[Range, ...]] = [()] * len(articles)
    if wanted is None:
        return found
    name = uuid4().hex
    opening, closing = f"\x02{name}(", f"{name})\x03"
    with closing_connection(connect(":memory:")) as memory:
        memory.execute(f"CREATE VIRTUAL TABLE few USING fts5(title, text, {tables.TOKENIZER})")
        memory.executemany("INSERT INTO few VALUES (?, ?)", articles)
        sql = "SELECT rowid, highlight(few, 1, ?, ?) FROM few WHERE few MATCH ?"
        for row, text in memory.execute(sql, (opening, closing, wanted)):
            found[row - 1] = tuple(_signed(text, opening, closing))
    return found


def _signed(text: str, opening: str, closing: str) -> Iterator[Range]:
    before, *parts = text.split(opening)
    place = len(before)
    for part in parts:
        words, _, rest = part.partition(closing)
        yield place, place + len(words)
        place += len(words) + len(rest)
