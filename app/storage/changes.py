"""Changes that another process made: the rows its journal entries name, read anew."""

from typing import assert_never

from app.model.changes import Change
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
from app.storage.journal import Entry
from app.storage.sql import Connection
from app.storage.transaction import Rows


def reread(connection: Connection, entry: Entry) -> Change:
    """Return the change of a journal entry, with the rows as they are now."""
    rows = Rows(connection)
    _touch(rows, entry.command)
    _touch(rows, entry.inverse)  # names the relations that went with a deleted annotation
    return rows.change(
        seq=entry.seq,
        kind=entry.kind,
        title=entry.title,
        by=entry.by,
        at=entry.at,
        article=entry.article,
    )


def _touch(rows: Rows, command: Command) -> None:  # noqa: C901, PLR0912 - one case a command
    match command:
        case Batch(steps=steps):
            for step in steps:
                _touch(rows, step)
        case AddAnnotation(annotation=item) | PutAnnotation(annotation=item):
            rows.annotations.touch(item.id)
        case EditAnnotation(id=name) | LinkRecord(id=name) | DeleteAnnotation(id=name):
            rows.annotations.touch(name)
        case AddRelation(relation=item) | PutRelation(relation=item):
            rows.relations.touch(item.id)
        case EditRelation(id=name) | DeleteRelation(id=name):
            rows.relations.touch(name)
        case AddRecord(record=item) | EditRecord(record=item) | PutRecord(record=item):
            rows.records.touch(item.id)
        case DeleteRecord(id=name):
            rows.records.touch(name)
        case AddArticle(article=item) | PutArticle(article=item):
            rows.articles.touch(item.id)
        case EditArticle(id=name) | DeleteArticle(id=name):
            rows.articles.touch(name)
        case SetStatus(status=status):
            key = status.article, status.layer
            rows.statuses[key] = rows.status(*key)
        case ClearStatus(article=article, layer=layer):
            rows.statuses[article, layer] = rows.status(article, layer)
        case SetBookmark(bookmark=bookmark) | PutBookmark(bookmark=bookmark):
            rows.bookmarks[bookmark.key] = rows.bookmark(bookmark.key)
        case ClearBookmark(article=article, layer=layer, offset=offset):
            place = article, layer, offset
            rows.bookmarks[place] = rows.bookmark(place)
        case RejectSuggestion(rejection=rejection):
            rows.rejections[rejection.key] = rows.rejection(rejection.key)
        case UnrejectSuggestion(article=article, layer=layer, id=name):
            about = article, layer, name
            rows.rejections[about] = rows.rejection(about)
        case SetCodebook():
            rows.new_codebook = rows.codebook()
        case SetProject():
            rows.new_project = rows.project()
        case AddAnnotator(annotator=annotator):
            _touch_annotator(rows, annotator.id)
        case KeepReceipt():
            pass
        case Erase():
            _touch_erased(rows, command)
        case _:
            assert_never(command)


def _touch_erased(rows: Rows, command: Erase) -> None:
    match command.what:
        case "annotation":
            rows.annotations.touch(command.id)
        case "relation":
            rows.relations.touch(command.id)
        case "record":
            rows.records.touch(command.id)
        case "article":
            rows.articles.touch(command.id)
        case "annotator":
            _touch_annotator(rows, command.id)
        case "codebook":
            rows.new_codebook = rows.codebook()
        case "receipt":
            pass
        case _:
            assert_never(command.what)


def _touch_annotator(rows: Rows, annotator_id: str) -> None:
    if annotator := rows.annotator(annotator_id):
        rows.annotators[annotator_id] = annotator
