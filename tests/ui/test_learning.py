"""Learning beside the window: asked for, after a finished article, heard where it is good."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.model.article import Status
from app.model.commands import AddArticle, SetStatus
from app.model.suggestion import Wanted
from app.ui.main_window import MainWindow
from app.ui.preferences.sheet import LEAST, Preferences
from app.workspace import Workspace
from tests.projects import article, project
from tests.ui.suggesters import known_words_alone
from tests.workspace.test_learning import fill

SENTENCE = "On Monday Rita Vogt said that it rained."


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    with project(tmp_path) as made:
        fill(made, 9, done=8)
        made.do(AddArticle(article=article(SENTENCE, title="New")), title="import")
        return made


def set_to(window: MainWindow, name: str, value: str) -> None:
    window.bench._settings.set_text(name, value)
    window.bench._apply_setting(name)


def without_rules(window: MainWindow) -> None:
    """Show what was learnt, and nothing that rules find."""
    known_words_alone(window)
    window.bench._switch_suggestions(on=True)


def learn(window: MainWindow, qtbot: QtBot) -> None:
    window.bench.learning._rest.setInterval(0)
    with qtbot.waitSignal(window.bench.learning.learnt, timeout=30_000):
        without_rules(window)
        set_to(window, "suggest-learned", "on")
    qtbot.waitUntil(lambda: window.bench.learning.job is None)


def open_last(window: MainWindow) -> None:
    session = window.bench.session
    assert session is not None
    window.bench.desk.open_article(session.workspace.article_ids()[-1])


def proposed(window: MainWindow) -> list[tuple[str, str]]:
    shown = window.bench.desk.view.suggestions.values()
    return [(one.suggester, one.quote) for one in shown]


def test_nothing_is_learnt_unasked(opened: MainWindow, ws: Workspace) -> None:
    opened.bench.open_project(ws.location)
    assert opened.bench.learning.job is None
    assert not opened.bench.learning._rest.isActive()
    assert opened.bench.learning.said().startswith("Nothing is learnt before 5")


def test_what_was_learnt_is_proposed_and_told(
    opened: MainWindow, ws: Workspace, qtbot: QtBot
) -> None:
    opened.bench.open_project(ws.location)
    known_words_alone(opened)
    opened.bench.desk.switch_suggestions(on=True)
    open_last(opened)
    assert proposed(opened) == []
    learn(opened, qtbot)
    assert proposed(opened) == [("learned", "Rita Vogt")]
    assert opened.bench.status.text().startswith("Learnt from 8 finished articles: F1 of actors")
    sheet = Preferences(
        opened,
        opened.bench._settings,
        opened.bench.keymap,
        codebook=None,
        theme=opened.bench._settings.theme(),
        learnt=opened.bench.learning.said(),
    )
    said = sheet._boxes["suggest-learned"].accessibleDescription()
    assert "Learnt from 8 finished articles" in said
    sheet.deleteLater()
    set_to(opened, "suggest-learned", "")
    assert proposed(opened) == []


def test_a_threshold_leaves_out_what_is_unsure(
    opened: MainWindow, ws: Workspace, qtbot: QtBot
) -> None:
    opened.bench.open_project(ws.location)
    opened.bench.desk.switch_suggestions(on=True)
    open_last(opened)
    learn(opened, qtbot)
    (one,) = opened.bench.desk.view.suggestions.values()
    opened.bench.desk.proposals.want(Wanted(one.score + 0.001))
    assert proposed(opened) == []
    opened.bench.desk.proposals.want(Wanted(one.score))
    assert proposed(opened) == [("learned", "Rita Vogt")]
    opened.bench.desk.proposals.want(Wanted(without=frozenset({"actor"})))
    assert proposed(opened) == []
    for value, _ in LEAST:
        set_to(opened, "suggest-least", value)
        assert opened.bench.desk.proposals._wanted == Wanted(float(value))
    set_to(opened, "suggest-least", "nonsense")
    assert opened.bench.desk.proposals._wanted == Wanted()


def test_a_finished_article_is_learnt_from(opened: MainWindow, ws: Workspace, qtbot: QtBot) -> None:
    opened.bench.open_project(ws.location)
    learn(opened, qtbot)
    session = opened.bench.session
    assert session is not None
    assert opened.bench.learning.report().articles == 8
    ninth = session.workspace.article_ids()[8]
    with qtbot.waitSignal(opened.bench.learning.learnt, timeout=30_000):
        status = Status(article=ninth, layer="ann", state="done")
        session.do_in(ninth, SetStatus(status=status), "mark done")
    assert opened.bench.learning.report().articles == 9


def test_a_project_that_is_closed_is_not_learnt_from(
    opened: MainWindow, ws: Workspace, qtbot: QtBot
) -> None:
    opened.bench.open_project(ws.location)
    opened.bench.learning._rest.setInterval(0)
    without_rules(opened)
    set_to(opened, "suggest-learned", "on")
    qtbot.waitUntil(lambda: opened.bench.learning.job is not None)
    opened.bench.close_project()
    assert opened.bench.learning.job is None
    assert opened.bench.learning.said() == ""
    set_to(opened, "suggest-learned", "")
