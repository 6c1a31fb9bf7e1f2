"""A slot for evidence: the words that bear out a field, and what they are taken to mean."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.model.annotation import Evidence, Value, fragments_of
from app.model.codebook import Attribute, EvidenceField
from app.model.wording import on_one_line
from app.ui.form.cell import Cell
from app.ui.form.chips import ChipBox, ChipData
from app.ui.form.context import FormContext
from app.ui.form.details import Details
from app.ui.form.drafts import Place
from app.ui.form.typeahead import Choice

_MOST = 20
_VALUE = "value"

Range = tuple[int, int]


class EvidenceSlot(Cell):
    """Each piece of evidence is a chip; its value and attributes unfold below it.

    Words get in by selecting them in the text or by typing them as they stand there.
    """

    evidence_edited = Signal(object, object, str)
    """(`Evidence` before or None, after or None, name of the value typed or "")"""

    def __init__(
        self, field: EvidenceField, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.field = field
        self._attributes = _attributes(field)
        self._shown: list[Evidence] = []
        self._details: Details | None = None
        self._open = -1
        self._opens_next = False
        self.box = ChipBox(self._look_up, context, self)
        self.box.set_placeholder(self.tr("Select or type the words"))
        self.box.chip_clicked.connect(self._toggle_details)
        self.box.chip_opened.connect(self._toggle_details)
        self.box.chip_removed.connect(self._removed)
        self.box.line.picked.connect(self._picked)
        self.box.line.committed.connect(self._committed)
        self.box.line.focus_changed.connect(self._focus_changed)
        self.hold(self.box)
        self.name(field.label)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence shown."""
        return tuple(self._shown)

    @property
    def details(self) -> Details | None:
        """The fields of the chip that is open."""
        return self._details if self._open >= 0 else None

    def start(self, evidence: Sequence[Evidence]) -> None:
        """Show the slot of another annotation."""
        self._open, self._opens_next = -1, False
        self.box.line.clear()
        self.show_problem("")
        self.set_evidence(evidence)

    def set_evidence(self, evidence: Sequence[Evidence]) -> None:
        """Show this evidence; what is being typed stays."""
        grown = len(evidence) > len(self._shown)
        if len(evidence) < len(self._shown):
            self._open = -1
        self._shown = list(evidence)
        if grown and self._opens_next and self._attributes:
            self._open = len(evidence) - 1
        self._opens_next = False
        self.box.set_chips([self._chip(n, entry) for n, entry in enumerate(evidence)])
        self.box.name(self.field.label, self.tr("no words"))
        self._show_details()

    @override
    def flush(self) -> None:
        if self._details is not None and self._open >= 0:
            self._details.flush()

    @override
    def drafts(self) -> dict[Place, str]:
        return self.details.drafts(str(self._open)) if self.details is not None else {}

    @override
    def restore_drafts(self, drafts: Mapping[Place, str]) -> None:
        for owner, *_ in list(drafts):
            if int(owner) < len(self._shown):
                if self._open != int(owner):
                    self._toggle_details(owner)
                if self.details is not None:
                    self.details.restore_drafts(owner, drafts)

    @override
    def set_theme(self) -> None:
        super().set_theme()
        if self._details is not None:
            self._details.set_theme()

    def is_typing(self) -> bool:
        """Tell whether words stand in the line."""
        return bool(self.box.line.text())

    def take_selection(self) -> bool:
        """Take the words selected in the text; tell whether there were any."""
        if self.context.selection is None:
            return False
        self._add((self.context.selection,))
        return True

    # -- words ------------------------------------------------------------------------------------

    def _look_up(self, typed: str) -> Sequence[Choice]:
        contents = self.context.contents
        if contents is None:
            return ()
        choices: list[Choice] = []
        text, selection, words = contents.article.text, self.context.selection, typed.strip()
        if selection is None and not words:
            choices += self._days_near()
        if selection is not None and not words:
            quote = on_one_line(text[slice(*selection)], 40)
            choices.append(
                Choice(label=f"“{quote}”", value=(selection,), detail=self.tr("selected"))
            )
            if self._shown:
                last = self._shown[-1]
                joined = (*((f.start, f.end) for f in last.fragments), selection)
                offer = self.tr("Add to “{}”").format(on_one_line(_quote(last), 30))
                choices.append(Choice(label=offer, value=("join", joined), quiet=True))
        if words:
            for start, end in islice(self._occurrences(words), _MOST):
                around = on_one_line(text[max(0, start - 14) : min(len(text), end + 14)], 60)
                place = f"… ¶{self.context.paragraph(start)}"
                choices.append(Choice(label=around, value=((start, end),), detail=place))
            if self.field.value_type != "none":
                offer = self.tr("Keep “{}” without words").format(on_one_line(words, 30))
                choices.append(Choice(label=offer, value=words, quiet=True))
        return choices

    def _days_near(self) -> list[Choice]:
        """Return the dates of the article for a date's slot, the nearest first, with their days."""
        contents, annotation = self.context.contents, self.context.annotation
        if self.field.value_type != "date" or contents is None or annotation is None:
            return []
        from app.model.day_words import day_words  # its patterns would delay the start

        article = contents.article
        found = sorted(
            day_words(article.text, article.published),
            key=lambda one: abs(one.start - annotation.start),
        )
        return [
            Choice(
                label=f"“{on_one_line(article.text[one.start : one.end], 40)}”",
                value=((one.start, one.end),),
                detail=f"{one.value or 'no day'} ¶{self.context.paragraph(one.start)}",
            )
            for one in found[:_MOST]
        ]

    def _occurrences(self, words: str) -> Iterator[Range]:
        contents, annotation = self.context.contents, self.context.annotation
        if contents is None or annotation is None:
            return
        pattern = r"\s+".join(map(re.escape, words.split()))
        found = [m.span() for m in re.finditer(pattern, contents.article.text, re.IGNORECASE)]
        if self.field.inside:
            found = [span for span in found if self._stands_inside((span,))]
        yield from sorted(found, key=lambda span: (abs(span[0] - annotation.start), span))

    def _stands_inside(self, ranges: Sequence[Range]) -> bool:
        annotation = self.context.annotation
        return annotation is not None and all(
            annotation.start <= start and end <= annotation.end for start, end in ranges
        )

    def _picked(self, choice: Choice) -> None:
        self.box.line.clear()
        match choice.value:
            case str(words):
                self._send(None, self._evidence(value=words))
            case ("join", tuple(ranges)):
                self._join(ranges)
            case tuple(ranges):
                self._add(ranges)

    def _committed(self, typed: str) -> None:
        words = typed.strip()
        if not words:
            self.show_problem("")
            return
        if self._look_up(words):
            message = self.tr("“{}” was not taken: choose where it stands.")
        elif self.field.inside:
            message = self.tr("“{}” does not stand inside this mark.")
        else:
            message = self.tr("“{}” does not stand in the article.")
        self.show_problem(message.format(words))

    def _add(self, ranges: Sequence[Range]) -> None:
        contents = self.context.contents
        if contents is None:
            return
        if self.field.inside and not self._stands_inside(ranges):
            self.show_problem(self.tr("{} has to stand inside this mark.").format(self.field.label))
            return
        fragments = fragments_of(contents.article.text, ranges)
        self._opens_next = self.box.line.hasFocus()
        self._send(None, replace(self._understood(ranges), fragments=fragments))

    def _understood(self, ranges: Sequence[Range]) -> Evidence:
        """Return evidence with the day that its words come to, where they name one."""
        contents = self.context.contents
        if self.field.value_type != "date" or contents is None or len(ranges) != 1:
            return self._evidence()
        from app.model.day_words import evidence_of, read_day

        article = contents.article
        one = read_day(article.text, *ranges[0], article.published)
        return evidence_of(self.field, article.text, one) if one else self._evidence()

    def _join(self, ranges: Sequence[Range]) -> None:
        contents = self.context.contents
        if contents is None or not self._shown:
            return
        if self.field.inside and not self._stands_inside(ranges):
            self.show_problem(self.tr("{} has to stand inside this mark.").format(self.field.label))
            return
        last = self._shown[-1]
        self._send(last, replace(last, fragments=fragments_of(contents.article.text, ranges)))

    def _evidence(self, value: Value = None) -> Evidence:
        return Evidence(attribute=self.field.name, value=value)

    def _send(self, before: Evidence | None, after: Evidence | None, name: str = "") -> None:
        self.show_problem("")
        self.evidence_edited.emit(before, after, name)

    def _focus_changed(self, focused: bool) -> None:
        if focused and self.context.selection is not None and not self.box.line.text():
            self.box.line.open_list("")

    # -- chips ------------------------------------------------------------------------------------

    def _chip(self, place: int, evidence: Evidence) -> ChipData:
        quote, value = on_one_line(_quote(evidence)), evidence.value
        annotation = self.context.annotation
        ink = self.context.badge(annotation.type)[1] if annotation and quote else ""
        detail = str(value) if quote and value is not None and str(value) != quote else ""
        return ChipData(
            key=str(place),
            label=f"“{quote}”" if quote else str(value or ""),
            ink=ink,
            detail=detail,
            tool_tip=_quote(evidence) or self.tr("A value without words of its own"),
            opens=bool(self._attributes),
            is_open=place == self._open,
        )

    def _removed(self, key: str) -> None:
        self._send(self._shown[int(key)], None)

    def _toggle_details(self, key: str) -> None:
        if self._attributes:
            self.flush()
            self._open = -1 if self._open == int(key) else int(key)
            self.set_evidence(self.evidence)

    def _show_details(self) -> None:
        if self._open < 0:
            if self._details is not None:
                self._details.hide()
            return
        entry = self._shown[self._open]
        values = {**entry.attributes, _VALUE: entry.value}
        if self._details is None:
            self._details = Details(self._attributes, self.context, self)
            self._details.edited.connect(self._detail_edited)
            self.hold(self._details)
        # Another chip is another thing: what was typed for the last one is not typed for it.
        if self._details.isHidden() or self._details.property("place") != self._open:
            self._details.setProperty("place", self._open)
            self._details.start(values)
        else:
            self._details.set_values(values)
        self._details.show()

    def _detail_edited(self, attribute: Attribute, value: Value) -> None:
        if not 0 <= self._open < len(self._shown) or self._details is None:
            return
        before = self._shown[self._open]
        if attribute.name == _VALUE:
            after = replace(before, value=value)
        else:
            changed = {**before.attributes, attribute.name: value}
            kept = {name: single for name, single in changed.items() if single is not None}
            after = replace(before, attributes=kept)
        typed = self._details.fields[attribute.name].typed
        self._send(before, after, attribute.name if typed else "")


def _attributes(field: EvidenceField) -> tuple[Attribute, ...]:
    """Return what one piece of evidence is asked for: its value first."""
    if field.value_type == "none":
        return field.attributes
    kind: Literal["date", "text"] = "date" if field.value_type == "date" else "text"
    label = "Date" if kind == "date" else "Means"
    return Attribute(name=_VALUE, label=label, type=kind), *field.attributes


def _quote(evidence: Evidence) -> str:
    return " … ".join(fragment.text for fragment in evidence.fragments)
