"""The strip right of the text: every mark of the article at its height, and what is seen of it."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.model.annotation import Annotation
from app.ui.article.view import ArticleView
from app.ui.theme import LIGHT, Theme

_WIDTH = 26
_EDGE = 8
_FIRST_COLUMN = 7
_COLUMN = 5
_LOOK_AGAIN_MS = 40
_LAST_COLUMN = 3


class _Sign(NamedTuple):
    rect: QRectF
    colour: QColor
    hollow: bool


class Strip(QWidget):
    """Stands in for the scroll bar: one column a type, a click jumps, a drag scrolls.

    Heights follow the text's offsets, so that nothing moves while paragraphs are laid out.
    """

    def __init__(self, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._theme = LIGHT
        self._signs: list[_Sign] = []
        self._drawn: QPixmap | None = None
        self.setFixedWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Overview of the article")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look_again)
        view.scrolled.connect(self.update)
        view.marks_changed.connect(self._timer.start)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.look_again()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 200)

    def look_again(self) -> None:
        """Place the signs of all marks anew. Marks that would cover each other share one sign."""
        view, looks = self._view, self._view.scene.looks
        names = [t.name for t in view.codebook.types if not t.archived] if view.codebook else []
        lanes = {name for name in names if looks[name].underline == "lane"}
        per_character = self._per_character()
        placed: set[tuple[str, int, int, bool]] = set()
        for mark in view.marks_shown():
            top, bottom = (
                mark.fragments[0].start * per_character,
                mark.fragments[-1].end * per_character,
            )
            height = max(4, round(bottom - top)) if mark.type in lanes else 3 + (bottom - top > 2)  # noqa: PLR2004
            placed.add((mark.type, round(top), height, True))
        for each in view.suggestions.values():
            if each.type not in view.scene.hidden:
                top = each.fragments[0].start * per_character
                placed.add((each.type, round(top), 4, False))
        types = {entry[0] for entry in placed}
        faint = {name: self._faint(name) for name in types}
        columns = {name: self._column_of(name) for name in types}
        self._signs = [
            self._sign(
                columns[name],
                top,
                height,
                faint[name],
                middle=not is_mark or name not in lanes,
                hollow=not is_mark,
            )
            for name, top, height, is_mark in sorted(placed)
        ]
        self._drawn = None
        self.update()

    def _column_of(self, type_name: str) -> int:
        types = self._view.codebook.types if self._view.codebook else ()
        names = [t.name for t in types if not t.archived]
        return min(names.index(type_name), _LAST_COLUMN) if type_name in names else 0

    def _faint(self, type_name: str) -> QColor:
        colour = QColor(self._view.scene.looks[type_name].ink)
        colour.setAlphaF(0.78)
        return colour

    @staticmethod
    def _sign(
        column: int, top: int, height: int, colour: QColor, *, middle: bool, hollow: bool
    ) -> _Sign:
        x, y = _FIRST_COLUMN + _COLUMN * column - 2, _EDGE + 3 + top - (height / 2 if middle else 0)
        inside = 0.5 if hollow else 0
        rect = QRectF(x + inside, y + inside, 4 - 2 * inside, height - 2 * inside)
        return _Sign(rect, colour, hollow)

    def _per_character(self) -> float:
        return (self.height() - 2 * _EDGE - 6) / max(1, len(self._view.text.text))

    def height_of(self, offset: int) -> float:
        """Return where an offset (code points) lies on the strip."""
        return _EDGE + 3 + offset * self._per_character()

    def offset_of(self, y: float) -> int:
        """Return the offset that a height of the strip stands for."""
        length = len(self._view.text.text)
        return max(0, min(length, round((y - _EDGE - 3) / max(1e-9, self._per_character()))))

    def seen(self) -> QRectF:
        """Return the box that stands for what the window shows."""
        view = self._view
        top, bottom = view.seen
        lines, column = view.lines, view.lines.column[0]
        whole = len(view.text.text)
        first = 0 if top <= lines.header else lines.offset_at(QPointF(column, top))
        last = (
            whole
            if bottom >= lines.documentSize().height() - 1
            else lines.offset_at(QPointF(1e6, bottom))
        )
        y0 = _EDGE if first == 0 else self.height_of(first)
        y1 = self.height() - _EDGE if last == whole else self.height_of(last)
        return QRectF(2, y0, _WIDTH - 2, max(12.0, y1 - y0))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color("paper"))
            painter.fillRect(QRectF(0, 0, 1, self.height()), theme.color("line"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            if self._view.contents is None:
                return
            if self._view.text.rows:
                painter.setBrush(theme.color("hover"))
                painter.drawRoundedRect(self.seen(), 4, 4)
            painter.drawPixmap(0, 0, self._picture())
            if (selected := self._view.selected) is not None:
                self._paint_selected(painter, selected)

    def _picture(self) -> QPixmap:
        """Return all signs, painted once: there may be thousands, for each scroll step."""
        ratio = self.devicePixelRatioF()
        if self._drawn is None or self._drawn.devicePixelRatio() != ratio:
            drawn = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
            drawn.setDevicePixelRatio(ratio)
            drawn.fill(Qt.GlobalColor.transparent)
            with QPainter(drawn) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                before: _Sign | None = None
                for sign in self._signs:  # sorted by type
                    hollow, colour = sign.hollow, sign.colour
                    if before is None or (before.hollow, before.colour) != (hollow, colour):
                        painter.setPen(colour if hollow else Qt.PenStyle.NoPen)
                        painter.setBrush(Qt.BrushStyle.NoBrush if hollow else colour)
                    painter.drawRoundedRect(sign.rect, 1, 1)
                    before = sign
            self._drawn = drawn
        return self._drawn

    def _paint_selected(self, painter: QPainter, mark: Annotation) -> None:
        y, look = self.height_of(mark.start), self._view.scene.looks[mark.type]
        if look.underline == "lane":
            painter.setBrush(look.ink)
            x = _FIRST_COLUMN + _COLUMN * self._column_of(mark.type) - 2
            painter.drawRoundedRect(QRectF(x, y, 4, max(4.0, self.height_of(mark.end) - y)), 1, 1)
        painter.setBrush(self._theme.color("text"))
        painter.drawPolygon(QPolygonF([QPointF(1, y - 3.5), QPointF(5, y), QPointF(1, y + 3.5)]))

    @override
    def resizeEvent(self, event: object) -> None:
        self.look_again()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._view.scroll_to(self.offset_of(event.position().y()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._view.scroll_to(self.offset_of(event.position().y()))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._view.wheelEvent(event)
