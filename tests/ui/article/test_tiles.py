"""Strips of the page that are painted once and copied while scrolling."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from app.ui.article.tiles import HEIGHT, Place, Tiles

pytestmark = pytest.mark.usefixtures("qapp")

SEEN = QRectF(0, 0, 200, 500)


class Paper:
    """Counts how often strips are painted, and paints them in one colour."""

    def __init__(self) -> None:
        self.painted: list[QRectF] = []
        self.tiles = Tiles(self._paint)
        self.place: Place | None = ((0, 0.0),)
        self.moving: list[tuple[float, float]] = []
        self.image = QImage(200, 500, QImage.Format.Format_RGB32)

    def _paint(self, painter: QPainter, clip: QRectF) -> None:
        self.painted.append(clip)
        painter.fillRect(clip, QColor("green"))

    def show(self, clip: QRectF = SEEN, seen: QRectF = SEEN) -> int:
        """Paint and return how many pieces were painted rather than copied."""
        self.painted.clear()
        self.image.fill(QColor("red"))
        with QPainter(self.image) as painter:
            painter.setClipRect(clip)
            self.tiles.paint(
                painter, clip, seen=seen, place=lambda *_: self.place, moving=self.moving
            )
        inside = clip.center().toPoint()
        assert self.image.pixelColor(inside) == QColor("green")
        return len(self.painted)


def test_a_strip_is_painted_once() -> None:
    paper = Paper()
    assert paper.show() == 4
    assert paper.show() == 0
    assert paper.show(QRectF(0, 10, 200, 300)) == 0


def test_a_strip_that_is_seen_only_in_part_is_not_kept() -> None:
    paper = Paper()
    assert paper.show(QRectF(0, 10, 200, 30)) == 1
    assert paper.painted == [QRectF(0, 10, 200, 30)]
    assert paper.tiles.count == 0


def test_strips_go_when_something_in_them_changes() -> None:
    paper = Paper()
    paper.show()
    paper.tiles.forget_between(HEIGHT + 5, HEIGHT + 6)
    assert paper.show() == 1
    paper.tiles.forget()
    assert paper.show() == 4
    paper.place = ((0, 4.0),)
    assert paper.show() == 4, "the rows stand somewhere else"


def test_nothing_is_kept_of_rows_without_lines_or_below_a_selection() -> None:
    paper = Paper()
    paper.place = None
    assert paper.show() == paper.show() == 1, "strips beside each other are painted together"
    assert paper.painted == [SEEN]
    paper.place = ((0, 0.0),)
    paper.show()
    paper.moving = [(10, 20)]
    assert paper.show() == 1


def test_strips_are_painted_together_only_where_no_picture_lies_between() -> None:
    paper = Paper()
    paper.show()
    paper.moving = [(5, 6), (2 * HEIGHT + 5, 3 * HEIGHT + 5)]
    assert paper.show() == 2
    assert paper.painted == [QRectF(0, 0, 200, HEIGHT), QRectF(0, 2 * HEIGHT, 200, 244)]


def test_no_strip_is_made_below_a_selection() -> None:
    paper = Paper()
    paper.moving = [(10, 20)]
    paper.show()
    assert paper.tiles.count == 3
    paper.moving = []
    assert paper.show() == 1, "what was selected is not in it"
    ahead = [(0.0, 10_000.0)]
    seen = SEEN.translated(0, 1000)
    assert not paper.tiles.prepare(seen, 1.0, lambda *_: paper.place, ahead)


def test_what_comes_next_is_painted_ahead() -> None:
    paper = Paper()
    seen = SEEN.translated(0, 1000)
    paper.show(SEEN, SEEN)
    assert paper.tiles.prepare(seen, 1.0, lambda *_: paper.place)
    assert paper.tiles.prepare(seen, 1.0, lambda *_: paper.place)
    assert not paper.tiles.prepare(seen, 1.0, lambda *_: paper.place)
    assert not paper.tiles.prepare(seen, 1.25, lambda *_: paper.place)
    assert {rect.top() for rect in paper.painted[-2:]} == {6 * HEIGHT, 12 * HEIGHT}


def test_another_width_is_another_picture() -> None:
    paper = Paper()
    paper.show()
    assert paper.show(seen=QRectF(0, 0, 190, 500)) == 4


def test_strips_take_no_more_room_than_they_may() -> None:
    paper = Paper()
    for step in range(400):
        clip = QRectF(0, 0, 200, HEIGHT).translated(0, step * HEIGHT)
        with QPainter(paper.image) as painter:
            paper.tiles.paint(painter, clip, seen=clip, place=lambda *_: ((0, 0.0),), moving=[])
    assert 23_000_000 < paper.tiles.count * 200 * HEIGHT * 4 <= 24_000_000
