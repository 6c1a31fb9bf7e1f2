"""The title and the line about the article above its text; it scrolls with the text."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from app.model.article import Article
from app.model.text import for_display
from app.model.wording import several
from app.ui.article.geometry import Metrics
from app.ui.theme import Theme, font

_MONTHS = (
    "January February March April May June July August September October November December".split()
)


def plain_date(iso: str) -> str:
    """Return an ISO date as people write it: `23 January 2021`; anything else as it is."""
    parts = iso.split("-")
    months = parts[1:2] and parts[1].isdigit() and 1 <= int(parts[1]) <= len(_MONTHS)
    if not months:
        return iso
    day = [str(int(parts[2]))] if len(parts) > 2 and parts[2].isdigit() else []  # noqa: PLR2004
    return " ".join([*day, _MONTHS[int(parts[1]) - 1], parts[0]])


def facts(article: Article) -> list[tuple[str, str, int]]:
    """Return what the line below the title says, as (text, colour role, font weight)."""
    words = len(article.text.split())
    found = [
        (article.source, "text", 500),
        (plain_date(article.published), "text-2", 400),
        (article.author or "No byline", "text-2", 400),
        (several(words, "word"), "text-2", 400),
        (article.origin.file, "text-3", 400),
    ]
    return [
        (for_display(text).replace("\n", " "), role, weight) for text, role, weight in found if text
    ]


class _Placed(NamedTuple):
    """Words of the line below the title and where they stand, from the column's left edge."""

    text: str
    font: QFont
    role: str
    at: QPointF


class Header:
    """Lays out and paints what stands above the text."""

    def __init__(self) -> None:
        self._title = QTextLayout()
        self._facts: list[tuple[str, str, int]] = []
        self._metrics = Metrics()
        self._width = 0.0
        self._text = ""
        self._rtl = False
        self._shown = False
        self._placed: list[_Placed] = []
        self._dots: list[QRectF] = []

    def load(self, article: Article | None, *, rtl: bool) -> None:
        """Take another article, or none: then nothing stands above the text."""
        self._shown = article is not None
        self._text = for_display(article.title).replace("\n", " ") if article else ""
        if article and article.text.lstrip().startswith(f"{article.title}\n"):
            self._text = ""  # the text begins with its title: it is read there, and can be marked
        self._facts = facts(article) if article else []
        self._rtl = rtl
        self._width = 0.0

    def height(self, width: float, metrics: Metrics) -> float:
        """Lay the title out in a column and return the height of everything above the text."""
        if (width, metrics) != (self._width, self._metrics):
            self._width, self._metrics = width, metrics
            self._lay()
        return metrics(self._below_title() + 54) if self._shown else 0.0

    def _below_title(self) -> float:
        return 50.5 + 31 * (max(1, self._title.lineCount()) - 1) if self._text else 22.0

    def _lay(self) -> None:
        metrics = self._metrics
        chosen = font("reading", metrics(24), weight=600)
        chosen.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, metrics(-0.27))
        self._title = QTextLayout(self._text, chosen)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        direction = Qt.LayoutDirection.RightToLeft if self._rtl else Qt.LayoutDirection.LeftToRight
        option.setTextDirection(direction)
        self._title.setTextOption(option)
        self._title.setCacheEnabled(True)
        self._title.beginLayout()
        n = 0
        while (line := self._title.createLine()).isValid():
            line.setLineWidth(self._width)
            x = self._width - line.naturalTextWidth() if self._rtl else 0.0
            line.setPosition(QPointF(x, metrics(50.5 + 31 * n) - line.ascent()))
            n += 1
        self._title.endLayout()
        self._place_facts()

    def paint(self, painter: QPainter, left: float, theme: Theme) -> None:
        """Paint title and facts; the painter stands at the top of the document."""
        painter.setPen(theme.color("text"))
        self._title.draw(painter, QPointF(left, 0))
        for placed in self._placed:
            painter.setFont(placed.font)
            painter.setPen(theme.color(placed.role))
            painter.drawText(QPointF(left, 0) + placed.at, placed.text)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line-3"))
        for dot in self._dots:
            painter.drawEllipse(dot.translated(left, 0))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _place_facts(self) -> None:
        metrics, rtl = self._metrics, self._rtl
        baseline, room, size = metrics(self._below_title() + 28), metrics(15), metrics(3)
        self._placed, self._dots = [], []
        used = 0.0
        for n, (text, role, weight) in enumerate(self._facts):
            if n:
                middle = used + room / 2
                x = self._width - middle if rtl else middle
                self._dots.append(
                    QRectF(x - size / 2, baseline - metrics(4.3) - size / 2, size, size)
                )
                used += room
            chosen = font("ui", 12.5 * metrics.zoom, weight=weight)
            measure = QFontMetricsF(chosen)
            left_over = max(0.0, self._width - used)
            shown = measure.elidedText(text, Qt.TextElideMode.ElideMiddle, left_over)
            width = measure.horizontalAdvance(shown)
            x = self._width - used - width if rtl else used
            self._placed.append(_Placed(shown, chosen, role, QPointF(x, baseline)))
            used += width
