"""The layout of the article's text: our own lines under a native text widget.

Rows (paragraphs that are not empty) are laid out when they come into view and have an estimated
height before. Empty lines take no room; the room between paragraphs is the design's.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Literal

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QTextBlock,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from typing_extensions import override

from app.model.annotation import Annotation
from app.ui.article.geometry import (
    Clusters,
    Metrics,
    Part,
    Piece,
    RowMark,
    cursor_x,
    extents,
    moved,
    parts_of,
    row_marks,
)
from app.ui.article.heights import Heights
from app.ui.article.index import MarkIndex, Text
from app.ui.article.paint import Op

_GUTTER = 112
_MARGIN = 28
_NARROWEST = 160
_BELOW = 96
_CHUNK = 24
_FREE_LANES = 2

Kind = Literal["suggested", "others"]
"""What lies over the text without being a mark of it: suggestions, other annotators' marks."""

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class Sheet:
    """Marks of a row that lie on one another, and what was made of them to be painted."""

    __slots__ = ("chunks", "marks", "ops")

    def __init__(self, marks: tuple[RowMark, ...] = ()) -> None:
        self.marks = marks
        self.chunks: dict[int, tuple[Part, ...]] = {}
        self.ops: dict[tuple[int, str | None], tuple[Op, ...]] = {}


class Row:
    """A laid-out row: its lines, and the parts of its marks, made when they are first painted.

    `loose` holds what only lies over the text, by its kind: it takes no room and moves no mark.
    """

    __slots__ = ("_find", "baselines", "clusters", "loose", "mixed", "own", "rtl", "starts", "tops")

    def __init__(self, find: Callable[[], QTextLayout], *, mixed: bool, rtl: bool) -> None:
        self._find = find
        self.mixed = mixed
        self.rtl = rtl
        self.starts: list[int] = []
        self.tops: list[float] = []
        self.baselines: list[float] = []
        self.own = Sheet()
        self.clusters: Clusters = {}
        self.loose: dict[Kind, Sheet] = {}

    @property
    def marks(self) -> tuple[RowMark, ...]:
        """The marks of the row itself."""
        return self.own.marks

    @property
    def layout(self) -> QTextLayout:
        """The lines of the row.

        Asked of the document each time: a wrapper that outlives its block is later handed out by
        PySide for whatever Qt puts in the same place.
        """
        return self._find()

    def line_at(self, y: float) -> int:
        """Return the line at a height inside the row."""
        return max(0, bisect_right(self.tops, y) - 1)

    def line_of(self, position: int) -> int:
        """Return the line that holds a position (UTF-16 units from the row's start)."""
        return max(0, bisect_right(self.starts, position) - 1)

    def lines(self, top: float, bottom: float) -> range:
        """Return the lines that may show something between two heights inside the row."""
        return range(max(0, self.line_at(top) - 1), min(len(self.tops), self.line_at(bottom) + 2))

    def chunk_range(self, top: float, bottom: float) -> range:
        """Return the chunks of lines that show something between two heights inside the row."""
        lines = self.lines(top, bottom)
        return range(lines.start // _CHUNK, (lines.stop - 1) // _CHUNK + 1) if lines else range(0)

    def chunk(self, number: int, sheet: Sheet | None = None) -> tuple[Part, ...]:
        """Return the parts of the marks on a chunk of lines, in painting order."""
        sheet = sheet or self.own
        parts = sheet.chunks.get(number)
        if parts is None:
            parts = sheet.chunks[number] = tuple(self._parts(number, sheet.marks))
        return parts

    def _parts(self, number: int, marks: tuple[RowMark, ...]) -> Iterator[Part]:
        lines = range(number * _CHUNK, min(len(self.starts), (number + 1) * _CHUNK))
        if not lines:
            return
        start = self.starts[lines[0]]
        end = self.starts[lines.stop] if lines.stop < len(self.starts) else 1 << 62
        layout = self.layout
        placed = {n: layout.lineAt(n) for n in lines}
        for mark in marks:
            if mark.pieces[0].start >= end or mark.pieces[-1].end <= start:
                continue
            for piece in mark.pieces:
                yield from self._parts_of(mark, piece, placed, lines)

    def _parts_of(
        self,
        mark: RowMark,
        piece: Piece,
        placed: dict[int, QTextLine],
        lines: range,
    ) -> Iterator[Part]:
        first = max(lines.start, self.line_of(piece[0]))
        last = min(lines.stop - 1, self.line_of(max(piece[0], piece[1] - 1)))
        for n in range(first, last + 1):
            yield from parts_of(mark, piece, placed[n], self.baselines[n], mixed=self.mixed)


class ArticleLayout(QAbstractTextDocumentLayout):
    """Lines, rows and the column of one article. Offsets given and returned are code points."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.text = Text()
        self.index = MarkIndex(self.text.rows)
        self.loose: dict[Kind, MarkIndex] = {}
        self.metrics = Metrics()
        self.header = 0.0
        self.rtl = False
        self._lane_types: frozenset[str] = frozenset()
        self._width = 0.0
        self._column = 0.0
        self._heights = Heights()
        self._laid: dict[int, Row] = {}

    # -- what is shown ----------------------------------------------------------------------------

    def load(self, text: Text, index: MarkIndex, *, lane_types: frozenset[str], rtl: bool) -> None:
        """Take another text. The document must hold `text.shown` already."""
        self.text = text
        self.index = index
        self.loose.clear()
        self.rtl = rtl
        self._lane_types = lane_types
        self.reset()

    def set_view(self, width: float, metrics: Metrics, header: float) -> bool:
        """Take the viewport's width, the zoom and the room above the text; tell if lines moved."""
        column = self.column_width(width, metrics)
        moved = column != self._column or metrics != self.metrics
        shifted = header != self.header or width != self._width
        self._width, self._column, self.metrics, self.header = width, column, metrics, header
        if moved:
            self.reset()
        elif shifted:
            self.resized()
        return moved

    @staticmethod
    def column_width(width: float, metrics: Metrics) -> float:
        """Return how wide the column of text is in a viewport."""
        return max(float(_NARROWEST), min(metrics.column, width - _GUTTER - _MARGIN))

    def forget_drawings(self) -> None:
        """Make the draw lists anew when they are painted next: colours or filters changed."""
        for row in self._laid.values():
            row.own.ops.clear()

    def reset(self) -> None:
        """Forget every line; rows are laid out again when they are seen."""
        self._laid.clear()
        rows = self.text.rows
        per_line = max(8.0, self._column / self.metrics(8.4))
        line = self.metrics.line
        self._heights = Heights(
            max(1, -(-(end - start) // per_line)) * line + self._gap(n)
            for n, (start, end) in enumerate(zip(rows.starts, rows.ends, strict=True))
        )
        self.resized()

    def resized(self) -> None:
        """Tell the widget that the height of the document may have changed."""
        self.documentSizeChanged.emit(self.documentSize())

    @property
    def column(self) -> tuple[float, float]:
        """Left edge and width of the column of text, in the viewport."""
        left = max(float(_GUTTER), (self._width - self._column) / 2)
        if self.rtl:
            left = self._width - left - self._column
        return left, self._column

    # -- rows -------------------------------------------------------------------------------------

    def top(self, row: int) -> float:
        """Return where a row begins in the document.

        Rounded: sums of the same heights differ by a hair with the order they were changed in.
        """
        return self.header + round(self._heights.top(row), 3)

    def height(self, row: int) -> float:
        """Return the height of a row with the gap below it; an estimate until it is laid out."""
        return self._heights[row]

    def row_at(self, y: float) -> int:
        """Return the row at a height of the document."""
        return self._heights.row_at(y - self.header)

    def rows_between(self, top: float, bottom: float) -> range:
        """Return the rows that lie between two heights of the document."""
        if not len(self._heights) or bottom < self.header:
            return range(0)
        return range(self.row_at(top), self.row_at(bottom) + 1)

    def laid(self, row: int) -> Row | None:
        """Return a row that is laid out already."""
        return self._laid.get(row)

    def row(self, number: int) -> Row:
        """Return a row, laying it out where that has not happened yet."""
        row = self._laid.get(number)
        if row is None:
            row = self._laid[number] = self._lay(number)
            self._place(number, row)
        return row

    def settle(self, top: float, bottom: float) -> bool:
        """Lay out what lies between two heights; tell whether the document's height changed."""
        before = self._heights.total
        done: range | None = None
        while (rows := self.rows_between(top, bottom)) != done:
            for number in rows:
                self.row(number)
            done = rows
        return self._heights.total != before

    def touch(self, rows: set[int]) -> bool:
        """Take in that the marks of some rows changed; tell whether a row changed its height."""
        before = self._heights.total
        for number in rows & self._laid.keys():
            self._place(number, self._laid[number])
        return self._heights.total != before

    def set_loose(self, kind: Kind, marks: Iterable[Annotation]) -> None:
        """Lay marks over the text; they take no room, and the text does not move for them."""
        self.loose[kind] = MarkIndex(self.text.rows, marks)
        for row in self._laid.values():
            row.loose.pop(kind, None)

    def change_loose(self, kind: Kind, gone: Iterable[str], marks: Iterable[Annotation]) -> None:
        """Take away and lay anew some of the marks over the text."""
        index = self.loose.setdefault(kind, MarkIndex(self.text.rows))
        touched = set[int]().union(*map(index.drop, gone), *map(index.put, marks))
        for number in touched & self._laid.keys():
            self._laid[number].loose.pop(kind, None)

    def loose_sheet(self, number: int, kind: Kind) -> Sheet:
        """Return what of a kind lies over a laid-out row: around and below the marks it has."""
        row = self.row(number)
        sheet = row.loose.get(kind)
        if sheet is None:
            over = self.loose[kind].in_row(number) if kind in self.loose else []
            bounds = self.text.rows.starts[number], self.text.rows.ends[number]
            beside = self.index.in_row(number) if over and kind == "suggested" else []
            marks = row_marks(beside, bounds, self.text.map, self._lane_types, over=over)
            sheet = row.loose[kind] = Sheet(marks)
        return sheet

    def loose_parts(self, number: int, kind: Kind, top: float, bottom: float) -> Iterator[Part]:
        """Yield the parts over a laid-out row that lie between two heights of the document."""
        sheet, left = self.loose_sheet(number, kind), self.column[0]
        if sheet.marks:
            row, above = self.row(number), self.top(number)
            for chunk in row.chunk_range(top - above, bottom - above):
                for part in row.chunk(chunk, sheet):
                    yield moved(part, left, above)

    def _gap(self, row: int) -> float:
        numbers = self.text.rows.numbers
        if row + 1 == len(numbers):
            return float(_BELOW)
        return self.metrics.gap if numbers[row + 1] else 0.0

    def block_of(self, row: int) -> QTextBlock:
        """Return the document's block that shows a row."""
        return self.document().findBlock(self.text.map.to_utf16(self.text.rows.starts[row]))

    def _layout_of(self, row: int) -> QTextLayout:
        return self.block_of(row).layout()

    def _lay(self, number: int) -> Row:
        start, end = self.text.rows.starts[number], self.text.rows.ends[number]
        shown = self.text.shown[start:end]
        rtl = _is_right_to_left(shown, otherwise=self.rtl)
        layout = self._layout_of(number)
        option = QTextOption()
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        )
        anywhere = self.text.has_long_run(number)
        option.setWrapMode(
            QTextOption.WrapMode.WrapAnywhere
            if anywhere
            else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        )
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        find = partial(self._layout_of, number)
        row = Row(find, mixed=_RIGHT_TO_LEFT.search(shown) is not None, rtl=rtl)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._column)
            row.starts.append(line.textStart())
        layout.endLayout()
        return row

    def _place(self, number: int, row: Row) -> None:
        rows = self.text.rows
        bounds = rows.starts[number], rows.ends[number]
        row.own = Sheet(
            row_marks(
                self.index.in_row(number),
                bounds,
                self.text.map,
                self._lane_types,
                known=row.clusters,
            )
        )
        row.loose.clear()
        extra = self._extra_lanes(row)
        line_height, baseline, y = self.metrics.line, self.metrics.baseline, 0.0
        tops: list[float] = []
        for n in range(len(row.starts)):
            tops.append(y)
            y += line_height + (self.metrics(4.4) * extra[n] if n in extra else 0)
        if tops != row.tops:
            row.tops = tops
            row.baselines = [top + baseline for top in tops]
            self._set_positions(row)
        self._heights[number] = y + self._gap(number)

    def _set_positions(self, row: Row) -> None:
        layout = row.layout
        for n, baseline in enumerate(row.baselines):
            line = layout.lineAt(n)
            x = self._column - line.naturalTextWidth() if row.rtl else 0.0
            line.setPosition(QPointF(x, baseline - line.ascent()))

    @staticmethod
    def _extra_lanes(row: Row) -> dict[int, int]:
        extra: dict[int, int] = {}
        for mark in row.marks:
            if mark.depth >= _FREE_LANES and mark.lane:
                first, last = (
                    row.line_of(mark.pieces[0].start),
                    row.line_of(mark.pieces[-1].end - 1),
                )
                for n in range(first, last + 1):
                    extra[n] = max(extra.get(n, 0), mark.depth - _FREE_LANES + 1)
        return extra

    # -- places -----------------------------------------------------------------------------------

    def units(self, row: int, offset: int) -> int:
        """Return a code point offset as UTF-16 units from the start of a row."""
        return self.text.map.to_utf16(offset) - self.text.map.to_utf16(self.text.rows.starts[row])

    def offset_at(self, point: QPointF) -> int:
        """Return the offset of the caret that a point of the document asks for."""
        if not self.text.rows:
            return 0
        number = self.row_at(point.y())
        row = self.row(number)
        line = row.layout.lineAt(row.line_at(point.y() - self.top(number)))
        position = line.xToCursor(point.x() - self.column[0])
        if position >= line.textStart() + line.textLength() and line.lineNumber() + 1 < len(
            row.starts
        ):
            position -= 1
        base = self.text.map.to_utf16(self.text.rows.starts[number])
        return self.text.map.to_code_points(base + position)

    def character_at(self, point: QPointF) -> int:
        """Return the offset of the character under a point of the document, or the nearest one."""
        if not self.text.rows:
            return 0
        number = self.row_at(point.y())
        row = self.row(number)
        line = row.layout.lineAt(row.line_at(point.y() - self.top(number)))
        position = line.xToCursor(
            point.x() - self.column[0], QTextLine.CursorPosition.CursorOnCharacter
        )
        last = line.textStart() + max(0, line.textLength() - 1)
        base = self.text.map.to_utf16(self.text.rows.starts[number])
        return self.text.map.to_code_points(base + min(position, last))

    def range_between(self, top: float, bottom: float) -> tuple[int, int] | None:
        """Return the text whose lines lie wholly between two heights, as far as it is laid out."""
        first: int | None = None
        last = 0
        for number in self.rows_between(top, bottom):
            row = self._laid.get(number)
            if row is None:
                continue
            origin, start = self.top(number), self.text.rows.starts[number]
            base = self.text.map.to_utf16(start)
            for n, height in enumerate(row.tops):
                below = row.tops[n + 1] if n + 1 < len(row.tops) else height + self.metrics.line
                if origin + height < top - 1 or origin + below > bottom + 1:
                    continue
                if first is None:
                    first = self.text.map.to_code_points(base + row.starts[n])
                last = self.text.rows.ends[number]
                if n + 1 < len(row.starts):
                    last = self.text.map.to_code_points(base + row.starts[n + 1])
        return None if first is None else (first, last)

    def caret(self, offset: int) -> QRectF:
        """Return where the caret stands in front of an offset, in the document."""
        if not self.text.rows:
            return QRectF()
        number = self.text.rows.at(offset)
        row = self.row(number)
        position = self.units(number, min(offset, self.text.rows.ends[number]))
        n = row.line_of(position)
        x = cursor_x(row.layout.lineAt(n), position)
        top = self.top(number) + row.baselines[n] - self.metrics(17)
        return QRectF(self.column[0] + x, top, 0, self.metrics(23))

    def end_caret(self, offset: int) -> QRectF:
        """Return where the caret stands behind the character before an offset, in the document."""
        if not self.text.rows or offset == 0:
            return self.caret(offset)
        number = self.text.rows.at(offset - 1)
        row = self.row(number)
        position = self.units(number, min(offset, self.text.rows.ends[number]))
        n = row.line_of(max(0, position - 1))
        stretches = extents(row.layout.lineAt(n), max(0, position - 1), position, mixed=row.mixed)
        x = stretches[-1][0 if stretches[-1][2] else 1] if stretches else 0.0
        top = self.top(number) + row.baselines[n] - self.metrics(17)
        return QRectF(self.column[0] + x, top, 0, self.metrics(23))

    def parts(self, annotation: Annotation, kind: Kind | None = None) -> list[Part]:
        """Return the parts of a mark in the document, as far as its rows are laid out.

        With `kind` it is one of those that lie over the text.
        """
        left, found = self.column[0], []
        for number in self.index.rows_of(annotation):
            row = self._laid.get(number)
            if row is None:
                continue
            sheet = row.own if kind is None else self.loose_sheet(number, kind)
            mark = next((m for m in sheet.marks if m.id == annotation.id), None)
            if mark is None:
                continue
            top = self.top(number)
            lines = row.line_of(mark.pieces[0].start), row.line_of(mark.pieces[-1].end - 1)
            for chunk in range(lines[0] // _CHUNK, lines[1] // _CHUNK + 1):
                here = (part for part in row.chunk(chunk, sheet) if part.mark == annotation.id)
                found += [moved(part, left, top) for part in here]
        return found

    def parts_at(self, point: QPointF) -> list[Part]:
        """Return the parts of marks near the height of a point, in the document."""
        if not self.text.rows:
            return []
        number = self.row_at(point.y())
        row, top = self._laid.get(number), self.top(number)
        if row is None:
            return []
        y, left = point.y() - top, self.column[0]
        chunks = row.chunk_range(y, y)
        return [moved(part, left, top) for n in chunks for part in row.chunk(n)]

    def stretches(self, start: int, end: int, rows: range) -> Iterator[tuple[float, float, float]]:
        """Yield (x0, x1, baseline) in the document for each line of a range in laid-out rows."""
        left = self.column[0]
        for number in rows:
            row, bounds = (
                self._laid.get(number),
                (self.text.rows.starts[number], self.text.rows.ends[number]),
            )
            first, last = max(start, bounds[0]), min(end, bounds[1])
            if row is None or first >= last:
                continue
            layout = row.layout
            a, b, top = self.units(number, first), self.units(number, last), self.top(number)
            for n in range(row.line_of(a), row.line_of(b - 1) + 1):
                line = layout.lineAt(n)
                for x0, x1, _ in extents(line, a, b, mixed=row.mixed):
                    yield left + x0, left + x1, top + row.baselines[n]

    # -- what Qt asks for -------------------------------------------------------------------------

    @override
    def documentChanged(self, from_: int, charsRemoved: int, charsAdded: int) -> None:
        """Nothing: the text changes only as a whole, and the view says so."""

    @override
    def documentSize(self) -> QSizeF:
        return QSizeF(self._width, self.header + self._heights.total)

    @override
    def pageCount(self) -> int:
        return 1

    @override
    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:
        return QRectF(QPointF(0, 0), self.documentSize())

    @override
    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        if not self.text.rows:
            return QRectF()
        offset = self.text.map.to_code_points(block.position())
        number = self.text.rows.at(offset)
        left, width = self.column
        if self.text.rows.starts[number] != offset:
            below = self.top(number) + (
                self.height(number) if offset > self.text.rows.starts[number] else 0
            )
            return QRectF(left, below, width, 0)
        return QRectF(left, self.top(number), width, self.height(number))

    @override
    def hitTest(self, point: Any, accuracy: Qt.HitTestAccuracy) -> int:
        return self.text.map.to_utf16(self.offset_at(QPointF(point)))

    @override
    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        clip = (
            context.clip if context.clip.isValid() else QRectF(QPointF(0, 0), self.documentSize())
        )
        self.draw_text(painter, clip)

    def draw_text(self, painter: QPainter, clip: QRectF) -> None:
        """Paint the letters inside a rectangle of the document, in the painter's colour."""
        left = self.column[0]
        for number in self.rows_between(clip.top(), clip.bottom()):
            layout = self.row(number).layout
            # Qt's text interface for assistive technology asks each layout where it stands.
            layout.setPosition(QPointF(left, self.top(number)))
            layout.draw(painter, QPointF(0, 0), [], clip)


def _is_right_to_left(text: str, *, otherwise: bool) -> bool:
    for character in text[:2000]:
        kind = unicodedata.bidirectional(character)
        if kind in {"R", "AL"}:
            return True
        if kind == "L":
            return False
    return otherwise


def is_right_to_left(language: str, text: str) -> bool:
    """Tell whether an article reads from right to left: by language, else by first letter."""
    tag = language.partition("-")[0].lower()
    if tag:
        return tag in {
            "ar",
            "arc",
            "ckb",
            "dv",
            "fa",
            "he",
            "iw",
            "ps",
            "sd",
            "syr",
            "ug",
            "ur",
            "yi",
        }
    return _is_right_to_left(text, otherwise=False)
