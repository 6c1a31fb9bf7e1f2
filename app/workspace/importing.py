"""Bringing files into a project: what each becomes, what is there already, what is refused and why.

Files that are good go in together, as few undo steps as memory allows; one that is refused holds
no other up.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Literal, Protocol

from app.exchange import foreign_article
from app.exchange.consistency import Consistency
from app.exchange.dataset import Bundle, Counts, Dataset, Header, Lost, summed
from app.exchange.registry import FORMATS, Format, format_named, format_of, whole_folder
from app.model.annotation import GOLD
from app.model.article import Article
from app.model.codebook import Codebook
from app.model.commands import (
    AddAnnotation,
    AddAnnotator,
    AddArticle,
    AddRecord,
    AddRelation,
    Batch,
    Command,
    Erase,
    SetCodebook,
    SetProject,
    SetStatus,
)
from app.model.entries import MERGED, ids_of
from app.model.errors import InputRefused, KnownError, Refused
from app.model.registry import Record
from app.model.wording import natural, several
from app.workspace.fitting import Home, fit
from app.workspace.workspace import Workspace

Result = Literal["imported", "duplicate", "refused"]


class Do(Protocol):
    """What writes a command: `Workspace.do`, or something that has it done."""

    def __call__(self, command: Command, *, title: str) -> object:
        """Write; raises what `Workspace.do` raises."""


_MOST_TEXT = 16_000_000
_MOST_STEPS = 100_000
"""One step of the import: what is beyond goes into a further one, so that memory has a bound."""


_ONE_AS_LONG_AS = 50
"""Asking for one text takes as long as fetching the hashes of so many, when all are fetched."""

_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters of a name in an archive that are not shown: controls, and those that turn it round."""

_WITHOUT_TEXT = {".qdc": "it is a codebook of REFI-QDA alone, with no text in it"}
"""Files that people have beside their articles, and why nothing comes of them."""

_OF_INCEPTION, _DEPTH = frozenset({"webanno-tsv", "cas-xmi", "cas-json"}), 3
_LISTED = 12
"""So many additions to a codebook or faults of a file are named one by one."""


def _whose(path: Path, name: str) -> str:
    """Return whose marks a file holds by where INCEpTION puts it, empty where that says nothing.

    An exported project has `annotation/story.txt/PERSON.tsv`, and `curation/story.txt/…` for what
    was settled.
    """
    if name not in _OF_INCEPTION or len(path.parts) <= _DEPTH or not path.parent.suffix:
        return ""
    folder = path.parts[-_DEPTH]
    if folder == "curation":
        return GOLD
    return path.stem if folder == "annotation" and path.stem != "INITIAL_CAS" else ""


class ImportStopped(KnownError):
    """The project could not be written: no further file has a chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the person who imports knows about the articles; empty fields are left as they are."""

    title: str = ""
    source: str = ""
    url: str = ""
    author: str = ""
    published: str = ""
    language: str = ""

    def of(self, article: Article) -> Article:
        """Return the article with what is known put in."""
        given = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}
        return replace(article, **given)

    def over(self, other: "Known") -> "Known":
        """Return this, with what another knows where this knows nothing."""
        names = self.__slots__
        if not other:
            return self
        return Known(**{name: getattr(self, name) or getattr(other, name) for name in names})

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of one file. `reason` says why it was refused, or what was guessed.

    `extends` says what the codebook gets, or would have to get, for its annotations.
    """

    path: str
    format: str
    result: Result
    reason: str = ""
    counts: Counts = field(default_factory=Counts)
    lost: tuple[Lost, ...] = ()
    extends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file to import, and why it cannot be where that shows from outside.

    In a zip `archive` it is the file at the place `member` there, and `path` only says where.
    `known`, `encoding` and `mapping` are what somebody said about this file alone; a mapping has
    pairs of a field and a column (`columns_of.FIELDS`).
    """

    path: Path
    format: Format | None
    reason: str = ""
    known: Known = Known()
    encoding: str = ""
    mapping: tuple[tuple[str, str], ...] = ()
    archive: Path | None = None
    member: int = -1
    name: str = ""
    """What the archive calls the file; never used as a path."""
    size: int = 0
    """How many bytes the archive says it has."""
    place: Path | None = None
    """Where it lies, where that is not what `path` says: it was unpacked."""
    kept: object = field(default=None, repr=False, compare=False)
    """What keeps it there."""

    @property
    def where(self) -> Path:
        """Where it is read from."""
        return self.place or self.path


def find_files(
    paths: Iterable[Path], format_: Format | None = None, *, project: str = ""
) -> list[Found]:
    """Return the files to import: those named, and all in the folders and zip files named.

    They come in order of name, those of a zip file in its own order. Hidden files and folders are
    passed over in a folder, and so is the project itself. Without a format the file's extension and
    its beginning decide; a file without an extension is taken for plain text.
    """
    found: list[Found] = []
    for path in paths:
        whole = format_ if format_ is not None and format_.folder else whole_folder(path)
        if whole is not None and os.path.isdir(path):  # noqa: PTH112 - as below
            found.append(Found(path=path, format=whole))
        elif os.path.isdir(path):  # noqa: PTH112 - unlike Path.is_dir it takes any path without raising
            closed: list[OSError] = []
            files = list(_walk(path, closed.append))
            mine = (one for one in files if not _is_of(one, project))
            found += (each for one in mine for each in _in(one, format_))
            found += map(_closed, closed)
        else:
            found += _in(path, format_)
    return list({(one.path, one.member): one for one in found}.values())


def _in(path: Path, format_: Format | None) -> list[Found]:
    """Return the file, or the files in it where it is a zip file of articles."""
    chosen = format_ or format_of(path)
    is_zip = path.suffix.lower() == ".zip" and path.is_file()
    if not is_zip or (chosen is not None and not chosen.in_child):
        return [_found(path, chosen)]
    try:
        listed = foreign_article.members(path)
    except InputRefused as refusal:
        return [Found(path=path, format=None, reason=str(refusal))]
    if not listed:
        return [Found(path=path, format=None, reason="it is a zip file without a file in it")]
    found = [_member(path, one, format_) for one in listed]
    if not any(one.format is not None and not one.format.in_child for one in found):
        return found
    try:
        inside = _unpacked(path, listed, format_)
    except InputRefused as refusal:
        return [Found(path=path, format=None, reason=str(refusal))]
    return [*inside, *(one for one, said in zip(found, listed, strict=True) if "why_not" in said)]


def _unpacked(
    path: Path, listed: Sequence[Mapping[str, Any]], format_: Format | None
) -> list[Found]:
    """Return what lies in a zip file of annotated files, read from where it was unpacked.

    Raises `InputRefused`, and `KnownError` where there is no room.
    """
    from app.exchange.unpacked import unpack  # few zip files hold annotations

    folder = unpack(path, listed)
    return [
        replace(one, path=path / one.path.relative_to(folder.path), place=one.path, kept=folder)
        for one in find_files([folder.path], format_)
    ]


def _member(path: Path, said: dict[str, Any], format_: Format | None) -> Found:
    """Return one file of a zip file. Its name leads nowhere: it is only shown."""
    name = said["name"]
    parts = [part for part in re.split(r"[\\/]", name) if part not in {"", ".", ".."}]
    shown = path.joinpath(*(_SHOWN.sub("\ufffd", part) for part in parts))
    found = Found(
        path=shown,
        format=None,
        archive=path,
        member=said["member"],
        name=name,
        size=said["size"],
    )
    if "why_not" in said:
        return replace(found, reason=said["why_not"])
    told = format_named(said["format"]) if said["format"] else None
    chosen = format_ or told or _found(Path(shown.name), None).format
    if chosen is None:
        return replace(found, reason=_found(Path(shown.name), None).reason)
    return replace(found, format=chosen)


def _closed(problem: OSError) -> Found:
    reason = f"the folder cannot be read: {problem.strerror}"
    return Found(path=Path(problem.filename), format=None, reason=reason)


def _is_of(path: Path, project: str) -> bool:
    """Tell whether a file is the project's own, or lies beside it while it is open."""
    own = {project, f"{project}-wal", f"{project}-shm"}
    return (
        bool(project) and os.path.realpath(path) in own
    )  # Path.resolve fails on links in a circle


def _walk(folder: Path, on_error: Callable[[OSError], None]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=on_error):
        folders[:] = sorted((f for f in folders if not f.startswith(".")), key=natural)
        yield from (
            Path(place, name) for name in sorted(names, key=natural) if not name.startswith(".")
        )


def _found(path: Path, format_: Format | None) -> Found:
    chosen = format_ or format_of(path) or (None if path.suffix else format_named("text"))
    if chosen is None and (reason := _WITHOUT_TEXT.get(path.suffix.lower())):
        return Found(path=path, format=None, reason=reason)
    if chosen is None:
        endings = (ending for one in FORMATS if one.read for ending in one.extensions)
        known = ", ".join(dict.fromkeys(endings))
        reason = f"no format reads {path.suffix} files, only {known}; --format names one"
        return Found(path=path, format=None, reason=reason)
    return Found(path=path, format=chosen)


def read(
    file: Found,
    encoding: str = "",
    tell: Callable[[], None] = foreign_article.go_on,
    ahead: foreign_article.Ahead | None = None,
) -> Dataset:
    """Return what a file holds. `encoding` is for text files of which nobody said it.

    `tell` is called for each article that is read out of a foreign file; what it raises ends that.
    `ahead` has been told of the files that come, with the same encoding.

    Raises `InputRefused` with the reason where it cannot be used, `KnownError` where it cannot be
    reached.
    """
    if file.format is None:
        raise InputRefused(file.reason)
    if file.format.read is None:
        raise InputRefused(f"{file.format.title} is written, but not read")
    options = _options(file, encoding)
    if (member := member_of(file, options)) is not None:
        return foreign_article.read_member(member, tell=tell, ahead=ahead)
    if file.format.name != "text":
        return file.format.read(file.where, tell=tell, **options)
    return file.format.read(file.where, **options)


def ahead_of(files: Iterable[Found], encoding: str = "") -> foreign_article.Ahead:
    """Return what reads those of the files together that lie in archives."""
    members = (member_of(file, _options(file, encoding)) for file in files)
    return foreign_article.Ahead(filter(None, members))


def member_of(file: Found, options: Mapping[str, Any]) -> foreign_article.Member | None:
    """Return a file of an archive, read with options, or None where it lies in none."""
    if file.archive is None or file.format is None:
        return None
    return foreign_article.Member(
        path=file.archive,
        place=file.member,
        name=file.name,
        size=file.size,
        module=file.format.in_child,
        options=options,
    )


def _options(file: Found, encoding: str) -> dict[str, Any]:
    taken = file.format.options if file.format else ()
    given = {"encoding": file.encoding or encoding, "mapping": dict(file.mapping)}
    return {name: it for name, it in given.items() if it and name in taken}


def import_files(
    workspace: Workspace,
    files: Sequence[Found],
    *,
    known: Known | None = None,
    encoding: str = "",
    dry_run: bool = False,
    extend: bool = False,
    layer: str = "",
    progress: Callable[[int], None] = lambda _: None,
    do: Do | None = None,
    take_back: Callable[[str], object] = lambda _: None,
) -> list[FileReport]:
    """Import files and return what became of each, in their order.

    With `dry_run` nothing is written. A file of others that needs more than the codebook has is
    refused, unless `extend` allows to add it; `layer` gets annotations of nobody in particular, the
    layer that is worked on where it is empty. Raises `ImportStopped` where the disk refuses: then
    the files since the last step that was written are not in the project, and the message says so.
    `do` writes instead of `workspace.do`, where the files are read by a thread that must not.
    `progress` hears how many files are done, also while a large one is read. What
    `progress` or `do` raises beyond that ends the import; nothing of the current step is written.
    A file too large for one step is written in several; where it ends in the middle, `take_back` is
    given the title of each that was written, the last one first.
    """
    intake = _Intake(
        workspace,
        known=known or Known(),
        encoding=encoding,
        dry_run=dry_run,
        do=do or workspace.do,
        extend=extend,
        layer=layer,
        ahead=ahead_of(files, encoding),
    )
    for number, file in enumerate(files):
        intake.tell = partial(progress, number)
        try:
            intake.take(file)
        except BaseException:
            for title in reversed(intake.halves):
                take_back(title)
            raise
        progress(number + 1)
    intake.flush()
    return intake.reports


def try_document(workspace: Workspace, file: Found, dataset: Dataset) -> FileReport:
    """Return what would become of a document that was read, without writing anything."""
    intake = _Intake(
        workspace, known=Known(), encoding="", dry_run=True, do=workspace.do, extend=True
    )
    intake.take(file, dataset)
    return intake.reports[0]


class _Intake:
    """Collects commands file by file and hands them to the project in large steps."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        known: Known,
        encoding: str,
        dry_run: bool,
        do: Do,
        extend: bool = False,
        layer: str = "",
        ahead: foreign_article.Ahead | None = None,
    ) -> None:
        self.reports: list[FileReport] = []
        self.tell: Callable[[], None] = foreign_article.go_on
        self.halves: list[str] = []
        """The titles of the steps that hold part of the file that is taken in now."""
        self._before = 0
        """How many of the steps that wait are of other files."""
        self._workspace = workspace
        self._do = do
        self._known = known
        self._encoding = encoding
        self._ahead = ahead
        self._dry_run = dry_run
        self._extend = extend
        self._layer = layer or workspace.layer
        self._steps: list[Command] = []
        self._text = 0
        self._waiting: set[int] = set()
        self._safe: dict[int, Counts] = {}
        self._ids = set(workspace.article_ids())
        self._texts = _Texts(workspace, len(self._ids))
        self._there: _There | None = None
        self._many = False

    def take(self, file: Found, dataset: Dataset | None = None) -> None:
        """Read one file, unless that was done, and plan it in."""
        self.halves, self._before = [], len(self._steps)
        name = file.format.name if file.format else ""
        report = FileReport(
            path=str(file.path),
            format=name,
            result="duplicate",
            reason="the project has it already",
        )
        number = len(self.reports)
        self.reports.append(report)
        try:
            dataset = dataset or read(file, self._encoding, self.tell, self._ahead)
            if dataset.foreign:
                self._take_foreign(number, dataset, name, _whose(file.path, name) or self._layer)
            elif dataset.header is None:
                self._take_articles(number, dataset, file.known)
            else:
                self._take_document(number, dataset, dataset.header)
        except ImportStopped:
            raise
        except (Refused, KnownError) as error:
            self._refuse(number, str(error))

    def flush(self, *, after: int = 0) -> None:
        """Hand what was collected to the project, as one undo step.

        With `after` the steps from there on go on waiting: they are of the file that is taken in.
        """
        cut = after or len(self._steps)
        steps, self._steps = tuple(self._steps[:cut]), self._steps[cut:]
        number = len(self.reports) - 1
        waiting = sorted(self._waiting - {number} if after else self._waiting)
        self._waiting = {number} & self._waiting if after else set()
        self._text, self._before = 0, 0
        if not steps or self._dry_run:
            return
        articles = sum(isinstance(step, AddArticle) for step in steps)
        title = f"import {several(articles, 'article')}"
        try:
            self._do(Batch(steps=steps), title=title)
        except Refused as refused:
            for number in waiting:
                self._refuse(number, str(refused))
            self._ids = set(self._workspace.article_ids())
            self._texts.planned.clear()
        except KnownError as error:
            safe = f" {len(self._safe):,} files were imported before." if self._safe else ""
            message = f"{error} Nothing of this step was imported.{safe}"
            raise ImportStopped(message) from error
        else:
            self._safe |= {number: self.reports[number].counts for number in waiting}
            self.halves += [title] if len(self.reports) - 1 in waiting else []
        self._texts.ask_anew(len(self._ids))
        self._there = None

    def _take_articles(self, number: int, dataset: Dataset, own: Known) -> None:
        own = own.over(self._known)
        self._many = many = len(list(islice(dataset.articles, 2))) > 1
        if many:
            own = replace(own, title="", url="")  # those are of one article alone
        there = 0
        for bundle in dataset.articles:
            if many:
                self.tell()
            known = replace(bundle, article=own.of(bundle.article)) if own else bundle
            steps = self._article(known, [])
            there += not steps
            self._put(number, steps, known)
        if self.reports[number].result == "imported":
            twice = f"{several(there, 'article')} left out: the project has the text already"
            notes = [dataset.note, twice if there else ""]
            reason = "; ".join(filter(None, notes))
            if reason or dataset.lost:
                self._note(number, reason=reason, lost=dataset.lost)

    def _take_foreign(self, number: int, dataset: Dataset, name: str, layer: str) -> None:
        """Fit a file of others to the codebook, and plan it in like a document of our own."""
        workspace = self._workspace
        self.flush()
        home = Home(
            project=workspace.project,
            codebook=workspace.codebook,
            records=workspace.all_records(),
            layer=layer,
        )
        fitted = fit(dataset, home, origin=name)
        extension, header = fitted.extension, fitted.dataset.header
        self.reports[number] = replace(self.reports[number], extends=extension.lines)
        if header is None:  # pragma: no cover - fitting always gives one
            return
        if extension and not self._extend and not self._dry_run:
            listed = "; ".join(extension.lines[:_LISTED])
            more = len(extension.lines) - _LISTED
            listed += f"; and {more:,} more" if more > 0 else ""
            raise InputRefused(
                f"the codebook lacks {extension.summary}, which --extend adds: {listed}"
            )
        checks = Consistency(header_with(header, home.records))
        for place, bundle in enumerate(fitted.dataset.articles):
            checks.article(place, bundle)
        if checks.problems:
            raise InputRefused("; ".join(checks.problems[:_LISTED]))
        self._take_document(number, fitted.dataset, header)

    def _take_document(self, number: int, dataset: Dataset, header: Header) -> None:
        """Plan in a document. What it is held against has to be in the project first."""
        self.flush()
        lost = list(dataset.lost)
        try:
            self._put(number, self._head(dataset, header, lost))
            for bundle in dataset.articles:
                self._put(number, self._article(bundle, lost), bundle)
                if self.reports[number].result == "refused":
                    return
        except (Refused, KnownError):
            # Nothing planned for this file is in the project: no other may be held against it.
            self._steps.clear()
            self._waiting.clear()
            self._text = 0
            self._ids = set(self._workspace.article_ids())
            self._texts.planned.clear()
            self._there = None
            raise
        report = self.reports[number]
        if report.result == "imported":
            old = not report.counts.articles and report.counts.annotations
            reason = "annotations were added to articles that the project has" if old else ""
            self._note(number, reason=reason)
        self.reports[number] = replace(self.reports[number], lost=tuple(summed(lost)))
        self.flush()

    def _put(self, number: int, steps: list[Command], bundle: Bundle | None = None) -> None:
        if not steps:
            return
        self._steps += steps
        self._waiting.add(number)
        counts = _added(self.reports[number].counts, steps)
        self.reports[number] = replace(
            self.reports[number], result="imported", reason="", counts=counts
        )
        self._text += len(bundle.article.text) if bundle else 0
        if self._text > _MOST_TEXT or len(self._steps) > _MOST_STEPS:
            # What is of one file alone can be taken back where that file ends in the middle.
            self.flush(after=self._before if self._many else 0)

    def _note(self, number: int, *, reason: str, lost: tuple[Lost, ...] = ()) -> None:
        self.reports[number] = replace(self.reports[number], reason=reason, lost=lost)

    def _refuse(self, number: int, reason: str) -> None:
        safe = self._safe.get(number, Counts())
        if safe.articles:
            reason += f" Its first {safe.articles:,} articles are in the project."
        self.reports[number] = replace(
            self.reports[number], result="refused", reason=reason, counts=safe
        )

    def _head(self, dataset: Dataset, header: Header, lost: list[Lost]) -> list[Command]:
        """Return what takes over the registry and the annotators.

        An empty project becomes the one that the document comes from.
        """
        workspace = self._workspace
        records = {record.id: record for record in workspace.all_records()}
        steps: list[Command] = []
        if dataset.foreign:
            if header.codebook != workspace.codebook:
                steps.append(SetCodebook(codebook=header.codebook))
        elif not self._ids and not records:
            steps += _identity(workspace, header)
        elif not _same(header.codebook, workspace.codebook):
            self._refuse_what_does_not_fit(dataset, header)
        names = {annotator.name for annotator in workspace.annotators()}
        if dataset.foreign:
            names.add(workspace.annotator)  # every step adds whoever does it
        steps += [AddAnnotator(annotator=a) for a in header.annotators if a.name not in names]
        merged = {one for record in records.values() for one in ids_of(record, MERGED)}
        steps += [
            AddRecord(record=r)
            for r in header.records
            if r.id not in records and r.id not in merged
        ]
        differing = sum(
            record.id in records and replace(records[record.id], version=0) != record
            for record in header.records
        )
        if differing:
            reason = "the project has them with other contents, which were kept"
            lost.append(Lost(what="registry entries", count=differing, reason=reason))
        return steps

    def _refuse_what_does_not_fit(self, dataset: Dataset, header: Header) -> None:
        checks = Consistency(replace(header, codebook=self._workspace.codebook))
        for number, bundle in enumerate(dataset.articles):
            checks.article(number, bundle)
        if checks.problems:
            first = checks.problems[0]
            raise InputRefused(f"it does not fit the codebook of this project: {first}")

    def _article(self, bundle: Bundle, lost: list[Lost]) -> list[Command]:
        article = bundle.article
        there = self._texts.article(article.sha256)
        if there is not None:
            return self._annotations_for(there, bundle, lost)
        if article.id in self._ids:
            raise InputRefused(f"the project has another text under the id of “{article.title}”")
        self._ids.add(article.id)
        self._texts.planned[article.sha256] = article.id
        return [
            AddArticle(article=article),
            *(AddAnnotation(annotation=annotation) for annotation in bundle.annotations),
            *(AddRelation(relation=relation) for relation in bundle.relations),
            *(SetStatus(status=status) for status in bundle.statuses),
        ]

    def _annotations_for(self, there: str, bundle: Bundle, lost: list[Lost]) -> list[Command]:
        """Return what adds the annotations that an article of the project does not have yet."""
        if not bundle.annotations:
            return []
        if self._there is None:
            self._there = _There(self._workspace)
        present = self._there
        fresh = [a for a in bundle.annotations if a.id not in present.annotations]
        changed = sum(
            present.annotations.get(a.id, a.version) != a.version for a in bundle.annotations
        )
        if changed:
            reason = "the project has another version of them, which was kept"
            lost.append(Lost(what="annotations", count=changed, reason=reason))
        steps: list[Command] = [
            AddAnnotation(annotation=replace(annotation, article=there)) for annotation in fresh
        ]
        steps += [
            AddRelation(relation=replace(relation, article=there))
            for relation in bundle.relations
            if relation.id not in present.relations
        ]
        layers = {annotation.layer for annotation in fresh} - present.layers.get(there, set())
        steps += [
            SetStatus(status=replace(status, article=there))
            for status in bundle.statuses
            if status.layer in layers
        ]
        return steps


def header_with(header: Header, records: Iterable[Record]) -> Header:
    """Return a header whose registry has these records as well."""
    own = {record.id for record in header.records}
    return replace(header, records=(*header.records, *(r for r in records if r.id not in own)))


class _Texts:
    """Which texts the project has, or will have once what is planned is written.

    The project is asked for one text after the other, until fetching all of them is less work.
    """

    def __init__(self, workspace: Workspace, count: int) -> None:
        self.planned: dict[str, str] = {}
        """The texts that were planned in, and the ids of their articles."""
        self._workspace = workspace
        self.ask_anew(count)

    def ask_anew(self, count: int) -> None:
        """Forget what the project had; something was written. It has `count` articles or so."""
        self._all: dict[str, str] | None = None
        self._one_by_one = count // _ONE_AS_LONG_AS

    def article(self, sha256: str) -> str | None:
        """Return the id of the article with this text."""
        if sha256 in self.planned:
            return self.planned[sha256]
        if self._all is None and self._one_by_one == 0:
            self._all = self._workspace.article_hashes()
        if self._all is not None:
            return self._all.get(sha256)
        self._one_by_one -= 1
        return self._workspace.article_by_hash(sha256)


class _There:
    """Which annotations and relations the project has, for articles that come again."""

    def __init__(self, workspace: Workspace) -> None:
        self.annotations: dict[str, int] = {}
        self.relations: set[str] = set()
        self.layers: dict[str, set[str]] = {}
        for article, annotations, relations, statuses in workspace.export_articles():
            self.annotations |= {annotation.id: annotation.version for annotation in annotations}
            self.relations |= {relation.id for relation in relations}
            layers = {annotation.layer for annotation in annotations}
            self.layers[article.id] = layers | {status.layer for status in statuses}


def _identity(workspace: Workspace, header: Header) -> list[Command]:
    """Return what makes an empty project the one that a document was written from."""
    steps: list[Command] = []
    if header.project != workspace.project:
        steps.append(SetProject(project=header.project))
    current = workspace.codebook
    if header.codebook != current:
        wanted = header.codebook
        if current.revision == wanted.revision:
            # Nothing was annotated under the codebook that goes, so its number is free again.
            steps.append(Erase(what="codebook", id=str(current.revision)))
        elif current.revision > wanted.revision:
            wanted = replace(wanted, revision=current.revision + 1)
        steps.append(SetCodebook(codebook=wanted))
    return steps


def _same(one: Codebook, other: Codebook) -> bool:
    return replace(one, revision=0) == replace(other, revision=0)


def _added(counts: Counts, steps: list[Command]) -> Counts:
    return Counts(
        articles=counts.articles + sum(isinstance(step, AddArticle) for step in steps),
        annotations=counts.annotations + sum(isinstance(step, AddAnnotation) for step in steps),
        relations=counts.relations + sum(isinstance(step, AddRelation) for step in steps),
    )
