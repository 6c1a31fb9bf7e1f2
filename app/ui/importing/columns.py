"""Which column of a table is which field of an article: a box each, for the table that is shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from app.workspace.mapping import Columns, Pairs

_FIELDS = (
    ("text", "Text"),
    ("title", "Title"),
    ("date", "Date"),
    ("source", "Source"),
    ("author", "Author"),
    ("url", "Address"),
    ("language", "Language"),
)


class ColumnsForm(QWidget):
    """What is chosen is told at once; the table is read anew then."""

    mapping_chosen = Signal(object)
    """Pairs of field and column for the table that is shown; an empty column is none."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QComboBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(0, 84)
        grid.setColumnStretch(1, 1)
        for number, (field, words) in enumerate(_FIELDS):
            label = QLabel(self.tr("{} is in").format(self.tr(words)))
            label.setProperty("class", "label")
            box = self.boxes[field] = QComboBox()
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(8)
            box.setAccessibleName(self.tr("Column of the {}").format(self.tr(words).lower()))
            box.activated.connect(self._tell)
            label.setBuddy(box)
            grid.addWidget(label, number, 0)
            grid.addWidget(box, number, 1)

    def show_columns(self, columns: Columns) -> None:
        """Offer the columns of a table, each with what stands in its first row."""
        first = columns.rows[0] if columns.rows else {}
        for field, box in self.boxes.items():
            box.clear()
            box.addItem(self.tr("No column"), "")
            for name in columns.columns:
                sample = " ".join(first.get(name, "").split())[:40]
                box.addItem(f"{name}: {sample}" if sample else name, name)
            box.setCurrentIndex(max(0, box.findData(columns.mapping.get(field, ""))))

    def _tell(self) -> None:
        pairs: Pairs = tuple(
            (field, str(box.currentData() or "")) for field, box in self.boxes.items()
        )
        self.mapping_chosen.emit(pairs)
