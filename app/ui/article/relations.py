"""The relations of the selected mark: a bus from it to each target, with the role on a chip.

Statements are held by a bracket in the gutter, from which the bus leaves; other marks send it from
the top of their box. What lies outside the window is named on an arrow chip at the edge. What a
selected suggestion would be linked to is shown alike, but dashed: it is written with it, or not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from app.model.annotation import Annotation
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.suggestion import Suggestion, at_the_end
from app.model.wording import on_one_line
from app.ui.article.geometry import Metrics, Part
from app.ui.article.layout import ArticleLayout, Kind
from app.ui.article.loose import dashed, paint_guess
from app.ui.article.paint import Look, chip_width, elided, paint_chip, paint_target
from app.ui.badge import paint_letter
from app.ui.theme import Theme

_IN_A_ROW = 3
"""Arrow chips beside each other at an edge of the window."""
_BUS = 23.3
_CHIP_TOP = 30.5
_CHIP = 14.0
_GUTTER = 20.0
_CORNER = 8.0
_NAME = 28
_MARGIN = 20.0
_AROUND = 28


class Link(NamedTuple):
    """One relation to show: the role, the target and its parts in the document.

    `side` is -1 for a target above the window, 1 for one below it, 0 for one inside.
    """

    role: str
    target: str
    type: str
    name: str
    side: int
    parts: tuple[Part, ...]


class Chip(NamedTuple):
    """A role chip in the document; `jumps` where a click goes to the target."""

    rect: QRectF
    text: str
    target: str
    jumps: bool


@dataclass(slots=True)
class Plan:
    """What is painted for the relations of one mark."""

    lines: QPainterPath = field(default_factory=QPainterPath)
    chips: list[Chip] = field(default_factory=list)
    badge: QRectF | None = None
    targets: tuple[Link, ...] = ()

    def extent(self) -> tuple[float, float] | None:
        """Return the top and bottom of all that is painted, or None where nothing is."""
        heights = [y for chip in self.chips for y in (chip.rect.top(), chip.rect.bottom())]
        heights += [part.baseline for link in self.targets for part in link.parts]
        if not self.lines.isEmpty():
            lines = self.lines.boundingRect()
            heights += [lines.top(), lines.bottom()]
        return (min(heights) - _AROUND, max(heights) + _AROUND) if heights else None

    def chip_at(self, point: QPointF) -> Chip | None:
        """Return the arrow chip at a point of the document."""
        return next((chip for chip in self.chips if chip.jumps and chip.rect.contains(point)), None)


def links_of(
    source: Annotation,
    contents: ArticleContents,
    codebook: Codebook,
    lines: ArticleLayout,
    *,
    seen: tuple[float, float],
) -> Iterator[Link]:
    """Yield the relations that start at a mark."""
    for relation in contents.outgoing(source.id):
        target = lines.index.get(relation.target)
        if target is None:
            continue
        role = codebook.role(source.type, relation.role)
        label = (role.label if role else relation.role).lower()
        yield _link(label, target, contents, lines, seen=seen)


def suggested_links_of(
    source: Suggestion,
    contents: ArticleContents,
    codebook: Codebook,
    lines: ArticleLayout,
    *,
    seen: tuple[float, float],
) -> Iterator[Link]:
    """Yield the relations that a suggestion would start with, to marks or other suggestions."""
    over = lines.loose.get("suggested")
    for link in source.links:
        role = codebook.role(source.type, link.role)
        if role is None or role.archived:
            continue
        label = role.label.lower()
        marks = contents.starting_within(link.start, link.end)
        if (mark := at_the_end(link, role.targets, marks)) is not None:
            yield _link(label, mark, contents, lines, seen=seen)
        elif over is not None and (
            other := at_the_end(link, role.targets, over.covering(link.start))
        ):
            yield _link(label, other, contents, lines, seen=seen, kind="suggested")


def _link(
    label: str,
    target: Annotation,
    contents: ArticleContents,
    lines: ArticleLayout,
    *,
    seen: tuple[float, float],
    kind: Kind | None = None,
) -> Link:
    number = lines.text.rows.number(lines.text.rows.at(target.start)) if lines.text.rows else 0
    name = f"{on_one_line(contents.label(target), _NAME)} ¶{number}"
    parts = tuple(part for part in lines.parts(target, kind) if not part.gap)
    return Link(label, target.id, target.type, name, _side(target, parts, lines, seen), parts)


def _side(
    target: Annotation, parts: Sequence[Part], lines: ArticleLayout, seen: tuple[float, float]
) -> int:
    baseline = parts[0].baseline if parts else lines.top(lines.text.rows.at(target.start))
    if baseline < seen[0] + lines.metrics(10):
        return -1
    return int(baseline > seen[1] or not parts)


def plan(
    source: Sequence[Part],
    links: Iterable[Link],
    metrics: Metrics,
    *,
    column: tuple[float, float],
    rtl: bool,
    seen: tuple[float, float],
) -> Plan:
    """Return where the bus, the chips and the bracket of a selected mark lie.

    `source` are its parts in the document, `column` the left edge and width of the text, `seen` the
    top and bottom of the window.
    """
    made = Plan(targets=tuple(links))
    if not source:
        return made
    gutter = column[0] + column[1] + metrics(_GUTTER) if rtl else column[0] - metrics(_GUTTER)
    stops = _place_chips(made, metrics, column=column, rtl=rtl, seen=seen)
    if source[0].lane:
        _bracket(made, source, stops, gutter, metrics, rtl=rtl)
    else:
        _from_box(made, source[0], stops, gutter, metrics)
    return made


def _place_chips(
    made: Plan,
    metrics: Metrics,
    *,
    column: tuple[float, float],
    rtl: bool,
    seen: tuple[float, float],
) -> dict[float, list[QRectF]]:
    """Lay the chips along their lines; return them by the height of their bus."""
    stops: dict[float, list[QRectF]] = {}
    lines: dict[float, list[Link]] = {}
    for link in made.targets:
        if not link.side:
            part = _first(link)
            lines.setdefault(part.baseline, []).append(link)
    for baseline, links in lines.items():
        rects = _along(links, metrics, column=column)
        rects = [rect.translated(0, baseline - metrics(_CHIP_TOP)) for rect in rects]
        stops[baseline - metrics(_BUS)] = rects
        made.chips += [
            Chip(rect, link.role, link.target, jumps=False)
            for rect, link in zip(rects, links, strict=True)
        ]
    for side in (-1, 1):
        links = [link for link in made.targets if link.side == side]
        for rect, text, link in _at_edge(links, metrics, column=column, rtl=rtl, seen=seen):
            stops.setdefault(rect.center().y(), []).append(rect)
            made.chips.append(Chip(rect, text, link.target, jumps=True))
    return stops


def _first(link: Link) -> Part:
    return next((part for part in link.parts if part.opens), link.parts[0])


def _along(links: list[Link], metrics: Metrics, *, column: tuple[float, float]) -> list[QRectF]:
    """Return a chip for each target of one line, at its beginning; none covers another.

    Those that find no room move to the right, and from the end of the line back to the left.
    Sorts the links by place.
    """
    between, height = metrics(4), metrics(_CHIP)
    links.sort(key=lambda link: (_first(link).x0, link.role, link.target))
    widths = [chip_width(link.role, metrics) for link in links]
    places: list[float] = []
    edge = float("-inf")
    for link, width in zip(links, widths, strict=True):
        places.append(max(_beside(_first(link), width, metrics), edge))
        edge = places[-1] + width + between
    edge = column[0] + column[1] + metrics(_MARGIN)
    for n in range(len(links) - 1, -1, -1):
        places[n] = min(places[n], edge - widths[n])
        edge = places[n] - between
    return [QRectF(x, 0, width, height) for x, width in zip(places, widths, strict=True)]


def _beside(part: Part, width: float, metrics: Metrics) -> float:
    return part.x1 + metrics(2.5) - width if part.rtl else part.x0 - metrics(2.5)


def _at_edge(
    links: list[Link],
    metrics: Metrics,
    *,
    column: tuple[float, float],
    rtl: bool,
    seen: tuple[float, float],
) -> Iterator[tuple[QRectF, str, Link]]:
    """Yield the arrow chips at one edge of the window: three a row, their names cut if need be."""
    between, height, step = metrics(4), metrics(_CHIP), metrics(_CHIP + 5)
    used, rows = 0.0, 0
    all_words = [f"{'↑' if link.side < 0 else '↓'} {link.role}: {link.name}" for link in links]
    whole = sum(chip_width(words, metrics) + between for words in all_words) - between
    beside = 1 if whole <= column[1] else min(len(links), _IN_A_ROW)
    most = (column[1] - between * (beside - 1)) / beside
    for link, words in zip(links, all_words, strict=True):
        text = elided(words, most - metrics(12), metrics)
        width = chip_width(text, metrics)
        if used and used + width > column[1] + 0.5:
            used, rows = 0.0, rows + 1
        x = column[0] + column[1] - used - width if rtl else column[0] + used
        away = metrics(6) + rows * step
        y = seen[0] + away if link.side < 0 else seen[1] - away - height
        used += width + between
        yield QRectF(x, y, width, height), text, link


def _bracket(
    made: Plan,
    source: Sequence[Part],
    stops: dict[float, list[QRectF]],
    gutter: float,
    metrics: Metrics,
    *,
    rtl: bool,
) -> None:
    top, bottom = source[0].baseline - metrics(16), source[-1].baseline + metrics(5.5)
    hook = metrics(-6 if rtl else 6)
    highest, lowest = min([top, *stops]), max([bottom, *stops])
    if highest == top:
        made.lines.moveTo(gutter + hook, top)
        made.lines.lineTo(gutter, top)
    else:
        made.lines.moveTo(gutter, highest + metrics(_CORNER))
    made.lines.lineTo(gutter, lowest if lowest == bottom else lowest - metrics(_CORNER))
    if lowest == bottom:
        made.lines.lineTo(gutter + hook, bottom)
    _branches(made, stops, gutter, metrics, ends=(highest, lowest))
    middle = (top + bottom) / 2
    made.badge = QRectF(gutter - metrics(9), middle - metrics(8), metrics(18), metrics(16))


def _branches(
    made: Plan,
    stops: dict[float, list[QRectF]],
    gutter: float,
    metrics: Metrics,
    *,
    ends: tuple[float, float],
) -> None:
    corner = metrics(_CORNER)
    for bus, chips in stops.items():
        far = max((chip.center().x() for chip in chips), key=lambda x: abs(x - gutter))
        turn = corner if far > gutter else -corner
        if bus == ends[0] and bus != ends[1]:
            made.lines.moveTo(gutter, bus + corner)
            made.lines.quadTo(gutter, bus, gutter + turn, bus)
        elif bus == ends[1] and bus != ends[0]:
            made.lines.moveTo(gutter, bus - corner)
            made.lines.quadTo(gutter, bus, gutter + turn, bus)
        else:
            made.lines.moveTo(gutter, bus)
        made.lines.lineTo(far, bus)


def _from_box(
    made: Plan, source: Part, stops: dict[float, list[QRectF]], gutter: float, metrics: Metrics
) -> None:
    if not stops:
        return
    x0, top, x1, _ = metrics.box(source)
    middle, bus, corner = (x0 + x1) / 2, source.baseline - metrics(_BUS), metrics(_CORNER)
    beside = [chip.center().x() for chip in stops.get(bus, [])]
    others = {y: chips for y, chips in stops.items() if y != bus}
    reach = [*beside, gutter] if others else beside
    for side in (-1, 1):
        far = [x for x in reach if (x - middle) * side > 0]
        if far:
            edge = max(far) if side > 0 else min(far)
            turn = min(corner, abs(edge - middle))
            made.lines.moveTo(middle, top)
            made.lines.lineTo(middle, bus + min(corner, top - bus))
            made.lines.quadTo(middle, bus, middle + side * turn, bus)
            made.lines.lineTo(edge, bus)
    if others:
        ends = min([bus, *others]), max([bus, *others])
        made.lines.moveTo(gutter, ends[0] + (corner if ends[0] in others else 0))
        made.lines.lineTo(gutter, ends[1] - (corner if ends[1] in others else 0))
        _branches(made, others, gutter, metrics, ends=ends)


def paint_plan(
    painter: QPainter, made: Plan, metrics: Metrics, look: Look, theme: Theme, *, letter: str
) -> None:
    """Paint the relations of the selected mark. `letter` stands on the bracket's badge."""
    paper, on_ink = theme.color("paper"), theme.color("ink-fg")
    for width, colour in ((metrics(4.5), paper), (metrics(1.5), look.ink)):
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.strokePath(made.lines, pen)
    for link in made.targets:
        paint_target(painter, link.parts, metrics, look.ink)
    for chip in made.chips:
        paint_chip(painter, chip.rect, chip.text, metrics, (look.ink, on_ink, paper))
    if made.badge is not None:
        paint_letter(painter, made.badge, letter, (look.ink, on_ink), metrics(10.5))


def paint_suggested_plan(
    painter: QPainter, made: Plan, metrics: Metrics, look: Look, theme: Theme, *, letter: str
) -> None:
    """Paint the relations that the selected suggestion would start with: dashed."""
    paper, pen = theme.color("paper"), dashed(look.ink, metrics(1.5), metrics)
    painter.strokePath(made.lines, QPen(paper, metrics(4.5)))
    painter.strokePath(made.lines, pen)
    for link in made.targets:
        paint_guess(painter, link.parts, metrics, look.ink)
    for chip in made.chips:
        paint_chip(painter, chip.rect, chip.text, metrics, (paper, look.ink, paper))
        corner = chip.rect.height() / 4
        painter.setPen(dashed(look.ink, metrics(1), metrics))
        painter.drawRoundedRect(chip.rect, corner, corner)
    if made.badge is not None:
        paint_letter(painter, made.badge, letter, (paper, look.ink), metrics(10.5))
        corner = made.badge.height() / 4
        painter.setPen(dashed(look.ink, metrics(1), metrics))
        painter.drawRoundedRect(made.badge, corner, corner)
