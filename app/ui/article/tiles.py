"""Pictures of strips of the article, so that scrolling copies pixels instead of painting marks.

A strip is painted once, when it is seen in full, and thrown away when something in it changes. Only
what lies still is in it; selections, links and letters are painted over it each time.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap

HEIGHT = 128
_BYTES = 24_000_000
"""What all strips together may take: three windows of text on a common screen."""

Paint = Callable[[QPainter, QRectF], None]
Place = tuple[tuple[int, float], ...]


class _Tile(NamedTuple):
    """A strip, with the rows and heights it was painted with."""

    picture: QPixmap
    place: Place


class Tiles:
    """The strips of one view. Heights are those of the document."""

    def __init__(self, paint: Paint) -> None:
        self._paint = paint
        self._tiles: dict[int, _Tile] = {}
        self._width = 0

    def forget(self) -> None:
        """Throw all strips away."""
        self._tiles.clear()

    def forget_between(self, top: float, bottom: float) -> None:
        """Throw the strips away that show something between two heights."""
        for number in [n for n in self._tiles if n * HEIGHT < bottom and (n + 1) * HEIGHT > top]:
            del self._tiles[number]

    @property
    def count(self) -> int:
        """How many strips there are."""
        return len(self._tiles)

    def paint(
        self,
        painter: QPainter,
        clip: QRectF,
        *,
        seen: QRectF,
        place: Callable[[float, float], Place | None],
        moving: Iterable[tuple[float, float]],
    ) -> None:
        """Paint what lies still inside a rectangle.

        `seen` is the window; `place` tells what rows stand between two heights and where, or None
        where they are not laid out; `moving` are heights between which no strip may be used.
        """
        ratio = painter.device().devicePixelRatio()
        if ratio != int(ratio):  # a strip would be blurred between two pixels
            self._paint(painter, clip)
            return
        if self._width != seen.width():
            self.forget()
            self._width = round(seen.width())
        moving = list(moving)
        anew: QRectF | None = None  # strips next to each other hang over one another
        for number, here in _strips(clip):
            whole = QRectF(0, number * HEIGHT, self._width, HEIGHT)
            still = not any(a < whole.bottom() and b > whole.top() for a, b in moving)
            # A strip made now would hold what moves, and show it when that is gone.
            make = still and here.contains(whole & seen)
            tile = self._tile(number, whole, place, ratio, make=make)
            if not still or tile is None:
                anew = here if anew is None else anew.united(here)
                continue
            self._paint_anew(painter, anew)
            anew = None
            source = here.translated(0, -whole.top())
            pixels = QRectF(source.topLeft() * ratio, source.size() * ratio)
            painter.drawPixmap(here, tile.picture, pixels)
        self._paint_anew(painter, anew)

    def _paint_anew(self, painter: QPainter, here: QRectF | None) -> None:
        if here is not None:
            painter.save()
            self._paint(painter, here)
            painter.restore()

    def prepare(
        self,
        seen: QRectF,
        ratio: float,
        place: Callable[[float, float], Place | None],
        moving: Iterable[tuple[float, float]] = (),
    ) -> bool:
        """Paint one strip beyond the window before it is scrolled to; tell whether one was due."""
        if ratio != int(ratio) or self._width != seen.width():
            return False
        moving = list(moving)
        for number in (int(seen.bottom() // HEIGHT) + 1, int(seen.top() // HEIGHT) - 1):
            whole = QRectF(0, number * HEIGHT, self._width, HEIGHT)
            if any(a < whole.bottom() and b > whole.top() for a, b in moving):
                continue
            stands, tile = place(whole.top(), whole.bottom()), self._tiles.get(number)
            if stands and (tile is None or tile.place != stands):
                self._tile(number, whole, place, ratio, make=True)
                return True
        return False

    def _tile(
        self,
        number: int,
        whole: QRectF,
        place: Callable[[float, float], Place | None],
        ratio: float,
        *,
        make: bool,
    ) -> _Tile | None:
        stands = place(whole.top(), whole.bottom())
        tile = self._tiles.pop(number, None)
        if stands is None:
            return None
        good = tile is not None and tile.place == stands
        if not good or tile is None or tile.picture.devicePixelRatio() != ratio:
            if not make:
                return None
            tile = _Tile(self._picture(whole, ratio), stands)
        self._tiles[number] = tile  # the one used last stands last
        while len(self._tiles) > 1 and self._size(ratio) > _BYTES:
            del self._tiles[next(iter(self._tiles))]
        return tile

    def _size(self, ratio: float) -> float:
        return len(self._tiles) * self._width * HEIGHT * 4 * ratio**2

    def _picture(self, whole: QRectF, ratio: float) -> QPixmap:
        picture = QPixmap(round(whole.width() * ratio), round(HEIGHT * ratio))
        picture.setDevicePixelRatio(ratio)
        with QPainter(picture) as painter:
            painter.translate(QPointF(0, -whole.top()))
            self._paint(painter, whole)
        return picture


def _strips(clip: QRectF) -> Iterator[tuple[int, QRectF]]:
    """Yield the number of each strip a rectangle touches, and what of it lies inside."""
    number = int(clip.top() // HEIGHT)
    while number * HEIGHT < clip.bottom():
        strip = QRectF(clip.left(), number * HEIGHT, clip.width(), HEIGHT)
        yield number, strip & clip
        number += 1
