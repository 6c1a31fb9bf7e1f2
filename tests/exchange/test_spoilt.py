"""A file that was damaged on its way is read or refused with a sentence, never anything else."""

import random
from pathlib import Path

import pytest

from app.exchange.dataset import Bundle, Header
from app.exchange.registry import FORMATS, Format
from app.model.errors import KnownError, Refused

READ = [one for one in FORMATS if one.module and one.read and one.write and not one.is_product]
WORDS = (b"-1", b"9" * 21, b"null", b"{}", b"[]", b'"', b"\0", b"<a>", b"\t", b"|", b"\xff")
TIMES = 30


def spoil(data: bytes, chance: random.Random) -> bytes:
    """Cut a file off, change some bytes, leave some out or put some in."""
    place = chance.randrange(len(data))
    match chance.randrange(4):
        case 0:
            return data[:place]
        case 1:
            made = bytearray(data)
            for _ in range(chance.choice((1, 3, 20))):
                made[chance.randrange(len(made))] = chance.randrange(256)
            return bytes(made)
        case 2:
            return data[:place] + data[place + chance.randrange(1, 30) :]
        case _:
            return data[:place] + chance.choice(WORDS) + data[place:]


@pytest.mark.parametrize("format_", READ, ids=lambda one: one.name)
def test_damaged_files(format_: Format, tmp_path: Path, header: Header, bundle: Bundle) -> None:
    assert format_.write is not None
    assert format_.read is not None
    out = tmp_path / f"out{'' if format_.folder else format_.extensions[0]}"
    format_.write(out, header, [bundle], lambda _: None)
    files = [out] if out.is_file() else sorted(p for p in out.rglob("*") if p.stat().st_size)
    chance = random.Random(format_.name)
    for _ in range(TIMES):
        file = chance.choice(files)
        whole = file.read_bytes()
        file.write_bytes(spoil(whole, chance))
        try:
            for read in format_.read(out).articles:
                for item in read.annotations:
                    for part in item.fragments:
                        assert read.article.text[part.start : part.end] == part.text
        except (Refused, KnownError) as reason:
            assert str(reason)  # noqa: PT017 - whether it is refused depends on the damage
        file.write_bytes(whole)
