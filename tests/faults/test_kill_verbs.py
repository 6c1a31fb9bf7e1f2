"""An import, export, backup, restore or purge is killed at any moment: the old or the new."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.model.commands import DeleteAnnotation
from app.workspace import Workspace
from app.workspace.sample import make_sample
from tests.projects import rows

RUNS = 40 if os.environ.get("PRESSMARK_LONG") else 2
VERBS = {
    "import": ("import", "p.pressmark", "articles"),
    "export": ("export", "p.pressmark", "out.json"),
    "backup": ("backup", "p.pressmark", "copy.pressmark"),
    "restore": ("restore", "sound.pressmark", "again.pressmark"),
    "purge": ("purge", "p.pressmark"),
}
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verbs")
    with make_sample(folder / "p.pressmark", annotator="ann") as ws:
        gone = ws.contents(ws.article_ids()[0]).annotations[0]
        ws.do(DeleteAnnotation(id=gone.id, version=gone.version), title="delete")
        ws.copy_to(folder / "sound.pressmark")
    (folder / "articles").mkdir()
    for number in range(60):
        words = f"Article {number}. Thousands marched in Moscow on Saturday.\n" * 100
        (folder / "articles" / f"{number}.txt").write_text(words, "utf-8")
    (folder / "out.json").write_text("older")
    return folder


def started(folder: Path, verb: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "app", *VERBS[verb]],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PRESSMARK_ANNOTATOR": "ann"},
    )


def counts(path: Path) -> tuple[int, int]:
    """Return how many articles and rows of annotations a project has."""
    held = rows(path)
    return len(held["article"]), len(held["annotation"])


def is_project(path: Path, of: Path) -> bool:
    try:
        return rows(path) == rows(of)
    except sqlite3.DatabaseError:
        return False


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_that_is_killed_leaves_the_old_or_the_new(
    verb: str, template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice, killed = random.Random(20_210_123), 0
    whole = shutil.copytree(template, tmp_path / "whole")
    began = time.monotonic()
    assert started(whole, verb).wait() == 0
    lasts = time.monotonic() - began
    before, after = counts(template / "p.pressmark"), counts(whole / "p.pressmark")
    for number in range(RUNS):
        folder = shutil.copytree(template, tmp_path / str(number))
        process = started(folder, verb)
        try:
            process.wait(lasts * (0.3 + 0.65 * dice.random()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
        assert counts(folder / "p.pressmark") in (before, after)
        with Workspace.open(folder / "p.pressmark", annotator="ann") as ws:
            assert ws.check().ok
        out = (folder / "out.json").read_bytes()
        assert out == b"older" or out.rstrip().endswith(b"}")
        assert rows(folder / "sound.pressmark") == rows(template / "sound.pressmark")
        for made in (*folder.glob("[ac]*.pressmark"), *folder.glob("p before purge*")):
            assert is_project(made, template / "p.pressmark")
        for made in (folder / VERBS[verb][-1], *folder.glob("p before purge*")):
            if verb in {"backup", "restore", "purge"} and made.name != "p.pressmark":
                made.unlink(missing_ok=True)  # or it would be there already
        assert started(folder, verb).wait() == 0
        assert counts(folder / "p.pressmark")[0] == after[0]
        shutil.rmtree(folder)
    with capsys.disabled():
        sys.stdout.write(f"\n{verb}: {killed} of {RUNS} killed before their end, 0 half done\n")
