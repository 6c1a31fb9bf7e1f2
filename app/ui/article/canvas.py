"""Paints what the window shows of an article, from the bottom up."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath

from app.model.annotation import Annotation
from app.model.wording import initials
from app.ui.article.geometry import Metrics, Part, moved
from app.ui.article.header import Header
from app.ui.article.layout import ArticleLayout, Row
from app.ui.article.loose import (
    Letters,
    paint_found,
    paint_guess,
    paint_other,
    paint_rubber,
    paint_suggestion,
)
from app.ui.article.paint import (
    Looks,
    Op,
    draw_list,
    handle_at,
    paint_badge_letter,
    paint_caret,
    paint_changed,
    paint_hover,
    paint_incomplete,
    paint_range,
    paint_range_ends,
    paint_selected,
    paint_unsure,
    paint_veil,
    run,
)
from app.ui.article.relations import Plan, paint_plan, paint_suggested_plan
from app.ui.article.tiles import HEIGHT, Place, Tiles
from app.ui.theme import Theme, font

_SENTENCE_BAR = 34
_NUMBER = 48
_RIBBON = 92
REACH = 40
"""How far marks of a row may hang over its edges."""


@dataclass(slots=True)
class Scene:
    """What is seen beside the text. Offsets are code points, places those of the document.

    `letters` are on marks (id by letter), `hints` on words (range by letter). `guess` is the mark
    that Enter would put into the open slot.
    `suggestion` is the id of the selected one. `found` are ranges in reading order, `found_now` the
    one of them that the search stands on. `fading` is how much of a fill is there, by mark.
    `rubber` is the line of a link that is being drawn, `bookmarks` are offsets.
    """

    looks: Looks
    selected: Annotation | None = None
    hovered: Annotation | None = None
    range: tuple[int, int] | None = None
    caret: int | None = None
    sentence: tuple[int, int] | None = None
    handles: bool = True
    letter: str = ""
    hidden: frozenset[str] = frozenset()
    incomplete: frozenset[str] = frozenset()
    letters: Mapping[str, str] = field(default_factory=dict)
    plan: Plan = field(default_factory=Plan)
    hints: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    guess: str | None = None
    suggestion: str | None = None
    found: Sequence[tuple[int, int]] = ()
    found_now: tuple[int, int] | None = None
    fading: Mapping[str, float] = field(default_factory=dict)
    rubber: tuple[QPointF, QPointF] | None = None
    bookmarks: Sequence[int] = ()


class Badges:
    """Puts the letters of types before marks, one beside the other where several begin."""

    def __init__(
        self, painter: QPainter, metrics: Metrics, scene: Scene, beside: Sequence[QRectF] = ()
    ) -> None:
        """Paint none that would lie over one of `beside`."""
        self._painter = painter
        self._beside = beside
        self._metrics = metrics
        self._looks = scene.looks
        self._taken: set[tuple[float, float]] = set()

    def put(self, part: Part) -> None:
        """Paint the letter of a mark that begins with this part."""
        metrics, looks = self._metrics, self._looks
        x0, _, x1, _ = metrics.box(part)
        step = metrics(-11 if part.rtl else 11)
        x, y = x1 - metrics(10) if part.rtl else x0, part.baseline - metrics(24.5)
        while any(abs(x - other) < metrics(10.5) and y == line for other, line in self._taken):
            x += step
        self._taken.add((x, y))
        if any(rect.intersects(QRectF(x, y, metrics(10), metrics(10))) for rect in self._beside):
            return
        colours = looks[part.type].ink, looks.theme.color("ink-fg")
        letter = looks.letter(part.type)
        paint_badge_letter(self._painter, QPointF(x, y), letter, metrics, colours)


class Canvas:
    """Paints a scene over a layout."""

    def __init__(self, layout: ArticleLayout, header: Header, scene: Scene) -> None:
        self._layout = layout
        self._header = header
        self.scene = scene
        self.tiles = Tiles(self._paint_still)

    def paint(self, painter: QPainter, clip: QRectF, seen: QRectF) -> None:
        """Paint what lies inside a rectangle of the document; the painter stands at its top.

        `seen` is the window in the document.
        """
        rows = self._rows(clip)
        painter.setClipRect(clip)
        self.tiles.paint(painter, clip, seen=seen, place=self._place, moving=self._moving(rows))
        painter.setClipRect(clip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.scene.sentence is not None:
            self._paint_sentence_bar(painter, rows, self.scene.sentence)
        self._paint_bookmarks(painter, rows)
        self._paint_caret(painter)
        self._paint_states(painter)
        if self.scene.looks.letters and not self.scene.plan.lines.isEmpty():
            self._paint_badges(painter, rows, clip, self._over_badges())
        if self.scene.rubber is not None:
            paint_rubber(painter, *self.scene.rubber, self._layout.metrics, theme=self._theme)
        self._paint_letters(painter, rows)

    @property
    def _theme(self) -> Theme:
        return self.scene.looks.theme

    def prepare(self, seen: QRectF, ratio: float) -> bool:
        """Paint ahead what lies next to the window; tell whether there was anything to do."""
        near = self._rows(seen.adjusted(0, -HEIGHT, 0, HEIGHT))
        return self.tiles.prepare(seen, ratio, self._place, self._moving(near))

    def _rows(self, clip: QRectF) -> range:
        reach = self._layout.metrics(REACH)
        return self._layout.rows_between(clip.top() - reach, clip.bottom() + reach)

    def _place(self, top: float, bottom: float) -> Place | None:
        """Return which rows stand between two heights and where; None where one is not laid."""
        layout = self._layout
        rows = self._rows(QRectF(0, top, 1, bottom - top))
        if any(layout.laid(number) is None for number in rows):
            return None
        return tuple((number, layout.top(number)) for number in rows)

    def _moving(self, rows: range) -> Iterator[tuple[float, float]]:
        """Yield the heights between which something lies below the text that changes often."""
        scene, layout = self.scene, self._layout
        spans = [scene.range, scene.found_now, *(self._found_in(rows))]
        spans += [
            (mark.start, mark.end)
            for m in scene.fading
            if (mark := layout.index.get(m)) is not None
        ]
        for span in spans:
            if span is not None and layout.text.rows:
                first, last = layout.text.rows.at(span[0]), layout.text.rows.at(span[1])
                yield layout.top(first), layout.top(last) + layout.height(last)

    def _paint_still(self, painter: QPainter, clip: QRectF) -> None:
        """Paint all but what is painted anew each time."""
        theme, layout = self.scene.looks.theme, self._layout
        painter.setClipRect(clip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(clip, theme.color("paper"))
        if clip.top() < layout.header:
            self._header.paint(painter, layout.column[0], theme)
        rows = self._rows(clip)
        self._paint_gutter(painter, rows)
        for number in rows:
            self._paint_marks(painter, number, clip)
        self._paint_fading(painter)
        self._paint_found(painter, rows)
        self._paint_range(painter, rows)
        painter.setPen(theme.color("text"))
        layout.draw_text(painter, clip)
        self._paint_signs(painter, rows, clip)
        for number in rows:
            self._paint_loose(painter, number, clip)

    def _paint_gutter(self, painter: QPainter, rows: range) -> None:
        layout, theme, metrics = self._layout, self.scene.looks.theme, self._layout.metrics
        left, width = layout.column
        chosen = font("ui", 11 * metrics.zoom, tabular=True)
        digit = QFontMetricsF(chosen).horizontalAdvance("0")
        painter.setFont(chosen)
        painter.setPen(theme.color("line-3"))
        for number in rows:
            shown, row = layout.text.rows.numbers[number], layout.row(number)
            if shown and row.baselines:
                words = str(shown)
                beside = (
                    left + width + _NUMBER if layout.rtl else left - _NUMBER - digit * len(words)
                )
                y = layout.top(number) + row.baselines[0] - metrics(2)
                painter.drawText(QPointF(beside, y), words)

    def _paint_sentence_bar(
        self, painter: QPainter, rows: range, sentence: tuple[int, int]
    ) -> None:
        layout, metrics = self._layout, self._layout.metrics
        here = [bl for _, _, bl in layout.stretches(*sentence, rows)]
        if not here:
            return
        left, width = layout.column
        x = left + width + _SENTENCE_BAR - 3 if layout.rtl else left - _SENTENCE_BAR
        top, bottom = min(here) - metrics(15), max(here) + metrics(6)
        path = QPainterPath()
        path.addRoundedRect(QRectF(x, top, 3, bottom - top), 1.5, 1.5)
        painter.fillPath(path, self.scene.looks.theme.color("line-3"))

    def _paint_bookmarks(self, painter: QPainter, rows: range) -> None:
        """Paint a ribbon beside each line where a bookmark is."""
        layout, metrics = self._layout, self._layout.metrics
        if not self.scene.bookmarks or not rows:
            return
        left, width = layout.column
        x = left + width + _RIBBON - metrics(9) if layout.rtl else left - _RIBBON
        for offset in self.scene.bookmarks:
            if layout.text.rows.at(offset) not in rows:
                continue
            top = layout.caret(offset).top() + metrics(3)
            path = QPainterPath(QPointF(x, top))
            for dx, dy in ((9, 0), (9, 14), (4.5, 10), (0, 14)):
                path.lineTo(x + metrics(dx), top + metrics(dy))
            path.closeSubpath()
            painter.fillPath(path, self._theme.color("text-2"))

    def _paint_marks(self, painter: QPainter, number: int, clip: QRectF) -> None:
        layout, row = self._layout, self._layout.row(number)
        if not row.marks:
            return
        left, top = layout.column[0], layout.top(number)
        painter.save()
        painter.translate(left, top)
        for chunk in row.chunk_range(clip.top() - top, clip.bottom() - top):
            run(painter, self._ops(row, chunk))
        painter.restore()

    def _ops(self, row: Row, chunk: int) -> tuple[Op, ...]:
        scene = self.scene
        selected = scene.selected.id if scene.selected else None
        if selected is not None and all(mark.id != selected for mark in row.marks):
            selected = None
        ops = row.own.ops.get((chunk, selected))
        if ops is None:
            ops = row.own.ops[chunk, selected] = draw_list(
                row.chunk(chunk),
                self._layout.metrics,
                scene.looks,
                selected=selected,
                hidden=scene.hidden,
            )
        return ops

    def _paint_range(self, painter: QPainter, rows: range) -> None:
        scene, theme, metrics = self.scene, self.scene.looks.theme, self._layout.metrics
        if scene.range is not None:
            stretches = list(self._layout.stretches(*scene.range, rows))
            paint_range(painter, stretches, metrics, theme.color("sel-text"))
            carets = self._layout.caret(scene.range[0]), self._layout.end_caret(scene.range[1])
            paint_range_ends(painter, carets, metrics, theme.color("text"))

    def _paint_caret(self, painter: QPainter) -> None:
        scene, layout = self.scene, self._layout
        if scene.range is None and scene.caret is not None:
            ink = scene.looks.theme.color("text")
            paint_caret(painter, layout.caret(scene.caret), layout.metrics, ink)

    def _paint_signs(self, painter: QPainter, rows: range, clip: QRectF) -> None:
        """Paint what hangs at single marks: letters, missing fields, doubts, changed words."""
        scene, layout = self.scene, self._layout
        incomplete: dict[str, list[Part]] = {}
        left = layout.column[0]
        for part, top in self._ends(rows, clip):
            if part.closes and part.mark in scene.incomplete:
                incomplete.setdefault(part.type, []).append(moved(part, left, top))
            if part.closes:
                self._paint_sign(painter, part, top)
        if scene.looks.letters:
            self._paint_badges(painter, rows, clip)
        paper = scene.looks.theme.color("paper")
        for name, parts in incomplete.items():
            paint_incomplete(painter, parts, layout.metrics, scene.looks[name], paper)

    def _ends(self, rows: range, clip: QRectF) -> Iterator[tuple[Part, float]]:
        """Yield the parts with which marks begin or end, and the top of their row."""
        layout, reach = self._layout, self._layout.metrics(REACH)
        for number in rows:
            row, top = layout.row(number), layout.top(number)
            for chunk in row.chunk_range(clip.top() - top, clip.bottom() - top):
                for part in row.chunk(chunk):
                    is_end = (part.closes or part.opens) and part.type not in self.scene.hidden
                    at = part.baseline + top
                    if is_end and clip.top() - reach <= at <= clip.bottom() + reach:
                        yield part, top

    def _paint_badges(
        self, painter: QPainter, rows: range, clip: QRectF, beside: Sequence[QRectF] = ()
    ) -> None:
        layout = self._layout
        badges = Badges(painter, layout.metrics, self.scene, beside)
        for part, top in self._ends(rows, clip):
            if part.opens:
                badges.put(moved(part, layout.column[0], top))

    def _over_badges(self) -> list[QRectF]:
        """Return what of the selected mark and its links lies over letters: chips and handles."""
        scene, metrics = self.scene, self._layout.metrics
        found = [chip.rect for chip in scene.plan.chips]
        if scene.selected is not None and scene.handles:
            ring = metrics(5.4)
            for part in self._layout.parts(scene.selected):
                ends = [start for start in (True, False) if (part.opens if start else part.closes)]
                places = [handle_at(part, metrics, start=start) for start in ends]
                found += [QRectF(p.x() - ring, p.y() - ring, 2 * ring, 2 * ring) for p in places]
        return found

    def _paint_sign(self, painter: QPainter, part: Part, top: float) -> None:
        scene, layout = self.scene, self._layout
        annotation = layout.index.get(part.mark)
        if annotation is None:
            return
        if annotation.certainty == "unsure":
            here = moved(part, layout.column[0], top)
            paint_unsure(painter, here, layout.metrics, scene.looks[part.type], scene.looks.theme)
        text = layout.text.text
        for start, end, words in annotation.fragments:
            if text[start:end] != words:
                theme = scene.looks.theme
                paint_changed(painter, layout.parts(annotation), layout.metrics, theme)
                break

    def _paint_states(self, painter: QPainter) -> None:
        scene, layout, metrics = self.scene, self._layout, self._layout.metrics
        theme = scene.looks.theme
        selected = scene.selected
        if scene.hovered is not None and scene.hovered.type not in scene.hidden:
            paint_hover(
                painter, layout.parts(scene.hovered), metrics, scene.looks[scene.hovered.type]
            )
        if selected is not None and selected.type not in scene.hidden:
            look = scene.looks[selected.type]
            parts = layout.parts(selected)
            paint_selected(
                painter,
                parts,
                metrics,
                look,
                theme.color("paper"),
                handles=scene.handles,
                width=3.4 if scene.looks.outlined else 1.6,
            )
            paint_plan(painter, scene.plan, metrics, look, theme, letter=scene.letter)
        suggested = layout.loose.get("suggested")
        chosen = suggested.get(scene.suggestion) if suggested is not None else None
        if chosen is not None and chosen.type not in scene.hidden:
            look = scene.looks[chosen.type]
            paint_suggested_plan(painter, scene.plan, metrics, look, theme, letter=scene.letter)
        guess = layout.index.get(scene.guess)
        if guess is not None and selected is not None:
            ink = scene.looks[selected.type].ink
            paint_guess(painter, layout.parts(guess), metrics, ink)

    def _paint_fading(self, painter: QPainter) -> None:
        """Veil the fills that are still coming in."""
        for mark, share in self.scene.fading.items():
            if (annotation := self._layout.index.get(mark)) is not None:
                veil = self.scene.looks.theme.color("paper")
                veil.setAlphaF(1 - share)
                paint_veil(painter, self._layout.parts(annotation), self._layout.metrics, veil)

    def _found_in(self, rows: range) -> Iterator[tuple[int, int]]:
        """Yield the ranges found that touch some rows."""
        found, text = self.scene.found, self._layout.text
        if not rows or not found:
            return
        first, last = text.rows.starts[rows.start], text.rows.ends[rows.stop - 1]
        place = bisect_left(found, (first, first))
        place -= place > 0 and found[place - 1][1] > first
        while place < len(found) and found[place][0] < last:
            yield found[place]
            place += 1

    def _paint_found(self, painter: QPainter, rows: range) -> None:
        scene, layout = self.scene, self._layout
        theme, metrics = scene.looks.theme, layout.metrics
        others = (found for found in self._found_in(rows) if found != scene.found_now)
        stretches = chain.from_iterable(layout.stretches(*found, rows) for found in others)
        paint_found(painter, stretches, metrics, theme, here=False)
        if scene.found_now is not None:
            here = layout.stretches(*scene.found_now, rows)
            paint_found(painter, here, metrics, theme, here=True)

    def _paint_loose(self, painter: QPainter, number: int, clip: QRectF) -> None:
        """Paint the suggestions and the marks of others over a row, each with all its parts."""
        scene, layout = self.scene, self._layout
        metrics, looks = layout.metrics, scene.looks
        for kind in layout.loose:
            parts: dict[str, list[Part]] = {}
            for part in layout.loose_parts(number, kind, clip.top(), clip.bottom()):
                if part.type not in scene.hidden:
                    parts.setdefault(part.mark, []).append(part)
            for mark, here in parts.items():
                if kind == "suggested":
                    chosen = mark == scene.suggestion
                    paint_suggestion(painter, here, metrics, looks, chosen=chosen)
                elif (other := layout.loose[kind].get(mark)) is not None:
                    paint_other(painter, here, metrics, looks, name=initials(other.layer))

    def _paint_letters(self, painter: QPainter, rows: range) -> None:
        """Paint the keys on marks that may fill a slot, and on words that may be tagged."""
        scene, layout = self.scene, self._layout
        letters = Letters(painter, layout.metrics, scene.looks.theme)
        for letter, mark in scene.letters.items():
            annotation = layout.index.get(mark)
            parts = layout.parts(annotation) if annotation else []
            if (part := next((p for p in parts if p.opens), None)) is not None:
                x0, _, x1, _ = layout.metrics.box(part)
                letters.put(letter, x1 if part.rtl else x0, part.baseline, rtl=part.rtl)
        for letter, (start, end) in scene.hints.items():
            if here := list(layout.stretches(start, end, rows)):
                number = layout.text.rows.at(start)
                rtl = layout.row(number).rtl
                x0, x1, baseline = here[0]
                beside = layout.metrics(2.5)
                letters.put(letter, x1 + beside if rtl else x0 - beside, baseline, rtl=rtl)
                if " " in layout.text.text[start:end]:
                    letters.underline(here)
