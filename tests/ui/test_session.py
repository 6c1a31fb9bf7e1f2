"""The one door for writing: what the window hears, and what happens when the disk fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.model.annotation import Annotation
from app.model.article import Article, State
from app.model.changes import Change
from app.model.commands import AddAnnotation, AddArticle, Batch, EditAnnotation
from app.model.errors import KnownError
from app.ui.session import Session
from app.workspace import Workspace
from tests.projects import article, mark, project


class Heard:
    """Everything a session said, in its order."""

    def __init__(self, session: Session) -> None:
        self.words: list[str] = []
        self.changes: list[Change] = []
        session.saved.connect(lambda _: self.words.append("saved"))
        session.refused.connect(lambda sentence: self.words.append(f"refused: {sentence}"))
        session.failed.connect(lambda sentence: self.words.append(f"failed: {sentence}"))
        session.recovered.connect(lambda: self.words.append("recovered"))
        session.changed.connect(self.changes.append)

    def take(self) -> list[str]:
        words, self.words = self.words, []
        return words


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = project(tmp_path)
    for number in range(3):
        story = article(f"Story {number}. Nobody came.", title=f"Story {number}")
        made.do(AddArticle(article=story), title="import")
    return made


@pytest.fixture
def session(ws: Workspace, qtbot: QtBot) -> Iterator[Session]:
    made = Session(ws)
    made._poll.setInterval(5)
    assert made.open_article(ws.article_ids()[0])
    yield made
    made.close()


@pytest.fixture
def heard(session: Session) -> Heard:
    return Heard(session)


def story(session: Session) -> Article:
    assert session.contents
    return session.contents.article


def tag(session: Session, **known: object) -> Annotation:
    return mark(story(session), 0, 5, **known)


def waits(session: Session) -> bool:
    return session.waiting


def gone(ws: Workspace) -> Path:
    """Take the file away, as a drive that is pulled out; return where it is now."""
    path = Path(ws.location)
    return path.rename(path.with_name("away"))


def test_a_disk_that_was_slow_is_told_of_before_the_next_write(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []
    session.saving.connect(told.append)
    clock = iter((0.0, 0.2, 1.0, 1.4, 2.0, 2.1, 3.0, 3.1))
    monkeypatch.setattr("app.ui.session.monotonic", lambda: next(clock))
    for start, expected in ((0, []), (1, []), (2, [True, False]), (3, [True, False])):
        made = mark(story(session), start, 7)
        assert session.do(AddAnnotation(annotation=made), "tag") is not None
        assert told == expected


def test_a_long_step_says_how_far_it_is_while_it_is_written(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.session._SLOW", 0.0)
    monkeypatch.setattr("app.ui.session._PAINTED", 0.0)
    told: list[object] = []
    session.saving.connect(told.append)
    session.progressed.connect(lambda *so_far: told.append(so_far))
    marks = [tag(session) for _ in range(250)]
    steps = tuple(AddAnnotation(annotation=made) for made in marks)
    assert session.do(Batch(steps=steps), "tag much") is not None
    assert told == [True, (100, 250), (200, 250), False]
    told.clear()
    assert session.undo() is not None
    assert told == [True, (100, 250), (200, 250), False]
    assert session.contents is not None
    assert not session.contents.annotations


def test_a_step_that_takes_no_time_says_nothing(session: Session) -> None:
    told: list[object] = []
    session.saving.connect(told.append)
    session.progressed.connect(lambda *so_far: told.append(so_far))
    steps = tuple(AddAnnotation(annotation=tag(session)) for _ in range(120))
    assert session.do(Batch(steps=steps), "tag some") is not None
    assert told == []


def test_on_a_network_drive_the_first_write_is_told_of(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(Workspace, "risk", "It lies on a network drive.")
    remote = Session(ws)
    told: list[bool] = []
    remote.saving.connect(told.append)
    assert remote.open_article(ws.article_ids()[0])
    made = tag(remote)
    assert remote.do(AddAnnotation(annotation=made), "tag") is not None
    assert told == [True, False]
    remote.close()


def test_a_change_is_told_when_it_is_on_disk(session: Session, heard: Heard, ws: Workspace) -> None:
    told: list[int] = []
    session.changed.connect(lambda _: told.append(len(ws.contents(story(session).id))))
    change = session.do(AddAnnotation(annotation=tag(session)), "tag event")
    assert change is not None
    assert heard.changes == [change]
    assert heard.take() == ["saved"]
    assert told == [1]
    assert session.contents is not None
    assert len(session.contents) == 1


def test_a_refusal_is_a_sentence_and_keeps_nothing(session: Session, heard: Heard) -> None:
    stranger = tag(session, type="party")
    assert session.do(AddAnnotation(annotation=stranger), "tag party") is None
    (words,) = heard.take()
    assert words.startswith("refused: ")
    assert not waits(session)
    assert heard.changes == []


def test_a_failed_command_is_kept_until_it_is_tried_again(
    session: Session, heard: Heard, ws: Workspace
) -> None:
    away = gone(ws)
    assert session.do(AddAnnotation(annotation=tag(session)), "tag event") is None
    assert waits(session)
    (words,) = heard.take()
    assert words.startswith("failed: Not on disk: p.pressmark is gone")

    assert session.do(AddAnnotation(annotation=mark(story(session), 6, 8)), "tag") is None
    assert heard.take() == [
        "refused: The last change is not on disk yet: try again or discard it first."
    ]
    assert session.undo() is None
    assert session.redo() is None
    assert session.set_state("done") is None
    assert [word.split(":")[0] for word in heard.take()] == ["refused"] * 3

    assert not session.retry()
    assert waits(session)
    assert [word.split(":")[0] for word in heard.take()] == ["failed"]
    assert session.contents is not None
    assert len(session.contents) == 0

    away.rename(ws.location)
    assert session.retry()
    assert heard.take() == ["saved", "recovered"]
    assert not waits(session)
    assert len(ws.contents(story(session).id)) == 1


def test_a_failed_command_may_be_discarded(session: Session, heard: Heard, ws: Workspace) -> None:
    away = gone(ws)
    session.do(AddAnnotation(annotation=tag(session)), "tag event")
    away.rename(ws.location)
    session.discard()
    assert not waits(session)
    assert heard.take()[-1] == "recovered"
    assert session.do(AddAnnotation(annotation=mark(story(session), 6, 8)), "tag") is not None
    assert [a.start for a in ws.contents(story(session).id).annotations] == [6]


def test_nothing_to_try_again_is_no_failure(session: Session) -> None:
    assert session.retry()


def test_a_change_of_another_process_does_not_hide_the_failure(
    session: Session, heard: Heard, ws: Workspace, qtbot: QtBot
) -> None:
    away = gone(ws)
    session.do(AddAnnotation(annotation=tag(session)), "tag event")
    away.rename(ws.location)
    heard.take()
    with Workspace.open(ws.location, annotator="bob") as bob:
        other = mark(story(session), 6, 8)
        bob.do(AddAnnotation(annotation=other), title="tag", article=other.article)
    with qtbot.waitSignal(session.changed):
        pass
    assert heard.take() == []  # neither “saved” nor “recovered”
    assert waits(session)


def test_undo_tried_again_is_that_of_its_article(
    session: Session, heard: Heard, ws: Workspace
) -> None:
    first, second, _ = ws.article_ids()
    session.do(AddAnnotation(annotation=tag(session)), "tag in the first")
    session.open_article(second)
    session.do(AddAnnotation(annotation=tag(session)), "tag in the second")
    session.open_article(first)
    away = gone(ws)
    assert session.undo() is None
    away.rename(ws.location)
    session.open_article(second)
    assert session.retry()
    assert len(ws.contents(first)) == 0
    assert len(ws.contents(second)) == 1


def test_a_kept_command_can_go_on_in_a_copy(
    session: Session, ws: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    copy = tmp_path / "copy.pressmark"
    ws.copy_to(copy)
    away = gone(ws)
    session.do(AddAnnotation(annotation=tag(session)), "tag event")
    kept = session.hand_over()
    assert kept is not None
    assert not waits(session)
    elsewhere = Session(Workspace.open(copy, annotator="ann"))
    elsewhere.open_article(story(session).id)
    elsewhere.take_over(kept)
    assert elsewhere.contents is not None
    assert len(elsewhere.contents) == 1
    elsewhere.close()
    away.rename(ws.location)
    assert len(ws.contents(story(session).id)) == 0


def test_a_stale_edit_shows_what_it_missed(session: Session, heard: Heard, ws: Workspace) -> None:
    session._poll.stop()
    change = session.do(AddAnnotation(annotation=tag(session)), "tag event")
    assert change is not None
    (mine,) = change.annotations
    with Workspace.open(ws.location, annotator="bob") as bob:
        bob.do(EditAnnotation(id=mine.id, version=mine.version, comment="bob"), title="comment")
    heard.take()
    assert session.do(EditAnnotation(id=mine.id, version=mine.version, comment="x"), "y") is None
    *saved, refused = heard.take()
    assert set(saved) == {"saved"}  # bob enters the project, and comments
    assert refused == "refused: This was changed in the meantime: see above the text."
    assert session.contents is not None
    (now,) = session.contents.annotations
    assert now.comment == "bob"


def test_other_processes_are_heard(
    session: Session, heard: Heard, ws: Workspace, qtbot: QtBot
) -> None:
    with Workspace.open(ws.location, annotator="bob") as bob, qtbot.waitSignal(session.changed):
        other = tag(session)
        bob.do(AddAnnotation(annotation=other), title="tag", article=other.article)
    assert set(heard.take()) == {"saved"}
    assert session.contents is not None
    assert session.contents.annotation(other.id) is not None


def test_trouble_with_looking_is_told_once(
    session: Session, heard: Heard, monkeypatch: pytest.MonkeyPatch, ws: Workspace
) -> None:
    def fails() -> tuple[Change, ...]:
        raise KnownError("The project cannot be read: the drive reported an error.")

    session._poll.stop()
    with monkeypatch.context() as patched:
        patched.setattr(ws, "poll", fails)
        session._look()
        session._look()
    assert len(heard.take()) == 1
    session._look()
    monkeypatch.setattr(ws, "poll", fails)
    session._look()
    assert len(heard.take()) == 1


def test_an_article_that_is_not_there(session: Session, heard: Heard) -> None:
    before = session.article
    assert not session.open_article("nowhere")
    assert heard.take() == ["refused: This article is not in the project."]
    assert session.article == before


def test_the_place_in_the_order_of_import(session: Session, ws: Workspace) -> None:
    session.open_article(ws.article_ids()[2])
    assert session.place() == 2


def test_without_an_article(ws: Workspace, qtbot: QtBot) -> None:
    empty = Session(ws)
    assert empty.article is None
    assert empty.place() == -1
    assert empty.set_state("done") is None
    empty.close()


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("done", "mark done"),
        ("flagged", "flag article"),
        ("new", "mark as new"),
        ("in progress", "reopen article"),
    ],
)
def test_states(session: Session, ws: Workspace, state: State, title: str) -> None:
    change = session.set_state(state)
    assert change is not None
    assert change.title == title
    assert ws.state_counts()[state] >= 1
