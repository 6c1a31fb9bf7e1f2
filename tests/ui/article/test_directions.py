"""Text of both directions: boxes lie where the letters are painted, and the page is mirrored."""

import re

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextCharFormat, QTextLayout, QTextOption

from app.ui.article.geometry import extents
from app.ui.theme import font, load_fonts
from tests.ui.article.stand import Stand, find, mark

ARABIC = "قال نافالني إن 2500 شخصا من Amnesty International في موسكو (123) تجمعوا"
HEBREW = "He said שלום עולם 2500 in Moscow and קהל (5) רב left, 17 בינואר 2021 by FSB"
TEXTS = {"arabic": ARABIC, "hebrew": HEBREW, "mixed": "אלכסיי נבלני נעצר ב-17 בינואר 2021 FSB"}


def _line(text: str, *, rtl: bool) -> QTextLayout:
    load_fonts()
    layout, option = QTextLayout(text, font("reading", 17)), QTextOption()
    direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    option.setTextDirection(direction)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    layout.createLine().setLineWidth(900)
    layout.endLayout()
    return layout


def _inked(layout: QTextLayout, start: int, end: int) -> tuple[set[int], set[int]]:
    """Return the columns with ink of a range, and those with ink of anything else."""
    range_, style = QTextLayout.FormatRange(), QTextCharFormat()
    style.setForeground(QColor("red"))
    range_.start, range_.length, range_.format = start, end - start, style
    image = QImage(900, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        painter.setPen(QColor("black"))
        layout.draw(painter, QPointF(0, 12), [range_])
    inside, outside = set(), set()
    bits, width = bytes(image.constBits()), image.width()
    for n, (green, red) in enumerate(zip(bits[1::4], bits[2::4], strict=True)):
        if red > 220 and green < 120:
            inside.add(n % width)
        elif red < 100:
            outside.add(n % width)
    return inside, outside


def _ranges(text: str) -> list[tuple[int, int]]:
    words = [found.span() for found in re.finditer(r"[^\s()]+", text)]
    phrases = [(words[n][0], words[n + 2][1]) for n in range(len(words) - 2)]
    return words + phrases[::2]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("rtl", [False, True], ids=["ltr", "rtl"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_range_covers_the_ink_of_its_letters_and_no_other(name: str, *, rtl: bool) -> None:
    text = TEXTS[name]
    layout = _line(text, rtl=rtl)
    line = layout.lineAt(0)
    for start, end in _ranges(text):
        found = extents(line, start, end, mixed=True)
        inside, outside = _inked(layout, start, end)
        assert inside, text[start:end]
        for x in inside:
            assert any(x0 - 2 <= x <= x1 + 2 for x0, x1, _ in found), text[start:end]
        for x in outside:
            assert not any(x0 + 2 < x < x1 - 2 for x0, x1, _ in found), text[start:end]
        for x0, x1, _ in found:
            assert any(x0 - 2 <= x <= x1 + 2 for x in inside), text[start:end]


def test_the_page_of_a_right_to_left_article_is_mirrored(stand: Stand) -> None:
    statement = mark(ARABIC, "statement", "نافالني إن 2500 شخصا")
    stand.load("An English text of a few words.\n", [], language="en")
    left, width = stand.view.lines.column
    stand.load(ARABIC, [statement], language="ar")
    lines, port = stand.view.lines, stand.view.viewport().width()
    assert lines.rtl
    assert lines.column[0] == pytest.approx(port - left - width)
    assert lines.column[1] == width
    stand.view.select(statement.id)
    plan = stand.view.scene.plan
    assert plan.badge is not None
    assert plan.badge.left() > lines.column[0] + width, "the bracket is in the gutter at the right"
    parts = lines.parts(statement)
    opens = next(part for part in parts if part.opens)
    assert opens.rtl
    assert opens.x1 == max(part.x1 for part in parts), "it begins at the right"


def test_a_drag_over_right_to_left_words_selects_them(stand: Stand) -> None:
    stand.load(ARABIC, [], language="ar")
    start, end = find(ARABIC, "Amnesty International في")
    stand.drag_over(start + 2, end - 1)
    assert stand.view.selected_range() == (start, end)
