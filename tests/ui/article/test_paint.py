from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPainterPath

from app.ui.article.geometry import Metrics, Part
from app.ui.article.paint import Dots, Fill, Looks, Stroke, add_box, draw_list, run
from app.ui.theme import DARK, LIGHT
from tests.ui.article.stand import press

METRICS = Metrics()


def part(mark: str, type_name: str, x0: float, x1: float, depth: int = 0, **fields: object) -> Part:
    lane = type_name == "statement"
    made = Part(
        mark, type_name, lane, depth, False, x0, x1, 100, True, True, True, True, False, False
    )
    return made._replace(**fields)  # type: ignore[arg-type]


def ops(
    *parts: Part, selected: str | None = None, hidden: frozenset[str] = frozenset()
) -> tuple[object, ...]:
    return draw_list(parts, METRICS, Looks(LIGHT, press()), selected=selected, hidden=hidden)


def colours(found: tuple[object, ...]) -> list[str]:
    return [
        (op.brush if isinstance(op, Fill) else op.pen).color().name()
        for op in found
        if isinstance(op, (Fill, Stroke))
    ]


def test_fills_then_boxes_then_underlines_then_lanes() -> None:
    found = ops(
        part("s", "statement", 0, 200),
        part("e", "event", 10, 90, 1),
        part("a", "actor", 50, 80),
    )
    assert [type(op).__name__ for op in found] == [
        "Fill",
        "Fill",
        "Stroke",
        "Fill",
        "Stroke",
        "Stroke",
        "Stroke",
    ]
    assert colours(found) == [
        LIGHT.fill("statement").name(),
        LIGHT.fill("event").name(),
        LIGHT.ink("event").name(),
        LIGHT.fill("actor").name(),
        LIGHT.ink("actor").name(),
        LIGHT.ink("event").name(),
        LIGHT.ink("statement").name(),
    ]


def test_neighbours_of_one_colour_share_a_path() -> None:
    assert len(ops(*(part(f"m{n}", "actor", 20 * n, 20 * n + 10) for n in range(30)))) == 2


def test_the_selected_mark_is_filled_more_strongly() -> None:
    found = ops(part("s", "statement", 0, 90), part("t", "statement", 100, 190), selected="t")
    assert LIGHT.fill("statement", selected=True).name() in colours(found)
    widths = [op.pen.widthF() for op in found if isinstance(op, Stroke)]
    assert sorted(widths) == [1.5, 2.6]


def test_each_type_has_its_own_underline() -> None:
    pens = {}
    for name in ("actor", "event"):
        (_, line) = ops(part("m", name, 0, 50))
        assert isinstance(line, Stroke)
        pens[name] = (line.pen.widthF(), line.path.elementCount())
    assert pens == {"actor": (2, 2), "event": (1.2, 4)}
    (_, dots) = ops(part("m", "number", 0, 50))
    assert isinstance(dots, Dots)
    places = [point.x() for point in dots.points.toList()]
    assert dots.pen.widthF() == 2.4
    assert {round(b - a, 6) for a, b in pairwise(places)} == {4.2}
    assert places[0] == pytest.approx(1.7)
    assert 50 - 0.5 - 1.2 - 4.2 < places[-1] <= 50 - 0.5 - 1.2


def test_fragments_hang_together_by_a_dotted_line() -> None:
    found = ops(
        part("m", "actor", 0, 10), part("m", "actor", 10, 30, gap=True), part("m", "actor", 30, 40)
    )
    assert isinstance(found[-1], Stroke)
    assert found[-1].pen.dashPattern()
    assert found[-1].path.boundingRect().width() == 20


def test_hidden_types_are_left_out() -> None:
    assert ops(part("m", "actor", 0, 10), hidden=frozenset({"actor"})) == ()


def test_ends_are_round_only_where_the_mark_ends() -> None:
    for left in (True, False):
        for right in (True, False):
            path = QPainterPath()
            add_box(path, part("m", "actor", 10, 50, left=left, right=right), METRICS)
            assert path.boundingRect().toAlignedRect() == QRectF(7.5, 86, 45, 19.5).toAlignedRect()
            corners = (
                path.contains(QRectF(7.6, 86.1, 0.2, 0.2)),
                path.contains(QRectF(52.2, 86.1, 0.2, 0.2)),
            )
            assert corners == (not left, not right)


def test_opaque_fills_never_add_up() -> None:
    image = QImage(100, 140, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(DARK.color("paper"))
    looks = Looks(DARK, press())
    twice = (part("a", "statement", 10, 90, 1), part("b", "statement", 20, 80))
    with QPainter(image) as painter:
        run(painter, draw_list(twice, METRICS, looks, selected=None))
    assert image.pixelColor(50, 90) == DARK.fill("statement")
    assert image.pixelColor(15, 90) == DARK.fill("statement")
