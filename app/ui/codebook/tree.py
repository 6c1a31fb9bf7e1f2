"""The tree of the codebook: a model over nodes, painted as the outline is."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)
from typing_extensions import override

from app.model.codebook import Codebook, SpanType
from app.ui.badge import paint_badge
from app.ui.codebook.nodes import Node, every, tree_of
from app.ui.form.context import form_font
from app.ui.form.paint import paint_chevron
from app.ui.keycap import keycap_width, paint_keycap
from app.ui.theme import LIGHT, Theme
from app.workspace.codebook_parts import WORDS, Address

Index = QModelIndex | QPersistentModelIndex
Place = tuple[Address, str]

_ROW, _INDENT, _CAP = 26, 14, 16


class TreeModel(QAbstractItemModel):
    """The rows of one revision. Another revision is loaded whole: it has a few hundred rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._top: list[Node] = []
        self._nodes: dict[Place, Node] = {}

    def load(self, codebook: Codebook) -> None:
        """Show a codebook."""
        self.beginResetModel()
        self._top = tree_of(codebook)
        self._nodes = {node.place: node for node in every(self._top)}
        self.endResetModel()

    def node(self, index: Index) -> Node | None:
        """Return the row at an index."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Node) else None

    def index_of(self, place: Place) -> QModelIndex:
        """Return the index of a row by what tells it from all others; invalid where it is gone."""
        node = self._nodes.get(place)
        if node is None:
            return QModelIndex()
        around = node.parent.children if node.parent else self._top
        return self.createIndex(around.index(node), 0, node)

    @override
    def index(self, row: int, column: int = 0, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's own
        above = self.node(parent)
        around = above.children if above else self._top
        if not (0 <= row < len(around) and column == 0):
            return QModelIndex()
        return self.createIndex(row, 0, around[row])

    @override
    def parent(self, child: Index) -> QModelIndex:  # type: ignore[override]
        node = self.node(child)
        return self.index_of(node.parent.place) if node and node.parent else QModelIndex()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        above = self.node(parent)
        return len(above.children if above else self._top)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        return 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        node = self.node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return node.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(node)
        return None


def _spoken(node: Node) -> str:
    if node.is_heading:
        return f"{node.label}, {len(node.children)}"
    words = [node.label, WORDS[node.collection]]
    words += [f"key {node.key}"] if node.key else []
    words += ["archived"] if node.is_archived else []
    return ", ".join(words)


class Tree(QTreeView):
    """Insert adds, Delete takes away, Alt with an arrow moves, Enter goes to the fields."""

    chosen = Signal(object)
    """The `Node` that is chosen now."""
    addition_wanted = Signal()
    choice_wanted = Signal()
    """A list of what can be added here."""
    removal_wanted = Signal()
    move_wanted = Signal(int)
    merge_wanted = Signal()
    fields_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_ = TreeModel(self)
        self._delegate = _Painter(self)
        self._quiet = False
        self.setModel(self.model_)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Entries of the codebook")
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(_INDENT)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._clicked)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._delegate.theme = theme
        self.viewport().update()

    def load(self, codebook: Codebook, place: Place | None = None) -> None:
        """Show a codebook, with the same rows open; choose the row at a place, or the same one.

        Nothing is announced: whoever loads knows.
        """
        wanted = place or self.place()
        is_first = self.model_.rowCount() == 0
        is_open = [p for p in self._places() if self.isExpanded(self.model_.index_of(p))]
        at = self.verticalScrollBar().value()
        self._quiet = True
        self.model_.load(codebook)
        for one in is_open:
            self.setExpanded(self.model_.index_of(one), True)
        if is_first:
            for row in range(self.model_.rowCount()):
                self.setExpanded(self.model_.index(row), True)
        self.verticalScrollBar().setValue(at)
        self.choose(wanted)
        self._quiet = False

    def choose(self, place: Place | None) -> None:
        """Choose the row at a place; what holds it where it is gone."""
        index = self.model_.index_of(place) if place else QModelIndex()
        while place and place[0] and not index.isValid():
            place = (place[0][:-2], "")
            index = self.model_.index_of(place)
        if not index.isValid():
            index = self.model_.index(0, 0, self.model_.index(0))
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def node(self) -> Node | None:
        """Return the row that is chosen."""
        return self.model_.node(self.currentIndex())

    def place(self) -> Place | None:
        """Return what tells the chosen row from all others."""
        node = self.node()
        return node.place if node else None

    def _places(self) -> list[Place]:
        return list(self.model_._nodes)  # noqa: SLF001 - the model is this view's own

    def _clicked(self, index: QModelIndex) -> None:
        node = self.model_.node(index)
        if node and node.children and node.is_heading:
            self.setExpanded(index, not self.isExpanded(index))

    @override
    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw none: the rows have chevrons of their own."""

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()  # the ring of the focus reaches beyond the row that Qt repaints
        node = self.model_.node(current)
        if node is not None and not self._quiet:
            self.chosen.emit(node)

    def _go_in(self) -> None:
        """Open what is below the row; go there where it is open."""
        here = self.currentIndex()
        if self.isExpanded(here) and self.model_.rowCount(here):
            self.setCurrentIndex(self.model_.index(0, 0, here))
        else:
            self.expand(here)

    def _go_out(self) -> None:
        """Close what is below the row; go to what holds it where nothing is open."""
        here = self.currentIndex()
        if self.isExpanded(here) and self.model_.rowCount(here):
            self.collapse(here)
        elif here.parent().isValid():
            self.setCurrentIndex(here.parent())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Insert:
                (self.choice_wanted if shift else self.addition_wanted).emit()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.removal_wanted.emit()
            case Qt.Key.Key_Up | Qt.Key.Key_Down if alt:
                self.move_wanted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Right:
                self._go_in()
            case Qt.Key.Key_Left:
                self._go_out()
            case Qt.Key.Key_M if control:
                self.merge_wanted.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.fields_wanted.emit()
            case _:
                super().keyPressEvent(event)


class _Painter(QStyledItemDelegate):
    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        self._tree = tree
        self.theme: Theme = LIGHT

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        node = self._tree.model_.node(index)
        if node is None:
            return
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        row = QRect(0, rect.top(), self._tree.viewport().width(), rect.height())
        theme = self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(row, theme.color("row-sel"))
            painter.fillRect(QRect(0, row.top(), 3, row.height()), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, theme.color("hover"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("focus"))
            painter.drawRect(row.adjusted(0, 0, -1, -1))
        words = QRectF(rect).adjusted(12, 0, -10, 0)
        self._paint_node(painter, words, node, is_open=self._tree.isExpanded(index))
        painter.restore()

    def _paint_node(self, painter: QPainter, words: QRectF, node: Node, *, is_open: bool) -> None:
        theme, middle = self.theme, words.center().y()
        if node.children:
            centre = QPointF(words.left() + 4, middle)
            paint_chevron(painter, centre, theme.color("text-3"), turned=not is_open)
        words.setLeft(words.left() + 14)
        if isinstance(node.entry, SpanType):
            badge = QRectF(words.left(), middle - 8, 16, 16)
            paint_badge(painter, badge, node.entry.letter, node.entry.ink, theme)
            words.setLeft(badge.right() + 7)
        self._paint_right(painter, words, node)
        weight = 600 if node.is_heading else 500 if isinstance(node.entry, SpanType) else 400
        role = "text-2" if node.is_heading else "text-3" if node.is_archived else "text"
        font = form_font(12 if node.is_heading else 12.5, weight)
        painter.setFont(font)
        painter.setPen(theme.color(role))
        label = QFontMetrics(font).elidedText(
            node.label, Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, label)

    def _paint_right(self, painter: QPainter, words: QRectF, node: Node) -> None:
        """Paint key, count or “archived” at the right end, and leave the rest to the label."""
        theme, middle = self.theme, words.center().y()
        if node.is_archived or node.is_heading:
            said = "archived" if node.is_archived else f"{len(node.children)}"
            font = form_font(11, tabular=True)
            painter.setFont(font)
            painter.setPen(theme.color("text-3"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(words, right, said)
            words.setRight(words.right() - QFontMetrics(font).horizontalAdvance(said) - 6)
        elif node.key:
            width = keycap_width(node.key)
            cap = QRectF(words.right() - width, middle - _CAP / 2, width, _CAP)
            paint_keycap(painter, cap, node.key, theme)
            words.setRight(cap.left() - 6)
