"""A bit that flips on the disk is found, or it changed nothing that anybody reads."""

import os
import random
import sqlite3
import sys
from collections import Counter
from pathlib import Path

import pytest

from app.model.commands import AddAnnotation
from app.model.errors import KnownError, Refused
from app.workspace import Workspace
from tests.projects import mark, rows, with_article

RUNS = int(os.environ.get("PRESSMARK_FLIPS", "250"))
SEED = int(os.environ.get("PRESSMARK_SEED", "20210123"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    ws, story = with_article(tmp_path)
    with ws:
        for start in range(12):
            added = mark(story, start, start + 4, comment=f"seen {start}")
            ws.do(AddAnnotation(annotation=added), title="tag", article=story.id)
    return Path(ws.location)


def outcome(path: Path, held: object) -> str:
    """Say what came of the flipped bit: `refused`, `found`, `harmless` or `missed`."""
    try:
        with Workspace.open(path, annotator="ann", read_only=True) as ws:
            is_found = not ws.check().ok
    except (Refused, KnownError):
        return "refused"
    if is_found:
        return "found"
    try:
        return "harmless" if rows(path) == held else "missed"
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return "missed"


def flip(sound: bytes, bit: int) -> bytes:
    spoilt = bytearray(sound)
    spoilt[bit // 8] ^= 1 << bit % 8
    return bytes(spoilt)


def test_a_bit_anywhere_is_found_or_harmless(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice, sound, held = random.Random(SEED), project.read_bytes(), rows(project)
    used = [n for n, byte in enumerate(sound) if byte]  # most of so small a file is empty pages
    seen, missed = Counter[str](), []
    for _ in range(RUNS):
        bit = dice.choice(used) * 8 + dice.randrange(8)
        spoilt = tmp_path / "spoilt.pressmark"
        spoilt.write_bytes(flip(sound, bit))
        result = outcome(spoilt, held)
        seen[result] += 1
        if result == "missed":
            missed.append(bit)
    with capsys.disabled():
        sys.stdout.write(f"\n{RUNS} flipped bits: {dict(seen)}\n")
    assert missed == []
    assert seen["found"] > 0


def test_every_bit_of_a_word_of_the_text_is_found(project: Path, tmp_path: Path) -> None:
    sound = project.read_bytes()
    with Workspace.open(project, annotator="ann", read_only=True) as ws:
        text = ws.contents(ws.article_ids()[0]).article.text
    places, at = [], sound.find(text[:40].encode())
    while at >= 0:
        places.append(at)
        at = sound.find(text[:40].encode(), at + 1)
    assert places  # in the article and in the journal
    for place in places:
        for bit in range(place * 8, (place + 5) * 8):
            spoilt = tmp_path / "spoilt.pressmark"
            spoilt.write_bytes(flip(sound, bit))
            assert outcome(spoilt, None) in {"found", "refused"}, bit


def test_a_damaged_column_name_is_refused_on_opening(project: Path) -> None:
    connection = sqlite3.connect(project)
    connection.execute("ALTER TABLE project RENAME COLUMN value TO worth")
    connection.close()
    with pytest.raises(Refused, match="damaged"):
        Workspace.open(project, annotator="ann")
