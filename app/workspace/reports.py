"""The `--json` shapes of CONTRACT.md, made from what the use cases return."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from app import __version__
from app.agreement.figures import (
    Agreement,
    AlphaFigures,
    FieldFigures,
    Found,
    LinkFigures,
    PairFigures,
    SpanFigures,
    Spread,
)
from app.exchange.dataset import Counts, Receipt
from app.exchange.registry import Format
from app.model.changes import JournalEntry
from app.model.ids import utc_now
from app.model.reports import CheckReport, RepairReport, Stats
from app.model.suggestion import Suggestion
from app.workspace import evaluating
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


def of_repair(report: RepairReport) -> dict[str, Any]:
    """Return the result of a repair: a check of what is there now, and what was done before."""
    done = [{**asdict(finding), "done": sentence} for finding, sentence in report.done]
    return {**of_check(report.after), "repaired": done, "kept": report.kept or None}


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


def of_agreement(found: Agreement) -> dict[str, Any]:
    """Return how far layers agree. In a pair `a` is the reference: `fp` is what only `b` has."""
    alpha = found.alpha
    return {
        "pairs": [_pair(pair) for pair in found.pairs],
        "alpha": {
            "layers": list(alpha.layers),
            "articles": alpha.articles,
            "types": {name: _alpha(figures) for name, figures in alpha.types.items()},
            "all": _alpha(alpha.all),
        },
    }


def _pair(pair: PairFigures) -> dict[str, Any]:
    return {
        "a": pair.a,
        "b": pair.b,
        "articles": pair.articles,
        "types": {name: _spans(figures) for name, figures in pair.types.items()},
        "all": _spans(pair.all),
        "attributes": {name: _field(figures) for name, figures in pair.attributes.items()},
        "relations": _links(pair.relations),
        "excluded": [asdict(one) for one in pair.excluded],
    }


def _spans(figures: SpanFigures) -> dict[str, Any]:
    return {
        "exact": _found(figures.exact),
        "overlap": _found(figures.overlap),
        "token_kappa": figures.token_kappa,
        "alpha_u": figures.alpha_u,
        **_why(figures),
        "ci": _spread(figures.spread),
        "excluded": [asdict(one) for one in figures.excluded],
    }


def _found(found: Found) -> dict[str, Any]:
    return {"tp": found.tp, "fp": found.fp, "fn": found.fn, "f1": found.f1, **_why(found)}


def _spread(spread: Spread) -> dict[str, Any]:
    intervals = {
        name: list(ends) if (ends := getattr(spread, name)) else None
        for name in ("f1_exact", "f1_overlap", "token_kappa", "alpha_u")
    }
    return {"level": 0.95, "resamples": spread.resamples, **intervals, **_why(spread)}


def _field(figures: FieldFigures) -> dict[str, Any]:
    alpha = {} if figures.alpha is None else {"alpha": figures.alpha}
    counts = {"n": figures.n, "agree": figures.agree, "kappa": figures.kappa}
    return {**counts, **alpha, **_why(figures)}


def _links(figures: LinkFigures) -> dict[str, Any]:
    return {
        "roles": {role: _found(found) for role, found in figures.roles.items()},
        "all": _found(figures.all),
        "linked": figures.linked,
        "kappa": figures.kappa,
        **_why(figures),
    }


def _alpha(figures: AlphaFigures) -> dict[str, Any]:
    return {
        "alpha_u": figures.alpha_u,
        "token_alpha": figures.token_alpha,
        **_why(figures),
    }


def _why(
    figures: AlphaFigures | FieldFigures | Found | LinkFigures | SpanFigures | Spread,
) -> dict[str, str]:
    return {"why": figures.why} if figures.why else {}


def of_suggestion(one: Suggestion) -> dict[str, Any]:
    """Return a suggestion as a line of `pressmark suggest`."""
    return {
        "article": one.article,
        "type": one.type,
        "fragments": [{"start": f.start, "end": f.end, "text": f.text} for f in one.fragments],
        "attributes": dict(one.attributes),
        "relations": [
            {"role": link.role, "to": {"start": link.start, "end": link.end}} for link in one.links
        ],
        "score": one.score,
        "suggester": one.suggester,
        "reason": one.reason,
    }


def of_evaluation(found: evaluating.Evaluation) -> dict[str, Any]:
    """Return the report of `pressmark evaluate`."""
    return {
        "against": found.against,
        "articles": found.articles,
        "types": {name: _score(score) for name, score in found.types.items()},
        "all": _score(found.all),
        "suggesters": {name: _score(score) for name, score in found.suggesters.items()},
        "speakers": {"n": found.speakers.n, "right": found.speakers.right},
        "attributes": {
            type_name: {name: {"n": one.n, "agree": one.right} for name, one in fields.items()}
            for type_name, fields in found.attributes.items()
        },
        "curve": [
            {"from": first, "to": last, **_score(score)} for first, last, score in found.curve
        ],
    }


def _score(score: evaluating.Score) -> dict[str, Any]:
    return {"exact": _measured(score.exact), "overlap": _measured(score.overlap)}


def _measured(counts: Found) -> dict[str, Any]:
    return {
        "tp": counts.tp,
        "fp": counts.fp,
        "fn": counts.fn,
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
    }
