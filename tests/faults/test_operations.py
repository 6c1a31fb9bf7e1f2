"""The disk fails at the first write of anything that writes, the second ... until none is left.

As SQLite tests itself: at one place alone and from that place on, as an error and as a full disk.
"""

import errno
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count, product
from pathlib import Path

import pytest

from app.exchange.registry import format_named
from app.model.changes import Change
from app.model.commands import AddAnnotation, DeleteAnnotation
from app.model.errors import KnownError
from app.workspace import Workspace, codebook_edit
from app.workspace.backups import back_up, backups_of, restore
from app.workspace.exporting import export
from app.workspace.importing import find_files, import_files
from tests.faults.disk import Disk, rigged
from tests.projects import mark, rows, with_article

PAGE = 4096
LONG = bool(os.environ.get("PRESSMARK_LONG"))
"""Whether every place fails in every way, and not each in one of them."""
WAYS = tuple(product((errno.EIO, errno.ENOSPC), (False, True)))
STEP = 2060 if LONG else 40_000
"""Bytes from one limit on the size of files to the next."""


@dataclass(frozen=True)
class Operation:
    """Something that writes. `out` is what it writes beside the project, if anything."""

    run: Callable[[Workspace, Path], object]
    out: str = ""
    writes_project: bool = True


def _tag(ws: Workspace, _: Path) -> None:
    story = ws.contents(ws.article_ids()[0]).article
    ws.do(
        AddAnnotation(annotation=mark(story, 2, 9, comment="many pages " * 2000)),
        title="tag",
        article=story.id,
    )


def _import(ws: Workspace, folder: Path) -> None:
    for report in import_files(ws, find_files([folder / "articles"])):
        if report.result == "refused":
            raise KnownError(report.reason)


def _export(name: str) -> Callable[[Workspace, Path], object]:
    def run(ws: Workspace, folder: Path) -> None:
        format_ = format_named(name)
        assert format_
        export(ws, folder / f"out.{name}", format_)

    return run


def _codebook(ws: Workspace, _: Path) -> None:
    made = codebook_edit.edit(ws.codebook, ("types", "event"), "label", "Happening")
    ws.do(made.command, title=made.title)


def _purge(ws: Workspace, folder: Path) -> None:
    names = (folder / f"purged {n}.pressmark" for n in count())
    assert ws.purge(next(name for name in names if not name.exists()))[0] == 1


OPERATIONS = {
    "do": Operation(_tag),
    "undo": Operation(lambda ws, _: ws.undo(ws.article_ids()[0])),
    "redo": Operation(lambda ws, _: ws.redo(ws.article_ids()[1])),
    "import": Operation(_import),
    "codebook": Operation(_codebook),
    "purge": Operation(_purge, "purged"),
    "backup": Operation(
        lambda ws, folder: back_up(ws.location, "p", folder=folder / "kept"), "kept", False
    ),
    "restore": Operation(
        lambda _, folder: restore(folder / "sound.pressmark", folder / "out"), "out", False
    ),
    "export json": Operation(_export("json"), "out", False),
    "export csv": Operation(_export("csv"), "out", False),
    "export brat": Operation(_export("brat"), "out", False),
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project of everything the operations need, and articles to import."""
    folder = tmp_path_factory.mktemp("template")
    ws, story = with_article(folder)
    with ws:
        (folder / "articles").mkdir()
        for number in range(3):
            words = f"Article {number}. Thousands marched in Moscow on Saturday.\n" * 60
            (folder / "articles" / f"{number}.txt").write_text(words, "utf-8")
        first = folder / "first"
        first.mkdir()
        (first / "f.txt").write_text("Navalny called for protests.", "utf-8")
        import_files(ws, find_files([first]))
        shutil.rmtree(first)
        for start in range(6):
            added = mark(story, start, start + 4, comment=f"seen {start}")
            ws.do(AddAnnotation(annotation=added), title="tag", article=story.id)
        gone = DeleteAnnotation(id=added.id, version=ws.contents(story.id).annotations[-1].version)
        ws.do(gone, title="delete", article=story.id)
        other = ws.contents(ws.article_ids()[1]).article
        ws.do(AddAnnotation(annotation=mark(other, 0, 7)), title="tag", article=other.id)
        ws.undo(other.id)
        back_up(ws.location, "p", folder=folder / "kept")
        ws.copy_to(folder / "sound.pressmark")
        assert ws.check().ok
        for name, ending in (("json", "json"), ("csv", "csv"), ("brat", "brat")):
            format_ = format_named(name)
            assert format_
            export(ws, folder / f"out.{ending}", format_)  # an older one, to be replaced
            if (folder / f"out.{ending}").is_dir():
                (folder / f"out.{ending}" / "older").write_text("kept")
    return folder


def seen(folder: Path, out: str) -> dict[str, bytes]:
    """Return what lies there beside the project: the files of an operation, and leftovers."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not _is_known(path, out)
    }


def _is_known(path: Path, out: str) -> bool:
    """Tell whether a file is the project, a database's empty log, or the copy before a purge.

    That copy may stay where the purge fails.
    """
    is_log = path.name.endswith("-shm") or (path.name.endswith("-wal") and not path.stat().st_size)
    is_copy = out == "purged" and path.name.startswith("purged")
    return is_log or is_copy or path.name.startswith("p.pressmark")


def once(
    operation: Operation, folder: Path, failing: Callable[[], AbstractContextManager[None]]
) -> bool:
    """Do it on a failing disk, prove what has to be so, and again on a sound one.

    Returns whether it succeeded at the first try.
    """
    project = folder / "p.pressmark"
    before, beside = rows(project), seen(folder, operation.out)
    heard: list[Change] = []
    with Workspace.open(project, annotator="ann") as ws:
        ws.subscribe(heard.append)
        ws.article_ids()
        is_done, said = True, ""
        with failing():
            try:
                operation.run(ws, folder)
            except KnownError as problem:
                is_done, said = False, str(problem)
        if not is_done:
            assert heard == []
            assert rows(project) == before
            if elsewhere := re.search(
                r"(\S+) was not written: .* there before lies in (.+)\.$", said
            ):
                Path(elsewhere[2]).rename(
                    elsewhere[1]
                )  # neither the new nor the old could be named
            assert seen(folder, operation.out) == beside
            operation.run(ws, folder)
        assert bool(heard) == operation.writes_project
        assert (rows(project) != before) == operation.writes_project
        assert ws.check().ok
        for path in folder.glob("purged*.pressmark"):
            assert rows(path) == before
    if operation.out == "kept":
        for made in backups_of("p", folder=folder / "kept"):
            assert made.is_sound
            assert rows(made.path) == before
    assert not [path for path in folder.rglob("*") if path.name.endswith((".part", "-journal"))]
    return is_done


def fresh(template: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return shutil.copytree(template, folder)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    with rigged(monkeypatch) as made:
        yield made


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_error_at_any_write_leaves_the_old_or_the_new(
    name: str, template: Path, tmp_path: Path, disk: Disk, capsys: pytest.CaptureFixture[str]
) -> None:
    operation, runs, refused = OPERATIONS[name], 0, 0
    for turn in range(len(WAYS) if LONG else 1):
        for place in count(1):
            number, lasting = WAYS[(place + turn) % len(WAYS)]
            folder = fresh(template, tmp_path / "project")
            failing = partial(disk.failing, place, lasting=lasting, number=number)
            is_done = once(operation, folder, failing)
            if not disk.failed:
                assert is_done
                break
            runs += 1
            refused += not is_done
    with capsys.disabled():
        sys.stdout.write(f"\n{name}: {runs} failing writes, {refused} refused, 0 half done\n")
    assert refused > 0


@contextmanager
def limited(size: int) -> Iterator[None]:
    """Let no file grow beyond a size: writes stop in their middle."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_disk_that_fills_up_anywhere_leaves_the_old_or_the_new(
    name: str, template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = 0
    for size in count(0, STEP):
        folder = fresh(template, tmp_path / "project")
        if once(OPERATIONS[name], folder, partial(limited, size)):
            break
        failed += 1
    with capsys.disabled():
        sys.stdout.write(f"\n{name}: {failed} disks too small, 0 half done\n")
    assert failed > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own; skipped where nobody may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0:
        pytest.skip("a disk that is full is mounted, which only root may do")
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk that is full is mounted, and this system mounts none")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@contextmanager
def filled(disk: Path, room: int) -> Iterator[None]:
    """Leave only so many bytes on a disk."""
    filler, left = disk / "filler", shutil.disk_usage(disk).free - room
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, left)
    try:
        yield
    finally:
        filler.unlink()


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_disk_without_room_leaves_the_old_or_the_new(
    name: str, template: Path, small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = 0
    for room in count(0, PAGE if LONG else 12 * PAGE):
        folder = fresh(template, small_disk / "project")
        if once(OPERATIONS[name], folder, partial(filled, small_disk, room)):
            break
        failed += 1
    with capsys.disabled():
        sys.stdout.write(f"\n{name}: {failed} full disks, 0 half done\n")
    assert failed > 0
