import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.model.annotation import Annotation
from app.ui.article.pick import LETTERS, candidates, prompt
from app.ui.article.strip import Strip
from app.ui.theme import DARK, LIGHT
from tests.ui.article.stand import NO_KEY, Stand, change, mark, press

TEXT = "\n\n".join(f"Paragraph {n} with some words in it." for n in range(300))
FIRST = mark(TEXT, "actor", "Paragraph 0")
LONG = mark(TEXT, "statement", "Paragraph 150")
LAST = mark(TEXT, "event", "Paragraph 299")


@pytest.fixture
def strip(stand: Stand, qtbot: QtBot) -> Strip:
    made = Strip(stand.view)
    qtbot.addWidget(made)
    made.resize(26, 790)
    made.show()
    stand.load(TEXT, [FIRST, LONG, LAST])
    made.look_again()
    return made


def test_marks_stand_at_their_height_in_the_column_of_their_type(strip: Strip) -> None:
    signs = sorted(strip._signs, key=lambda sign: sign.rect.top())
    assert [sign.rect.center().x() for sign in signs] == [7, 22, 12]
    heights = [sign.rect.center().y() for sign in signs]
    assert heights[0] < 14
    assert 380 < heights[1] < 420
    assert heights[2] > 770


def test_a_click_jumps_and_a_drag_scrolls(strip: Strip, stand: Stand) -> None:
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, NO_KEY, QPoint(10, 400))
    middle = stand.view.lines.offset_at(
        stand.view.in_document(stand.view.rect().center().toPointF())
    )
    assert abs(middle - len(TEXT) / 2) < len(TEXT) / 40
    seen = strip.seen()
    assert seen.top() < 400 < seen.bottom()
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, NO_KEY, QPoint(10, 400))
    QTest.mouseMove(strip, QPoint(10, 780))
    strip.mouseMoveEvent(_drag(QPoint(10, 786)))
    assert stand.view.scroll_y == stand.view.verticalScrollBar().maximum()
    assert strip.seen().bottom() == 790 - 8


def _drag(point: QPoint) -> QMouseEvent:
    left, at = Qt.MouseButton.LeftButton, QPointF(point)
    return QMouseEvent(QEvent.Type.MouseMove, at, at, Qt.MouseButton.NoButton, left, NO_KEY)


def test_heights_and_offsets_are_each_other_s_inverse(strip: Strip) -> None:
    for offset in (0, 100, len(TEXT) // 3, len(TEXT)):
        assert abs(strip.offset_of(strip.height_of(offset)) - offset) <= 1


def test_new_marks_appear_by_themselves(strip: Strip, stand: Stand, qtbot: QtBot) -> None:
    stand.apply(change([mark(TEXT, "number", "Paragraph 77")]))
    qtbot.waitUntil(lambda: len(strip._signs) == 4)
    stand.view.set_types_shown({"number"})
    qtbot.waitUntil(lambda: len(strip._signs) == 1)


def test_it_paints_in_both_looks_and_without_an_article(strip: Strip, stand: Stand) -> None:
    stand.view.select(LONG.id)
    light = strip.grab().toImage()
    assert light.pixelColor(15, 2) == LIGHT.color("paper")
    stand.view.set_theme(DARK)
    strip.set_theme(DARK)
    assert strip.grab().toImage().pixelColor(15, 2) == DARK.color("paper")
    stand.view.clear()
    strip.grab()
    strip.look_again()
    assert strip._signs == []


def test_the_wheel_over_the_strip_scrolls_the_text(strip: Strip, stand: Stand) -> None:
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    place = QPointF(5, 5)
    strip.wheelEvent(
        QWheelEvent(place, place, QPoint(), QPoint(0, -240), none, NO_KEY, phase, False)
    )
    assert stand.view.scroll_y > 0


def test_the_nearest_marks_have_the_easiest_letters() -> None:
    text = "a1 b2 c3 said d4"
    marks = [mark(text, "actor", words) for words in ("a1", "b2", "c3", "d4")]
    said = mark(text, "statement", "said")
    role = press().role("statement", "speaker")
    assert role is not None
    found = candidates(role, said, [*marks, said, mark(text, "event", "b2")])
    assert [text[slice(*_range(found[letter], marks))] for letter in "ASDF"] == [
        "c3",
        "b2",
        "d4",
        "a1",
    ]
    many = [mark("x " * 60, "actor", "x", id=f"m{n}") for n in range(60)]
    assert len(candidates(role, said, many)) == len(LETTERS) == 26
    for keys, words in (
        (True, "press a letter or click an actor"),
        (False, "click an actor, or type in the form"),
    ):
        shown = prompt(role, "S2", press(), keys=keys)
        assert [item.label for item in shown][:2] == ["Speaker of S2", words]


def _range(mark_id: str, marks: list[Annotation]) -> tuple[int, int]:
    found = next(m for m in marks if m.id == mark_id)
    return found.start, found.end
