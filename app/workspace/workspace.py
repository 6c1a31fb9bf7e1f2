"""One open project: what can be done in it, and what can be asked of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from app.model.annotation import GOLD, Annotation, Fragment, Relation
from app.model.article import Article, ArticleRow, State
from app.model.bookmark import Bookmark, Rejection
from app.model.changes import Change, JournalEntry
from app.model.codebook import Codebook
from app.model.commands import AddAnnotator, Batch, Command, KeepReceipt, SetCodebook, SetProject
from app.model.contents import ArticleContents
from app.model.errors import InputRefused, Refused
from app.model.history import Effect, Happening, Trashed, effects
from app.model.hits import Found, Hit, MarkQuery
from app.model.ids import derived_id, new_id
from app.model.listing import RANKED, Listing, Ranks, Sort, ranked
from app.model.receipt import KeptReceipt
from app.model.registry import Annotator, Project, Record
from app.model.reports import CheckFinding, CheckReport, Stats
from app.model.text import sha256_of
from app.model.wording import on_one_line, several
from app.storage import (
    asides,
    entries,
    figures,
    find_marks,
    journal,
    listing,
    names,
    past,
    queries,
    search,
    usage,
)
from app.storage.backup import free_name
from app.storage.queries import Exported
from app.storage.search import Stop
from app.storage.store import Store, make_project
from app.storage.usage import Holder, Touched
from app.workspace import rules
from app.workspace.progress import Progress

Listener = Callable[[Change], object]


def _back_up_older(path: Path) -> Path:
    from app.workspace.backups import back_up_older  # one project in a thousand is of old

    return back_up_older(path)


class Workspace:
    """A project, open for one annotator. `do` is the only way to write.

    Listeners hear a change after it is on disk.
    """

    def __init__(self, store: Store, *, annotator: str) -> None:
        self._store = store
        self.ranks: dict[Sort, Ranks] = {}
        """Orders that were worked out for the queue, by their names."""
        self._listeners: list[Listener] = []
        self._progress = Progress()
        self.annotator = annotator
        self._damage: dict[str, tuple[CheckFinding, ...]] = {}

    @classmethod
    def create(
        cls,
        location: str | Path,
        *,
        name: str,
        codebook: Codebook,
        annotator: str,
        description: str = "",
    ) -> Self:
        """Make a project and open it. Refuses to overwrite anything."""
        for path, reason in codebook.problems():
            where = ".".join(map(str, path))
            raise InputRefused(f"The codebook has a mistake at {where}: {reason}.")
        if not name.strip() or not annotator.strip():
            raise InputRefused("A project and its annotator need a name.")
        person = Annotator(id=derived_id("annotator", annotator), name=annotator)
        steps: tuple[Command, ...] = (
            SetProject(project=Project(id=new_id(), name=name, description=description)),
            SetCodebook(codebook=codebook),
            AddAnnotator(annotator=person),
        )
        make_project(
            Path(location), title="create project", by=annotator, command=Batch(steps=steps)
        )
        return cls.open(location, annotator=annotator)

    @classmethod
    def open(cls, location: str | Path, *, annotator: str, read_only: bool = False) -> Self:
        """Open a project. Writes nothing.

        Raises `InputRefused` for what is no project or is damaged, and `KnownError` where the file
        cannot be reached. A file that cannot be written is opened for reading.
        """
        store = Store(Path(location), by=annotator, back_up=_back_up_older, read_only=read_only)
        return cls(store, annotator=annotator)

    def close(self) -> None:
        """Let go of the project. There is nothing to save."""
        self._listeners.clear()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def location(self) -> str:
        """Where the project lies."""
        return str(self._store.path)

    @property
    def project(self) -> Project:
        """What the project says of itself."""
        return self._store.project

    @property
    def codebook(self) -> Codebook:
        """The newest codebook."""
        return self._store.codebook

    @property
    def layer(self) -> str:
        """The layer that is worked on."""
        return self.project.working_layer or self.annotator

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._store.read_only

    @property
    def was_left_open(self) -> bool:
        """Whether somebody had it open when it was opened here, or ended without closing it."""
        return self._store.was_left_open

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be written, as a sentence."""
        return self._store.reason

    @property
    def risk(self) -> str:
        """Why the project's folder is risky, in sentences; empty where it is not."""
        return self._store.risk.sentence if self._store.risk else ""

    @property
    def last_seq(self) -> int:
        """The number of the newest journal row that is known here."""
        return self._store.last_seq

    @property
    def last_saved(self) -> str:
        """When the last change reached the disk (ISO 8601, UTC), or the empty string."""
        return self._store.last_saved

    @property
    def damage(self) -> list[CheckFinding]:
        """What `contents` found wrong with texts and quotes. Nothing is ever moved to fit."""
        return [finding for found in self._damage.values() for finding in found]

    # Writing

    def do(
        self, command: Command, *, title: str, article: str | None = None, merge_key: str = ""
    ) -> Change:
        """Do what is asked for in one transaction, and tell everybody.

        `title` is what the history and Undo call it; `article` whose undo it belongs to.
        Consecutive calls with the same non-empty `merge_key` within a minute are one undo step.
        Raises `Refused`, `StaleEdit` or `KnownError`; then nothing was changed.
        """
        change = self._store.do(
            command,
            title=title,
            article=article,
            layer=self.layer,
            merge_key=merge_key,
            guard=rules.check,
        )
        return self._tell(change)

    def undo(self, article: str | None) -> Change | None:
        """Take back the last step in an article (None: in the project as a whole), if any."""
        change = self._store.undo(article, layer=self.layer)
        return self._tell(change) if change else None

    def redo(self, article: str | None) -> Change | None:
        """Bring back the step that was undone last, if there is one."""
        change = self._store.redo(article, layer=self.layer)
        return self._tell(change) if change else None

    def undo_title(self, article: str | None) -> str | None:
        """Return the title of what undo would take back."""
        return self._store.undo_title(article)

    def redo_title(self, article: str | None) -> str | None:
        """Return the title of what redo would bring back."""
        return self._store.redo_title(article)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have every change told to a listener; return what ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def watch_writes(self, tell: Callable[[int, int], object]) -> None:
        """Have the one who waits for a long write told how many steps of how many are done.

        That is told from within the transaction: whoever hears it can say so, and nothing else.
        """
        self._store.tell = tell

    def poll(self) -> tuple[Change, ...]:
        """Return, and tell, what other processes changed since the last look."""
        changes = self._store.poll()
        for change in changes:
            self._tell(change)
        return changes

    def _tell(self, change: Change) -> Change:
        self._progress.take_in(change)
        for listener in tuple(self._listeners):
            listener(change)
        return change

    # Reading

    def contents(self, article_id: str) -> ArticleContents:
        """Return an article with everything of the working layer.

        Raises `InputRefused` for an article that is not in the project.
        """
        with self._store.read() as connection:
            parts = queries.parts(connection, article_id, self.layer)
        if parts is None:
            raise InputRefused("This article is not in the project.")
        self._damage[article_id] = tuple(_damage(parts.article, parts.annotations))
        return _contents(parts, self.layer)

    def bookmarks(self, article_id: str | None = None) -> tuple[Bookmark, ...]:
        """Return the bookmarks of the working layer in the order of import and text."""
        with self._store.read() as connection:
            return queries.bookmarks(connection, self.layer, article_id)

    def rejected(self, article_id: str) -> tuple[Rejection, ...]:
        """Return the suggestions that the working layer rejected in an article."""
        return self.rejections_of(article_id, self.layer)

    def rejections_of(self, article_id: str, layer: str) -> tuple[Rejection, ...]:
        """Return the suggestions that a layer rejected in an article."""
        with self._store.read() as connection:
            return queries.rejections(connection, layer, article_id)

    def other_marks(self, article_id: str) -> tuple[Annotation, ...]:
        """Return what is annotated in an article on the layers that are not worked on."""
        with self._store.read() as connection:
            return queries.other_layers(connection, article_id, self.layer)

    def marked_words(
        self, article_id: str | None = None
    ) -> Iterator[tuple[str, str, str, str | None]]:
        """Yield (article, words, type, record) of the marks of the working layer, by article."""
        with self._store.snapshot() as connection:
            yield from queries.marked_words(connection, self.layer, article_id)

    def queue(
        self,
        *,
        state: State | None = None,
        search: str = "",
        offset: int = 0,
        limit: int = 200,
        sort: Sort = "position",
    ) -> tuple[ArticleRow, ...]:
        """Return a page of the articles in a state and with these words in title or text."""
        wanted = Listing(state=state, search=search, sort=sort)
        with self._store.read() as connection:
            return listing.page(connection, wanted, self.layer, offset=offset, limit=limit)

    def queue_count(self, state: State | None = None, search: str = "") -> int:
        """Return how many articles that are."""
        with self._store.read() as connection:
            return listing.count(connection, Listing(state=state, search=search), self.layer)

    def queue_row(self, article_id: str) -> ArticleRow | None:
        """Return what the queue shows of an article."""
        with self._store.read() as connection:
            return listing.row(connection, article_id, self.layer)

    def queue_index(
        self, article_id: str, *, state: State | None = None, search: str = ""
    ) -> int | None:
        """Return the place (from 0) of an article in the queue by order of import, or None."""
        wanted = Listing(state=state, search=search)
        with self._store.read() as connection:
            return listing.place(connection, wanted, self.layer, article_id)

    def order(self, wanted: Listing) -> list[int]:
        """Return the positions of all articles of a listing, in its order."""
        with self._store.read() as connection:
            if wanted.sort not in RANKED:
                return listing.order(connection, wanted, self.layer)
            by_import = replace(wanted, sort="position", descending=False)
            positions = listing.order(connection, by_import, self.layer)
        ranks = self.ranks.get(wanted.sort, {})
        return ranked(positions, ranks, descending=wanted.descending)

    def rows_at(self, positions: Sequence[int]) -> dict[int, ArticleRow]:
        """Return what the queue shows of articles, by position; what is gone is left out."""
        with self._store.read() as connection:
            return listing.rows(connection, positions, self.layer)

    def look(
        self, article_ids: Iterable[str], wanted: Listing
    ) -> tuple[tuple[str, ArticleRow | None, bool], ...]:
        """Return of each article its row, None where it is gone, and whether a listing holds it."""
        with self._store.read() as connection:
            return tuple(listing.look(connection, article_ids, wanted, self.layer))

    def sources(self, limit: int) -> tuple[tuple[str, int], ...]:
        """Return the sources with the most articles, and how many each has."""
        with self._store.read() as connection:
            return listing.sources(connection, limit)

    def search_texts(self, words: str, stop: Stop) -> Iterator[Found]:
        """Yield, for a worker, positions of articles with these words; the best first at last."""
        with self._store.snapshot() as connection:
            yield from search.texts(connection, words, stop)

    def text_hits(self, words: str, positions: Sequence[int]) -> tuple[Hit, ...]:
        """Return what is shown of articles with these words, in the order given."""
        with self._store.read() as connection:
            return search.text_hits(connection, words, positions)

    def search_marks(self, query: MarkQuery, stop: Stop) -> Iterator[Found]:
        """Yield, for a worker, keys of marks of all layers in the order of import and text."""
        with self._store.snapshot() as connection:
            yield from find_marks.marks(connection, query, stop)

    def mark_hits(self, keys: Sequence[int]) -> tuple[Hit, ...]:
        """Return what is shown of marks, in the order given."""
        with self._store.read() as connection:
            return find_marks.mark_hits(connection, keys)

    def bookmark_hits(self, words: str = "") -> tuple[Hit, ...]:
        """Return the bookmarks of the working layer with these words, by import and text."""
        with self._store.read() as connection:
            return find_marks.bookmark_hits(connection, self.layer, words)

    def state_counts(self) -> dict[State, int]:
        """Return how many articles are in each state."""
        with self._store.read() as connection:
            return self._progress.counts(connection, self.layer)

    def article_ids(self) -> tuple[str, ...]:
        """Return the ids of all articles in the order of import."""
        with self._store.read() as connection:
            return queries.article_ids(connection)

    def article_hashes(self) -> dict[str, str]:
        """Return the ids of all articles by the hashes of their texts, as `article_by_hash`."""
        with self._store.read() as connection:
            return queries.article_hashes(connection)

    def article_by_hash(self, sha256: str) -> str | None:
        """Return the id of the article with this text, if the project has it."""
        with self._store.read() as connection:
            return queries.article_by_hash(connection, sha256)

    def record(self, record_id: str) -> Record | None:
        """Return the registry record of that id, or the one that it was merged into."""
        with self._store.read() as connection:
            found = queries.record(connection, record_id)
            return found or entries.merged_into(connection, record_id)

    def merged_record(self, record_id: str) -> Record | None:
        """Return a registry record that was merged into another one, as it was before."""
        with self._store.read() as connection:
            return entries.in_trash(connection, record_id)

    def mentions_of(self, record_id: str, limit: int = -1) -> tuple[entries.Mention, ...]:
        """Return the marks of all layers that mention a record, by import and text."""
        with self._store.read() as connection:
            return entries.mentions(connection, record_id, limit)

    def all_mentioning(self, record_id: str) -> list[tuple[str, int, str]]:
        """Return id, version and words of all marks that mention a record, wherever they are."""
        with self._store.read() as connection:
            return entries.all_mentioning(connection, record_id)

    def mention_counts(self) -> dict[str, tuple[int, int]]:
        """Return how many marks, in how many articles, mention each record."""
        with self._store.read() as connection:
            return entries.counts(connection)

    def articles_of_records(self) -> dict[str, set[str]]:
        """Return which articles mention each record."""
        with self._store.read() as connection:
            return entries.articles_of(connection)

    def records(self, kind: str, search: str = "", limit: int = 50) -> tuple[Record, ...]:
        """Return records of a kind by name or alias: those that begin so first."""
        with self._store.read() as connection:
            return queries.records(connection, kind, words=search, limit=limit)

    def named(self, kinds: Sequence[str], words: str, limit: int) -> list[Record]:
        """Return at most `limit` records of each kind with these words, fast enough for typing."""
        with self._store.read() as connection:
            return names.named(connection, kinds, words, limit)

    def titles(self, words: str, limit: int) -> tuple[ArticleRow, ...]:
        """Return articles with these words in the title."""
        with self._store.read() as connection:
            return queries.titles(connection, self.layer, words, limit)

    def mentions(self, record_id: str, limit: int = -1) -> tuple[int, int]:
        """Return how many annotations of any layer mention a record, and in how many articles.

        No more than `limit` are counted.
        """
        with self._store.read() as connection:
            return queries.mentions(connection, record_id, limit)

    def first_mention(self, record_id: str) -> tuple[str, str] | None:
        """Return article and id of the first annotation of the layer that mentions a record."""
        with self._store.read() as connection:
            return queries.first_mention(connection, record_id, self.layer)

    def all_records(self) -> tuple[Record, ...]:
        """Return the whole registry."""
        with self._store.read() as connection:
            return queries.all_records(connection)

    def annotators(self) -> tuple[Annotator, ...]:
        """Return all annotators by name."""
        with self._store.read() as connection:
            return queries.annotators(connection)

    def history(
        self, article: str | None = None, *, newest_first: bool = False
    ) -> Iterator[JournalEntry]:
        """Yield the history, of one article or of everything."""
        with self._store.snapshot() as connection:
            yield from journal.history(connection, article=article, newest_first=newest_first)

    def history_page(
        self,
        *,
        article: str | None = None,
        about: str = "",
        words: str = "",
        before: int | None = None,
        limit: int = 100,
    ) -> tuple[Happening, ...]:
        """Return lines of the history, the newest first, below the journal row `before`.

        Of one article, of what mentions the id `about`, with these words in title or name.
        """
        with self._store.read() as connection:
            return past.page(
                connection, article=article, about=about, words=words, before=before, limit=limit
            )

    def what_happened(self, seq: int) -> tuple[Effect, ...]:
        """Return what a row of the journal changed, before and after."""
        with self._store.read() as connection:
            entry = past.entry(connection, seq)
        return effects(entry.command, entry.inverse)

    def article_at(self, article_id: str, seq: int) -> ArticleContents:
        """Return an article as it was right after a row of the journal. Raises `Refused`."""
        with self._store.read() as connection:
            parts = past.parts_at(connection, article_id, self.layer, seq)
        return _contents(parts, self.layer)

    def dependents(self, step: int) -> tuple[Happening, ...]:
        """Return the later steps that have to be taken back before this one, oldest first."""
        with self._store.read() as connection:
            return past.dependents(connection, step)

    def take_back(self, step: int) -> Change:
        """Undo one step of the history, later ones stay. Raises `Refused` where some depend."""
        if later := self.dependents(step):
            many = "A later step depends" if len(later) == 1 else f"{len(later)} later steps depend"
            raise Refused(f"{many} on it; the newest is “{later[-1].title}”.")
        return self._tell(self._store.take_back(step, layer=self.layer))

    def trash(self) -> tuple[Trashed, ...]:
        """Return what lies in the trash, the newest first."""
        with self._store.read() as connection:
            return past.trash(connection)

    def restore(self, thing: Trashed) -> Change:
        """Bring a mark with its links, or an article, back from the trash."""
        with self._store.read() as connection:
            command, article, label = past.restoring(connection, thing.kind, thing.id)
        title = f"restore “{on_one_line(label, 40)}”"
        return self.do(command, title=title, article=article)

    def purge(self, backup: Path | None = None) -> tuple[int, Path | None]:
        """Remove what lies in the trash for good, after a verified copy of all was made.

        Without a name the copy lies beside the project and says when it was made. Returns how many
        marks and articles went, and the copy; with nothing in the trash none is made.
        """
        gone = self.trash()
        if not gone:
            return 0, None
        if backup is None:
            path = self._store.path
            now = datetime.now().astimezone()
            backup = free_name(path, f"{path.stem} before purge {now:%Y-%m-%d %H-%M-%S}")
        self.copy_to(backup)
        with self._store.read() as connection:
            steps = past.purging(connection)
        self.do(Batch(steps=steps), title=f"empty the trash of {several(len(gone), 'thing')}")
        return len(gone), backup

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield id and text of every article, by import, one at a time."""
        with self._store.snapshot() as connection:
            yield from queries.texts(connection)

    def export_articles(
        self,
        layers: Sequence[str] | None = None,
        status: State | None = None,
        *,
        only: str | None = None,
    ) -> Iterator[Exported]:
        """Yield every article as (article, annotations, relations, statuses), one at a time.

        `layers` None means all; with a `status` only articles that one of them brought there; with
        `only` the one of that id.
        """
        with self._store.snapshot() as connection:
            yield from queries.export(connection, layers=layers, state=status, only=only)

    def keep_receipt(self, receipt: KeptReceipt, *, title: str) -> None:
        """Keep what an export was in the project, for good. Raises what `do` raises."""
        change = self._store.do(
            KeepReceipt(receipt=receipt), title=title, article=None, layer=self.layer, lasting=True
        )
        self._tell(change)

    def receipts(self) -> tuple[KeptReceipt, ...]:
        """Return the receipts of all exports so far, the newest first."""
        with self._store.read() as connection:
            return asides.receipts(connection)

    def every_layer(self, article_id: str) -> Exported:
        """Return one article with what every layer has in it. Raises `InputRefused`."""
        with self._store.read() as connection:
            for found in queries.export(connection, layers=None, state=None, only=article_id):
                return found
        raise InputRefused("This article is not in the project.")

    def comparable_articles(self, limit: int = 200) -> tuple[tuple[str, str], ...]:
        """Return id and title of articles that several people have marked, by import."""
        with self._store.read() as connection:
            return queries.marked_by_several(connection, GOLD, limit)

    def uses(self, holder: Holder, attribute: str = "", value: str | int | None = None) -> bool:
        """Tell whether anything, the trash included, is of a holder, or has that attribute."""
        with self._store.read() as connection:
            return usage.is_used(connection, holder, attribute, value)

    def touched(
        self,
        holder: Holder,
        attribute: str = "",
        value: str | int | None = None,
        *,
        limit: int = 200,
    ) -> Touched:
        """Return the annotations of all layers that are of a holder, or have that attribute."""
        with self._store.read() as connection:
            return usage.touched(connection, holder, attribute, value, limit=limit)

    def holding(
        self, holder: Holder, attribute: str, value: str | int
    ) -> Iterator[Annotation | Relation | Record]:
        """Yield what of all layers holds a value: annotations, relations or registry records."""
        with self._store.snapshot() as connection:
            yield from usage.holding(connection, holder, attribute, value)

    def of_type(self, type_name: str) -> Iterator[tuple[str, int]]:
        """Yield (id, version) of the annotations of a type, in all layers."""
        with self._store.snapshot() as connection:
            yield from usage.of_type(connection, type_name)

    def seconds_spent(self, article_id: str) -> int:
        """Return how many seconds this layer has been worked on in an article, by the journal."""
        with self._store.read() as connection:
            return queries.time_spent(connection, article_id).get((self.layer, article_id), 0)

    def stats(self) -> Stats:
        """Return the figures of the project."""
        with self._store.read() as connection:
            return queries.stats(connection, self.layer)

    def count_figures(self) -> figures.Counted:
        """Return what the dashboard counts, as the working layer has it."""
        with self._store.snapshot() as connection:
            return figures.count(connection, self.layer)

    def worked_on(self) -> list[tuple[str, str]]:
        """Return which layer has marked which article."""
        with self._store.read() as connection:
            return figures.worked_on(connection)

    def copy_to(self, copy: Path) -> None:
        """Write a verified copy of the project to another place. Overwrites nothing."""
        self._store.copy_to(copy)

    def check(self) -> CheckReport:
        """Look at everything: the database, texts, quotes, references, search index, journal."""
        return self._store.check()


def _contents(parts: queries.Parts, layer: str) -> ArticleContents:
    return ArticleContents(
        parts.article,
        layer=layer,
        annotations=parts.annotations,
        relations=parts.relations,
        records=parts.records,
        status=parts.status,
        bookmarks=parts.bookmarks,
        rejections=parts.rejections,
    )


def _damage(article: Article, annotations: Iterable[Annotation]) -> Iterator[CheckFinding]:
    text = article.text
    if sha256_of(text) != article.sha256:
        yield CheckFinding(
            kind="text", where=article.id, detail="The text is not the one that was imported."
        )
    for annotation in annotations:
        ranges: list[Fragment] = list(annotation.fragments)
        for evidence in annotation.evidence:
            ranges += evidence.fragments
        if any(text[start:end] != words for start, end, words in ranges):
            yield CheckFinding(
                kind="quote", where=annotation.id, detail="The words are not those of the text."
            )
