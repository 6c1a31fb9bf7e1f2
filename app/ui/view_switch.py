"""The views of a project: what they are called, and the switch in the top bar between them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

VIEWS = {
    "annotate": "Annotate",
    "compare": "Compare",
    "dataset": "Dataset",
    "dashboard": "Dashboard",
}
"""Each by the name of its action: `view-compare`."""


class ViewSwitch(QWidget):
    """One button a view; the one that is shown is down."""

    view_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("class", "segments")
        self.setAccessibleName("View")
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for name, title in VIEWS.items():
            button = QPushButton(title)
            button.setProperty("class", "segment")
            button.setAccessibleName(f"View: {title}")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, name=name: self.view_chosen.emit(name))
            self._group.addButton(button)
            self.buttons[name] = button
            row.addWidget(button)
        self.show_view("annotate")

    def show_view(self, name: str) -> None:
        """Show which view is shown."""
        self.buttons[name].setChecked(True)
