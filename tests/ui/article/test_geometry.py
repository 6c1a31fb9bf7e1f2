from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.text import OffsetMap, snap_to_grapheme
from app.ui.article.geometry import Metrics, Part, row_marks
from tests.ui.article.stand import Stand, mark

LANES = frozenset({"statement"})


def test_marks_come_in_painting_order() -> None:
    text = "one two three four"
    short, long = mark(text, "actor", "two"), mark(text, "event", "two three")
    said, outer = mark(text, "statement", "three"), mark(text, "statement", text)
    found = row_marks([short, said, long, outer], (0, len(text)), OffsetMap(text), LANES)
    assert [m.id for m in found] == [outer.id, said.id, long.id, short.id]
    assert [m.depth for m in found] == [1, 0, 1, 0]
    assert [m.deep for m in found] == [True, True, False, False]


def test_pieces_count_utf_16_from_the_row_and_name_the_true_ends() -> None:
    text = "😀😀 before\n😀 one two"
    annotation = mark(text, "actor", "before\n😀 one")
    start = text.index("\n") + 1
    (upper,) = row_marks([annotation], (0, start - 1), OffsetMap(text), LANES)
    (lower,) = row_marks([annotation], (start, len(text)), OffsetMap(text), LANES)
    assert upper.pieces == ((5, 11, True, False, False),)
    assert lower.pieces == ((0, 6, False, True, False),)


def test_the_gap_between_fragments_is_a_piece_too() -> None:
    text = "one two three"
    (found,) = row_marks([mark(text, "event", "one", "three")], (0, 13), OffsetMap(text), LANES)
    assert [(p.start, p.end, p.gap) for p in found.pieces] == [
        (0, 3, False),
        (3, 8, True),
        (8, 13, False),
    ]


def test_a_statement_keeps_its_lane_over_its_gap() -> None:
    text = "one two three"
    split, inner = mark(text, "statement", "one", "three"), mark(text, "statement", "two")
    found = row_marks([split, inner], (0, 13), OffsetMap(text), LANES)
    assert {m.id: m.depth for m in found} == {inner.id: 0, split.id: 1}


def test_a_span_over_lines_has_a_part_on_each(stand: Stand) -> None:
    text = "Words that fill more than one line of the column. " * 6
    long = mark(text, "event", text[6:250])
    stand.load(text, [long])
    parts = stand.parts(long)
    assert len(parts) > 2
    assert [p.opens for p in parts] == [True] + [False] * (len(parts) - 1)
    assert [p.closes for p in parts] == [False] * (len(parts) - 1) + [True]
    assert [p.left for p in parts] == [True] + [False] * (len(parts) - 1)
    assert [p.right for p in parts] == [False] * (len(parts) - 1) + [True]
    assert all(below.baseline - above.baseline == 33 for above, below in pairwise(parts))
    assert all(p.x0 == 112 for p in parts[1:])
    assert all(p.x1 <= 112 + 590 for p in parts)


def test_lines_stand_where_the_picture_has_them(stand: Stand) -> None:
    text = "One line.\n\nA second paragraph.\nA third."
    first, third = mark(text, "actor", "One"), mark(text, "actor", "third")
    stand.load(text, [first, third])
    (top,), (low,) = stand.parts(first), stand.parts(third)
    assert top.baseline == pytest.approx(104.5 + 22.5)
    assert low.baseline - top.baseline == pytest.approx(2 * (33 + 12))
    assert top.x0 == 112


def test_a_third_lane_makes_its_line_higher_and_only_that(stand: Stand) -> None:
    text = "one two three four five six seven.\n\nThe next paragraph."
    said = [mark(text, "statement", text[: n * 5 + 3]) for n in range(1, 5)]
    below = mark(text, "actor", "next")
    stand.load(text, [*said[:2], below])
    before = stand.parts(below)[0].baseline
    stand.load(text, [*said, below])
    assert [stand.parts(s)[0].depth for s in said] == [0, 1, 2, 3]
    assert stand.parts(below)[0].baseline - before == pytest.approx(2 * 4.4)


def test_mixed_text_has_a_part_for_each_place(stand: Stand) -> None:
    text = "Before שלום עולם after."
    inside, over = mark(text, "actor", "עולם"), mark(text, "event", "Before שלום")
    stand.load(text, [inside, over])
    (part,) = stand.parts(inside)
    assert part.rtl
    assert part.left
    assert part.right
    first, second = stand.parts(over)
    assert first.opens
    assert second.closes
    assert second.x0 > part.x1  # the first Hebrew word stands right of the second one
    assert first.x1 <= part.x0 + 5


def test_right_to_left_articles_mirror_column_and_gutter(stand: Stand) -> None:
    text = "שלום עולם.\n\nWords in English."
    word, english = mark(text, "actor", "שלום"), mark(text, "actor", "Words")
    stand.load(text, [word, english])
    left, width = stand.view.lines.column
    assert left + width == 770 - 112
    (part,) = stand.parts(word)
    assert part.x1 == pytest.approx(left + width)
    (part,) = stand.parts(english)
    assert part.x0 == pytest.approx(left)
    assert not part.rtl


def test_the_language_decides_the_direction_of_an_article(stand: Stand) -> None:
    stand.load("2021", language="ar")
    assert stand.view.lines.rtl
    stand.load("שלום", language="en")
    assert not stand.view.lines.rtl


def test_the_column_stands_in_the_middle_of_a_wide_window_and_gives_way_in_a_narrow_one(
    stand: Stand,
) -> None:
    stand.load("Words.")
    columns = []
    for width in (1190, 770, 500):
        stand.view.resize(width, 600)
        columns.append(stand.view.lines.column)
    assert columns == [(300, 590), (112, 590), (112, 360)]


@given(st.integers(0, 3), st.tuples(st.booleans(), st.booleans()), st.sampled_from([0.8, 1.0, 1.5]))
def test_measures_scale_with_the_zoom(depth: int, kind: tuple[bool, bool], zoom: float) -> None:
    lane, deep = kind
    part = Part(
        "m",
        "t",
        lane,
        depth,
        deep,
        10 * zoom,
        20 * zoom,
        100 * zoom,
        True,
        True,
        True,
        True,
        False,
        False,
    )
    whole = part._replace(x0=10, x1=20, baseline=100)
    scaled, plain = Metrics(zoom), Metrics()
    assert scaled.box(part) == pytest.approx([zoom * n for n in plain.box(whole)])
    assert scaled.lane(part) == pytest.approx(zoom * plain.lane(whole))


def test_the_numbers_of_the_design() -> None:
    metrics = Metrics()
    box = Part("m", "t", False, 1, False, 10, 20, 100, True, True, True, True, False, False)
    assert metrics.box(box) == (7.5, 84, 22.5, 108.5)
    said = box._replace(lane=True, depth=1, deep=True)
    assert metrics.lane(said) == pytest.approx(100 + 9.7 + 4.4 + 1.5)


@pytest.mark.parametrize(
    "text",
    [
        "One שלום עולם end, 2500 אנשים.",
        "قال الرئيس إن 2500 شخص اعتقلوا",
        "😀 a👨‍👩‍👧b 2\u00a0500",
    ],
)
def test_the_character_under_a_point_is_the_one_painted_there(stand: Stand, text: str) -> None:
    stand.load(text)
    for offset in range(len(text)):
        if snap_to_grapheme(text, offset) == offset and text[offset] != "\u200d":
            point = stand.view.in_document(stand.point(offset).toPointF())
            found = stand.view.lines.character_at(point)
            assert snap_to_grapheme(text, found) == offset
