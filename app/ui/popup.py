"""The shadow under what floats inside the window. It is a picture made once and then stretched."""

from functools import lru_cache
from math import erf, sqrt

from PySide6.QtCore import QEvent, QMargins, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme import LIGHT, Mode, Theme

_NEAR: dict[Mode, float] = {"light": 0.08, "dark": 0.40}
_FAR: dict[Mode, float] = {"light": 0.22, "dark": 0.60}
"""How dark the two shadows are: one close to the edge, one that fades far below it."""

_BLUR, _DROP, _SMALLER = 28, 10, 6
"""The far shadow, in pixels: it fades over the blur, and is smaller than the popup at each side."""

_REACH = QMargins(22, 12, 22, 32)
"""Pixels around a popup in which its shadow can be seen."""

_END = 50
"""Pixels at the left and right end that are not stretched: there the shadow fades."""


class PopupShadow(QWidget):
    """Lies under a popup that is a child of the window, goes where it goes, lets the mouse through.

    The popup paints itself; it must have a parent.
    """

    def __init__(self, popup: QWidget, *, radius: float) -> None:
        super().__init__(popup.parentWidget())
        self._popup = popup
        self._radius = radius
        self._theme: Theme = LIGHT
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        popup.installEventFilter(self)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.Move | QEvent.Type.Resize:
                self.setGeometry(self._popup.geometry().marginsAdded(_REACH))
            case QEvent.Type.Show | QEvent.Type.ZOrderChange:
                self.setVisible(self._popup.isVisible())
                self.stackUnder(self._popup)
            case QEvent.Type.Hide:
                self.hide()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_far(painter)
            shade = QColor(0, 0, 0)
            shade.setAlphaF(_NEAR[self._theme.mode])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade)
            frame = QRectF(self.rect().marginsRemoved(_REACH)).translated(0, 1)
            painter.drawRoundedRect(
                frame.adjusted(-0.5, -0.5, 0.5, 0.5), self._radius + 0.5, self._radius + 0.5
            )

    def _paint_far(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        picture = _picture(self._theme.mode, self._popup.height(), ratio)
        end = min(_END, self.width() // 2)
        middle = picture.width() / ratio - 2 * _END
        for left, width, source, taken in (
            (0, end, 0, end),
            (end, self.width() - 2 * end, _END, middle),
            (self.width() - end, end, 2 * _END + middle - end, end),
        ):
            painter.drawPixmap(
                QRectF(left, 0, width, self.height()),
                picture,
                QRectF(source * ratio, 0, taken * ratio, picture.height()),
            )


@lru_cache(maxsize=16)
def _picture(mode: Mode, height: int, ratio: float) -> QPixmap:
    """Return the far shadow of a popup `height` pixels high, just wide enough to be stretched."""
    width = 2 * (_END - _REACH.left()) + 2
    across = _profile(_REACH.left(), width, _REACH.right(), ratio)
    down = _profile(_REACH.top() + _DROP, height, _REACH.bottom() - _DROP, ratio)
    picture = QImage(len(across), len(down), QImage.Format.Format_ARGB32_Premultiplied)
    for y, shade in enumerate(down):
        for x, share in enumerate(across):
            picture.setPixel(x, y, round(255 * _FAR[mode] * shade * share) << 24)
    made = QPixmap.fromImage(picture)
    made.setDevicePixelRatio(ratio)
    return made


def _profile(before: int, length: int, after: int, ratio: float) -> list[float]:
    """Return how dark a blurred stretch is at each device pixel, from 0 to 1."""
    first, last = before + _SMALLER, before + length - _SMALLER
    scale = sqrt(2) * _BLUR / 2
    places = ((n + 0.5) / ratio for n in range(round((before + length + after) * ratio)))
    return [(erf((at - first) / scale) - erf((at - last) / scale)) / 2 for at in places]
