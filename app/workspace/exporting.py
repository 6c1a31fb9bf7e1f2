"""Writing a project as a dataset: which layers and articles, and a receipt for what was written."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.exchange.dataset import Bundle, Header, Lost, Receipt
from app.exchange.place import refuse_folder
from app.exchange.pressmark_json import Progress
from app.exchange.profiles import NAMES, Profile, resolving
from app.exchange.registry import Format
from app.exchange.split import divide
from app.model.article import State
from app.model.errors import Refused
from app.workspace.workspace import Workspace

_SQLITE = b"SQLite format 3\0"
_BESIDE = ("-wal", "-shm", "-journal")
"""How the files end that SQLite keeps beside a database while it is open."""


class WrongExport(Refused):
    """OUT or the layers that were asked for cannot be used: the call has to be another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is exported: these layers (none: all), articles of this state (None: all).

    `articles` names them by id instead (None: all). `types` are types of annotations (none: all);
    `since` and `until` ISO 8601 dates, both included: articles without a date are then left out.
    """

    layers: tuple[str, ...] = ()
    state: State | None = None
    articles: frozenset[str] | None = None
    types: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How it is written: figures by a profile, dates worked out, without texts, harmless cells."""

    numbers: Profile = "text"
    dates: bool = False
    without_text: bool = False
    spreadsheet_safe: bool = False


def export(
    workspace: Workspace,
    out: Path,
    format_: Format,
    *,
    selection: Selection | None = None,
    way: Way | None = None,
    progress: Progress = lambda _: None,
) -> Receipt:
    """Write the project to a file, read it back and return the receipt.

    The file that was there stays until the new one is complete. Raises `WrongExport` for an
    OUT that cannot be replaced or an unknown layer, `KnownError` where the disk refuses.
    """
    if format_.write is None:
        raise WrongExport(f"{format_.title} is read, but not written.")
    folder = format_.folder and out.suffix.lower() != ".zip"
    refuse_target(out, Path(workspace.location), folder=folder)
    chosen, how = selection or Selection(), way or Way()
    header, bundles = _prepared(workspace, format_, chosen, how)
    if how.without_text:
        from app.exchange import no_text

        receipt = no_text.write(out, header, bundles, progress)
    else:
        receipt = format_.write(out, header, bundles, progress)
    return replace(receipt, lost=(*receipt.lost, *bundles.lost()))


def losses(
    workspace: Workspace,
    format_: Format,
    *,
    selection: Selection | None = None,
    way: Way | None = None,
) -> tuple[Lost, ...]:
    """Return what an export would leave out, without writing anything."""
    header, bundles = _prepared(workspace, format_, selection or Selection(), way or Way())
    if not format_.module:
        for _ in bundles:
            pass
        return bundles.lost()
    return (*format_.losses(header, bundles), *bundles.lost())


def _prepared(
    workspace: Workspace, format_: Format, chosen: Selection, way: Way
) -> "tuple[Header, _Bundles]":
    resolves = way.dates or way.numbers != "text"
    if resolves and not format_.module:
        raise WrongExport(
            f"{format_.title} keeps what was annotated; figures and dates are worked out for other"
            " formats."
        )
    if way.without_text and format_.name not in {"json", "jsonl"}:
        raise WrongExport("Only Pressmark JSON is written without texts.")
    layers = _layers(workspace, chosen.layers)
    for name in chosen.types:
        if workspace.codebook.type(name) is None:
            known = ", ".join(one.name for one in workspace.codebook.types)
            raise WrongExport(f"There is no type “{name}”; the codebook has {known}.")
    header = Header(
        project=workspace.project,
        codebook=workspace.codebook,
        records=workspace.all_records(),
        annotators=tuple(one for one in workspace.annotators() if one.name in layers),
        spreadsheet_safe=way.spreadsheet_safe,
        resolved=NAMES if resolves else (),
    )
    resolve = resolving(way.numbers, dates=way.dates) if resolves else None
    return header, _Bundles(workspace, chosen, resolve)


def divided(
    workspace: Workspace, selection: Selection, shares: Sequence[float], *, seed: int
) -> dict[str, Selection]:
    """Return the selection of each part of a split: train, dev, test. Like texts stay together."""
    bundles = _Bundles(workspace, selection, None)
    texts = ((bundle.article.id, bundle.article.text) for bundle in bundles)
    parts = divide(texts, shares, seed=seed)
    return {name: replace(selection, articles=ids) for name, ids in parts.items()}


def part_path(out: Path, part: str, format_: Format) -> Path:
    """Return where a part of a split is written: `my.train.jsonl`, `my.train` for a folder."""
    if format_.folder and out.suffix.lower() != ".zip":
        return out.with_name(f"{out.name}.{part}")
    return out.with_name(f"{out.stem}.{part}{out.suffix}")


def write_receipt(receipt: Receipt, out: Path) -> Path:
    """Write a receipt beside what it is of, as `my.json.receipt.json`, and return where."""
    from app.exchange.atomic import atomic_write
    from app.exchange.pressmark_json import dumps
    from app.workspace.reports import receipt_document

    path = out.with_name(f"{out.name}.receipt.json")
    with atomic_write(path) as file:
        file.write(dumps(receipt_document(receipt)))
    return path


def refuse_target(  # noqa: C901 - one case a kind of thing that must not be replaced
    out: Path, project: Path, *, folder: bool = False
) -> None:
    """Refuse a path that is no place for an export: a folder, a device, a project.

    With `folder` the export is one, and may take the place of an earlier export only.
    """
    real = Path(os.path.realpath(out))
    for ending in _BESIDE:
        if real.name.endswith(ending) and _is_database(Path(str(real).removesuffix(ending))):
            raise WrongExport(f"{out} is where a project keeps its latest changes; name another.")
    try:
        mode = out.stat().st_mode
    except OSError:
        return  # whether it can be made is for the writing to find out
    if stat.S_ISDIR(mode) and folder:
        try:
            refuse_folder(out)
        except Refused as refused:
            raise WrongExport(str(refused)) from None
        return
    if stat.S_ISDIR(mode):
        raise WrongExport(f"{out} is a folder; name the file to write.")
    if not stat.S_ISREG(mode):
        raise WrongExport(f"{out} is no ordinary file and cannot be replaced.")
    if folder:
        raise WrongExport(f"{out} is a file; this format makes a folder of that name.")
    if out.samefile(project):
        raise WrongExport(f"{out} is the project itself.")
    if _is_database(out):
        raise WrongExport(f"{out} is a project or another database; name another file.")


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def _layers(workspace: Workspace, wanted: Sequence[str]) -> set[str]:
    """Return the layers that are exported. People who have done nothing yet have none."""
    figures = workspace.stats().annotators
    for name in wanted:
        if name not in {one.name for one in figures}:
            there = ", ".join(one.name for one in figures) or "none"
            raise WrongExport(f"There is no layer “{name}”; the project has {there}.")
    return set(wanted) or {one.name for one in figures if one.articles}


class _Bundles:
    """The articles of an export, counting the relations that lead out of it."""

    def __init__(
        self,
        workspace: Workspace,
        selection: Selection,
        resolve: Callable[[Bundle], Bundle] | None,
    ) -> None:
        self._workspace = workspace
        self._selection = selection
        self._resolve = resolve
        self._cut = 0

    def __iter__(self) -> Iterator[Bundle]:
        self._cut = 0
        layers = self._selection.layers or None
        wanted = self._selection.articles
        found = self._workspace.export_articles(layers, self._selection.state)
        for article, annotations, relations, statuses in found:
            if wanted is not None and article.id not in wanted:
                continue
            if not self._in_time(article.published):
                continue
            kept, marks, types = relations, annotations, self._selection.types
            if types:
                marks = tuple(item for item in annotations if item.type in types)
            if layers or types:
                ids = {annotation.id for annotation in marks}
                kept = tuple(r for r in relations if r.source in ids and r.target in ids)
                self._cut += len(relations) - len(kept)
            bundle = Bundle(article=article, annotations=marks, relations=kept, statuses=statuses)
            yield self._resolve(bundle) if self._resolve else bundle

    def _in_time(self, published: str) -> bool:
        since, until = self._selection.since, self._selection.until
        if not since and not until:
            return True
        return bool(published) and since <= published and published[: len(until)] <= (until or "~")

    def lost(self) -> tuple[Lost, ...]:
        """Return what was left out, after all articles were gone through."""
        reason = "they lead to annotations that are not exported"
        return (Lost(what="relations", count=self._cut, reason=reason),) if self._cut else ()
