"""What a row stands on: the sentence of a mention, its marks in it, and the rest of the row."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.model.annotation import Annotation
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.text import OffsetMap, TextIndex, for_display
from app.ui.badge import paint_badge
from app.ui.theme import LIGHT, Theme, font

_HEIGHT = 132
_MARGIN, _TOP = 16, 14
_LINE = 27
_FACTS = 420
_NARROW = 900
_FACT = 20
_MOST_FACTS = 5
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Span(NamedTuple):
    """A marked stretch of the sentence: offsets in it (code points) and the type's ink."""

    start: int
    end: int
    ink: str
    own: bool


class Told(NamedTuple):
    """What the drawer shows of a row."""

    letter: str
    ink: str
    name: str
    about: str
    sentence: str
    spans: tuple[Span, ...]
    facts: tuple[tuple[str, str], ...]


def sentence_of(
    contents: ArticleContents, mark: Annotation, codebook: Codebook
) -> tuple[str, tuple[Span, ...], int]:
    """Return the sentence a mark begins in, what is marked in it, and the paragraph's number.

    Marked are the mark itself and what it is linked to.
    """
    text = contents.article.text
    index = TextIndex.of(text)
    number = index.sentence_number(mark.start) or 0
    start, end = index.sentences[number] if index.sentences else (0, len(text))
    end = max(end, min(mark.end, end + 400))
    linked = [link.target for link in contents.outgoing(mark.id)]
    linked += [link.source for link in contents.incoming(mark.id)]
    spans = []
    for one in (mark, *filter(None, map(contents.annotation, dict.fromkeys(linked)))):
        span_type = codebook.type(one.type)
        if span_type is None or (one is not mark and span_type.underline == "lane"):
            continue
        spans += [
            Span(
                max(part.start, start) - start,
                min(part.end, end) - start,
                span_type.ink,
                one is mark,
            )
            for part in one.fragments
            if part.start < end and part.end > start
        ]
    return text[start:end], tuple(spans), index.paragraph_number(mark.start)


class Drawer(QWidget):
    """Paints a `Told`; empty while no row is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._told: Told | None = None
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName("What the row stands on")

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    def show_row(self, told: Told | None) -> None:
        """Show what a row stands on."""
        self._told = told
        said = f"{told.name}, {told.about}: {told.sentence}" if told else ""
        self.setAccessibleDescription(said)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, told = self._theme, self._told
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), theme.color("app"))
            painter.fillRect(QRectF(0, 0, self.width(), 1), theme.color("line-2"))
            if told is None:
                painter.setFont(font("ui", 12.5))
                painter.setPen(theme.color("text-3"))
                painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "No row chosen")
                return
            facts = told.facts if self.width() >= _NARROW else ()
            room = self.width() - 2 * _MARGIN - (_FACTS + _MARGIN if facts else 0)
            self._paint_head(painter, told, room)
            self._paint_sentence(painter, told, room)
            self._paint_facts(painter, facts)

    def _paint_head(self, painter: QPainter, told: Told, room: float) -> None:
        theme = self._theme
        paint_badge(painter, QRectF(_MARGIN, _TOP, 16, 16), told.letter, told.ink, theme)
        words = font("ui", 13, weight=600)
        left, metrics = _MARGIN + 24.0, QFontMetricsF(words)
        name = metrics.elidedText(told.name, Qt.TextElideMode.ElideRight, max(60.0, room * 0.6))
        painter.setFont(words)
        painter.setPen(theme.color("text"))
        painter.drawText(QRectF(left, _TOP - 2, room, 20), int(_LEFT), name)
        left += metrics.horizontalAdvance(name) + 8
        painter.setFont(font("ui", 12, tabular=True))
        painter.setPen(theme.color("text-3"))
        rest = QRectF(left, _TOP - 2, _MARGIN + room - left, 20)
        about = QFontMetricsF(painter.font()).elidedText(
            told.about, Qt.TextElideMode.ElideRight, max(0.0, rest.width())
        )
        painter.drawText(rest, int(_LEFT), about)

    def _paint_sentence(self, painter: QPainter, told: Told, room: float) -> None:
        theme = self._theme
        shown = for_display(told.sentence)
        layout = QTextLayout(shown, font("reading", 17))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        lines: list[QTextLine] = []
        while (line := layout.createLine()).isValid() and len(lines) < 3:  # noqa: PLR2004
            line.setLineWidth(room)
            line.setPosition(QPointF(_MARGIN, _TOP + 24 + len(lines) * _LINE))
            lines.append(line)
        layout.endLayout()
        units = OffsetMap(shown)
        for span in sorted(told.spans, key=lambda one: one.start - one.end):
            first, last = units.to_utf16(span.start), units.to_utf16(span.end)
            for line in lines:
                begin = max(first, line.textStart())
                stop = min(last, line.textStart() + line.textLength())
                if begin < stop:
                    x0 = _x_of(line, begin)
                    x1 = _x_of(line, stop)
                    box = QRectF(min(x0, x1) - 2, line.y() + 1, abs(x1 - x0) + 4, 23)
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(theme.fill(span.ink, selected=span.own))
                    painter.drawRoundedRect(box, 4, 4)
                    painter.setPen(QPen(theme.ink(span.ink), 2 if span.own else 1.2))
                    painter.drawLine(
                        QPointF(box.left() + 2, box.bottom()),
                        QPointF(box.right() - 2, box.bottom()),
                    )
        painter.setPen(theme.color("text"))
        for line in lines:
            line.draw(painter, QPointF(0, 0))

    def _paint_facts(self, painter: QPainter, facts: Sequence[tuple[str, str]]) -> None:
        theme = self._theme
        left = self.width() - _FACTS - _MARGIN
        label, words = font("ui", 12), font("ui", 12, tabular=True)
        metrics = QFontMetricsF(words)
        for number, (name, value) in enumerate(facts[:_MOST_FACTS]):
            top = _TOP - 2 + number * _FACT
            painter.setFont(label)
            painter.setPen(theme.color("text-3"))
            cut = QFontMetricsF(label).elidedText(name, Qt.TextElideMode.ElideRight, 104)
            painter.drawText(QRectF(left, top, 110, _FACT), int(_LEFT), cut)
            painter.setFont(words)
            painter.setPen(theme.color("text"))
            shown = metrics.elidedText(value, Qt.TextElideMode.ElideRight, _FACTS - 118)
            painter.drawText(QRectF(left + 114, top, _FACTS - 114, _FACT), int(_LEFT), shown)


def _x_of(line: QTextLine, position: int) -> float:
    placed: Any = line.cursorToX(position)  # PySide returns the position as well
    return float(placed[0])
