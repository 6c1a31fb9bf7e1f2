"""What the computer remembers is kept, and what is broken is forgotten without a word."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workspace.memory import Memory


def test_places_and_what_was_seen_are_kept_for_each_annotator(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory", "p", "Ann")
    memory.set_position("a", 120)
    assert memory.add_seen("a", [(20, 30), (0, 10)])
    assert not memory.add_seen("a", [(22, 28)])
    memory.save()
    again = Memory(tmp_path / "memory", "p", "Ann")
    assert again.position("a") == 120
    assert again.seen("a") == ((0, 10), (20, 30))
    other = Memory(tmp_path / "memory", "p", "Bob")
    assert (other.position("a"), other.seen("a")) == (0, ())


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"nonsense",
        b"[1]",
        b'{"Ann": 5}',
        b'{"Ann": {"positions": {"a": "x"}}}',
        b'{"Ann": {"seen": {"a": [3]}}}',
    ],
)
def test_a_broken_file_is_forgotten(tmp_path: Path, held: bytes) -> None:
    (tmp_path / "p.json").write_bytes(held)
    memory = Memory(tmp_path, "p", "Ann")
    assert (memory.position("a"), memory.seen("a")) == (0, ())
    memory.set_position("a", 7)
    memory.save()
    assert Memory(tmp_path, "p", "Ann").position("a") == 7


def test_where_nothing_can_be_written_nothing_fails(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    memory = Memory(blocked / "memory", "p", "Ann")
    memory.add_seen("a", [(0, 1)])
    memory.save()
    assert memory.seen("a") == ((0, 1),)


@given(st.lists(st.tuples(st.integers(-2, 40), st.integers(-2, 40)), max_size=12))
def test_seen_ranges_cover_what_was_added_and_stay_apart(ranges: list[tuple[int, int]]) -> None:
    memory = Memory(Path("never written"), "p", "Ann")
    memory.add_seen("x", ranges)
    wanted = {n for start, end in ranges if start >= 0 for n in range(start, end)}
    seen = memory.seen("x")
    assert {n for start, end in seen for n in range(start, end)} == wanted
    assert list(seen) == sorted(seen)
    assert all(one[1] < two[0] for one, two in pairwise(seen))
