"""The charts of the dashboard, painted. Each says in words what it shows."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from typing_extensions import override

from app.model.codebook import SpanType
from app.model.figures import (
    LayerFigures,
    ProjectFigures,
    Together,
    TypeAgreement,
    running_total,
)
from app.model.wording import day, initials, several
from app.ui.badge import paint_avatar, paint_badge
from app.ui.dashboard.cards import Card, put
from app.ui.theme import font

_ROW = 41.0
_GOOD, _TENTATIVE = 0.8, 0.667
"""Krippendorff's two bounds: reliable, and good enough for tentative conclusions (2004, p. 241)."""
_MOST_PEOPLE = 3
_STATES = (("done", "text"), ("in progress", "line-3"), ("flagged", "danger"))


def days_back(number: int, today: date) -> list[str]:
    """Return so many days up to today, as ISO dates."""
    return [(today - timedelta(days=n)).isoformat() for n in range(number - 1, -1, -1)]


class Progress(Card):
    """How far each annotator is, and the marks of each day."""

    def __init__(self) -> None:
        super().__init__("Progress by annotator")
        self._layers: tuple[LayerFigures, ...] = ()
        self._articles = 0
        self._days: list[str] = []

    def show_figures(self, figures: ProjectFigures, days: list[str]) -> None:
        """Show the figures of a project over some days."""
        ranked = sorted(figures.layers, key=lambda one: -sum(one.states.values()))
        self._layers, self._articles, self._days = tuple(ranked), figures.articles, days
        self.note = several(figures.articles, "article")
        self.describe(
            "; ".join(f"{one.name}, {_said(one)}" for one in ranked) or "nobody has begun"
        )

    @override
    def paint_body(self, painter: QPainter, box: QRectF) -> None:
        """Paint a bar for each person, and the bars of the days below."""
        if not self._layers:
            self.paint_nothing(painter, box, "Nobody has marked anything yet.")
            return
        top = box.top()
        for one in self._layers[:_MOST_PEOPLE]:
            self._paint_person(painter, QRectF(box.left(), top, box.width(), _ROW), one)
            top += _ROW
        if len(self._layers) > _MOST_PEOPLE:
            more = f"and {len(self._layers) - _MOST_PEOPLE:,} more"
            put(painter, QRectF(box.left() + 34, top - 4, 200, 16), more, self.theme, role="text-3")
            top += 10
        self._paint_legend(painter, QRectF(box.left(), top + 10, box.width(), 16))
        if self._days:
            lower = QRectF(box.left(), top + 34, box.width(), box.bottom() - top - 34)
            self._paint_days(painter, lower)

    def _paint_person(self, painter: QPainter, box: QRectF, one: LayerFigures) -> None:
        theme = self.theme
        paint_avatar(painter, QRectF(box.left(), box.top() + 4, 24, 24), initials(one.name), theme)
        line = QRectF(box.left() + 34, box.top(), box.width() - 34, 18)
        used = put(painter, line, _said(one), theme, role="text-2", right=True)
        name = line.adjusted(0, 0, -used - 8, 0)
        put(painter, name, one.name, theme, pixels=12.5, weight=500)
        bar = QRectF(line.left(), box.top() + 21, line.width(), 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(bar, theme.color("hover"))
        left = bar.left()
        for state, role in _STATES:
            number = one.states.get(state, 0)  # type: ignore[call-overload]
            wide = bar.width() * number / max(1, self._articles)
            if number:
                painter.fillRect(QRectF(left, bar.top(), max(2.0, wide), 8), theme.color(role))
            left += wide

    def _paint_legend(self, painter: QPainter, box: QRectF) -> None:
        left = box.left()
        for state, role in _STATES:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color(role))
            painter.drawRoundedRect(QRectF(left, box.top() + 4, 8, 8), 2, 2)
            words = QRectF(left + 13, box.top(), 120, 16)
            left += 13 + put(painter, words, state, self.theme, role="text-2", pixels=11) + 14

    def _paint_days(self, painter: QPainter, box: QRectF) -> None:
        theme = self.theme
        counts = [sum(one.per_day.get(day_, 0) for one in self._layers) for day_ in self._days]
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), 1), theme.color("line"))
        head = QRectF(box.left(), box.top() + 6, box.width(), 16)
        put(painter, head, "Marks per day", theme, weight=500)
        put(painter, head, _between(self._days), theme, role="text-2", pixels=11, right=True)
        high, most = box.bottom() - head.bottom() - 6, max((*counts, 1))
        step = box.width() / len(counts)
        for number, count in enumerate(counts):
            tall = max(1.0, high * count / most) if count else 1.0
            role = "text" if number == len(counts) - 1 else "line-3"
            bar = QRectF(
                box.left() + number * step + 1, box.bottom() - tall, max(1.0, step - 3), tall
            )
            painter.fillRect(bar, theme.color(role if count else "line"))


def _said(one: LayerFigures) -> str:
    return f"{one.states.get('done', 0):,} done · {one.states.get('in progress', 0):,} open"


def _between(days: Sequence[str]) -> str:
    return f"{day(days[0])} – {day(days[-1])}" if days else ""


class Done(Card):
    """How many articles were done by each day, and where that leads at this pace."""

    def __init__(self) -> None:
        super().__init__("Articles done")
        self._days: list[str] = []
        self._totals: list[int] = []
        self._articles = 0

    def show_figures(self, figures: ProjectFigures, days: list[str]) -> None:
        """Show the figures of the working layer over some days."""
        self._days, self._articles = days, figures.articles
        self._totals = running_total(figures.own.done_on, days)
        self.note = _between(days)
        self.describe(f"{self._totals[-1] if days else 0:,} of {figures.articles:,}. {self.pace()}")

    def pace(self) -> str:
        """Return where the pace of these days leads, or nothing where there is none."""
        gained = self._totals[-1] - self._totals[0] if len(self._totals) > 1 else 0
        left = self._articles - self._totals[-1] if self._totals else 0
        if gained <= 0 or left <= 0:
            return ""
        ahead = -(-left * (len(self._days) - 1) // gained)
        by = date.fromisoformat(self._days[-1]) + timedelta(days=min(ahead, 36_500))
        return f"At this pace all are done by {day(by.isoformat())}"

    @override
    def paint_body(self, painter: QPainter, box: QRectF) -> None:
        """Paint the line of the days that were, and dashes for those to come."""
        theme, days, totals = self.theme, self._days, self._totals
        if not days or not self._articles:
            self.paint_nothing(painter, box, "There is no article yet.")
            return
        plot = box.adjusted(34, 8, -4, -22)
        for number in sorted({round(self._articles * n / 3) for n in range(4)}):
            y = plot.bottom() - plot.height() * number / self._articles
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), theme.color("line"))
            left = QRectF(box.left() - 6, y - 8, 34, 16)
            put(painter, left, f"{number:,}", theme, role="text-2", pixels=11, right=True)
        pace = self.pace()
        until = plot.width() * (0.55 if pace else 1.0)

        def at(number: int, total: float) -> QPointF:
            x = plot.left() + until * number / max(1, len(days) - 1)
            return QPointF(x, plot.bottom() - plot.height() * min(1.0, total / self._articles))

        line = [at(n, total) for n, total in enumerate(totals)]
        area = QPolygonF(
            [QPointF(line[0].x(), plot.bottom()), *line, QPointF(line[-1].x(), plot.bottom())]
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("hover"))
        painter.drawPolygon(area)
        painter.setPen(QPen(theme.color("text"), 2))
        painter.drawPolyline(QPolygonF(line))
        if pace:
            pen = QPen(theme.color("line-3"), 1.4, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            gained = (totals[-1] - totals[0]) / (len(days) - 1)
            steps = (plot.right() - line[-1].x()) / (until / max(1, len(days) - 1))
            ahead = min(steps, (self._articles - totals[-1]) / gained)
            end = QPointF(
                line[-1].x() + (plot.right() - line[-1].x()) * ahead / steps,
                plot.bottom() - plot.height() * (totals[-1] + gained * ahead) / self._articles,
            )
            painter.drawLine(line[-1], end)
            words = QRectF(plot.left(), plot.top() - 14, plot.width(), 16)
            put(painter, words, pace, theme, role="text-2", pixels=11, right=True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("text"))
        painter.drawEllipse(line[-1], 3.5, 3.5)
        below = QRectF(line[-1].x() - 110, min(line[-1].y() + 6, plot.bottom() - 18), 104, 16)
        put(painter, below, f"{totals[-1]:,} done", theme, pixels=11, right=True)
        ends = QRectF(plot.left(), plot.bottom() + 5, until, 16)
        put(painter, ends, day(days[0]), theme, role="text-2", pixels=11)
        put(
            painter,
            ends.adjusted(0, 0, 20 if pace else 4, 0),
            "today",
            theme,
            role="text-2",
            pixels=11,
            right=True,
        )


class Agreed(Card):
    """How far two people agree on each type: alpha with its interval, and F1 exact."""

    def __init__(self) -> None:
        super().__init__("Agreement by type")
        self._together: Together | None = None
        self._types: dict[str, SpanType] = {}

    def show_figures(self, figures: ProjectFigures, types: Sequence[SpanType]) -> None:
        """Show how far the two agree who have most articles in common."""
        found = self._together = figures.together
        self._types = {one.name: one for one in types}
        self.note = several(found.articles, "article") if found else ""
        if found is None:
            self.describe("no article was marked by two people")
            return
        said = "; ".join(
            f"{self._types[one.type].plural} {_two(one.alpha)}"
            for one in found.types
            if one.type in self._types
        )
        self.describe(f"{found.names[0]} and {found.names[1]}: {said}")

    @override
    def paint_body(self, painter: QPainter, box: QRectF) -> None:
        """Paint a scale with one line a type."""
        theme, found = self.theme, self._together
        if found is None:
            self.paint_nothing(painter, box, "No article was marked by two people yet.")
            return
        rows = [one for one in found.types if one.type in self._types]
        low = _lowest(rows)
        plot = box.adjusted(104, 4, -44, -64)

        def x_of(value: float) -> float:
            share = (min(1.0, max(low, value)) - low) / (1 - low)
            return plot.left() + plot.width() * share

        shade = QRectF(x_of(_GOOD), plot.top(), plot.right() - x_of(_GOOD), plot.height())
        painter.fillRect(shade, theme.color("app"))
        ticks = sorted({low, *(n / 5 for n in range(-5, 6) if low <= n / 5 <= 1)})
        for tick in ticks:
            x = x_of(tick)
            painter.fillRect(QRectF(x, plot.top(), 1, plot.height()), theme.color("line"))
            under = QRectF(x - 24, plot.bottom() + 2, 48, 16)
            _centred(painter, under, f"{tick:.1f}", self)
        painter.setPen(QPen(theme.color("line-3"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(
            QPointF(x_of(_TENTATIVE), plot.top()), QPointF(x_of(_TENTATIVE), plot.bottom())
        )
        step = plot.height() / max(1, len(rows))
        for number, one in enumerate(rows):
            y, span_type = plot.top() + step * (number + 0.5), self._types[one.type]
            paint_badge(
                painter, QRectF(box.left(), y - 8, 16, 16), span_type.letter, span_type.ink, theme
            )
            name = QRectF(box.left() + 23, y - 9, 80, 18)
            put(painter, name, span_type.plural, theme, role="text-2", pixels=11.5)
            ink = theme.ink(span_type.ink)
            if one.interval is not None:
                _whisker(painter, (x_of(one.interval[0]), x_of(one.interval[1])), y, ink)
            if one.f1 is not None:
                painter.setPen(QPen(ink, 1.4))
                painter.setBrush(theme.color("paper"))
                painter.drawEllipse(QPointF(x_of(one.f1), y + 8), 3, 3)
            if one.alpha is not None:
                x = x_of(one.alpha)
                diamond = [
                    QPointF(x, y - 5),
                    QPointF(x + 5, y),
                    QPointF(x, y + 5),
                    QPointF(x - 5, y),
                ]
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("text"))
                painter.drawPolygon(QPolygonF(diamond))
            right = QRectF(box.right() - 40, y - 9, 40, 18)
            put(painter, right, _two(one.alpha), theme, weight=600, right=True)
        foot = QRectF(box.left(), box.bottom() - 36, box.width(), 17)
        names = f"{found.names[0]} and {found.names[1]}"
        put(painter, foot, names, theme, role="text-2", pixels=11)
        interval = any(one.interval for one in rows)
        alpha = "◆ α with 95 % interval" if interval else "◆ α"
        said = f"{alpha}  ○ F1 exact  Shaded: α ≥ 0.80; dotted: 0.667"
        put(painter, foot.translated(0, 17), said, theme, role="text-2", pixels=11)


def _lowest(rows: Sequence[TypeAgreement]) -> float:
    """Return where the scale begins, so that every figure is on it: at 0.4 or a fifth below."""
    shown = [0.4]
    for one in rows:
        shown += [
            value for value in (one.alpha, one.f1, *(one.interval or ())) if value is not None
        ]
    return max(-1.0, floor(min(shown) * 5) / 5)


def _centred(painter: QPainter, box: QRectF, words: str, card: Card) -> None:
    painter.setFont(font("ui", 11, tabular=True))
    painter.setPen(card.theme.color("text-2"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


def _whisker(painter: QPainter, ends: tuple[float, float], y: float, ink: QColor) -> None:
    painter.setPen(QPen(ink, 1.5))
    painter.drawLine(QPointF(ends[0], y), QPointF(ends[1], y))
    for x in ends:
        painter.drawLine(QPointF(x, y - 5), QPointF(x, y + 5))


def _two(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


class Spent(Card):
    """The time each annotator spent on each finished article."""

    def __init__(self) -> None:
        super().__init__("Time per article")
        self.note = "minutes"
        self._layers: tuple[LayerFigures, ...] = ()

    def show_figures(self, figures: ProjectFigures) -> None:
        """Show the times of everybody who has finished an article."""
        self._layers = tuple(one for one in figures.layers if one.minutes)
        said = (f"{one.name}, median {clock(one.median_minutes)}" for one in self._layers)
        self.describe("; ".join(said) or "no finished article with a time")

    @override
    def paint_body(self, painter: QPainter, box: QRectF) -> None:
        """Paint a dot for each article, and the median."""
        theme = self.theme
        if not self._layers:
            self.paint_nothing(painter, box, "No finished article with a time yet.")
            return
        most = max(max(one.minutes) for one in self._layers)
        step = next((n for n in (1, 2, 5, 10, 20, 30, 60, 120, 240) if most <= 5 * n), 480)
        last = step * -(-most // step)
        plot = box.adjusted(38, 4, -56, -62)
        for number in range(int(last / step) + 1):
            x = plot.left() + plot.width() * number * step / last
            painter.fillRect(QRectF(x, plot.top(), 1, plot.height()), theme.color("line"))
            _centred(painter, QRectF(x - 24, plot.bottom() + 2, 48, 16), f"{number * step}", self)
        shown = self._layers[: _MOST_PEOPLE + 1]
        high = plot.height() / len(shown)
        for number, one in enumerate(shown):
            y = plot.top() + high * (number + 0.5)
            avatar = QRectF(box.left(), y - 12, 24, 24)
            paint_avatar(painter, avatar, initials(one.name), theme)
            xs = [plot.left() + plot.width() * value / last for value in one.minutes]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("row-sel"))
            painter.drawRoundedRect(QRectF(xs[0] - 3, y - 4, xs[-1] - xs[0] + 6, 8), 4, 4)
            painter.setBrush(theme.color("line-3"))
            for x in xs:
                painter.drawEllipse(QPointF(x, y), 3.5, 3.5)
            middle = plot.left() + plot.width() * (one.median_minutes or 0) / last
            painter.fillRect(QRectF(middle - 1, y - 10, 2.5, 20), theme.color("text"))
            right = QRectF(box.right() - 52, y - 9, 52, 18)
            put(painter, right, clock(one.median_minutes), theme, weight=600, right=True)
        foot = QRectF(box.left(), box.bottom() - 20, box.width(), 18)
        said = "Active time per finished article; bar = median. Pauses count as two minutes."
        put(painter, foot, said, theme, role="text-2", pixels=11)


def clock(minutes: float | None) -> str:
    """Return minutes as people read them: `11:18`; hours as `1:02:30`."""
    if minutes is None:
        return "–"
    seconds = round(minutes * 60)
    hours, rest = divmod(seconds, 3600)
    short = f"{rest // 60}:{rest % 60:02}"
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else short
