"""The list itself. Moving in it opens nothing; Enter and a click do."""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from app.ui.queue.delegate import HEIGHT, RAIL_HEIGHT, QueueDelegate
from app.ui.queue.model import QueueModel
from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class QueueView(QTableView):
    """The selected row is the article that is open; the current one is where the keys are.

    A table of one column: a list view lays out every one of 100,000 rows before it shows any.
    """

    opened = Signal(int)
    """The place of the row that was clicked or entered."""
    left_upwards = Signal()
    """Up on the first row."""

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = QueueDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(RAIL_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(HEIGHT)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(HEIGHT // 2)
        self.setAccessibleName("Articles")
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._delegate.set_theme(theme)
        self.viewport().update()

    def set_rail(self, on: bool) -> None:
        """Show only the states of the articles, or all of each row."""
        self._delegate.rail = on
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if on else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(bar)
        self.verticalHeader().setDefaultSectionSize(RAIL_HEIGHT if on else HEIGHT)
        if (open_ := self.selectedIndexes()) and self.isVisible():
            self.scrollTo(open_[0])

    def show_open(self, place: int | None, *, scroll: bool) -> None:
        """Show which row is open; None when it is not in the list."""
        if place is None:
            self.clearSelection()
            return
        index = self.model().index(place, 0)
        selection = self.selectionModel()
        selection.select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if scroll:
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)

    @override
    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        # Only opening an article selects its row.
        return QItemSelectionModel.SelectionFlag.NoUpdate

    @override
    def keyboardSearch(self, search: str) -> None:
        """Leave letters alone: looking for one would read every row of the project."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = event.key(), self.currentIndex()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current.isValid():
            self.opened.emit(current.row())
        elif key == Qt.Key.Key_Up and current.row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            chosen = self.selectedIndexes()
            start = chosen[0] if chosen else self.model().index(0, 0)
            self.selectionModel().setCurrentIndex(start, QItemSelectionModel.SelectionFlag.NoUpdate)
        super().focusInEvent(event)
