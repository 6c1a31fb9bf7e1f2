"""The power goes while a project is written to: what was acknowledged is there afterwards.

The project lies in an ext4 image whose file holds only what was flushed to it. The image is copied
while the writer stands still, and the copy is mounted, which replays the file system's journal.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.model.commands import AddAnnotation
from app.workspace import Workspace
from tests.projects import mark, with_article

RUNS = 25 if os.environ.get("PRESSMARK_LONG") else 3
SIZE = 24 * 1024 * 1024

WRITER = """
import sys
from pathlib import Path
from app.model.commands import AddAnnotation
from app.workspace import Workspace
from tests.projects import mark
with Workspace.open(sys.argv[1], annotator="ann") as ws:
    story = ws.contents(ws.article_ids()[0]).article
    for number in range(1_000_000):
        added = mark(story, number % 40, number % 40 + 4, comment="c" * (number % 3000))
        ws.do(AddAnnotation(annotation=added), title="tag", article=story.id)
        print(added.id, flush=True)
"""


def system(*words: object) -> bool:
    """Run a command of the system and tell whether it succeeded."""
    try:
        ran = subprocess.run([*map(str, words)], capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return ran.returncode == 0


@contextmanager
def mounted(image: Path, place: Path) -> Iterator[Path]:
    """Mount an image while the block lasts."""
    place.mkdir(exist_ok=True)
    assert system("mount", "-o", "loop", image, place)
    try:
        yield place
    finally:
        assert system("umount", place)


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """An empty ext4 image; skipped where nobody may mount one, as SQLite's own tests would be."""
    made, place = tmp_path / "disk.img", tmp_path / "try"
    made.touch()
    os.truncate(made, SIZE)
    place.mkdir()
    if os.geteuid() != 0:
        pytest.skip("a loss of power is made with a mounted image, which only root may mount")
    if not system("mkfs.ext4", "-q", "-F", made):
        pytest.skip("a loss of power is made with an ext4 image: there is no mkfs.ext4")
    if not system("mount", "-o", "loop", made, place):
        pytest.skip("a loss of power is made with a mounted image: this system mounts none")
    assert system("umount", place)
    return made


def cut(image: Path, after: Path, dice: random.Random, tmp_path: Path) -> list[str]:
    """Write until the power goes; return what was acknowledged before."""
    with mounted(image, tmp_path / "before") as disk:
        ws, _ = with_article(disk)
        ws.close()
        os.sync()
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, ws.location],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        )
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline().strip() for _ in range(1 + dice.randrange(400))]
        writer.send_signal(signal.SIGSTOP)
        os.waitpid(writer.pid, os.WUNTRACED)
        shutil.copyfile(image, after)
        writer.kill()
        acknowledged += writer.stdout.read().splitlines()
        writer.wait()
        writer.stdout.close()
    return [mark_id for mark_id in acknowledged if len(mark_id) == 36]


def test_what_was_acknowledged_survives_a_loss_of_power(
    image: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice, empty = random.Random(20_210_123), tmp_path / "empty.img"
    shutil.copyfile(image, empty)
    acknowledged, lost = 0, 0
    for _ in range(RUNS):
        shutil.copyfile(empty, image)
        after = tmp_path / "after.img"
        told = cut(image, after, dice, tmp_path)
        with mounted(after, tmp_path / "again") as disk:
            project = disk / "p.pressmark"
            with Workspace.open(project, annotator="ann") as ws:
                assert ws.check().ok
                contents = ws.contents(ws.article_ids()[0])
                there = {one.id for one in contents.annotations}
                acknowledged += len(told)
                lost += len(set(told) - there)
                again = AddAnnotation(annotation=mark(contents.article, 0, 4))
                ws.do(again, title="tag", article=contents.article.id)
    with capsys.disabled():
        sys.stdout.write(f"\n{RUNS} losses of power: {acknowledged} acknowledged, {lost} lost\n")
    assert acknowledged > RUNS
    assert lost == 0
