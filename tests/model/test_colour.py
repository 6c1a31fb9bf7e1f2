"""Colours against the figures that are published for them."""

import pytest

from app.model.colour import (
    APART,
    MARK_CONTRAST,
    MODES,
    PALETTE,
    TEXT_CONTRAST,
    Vision,
    brighter,
    ciede2000,
    closest,
    contrast,
    difference,
    fills_of,
    inks_of,
    mark_contrast,
    shown_inks,
    simulated,
    text_contrast,
)

SHARMA = """
50.0000 2.6772 -79.7751 50.0000 0.0000 -82.7485 2.0425
50.0000 3.1571 -77.2803 50.0000 0.0000 -82.7485 2.8615
50.0000 2.8361 -74.0200 50.0000 0.0000 -82.7485 3.4412
50.0000 -1.3802 -84.2814 50.0000 0.0000 -82.7485 1.0000
50.0000 -1.1848 -84.8006 50.0000 0.0000 -82.7485 1.0000
50.0000 -0.9009 -85.5211 50.0000 0.0000 -82.7485 1.0000
50.0000 0.0000 0.0000 50.0000 -1.0000 2.0000 2.3669
50.0000 -1.0000 2.0000 50.0000 0.0000 0.0000 2.3669
50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0009 7.1792
50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0010 7.1792
50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0011 7.2195
50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0012 7.2195
50.0000 -0.0010 2.4900 50.0000 0.0009 -2.4900 4.8045
50.0000 -0.0010 2.4900 50.0000 0.0010 -2.4900 4.8045
50.0000 -0.0010 2.4900 50.0000 0.0011 -2.4900 4.7461
50.0000 2.5000 0.0000 50.0000 0.0000 -2.5000 4.3065
50.0000 2.5000 0.0000 73.0000 25.0000 -18.0000 27.1492
50.0000 2.5000 0.0000 61.0000 -5.0000 29.0000 22.8977
50.0000 2.5000 0.0000 56.0000 -27.0000 -3.0000 31.9030
50.0000 2.5000 0.0000 58.0000 24.0000 15.0000 19.4535
50.0000 2.5000 0.0000 50.0000 3.1736 0.5854 1.0000
50.0000 2.5000 0.0000 50.0000 3.2972 0.0000 1.0000
50.0000 2.5000 0.0000 50.0000 1.8634 0.5757 1.0000
50.0000 2.5000 0.0000 50.0000 3.2592 0.3350 1.0000
60.2574 -34.0099 36.2677 60.4626 -34.1751 39.4387 1.2644
63.0109 -31.0961 -5.8663 62.8187 -29.7946 -4.0864 1.2630
61.2901 3.7196 -5.3901 61.4292 2.2480 -4.9620 1.8731
35.0831 -44.1164 3.7933 35.0232 -40.0716 1.5901 1.8645
22.7233 20.0904 -46.6940 23.0331 14.9730 -42.5619 2.0373
36.4612 47.8580 18.3852 36.2715 50.5065 21.2231 1.4146
90.8027 -2.0831 1.4410 91.1528 -1.6435 0.0447 1.4441
90.9257 -0.5406 -0.9208 88.6381 -0.8985 -0.7239 1.5381
6.7747 -0.2908 -2.4247 5.8714 -0.0985 -2.2286 0.6377
2.0776 0.0795 -1.1350 0.9033 -0.0636 -0.5514 0.9082
"""
"""Sharma, Wu and Dalal (2005), table 1: two colours in L*a*b* and their CIEDE2000 difference."""


@pytest.mark.parametrize("line", SHARMA.split("\n")[1:-1])
def test_ciede2000_gives_the_published_figures(line: str) -> None:
    l1, a1, b1, l2, a2, b2, wanted = map(float, line.split())
    assert ciede2000((l1, a1, b1), (l2, a2, b2)) == pytest.approx(wanted, abs=5e-5)
    assert ciede2000((l2, a2, b2), (l1, a1, b1)) == pytest.approx(wanted, abs=5e-5)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=1e-3)
    assert contrast("#FFFFFF", "#FFFFFF") == 1


@pytest.mark.parametrize(
    ("vision", "smallest"), [("normal", 26.2), ("protan", 18.4), ("deutan", 15.1), ("tritan", 18.9)]
)
def test_the_four_inks_are_as_far_apart_as_the_design_measured(
    vision: Vision, smallest: float
) -> None:
    inks = ("#1A2FB0", "#AE5210", "#1C7A6E", "#681A43")
    found = min(difference(a, b, vision) for a in inks for b in inks if a != b)
    assert found == pytest.approx(smallest, abs=0.06)


def test_colour_vision_leaves_grey_alone() -> None:
    assert simulated("#808080", "protan") == "#808080"
    assert simulated("#FF0000", "normal") == "#FF0000"
    assert difference("#C00000", "#C00000", "deutan") == 0


@pytest.mark.parametrize("ink", ["#1A2FB0", "#AE5210", "#8C2F39", "#005F73", "#3A3A3A"])
def test_fills_can_be_read_in_both_looks(ink: str) -> None:
    inks = inks_of(ink)
    assert inks is not None
    for mode, colour in zip(MODES, inks, strict=True):
        assert text_contrast(ink, mode) >= TEXT_CONTRAST
        assert mark_contrast(ink, mode) >= MARK_CONTRAST
        plain, selected = fills_of(colour, mode)
        assert plain != selected


def test_what_cannot_be_read_says_so() -> None:
    assert mark_contrast("#FFF3A0", "light") < MARK_CONTRAST


def test_inks_are_written_as_one_colour_or_two() -> None:
    assert inks_of("actor") is None
    assert inks_of("#8c2f39 #f2a0a8") == ("#8C2F39", "#F2A0A8")
    assert inks_of("#8C2F39") == ("#8C2F39", brighter("#8C2F39"))
    assert brighter("#FFFFFF") == "#FFFFFF"
    for wrong in ("#12", "#1234567", "#12345G", "#123456 #123456 #123456", "#123456 red"):
        with pytest.raises(ValueError, match="no colour"):
            inks_of(wrong)


def test_any_two_inks_of_the_palette_are_told_apart_by_everybody() -> None:
    inks = dict(PALETTE)
    for name, ink in PALETTE:
        found = closest(ink, {other: inks[other] for other in inks if other != name})
        assert found is not None
        assert found.distance >= APART, (name, found)
        for mode in MODES:
            assert mark_contrast(ink, mode) >= MARK_CONTRAST
            assert text_contrast(ink, mode) >= TEXT_CONTRAST


def test_the_closest_ink_is_named_with_who_confuses_it() -> None:
    found = closest("#1C7A6E #82F0B5", {"Number": "number", "Actor": "actor"})
    assert found is not None
    assert (found.distance, found.name) == (0, "Number")
    assert closest("actor", {}) is None
    assert shown_inks("purple") == shown_inks("#12") == ("#5F646C", "#979DA7")


def test_the_inks_of_the_theme_keep_its_fills() -> None:
    assert text_contrast("number", "dark") == pytest.approx(5.2, abs=0.05)
    assert mark_contrast("actor", "light") == pytest.approx(5.9, abs=0.05)
