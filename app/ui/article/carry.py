"""A mark dragged out of the text: the slots of the form take it."""

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QWidget

from app.model.annotation import Annotation

MIME = "application/x-pressmark-annotation"
"""Carries the id of an annotation."""

_OUTSIDE = 40
"""Pixels beside the text that the pointer must be away: nobody means that while selecting."""


def carried(mark: Annotation) -> QMimeData:
    """Return what a dragged mark carries."""
    data = QMimeData()
    data.setData(MIME, mark.id.encode("ascii", "replace"))
    data.setText(mark.quote)
    return data


def leaves(port: QWidget, position: QPointF) -> bool:
    """Tell whether a drag has left the text at a side, towards the form."""
    return not -_OUTSIDE <= position.x() <= port.width() + _OUTSIDE


def carry(view: QWidget, mark: Annotation) -> None:
    """Let the mark be dropped somewhere else; returns when it was."""
    drag = QDrag(view)
    drag.setMimeData(carried(mark))
    drag.exec(Qt.DropAction.LinkAction | Qt.DropAction.CopyAction)
