"""What fields and slots have in common: a control, and words below it when something is wrong."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.form.context import FormContext
from app.ui.form.drafts import Place
from app.ui.icons import pixmap
from app.ui.tips import tip
from app.workspace.fixes import Fix

_BUTTONS = 2
"""Quick fixes that have a button of their own; the others are in the menu of the mark."""


class Note(QWidget):
    """An icon and a sentence: a finding (`warn`) or a refusal (`danger`), and what mends it."""

    fix_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons: list[FixButton] = []
        self._fixes: tuple[Fix, ...] = ()
        self._icon = QLabel()
        self._icon.setFixedSize(QSize(14, 14))
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 3, 0, 0)
        row.setSpacing(5)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self._column.addWidget(self._words)
        row.addLayout(self._column, 1)

    def say(
        self, message: str, context: FormContext, *, role: str, fixes: Sequence[Fix] = ()
    ) -> None:
        """Show a sentence in the colour of a role, and buttons for what mends it."""
        if tuple(fixes[:_BUTTONS]) != self._fixes:
            self._offer(tuple(fixes[:_BUTTONS]))
        theme = context.theme
        name = "triangle-alert" if role == "warn" else "circle-alert"
        self._icon.setPixmap(pixmap(name, theme, role=role, size=14))
        self._words.setText(message)
        if self._words.property("class") != role:
            self._words.setProperty("class", role)
            self._words.style().polish(self._words)
        self.setAccessibleName(message)
        self.show()

    def _offer(self, fixes: tuple[Fix, ...]) -> None:
        self._fixes = fixes
        while len(self._buttons) < len(fixes):
            button = FixButton(self)
            place = len(self._buttons)
            button.clicked.connect(lambda _=False, n=place: self.fix_chosen.emit(self._fixes[n]))
            self._column.addWidget(button)
            self._buttons.append(button)
        for button, fix in zip(self._buttons, fixes, strict=False):
            button.show_label(fix.label)
            button.show()
        for button in self._buttons[len(fixes) :]:
            button.hide()

    @property
    def words(self) -> str:
        """The sentence shown."""
        return self._words.text()

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons of what mends it."""
        return tuple(self._buttons[: len(self._fixes)])


class FixButton(QPushButton):
    """A quick fix, in one line: what has no room in the pane is left out and told on hovering."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = ""
        self._wide = 0
        self.setProperty("class", "fix")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(24)

    def show_label(self, label: str) -> None:
        """Show other words."""
        self._label = label
        self.setText(label.replace("&", "&&"))
        self.setAccessibleName(label)
        self._wide = super().sizeHint().width()
        self.setToolTip(tip(label))
        self.updateGeometry()
        self._elide()

    @override
    def sizeHint(self) -> QSize:
        return QSize(max(self._wide, super().sizeHint().width()), super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        frame = self._wide - self.fontMetrics().horizontalAdvance(self._label)
        room = max(self.width() - frame, 0)
        cut = self.fontMetrics().elidedText(self._label, Qt.TextElideMode.ElideRight, room)
        self.setText(cut.replace("&", "&&"))


class Cell(QWidget):
    """One thing of the form that can be filled. `problem` is why it cannot take what was typed."""

    message_changed = Signal(str)
    fix_chosen = Signal(object)
    """A `Fix` of the finding shown."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.problem = ""
        self.finding = ""
        self.fixes: tuple[Fix, ...] = ()
        self._note: Note | None = None
        self._guideline: QLabel | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def hold(self, control: QWidget) -> None:
        """Put a control into the cell, which hands its focus on to the first one."""
        below = (self._note is not None) + (self._guideline is not None)
        self._column.insertWidget(self._column.count() - below, control)
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

    def show_finding(self, message: str, fixes: Sequence[Fix] = ()) -> None:
        """Say below the field what is worth a look, and offer what mends it; a problem is first."""
        if message != self.finding or tuple(fixes) != self.fixes:
            self.finding, self.fixes = message, tuple(fixes)
            self._say()

    def show_guideline(self, words: str) -> None:
        """Show below the field what the codebook says of it; the empty string takes it away."""
        if self._guideline is None:
            if not words:
                return
            self._guideline = guideline()
            self._column.addWidget(self._guideline)
        self._guideline.setText(words)
        self._guideline.setVisible(bool(words))

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

    def drafts(self) -> dict[Place, str]:
        """Return the words that could not be sent, by the place inside the cell."""
        return {}

    def restore_drafts(self, drafts: Mapping[Place, str]) -> None:
        """Show such words again, and send what can be sent."""

    def _say(self) -> None:
        words = self.problem or self.finding
        if self._note is None:
            if not words:
                return
            self._note = Note(self)
            self._note.fix_chosen.connect(self.fix_chosen)
            place = self._column.count() - (self._guideline is not None)
            self._column.insertWidget(place, self._note)
        if words:
            role, fixes = ("danger", ()) if self.problem else ("warn", self.fixes)
            self._note.say(words, self.context, role=role, fixes=fixes)
        else:
            self._note.hide()
        self.message_changed.emit(words)


def guideline() -> QLabel:
    """Return a label for what the codebook says of a field or a type."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("class", "guideline")
    return label
