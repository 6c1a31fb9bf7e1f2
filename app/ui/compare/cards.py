"""The readings of a case as cards."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from app.model.text import OffsetMap, for_display
from app.model.wording import initials
from app.ui.article.paint import Look
from app.ui.badge import paint_avatar
from app.ui.keycap import keycap_width, paint_keycap
from app.ui.theme import LIGHT, Theme, font

_PAD, _HEAD, _AVATAR = 12.0, 38.0, 18.0
_LONGEST = 240
"""Code points of a card; the middle of what is longer is left out."""

Ranges = Sequence[tuple[int, int]]


class Card(QAbstractButton):
    """One reading: who says so, its words in those of all readings, what differs bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._key = ""
        self._theme: Theme = LIGHT
        self._who: tuple[str, ...] = ()
        self._words = QTextLayout()
        self._text = ""
        self._marked: Ranges = ()
        self._bold: Ranges = ()
        self._details: list[tuple[str, str]] = []
        self._look: Look | None = None
        self._nothing = False

    def set_key(self, key: str) -> None:
        """Print the key that takes this reading; there may be none."""
        self._key = key
        self.update()

    def show_reading(
        self,
        who: Sequence[str],
        text: str,
        *,
        marked: Ranges,
        bold: Ranges,
        details: Sequence[tuple[str, str]],
        look: Look,
    ) -> None:
        """Show a reading. Ranges are code points of `text`; nothing marked: not marked."""
        self._who, self._look = tuple(who), look
        self._nothing = not marked
        self._text, self._marked, self._bold = _cut(text, marked, bold)
        self._details = list(details)
        said = "not marked" if self._nothing else "".join(text[a:b] for a, b in marked)
        told = "; ".join(f"{name}: {value}" for name, value in details)
        self.setAccessibleName(". ".join(filter(None, [f"{', '.join(who)}: {said}", told])))
        self._lay()

    def set_theme(self, theme: Theme, look: Look | None = None) -> None:
        """Take another look."""
        self._theme, self._look = theme, look or self._look
        self._lay()

    def _lay(self) -> None:
        theme, look = self._theme, self._look
        shown = "not marked" if self._nothing else for_display(self._text)
        self._words = QTextLayout(shown, font("reading", 15))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._words.setTextOption(option)
        self._words.setFormats(self._formats(theme, look) if look else [])
        self._words.beginLayout()
        height = 0.0
        while (line := self._words.createLine()).isValid():
            line.setLineWidth(max(60.0, self.width() - 2 * _PAD))
            line.setPosition(QPointF(0, height))
            height += 23
        self._words.endLayout()
        height += 18 * len(self._details)
        self.setFixedHeight(round(_HEAD + height + 10))
        self.update()

    def _formats(self, theme: Theme, look: Look) -> list[QTextLayout.FormatRange]:
        units = OffsetMap(self._text)
        length = units.utf16_length
        if self._nothing:
            return [_format(0, 20, theme.color("text-3"))]
        found = [_format(0, length, theme.color("text-3"))]
        for start, end in self._marked:
            a, b = units.to_utf16(start), units.to_utf16(end)
            made = _format(a, b, theme.color("text"))
            made.format.setBackground(look.fill)
            _underline(made, look)
            found.append(made)
        for start, end in self._bold:
            made = _format(units.to_utf16(start), units.to_utf16(end), theme.color("text"))
            made.format.setFontWeight(QFont.Weight.DemiBold)
            made.format.setBackground(look.fill)
            _underline(made, look)
            found.append(made)
        return found

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._lay()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, box = self._theme, QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ring = self.isChecked() or self.hasFocus()
            painter.setPen(QPen(theme.color("text" if ring else "line-2"), 2 if ring else 1))
            painter.setBrush(theme.color("hover" if self.underMouse() else "paper"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 9, 9)
            x = _PAD
            if self._key:
                width = keycap_width(self._key)
                paint_keycap(painter, QRectF(x, 12, width, 16), self._key, theme)
                x += width + 8
            for name in self._who:
                circle = QRectF(x, 11, _AVATAR, _AVATAR)
                paint_avatar(painter, circle, initials(name), theme)
                x += _AVATAR + 4
            x += 3
            painter.setPen(theme.color("text"))
            chosen = font("ui", 12.5, weight=500)
            painter.setFont(chosen)
            room = box.width() - x - 36
            names = ", ".join(self._who)
            shown = QFontMetricsF(chosen).elidedText(names, Qt.TextElideMode.ElideRight, room)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(x, 10, room, 20), middle, shown)
            if self.isChecked():
                painter.setPen(theme.color("text-3"))
                painter.drawText(QRectF(box.width() - 30, 10, 20, 20), middle, "⏎")
            painter.setPen(theme.color("text"))
            self._words.draw(painter, QPointF(_PAD, _HEAD - 2))
            self._paint_details(painter, box)

    def _paint_details(self, painter: QPainter, box: QRectF) -> None:
        y = box.height() - 10 - 18 * len(self._details)
        for name, value in self._details:
            painter.setFont(font("ui", 12))
            painter.setPen(self._theme.color("text-2"))
            painter.drawText(QRectF(_PAD, y, 110, 18), Qt.AlignmentFlag.AlignVCenter, name)
            painter.setFont(font("ui", 12, weight=600))
            painter.setPen(self._theme.color("text"))
            room = box.width() - 2 * _PAD - 114
            shown = painter.fontMetrics().elidedText(value, Qt.TextElideMode.ElideRight, int(room))
            place = QRectF(_PAD + 114, y, room, 18)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            y += 18


def _format(start: int, end: int, colour: QColor) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = start, end - start
    made.format = QTextCharFormat()
    made.format.setForeground(colour)
    return made


def _underline(made: QTextLayout.FormatRange, look: Look) -> None:
    made.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    made.format.setUnderlineColor(look.ink)


def _cut(text: str, marked: Ranges, bold: Ranges) -> tuple[str, Ranges, Ranges]:
    """Return a long text without its middle; ranges follow."""
    if len(text) <= _LONGEST:
        return text, tuple(marked), tuple(bold)
    half = _LONGEST // 2
    gap = len(text) - 2 * half

    def moved(ranges: Ranges) -> Ranges:
        def place(at: int) -> int:
            return at if at <= half else max(half + 3, at - gap + 3)

        return tuple((place(a), place(b)) for a, b in ranges if place(a) < place(b))

    return f"{text[:half]} … {text[-half:]}", moved(marked), moved(bold)
