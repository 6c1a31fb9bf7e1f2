"""QualCoder projects (.qda): an SQLite file of texts and coded passages, in a folder of its own.

QualCoder counts as Qt does; the words it keeps beside each passage tell where that is not in code
points. https://github.com/ccbogel/QualCoder
"""

from pathlib import Path

from app.exchange import sqlite_file
from app.exchange.carry import Room, Tally
from app.exchange.dataset import Dataset
from app.exchange.draft import Draft
from app.model.errors import InputRefused

ROOM = Room(carries=frozenset())

_TABLES = {
    "sources": "SELECT id, name, fulltext FROM source ORDER BY id",
    "passages": (
        "SELECT t.rowid AS number, t.fid, t.seltext, t.pos0, t.pos1, t.owner, t.memo, c.name"
        " FROM code_text t JOIN code_name c ON c.cid = t.cid ORDER BY t.rowid"
    ),
}


def read(path: Path) -> Dataset:
    """Return the texts of a project with their coded passages; other sources are counted."""
    file = path / "data.qda" if path.is_dir() else path
    if not file.is_file():
        raise InputRefused("there is no data.qda in it")
    if not {"SOURCE", "CODE_TEXT", "CODE_NAME"} <= sqlite_file.tables(file):
        raise InputRefused("it is no project of QualCoder")
    found = sqlite_file.read(file, _TABLES)
    tally = Tally()
    drafts: dict[int, Draft] = {}
    for row in found["sources"]:
        if not isinstance(row["fulltext"], str) or not row["fulltext"].strip():
            tally.add("sources", 1, "they are no plain texts")
            continue
        drafts[row["id"]] = Draft(row["fulltext"], tally, file=row["name"], title=row["name"])
    if not drafts:
        raise InputRefused("it holds no text")
    for row in found["passages"]:
        draft = drafts.get(row["fid"])
        if draft is None:
            tally.add("annotations", 1, "their text is not in the file")
            continue
        ranges = [(int(row["pos0"]), int(row["pos1"]))]
        words = str(row["seltext"] or "")
        utf16 = not draft.says(ranges, words) and draft.says(ranges, words, utf16=True)
        span = draft.mark(f"{row['number']}", row["name"], ranges, utf16=utf16, quotes=[words])
        if span is not None:
            span.layer, span.comment = row["owner"] or "", row["memo"] or ""
    articles = tuple(draft.bundle() for draft in drafts.values())
    return Dataset(articles=articles, foreign=True, lost=tally.lost())
