"""One transaction: each row is read once, written through, and known as a record.

`Rows` is what the rules and `apply` see of the project; at the end it says what was changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, assert_never

import orjson

from app.model.annotation import Annotation, Relation
from app.model.article import Article, Status
from app.model.bookmark import Bookmark, BookmarkKey, Rejection, RejectionKey
from app.model.changes import Change, ChangeKind
from app.model.codebook import Codebook
from app.model.commands import (
    Command,
    Erase,
    PutAnnotation,
    PutArticle,
    PutRecord,
    PutRelation,
)
from app.model.errors import Refused, StaleEdit
from app.model.plain import build
from app.model.registry import Annotator, Project, Record
from app.storage import rows as forms
from app.storage.rows import Form, Kept
from app.storage.sql import Connection

T = TypeVar("T", Annotation, Relation, Record, Article)
Tell = Callable[[int, int], object]
"""Hears how many steps of how many are done, while the transaction is open: it may not read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """When and as what the rows of one transaction are written.

    `revision` is the codebook's. `undoing` is set for undo and redo: rows that somebody wrote after
    that journal number are not overwritten.
    """

    seq: int
    at: str
    revision: int
    undoing: int | None = None


class Shelf(Generic[T]):
    """The rows of one table within a transaction."""

    def __init__(self, connection: Connection, form: Form[T]) -> None:
        self._run = connection.execute
        self._form: Form[T] = form
        self._kept: dict[str, Kept[T] | None] = {}
        self._touched: dict[str, None] = {}

    def get(self, item_id: str) -> Kept[T] | None:
        """Return the record of that id, from the trash too."""
        if item_id not in self._kept:
            row = self._run(f"{self._form.select} WHERE id = ?", (item_id,)).fetchone()
            self._kept[item_id] = self._keep(row) if row is not None else None
        return self._kept[item_id]

    def live(self, item_id: str) -> T | None:
        """Return the record of that id unless it is in the trash."""
        kept = self.get(item_id)
        return kept.item if kept and kept.deleted_at is None else None

    def where(self, condition: str, parameters: tuple[object, ...]) -> list[T]:
        """Return the live records for which the condition holds."""
        sql = f"{self._form.select} WHERE deleted_at IS NULL AND ({condition}) ORDER BY id"
        found = [self._keep(row) for row in self._run(sql, parameters).fetchall()]
        self._kept.update((kept.item.id, kept) for kept in found)
        return [kept.item for kept in found]

    def put(self, item: T, deleted_at: str | None = None) -> None:
        """Write a record, new or in place of the row with its id."""
        self._run(self._form.put, self._form.row_of(item, deleted_at))
        self._kept[item.id] = Kept(item, deleted_at)
        self._touched[item.id] = None

    def erase(self, item_id: str) -> None:
        """Remove a row."""
        self._run(self._form.erase, (item_id,))
        self._kept[item_id] = None
        self._touched[item_id] = None

    def touch(self, item_id: str) -> None:
        """Count a row as changed: another process changed it."""
        self._touched[item_id] = None

    def changed(self) -> tuple[tuple[T, ...], tuple[str, ...]]:
        """Return the live records that were written, and the ids of those that are gone."""
        live = tuple(item for item_id in self._touched if (item := self.live(item_id)))
        gone = tuple(item_id for item_id in self._touched if self.live(item_id) is None)
        return live, gone

    def seen(self, item_id: str, version: int, stamp: Stamp) -> T:
        """Return a live record for an edit that saw this version of it; otherwise `StaleEdit`.

        What the transaction itself has written counts as seen.
        """
        item = self.live(item_id)
        if item is None:
            message = f"This {self._form.what} was deleted in the meantime."
            raise StaleEdit(message, seen=version, current=None)
        if item.version not in (version, stamp.seq):
            message = f"This {self._form.what} was changed in the meantime."
            raise StaleEdit(message, seen=version, current=item)
        return item

    def new(self, item_id: str) -> None:
        """Refuse an id that is taken."""
        if self.get(item_id):
            raise Refused(f"The project holds this {self._form.what} already.")

    def restore(self, item: T, deleted_at: str | None, stamp: Stamp) -> Command:
        """Write a record exactly as given; return what takes that back."""
        self.untouched_since(item.id, stamp)
        inverse = self.inverse(item.id)
        self.put(item, deleted_at)
        return inverse

    def inverse(self, item_id: str) -> Command:
        """Return the command that brings the row back to what it is now."""
        kept = self.get(item_id)
        if kept is None:
            return Erase(what=self._form.what, id=item_id)
        return _put(kept.item, kept.deleted_at)

    def untouched_since(self, item_id: str, stamp: Stamp) -> None:
        """Refuse to undo over what was written later by somebody else."""
        kept = self.get(item_id)
        if kept and stamp.undoing is not None and kept.item.version > stamp.undoing:
            message = f"This {self._form.what} was changed since; that has to be undone first."
            raise StaleEdit(message, seen=stamp.undoing, current=kept.item)

    def _keep(self, row: Any) -> Kept[T]:
        return Kept(self._form.item_of(row), row[self._form.deleted_at])


def _put(item: Annotation | Relation | Record | Article, deleted_at: str | None) -> Command:
    match item:
        case Annotation():
            return PutAnnotation(annotation=item, deleted_at=deleted_at)
        case Relation():
            return PutRelation(relation=item, deleted_at=deleted_at)
        case Record():
            return PutRecord(record=item, deleted_at=deleted_at)
        case Article():
            return PutArticle(article=item, deleted_at=deleted_at)
        case _:
            assert_never(item)


class Rows:
    """All tables within one transaction, and what was changed in them."""

    def __init__(
        self,
        connection: Connection,
        codebook: Codebook | None = None,
        texts: dict[str, tuple[str, str]] | None = None,
        *,
        tell: Tell | None = None,
    ) -> None:
        """Begin with the codebook that the caller has; it is used while it is the newest.

        `texts` maps an article to the hash and the text it had in the transaction before; `tell`
        hears how far a long batch is.
        """
        self.tell = tell
        self._texts = {} if texts is None else texts
        self.connection = connection
        self.run = connection.execute
        self._codebook = codebook
        self._is_newest = False
        self.annotations = Shelf(connection, forms.ANNOTATIONS)
        self.relations = Shelf(connection, forms.RELATIONS)
        self.records = Shelf(connection, forms.RECORDS)
        self.articles = Shelf(connection, forms.ARTICLES)
        self.statuses: dict[tuple[str, str], Status | None] = {}
        self.bookmarks: dict[BookmarkKey, Bookmark | None] = {}
        self.rejections: dict[RejectionKey, Rejection | None] = {}
        self.annotators: dict[str, Annotator] = {}
        self.new_codebook: Codebook | None = None
        self.new_project: Project | None = None

    def text(self, article_id: str) -> str | None:
        """Return the text of an article that is not in the trash, read once while it is worked on.

        A text never changes, but an id may be taken back and given to another one.
        """
        sql = "SELECT sha256 FROM article WHERE id = ? AND deleted_at IS NULL"
        row = self.run(sql, (article_id,)).fetchone()
        if row is None:
            return None
        known = self._texts.get(article_id)
        if known is None or known[0] != row[0]:
            sql = "SELECT sha256, text FROM article WHERE id = ?"
            known = self.run(sql, (article_id,)).fetchone()
            self._texts.clear()
            self._texts[article_id] = known
        return known[1]

    def codebook(self) -> Codebook | None:
        """Return the newest codebook, None while the project is being made."""
        if self._is_newest:
            return self._codebook
        (newest,) = self.run("SELECT max(revision) FROM codebook").fetchone()
        if newest is None:
            return None
        self._is_newest = True
        if self._codebook is None or self._codebook.revision != newest:
            self._codebook = self.codebook_at(newest)
        return self._codebook

    def codebook_before(self, revision: int) -> Codebook | None:
        """Return the last codebook before a revision."""
        sql = "SELECT body FROM codebook WHERE revision < ? ORDER BY revision DESC LIMIT 1"
        return self._codebook_in(self.run(sql, (revision,)).fetchone())

    def codebook_at(self, revision: int) -> Codebook | None:
        """Return the codebook of a revision."""
        sql = "SELECT body FROM codebook WHERE revision = ?"
        return self._codebook_in(self.run(sql, (revision,)).fetchone())

    def _codebook_in(self, row: tuple[str] | None) -> Codebook | None:
        codebook: Codebook | None = build(Codebook, orjson.loads(row[0])) if row else None
        return codebook

    def replace_codebook(self, codebook: Codebook | None) -> None:
        """Go on with another codebook; None looks for the newest one."""
        self._codebook, self._is_newest = codebook, codebook is not None
        self.new_codebook = self.codebook()

    def project(self) -> Project | None:
        """Return what the project says of itself, None while it is being made."""
        found: dict[str, str] = dict(self.run("SELECT key, value FROM project").fetchall())
        return Project(**found) if found else None

    def status(self, article: str, layer: str) -> Status | None:
        """Return the status that was given, or None where it is derived."""
        sql = "SELECT state, note, seconds FROM status WHERE article = ? AND layer = ?"
        row = self.run(sql, (article, layer)).fetchone()
        if row is None:
            return None
        return Status(article=article, layer=layer, state=row[0], note=row[1], seconds=row[2])

    def bookmark(self, key: BookmarkKey) -> Bookmark | None:
        """Return the bookmark at a place."""
        where = "WHERE article = ? AND layer = ? AND offset = ?"
        row = self.run(f"{forms.BOOKMARKS} {where}", key).fetchone()
        return forms.bookmark_of(row) if row else None

    def rejection(self, key: RejectionKey) -> Rejection | None:
        """Return what a layer rejected under that id."""
        where = "WHERE article = ? AND layer = ? AND id = ?"
        row = self.run(f"{forms.REJECTIONS} {where}", key).fetchone()
        return forms.rejection_of(row) if row else None

    def annotator(self, annotator_id: str) -> Annotator | None:
        """Return the annotator of that id."""
        sql = "SELECT id, name, role FROM annotator WHERE id = ?"
        row = self.run(sql, (annotator_id,)).fetchone()
        return Annotator(id=row[0], name=row[1], role=row[2]) if row else None

    def change(
        self, *, seq: int, kind: ChangeKind, title: str, by: str, at: str, article: str | None
    ) -> Change:
        """Return everything that was written, as it is now."""
        annotations, removed_annotations = self.annotations.changed()
        relations, removed_relations = self.relations.changed()
        records, removed_records = self.records.changed()
        articles, removed_articles = self.articles.changed()
        return Change(
            seq=seq,
            kind=kind,
            title=title,
            by=by,
            at=at,
            article=article,
            annotations=annotations,
            removed_annotations=removed_annotations,
            relations=relations,
            removed_relations=removed_relations,
            records=records,
            removed_records=removed_records,
            articles=articles,
            removed_articles=removed_articles,
            statuses=tuple(status for status in self.statuses.values() if status),
            cleared_statuses=tuple(key for key, status in self.statuses.items() if not status),
            bookmarks=tuple(filter(None, self.bookmarks.values())),
            cleared_bookmarks=tuple(key for key, kept in self.bookmarks.items() if not kept),
            rejections=tuple(filter(None, self.rejections.values())),
            withdrawn_rejections=tuple(key for key, kept in self.rejections.items() if not kept),
            annotators=tuple(self.annotators.values()),
            codebook=self.new_codebook,
            project=self.new_project,
        )
