"""Annotated files of anybody are read in the child: a hostile one is refused and stops no other."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from app.exchange import annotated
from app.exchange.child import CHILDREN, Children
from app.exchange.dataset import Dataset
from app.exchange.registry import FORMATS
from app.model.errors import InputRefused, KnownError
from app.workspace.importing import find_files, read

HOSTILE = "tests.exchange.hostile_readers"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "lollollollollol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8))
    + "]>"
)


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    made = Children(seconds=2)
    yield made
    made.end()


def apart(path: Path, children: Children) -> Dataset:
    return annotated.read_apart(path, HOSTILE, "annotated", children=children)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("hang", "longer than 2 seconds"),
        ("abort", "breaks the program"),
        ("eat", "too much memory"),
        ("connect", "PermissionError"),
        ("run touch /", "PermissionError"),
    ],
)
def test_a_reader_of_annotations_keeps_the_limits(
    tmp_path: Path, children: Children, word: str, reason: str
) -> None:
    bad, good = tmp_path / "bad", tmp_path / "good"
    bad.write_text(word)
    good.write_text("Words.")
    with pytest.raises(InputRefused, match=reason):
        apart(bad, children)
    assert [one.article.text for one in apart(good, children).articles] == ["Words."]


def test_a_large_file_is_given_more_time(tmp_path: Path, children: Children) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"hang".ljust(2_100_000))
    with pytest.raises(InputRefused, match="longer than 4 seconds"):
        apart(path, children)


def test_a_file_that_cannot_be_reached_is_no_broken_one(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be read: No such file"):
        annotated.read_apart(tmp_path / "gone.ann.json", "app.exchange.label_studio")


def test_no_reader_of_annotations_runs_in_the_program_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[str]()

    def stream(_: Children, module: str, data: bytes, **options: object) -> NoReturn:
        assert isinstance(data, bytes)
        asked.append(str(options.get("reader", module)))
        raise InputRefused("asked")

    monkeypatch.setattr(Children, "stream", stream)
    readers = [one for one in FORMATS if one.read and one.name != "text"]
    path = tmp_path / "any.file"
    path.write_text("any")
    for one in readers:
        assert one.read is not None
        with pytest.raises(InputRefused, match="asked"):
            one.read(path)
    assert len(asked) == len(readers)


def _zip(path: Path, name: str, data: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)


def _hostile(folder: Path) -> dict[str, str]:
    """Write a hostile file for each kind of syntax, and return why each is refused."""
    (folder / "deep.json").write_text('{"data": ' + "[" * 200_000 + "]" * 200_000 + "}")
    (folder / "deep.jsonld").write_text("[" * 100_000)
    (folder / "ours.json").write_text(
        '{"format": "pressmark", "version": 1, "articles": ' + "[" * 300_000
    )
    (folder / "laughs.xmi").write_text(f"<?xml version='1.0'?>{LAUGHS}<x>&i;</x>")
    (folder / "huge.jsonl").write_text(json.dumps({"text": "x", "spans": 5, "tokens": [{}]}) + "{")
    (folder / "words.tsv").write_text("#FORMAT=WebAnno TSV 3.2\n#T_SP=\n\n1-1\t0-99999999999\tx\n")
    (folder / "words.conll").write_text("x " * 3_000_000)
    _zip(folder / "bomb.qdpx", "project.qde", b" " * 600_000_000)
    _zip(folder / "laughs.qdpx", "project.qde", f"{LAUGHS}<x>&i;</x>".encode())
    (folder / "noise.dna").write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)
    (folder / "noise.qda").write_bytes(bytes(range(256)) * 40)
    return {
        "deep.json": "JSON",
        "deep.jsonld": "JSON",
        "ours.json": "JSON",
        "laughs.xmi": "document type",
        "huge.jsonl": "no JSON",
        "words.tsv": ".",
        "words.conll": ".",
        "bomb.qdpx": "larger than 512 MB|too much memory",
        "laughs.qdpx": "document type",
        "noise.dna": "database",
        "noise.qda": "database",
    }


def test_hostile_annotations_are_refused_with_a_reason_and_hold_up_no_other(
    tmp_path: Path,
) -> None:
    reasons = _hostile(tmp_path)
    (tmp_path / "zz.jsonl").write_text('{"text": "Words.", "spans": []}\n')
    files = sorted(tmp_path.iterdir(), key=lambda one: one.name)
    before, CHILDREN._seconds = CHILDREN._seconds, 5
    try:
        for found in find_files(files):
            if found.path.name == "zz.jsonl":
                assert [one.article.text for one in read(found).articles] == ["Words."]
                continue
            with pytest.raises(InputRefused, match=reasons.pop(found.path.name)):
                list(read(found).articles)
    finally:
        CHILDREN._seconds = before
    assert not reasons
