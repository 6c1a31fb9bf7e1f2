"""The order in which Tab goes: pane by pane, and in each as one reads, whenever it was made.

Qt goes by when widgets were made; a form that unfolds makes some late.
"""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

_LINE = 12
"""Widgets whose middles lie so near in height are on one line."""


def stops(panes: Iterable[QWidget]) -> list[QWidget]:
    """Return what takes the keyboard by Tab, pane by pane, each from top left to bottom right."""
    return [stop for pane in panes if pane.isVisible() for stop in _in_order(pane)]


def _in_order(pane: QWidget) -> list[QWidget]:
    inside = [widget for widget in (pane, *pane.findChildren(QWidget)) if _is_stop(widget)]
    return sorted(inside, key=lambda widget: _place(widget, pane))


def _is_stop(widget: QWidget) -> bool:
    above = widget.parentWidget()
    is_viewport = isinstance(above, QAbstractScrollArea) and above.viewport() is widget
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not is_viewport
        and not widget.isWindow()
    )


def _place(widget: QWidget, pane: QWidget) -> tuple[int, int]:
    rect = widget.rect()
    middle, left = widget.mapTo(pane, rect.center()), widget.mapTo(pane, rect.topLeft())
    return middle.y() // _LINE, left.x()


def go(window: QWidget, panes: Iterable[QWidget], *, forwards: bool) -> bool:
    """Move the keyboard of a window to the next or previous stop; tell whether it is on one."""
    wanted = following(window.focusWidget(), stops(panes), forwards=forwards)
    if wanted is None:
        return False
    reason = Qt.FocusReason
    wanted.setFocus(reason.TabFocusReason if forwards else reason.BacktabFocusReason)
    return True


def following(here: QWidget | None, found: list[QWidget], *, forwards: bool) -> QWidget | None:
    """Return where Tab goes from a stop, round at the end; None from elsewhere."""
    if here is None or here not in found:
        return None
    return found[(found.index(here) + (1 if forwards else -1)) % len(found)]
