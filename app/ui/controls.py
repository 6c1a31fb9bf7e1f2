"""Small controls that several panes have."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QComboBox,
    QPushButton,
    QSizePolicy,
    QStyledItemDelegate,
    QToolButton,
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


def tool_button(name: str) -> QToolButton:
    """Return a button with a picture alone, which is named to whoever does not see it."""
    made = QToolButton()
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setIconSize(QSize(16, 16))
    made.setFixedSize(QSize(28, 28))
    return made
