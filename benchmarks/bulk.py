"""Commit and export against sqlite3 and orjson alone."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import orjson

from app.exchange.registry import format_named
from app.model.annotation import fragments_of
from app.model.commands import EditAnnotation
from app.workspace import Workspace
from app.workspace.exporting import export
from benchmarks.material import article, project
from benchmarks.measure import Row, median, milliseconds, percentile

_ARTICLES, _ANNOTATIONS = 1_000, 50


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of this group."""
    yield _commit(folder)
    yield from _export(folder)


def _commit(folder: Path) -> Row:
    with sqlite3.connect(folder / "floor.db", isolation_level=None) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE mark(id INTEGER PRIMARY KEY, body TEXT)")
        made = article(2_500)
        workspace = project(folder / "commit.pressmark", [(made, 10)])
        mark = workspace.contents(made.id).annotations[0]
        floor, ours = [], []
        for step in range(200):
            floor.append(
                milliseconds(
                    lambda: database.execute("INSERT INTO mark(body) VALUES (?)", ("x" * 300,))
                )
            )
            words = fragments_of(made.text, [(step, step + 5)])
            edit = EditAnnotation(id=mark.id, version=mark.version, fragments=words)
            ours.append(milliseconds(lambda edit=edit: workspace.do(edit, title="resize")))
            mark = workspace.contents(made.id).annotation(mark.id)
        workspace.close()
    return Row(
        operation="commit of one gesture (rows + journal) p50",
        floor=percentile(floor, 50),
        ours=percentile(ours, 50),
        budget=2.5,
        note=f"p99 {percentile(ours, 99):.1f} ms",
    )


def _export(folder: Path) -> Iterator[Row]:
    articles = [(article(2_500, seed=seed), _ANNOTATIONS) for seed in range(_ARTICLES)]
    path = folder / "bulk.pressmark"
    workspace = project(path, articles)

    def floor() -> None:
        with sqlite3.connect(path) as database:
            texts = database.execute("SELECT id, title, text, sha256 FROM article").fetchall()
            marks = database.execute("SELECT * FROM annotation").fetchall()
        (folder / "floor.json").write_bytes(orjson.dumps([texts, marks]))

    ours = median(lambda: export(workspace, folder / "bulk.json", format_named("json")), repeat=3)
    yield Row(
        operation=f"export {_ARTICLES:,} articles, {_ARTICLES * _ANNOTATIONS:,} marks, read back",
        floor=median(floor, repeat=3),
        ours=ours,
        budget=6.0,
    )
    yield from _formats(workspace, folder, ours)
    workspace.close()


def _formats(workspace: Workspace, folder: Path, own: float) -> Iterator[Row]:
    """Yield what formats of others take beside Pressmark JSON: written, read back, compared."""
    for name in ("csv", "brat", "cas-json"):
        format_ = format_named(name)
        out = folder / f"{name}{format_.ending}"
        yield Row(
            operation=f"the same as {name}, compared mark by mark",
            floor=own,
            ours=milliseconds(lambda out=out, one=format_: export(workspace, out, one)),
            budget=12.0,
        )
