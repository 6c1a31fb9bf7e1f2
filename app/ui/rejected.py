"""The sheet of rejected suggestions of an article: what they were, and the way back."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from app.model.bookmark import Rejection
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.text import TextIndex, paragraphs
from app.model.wording import on_one_line
from app.ui.badge import badge_icon
from app.ui.sheet import Primary, Sheet
from app.ui.theme import Theme

_SIZE = QSize(620, 460)
_ID = Qt.ItemDataRole.UserRole


class RejectedSheet(Sheet):
    """In the order of the text. Nothing is removed for good here: rejecting is an edit as well."""

    return_requested = Signal(object)
    """The `Rejection`s that are to be proposed again, as a tuple."""
    shown = Signal(int, int)
    """The words (code points) that are to be seen in the text."""

    def __init__(
        self,
        window: QWidget,
        contents: ArticleContents,
        codebook: Codebook,
        *,
        theme: Theme,
        read_only: bool = False,
    ) -> None:
        super().__init__(self.tr("Rejected suggestions"), window, theme=theme, size=_SIZE)
        self._contents, self._codebook, self._read_only = contents, codebook, read_only
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Rejected suggestions of this article"))
        self.list.setProperty("class", "plain")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._none = QLabel(self.tr("No suggestion of this article is rejected."))
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setProperty("class", "label")
        self.body.addWidget(self._none, 1)
        around = QHBoxLayout()
        around.setContentsMargins(12, 8, 12, 8)
        around.addWidget(self.list)
        self.body.addLayout(around, 1)
        self.show_button = self._button(self.tr("&Show in the text"))
        self.show_button.clicked.connect(self._show)
        close = self._button(self.tr("Close"))
        close.clicked.connect(self.reject)
        self.back = Primary(self.tr("Propose again"), theme)
        self.back.clicked.connect(self._bring_back)
        self.foot.addWidget(self.show_button)
        self.foot.addStretch(1)
        self.foot.addWidget(close)
        self.foot.addWidget(self.back)
        self.list.itemSelectionChanged.connect(self._count)
        self.load()
        self.list.setFocus()

    def load(self) -> None:
        """Show what is rejected now."""
        self.list.clear()
        text = self._contents.article.text
        index = TextIndex(tuple(paragraphs(text)), ())
        for rejection in self._contents.rejections:
            span_type = self._codebook.type(rejection.type)
            label = span_type.label if span_type else rejection.type
            words = on_one_line(rejection.quote, 60)
            place = f"¶{index.paragraph_number(rejection.start)}"
            item = QListWidgetItem(f"{words}   {label} · {place}")
            if span_type is not None:
                item.setIcon(badge_icon(span_type.letter, span_type.ink, self.theme))
            item.setData(_ID, rejection.id)
            item.setSizeHint(QSize(0, 34))
            self.list.addItem(item)
        found = self.list.count()
        self.caption.setText(f"{found:,}" if found else "")
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)
        self.list.setCurrentRow(0)
        self._count()

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        return button

    def _chosen(self) -> tuple[Rejection, ...]:
        ids = {item.data(_ID) for item in self.list.selectedItems()}
        return tuple(one for one in self._contents.rejections if one.id in ids)

    def _count(self) -> None:
        chosen = len(self._chosen())
        more = self.tr("Propose {} again").format(f"{chosen:,}")
        self.back.setText(more if chosen > 1 else self.tr("Propose again"))
        self.back.setEnabled(chosen > 0 and not self._read_only)
        self.show_button.setEnabled(chosen == 1)

    def _bring_back(self) -> None:
        row = self.list.currentRow()
        self.return_requested.emit(self._chosen())
        self.load()
        self.list.setCurrentRow(min(row, self.list.count() - 1))

    def _show(self) -> None:
        for one in self._chosen():
            self.accept()
            self.shown.emit(one.start, one.end)
