"""From marks to rectangles: the pieces of a row, and the parts they make on its lines.

Offsets inside a row are UTF-16 units from its start, as Qt counts them. Coordinates are pixels from
the row's upper left corner; `baseline` is where the letters of a line stand.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from PySide6.QtGui import QTextLine

from app.model.annotation import Annotation
from app.model.text import OffsetMap
from app.ui.article.lanes import Stretch, lanes, levels

_OUTERMOST = 1 << 40
_DEEPEST = 2
"""What is laid over a row must fit into its lines: it may not make room for itself."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """The measures of the design, scaled by the zoom of the text (1.0 is 100 %)."""

    zoom: float = 1.0

    def __call__(self, pixels: float) -> float:
        """Return a length of the design at this zoom."""
        return pixels * self.zoom

    @property
    def line(self) -> float:
        """The height of a line."""
        return 33 * self.zoom

    @property
    def gap(self) -> float:
        """The room between two paragraphs."""
        return 12 * self.zoom

    @property
    def baseline(self) -> float:
        """How far below the top of its line the baseline lies."""
        return 22.5 * self.zoom

    @property
    def column(self) -> float:
        """The widest column of text."""
        return 590 * self.zoom

    def lane(self, part: "Part") -> float:
        """Return the height of the line drawn for a part: a statement's lane."""
        return part.baseline + self(9.7 + 4.4 * part.depth + (1.5 if part.deep else 0))

    def box(self, part: "Part") -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of a part: a box, or a statement's fill."""
        if part.lane:
            beside, above, below = self(2.5), self(17), self(8.5)
        else:
            beside, above, below = self(2.5), self(14 + 2 * part.depth), self(5.5 + 3 * part.depth)
        return part.x0 - beside, part.baseline - above, part.x1 + beside, part.baseline + below


class Piece(NamedTuple):
    """A stretch of a mark inside one row. A gap lies between two fragments."""

    start: int
    end: int
    opens: bool
    closes: bool
    gap: bool


class RowMark(NamedTuple):
    """A mark as far as it lies in one row.

    `depth` is the level of a box or the lane of a statement; `deep` tells that a nested box pushes
    the statement's lane down.
    """

    id: str
    type: str
    lane: bool
    depth: int
    deep: bool
    pieces: tuple[Piece, ...]


class Part(NamedTuple):
    """One drawn stretch of a mark on one line, from `x0` to `x1`.

    `left` and `right` tell which ends are ends of a fragment rather than of the line; `opens` and
    `closes` mark the parts where the whole mark begins and ends. `rtl` text begins at the right.
    """

    mark: str
    type: str
    lane: bool
    depth: int
    deep: bool
    x0: float
    x1: float
    baseline: float
    left: bool
    right: bool
    opens: bool
    closes: bool
    gap: bool
    rtl: bool


def moved(part: Part, dx: float, dy: float) -> Part:
    """Return a part at another place."""
    return part._replace(x0=part.x0 + dx, x1=part.x1 + dx, baseline=part.baseline + dy)


Clusters = dict[str, tuple[list[Annotation], tuple[RowMark, ...]]]
"""The marks of a row that hang together, by the first of them, and what was made of them."""


def row_marks(
    annotations: Iterable[Annotation],
    row: tuple[int, int],
    offsets: OffsetMap,
    lane_types: frozenset[str],
    *,
    over: Collection[Annotation] = (),
    known: Clusters | None = None,
) -> tuple[RowMark, ...]:
    """Return the marks of a row; of those that touch, the longest statement and outer box first.

    `row` is its range in code points. Where there are marks to be laid `over` the others, only
    those are returned, placed as if each were longer than all others. `known` remembers what was
    made of marks that hang together, for the next time: a change touches few of them.
    """
    if over:
        return _placed([*annotations], row, offsets, lane_types, over=over)
    made: Clusters = {}
    for cluster in _clusters(annotations):
        key = cluster[0].id
        before = known.get(key) if known is not None else None
        if before is not None and before[0] == cluster:
            made[key] = before
        else:
            made[key] = cluster, _placed(cluster, row, offsets, lane_types)
    if known is not None:
        known.clear()
        known.update(made)
    return tuple(mark for _, marks in made.values() for mark in marks)


def _clusters(annotations: Iterable[Annotation]) -> Iterator[list[Annotation]]:
    """Yield the annotations that touch each other, directly or by way of others."""
    cluster: list[Annotation] = []
    reach = 0
    for annotation in sorted(annotations, key=_start):
        if cluster and annotation.start >= reach:
            yield cluster
            cluster = []
        cluster.append(annotation)
        reach = max(reach, annotation.end)
    if cluster:
        yield cluster


_start = attrgetter("start")


def _placed(
    annotations: list[Annotation],
    row: tuple[int, int],
    offsets: OffsetMap,
    lane_types: frozenset[str],
    *,
    over: Collection[Annotation] = (),
) -> tuple[RowMark, ...]:
    base = offsets.to_utf16(row[0])
    cut = [(a, a.length, _pieces(a, row, offsets, base)) for a in annotations]
    cut += [(a, a.length + _OUTERMOST, _pieces(a, row, offsets, base)) for a in over]
    wanted = {a.id for a in over}
    boxes = [_stretch(a, n, p, joined=False) for a, n, p in cut if p and a.type not in lane_types]
    statements = [_stretch(a, n, p, joined=True) for a, n, p in cut if p and a.type in lane_types]
    level, lane = levels(boxes), lanes(statements)
    nested = _union(pair for box in boxes if level[box.key] for pair in box.ranges)
    found = []
    for annotation, length, pieces in cut:
        if pieces and (not wanted or annotation.id in wanted):
            is_lane = annotation.type in lane_types
            deep = is_lane and _touches(pieces, nested)
            depth = lane[annotation.id] if is_lane else level[annotation.id]
            depth = min(depth, _DEEPEST) if wanted else depth
            mark = RowMark(annotation.id, annotation.type, is_lane, depth, deep, pieces)
            found.append((not is_lane, -length, annotation.start, annotation.id, mark))
    return tuple(entry[-1] for entry in sorted(found))


def _pieces(
    annotation: Annotation, row: tuple[int, int], offsets: OffsetMap, base: int
) -> tuple[Piece, ...]:
    found = []
    last = len(annotation.fragments) - 1
    before = -1
    for n, (start, end, _) in enumerate(annotation.fragments):
        if n:
            found += _piece(before, start, row, offsets, base, gap=True)
        found += _piece(start, end, row, offsets, base, opens=n == 0, closes=n == last)
        before = end
    return tuple(found)


def _piece(
    start: int,
    end: int,
    row: tuple[int, int],
    offsets: OffsetMap,
    base: int,
    *,
    opens: bool = False,
    closes: bool = False,
    gap: bool = False,
) -> list[Piece]:
    first, last = max(start, row[0]), min(end, row[1])
    if first >= last:
        return []
    return [
        Piece(
            offsets.to_utf16(first) - base,
            offsets.to_utf16(last) - base,
            opens and first == start,
            closes and last == end,
            gap,
        )
    ]


def _stretch(
    annotation: Annotation, length: int, pieces: tuple[Piece, ...], *, joined: bool
) -> Stretch:
    """Return what a mark takes up: a statement its gaps as well, since its lane runs on there."""
    if joined:
        return Stretch(annotation.id, length, ((pieces[0].start, pieces[-1].end),))
    ranges = tuple((piece.start, piece.end) for piece in pieces if not piece.gap)
    return Stretch(annotation.id, length, ranges or ((pieces[0].start, pieces[0].start),))


def _union(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _touches(pieces: tuple[Piece, ...], union: list[tuple[int, int]]) -> bool:
    start, end = pieces[0].start, pieces[-1].end
    place = bisect_left(union, (end, end)) - 1
    return place >= 0 and union[place][1] > start


def extents(
    line: QTextLine, start: int, end: int, *, mixed: bool
) -> list[tuple[float, float, bool]]:
    """Return (x0, x1, right to left) of each stretch that a range covers on a line, left to right.

    `mixed` tells that the row has right-to-left letters: then a range may lie in several places and
    its glyphs are asked where they are.
    """
    first = max(start, line.textStart())
    last = min(end, line.textStart() + line.textLength())
    if first >= last:
        return []
    if not mixed:
        x0, x1 = cursor_x(line, first), cursor_x(line, last)
        return [(x0, max(x0, min(x1, line.x() + line.naturalTextWidth())), False)]
    runs = []
    for run in line.glyphRuns(first, last - first):
        rect = run.boundingRect()
        runs.append((rect.left(), rect.right(), run.isRightToLeft()))
    return _joined(runs)


def cursor_x(line: QTextLine, position: int) -> float:
    """Return where the caret stands on a line in front of a position of its row."""
    placed: Any = line.cursorToX(position)  # PySide returns the position as well
    return float(placed[0])


def _joined(runs: list[tuple[float, float, bool]]) -> list[tuple[float, float, bool]]:
    found: list[tuple[float, float, bool]] = []
    for left, right, rtl in sorted(runs):
        if found and left <= found[-1][1] + 0.5:
            before = found[-1]
            found[-1] = before[0], max(before[1], right), before[2] or rtl
        else:
            found.append((left, right, rtl))
    return found


def parts_of(
    mark: RowMark, piece: Piece, line: QTextLine, baseline: float, *, mixed: bool
) -> Iterator[Part]:
    """Yield the parts that a piece makes on a line."""
    stretches = extents(line, piece.start, piece.end, mixed=mixed)
    if not stretches:
        return
    begins = piece.start >= line.textStart()
    ends = piece.end <= line.textStart() + line.textLength()
    backwards = stretches[-1][2] and (len(stretches) == 1 or stretches[0][2])
    head, tail = (len(stretches) - 1, 0) if backwards else (0, len(stretches) - 1)
    for n, (x0, x1, _) in enumerate(stretches):
        starts_here, ends_here = begins and n == head, ends and n == tail
        inner_left, inner_right = n > 0, n < len(stretches) - 1
        yield Part(
            mark.id,
            mark.type,
            mark.lane,
            mark.depth,
            mark.deep,
            x0,
            x1,
            baseline,
            inner_left or (ends_here if backwards else starts_here),
            inner_right or (starts_here if backwards else ends_here),
            piece.opens and starts_here,
            piece.closes and ends_here,
            piece.gap,
            backwards,
        )
