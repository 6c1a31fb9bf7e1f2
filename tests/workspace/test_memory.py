"""What the computer remembers is kept, and what is broken is forgotten without a word."""

from pathlib import Path

import pytest

from app.workspace.memory import Memory


def test_places_and_rejections_are_kept_for_each_annotator(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory", "p", "Ann")
    memory.set_position("a", 120)
    memory.reject("a", ("s2", "s1"))
    memory.reject("a", ("s3",))
    memory.take_back("a", ("s2",))
    again = Memory(tmp_path / "memory", "p", "Ann")
    assert again.position("a") == 120
    assert again.rejected("a") == {"s1", "s3"}
    other = Memory(tmp_path / "memory", "p", "Bob")
    assert (other.position("a"), other.rejected("a")) == (0, frozenset())


@pytest.mark.parametrize(
    "held", [b"", b"nonsense", b"[1]", b'{"Ann": 5}', b'{"Ann": {"positions": {"a": "x"}}}']
)
def test_a_broken_file_is_forgotten(tmp_path: Path, held: bytes) -> None:
    (tmp_path / "p.json").write_bytes(held)
    memory = Memory(tmp_path, "p", "Ann")
    assert memory.position("a") == 0
    memory.set_position("a", 7)
    memory.save()
    assert Memory(tmp_path, "p", "Ann").position("a") == 7


def test_where_nothing_can_be_written_nothing_fails(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    memory = Memory(blocked / "memory", "p", "Ann")
    memory.reject("a", ("s",))
    assert memory.rejected("a") == {"s"}
