"""Opening articles, tagging and scrolling in the real window, against a plain QPlainTextEdit."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from app.ui.application import collect_rarely, make_window
from app.ui.main_window import MainWindow
from benchmarks.material import article, project
from benchmarks.measure import Row, median, milliseconds, percentile

_PAINT = QEvent.Type.UpdateRequest.value
"""Delivers what waits to be painted, as the event loop does before anything else."""

_SIZES = (
    (2_500, 117, 8.0),
    (100_000, 500, 5.0),
    (1_000_000, 5_000, 5.0),
    (1_000_100, 20_000, 15.0),
)


_FRAME = 16.7
"""Milliseconds between two pictures of a common screen."""


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of this group."""
    articles = [(article(size, seed=size), count) for size, count, _ in _SIZES]
    small = article(600, seed=9)
    project(folder / "desk.pressmark", [(small, 1), *articles]).close()
    application, window = make_window()
    window.resize(1440, 900)
    window.show()
    window.bench.open_project(str(folder / "desk.pressmark"))
    application.processEvents()
    collect_rarely()  # as the program does once its window stands
    for (made, count), (size, _, budget) in zip(articles, _SIZES, strict=True):
        name = f"{size / 1000:,.4g} KB, {count:,} marks"
        floor = median(lambda text=made.text: _plain(text), repeat=5)
        ours = median(
            lambda made=made: _open(window, made.id),
            before=lambda: _open(window, small.id),
            repeat=5,
        )
        yield Row(operation=f"open {name}", floor=floor, ours=ours, budget=budget)
        yield from _scroll(window, made.text, name)
        yield from _tag(window, made.text, name, folder)
        yield from _look(window, made.text, name)
    window.close()


def _look(window: MainWindow, text: str, name: str) -> Iterator[Row]:
    """Yield what it takes to see a far mark, and letters on the words of a sentence."""
    edit = QPlainTextEdit()
    edit.resize(796, 790)
    edit.setPlainText(text)
    edit.show()
    QApplication.processEvents()
    floor = median(edit.viewport().repaint, repeat=15)
    edit.close()
    desk, view = window.bench.desk, window.bench.desk.view
    session = window.bench.session
    marks = session.contents.annotations if session and session.contents else ()
    jumps, letters = [], []
    for step in range(15):
        far = marks[(step * 7919) % len(marks)].id

        def jump(far: str = far) -> None:
            view.select(far)
            QCoreApplication.sendPostedEvents(None, _PAINT)

        def show_letters() -> None:
            view.tag_or_hint("actor")
            QCoreApplication.sendPostedEvents(None, _PAINT)

        jumps.append(milliseconds(jump))
        QApplication.processEvents()
        letters.append(milliseconds(show_letters))
        view.hints.end()
        QApplication.processEvents()
    desk.view.select(None)
    for operation, times in (("jump to a far mark", jumps), ("letters on words", letters)):
        yield Row(
            operation=f"{operation} p50, {name}",
            floor=floor,
            ours=percentile(times, 50),
            budget=_FRAME / floor,
            note=f"p99 {percentile(times, 99):.1f} ms; the budget is one frame",
        )


def _plain(text: str) -> None:
    edit = QPlainTextEdit()
    edit.resize(796, 790)
    edit.setPlainText(text)
    edit.show()
    QApplication.processEvents()
    edit.viewport().repaint()
    edit.close()


def _open(window: MainWindow, article_id: str) -> None:
    window.bench.desk.open_article(article_id)
    QApplication.processEvents()
    assert window.bench.session is not None
    assert window.bench.session.contents, "the article is open"
    assert len(window.bench.session.contents) > 0, "its marks are shown"


def _scroll(window: MainWindow, text: str, name: str) -> Iterator[Row]:
    edit = QPlainTextEdit()
    edit.resize(796, 790)
    edit.setPlainText(text)
    edit.show()
    QApplication.processEvents()
    plain_bar, bar = edit.verticalScrollBar(), window.bench.desk.view.verticalScrollBar()
    plain, ours = [], []
    for step in range(60):

        def move_plain(step: int = step) -> None:
            plain_bar.setValue(step * 3 % max(1, plain_bar.maximum()))
            edit.viewport().repaint()

        def move(step: int = step) -> None:
            bar.setValue(step * 100 % max(1, bar.maximum()))
            window.bench.desk.view.viewport().repaint()

        plain.append(milliseconds(move_plain))
        ours.append(milliseconds(move))
        QApplication.processEvents()  # between two turns of a wheel a window paints ahead
    edit.close()
    for percent, budget in ((50, 1.5), (99, 2.0)):
        yield Row(
            operation=f"scroll step p{percent}, {name}",
            floor=percentile(plain, percent),
            ours=percentile(ours, percent),
            budget=budget,
        )


def _tag(window: MainWindow, text: str, name: str, folder: Path) -> Iterator[Row]:
    edit = QPlainTextEdit()
    edit.resize(796, 790)
    edit.setPlainText(text)
    edit.show()
    QApplication.processEvents()
    path = folder / f"floor-{len(text)}.db"
    with sqlite3.connect(path, isolation_level=None) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE mark(id INTEGER PRIMARY KEY, body TEXT)")
        floor, ours = [], []
        window.bench.desk.view.verticalScrollBar().setValue(0)
        spaces = [n for n, character in enumerate(text[:1500]) if character == " "]
        for step in range(40):
            start, end = spaces[step] + 1, spaces[step + 2 + step % 3]

            def commit(start: int = start) -> None:
                database.execute(
                    "INSERT INTO mark(body) VALUES (?)", (f'{{"start": {start}}}' * 10,)
                )
                edit.viewport().repaint()

            def tag(ranges: tuple[tuple[int, int], ...] = ((start, end),)) -> None:
                window.bench.desk.tag("event", ranges)
                QCoreApplication.sendPostedEvents(None, _PAINT)

            floor.append(milliseconds(commit))
            ours.append(milliseconds(tag))
            for _ in range(3):  # what follows a tag, and the painting of that: people are slower
                QApplication.processEvents()
    edit.close()
    yield Row(
        operation=f"tag to paint p50, {name}",
        floor=percentile(floor, 50),
        ours=percentile(ours, 50),
        budget=3.0,
        note=f"p99 {percentile(ours, 99):.1f} ms",
    )


def tagging(window: MainWindow, times: int) -> list[float]:
    """Return how long each of so many marks takes to be on the disk and on the screen."""
    session = window.bench.session
    text = session.contents.article.text if session and session.contents else ""
    spaces = [n for n, character in enumerate(text[:1500]) if character == " "]
    found = []
    for step in range(times):
        at = step % (len(spaces) - 5)
        ranges = ((spaces[at] + 1, spaces[at + 2 + step % 3]),)

        def tag(ranges: tuple[tuple[int, int], ...] = ranges) -> None:
            window.bench.desk.tag("event", ranges)
            QCoreApplication.sendPostedEvents(None, _PAINT)

        found.append(milliseconds(tag))
        window.bench.desk.undo()
        for _ in range(3):
            QApplication.processEvents()
    return found
