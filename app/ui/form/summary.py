"""What the form's place shows while nothing is selected: how far the article is, what is open."""

import re
from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.checks import Finding, findings
from app.model.codebook import SpanType
from app.model.wording import on_one_line, several
from app.ui.badge import paint_badge
from app.ui.form.context import FormContext, form_font, tip
from app.ui.form.paint import paint_ring
from app.ui.icons import pixmap
from app.ui.keycap import Keycap

Index = QModelIndex | QPersistentModelIndex

_STATES = {"new": "New", "in progress": "In progress", "done": "Done", "flagged": "Flagged"}
_ROW = 40
_QUICK = 500
_SOON_MS = 250


class Summary(QWidget):
    """Counts by type and the list of open points; a click goes to the mark."""

    annotation_requested = Signal(str)
    field_requested = Signal(str, str)
    """(annotation id, field): show this mark and go to what is open."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._counts = TypeCounts(context, self)
        self._state = _label("label")
        self._heading = _label("heading")
        self._model = FindingModel(context, self)
        self.points = OpenPoints(self._model, context, self)
        self.points.clicked.connect(self._chosen)
        self.points.activated.connect(self._chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 12)
        column.setSpacing(6)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._state)
        column.addWidget(self._counts)
        column.addSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self.points, 1)
        column.addStretch(0)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.refresh)

    def refresh_in_time(self) -> None:
        """Read the article again: now where that is quick, else when the text is painted."""
        contents = self._context.contents
        if contents is not None and len(contents) > _QUICK:
            self._soon.start()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read the article again."""
        self._soon.stop()
        contents, codebook = self._context.contents, self._context.codebook
        if contents is None or codebook is None:
            return
        annotations = contents.annotations
        found = findings(codebook, annotations, contents.relations, contents.records)
        state = (
            contents.status.state if contents.status else "in progress" if annotations else "new"
        )
        self._state.setText(f"{_STATES[state]} · {several(len(annotations), 'mark')}")
        self._counts.show_counts(codebook.types, Counter(a.type for a in annotations))
        self._heading.setText(f"Open points  {len(found)}" if found else "Nothing is open")
        self.points.setVisible(bool(found))
        self._model.load(found)

    def _chosen(self, index: QModelIndex) -> None:
        finding = self._model.found[index.row()]
        self.field_requested.emit(finding.annotation, finding.field)

    def set_theme(self) -> None:
        """Take the look of the context."""
        self.update()
        self.points.viewport().update()


class TypeCounts(QWidget):
    """One line a type: badge, plural, count, and a bar of its share."""

    _PITCH = 24

    def __init__(self, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: list[tuple[SpanType, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, types: Sequence[SpanType], counts: Counter[str]) -> None:
        """Show how many annotations each type has."""
        self._rows = [(t, counts[t.name]) for t in types if counts[t.name] or not t.archived]
        self.setFixedHeight(self._PITCH * len(self._rows))
        self.setAccessibleName(", ".join(f"{t.plural} {n}" for t, n in self._rows))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        most = max((count for _, count in self._rows), default=0) or 1
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for n, (span_type, count) in enumerate(self._rows):
                top = n * self._PITCH
                paint_badge(
                    painter, QRectF(0, top + 4, 16, 16), span_type.letter, span_type.ink, theme
                )
                painter.setFont(form_font(12.5, tabular=True))
                painter.setPen(theme.color("text"))
                line = QRectF(23, top, 90, self._PITCH)
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, span_type.plural)
                painter.setPen(theme.color("text-2"))
                figure = QRectF(self.width() - 40, top, 40, self._PITCH)
                painter.drawText(
                    figure,
                    Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                    f"{count:,}",
                )
                room = max(self.width() - 160, 10)
                bar = QRectF(112, top + 10, room, 4)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("sunken"))
                painter.drawRoundedRect(bar, 2, 2)
                if count:
                    painter.setBrush(theme.color("line-3"))
                    bar.setWidth(max(4.0, room * count / most))
                    painter.drawRoundedRect(bar, 2, 2)


class FindingModel(QAbstractListModel):
    """The findings of the article, in reading order."""

    def __init__(self, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.found: tuple[Finding, ...] = ()

    def load(self, found: tuple[Finding, ...]) -> None:
        """Show other findings."""
        if found == self.found:
            return
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.found)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.found):
            return None
        message, where, _, _ = self.words(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{message}: {where}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{message}: {where}")
        return None

    def words(self, row: int) -> tuple[str, str, str, str]:
        """Return the message, the words it is about, and the letter and ink of the type."""
        finding, contents = self.found[row], self._context.contents
        annotation = contents.annotation(finding.annotation) if contents else None
        if annotation is None:
            return finding.message, "", "?", ""
        where = f"“{on_one_line(annotation.quote)}” ¶{self._context.paragraph(annotation.start)}"
        return (finding.message, where, *self._context.badge(annotation.type))


class OpenPoints(QListView):
    """The list of findings."""

    def __init__(self, model: FindingModel, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setModel(model)
        self.setItemDelegate(_FindingDelegate(model, context, self))
        self.setProperty("class", "plain")
        self.setAccessibleName("Open points")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(120)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the form takes it: back to the text
        else:
            super().keyPressEvent(event)


class _FindingDelegate(QStyledItemDelegate):
    def __init__(self, model: FindingModel, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._context = context

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._context.theme
        message, where, letter, ink = self._model.words(index.row())
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_MouseOver or state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(rect, 5, 5)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, rect, theme.color("focus"), 5)
        painter.drawPixmap(
            QPointF(rect.left() + 2, rect.top() + 4),
            pixmap("triangle-alert", theme, role="warn", size=14),
        )
        left, width = rect.left() + 24, rect.width() - 28
        painter.setFont(form_font(12.5))
        painter.setPen(theme.color("text"))
        elide = Qt.TextElideMode.ElideRight
        words = QFontMetrics(painter.font()).elidedText(message, elide, int(width))
        painter.drawText(
            QRectF(left, rect.top() + 2, width, 18), Qt.AlignmentFlag.AlignVCenter, words
        )
        paint_badge(painter, QRectF(left, rect.top() + 22, 14, 14), letter, ink, theme)
        painter.setFont(form_font(11.5))
        painter.setPen(theme.color("text-3"))
        words = QFontMetrics(painter.font()).elidedText(where, elide, int(width) - 20)
        line = QRectF(left + 20, rect.top() + 20, width - 20, 18)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class FirstKeys(QWidget):
    """What an article without marks shows: the key of each type, a line each."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 16, 12)
        self._column.setSpacing(4)
        self._column.addWidget(_label("label", "Select words in the text, then press"))
        self._column.addSpacing(4)
        self._rows: list[_KeyRow] = []
        self._column.addStretch(1)

    def show_types(self, types: Sequence[SpanType]) -> None:
        """Show the keys of these types."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [_KeyRow(t, self._context, self) for t in types if t.key and not t.archived]
        for place, row in enumerate(self._rows):
            self._column.insertWidget(2 + place, row)


class _KeyRow(QWidget):
    def __init__(self, span_type: SpanType, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._type = span_type
        self.setFixedHeight(28)
        self.setAccessibleName(f"{span_type.key}: {span_type.label}")
        self.setToolTip(tip(span_type.definition))
        cap = Keycap(span_type.key, self)
        cap.move(0, (28 - cap.sizeHint().height()) // 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, span_type = self._context.theme, self._type
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_badge(painter, QRectF(30, 6, 16, 16), span_type.letter, span_type.ink, theme)
            painter.setFont(form_font(12.5, 500))
            painter.setPen(theme.color("text"))
            words = QRectF(54, 0, 80, 28)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, span_type.label)
            if span_type.examples:
                painter.setFont(form_font(11.5))
                painter.setPen(theme.color("text-3"))
                example = QFontMetrics(painter.font()).elidedText(
                    _marked(span_type.examples[0]),
                    Qt.TextElideMode.ElideRight,
                    self.width() - 134,
                )
                line = QRectF(134, 0, self.width() - 134, 28)
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, example)


def _marked(example: str) -> str:
    """Return the words between the brackets of a codebook's example, all of it without brackets."""
    return ", ".join(re.findall(r"\[(.+?)\]", example)) or example


def _label(look: str, words: str = "") -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("class", look)
    return label
