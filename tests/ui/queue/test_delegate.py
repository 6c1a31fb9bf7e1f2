"""How a row is painted: its title on one line, on two, or cut; glyphs as pictures of themselves."""

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from app.model.article import State
from app.ui.queue.delegate import _titled
from app.ui.queue.glyphs import paint_flag, paint_state
from app.ui.theme import DARK, LIGHT


def lines(title: str) -> list[str]:
    """Return the words on each line of a title."""
    found = []
    for layout in _titled(title, 200.0, 500).layouts:
        units = layout.text().encode("utf-16-le")
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            start, end = 2 * line.textStart(), 2 * (line.textStart() + line.textLength())
            found.append(units[start:end].decode("utf-16-le").strip())
    assert len(found) == _titled(title, 200.0, 500).lines
    return found


def test_a_title_takes_one_line_two_or_is_cut(qtbot: QtBot) -> None:
    assert lines("Short  title\n") == ["Short title"]
    assert lines("") == [""]
    long = "Police hold hundreds after a protest 😀 in Moscow"
    assert len(lines(long)) == 2
    assert " ".join(lines(long)) == long
    head, rest = lines(f"{long} and in many other cities of the country")
    assert long.startswith(head)
    assert rest.endswith("…")


@pytest.mark.parametrize("state", ["new", "in progress", "done", "flagged"])
def test_a_glyph_stands_where_it_is_painted(state: State, qtbot: QtBot) -> None:
    for scale in (1.0, 1.5, 2.0):
        for theme in (LIGHT, DARK):
            image = QImage(60, 60, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.transparent)
            image.setDevicePixelRatio(scale)
            with QPainter(image) as painter:
                paint_state(painter, QPointF(10, 12.5), state, theme)
            inked = [
                (x / scale, y / scale)
                for x in range(60)
                for y in range(60)
                if image.pixelColor(x, y).alpha() > 60
            ]
            assert inked
            assert all(9 <= x <= 23 and 11.5 <= y <= 25.5 for x, y in inked)
            if state == "flagged":
                direct = QImage(60, 60, QImage.Format.Format_ARGB32_Premultiplied)
                direct.fill(Qt.GlobalColor.transparent)
                direct.setDevicePixelRatio(scale)
                with QPainter(direct) as painter:
                    paint_flag(painter, QRectF(10, 12.5, 12, 12), theme)
                assert all(
                    abs(direct.pixelColor(x, y).alpha() - image.pixelColor(x, y).alpha()) <= 3
                    for x in range(60)
                    for y in range(60)
                )
