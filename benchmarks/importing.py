"""Articles brought in from files, a table and an archive, against sqlite3 with full text alone."""

import csv
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

from app.exchange import foreign_article
from app.exchange.child import CHILDREN
from app.workspace import Workspace
from app.workspace.duplicates import find_groups
from app.workspace.importing import find_files, import_files
from app.workspace.sample import press_codebook
from benchmarks.material import article
from benchmarks.measure import Row, milliseconds

_LENGTH = 2_500
_FEW, _MANY = 1_000, 10_000


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of this group."""
    texts = [f"Number {n}. {article(_LENGTH, seed=n % 500).text}" for n in range(_MANY)]
    _start_child(folder)
    few = _floor(folder / "few.db", texts[:_FEW])
    files = folder / "files"
    files.mkdir()
    for number, text in enumerate(texts[:_FEW]):
        (files / f"{number:05}.txt").write_text(text, "utf-8")
    yield _row(f"import {_FEW:,} text files of 2.5 KB", few, files, budget=4)
    packed = folder / "packed.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, text in enumerate(texts[:_FEW]):
            archive.writestr(f"{number:05}.txt", text)
    yield _row("the same from a zip file, read by the child", few, packed, budget=8)
    table = folder / "table.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["title", "text"])
        writer.writerows((f"Article {n}", text) for n, text in enumerate(texts))
    many = _floor(folder / "many.db", texts)
    yield _row(f"import a table of {_MANY:,} articles", many, table, budget=5)
    with Workspace.open(folder / "table.pressmark", annotator="m") as workspace:
        ours = milliseconds(lambda: find_groups(workspace))
    yield Row(
        operation=f"find near-duplicates among {_MANY:,} articles",
        floor=many,
        ours=ours,
        budget=12,
        note="a job with progress",
    )
    CHILDREN.end()


def _start_child(folder: Path) -> None:
    path = folder / "first.md"
    path.write_text("Words.", "utf-8")
    foreign_article.read(path, "markdown")


def _row(operation: str, floor: float, path: Path, *, budget: float) -> Row:
    project = path.with_suffix(".pressmark")
    with Workspace.create(project, name="p", codebook=press_codebook(), annotator="m") as workspace:
        ours = milliseconds(lambda: import_files(workspace, find_files([path])))
    return Row(operation=operation, floor=floor, ours=ours, budget=budget)


def _floor(path: Path, texts: list[str]) -> float:
    """Return how long sqlite3 takes for the texts with full text search, in one transaction."""
    with sqlite3.connect(path, isolation_level=None) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE article(id INTEGER PRIMARY KEY, title TEXT, text TEXT)")
        database.execute("CREATE VIRTUAL TABLE found USING fts5(title, text)")

        def insert() -> None:
            database.execute("BEGIN")
            pairs = [(f"Article {n}", text) for n, text in enumerate(texts)]
            database.executemany("INSERT INTO article(title, text) VALUES (?, ?)", pairs)
            database.executemany("INSERT INTO found(title, text) VALUES (?, ?)", pairs)
            database.execute("COMMIT")

        return milliseconds(insert)
