"""Files of DNA and QualCoder: what they hold is read, and DNA's are written as DNA reads them."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.exchange import dna, qualcoder
from app.exchange.carry import Tally
from app.exchange.dataset import Bundle, Header
from app.exchange.registry import format_named, format_of
from app.model.errors import InputRefused, Refused
from tests.exchange.strategies import HEADER
from tests.projects import article


def test_the_sample_of_dna_is_read(shared_data: Path) -> None:
    (path,) = (shared_data / "05_qda" / "dna3").glob("*.dna")
    dataset = dna.read(path)
    bundles = list(dataset.articles)
    marks = [item for one in bundles for item in one.annotations]
    assert (len(bundles), len(marks), dataset.lost) == (7, 41, ())
    first = bundles[0]
    assert first.article.title == "109-876: Bluestein, Joel-BUS-Y"
    assert first.article.published == "2005-01-26"
    assert {item.layer for item in marks} <= {"Admin", "Coder 1", "Coder 2", "Coder 3"}
    said = next(item for item in first.annotations if item.type == "DNA Statement")
    assert set(said.attributes) == {"person", "organization", "concept", "agreement"}
    found = format_of(path)
    assert found is not None
    assert found.name == "dna"


def test_dna_finds_the_statements_of_the_sample(
    tmp_path: Path, header: Header, bundle: Bundle
) -> None:
    """DOMAIN: 19 statements give 20 rows, one a speaker."""
    format_ = format_named("dna")
    assert format_ is not None
    assert format_.write is not None
    receipt = format_.write(tmp_path / "a.dna", header, [bundle], lambda _: None)
    assert receipt.written.annotations == receipt.read_back.annotations == 20
    with closing(sqlite3.connect(tmp_path / "a.dna")) as connection:
        rows = connection.execute(
            "SELECT s.Start, s.Stop, d.Text, e.Value FROM STATEMENTS s"
            " JOIN DOCUMENTS d ON d.ID = s.DocumentId JOIN DATASHORTTEXT t ON t.StatementId = s.ID"
            " JOIN ENTITIES e ON e.ID = t.Entity WHERE t.VariableId = 3"
        ).fetchall()
        assert len(rows) == 20
        assert {concept for *_, concept in rows if not concept} == set()
        known = {item.start for item in bundle.annotations if item.type == "statement"}
        assert {start for start, *_ in rows} <= known
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert len(connection.execute("SELECT name FROM sqlite_master").fetchall()) >= 16


def test_a_password_is_kept_as_dna_keeps_it(
    shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sample's is “sample”: with its salt the same words come out."""
    import base64
    import hashlib

    (path,) = (shared_data / "05_qda" / "dna3").glob("*.dna")
    with closing(sqlite3.connect(path)) as connection:
        (kept,) = connection.execute("SELECT Password FROM CODERS WHERE ID = 1").fetchone()
    salt = base64.b64decode(kept)[:16]
    real = hashlib.sha256

    class Salted:
        def digest(self) -> bytes:
            return salt

    def sha256(data: bytes = b"") -> object:
        return Salted() if data == b"pressmark dna" else real(data)

    monkeypatch.setattr("app.exchange.dna.hashlib.sha256", sha256)
    assert dna.secret("sample") == kept


def test_what_dna_has_no_place_for(header: Header, bundle: Bundle) -> None:
    tally = Tally()
    long = replace(bundle, article=replace(bundle.article, title="t" * 300))
    product = dna.build(header, [long], tally)
    assert len(product.parts[0][0].title) == 190
    assert {one.what for one in tally.lost()} >= {
        "annotations of other types",
        "names that were cut",
    }
    with pytest.raises(Refused, match="codebook has no type"):
        dna.build(HEADER, [Bundle(article=article())], tally)


def project(path: Path, text: str, passages: list[tuple[int, int, str]]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE source (id INTEGER, name TEXT, fulltext TEXT);"
            "CREATE TABLE code_name (cid INTEGER, name TEXT);"
            "CREATE TABLE code_text (cid INTEGER, fid INTEGER, seltext TEXT, pos0 INTEGER,"
            " pos1 INTEGER, owner TEXT, memo TEXT);"
            "INSERT INTO code_name VALUES (1, 'Fear');"
            "INSERT INTO source VALUES (2, 'scan.pdf', NULL);"
        )
        connection.execute("INSERT INTO source VALUES (1, 'talk.txt', ?)", (text,))
        for start, end, words in passages:
            values = (1, 1 if start >= 0 else 9, words, abs(start), end, "anna", "hm")
            connection.execute("INSERT INTO code_text VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        connection.commit()


def test_passages_of_qualcoder_by_their_words(tmp_path: Path) -> None:
    (tmp_path / "p.qda").mkdir()
    data = tmp_path / "p.qda" / "data.qda"
    project(
        data, "😀 Anna was afraid.", [(2, 6, "Anna"), (12, 18, "afraid"), (-1, 2, "x"), (0, 2, "q")]
    )
    for path in (tmp_path / "p.qda", data):
        dataset = qualcoder.read(path)
        (bundle,) = dataset.articles
        found = [(a.quote, a.type, a.layer, a.comment) for a in bundle.annotations]
        assert found == [("Anna", "Fear", "anna", "hm"), ("afraid", "Fear", "anna", "hm")]
        assert [(one.what, one.count) for one in dataset.lost] == [
            ("sources", 1),
            ("annotations", 1),
            ("annotations", 1),
        ]


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.dna").write_bytes(b"no database")
    project(tmp_path / "b.dna", "", [])
    for path, reason in (("a.dna", "no database"), ("b.dna", "no file of DNA 3")):
        with pytest.raises(InputRefused, match=reason):
            dna.read(tmp_path / path)
    with pytest.raises(InputRefused, match="holds no text"):
        qualcoder.read(tmp_path / "b.dna")
    with pytest.raises(InputRefused, match=r"no data\.qda"):
        qualcoder.read(tmp_path)
    (tmp_path / "c.qda").write_bytes(b"")
    with pytest.raises(InputRefused, match="no project of QualCoder"):
        qualcoder.read(tmp_path / "c.qda")
