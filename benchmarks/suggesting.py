"""Suggestions: for a short article, names among 100,000, and tagging while a model learns."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.model.article import Status
from app.model.commands import AddRecord, Batch, SetStatus
from app.model.ids import new_id
from app.model.registry import Record
from app.model.resources import resource
from app.model.text import canonical, sha256_of
from app.ui.application import make_window
from app.workspace.suggesting import Suggesting
from benchmarks.desk import tagging
from benchmarks.material import article, project
from benchmarks.measure import Row, median, percentile

_BUDGET_ALL, _BUDGET_NAMES = 30.0, 5.0
"""Milliseconds that an article of 2.5 KB may take: all suggesters, and known names alone."""
_ALIASES = 100_000
_FINISHED = 60


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of this group."""
    text = canonical(resource("sample/000_1b9c5a6f76a63e06.txt").read_text("utf-8"))
    sample = replace(article(2_500), text=text, sha256=sha256_of(text))
    path = folder / "suggesting.pressmark"
    again = article(2_600)
    again = replace(again, text=f"{text}\n", sha256=sha256_of(f"{text}\n"))
    workspace = project(path, [(sample, 0), (again, 0)])
    names = [f"{first} {last}" for first, last in itertools.product(_parts("A"), _parts("B"))]
    steps = tuple(
        AddRecord(record=Record(id=new_id(), kind="actor", name=one, aliases=(f"{one} II",)))
        for one in names[: _ALIASES // 2]
    )
    workspace.do(Batch(steps=steps), title="registry")
    contents = workspace.contents(sample.id)
    suggesting = Suggesting(workspace)
    suggesting.of(contents)
    yield Row(
        operation=f"names of 100,000 in a registry, in {len(text):,} characters",
        floor=_BUDGET_NAMES,
        ours=median(lambda: suggesting.of(contents, suggesters=["names"]), repeat=15),
        budget=1.0,
    )

    others = itertools.cycle((workspace.contents(again.id), contents))

    def anew() -> None:
        suggesting.of(next(others))

    yield Row(
        operation=f"all suggesters that need no model, {len(text):,} characters",
        floor=_BUDGET_ALL,
        ours=median(anew, repeat=15),
        budget=1.0,
    )
    suggesting.close()
    workspace.close()
    yield _while_learning(folder)


def _parts(letter: str) -> list[str]:
    return ["".join((letter, *rest)) for rest in itertools.product("abcdefghi", "abcde", "abcde")]


def _while_learning(folder: Path) -> Row:
    """Tag while a model is trained from finished articles, against the same without."""
    path = folder / "learning.pressmark"
    articles = [(article(4_000, seed=seed), 40) for seed in range(_FINISHED)]
    workspace = project(path, articles)
    for made, _ in articles[1:]:
        done = Status(article=made.id, layer=workspace.layer, state="done")
        workspace.do(SetStatus(status=done), title="done")
    workspace.close()
    _, window = make_window()
    window.resize(1440, 900)
    window.show()
    bench = window.bench
    bench.open_project(str(path))
    bench.desk.open_article(articles[0][0].id)
    QApplication.processEvents()
    alone = tagging(window, 60)
    bench.menus.action("suggestions").trigger()
    bench.desk.switch_suggestions(on=False)
    while bench.learning.job is None:
        QApplication.processEvents()
    during = []
    while bench.learning.job is not None and len(during) < 2_000:
        during += tagging(window, 20)
    window.close()
    return Row(
        operation=f"tag to paint p99 while {_FINISHED - 1} articles are learnt from",
        floor=percentile(alone, 99),
        ours=percentile(during, 99),
        budget=1.5,
        note=f"p50 {percentile(alone, 50):.1f} ms, meanwhile {percentile(during, 50):.1f} ms",
    )
