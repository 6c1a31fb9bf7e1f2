"""What an article would read like: its paragraphs, numbered, in the reading type."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit
from typing_extensions import override

from app.model.text import for_display
from app.ui.theme import Theme, font

_GUTTER = 20
_SIZE = 15.0
_LONGEST_WORD = 2_000


class Preview(QTextEdit):
    """Shows plain text; nothing in it is taken for markup."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setProperty("class", "preview")
        self.setTabChangesFocus(True)
        self.setAccessibleName("Preview of the text")
        self.document().setDocumentMargin(0)

    def show_text(self, text: str) -> None:
        """Show the paragraphs of a text."""
        shown = for_display(text)
        longest = max(map(len, shown.split()), default=0)
        anywhere = QTextOption.WrapMode.WrapAnywhere
        at_words = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        self.setWordWrapMode(anywhere if longest > _LONGEST_WORD else at_words)
        self.clear()
        block, letters = QTextBlockFormat(), QTextCharFormat()
        block.setLeftMargin(_GUTTER)
        block.setBottomMargin(5)
        block.setLineHeight(122, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        letters.setFont(font("reading", _SIZE))
        letters.setForeground(self._theme.color("text"))
        cursor = QTextCursor(self.document())
        for number, line in enumerate(line for line in shown.split("\n") if line.strip()):
            if number:
                cursor.insertBlock(block, letters)
            else:
                cursor.setBlockFormat(block)
                cursor.setBlockCharFormat(letters)
            cursor.insertText(line, letters)
        self.verticalScrollBar().setValue(0)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        layout = self.document().documentLayout()
        top = self.verticalScrollBar().value()
        small = font("ui", 10.5, tabular=True)
        with QPainter(self.viewport()) as painter:
            painter.setFont(small)
            painter.setPen(self._theme.color("text-3"))
            height = QFontMetricsF(font("reading", _SIZE)).height() * 1.2
            block = self.document().begin()
            while block.isValid():
                place = layout.blockBoundingRect(block).top() - top
                if place > self.viewport().height():
                    break
                if place + height > 0 and block.text():
                    box = QRectF(0, place, _GUTTER - 6, height)
                    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                    painter.drawText(box, int(flags), str(block.blockNumber() + 1))
                block = block.next()
