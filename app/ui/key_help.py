"""All keys on one sheet, drawn from the table of commands, the keymap and the codebook."""

from html import escape
from itertools import combinations, pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.model.codebook import Codebook, SpanType
from app.ui.actions import ACTIONS, Group
from app.ui.keycap import Keycap
from app.ui.keymap import Keymap
from app.ui.theme import LIGHT, Theme

Line = tuple[tuple[str, ...], str]
"""The keys that do the same, in Qt's portable notation, and what they do."""

_HEADINGS: dict[Group, str] = {
    "read": "Read and move",
    "tag": "Tag",
    "resize": "Select and resize",
    "suggest": "Suggestions",
    "form": "Form",
    "compare": "Compare",
    "everywhere": "Everywhere",
}
_SIGNS = {
    "Shift": "⇧",
    "Right": "→",
    "Left": "←",
    "Up": "↑",
    "Down": "↓",
    "Return": "⏎",
    "Backspace": "⌫",
}
_COLUMNS = 3
_LETTERS_A_LINE = 30
_CAPS_WIDTH = 124


def key_groups(codebook: Codebook | None, keymap: Keymap) -> list[tuple[str, list[Line]]]:
    """Return every key of the program in groups: (heading, [(keys, what they do)])."""
    groups: dict[Group, list[Line]] = {name: [] for name in _HEADINGS}
    for action in ACTIONS:
        keys = type_keys(action.id, codebook) or keymap.keys(action.id)
        if keys:
            groups[action.group].append((keys, action.told))
    links = [
        (f"Link a selected {span_type.label.lower()}", lines)
        for span_type in (codebook.types if codebook else ())
        if codebook and (lines := _links(codebook, span_type))
    ]
    sheet = [(_HEADINGS[name], lines) for name, lines in groups.items() if lines]
    return [*sheet[:-1], *links, *sheet[-1:]]


def type_keys(action_id: str, codebook: Codebook | None) -> tuple[str, ...]:
    """Return the keys that the types of the codebook give an action."""
    before = {"tag": "", "repeat": "Alt+", "retype": "Shift+"}.get(action_id)
    if before is None or codebook is None:
        return ()
    return tuple(f"{before}{t.key}" for t in codebook.types if t.key and not t.archived)


def _links(codebook: Codebook, span_type: SpanType) -> list[Line]:
    roles: list[Line] = [((r.key,), r.label) for r in codebook.roles_of(span_type.name) if r.key]
    evidence: list[Line] = [
        ((e.key,), e.label) for e in span_type.evidence if e.key and not e.archived
    ]
    return [*roles, *evidence]


def _columns(groups: list[tuple[str, list[Line]]]) -> list[list[tuple[str, list[Line]]]]:
    """Return the groups in their order, broken into columns of which the highest is lowest."""
    heights = [
        2 + sum(1 + len(what) // _LETTERS_A_LINE for _, what in lines) for _, lines in groups
    ]
    inner = combinations(range(1, len(groups)), _COLUMNS - 1)
    ways = [[0, *cuts, len(groups)] for cuts in inner]
    best = min(
        ways, key=lambda way: sorted((sum(heights[a:b]) for a, b in pairwise(way)), reverse=True)
    )
    return [groups[a:b] for a, b in pairwise(best)]


def caps(keys: tuple[str, ...]) -> list[list[str]]:
    """Return what the keycaps say: one list for each way, and in it one cap for each key.

    Digits in a row that are pressed with the same keys are one way: `⇧ 1–4`.
    """
    ways = [_parts(key) for key in keys]
    first, last = ways[0], ways[-1]
    if len(ways) > 1 and all(way[-1].isdigit() and way[:-1] == first[:-1] for way in ways):
        return [[*first[:-1], f"{first[-1]}–{last[-1]}"]]
    return ways


def _parts(key: str) -> list[str]:
    *held, last = key.split("+") if not key.endswith("+") else [*key[:-2].split("+"), "+"]
    return [_SIGNS.get(part, part) for part in (*filter(None, held), last)]


class KeyHelp(QDialog):
    """The sheet. Typing narrows it; Esc closes it."""

    change_requested = Signal()
    """Open the settings of the keys."""

    def __init__(
        self,
        codebook: Codebook | None,
        parent: QWidget,
        *,
        keymap: Keymap,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle("All keys")
        self.setProperty("class", "sheet")
        self.resize(QSize(1080, 680).boundedTo(parent.size() - QSize(24, 24)))
        self._search = QLineEdit()
        self._search.setPlaceholderText("Find a key or an action")
        self._search.setAccessibleName("Find a key or an action")
        self._rows: list[tuple[str, QWidget]] = []
        self._groups: list[tuple[QWidget, list[QWidget]]] = []
        change = QPushButton("Change keys…")
        change.clicked.connect(self._change)
        print_ = QPushButton("Print…")
        print_.clicked.connect(lambda: print_keys(key_groups(codebook, keymap), self))
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        for button in (change, print_, close):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._sheet(key_groups(codebook, keymap)), 1)
        foot = QHBoxLayout()
        foot.addWidget(self._search, 1)
        for button in (change, print_, close):
            foot.addWidget(button)
        column.addLayout(foot)
        self._search.textChanged.connect(self._narrow)
        self._search.setFocus()

    def _change(self) -> None:
        self.accept()
        self.change_requested.emit()

    def _sheet(self, groups: list[tuple[str, list[Line]]]) -> QScrollArea:
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 8, 0)
        columns.setSpacing(28)
        for part in _columns(groups):
            stack = QVBoxLayout()
            stack.setSpacing(0)
            for heading, lines in part:
                stack.addWidget(self._group(heading, lines))
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
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(5)
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
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        holder = QWidget()
        holder.setFixedWidth(_CAPS_WIDTH)
        shown = QHBoxLayout(holder)
        shown.setContentsMargins(0, 1, 0, 0)
        shown.setSpacing(3)
        for number, way in enumerate(caps(keys)):
            shown.addSpacing(5 if number else 0)
            for key in way:
                cap = Keycap(key)
                cap.set_theme(self._theme)
                shown.addWidget(cap)
        shown.addStretch(1)
        label = QLabel(what)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("class", "label")
        line.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label, 1)
        return row

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().split()
        shown = {row for words, row in self._rows if all(word in words for word in wanted)}
        for group, rows in self._groups:
            for row in rows:
                row.setVisible(row in shown)
            group.setVisible(any(row in shown for row in rows))


def print_keys(groups: list[tuple[str, list[Line]]], parent: QWidget) -> None:
    """Ask for a printer or a file, and print all keys."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("Keys of Pressmark")
    if QPrintDialog(printer, parent).exec():
        document_of(groups).print_(printer)


def document_of(groups: list[tuple[str, list[Line]]]) -> QTextDocument:
    """Return the keys as a document in two columns: keys, and what they do."""
    document = QTextDocument()
    document.setDefaultFont(QFont(["Inter", "Noto Sans"], 8))
    parts = ["<h2>Keys of Pressmark</h2>"]
    for heading, lines in groups:
        rows = "".join(
            f"<tr><td width='120'><b>{escape(', '.join(keys))}</b></td><td>{escape(what)}</td></tr>"
            for keys, what in lines
        )
        parts.append(f"<h4>{escape(heading)}</h4><table cellspacing='2'>{rows}</table>")
    document.setHtml("".join(parts))
    return document
