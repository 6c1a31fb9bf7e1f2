"""Names of the registry as they are looked up at every letter."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.codebook_file import read_codebook
from app.model.commands import AddRecord, Batch, DeleteRecord
from app.model.ids import derived_id
from app.model.registry import Record
from app.model.resources import resource
from app.workspace import Workspace

PRESS = read_codebook(resource("codebooks/press.yaml"))
KINDS = ("actor", "event")


def record(name: str, *aliases: str, kind: str = "actor") -> Record:
    return Record(id=derived_id(kind, name), kind=kind, name=name, aliases=aliases)


def project(folder: Path) -> Workspace:
    return Workspace.create(folder / "n.pressmark", name="Test", codebook=PRESS, annotator="ann")


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = project(tmp_path_factory.mktemp("names"))
    gone = record("Vladimir Gone")
    records = (
        record("Vladimir Putin", "the President"),
        record("Volodymyr Zelensky", "Vladimir Zelensky"),
        record("Émile Łódź"),
        record("old Vladimir"),
        record("Pavel (vladimirs dog)"),
        record("Vladimir's arrest", kind="event"),
        gone,
    )
    ws.do(Batch(steps=tuple(AddRecord(record=r) for r in records)), title="registry")
    ws.do(DeleteRecord(id=gone.id, version=ws.named(("actor",), "gone", 1)[0].version), title="x")
    return ws


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("vlad", "Vladimir Putin, Volodymyr Zelensky, old Vladimir, Pavel (vladimirs dog)"),
        ("VLADIMIR P", "Vladimir Putin, Pavel (vladimirs dog)"),
        ("put vlad", "Vladimir Putin"),
        ("utin", "Vladimir Putin"),
        ("president", "Vladimir Putin"),
        ("emile lod", ""),
        ("emile", "Émile Łódź"),
        ("gone", ""),
        ("zz", ""),
        ("%", ""),
        ("'", ""),
    ],
)
def test_beginnings_come_first(ws: Workspace, words: str, names: str) -> None:
    found = ws.named(("actor",), words, 10)
    assert [one.name for one in found] == [name for name in names.split(", ") if name]


def test_each_kind_has_its_limit(ws: Workspace) -> None:
    found = ws.named(KINDS, "vlad", 1)
    assert [one.name for one in found] == ["Vladimir Putin", "Vladimir's arrest"]
    assert len(ws.named(KINDS, "", 2)) == 3
    assert ws.named((), "vlad", 5) == []


@given(st.text(max_size=12))
def test_nothing_typed_breaks_it(ws: Workspace, words: str) -> None:
    assert len(ws.named(KINDS, words, 3)) <= 6


def test_common_words_stop_early(tmp_path: Path) -> None:
    ws = project(tmp_path)
    many = [record(f"A{n:04} police") for n in range(400)] + [record("Police of Omsk")]
    ws.do(Batch(steps=tuple(AddRecord(record=r) for r in many)), title="registry")
    found = [one.name for one in ws.named(("actor",), "police", 3)]
    assert found[0] == "Police of Omsk"
    assert len(found) == 3


def test_mentions_are_counted_up_to_a_limit(ws: Workspace) -> None:
    (putin,) = ws.named(("actor",), "putin", 1)
    assert ws.mentions(putin.id, 1000) == (0, 0)
    assert ws.first_mention(putin.id) is None
