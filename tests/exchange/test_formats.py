"""Every format of others: what is written is read back the same, and what is lost is named."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.carry import Room, Tally, narrow
from app.exchange.compare import digest
from app.exchange.dataset import Bundle, Header
from app.exchange.features import EVERYTHING
from app.exchange.flat import nest
from app.exchange.registry import FORMATS, Format
from tests.exchange.strategies import HEADER, bundles

TWO_WAY = [one for one in FORMATS if one.read and one.write and one.module and not one.is_product]


def out(folder: Path, format_: Format) -> Path:
    return folder / ("out" if format_.folder else f"out{format_.extensions[0]}")


@pytest.mark.parametrize("format_", TWO_WAY, ids=lambda one: one.name)
def test_the_sample_comes_back(
    format_: Format, tmp_path: Path, header: Header, bundle: Bundle
) -> None:
    assert format_.write is not None
    receipt = format_.write(out(tmp_path, format_), header, [bundle], lambda _: None)
    assert receipt.read_back == receipt.written
    assert receipt.written.articles == 1


@pytest.mark.parametrize("format_", TWO_WAY, ids=lambda one: one.name)
@given(data=st.data())
def test_random_datasets_come_back(format_: Format, data: st.DataObject) -> None:
    """The writer compares article by article and refuses where one is read back otherwise."""
    given_ = [data.draw(bundles(number)) for number in range(data.draw(st.integers(1, 2)))]
    assert format_.write is not None
    folder = Path(tempfile.mkdtemp())
    try:
        receipt = format_.write(out(folder, format_), HEADER, given_, lambda _: None)
        assert receipt.read_back == receipt.written
    finally:
        shutil.rmtree(folder)


@given(bundle=bundles())
def test_flattening_loses_nothing(bundle: Bundle) -> None:
    tally = Tally()
    flat = narrow(bundle, Room(carries=EVERYTHING, typed=True), tally)
    assert all(not item.evidence for item in flat.annotations)
    if not tally.lost():
        nested = narrow(bundle, Room(carries=EVERYTHING, typed=True, nested=True), Tally())
        assert digest(nest(flat)) == digest(nested) == digest(nest(nested))
