"""What happened. Views hear a change only after it is on disk."""

from dataclasses import dataclass
from typing import Literal

from app.model.annotation import Annotation, Relation
from app.model.article import Article, Status
from app.model.bookmark import Bookmark, BookmarkKey, Rejection, RejectionKey
from app.model.codebook import Codebook
from app.model.registry import Annotator, Project, Record

ChangeKind = Literal["do", "undo", "redo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The rows one transaction wrote, as they are now. `seq` is its place in the journal.

    `article` is the article the gesture belongs to, None for the project as a whole. Things appear
    once, in their last state; ids in `removed_*` are gone from view (trashed or erased).
    """

    seq: int
    kind: ChangeKind
    title: str
    by: str
    at: str
    article: str | None = None
    annotations: tuple[Annotation, ...] = ()
    removed_annotations: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    removed_relations: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    removed_records: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()
    removed_articles: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    cleared_statuses: tuple[tuple[str, str], ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    cleared_bookmarks: tuple[BookmarkKey, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    withdrawn_rejections: tuple[RejectionKey, ...] = ()
    annotators: tuple[Annotator, ...] = ()
    codebook: Codebook | None = None
    project: Project | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One line of the history, as `pressmark history` prints it."""

    seq: int
    at: str
    by: str
    title: str
    article: str | None
    kind: ChangeKind
    command: str
    undone: bool
