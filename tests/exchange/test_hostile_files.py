"""Hostile files are refused or read within the limits, and whoever reads them lives on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.exchange.child import CHILDREN
from app.exchange.dataset import Dataset
from app.model.errors import InputRefused
from app.workspace.importing import find_files, read
from tests.exchange.hostile_files import FILES

READ = {
    # What is no attack after all, and how many characters of it are text.
    "spaces.odt": 1_000_200,
    "long.rtf": 100_001,
    "word.rtf": 999_969,
    "attributes.html": 2,
    "big.html": 1_549_999,
    "angles.html": 1_000_001,
    "entities.html": 250_001,
    "header.eml": 2,
    "aliases.md": 462,
    "front.md": 16_016,
    "quote.csv": 3_000_000,
    "factiva.txt": 600_000,
    "random.rtf": 259_125,
}
REASONS = {
    "bomb.docx": "unpacks to too much",
    "outside.docx": "declares entities",
    "quadratic.docx": "declares entities",
    "deep.docx": "nested too deeply",
    "laughs.odt": "declares entities",
    "deep.rtf": "holds no text",
    "deep.html": "no text of an article",
    "comments.html": "holds no text",
    "bomb.pdf": "unpacks to too much",
    "circle.pdf": "broken, or cut off",
    "parts.eml": "RecursionError",
    "bomb.xlsx": "unpacks to too much",
    "wide.csv": "more than 1,000 columns",
    "deep.jsonl": "line 1 is no JSON",
    "outside.xml": "defines a document type",
    "laughs.xml": "defines a document type",
}


@pytest.fixture(autouse=True, scope="module")
def impatient() -> Iterator[None]:
    """Give each file less time than people have to wait for one."""
    before = CHILDREN._seconds
    CHILDREN._seconds = 8
    yield
    CHILDREN._seconds = before


def read_one(path: Path) -> Dataset:
    (found,) = find_files([path])
    return read(found)


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_or_read_within_the_limits(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name]())
    if name in READ:
        assert sum(len(one.article.text) for one in read_one(path).articles) == READ[name]
    else:
        with pytest.raises(InputRefused, match=REASONS.get(name, ".")):
            read_one(path)
    path.with_suffix(".md").write_text("Words.")
    (bundle,) = read_one(path.with_suffix(".md")).articles
    assert bundle.article.text == "Words."
