"""The figures of agreement in one article: a table of types, and each figure on a line."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.agreement.figures import PairFigures
from app.model.codebook import Codebook
from app.model.wording import initials
from app.ui.badge import paint_badge
from app.ui.theme import LIGHT, Theme, font

_ROW, _HEAD = 30, 22
_CHART_ROW, _AXIS = 18, 22
_LABELS = 74
_RELIABLE, _TENTATIVE = 0.8, 0.667
_LEGEND = 50


class _Line(NamedTuple):
    label: str
    letter: str
    ink: str
    counts: tuple[int, int]
    exact: float | None
    overlap: float | None
    alpha: float | None


class AgreementFigures(QWidget):
    """Paints what two annotators agree on, type by type; types that nobody marked are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._lines: list[_Line] = []
        self._who = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Agreement in this article")

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    def show_pair(self, pair: PairFigures | None, codebook: Codebook | None) -> None:
        """Show the figures of two annotators, or none."""
        self._lines, self._who = [], ("", "")
        if pair is not None and codebook is not None:
            self._who = initials(pair.a), initials(pair.b)
            for span_type in codebook.types:
                found = pair.types[span_type.name]
                counts = found.exact.tp + found.exact.fn, found.exact.tp + found.exact.fp
                if any(counts):
                    self._lines.append(
                        _Line(
                            span_type.plural,
                            span_type.letter,
                            span_type.ink,
                            counts,
                            found.exact.f1,
                            found.overlap.f1,
                            found.alpha_u,
                        )
                    )
        spoken = [
            f"{one.label}: F1 exact {_figure(one.exact)}, overlap {_figure(one.overlap)},"
            f" alpha {_figure(one.alpha)}"
            for one in self._lines
        ]
        self.setAccessibleDescription(". ".join(spoken))
        count = len(self._lines)
        height = _HEAD + _ROW * count + _CHART_ROW * count + _AXIS + _LEGEND + 12 if count else 0
        self.setFixedHeight(height)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._lines:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_table(painter)
            self._paint_chart(painter, _HEAD + _ROW * len(self._lines) + 6)

    def _columns(self) -> Sequence[tuple[float, float]]:
        """Return right edge and width of the four columns of figures."""
        right = float(self.width())
        return [(right - 156, 62), (right - 96, 54), (right - 46, 48), (right, 40)]

    def _paint_table(self, painter: QPainter) -> None:
        theme = self._theme
        heads = (f"{self._who[0]} / {self._who[1]}", "F1 exact", "overlap", "α")
        painter.setFont(font("ui", 11))
        painter.setPen(theme.color("text-3"))
        for words, (right, width) in zip(heads, self._columns(), strict=True):
            _put(painter, QRectF(right - width, 0, width, _HEAD), words)
        for n, line in enumerate(self._lines):
            y = _HEAD + n * _ROW
            paint_badge(painter, QRectF(0, y + 7, 15, 15), line.letter, line.ink, theme)
            painter.setFont(font("ui", 12.5))
            painter.setPen(theme.color("text"))
            label = QRectF(24, y, 90, _ROW)
            painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, line.label)
            cells = (
                f"{line.counts[0]} / {line.counts[1]}",
                _figure(line.exact),
                _figure(line.overlap),
                _figure(line.alpha),
            )
            for column, (words, (right, width)) in enumerate(
                zip(cells, self._columns(), strict=True)
            ):
                last = column == len(cells) - 1
                painter.setFont(font("ui", 12, weight=600 if last else 400, tabular=True))
                painter.setPen(theme.color("text" if last else "text-2"))
                _put(painter, QRectF(right - width, y, width, _ROW), words)

    def _paint_chart(self, painter: QPainter, top: float) -> None:
        theme, count = self._theme, len(self._lines)
        left, right = float(_LABELS), self.width() - 8.0
        bottom = top + _CHART_ROW * count

        def place(value: float) -> float:
            return left + max(0.0, min(1.0, value)) * (right - left)

        painter.fillRect(
            QRectF(place(_RELIABLE), top, right - place(_RELIABLE), bottom - top),
            theme.color("sunken"),
        )
        painter.setFont(font("ui", 10.5, tabular=True))
        for value in (0.0, 0.25, 0.5, 0.75, 1.0):
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(place(value), top), QPointF(place(value), bottom))
            painter.setPen(theme.color("text-3"))
            mark = QRectF(place(value) - 20, bottom + 2, 40, 16)
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, f"{value:g}")
        painter.setPen(QPen(theme.color("line-3"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(place(_TENTATIVE), top), QPointF(place(_TENTATIVE), bottom))
        for n, line in enumerate(self._lines):
            y = top + _CHART_ROW * n + _CHART_ROW / 2
            painter.setPen(theme.color("text-2"))
            painter.setFont(font("ui", 11))
            label = QRectF(0, y - 9, _LABELS - 8, 18)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(label, side, line.label)
            ink = theme.ink(line.ink)
            painter.setPen(QPen(ink, 1.6))
            if line.exact is not None and line.overlap is not None:
                ends = QPointF(place(line.exact), y), QPointF(place(line.overlap), y)
                painter.drawLine(*ends)
                painter.setBrush(theme.color("app"))
                painter.drawEllipse(ends[0], 3, 3)
                painter.setBrush(ink)
                painter.drawEllipse(ends[1], 3, 3)
            if line.alpha is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("text"))
                x = place(line.alpha)
                diamond = [(x, y - 4.5), (x + 4.5, y), (x, y + 4.5), (x - 4.5, y)]
                painter.drawPolygon(QPolygonF([QPointF(*point) for point in diamond]))
        painter.setPen(theme.color("text-3"))
        painter.setFont(font("ui", 11))
        legend = QRectF(0, bottom + _AXIS, self.width(), _LEGEND)
        words = "○ F1 exact  ● F1 overlap  ◆ Krippendorff α per character.\n"
        painter.drawText(
            legend, Qt.TextFlag.TextWordWrap, words + "Shaded: α ≥ 0.80; dotted line: 0.667."
        )


def _put(painter: QPainter, place: QRectF, words: str) -> None:
    side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(place, side, words)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
