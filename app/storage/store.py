"""An open project file: its transactions, the one write path, and what other processes changed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from sqlite3 import IntegrityError, OperationalError

from app.model.changes import Change, ChangeKind
from app.model.codebook import Codebook
from app.model.commands import AddAnnotator, Batch, Command
from app.model.errors import Damaged, KnownError, Refused, StaleEdit
from app.model.ids import derived_id, utc_now
from app.model.registry import Annotator, Project
from app.model.reports import CheckReport
from app.storage import backup, files, journal, past, replaced
from app.storage import check as checking
from app.storage.apply import Guard, apply
from app.storage.backup import BackUp
from app.storage.changes import reread
from app.storage.engine import transaction, use_wal
from app.storage.errors import known_errors
from app.storage.held import Identity
from app.storage.journal import Entry, Stack, Step
from app.storage.risky_places import risk_of
from app.storage.sql import Connection
from app.storage.transaction import Rows, Stamp, Tell

_READING = "The project cannot be read:"
_WRITING = "Not on disk:"
_HIGHEST = 2**53


def make_project(location: Path, *, title: str, by: str, command: Command) -> None:
    """Make a project file whose first journal entry is the command. Refuses to overwrite."""
    path = files.real_path(location)
    with files.new_file(path) as connection, known_errors(f"{path.name} cannot be made:"):
        line = journal.as_json(command)
        with transaction(connection):
            stamp = Stamp(seq=journal.highest_version(command) + 1, at=utc_now(), revision=0)
            entry = Entry(
                seq=stamp.seq,
                at=stamp.at,
                by=by,
                layer=by,
                article=None,
                title=title,
                kind="do",
                step=journal.NOT_UNDONE,
                command=command,
                inverse=apply(Rows(connection), command, stamp),
            )
            journal.append(connection, entry, command=line)


class Store:
    """One project file, open for one annotator.

    The thread that opened it writes and has one connection for everything; other threads read
    through connections of their own.
    """

    def __init__(
        self, location: Path, *, by: str, back_up: BackUp, read_only: bool = False
    ) -> None:
        self._file = files.open_file(location, back_up=back_up, read_only=read_only)
        self._by = by
        self._owner = threading.get_ident()
        self._stacks: dict[str | None, Stack] = {}
        self._own: set[int] = set()
        self._texts: dict[str, tuple[str, str]] = {}
        self.risk = risk_of(self._file.path)
        self._is_wal = self._is_known = self._is_closed = False
        self._log: Identity | None = None
        self._kept: Path | None = None
        self.tell: Tell | None = None
        """Hears how far a long write is."""
        try:
            with known_errors(_READING, damaged=Damaged):
                self._connection = self._file.connections.connect()
                try:
                    self._data_version = self._look()
                    self._load()
                except BaseException:
                    self._connection.close()  # a repair wants the file for itself
                    raise
        except BaseException:
            self._file.close()
            raise

    def _load(self) -> None:
        connection = self._connection
        with transaction(connection, "BEGIN"):
            rows = Rows(connection)
            try:
                project, codebook = rows.project(), rows.codebook()
            except (ValueError, TypeError, LookupError) as problem:
                sentence = f"{self.path.name} is damaged: its codebook cannot be read."
                raise Damaged(f"{sentence} Restore a backup.") from problem
            self.last_seq = journal.last_seq(connection)
            self.last_saved = journal.last_saved(connection)
        if project is None or codebook is None:
            raise Damaged(f"{self.path.name} is damaged: it has no codebook.")
        self.project: Project = project
        self.codebook: Codebook = codebook

    @property
    def path(self) -> Path:
        """The project file."""
        return self._file.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._file.read_only

    @property
    def was_left_open(self) -> bool:
        """Whether somebody has the file open too, or ended without closing it."""
        return self._file.was_left_open

    @property
    def reason(self) -> str:
        """Why nothing can be written, as a sentence."""
        return self._file.reason

    def close(self) -> None:
        """Let go of the file. What was committed is in it."""
        if self._is_closed:
            return
        self._is_closed = True
        with suppress(KnownError):
            self._set_aside()
        with known_errors(_READING):
            self._connection.close()
            self._file.close()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a read transaction: everything in it is of one moment, and nothing is locked."""
        mine = threading.get_ident() == self._owner and not self._connection.in_transaction
        if mine:
            with known_errors(_READING), transaction(self._connection, "BEGIN"):
                yield self._connection
        else:
            with self.snapshot() as connection:
                yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Open a read transaction on a connection of its own, for readers that take their time."""
        self._refuse_if_aside()
        with known_errors(_READING), self._file.connections.snapshot() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        if self.read_only:
            raise Refused(self.reason)
        if threading.get_ident() != self._owner:
            message = "a project is written by the thread that opened it"
            raise RuntimeError(message)
        self._set_aside()
        self._refuse_if_aside()
        self._file.still_there()
        with known_errors(_WRITING):
            if not self._is_wal:
                self._choose_log()
                self._is_wal = True
            with transaction(self._connection):
                yield self._connection
        if self._log is None:
            self._log = replaced.identity(replaced.log_of(self.path))

    def _choose_log(self) -> None:
        """Write ahead, or, where the place is risky, with a journal that is gone after each write.

        A restored copy or a file that was moved is in another mode than it should be. While another
        process has the file open, it stays as it is.
        """
        if self.risk is None:
            use_wal(self._connection)
            return
        self._file.connections.close_idle()  # idle connections of this process would be in the way
        with suppress(OperationalError):
            self._raw("PRAGMA journal_mode = DELETE")

    def _refuse_if_aside(self) -> None:
        if self._kept:
            raise KnownError(
                f"{_WRITING} {self.path.name} is another file now. What was here is kept as "
                f"{self._kept.name}. Open the project again."
            )

    def _set_aside(self) -> None:
        """Keep what is held here where another file took the place of this one.

        From then on nothing is written: the log is gone, also where the file comes back.
        """
        if self._kept or self._log is None or not self._file.is_replaced:
            return
        failed = f"{_WRITING} {self.path.name} is another file now, and no copy could be made:"
        try:
            with known_errors(failed):
                self._kept = replaced.set_aside(self._connection, self.path, self._log)
        except OSError as problem:
            raise KnownError(f"{failed} {problem.strerror}.") from problem

    def do(
        self,
        command: Command,
        *,
        title: str,
        article: str | None,
        layer: str,
        merge_key: str = "",
        guard: Guard | None = None,
        lasting: bool = False,
    ) -> Change:
        """Write a command and its journal entry in one transaction; return what changed.

        What is `lasting` is no step that undo takes back, and makes nobody an annotator.

        With the same non-empty `merge_key` as the annotator's last entry for this article, at most
        a minute ago, it is part of the same undo step.
        """
        line = journal.as_json(command)
        with self._write() as connection:
            rows = Rows(connection, self.codebook, self._texts, tell=self.tell)
            before = journal.last_seq(connection)
            if not lasting and not _introduces(command, self._by):
                self._greet(rows, layer, before + 1)
            stamp = self._stamp(rows, command)
            inverse = apply(rows, command, stamp, guard=guard)
            if rows.codebook() is None:
                raise Refused("A project needs a codebook.")
            step = journal.NOT_UNDONE if lasting else stamp.seq
            if merge_key:
                step = (
                    journal.merged_step(
                        connection, by=self._by, article=article, merge_key=merge_key, at=stamp.at
                    )
                    or stamp.seq
                )
            entry = Entry(
                seq=stamp.seq,
                at=stamp.at,
                by=self._by,
                layer=layer,
                article=article,
                title=title,
                kind="do",
                step=step,
                command=command,
                inverse=inverse,
                merge_key=merge_key,
            )
            journal.append(connection, entry, command=line)
        self._is_known = self._is_known or not lasting
        return self._written(rows, entry, before)

    def undo(self, article: str | None, *, layer: str) -> Change | None:
        """Take back the annotator's last step in an article (None: in the project as a whole)."""
        return self._take_back("undo", article, layer)

    def redo(self, article: str | None, *, layer: str) -> Change | None:
        """Bring back the step that was undone last."""
        return self._take_back("redo", article, layer)

    def _take_back(self, kind: ChangeKind, article: str | None, layer: str) -> Change | None:
        find = journal.step_back if kind == "undo" else journal.step_forward
        if (self.undo_title if kind == "undo" else self.redo_title)(article) is None:
            return None
        with self._write() as connection:
            step = find(connection, self._stack(connection, article))
            if step is None:
                return None
            rows = Rows(connection, self.codebook, self._texts, tell=self.tell)
            before = journal.last_seq(connection)
            stamp = self._stamp(rows, step.command, undoing=step.last)
            entry = Entry(
                seq=stamp.seq,
                at=stamp.at,
                by=self._by,
                layer=layer,
                article=article,
                title=step.title,
                kind=kind,
                step=step.step,
                command=step.command,
                inverse=_inverse(rows, step, stamp, kind),
            )
            journal.append(connection, entry, command=journal.as_json(step.command))
        self._is_known = False  # they may have been undone themselves
        return self._written(rows, entry, before)

    def take_back(self, step: int, *, layer: str) -> Change:
        """Undo one step, however long ago, unless later ones changed or need what it made.

        The annotator's own step counts as undone, and redo brings it back; somebody else's is taken
        back by a step of its own. Raises `Refused`.
        """
        with self._write() as connection:
            first = past.first_of(connection, step)
            found = journal.reverse(connection, step, {step: first.title})
            if first.step == journal.NOT_UNDONE or past.is_undone(connection, step):
                raise Refused(f"“{first.title}” cannot be taken back, or was already.")
            is_own = first.by == self._by
            rows = Rows(connection, self.codebook, self._texts, tell=self.tell)
            before = journal.last_seq(connection)
            self._greet(rows, layer, before + 1)
            stamp = self._stamp(rows, found.command, undoing=found.last)
            entry = Entry(
                seq=stamp.seq,
                at=stamp.at,
                by=self._by,
                layer=layer,
                article=first.article,
                title=first.title if is_own else f"take back {first.by}’s “{first.title}”",
                kind="undo" if is_own else "do",
                step=step if is_own else stamp.seq,
                command=found.command,
                inverse=_inverse(rows, found, stamp, "undo"),
            )
            journal.append(connection, entry, command=journal.as_json(found.command))
        self._is_known = True
        return self._written(rows, entry, before)

    def undo_title(self, article: str | None) -> str | None:
        """Return the title of what undo would take back."""
        with self.read() as connection:
            return self._stack(connection, article).undo_title

    def redo_title(self, article: str | None) -> str | None:
        """Return the title of what redo would bring back."""
        with self.read() as connection:
            return self._stack(connection, article).redo_title

    def poll(self) -> tuple[Change, ...]:
        """Return what other processes changed since the last look, in their order."""
        self._set_aside()
        self._refuse_if_aside()
        with known_errors(_READING):
            now = self._look()
        if now == self._data_version and not self._own:
            return ()
        self._data_version = now
        with self.read() as connection:
            entries = journal.since(connection, self.last_seq)
            changes = tuple(reread(connection, e) for e in entries if e.seq not in self._own)
            self.last_saved = journal.last_saved(connection)
        self._own.clear()
        if entries:
            self.last_seq = entries[-1].seq
        for change in changes:
            self._take_in(change)
        return changes

    def copy_to(self, copy: Path) -> None:
        """Write a verified copy of what is on the disk to another place. Overwrites nothing."""
        failed = f"{copy.name} cannot be written:"
        try:
            with known_errors(failed):
                backup.copy_to(self.path, copy.resolve())
        except OSError as problem:
            raise KnownError(f"{failed} {problem.strerror}.") from problem

    def check(self) -> CheckReport:
        """Look at everything in the file. Writes nothing."""
        report = CheckReport()
        try:
            with self.snapshot() as connection:
                report = checking.check(connection)
        except KnownError:
            # A damaged search index fails once more when the transaction ends; the findings count.
            if report.ok:
                raise
        if self.read_only or not report.ok:
            return report
        # SQLite compares index and texts by a statement that counts as a write; it is rolled back.
        with self._write() as connection:
            found = tuple(checking.check_search(connection))
            connection.execute("ROLLBACK")
        return replace(report, findings=found)

    def _greet(self, rows: Rows, layer: str, seq: int) -> None:
        """Enter the annotator into the project with the first thing they write."""
        if self._is_known:
            return
        found = rows.run("SELECT 1 FROM annotator WHERE name = ?", (self._by,)).fetchone()
        if found:
            return
        if not self._by.strip():
            raise Refused("Say who you are first: an annotator needs a name.")
        newcomer = Annotator(id=derived_id("annotator", self._by), name=self._by)
        command = AddAnnotator(annotator=newcomer)
        stamp = Stamp(seq=seq, at=utc_now(), revision=0)
        entry = Entry(
            seq=seq,
            at=stamp.at,
            by=self._by,
            layer=layer,
            article=None,
            title=f"add annotator {self._by}",
            kind="do",
            step=journal.NOT_UNDONE,
            command=command,
            inverse=apply(rows, command, stamp),
        )
        journal.append(rows.connection, entry, command=journal.as_json(command))

    def _stamp(self, rows: Rows, command: Command, undoing: int | None = None) -> Stamp:
        last, book = journal.last_seq(rows.connection), rows.codebook()
        highest = journal.highest_version(command)
        if highest > _HIGHEST:
            raise Refused(f"Version {highest} is beyond what can be counted.")
        return Stamp(
            seq=max(last, highest) + 1,
            at=utc_now(),
            revision=book.revision if book else 0,
            undoing=undoing,
        )

    def _stack(self, connection: Connection, article: str | None) -> Stack:
        stack = self._stacks.setdefault(article, Stack())
        journal.follow(connection, stack, article=article, by=self._by)
        return stack

    def _written(self, rows: Rows, entry: Entry, before: int) -> Change:
        if before == self.last_seq:
            self.last_seq = entry.seq
        else:  # another process wrote in between; poll brings its changes and leaves ours out
            self._own.update((before + 1, entry.seq))
        self.last_saved = entry.at
        change = rows.change(
            seq=entry.seq,
            kind=entry.kind,
            title=entry.title,
            by=entry.by,
            at=entry.at,
            article=entry.article,
        )
        self._take_in(change)
        return change

    def _take_in(self, change: Change) -> None:
        self.codebook = change.codebook or self.codebook
        self.project = change.project or self.project

    def _look(self) -> object:
        return self._raw("PRAGMA data_version")

    def _raw(self, pragma: str) -> object:
        return self._connection.execute(pragma).fetchone()[0]


def _introduces(command: Command, name: str) -> bool:
    """Tell whether a command enters an annotator itself, with the role that a file gives them."""
    if isinstance(command, Batch):
        return any(_introduces(step, name) for step in command.steps)
    return isinstance(command, AddAnnotator) and command.annotator.name == name


def _inverse(rows: Rows, step: Step, stamp: Stamp, kind: ChangeKind) -> Command:
    cannot = f"“{step.title}” cannot be {'undone' if kind == 'undo' else 'redone'}:"
    try:
        return apply(rows, step.command, stamp)
    except StaleEdit as stale:
        raise StaleEdit(f"{cannot} {stale}", seen=stale.seen, current=stale.current) from stale
    except Refused as refused:
        raise Refused(f"{cannot} {refused}") from refused
    except IntegrityError as broken:
        raise Refused(f"{cannot} something else in the project refers to it.") from broken
