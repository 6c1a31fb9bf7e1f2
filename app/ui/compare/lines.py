"""Where the merged text and everything under its lines stand. Knows no widget.

Coordinates are pixels of the document; `baseline` is where the letters of a line stand, and the
tracks of the annotators lie below it, one under the other.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextLayout, QTextOption

from app.model.annotation import Annotation
from app.ui.article.geometry import Metrics, Part, RowMark, extents, moved, parts_of, row_marks
from app.ui.article.index import MarkIndex, Text
from app.ui.theme import font

_GUTTER, _MARGIN = 96, 28
_BELOW = 60
_TRACK, _STEP, _FIRST = 14.0, 16.0, 13.0
"""Height of a track, from one to the next, and from the baseline to the first."""
_ABOVE = 25.0
"""From the last track to the baseline of the next line's box."""


class Row(NamedTuple):
    """A paragraph: its layout, the offset it begins with (UTF-16 units), and its lines."""

    layout: QTextLayout
    base: int
    top: float
    baselines: list[float]


class Lines:
    """The lines of one article with room for the tracks below each."""

    def __init__(self) -> None:
        self.text = Text()
        self.rows: list[Row] = []
        self.left = 0.0
        self.column = 0.0
        self.height = 0.0
        self.metrics = Metrics()
        self.tracks = 0
        self._rtl = False
        self._lane_types: frozenset[str] = frozenset()
        self._parts: dict[str, tuple[Annotation, list[Part]]] = {}

    def load(self, text: str, lane_types: frozenset[str], *, rtl: bool = False) -> None:
        """Take another text; `lane_types` are those drawn as lines instead of boxes."""
        self.text = Text(text)
        self._rtl = rtl
        self._lane_types = lane_types
        self._parts.clear()
        self.rows = []

    @property
    def pitch(self) -> float:
        """From one line to the next: 70 with two annotators."""
        return self.metrics(_FIRST + _STEP * self.tracks + _ABOVE)

    @staticmethod
    def column_width(width: float, metrics: Metrics) -> float:
        """Return how wide the column of text is in a viewport."""
        return max(160.0, min(metrics.column, width - _GUTTER - _MARGIN))

    def lay(self, width: float, metrics: Metrics, tracks: int, header: float) -> None:
        """Lay everything out for a viewport of a width, below `header` pixels."""
        self.metrics, self.tracks = metrics, tracks
        self.column = self.column_width(width, metrics)
        self.left = max(float(_GUTTER), (width - self.column) / 2)
        self._parts.clear()
        self.rows, top = [], header
        rows = self.text.rows
        for start, end in zip(rows.starts, rows.ends, strict=True):
            row = self._row(start, end, top)
            self.rows.append(row)
            top += self.pitch * len(row.baselines) + metrics.gap / 2
        self.height = top + _BELOW

    def _row(self, start: int, end: int, top: float) -> Row:
        layout = QTextLayout(self.text.shown[start:end], font("reading", self.metrics(17)))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if self._rtl:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.beginLayout()
        baselines: list[float] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.column)
            baseline = len(baselines) * self.pitch + self.metrics.baseline
            line.setPosition(QPointF(0, baseline - line.ascent()))
            baselines.append(baseline)
        layout.endLayout()
        layout.setPosition(QPointF(self.left, top))
        return Row(layout, self.text.map.to_utf16(start), top, baselines)

    # -- asked for --------------------------------------------------------------------------------

    def track(self, baseline: float, number: int) -> QRectF:
        """Return the track of an annotator below a line."""
        top = baseline + self.metrics(_FIRST + _STEP * number)
        return QRectF(self.left - 4, top, self.column + 8, self.metrics(_TRACK))

    def below(self, baseline: float) -> tuple[float, float]:
        """Return where the tracks of a line begin and end."""
        first, last = self.track(baseline, 0), self.track(baseline, max(0, self.tracks - 1))
        return first.top(), last.bottom()

    def baselines(self, top: float, bottom: float) -> Iterable[float]:
        """Yield the baselines of the lines that show something between two heights."""
        for row in self.rows:
            for baseline in row.baselines:
                if top - self.pitch <= row.top + baseline <= bottom + self.pitch:
                    yield row.top + baseline

    def alone(self, annotation: Annotation) -> list[Part]:
        """Return the parts of an annotation, as if it were the only one."""
        known = self._parts.get(annotation.id)
        if known is None or known[0] is not annotation:
            known = annotation, self.together([annotation])
            self._parts[annotation.id] = known
        return known[1]

    def together(self, annotations: Sequence[Annotation]) -> list[Part]:
        """Return the parts of annotations that lie on one another, in painting order."""
        found: list[Part] = []
        rows = self.text.rows
        index = MarkIndex(rows, annotations)
        touched = {number for one in annotations for number in index.rows_of(one)}
        for number in sorted(touched):
            bounds = rows.starts[number], rows.ends[number]
            marks = row_marks(index.in_row(number), bounds, self.text.map, self._lane_types)
            found += [p for mark in marks for p in self._parts_of(self.rows[number], mark)]
        return found

    def _parts_of(self, row: Row, mark: RowMark) -> Iterable[Part]:
        for n, baseline in enumerate(row.baselines):
            line = row.layout.lineAt(n)
            start, end = line.textStart(), line.textStart() + line.textLength()
            for piece in mark.pieces:
                if piece.start < end and piece.end > start:
                    for part in parts_of(mark, piece, line, baseline, mixed=True):
                        yield moved(part, self.left, row.top)

    def stretches(self, start: int, end: int) -> list[tuple[float, float, float]]:
        """Return (x0, x1, baseline) of each line of a range of code points."""
        a, b = self.text.map.to_utf16(start), self.text.map.to_utf16(end)
        return [
            (self.left + x0, self.left + x1, row.top + baseline)
            for row in self.rows
            for n, baseline in enumerate(row.baselines)
            for x0, x1, _ in extents(
                row.layout.lineAt(n), max(0, a - row.base), b - row.base, mixed=True
            )
        ]

    def paint_text(self, painter: QPainter, clip: QRectF) -> None:
        """Paint the letters, in the painter's colour."""
        for row in self.rows:
            if row.top <= clip.bottom() and row.top + self.pitch * len(row.baselines) > clip.top():
                row.layout.draw(painter, QPointF(0, 0), [], clip)

    def paint_numbers(self, painter: QPainter, clip: QRectF) -> None:
        """Paint the numbers of the paragraphs beside them, in the painter's colour."""
        painter.setFont(font("ui", self.metrics(11), tabular=True))
        right, size = Qt.AlignmentFlag.AlignRight, self.metrics(24)
        for row, number in zip(self.rows, self.text.rows.numbers, strict=True):
            if number and clip.top() - 40 <= row.top <= clip.bottom():
                baseline = row.top + row.baselines[0]
                place = QRectF(self.left - 80, baseline - self.metrics(12), size, 20)
                painter.drawText(place, right, str(number))
