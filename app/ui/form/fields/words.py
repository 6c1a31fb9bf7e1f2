"""Fields that are typed: words, numbers, dates."""

from math import isfinite

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from app.model.annotation import Value
from app.model.codebook import Attribute, is_date
from app.model.wording import on_one_line
from app.ui.form.context import FormContext, form_font
from app.ui.form.fields.base import Field, WrongInputError
from app.ui.form.passing import passes_on

COMMIT_MS = 300
_MOST_LINES = 8


class TypedField(Field):
    """Sends what was typed 300 ms after the last key, on Enter and on leaving."""

    typed = True

    def __init__(
        self, attribute: Attribute, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(attribute, context, parent)
        self._touched = False
        self._waiting = QTimer(self, singleShot=True, interval=COMMIT_MS)
        self._waiting.timeout.connect(self._pause)

    def set_pause(self, milliseconds: int) -> None:
        """Wait longer or shorter after the last key before sending what was typed."""
        self._waiting.setInterval(milliseconds)

    def words(self) -> str:
        """Return what stands in the control."""
        raise NotImplementedError

    def read(self, words: str) -> Value:
        """Return the value that words mean; raises `WrongInputError` where they mean none."""
        return words or None

    @override
    def is_typing(self) -> bool:
        return self._touched

    @override
    def start(self, value: Value) -> None:
        self._waiting.stop()
        self._touched = False
        super().start(value)

    @override
    def flush(self) -> None:
        self._waiting.stop()
        if not self._touched:
            return
        try:
            value = self.read(self.words())
        except WrongInputError as wrong:
            self.show_problem(str(wrong))
        else:
            self._touched = False
            self.send(value)

    @override
    def revert(self) -> None:
        self._touched = self._sent != self._held
        super().revert()

    @override
    def draft(self) -> str:
        return self.words() if self.problem or self._touched or self.is_unsent() else ""

    @override
    def keep_typed(self, value: Value) -> None:
        self._waiting.stop()
        self._touched, self._sent = False, value
        there = "" if value is None else str(value)
        words = self.tr("Meanwhile “{}” was written here elsewhere. Type on to keep your words.")
        empty = self.tr("Meanwhile this was emptied elsewhere. Type on to keep your words.")
        self.show_problem(words.format(on_one_line(there, 60)) if there else empty)

    def _edited(self) -> None:
        self._touched = True
        self.show_problem("")
        self._waiting.start()

    def _pause(self) -> None:
        # Half a date is no mistake yet: whether it is one is said on leaving.
        try:
            value = self.read(self.words())
        except WrongInputError:
            return
        self._touched = False
        self.send(value)


class TextField(TypedField):
    """One line of words."""

    hint = ""

    def __init__(
        self, attribute: Attribute, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(attribute, context, parent)
        self.line = _Line(self)
        self.line.setAccessibleName(attribute.label)
        self.line.setPlaceholderText(self.hint or attribute.unit)
        self.line.setReadOnly(context.read_only)
        self.line.textEdited.connect(self._edited)
        self.line.left.connect(self.flush)
        self.hold(self.line)
        self.name(attribute.label)

    @override
    def words(self) -> str:
        return self.line.text().strip()

    @override
    def show_value(self, value: Value) -> None:
        words = self.write(value)
        if words != self.words():
            self.line.setText(words)
            self.line.setCursorPosition(0)

    @override
    def restore(self, draft: str) -> None:
        self.line.setText(draft)
        self._touched = True
        self.flush()

    def write(self, value: Value) -> str:
        """Return a value as it is typed."""
        return "" if value is None else str(value)


class NumberField(TextField):
    """A number; figures raw, with a point."""

    @override
    def read(self, words: str) -> Value:
        if not words:
            return None
        plain = (
            words.replace("\u2212", "-")
            .replace("\u00a0", "")
            .replace("\u202f", "")
            .replace(" ", "")
        )
        try:
            number = float(plain)
        except ValueError:
            number = float("nan")
        if not isfinite(number) or "_" in plain:
            raise WrongInputError(
                self.tr("“{}” is no number. Type it as 2500 or 3.5.").format(words)
            )
        # Figures too long for a float to hold exactly stay whole.
        return int(plain) if plain.lstrip("+-").isdigit() else number

    @override
    def write(self, value: Value) -> str:
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - exact
            return str(int(value))
        return super().write(value)


class IntegerField(NumberField):
    """A whole number."""

    @override
    def read(self, words: str) -> Value:
        number = super().read(words)
        if isinstance(number, float):
            raise WrongInputError(self.tr("“{}” is no whole number.").format(words))
        return number


class DateField(TextField):
    """A day, a month or a year."""

    hint = "2021-01-23"

    @override
    def read(self, words: str) -> Value:
        if words and not is_date(words):
            wrong = self.tr("“{}” is no date. Type it as 2021-01-23, 2021-01 or 2021.")
            raise WrongInputError(wrong.format(words))
        return words or None


class LongTextField(TypedField):
    """Several lines of words; as high as they need, up to eight lines."""

    def __init__(
        self, attribute: Attribute, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(attribute, context, parent)
        self.area = _Area(self)
        self.area.setAccessibleName(attribute.label)
        self.area.setReadOnly(context.read_only)
        self.area.textChanged.connect(self._edited)
        self.area.left.connect(self.flush)
        self.hold(self.area)
        self.name(attribute.label)

    @override
    def words(self) -> str:
        # Typed here, so reading it back is right; `raw` because toPlainText swaps no-break spaces.
        raw = QTextCursor(self.area.document())
        raw.select(QTextCursor.SelectionType.Document)
        return raw.selectedText().replace("\u2029", "\n").replace("\u2028", "\n").strip()

    @override
    def show_value(self, value: Value) -> None:
        words = "" if value is None else str(value)
        if words != self.words():
            with QSignalBlocker(self.area):
                self.area.setPlainText(words)
        self.area.grow()

    @override
    def restore(self, draft: str) -> None:
        self.area.setPlainText(draft)
        self.flush()


class _Line(QLineEdit):
    left = Signal()
    """Enter was pressed or the focus went elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFont(form_font(12.5, tabular=True))
        self.setFixedHeight(28)

    @override
    def event(self, event: QEvent) -> bool:
        if passes_on(self, event):
            event.ignore()
            return False
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class _Area(QPlainTextEdit):
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFont(form_font(12.5))
        self.setTabChangesFocus(True)
        self.setFixedHeight(28)
        self.setProperty("class", "area")
        self.document().setDocumentMargin(0)
        self.document().clearUndoRedoStacks()  # the margin would be a step to take back
        self.setViewportMargins(4, 2, 1, 0)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self.grow)

    def grow(self) -> None:
        """Take the height of the words."""
        block, lines = self.document().firstBlock(), 0
        while block.isValid():
            lines += max(1, block.layout().lineCount())
            block = block.next()
        many = lines > _MOST_LINES
        policy = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if many else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setVerticalScrollBarPolicy(policy)
        height = max(28, min(lines, _MOST_LINES) * self.fontMetrics().lineSpacing() + 12)
        if height != self.height():
            self.setFixedHeight(height)

    @override
    def event(self, event: QEvent) -> bool:
        if passes_on(self, event):
            event.ignore()
            return False
        done = super().event(event)
        if event.type() == QEvent.Type.Resize:
            self.grow()
        return done

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
