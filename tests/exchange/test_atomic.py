"""Files are either the old ones or the new ones."""

import errno
import os
import stat
from pathlib import Path

import pytest

from app.exchange.atomic import atomic_write
from app.model.errors import KnownError


def test_replaces_a_file_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_bytes(b"old")
    path.chmod(0o640)
    with atomic_write(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["out.json"]


def test_a_link_stays_one(tmp_path: Path) -> None:
    link = tmp_path / "latest.json"
    link.symlink_to("out.json")
    for content in (b"first", b"second"):
        with atomic_write(link) as file:
            file.write(content)
        assert link.is_symlink()
        assert (tmp_path / "out.json").read_bytes() == content


def test_gives_a_new_file_the_usual_rights(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with atomic_write(tmp_path / "out.json") as file:
            file.write(b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out.json").stat().st_mode) == 0o640


def test_writes_where_folders_cannot_be_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.exchange.atomic.os.name", "other")
    with atomic_write(tmp_path / "out.json") as file:
        file.write(b"new")
    assert (tmp_path / "out.json").read_bytes() == b"new"


@pytest.mark.parametrize("failure", [RuntimeError("bug"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, failure: BaseException
) -> None:
    path = tmp_path / "out.json"
    path.write_bytes(b"old")

    def write_half() -> None:
        with atomic_write(path) as file:
            file.write(b"half")
            raise failure

    with pytest.raises(type(failure)):
        write_half()
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["out.json"]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "no space is left"), (errno.EROFS, "read-only"), (errno.EIO, "error")],
)
def test_says_what_the_disk_refused(tmp_path: Path, number: int, sentence: str) -> None:
    path = tmp_path / "out.json"

    def write() -> None:
        with atomic_write(path):
            raise OSError(number, os.strerror(number))

    with pytest.raises(KnownError, match=sentence) as caught:
        write()
    assert "untouched" in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_says_that_the_folder_is_missing(tmp_path: Path) -> None:
    def write() -> None:
        with atomic_write(tmp_path / "nowhere" / "out.json"):
            pytest.fail("there is nothing to write into")

    with pytest.raises(KnownError, match="no such folder"):
        write()
