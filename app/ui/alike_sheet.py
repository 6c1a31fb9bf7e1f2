"""Tag all alike: a tick list of the same words, in the article or in all of them."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)
from typing_extensions import override

from app.model.annotation import Annotation
from app.model.codebook import SpanType
from app.model.contents import ArticleContents
from app.model.wording import on_one_line, several
from app.ui.controls import Combo
from app.ui.jobs import Job
from app.ui.session import Session
from app.ui.sheet import Primary, Rule, Sheet
from app.ui.theme import Theme
from app.workspace.alike_everywhere import MOST, Spot, Spots, Wanted, find_alike

_SIZE = QSize(860, 600)
_ROW = 44
_PAUSE_MS = 120
_PLACE = Qt.ItemDataRole.UserRole


class AlikeSheet(Sheet):
    """What is ticked is marked like the mark it began with, in one step."""

    chosen = Signal(object)
    """The `Spot`s to mark, as a tuple."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        about: tuple[ArticleContents, Annotation, SpanType],
        *,
        theme: Theme,
    ) -> None:
        super().__init__(self.tr("Tag all alike"), window, theme=theme, size=_SIZE)
        self._session = session
        self._contents, self._mark, span_type = about
        self.caption.setText(f"“{on_one_line(self._mark.quote, 50)}” · {span_type.label}")
        self.spots: tuple[Spot, ...] = ()
        self._more = False
        self._left_out: set[tuple[str, int]] = set()
        """Unticked by hand, by article and start: they stay so when the list is made anew."""
        self.job: Job | None = None
        self._ending: set[Job] = set()
        """Threads must not lose the object they report to."""
        self.scope = Combo()
        self.scope.setAccessibleName(self.tr("Where"))
        self.scope.addItem(self.tr("This article"), False)
        self.scope.addItem(self.tr("All articles"), True)
        self.whole = self._box(self.tr("Whole &words"), on=True)
        self.case = self._box(self.tr("Match &case"), on=True)
        self.inflected = self._box(self.tr("Other &endings"), on=False)
        self.names = self._box(self.tr("&Short forms of the name"), on=True)
        self.list = _Ticks()
        self.list.setAccessibleName(self.tr("Places with the same words"))
        self.list.setAccessibleDescription(self.tr("Space takes a place in or leaves it out"))
        self.told = QLabel()
        self.told.setProperty("class", "label")
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.none = self._button(self.tr("Tick &none"))
        self.every = self._button(self.tr("Tick &all"))
        self.cancel = self._button(self.tr("Cancel"))
        self.go = Primary(self.tr("Tag"), theme)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._arrange()
        self._connect()
        self.list.setFocus()
        self.look()

    def _box(self, words: str, *, on: bool) -> QCheckBox:
        box = QCheckBox(words)
        box.setChecked(on)
        box.toggled.connect(self._look_soon)
        return box

    def _look_soon(self, _on: bool) -> None:
        self._pause.start()

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        return button

    def _arrange(self) -> None:
        options = QHBoxLayout()
        options.setContentsMargins(18, 10, 18, 10)
        options.setSpacing(16)
        for widget in (self.scope, self.whole, self.case, self.inflected, self.names):
            options.addWidget(widget)
        options.addStretch(1)
        self.body.addLayout(options)
        self.body.addWidget(Rule(self.theme))
        around = QHBoxLayout()
        around.setContentsMargins(12, 8, 12, 8)
        around.addWidget(self.list)
        self.body.addLayout(around, 1)
        for below in (self.every, self.none, self.told):
            self.foot.addWidget(below)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.look)
        self.scope.currentIndexChanged.connect(self._pause.start)
        self.list.itemChanged.connect(self._ticked)
        self.every.clicked.connect(lambda: self._tick_all(on=True))
        self.none.clicked.connect(lambda: self._tick_all(on=False))
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._take)

    # -- looking ----------------------------------------------------------------------------------

    def wanted(self) -> Wanted:
        """Return what counts as the same words now."""
        return Wanted(
            everywhere=bool(self.scope.currentData()),
            whole_words=self.whole.isChecked(),
            match_case=self.case.isChecked(),
            inflected=self.inflected.isChecked(),
            names=self.names.isChecked(),
        )

    def look(self) -> None:
        """Have a worker look for the words."""
        self._pause.stop()
        self._stop()
        workspace, contents, mark = self._session.workspace, self._contents, self._mark
        wanted = self.wanted()
        job = self.job = Job(
            lambda job: find_alike(workspace, contents, mark, wanted, tell=job.tell)
        )
        total = workspace.queue_count()
        job.progressed.connect(
            lambda done: self.told.setText(f"Looking… {done:,} of {several(total, 'article')}")
        )
        job.done.connect(self._show)
        job.failed.connect(self.told.setText)
        self._ending.add(job)
        job.ended.connect(lambda: self._ended(job))
        job.start()
        self._count()

    def _stop(self) -> None:
        job, self.job = self.job, None
        if job is not None:
            for signal in (job.progressed, job.done, job.failed):
                signal.disconnect()
            job.cancel()

    def _ended(self, job: Job) -> None:
        self._ending.discard(job)
        if job is self.job:
            self.job = None
            self._count()

    def _show(self, spots: Spots) -> None:
        self.spots = spots.found
        self._more = spots.more
        self.list.blockSignals(True)
        self.list.clear()
        for spot in spots.found:
            words = f"{spot.before} “{spot.words}” {spot.after}"
            item = QListWidgetItem(f"{on_one_line(words, 140)}\n{spot.title}")
            item.setData(_PLACE, (spot.article, spot.start))
            item.setSizeHint(QSize(0, _ROW))
            on = (spot.article, spot.start) not in self._left_out
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setCurrentRow(0)

    # -- ticking ----------------------------------------------------------------------------------

    def _ticked(self, item: QListWidgetItem) -> None:
        place = item.data(_PLACE)
        if item.checkState() == Qt.CheckState.Checked:
            self._left_out.discard(tuple(place))
        else:
            self._left_out.add(tuple(place))
        self._count()

    def _tick_all(self, *, on: bool) -> None:
        self.list.blockSignals(True)
        for number in range(self.list.count()):
            item = self.list.item(number)
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            place = tuple(item.data(_PLACE))
            (self._left_out.discard if on else self._left_out.add)(place)
        self.list.blockSignals(False)
        self._count()

    def ticked(self) -> tuple[Spot, ...]:
        """Return the places that are to be marked."""
        return tuple(
            spot for spot in self.spots if (spot.article, spot.start) not in self._left_out
        )

    def _count(self) -> None:
        chosen, found = len(self.ticked()), len(self.spots)
        self.go.setText(f"Tag {several(chosen, 'place')}" if chosen else self.tr("Tag"))
        self.go.setEnabled(bool(chosen) and self.job is None)
        if self.job is not None:
            return
        articles = len({spot.article for spot in self.spots})
        said = f"{several(found, 'place')} in {several(articles, 'article')}"
        if found == MOST and self._more:
            said = f"the first {said}; tag these, then ask again"
        self.told.setText(said if found else self.tr("Nowhere else"))

    def _take(self) -> None:
        self.accept()
        self.chosen.emit(self.ticked())

    @override
    def done(self, result: int) -> None:
        self._stop()
        super().done(result)


class _Ticks(QListWidget):
    """Space ticks; Enter is the sheet's button."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("class", "plain")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setUniformItemSizes(True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Space and item is not None:
            on = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
        else:
            super().keyPressEvent(event)
