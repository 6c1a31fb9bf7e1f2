"""The merged text: settled marks on the words, and a track of each annotator below every line."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget
from typing_extensions import override

from app.agreement.disagreements import Case
from app.model.annotation import GOLD, Annotation
from app.model.codebook import Codebook
from app.model.wording import initials
from app.ui.article.geometry import Metrics, Part
from app.ui.article.header import Header
from app.ui.article.layout import is_right_to_left
from app.ui.article.paint import Looks, draw_list, paint_range, run
from app.ui.compare.lines import Lines
from app.ui.compare.tracks import Boxed, boxes, paint_box, paint_marks, paint_tracks
from app.ui.compare.words import KINDS
from app.ui.theme import LIGHT, Theme
from app.workspace.adjudicating import Comparing

_SCROLL_STEP = 35
_MARGIN_SHOWN = 120


class MergedText(QAbstractScrollArea):
    """Shows an article as it is compared; a click on a frame says which case is meant."""

    case_chosen = Signal(str)
    """The key of a `Case`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().setSingleStep(_SCROLL_STEP)
        self.viewport().setMouseTracking(True)
        self._theme: Theme = LIGHT
        self._codebook: Codebook | None = None
        self._looks = Looks(LIGHT, None)
        self._metrics = Metrics()
        self._header = Header()
        self._comparing: Comparing | None = None
        self._numbers: dict[str, int] = {}
        self._current = ""
        self._draft: tuple[tuple[int, int], ...] = ()
        self.lines = Lines()
        self._boxes: list[Boxed] = []
        self._settled: list[Annotation] = []
        self._settled_parts: list[Part] = []
        self._tracked: list[tuple[Annotation, int, bool]] = []
        self._laid_for: tuple[object, ...] = ()
        self._outlined = False

    def load(self, comparing: Comparing | None, codebook: Codebook | None) -> None:
        """Take another article, or none."""
        self._comparing, self._codebook = comparing, codebook
        self._make_looks()
        lanes = (
            frozenset(t.name for t in codebook.types if t.underline == "lane")
            if codebook
            else frozenset()
        )
        article = comparing.article if comparing else None
        rtl = article is not None and is_right_to_left(article.language, article.text)
        self._header.load(article, rtl=rtl)
        self.lines.load(article.text if article else "", lanes, rtl=rtl)
        self._laid_for = ()
        self.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        """Show what is settled now."""
        comparing = self._comparing
        self._numbers, self._settled = {}, []
        if comparing is not None:
            self._numbers = {case.key: n for n, case in enumerate(comparing.differing, 1)}
            gold = [one for one in comparing.contents.annotations if one.layer == GOLD]
            agreed = [c.annotations[0] for c in comparing.alike if comparing.decision(c) is None]
            self._settled = [*gold, *agreed]
        self._tracked = self._marks(comparing) if comparing is not None else []
        self._lay()

    def show_case(self, key: str, *, reveal: bool = True) -> None:
        """Frame a case as the current one and scroll to it."""
        self._current = key
        self._find_boxes()
        box = next((box for box in self._boxes if box.case.key == key), None)
        if reveal and box is not None:
            bar, height = self.verticalScrollBar(), self.viewport().height()
            top, bottom = int(box.rect.top()), int(box.rect.bottom())
            if top - _MARGIN_SHOWN < bar.value():
                bar.setValue(top - _MARGIN_SHOWN)
            elif bottom + _MARGIN_SHOWN > bar.value() + height:
                bar.setValue(bottom + _MARGIN_SHOWN - height)
        self.viewport().update()

    def show_draft(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Show which words are about to be taken; none: nothing is being edited."""
        self._draft = tuple(ranges)
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self._make_looks()
        self.viewport().update()

    def set_high_contrast(self, *, on: bool) -> None:
        """Outline the marks instead of filling them, with letters on them."""
        self._outlined = on
        self._make_looks()
        self.viewport().update()

    def _make_looks(self) -> None:
        self._looks = Looks(self._theme, self._codebook, outlined=self._outlined)

    def set_zoom(self, zoom: float) -> None:
        """Take another size of the text; 1 is 100 %."""
        self._metrics = Metrics(zoom)
        self._lay()

    def box_of(self, key: str) -> QRectF | None:
        """Return the frame of a case in the viewport."""
        box = next((box for box in self._boxes if box.case.key == key), None)
        return box.rect.translated(0, -self.verticalScrollBar().value()) if box else None

    def _lay(self) -> None:
        width = float(self.viewport().width())
        tracks = len(self._comparing.layers) if self._comparing else 0
        column = Lines.column_width(width, self._metrics)
        header = self._header.height(column, self._metrics)
        wanted = (width, self._metrics, tracks, header)
        if wanted != self._laid_for:  # a decision moves no line
            self.lines.lay(width, self._metrics, tracks, header)
            self._laid_for = wanted
        self._settled_parts = self.lines.together(self._settled)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(self.lines.height) - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        self._find_boxes()
        self.viewport().update()

    def _find_boxes(self) -> None:
        """Frame every case on the lines it stands on; statements only while they are current."""
        self._boxes = []
        for case in self._comparing.differing if self._comparing else ():
            lane = self._looks[case.type].underline == "lane"
            if case.key == self._current or not lane:
                self._boxes += boxes(self.lines, case)

    @override
    def sizeHint(self) -> QSize:
        return QSize(700, 600)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shift = self.verticalScrollBar().value()
        clip = QRectF(event.rect()).translated(0, shift)
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), self._theme.color("paper"))
            painter.translate(0, -shift)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._comparing is not None:
                self._paint(painter, clip, self._comparing)

    def _paint(self, painter: QPainter, clip: QRectF, comparing: Comparing) -> None:
        lines, theme = self.lines, self._theme
        self._header.paint(painter, lines.left, theme)
        names = [initials(layer) for layer in comparing.layers]
        paint_tracks(painter, lines, names, clip, theme)
        paint_marks(painter, lines, self._tracked, clip, self._looks)
        above, below = clip.top() - lines.pitch, clip.bottom() + lines.pitch
        parts = [part for part in self._settled_parts if above <= part.baseline <= below]
        run(painter, draw_list(parts, lines.metrics, self._looks, selected=None))
        for start, end in self._draft:
            stretches = lines.stretches(start, end)
            paint_range(painter, stretches, lines.metrics, theme.color("sel-text"))
        painter.setPen(theme.color("text"))
        lines.paint_text(painter, clip)
        painter.setPen(theme.color("text-3"))
        lines.paint_numbers(painter, clip)
        for box in sorted(self._boxes, key=lambda box: box.case.key == self._current):
            if box.rect.intersects(clip.adjusted(0, -20, 0, 20)):
                paint_box(
                    painter,
                    box,
                    self._numbers.get(box.case.key, 0),
                    theme,
                    current=box.case.key == self._current,
                    settled=comparing.decision(box.case) is not None,
                )

    @staticmethod
    def _marks(comparing: Comparing) -> list[tuple[Annotation, int, bool]]:
        track = {layer: n for n, layer in enumerate(comparing.layers)}
        return [
            (annotation, track[annotation.layer], case.kind == "alike")
            for case in (*comparing.alike, *comparing.differing)
            for annotation in case.annotations
        ]

    def _case_at(self, point: QPointF) -> Case | None:
        place = point + QPointF(0, self.verticalScrollBar().value())
        found = [box for box in self._boxes if box.rect.adjusted(0, -8, 8, 0).contains(place)]
        found.sort(key=lambda box: box.rect.width())
        return found[0].case if found else None

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        case = self._case_at(event.position())
        if case is not None and event.button() == Qt.MouseButton.LeftButton:
            self.case_chosen.emit(case.key)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QMouseEvent):
            return True
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            case = self._case_at(event.position())
            shape = Qt.CursorShape.PointingHandCursor if case else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            tip = f"{self._numbers.get(case.key, 0)}: {KINDS.get(case.kind, '')}" if case else ""
            QToolTip.showText(event.globalPosition().toPoint(), tip, self)
        return super().viewportEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by pages; every other key belongs to the pane that this stands in."""
        if event.key() in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            super().keyPressEvent(event)
        else:
            event.ignore()
