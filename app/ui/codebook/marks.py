"""Below the fields: the marks that a change of the entry touches, to jump to."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.codebook import Codebook
from app.model.wording import on_one_line, several
from app.ui.badge import paint_badge
from app.ui.form.context import form_font
from app.ui.theme import LIGHT, Theme
from app.workspace.codebook_touch import NOTHING, Mark, Touched

Index = QModelIndex | QPersistentModelIndex
_ROW = 26


def sentence(found: Touched) -> str:
    """Return how much a change touches."""
    if not found.count:
        return "A change here touches no mark."
    marks, articles = several(found.count, "mark"), several(found.articles, "article")
    return f"A change here touches {marks} in {articles}."


class _Marks(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.marks: tuple[Mark, ...] = ()

    def load(self, marks: tuple[Mark, ...]) -> None:
        """Show other marks."""
        self.beginResetModel()
        self.marks = marks
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        return 0 if parent.isValid() else len(self.marks)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        mark = self.marks[index.row()]
        return f"{on_one_line(mark.quote)}, {mark.type}, {mark.title}, {mark.layer}"


class Marks(QWidget):
    """The sentence and the list. Enter or a double click opens a mark."""

    mark_requested = Signal(str, str)
    """Ids of the article and the annotation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("class", "inspector")
        self._painter = _Painter(self)
        self.model = _Marks(self)
        self.words = QLabel(sentence(NOTHING))
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("class", "label")
        self.words.setContentsMargins(16, 8, 16, 6)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._painter)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Marks that a change touches")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.activated.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.list, 1)

    def show_marks(self, found: Touched, codebook: Codebook) -> None:
        """Show other marks."""
        self._painter.codebook = codebook
        words = sentence(found)
        if found.count > len(found.marks):
            words += f" The first {len(found.marks)} are listed."
        self.words.setText(words)
        self.model.load(found.marks)
        self.list.setVisible(bool(found.marks))
        self.list.setCurrentIndex(self.model.index(0))

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._painter.theme = theme
        self.list.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        mark = self.model.marks[index.row()]
        self.mark_requested.emit(mark.article, mark.annotation)


class _Painter(QStyledItemDelegate):
    def __init__(self, parent: Marks) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.codebook: Codebook | None = None

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, _Marks):
            return
        mark, theme = model.marks[index.row()], self.theme
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, theme.color("row-sel"))
            painter.fillRect(
                QRect(rect.left(), rect.top(), 3, rect.height()), theme.color("accent")
            )
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        span_type = self.codebook.type(mark.type) if self.codebook else None
        if span_type is not None:
            badge = QRectF(rect.left() + 16, rect.center().y() - 7, 16, 16)
            paint_badge(painter, badge, span_type.letter, span_type.ink, theme)
        words = QRectF(rect).adjusted(40, 0, -16, 0)
        room = words.width() * 0.55
        font = form_font(12.5)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        _draw(painter, QRectF(words.left(), words.top(), room, words.height()), mark.quote)
        painter.setFont(form_font(11.5))
        painter.setPen(theme.color("text-3"))
        beside = words.adjusted(room + 12, 0, 0, 0)
        _draw(painter, beside, f"{mark.title} · {mark.layer}")
        painter.restore()


def _draw(painter: QPainter, rect: QRectF, words: str) -> None:
    line = QFontMetrics(painter.font()).elidedText(
        on_one_line(words, 200), Qt.TextElideMode.ElideRight, int(rect.width())
    )
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, line)
