"""Search: case and diacritics do not matter, and what is typed never breaks the query."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.commands import AddArticle, Batch, DeleteArticle, EditArticle
from app.storage import search
from app.storage.rows import fold
from app.workspace import Workspace
from tests.projects import article, project


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = project(tmp_path_factory.mktemp("search"))
    texts = {
        "A": "Étudiants marched in São Paulo.",
        "B": "The police said “no comment”.",
        "C": "Протест в Москве",
    }
    steps = tuple(AddArticle(article=article(text, title=title)) for title, text in texts.items())
    ws.do(Batch(steps=steps), title="import")
    return ws


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("", "ABC"),
        ("  ", "ABC"),
        ("etudiants", "A"),
        ("ÉTUD", "A"),
        ("sao marched", "A"),
        ("marched sao", "A"),
        ("москве", "C"),
        ("no comment", "B"),
        ('"no comment"', "B"),
        ('"comment no"', ""),
        ("“no", "B"),
        ("“no comment”", "B"),
        ("com* sa*", "B"),
        ("comment no", "B"),
        ("comm", "B"),
        ('"comm"', ""),
        ("police -said", ""),
        ("police -march", "B"),
        ('police -"no comment"', ""),
        ("-police", ""),
        ("- police", "B"),
        ("NOT police", ""),
        ("title:a", ""),
        ("poli*", "B"),
        ("(", ""),
        ('"', ""),
        ("AND", ""),
        ("a", "A"),
    ],
)
def test_words_find_articles(ws: Workspace, words: str, titles: str) -> None:
    assert "".join(row.title for row in ws.queue(search=words)) == titles
    assert ws.queue_count(search=words) == len(titles)


@given(st.text(max_size=30))
def test_nothing_typed_breaks_it(ws: Workspace, words: str) -> None:
    found = ws.queue(search=words)
    assert len(found) == ws.queue_count(search=words)


def test_the_index_follows_edits_undo_and_the_trash(tmp_path: Path) -> None:
    with project(tmp_path) as ws:
        it = ws.do(AddArticle(article=article("Some text.", title="Old")), title="x").articles[0]
        edit = EditArticle(id=it.id, version=it.version, title="Newer")
        it = ws.do(edit, title="x").articles[0]
        assert (ws.queue_count(search="old"), ws.queue_count(search="newer")) == (0, 1)
        ws.do(DeleteArticle(id=it.id, version=it.version), title="x")
        assert ws.queue_count(search="newer") == 0
        ws.undo(None)
        assert ws.queue_count(search="newer") == 1
        ws.undo(None)
        assert (ws.queue_count(search="old"), ws.queue_count(search="newer")) == (1, 0)
        ws.undo(None)
        assert ws.queue_count(search="old") == 0
        assert ws.check().ok


@pytest.mark.parametrize(
    ("words", "typed", "given"),
    [
        ("ab cd", '"ab" "cd"*', '"ab" "cd"'),
        ("ab c", '"ab" "c"', '"ab" "c"'),
        ("中", '"中"*', '"中"'),
        ('ab "c d"', '"ab" "c d"', '"ab" "c d"'),
        ('ab "c d', '"ab" "c d"', '"ab" "c d"'),
        ("a* b", '"a"* "b"', '"a"* "b"'),
        ("a -b -“c d”", '("a") NOT ("b" OR "c d")', '("a") NOT ("b" OR "c d")'),
        ("well-known", '"well-known"*', '"well-known"'),
        ("-a", None, None),
        ("«»", None, None),
    ],
)
def test_query(words: str, typed: str | None, given: str | None) -> None:
    assert search.query(words) == typed
    assert search.query(words, typing=False) == given


def test_fold() -> None:
    assert fold("  Élodie\u00a0 ŁÓDŹ ") == "elodie łodz"
