"""The order in which Tab goes: pane by pane, and in each as one reads, whenever it was made.

Qt goes by when widgets were made; a form that unfolds makes some late. So the order is taken from
the layouts at the moment Tab is pressed; there is nothing to keep up to date.
"""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)


def stops(panes: Iterable[QWidget]) -> list[QWidget]:
    """Return what takes the keyboard by Tab, pane by pane, each in the order of its layouts."""
    return [stop for pane in panes for stop in _in_order(pane)]


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible():
        return
    if _is_stop(widget):
        yield widget
    for part in _parts(widget):
        if not part.isWindow():
            yield from _in_order(part)


def _is_stop(widget: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isEnabled()
        and widget.focusProxy() is None
    )


def _parts(widget: QWidget) -> list[QWidget]:
    """Return the children in reading order; what lies over the others comes last."""
    match widget:
        case QSplitter():
            first = [widget.widget(n) for n in range(widget.count())]
        case QStackedWidget():
            first = [widget.currentWidget()]
        case QScrollArea():
            first = [widget.widget()]
        case _:
            layout = widget.layout()
            first = list(_laid_out(layout)) if layout is not None else []
    known = [part for part in first if part is not None]
    if isinstance(widget, (QScrollArea, QStackedWidget)):
        return known
    rest = [c for c in widget.children() if isinstance(c, QWidget) and c not in known]
    return known + sorted(rest, key=lambda part: (part.y(), part.x()))


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for n in range(layout.count()):
        item = layout.itemAt(n)
        inner = item.layout() if item is not None else None
        part = item.widget() if item is not None else None
        if inner is not None:
            yield from _laid_out(inner)
        elif part is not None:
            yield part


def go(window: QWidget, panes: Iterable[QWidget], *, forwards: bool) -> bool:
    """Move the keyboard of a window to the next or previous stop, scroll there; tell whether so."""
    wanted = following(window.focusWidget(), stops(panes), forwards=forwards)
    if wanted is None:
        return False
    reason = Qt.FocusReason
    wanted.setFocus(reason.TabFocusReason if forwards else reason.BacktabFocusReason)
    around = wanted.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(wanted)
        around = around.parentWidget()
    return True


def following(here: QWidget | None, found: list[QWidget], *, forwards: bool) -> QWidget | None:
    """Return where Tab goes from a stop, round at the end; None from elsewhere."""
    if here is None or here not in found:
        return None
    return found[(found.index(here) + (1 if forwards else -1)) % len(found)]
