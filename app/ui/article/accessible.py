"""What assistive technology hears of the marks: a list beside the text, one entry a mark.

The text itself is Qt's own text interface. Qt asks for the interfaces below only while a screen
reader runs.
"""

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.model.annotation import Annotation
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.wording import on_one_line

if TYPE_CHECKING:
    from app.ui.article.view import ArticleView

_LONGEST = 60


def spoken(contents: ArticleContents, codebook: Codebook, annotation: Annotation) -> str:
    """Return a mark in words: “Statement 2 of 6, Navalny claims … him, speaker Aleksei Navalny”."""
    span_type = codebook.type(annotation.type)
    alike = [a.id for a in contents.annotations if a.type == annotation.type]
    place = alike.index(annotation.id) + 1 if annotation.id in alike else 0
    label = span_type.label if span_type else annotation.type
    parts = [f"{label} {place} of {len(alike)}", on_one_line(annotation.quote, _LONGEST)]
    record = contents.record(annotation.record)
    if record is not None and record.name != annotation.quote:
        parts.append(record.name)
    for relation in contents.outgoing(annotation.id):
        role, target = (
            codebook.role(annotation.type, relation.role),
            contents.annotation(relation.target),
        )
        if target is not None:
            name = role.label.lower() if role else relation.role
            parts.append(f"{name} {on_one_line(contents.label(target), _LONGEST)}")
    if annotation.certainty == "unsure":
        parts.append("unsure")
    return ", ".join(parts)


class MarkList(QWidget):
    """Stands in the widget tree for the marks of a view. It takes no room and no focus."""

    def __init__(self, view: "ArticleView") -> None:
        super().__init__(view)
        self.view = view
        self.setAccessibleName("Marks")
        self.setGeometry(0, 0, 1, 1)
        self.lower()

    def marks(self) -> list[Annotation]:
        """Return the marks that are not filtered out, in reading order."""
        return self.view.marks_shown()

    def describe(self, annotation: Annotation) -> str:
        """Return a mark in words."""
        view = self.view
        if view.contents is None or view.codebook is None:
            return annotation.quote
        return spoken(view.contents, view.codebook, annotation)


class _Entry(QAccessibleInterface):
    """One mark, by its id: what is said of it is looked up when somebody asks."""

    def __init__(self, marks: MarkList, annotation_id: str) -> None:
        super().__init__()
        self._marks = marks
        self.annotation_id = annotation_id

    def _mark(self) -> Annotation | None:
        return self._marks.view.index.get(self.annotation_id)

    @override
    def isValid(self) -> bool:
        return self._mark() is not None

    @override
    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    @override
    def window(self) -> QWindow | None:  # type: ignore[override]
        return self._marks.window().windowHandle()

    @override
    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._marks)

    @override
    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    @override
    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    @override
    def childCount(self) -> int:
        return 0

    @override
    def indexOfChild(self, iface: QAccessibleInterface) -> int:
        return -1

    @override
    def text(self, kind: QAccessible.Text) -> str:
        mark = self._mark()
        return self._marks.describe(mark) if mark and kind == QAccessible.Text.Name else ""

    @override
    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Marks are not renamed."""

    @override
    def rect(self) -> QRect:
        mark, view = self._mark(), self._marks.view
        if mark is None:
            return QRect()
        box = QRectF()
        for part in view.lines.parts(mark):
            box |= QRectF(part.x0, part.baseline - 16, part.x1 - part.x0, 22)
        box.translate(0, -view.scroll_y)
        corner = view.viewport().mapToGlobal(box.topLeft().toPoint())
        return QRect(corner, box.size().toSize())

    @override
    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    @override
    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.selectable = True
        state.selected = self._marks.view.selected_id() == self.annotation_id
        state.readOnly = True
        port = self._marks.view.viewport()
        seen = QRect(port.mapToGlobal(QPoint(0, 0)), port.size())
        state.offscreen = not self.rect().intersects(seen)
        return state


class _Entries(QAccessibleInterface):
    """The list of the marks of one view."""

    def __init__(self, marks: MarkList) -> None:
        super().__init__()
        self._marks = marks
        self._known: dict[str, _Entry] = {}

    @override
    def isValid(self) -> bool:
        return True

    @override
    def object(self) -> QObject:
        return self._marks

    @override
    def window(self) -> QWindow | None:  # type: ignore[override]
        return self._marks.window().windowHandle()

    @override
    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._marks.view)

    @override
    def childCount(self) -> int:
        return len(self._marks.marks())

    @override
    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        marks = self._marks.marks()
        if not 0 <= index < len(marks):
            return None
        name = marks[index].id
        if name not in self._known:
            self._known[name] = _Entry(self._marks, name)
        return self._known[name]

    @override
    def indexOfChild(self, iface: QAccessibleInterface) -> int:
        if not isinstance(iface, _Entry):
            return -1
        ids = [mark.id for mark in self._marks.marks()]
        return ids.index(iface.annotation_id) if iface.annotation_id in ids else -1

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        view = self._marks.view
        point = view.in_document(view.viewport().mapFromGlobal(QPoint(x, y)).toPointF())
        ids = [mark.id for mark in self._marks.marks()]
        under = [mark.id for mark in view.marks_at(point)]
        return self.child(ids.index(under[0])) if under and under[0] in ids else None

    @override
    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    @override
    def text(self, kind: QAccessible.Text) -> str:
        return "Marks" if kind == QAccessible.Text.Name else ""

    @override
    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """The list is not renamed."""

    @override
    def rect(self) -> QRect:
        port = self._marks.view.viewport()
        return QRect(port.mapToGlobal(QPoint(0, 0)), port.size())

    @override
    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    @override
    def state(self) -> QAccessible.State:
        return QAccessible.State()


_alive: list[_Entries] = []


def _make(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    if not isinstance(thing, MarkList):
        return None
    made = _Entries(thing)
    _alive.append(made)  # Qt keeps no reference to what Python made
    thing.destroyed.connect(lambda: _alive.remove(made) if made in _alive else None)
    return made


@cache
def install() -> None:
    """Let Qt ask here for the interface of a list of marks. Once for the program."""
    QAccessible.installFactory(_make)
