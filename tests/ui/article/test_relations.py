import pytest
from PySide6.QtCore import QPointF

from app.ui.article.geometry import Metrics
from app.ui.article.relations import Link, Plan, plan
from tests.ui.article.stand import Stand, link, mark
from tests.ui.article.test_paint import part

METRICS = Metrics()
pytestmark = pytest.mark.usefixtures("qapp")

COLUMN = (112.0, 590.0)
SEEN = (0.0, 700.0)


def given(role: str, x0: float, baseline: float, side: int = 0) -> Link:
    parts = (part("t", "actor", x0, x0 + 50, baseline=baseline),) if not side else ()
    return Link(role, f"{role}{x0}", "actor", "Somebody ¶9", side, parts)


def made(source: str, *links: Link, rtl: bool = False) -> Plan:
    first = part("s", source, 300, 400, baseline=200)
    return plan([first], links, METRICS, column=COLUMN, rtl=rtl, seen=SEEN)


def test_a_statement_is_held_by_a_bracket_in_the_gutter() -> None:
    alone = made("statement")
    assert alone.badge is not None
    assert alone.badge.center().x() == 92
    assert alone.lines.boundingRect().top() == 200 - 16
    assert alone.lines.boundingRect().bottom() == 200 + 5.5
    mirrored = made("statement", rtl=True)
    assert mirrored.badge is not None
    assert mirrored.badge.center().x() == 112 + 590 + 20


def test_chips_stand_at_the_upper_left_of_their_targets() -> None:
    found = made("statement", given("speaker", 200, 200), given("about", 420, 200))
    assert [chip.text for chip in found.chips] == ["speaker", "about"]
    assert [chip.rect.left() for chip in found.chips] == [197.5, 417.5]
    assert {chip.rect.top() for chip in found.chips} == {200 - 30.5}
    assert {chip.rect.height() for chip in found.chips} == {14}
    assert found.lines.boundingRect().top() == pytest.approx(200 - 23.3)


def test_chips_on_one_line_do_not_cover_each_other() -> None:
    found = made("statement", *(given("speaker", 200 + 5 * n, 200) for n in range(4)))
    for one in found.chips:
        for other in found.chips:
            assert one is other or not one.rect.intersects(other.rect)


def test_the_bus_reaches_targets_on_other_lines() -> None:
    found = made("statement", given("speaker", 200, 100), given("about", 300, 400))
    assert found.lines.boundingRect().top() == pytest.approx(100 - 23.3)
    assert found.lines.boundingRect().bottom() == pytest.approx(400 - 23.3)
    assert found.lines.boundingRect().left() == 92


def test_other_marks_send_the_bus_from_the_top_of_their_box() -> None:
    found = made("number", given("counts", 450, 200))
    assert found.badge is None
    assert found.lines.boundingRect().left() == 350
    assert found.lines.boundingRect().bottom() == 200 - 14
    assert found.lines.boundingRect().right() > 450
    through_gutter = made("number", given("counts", 450, 300))
    assert through_gutter.lines.boundingRect().left() == 92
    assert made("number").lines.isEmpty()


def test_what_is_not_seen_is_named_on_an_arrow_chip() -> None:
    found = made("statement", given("speaker", 0, 0, side=-1), given("about", 0, 0, side=1))
    assert [chip.text for chip in found.chips] == ["↑ speaker: Somebody ¶9", "↓ about: Somebody ¶9"]
    above, below = found.chips
    assert above.rect.top() == 6
    assert below.rect.bottom() == 700 - 6
    assert found.chip_at(above.rect.center()) == above
    assert found.chip_at(QPointF(-1, -1)) is None
    right = made("statement", given("speaker", 0, 0, side=-1), rtl=True)
    assert right.chips[0].rect.right() == 112 + 590


def test_a_mark_that_is_not_laid_out_has_no_bus() -> None:
    found = plan([], [given("speaker", 0, 100)], METRICS, column=COLUMN, rtl=False, seen=SEEN)
    assert found.chips == []


def test_relations_of_the_selected_mark_are_painted(stand: Stand) -> None:
    text = "The police said that people came.\n\n" + "Filling.\n\n" * 60 + "The end of it."
    said, police = mark(text, "statement", "said that people came"), mark(text, "actor", "police")
    end, number = mark(text, "actor", "The end"), mark(text, "number", "people")
    relations = [
        link("speaker", said, police),
        link("about", said, end),
        link("counts", number, police),
    ]
    stand.load(text, [said, police, end, number], relations)
    plain = stand.view.grab().toImage()
    stand.view.select(said.id)
    assert [(c.text, c.jumps) for c in stand.view.scene.plan.chips] == [
        ("speaker", False),
        ("↓ about: The end ¶62", True),
    ]
    assert stand.view.grab().toImage() != plain
    stand.view.set_types_shown({"statement"})
    assert stand.view.scene.plan.chips == []
    stand.view.set_types_shown({"statement", "actor", "number", "event"})
    stand.view.select(number.id)
    assert [c.text for c in stand.view.scene.plan.chips] == ["counts"]
    stand.view.verticalScrollBar().setValue(900)
    assert stand.view.selected_id() == number.id
    stand.view.grab()


def _apart(found: Plan) -> bool:
    rects = [chip.rect for chip in found.chips]
    return not any(a.intersects(b) for n, a in enumerate(rects) for b in rects[n + 1 :])


def test_chips_at_the_end_of_a_crowded_line_stay_beside_the_column() -> None:
    found = made("statement", *(given("addressee", 560 + 8 * n, 200) for n in range(6)))
    assert _apart(found)
    assert max(chip.rect.right() for chip in found.chips) <= 112 + 590 + 20
    assert [chip.target for chip in found.chips] == [f"addressee{560 + 8 * n}" for n in range(6)]


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("side", [-1, 1])
def test_arrow_chips_take_several_rows_where_one_is_too_short(side: int, *, rtl: bool) -> None:
    links = [
        Link("speaker", str(n), "actor", "A rather long name indeed ¶9", side, ()) for n in range(7)
    ]
    found = made("statement", *links, rtl=rtl)
    assert _apart(found)
    assert len({chip.rect.top() for chip in found.chips}) > 2
    for chip in found.chips:
        assert 112 <= chip.rect.left() < chip.rect.right() <= 112 + 590 + 1e-6
        assert 0 <= chip.rect.top() < chip.rect.bottom() <= 700
    assert found.lines.boundingRect().height() > 100, "the bus reaches the edge"


def test_an_arrow_chip_is_never_wider_than_the_column() -> None:
    found = made("statement", Link("speaker " * 20, "t", "actor", "Somebody", 1, ()))
    (chip,) = found.chips
    assert chip.rect.width() <= 590
    assert chip.text.startswith("↓ speaker")
    assert "…" in chip.text


def test_three_arrow_chips_share_a_row_however_large_the_letters_are() -> None:
    links = [given("protester target", n, 0, side=1) for n in range(3)]
    large = Metrics(2.0)
    found = plan(
        [part("s", "statement", 300, 400, baseline=200)],
        links,
        large,
        column=(112.0, 590.0),
        rtl=False,
        seen=SEEN,
    )
    assert len(found.chips) == 3
    assert len({chip.rect.top() for chip in found.chips}) == 1
    assert max(chip.rect.right() for chip in found.chips) <= 112 + 590 + 0.5
    assert _apart(found)
    alone = plan(
        [part("s", "statement", 300, 400, baseline=200)],
        links[:1],
        large,
        column=(112.0, 590.0),
        rtl=False,
        seen=SEEN,
    )
    assert alone.chips[0].text == "↓ protester target: Somebody ¶9"
