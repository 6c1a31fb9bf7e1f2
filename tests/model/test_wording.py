"""Words about things: whose role it is, and figures in the order people expect."""

import pytest

from app.model.wording import natural, role_of


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Speaker", "Speaker of S2"),
        ("Belongs to", "S2: belongs to"),
        ("Quantity of", "S2: quantity of"),
        ("Part of an event", "Part of an event of S2"),
        ("", " of S2"),
    ],
)
def test_whose_role_it_is(label: str, said: str) -> None:
    assert role_of(label, "S2") == said


def test_figures_in_words_sort_as_figures() -> None:
    names = ["b10", "10", "2", "b2", "a", "", "1.5", "B1", "²"]
    assert sorted(names, key=natural) == ["", "1.5", "2", "10", "a", "B1", "b2", "b10", "²"]
