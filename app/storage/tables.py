"""The names of the tables and their columns, and the plain SQL that is derived from them.

What the columns are is in `app.storage.schema`; a test compares the two.
"""

from typing import NamedTuple

SCHEMA_VERSION = 3
"""Counts up with every migration; `PRAGMA user_version` of a project file."""

APPLICATION_ID = int.from_bytes(b"PMRK", "big")
"""`PRAGMA application_id`: says that a SQLite file is a Pressmark project."""

TOKENIZER = 'tokenize="unicode61 remove_diacritics 2"'
"""How the full-text index takes words: without case and diacritics."""


class Table(NamedTuple):
    """A table: its columns in order, and those of them that are its primary key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


def _table(name: str, columns: str, *, key: str = "id") -> Table:
    return Table(name, tuple(columns.split()), tuple(key.split()))


project = _table("project", "key value", key="key")
codebook = _table("codebook", "revision body", key="revision")
annotator = _table("annotator", "id name role")
article = _table(
    "article",
    "position id title sha256 source url author published language metadata origin"
    " version deleted_at text",
    key="position",
)
record = _table("record", "id kind name aliases attributes external folded version deleted_at")
annotation = _table(
    "annotation",
    "id article layer type start end fragments attributes record certainty comment"
    " evidence origin created_at updated_at version codebook_revision deleted_at",
)
relation = _table("relation", "id article layer role source target attributes version deleted_at")
status = _table("status", "article layer state note seconds", key="article layer")
bookmark = _table("bookmark", "article layer offset note version", key="article layer offset")
rejection = _table(
    "rejection",
    "article layer id type start end quote suggester version",
    key="article layer id",
)
receipt = _table("receipt", "id at by path format sha256 document")
journal = _table(
    "journal",
    "seq at by layer article title kind step merge_key command inverse",
    key="seq",
)

ALL = (
    project,
    codebook,
    annotator,
    article,
    record,
    annotation,
    relation,
    status,
    bookmark,
    rejection,
    receipt,
    journal,
)


def columns(table: Table) -> str:
    """Return the quoted column names of a table, in order."""
    return ", ".join(f'"{name}"' for name in table.columns)


def insert_sql(table: Table) -> str:
    """Return the statement that inserts a row, all columns in order."""
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {table.name} ({columns(table)}) VALUES ({marks})"


def put_sql(table: Table, key: str) -> str:
    """Return the statement that inserts a row or, where the key exists, overwrites it in place."""
    sets = ", ".join(
        f'"{name}" = excluded."{name}"'
        for name in table.columns
        if name != key and name not in table.key
    )
    return f"{insert_sql(table)} ON CONFLICT ({key}) DO UPDATE SET {sets}"
