"""Asking a model server about the open article: first all that would be sent is shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.model.article import Article
from app.model.wording import several
from app.ui.jobs import Job
from app.ui.session import Session
from app.ui.sheet import Primary, Sheet
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.workspace.model_server import Answer
    from app.workspace.outside import Server

_SIZE = QSize(860, 640)
_OFF = "No model server may be asked: Settings ▸ Pipelines switches one on"


class Asking(QObject):
    """Asks the server that is switched on, one article at a time, and keeps what it found."""

    found = Signal()
    message = Signal(str)
    standing = Signal(str)
    """What may leave this computer, in words, empty for nothing; to be seen all the time."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self.always = ""
        """The name of the server that every opened article is sent to, until the program ends."""
        self.job: Job | None = None

    def attend(self, session: Session | None) -> None:
        """Ask about the articles of another project, or of none."""
        self._session = session
        self.job = None
        if session is not None:
            session.article_opened.connect(self._opened)

    def tell(self, name: str) -> None:
        """Hear which server is switched on, by its suggester's name, and say what that means."""
        if name != self.always:
            self.always = ""
        if not name:
            self.standing.emit("")
            return
        from app.workspace.outside import server  # only where one was switched on

        if (now := server()) is not None:
            does = self.tr("sends articles to {}") if self.always else self.tr("model server: {}")
            self.standing.emit(does.format(now.host))

    def ask(self, window: QWidget, theme: Theme) -> None:
        """Show what would be sent about the open article, and send it if that is wanted."""
        from app.workspace.model_server import request_for
        from app.workspace.outside import server

        session, now = self._session, server()
        if now is None or session is None or session.contents is None:
            self.message.emit(_OFF if now is None else self.tr("No article is open"))
            return
        article = session.contents.article
        body = request_for(now, session.workspace.codebook, article)
        sheet = AskSheet(window, now, body, theme=theme)
        is_wanted = sheet.exec() == AskSheet.DialogCode.Accepted
        is_always = sheet.always.isChecked()
        sheet.deleteLater()
        if is_wanted:
            self.always = now.pipeline.name if is_always else ""
            self.tell(now.pipeline.name)
            self._send(now, body, article)

    def _opened(self) -> None:
        """Ask about an article that was opened, where that was allowed for all of them."""
        if not self.always or self._session is None or self._session.contents is None:
            return
        from app.workspace.model_server import request_for
        from app.workspace.outside import guesses_of, server

        now, article = server(), self._session.contents.article
        if now is None or now.pipeline.name != self.always or self.job is not None:
            return
        if guesses_of(now.pipeline, article.sha256) is None:
            codebook = self._session.workspace.codebook
            self._send(now, request_for(now, codebook, article), article)

    def _send(self, now: "Server", body: bytes, article: Article) -> None:
        from app.workspace.model_server import ask
        from app.workspace.outside import keep_guesses

        def work(_: Job) -> "Answer":
            answer = ask(now, body, article)
            keep_guesses(now.pipeline, article.sha256, answer.guesses)
            return answer

        if self.job is not None:
            self.message.emit(self.tr("The model server is being asked already"))
            return
        job = self.job = Job(work)
        job.done.connect(self._take)
        job.failed.connect(self.message)
        job.ended.connect(lambda: self._over(job))
        self.message.emit(self.tr("{} is asked…").format(now.pipeline.title))
        job.start()

    def _take(self, answer: "Answer") -> None:
        self.found.emit()
        said = self.tr("{} proposed").format(several(len(answer.guesses), "span"))
        if answer.lost:
            every = len(answer.guesses) + answer.lost
            said += self.tr("; {} of {} quotes are not in the article").format(answer.lost, every)
        self.message.emit(said)

    def _over(self, job: Job) -> None:
        if job is self.job:
            self.job = None


class AskSheet(Sheet):
    """All that would leave the program, letter by letter, and to where."""

    def __init__(self, window: QWidget, now: "Server", body: bytes, *, theme: Theme) -> None:
        super().__init__("Ask the model server", window, theme=theme, size=_SIZE)
        self.caption.setText(f"{now.model} · {now.address}")
        where = self.tr("This is all that is sent, to {} on this computer:")
        if not now.is_here:
            where = self.tr("This is all that leaves this computer, for {}:")
        if now.is_open:
            where += " " + self.tr("(others on the way can read it)")
        said = QLabel(where.format(now.host))
        said.setWordWrap(True)
        self.words = QPlainTextEdit(body.decode())
        self.words.setReadOnly(True)
        self.words.setAccessibleName(self.tr("What is sent"))
        self.words.setTabChangesFocus(True)
        self.always = QCheckBox(
            self.tr("Send &every article that I open, without asking, until Pressmark is closed")
        )
        inside = QVBoxLayout()
        inside.setContentsMargins(18, 10, 18, 12)
        inside.setSpacing(10)
        inside.addWidget(said)
        inside.addWidget(self.words, 1)
        inside.addWidget(self.always)
        self.body.addLayout(inside, 1)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.send = Primary(self.tr("Send"), theme)
        self.send.clicked.connect(self.accept)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.send)
        cancel.setFocus()
