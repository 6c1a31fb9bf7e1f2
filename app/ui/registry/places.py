"""Lists of places: where an entry is mentioned, with the words around, ticked or not."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem
from typing_extensions import override

from app.model.wording import on_one_line
from app.workspace.entries import AFTER, BEFORE, Mention

_ROW = 44
_MENTION = Qt.ItemDataRole.UserRole


class Places(QListWidget):
    """One row a mark: its words in their sentence, and the article. Enter shows it at the desk."""

    mark_requested = Signal(str, str)
    """Ids of the article and the annotation."""

    def __init__(self, name: str, *, ticks: bool = False) -> None:
        super().__init__()
        self._ticks = ticks
        self.setAccessibleName(name)
        self.setProperty("class", "plain places")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemActivated.connect(self._open)

    def show_places(self, mentions: Iterable[Mention], ticked: Iterable[str] = ()) -> None:
        """List other marks; those of `ticked` (ids) are ticked."""
        chosen = set(ticked)
        self.clear()
        for one in mentions:
            quote = f"“{on_one_line(one.quote, 60)}”"
            words = on_one_line(f"{_from_a_word(one.before)}{quote}{_to_a_word(one.after)}", 200)
            item = QListWidgetItem(f"{words}\n{on_one_line(one.title, 60)} · {one.layer}")
            item.setSizeHint(QSize(0, _ROW))
            item.setData(_MENTION, (one.article, one.annotation))
            if self._ticks:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(
                    Qt.CheckState.Checked if one.annotation in chosen else Qt.CheckState.Unchecked
                )
            self.addItem(item)
        if self.count():
            self.setCurrentRow(0)

    def ticked(self) -> list[str]:
        """Return the ids of the marks that are ticked."""
        items = (self.item(row) for row in range(self.count()))
        return [
            item.data(_MENTION)[1] for item in items if item.checkState() is Qt.CheckState.Checked
        ]

    def _open(self, item: QListWidgetItem) -> None:
        self.mark_requested.emit(*item.data(_MENTION))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentItem() is not None:
            self._open(self.currentItem())
        else:
            super().keyPressEvent(event)


def _to_a_word(after: str) -> str:
    """Return what stands behind on the same line, without a word that is cut in two."""
    line, newline, _ = after.partition("\n")
    if newline or len(after) < AFTER:
        return line
    return f"{line.rpartition(' ')[0]}…"


def _from_a_word(before: str) -> str:
    """Return what stands in front on the same line, without a word that is cut in two."""
    line = before.rpartition("\n")[2]
    is_cut = len(line) >= BEFORE and not line[:1].isspace()
    return line.partition(" ")[2] if is_cut else line
