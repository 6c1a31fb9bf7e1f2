"""What fields and slots have in common: a control, and words below it when something is wrong."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.form.context import FormContext
from app.ui.icons import pixmap


class Note(QWidget):
    """An icon and a sentence: a finding (`warn`) or a refusal (`danger`)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._icon.setFixedSize(QSize(14, 14))
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 3, 0, 0)
        row.setSpacing(5)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def say(self, message: str, context: FormContext, *, role: str) -> None:
        """Show a sentence in the colour of a role."""
        theme = context.theme
        name = "triangle-alert" if role == "warn" else "circle-alert"
        self._icon.setPixmap(pixmap(name, theme, role=role, size=14))
        self._words.setText(message)
        if self._words.property("class") != role:
            self._words.setProperty("class", role)
            self._words.style().polish(self._words)
        self.setAccessibleName(message)
        self.show()

    @property
    def words(self) -> str:
        """The sentence shown."""
        return self._words.text()


class Cell(QWidget):
    """One thing of the form that can be filled. `problem` is why it cannot take what was typed."""

    message_changed = Signal(str)

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.problem = ""
        self.finding = ""
        self._note: Note | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def hold(self, control: QWidget) -> None:
        """Put a control into the cell, which hands its focus on to the first one."""
        self._column.insertWidget(self._column.count() - (self._note is not None), control)
        if self.focusProxy() is None:
            self.setFocusProxy(control)

    def name(self, label: str) -> None:
        """Give the controls the name that assistive technology reads."""
        self.setAccessibleName(label)

    def show_problem(self, message: str) -> None:
        """Say below the field why it cannot take what was typed; the empty string takes it back."""
        if message != self.problem:
            self.problem = message
            self._say()

    def show_finding(self, message: str) -> None:
        """Say below the field what is worth a look; a problem goes first."""
        if message != self.finding:
            self.finding = message
            self._say()

    def set_theme(self) -> None:
        """Take the look of the context."""
        if self.problem or self.finding:
            self._say()
        self.update()

    def focus(self) -> None:
        """Take the keyboard."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def flush(self) -> None:
        """Send on what is still being typed."""

    def _say(self) -> None:
        words = self.problem or self.finding
        if self._note is None:
            if not words:
                return
            self._note = Note(self)
            self._column.addWidget(self._note)
        if words:
            self._note.say(words, self.context, role="danger" if self.problem else "warn")
        else:
            self._note.hide()
        self.message_changed.emit(words)
