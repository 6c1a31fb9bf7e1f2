"""The palette over a large project and finding in a large text: a letter typed until it is painted.

The floor is one frame of a 60 Hz screen: that is the budget, whatever the machine. Between opening
and the first letter stands a tenth of a second, in which both prepare; people need longer.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.model.article import Article
from app.model.commands import AddArticle, AddRecord, Batch, Command
from app.model.ids import derived_id
from app.model.registry import Record
from app.model.text import sha256_of
from app.ui.application import collect_rarely, make_window
from app.ui.article.find_bar import FindBar
from app.ui.main_window import MainWindow
from app.ui.palette.panel import Palette
from app.workspace import Workspace
from benchmarks.material import article, project
from benchmarks.measure import Row, milliseconds, percentile

_FRAME = 1000 / 60
_ENTRIES = 100_000
_BATCH = 10_000
_HAND_MS = 100
_SYLLABLES = "na val ny pu tin mos kva ber lin san ti ago ka ro li ne du bois".split()
_TYPED = ("navalny", "tin", "Berlin mos", "zzzz", "@kva ne", "#said", ">remove mark")
"""A beginning, a middle, two words, nothing at all, and each of the signs."""

_FOUND = ("Navalny", "the kremlin", "e", "zzzz")


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of this group."""
    large = article(1_000_000, seed=1_000_000)
    workspace = project(folder / "finding.pressmark", [(large, 5_000)])
    fill(workspace)
    workspace.close()
    application, window = make_window()
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    window.bench.open_project(str(folder / "finding.pressmark"))
    collect_rarely()  # as the program does once its window stands
    window.bench.desk.open_article(large.id)
    QTest.qWait(500)
    application.processEvents()
    yield from _palette(window)
    yield from _find(window)
    window.close()


def fill(workspace: Workspace) -> None:
    """Add as many records of the registry as articles with titles."""
    chance = random.Random(1)

    def name() -> str:
        words = ("".join(chance.choices(_SYLLABLES, k=chance.randint(2, 3))) for _ in range(2))
        return " ".join(words).title()

    for first in range(0, _ENTRIES, _BATCH):
        steps: list[Command] = []
        for n in range(first, first + _BATCH):
            text = f"{name()} said that {name()} was there."
            made = Article(
                id=derived_id("finding", str(n)),
                title=f"{name()} said to {name()} {n}",
                text=text,
                sha256=sha256_of(text),
                language="en",
            )
            kind = "actor" if n % 2 else "event"
            record = Record(
                id=derived_id("record", str(n)), kind=kind, name=name(), aliases=(name(),)
            )
            steps += [AddArticle(article=made), AddRecord(record=record)]
        workspace.do(Batch(steps=tuple(steps)), title="benchmark material")


def _palette(window: MainWindow) -> Iterator[Row]:
    def toggle() -> None:
        window.bench.menus.action("palette").trigger()
        QApplication.processEvents()

    opened = []
    for _ in range(8):
        opened.append(milliseconds(toggle))
        QTest.qWait(_HAND_MS)
        toggle()
    toggle()
    QTest.qWait(_HAND_MS)
    (palette,) = window.findChildren(Palette)
    assert palette.isVisible()
    (line,) = palette.findChildren(QLineEdit)
    times, slowest = _type(line, _TYPED)
    toggle()
    name = f"palette over {_ENTRIES:,} articles and records"
    yield _row(
        f"{name}: open", percentile(opened[1:], 50), note=f"the first time {opened[0]:.1f} ms"
    )
    yield _row(f"{name}: a letter, p50", percentile(times, 50))
    yield _row(f"{name}: a letter, p95", percentile(times, 95), note=f"slowest {slowest}")


def _find(window: MainWindow) -> Iterator[Row]:
    window.bench.menus.action("find").trigger()
    QApplication.processEvents()
    QTest.qWait(_HAND_MS)
    (bar,) = window.findChildren(FindBar)
    (line,) = bar.findChildren(QLineEdit)
    times, slowest = _type(line, _FOUND)
    line.setText("navalny")
    QApplication.processEvents()
    steps = [milliseconds(lambda: _then_paint(lambda: bar.step(+1))) for _ in range(20)]
    bar.leave()
    yield _row("find in 1 MB with 5,000 marks: a letter, p50", percentile(times, 50))
    slow = percentile(times, 95)
    yield _row("find in 1 MB with 5,000 marks: a letter, p95", slow, note=f"slowest {slowest}")
    yield _row("find in 1 MB with 5,000 marks: next hit, p95", percentile(steps, 95))


def _type(line: QLineEdit, typed: tuple[str, ...]) -> tuple[list[float], str]:
    """Type words letter by letter; return the times, and after which letters it took longest."""
    times: dict[str, float] = {}
    for words in typed:
        line.clear()
        QApplication.processEvents()
        for end in range(1, len(words) + 1):
            now = words[:end]
            times[now] = milliseconds(lambda now=now: _then_paint(lambda: line.setText(now)))
    slowest = max(times, key=lambda words: times[words])
    return list(times.values()), f"“{slowest}” {times[slowest]:.1f} ms"


def _then_paint(action: Callable[[], object]) -> None:
    action()
    QApplication.processEvents()


def _row(operation: str, ours: float, note: str = "") -> Row:
    return Row(operation=operation, floor=_FRAME, ours=ours, budget=1.0, note=note)
