"""Time spent, read off the journal."""

import sqlite3
from pathlib import Path

from app.model.article import Article, Status
from app.model.commands import AddArticle, SetStatus
from app.model.ids import new_id
from app.model.text import sha256_of
from app.workspace import Workspace
from app.workspace.sample import press_codebook


def test_pauses_are_cut_and_articles_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "time.pressmark"
    with Workspace.create(path, name="T", codebook=press_codebook(), annotator="Ann") as ws:
        ids = [new_id(), new_id()]
        for number, article_id in enumerate(ids):
            text = f"Text {number}"
            article = Article(id=article_id, title="T", text=text, sha256=sha256_of(text))
            ws.do(AddArticle(article=article), title="add")
        for article_id in (ids[0], ids[0], ids[0], ids[1]):
            status = Status(article=article_id, layer="Ann", state="in progress")
            ws.do(SetStatus(status=status), title="open", article=article_id)
    moments = ["12:00:00.000", "12:00:30.500", "13:00:00.000", "14:00:00.000"]
    with sqlite3.connect(path) as database:
        seqs = [
            s
            for (s,) in database.execute(
                "SELECT seq FROM journal WHERE title = 'open' ORDER BY seq"
            )
        ]
        for seq, moment in zip(seqs, moments, strict=True):
            database.execute(
                "UPDATE journal SET at = ? WHERE seq = ?", (f"2026-01-01T{moment}Z", seq)
            )
    database.close()
    with Workspace.open(path, annotator="Ann") as ws:
        assert ws.seconds_spent(ids[0]) == 150  # 30.5 s and a pause that counts two minutes
        assert ws.seconds_spent(ids[1]) == 0
        (ann,) = [one for one in ws.stats().annotators if one.name == "Ann"]
        assert ann.seconds == 150
        assert ann.articles == 2
