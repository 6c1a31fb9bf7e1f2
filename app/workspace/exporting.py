"""Writing a project as a dataset: which layers and articles, and a receipt for what was written."""

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.exchange.dataset import Bundle, Counts, Header, Lost, Receipt, summed
from app.exchange.place import fingerprint, refuse_folder, replaced
from app.exchange.pressmark_json import Progress
from app.exchange.profiles import NAMES, Profile, resolving
from app.exchange.registry import Format, Writer
from app.exchange.split import divide
from app.model.article import State
from app.model.errors import Refused
from app.model.ids import new_id
from app.model.receipt import KeptReceipt
from app.model.wording import several
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
    """How it is written: figures by a profile, dates worked out, without texts, harmless cells.

    Or without the comments of marks and articles, or a folder with a file for each article.
    """

    numbers: Profile = "text"
    dates: bool = False
    without_text: bool = False
    without_comments: bool = False
    spreadsheet_safe: bool = False
    per_article: bool = False


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
    chosen, how = selection or Selection(), way or Way()
    refuse_target(out, Path(workspace.location), folder=makes_folder(out, format_, how))
    header, bundles = _prepared(workspace, format_, chosen, how)
    if how.per_article:
        receipt = _write_each(
            out, format_, header, bundles, without_text=how.without_text, progress=progress
        )
    else:
        write = _writer(format_, without_text=how.without_text)
        receipt = write(out, header, bundles, progress)
    return replace(receipt, lost=(*receipt.lost, *bundles.lost()))


def makes_folder(out: Path, format_: Format, way: Way) -> bool:
    """Tell whether OUT becomes a folder of files."""
    return way.per_article or (format_.folder and out.suffix.lower() != ".zip")


def _writer(format_: Format, *, without_text: bool) -> Writer:
    if without_text:
        from app.exchange import no_text

        return no_text.write
    if format_.write is None:
        raise WrongExport(f"{format_.title} is read, but not written.")
    return format_.write


def _write_each(
    out: Path,
    format_: Format,
    header: Header,
    articles: Iterable[Bundle],
    *,
    without_text: bool,
    progress: Progress,
) -> Receipt:
    """Write a file for each article, `0001.json` and so on, into a folder that is there at once."""
    write = _writer(format_, without_text=without_text)
    written, read_back, lost = Counts(), Counts(), list[Lost]()
    with replaced(out, folder=True) as made:
        for number, bundle in enumerate(articles, start=1):
            path = made / f"{number:04}{format_.ending}"
            receipt = write(path, header, (bundle,), lambda _: None)
            written, read_back = written.plus(receipt.written), read_back.plus(receipt.read_back)
            lost += receipt.lost
            progress(number)
        if not written.articles:
            raise Refused("There is no article to write.")
        sha256 = fingerprint(made)
    return Receipt(
        path=str(out),
        format=format_.name,
        sha256=sha256,
        written=written,
        read_back=read_back,
        lost=tuple(summed(lost)),
    )


def losses(
    workspace: Workspace,
    format_: Format,
    *,
    selection: Selection | None = None,
    way: Way | None = None,
) -> tuple[Lost, ...]:
    """Return what an export would leave out, without writing anything."""
    chosen, how = selection or Selection(), way or Way()
    header, bundles = _prepared(workspace, format_, chosen, how)
    if format_.module:
        return (*format_.losses(header, bundles), *bundles.lost())
    texts = 0
    if chosen.layers or chosen.types or how.without_text or how.without_comments:
        texts = sum(1 for _ in bundles)
    if how.without_text:
        from app.exchange import no_text

        return (no_text.lost(texts), *bundles.lost())
    return bundles.lost()


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
    if way.per_article and format_.folder:
        raise WrongExport(f"{format_.title} is written as several files already.")
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
    return header, _Bundles(workspace, chosen, resolve, without_comments=way.without_comments)


def in_time(published: str, selection: Selection) -> bool:
    """Tell whether an article of that date is within the days that are exported."""
    since, until = selection.since, selection.until
    if not since and not until:
        return True
    return bool(published) and since <= published and published[: len(until)] <= (until or "~")


def one_article(
    workspace: Workspace, article_id: str, selection: Selection, way: Way
) -> Bundle | None:
    """Return an article as it would be written, None where it is not in the project any more."""
    wanted = replace(selection, articles=frozenset({article_id}))
    return next(
        iter(_Bundles(workspace, wanted, None, without_comments=way.without_comments)), None
    )


def divided(
    workspace: Workspace, selection: Selection, shares: Sequence[float], *, seed: int
) -> dict[str, Selection]:
    """Return the selection of each part of a split: train, dev, test. Like texts stay together."""
    bundles = _Bundles(workspace, selection, None)
    texts = ((bundle.article.id, bundle.article.text) for bundle in bundles)
    parts = divide(texts, shares, seed=seed)
    return {name: replace(selection, articles=ids) for name, ids in parts.items()}


def part_path(out: Path, part: str, format_: Format, way: Way = Way()) -> Path:
    """Return where a part of a split is written: `my.train.jsonl`, `my.train` for a folder."""
    if makes_folder(out, format_, way):
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


def keep_receipt(workspace: Workspace, receipt: Receipt) -> None:
    """Keep a receipt in the project. Raises `Refused` and `KnownError` where it takes none."""
    from app.workspace.reports import receipt_document

    document = receipt_document(receipt) | {"codebook_revision": workspace.codebook.revision}
    kept = KeptReceipt(
        id=new_id(),
        at=str(document["exported_at"]),
        by=workspace.annotator,
        path=str(Path(receipt.path).absolute()),
        format=receipt.format,
        sha256=receipt.sha256,
        document=json.dumps(document, ensure_ascii=False),
    )
    articles = several(receipt.written.articles, "article")
    workspace.keep_receipt(kept, title=f"export {articles} as {receipt.format}")


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
        *,
        without_comments: bool = False,
    ) -> None:
        self._workspace = workspace
        self._selection = selection
        self._resolve = resolve
        self._without_comments = without_comments
        self._cut = self._silenced = 0

    def __iter__(self) -> Iterator[Bundle]:
        self._cut = self._silenced = 0
        layers = self._selection.layers or None
        wanted = self._selection.articles
        only = next(iter(wanted)) if wanted is not None and len(wanted) == 1 else None
        found = self._workspace.export_articles(layers, self._selection.state, only=only)
        for article, annotations, relations, statuses in found:
            if wanted is not None and article.id not in wanted:
                continue
            if not in_time(article.published, self._selection):
                continue
            kept, marks, types = relations, annotations, self._selection.types
            if types:
                marks = tuple(item for item in annotations if item.type in types)
            if layers or types:
                ids = {annotation.id for annotation in marks}
                kept = tuple(r for r in relations if r.source in ids and r.target in ids)
                self._cut += len(relations) - len(kept)
            bundle = Bundle(article=article, annotations=marks, relations=kept, statuses=statuses)
            if self._without_comments:
                bundle = self._silent(bundle)
            yield self._resolve(bundle) if self._resolve else bundle

    def _silent(self, bundle: Bundle) -> Bundle:
        """Return an article without what people wrote about its marks and about it."""
        self._silenced += sum(bool(one.comment) for one in bundle.annotations)
        self._silenced += sum(bool(one.note) for one in bundle.statuses)
        return replace(
            bundle,
            annotations=tuple(replace(one, comment="") for one in bundle.annotations),
            statuses=tuple(replace(one, note="") for one in bundle.statuses),
        )

    def lost(self) -> tuple[Lost, ...]:
        """Return what was left out, after all articles were gone through."""
        links = "they lead to annotations that are not exported"
        found = (
            Lost(what="relations", count=self._cut, reason=links),
            Lost(what="comments", count=self._silenced, reason="they were left out on request"),
        )
        return tuple(one for one in found if one.count)
