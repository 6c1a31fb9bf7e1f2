"""The status bar: when the last change reached the disk, the keys of the moment, the counts."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from app import __version__
from app.model.codebook import Codebook
from app.ui.icons import pixmap
from app.ui.keycap import Keycap
from app.ui.theme import LIGHT, Theme

_HEIGHT = 26
_MARGIN = 12
_GAP = 8
_NARROW = 760
_MESSAGE_MS = 6000
SAVING = "Saving…"
_ALL_KEYS = (("F1",), "all keys")
_HINTS = {
    "annotate": (
        (("1", "–", "4"), "tag"),
        (("←", "→"), "next mark"),
        (("⇧", "→"), "resize"),
        (("Space",), "next open point"),
        _ALL_KEYS,
    ),
    "review": (
        (("A",), "accept"),
        (("X",), "reject"),
        (("⇧ X",), "reject all alike"),
        (("Space",), "next"),
        (("Esc",), "leave"),
        _ALL_KEYS,
    ),
    "compare": (
        (("1", "2"), "take one"),
        (("3",), "both"),
        (("0",), "neither"),
        (("↓",), "next"),
        ((".",), "all alike"),
        _ALL_KEYS,
    ),
    "dataset": (
        (("↑", "↓"), "row"),
        (("⏎",), "open in article"),
        (("Space",), "next mention"),
        (("1", "–", "4"), "table"),
        (("Ctrl C",), "copy rows"),
        _ALL_KEYS,
    ),
    "dashboard": (
        (("Ctrl 1", "–", "4"), "switch view"),
        (("⇥",), "next figure"),
        (("⏎",), "open the list behind a figure"),
        _ALL_KEYS,
    ),
}
"""The keys of the moment, by the view that is shown."""


class StatusBar(QWidget):
    """Says the truth about the disk. A failure stays until it is tried again or discarded."""

    retry_requested = Signal()
    copy_requested = Signal()
    discard_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._saved = ""
        self._failure = ""
        self._message = ""
        self._saving = ""
        self._project = False
        self._styled: tuple[Theme, bool] | None = None
        self._keycaps: list[Keycap] = []
        self._hint_groups: list[QWidget] = []
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName("Status")
        self._icon = QLabel()
        self._words = _label()
        self._hints = QWidget()
        self._hint_line = QHBoxLayout(self._hints)
        self._hint_line.setContentsMargins(0, 0, 0, 0)
        self._hint_line.setSpacing(0)
        self.show_hints("annotate")
        self._counts = _label()
        self._standing = _label()
        self._annotator = _label()
        self._zoom = _label()
        self._retry = self._button("&Try again")
        self._copy = self._button("&Save a copy elsewhere…")
        self._discard = self._button("&Discard")
        self._ways_out = (self._retry, self._copy, self._discard)
        self._until = QTimer(self, singleShot=True, interval=_MESSAGE_MS)
        self._arrange()
        self._retry.clicked.connect(self.retry_requested)
        self._copy.clicked.connect(self.copy_requested)
        self._discard.clicked.connect(self.discard_requested)
        self._until.timeout.connect(self._forget)
        self._show()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        row.setSpacing(_GAP)
        for widget in (self._icon, self._words, *self._ways_out):
            row.addWidget(widget)
        row.addSpacing(10)
        row.addWidget(self._hints)
        row.addStretch(1)
        row.addWidget(self._counts)
        row.addSpacing(10)
        row.addWidget(self._standing)
        row.addSpacing(10)
        row.addWidget(self._annotator)
        row.addSpacing(10)
        row.addWidget(self._zoom)

    def text(self) -> str:
        """Return the words now shown about the disk, or the message in their place."""
        return self._words.text()

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        for keycap in self._keycaps:
            keycap.set_theme(theme)
        self.show_standing(self._standing.text())
        self._show()
        self.update()

    def show_saved(self, at: str) -> None:
        """Say when the last change reached the disk (ISO 8601 in UTC; empty: no change yet)."""
        moment = datetime.fromisoformat(at).astimezone() if at else None
        if moment is None:
            self._saved = "All changes on disk"
        elif moment.date() == datetime.now(moment.tzinfo).date():
            self._saved = f"Saved {moment:%H:%M:%S} – all changes on disk"
        else:
            self._saved = f"Saved {moment.day} {moment:%B %Y, %H:%M} – all changes on disk"
        if self._failure:  # what was said meanwhile is no longer so
            self._failure = self._message = ""
        self._project = True
        self._show()

    def show_saving(self, saving: bool) -> None:
        """Say, at once, that a write is under way that may take long; or no longer."""
        self._saving = SAVING if saving else ""
        self._show()
        if saving:
            self._paint_now()

    def show_progress(self, done: int, total: int) -> None:
        """Say, at once, how much of a long write is done."""
        self._saving = f"{SAVING} {done:,} of {total:,}"
        self._show()
        self._paint_now()

    def _paint_now(self) -> None:
        """Paint what is said: nothing else will while a write is waited for."""
        if (row := self.layout()) is not None:
            row.activate()
        self.repaint()
        self._words.repaint()

    def show_no_project(self) -> None:
        """Say that no project is open."""
        self._saved = "No project open"
        self._failure = ""
        self._project = False
        self._counts.setText(f"Pressmark {__version__}")
        self._annotator.setText("")
        self._show()

    def show_failure(self, sentence: str) -> None:
        """Say that the last change is not on disk, and offer what can be done.

        The keyboard stays where it is: somebody may be typing.
        """
        self._failure = sentence
        self._show()

    def has_focus(self) -> bool:
        """Tell whether one of the buttons has the keyboard."""
        return any(button.hasFocus() for button in self._ways_out)

    def message(self, text: str) -> None:
        """Show a sentence for a few seconds."""
        self._message = text
        self._until.start()
        self._show()

    def show_counts(self, codebook: Codebook, counts: dict[str, int]) -> None:
        """Show how many marks of each type the article has."""
        parts = []
        for span_type in codebook.types:
            count = counts.get(span_type.name, 0)
            if count or not span_type.archived:
                parts.append(
                    f"{count:,} {(span_type.label if count == 1 else span_type.plural).lower()}"
                )
        self.show_figures("   ".join(parts))

    def show_figures(self, words: str) -> None:
        """Show figures of the article that is open."""
        self._counts.setText(words)
        self._fit()

    def set_annotator(self, name: str) -> None:
        """Show whose layer is being worked on."""
        self._annotator.setText(name)
        self._fit()

    def show_standing(self, words: str) -> None:
        """Show what may leave this computer, as long as it may; empty for nothing."""
        self._standing.setText(words)
        self._standing.setAccessibleName(words)
        self._standing.setVisible(bool(words))
        self._standing.setStyleSheet(
            f"font-size: 11.5px; font-weight: 600; color: {self._theme.hex('warn')}"
        )
        self._fit()

    def show_zoom(self, percent: int) -> None:
        """Show the zoom of the article."""
        self._zoom.setText(f"{percent} %")

    def _forget(self) -> None:
        self._message = ""
        self._show()

    def _show(self) -> None:
        failed = bool(self._failure)
        words = self._failure or self._saving or self._message or self._saved
        self._words.setText(words)
        self._words.setToolTip(words.replace("<", "‹"))
        self._words.setAccessibleName(words)
        says = self._message or self._saving
        self._icon.setVisible(failed or (self._project and not says))
        if self._styled != (self._theme, failed):
            self._styled = self._theme, failed
            self._style(failed=failed)
        for button in self._ways_out:
            button.setVisible(failed)
        self._hints.setVisible(not failed)
        for label in (self._annotator, self._zoom):
            label.setVisible(self._project)
        self._fit()

    def _fit(self) -> None:
        """Leave out what has no room: the counts, and of the hints the last ones first.

        Without a project only the last hint, all keys, means anything.
        """
        self._counts.setVisible(not self._failure and self.width() >= _NARROW)
        beside = (
            self._icon,
            self._words,
            self._counts,
            self._standing,
            self._annotator,
            self._zoom,
        )
        taken = sum(part.sizeHint().width() + _GAP for part in beside if not part.isHidden())
        room = self.width() - taken - 2 * _MARGIN - 4 * _GAP
        for group in self._hint_groups:
            wanted = self._project or group is self._hint_groups[-1]
            room -= group.sizeHint().width() if wanted else 0
            group.setVisible(wanted and room >= 0)

    def _style(self, *, failed: bool) -> None:
        """Colour the bar. Done on a change only: Qt works long on a style sheet."""
        role = "danger" if failed else "text-2"
        name = "circle-alert" if failed else "check"
        self._icon.setPixmap(pixmap(name, self._theme, role, 14, self.devicePixelRatioF()))
        weight = 600 if failed else 400
        colour = self._theme.hex(role)
        self._words.setStyleSheet(f"font-size: 11.5px; color: {colour}; font-weight: {weight}")
        for label in (self._counts, self._annotator, self._zoom):
            label.setStyleSheet(f"font-size: 11.5px; color: {self._theme.hex('text-2')}")
        self.update()

    def show_hints(self, view: str) -> None:
        """Print the keys that one needs most in a view."""
        for group in self._hint_groups:
            self._hint_line.removeWidget(group)
            group.hide()
            group.deleteLater()
        self._hint_groups.clear()
        self._keycaps.clear()
        for keys, what in _HINTS.get(view, (_ALL_KEYS,)):
            group = QWidget()
            line = QHBoxLayout(group)
            line.setContentsMargins(0, 0, 12, 0)
            line.setSpacing(3)
            for key in keys:
                if key == "–":
                    line.addWidget(_label("–"))
                else:
                    self._keycaps.append(Keycap(key))
                    line.addWidget(self._keycaps[-1])
            line.addSpacing(3)
            line.addWidget(_label(what))
            self._hint_groups.append(group)
            self._hint_line.addWidget(group)
        for keycap in self._keycaps:
            keycap.set_theme(self._theme)
        if self._hints.parent() is not None:  # else nothing stands in the bar yet
            self._fit()

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setStyleSheet("min-height: 22px; max-height: 22px; font-size: 11.5px;")
        return button

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(
                self.rect(), self._theme.color("danger-bg" if self._failure else "app")
            )
            painter.fillRect(0, 0, self.width(), 1, self._theme.color("line"))
            for part in (self._hints, self._annotator, self._zoom):
                if part.isVisible() and part.width():
                    x = part.x() - _GAP - 1
                    painter.fillRect(x, 8, 1, 12, self._theme.color("line-2"))


def _label(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("class", "meta")
    return label
