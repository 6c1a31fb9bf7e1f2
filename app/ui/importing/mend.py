"""What a file needs, and the fields to give it: encoding, title, date, columns of a table."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.importing.columns import ColumnsForm
from app.ui.importing.model import day
from app.ui.importing.names import NamesForm
from app.workspace.import_plan import ENCODINGS, Row, encoding_label, iso_date
from app.workspace.importing import Known

_AS_READ = ""


class Mend(QScrollArea):
    """The fields of one file. They are what is known of it; nothing is written from here."""

    known_changed = Signal(object, str)
    """What is known now (`Known`), and what was typed as the date if that is no day."""
    """A `Known` for the file that is shown."""
    encoding_chosen = Signal(str)
    """Python's name of an encoding; empty: what the bytes look like."""
    folder_switched = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("class", "mend")
        self._filling = False
        self._heading, self._reason = QLabel(), QLabel()
        self._heading.setProperty("class", "heading")
        self._reason.setProperty("class", "label")
        for label in (self._heading, self._reason):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.encoding = QComboBox()
        self.encoding.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.encoding.setMinimumContentsLength(8)
        self.title, self.date, self.source = QLineEdit(), QLineEdit(), QLineEdit()
        self.language = QLineEdit()
        self.date.setPlaceholderText("like 23 Jan 2021")
        self.language.setPlaceholderText("en")
        self.folder = QCheckBox("Take the folder’s name as source, for all files")
        self.folder.toggled.connect(self.folder_switched)
        self.columns, self.names = ColumnsForm(), NamesForm()
        self._labels: dict[QWidget, QLabel] = {}
        self._lay_out()
        self.encoding.activated.connect(self._choose)
        for field in (self.title, self.date, self.source, self.language):
            field.textEdited.connect(self._tell)
        self.date.editingFinished.connect(self._write_day)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("class", "mend")
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 12, 18, 12)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addWidget(self._reason)
        grid = QGridLayout()
        grid.setContentsMargins(0, 6, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(0, 84)
        grid.setColumnStretch(1, 1)
        rows = (
            ("Encoding", self.encoding),
            ("Title", self.title),
            ("Date", self.date),
            ("Source", self.source),
            ("Language", self.language),
        )
        for number, (name, field) in enumerate(rows):
            label = QLabel(name)
            label.setProperty("class", "label")
            label.setBuddy(field)
            field.setAccessibleName(name)
            self._labels[field] = label
            grid.addWidget(label, number, 0)
            grid.addWidget(field, number, 1)
        column.addWidget(self.columns)
        column.addLayout(grid)
        column.addWidget(self.folder)
        column.addWidget(self.names)
        column.addStretch(1)
        self.setWidget(page)

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """Everything that can take the keyboard, in order."""
        columns = self.columns.boxes.values()
        own = (self.encoding, self.title, self.date, self.source, self.language)
        return (*columns, *own, self.folder, self.names.pattern)

    def show_row(self, row: Row | None) -> None:
        """Show what a file needs and what is known of it; None: no file is chosen."""
        self._filling = True
        try:
            self._show(row)
        finally:
            self._filling = False

    def refresh_reason(self, row: Row) -> None:
        """Say anew what the file needs; the fields are being typed in."""
        self._heading.setText(_heading(row))
        self._reason.setText(row.reason)
        self._reason.setVisible(bool(row.reason))

    def _show(self, row: Row | None) -> None:
        mendable = row is not None and row.look.mendable
        columns = row.look.columns if row is not None else None
        self.columns.setVisible(columns is not None)
        if columns is not None:
            self.columns.show_columns(columns)
        for field in self._labels:
            self._put(field, on=mendable)
        if row is None:
            self._heading.setText("")
            self._reason.setText("")
            return
        self.refresh_reason(row)
        seen = row.look
        if not mendable:
            if not row.reason and seen.is_document:
                self._reason.setText("Titles, dates and sources stand in the file.")
                self._reason.show()
            return
        article = seen.article
        chosen = seen.file.format
        self._put(self.title, on=seen.articles <= 1)  # one title is not for many articles
        self._put(self.encoding, on=chosen is None or "encoding" in chosen.options)
        self.title.setText(row.known.title)
        self.title.setPlaceholderText(article.title if article else "")
        self.date.setText(row.no_day or day(row.known.published))
        self.source.setText(row.known.source)
        self.language.setText(row.known.language)
        self._mark_date(wrong=bool(row.no_day))
        self._fill_encodings(row)

    def _put(self, field: QWidget, *, on: bool) -> None:
        field.setVisible(on)
        self._labels[field].setVisible(on)

    def _fill_encodings(self, row: Row) -> None:
        seen, box = row.look, self.encoding
        box.clear()
        name = encoding_label(seen.encoding) if seen.encoding and not seen.file.encoding else ""
        box.addItem(f"{name}, as it looks" if name else "As it looks", _AS_READ)
        for codec, label in ENCODINGS:
            box.addItem(label, codec)
        box.setCurrentIndex(max(0, box.findData(seen.file.encoding)))

    def _choose(self, number: int) -> None:
        self.encoding_chosen.emit(str(self.encoding.itemData(number)))

    def _tell(self) -> None:
        if self._filling:
            return
        typed = self.date.text().strip()
        published = iso_date(typed) if typed else ""
        self._mark_date(wrong=published is None)
        self.known_changed.emit(
            Known(
                title=" ".join(self.title.text().split()),
                published=published or "",
                source=self.source.text().strip(),
                language=self.language.text().strip(),
            ),
            typed if published is None else "",
        )

    def _write_day(self) -> None:
        """Write the day out as it was understood, and say when it was not."""
        published = iso_date(self.date.text())
        if published:
            self.date.setText(day(published))

    def _mark_date(self, *, wrong: bool) -> None:
        wanted = "wrong" if wrong else ""
        if self.date.property("class") != wanted:
            self.date.setProperty("class", wanted)
            self.date.style().unpolish(self.date)
            self.date.style().polish(self.date)
        self.date.setToolTip("A day like 23 Jan 2021 or 2021-01-23" if wrong else "")
        self.date.setAccessibleDescription(self.date.toolTip())


_HEADINGS: dict[str, Callable[[Row], str]] = {
    "ready": lambda row: row.word if row.word != "Ready" else "This file is ready",
    "look": lambda _: "This file needs a look",
    "duplicate": lambda _: "Nothing new in this file",
    "refused": lambda row: row.word,
}


def _heading(row: Row) -> str:
    return "This file is left out" if row.word == "Left out" else _HEADINGS[row.standing](row)
