"""The desk: a gesture in one pane reaches the disk, and every other pane after it."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.annotation import Annotation
from app.model.commands import AddAnnotation, AddArticle, AddRecord, SetCodebook
from app.model.contents import ArticleContents
from app.ui.desk import Desk
from app.ui.session import Session
from app.ui.theme import LIGHT
from app.workspace import Workspace
from tests.projects import CODEBOOK, article, mark, person, project

Show = Callable[..., None]


class Stand:
    """A desk with a session on a project of three articles, and what it said."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self.desk = Desk()
        self.desk.set_theme(LIGHT)
        self.session = Session(ws)
        self.said: list[str] = []
        self.counts: list[dict[str, int]] = []
        self.desk.message.connect(self.said.append)
        self.desk.counts_changed.connect(self.counts.append)
        self.session.refused.connect(self.said.append)
        self.desk.show_session(self.session)
        self.ids = ws.article_ids()

    @property
    def contents(self) -> ArticleContents:
        assert self.session.contents is not None
        return self.session.contents

    def marks(self) -> tuple[Annotation, ...]:
        """Return what is on disk."""
        return self.ws.contents(self.contents.article.id).annotations

    def painted(self) -> list[str]:
        return [m.id for m in self.desk.view.marks_shown()]


@pytest.fixture
def stand(tmp_path: Path, qtbot: QtBot, show: Show) -> Iterator[Stand]:
    ws = project(tmp_path)
    for number in range(3):
        story = article(f"Navalny came to Moscow. Story {number}.", title=f"Story {number}")
        ws.do(AddArticle(article=story), title="import")
    made = Stand(ws)
    show(made.desk, 1440, 800)
    made.desk.activateWindow()
    made.desk.open_article(made.ids[0])
    yield made
    made.desk.show_session(None)
    made.session.close()


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def test_a_tag_is_on_disk_painted_selected_and_counted(stand: Stand) -> None:
    stand.desk.tag("actor", ((0, 7),))
    (found,) = stand.marks()
    assert (found.type, found.quote) == ("actor", "Navalny")
    assert stand.painted() == [found.id]
    assert stand.desk.view.selected_id() == found.id
    settle()
    assert stand.counts[-1] == {"actor": 1}
    row = stand.desk.queue.model.row_at(0)
    assert row is not None
    assert row.annotations == 1
    assert stand.desk.outline.isVisible()


def test_what_cannot_be_done_is_said_and_nothing_changes(stand: Stand) -> None:
    stand.desk.tag("actor", ((0, 7),))
    stand.desk.tag("actor", ((0, 7),))
    assert stand.said == ["“Navalny” is tagged as actor already"]
    stand.desk.tag("party", ((0, 7),))
    assert stand.said[-1] == "The codebook has no type “party”"
    stand.desk.delete("no such mark")
    assert stand.said[-1] == "This mark is no longer in the article"
    assert len(stand.marks()) == 1


def test_a_removed_mark_can_be_had_back_from_the_toast(stand: Stand) -> None:
    stand.desk.tag("actor", ((0, 7),))
    (before,) = stand.marks()
    stand.desk.delete(before.id)
    assert stand.marks() == ()
    assert stand.desk._toast.isVisible()
    assert stand.desk._toast.accessibleName() == "Removed actor “Navalny”"
    stand.desk._toast.undo_requested.emit()
    assert [m.id for m in stand.marks()] == [before.id]
    assert stand.said[-1] == "Undone: remove actor “Navalny”"
    assert stand.desk.view.selected_id() == before.id
    stand.desk.redo()
    assert stand.marks() == ()
    assert stand.said[-1] == "Done again: remove actor “Navalny”"


def test_gestures_of_the_view(stand: Stand) -> None:
    view = stand.desk.view
    stand.desk.tag("event", ((8, 12),))
    (event,) = stand.marks()
    view.fragments_requested.emit(event.id, ((8, 15),))
    assert [m.quote for m in stand.marks()] == ["came to"]
    view.linked_tag_requested.emit("actor", ((0, 7),), event.id, "agent")
    actor = next(m for m in stand.marks() if m.type == "actor")
    assert [r.target for r in stand.contents.outgoing(event.id)] == [actor.id]
    stand.desk.tag("actor", ((16, 22),))
    moscow = stand.marks()[-1]
    view.relation_requested.emit(event.id, "agent", moscow.id)
    assert {r.target for r in stand.contents.outgoing(event.id)} == {actor.id, moscow.id}
    view.type_requested.emit(moscow.id, "event")
    assert stand.contents.annotation(moscow.id)
    assert {r.target for r in stand.contents.outgoing(event.id)} == {actor.id}
    view.select(actor.id)
    stand.desk.retype_selected("event")
    assert {m.type for m in stand.marks()} == {"event"}
    view.select(None)
    stand.desk.retype_selected("actor")
    assert {m.type for m in stand.marks()} == {"event"}


def test_walking_through_the_articles(stand: Stand) -> None:
    desk = stand.desk
    desk.open_previous()
    assert stand.said == ["This is the first article"]
    desk.open_next()
    desk.open_next()
    assert stand.session.article == stand.ids[2]
    desk.open_next()
    assert stand.said[-1] == "This is the last article"
    assert stand.session.article == stand.ids[2]
    desk.mark_done()
    assert stand.session.article == stand.ids[0]
    assert stand.desk.queue.view.selectedIndexes()[0].row() == 0
    desk.mark_done()
    desk.mark_done()
    assert stand.said[-1] == "Done. Every article of the project is done"
    desk.reopen()
    assert stand.ws.state_counts()["in progress"] == 1
    desk.flag()
    assert stand.ws.state_counts()["flagged"] == 1
    desk.flag()
    assert stand.ws.state_counts()["flagged"] == 0


def test_an_article_that_is_gone_leaves_the_one_that_is_open(stand: Stand) -> None:
    stand.desk.open_article("no such article")
    assert stand.said == ["This article is not in the project."]
    assert stand.session.article == stand.ids[0]
    stand.desk.open_article(None)
    assert stand.session.article == stand.ids[0]


def test_what_another_process_does_is_shown(stand: Stand, qtbot: QtBot) -> None:
    with Workspace.open(stand.ws.location, annotator="bob") as bob:
        bob.do(SetCodebook(codebook=replace(CODEBOOK, revision=2)), title="codebook")
        added = mark(stand.contents.article, 0, 7)
        bob.do(AddAnnotation(annotation=added), title="tag", article=added.article)
        bob.do(AddArticle(article=article("More.", title="More")), title="import")
    qtbot.waitUntil(lambda: stand.painted() == [added.id], timeout=3000)
    settle()
    assert stand.desk.queue.model.rowCount() == 4
    assert stand.session.article == stand.ids[0]


def test_another_codebook_leaves_article_mark_and_place(stand: Stand) -> None:
    story = article("\n".join(f"Line {n} of a long story." for n in range(200)), title="Long")
    stand.ws.do(AddArticle(article=story), title="import")
    stand.desk.open_article(story.id)
    stand.desk.tag("actor", ((1500, 1504),))
    (tagged,) = stand.marks()
    settle()
    view = stand.desk.view
    at = view.verticalScrollBar().value()
    assert at > 0
    kind = replace(CODEBOOK.types[0], label="Agent", ink="#8C2F39", key="7")
    book = replace(CODEBOOK, revision=2, types=(kind, CODEBOOK.types[1]))
    stand.ws.do(SetCodebook(codebook=book), title="rename type")
    assert (view.selected_id(), view.verticalScrollBar().value()) == (tagged.id, at)
    assert stand.session.article == story.id
    assert stand.desk.inspector._title.text() == "Agent"
    assert view.scene.looks["actor"].ink.name().upper() == "#8C2F39"
    settle()
    assert view.selected_id() == tagged.id
    stand.desk.focus_form()
    stand.ws.undo(None)
    assert view.hasFocus()
    assert (view.selected_id(), view.verticalScrollBar().value()) == (tagged.id, at)
    stand.desk.show_mark(stand.ids[0], "no such mark")
    assert stand.session.article == stand.ids[0]
    stand.desk.show_mark(story.id, tagged.id)
    assert (stand.session.article, view.selected_id()) == (story.id, tagged.id)


def test_the_next_project_shows_nothing_of_the_last(stand: Stand, tmp_path: Path) -> None:
    stand.desk.tag("actor", ((0, 7),))
    stand.desk.delete(stand.marks()[0].id)
    stand.desk.tag("event", ((8, 12),))
    stand.desk.focus_comment()
    area = QApplication.focusWidget()
    assert area is not None
    QTest.keyClicks(area, "half a word")
    stand.desk.show_session(None)
    (tmp_path / "other").mkdir()
    empty = Session(project(tmp_path / "other"))
    stand.desk.show_session(empty)
    settle()
    assert stand.painted() == []
    assert not stand.desk.inspector.isVisible()
    assert not stand.desk.reader.isVisible()
    assert not stand.desk._toast.isVisible()
    assert stand.counts[-1] == {}
    assert [e.title for e in empty.workspace.history()] == ["create project"]
    stand.desk.mark_done()
    stand.desk.undo()
    stand.desk.tag("event", ((0, 1),))
    assert [e.title for e in empty.workspace.history()] == ["create project"]
    stand.desk.show_session(None)
    empty.close()
    stand.desk.show_session(stand.session)
    stand.desk.open_article(stand.ids[0])


def test_without_a_project_nothing_happens(qtbot: QtBot) -> None:
    desk = Desk()
    qtbot.addWidget(desk)
    for action in (desk.mark_done, desk.reopen, desk.flag, desk.undo, desk.redo, desk.open_next):
        action()
    desk.tag("actor", ((0, 7),))
    desk.flush()
    desk.forget_typing()
    assert desk.queue.model.rowCount() == 0
    with pytest.raises(RuntimeError, match="no project is open"):
        _ = desk._codebook


def test_marks_that_lack_something_are_signed(stand: Stand, qtbot: QtBot) -> None:
    stand.desk.tag("event", ((8, 12),))
    qtbot.waitUntil(lambda: stand.desk.view.scene.incomplete is not None)
    settle()
    assert stand.desk.view.scene.incomplete <= {m.id for m in stand.marks()}


def test_the_queue_is_searched_even_when_it_is_hidden(stand: Stand) -> None:
    desk = stand.desk
    desk.queue.view.setFocus()
    desk.toggle_queue()
    assert not desk.queue.isVisible()
    assert desk.view.hasFocus()
    desk.search()
    assert desk.queue.search.hasFocus()
    desk.toggle_queue()
    desk.toggle_queue()
    assert desk.queue.isVisible()


def test_panes_that_take_no_focus_are_passed(stand: Stand) -> None:
    desk = stand.desk
    seen: list[str] = []
    desk.view.setFocus()
    for _ in range(3):
        desk.cycle_pane(+1)
        focus = desk.window().focusWidget()
        assert focus is not None
        seen.append(focus.accessibleName())
    assert seen.count("Article") >= 1
    assert "Articles" in seen
    desk.view.setFocus()
    desk.cycle_pane(-1)
    assert desk.queue.view.hasFocus()


def test_a_damaged_text_is_told_over_the_article(stand: Stand) -> None:
    stand.desk.open_article(stand.ids[0])
    assert stand.desk.banner.isHidden()
    with sqlite3.connect(stand.ws.location) as database:
        database.execute(
            "UPDATE article SET text = replace(text, 'Moscow', 'Mosbow') WHERE id = ?",
            (stand.ids[1],),
        )
    database.close()
    stand.desk.open_article(stand.ids[1])
    assert stand.desk.banner.isVisible()
    assert "is damaged: The text is not the one that was imported." in (
        stand.desk.banner.accessibleName()
    )


def test_all_alike_are_tagged_in_one_step(stand: Stand) -> None:
    story = article("Navalny came. Then Navalny left.", title="Twice")
    stand.ws.do(AddArticle(article=story), title="import")
    stand.desk.open_article(story.id)
    stand.desk.tag("actor", ((0, 7),))
    QTest.keyClicks(stand.desk.view, ".")
    assert [m.quote for m in stand.marks()] == ["Navalny", "Navalny"]
    assert stand.said[-1] == "Tagged 1 alike “Navalny”"
    assert stand.desk.view.selected_id() == stand.marks()[0].id
    stand.desk.undo()
    assert len(stand.marks()) == 1


def test_a_name_that_the_article_does_not_mention_yet_is_named_in_the_history(stand: Stand) -> None:
    record = person("Alexei Navalny")
    stand.ws.do(AddRecord(record=record), title="add record")
    stand.desk.tag("actor", ((0, 7),))
    (made,) = stand.marks()
    stand.desk.open_article(stand.ids[0])  # read anew: nothing in it mentions the record
    stand.desk.link_record(made.id, record.id)
    assert stand.marks()[0].record == record.id
    assert stand.ws.undo_title(stand.ids[0]) == f"“{made.quote}” is Alexei Navalny"
    stand.desk.link_record(made.id, "")
    assert stand.marks()[0].record is None
    assert stand.ws.undo_title(stand.ids[0]) == f"take the name from “{made.quote}”"
