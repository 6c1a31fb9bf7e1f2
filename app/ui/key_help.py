"""All keys on one sheet, drawn from the tables of commands, article keys and the codebook."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.model.codebook import Codebook
from app.ui.actions import ACTIONS
from app.ui.article.keys import KEYS
from app.ui.keycap import Keycap

Line = tuple[tuple[str, ...], str]
"""The keys that stand side by side, and what they do."""


_HEADINGS = {
    **dict.fromkeys(("widen", "extend-right", "extend-left"), "Select and resize"),
    **dict.fromkeys(("extend-far-right", "extend-far-left"), "Select and resize"),
    **dict.fromkeys(("start-edge", "end-edge", "step-out"), "Select and resize"),
    **dict.fromkeys(("tag", "retype", "edit", "comment", "delete", "copy"), "Tag and edit"),
}


def key_groups(codebook: Codebook | None) -> list[tuple[str, list[Line]]]:
    """Return every key of the program in groups: (heading, [(keys, what they do)])."""
    groups: dict[str, list[Line]] = {}
    for entry in KEYS:
        heading = _HEADINGS.get(entry.id, "Read and move")
        groups.setdefault(heading, []).append((entry.keys, entry.title))
    for action in ACTIONS:
        if action.scope == "window" and action.keys:
            printed = tuple(_printed(key) for key in action.keys)
            groups.setdefault("Everywhere", []).append((printed, action.title.rstrip("…")))
    for span_type in codebook.types if codebook else ():
        roles: list[Line] = (
            [((r.key,), r.label) for r in codebook.roles_of(span_type.name) if r.key]
            if codebook
            else []
        )
        if roles:
            groups[f"Link a selected {span_type.label.lower()}"] = roles
    return list(groups.items())


def _printed(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class KeyHelp(QDialog):
    """The sheet. Typing narrows it; Esc closes it."""

    def __init__(self, codebook: Codebook | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("All keys")
        self.setProperty("class", "sheet")
        self.resize(980, 620)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Find a key or an action")
        self._search.setAccessibleName("Find a key or an action")
        self._rows: list[tuple[str, QWidget]] = []
        self._groups: list[tuple[QWidget, list[QWidget]]] = []
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._sheet(key_groups(codebook)), 1)
        foot = QHBoxLayout()
        foot.addWidget(self._search, 1)
        foot.addWidget(close)
        column.addLayout(foot)
        self._search.textChanged.connect(self._narrow)
        self._search.setFocus()

    def _sheet(self, groups: list[tuple[str, list[Line]]]) -> QScrollArea:
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setSpacing(28)
        stacks = [QVBoxLayout() for _ in range(3)]
        heights = [0, 0, 0]
        for heading, lines in groups:
            shortest = heights.index(min(heights))
            stacks[shortest].addWidget(self._group(heading, lines))
            heights[shortest] += len(lines) + 2
        for stack in stacks:
            stack.addStretch(1)
            columns.addLayout(stack, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(page)
        area.setAccessibleName("Keys")
        return area

    def _group(self, heading: str, lines: list[Line]) -> QWidget:
        group = QWidget()
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(4)
        title = QLabel(heading)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setProperty("class", "heading")
        column.addWidget(title)
        rows = []
        for keys, what in lines:
            row = self._row(keys, what)
            column.addWidget(row)
            rows.append(row)
            self._rows.append((f"{heading} {' '.join(keys)} {what}".casefold(), row))
        self._groups.append((group, rows))
        return group

    def _row(self, keys: tuple[str, ...], what: str) -> QWidget:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        caps = QHBoxLayout()
        caps.setSpacing(3)
        for key in keys:
            caps.addWidget(Keycap(key))
        caps.addStretch(1)
        label = QLabel(what)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("class", "label")
        grid.addLayout(caps, 0, 0)
        grid.addWidget(label, 0, 1)
        grid.setColumnMinimumWidth(0, 110)
        grid.setColumnStretch(1, 1)
        return row

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().split()
        shown = {row for words, row in self._rows if all(word in words for word in wanted)}
        for group, rows in self._groups:
            for row in rows:
                row.setVisible(row in shown)
            group.setVisible(any(row in shown for row in rows))
