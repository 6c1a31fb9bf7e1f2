"""Bookmarks, rejected suggestions, and indexes for what the queue is sorted and filtered by."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add two tables and five indexes. No row that is there changes."""
    op.create_table(
        "bookmark",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name="fk_bookmark_article"),
        sa.PrimaryKeyConstraint("article", "layer", "offset", name="pk_bookmark"),
    )
    op.create_table(
        "rejection",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("suggester", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name="fk_rejection_article"),
        sa.PrimaryKeyConstraint("article", "layer", "id", name="pk_rejection"),
    )
    op.create_index("article_title", "article", ["deleted_at", sa.text("title COLLATE NOCASE")])
    op.create_index("article_source", "article", ["deleted_at", sa.text("source COLLATE NOCASE")])
    op.create_index("article_published", "article", ["deleted_at", "published"])
    op.create_index(
        "annotation_unsure",
        "annotation",
        ["layer", "article"],
        sqlite_where=sa.text("certainty = 'unsure'"),
    )
    op.create_index(
        "annotation_commented",
        "annotation",
        ["layer", "article"],
        sqlite_where=sa.text("comment <> ''"),
    )
