"""The import sheet before any file was chosen: where files can come from."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.icons import pixmap
from app.ui.theme import Theme


class Empty(QWidget):
    """Two buttons in a place to drop files on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        picture = QLabel()
        picture.setPixmap(pixmap("file-text", theme, "text-2", 28, self.devicePixelRatioF()))
        head = QLabel("Drop files or folders here")
        head.setProperty("class", "title")
        self._line = QLabel(
            "Text, Word, PDF, web pages, tables, archives, and what other annotation programs"
            " write. The files stay as they are."
        )
        self._line.setProperty("class", "label")
        self.files = QPushButton("Choose files…")
        self.folder = QPushButton("Choose a folder…")
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        for label in (picture, head, self._line):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.files)
        row.addWidget(self.folder)
        row.addStretch(1)
        column.addSpacing(10)
        column.addLayout(row)
        column.addStretch(1)

    def say(self, sentence: str) -> None:
        """Say why there is still nothing."""
        self._line.setText(sentence)
        self.setAccessibleDescription(sentence)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("line-3"), 1, Qt.PenStyle.DashLine))
            box = QRectF(self.rect()).adjusted(18.5, 18.5, -18.5, -18.5)
            painter.drawRoundedRect(box, 10, 10)
