"""The sheet of near-duplicates: which articles are alike, what differs, and marks carried over."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.alignment import Alignment
from app.model.article import ArticleRow
from app.model.errors import KnownError, Refused
from app.model.text import for_display
from app.model.wording import several
from app.ui.jobs import Job
from app.ui.session import Session
from app.ui.sheet import Primary, Rule, Sheet
from app.ui.theme import Theme
from app.workspace import Workspace
from app.workspace.duplicates import Carried, Group, carry, find_groups

_SIZE = QSize(920, 600)
_LIST_WIDTH = 340
_ROW, _HEAD = 44, 30
_ARTICLE = Qt.ItemDataRole.UserRole


class DuplicatesSheet(Sheet):
    """Groups stand under one another, each with its articles; what is written is one step."""

    article_requested = Signal(str)
    """Id of an article that is to be opened."""
    message = Signal(str)

    def __init__(self, window: QWidget, session: Session, *, theme: Theme) -> None:
        super().__init__(self.tr("Near-duplicates"), window, theme=theme, size=_SIZE)
        self._session = session
        self._groups: tuple[Group, ...] = ()
        self._problem = ""
        self.job: Job | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Articles that are nearly the same"))
        self.list.setProperty("class", "plain")
        self.list.setFixedWidth(_LIST_WIDTH)
        self.beside = QLabel()
        self.beside.setTextFormat(Qt.TextFormat.PlainText)
        self.beside.setProperty("class", "heading")
        self.beside.setWordWrap(True)
        self.differences = QPlainTextEdit()
        self.differences.setReadOnly(True)
        self.differences.setProperty("class", "plain")
        self.differences.setAccessibleName(self.tr("What differs"))
        self.differences.setTabChangesFocus(True)
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setProperty("class", "label")
        self.told.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(180)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.open_button = self._button(self.tr("&Open the article"))
        self.close_ = self._button(self.tr("Close"))
        self.go = Primary(self.tr("Carry over"), theme)
        self._arrange(theme)
        self.list.currentItemChanged.connect(lambda *_: self._show())
        self.list.itemDoubleClicked.connect(lambda *_: self._open())
        self.open_button.clicked.connect(self._open)
        self.close_.clicked.connect(self.reject)
        self.go.clicked.connect(self._carry)
        self.list.setFocus()
        self._look()

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        return button

    def _arrange(self, theme: Theme) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(16, 12, 16, 12)
        right.setSpacing(8)
        right.addWidget(self.beside)
        right.addWidget(self.differences, 1)
        right.addWidget(self.told)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(self.list)
        both.addWidget(Rule(theme, upright=True))
        both.addLayout(right, 1)
        page = QWidget()
        page.setLayout(both)
        self.body.addWidget(page, 1)
        self.foot.addWidget(self.open_button)
        self.foot.addWidget(self.bar)
        self.foot.addStretch(1)
        self.foot.addWidget(self.close_)
        self.foot.addWidget(self.go)

    # -- finding ----------------------------------------------------------------------------------

    def _look(self) -> None:
        """Have a worker read all texts."""
        workspace = self._session.workspace
        job = self.job = Job(partial(_find, workspace))
        self.bar.setRange(0, workspace.queue_count())
        job.progressed.connect(self.bar.setValue)
        job.done.connect(self._take)
        job.failed.connect(self._fail)
        job.ended.connect(self._ended)
        job.start()
        self._refresh()

    def _take(self, groups: tuple[Group, ...]) -> None:
        self._groups = groups
        self._fill("")

    def _fail(self, sentence: str) -> None:
        self._problem = sentence

    def _ended(self) -> None:
        self.job = None
        self._refresh()

    def _fill(self, chosen: str) -> None:
        """List the groups; the article `chosen`, or the first one, is chosen."""
        self.list.clear()
        current = None
        for group in self._groups:
            head = QListWidgetItem(several(len(group.members), "article"))
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            head.setSizeHint(QSize(0, _HEAD))
            head.setForeground(self.theme.color("text-2"))
            self.list.addItem(head)
            for row in group.members:
                item = QListWidgetItem(f"{row.title}\n{self._about(row)}")
                item.setData(_ARTICLE, row.id)
                item.setSizeHint(QSize(0, _ROW))
                self.list.addItem(item)
                if row.id == chosen or (current is None and row.id == group.model.id):
                    current = item
        if current is not None:
            self.list.setCurrentItem(current)
        self._refresh()

    def _about(self, row: ArticleRow) -> str:
        marks = several(row.annotations, "mark") if row.annotations else self.tr("no marks")
        return " · ".join(filter(None, [row.source, row.published, marks]))

    # -- the chosen article -----------------------------------------------------------------------

    def _chosen(self) -> tuple[Group, ArticleRow] | None:
        item: QListWidgetItem | None = self.list.currentItem()
        wanted = item.data(_ARTICLE) if item is not None else None
        pairs = ((group, row) for group in self._groups for row in group.members)
        return next(((group, row) for group, row in pairs if row.id == wanted), None)

    def _show(self) -> None:
        """Show what differs between the model and the chosen article, or all others."""
        self.differences.clear()
        chosen = self._chosen()
        if chosen is None:
            self.beside.setText("")
        else:
            try:
                self._compare(*chosen)
            except (Refused, KnownError) as problem:
                self.beside.setText(str(problem))
        self._refresh()

    def _compare(self, group: Group, row: ArticleRow) -> None:
        contents = self._session.workspace.contents
        model = group.model
        text = contents(model.id).article.text
        if model.id != row.id:
            beside = Alignment(text, contents(row.id).article.text)
            same = self.tr("{} of the letters stand in “{}” too")
            self.beside.setText(same.format(f"{beside.percent}%", model.title))
            self._write(beside)
        else:
            self.beside.setText(self.tr("What the others have otherwise than this article"))
            for other in group.members:
                if other.id != row.id:
                    beside = Alignment(text, contents(other.id).article.text)
                    self._head(f"{other.title} ({beside.percent}%)")
                    self._write(beside)
        self.differences.moveCursor(QTextCursor.MoveOperation.Start)

    def _head(self, words: str) -> None:
        shape = QTextCharFormat()
        shape.setForeground(self.theme.color("text-2"))
        self.differences.textCursor().insertText(f"{for_display(words)}\n", shape)

    def _write(self, beside: Alignment) -> None:
        """Write the sentences that differ, those that are gone struck out."""
        gone, fresh = QTextCharFormat(), QTextCharFormat()
        gone.setFontStrikeOut(True)
        gone.setForeground(self.theme.color("text-2"))
        fresh.setFontWeight(QFont.Weight.DemiBold)
        cursor = self.differences.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        for piece in beside.pieces:
            for sign, text, words in (
                ("−", beside.first[slice(*piece.first)], gone),
                ("+", beside.second[slice(*piece.second)], fresh),
            ):
                if piece.kind != "same" and text.strip():
                    cursor.insertText(f"{sign} ", QTextCharFormat())
                    cursor.insertText(for_display(text), words)
                    cursor.insertText("\n", QTextCharFormat())
            if piece.kind != "same":
                cursor.insertText("\n", QTextCharFormat())
        self.differences.setTextCursor(cursor)

    def _refresh(self) -> None:
        busy = self.job is not None
        chosen = self._chosen()
        self.bar.setVisible(busy)
        self.open_button.setVisible(not busy)
        self.open_button.setEnabled(chosen is not None)
        alike = sum(len(group.members) for group in self._groups)
        if busy:
            self.told.setText(self.tr("Reading all articles…"))
        elif not self._groups:
            none = self.tr("No articles of this project are nearly the same.")
            self.told.setText(self._problem or none)
        self.caption.setText(
            f"{several(len(self._groups), 'group')}, {several(alike, 'article')}" if alike else ""
        )
        self.go.setEnabled(False)
        self.go.setText(self.tr("Carry over"))
        if chosen is not None and not busy:
            self._offer(*chosen)

    def _offer(self, group: Group, row: ArticleRow) -> None:
        """Say what carrying over from the chosen article would do."""
        others = [one.id for one in group.members if one.id != row.id]
        try:
            _, _, told = carry(self._session.workspace, row.id, others)
        except (Refused, KnownError) as problem:
            self.told.setText(str(problem))
            return
        self.told.setText("\n".join(self._line(group, one) for one in told))
        marks = several(sum(one.marks for one in told), "mark")
        to = several(sum(one.marks > 0 for one in told), "article")
        self.go.setText(self.tr("Carry {} over to {}").format(marks, to))
        self.go.setEnabled(not self._session.workspace.read_only)

    def _line(self, group: Group, told: Carried) -> str:
        title = next(row.title for row in group.members if row.id == told.article)
        parts = [several(told.marks, "mark")]
        if told.unsure:
            parts.append(self.tr("{} of them unsure").format(f"{told.unsure:,}"))
        if told.sentences:
            parts.append(self.tr("{} with a bookmark").format(several(told.sentences, "passage")))
        if told.lost:
            parts.append(self.tr("{} have no words there").format(f"{told.lost:,}"))
        return f"{title}: {', '.join(parts)}"

    # -- what is done -----------------------------------------------------------------------------

    def _carry(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        group, row = chosen
        others = [one.id for one in group.members if one.id != row.id]
        try:
            command, title, _ = carry(self._session.workspace, row.id, others)
        except (Refused, KnownError) as problem:
            self.told.setText(str(problem))
            return
        if self._session.do_in_project(command, title) is None:
            return
        self.message.emit(f"{title[:1].upper()}{title[1:]}")
        read = self._session.workspace.queue_row
        self._groups = tuple(
            Group(tuple(fresh for one in each.members if (fresh := read(one.id))))
            for each in self._groups
        )
        self._fill(row.id)

    def _open(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.accept()
            self.article_requested.emit(chosen[1].id)

    @override
    def reject(self) -> None:
        if self.job is not None:
            self.job.ended.connect(super().reject)
            self.job.cancel()
        else:
            super().reject()


def _find(workspace: Workspace, job: Job) -> tuple[Group, ...]:
    return find_groups(workspace, job.tell)
