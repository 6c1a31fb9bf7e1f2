"""A project with one article for every test that wants one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.model.article import Article
from app.workspace import Workspace
from tests.projects import with_article


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Workspace, Article]]:
    """An open project and the one article in it."""
    ws, article = with_article(tmp_path)
    with ws:
        yield ws, article


@pytest.fixture
def ws(opened: tuple[Workspace, Article]) -> Workspace:
    """The project of `opened`."""
    return opened[0]


@pytest.fixture
def story(opened: tuple[Workspace, Article]) -> Article:
    """The article of `opened`."""
    return opened[1]
