"""`check` finds what SQLite cannot: changed texts, wrong quotes, loose ends, a forged journal."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.model.annotation import Evidence, Fragment
from app.model.article import Status
from app.model.commands import AddAnnotation, AddRecord, AddRelation, Batch, SetStatus
from app.model.reports import CheckReport
from app.storage.check import check
from app.storage.sql import Cursor
from app.workspace import Workspace
from tests.projects import link, mark, person, with_article


@pytest.fixture
def location(tmp_path: Path) -> str:
    ws, story = with_article(tmp_path)
    with ws:
        moscow = story.text.index("Moscow")
        event, actor, record = (
            mark(story, moscow - 12, moscow - 4),
            mark(story, 0, 9, type="actor"),
            person(),
        )
        place = Evidence(attribute="place", fragments=(Fragment(moscow, moscow + 6, "Moscow"),))
        steps = (
            AddRecord(record=record),
            AddAnnotation(annotation=replace(event, evidence=(place,))),
            AddAnnotation(annotation=replace(actor, record=record.id)),
            AddRelation(relation=link(event, actor)),
            SetStatus(status=Status(article=story.id, layer="ann", state="done")),
        )
        ws.do(Batch(steps=steps), title="x", article=story.id)
        assert ws.check() == CheckReport(
            checked={"article": 1, "annotation": 2, "relation": 1, "record": 1, "journal": 3}
        )
    return ws.location


def spoil(location: str, sql: str) -> None:
    connection = sqlite3.connect(location)
    connection.execute(sql)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("sql", "kind", "detail"),
    [
        ("UPDATE article SET text = replace(text, 'police', 'POLICE')", "text", "not the one"),
        ("UPDATE article SET text = ' ' || text", "quote", "words are not those"),
        (
            "UPDATE annotation SET evidence = replace(evidence, 'Moscow', 'Berlin')",
            "quote",
            "words",
        ),
        ("UPDATE annotation SET start = 1", "quote", "Start and end"),
        (
            "UPDATE annotation SET deleted_at = '2021'",
            "reference",
            "ends at an annotation in the trash",
        ),
        ("UPDATE record SET deleted_at = '2021'", "reference", "registry record in the trash"),
        ("DELETE FROM record", "reference", "does not exist"),
        ("UPDATE status SET state = 'new'", "journal", "not what the journal says"),
        ("DELETE FROM status", "journal", "not what the journal says"),
        ("DELETE FROM journal WHERE seq = 2", "journal", "not what the journal says"),
        (
            "UPDATE journal SET command = replace(command, '\"add rel', '\"mad rel')",
            "journal",
            "replayed",
        ),
        ("UPDATE journal SET command = 'oops' WHERE seq = 3", "journal", "replayed"),
        (
            "UPDATE journal SET command = (SELECT command FROM journal WHERE seq = 2)",
            "journal",
            "already",
        ),
        ("DELETE FROM article_search_docsize", "search", "does not hold the article"),
        ("INSERT INTO article_search (article_search) VALUES ('delete-all')", "search", "index"),
    ],
)
def test_what_is_wrong_is_found(location: str, sql: str, kind: str, detail: str) -> None:
    spoil(location, sql)
    with Workspace.open(location, annotator="ann") as ws:
        report = ws.check()
    assert not report.ok
    assert kind in {finding.kind for finding in report.findings}
    assert any(detail in finding.detail for finding in report.findings if finding.kind == kind)


def test_a_codebook_written_with_fewer_keys_is_the_same(location: str) -> None:
    spoil(location, """UPDATE codebook SET body = replace(body, ',"archived":false', '')""")
    with Workspace.open(location, annotator="ann") as ws:
        assert ws.check().ok
    spoil(location, "UPDATE codebook SET body = replace(body, 'Actors', 'People')")
    with Workspace.open(location, annotator="ann") as ws:
        (finding,) = ws.check().findings
    assert (finding.kind, finding.where) == ("journal", "codebook 1")


def test_a_relation_between_articles_is_found(location: str, tmp_path: Path) -> None:
    spoil(
        location,
        "INSERT INTO article SELECT 9, 'other', title, sha256, source, url, author, published,"
        " language, metadata, origin, version, deleted_at, text FROM article",
    )
    spoil(location, "UPDATE relation SET article = 'other'")
    with Workspace.open(location, annotator="ann") as ws:
        assert "The relation ends in another article." in {f.detail for f in ws.check().findings}


def test_an_index_that_lies_is_found(location: str) -> None:
    spoil(
        location,
        "INSERT INTO article_search (rowid, title, text) SELECT position, 'zebra', '' FROM article",
    )
    with Workspace.open(location, annotator="ann") as ws:
        found = ws.check().findings
    assert [(finding.kind, finding.repairable) for finding in found] == [("search", True)]


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("UPDATE article SET text = replace(text, 'police', 'POLICE')", "text"),
        ("UPDATE annotation SET fragments = replace(fragments, 'rotest', 'ROTEST')", "quote"),
    ],
)
def test_damage_is_told_when_an_article_is_opened_and_nothing_is_moved(
    location: str, sql: str, kind: str
) -> None:
    spoil(location, sql)
    with Workspace.open(location, annotator="ann") as ws:
        (article,) = ws.article_ids()
        assert len(ws.contents(article)) == 2
        ws.contents(article)
        assert [finding.kind for finding in ws.damage] == [kind]


def test_a_database_that_cannot_even_be_checked_is_a_finding() -> None:
    class Broken:
        def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor:
            raise sqlite3.DatabaseError("malformed")

    (finding,) = check(Broken()).findings
    assert (finding.kind, finding.detail) == ("database", "malformed")


def test_a_reader_checks_all_but_the_inside_of_the_index(location: str) -> None:
    with Workspace.open(location, annotator="ann", read_only=True) as ws:
        assert ws.check().ok
