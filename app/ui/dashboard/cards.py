"""What the dashboard is made of: head figures and cards, each leading to the list behind it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from app.model.codebook import SpanType
from app.ui.badge import paint_badge
from app.ui.theme import LIGHT, Theme, font

MARGIN = 16.0
HEAD = 44.0
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


def put(
    painter: QPainter,
    box: QRectF,
    words: str,
    theme: Theme,
    *,
    role: str = "text",
    pixels: float = 12,
    weight: int = 400,
    right: bool = False,
) -> float:
    """Write words into a box, cut short where they are too long; return how wide they are."""
    painter.setFont(font("ui", pixels, weight=weight, tabular=True))
    painter.setPen(theme.color(role))
    metrics = QFontMetricsF(painter.font())
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, box.width()) + 0.5)
    painter.drawText(box, _RIGHT if right else _LEFT, shown)
    return metrics.horizontalAdvance(shown)


class _Painted(QAbstractButton):
    """A button that paints itself; what it leads to is told by `clicked`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.leads = True
        """Whether there is a list behind it."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self.theme = theme
        self.update()

    def lead_nowhere(self) -> None:
        """Be read only: there is no list behind it."""
        self.leads = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paint_ring(self, painter: QPainter, radius: float) -> None:
        """Paint the ring where the keys are."""
        if self.hasFocus():
            painter.setPen(QPen(self.theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)


class Tile(_Painted):
    """One figure of the head: large, with what it counts below and a line about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure = self._beside = self._about = ""
        self.setFixedHeight(72)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(self, figure: str, what: str, about: str, *, beside: str = "") -> None:
        """Show a figure; `beside` stands after it, smaller."""
        self._figure, self._beside, self._about = figure, beside, about
        self.setText(what.replace("&", "&&"))
        self.setAccessibleName(f"{figure}{beside} {what}, {about}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, 72)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, wide = self.theme, self.width() - 16.0
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.underMouse() and self.leads:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("hover"))
                painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
            used = put(painter, QRectF(8, 2, wide, 30), self._figure, theme, pixels=24, weight=600)
            if self._beside:
                rest = QRectF(8 + used + 4, 5, wide - used - 4, 28)
                put(painter, rest, self._beside, theme, role="text-3", pixels=16)
            what = self.text().replace("&&", "&")
            put(painter, QRectF(8, 33, wide, 17), what, theme, pixels=12.5)
            put(painter, QRectF(8, 51, wide, 16), self._about, theme, role="text-2", pixels=11.5)
            self.paint_ring(painter, 8)


class Card(_Painted):
    """A card with a title and a note at the right; what is in it paints `paint_body`."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.note = title, ""
        self.setMinimumHeight(292)
        self.setMinimumWidth(280)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def describe(self, words: str) -> None:
        """Say what is in the card, for whoever does not see it."""
        self.setAccessibleName(f"{self.title}: {words}" if words else self.title)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, 300)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, box = self.theme, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            hovered = self.underMouse() and self.leads
            painter.setPen(QPen(theme.color("line-2" if hovered else "line"), 1))
            painter.setBrush(theme.color("paper"))
            painter.drawRoundedRect(box, 10, 10)
            inner = box.adjusted(MARGIN, 0, -MARGIN, 0)
            head = QRectF(inner.left(), 4, inner.width(), HEAD - 4)
            put(painter, head, self.title, theme, pixels=13, weight=600)
            put(painter, head, self.note, theme, role="text-2", pixels=11.5, right=True)
            self.paint_body(painter, inner.adjusted(0, HEAD, 0, -MARGIN))
            self.paint_ring(painter, 10)

    def paint_body(self, painter: QPainter, box: QRectF) -> None:
        """Paint what is below the title."""
        raise NotImplementedError

    def paint_nothing(self, painter: QPainter, box: QRectF, words: str) -> None:
        """Say why there is nothing to show."""
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.setFont(font("ui", 12))
        painter.setPen(self.theme.color("text-3"))
        painter.drawText(box, int(flags), words)


class Entry(_Painted):
    """A line of a card that leads somewhere: words, a line about them, a figure or a verb."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about = self._right = ""
        self._is_verb = False
        self._bar: tuple[float, SpanType] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_entry(
        self,
        words: str,
        right: str,
        *,
        about: str = "",
        verb: bool = False,
        bar: tuple[float, SpanType] | None = None,
    ) -> None:
        """Show a line; with `verb` what stands at the right is painted as a button.

        `bar` is a share from 0 to 1 and the type in whose ink it is painted.
        """
        self._about, self._right, self._is_verb, self._bar = about, right, verb, bar
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(", ".join(filter(None, (words, about, right))))
        self.setFixedHeight(48 if about else 26)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, wide, high = self.theme, float(self.width()), float(self.height())
        words = self.text().replace("&&", "&")
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.underMouse() and self.leads:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("hover"))
                painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
            metrics = QFontMetricsF(font("ui", 12, weight=500, tabular=True))
            room = metrics.horizontalAdvance(self._right) + (24 if self._is_verb else 4)
            left = wide - room - 18
            if self._about:
                put(painter, QRectF(6, 5, left, 19), words, theme, pixels=12.5, weight=500)
                about = QRectF(6, 24, left, 18)
                put(painter, about, self._about, theme, role="text-2", pixels=11.5)
            elif self._bar is not None:
                self._paint_bar(painter, words, left, self._bar)
            else:
                put(painter, QRectF(6, 0, left, high), words, theme, pixels=12.5)
            at = QRectF(wide - room - 6, (high - 26) / 2, room, 26)
            if self._is_verb:
                painter.setPen(QPen(theme.color("line-2"), 1))
                painter.setBrush(theme.color("raised"))
                painter.drawRoundedRect(at.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
                at = at.adjusted(12, 0, -8, 0)
            put(painter, at, self._right, theme, weight=500, right=not self._is_verb)
            self.paint_ring(painter, 5)

    def _paint_bar(
        self, painter: QPainter, words: str, room: float, bar: tuple[float, SpanType]
    ) -> None:
        theme, high = self.theme, float(self.height())
        share, span_type = bar
        badge = QRectF(6, (high - 16) / 2, 16, 16)
        paint_badge(painter, badge, span_type.letter, span_type.ink, theme)
        put(painter, QRectF(29, 0, 84, high), words, theme, pixels=12.5)
        whole = QRectF(118, (high - 16) / 2, max(0.0, room - 118), 16)
        part = QRectF(whole.left(), whole.top(), max(2.0, whole.width() * share), whole.height())
        painter.fillRect(part, theme.fill(span_type.ink))
        painter.fillRect(
            QRectF(part.left(), part.bottom() - 2, part.width(), 2), theme.ink(span_type.ink)
        )
