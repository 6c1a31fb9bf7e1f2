"""Suggestions from the process that looks through long articles: the same, piece by piece."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.model.commands import AddAnnotation, AddArticle, DeleteAnnotation
from app.model.errors import KnownError
from app.model.suggestion import Suggestion
from app.workspace import Workspace, gestures
from app.workspace.suggesting import suggestions
from app.workspace.suggesting_apart import Piece, Question, SuggestingApart, differing
from tests.projects import article, mark, project

TEXT = "Anna Berg said on Monday that 300 people had marched. Police held Anna Berg.\n\n" * 250


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with project(tmp_path) as made:
        made.do(AddArticle(article=article(TEXT, title="Long")), title="import")
        yield made


@pytest.fixture
def apart(ws: Workspace) -> Iterator[SuggestingApart]:
    made = SuggestingApart(ws.location, ws.annotator)
    yield made
    made.end()


class Shown:
    """What somebody shows who takes in every piece."""

    def __init__(self, ws: Workspace, apart: SuggestingApart) -> None:
        self.ws, self.apart, self.token = ws, apart, ""
        self.ids: dict[str, Suggestion] = {}
        self.article = ws.article_ids()[0]

    def ask(self) -> int:
        """Take in an answer; return how many ids it spoke of."""
        moved = 0
        for answer in self.apart.ask(Question(self.article, None, self.token)):
            if isinstance(answer, str):
                self.token = answer
                continue
            for each in answer.gone:
                del self.ids[each]
            self.ids.update({one.id: one for one in answer.found})
            moved += len(answer.gone) + len(answer.found)
        return moved

    def is_true(self) -> bool:
        rejected = self.ws.contents(self.article).rejected
        here = suggestions(self.ws, self.article)
        return self.ids == {one.id: one for one in here if not rejected(one.id)}


def test_it_proposes_what_this_process_would_and_then_only_what_differs(
    ws: Workspace, apart: SuggestingApart
) -> None:
    shown = Shown(ws, apart)
    everything = shown.ask()
    assert everything > 1000
    assert shown.is_true()
    assert shown.ask() == 0

    one = list(shown.ids.values())[400]
    done = gestures.reject(ws.contents(shown.article), (one,))
    ws.do(done.command, title=done.title, article=shown.article)
    assert 0 < shown.ask() < everything / 4
    assert one.id not in shown.ids
    assert shown.is_true()

    of = ws.contents(shown.article).article
    made = mark(of, 0, len("Anna Berg"), type="actor")
    ws.do(AddAnnotation(annotation=made), title="tag", article=shown.article)
    shown.ask()
    assert shown.is_true()
    assert "names" in {one.suggester for one in shown.ids.values()}
    ws.do(DeleteAnnotation(id=made.id, version=ws.last_seq), title="remove")
    shown.ask()
    assert shown.is_true()


def test_who_took_in_no_answer_gets_everything(ws: Workspace, apart: SuggestingApart) -> None:
    shown = Shown(ws, apart)
    everything = shown.ask()
    shown.ids.clear()
    shown.token = ""
    assert shown.ask() == everything
    assert shown.is_true()


def test_an_answer_that_is_left_is_not_taken_for_the_next(
    ws: Workspace, apart: SuggestingApart
) -> None:
    shown = Shown(ws, apart)
    answer = apart.ask(Question(shown.article, None, ""))
    assert isinstance(next(answer), Piece)
    answer.close()  # type: ignore[attr-defined]
    shown.ask()
    assert shown.is_true()


def test_a_process_that_dies_is_told_and_the_next_one_answers(
    ws: Workspace, apart: SuggestingApart
) -> None:
    shown = Shown(ws, apart)
    made = ws.do(AddArticle(article=article(TEXT * 5)), title="import")
    longer = made.articles[0].id  # so long that the pipe cannot hold the whole answer
    answer = apart.ask(Question(longer, None, ""))
    next(answer)
    apart.end()
    with pytest.raises(KnownError, match="ended"):
        list(answer)
    shown.ask()
    assert shown.is_true()


def test_a_project_that_is_gone_is_told(tmp_path: Path) -> None:
    apart = SuggestingApart(str(tmp_path / "none.pressmark"), "Ann")
    with pytest.raises(KnownError):
        list(apart.ask(Question("nothing", None, "")))
    apart.end()


def test_the_difference_leads_from_one_to_the_other(ws: Workspace) -> None:
    found = suggestions(ws, ws.article_ids()[0])
    before = {one.id: one for one in found[:800]}
    now = found[300:]
    shown = dict(before)
    for gone, new in differing(before, now):
        assert len(gone) <= 250
        assert len(new) <= 250
        for each in gone:
            del shown[each]
        shown.update({one.id: one for one in new})
    assert shown == {one.id: one for one in now}
