"""Small controls that several panes have."""

from PySide6.QtWidgets import (
    QComboBox,
    QPushButton,
    QSizePolicy,
    QStyledItemDelegate,
    QWidget,
)


def tab(label: str) -> QPushButton:
    """Return one of a row of buttons of which one is on."""
    made = QPushButton(label)
    made.setProperty("class", "quiet")
    made.setAccessibleName(label)
    made.setCheckable(True)
    made.setMinimumHeight(26)
    made.setAutoDefault(False)
    return made


class Combo(QComboBox):
    """A combo box whose list looks like every other list, and opens below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(QStyledItemDelegate(self))  # the style's own heeds no style sheet
        self.setMaxVisibleItems(12)


def narrow_combo(name: str) -> QComboBox:
    """Return a combo box that gets as narrow as its pane, however long its entries are."""
    made = Combo()
    made.setAccessibleName(name)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    made.setMinimumHeight(28)
    return made
