"""The field for a type's colour: a palette, a colour of one's own, and how well either does."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.annotation import Value
from app.model.codebook import Attribute, SpanType, Underline
from app.model.colour import (
    APART,
    MARK_CONTRAST,
    MODES,
    PALETTE,
    TEXT_CONTRAST,
    Vision,
    closest,
    inks_of,
    mark_contrast,
    shown_inks,
    text_contrast,
)
from app.ui.form.context import FormContext, form_font
from app.ui.form.fields.words import TextField
from app.ui.form.paint import paint_ring, paint_underline
from app.ui.theme import DARK, LIGHT

_SWATCH = 26
_PEOPLE: dict[Vision, str] = {
    "normal": "",
    "protan": " for people with protanopia",
    "deutan": " for people with deuteranopia",
    "tritan": " for people with tritanopia",
}


def verdict(ink: str, others: dict[str, str]) -> tuple[str, ...]:
    """Return what is wrong with an ink beside the inks of other types (label to ink), as sentences.

    The empty tuple means that it can be read and told apart by everybody.
    """
    found = []
    for mode in MODES:
        if (ratio := text_contrast(ink, mode)) < TEXT_CONTRAST:
            found.append(f"Text on its fill is hard to read in the {mode} look: {ratio:.1f}.")
        if (ratio := mark_contrast(ink, mode)) < MARK_CONTRAST:
            found.append(f"Its underline is too faint in the {mode} look: {ratio:.1f}.")
    near = closest(ink, others)
    if near is not None and near.distance < APART:
        who = f"Too close to “{near.name}”{_PEOPLE[near.vision]} in the {near.mode} look"
        found.append(f"{who}: {near.distance:.1f}.")
    return tuple(found)


def figures(ink: str, others: dict[str, str]) -> str:
    """Return how well an ink does, in one line."""
    text = min(text_contrast(ink, mode) for mode in MODES)
    mark = min(mark_contrast(ink, mode) for mode in MODES)
    line = f"Text on fill {text:.1f} : 1 · underline {mark:.1f} : 1"
    near = closest(ink, others)
    return f"{line} · nearest “{near.name}” {near.distance:.1f}" if near else line


class Swatch(QAbstractButton):
    """One ink of the palette: the left half in the light look, the right half in the dark one."""

    def __init__(self, name: str, ink: str, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.ink = ink
        self._context = context
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(QSize(_SWATCH, _SWATCH))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, inks = self._context.theme, shown_inks(self.ink)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            disc = QRectF(self.rect()).adjusted(4.5, 4.5, -4.5, -4.5)
            painter.setPen(QPen(theme.color("line-2"), 1))
            for colour, start in ((inks.light, 90), (inks.dark, 270)):
                painter.setBrush(QColor(colour))
                painter.drawPie(disc, start * 16, 180 * 16)
            if self.isChecked() or self.underMouse():
                role = "focus" if self.isChecked() else "line-3"
                painter.setPen(QPen(theme.color(role), 2 if self.isChecked() else 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))


class Palette(QWidget):
    """All swatches in one row; arrow keys choose."""

    chosen = Signal(str)

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Colours of the palette")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self.swatches = [Swatch(name, ink, context, self) for name, ink in PALETTE]
        for swatch in self.swatches:
            swatch.clicked.connect(lambda _=False, ink=swatch.ink: self.chosen.emit(ink))
            row.addWidget(swatch)
        row.addStretch(1)

    def choose(self, ink: str) -> None:
        """Show which one is chosen, if any."""
        for swatch in self.swatches:
            swatch.setChecked(swatch.ink == ink)
        names = [s.accessibleName() for s in self.swatches if s.isChecked()]
        self.setAccessibleDescription(names[0] if names else "a colour of its own")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        here = next(
            (n for n, s in enumerate(self.swatches) if s.isChecked()), -1 if step > 0 else 0
        )
        place = (here + step) % len(self.swatches)
        self.chosen.emit(self.swatches[place].ink)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint_ring(painter, QRectF(self.rect()), self._context.theme.color("focus"))


class Sample(QWidget):
    """A marked word in both looks, side by side."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ink, self._word = "", ""
        self._underline: Underline = "solid"
        self.setFixedHeight(38)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_type(self, ink: str, word: str, underline: Underline) -> None:
        """Show a type's ink."""
        self._ink, self._word, self._underline = ink, word, underline
        self.setAccessibleName(f"{word}, as it looks in the text")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            half = self.width() / 2 - 3
            for theme, left in ((LIGHT, 0.0), (DARK, half + 6)):
                paper = QRectF(left, 0, half, self.height())
                painter.setPen(self._context.theme.color("line-2"))
                painter.setBrush(theme.color("paper"))
                painter.drawRoundedRect(paper.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
                painter.setFont(form_font(15, 400, "reading"))
                width = painter.fontMetrics().horizontalAdvance(self._word)
                for n, selected in enumerate((False, True)):
                    box = QRectF(paper.left() + 10 + n * (width + 18), 7, width + 6, 24)
                    if box.right() > paper.right() - 4:
                        break
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(theme.fill(self._ink, selected=selected))
                    painter.drawRoundedRect(box, 4, 4)
                    painter.setPen(theme.color("text"))
                    painter.drawText(
                        box.adjusted(0, 0, 0, -4), Qt.AlignmentFlag.AlignCenter, self._word
                    )
                    line = QRectF(box.left() + 1, box.bottom() - 6, box.width() - 2, 5)
                    paint_underline(painter, line, theme.ink(self._ink), self._underline)


class InkField(TextField):
    """The colour, spelt out or by its name; sent when a swatch is chosen or the words are left."""

    hint = "#8C2F39, or #8C2F39 #F2A0A8 with one for the dark look"

    def __init__(
        self, attribute: Attribute, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(attribute, context, parent)
        self._others: dict[str, str] = {}
        self._type: SpanType | None = None
        self.palette_ = Palette(context, self)
        self.palette_.chosen.connect(self._picked)
        self.sample = Sample(context, self)
        self.figures = QLabel()
        self.figures.setTextFormat(Qt.TextFormat.PlainText)
        self.figures.setProperty("class", "caption")
        self.figures.setWordWrap(True)
        self._column.insertWidget(0, self.palette_)
        self._column.insertSpacing(1, 4)
        below = QVBoxLayout()
        below.setContentsMargins(0, 6, 0, 0)
        below.setSpacing(4)
        below.addWidget(self.sample)
        below.addWidget(self.figures)
        self._column.addLayout(below)
        self.setFocusProxy(self.palette_)
        self.line.textEdited.connect(self._judge_typed)

    def show_type(self, span_type: SpanType, others: dict[str, str]) -> None:
        """Know the type and the inks of the others, by label."""
        self._type, self._others = span_type, others
        self._judge(span_type.ink)

    @override
    def show_value(self, value: Value) -> None:
        super().show_value(value)
        self.palette_.choose(str(value or ""))
        self._judge(str(value or ""))

    @override
    def send(self, value: Value) -> None:
        super().send(value)
        self.palette_.choose(str(value or ""))

    @override
    def read(self, words: str) -> Value:
        words = " ".join(words.split())
        by_name = {name.casefold(): ink for name, ink in PALETTE}
        return by_name.get(words.casefold(), words) or None

    @override
    def write(self, value: Value) -> str:
        return next((name for name, ink in PALETTE if ink == value), super().write(value))

    def _picked(self, ink: str) -> None:
        self._touched = False
        self.send(ink)
        self.show_value(ink)

    def _judge_typed(self, words: str) -> None:
        ink = str(self.read(words) or "")
        try:
            inks_of(ink)
        except ValueError:
            return  # half a colour is no colour yet
        self._judge(ink)

    def _judge(self, ink: str) -> None:
        """Say, while choosing, whether the ink can be read and told apart."""
        if self._type is None:
            return
        self.sample.show_type(ink, self._type.label, self._type.underline)
        self.figures.setText(figures(ink, self._others))
        self.show_finding(" ".join(verdict(ink, self._others)))
