"""How the tracks below the lines look: pale where all say the same, solid ink where they differ."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.agreement.disagreements import Case
from app.model.annotation import Annotation
from app.ui.article.geometry import Part
from app.ui.article.paint import Look, Looks
from app.ui.compare.lines import Lines
from app.ui.theme import Theme, font

_BAR = 8.0
_LANE = 6.5
_BESIDE = 4.0
_PILL = 15.0


class Boxed(NamedTuple):
    """The frame of a case on one line, and whether its number stands there."""

    case: Case
    rect: QRectF
    first: bool


def paint_tracks(
    painter: QPainter, lines: Lines, names: Sequence[str], clip: QRectF, theme: Theme
) -> None:
    """Paint the empty tracks with the initials of the annotators."""
    painter.setFont(font("ui", lines.metrics(9.5), weight=600))
    painter.setPen(theme.color("text-3"))
    ground = theme.color("app")
    for baseline in lines.baselines(clip.top(), clip.bottom()):
        for n, name in enumerate(names):
            track = lines.track(baseline, n)
            painter.fillRect(track, ground)
            beside = QRectF(track.left() - 40, track.top(), 34, track.height())
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(beside, right, name)


def paint_marks(
    painter: QPainter,
    lines: Lines,
    marks: Iterable[tuple[Annotation, int, bool]],
    clip: QRectF,
    looks: Looks,
) -> None:
    """Paint annotations with the number of their track, and whether all say the same there."""
    for annotation, track, alike in sorted(marks, key=lambda mark: -mark[0].length):
        for part in lines.alone(annotation):
            if clip.top() - lines.pitch <= part.baseline <= clip.bottom():
                middle = lines.track(part.baseline, track).center().y()
                _paint_part(painter, part, middle, looks[annotation.type], alike=alike)


def _paint_part(painter: QPainter, part: Part, middle: float, look: Look, *, alike: bool) -> None:
    if part.gap:
        painter.setPen(QPen(look.ink, 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(part.x0, middle), QPointF(part.x1, middle))
    elif part.lane:
        ink = QColor(look.ink)
        ink.setAlphaF(0.4 if alike else 1)
        path, y = QPainterPath(), middle + _LANE
        path.moveTo(part.x0, y - (3.6 if part.left else 0))
        path.lineTo(part.x0, y)
        path.lineTo(part.x1, y)
        if part.right:
            path.lineTo(part.x1, y - 3.6)
        painter.strokePath(path, QPen(ink, 1.5 if alike else 2))
    elif alike:
        bar = QRectF(part.x0, middle - _BAR / 2, part.x1 - part.x0, _BAR)
        painter.fillRect(bar, look.fill)
        _paint_underline(painter, bar, look)
    else:
        path = QPainterPath()
        path.addRoundedRect(QRectF(part.x0, middle - 4, part.x1 - part.x0, _BAR), 2, 2)
        painter.fillPath(path, look.ink)


def _paint_underline(painter: QPainter, bar: QRectF, look: Look) -> None:
    pen = QPen(look.ink, 1)
    if look.underline == "dotted":
        pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    shifts = (-2.5, 0.0) if look.underline == "double" else (-1.0,)
    for shift in shifts:
        y = bar.bottom() + shift
        painter.drawLine(QPointF(bar.left(), y), QPointF(bar.right(), y))


def boxes(lines: Lines, case: Case) -> list[Boxed]:
    """Return the frames around what the annotators marked in a case, one on each line."""
    ends: dict[float, tuple[float, float]] = {}
    for annotation in case.annotations:
        for part in lines.alone(annotation):
            x0, x1 = ends.get(part.baseline, (part.x0, part.x1))
            ends[part.baseline] = min(x0, part.x0), max(x1, part.x1)
    found: list[Boxed] = []
    for baseline in sorted(ends):
        x0, x1 = ends[baseline]
        top, bottom = lines.below(baseline)
        rect = QRectF(x0 - _BESIDE, top - 3, x1 - x0 + 2 * _BESIDE, bottom - top + 6)
        found.append(Boxed(case, rect, first=not found))
    return found


def paint_box(
    painter: QPainter, box: Boxed, number: int, theme: Theme, *, current: bool, settled: bool
) -> None:
    """Paint a frame: dashed, or two pixels wide around the current case, with its number."""
    if current:
        pen = QPen(theme.color("text"), 2)
    else:
        pen = QPen(theme.color("line-3"), 1)
        pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.rect, 4, 4)
    if box.first:
        _paint_pill(painter, box.rect.topRight(), number, theme, current=current, settled=settled)


def _paint_pill(
    painter: QPainter, at: QPointF, number: int, theme: Theme, *, current: bool, settled: bool
) -> None:
    words = "✓" if settled else str(number)
    width = _PILL + 6 * (len(words) - 1)
    rect = QRectF(at.x() - width / 2, at.y() - _PILL / 2, width, _PILL)
    filled = current or settled
    ground = theme.color("text" if current else "line-3" if settled else "paper")
    painter.setPen(QPen(theme.color("text" if current else "line-3"), 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, _PILL / 2, _PILL / 2)
    painter.setPen(theme.color("paper" if filled else "text-2"))
    painter.setFont(font("ui", 9.5, weight=600))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
    painter.setBrush(Qt.BrushStyle.NoBrush)
