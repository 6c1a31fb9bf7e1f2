"""The one way rows change: a command becomes rows and the command that takes it back.

`Rows` is what one transaction sees: each row is read once, and written through.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar, assert_never

import orjson
from sqlalchemy import Connection

from app.model.annotation import Annotation, Relation, Value
from app.model.article import Article, Status
from app.model.changes import Change, ChangeKind
from app.model.codebook import Codebook
from app.model.commands import (
    AddAnnotation,
    AddAnnotator,
    AddArticle,
    AddRecord,
    AddRelation,
    Batch,
    ClearStatus,
    Command,
    DeleteAnnotation,
    DeleteArticle,
    DeleteRecord,
    DeleteRelation,
    EditAnnotation,
    EditArticle,
    EditRecord,
    EditRelation,
    Erase,
    LinkRecord,
    PutAnnotation,
    PutArticle,
    PutRecord,
    PutRelation,
    SetCodebook,
    SetProject,
    SetStatus,
)
from app.model.errors import Refused, StaleEdit
from app.model.plain import build
from app.model.registry import Annotator, Project, Record
from app.storage import rows as forms
from app.storage import tables
from app.storage.rows import Form, Kept, dumps

T = TypeVar("T", Annotation, Relation, Record, Article)
Field = TypeVar("Field")
Guard = Callable[[Command, "Rows"], None]
"""Raises `Refused` for a command that contradicts the codebook or the text."""

NOTHING = Batch(steps=())

_PUT_PROJECT = (
    f"{tables.insert_sql(tables.project)} ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
_PUT_STATUS = (
    f"{tables.insert_sql(tables.status)} ON CONFLICT (article, layer) DO UPDATE SET "
    "state = excluded.state, note = excluded.note, seconds = excluded.seconds"
)


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
        self._run = connection.exec_driver_sql
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

    def __init__(self, connection: Connection, codebook: Codebook | None = None) -> None:
        """Begin with the codebook that the caller has; it is used while it is the newest."""
        self.connection = connection
        self.run = connection.exec_driver_sql
        self._codebook = codebook
        self._is_newest = False
        self.annotations = Shelf(connection, forms.ANNOTATIONS)
        self.relations = Shelf(connection, forms.RELATIONS)
        self.records = Shelf(connection, forms.RECORDS)
        self.articles = Shelf(connection, forms.ARTICLES)
        self.statuses: dict[tuple[str, str], Status | None] = {}
        self.annotators: dict[str, Annotator] = {}
        self.new_codebook: Codebook | None = None
        self.new_project: Project | None = None

    def codebook(self) -> Codebook | None:
        """Return the newest codebook, None while the project is being made."""
        if self._is_newest:
            return self._codebook
        (newest,) = self.run("SELECT max(revision) FROM codebook").one()
        if newest is None:
            return None
        self._is_newest = True
        if self._codebook is None or self._codebook.revision != newest:
            sql = "SELECT body FROM codebook WHERE revision = ?"
            (body,) = self.run(sql, (newest,)).one()
            self._codebook = build(Codebook, orjson.loads(body))
        return self._codebook

    def replace_codebook(self, codebook: Codebook | None) -> None:
        """Go on with another codebook; None looks for the newest one."""
        self._codebook, self._is_newest = codebook, codebook is not None
        self.new_codebook = self.codebook()

    def project(self) -> Project | None:
        """Return what the project says of itself, None while it is being made."""
        found: dict[str, str] = dict(self.run("SELECT key, value FROM project").tuples().all())
        return Project(**found) if found else None

    def status(self, article: str, layer: str) -> Status | None:
        """Return the status that was given, or None where it is derived."""
        sql = "SELECT state, note, seconds FROM status WHERE article = ? AND layer = ?"
        row = self.run(sql, (article, layer)).fetchone()
        if row is None:
            return None
        return Status(article=article, layer=layer, state=row[0], note=row[1], seconds=row[2])

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
            annotators=tuple(self.annotators.values()),
            codebook=self.new_codebook,
            project=self.new_project,
        )


def apply(rows: Rows, command: Command, stamp: Stamp, *, guard: Guard | None = None) -> Command:
    """Write the rows of a command; return the command that takes it back.

    Runs inside the caller's transaction. Raises `Refused` or `StaleEdit`, after which the caller
    rolls back. `guard` sees each step before it is written, with the rows of the steps before it.
    """
    if isinstance(command, Batch):
        inverses = [apply(rows, step, stamp, guard=guard) for step in command.steps]
        return Batch(steps=tuple(reversed(inverses)))
    if guard is not None:
        guard(command, rows)
    return _apply(rows, command, stamp)


def _apply(rows: Rows, command: Command, stamp: Stamp) -> Command:  # noqa: C901, PLR0911, PLR0912 - one case a command
    match command:
        case AddAnnotation(annotation=annotation):
            return _add_annotation(rows, annotation, stamp)
        case EditAnnotation():
            return _edit_annotation(rows, command, stamp)
        case LinkRecord():
            return _link_record(rows, command, stamp)
        case DeleteAnnotation():
            return _delete_annotation(rows, command, stamp)
        case AddRelation(relation=relation):
            rows.relations.new(relation.id)
            _ends_are_live(rows, relation)
            rows.relations.put(replace(relation, version=relation.version or stamp.seq))
            return Erase(what="relation", id=relation.id)
        case EditRelation():
            return _edit_relation(rows, command, stamp)
        case DeleteRelation():
            relation = rows.relations.seen(command.id, command.version, stamp)
            rows.relations.put(replace(relation, version=stamp.seq), stamp.at)
            return PutRelation(relation=relation)
        case AddRecord(record=record):
            rows.records.new(record.id)
            rows.records.put(replace(record, version=record.version or stamp.seq))
            return Erase(what="record", id=record.id)
        case EditRecord(record=record):
            before = rows.records.seen(record.id, record.version, stamp)
            rows.records.put(replace(record, version=stamp.seq))
            return PutRecord(record=before)
        case DeleteRecord():
            return _delete_record(rows, command, stamp)
        case AddArticle(article=article):
            return _add_article(rows, article, stamp)
        case EditArticle():
            return _edit_article(rows, command, stamp)
        case DeleteArticle():
            article = rows.articles.seen(command.id, command.version, stamp)
            rows.articles.put(replace(article, version=stamp.seq), stamp.at)
            return PutArticle(article=_known(article))
        case SetStatus(status=status):
            return _set_status(rows, status)
        case ClearStatus():
            return _clear_status(rows, command)
        case SetCodebook(codebook=codebook):
            return _set_codebook(rows, codebook)
        case SetProject(project=project):
            return _set_project(rows, project)
        case AddAnnotator(annotator=annotator):
            row = (annotator.id, annotator.name, annotator.role)
            rows.run(tables.insert_sql(tables.annotator), row)
            rows.annotators[annotator.id] = annotator
            return Erase(what="annotator", id=annotator.id)
        case PutAnnotation(annotation=annotation, deleted_at=deleted_at):
            if deleted_at is None:
                _record_is_live(rows, annotation)
            return rows.annotations.restore(annotation, deleted_at, stamp)
        case PutRelation(relation=relation, deleted_at=deleted_at):
            if deleted_at is None:
                _ends_are_live(rows, relation)
            return rows.relations.restore(relation, deleted_at, stamp)
        case PutRecord(record=record, deleted_at=deleted_at):
            return rows.records.restore(record, deleted_at, stamp)
        case PutArticle():
            return _put_article(rows, command, stamp)
        case Erase():
            return _erase(rows, command, stamp)
        case Batch():  # pragma: no cover - taken apart by `apply`
            return NOTHING
        case _:
            assert_never(command)


def _add_annotation(rows: Rows, annotation: Annotation, stamp: Stamp) -> Command:
    rows.annotations.new(annotation.id)
    _record_is_live(rows, annotation)
    created = annotation.created_at or stamp.at
    rows.annotations.put(
        replace(
            annotation,
            created_at=created,
            updated_at=annotation.updated_at or created,
            version=annotation.version or stamp.seq,
            codebook_revision=annotation.codebook_revision or stamp.revision,
        )
    )
    return Erase(what="annotation", id=annotation.id)


def _edit_annotation(rows: Rows, command: EditAnnotation, stamp: Stamp) -> Command:
    before = rows.annotations.seen(command.id, command.version, stamp)
    rows.annotations.put(
        replace(
            before,
            type=_given(command.type, before.type),
            fragments=_given(command.fragments, before.fragments),
            attributes=_merged(before.attributes, command),
            certainty=_given(command.certainty, before.certainty),
            comment=_given(command.comment, before.comment),
            evidence=_given(command.evidence, before.evidence),
            updated_at=stamp.at,
            version=stamp.seq,
        )
    )
    return PutAnnotation(annotation=before)


def _given(new: Field | None, old: Field) -> Field:
    return old if new is None else new


def _merged(
    before: Mapping[str, Value], command: EditAnnotation | EditRelation
) -> dict[str, Value]:
    after = {**before, **command.attributes}
    for name in command.unset:
        after.pop(name, None)
    return after


def _link_record(rows: Rows, command: LinkRecord, stamp: Stamp) -> Command:
    before = rows.annotations.seen(command.id, command.version, stamp)
    after = replace(before, record=command.record, updated_at=stamp.at, version=stamp.seq)
    _record_is_live(rows, after)
    rows.annotations.put(after)
    return PutAnnotation(annotation=before)


def _record_is_live(rows: Rows, annotation: Annotation) -> None:
    if annotation.record is not None and rows.records.live(annotation.record) is None:
        raise Refused("The registry record it mentions is not in the project.")


def _ends_are_live(rows: Rows, relation: Relation) -> None:
    for end in (relation.source, relation.target):
        if rows.annotations.live(end) is None:
            raise Refused("The annotation at the other end is not in the project.")


def _delete_annotation(rows: Rows, command: DeleteAnnotation, stamp: Stamp) -> Command:
    annotation = rows.annotations.seen(command.id, command.version, stamp)
    relations = rows.relations.where("source = ? OR target = ?", (command.id, command.id))
    for relation in relations:
        rows.relations.put(replace(relation, version=stamp.seq), stamp.at)
    rows.annotations.put(replace(annotation, version=stamp.seq), stamp.at)
    back = [PutRelation(relation=relation) for relation in relations]
    return Batch(steps=(PutAnnotation(annotation=annotation), *back))


def _edit_relation(rows: Rows, command: EditRelation, stamp: Stamp) -> Command:
    before = rows.relations.seen(command.id, command.version, stamp)
    attributes = _merged(before.attributes, command)
    rows.relations.put(replace(before, attributes=attributes, version=stamp.seq))
    return PutRelation(relation=before)


def _delete_record(rows: Rows, command: DeleteRecord, stamp: Stamp) -> Command:
    record = rows.records.seen(command.id, command.version, stamp)
    sql = "SELECT count(*) FROM annotation WHERE record = ? AND deleted_at IS NULL"
    (mentions,) = rows.run(sql, (command.id,)).one()
    if mentions:
        many = "1 annotation mentions" if mentions == 1 else f"{mentions:,} annotations mention"
        raise Refused(f"{many} “{record.name}”; link them to another record first.")
    rows.records.put(replace(record, version=stamp.seq), stamp.at)
    return PutRecord(record=record)


def _add_article(rows: Rows, article: Article, stamp: Stamp) -> Command:
    rows.articles.new(article.id)
    sql = "SELECT 1 FROM article WHERE position = ?"
    if article.position < 1 or rows.run(sql, (article.position,)).fetchone():
        (last,) = rows.run("SELECT coalesce(max(position), 0) FROM article").one()
        article = replace(article, position=last + 1)
    article = replace(article, version=article.version or stamp.seq)
    rows.articles.put(article)
    _index(rows, article)
    return Erase(what="article", id=article.id)


def _edit_article(rows: Rows, command: EditArticle, stamp: Stamp) -> Command:
    before = rows.articles.seen(command.id, command.version, stamp)
    after = replace(
        before,
        title=_given(command.title, before.title),
        source=_given(command.source, before.source),
        url=_given(command.url, before.url),
        author=_given(command.author, before.author),
        published=_given(command.published, before.published),
        language=_given(command.language, before.language),
        metadata=_given(command.metadata, before.metadata),
        version=stamp.seq,
    )
    _unindex(rows, before)
    rows.articles.put(after)
    _index(rows, after)
    return PutArticle(article=_known(before))


def _known(article: Article) -> Article:
    """Return the article without its text, which the project keeps anyway."""
    return replace(article, text="")


def _put_article(rows: Rows, command: PutArticle, stamp: Stamp) -> Command:
    article, kept = command.article, rows.articles.get(command.article.id)
    if kept is None:
        inverse = rows.articles.restore(article, command.deleted_at, stamp)
    else:
        before = kept.item
        _unindex(rows, before)
        article = replace(article, text=before.text, sha256=before.sha256, position=before.position)
        rows.articles.restore(article, command.deleted_at, stamp)
        inverse = PutArticle(article=_known(before), deleted_at=kept.deleted_at)
    _index(rows, article)
    return inverse


def _index(rows: Rows, article: Article) -> None:
    rows.run(
        "INSERT INTO article_search (rowid, title, text) VALUES (?, ?, ?)",
        (article.position, article.title, article.text),
    )


def _unindex(rows: Rows, article: Article) -> None:
    rows.run(
        "INSERT INTO article_search (article_search, rowid, title, text) "
        "VALUES ('delete', ?, ?, ?)",
        (article.position, article.title, article.text),
    )


def _set_status(rows: Rows, status: Status) -> Command:
    key = status.article, status.layer
    before = rows.status(*key)
    rows.run(_PUT_STATUS, (*key, status.state, status.note, status.seconds))
    rows.statuses[key] = status
    if before is None:
        return ClearStatus(article=status.article, layer=status.layer)
    return SetStatus(status=before)


def _clear_status(rows: Rows, command: ClearStatus) -> Command:
    key = command.article, command.layer
    before = rows.status(*key)
    rows.run("DELETE FROM status WHERE article = ? AND layer = ?", key)
    rows.statuses[key] = None
    return SetStatus(status=before) if before else NOTHING


def _set_codebook(rows: Rows, codebook: Codebook) -> Command:
    before = rows.codebook()
    if before is not None and codebook.revision <= before.revision:
        raise StaleEdit(
            "The codebook was changed in the meantime.", seen=codebook.revision - 1, current=before
        )
    rows.run(tables.insert_sql(tables.codebook), (codebook.revision, dumps(codebook)))
    rows.replace_codebook(codebook)
    return Erase(what="codebook", id=str(codebook.revision))


def _set_project(rows: Rows, project: Project) -> Command:
    before = rows.project()
    if before is not None and before.id != project.id:
        # A dataset that is imported into an empty project makes it the one it was written from.
        if rows.run("SELECT 1 FROM article LIMIT 1").fetchone():
            raise Refused("A project keeps its id once it has articles.")
    for key in ("id", "name", "description", "working_layer"):
        rows.run(_PUT_PROJECT, (key, getattr(project, key)))
    rows.new_project = project
    return SetProject(project=before) if before else NOTHING


def _erase(rows: Rows, command: Erase, stamp: Stamp) -> Command:
    match command.what:
        case "annotation":
            return _erase_from(rows.annotations, command.id, stamp)
        case "relation":
            return _erase_from(rows.relations, command.id, stamp)
        case "record":
            return _erase_from(rows.records, command.id, stamp)
        case "article":
            if kept := rows.articles.get(command.id):
                _unindex(rows, kept.item)
            return _erase_from(rows.articles, command.id, stamp)
        case "annotator":
            annotator = rows.annotator(command.id)
            rows.run("DELETE FROM annotator WHERE id = ?", (command.id,))
            return AddAnnotator(annotator=annotator) if annotator else NOTHING
        case "codebook":
            return _erase_codebook(rows, int(command.id))
        case _:
            assert_never(command.what)


def _erase_from(shelf: Shelf[T], item_id: str, stamp: Stamp) -> Command:
    if shelf.get(item_id) is None:
        return NOTHING
    shelf.untouched_since(item_id, stamp)
    inverse = shelf.inverse(item_id)
    shelf.erase(item_id)
    return inverse


def _erase_codebook(rows: Rows, revision: int) -> Command:
    sql = "SELECT 1 FROM annotation WHERE codebook_revision >= ? LIMIT 1"
    if rows.run(sql, (revision,)).fetchone():
        raise Refused("There are annotations made under this codebook.")
    newest = rows.codebook()
    if newest is None or newest.revision != revision:
        raise Refused("The codebook was changed since; that has to be undone first.")
    rows.run("DELETE FROM codebook WHERE revision = ?", (revision,))
    rows.replace_codebook(None)
    return SetCodebook(codebook=newest)
