"""JSON to look at: monospaced, lines numbered, keys, words and figures in colours of their own."""

import re

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from app.model.text import for_display
from app.ui.theme import Theme, font

_PART = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?P<words>"(?:[^"\\]|\\.)*"?)'
    r"|(?P<figure>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<constant>true|false|null)"
)
_ROLES = {"key": "text", "words": "number", "figure": "event", "constant": "actor"}
_GUTTER = 34


class JsonView(QPlainTextEdit):
    """Read only; can be selected, copied and searched by assistive technology."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setReadOnly(True)
        self.setProperty("class", "preview")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Preview of the export")
        self.setFont(font("data", 11.5))
        self.setStyleSheet(
            "font-family: 'JetBrains Mono', Consolas, Menlo, monospace; font-size: 11.5px"
        )
        self.setViewportMargins(_GUTTER, 0, 0, 0)
        self._numbers = _Numbers(self, theme)
        self._colours = _Colours(self, theme)
        self.updateRequest.connect(lambda *_: self._numbers.update())

    def show_json(self, text: str) -> None:
        """Show a text that is JSON, or a sentence why there is none."""
        self.setPlainText(for_display(text).replace("\u2028", " "))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        box = self.contentsRect()
        self._numbers.setGeometry(QRect(box.left(), box.top(), _GUTTER, box.height()))


class _Numbers(QWidget):
    def __init__(self, view: JsonView, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        made = font("data", 11)
        height = QFontMetricsF(made).height()
        with QPainter(self) as painter:
            painter.setFont(made)
            painter.setPen(self._theme.color("text-3"))
            block = view.firstVisibleBlock()
            while block.isValid():
                top = view.blockBoundingGeometry(block).translated(view.contentOffset()).top()
                if top > self.height():
                    break
                box = QRectF(0, top, _GUTTER - 10, height + 2)
                flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(box, int(flags), str(block.blockNumber() + 1))
                block = block.next()


class _Colours(QSyntaxHighlighter):
    def __init__(self, view: JsonView, theme: Theme) -> None:
        super().__init__(view.document())
        self._formats = {}
        for part, role in _ROLES.items():
            made = QTextCharFormat()
            made.setForeground(theme.color(role))
            self._formats[part] = made

    @override
    def highlightBlock(self, text: str) -> None:
        shift = 0  # Qt counts UTF-16 units
        last = 0
        for found in _PART.finditer(text):
            shift += sum(c > "\uffff" for c in text[last : found.start()])
            inside = sum(c > "\uffff" for c in found.group())
            made = self._formats[found.lastgroup or "words"]
            length = found.end() - found.start() + inside
            self.setFormat(found.start() + shift, length, made)
            shift += inside
            last = found.end()
