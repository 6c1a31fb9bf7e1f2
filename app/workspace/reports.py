"""The `--json` shapes of CONTRACT.md, made from what the use cases return."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from app import __version__
from app.exchange.dataset import Counts, Receipt
from app.exchange.registry import Format
from app.model.changes import JournalEntry
from app.model.ids import utc_now
from app.model.reports import CheckReport, Stats
from app.workspace.importing import FileReport


def of_formats(formats: Iterable[Format]) -> list[dict[str, Any]]:
    """Return the list of formats."""
    return [
        {
            "name": one.name,
            "title": one.title,
            "extensions": list(one.extensions),
            "reads": one.read is not None,
            "writes": one.write is not None,
            "needs": one.needs,
            "cannot_carry": list(one.cannot_carry),
        }
        for one in formats
    ]


def of_import(files: Iterable[FileReport]) -> dict[str, Any]:
    """Return the report of an import."""
    return {
        "files": [
            {
                "path": one.path,
                "format": one.format,
                "result": one.result,
                "reason": one.reason,
                **_counts(one.counts),
                "lost": [asdict(lost) for lost in one.lost],
                "extends": list(one.extends),
            }
            for one in files
        ]
    }


def of_export(receipt: Receipt) -> dict[str, Any]:
    """Return the receipt of an export."""
    return {
        "path": receipt.path,
        "format": receipt.format,
        "sha256": receipt.sha256,
        "written": _counts(receipt.written),
        "read_back": _counts(receipt.read_back),
        "lost": [asdict(lost) for lost in receipt.lost],
    }


def receipt_document(receipt: Receipt) -> dict[str, Any]:
    """Return what is kept beside an exported file: the receipt, when and by what it was written."""
    return {
        **of_export(receipt),
        "types": {
            "written": dict(receipt.written.types),
            "read_back": dict(receipt.read_back.types),
        },
        "generator": f"pressmark {__version__}",
        "exported_at": utc_now(),
    }


def _counts(counts: Counts) -> dict[str, int]:
    return {
        "articles": counts.articles,
        "annotations": counts.annotations,
        "relations": counts.relations,
    }


def of_stats(stats: Stats) -> dict[str, Any]:
    """Return the figures of a project."""
    return {
        "articles": stats.articles,
        "status": dict(stats.status),
        "annotations": dict(stats.annotations),
        "relations": stats.relations,
        "annotators": [asdict(one) for one in stats.annotators],
    }


def of_check(report: CheckReport) -> dict[str, Any]:
    """Return the result of a check."""
    return {
        "ok": report.ok,
        "findings": [asdict(finding) for finding in report.findings],
        "checked": dict(report.checked),
    }


def of_entry(entry: JournalEntry) -> dict[str, Any]:
    """Return one line of the history."""
    return {
        "seq": entry.seq,
        "at": entry.at,
        "by": entry.by,
        "title": entry.title,
        "article": entry.article,
        "command": json.loads(entry.command),
        "kind": entry.kind,
        "undone": entry.undone,
    }
