"""A field with nothing of its own to take back leaves Ctrl+Z to the window."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


def passes_on(field: QLineEdit | QPlainTextEdit, event: QEvent) -> bool:
    """Tell whether an event is undo or redo where the field itself can do neither.

    Qt would let the field take the key all the same, and nothing would happen.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    own = field if isinstance(field, QLineEdit) else field.document()
    if event.matches(QKeySequence.StandardKey.Undo):
        return not own.isUndoAvailable()
    return event.matches(QKeySequence.StandardKey.Redo) and not own.isRedoAvailable()
