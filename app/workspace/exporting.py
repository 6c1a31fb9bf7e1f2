"""Writing a project as a dataset: which layers and articles, and a receipt for what was written."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.exchange.dataset import Bundle, Header, Lost, Receipt
from app.exchange.place import refuse_folder
from app.exchange.pressmark_json import Progress
from app.exchange.registry import Format
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

    `articles` names them by id instead (None: all).
    """

    layers: tuple[str, ...] = ()
    state: State | None = None
    articles: frozenset[str] | None = None


def export(
    workspace: Workspace,
    out: Path,
    format_: Format,
    *,
    selection: Selection | None = None,
    progress: Progress = lambda _: None,
) -> Receipt:
    """Write the project to a file, read it back and return the receipt.

    The file that was there stays until the new one is complete. Raises `WrongExport` for an
    OUT that cannot be replaced or an unknown layer, `KnownError` where the disk refuses.
    """
    chosen = selection or Selection()
    if format_.write is None:
        raise WrongExport(f"{format_.title} is read, but not written.")
    folder = format_.folder and out.suffix.lower() != ".zip"
    refuse_target(out, Path(workspace.location), folder=folder)
    layers = _layers(workspace, chosen.layers)
    header = Header(
        project=workspace.project,
        codebook=workspace.codebook,
        records=workspace.all_records(),
        annotators=tuple(one for one in workspace.annotators() if one.name in layers),
    )
    bundles = _Bundles(workspace, chosen)
    receipt = format_.write(out, header, bundles, progress)
    return replace(receipt, lost=(*receipt.lost, *bundles.lost()))


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

    def __init__(self, workspace: Workspace, selection: Selection) -> None:
        self._workspace = workspace
        self._selection = selection
        self._cut = 0

    def __iter__(self) -> Iterator[Bundle]:
        self._cut = 0
        layers = self._selection.layers or None
        wanted = self._selection.articles
        found = self._workspace.export_articles(layers, self._selection.state)
        for article, annotations, relations, statuses in found:
            if wanted is not None and article.id not in wanted:
                continue
            kept = relations
            if layers:
                ids = {annotation.id for annotation in annotations}
                kept = tuple(r for r in relations if r.source in ids and r.target in ids)
                self._cut += len(relations) - len(kept)
            yield Bundle(
                article=article, annotations=annotations, relations=kept, statuses=statuses
            )

    def lost(self) -> tuple[Lost, ...]:
        """Return what was left out, after all articles were gone through."""
        reason = "they lead to annotations of layers that are not exported"
        return (Lost(what="relations", count=self._cut, reason=reason),) if self._cut else ()
