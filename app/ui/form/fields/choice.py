"""Fields that choose among the options of the codebook."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.model.annotation import Value
from app.model.codebook import Attribute, Option
from app.ui.form.chips import ChipBox, ChipData
from app.ui.form.context import FormContext, form_font
from app.ui.form.fields.base import Field, label_of
from app.ui.form.paint import paint_chevron
from app.ui.form.segments import Segments
from app.ui.form.typeahead import Choice, LookUp, TypeAhead
from app.ui.tips import tip

_MOST_SEGMENTS = 4
_MOST_LETTERS = 26


def fits_segments(attribute: Attribute) -> bool:
    """Tell whether the options stand side by side: four at most, short words."""
    labels = [label_of(option) for option in attribute.options]
    few = len(labels) <= _MOST_SEGMENTS and not attribute.depends_on
    return few and sum(map(len, labels)) + 2 * len(labels) <= _MOST_LETTERS


class SegmentsField(Field):
    """An `enum` with few options, all in view."""

    def __init__(
        self, attribute: Attribute, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(attribute, context, parent)
        self._offered: list[Option] = []
        self.track = Segments(context, self)
        self.track.clearable = not attribute.required
        self.track.chosen.connect(self._chosen)
        self.hold(self.track)
        self.name(attribute.label)
        self.track.setAccessibleName(attribute.label)
        self.show_value(None)

    @override
    def show_value(self, value: Value) -> None:
        self._offered = options = self.options()
        self.track.set_options(
            [label_of(option) for option in options], [option.definition for option in options]
        )
        self.track.choose(next((n for n, o in enumerate(options) if o.value == value), -1))

    def _chosen(self, place: int) -> None:
        self.send(self._offered[place].value if place >= 0 else None)


class BooleanField(Field):
    """Yes or no."""

    def __init__(
        self, attribute: Attribute, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(attribute, context, parent)
        self.track = Segments(context, self)
        self.track.set_options([self.tr("Yes"), self.tr("No")])
        self.track.clearable = not attribute.required
        self.track.chosen.connect(lambda place: self.send(None if place < 0 else place == 0))
        self.hold(self.track)
        self.name(attribute.label)
        self.track.setAccessibleName(attribute.label)

    @override
    def show_value(self, value: Value) -> None:
        self.track.choose(-1 if value is None else 0 if value else 1)


class Combo(TypeAhead):
    """A line with a chevron: a click shows all there is, typing narrows it down."""

    def __init__(self, look_up: LookUp, context: FormContext, parent: QWidget) -> None:
        super().__init__(look_up, context, parent)
        self._theme_of = context
        self.opens_on_click = True
        self.setFont(form_font(12.5))
        self.setFixedHeight(28)
        self.setProperty("class", "combo")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._theme_of.read_only:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = QRectF(self.rect())
            centre = QPointF(rect.right() - 15, rect.center().y())
            paint_chevron(painter, centre, self._theme_of.theme.color("text-2"))


class SearchField(Field):
    """A field that takes one entry of a list, found by typing. Wrong words stay, with why."""

    def __init__(
        self, attribute: Attribute, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(attribute, context, parent)
        self.line = Combo(self._look_up, context, self)
        self.line.setPlaceholderText(self._placeholder())
        self.line.setAccessibleName(attribute.label)
        self.line.picked.connect(self._picked)
        self.line.committed.connect(self._committed)
        self.hold(self.line)
        self.name(attribute.label)

    @override
    def is_typing(self) -> bool:
        return self.line.hasFocus() and self.line.isModified()

    @override
    def draft(self) -> str:
        return self.line.text() if self.problem or self.is_typing() else ""

    @override
    def restore(self, draft: str) -> None:
        self.line.setText(draft)
        self._take(draft)

    def _committed(self, typed: str) -> None:
        if self.line.isModified():
            self._take(typed)

    def _placeholder(self) -> str:
        """Return what an empty field says."""
        raise NotImplementedError

    def _look_up(self, typed: str) -> Sequence[Choice]:
        """Return what typed words may mean."""
        raise NotImplementedError

    def _picked(self, choice: Choice) -> None:
        """Take an entry of the list."""
        raise NotImplementedError

    def _take(self, typed: str) -> None:
        """Take typed words, or say why not."""
        raise NotImplementedError


class ComboField(SearchField):
    """An `enum` with many options: a list that typing searches."""

    @override
    def _placeholder(self) -> str:
        return self.tr("Choose")

    @override
    def show_value(self, value: Value) -> None:
        option = self.attribute.option(value)
        self.line.present = value
        self.line.setText(label_of(option) if option else "" if value is None else str(value))
        self.line.setCursorPosition(0)
        self.line.setToolTip(tip(option.definition) if option else "")

    @override
    def _look_up(self, typed: str) -> Sequence[Choice]:
        return searched([Choice(label=label_of(o), value=o.value) for o in self.options()], typed)

    @override
    def _picked(self, choice: Choice) -> None:
        value = choice.value
        if isinstance(value, (str, int)):
            self.send(value)
            self.show_value(self._sent)

    @override
    def _take(self, typed: str) -> None:
        words = typed.strip().casefold()
        if not words:
            self.send(None)
            return
        for option in self.options():
            if words in (label_of(option).casefold(), str(option.value).casefold()):
                self.send(option.value)
                self.show_value(self._sent)
                return
        self.show_problem(
            self.tr("“{}” is not in the list. Down shows all of it.").format(typed.strip())
        )


class FlagsField(Field):
    """Several options at once, as chips."""

    def __init__(
        self, attribute: Attribute, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(attribute, context, parent)
        self.box = ChipBox(self._look_up, context, self)
        self.box.line.opens_on_click = True
        self.box.line.setAccessibleName(attribute.label)
        self.box.chip_removed.connect(self._removed)
        self.box.chip_clicked.connect(lambda _: self.focus())
        self.box.line.picked.connect(self._picked)
        self.box.line.committed.connect(self._committed)
        self.hold(self.box)
        self.name(attribute.label)
        self.offer()

    @override
    def show_value(self, value: Value) -> None:
        chips = []
        for single in value if isinstance(value, tuple) else ():
            option = self.attribute.option(single)
            label = label_of(option) if option else single
            tool_tip = option.definition if option else ""
            chips.append(ChipData(key=str(single), label=label, tool_tip=tool_tip))
        self.box.set_chips(chips)

    @override
    def offer(self) -> None:
        waits = bool(self.attribute.depends_on) and not self.options()
        self.box.set_placeholder(self.tr("Nothing to choose here") if waits else self.tr("Add"))

    @override
    def is_typing(self) -> bool:
        return bool(self.box.line.text())

    def _values(self) -> tuple[str, ...]:
        return self._sent if isinstance(self._sent, tuple) else ()

    def _look_up(self, typed: str) -> Sequence[Choice]:
        free = [o for o in self.options() if o.value not in self._values()]
        return searched([Choice(label=label_of(o), value=str(o.value)) for o in free], typed)

    def _picked(self, choice: Choice) -> None:
        self.box.line.clear()
        self._set((*self._values(), str(choice.value)))

    def _removed(self, key: str) -> None:
        self._set(tuple(value for value in self._values() if value != key))

    def _set(self, values: tuple[str, ...]) -> None:
        self.send(values or None)
        self.show_value(self._sent)

    def _committed(self, typed: str) -> None:
        wrong = self.tr("“{}” is not in the list. Down shows all of it.").format(typed.strip())
        self.show_problem(wrong if typed.strip() else "")


def searched(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Return the choices that hold the words typed, those that start with them first."""
    words = typed.strip().casefold()
    starts = [c for c in choices if c.label.casefold().startswith(words)]
    holds = [c for c in choices if words in c.label.casefold() and c not in starts]
    by_value = [
        c for c in choices if words == str(c.value).casefold() and c not in (*starts, *holds)
    ]
    return [*by_value, *starts, *holds]
