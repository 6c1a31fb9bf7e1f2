"""How marks look: draw lists for what lies below the text, and the states above it.

Everything here paints with a `QPainter` from parts (`geometry.Part`) and knows no widget. A draw
list is made once for a chunk of lines and painted as often as wanted.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from app.model.codebook import Codebook, Underline
from app.ui.article.geometry import Metrics, Part
from app.ui.badge import paint_letter
from app.ui.theme import Theme, font

_HAIRLINE = 0.28
_RADIUS = 4.0
_DOT = 2.4
_DOT_STEP = 4.2
_CHIP = 10.5
_CHECK_ME = "check me"
_OUTLINE, _CHOSEN_OUTLINE = 2.0, 3.4


class Look(NamedTuple):
    """How one type of mark is drawn."""

    ink: QColor
    fill: QColor
    selected: QColor
    underline: Underline


class Looks:
    """The looks of all types of a codebook in one theme. A type nobody knows is drawn in grey.

    `outlined` is the high contrast of the desktop: no fills, outlines and lanes of two pixels.
    `letters` tells that each mark carries the letter of its type.
    """

    def __init__(
        self,
        theme: Theme,
        codebook: Codebook | None,
        *,
        outlined: bool = False,
        letters: bool = False,
    ) -> None:
        self.theme = theme
        self.outlined = outlined
        self.letters = letters or outlined
        self._unknown = Look(
            theme.color("text-3"), theme.color("hover"), theme.color("row-sel"), "solid"
        )
        self._of = {
            t.name: self._look(t.ink, t.underline) for t in (codebook.types if codebook else ())
        }
        self._letters = {t.name: t.letter for t in (codebook.types if codebook else ())}

    def letter(self, type_name: str) -> str:
        """Return the letter of a type."""
        return self._letters.get(type_name, "?")

    def __getitem__(self, type_name: str) -> Look:
        return self._of.get(type_name, self._unknown)

    def _look(self, ink: str, underline: Underline) -> Look:
        theme = self.theme
        return Look(theme.ink(ink), theme.fill(ink), theme.fill(ink, selected=True), underline)


class Fill(NamedTuple):
    """Fill a path."""

    path: QPainterPath
    brush: QBrush


class Stroke(NamedTuple):
    """Draw a path's outline."""

    path: QPainterPath
    pen: QPen


class Dots(NamedTuple):
    """Draw points: seven times as fast as a dotted line, and the same to the eye."""

    points: QPolygonF
    pen: QPen


Op = Fill | Stroke | Dots


def run(painter: QPainter, ops: Iterable[Op]) -> None:
    """Paint a draw list."""
    for op in ops:
        match op:
            case Fill(path, brush):
                painter.fillPath(path, brush)
            case Stroke(path, pen):
                painter.strokePath(path, pen)
            case Dots(points, pen):
                painter.setPen(pen)
                painter.drawPoints(points)


def draw_list(
    parts: Iterable[Part],
    metrics: Metrics,
    looks: Looks,
    *,
    selected: str | None,
    hidden: frozenset[str] = frozenset(),
) -> tuple[Op, ...]:
    """Return what lies below the text on a chunk of lines, in painting order.

    Statement fills (longest first), boxes (outer first, opaque), underlines, lanes. Neighbours of
    one colour share a path. Types in `hidden` are left out.
    """
    seen = [part for part in parts if part.type not in hidden]
    solid = [part for part in seen if not part.gap]
    statements = [part for part in solid if part.lane]
    boxes = sorted(
        (p for p in solid if not p.lane), key=lambda p: (-p.depth, p.type, p.mark == selected)
    )
    ops: list[Op] = []

    def colour(part: Part) -> tuple[bool, int, str, bool]:
        depth = 0 if part.lane else part.depth
        return part.lane, depth, part.type, part.mark == selected

    for (statement, depth, type_name, chosen), group in groupby([*statements, *boxes], colour):
        look, path = looks[type_name], _path()
        for part in group:
            add_box(path, part, metrics)
        if looks.outlined:
            width = metrics(_CHOSEN_OUTLINE if chosen else _OUTLINE)
            ops += [Stroke(path, QPen(look.ink, width))] if not statement else []
            continue
        ops.append(Fill(path, QBrush(look.selected if chosen else look.fill)))
        if depth:
            ink = QColor(look.ink)
            ink.setAlphaF(_HAIRLINE)
            ops.append(Stroke(path, QPen(ink, 1)))
    ops += _underlines(boxes, metrics, looks)
    ops += _lanes(statements, metrics, looks, selected)
    ops += _connectors([part for part in seen if part.gap], metrics, looks)
    return tuple(ops)


def _path() -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def add_box(path: QPainterPath, part: Part, metrics: Metrics, *, grow: float = 0) -> None:
    """Add a part's box to a path: round at true ends, square where a line breaks."""
    x0, y0, x1, y1 = metrics.box(part)
    x0, y0, x1, y1 = x0 - grow, y0 - grow, x1 + grow, y1 + grow
    r = metrics(_RADIUS)
    if part.left and part.right:
        path.addRoundedRect(QRectF(x0, y0, x1 - x0, y1 - y0), r, r)
    elif not part.left and not part.right:
        path.addRect(QRectF(x0, y0, x1 - x0, y1 - y0))
    elif part.left:
        path.moveTo(x1, y0)
        path.lineTo(x1, y1)
        path.lineTo(x0 + r, y1)
        path.arcTo(x0, y1 - 2 * r, 2 * r, 2 * r, 270, -90)
        path.lineTo(x0, y0 + r)
        path.arcTo(x0, y0, 2 * r, 2 * r, 180, -90)
        path.closeSubpath()
    else:
        path.moveTo(x0, y0)
        path.lineTo(x1 - r, y0)
        path.arcTo(x1 - 2 * r, y0, 2 * r, 2 * r, 90, -90)
        path.lineTo(x1, y1 - r)
        path.arcTo(x1 - 2 * r, y1 - 2 * r, 2 * r, 2 * r, 0, -90)
        path.lineTo(x0, y1)
        path.closeSubpath()


def _underlines(boxes: Iterable[Part], metrics: Metrics, looks: Looks) -> list[Op]:
    ops: list[Op] = []
    for type_name, group in groupby(sorted(boxes, key=lambda p: p.type), lambda p: p.type):
        ops += underline_ops(group, metrics, looks[type_name])
    return ops


def underline_ops(parts: Iterable[Part], metrics: Metrics, look: Look) -> list[Op]:
    """Return the underlines of boxes of one type."""
    if look.underline == "dotted":
        pen = QPen(look.ink, metrics(_DOT))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        points = [dot for part in parts for dot in _dots(part, metrics)]
        return [Dots(QPolygonF(points), pen)]
    path = QPainterPath()
    for part in parts:
        _add_underline(path, part, metrics, look.underline)
    pen = QPen(look.ink, metrics(1.2 if look.underline == "double" else 2))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return [Stroke(path, pen)]


def _underline_ends(part: Part, metrics: Metrics) -> tuple[float, float]:
    x0 = part.x0 + metrics(0.5) if part.left else part.x0 - metrics(2.5)
    x1 = part.x1 - metrics(0.5) if part.right else part.x1 + metrics(2.5)
    return x0, x1


def _dots(part: Part, metrics: Metrics) -> list[QPointF]:
    """Return the dots of an underline; none reaches over the end of the box."""
    y, (x0, x1) = underline_y(part, metrics, "dotted"), _underline_ends(part, metrics)
    step, radius = metrics(_DOT_STEP), metrics(_DOT / 2)
    count = max(1, int((x1 - x0 - 2 * radius) / step) + 1)
    return [QPointF(x0 + radius + n * step, y) for n in range(count)]


def _add_underline(path: QPainterPath, part: Part, metrics: Metrics, form: Underline) -> None:
    y, (x0, x1) = underline_y(part, metrics, form), _underline_ends(part, metrics)
    for shift in (-1.4, 1.4) if form == "double" else (0,):
        path.moveTo(x0, y + metrics(shift))
        path.lineTo(x1, y + metrics(shift))


def underline_y(part: Part, metrics: Metrics, form: Underline) -> float:
    """Return the height of the middle of a box's underline."""
    return metrics.box(part)[3] - metrics(2.6 if form == "double" else 1.6)


def _lanes(
    statements: list[Part], metrics: Metrics, looks: Looks, selected: str | None
) -> list[Op]:
    def pen_of(part: Part) -> tuple[bool, str]:
        return part.mark == selected, part.type

    ops: list[Op] = []
    for (chosen, type_name), group in groupby(sorted(statements, key=pen_of), pen_of):
        path = QPainterPath()
        for part in group:
            add_lane(path, part, metrics, caps=not chosen)
        thin, thick = (2.0, 3.4) if looks.outlined else (1.5, 2.6)
        pen = QPen(looks[type_name].ink, metrics(thick if chosen else thin))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        ops.append(Stroke(path, pen))
    return ops


def add_lane(path: QPainterPath, part: Part, metrics: Metrics, *, caps: bool) -> None:
    """Add a statement's line below its words, with caps at its true ends."""
    y, cap = metrics.lane(part), metrics(3.6)
    beside = metrics(1) if caps else metrics(2.5)
    x0 = part.x0 - (beside if part.left else metrics(3))
    x1 = part.x1 + (beside if part.right else metrics(3))
    path.moveTo(x0, y - (cap if caps and part.left else 0))
    path.lineTo(x0, y)
    path.lineTo(x1, y)
    if caps and part.right:
        path.lineTo(x1, y - cap)


def _connectors(gaps: Iterable[Part], metrics: Metrics, looks: Looks) -> list[Op]:
    """Return the thin dotted lines by which the fragments of one mark hang together."""
    ops: list[Op] = []
    for type_name, group in groupby(sorted(gaps, key=lambda p: p.type), lambda p: p.type):
        look, path = looks[type_name], QPainterPath()
        for part in group:
            y = metrics.lane(part) if part.lane else underline_y(part, metrics, look.underline)
            path.moveTo(part.x0, y)
            path.lineTo(part.x1, y)
        pen = QPen(look.ink, metrics(1.2))
        pen.setDashPattern([1.0, 2.4])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        ops.append(Stroke(path, pen))
    return ops


# -- above the text -------------------------------------------------------------------------------


def _outline(painter: QPainter, parts: Iterable[Part], metrics: Metrics, pen: QPen) -> None:
    for part in parts:
        if not part.gap:
            path = _path()
            add_box(path, part, metrics)
            painter.strokePath(path, pen)


def paint_veil(painter: QPainter, parts: Iterable[Part], metrics: Metrics, veil: QColor) -> None:
    """Cover the fill of a mark more or less."""
    path = _path()
    for part in parts:
        if not part.gap:
            add_box(path, part, metrics)
    painter.fillPath(path, veil)


def paint_hover(painter: QPainter, parts: Iterable[Part], metrics: Metrics, look: Look) -> None:
    """Outline the mark under the pointer."""
    _outline(painter, parts, metrics, QPen(look.ink, 1))


def paint_target(painter: QPainter, parts: Iterable[Part], metrics: Metrics, ink: QColor) -> None:
    """Outline a mark that the selected one is linked to, in the ink of the selected one."""
    _outline(painter, parts, metrics, QPen(ink, metrics(1.3)))


def handle_at(part: Part, metrics: Metrics, *, start: bool) -> QPointF:
    """Return where a selected mark's start or end handle hangs: the lower corner of that end."""
    x0, _, x1, y1 = metrics.box(part)
    return QPointF(x0 if start != part.rtl else x1, metrics.lane(part) if part.lane else y1)


def paint_selected(
    painter: QPainter,
    parts: list[Part],
    metrics: Metrics,
    look: Look,
    paper: QColor,
    *,
    handles: bool,
    width: float = 1.6,
) -> None:
    """Outline the selected mark and hang its two handles."""
    if look.underline != "lane":
        _outline(painter, parts, metrics, QPen(look.ink, metrics(width)))
    for part in parts:
        for start, here in ((True, part.opens), (False, part.closes)):
            if here:
                _paint_handle(
                    painter, part, metrics, look.ink, paper if handles else None, start=start
                )


def _paint_handle(
    painter: QPainter,
    part: Part,
    metrics: Metrics,
    ink: QColor,
    paper: QColor | None,
    *,
    start: bool,
) -> None:
    place, top = handle_at(part, metrics, start=start), metrics.box(part)[1]
    pen = QPen(ink, metrics(2))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(place.x(), top - metrics(0.8)), place)
    if paper is not None:
        painter.setBrush(paper)
        painter.drawEllipse(place, metrics(4.4), metrics(4.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_badge_letter(
    painter: QPainter, place: QPointF, letter: str, metrics: Metrics, colours: tuple[QColor, QColor]
) -> None:
    """Put the letter of a type into the gap above a line, its upper left corner at a place."""
    size = metrics(10)
    rect = QRectF(place.x(), place.y(), size, size)
    paint_letter(painter, rect, letter, colours, 7.5 * metrics.zoom, radius=metrics(2.5))


def paint_changed(painter: QPainter, parts: Iterable[Part], metrics: Metrics, theme: Theme) -> None:
    """Underline words that are not those that were marked, and say that they need a look."""
    pen = QPen(theme.color("warn"), metrics(1.4))
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    for part in parts:
        if part.gap:
            continue
        path, x, up = QPainterPath(), part.x0 - metrics(2), False
        y = metrics.lane(part) if part.lane else metrics.box(part)[3]
        path.moveTo(x, y + metrics(1.6))
        while x < part.x1 + metrics(2):
            x, up = x + metrics(2.6), not up
            path.lineTo(x, y + metrics(-1.6 if up else 1.6))
        painter.strokePath(path, pen)
        if part.opens:
            _paint_check_me(painter, part, metrics, theme)


def _paint_check_me(painter: QPainter, part: Part, metrics: Metrics, theme: Theme) -> None:
    x0, top, x1, _ = metrics.box(part)
    width = chip_width(_CHECK_ME, metrics, pixels=9) - metrics(4)
    x = x1 - width if part.rtl else x0
    rect = QRectF(x, top - metrics(9), width, metrics(11))
    colours = theme.color("warn"), theme.color("warn-bg"), theme.color("paper")
    paint_chip(painter, rect, _CHECK_ME, metrics, colours, pixels=9, edge=1)


def paint_incomplete(
    painter: QPainter, parts: Iterable[Part], metrics: Metrics, look: Look, paper: QColor
) -> None:
    """Hang a small hollow diamond at the end of each mark of a type that lacks a required field."""
    size, path = metrics(3.2), _path()
    for part in parts:
        x0, y0, x1, _ = metrics.box(part)
        x, y = x0 if part.rtl else x1, metrics.lane(part) if part.lane else y0
        path.moveTo(x, y - size)
        path.lineTo(x + size, y)
        path.lineTo(x, y + size)
        path.lineTo(x - size, y)
        path.closeSubpath()
    painter.fillPath(path, paper)
    painter.strokePath(path, QPen(look.ink, metrics(1.2)))


def paint_unsure(painter: QPainter, part: Part, metrics: Metrics, look: Look, theme: Theme) -> None:
    """Put a question mark on the end of a mark its annotator is not sure of."""
    x0, y0, x1, _ = metrics.box(part)
    size = metrics(10)
    x = x0 - metrics(1) if part.rtl else x1 - size + metrics(1)
    paint_letter(
        painter,
        QRectF(x, y0 - metrics(7), size, size),
        "?",
        (look.ink, theme.color("ink-fg")),
        8 * metrics.zoom,
    )


def paint_range(
    painter: QPainter, stretches: list[tuple[float, float, float]], metrics: Metrics, colour: QColor
) -> None:
    """Paint a fresh selection below the text."""
    for x0, x1, baseline in stretches:
        painter.fillRect(QRectF(x0, baseline - metrics(16), x1 - x0, metrics(23)), colour)


def paint_range_ends(
    painter: QPainter, ends: tuple[QRectF, QRectF], metrics: Metrics, colour: QColor
) -> None:
    """Paint the two bars at the ends of a fresh selection."""
    for caret in ends:
        paint_caret(painter, caret, metrics, colour)


def paint_caret(painter: QPainter, caret: QRectF, metrics: Metrics, colour: QColor) -> None:
    """Paint the text caret."""
    painter.fillRect(
        QRectF(caret.x() - metrics(0.8), caret.y(), metrics(1.6), caret.height()), colour
    )


def chip_width(text: str, metrics: Metrics, *, pixels: float = _CHIP) -> float:
    """Return the width of a chip with a text of a size."""
    chosen = font("ui", metrics(pixels), weight=600)
    return QFontMetricsF(chosen).horizontalAdvance(text) + metrics(12)


def elided(text: str, width: float, metrics: Metrics) -> str:
    """Return what of a chip's text fits into a width."""
    measure = QFontMetricsF(font("ui", metrics(_CHIP), weight=600))
    return measure.elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def paint_chip(
    painter: QPainter,
    rect: QRectF,
    text: str,
    metrics: Metrics,
    colours: tuple[QColor, QColor, QColor],
    *,
    pixels: float = _CHIP,
    edge: float = 2,
) -> None:
    """Paint a chip. `colours` are its own, that of its text and that of its halo, `edge` wide."""
    halo = QPainterPath()
    edge = metrics(edge)
    halo.addRoundedRect(rect.adjusted(-edge, -edge, edge, edge), metrics(5), metrics(5))
    painter.fillPath(halo, colours[2])
    paint_letter(painter, rect, "", (colours[0], colours[1]), metrics(pixels))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
