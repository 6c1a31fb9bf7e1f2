"""The outline: every mark of the article by type, to see what there is and to get to it."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.changes import Change
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.ui.badge import paint_badge
from app.ui.form.context import form_font
from app.ui.form.outline_model import Group, OutlineModel, Row
from app.ui.form.paint import paint_chevron, paint_underline
from app.ui.theme import LIGHT, Theme

Index = QModelIndex | QPersistentModelIndex

_ROW = 25
_INDENT = 36
_MARGIN = 16
_MANY = 250
"""A type with more rows than this stays folded until one opens it or selects a mark of it."""


class Outline(QWidget):
    """Header and tree. Enter, a click or an arrow key asks for the mark, Delete for its removal."""

    annotation_requested = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("class", "inspector")
        self.model = OutlineModel(self)
        self.tree = OutlineTree(self.model, self)
        self.tree.picked.connect(self._picked)
        self.tree.removal_wanted.connect(self._remove)
        self._selected: str | None = None
        self._read_only = False
        self._theme: Theme = LIGHT
        self.setFocusProxy(self.tree)
        title = QLabel(self.tr("Outline"))
        title.setProperty("class", "heading")
        kind = QLabel(self.tr("By type"))
        kind.setProperty("class", "meta")
        header = QHBoxLayout()
        header.setContentsMargins(_MARGIN, 9, _MARGIN, 5)
        header.addWidget(title, 1)
        header.addWidget(kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(self.tree, 1)
        self.model.rowsInserted.connect(self._hide_empty)
        self.model.rowsRemoved.connect(self._hide_empty)

    def load(self, contents: ArticleContents, codebook: Codebook) -> None:
        """Show another article; groups stay open or closed as they were."""
        closed = self._closed()
        self._selected = None
        self.model.load(contents, codebook)
        self._open_groups(closed)

    def apply(self, change: Change) -> None:
        """Take in a change that the `ArticleContents` has taken already."""
        closed = self._closed()
        self.model.apply(change)
        if change.codebook is not None:
            self._open_groups(closed)
        self.select(self._selected)

    def select(self, annotation_id: str | None) -> None:
        """Show which mark is selected: open its type and scroll to it."""
        self._selected = annotation_id
        index = self.model.index_of(annotation_id) if annotation_id else QModelIndex()
        self.tree.show_current(index)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.tree.set_theme(theme)
        self.update()

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be removed from here."""
        self._read_only = read_only

    def _closed(self) -> set[str]:
        return {
            group.span_type.name
            for n, group in enumerate(self.model.groups)
            if not self.tree.isExpanded(self.model.index(n, 0))
        }

    def _open_groups(self, closed: set[str]) -> None:
        for n, group in enumerate(self.model.groups):
            is_open = group.span_type.name not in closed and len(group.rows) <= _MANY
            self.tree.setExpanded(self.model.index(n, 0), is_open)
        self._hide_empty()

    def _hide_empty(self) -> None:
        for n, group in enumerate(self.model.groups):
            # Each call lays the whole tree out again, so only where something changes.
            if self.tree.isRowHidden(n, QModelIndex()) == bool(group.rows):
                self.tree.setRowHidden(n, QModelIndex(), not group.rows)

    def _picked(self, row: Row) -> None:
        # A row of several mentions goes through them, one click after the other.
        here = row.members.index(self._selected) if self._selected in row.members else -1
        self.annotation_requested.emit(row.members[(here + 1) % len(row.members)])

    def _remove(self, row: Row) -> None:
        if not self._read_only:
            chosen = self._selected if self._selected in row.members else row.members[0]
            self.delete_requested.emit(chosen)


class OutlineTree(QTreeView):
    """The tree. Painted by a delegate; the view itself only scrolls and selects."""

    picked = Signal(object)
    """A `Row` the user went to."""
    removal_wanted = Signal(object)

    def __init__(self, model: OutlineModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self._delegate = _OutlineDelegate(model, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Outline")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setExpandsOnDoubleClick(False)
        self.setDragEnabled(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._delegate.theme = theme
        self.viewport().update()

    def show_current(self, index: QModelIndex) -> None:
        """Make a row the current one, in view."""
        if not index.isValid():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        if not self.isExpanded(index.parent()):
            self.expand(index.parent())
        if index != self.currentIndex() or not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        self.scrollTo(index)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if self._model.group_at(index) is not None:
            self.setExpanded(index, not self.isExpanded(index))
        elif row := self._model.row_at(index):
            self.picked.emit(row)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        row = self._model.row_at(before) if before.isValid() else None
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if row is not None:
                self.picked.emit(row)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if before.isValid():
                self.setExpanded(before, not self.isExpanded(before))
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if row is not None:
                self.removal_wanted.emit(row)
            case _:
                super().keyPressEvent(event)
                after = self._model.row_at(self.currentIndex())
                if after is not None and self.currentIndex() != before:
                    self.picked.emit(after)


class _OutlineDelegate(QStyledItemDelegate):
    def __init__(self, model: OutlineModel, tree: OutlineTree) -> None:
        super().__init__(tree)
        self._model = model
        self._tree = tree
        self.theme: Theme = LIGHT

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self.theme.color("row-sel"))
            painter.fillRect(
                QRect(rect.left(), rect.top(), 3, rect.height()), self.theme.color("accent")
            )
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self.theme.color("hover"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self.theme.color("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if group := self._model.group_at(index):
            self._paint_group(
                painter,
                rect,
                group,
                is_open=self._tree.isExpanded(self._model.index(index.row(), 0)),
            )
        elif row := self._model.row_at(index):
            self._paint_row(painter, rect, row)
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, group: Group, *, is_open: bool) -> None:
        theme, middle = self.theme, QRectF(rect).center().y()
        chevron = QPointF(rect.left() + 22, middle)
        paint_chevron(painter, chevron, theme.color("text-3"), turned=not is_open)
        span_type = group.span_type
        if span_type.ink:
            badge = QRectF(rect.left() + 35, middle - 8, 16, 16)
            paint_badge(painter, badge, span_type.letter, span_type.ink, theme)
            line = QRectF(rect.right() - _MARGIN - 22, middle - 4, 22, 8)
            paint_underline(painter, line, theme.ink(span_type.ink), span_type.underline)
        words = rect.adjusted(58, 0, 0, 0)
        painter.setPen(theme.color("text-2"))
        words.setLeft(
            words.left() + _draw(painter, words, span_type.plural, form_font(12.5, 600)) + 7
        )
        painter.setPen(theme.color("text-3"))
        _draw(painter, words, f"{group.count:,}", form_font(12.5, 400, tabular=True))

    def _paint_row(self, painter: QPainter, rect: QRect, row: Row) -> None:
        theme = self.theme
        strong, weak = self._model.label(row)
        words = rect.adjusted(_INDENT, 0, -_MARGIN, 0)
        painter.setPen(theme.color("text-3"))
        small = form_font(11.5, 400, tabular=True)
        times = f"×{len(row.members)}" if len(row.members) > 1 else ""
        for figures in filter(None, (f"¶{row.paragraph}", times)):
            painter.setFont(small)
            painter.drawText(words, _RIGHT, figures)
            words.setRight(words.right() - QFontMetrics(small).horizontalAdvance(figures) - 8)
        # What the mark is called may be long; what stands beside it keeps up to two fifths.
        plain = form_font(12.5)
        beside = QFontMetrics(plain).horizontalAdvance(f" · {weak}") if weak else 0
        name = QRect(words)
        name.setWidth(max(words.width() - beside, words.width() * 3 // 5))
        painter.setPen(theme.color("text"))
        width = _draw(painter, name, strong, form_font(12.5, 500) if weak else plain)
        words.setLeft(words.left() + width)
        if weak and words.width() > 20:  # noqa: PLR2004 - narrower says nothing
            painter.setPen(theme.color("text-2"))
            _draw(painter, words, f" · {weak}", plain)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _draw(painter: QPainter, rect: QRect, words: str, font: QFont) -> int:
    """Draw words from the left of a rectangle, cut to its width; return how wide they are."""
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(words) > rect.width():
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font)
    painter.drawText(rect, _LEFT, words)
    return metrics.horizontalAdvance(words)
