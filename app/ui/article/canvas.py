"""Paints what the window shows of an article, from the bottom up."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath

from app.model.annotation import Annotation
from app.ui.article.geometry import Part
from app.ui.article.header import Header
from app.ui.article.layout import ArticleLayout, Row
from app.ui.article.paint import (
    Looks,
    Op,
    draw_list,
    paint_caret,
    paint_hover,
    paint_incomplete,
    paint_range,
    paint_range_ends,
    paint_selected,
    paint_unsure,
    run,
)
from app.ui.article.relations import Plan, paint_plan
from app.ui.badge import paint_letter
from app.ui.theme import font

_SENTENCE_BAR = 34
_NUMBER = 48


@dataclass(slots=True)
class Scene:
    """What is seen beside the text. Offsets are code points, places those of the document."""

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
    guesses: tuple[tuple[str, str], ...] = ()


class Canvas:
    """Paints a scene over a layout."""

    def __init__(self, layout: ArticleLayout, header: Header, scene: Scene) -> None:
        self._layout = layout
        self._header = header
        self.scene = scene

    def paint(self, painter: QPainter, clip: QRectF) -> None:
        """Paint what lies inside a rectangle of the document; the painter stands at its top."""
        theme, layout = self.scene.looks.theme, self._layout
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(clip, theme.color("paper"))
        left = layout.column[0]
        if clip.top() < layout.header:
            self._header.paint(painter, left, theme)
        reach = layout.metrics(40)
        rows = layout.rows_between(clip.top() - reach, clip.bottom() + reach)
        self._paint_gutter(painter, rows)
        for number in rows:
            self._paint_marks(painter, number, clip)
        self._paint_range(painter, rows)
        painter.setPen(theme.color("text"))
        layout.draw_text(painter, clip)
        self._paint_signs(painter, rows, clip)
        self._paint_states(painter)

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
        if self.scene.sentence is not None:
            self._paint_sentence_bar(painter, rows, self.scene.sentence)

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
        ops = row.ops.get((chunk, selected))
        if ops is None:
            ops = row.ops[chunk, selected] = draw_list(
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
        elif scene.caret is not None:
            paint_caret(painter, self._layout.caret(scene.caret), metrics, theme.color("text"))

    def _paint_signs(self, painter: QPainter, rows: range, clip: QRectF) -> None:
        """Paint what hangs at single marks: missing fields, doubts, the letters of a slot."""
        scene, layout = self.scene, self._layout
        for number in rows:
            row, top = layout.row(number), layout.top(number)
            for chunk in row.chunk_range(clip.top() - top, clip.bottom() - top):
                for part in row.chunk(chunk):
                    if part.closes and part.type not in scene.hidden:
                        self._paint_sign(painter, part, number)

    def _paint_sign(self, painter: QPainter, part: Part, number: int) -> None:
        scene, layout = self.scene, self._layout
        annotation = layout.index.get(part.mark)
        if annotation is None:
            return
        unsure, incomplete = annotation.certainty == "unsure", part.mark in scene.incomplete
        if not unsure and not incomplete:
            return
        here = part._replace(
            x0=part.x0 + layout.column[0],
            x1=part.x1 + layout.column[0],
            baseline=part.baseline + layout.top(number),
        )
        look, theme = scene.looks[part.type], scene.looks.theme
        if incomplete:
            paint_incomplete(painter, here, layout.metrics, look, theme.color("paper"))
        if unsure:
            paint_unsure(painter, here, layout.metrics, look, theme)

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
                painter, parts, metrics, look, theme.color("paper"), handles=scene.handles
            )
            paint_plan(painter, scene.plan, metrics, look, theme, letter=scene.letter)
        for letter, mark in scene.letters.items():
            annotation = layout.index.get(mark)
            part = (
                next((p for p in layout.parts(annotation) if p.opens), None) if annotation else None
            )
            if part is not None:
                self._paint_letter(painter, part, letter)

    def _paint_letter(self, painter: QPainter, part: Part, letter: str) -> None:
        theme, metrics = self.scene.looks.theme, self._layout.metrics
        x0, _, x1, _ = metrics.box(part)
        size = QPointF(metrics(16), metrics(15))
        x = x1 - size.x() if part.rtl else x0
        rect = QRectF(x, part.baseline - metrics(31.5), size.x(), size.y())
        halo = QPainterPath()
        halo.addRoundedRect(rect.adjusted(-1, -1, 1, 1), 5, 5)
        painter.fillPath(halo, theme.color("paper"))
        paint_letter(
            painter, rect, letter, (theme.color("text"), theme.color("paper")), 10.5 * metrics.zoom
        )
