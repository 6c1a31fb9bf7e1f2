"""An article view on a stand: marks by their words, keys, mouse at an offset, signals heard."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.annotation import Annotation, Certainty, Relation, fragments_of
from app.model.article import Article
from app.model.changes import Change
from app.model.codebook import Codebook
from app.model.codebook_file import read_codebook
from app.model.contents import ArticleContents
from app.model.resources import resource
from app.model.suggestion import Suggestion
from app.ui import theme
from app.ui.article.geometry import Part
from app.ui.article.view import ArticleView

NO_KEY = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton

_SIGNALS = (
    "annotation_selected annotation_clicked tag_requested linked_tag_requested fragments_requested"
    " delete_requested type_requested relation_requested role_requested edit_requested"
    " comment_requested action_requested selection_changed zoom_requested message"
).split()


@cache
def press() -> Codebook:
    """Return the codebook the program starts with."""
    return read_codebook(Path(resource("codebooks/press.yaml")))


def find(text: str, words: str, occurrence: int = 1) -> tuple[int, int]:
    """Return the range of some words of a text."""
    start = -1
    for _ in range(occurrence):
        start = text.index(words, start + 1)
    return start, start + len(words)


def mark(
    text: str,
    type_name: str,
    *words: str,
    id: str = "",  # noqa: A002 - the name of the field
    occurrence: int = 1,
    certainty: Certainty = "sure",
    record: str | None = None,
) -> Annotation:
    """Return a mark on some words; several make a mark of several fragments."""
    ranges = [find(text, each, occurrence) for each in words]
    return Annotation(
        id=id or f"{type_name}:{'+'.join(words)}",
        article="a",
        layer="Marta",
        type=type_name,
        fragments=fragments_of(text, ranges),
        certainty=certainty,
        record=record,
    )


def suggested(
    text: str,
    type_name: str,
    words: str,
    id: str = "s",  # noqa: A002 - the name of the field
    reason: str = "Marked so before",
) -> Suggestion:
    """Return a suggestion on some words."""
    return Suggestion(
        id=id,
        article="a",
        type=type_name,
        fragments=fragments_of(text, [find(text, words)]),
        score=0.5,
        suggester="names",
        reason=reason,
    )


def link(role: str, source: Annotation, target: Annotation) -> Relation:
    """Return a relation."""
    return Relation(
        id=f"{source.id}-{role}-{target.id}",
        article="a",
        layer="Marta",
        role=role,
        source=source.id,
        target=target.id,
    )


def contents(
    text: str, marks: Iterable[Annotation] = (), relations: Iterable[Relation] = (), **facts: str
) -> ArticleContents:
    """Return an article with marks."""
    article = replace(Article(id="a", title="A title", text=text, sha256=""), **facts)  # type: ignore[arg-type]
    return ArticleContents(article, layer="Marta", annotations=marks, relations=relations)


def change(
    annotations: Iterable[Annotation] = (),
    removed: Iterable[str] = (),
    relations: Iterable[Relation] = (),
) -> Change:
    """Return a change as the workspace would tell it."""
    return Change(
        seq=1,
        kind="do",
        title="",
        by="Marta",
        at="",
        article="a",
        annotations=tuple(annotations),
        removed_annotations=tuple(removed),
        relations=tuple(relations),
    )


class Stand:
    """A view that is shown, has the focus, and writes down what it says."""

    def __init__(self, qtbot: QtBot) -> None:
        theme.load_fonts()
        self.view = ArticleView()
        qtbot.addWidget(self.view)
        self.view.resize(770, 790)
        self.heard: list[tuple[object, ...]] = []
        for name in _SIGNALS:
            getattr(self.view, name).connect(
                lambda *args, name=name: self.heard.append((name, *args))
            )
        self.view.show()
        qtbot.waitUntil(self.view.isVisible)

    def load(
        self,
        text: str,
        marks: Iterable[Annotation] = (),
        relations: Iterable[Relation] = (),
        **facts: str,
    ) -> ArticleContents:
        """Show a text and give it the focus."""
        shown = contents(text, marks, relations, **facts)
        self.view.load(shown, press())
        self.view.activateWindow()
        self.view.setFocus()
        QApplication.processEvents()
        self.heard.clear()
        return shown

    def apply(self, told: Change) -> None:
        """Tell the contents and then the view of a change."""
        assert self.view.contents is not None
        self.view.contents.apply(told)
        self.view.apply(told)

    def said(self, name: str) -> list[list[object]]:
        """Return the arguments of each time a signal was heard."""
        return [list(entry[1:]) for entry in self.heard if entry[0] == name]

    @property
    def slot(self) -> str | None:
        """The name of the role that waits to be filled."""
        return self.view.armed.name if self.view.armed else None

    def key(self, key: Qt.Key | str, held: Qt.KeyboardModifier = NO_KEY, *, times: int = 1) -> None:
        """Press a key in the text."""
        for _ in range(times):
            QTest.keyClick(self.view, key, held)  # type: ignore[arg-type]

    # -- the mouse --------------------------------------------------------------------------------

    def point(self, offset: int) -> QPoint:
        """Return the middle of the character at an offset, in the viewport."""
        lines = self.view.lines
        row = lines.text.rows.at(offset)
        lines.row(row)
        stretches = list(lines.stretches(offset, offset + 1, range(row, row + 1)))
        x0, x1, baseline = stretches[0]
        return QPointF((x0 + x1) / 2, baseline - 5 - self.view.scroll_y).toPoint()

    def send(
        self,
        kind: QEvent.Type,
        point: QPoint,
        held: Qt.KeyboardModifier = NO_KEY,
        *,
        buttons: Qt.MouseButton = Qt.MouseButton.NoButton,
    ) -> None:
        """Send a mouse event to the text."""
        port = self.view.viewport()
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
        at = QPointF(point)
        event = QMouseEvent(kind, at, QPointF(port.mapToGlobal(point)), button, buttons, held)
        QApplication.sendEvent(port, event)

    def click(self, offset: int, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """Click on the character at an offset."""
        self.click_at(self.point(offset), held)

    def click_at(self, point: QPoint, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """Click somewhere."""
        self.send(QEvent.Type.MouseButtonPress, point, held, buttons=LEFT)
        self.send(QEvent.Type.MouseButtonRelease, point, held)

    def double_click(self, offset: int) -> None:
        """Double-click on the character at an offset."""
        self.click(offset)
        self.send(QEvent.Type.MouseButtonDblClick, self.point(offset), buttons=LEFT)
        self.send(QEvent.Type.MouseButtonRelease, self.point(offset))

    def drag(self, start: QPoint, end: QPoint, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """Drag with the left button."""
        self.send(QEvent.Type.MouseButtonPress, start, held, buttons=LEFT)
        for share in (0.3, 0.7, 1.0):
            step = start + (end - start) * share
            self.send(QEvent.Type.MouseMove, step, held, buttons=LEFT)
        self.send(QEvent.Type.MouseButtonRelease, end, held)

    def drag_over(self, start: int, end: int, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """Drag from the character at an offset to the one at another."""
        self.drag(self.point(start), self.point(end), held)

    def handle(self, annotation: Annotation, *, start: bool) -> QPoint:
        """Return where a handle of the selected mark hangs, in the viewport."""
        from app.ui.article.paint import handle_at

        parts = self.view.lines.parts(annotation)
        part = next(p for p in parts if (p.opens if start else p.closes))
        place = handle_at(part, self.view.lines.metrics, start=start)
        return QPointF(place.x(), place.y() - self.view.scroll_y).toPoint()

    # -- what is drawn ----------------------------------------------------------------------------

    def drawn(self) -> dict[int, tuple[object, ...]]:
        """Return the draw list of every row, laying all of them out."""
        lines = self.view.lines
        found: dict[int, tuple[object, ...]] = {}
        for number in range(len(lines.text.rows)):
            row = lines.row(number)
            chunks = row.chunk_range(0, row.tops[-1] if row.tops else 0)
            parts = tuple(part for n in chunks for part in row.chunk(n))
            found[number] = (
                round(lines.top(number), 6),
                lines.height(number),
                tuple(row.tops),
                parts,
            )
        return found

    def parts(self, annotation: Annotation) -> list[Part]:
        """Return the parts of a mark in the document."""
        return self.view.lines.parts(annotation)


def renamed(annotation: Annotation, **fields: object) -> Annotation:
    """Return a mark with some fields changed."""
    return replace(annotation, **fields)  # type: ignore[arg-type]
