"""The links that a suggestion would start with: drawn dashed while it is selected."""

import pytest
from PySide6.QtWidgets import QApplication

from app.model.annotation import fragments_of
from app.model.article import Article
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.suggestion import SuggestedLink, Suggestion, suggestion_id
from app.ui.article.view import ArticleView
from tests.projects import article
from tests.ui.conftest import Show

TEXT = "Navalny said that the police came.\n" + "Nothing else.\n" * 60 + "Moscow is far."


def propose(story: Article, start: int, end: int, kind: str, *links: SuggestedLink) -> Suggestion:
    fragments = fragments_of(story.text, [(start, end)])
    return Suggestion(
        id=suggestion_id(story.id, kind, fragments, "statements"),
        article=story.id,
        type=kind,
        fragments=fragments,
        links=links,
        score=0.8,
        suggester="statements",
        reason="said",
    )


@pytest.fixture
def story() -> Article:
    return article(TEXT)


@pytest.fixture
def view(show: Show, press: Codebook, story: Article) -> ArticleView:
    made = ArticleView()
    show(made, 800, 500)
    made.load(ArticleContents(story, layer="ann"), press)
    return made


def roles(view: ArticleView) -> list[tuple[str, str]]:
    words = {one.id: one.quote for one in view.suggestions.values()}
    words |= {one.id: one.quote for one in view.contents.annotations} if view.contents else {}
    return sorted((link.role, words[link.target]) for link in view.scene.plan.targets)


def test_they_lead_to_what_is_suggested_and_go_with_the_selection(
    view: ArticleView, story: Article
) -> None:
    far = len(TEXT) - len("Moscow is far.")
    speaker, target = SuggestedLink("speaker", 0, 7), SuggestedLink("target", far, far + 6)
    statement = propose(story, 0, 34, "statement", speaker, target, SuggestedLink("about", 1, 2))
    others = [propose(story, 0, 7, "actor"), propose(story, far, far + 6, "actor")]
    view.set_suggestions([statement, *others])
    assert roles(view) == []
    before = view.grab().toImage()
    view.select_suggestion(statement.id)
    QApplication.processEvents()
    assert roles(view) == [("speaker", "Navalny"), ("target", "Moscow")]
    (chip,) = [one for one in view.scene.plan.chips if "Moscow" in one.text]
    assert chip.target == others[1].id
    assert view.grab().toImage() != before
    view.select_suggestion(None)
    assert roles(view) == []
    assert not view.scene.plan.chips
