"""Bookmarks, rejected suggestions, receipts: what their commands write, what takes that back."""

from dataclasses import replace

from app.model.bookmark import Bookmark, BookmarkKey
from app.model.commands import (
    Batch,
    ClearBookmark,
    Command,
    Erase,
    KeepReceipt,
    PutBookmark,
    RejectSuggestion,
    SetBookmark,
    UnrejectSuggestion,
)
from app.model.errors import StaleEdit
from app.model.receipt import KeptReceipt
from app.storage import tables
from app.storage.rows import Row
from app.storage.sql import Connection
from app.storage.transaction import Rows, Stamp

_PUT_BOOKMARK = (
    f"{tables.insert_sql(tables.bookmark)} ON CONFLICT (article, layer, offset) DO UPDATE SET "
    "note = excluded.note, version = excluded.version"
)
_RECEIPTS = f"SELECT {tables.columns(tables.receipt)} FROM receipt"
_NOTHING = Batch(steps=())


def apply_bookmark(
    rows: Rows, command: SetBookmark | ClearBookmark | PutBookmark, stamp: Stamp
) -> Command:
    """Write a bookmark or take one away; return what takes that back."""
    match command:
        case SetBookmark(bookmark=bookmark):
            before = _seen(rows, bookmark.key, bookmark.version, stamp)
            return _put(rows, replace(bookmark, version=stamp.seq), before)
        case PutBookmark(bookmark=bookmark):
            before = rows.bookmark(bookmark.key)
            if before and stamp.undoing is not None and before.version > stamp.undoing:
                raise StaleEdit(
                    "This bookmark was changed since; that has to be undone first.",
                    seen=stamp.undoing,
                    current=before,
                )
            return _put(rows, bookmark, before)
        case ClearBookmark(article=article, layer=layer, offset=offset, version=version):
            key = article, layer, offset
            before = _seen(rows, key, version, stamp)
            rows.run("DELETE FROM bookmark WHERE article = ? AND layer = ? AND offset = ?", key)
            rows.bookmarks[key] = None
            return PutBookmark(bookmark=before) if before else _NOTHING


def _seen(rows: Rows, key: BookmarkKey, version: int, stamp: Stamp) -> Bookmark | None:
    """Return the bookmark at a place for an edit that saw this version of it (0: none)."""
    before = rows.bookmark(key)
    now = before.version if before else 0
    if now not in (version, stamp.seq):
        message = "This bookmark was changed in the meantime."
        raise StaleEdit(message, seen=version, current=before)
    return before


def _put(rows: Rows, bookmark: Bookmark, before: Bookmark | None) -> Command:
    rows.run(_PUT_BOOKMARK, (*bookmark.key, bookmark.note, bookmark.version))
    rows.bookmarks[bookmark.key] = bookmark
    if before is not None:
        return PutBookmark(bookmark=before)
    article, layer, offset = bookmark.key
    return ClearBookmark(article=article, layer=layer, offset=offset, version=bookmark.version)


def apply_rejection(
    rows: Rows, command: RejectSuggestion | UnrejectSuggestion, stamp: Stamp
) -> Command:
    """Remember or forget that a suggestion was rejected; return what takes that back."""
    match command:
        case RejectSuggestion(rejection=rejection):
            if rows.rejection(rejection.key) is not None:
                return _NOTHING
            kept = replace(rejection, version=rejection.version or stamp.seq)
            said = kept.type, kept.start, kept.end, kept.quote, kept.suggester
            rows.run(tables.insert_sql(tables.rejection), (*kept.key, *said, kept.version))
            rows.rejections[kept.key] = kept
            article, layer, name = kept.key
            return UnrejectSuggestion(article=article, layer=layer, id=name)
        case UnrejectSuggestion(article=article, layer=layer, id=name):
            key = article, layer, name
            before = rows.rejection(key)
            rows.run("DELETE FROM rejection WHERE article = ? AND layer = ? AND id = ?", key)
            rows.rejections[key] = None
            return RejectSuggestion(rejection=before) if before else _NOTHING


def keep_receipt(rows: Rows, receipt: KeptReceipt) -> Command:
    """Write a receipt; return what takes it away."""
    rows.run(
        tables.insert_sql(tables.receipt),
        tuple(getattr(receipt, name) for name in tables.receipt.columns),
    )
    return Erase(what="receipt", id=receipt.id)


def erase_receipt(rows: Rows, receipt_id: str) -> Command:
    """Take a receipt away; return what keeps it again."""
    found = receipt_in(rows.connection, receipt_id)
    rows.run("DELETE FROM receipt WHERE id = ?", (receipt_id,))
    return KeepReceipt(receipt=found) if found else _NOTHING


def receipts(connection: Connection) -> tuple[KeptReceipt, ...]:
    """Return the receipts of all exports, the newest first."""
    found = connection.execute(f"{_RECEIPTS} ORDER BY at DESC, id").fetchall()
    return tuple(map(_receipt_of, found))


def receipt_in(connection: Connection, receipt_id: str) -> KeptReceipt | None:
    """Return one receipt, if it is there."""
    row = connection.execute(f"{_RECEIPTS} WHERE id = ?", (receipt_id,)).fetchone()
    return _receipt_of(row) if row else None


def _receipt_of(row: Row) -> KeptReceipt:
    return KeptReceipt(**dict(zip(tables.receipt.columns, row, strict=True)))
