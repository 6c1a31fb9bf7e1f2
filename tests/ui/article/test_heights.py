from hypothesis import given
from hypothesis import strategies as st

from app.ui.article.heights import Heights

sizes = st.lists(st.integers(1, 50).map(float), max_size=40)


@given(sizes, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 90).map(float)), max_size=20))
def test_tops_are_the_sums_of_what_is_above(
    values: list[float], changes: list[tuple[int, float]]
) -> None:
    heights = Heights(values)
    for row, height in changes:
        if row < len(values):
            heights[row] = values[row] = height
    assert [heights.top(row) for row in range(len(values) + 1)] == [
        sum(values[:row]) for row in range(len(values) + 1)
    ]
    assert heights.total == sum(values)
    assert [heights[row] for row in range(len(heights))] == values


@given(sizes.filter(bool), st.floats(-10, 3000))
def test_a_height_lies_in_its_row(values: list[float], y: float) -> None:
    heights = Heights(values)
    row = heights.row_at(y)
    assert 0 <= row < len(values)
    if 0 <= y < heights.total:
        assert heights.top(row) <= y < heights.top(row + 1)


def test_nothing_has_no_height() -> None:
    assert Heights().total == 0
    assert len(Heights()) == 0
