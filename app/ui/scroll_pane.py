"""A pane of fields that scrolls up and down."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scroll_pane(parent: QWidget) -> QScrollArea:
    """Return a scroll area without a frame and out of the order of Tab; its fields are in it."""
    pane = QScrollArea(parent)
    pane.setWidgetResizable(True)
    pane.setFrameShape(QFrame.Shape.NoFrame)
    pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    pane.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    pane.setProperty("class", "inspector")
    return pane
