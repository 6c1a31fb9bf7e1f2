"""What others wrote is shown as it is: no label, tip or message box takes it for markup."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMenu,
    QTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.model.article import Article, Status
from app.model.bookmark import Bookmark
from app.model.codebook import Codebook
from app.model.commands import (
    AddAnnotation,
    AddArticle,
    AddRecord,
    AddRelation,
    DeleteAnnotation,
    LinkRecord,
    SetBookmark,
    SetStatus,
)
from app.ui.actions import ACTIONS, SUBMENUS
from app.ui.main_window import MainWindow
from app.workspace import Workspace
from tests.projects import CODEBOOK, article, link, mark, person

IMAGE = '<img src="file:///nowhere.png">'
EVIL = f'{IMAGE}<b>bold</b> <a href="http://evil.example">here</a>'
NAME = "<b>bold<i>.pressmark"
WORDS = {"label", "definition", "plural", "description", "title", "question", "help", "unit"}
"""The words of a codebook that people read; names and keys have rules of their own."""


def spoilt(entry: Any) -> Any:
    """Return a codebook entry whose words are markup, and all its parts."""
    changed: dict[str, Any] = {}
    for one in fields(entry):
        value = getattr(entry, one.name)
        if one.name in WORDS and isinstance(value, str):
            changed[one.name] = f"{value} {EVIL}"
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            changed[one.name] = tuple(map(spoilt, value))
    return replace(entry, **changed)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in which everything that somebody may write is markup."""
    book: Codebook = spoilt(CODEBOOK)
    place = tmp_path / NAME
    evil = {"source": EVIL, "author": EVIL, "url": EVIL}
    with Workspace.create(
        place, name=EVIL, description=EVIL, codebook=book, annotator=f"ann {EVIL}"
    ) as ws:
        stories = [
            article(f"{n} {EVIL} {EVIL}\n\n{EVIL}. Police said so.", title=f"{n} {EVIL}", **evil)
            for n in range(3)
        ]
        for story in stories:
            ws.do(AddArticle(article=story), title=f"import {EVIL}")
        _fill(ws, stories[0])
    return place


def _fill(ws: Workspace, story: Article) -> None:
    known = {"layer": ws.layer, "comment": EVIL}
    event = mark(story, 2, 20, attributes={"note": EVIL}, **known)
    actor = mark(story, 22, 50, type="actor", attributes={"office": EVIL}, **known)
    other = mark(story, 2, 20, layer=f"ben {EVIL}", comment=EVIL)
    gone = mark(story, 30, 40, **known)
    who = person(EVIL, aliases=(EVIL,), attributes={"party": EVIL})
    for added in (event, actor, other, gone):
        ws.do(AddAnnotation(annotation=added), title=f"tag {EVIL}", article=story.id)
    ws.do(AddRecord(record=who), title=f"add {EVIL}")
    versions = {one.id: one.version for one in ws.contents(story.id).annotations}
    for command in (
        LinkRecord(id=actor.id, version=versions[actor.id], record=who.id),
        AddRelation(relation=link(event, actor, layer=ws.layer)),
        DeleteAnnotation(id=gone.id, version=versions[gone.id]),
        SetBookmark(bookmark=Bookmark(article=story.id, layer=ws.layer, offset=3, note=EVIL)),
        SetStatus(status=Status(article=story.id, layer=ws.layer, state="in progress", note=EVIL)),
    ):
        ws.do(command, title=f"x {EVIL}", article=story.id)


def is_markup(words: str) -> bool:
    """Tell whether Qt may take words of others for markup: a tag of theirs is in it."""
    return IMAGE in words or "<b>bold" in words or "<a " in words


class Watch:
    """Walks through all that can be seen, and keeps what would be taken for markup."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.labels = self.tips = 0
        self.windows: set[str] = set()

    def look(self) -> None:
        for widget in QApplication.allWidgets():
            if widget.isWindow() and widget.isVisible():
                self.windows.add(type(widget).__name__)
            if isinstance(widget, QLabel):
                self._label(widget)
            elif isinstance(widget, QAbstractItemView):
                self._rows(widget)
            elif isinstance(widget, QTextEdit) and widget.acceptRichText():
                self.found.append(f"{type(widget).__name__} takes markup")
            elif isinstance(widget, QMenu) and widget.toolTipsVisible():
                self.found += [a.toolTip() for a in widget.actions() if is_markup(a.toolTip())]
            self.tip(widget.toolTip(), type(widget).__name__)

    def _label(self, label: QLabel) -> None:
        self.labels += 1
        plain = label.textFormat() == Qt.TextFormat.PlainText
        if not plain and is_markup(label.text()):
            holder = type(label.parent()).__name__
            self.found.append(f"{type(label).__name__} in {holder}: {label.text()}")

    def _rows(self, view: QAbstractItemView) -> None:
        model = cast("QAbstractItemModel | None", view.model())
        if model is None:
            return
        for row in range(min(model.rowCount(), 20)):
            columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
            for column in range(columns):
                told = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
                self.tip(str(told or ""), f"{type(model).__name__} {row}")

    def tip(self, words: str, where: str) -> None:
        self.tips += bool(words)
        if is_markup(words):
            self.found.append(f"tip of {where}: {words}")


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Look at every dialog that opens, and close it; no file is chosen."""
    made = Watch()

    def shown(_: QPoint, words: str, *_more: QWidget | QRect) -> None:
        made.tip(words, "QToolTip")

    def close() -> None:
        made.look()
        box = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if isinstance(box, QDialog):
            box.reject()
        elif box is not None:
            box.close()

    monkeypatch.setattr(QToolTip, "showText", shown)
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    timer = QTimer(interval=20)
    timer.timeout.connect(close)
    timer.start()
    yield made
    timer.stop()


def test_a_watch_finds_what_qt_would_interpret(qtbot: QtBot, watch: Watch) -> None:
    label = QLabel(EVIL)
    label.setToolTip(EVIL)
    qtbot.addWidget(label)
    watch.look()
    assert len(watch.found) == 2
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setToolTip("")
    watch.found.clear()
    watch.look()
    assert watch.found == []


def test_nothing_that_others_wrote_is_markup_in_any_window(
    opened: MainWindow, project: Path, watch: Watch, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESSMARK_ANNOTATOR", f"ann {EVIL}")
    bench = opened.bench
    bench.open_project(str(project))
    view = bench.desk.view
    assert bench.session is not None
    contents = bench.session.contents
    assert contents is not None
    for action in ACTIONS:
        if action.id in SUBMENUS or action.id in {"quit", "sample"}:
            continue
        for one in contents.annotations:
            if not watch.windows or action.menu in {"Annotate", "Edit"}:
                view.select(one.id)
                watch.look()
        bench.menus.action(action.id).trigger()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        QApplication.processEvents()
        watch.look()
        for other in QApplication.topLevelWidgets():
            if other.isVisible() and other is not opened and other.isWindow():
                other.close()
    assert sorted(set(watch.found)) == []
    assert watch.labels > 100
    assert watch.tips > 100
    assert len(watch.windows) > 8, watch.windows
