"""Something dragged over the window from outside: the whole window becomes the place to drop it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPlainTextEdit, QTextEdit, QWidget
from typing_extensions import override

from app.model.wording import several
from app.ui.icons import pixmap
from app.ui.theme import Theme, font

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit)


class DropZone(QObject):
    """Shows the place to drop as soon as something that can be taken in comes over the window.

    What is dragged inside the program is none of its business, nor is text over a field of words.
    """

    dropped = Signal(object)
    """The `QMimeData`."""

    def __init__(self, window: QMainWindow, theme: Callable[[], Theme]) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._place: _Place | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        QTimer.singleShot(0, self, self._watch)

    def _watch(self) -> None:
        """See drags before the widget under them does."""
        if self._window.internalWinId():
            self._window.windowHandle().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Show:
            self._watch()
        elif isinstance(event, (QDragEnterEvent, QDragMoveEvent)):
            if self._place is None and self._wants(event):
                self._show(event.mimeData())
            if self._place is not None and watched is self._window:
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent) and watched is self._window:
            if self._wants(event):
                event.acceptProposedAction()
                self._take(event.mimeData())
            return True
        return super().eventFilter(watched, event)

    def _wants(self, event: QDropEvent) -> bool:
        data = event.mimeData()
        if event.source() is not None or self._window.isHidden():
            return False
        if any(url.isLocalFile() for url in data.urls()):
            return True
        under = self._window.childAt(event.position().toPoint())
        return data.hasText() and not isinstance(under, _FIELDS)

    def _show(self, data: QMimeData) -> None:
        place = self._place = _Place(self._window, self._theme(), words(data))
        place.left.connect(self.hide)
        place.dropped.connect(self._take)
        place.show()
        place.raise_()

    def hide(self) -> None:
        """Take the place to drop away."""
        if self._place is not None:
            self._place.hide()
            self._place.deleteLater()
            self._place = None

    def _take(self, data: QMimeData) -> None:
        self.hide()
        self.dropped.emit(data)


def words(data: QMimeData) -> str:
    """Return what dropping would do."""
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    if any(path.endswith(".pressmark") for path in paths):
        return "Drop to open the project"
    if paths:
        return f"Drop to look at {several(len(paths), 'file')}"
    return "Drop to make an article of this text"


class _Place(QWidget):
    """Covers the window while something is dragged over it."""

    left = Signal()
    dropped = Signal(object)

    def __init__(self, window: QWidget, theme: Theme, sentence: str) -> None:
        super().__init__(window)
        self._theme, self._sentence = theme, sentence
        self.setAccessibleName(sentence)
        self.setAcceptDrops(True)
        self.setGeometry(window.rect())

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.left.emit()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        veil = QColor(theme.color("app"))
        veil.setAlphaF(0.88)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), veil)
            painter.setPen(QPen(theme.color("focus"), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(20, 20, -20, -20), 12, 12)
            picture = pixmap("download", theme, "text", 28, self.devicePixelRatioF())
            middle = QRectF(self.rect()).center()
            painter.drawPixmap(round(middle.x()) - 14, round(middle.y()) - 44, picture)
            painter.setPen(theme.color("text"))
            painter.setFont(font("ui", 15, weight=600))
            line = QRectF(0, middle.y(), self.width(), 30)
            painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, self._sentence)
