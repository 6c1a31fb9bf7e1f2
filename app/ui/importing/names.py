"""What the names of files say, by a pattern that is tried as it is typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from app.model.errors import InputRefused
from app.workspace.file_names import Pattern
from app.workspace.import_plan import Plan

_EXAMPLE = "{date}_{source}_{title}"
_SHOWN = ("published", "source", "author", "title", "language", "url")


class NamesForm(QWidget):
    """One pattern for all files. While it is no pattern, the line below says why."""

    pattern_changed = Signal(object)
    """A `Pattern`, or None."""

    def __init__(self) -> None:
        super().__init__()
        self.pattern = QLineEdit()
        self.pattern.setPlaceholderText(_EXAMPLE)
        self.pattern.setAccessibleName(self.tr("Names of files, for all files"))
        label = QLabel(self.tr("What the names of all files say"))
        label.setProperty("class", "label")
        label.setBuddy(self.pattern)
        self.told = QLabel()
        self.told.setProperty("class", "label")
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(5)
        for part in (label, self.pattern, self.told):
            column.addWidget(part)
        self.pattern.textEdited.connect(self._read)

    def _read(self) -> None:
        words = self.pattern.text().strip()
        try:
            pattern = Pattern.of(words) if words else None
        except InputRefused as refusal:
            self._say(str(refusal))
            pattern = None
        else:
            self._say("")
        self.pattern_changed.emit(pattern)

    def show_plan(self, plan: Plan) -> None:
        """Say how many names are like the pattern, and what the first of them says."""
        pattern = plan.pattern
        if pattern is None:
            return
        paths = [row.look.file.path for row in plan.rows]
        first = next(filter(None, map(pattern.read, paths)), None)
        said = self.tr("{} of {} names are like this").format(f"{plan.named:,}", f"{len(plan):,}")
        if first is not None:
            values = filter(None, (getattr(first, name) for name in _SHOWN))
            said += f": {' · '.join(values)}"
        self._say(f"{said}.")

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))
        self.pattern.setAccessibleDescription(words)
