"""What the form's place shows while nothing is selected: how far the article is, what is open."""

import re
from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.model.codebook import SpanType
from app.model.points import Point, summed_up
from app.model.wording import several
from app.ui.badge import paint_badge
from app.ui.form.context import FormContext, form_font
from app.ui.form.open_points import OpenPoints
from app.ui.keycap import Keycap
from app.ui.tips import tip
from app.workspace.fixes import Fix

_STATES = {"new": "New", "in progress": "In progress", "done": "Done", "flagged": "Flagged"}


class Summary(QWidget):
    """Counts by type and the list of open points; a click goes to the place."""

    field_requested = Signal(str, str)
    """(annotation id, field): show this mark and go to what is open."""
    place_requested = Signal(object)
    """A `Point` that is not about a mark: go to where it is in the text."""
    gesture_requested = Signal(object)
    """The `Gesture` of a quick fix."""
    left = Signal()
    """Esc: back to the text."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._counts = TypeCounts(context, self)
        self._state = _label("label")
        self._heading = _label("heading")
        self._told = _label("label small")
        self._told.setWordWrap(True)
        self.points = OpenPoints(context, self)
        self.points.point_chosen.connect(self._chosen)
        self.points.fix_chosen.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 12)
        column.setSpacing(6)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._state)
        column.addWidget(self._counts)
        column.addSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._told)
        column.addWidget(self.points, 1)
        column.addStretch(0)

    def show_points(self, points: Sequence[Point]) -> None:
        """Show what is open in the article, and how far it is."""
        contents, codebook = self._context.contents, self._context.codebook
        if contents is None or codebook is None:
            return
        annotations = contents.annotations
        blank = "in progress" if annotations else "new"
        state = contents.status.state if contents.status else blank
        self._state.setText(f"{_STATES[state]} · {several(len(annotations), 'mark')}")
        self._counts.show_counts(codebook.types, Counter(a.type for a in annotations))
        self._heading.setText(f"Open points  {len(points):,}" if points else "Nothing is open")
        self._told.setText(summed_up(points))
        self._told.setVisible(bool(points))
        self.points.setVisible(bool(points))
        self.points.show_points(points)

    def _chosen(self, point: Point) -> None:
        if point.finding is not None:
            self.field_requested.emit(point.finding.annotation, point.finding.field)
        else:
            self.place_requested.emit(point)

    def _take(self, fix: Fix) -> None:
        if fix.gesture is not None:
            self.gesture_requested.emit(fix.gesture)
        else:
            self.field_requested.emit(fix.annotation, fix.field)

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
