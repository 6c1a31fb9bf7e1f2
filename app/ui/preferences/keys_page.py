"""The keys of every command, and how to change them. What is taken is refused on the spot."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.codebook import Codebook
from app.model.errors import Refused
from app.ui.actions import ACTIONS, SUBMENUS, Action
from app.ui.article.keys import pressed
from app.ui.keymap import Keymap
from app.ui.theme import Theme

_ID = Qt.ItemDataRole.UserRole
_GAP = "   ·   "


class KeysPage(QWidget):
    """A list to search, and below it what can be done with the keys of the chosen command."""

    def __init__(self, keymap: Keymap, codebook: Codebook | None, theme: Theme) -> None:
        super().__init__()
        self._keymap = keymap
        self._codebook = codebook
        self._theme = theme
        self._waiting: str | None = None
        """`set` or `add` while the next keys pressed are taken down."""
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a command or a key")
        self.search.setAccessibleName("Find a command or a key")
        self.list = QListWidget()
        self.list.setAccessibleName("Commands and their keys")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setStyleSheet("QListWidget { background: transparent }")
        self.words = QLabel()
        self.words.setProperty("class", "label")
        self.words.setWordWrap(True)
        self.change = _button("Change…", lambda: self.wait("set"))
        self.add = _button("Add another…", lambda: self.wait("add"))
        self.clear = _button("No key", self._clear)
        self.reset = _button("Reset", self._reset)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.change, self.add, self.clear, self.reset):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 20, 12)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.words)
        column.addLayout(row)
        self.search.textChanged.connect(self._fill)
        self.list.currentItemChanged.connect(lambda *_: self._say(""))
        self.list.itemActivated.connect(lambda _: self.wait("set"))
        self.list.installEventFilter(self)
        self.search.installEventFilter(self)
        for button in (self.change, self.add):
            button.installEventFilter(self)
        keymap.changed.connect(self._fill)
        self._fill()

    def current(self) -> Action | None:
        """Return the command that is chosen in the list."""
        place = self.list.currentRow()
        name = self.list.item(place).data(_ID) if place >= 0 else None
        return next((action for action in ACTIONS if action.id == name), None)

    def choose(self, action_id: str) -> None:
        """Choose a command in the list."""
        for number in range(self.list.count()):
            if self.list.item(number).data(_ID) == action_id:
                self.list.setCurrentRow(number)

    def wait(self, how: str) -> None:
        """Take down the next keys pressed: in place of the present ones, or besides them."""
        if (action := self.current()) is not None:
            self.list.setFocus()
            self._waiting = how
            self._say(f"Press the keys for “{action.told}”. Esc leaves it as it is.")

    def _fill(self) -> None:
        chosen = self.current()
        wanted = self.search.text().casefold().split()
        self.list.clear()
        for action in ACTIONS:
            if action.id in SUBMENUS:
                continue
            keys = ", ".join(self._keymap.keys(action.id))
            words = f"{action.told}{_GAP}{keys}" if keys else action.told
            if all(word in words.casefold() for word in wanted):
                item = QListWidgetItem(words)
                item.setData(_ID, action.id)
                item.setSizeHint(QSize(0, 28))
                self.list.addItem(item)
        if chosen is not None:
            self.choose(chosen.id)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._say("")

    def _say(self, words: str, *, wrong: bool = False) -> None:
        self.words.setText(words or "Enter changes the keys of the chosen command.")
        colour = self._theme.hex("danger" if wrong else "text-2")
        self.words.setStyleSheet(f"color: {colour}")
        self.words.setAccessibleName(self.words.text())

    def _take(self, keys: str) -> None:
        action, how = self.current(), self._waiting
        if action is None:
            return
        self._waiting = None
        before = self._keymap.keys(action.id)
        wanted = (*(k for k in before if k != keys), keys) if how == "add" else (keys,)
        self._assign(action, wanted)

    def _assign(self, action: Action, keys: tuple[str, ...]) -> None:
        try:
            self._keymap.assign(action.id, keys, self._codebook)
        except Refused as taken:
            self._say(f"{taken}. Nothing was changed.", wrong=True)
        else:
            self._say(f"“{action.told}” has {' and '.join(keys) if keys else 'no key'} now.")

    def _clear(self) -> None:
        if (action := self.current()) is not None:
            self._assign(action, ())

    def _reset(self) -> None:
        if (action := self.current()) is not None:
            self._assign(action, (*action.keys, *action.article_keys))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._waiting is not None and watched is self.list:
            return self._take_down(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.search and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self.list.setFocus()
                return True
            if watched is self.search and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.list.setFocus()
                self.wait("set")
                return True
            if watched is self.list and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.wait("set")
                return True
        return super().eventFilter(watched, event)

    def _take_down(self, event: QEvent) -> bool:
        """Take the keys pressed for the command, before anything else obeys them."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.FocusOut:
            self._waiting = None
            self._say("")
            return False
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self._waiting = None
            self._say("")
        elif keys := pressed(event) or _function_key(event):
            self._take(keys)
        return True


def _function_key(event: QKeyEvent) -> str:
    """Return F1 to F12 with what is held, which mean nothing in the text by themselves."""
    number = event.key() - Qt.Key.Key_F1 + 1
    held = event.modifiers()
    before = "Ctrl+" if held & Qt.KeyboardModifier.ControlModifier else ""
    before += "Shift+" if held & Qt.KeyboardModifier.ShiftModifier else ""
    return f"{before}F{number}" if 1 <= number <= 12 else ""  # noqa: PLR2004 - F1 to F12


def _button(words: str, run: object) -> QPushButton:
    made = QPushButton(words)
    made.setAutoDefault(False)
    made.clicked.connect(run)
    return made
