"""The child that reads foreign files keeps its limits, and a broken file stops no other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.exchange.child import Children
from app.model.errors import InputRefused

HOSTILE = "tests.exchange.hostile_readers"


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    made = Children(seconds=3)
    yield made
    made.end()


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("hang", "longer than 3 seconds"),
        ("abort", "breaks the program"),
        ("eat", "too much memory"),
        ("connect", "PermissionError"),
    ],
)
def test_a_refused_file_says_why_and_stops_no_other(
    children: Children, word: str, reason: str
) -> None:
    with pytest.raises(InputRefused, match=reason):
        children.read(HOSTILE, word.encode())
    assert children.read(HOSTILE, b"fine") == {"text": "fine"}


@pytest.mark.parametrize("word", ["write", "remove", "run"])
def test_a_reader_changes_nothing(children: Children, tmp_path: Path, word: str) -> None:
    there, fresh = tmp_path / "there", tmp_path / "fresh"
    there.write_text("kept")
    where = {"write": str(fresh), "remove": str(there), "run": f"touch {fresh}"}[word]
    with pytest.raises(InputRefused, match="PermissionError"):
        children.read(HOSTILE, f"{word} {where}".encode())
    assert there.read_text() == "kept"
    assert not fresh.exists()
