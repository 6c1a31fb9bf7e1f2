"""The article view by itself: one endless paragraph, and what a large article takes of memory."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Row

_LONG = """
from statistics import median
from time import perf_counter
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from app.model.changes import Change
from app.model.codebook_file import read_codebook
from app.model.contents import ArticleContents
from app.model.resources import resource
from app.ui.article.view import ArticleView
from dataclasses import replace
from benchmarks.material import annotations_of, article
application = QApplication([])
made = article(100_000)
made = replace(made, text=made.text.replace("\\n\\n", " "))
marks = annotations_of(made, 5_020, "bench")
plain = QPlainTextEdit()
plain.resize(796, 790)
plain.setPlainText(made.text)
plain.show()
application.processEvents()
times = []
for _ in range(20):
    begun = perf_counter()
    plain.viewport().repaint()
    times.append(perf_counter() - begun)
view = ArticleView()
view.resize(796, 790)
view.show()
contents = ArticleContents(made, layer="bench", annotations=marks[:5_000])
view.load(contents, read_codebook(resource("codebooks/press.yaml")))
application.processEvents()
ours = []
for mark in marks[5_000:]:
    told = Change(seq=1, kind="do", title="", by="", at="", article=made.id, annotations=(mark,))
    begun = perf_counter()
    contents.apply(told)
    view.apply(told)
    view.viewport().repaint()
    ours.append(perf_counter() - begun)
    application.processEvents()
print(median(times) * 1e3, median(ours) * 1e3)
"""

_EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit
application = QApplication([])
window = QMainWindow()
window.resize(1440, 900)
edit = QPlainTextEdit()
from benchmarks.material import article
edit.setPlainText(article(1_000_000).text)
window.setCentralWidget(edit)
window.show()
application.processEvents()
"""

_OURS = """
import sys
from app.ui.application import collect_rarely, make_window
from app.ui.article.view import ArticleView
application, window = make_window()
window.resize(1440, 900)
window.show()
window.bench.open_project(sys.argv[1])
application.processEvents()
collect_rarely()
small, large = sys.argv[2:]
window.bench.desk.open_article(small)
application.processEvents()
"""

_MEMORY = """
print(next(int(line.split()[1]) for line in open("/proc/self/status") if "VmRSS" in line) / 1024)
"""

_LARGE = """
window.bench.desk.open_article(large)
application.processEvents()
bar = window.bench.desk.view.verticalScrollBar()
for step in range(40):
    bar.setValue(step * bar.maximum() // 40)
    application.processEvents()
"""


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of this group."""
    from benchmarks.material import article, project

    floor, ours = (float(word) for word in _run(_LONG).split())
    yield Row(
        operation="added mark to paint, one paragraph of 100 KB, 5,000 marks",
        floor=floor,
        ours=ours,
        budget=16.7 / floor,
        note="the budget is one frame",
    )
    small, large = article(600, seed=9), article(1_000_000)
    path = folder / "memory.pressmark"
    project(path, [(small, 1), (large, 5_000)]).close()
    empty = float(_run(_EMPTY + _MEMORY))
    before = _run(_OURS + _MEMORY, str(path), small.id, large.id)
    after = _run(_OURS + _LARGE + _MEMORY, str(path), small.id, large.id)
    yield Row(
        operation="memory of 1 MB with 5,000 marks, above a small article (MB)",
        floor=60.0,
        ours=float(after) - float(before),
        budget=1.0,
        note=f"in all {float(after):.0f} MB; a window with this text alone {empty:.0f} MB",
    )


def _run(code: str, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()
