"""The further choices of the export sheet: types, days, what goes in, into how many files."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.exchange.profiles import PROFILES
from app.exchange.registry import Format
from app.model.codebook import Codebook, is_date
from app.workspace.exporting import Way

ONE, EACH, SPLIT = "one", "each", "split"
_FILES = ((ONE, "One file"), (EACH, "A file an article"), (SPLIT, "Train, dev and test"))
_FIGURES = (
    ("text", "None: as in the text"),
    ("acled", "As ACLED: 1,000"),
    ("countlove", "As Count Love: 1,000"),
    ("ccc", "As Crowd Counting: 2,000"),
)
_MOST_SEED = 2**31 - 1
_SHARES = "80, 10, 10"
_TOO_MANY = 4


class Options(QWidget):
    """What the command line has as flags. `changed` is told at every change."""

    changed = Signal()

    def __init__(self, codebook: Codebook, preset: Mapping[str, str]) -> None:
        super().__init__()
        self._codebook = codebook
        self.types = {
            one.name: QCheckBox((one.plural or one.label).replace("&", "&&"))
            for one in codebook.types
            if not one.archived
        }
        self.since, self.until = QLineEdit(), QLineEdit()
        self.numbers = QComboBox()
        self.dates = QCheckBox("Work out days nobody entered")
        self.texts = QCheckBox("Article text")
        self.comments = QCheckBox("Comments")
        self.safe = QCheckBox("Cells safe for spreadsheets")
        self.files = QComboBox()
        self.shares, self.seed = QLineEdit(), QSpinBox()
        self.seed.setRange(0, _MOST_SEED)
        self._lay_out()
        self._take(preset)
        for box in (*self.types.values(), *self._checks):
            box.toggled.connect(self.changed)
        for field in (self.since, self.until, self.shares):
            field.textChanged.connect(self.changed)
        for choice in (self.numbers, self.files):
            choice.currentIndexChanged.connect(self.changed)
        self.seed.valueChanged.connect(self.changed)

    @property
    def _checks(self) -> tuple[QCheckBox, ...]:
        return self.dates, self.texts, self.comments, self.safe

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(heading("Types"))
        for name, box in self.types.items():
            span_type = self._codebook.type(name)
            box.setAccessibleName(f"Type {span_type.label if span_type else name}")
            column.addWidget(box)
        column.addSpacing(10)
        column.addWidget(heading("Published"))
        line = QHBoxLayout()
        for field, name in ((self.since, "From"), (self.until, "to")):
            label = QLabel(name)
            label.setBuddy(field)
            field.setAccessibleName(f"Published {name.lower()}, a day such as 2021-01-23")
            field.setPlaceholderText("2021-01-23")
            field.setMinimumWidth(60)
            line.addWidget(label)
            line.addWidget(field, 1)
        column.addLayout(line)
        column.addSpacing(10)
        column.addWidget(heading("Figures for “thousands”"))
        for value, words in _FIGURES:
            self.numbers.addItem(words, value)
        self.numbers.setAccessibleName("Figures for words such as thousands")
        column.addWidget(self.numbers)
        column.addWidget(self.dates)
        column.addSpacing(10)
        column.addWidget(heading("Include"))
        for box in (self.texts, self.comments, self.safe):
            column.addWidget(box)
        column.addSpacing(10)
        column.addWidget(heading("Write as"))
        for value, words in _FILES:
            self.files.addItem(words, value)
        self.files.setAccessibleName("Write as")
        column.addWidget(self.files)
        line = QHBoxLayout()
        self._of_split: list[QWidget] = [self.shares, self.seed]
        for widget, name in ((self.shares, "Shares"), (self.seed, "Seed")):
            label = QLabel(name)
            label.setBuddy(widget)
            widget.setAccessibleName(f"{name} of the split")
            self._of_split.append(label)
            line.addWidget(label)
            line.addWidget(widget, 1)
        column.addLayout(line)

    def _take(self, preset: Mapping[str, str]) -> None:
        wanted = set(preset.get("types", "").split("\n")) & set(self.types)
        for name, box in self.types.items():
            box.setChecked(not wanted or name in wanted)
        self.since.setText(preset.get("since", ""))
        self.until.setText(preset.get("until", ""))
        self.numbers.setCurrentIndex(max(0, self.numbers.findData(preset.get("numbers"))))
        self.dates.setChecked(preset.get("dates") == "yes")
        self.texts.setChecked(preset.get("texts") != "no")
        self.comments.setChecked(preset.get("comments") != "no")
        self.safe.setChecked(preset.get("safe") == "yes")
        self.files.setCurrentIndex(max(0, self.files.findData(preset.get("files"))))
        self.shares.setText(preset.get("shares") or _SHARES)
        seed = preset.get("seed", "")
        self.seed.setValue(int(seed) if seed.isdecimal() and len(seed) < 10 else 0)  # noqa: PLR2004 - digits

    def preset(self) -> dict[str, str]:
        """Return what was chosen, to be offered the next time."""
        return {
            "types": "\n".join(self.chosen_types),
            "since": self.since.text().strip(),
            "until": self.until.text().strip(),
            "numbers": str(self.numbers.currentData()),
            "dates": "yes" if self.dates.isChecked() else "",
            "texts": "" if self.texts.isChecked() else "no",
            "comments": "" if self.comments.isChecked() else "no",
            "safe": "yes" if self.safe.isChecked() else "",
            "files": str(self.files.currentData()),
            "shares": self.shares.text().strip(),
            "seed": str(self.seed.value()),
        }

    def allow(self, format_: Format, *, on: bool) -> None:
        """Switch off what a format has no use for, or everything."""
        others = on and bool(format_.module)
        for box in (*self.types.values(), self.since, self.until, self.comments):
            box.setEnabled(on)
        self.numbers.setEnabled(others)
        self.dates.setEnabled(others)
        self.texts.setEnabled(on and not format_.module)
        self.safe.setEnabled(on and format_.name == "csv")
        self.files.setEnabled(on)
        for widget in self._of_split:
            widget.setVisible(self.files.currentData() == SPLIT)
            widget.setEnabled(on)

    @property
    def chosen_types(self) -> tuple[str, ...]:
        """The types to write; none means all of them."""
        on = tuple(name for name, box in self.types.items() if box.isChecked())
        return () if len(on) == len(self.types) else on

    @property
    def split(self) -> tuple[float, ...]:
        """The shares of train, dev and test, or nothing where it is not divided."""
        if self.files.currentData() != SPLIT:
            return ()
        try:
            return tuple(float(one) for one in self.shares.text().split(","))
        except ValueError:
            return ()

    def way(self, format_: Format) -> Way:
        """Return how a format is to be written; what it has no use for is as always."""
        others = bool(format_.module)
        profile = next(p for p in PROFILES if p == self.numbers.currentData())
        return Way(
            numbers=profile if others else "text",
            dates=others and self.dates.isChecked(),
            without_text=not others and not self.texts.isChecked(),
            without_comments=not self.comments.isChecked(),
            spreadsheet_safe=format_.name == "csv" and self.safe.isChecked(),
            per_article=self.files.currentData() == EACH and not format_.folder,
        )

    def problem(self) -> str:
        """Return why nothing can be written like this, or nothing."""
        if self.types and not any(box.isChecked() for box in self.types.values()):
            return "Choose the types to write."
        for field in (self.since, self.until):
            if (day := field.text().strip()) and not is_date(day):
                return f"{day} is no day. Write 2021-01-23, 2021-01 or 2021."
        if self.files.currentData() == SPLIT:
            shares = self.split
            if not 1 < len(shares) < _TOO_MANY or min(shares) <= 0:
                return "A split takes two or three shares, such as 80, 10, 10."
        return ""


def heading(text: str) -> QLabel:
    """Return a heading of the column."""
    label = QLabel(text)
    label.setProperty("class", "heading")
    return label
