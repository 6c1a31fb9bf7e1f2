"""Repairing a project with a flipped bit gives the exact rows back, or leaves the file alone."""

import os
import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from app.model.errors import KnownError, Refused
from app.storage.repair import repair
from app.workspace.sample import make_sample
from tests.projects import rows

RUNS = int(os.environ.get("PRESSMARK_FLIPS", "250")) // 5
SEED = int(os.environ.get("PRESSMARK_SEED", "20210123"))


HEADER = 100
"""Bytes at the front that say how the file is locked and counted; repair takes the file for itself.
"""


def is_left(path: Path, spoilt: bytes) -> bool:
    return path.read_bytes()[HEADER:] == spoilt[HEADER:]


def outcome(path: Path, spoilt: bytes, held: object) -> str:
    """Say what came of repairing: `exact`, `wrong`, `alone` (untouched), `sound` or `refused`."""
    try:
        report = repair(path)
    except (Refused, KnownError):
        return "refused" if is_left(path, spoilt) else "wrong"
    if report.kept:
        return "exact" if rows(path) == held else "wrong"
    if not is_left(path, spoilt):
        return "wrong"
    return "sound" if report.before.ok else "alone"


def test_a_repair_is_exact_or_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = tmp_path / "s.pressmark"
    make_sample(sound, annotator="Ann").close()
    good, held = sound.read_bytes(), rows(sound)
    chance, counts = random.Random(SEED), Counter[str]()
    places = [place for place, byte in enumerate(good) if byte]
    for run in range(RUNS):
        spoilt = bytearray(good)
        spoilt[chance.choice(places)] ^= 1 << chance.randrange(8)
        folder = tmp_path / str(run)
        folder.mkdir()
        path = folder / "p.pressmark"
        path.write_bytes(spoilt)
        counts[outcome(path, bytes(spoilt), held)] += 1
        for file in folder.iterdir():
            file.unlink()
    with capsys.disabled():
        sys.stdout.write(f"\nrepairs of flipped bits: {dict(counts)}\n")
    assert counts["wrong"] == 0
    assert counts["exact"]
