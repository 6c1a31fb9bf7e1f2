"""What an import would bring, file by file, before anything is written; and what can be mended.

`look` reads one file and is for a worker; `Plan` holds what was seen and what somebody said to it.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from app.exchange.dataset import Counts, Dataset, Lost
from app.exchange.foreign_article import Ahead
from app.exchange.registry import format_named
from app.exchange.text_file import EncodingUnknown, printable
from app.model.article import Article
from app.model.errors import KnownError, Refused
from app.model.registry import Project
from app.model.text import paragraphs
from app.model.wording import several
from app.workspace.file_names import Pattern
from app.workspace.fitting import Home, fit
from app.workspace.importing import FileReport, Found, Known, read, try_document
from app.workspace.mapping import Columns, look_at
from app.workspace.sample import press_codebook
from app.workspace.workspace import Workspace

EXCERPT = 6_000
"""Characters of an article that are kept for the preview."""

Standing = Literal["ready", "look", "duplicate", "refused"]

ENCODINGS: tuple[tuple[str, str], ...] = (
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows-1252, Western"),
    ("cp1250", "Windows-1250, Central European"),
    ("cp1251", "Windows-1251, Cyrillic"),
    ("cp1253", "Windows-1253, Greek"),
    ("cp1254", "Windows-1254, Turkish"),
    ("cp1255", "Windows-1255, Hebrew"),
    ("cp1256", "Windows-1256, Arabic"),
    ("cp1257", "Windows-1257, Baltic"),
    ("iso8859-1", "Latin 1, Western"),
    ("iso8859-2", "Latin 2, Central European"),
    ("iso8859-15", "Latin 9, Western with €"),
    ("iso8859-5", "ISO 8859-5, Cyrillic"),
    ("koi8-r", "KOI8-R, Russian"),
    ("koi8-u", "KOI8-U, Ukrainian"),
    ("mac-roman", "Mac Roman"),
    ("cp437", "DOS 437"),
    ("cp850", "DOS 850"),
    ("utf-16-le", "UTF-16, little end first"),
    ("utf-16-be", "UTF-16, big end first"),
    ("gb18030", "GB 18030, Chinese"),
    ("big5", "Big5, Chinese"),
    ("shift_jis", "Shift JIS, Japanese"),
    ("euc_jp", "EUC-JP, Japanese"),
    ("euc_kr", "EUC-KR, Korean"),
)
"""The encodings that are offered: Python's name and what people call them."""

_KINDS = {
    "docx": "Word",
    "doc": "Word",
    "odt": "OpenDocument",
    "rtf": "RTF",
    "pdf": "PDF",
    "html": "web",
    "htm": "web",
    "csv": "CSV",
    "xlsx": "Excel",
    "eml": "mail",
    "zip": "zip",
    "png": "picture",
    "jpg": "picture",
    "jpeg": "picture",
}
_DAY_FIRST = ("%d %b %Y", "%d %B %Y", "%d.%m.%Y", "%b %d, %Y", "%B %d, %Y")


def encoding_label(name: str) -> str:
    """Return what people call an encoding: `Windows-1251`."""
    known = dict(ENCODINGS).get(name, "")
    if known:
        return known.split(",")[0]
    return re.sub(r"^cp(?=125)", "Windows-", name).upper().replace("WINDOWS", "Windows")


def iso_date(text: str) -> str | None:
    """Return a day that a person typed as ISO 8601: `23 Jan 2021` is 2021-01-23; None: no day."""
    words = " ".join(text.split())
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        pass
    for pattern in _DAY_FIRST:
        try:
            return datetime.strptime(words, pattern).date().isoformat()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one file holds. `article` is its first, with no more than `EXCERPT` characters of text.

    `characters`, `paragraphs` and `words` are of everything in it. `hashes` are of the texts,
    `there` of those that the project has. A `refusal` says why the file cannot be imported, `word`
    the same in two or three words. `adds` is what a document brings besides articles.
    """

    file: Found
    article: Article | None = None
    articles: int = 0
    annotations: int = 0
    characters: int = 0
    paragraphs: int = 0
    words: int = 0
    dates: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()
    there: frozenset[str] = frozenset()
    encoding: str = ""
    guessed: bool = False
    titled: bool = True
    columns: Columns | None = None
    """The columns of a table, which somebody may map to fields."""
    is_document: bool = False
    report: FileReport | None = None
    refusal: str = ""
    word: str = ""
    mendable: bool = False

    @property
    def lost(self) -> tuple[Lost, ...]:
        """What the file holds and the project has no place for."""
        return self.report.lost if self.report else ()


def look(
    workspace: Workspace | None,
    file: Found,
    tell: Callable[[], None] = lambda: None,
    ahead: Ahead | None = None,
) -> Look:
    """Read a file and say what it would bring, into a project or into a new one (None).

    `tell` is called for each article of a foreign file; what it raises ends the reading. `ahead`
    has been told of the files that come.
    Writes nothing and may be called in any thread; a file that cannot be used is a `refusal`.
    """
    try:
        dataset = read(file, tell=tell, ahead=ahead)
        seen = Look(file=file, is_document=dataset.header is not None or dataset.foreign)
        for bundle in dataset.articles:
            seen = _with(seen, bundle.article, len(bundle.annotations), workspace)
        if dataset.foreign and workspace is None:
            return replace(seen, report=_of_new_project(file, dataset))
        if seen.is_document:
            if workspace is None:
                return seen
            return _tried(seen, try_document(workspace, file, dataset))
        return _with_columns(_of_text(seen, guessed=dataset.guessed))
    except (Refused, KnownError) as error:
        return _with_columns(_refused(file, error))


def _with_columns(seen: Look) -> Look:
    """Return what was seen with the columns of a table, where the file is one."""
    if seen.file.format is None or seen.file.format.name != "table" or not seen.mendable:
        return seen
    try:
        return replace(seen, columns=look_at(seen.file))
    except (Refused, KnownError):
        return seen


def _of_new_project(file: Found, dataset: Dataset) -> FileReport:
    """Return what a file of others would add to the codebook that a new project gets."""
    home = Home(
        project=Project(id="", name=""), codebook=press_codebook(), records=(), layer="annotator"
    )
    fitted = fit(dataset, home, origin="")
    lost = fitted.dataset.lost
    name = file.format.name if file.format else ""
    counts = Counts()
    for bundle in dataset.articles:
        counts += bundle
    return FileReport(
        path=str(file.path),
        format=name,
        result="imported",
        counts=counts,
        lost=lost,
        extends=fitted.extension.lines,
    )


def _with(seen: Look, article: Article, annotations: int, workspace: Workspace | None) -> Look:
    text = article.text
    there = workspace is not None and workspace.article_by_hash(article.sha256) is not None
    first = seen.article or replace(article, text=text[:EXCERPT])
    return replace(
        seen,
        article=first,
        articles=seen.articles + 1,
        annotations=seen.annotations + annotations,
        characters=seen.characters + len(text),
        paragraphs=seen.paragraphs + len(paragraphs(text)),
        words=seen.words + len(text.split()),
        dates=_range((*seen.dates, article.published)),
        hashes=(*seen.hashes, article.sha256) if seen.articles < _MANY else seen.hashes,
        there=seen.there | {article.sha256} if there else seen.there,
    )


_NAMED = 40
"""So many additions to the codebook are named in the sheet."""

_MANY = 10_000
"""Articles of one file whose hashes are kept to find the same text in another file."""


def _range(dates: tuple[str, ...]) -> tuple[str, ...]:
    known = sorted(day for day in dates if day)
    return (known[0], known[-1]) if known else ()


def _of_text(seen: Look, *, guessed: bool) -> Look:
    article = seen.article
    if article is None:
        return replace(seen, refusal="It holds no article.", word="No article")
    chosen = seen.file.format
    is_text = chosen is not None and "encoding" in chosen.options
    return replace(
        seen,
        encoding=str(article.metadata.get("encoding", "utf-8")) if is_text else "",
        guessed=guessed and not seen.file.encoding,
        titled=article.title != printable(seen.file.path.stem),
        mendable=True,
    )


def _tried(seen: Look, report: FileReport) -> Look:
    if report.result == "refused":
        return replace(seen, report=report, refusal=_sentence(report.reason), word="Doesn’t fit")
    return replace(seen, report=report)


def _refused(file: Found, error: Refused | KnownError) -> Look:
    reason = str(error)
    if isinstance(error, EncodingUnknown):
        return Look(
            file=file,
            refusal="Nothing tells in which encoding it was written. Choose one that makes the"
            " words in the preview right."
            if not file.encoding
            else f"It cannot be read as {encoding_label(file.encoding)}. Choose another encoding.",
            word="Which encoding?",
            mendable=True,
        )
    if file.format is not None and file.format.name == "table" and "column" in reason:
        shown = _sentence(reason.partition(" Say which")[0])
        refusal = f"{shown} Choose the one with the text."
        return Look(file=file, refusal=refusal, word="Which column?", mendable=True)
    if file.format is None:
        ending = file.path.suffix.lower().lstrip(".")
        if not file.reason.startswith("no format"):
            word = _word(reason)
            return Look(
                file=file,
                refusal=_sentence(reason),
                word="Can’t be read" if word == _NO_WORD else word,
            )
        kind = _KINDS.get(ending, f".{ending}")
        return Look(
            file=file,
            refusal=f"Pressmark has no reader for {kind} files. The manual lists those it reads.",
            word=f"Can’t read {kind} files",
        )
    if file.format.name == "text" and any(part in reason for part in _MAYBE_TEXT):
        other = " If it is text after all, choose its encoding."
        return Look(file=file, refusal=_sentence(reason) + other, word=_word(reason), mendable=True)
    return Look(file=file, refusal=_sentence(reason), word=_word(reason))


_MAYBE_TEXT = ("NUL character", "control characters", "surrogate")
"""What a text in UTF-16 without a mark looks like when it is taken for something else."""


_NO_WORD = "Can’t be used"


def _word(reason: str) -> str:
    for part, word in (
        ("is empty", "Empty file"),
        ("holds no text", "Empty file"),
        ("no such file", "Not there"),
        ("larger than", "Too large"),
        ("too large", "Too large"),
        ("unpacks to too much", "Too large"),
        ("takes longer", "Takes too long"),
        ("password", "Has a password"),
        ("text recognition", "Pictures, no text"),
        ("damaged", "Broken file"),
        ("broken", "Broken file"),
        ("cut off", "Broken file"),
        ("breaks the program", "Broken file"),
        ("not plain text", "Not a text"),
        ("control characters", "Not a text"),
        ("NUL character", "Not a text"),
        ("surrogate", "Broken text"),
        ("no ordinary file", "Not a file"),
        ("is a folder", "A folder"),
        ("cannot be read", "Can’t be read"),
        ("codebook", "Doesn’t fit"),
        ("JSON", "Broken JSON"),
    ):
        if part in reason:
            return word
    return _NO_WORD


def _sentence(reason: str) -> str:
    reason = reason[:1].upper() + reason[1:]
    return reason if reason.endswith((".", "!", "?", "…")) else f"{reason}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One file of the plan as it stands now: `word` says it in short, `reason` in a sentence."""

    look: Look
    standing: Standing
    word: str
    reason: str
    included: bool
    fresh: int
    """How many new articles it brings."""
    adds: int
    """How many marks it adds to articles that the project has."""
    known: Known
    no_day: str = ""
    """What was typed as the date and is no day."""

    @property
    def can_be_included(self) -> bool:
        """Whether there is anything in it to import."""
        return self.standing in {"ready", "look"}


class Plan:
    """The files of one import in their order, and what was said about each."""

    def __init__(self) -> None:
        self._looks: list[Look] = []
        self._known: list[Known] = []
        self._no_days: dict[int, str] = {}
        self._left_out: set[int] = set()
        self._results: dict[int, FileReport] = {}
        self._rows: tuple[Row, ...] | None = None
        self.source_from_folder = False
        """Whether a file nobody named the source of takes the name of its folder."""
        self.pattern: Pattern | None = None
        """What the names of the files say."""

    def __len__(self) -> int:
        return len(self._looks)

    @property
    def paths(self) -> frozenset[Path]:
        """The files that are in the plan."""
        return frozenset(one.file.path for one in self._looks)

    def add(self, looks: Iterable[Look]) -> None:
        """Put further files behind the others."""
        for one in looks:
            self._looks.append(one)
            self._known.append(Known())
        self._rows = None

    def replace(self, number: int, seen: Look) -> None:
        """Put in what was seen when a file was read anew."""
        self._looks[number] = seen
        self._rows = None

    def mend(self, number: int, known: Known, *, no_day: str = "") -> None:
        """Keep what somebody says about a file; `no_day` is a date they typed that is none."""
        self._known[number] = known
        self._no_days[number] = no_day
        self._rows = None

    def set_source_from_folder(self, *, on: bool) -> None:
        """Take the names of the folders as sources, or do not."""
        self.source_from_folder = on
        self._rows = None

    def set_pattern(self, pattern: Pattern | None) -> None:
        """Take from the names of the files what they say by a pattern, or do not.

        What somebody said about one file counts more. `named` tells how many names fit.
        """
        self.pattern = pattern
        self._rows = None

    @property
    def named(self) -> int:
        """How many files have a name that fits the pattern."""
        if self.pattern is None:
            return 0
        return sum(self.pattern.read(one.file.path) is not None for one in self._looks)

    def include(self, numbers: Iterable[int], *, on: bool) -> None:
        """Take files in or leave them out."""
        if on:
            self._left_out.difference_update(numbers)
        else:
            self._left_out.update(numbers)
        self._rows = None

    def take_reports(self, reports: dict[int, FileReport]) -> None:
        """Keep what became of files when they were imported."""
        self._results |= reports
        self._rows = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every file as it stands now."""
        if self._rows is None:
            self._rows = tuple(self._standing())
        return self._rows

    def _standing(self) -> Iterator[Row]:
        """Yield the rows; a text that stands in an earlier file is a duplicate there already."""
        seen: dict[str, int] = {}
        for number, one in enumerate(self._looks):
            row = self._row(number, one, seen)
            if row.included:
                for sha256 in one.hashes:
                    seen.setdefault(sha256, number)
            yield row

    def _row(self, number: int, one: Look, seen: dict[str, int]) -> Row:
        known = self._with_source(one, self._with_name(one, self._known[number]))
        fresh = one.articles - len(one.there)
        repeated = {sha256 for sha256 in one.hashes if sha256 in seen and sha256 not in one.there}
        fresh -= len(repeated)
        adds = 0
        if one.report is not None:
            adds = one.report.counts.annotations if not one.report.counts.articles else 0
        same_as = seen[min(repeated)] if repeated else None
        standing, word, reason = self._words(one, known, fresh=fresh, adds=adds, same_as=same_as)
        if (result := self._results.get(number)) is not None:
            standing, word, reason = _result(result)
        no_day = self._no_days.get(number, "")
        if no_day and standing in {"ready", "look"}:
            standing, word = "look", "No such day"
            reason = (
                f"“{no_day}” is no day. As it is, the date is left as the file has it. {reason}"
            )
        included = standing in {"ready", "look"} and number not in self._left_out
        return Row(
            look=one,
            standing=standing,
            word=word if included or standing in {"duplicate", "refused"} else "Left out",
            reason=reason,
            included=included and result is None,
            fresh=fresh,
            adds=adds,
            known=known,
            no_day=no_day,
        )

    def _words(
        self, one: Look, known: Known, *, fresh: int, adds: int, same_as: int | None
    ) -> tuple[Standing, str, str]:
        if one.refusal:
            return "refused", one.word, one.refusal
        if fresh > 0:
            return _to_look_at(one, known) or ("ready", "Ready", "")
        if adds:
            reason = "The project has its articles; their marks are added."
            return "ready", f"Adds {several(adds, 'mark')}", reason
        if same_as is not None:
            reason = f"The text is the one of line {same_as + 1}, letter by letter."
            return "duplicate", f"Same text as line {same_as + 1}", reason
        return "duplicate", "In the project", "The project has this text already."

    def _with_name(self, one: Look, known: Known) -> Known:
        if self.pattern is None or not one.mendable:
            return known
        return known.over(self.pattern.read(one.file.path) or Known())

    def _with_source(self, one: Look, known: Known) -> Known:
        if not self.source_from_folder or known.source or not one.mendable:
            return known
        return replace(known, source=_printable(one.file.path.parent.name))

    def files(self) -> list[tuple[int, Found]]:
        """Return the files to import, each with its number in the plan."""
        return [
            (number, replace(row.look.file, known=row.known))
            for number, row in enumerate(self.rows)
            if row.included
        ]

    @property
    def fresh(self) -> int:
        """How many new articles the files bring that are taken in."""
        return sum(row.fresh for row in self.rows if row.included)

    @property
    def adds(self) -> int:
        """How many marks they add to articles that are there."""
        return sum(row.adds for row in self.rows if row.included)


def _to_look_at(one: Look, known: Known) -> tuple[Standing, str, str] | None:
    """Return what somebody had better look at before the file is imported."""
    if one.guessed:
        reason = (
            f"The file does not say its encoding. It looks like {encoding_label(one.encoding)}:"
            " see whether the words in the preview are right."
        )
        return "look", "Guessed encoding", reason
    if one.mendable and not one.titled and not known.title:
        missing = "No title" if known.published else "No title, no date"
        return "look", missing, "The text starts right away, so there is no title to read."
    if one.report is not None and one.report.extends:
        listed = one.report.extends
        reason = "The codebook gets what it lacks for this file: " + "; ".join(listed[:_NAMED])
        more = len(listed) - _NAMED
        reason += f"; and {more:,} more." if more > 0 else "."
        reason += "".join(f" {x.count:,} {x.what}: {x.reason}." for x in one.lost)
        return "look", f"Adds {several(len(listed), 'entry', 'entries')}", reason
    if one.lost:
        number = sum(lost.count for lost in one.lost)
        reason = " ".join(f"{x.count:,} {x.what}: {x.reason}." for x in one.lost)
        return "look", f"{number:,} not carried", _sentence(reason)
    return None


def _result(report: FileReport) -> tuple[Standing, str, str]:
    if report.result == "imported":
        return "ready", "Imported", _sentence(report.reason) if report.reason else ""
    if report.result == "duplicate":
        return "duplicate", "In the project", "The project has this text already."
    return "refused", _word(report.reason), _sentence(report.reason)


def _printable(name: str) -> str:
    """Return a folder's name without what no encoding explains."""
    return os.fsencode(name).decode("utf-8", "replace")


def as_text(file: Found, encoding: str) -> Found:
    """Return the file, to be read as plain text of an encoding (empty: what it looks like)."""
    return replace(file, format=file.format or format_named("text"), encoding=encoding)
