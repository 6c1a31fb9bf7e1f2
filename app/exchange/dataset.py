"""What readers return and writers take: articles with annotations, and what was lost on the way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.model.annotation import Annotation, Relation
from app.model.article import Article, Status
from app.model.codebook import Codebook
from app.model.registry import Annotator, Project, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """One article with everything that belongs to it."""

    article: Article
    annotations: tuple[Annotation, ...] = ()
    relations: tuple[Relation, ...] = ()
    statuses: tuple[Status, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Something a format could not carry: what, how often, and why."""

    what: str
    count: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a dataset says beside its articles.

    The last two are said to a writer alone: whether cells must be safe to open in a spreadsheet,
    and which fields were worked out for this export, beyond those of the codebook.
    """

    project: Project
    codebook: Codebook
    records: tuple[Record, ...] = ()
    annotators: tuple[Annotator, ...] = ()
    spreadsheet_safe: bool = False
    resolved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """What a file holds, checked as a whole.

    `articles` can be gone through several times; it may read the file anew each time, so that a
    large one needs no more memory than one article. `note` says how the file was understood,
    `guessed` that its encoding is a guess. `header` is None where the format has articles alone. A
    `foreign` dataset speaks in terms of its own: its types and fields are fitted to a codebook
    before it is used, and `records` are the entries of a registry that its annotations mention;
    `worded` says that values are words of `flat.to_words`.
    """

    articles: Iterable[Bundle]
    header: Header | None = None
    lost: tuple[Lost, ...] = ()
    note: str = ""
    guessed: bool = False
    foreign: bool = False
    worded: bool = False
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many things were written or read. `types` has the annotations of each type."""

    articles: int = 0
    annotations: int = 0
    relations: int = 0
    types: Mapping[str, int] = field(default_factory=dict, compare=False)

    def __add__(self, bundle: Bundle) -> "Counts":
        """Return the counts with one article more."""
        return Counts(
            articles=self.articles + 1,
            annotations=self.annotations + len(bundle.annotations),
            relations=self.relations + len(bundle.relations),
            types=dict(Counter(self.types) + Counter(item.type for item in bundle.annotations)),
        )

    def plus(self, other: "Counts") -> "Counts":
        """Return both counts together."""
        return Counts(
            articles=self.articles + other.articles,
            annotations=self.annotations + other.annotations,
            relations=self.relations + other.relations,
            types=dict(Counter(self.types) + Counter(other.types)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an export wrote, and what was found in the file when it was read again.

    `sha256` is of the file's bytes.
    """

    path: str
    format: str
    sha256: str
    written: Counts
    read_back: Counts
    lost: tuple[Lost, ...] = field(default=())


def summed(lost: Iterable[Lost]) -> Iterator[Lost]:
    """Yield what was lost with its counts added up, by what and why."""
    counts: dict[tuple[str, str], int] = {}
    for one in lost:
        counts[one.what, one.reason] = counts.get((one.what, one.reason), 0) + one.count
    for (what, reason), count in counts.items():
        yield Lost(what=what, count=count, reason=reason)
