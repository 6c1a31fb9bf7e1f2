"""Over the text: words typed for a mark that somebody else removed meanwhile, and the ways out."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.model.wording import on_one_line
from app.ui.banner import Banner
from app.ui.form.drafts import Draft


class Stranded(Banner):
    """Stays until the mark is brought back or the words are let go."""

    return_requested = Signal(object)
    """The mark of this `Draft` is to be brought back, with its words."""
    dropped = Signal(object)
    """The words of this `Draft` are let go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft: Draft | None = None
        row = self.layout()
        for words, does in (
            (self.tr("&Bring back"), self._bring_back),
            (self.tr("Copy the &words"), self._copy),
            (self.tr("&Discard"), self._drop),
        ):
            button = QPushButton(words)
            button.setMinimumHeight(24)
            button.setAccessibleName(words.replace("&", ""))
            button.clicked.connect(does)
            if isinstance(row, QHBoxLayout):
                row.addWidget(button)

    def show_draft(self, draft: Draft, *, whole_article: bool = False) -> None:
        """Say which words have lost their mark, or their article."""
        self.draft = draft
        gone = self.tr("The article was removed elsewhere")
        if not whole_article:
            gone = self.tr("The mark was removed elsewhere")
        said = on_one_line(draft.text, 80)
        self.show_message(self.tr("{} while “{}” was typed.").format(gone, said), kind="info")

    def forget(self) -> None:
        """Say nothing any more."""
        self.draft = None
        self.hide()

    def _bring_back(self) -> None:
        if self.draft is not None:
            self.return_requested.emit(self.draft)

    def _copy(self) -> None:
        if self.draft is not None:
            QGuiApplication.clipboard().setText(self.draft.text)

    def _drop(self) -> None:
        draft = self.draft
        self.forget()
        if draft is not None:
            self.dropped.emit(draft)
