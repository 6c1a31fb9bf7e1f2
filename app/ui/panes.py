"""The panes of the desk side by side: their widths, the queue as a rail, the form as a drawer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSplitter, QWidget
from typing_extensions import override

from app.ui.article.strip import Strip
from app.ui.article.view import ArticleView
from app.ui.flap import WIDTH as FLAP
from app.ui.flap import Flap
from app.ui.form.inspector import Inspector
from app.ui.form.outline import Outline
from app.ui.queue.panel import QueuePanel
from app.ui.readerbar import ReaderBar

if TYPE_CHECKING:
    from app.ui.search.panel import SearchPanel

LEFT = 268
"""Width of the queue."""
_RAIL, _FORM = 44, 376
_PANES, _WIDEST = 3, 640
_DRAWER = 900
"""Below this width the form slides over the text."""
_SIDE, _MIDDLE, _NARROW = 300, 350, 1100
"""Smallest widths of the panes. Fixed, because the text must not move when the form changes."""
_READABLE = 620
"""Width of the text from which on a form that had to shrink gets its own width back."""


class Panes(QWidget):
    """Queue or search, article, form and outline; `lay_out` puts them beside each other."""

    queue: QueuePanel
    found: "SearchPanel | None"
    """The search over all articles, made when it is first asked for; it hides the queue."""
    reader: ReaderBar
    view: ArticleView
    inspector: Inspector
    outline: Outline

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_narrow = self._is_drawer = False
        self._form_width = _FORM
        """What the form is given where there is room: the design's width, or what was dragged."""
        self._flap = Flap()
        self._side = QSplitter(Qt.Orientation.Vertical)
        self._nothing = QLabel("No article is open. Ctrl+I imports articles.")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setProperty("class", "label paper")
        self.panes = QSplitter(Qt.Orientation.Horizontal)

    def lay_out(self, middle: QWidget, strip: Strip) -> None:
        """Put the queue, what stands in the middle, and the form beside each other."""
        self._strip = strip
        side = self._side
        side.addWidget(self.inspector)
        side.addWidget(self.outline)
        side.setSizes([470, 330])
        side.setMinimumWidth(_SIDE)
        side.setAutoFillBackground(True)  # where it slides over the text
        middle.setMinimumWidth(_MIDDLE)
        for pane, stretch in ((self.queue, 0), (middle, 1), (side, 0)):
            self.panes.addWidget(pane)
            self.panes.setStretchFactor(self.panes.count() - 1, stretch)
        self.panes.setSizes([LEFT, 796, _FORM])
        self.panes.splitterMoved.connect(self._keep_form_width)
        for splitter in (self.panes, side):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        across = flush(QHBoxLayout(self))
        across.addWidget(self.panes, 1)
        across.addWidget(self._flap)
        self._flap.hide()

    def _show_panes(self, *, article: bool) -> None:
        """Show what is about an article only while one is open."""
        for pane in (self.view, self.reader, self._strip):
            pane.setVisible(article)
        self._side.setVisible(article and not self._is_drawer)
        self._flap.setVisible(article and self._is_drawer)
        self._nothing.setVisible(not article)

    def _fold_queue(self, width: int) -> None:
        """Fold the queue to a rail where the window is too narrow for three panes, and back."""
        is_narrow = width < _NARROW
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._set_rail(is_narrow)

    def _set_rail(self, on: bool) -> None:
        self.queue.set_rail(on)
        sizes = self.panes.sizes()
        place = self.panes.indexOf(self.queue)
        more = sizes[place] - (_RAIL if on else LEFT)
        sizes[place] -= more
        sizes[place + 1] += more
        self.panes.setSizes(sizes)

    def _fold_form(self, width: int) -> None:
        """Let the form slide over the text where the window has no room beside it."""
        is_drawer = width < _DRAWER
        if is_drawer != self._is_drawer:
            self._is_drawer = is_drawer
            has_article = not self.view.isHidden()
            if is_drawer:
                self._side.setParent(self)
                self._side.hide()
            else:
                self.panes.addWidget(self._side)
                self._side.setVisible(has_article)
            self._flap.setVisible(is_drawer and has_article)
        if is_drawer:
            room = width - FLAP
            self._side.setGeometry(max(0, room - _FORM), 0, min(_FORM, room), self.height())

    def _keep_form_width(self) -> None:
        if sizes := self.pane_sizes():
            self._form_width = sizes[-1]

    def _widen_form(self) -> None:
        """Give the form back what a narrow window took from it."""
        place = self.panes.indexOf(self._side)
        if place < 1 or self._side.isHidden():
            return
        sizes = self.panes.sizes()
        more = min(self._form_width - sizes[place], sizes[place - 1] - _READABLE)
        if sizes[place] and more > 0:
            sizes[place] += more
            sizes[place - 1] -= more
            self.panes.setSizes(sizes)

    def _open_drawer(self) -> None:
        if self._is_drawer and not self.view.isHidden():
            self._side.show()
            self._side.raise_()

    def _toggle_drawer(self) -> None:
        if self._side.isHidden():
            self._open_drawer()
        else:
            self._close_drawer()

    def _close_drawer(self) -> None:
        if self._is_drawer:
            self._side.hide()
        self.view.setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_queue(self.width())
        self._fold_form(self.width())
        QTimer.singleShot(0, self, self._widen_form)  # the panes have their new sizes then

    def _back_to_text(self) -> None:
        """Leave the queue, which folds up again where there is no room for it."""
        if self._is_narrow and not self.queue.rail:
            self._set_rail(True)
        self.view.setFocus()

    def pane_sizes(self) -> list[int]:
        """Return the widths of queue, text and form; empty where they are not side by side."""
        if self._is_narrow or self._is_drawer or self.panes.width() == 0:
            return []
        widgets = (self.panes.widget(n) for n in range(self.panes.count()))
        sizes = dict(zip(widgets, self.panes.sizes(), strict=True))
        left = sizes.get(self.queue, 0)
        if self.found is not None and self.found.isVisible():
            left = sizes.get(self.found, 0)
        middle = self.panes.widget(self.panes.indexOf(self.queue) + 1)
        return [left or LEFT, sizes.get(middle, 0), sizes.get(self._side, 0)]

    def sizes_to_keep(self) -> list[int]:
        """Return the widths for the next start: the form's own, though it had to shrink."""
        sizes = self.pane_sizes()
        return [*sizes[:2], max(sizes[2], self._form_width)] if sizes else []

    def restore_sizes(self, sizes: Sequence[int]) -> None:
        """Take the widths of the last start."""
        if self.set_pane_sizes(sizes):
            self._form_width = max(sizes[2], _SIDE)

    def set_pane_sizes(self, sizes: Sequence[int]) -> bool:
        """Take widths of queue, text and form if they make sense; tell whether they do."""
        makes_sense = len(sizes) == _PANES and min(sizes) > 0 and max(sizes[0], sizes[2]) <= _WIDEST
        if makes_sense:
            self.panes.setSizes([0] * (self.panes.count() - _PANES) + list(sizes))
        return makes_sense

    def in_order(self) -> list[QWidget]:
        """Return all panes in the order in which Tab goes."""
        found = [] if self.found is None else [self.found]
        return [
            *found,
            self.queue,
            self.reader,
            self.view,
            self.inspector,
            self.outline,
            self._flap,
        ]

    def cycle_pane(self, step: int) -> None:
        """Move the focus to the next pane that takes it: queue, article, form, outline."""
        every = (self.found, self.queue, self.view, self.inspector, self.outline)
        panes = [pane for pane in every if pane is not None and self._can_show(pane)]
        here = next((n for n, pane in enumerate(panes) if self._has_focus(pane)), 0)
        for far in range(1, len(panes)):
            pane = panes[(here + step * far) % len(panes)]
            if pane in (self.inspector, self.outline):
                self._open_drawer()
            pane.setFocus(Qt.FocusReason.TabFocusReason)  # each pane knows where in it
            if self._has_focus(pane):
                return

    def _can_show(self, pane: QWidget) -> bool:
        """Tell whether a pane is shown, or would be as soon as the drawer is open."""
        in_drawer = self._flap.isVisible() and pane in (self.inspector, self.outline)
        return not pane.isHidden() if in_drawer else pane.isVisible()

    def _has_focus(self, pane: QWidget) -> bool:
        focus: QWidget | None = self.window().focusWidget()
        return focus is not None and holds(pane, focus)


def holds(pane: QWidget, widget: QWidget) -> bool:
    """Tell whether a widget is a pane, or lies in it."""
    return pane is widget or pane.isAncestorOf(widget)


def flush(layout: QBoxLayout) -> QBoxLayout:
    """Return a layout without margins and gaps."""
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return layout
