"""The window itself: it can be painted at once, before the heavy parts are imported."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QSessionManager
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from typing_extensions import override

from app.ui.bars import paint_bars
from app.ui.crash import Reports
from app.ui.settings import Settings
from app.ui.tab_order import go
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.workbench import Workbench

_TOP, _QUEUE, _FORM, _STATUS, _BAR = 44, 268, 376, 26, 40
_SIZE = QSize(1440, 900)
_LEAST_SIZE = QSize(1024, 700)
_SMALLEST = QSize(640, 440)
"""What a screen of 1024 x 700 has room for where everything is half as large again."""
_TITLE_BAR = 36
_MOST_DIALOGS = 4
_PATIENCE_MS = 10


class MainWindow(QMainWindow):
    """One window. Empty panes are painted until the workbench is asked for."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.reports = Reports(settings.folder.with_name("reports"))
        self._bench: Workbench | None = None
        self._ending = False
        self.setWindowTitle("Pressmark")
        self.setMinimumSize(_SMALLEST)
        if not self.restoreGeometry(settings.state("window")):
            self._take_room()
        self.setCentralWidget(_Panes(settings.theme()))

    @property
    def bench(self) -> "Workbench":
        """What stands in the window. It is put in on the first use: importing it takes a while."""
        if self._bench is None:
            from app.ui.workbench import Workbench

            self._bench = Workbench(self, self._settings, self.reports)
        return self._bench

    def _take_room(self) -> None:
        """Take the size of the design, or what the screen has room for under a title bar."""
        room = self.screen().availableGeometry().size() - QSize(0, _TITLE_BAR)
        self.resize(_SIZE.boundedTo(room.expandedTo(_LEAST_SIZE)))

    def show_unexpected(self, name: str) -> None:
        """Say that the program met a bug, unless it lies in what would say so."""
        if self._bench is not None:
            self._bench.show_unexpected(name)

    def end(self) -> None:
        """Close as soon as nothing is half done, without asking: the system wants the end."""
        self._ending = True
        for _ in range(_MOST_DIALOGS):
            if (dialog := QApplication.activeModalWidget()) is not None:
                dialog.close()
        # Whoever waits for the answer of a dialog goes on first.
        QTimer.singleShot(_PATIENCE_MS, self, self._end)

    def commit(self, manager: QSessionManager) -> None:
        """Write what is being typed: the person logs out. Ask before a change would be lost."""
        if self._bench is None or self._bench.is_busy():
            return  # an import that is cut off leaves the old or the new
        if not self._bench.may_close(ask=manager.allowsInteraction()):
            manager.cancel()
        manager.release()

    def _end(self) -> None:
        if self._bench is not None and self._bench.is_busy():
            self.end()
        else:
            self.close()

    @override
    def focusNextPrevChild(self, forwards: bool) -> bool:
        panes = self._bench.panes() if self._bench is not None else []
        return go(self, panes, forwards=forwards) or super().focusNextPrevChild(forwards)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._bench is not None:
            self._bench.desk.step_out()  # whatever had the keyboard had no use for it
        else:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._bench is not None and not self._bench.may_close(ask=not self._ending):
            event.ignore()
            return
        self._settings.set_state("window", self.saveGeometry())
        if self._bench is not None:
            self._bench.close()
        super().closeEvent(event)


class _Panes(QWidget):
    """The panes as they will stand, with grey bars where the text will be."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, width, height = self._theme, self.width(), self.height()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color("app"))
            middle = QRectF(_QUEUE, _TOP, width - _QUEUE - _FORM, height - _TOP - _STATUS)
            painter.fillRect(middle, theme.color("paper"))
            painter.setPen(theme.color("line"))
            for y in (_TOP - 1, height - _STATUS):
                painter.drawLine(0, y, width, y)
            painter.drawLine(_QUEUE, _TOP + _BAR, width - _FORM, _TOP + _BAR)
            for x in (_QUEUE, width - _FORM):
                painter.drawLine(x, _TOP, x, height - _STATUS)
            paint_bars(painter, middle, theme)
