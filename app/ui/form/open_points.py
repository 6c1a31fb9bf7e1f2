"""The list of open points: findings, suggestions nobody decided on, sentences nobody read."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.model.points import Point
from app.model.wording import on_one_line
from app.ui.badge import paint_badge
from app.ui.form.context import FormContext, form_font
from app.ui.form.fix_menu import fixes_of, show_fixes
from app.ui.form.paint import paint_ring
from app.ui.icons import pixmap
from app.ui.tips import tip

Index = QModelIndex | QPersistentModelIndex

_ROW = 40
_TOOL = 28
_ICONS = {
    "finding": ("triangle-alert", "warn"),
    "suggestion": ("sparkles", "text-2"),
    "unread": ("eye-off", "text-2"),
}


class PointModel(QAbstractListModel):
    """The open points of the article, in reading order."""

    def __init__(self, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.points: tuple[Point, ...] = ()

    def load(self, points: tuple[Point, ...]) -> None:
        """Show other points."""
        if points != self.points:
            self.beginResetModel()
            self.points = points
            self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.points)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.points):
            return None
        message, where, _, _ = self.words(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{message}: {where}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{message}: {where}")
        return None

    def words(self, row: int) -> tuple[str, str, str, str]:
        """Return the message, the words it is about, and the letter and ink of the type, if any."""
        point, contents = self.points[row], self._context.contents
        text = contents.article.text if contents else ""
        quote = on_one_line(text[point.start : min(point.end, point.start + 200)])
        badge = "", ""
        if point.finding is not None and contents is not None:
            annotation = contents.annotation(point.finding.annotation)
            if annotation is not None:
                quote = on_one_line(annotation.quote)
                badge = self._context.badge(annotation.type)
        return (point.message, f"“{quote}” ¶{self._context.paragraph(point.start)}", *badge)


class OpenPoints(QListView):
    """The list. Enter and a click go to the point; Ctrl+. or the tool at the right mends it."""

    point_chosen = Signal(object)
    fix_chosen = Signal(object)

    def __init__(self, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._points = PointModel(context, self)
        self.setModel(self._points)
        self.setItemDelegate(_PointDelegate(self._points, context, self))
        self.setProperty("class", "plain")
        self.setAccessibleName("Open points")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(120)
        self.activated.connect(self._choose)

    def show_points(self, points: Sequence[Point]) -> None:
        """Show other points; the current one stays so as long as it is there."""
        here = self.current()
        # A row that is scrolled to has to be laid out at once; else thousands come by and by.
        at_once = here is not None
        self.setLayoutMode(self.LayoutMode.SinglePass if at_once else self.LayoutMode.Batched)
        self._points.load(tuple(points))
        rows = [n for n, p in enumerate(self._points.points) if here and p.what == here.what]
        if here is not None and rows and self.current() is None:
            self.setCurrentIndex(self._points.index(rows[0], 0))

    @property
    def points(self) -> tuple[Point, ...]:
        """What is listed."""
        return self._points.points

    def current(self) -> Point | None:
        """Return the point where the keyboard stands."""
        row = self.currentIndex().row()
        return self._points.points[row] if 0 <= row < len(self._points.points) else None

    def start(self) -> None:
        """Take the keyboard, at the first point unless one is chosen already."""
        if self._points.points and not self.currentIndex().isValid():
            self.setCurrentIndex(self._points.index(0, 0))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def offer_fixes(self) -> bool:
        """Show what would mend the current point; tell whether there is anything."""
        rect = self.visualRect(self.currentIndex())
        return self._offer(self.currentIndex(), rect.bottomLeft() + QPoint(24, 0))

    def _choose(self, index: QModelIndex) -> None:
        self.point_chosen.emit(self._points.points[index.row()])

    def _offer(self, index: QModelIndex, place: QPoint) -> bool:
        if not index.isValid():
            return False
        finding = self._points.points[index.row()].finding
        if finding is None:
            return False
        fixes = fixes_of(self._context, (finding,))
        where = self.viewport().mapToGlobal(place)
        return show_fixes(self, fixes, where, self.fix_chosen.emit)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        tool = tool_rect(self.visualRect(index))
        if not tool.contains(event.position().toPoint()) or not self._offer(
            index, tool.bottomLeft()
        ):
            self._choose(index)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._offer(self.indexAt(event.pos()), event.pos())
        else:
            self.offer_fixes()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the form takes it: back to the text
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)


def tool_rect(row: QRect) -> QRect:
    """Return where the tool of a row is that mends its finding."""
    return QRect(row.right() - _TOOL + 1, row.top() + (row.height() - _TOOL) // 2, _TOOL, _TOOL)


class _PointDelegate(QStyledItemDelegate):
    def __init__(self, model: PointModel, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._context = context

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, point = self._context.theme, self._model.points[index.row()]
        message, where, letter, ink = self._model.words(index.row())
        rect, state = QRectF(option.rect), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_lit = bool(state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected))
        if is_lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(rect, 5, 5)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, rect, theme.color("focus"), 5)
        name, role = _ICONS[point.kind]
        corner = QPointF(rect.left() + 2, rect.top() + 4)
        painter.drawPixmap(corner, pixmap(name, theme, role=role, size=14))
        left, width = rect.left() + 24, rect.width() - 28
        if is_lit and point.finding is not None:
            tool = QPointF(tool_rect(option.rect).center()) - QPointF(7, 7)
            painter.drawPixmap(tool, pixmap("wrench", theme, role="text-2", size=14))
            width -= _TOOL
        self._write(painter, message, QRectF(left, rect.top() + 2, width, 18), "text", 12.5)
        if letter:
            paint_badge(painter, QRectF(left, rect.top() + 22, 14, 14), letter, ink, theme)
            left, width = left + 20, width - 20
        self._write(painter, where, QRectF(left, rect.top() + 20, width, 18), "text-3", 11.5)
        painter.restore()

    def _write(self, painter: QPainter, words: str, rect: QRectF, role: str, size: float) -> None:
        painter.setFont(form_font(size))
        painter.setPen(self._context.theme.color(role))
        elide = Qt.TextElideMode.ElideRight
        shown = QFontMetrics(painter.font()).elidedText(words, elide, int(rect.width()))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, shown)
