"""The order of work in the window: chosen like any other sorting, there when it is worked out."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.model.article import Status
from app.model.commands import AddArticle, SetStatus
from app.model.listing import Listing
from app.ui.main_window import MainWindow
from tests.projects import article, project

TEXTS = ("One march here.", "Another march here.", "Cakes taste better.")


def test_the_queue_is_sorted_when_it_is_worked_out(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with project(tmp_path) as ws:
        for text in TEXTS:
            ws.do(AddArticle(article=article(text, title=text)), title="import")
        done = Status(article=ws.article_ids()[0], layer="ann", state="done")
        ws.do(SetStatus(status=done), title="mark done")
    opened.bench.open_project(ws.location)
    queue = opened.bench.desk.queue
    filters = queue.filters
    with qtbot.waitSignal(opened.bench.ranking.ranked, timeout=20_000):
        filters.sort.setCurrentIndex(filters.sort.findData("useful"))
        filters.sort.activated.emit(filters.sort.currentIndex())
        qtbot.waitUntil(lambda: queue.model.listing.sort == "useful")
    titles = [row.title for n in range(3) if (row := queue.model.row_at(n))]
    assert titles == [TEXTS[2], TEXTS[1], TEXTS[0]]
    assert opened.bench.status.text() == "The queue is in order: 3 articles were looked at"
    queue.show_listing(Listing())
    assert queue.model.row_at(0).title == TEXTS[0]  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: opened.bench.ranking.job is None)


def test_another_project_ends_the_work(opened: MainWindow, tmp_path: Path) -> None:
    with project(tmp_path) as ws:
        ws.do(AddArticle(article=article("One.")), title="import")
    opened.bench.open_project(ws.location)
    opened.bench.desk.queue.show_listing(Listing(sort="relevant"))
    assert opened.bench.ranking.job is not None
    opened.bench.close_project()
    assert opened.bench.ranking.job is None
