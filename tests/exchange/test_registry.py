"""The table of formats says what is true."""

from pathlib import Path

import pytest

from app.exchange.dataset import Counts, Dataset, Header
from app.exchange.registry import FORMATS, Format, format_named, format_of

CONTRACT = set(
    "json jsonl csv brat cas-xmi cas-json webanno-tsv conll label-studio doccano prodigy spacy"
    " parquet webannotation qdpx qualcoder dna graphml gexf plover report-html report-docx text"
    " markdown html docx rtf odt pdf eml table nexis factiva europresse".split()
)


def test_names_are_those_of_the_contract_and_unique() -> None:
    names = [one.name for one in FORMATS]
    assert len(set(names)) == len(names)
    assert set(names) >= {"json", "jsonl", "text"}
    assert set(names) <= CONTRACT
    assert all(one.read or one.write for one in FORMATS)


@pytest.mark.parametrize(
    ("name", "to_write", "expected"),
    [
        ("a.json", False, "json"),
        ("a.JSONL", True, "jsonl"),
        ("a.txt", False, "text"),
        ("a.txt", True, None),
        ("a.pdf", False, "pdf"),
        ("a.doc", False, None),
        ("a", False, None),
    ],
)
def test_a_file_s_name_says_the_format(name: str, *, to_write: bool, expected: str | None) -> None:
    found = format_of(Path(name), to_write=to_write)
    assert (found.name if found else None) == expected


def test_there_is_no_format_of_another_name() -> None:
    assert format_named("brut") is None


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_what_is_written_is_read_again(
    name: str, tmp_path: Path, sample: Dataset, header: Header
) -> None:
    format_ = format_named(name)
    assert format_ is not None
    assert format_.write is not None
    assert format_.read is not None
    path = tmp_path / f"out{format_.extensions[0]}"
    done: list[int] = []
    receipt = format_.write(path, header, sample.articles, done.append)
    assert (
        receipt.written == receipt.read_back == Counts(articles=1, annotations=117, relations=122)
    )
    assert done == [1]
    (read,) = format_.read(path).articles
    (given,) = sample.articles
    assert read.article == given.article
    assert sorted(read.annotations, key=lambda a: a.id) == sorted(
        given.annotations, key=lambda a: a.id
    )
    assert sorted(read.relations, key=lambda r: r.id) == sorted(given.relations, key=lambda r: r.id)


@pytest.mark.parametrize(
    "format_", [one for one in FORMATS if one.module], ids=lambda one: one.name
)
def test_the_table_says_what_the_module_carries(format_: Format) -> None:
    assert format_.load().ROOM.carries == format_.carries
