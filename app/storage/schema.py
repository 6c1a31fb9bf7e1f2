"""The tables of a project with types, keys and indexes: what makes them, and what migrates them.

Columns that hold JSON are text, so that the same tables work on any database. Reading and writing
rows needs names alone (`app.storage.tables`): SQLAlchemy is imported where a project is made,
migrated or checked, not where one is opened.
"""

from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    create_mock_engine,
    text,
)

from app.storage.sql import Connection
from app.storage.tables import TOKENIZER

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

project = Table(
    "project",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

codebook = Table(
    "codebook",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)

annotator = Table(
    "annotator",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    UniqueConstraint("name"),
)

article = Table(
    "article",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("published", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("metadata", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("deleted_at", Text),
    Column("text", Text, nullable=False),  # last: a list of titles never reads past it
    UniqueConstraint("id"),
    Index("article_live", "deleted_at"),
    Index("article_sha256", "sha256"),
    Index("article_published", "deleted_at", "published"),
)

for _name in ("title", "source"):  # without case, as the queue is sorted by them
    _words = text(f"{_name} COLLATE NOCASE")
    Index(f"article_{_name}", article.c.deleted_at, _words).ddl_if(dialect="sqlite")

record = Table(
    "record",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("aliases", Text, nullable=False),
    Column("attributes", Text, nullable=False),
    Column("external", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("deleted_at", Text),
    Index("record_kind", "kind", "name"),
)

annotation = Table(
    "annotation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("article", Text, ForeignKey("article.id"), nullable=False),
    Column("layer", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("fragments", Text, nullable=False),
    Column("attributes", Text, nullable=False),
    Column("record", Text, ForeignKey("record.id")),
    Column("certainty", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("codebook_revision", Integer, nullable=False),
    Column("deleted_at", Text),
    Index("annotation_place", "article", "layer", "deleted_at"),
    Index("annotation_record", "record", sqlite_where=text("record IS NOT NULL")),
    Index("annotation_unsure", "layer", "article", sqlite_where=text("certainty = 'unsure'")),
    Index("annotation_commented", "layer", "article", sqlite_where=text("comment <> ''")),
)

relation = Table(
    "relation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("article", Text, ForeignKey("article.id"), nullable=False),
    Column("layer", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("source", Text, ForeignKey("annotation.id"), nullable=False),
    Column("target", Text, ForeignKey("annotation.id"), nullable=False),
    Column("attributes", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("deleted_at", Text),
    Index("relation_place", "article", "layer"),
    Index("relation_source", "source"),
    Index("relation_target", "target"),
)

status = Table(
    "status",
    metadata,
    Column("article", Text, ForeignKey("article.id"), primary_key=True),
    Column("layer", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("seconds", Integer, nullable=False),
    Index("status_state", "layer", "state"),
)

bookmark = Table(
    "bookmark",
    metadata,
    Column("article", Text, ForeignKey("article.id"), primary_key=True),
    Column("layer", Text, primary_key=True),
    Column("offset", Integer, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

rejection = Table(
    "rejection",
    metadata,
    Column("article", Text, ForeignKey("article.id"), primary_key=True),
    Column("layer", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("suggester", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("document", Text, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("layer", Text, nullable=False),
    Column("article", Text),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("step", Integer, nullable=False),
    Column("merge_key", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("inverse", Text, nullable=False),
    Index("journal_stack", "article", "by"),
    Index("journal_step", "step"),
)

SEARCH_SQL = f"""CREATE VIRTUAL TABLE article_search USING fts5(
    title, text, content='article', content_rowid='position',
    {TOKENIZER}
)"""
"""Full-text index over titles and texts: keeps no copy of them, ignores case and diacritics."""


def make(connection: Connection) -> None:
    """Make the empty tables of a project, with their indexes and the search index."""
    statements: list[Any] = []
    made = create_mock_engine("sqlite://", lambda sql, *_, **__: statements.append(sql))
    metadata.create_all(made, checkfirst=False)
    for statement in statements:
        connection.execute(str(statement.compile(dialect=made.dialect)))
    connection.execute(SEARCH_SQL)
