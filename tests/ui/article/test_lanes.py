from hypothesis import given
from hypothesis import strategies as st

from app.ui.article.lanes import Stretch, lanes, levels, shortest_first


@st.composite
def stretches(draw: st.DrawFn) -> list[Stretch]:
    found = []
    for n in range(draw(st.integers(0, 14))):
        ends = sorted(draw(st.sets(st.integers(0, 40), min_size=2, max_size=6)))
        pairs = tuple(zip(ends[::2], ends[1::2], strict=False))
        found.append(Stretch(f"m{n}", sum(b - a for a, b in pairs), pairs))
    return found


def touch(one: Stretch, other: Stretch) -> bool:
    return any(a < d and c < b for a, b in one.ranges for c, d in other.ranges)


@given(stretches())
def test_a_level_is_one_above_the_highest_shorter_box_it_touches(given: list[Stretch]) -> None:
    found = levels(given)
    order = shortest_first(given)
    for n, box in enumerate(order):
        below = [found[other.key] for other in order[:n] if touch(box, other)]
        assert found[box.key] == max(below, default=-1) + 1


@given(stretches())
def test_a_lane_is_the_lowest_that_no_shorter_statement_it_touches_has(
    given: list[Stretch],
) -> None:
    found = lanes(given)
    order = shortest_first(given)
    for n, statement in enumerate(order):
        taken = {found[other.key] for other in order[:n] if touch(statement, other)}
        assert found[statement.key] == next(lane for lane in range(99) if lane not in taken)


@given(stretches(), st.randoms())
def test_the_order_in_which_marks_come_does_not_matter(
    given: list[Stretch], random: object
) -> None:
    mixed = list(given)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert levels(mixed) == levels(given)
    assert lanes(mixed) == lanes(given)


def test_the_inner_of_two_boxes_keeps_level_0() -> None:
    outer, inner = Stretch("outer", 20, ((0, 20),)), Stretch("inner", 5, ((10, 15),))
    assert levels([outer, inner]) == {"outer": 1, "inner": 0}


def test_neighbours_share_a_level_and_a_lane() -> None:
    pair = [Stretch("a", 5, ((0, 5),)), Stretch("b", 5, ((5, 10),))]
    assert set(levels(pair).values()) == {0}
    assert set(lanes(pair).values()) == {0}


def test_a_box_in_the_gap_of_another_touches_it_not() -> None:
    split, between = Stretch("split", 4, ((0, 2), (8, 10))), Stretch("between", 3, ((4, 7),))
    assert levels([split, between]) == {"split": 0, "between": 0}


def test_five_thousand_marks_are_placed_at_once() -> None:
    nested = [Stretch(f"m{n}", 10_000 - 2 * n, ((n, 10_000 - n),)) for n in range(1500)]
    assert max(levels(nested).values()) == 1499
    assert max(lanes(nested).values()) == 1499
