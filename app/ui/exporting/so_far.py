"""The sheet of the exports so far: each with the receipt that the project keeps of it."""

import json
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.model.receipt import KeptReceipt
from app.model.wording import on_one_line, several, spoken_time
from app.ui.sheet import Primary, Sheet
from app.ui.theme import Theme

_SIZE = QSize(860, 500)
_LONGEST = 60


class ExportsSheet(Sheet):
    """The newest first. Nothing here changes: what was exported once stays said."""

    def __init__(self, window: QWidget, receipts: Sequence[KeptReceipt], *, theme: Theme) -> None:
        super().__init__(self.tr("Exports so far"), window, theme=theme, size=_SIZE)
        self._receipts = tuple(receipts)
        self.list, self.receipt = QListWidget(), QPlainTextEdit()
        self.list.setAccessibleName(self.tr("Exports so far, the newest first"))
        self.list.setProperty("class", "plain")
        self.receipt.setReadOnly(True)
        self.receipt.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.receipt.setAccessibleName(self.tr("Receipt of the export"))
        none = QLabel(self.tr("Nothing was exported from this project yet."))
        none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        none.setProperty("class", "label")
        self.body.addWidget(none, 1)
        both = QHBoxLayout()
        both.setContentsMargins(12, 8, 12, 8)
        both.setSpacing(12)
        both.addWidget(self.list, 2)
        both.addWidget(self.receipt, 3)
        self.body.addLayout(both, 1)
        self.copy = QPushButton(self.tr("&Copy receipt"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(
            lambda: QApplication.clipboard().setText(self.receipt.toPlainText())
        )
        close = Primary(self.tr("Close"), theme)
        close.clicked.connect(self.accept)
        self.foot.addWidget(self.copy)
        self.foot.addStretch(1)
        self.foot.addWidget(close)
        for one in self._receipts:
            item = QListWidgetItem(f"{spoken_time(one.at)}   {_name(one)}")
            item.setToolTip(one.path.replace("<", "‹"))
            item.setSizeHint(QSize(0, 34))
            self.list.addItem(item)
        found = bool(self._receipts)
        self.caption.setText(f"{len(self._receipts):,}" if found else "")
        none.setVisible(not found)
        for part in (self.list, self.receipt, self.copy):
            part.setVisible(found)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)
        (self.list if found else close).setFocus()

    def _show(self, row: int) -> None:
        self.receipt.setPlainText(_told(self._receipts[row]) if row >= 0 else "")


def _name(receipt: KeptReceipt) -> str:
    return on_one_line(receipt.path.replace("\\", "/").rpartition("/")[2], _LONGEST)


def _here(at: str) -> str:
    """Return a moment by the clock of this place, as it can still be read elsewhere and later."""
    return datetime.fromisoformat(at).astimezone().isoformat(" ", "seconds")


def _told(receipt: KeptReceipt) -> str:
    """Return a receipt as people read it, a line a fact."""
    said = json.loads(receipt.document)
    types = said.get("types", {})
    lines = [receipt.path, f"{receipt.format}, {_here(receipt.at)}, {receipt.by}", ""]
    for title, part in (("Written", "written"), ("Read back", "read_back")):
        counts = said[part]
        lines.append(
            f"{title}: {several(counts['articles'], 'article')},"
            f" {several(counts['annotations'], 'mark')},"
            f" {several(counts['relations'], 'relation')}"
        )
        lines += [f"    {name}: {count:,}" for name, count in types.get(part, {}).items()]
    lost = [f"    {one['count']:,} {one['what']}: {one['reason']}" for one in said["lost"]]
    lines += ["", "Left out:" if lost else "Nothing was left out.", *lost, ""]
    lines.append(f"SHA-256 {receipt.sha256}")
    lines.append(f"{said.get('generator', '')}, codebook {said.get('codebook_revision', '')}")
    return "\n".join(lines)
