"""Projects for the end-to-end tests, made by the command line, and what lies in their files."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from app.__main__ import main


def make_project(folder: Path, *texts: str, name: str = "project") -> Path:
    """Make a project with an article for each text; the file name is its title."""
    made = folder / f"{name}.pressmark"
    assert main(["new", str(made)]) == 0
    for number, text in enumerate(texts, 1):
        article = folder / f"{name} article {number}.txt"
        article.write_bytes(text.encode("utf-8"))
        assert main(["import", str(made), str(article)]) == 0
    return made


def select(project: Path, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the file itself."""
    database = sqlite3.connect(f"file:{project}?mode=ro", uri=True)
    try:
        return database.execute(statement, values).fetchall()
    finally:
        database.close()


def marks(project: Path) -> list[tuple[str, tuple[tuple[int, int], ...]]]:
    """Return type and ranges (code points) of the live annotations in reading order."""
    found = select(
        project,
        "SELECT type, fragments FROM annotation WHERE deleted_at IS NULL ORDER BY article, start",
    )
    return [(kind, tuple((b, e) for b, e, _ in json.loads(parts))) for kind, parts in found]


def attributes(project: Path, mark: str) -> dict[str, Any]:
    """Return the attributes of an annotation as they lie in the file."""
    ((found,),) = select(project, "SELECT attributes FROM annotation WHERE id = ?", mark)
    read: dict[str, Any] = json.loads(found)
    return read


def exported(project: Path) -> dict[str, Any]:
    """Return the JSON that `pressmark export` writes of the project."""
    out = project.with_suffix(".json")
    assert main(["export", str(project), str(out)]) == 0
    document: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return document
