"""How things look that lie over the text without being marks of it.

Suggestions, the marks of other annotators, words found, letters on words. None of them takes room.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.model.annotation import Annotation
from app.model.suggestion import Suggestion
from app.ui.article.geometry import Metrics, Part
from app.ui.article.paint import (
    Look,
    Looks,
    add_box,
    add_lane,
    chip_width,
    paint_chip,
    underline_ops,
)
from app.ui.article.paint import run as run_ops
from app.ui.badge import paint_letter
from app.ui.theme import Theme

_DASH, _GAP = 4.0, 3.0
_SUGGESTED, _CHOSEN = 1.3, 2.0
_UNDERLINE = 0.55
_BOX = 1.0
_TAG = 8.0
_LETTER = 15.0
_LETTER_ABOVE = 31.5

Stretch = tuple[float, float, float]
"""From `x0` to `x1` on a baseline."""


def paint_suggestion(
    painter: QPainter, parts: Sequence[Part], metrics: Metrics, looks: Looks, *, chosen: bool
) -> None:
    """Paint a suggestion: dashed, without a fill until it is selected."""
    solid = [part for part in parts if not part.gap]
    if not solid:
        return
    look, is_lane = looks[solid[0].type], solid[0].lane
    width = metrics(_CHOSEN if chosen else _SUGGESTED)
    boxes = QPainterPath()
    boxes.setFillRule(Qt.FillRule.WindingFill)
    for part in solid:
        add_box(boxes, part, metrics)
    if chosen and not looks.outlined:  # the letters stand there already: they must stay readable
        mode = QPainter.CompositionMode
        dark = looks.theme.mode == "dark"
        painter.setCompositionMode(
            mode.CompositionMode_Lighten if dark else mode.CompositionMode_Darken
        )
        painter.fillPath(boxes, look.fill)
        painter.setCompositionMode(mode.CompositionMode_SourceOver)
    lines = boxes
    if is_lane:
        lines = QPainterPath()
        for part in solid:
            add_lane(lines, part, metrics, caps=True)
    else:
        faint = QColor(look.ink)
        faint.setAlphaF(_UNDERLINE)
        run_ops(painter, underline_ops(solid, metrics, Look(faint, *look[1:])))
    painter.strokePath(lines, dashed(look.ink, width, metrics))


def dashed(ink: QColor, width: float, metrics: Metrics) -> QPen:
    """Return the pen of what is not written yet: dashes of 4 with gaps of 3 pixels."""
    pen = QPen(ink, width)
    pen.setDashPattern([metrics(_DASH) / width, metrics(_GAP) / width])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def paint_guess(painter: QPainter, parts: Iterable[Part], metrics: Metrics, ink: QColor) -> None:
    """Outline the mark that Enter would put into the open slot."""
    path = QPainterPath()
    for part in parts:
        if not part.gap:
            add_box(path, part, metrics, grow=metrics(1.5))
    painter.strokePath(path, dashed(ink, metrics(_CHOSEN), metrics))


def paint_rubber(
    painter: QPainter, start: QPointF, end: QPointF, metrics: Metrics, *, theme: Theme
) -> None:
    """Paint the line of a link that is being drawn."""
    for width, colour in ((4.5, "paper"), (1.5, "text")):
        painter.setPen(QPen(theme.color(colour), metrics(width)))
        painter.drawLine(start, end)
    painter.setBrush(theme.color("text"))
    painter.setPen(Qt.PenStyle.NoPen)
    for point in (start, end):
        painter.drawEllipse(point, metrics(3), metrics(3))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_other(
    painter: QPainter, parts: Sequence[Part], metrics: Metrics, looks: Looks, *, name: str
) -> None:
    """Paint the mark of another annotator: a thin box with a tag of initials."""
    look, theme = looks[parts[0].type], looks.theme
    path = QPainterPath()
    for part in parts:
        if not part.gap:
            add_box(path, part, metrics, grow=metrics(1))
    painter.strokePath(path, QPen(look.ink, _BOX))
    first = next((part for part in parts if part.opens), None)
    if first is None or not name:
        return
    x0, y0, x1, _ = metrics.box(first)
    height = metrics(_TAG + 1)
    width = chip_width(name, metrics, pixels=_TAG) - metrics(4)
    x = x1 + metrics(1) - width if first.rtl else x0 - metrics(1)
    rect = QRectF(x, y0 - height + metrics(1), width, height)
    colours = theme.color("paper"), look.ink, look.ink
    paint_chip(painter, rect, name, metrics, colours, pixels=_TAG, edge=1)


def paint_found(
    painter: QPainter,
    stretches: Iterable[Stretch],
    metrics: Metrics,
    theme: Theme,
    *,
    here: bool,
) -> None:
    """Paint words that were looked for; `here` are those the search stands on."""
    edge = (theme.color("text"), metrics(1.6)) if here else (theme.color("line-3"), 1.0)
    painter.save()
    painter.setPen(QPen(*edge))
    painter.setBrush(theme.color("sel-text" if here else "row-sel"))
    beside, above, high, round_ = metrics(1.5), metrics(16), metrics(22.5), metrics(3)
    for x0, x1, baseline in stretches:
        box = QRectF(x0 - beside, baseline - above, x1 - x0 + 2 * beside, high)
        painter.drawRoundedRect(box, round_, round_)
    painter.restore()


def as_mark(suggestion: Suggestion) -> Annotation:
    """Return the mark a suggestion would be, to be painted; it has the suggestion's id."""
    return Annotation(
        id=suggestion.id,
        article=suggestion.article,
        layer="",
        type=suggestion.type,
        fragments=suggestion.fragments,
    )


class Letters:
    """Puts letters into the gap above lines, one beside the other where two would overlap."""

    def __init__(self, painter: QPainter, metrics: Metrics, theme: Theme) -> None:
        self._painter = painter
        self._metrics = metrics
        self._theme = theme
        self._placed: list[QRectF] = []

    def put(self, letter: str, x: float, baseline: float, *, rtl: bool = False) -> QRectF:
        """Paint a letter above the line whose text begins at `x`; return where it stands."""
        metrics, theme = self._metrics, self._theme
        width, height = metrics(16), metrics(_LETTER)
        rect = QRectF(x - width if rtl else x, baseline - metrics(_LETTER_ABOVE), width, height)
        step = metrics(-17 if rtl else 17)
        while any(rect.intersects(other) for other in self._placed):
            rect.translate(step, 0)
        self._placed.append(rect)
        halo = QPainterPath()
        halo.addRoundedRect(rect.adjusted(-1, -1, 1, 1), 5, 5)
        self._painter.fillPath(halo, theme.color("paper"))
        colours = theme.color("text"), theme.color("paper")
        paint_letter(self._painter, rect, letter, colours, 10.5 * metrics.zoom)
        return rect

    def underline(self, stretches: Iterable[Stretch]) -> None:
        """Show how far the words of a letter go, where they are more than one."""
        pen = QPen(self._theme.color("text-3"), self._metrics(1.2))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._painter.setPen(pen)
        for x0, x1, baseline in stretches:
            y = baseline + self._metrics(4)
            self._painter.drawLine(QPointF(x0, y), QPointF(x1, y))
