"""Small controls that several panes have."""

from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy


def tab(label: str) -> QPushButton:
    """Return one of a row of buttons of which one is on."""
    made = QPushButton(label)
    made.setProperty("class", "quiet")
    made.setAccessibleName(label)
    made.setCheckable(True)
    made.setMinimumHeight(26)
    made.setAutoDefault(False)
    return made


def narrow_combo(name: str) -> QComboBox:
    """Return a combo box that gets as narrow as its pane, however long its entries are."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    made.setMinimumHeight(28)
    return made
