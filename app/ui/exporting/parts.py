"""The parts of the export sheet: the formats, what is in the way, and the receipt."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.exchange.dataset import Counts, Lost, Receipt, summed
from app.exchange.registry import Format
from app.model.codebook import Codebook
from app.ui.icons import pixmap
from app.ui.theme import Theme, font
from app.workspace.export_check import Point

_TITLES = {
    "json": "Pressmark JSON",
    "jsonl": "JSON Lines",
    "csv": "CSV tables",
    "cas-xmi": "UIMA CAS XMI",
    "cas-json": "UIMA CAS JSON",
    "doccano": "doccano",
    "prodigy": "Prodigy and spaCy",
    "webannotation": "Web Annotation",
    "conll": "CoNLL columns",
    "spacy": "spaCy DocBin",
    "parquet": "Parquet",
    "dna": "DNA statements",
    "qdpx": "REFI-QDA project",
    "plover": "PLOVER events",
    "graphml": "Network, GraphML",
    "gexf": "Network, GEXF",
    "report-html": "Report, web page",
    "report-docx": "Report, Word",
}
_MOST = 12
_LINK = 236
"""Pixels of the column that a link may take."""


def carried(format_: Format) -> str:
    """Return what a format carries, in a line."""
    if format_.cannot_carry:
        needs = f"Needs {format_.needs}. " if format_.needs else ""
        return f"{needs}Leaves out {', '.join(format_.cannot_carry)}"
    if format_.name == "jsonl":
        return "The same, one article a line, for pipelines"
    return "Everything: text, marks, relations, registry"


class FormatList(QScrollArea):
    """One card a format; the arrow keys go along them, and the one chosen is kept in sight."""

    chosen = Signal(object)

    def __init__(self, formats: Sequence[Format], theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Format")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setProperty("class", "mend")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._formats = tuple(formats)
        self._group = QButtonGroup(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(9, 10, 9, 10)
        column.setSpacing(2)
        for number, format_ in enumerate(self._formats):
            card = _FormatCard(format_, theme)
            self._group.addButton(card, number)
            column.addWidget(card)
        column.addStretch(1)
        self.setWidget(page)
        self._group.idToggled.connect(self._tell)

    @property
    def format(self) -> Format:
        """The format that is chosen."""
        return self._formats[max(0, self._group.checkedId())]

    def choose(self, name: str) -> None:
        """Choose a format by name; the first where none is called so."""
        number = next((n for n, one in enumerate(self._formats) if one.name == name), 0)
        self._group.button(number).setChecked(True)

    def focus(self) -> None:
        """Put the keyboard on the one that is chosen."""
        self._group.button(max(0, self._group.checkedId())).setFocus()

    def _tell(self, number: int, on: bool) -> None:
        if on:
            self.ensureWidgetVisible(self._group.button(number), 0, 4)
            self.chosen.emit(self._formats[number])


class _FormatCard(QAbstractButton):
    def __init__(self, format_: Format, theme: Theme) -> None:
        super().__init__()
        self._format, self._theme = format_, theme
        title = _TITLES.get(format_.name, format_.title)
        self.setText(title)
        self.setCheckable(True)
        self.setFixedHeight(50)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{title}, {format_.ending or 'a folder'}")
        self.setAccessibleDescription(carried(format_))
        self.setToolTip(carried(format_))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, box = self._theme, QRectF(self.rect()).adjusted(0, 1, 0, -1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            if self.isChecked() or self.underMouse():
                painter.setBrush(theme.color("row-sel" if self.isChecked() else "hover"))
                painter.drawRoundedRect(box, 6, 6)
            if self.isChecked():
                painter.fillRect(QRectF(0, 6, 3, box.height() - 10), theme.color("accent"))
            if self.hasFocus():
                painter.setPen(QPen(theme.color("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
            picture = pixmap("file-text", theme, "text-2", 16, self.devicePixelRatioF())
            painter.drawPixmap(11, 17, picture)
            painter.setFont(font("ui", 11.5))
            painter.setPen(theme.color("text-3"))
            right = box.adjusted(36, 8, -12, 0)
            ends = self._format.ending or "folder"
            painter.drawText(right, Qt.AlignmentFlag.AlignRight, ends)
            left = right.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(ends) - 8, 0)
            made = font("ui", 13, weight=500)
            painter.setFont(made)
            painter.setPen(theme.color("text"))
            title = QFontMetricsF(made).elidedText(
                self.text(), Qt.TextElideMode.ElideRight, left.width()
            )
            painter.drawText(left, Qt.AlignmentFlag.AlignLeft, title)
            made = font("ui", 12)
            painter.setFont(made)
            painter.setPen(theme.color("text-2"))
            line = box.adjusted(36, 26, -12, 0)
            words = QFontMetricsF(made).elidedText(
                carried(self._format), Qt.TextElideMode.ElideRight, line.width()
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, words)


class Points(QScrollArea):
    """What stands in the way of the export, or is open: each a link to the first place of it."""

    jump_requested = Signal(str, str)
    """The ids of an article and of an annotation in it, or nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lost: tuple[Lost, ...] = ()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_lost(self, lost: tuple[Lost, ...]) -> None:
        """Say what the format will leave out, the next time something is shown."""
        self._lost = lost

    def show_groups(
        self,
        head: str,
        groups: Sequence[tuple[str, tuple[Point, ...]]],
        *,
        kind: str = "",
    ) -> None:
        """Show a sentence and under it what it is about. `kind` is `warn`, `danger` or nothing."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(3)
        sentence = QLabel(head)
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        sentence.setProperty("class", kind or "label")
        sentence.setAccessibleName(head)
        column.addWidget(sentence)
        for text, points in groups[:_MOST]:
            column.addWidget(self._link(text, points))
        if len(groups) > _MOST:
            more = QLabel(f"and {len(groups) - _MOST:,} more kinds")
            more.setProperty("class", "caption")
            column.addWidget(more)
        if self._lost:
            column.addSpacing(6)
            column.addWidget(_left_out(self._lost))
        column.addStretch(1)
        self.setWidget(page)
        page.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def _link(self, text: str, points: tuple[Point, ...]) -> QPushButton:
        link = QPushButton()
        link.setProperty("class", "quiet link")
        link.setAutoDefault(False)
        link.setAccessibleName(f"{text}. Go to the first")
        link.setToolTip(text.replace("<", "‹"))
        link.setText(
            link.fontMetrics()
            .elidedText(text, Qt.TextElideMode.ElideRight, _LINK)
            .replace("&", "&&")
        )
        first = points[0]
        link.clicked.connect(lambda: self.jump_requested.emit(first.article, first.annotation))
        return link


def _left_out(lost: Sequence[Lost]) -> QLabel:
    told = "\n".join(f"{one.count:,} {one.what}" for one in lost)
    label = QLabel(f"Will be left out:\n{told}")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("class", "warn")
    label.setAccessibleName(label.text())
    label.setToolTip("\n".join(f"{one.what}: {one.reason}" for one in lost).replace("<", "‹"))
    return label


class ReceiptPage(QWidget):
    """What was written, and what was found in the file when it was read again."""

    def __init__(self, receipts: Sequence[Receipt], codebook: Codebook) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 16)
        column.setSpacing(12)
        head = QLabel("Written, and read back from the disk")
        head.setProperty("class", "title")
        column.addWidget(head)
        column.addLayout(_figures(receipts, codebook))
        column.addSpacing(4)
        for receipt in receipts:
            for name, words in (("File", receipt.path), ("SHA-256", receipt.sha256)):
                column.addWidget(_line(name, words))
        told = summed(one for receipt in receipts for one in receipt.lost)
        lost = [f"{one.count:,} {one.what}: {one.reason}" for one in told]
        state = QLabel("\n".join(lost) if lost else "Nothing was left out.")
        state.setTextFormat(Qt.TextFormat.PlainText)
        state.setWordWrap(True)
        state.setProperty("class", "warn" if lost else "label")
        column.addWidget(_line("Left out", ""))
        column.addWidget(state)
        column.addStretch(1)

    @override
    def sizeHint(self) -> QSize:
        return QSize(700, 420)


def _figures(receipts: Sequence[Receipt], codebook: Codebook) -> QGridLayout:
    """Return a table: what, how many were written, how many were read back."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(36)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(3, 1)
    names = {span_type.name: span_type.plural for span_type in codebook.types}
    written, back = Counts(), Counts()
    for receipt in receipts:
        written, back = written.plus(receipt.written), back.plus(receipt.read_back)
    rows = [("Articles", written.articles, back.articles)]
    rows += [
        (names.get(name, name), count, back.types.get(name, 0))
        for name, count in sorted(written.types.items())
    ]
    rows.append(("Relations", written.relations, back.relations))
    for place, words in ((1, "written"), (2, "read back")):
        label = QLabel(words)
        label.setProperty("class", "caption")
        grid.addWidget(label, 0, place, Qt.AlignmentFlag.AlignRight)
    for number, (name, one, other) in enumerate(rows, start=1):
        of = QLabel(name)
        of.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(of, number, 0)
        for place, count in ((1, one), (2, other)):
            figure = QLabel(f"{count:,}")
            figure.setAccessibleName(
                f"{name}, {'written' if place == 1 else 'read back'} {count:,}"
            )
            figure.setFont(font("ui", 12.5, tabular=True))
            grid.addWidget(figure, number, place, Qt.AlignmentFlag.AlignRight)
    return grid


def _line(name: str, words: str) -> QLabel:
    label = QLabel(f"{name}  {words}".strip())
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setProperty("class", "label" if words else "heading")
    return label
