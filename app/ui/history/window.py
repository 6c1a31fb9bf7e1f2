"""The history beside the desk: every change, what it did, and the ways back. And the trash."""

from functools import partial
from typing import Literal

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.annotation import Annotation
from app.model.changes import Change
from app.model.contents import ArticleContents
from app.model.errors import KnownError, Refused
from app.model.history import Effect, Happening
from app.model.wording import on_one_line, several, spoken_time
from app.ui.article.view import ArticleView
from app.ui.controls import tab
from app.ui.history.lines import Lines
from app.ui.history.model import HistoryModel, TrashModel
from app.ui.history.told import Told
from app.ui.scroll_pane import scroll_pane
from app.ui.session import Session
from app.ui.tab_order import go
from app.ui.theme import LIGHT, Theme
from app.workspace import gestures

Scope = Literal["project", "article", "mark", "trash"]
_SCOPES: tuple[tuple[Scope, str], ...] = (
    ("project", "Project"),
    ("article", "This article"),
    ("mark", "This mark"),
    ("trash", "Trash"),
)
_THINGS = {"annotation": "mark", "article": "article"}
_PAUSE_MS = 150
_LATER_MS = 60


class HistoryWindow(QDialog):
    """Shows the history of a session's project. What it writes goes through the session."""

    article_requested = Signal(str)
    """Show an article on the desk: something in it was brought back."""

    def __init__(
        self, session: Session, *, theme: Theme = LIGHT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._mark = ""
        self._theme = theme
        self._effects: tuple[Effect, ...] = ()
        self.setWindowTitle("History")
        self.setProperty("class", "app")
        self.lines, self.things = HistoryModel(self), TrashModel(self)
        self.list, self.trash = Lines(self.lines, "History"), Lines(self.things, "Trash")
        self.scopes = {name: tab(label) for name, label in _SCOPES}
        self.words = QLineEdit()
        self.words.setPlaceholderText("Search what was done, or by whom")
        self.words.setAccessibleName("Search the history")
        self.words.setMinimumHeight(30)
        self._title, self._about = _line("form-title"), _line("label")
        self._scroll = scroll_pane(self)
        self._scroll.setProperty("class", "paper")
        self._past_of: tuple[int, ArticleContents | None] | None = None
        """The article as it was at the line shown, once somebody asked for it."""
        self.past = ArticleView()
        self.past.set_read_only(True)
        self._pages = QStackedWidget()
        self.take_back = QPushButton("Take this step back")
        self.restore = QPushButton("Restore")
        self.as_it_was = QPushButton("Show the article as it was")
        self.as_it_was.setCheckable(True)
        self._note = _line("label")
        self._note.setWordWrap(True)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._arrange()
        self._connect()
        self.set_theme(theme)
        room = parent.size() - QSize(40, 40) if parent else QSize(1100, 720)
        self.resize(QSize(1100, 720).boundedTo(room).expandedTo(QSize(860, 520)))

    def _arrange(self) -> None:
        tabs = QHBoxLayout()
        tabs.setContentsMargins(12, 10, 12, 0)
        tabs.setSpacing(2)
        self._group = QButtonGroup(self)
        for one in self.scopes.values():
            self._group.addButton(one)
            tabs.addWidget(one)
        tabs.addStretch(1)
        search = QHBoxLayout()
        search.setContentsMargins(12, 8, 12, 8)
        search.addWidget(self.words)
        left = QWidget()
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.trash)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tabs)
        column.addLayout(search)
        column.addWidget(self._lists, 1)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.setHandleWidth(1)
        across.setChildrenCollapsible(False)
        across.addWidget(left)
        across.addWidget(self._build_right())
        across.setStretchFactor(1, 1)
        across.setSizes([400, 700])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(across)

    def _build_right(self) -> QWidget:
        right = QWidget()
        right.setProperty("class", "paper")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(2)
        head.addWidget(self._title)
        head.addWidget(self._about)
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(self.past)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        for button in (self.take_back, self.restore, self.as_it_was):
            foot.addWidget(button)
        foot.addStretch(1)
        note = QHBoxLayout()
        note.setContentsMargins(16, 6, 16, 0)
        note.addWidget(self._note)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        column.addLayout(note)
        column.addLayout(foot)
        return right

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self.reload)
        self.words.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.reload)
        self._later.timeout.connect(self._refresh)
        self.list.chosen.connect(self._show_line)
        self.trash.chosen.connect(self._show_thing)
        self.take_back.clicked.connect(self._take_back)
        self.restore.clicked.connect(self._restore)
        self.as_it_was.toggled.connect(self._show_past)
        self._session.changed.connect(self._changed)

    # -- what is listed ---------------------------------------------------------------------------

    @property
    def scope(self) -> Scope:
        """What is listed."""
        return next(name for name, tab in self.scopes.items() if tab.isChecked())

    def open_at(self, scope: Scope, mark: str = "") -> None:
        """Show the history of the project, the open article or a mark, or the trash."""
        self._mark = mark
        self.scopes["mark"].setEnabled(bool(mark))
        self.scopes["article"].setEnabled(self._session.article is not None)
        self.scopes[scope if self.scopes[scope].isEnabled() else "project"].setChecked(True)
        self.reload()
        (self.trash if scope == "trash" else self.list).setFocus()

    def reload(self) -> None:
        """Read what is listed anew, from the newest line."""
        self._reload()

    def _reload(self, seq: int = 0) -> None:
        """Read what is listed anew; show the line of a step, or the newest one."""
        self._pause.stop()
        self._past_of = None
        scope, workspace = self.scope, self._session.workspace
        self.words.setVisible(scope != "trash")
        self._lists.setCurrentWidget(self.trash if scope == "trash" else self.list)
        self.as_it_was.setChecked(False)
        if scope == "trash":
            self.things.load(workspace.trash())
            self.trash.start()
            return
        article = self._session.article if scope == "article" else None
        about = self._mark if scope == "mark" else ""
        words = self.words.text().strip()
        self.lines.load(
            lambda before, limit: workspace.history_page(
                article=article, about=about, words=words, before=before, limit=limit
            )
        )
        self.list.start(self.lines.row_of(seq) or 0)

    def _changed(self, _change: Change) -> None:
        if self.isVisible():
            self._later.start()

    def _refresh(self) -> None:
        """Show what came, at the line that was looked at."""
        line, showed = self._line(), self.as_it_was.isChecked()
        self._reload(line.seq if line is not None else 0)
        shown = self._line()
        if self.scope != "trash" and line is not None and shown is not None:
            still = showed and shown.seq == line.seq
            self.as_it_was.setChecked(still and self.as_it_was.isEnabled())

    # -- one line ---------------------------------------------------------------------------------

    def _line(self) -> Happening | None:
        return self.lines.at(self.list.currentIndex().row())

    def _show_line(self, row: int) -> None:
        line = self.lines.at(row)
        self._effects = self._session.workspace.what_happened(line.seq) if line else ()
        self._title.setText(self.lines.words(row)[0] if line else "Nothing was done here yet")
        about = (spoken_time(line.at), line.by, line.article_title) if line else ()
        self._about.setText(" · ".join(filter(None, about)))
        contents = partial(self._contents_of, line)
        self._scroll.setWidget(Told(self._effects, self._session.workspace.codebook, contents))
        self._note.clear()
        self.take_back.setVisible(True)
        can = line is not None and line.kind == "do" and line.step > 0 and not line.undone
        self.take_back.setEnabled(can and not self._session.workspace.read_only)
        marks = [e for e in self._effects if isinstance(e.before, Annotation)]
        self.restore.setText("Restore the mark as it was before")
        self.restore.setVisible(len(marks) == 1)
        self.restore.setEnabled(len(marks) == 1 and not self._session.workspace.read_only)
        self.as_it_was.setVisible(True)
        self.as_it_was.setEnabled(line is not None and line.article is not None)
        if self.as_it_was.isChecked():
            self._show_past(on=self.as_it_was.isEnabled())

    def _contents_of(self, line: Happening | None) -> ArticleContents | None:
        """Return the article of a line as it was then: names of what is gone are known there."""
        if line is None or line.article is None:
            return None
        if self._past_of is None or self._past_of[0] != line.seq:
            try:
                found = self._session.workspace.article_at(line.article, line.seq)
            except Refused:
                found = None
            self._past_of = line.seq, found
        return self._past_of[1]

    def _show_past(self, on: bool) -> None:
        line = self._line()
        contents = self._contents_of(line) if on else None
        if line is None or contents is None:
            self._pages.setCurrentWidget(self._scroll)
            if on:
                self._note.setText("The article was not in the project then.")
            return
        self.past.load(contents, self._session.workspace.codebook)
        marked = [
            name
            for effect in self._effects
            for name in (effect.id,)
            if effect.kind == "annotation" and contents.annotation(name) is not None
        ]
        if marked:
            self.past.select(marked[0])
        self._pages.setCurrentWidget(self.past)
        many = several(len(contents.annotations), "mark")
        self._note.setText(f"“{on_one_line(contents.article.title, 50)}” after this step: {many}.")

    def _take_back(self) -> None:
        line = self._line()
        if line is None:
            return
        later = self._session.workspace.dependents(line.step)
        if later:
            titles = ", ".join(f"“{one.title}” ({spoken_time(one.at)})" for one in later[-5:])
            more = f" and {len(later) - 5} more" if len(later) > 5 else ""  # noqa: PLR2004
            self._note.setText(f"These depend on it and have to go first: {titles}{more}.")
            return
        self._write(partial(self._session.take_back, line.step), line.article)

    def _restore(self) -> None:
        if self.scope == "trash":
            thing = self.things.at(self.trash.currentIndex().row())
            if thing is not None:
                self._write(partial(self._session.restore, thing), thing.article)
            return
        line = self._line()
        olds = [e.before for e in self._effects if isinstance(e.before, Annotation)]
        if line is None or not olds:
            return
        old = olds[0]
        thing = next((t for t in self._session.workspace.trash() if t.id == old.id), None)
        if thing is not None:
            self._write(partial(self._session.restore, thing), old.article)
            return
        try:
            now = self._session.workspace.contents(old.article)
            gesture = gestures.restore_as(now, old)
        except (Refused, KnownError) as problem:
            self._note.setText(f"{problem}.")
            return
        self._write(
            partial(self._session.do_in, old.article, gesture.command, gesture.title), old.article
        )

    def _write(self, write: partial[Change | None], article: str | None) -> None:
        refusals: list[str] = []
        self._session.refused.connect(refusals.append)
        try:
            change = write()
        finally:
            self._session.refused.disconnect(refusals.append)
        if change is None:
            self._note.setText(refusals[0] if refusals else "This could not be written.")
            return
        self._refresh()
        self._note.setText(f"Done: {change.title}. Ctrl+Z on the desk takes it back.")
        if article is not None:
            self.article_requested.emit(article)

    # -- the trash --------------------------------------------------------------------------------

    def _show_thing(self, row: int) -> None:
        thing = self.things.at(row)
        self._pages.setCurrentWidget(self._scroll)
        self._title.setText(self.things.words(row)[0] if thing else "The trash is empty")
        self._about.setText(self.things.words(row)[1] if thing else "")
        told = "What you remove lies here until `pressmark purge` empties it, after a copy."
        page = QWidget()
        page.setProperty("class", "paper")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 16)
        column.addWidget(_wrapped(thing.label if thing else "", "reading"))
        column.addWidget(_wrapped(told, "label"))
        column.addStretch(1)
        self._scroll.setWidget(page)
        self._note.clear()
        self.take_back.setVisible(False)
        self.as_it_was.setVisible(False)
        self.restore.setVisible(True)
        self.restore.setText(
            "Restore the article" if thing and thing.kind == "article" else "Restore the mark"
        )
        self.restore.setEnabled(thing is not None and not self._session.workspace.read_only)

    # -- Qt ---------------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.list.set_theme(theme)
        self.trash.set_theme(theme)
        self.past.set_theme(theme)

    @override
    def focusNextPrevChild(self, forwards: bool) -> bool:
        return go(self, [self], forwards=forwards) or super().focusNextPrevChild(forwards)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._later.stop()


def _line(look: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("class", look)
    return label


def _wrapped(words: str, look: str) -> QLabel:
    label = _line(look)
    label.setText(words)
    label.setWordWrap(True)
    return label
