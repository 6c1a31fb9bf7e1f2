"""The strip right of the text: every mark of the article at its height, and what is seen of it."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QWheelEvent
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


class _Sign(NamedTuple):
    rect: QRectF
    colour: QColor


class Strip(QWidget):
    """Stands in for the scroll bar: one column a type, a click jumps, a drag scrolls.

    Heights follow the text's offsets, so that nothing moves while paragraphs are laid out.
    """

    def __init__(self, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._theme = LIGHT
        self._signs: list[_Sign] = []
        self.setFixedWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Overview of the article")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)  # noqa: FBT003 - Qt's own
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
        """Place the signs of all marks anew."""
        view, looks = self._view, self._view.scene.looks
        names = [t.name for t in view.codebook.types if not t.archived] if view.codebook else []
        columns = {name: _FIRST_COLUMN + _COLUMN * min(n, 3) for n, name in enumerate(names)}
        placed: dict[tuple[int, int, int], _Sign] = {}
        for mark in view.marks_shown():
            rect = self._place(mark, columns.get(mark.type, _FIRST_COLUMN))
            chosen = mark.id == view.selected_id()
            key = int(rect.x()), round(rect.top()), 0 if rect.height() < 6 else round(rect.bottom())
            if key not in placed or chosen:
                colour = QColor(looks[mark.type].ink)
                colour.setAlphaF(1.0 if chosen else 0.78)
                placed[key] = _Sign(rect, colour)
        self._signs = list(placed.values())
        self.update()

    def _place(self, mark: Annotation, middle: int) -> QRectF:
        top, bottom = self.height_of(mark.start), self.height_of(mark.end)
        is_lane = self._view.scene.looks[mark.type].underline == "lane"
        height = max(4.0, bottom - top) if is_lane else 3.0 + min(1.0, (bottom - top) / 4)
        return QRectF(middle - 2, top - (0 if is_lane else height / 2), 4, height)

    def height_of(self, offset: int) -> float:
        """Return where an offset (code points) lies on the strip."""
        length = max(1, len(self._view.text.text))
        return _EDGE + 3 + offset / length * (self.height() - 2 * _EDGE - 6)

    def offset_of(self, y: float) -> int:
        """Return the offset that a height of the strip stands for."""
        length = len(self._view.text.text)
        share = (y - _EDGE - 3) / max(1, self.height() - 2 * _EDGE - 6)
        return max(0, min(length, round(share * length)))

    def seen(self) -> QRectF:
        """Return the box that stands for what the window shows."""
        view = self._view
        top, bottom = view.window
        lines, column = view.lines, view.lines.column[0]
        whole = len(view.text.text)
        first = 0 if top <= lines.header else lines.offset_at(QPointF(column, top))
        last = whole if bottom >= lines.documentSize().height() - 1 else lines.offset_at(QPointF(1e6, bottom))
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
            for sign in self._signs:
                painter.setBrush(sign.colour)
                painter.drawRoundedRect(sign.rect, 1, 1)
            if (selected := self._view.selected) is not None:
                self._paint_arrow(painter, self.height_of(selected.start))

    def _paint_arrow(self, painter: QPainter, y: float) -> None:
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
