"""What the queue is sorted and narrowed by: unfolds below the search field, and saved filters."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.listing import SORTS, Listing
from app.ui.controls import narrow_combo
from app.ui.icons import icon
from app.ui.queue import saved
from app.ui.queue.saved import SavedFilter
from app.ui.queue.words import SORT_NAMES
from app.ui.theme import LIGHT, Theme

_MARGIN = 12
_SOURCES = 200
_PAUSE = 200
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_NONE = "Saved filters"

Sources = Callable[[int], Sequence[tuple[str, int]]]


class Filters(QWidget):
    """Says how the queue is sorted and what it leaves out. Everything takes effect at once."""

    chosen = Signal(object)
    """The `Listing` that is asked for now; its state and words are those of `show_listing`."""
    kept = Signal(object)
    """The saved filters, after one was added, renamed or deleted: a tuple of `SavedFilter`."""
    left = Signal()
    """Esc: back to the list."""

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources = sources
        self._listing = Listing()
        self._filters: tuple[SavedFilter, ...] = ()
        self._renaming = ""
        self._showing = False
        self.setAccessibleName("Sort and filter")
        self.sort = narrow_combo("Sort by")
        for name in SORTS:
            self.sort.addItem(SORT_NAMES[name], name)
        self.backwards = QToolButton()
        self.backwards.setCheckable(True)
        self.backwards.setFixedSize(28, 28)
        self.backwards.setAccessibleName("Backwards")
        self.backwards.setToolTip("Backwards: Z to A, newest or most first")
        self.source = narrow_combo("Source")
        self.since, self.until = _date("From"), _date("To")
        self.bookmarked = QCheckBox("Bookmarked")
        self.unsure = QCheckBox("With unsure marks")
        self.commented = QCheckBox("With comments")
        self.saved = narrow_combo("Saved filters")
        self.keep = _button("Save", "Save this sorting and filter under a name")
        self.rename = _button("Rename", "Give the saved filter another name")
        self.delete = _button("Delete", "Delete the saved filter; the articles stay")
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name, then Enter")
        self.name.setAccessibleName("Name of the filter")
        self.name.hide()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._arrange()
        self._connect()
        self.set_theme(LIGHT)
        self.show_filters(())

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        dates = QHBoxLayout()
        dates.setSpacing(6)
        dates.addWidget(self.since)
        dates.addWidget(self.until)
        sort = QHBoxLayout()
        sort.setSpacing(4)
        sort.addWidget(self.sort, 1)
        sort.addWidget(self.backwards)
        for row, words in enumerate(("Sort by", "Source", "Date")):
            label = QLabel(words)
            label.setProperty("class", "label")
            grid.addWidget(label, row, 0)
        grid.addLayout(sort, 0, 1)
        grid.addWidget(self.source, 1, 1)
        grid.addLayout(dates, 2, 1)
        grid.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (self.keep, self.rename, self.delete):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 4, _MARGIN, 8)
        column.setSpacing(6)
        column.addLayout(grid)
        for box in (self.bookmarked, self.unsure, self.commented):
            column.addWidget(box)
        column.addWidget(self.saved)
        column.addLayout(buttons)
        column.addWidget(self.name)

    def _connect(self) -> None:
        self.sort.currentIndexChanged.connect(self._changed)
        self.source.currentIndexChanged.connect(self._changed)
        self.backwards.toggled.connect(self._changed)
        for box in (self.bookmarked, self.unsure, self.commented):
            box.toggled.connect(self._changed)
        for line in (self.since, self.until):
            line.textChanged.connect(self._pause.start)
            line.editingFinished.connect(self._changed)
        self._pause.timeout.connect(self._changed)
        self.saved.activated.connect(self._apply)
        self.keep.clicked.connect(lambda: self._ask_name(""))
        self.rename.clicked.connect(lambda: self._ask_name(self._current()))
        self.delete.clicked.connect(self._delete)
        self.name.returnPressed.connect(self._named)
        for child in self.findChildren(QWidget):
            child.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self._show_direction()

    # -- what is shown ----------------------------------------------------------------------------

    def show_listing(self, listing: Listing) -> None:
        """Show what is asked for, without asking for it."""
        self._showing = True
        self._listing = listing
        self.sort.setCurrentIndex(SORTS.index(listing.sort))
        self.backwards.setChecked(listing.descending)
        self._show_source(listing.source)
        for line, words in ((self.since, listing.since), (self.until, listing.until)):
            if _DATE.fullmatch(line.text()) is None or line.text() != words:
                line.setText(words)
        self.bookmarked.setChecked(listing.bookmarked)
        self.unsure.setChecked(listing.unsure)
        self.commented.setChecked(listing.commented)
        self._show_direction()
        self._showing = False

    def reload(self) -> None:
        """Read the sources anew: another project, or articles came in."""
        self._showing = True
        self.source.clear()
        self.source.addItem("All sources", "")
        for name, count in self._sources(_SOURCES):
            self.source.addItem(f"{name}  ({count:,})", name)
        self._show_source(self._listing.source)
        self._showing = False

    def show_filters(self, filters: tuple[SavedFilter, ...], current: str = "") -> None:
        """Show the saved filters, one of them as the one that is in use."""
        self._filters = filters
        self.saved.clear()
        self.saved.addItem(_NONE if filters else "No saved filter yet", "")
        for one in filters:
            self.saved.addItem(one.name, one.name)
        self.saved.setCurrentIndex(max(0, self.saved.findData(current)))
        self.saved.setEnabled(bool(filters))
        self._show_buttons()

    def _show_source(self, source: str) -> None:
        place = self.source.findData(source)
        if place < 0 and source:  # one of the rare ones, or none of this project
            self.source.addItem(source, source)
            place = self.source.count() - 1
        self.source.setCurrentIndex(place)

    def _show_direction(self) -> None:
        name = "arrow-up" if self.backwards.isChecked() else "arrow-down"
        self.backwards.setIcon(icon(name, self._theme, "text-2", 14))

    def _show_buttons(self) -> None:
        for button in (self.rename, self.delete):
            button.setEnabled(bool(self._current()))

    def _current(self) -> str:
        return str(self.saved.currentData() or "")

    # -- what is asked for ------------------------------------------------------------------------

    def _changed(self) -> None:
        self._pause.stop()
        if self._showing:
            return
        self._show_direction()
        dates = [_checked(line) for line in (self.since, self.until)]
        self._listing = replace(
            self._listing,
            sort=self.sort.currentData(),
            descending=self.backwards.isChecked(),
            source=self.source.currentData() or "",
            since=dates[0],
            until=dates[1],
            bookmarked=self.bookmarked.isChecked(),
            unsure=self.unsure.isChecked(),
            commented=self.commented.isChecked(),
        )
        self.chosen.emit(self._listing)

    def _apply(self) -> None:
        self._show_buttons()
        found = next((one for one in self._filters if one.name == self._current()), None)
        if found is not None:
            self.show_listing(found.listing)
            self.chosen.emit(found.listing)

    # -- saved filters ----------------------------------------------------------------------------

    def _ask_name(self, old: str) -> None:
        self._renaming = old
        self.name.setText(old)
        self.name.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _named(self) -> None:
        new = " ".join(self.name.text().split())
        if not new:
            return
        if self._renaming:
            filters = saved.renamed(self._filters, self._renaming, new)
        else:
            filters = saved.put(self._filters, new, self._listing)
        self._end_naming()
        self.show_filters(filters, new)
        self.kept.emit(filters)

    def _end_naming(self) -> None:
        self.name.hide()
        self.saved.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self) -> None:
        filters = saved.without(self._filters, self._current())
        self.show_filters(filters)
        self.kept.emit(filters)
        (self.saved if filters else self.keep).setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                if watched is self.name:
                    self._end_naming()
                else:
                    self.left.emit()
                return True
            if watched is self.saved and self._current():
                if event.key() == Qt.Key.Key_Delete:
                    self._delete()
                    return True
                if event.key() == Qt.Key.Key_F2:
                    self._ask_name(self._current())
                    return True
        return super().eventFilter(watched, event)


def _date(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(name)
    made.setAccessibleName(f"{name} date: year, year-month or year-month-day")
    made.setToolTip("2021, 2021-03 or 2021-03-31")
    made.setMaxLength(10)
    return made


def _button(words: str, told: str) -> QPushButton:
    made = QPushButton(words)
    made.setProperty("class", "quiet")
    made.setAccessibleName(told)
    made.setToolTip(told)
    return made


def _checked(line: QLineEdit) -> str:
    """Return the date of a line, none while it is not one yet, and show which it is."""
    words = line.text().strip()
    is_wrong = bool(words) and _DATE.fullmatch(words) is None
    if line.property("class") != ("wrong" if is_wrong else ""):
        line.setProperty("class", "wrong" if is_wrong else "")
        line.style().unpolish(line)
        line.style().polish(line)
    return "" if is_wrong else words
