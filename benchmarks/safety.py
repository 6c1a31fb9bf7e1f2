"""Checking and backing up a project against what SQLite and a hash alone take for it."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson

from app.workspace import Workspace
from app.workspace.backups import back_up
from benchmarks.material import article, project
from benchmarks.measure import Row, median, milliseconds

_ARTICLES = int(os.environ.get("PRESSMARK_BENCH_ARTICLES", "2000"))
_CHARACTERS, _ANNOTATIONS = 5_000, 25


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of this group."""
    path = folder / "safety.pressmark"
    project(
        path, [(article(_CHARACTERS, seed=seed), _ANNOTATIONS) for seed in range(_ARTICLES)]
    ).close()
    size = path.stat().st_size / 1e6
    with Workspace.open(path, annotator="ann") as workspace:
        yield Row(
            operation=f"check a project of {size:,.0f} MB",
            floor=milliseconds(lambda: _read(path)),
            ours=milliseconds(workspace.check),
            budget=3.0,
        )
        yield Row(
            operation=f"back up a project of {size:,.0f} MB",
            floor=median(lambda: _copy(path, folder / "copy.db"), repeat=3),
            ours=median(
                lambda: back_up(path, workspace.project.id, folder=folder / "kept"), repeat=3
            ),
            budget=1.5,
        )


def _read(path: Path) -> None:
    """Check the pages, hash every text, compare every quote: the least that a check is."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA quick_check").fetchall()
        texts = {}
        for name, text, sha256 in database.execute("SELECT id, text, sha256 FROM article"):
            if hashlib.sha256(text.encode()).hexdigest() != sha256:
                raise ValueError(name)
            texts[name] = text
        for name, fragments in database.execute("SELECT article, fragments FROM annotation"):
            for start, end, words in orjson.loads(fragments):
                if texts[name][start:end] != words:
                    raise ValueError(name)


def _copy(path: Path, copy: Path) -> None:
    """Copy with SQLite's own backup, onto the disk."""
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    with copy.open("rb") as file:
        os.fsync(file.fileno())
