"""The one way rows change: a command becomes rows and the command that takes it back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar, assert_never

from app.model.annotation import Annotation, Relation, Value
from app.model.article import Article, Status
from app.model.codebook import Codebook
from app.model.commands import (
    AddAnnotation,
    AddAnnotator,
    AddArticle,
    AddRecord,
    AddRelation,
    Batch,
    ClearBookmark,
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
    KeepReceipt,
    LinkRecord,
    PutAnnotation,
    PutArticle,
    PutBookmark,
    PutRecord,
    PutRelation,
    RejectSuggestion,
    SetBookmark,
    SetCodebook,
    SetProject,
    SetStatus,
    UnrejectSuggestion,
)
from app.model.entries import MERGED, ids_of
from app.model.errors import Refused, StaleEdit
from app.model.registry import Project, Record
from app.storage import asides, tables
from app.storage.codebook_use import refuse_loss
from app.storage.rows import dumps
from app.storage.transaction import Rows, Shelf, Stamp

T = TypeVar("T", Annotation, Relation, Record, Article)
Field = TypeVar("Field")
Guard = Callable[[Command, Rows], None]
"""Raises `Refused` for a command that contradicts the codebook or the text."""

NOTHING = Batch(steps=())
_TOLD_EVERY = 100

_PUT_PROJECT = (
    f"{tables.insert_sql(tables.project)} ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
_PUT_STATUS = (
    f"{tables.insert_sql(tables.status)} ON CONFLICT (article, layer) DO UPDATE SET "
    "state = excluded.state, note = excluded.note, seconds = excluded.seconds"
)


def apply(rows: Rows, command: Command, stamp: Stamp, *, guard: Guard | None = None) -> Command:
    """Write the rows of a command; return the command that takes it back.

    Runs inside the caller's transaction. Raises `Refused` or `StaleEdit`, after which the caller
    rolls back. `guard` sees each step before it is written, with the rows of the steps before it.
    """
    if isinstance(command, Batch):
        inverses = []
        for number, step in enumerate(command.steps, 1):
            inverses.append(apply(rows, step, stamp, guard=guard))
            if rows.tell is not None and number % _TOLD_EVERY == 0:
                rows.tell(number, len(command.steps))
        return Batch(steps=tuple(reversed(inverses)))
    command = _to_live_record(rows, command)
    if guard is not None:
        guard(command, rows)
    return _apply(rows, command, stamp)


def _to_live_record(rows: Rows, command: Command) -> Command:
    """Return a command with the record that another one was merged into in the place of that one.

    So marks of the trash, of older steps and of older exports find what they mention.
    """
    match command:
        case LinkRecord(record=str() as wanted):
            live = _survivor(rows, wanted)
            return command if live == wanted else replace(command, record=live)
        case (
            AddAnnotation(annotation=annotation)
            | PutAnnotation(annotation=annotation, deleted_at=None)
        ) if annotation.record is not None:
            live = _survivor(rows, annotation.record)
            if live == annotation.record:
                return command
            return replace(command, annotation=replace(annotation, record=live))
        case _:
            return command


def _survivor(rows: Rows, record_id: str) -> str:
    if rows.records.live(record_id) is not None:
        return record_id
    for record in rows.records.where(f"instr(external ->> '$.\"{MERGED}\"', ?)", (record_id,)):
        if record_id in ids_of(record, MERGED):
            return record.id
    return record_id


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
        case SetBookmark() | ClearBookmark() | PutBookmark():
            return asides.apply_bookmark(rows, command, stamp)
        case RejectSuggestion() | UnrejectSuggestion():
            return asides.apply_rejection(rows, command, stamp)
        case SetCodebook(codebook=codebook):
            return _set_codebook(rows, codebook)
        case SetProject(project=project):
            return _set_project(rows, project)
        case AddAnnotator(annotator=annotator):
            row = (annotator.id, annotator.name, annotator.role)
            rows.run(tables.insert_sql(tables.annotator), row)
            rows.annotators[annotator.id] = annotator
            return Erase(what="annotator", id=annotator.id)
        case KeepReceipt(receipt=receipt):
            return asides.keep_receipt(rows, receipt)
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
    (mentions,) = rows.run(sql, (command.id,)).fetchone()
    if mentions:
        many = "1 annotation mentions" if mentions == 1 else f"{mentions:,} annotations mention"
        raise Refused(f"{many} “{record.name}”; link them to another record first.")
    rows.records.put(replace(record, version=stamp.seq), stamp.at)
    return PutRecord(record=record)


def _add_article(rows: Rows, article: Article, stamp: Stamp) -> Command:
    rows.articles.new(article.id)
    sql = "SELECT 1 FROM article WHERE position = ?"
    position = article.position
    if position < 1 or rows.run(sql, (position,)).fetchone():
        (last,) = rows.run("SELECT coalesce(max(position), 0) FROM article").fetchone()
        position = last + 1
    article = replace(article, position=position, version=article.version or stamp.seq)
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
    # A dataset that is imported into an empty project makes it the one it was written from.
    moves = before is not None and before.id != project.id
    if moves and rows.run("SELECT 1 FROM article LIMIT 1").fetchone():
        raise Refused("A project keeps its id once it has articles.")
    for key in ("id", "name", "description", "working_layer"):
        rows.run(_PUT_PROJECT, (key, getattr(project, key)))
    rows.new_project = project
    return SetProject(project=before) if before else NOTHING


def _erase(rows: Rows, command: Erase, stamp: Stamp) -> Command:  # noqa: PLR0911 - one case a kind
    match command.what:
        case "annotation":
            return _erase_from(rows.annotations, command.id, stamp)
        case "relation":
            return _erase_from(rows.relations, command.id, stamp)
        case "record":
            return _erase_from(rows.records, command.id, stamp)
        case "article":
            return _erase_article(rows, command.id, stamp)
        case "annotator":
            annotator = rows.annotator(command.id)
            rows.run("DELETE FROM annotator WHERE id = ?", (command.id,))
            return AddAnnotator(annotator=annotator) if annotator else NOTHING
        case "codebook":
            return _erase_codebook(rows, int(command.id))
        case "receipt":
            return asides.erase_receipt(rows, command.id)
        case _:
            assert_never(command.what)


def _erase_from(shelf: Shelf[T], item_id: str, stamp: Stamp) -> Command:
    if shelf.get(item_id) is None:
        return NOTHING
    shelf.untouched_since(item_id, stamp)
    inverse = shelf.inverse(item_id)
    shelf.erase(item_id)
    return inverse


def _erase_article(rows: Rows, article_id: str, stamp: Stamp) -> Command:
    if kept := rows.articles.get(article_id):
        _unindex(rows, kept.item)
    return _erase_from(rows.articles, article_id, stamp)


def _erase_codebook(rows: Rows, revision: int) -> Command:
    """Take a revision back: remove it, or, where marks were made under it, write its forerunner.

    What marks are annotated by stays known, and what they use is not taken away from them.
    """
    newest, erased = rows.codebook(), rows.codebook_at(revision)
    is_newest = newest is not None and newest.revision == revision
    if newest is None or not (is_newest or erased == replace(newest, revision=revision)):
        raise Refused("The codebook was changed since; that has to be undone first.")
    sql = "SELECT 1 FROM annotation WHERE codebook_revision >= ? LIMIT 1"
    is_bare = rows.run(sql, (revision,)).fetchone() is None
    if is_newest and is_bare:
        rows.run("DELETE FROM codebook WHERE revision = ?", (revision,))
        rows.replace_codebook(None)
        return SetCodebook(codebook=newest)
    before = rows.codebook_before(revision)
    if before is None:
        raise Refused("A project keeps its first codebook once it was worked with.")
    before = replace(before, revision=newest.revision + 1)
    refuse_loss(before, newest, rows)
    return _set_codebook(rows, before)
