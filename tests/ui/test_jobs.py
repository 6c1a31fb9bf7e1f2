"""Work in a thread: told, asked, cancelled; what goes wrong is heard in the window's thread."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from app.model.errors import InputRefused
from app.ui.jobs import Cancelled, Job


def test_news_and_the_result_come_in_the_window_s_thread(qtbot: QtBot) -> None:
    here = threading.get_ident()
    threads: list[int] = []
    news: list[object] = []

    def work(job: Job) -> str:
        threads.append(threading.get_ident())
        job.tell(1)
        threads.append(job.ask(threading.get_ident))
        return "made"

    job = Job(work)
    job.progressed.connect(news.append)
    with qtbot.waitSignal(job.done) as heard:
        job.start()
    assert heard.args == ["made"]
    assert threads[0] != here
    assert threads[1] == here
    assert news == [1]
    assert not job.running


def test_what_is_refused_there_is_raised_here_and_told(qtbot: QtBot) -> None:
    def refuse() -> None:
        message = "No."
        raise InputRefused(message)

    def work(job: Job) -> None:
        job.ask(refuse)

    job = Job(work)
    with qtbot.waitSignal(job.failed) as heard:
        job.start()
    assert heard.args == ["No."]


def test_a_cancelled_job_asks_for_nothing_more(qtbot: QtBot) -> None:
    asked: list[int] = []
    going = threading.Event()

    def work(job: Job) -> None:
        going.wait(10)
        with pytest.raises(Cancelled):
            job.ask(lambda: asked.append(1))
        job.tell(1)

    job = Job(work)
    with qtbot.waitSignal(job.cancelled):
        job.start()
        job.cancel()
        going.set()
    assert asked == []
    assert job.is_cancelled


def test_a_bug_stays_loud(qtbot: QtBot) -> None:
    nothing: dict[str, str] = {}
    job = Job(lambda _: nothing["nothing"])
    with qtbot.captureExceptions() as raised, qtbot.waitSignal(job.ended):
        job.start()
    assert [kind for kind, *_ in raised] == [KeyError]
