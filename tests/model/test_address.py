"""Addresses of marks: what is written can be read back, also out of a sentence."""

from app.model.address import address, parse_address
from app.model.ids import new_id


def test_an_address_is_read_back() -> None:
    ids = new_id(), new_id(), new_id()
    assert parse_address(address(*ids)) == ids
    assert parse_address(f"See {address(*ids)}, please.") == ids


def test_other_words_are_no_address() -> None:
    assert parse_address("pressmark:") is None
    assert parse_address("navalny") is None
    assert parse_address(address("a", "b", "c")) is None
