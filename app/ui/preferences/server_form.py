"""How a model server is reached. Off until it is switched on here; then it may be asked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QWidget

from app.model.errors import KnownError, Refused
from app.ui.settings import Settings
from app.workspace.outside import keep_server, server, server_kept

_ABOUT = (
    "A server that speaks as OpenAI’s does, such as a model server on this computer. Nothing is "
    "sent by itself: View ▸ Ask the model server… shows all that would be sent, and asks."
)


class ServerForm(QWidget):
    """Address, model and key, and the switch. Kept for this person alone, not with a project."""

    switched = Signal()
    """A server may be asked now, or not any more."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        held = server_kept()
        self.address = _line(held.address if held else "", "http://localhost:11434/v1")
        self.model = _line(held.model if held else "", "llama3.2")
        self.key = _line(held.key if held else "", self.tr("only where the server wants one"))
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.on = QCheckBox(self.tr("A model &server may be asked"))
        self.on.setChecked(server() is not None)
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setProperty("class", "meta")
        self.said.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.on, 0, 0, 1, 2)
        about = QLabel(_ABOUT)
        about.setProperty("class", "meta")
        about.setWordWrap(True)
        grid.addWidget(about, 1, 0, 1, 2)
        fields = (
            (self.tr("Address"), self.address),
            (self.tr("Model"), self.model),
            (self.tr("Key"), self.key),
        )
        for row, (words, line) in enumerate(fields, 2):
            label = QLabel(words)
            label.setBuddy(line)
            line.setAccessibleName(self.tr("{} of the model server").format(words))
            line.editingFinished.connect(self._keep)
            grid.addWidget(label, row, 0)
            grid.addWidget(line, row, 1)
        grid.addWidget(self.said, 5, 0, 1, 2)
        self.on.toggled.connect(self._keep)

    def _keep(self) -> None:
        on = self.on.isChecked()
        try:
            keep_server(self.address.text(), self.model.text(), self.key.text(), on=on)
        except (Refused, KnownError) as problem:
            self.said.setText(str(problem))
            self.on.blockSignals(True)
            self.on.setChecked(False)
            self.on.blockSignals(False)
            name = ""
        else:
            now = server()
            name = now.pipeline.name if now else ""
            self.said.setText(self._warning())
        if name != self._settings.text("server"):
            self._settings.set_text("server", name)
            self.switched.emit()

    def _warning(self) -> str:
        now = server()
        if now is None or now.is_here:
            return ""
        if now.is_open:
            return self.tr("What is sent to {} can be read by others on the way.").format(now.host)
        return self.tr("What is sent leaves this computer, for {}.").format(now.host)


def _line(words: str, example: str) -> QLineEdit:
    line = QLineEdit(words)
    line.setPlaceholderText(example)
    return line
