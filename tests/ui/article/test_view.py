import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleTextInterface, QFocusEvent, QFont, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.model.wording import on_one_line
from app.ui.article.header import facts, plain_date
from app.ui.article.marks import short_name, tooltip
from app.ui.article.view import ArticleView
from app.ui.theme import DARK, LIGHT
from tests.ui.article.stand import Stand, contents, find, link, mark, press, renamed

TEXT = (
    "😀 Thousands of people.\n\nAleksei Navalny was arrested at 2\u00a0500 places.\u2028And more."
)
PEOPLE = mark(TEXT, "actor", "people")
SAID = mark(TEXT, "statement", "Aleksei Navalny was arrested")


def test_selecting_by_hand_says_so_once_and_scrolls(stand: Stand) -> None:
    text = "First.\n\n" + "Filling words.\n\n" * 100 + "The last one."
    last = mark(text, "actor", "last")
    stand.load(text, [last])
    stand.view.select(last.id)
    stand.view.select(last.id)
    assert stand.said("annotation_selected") == [[last.id]]
    top, bottom = stand.view.seen
    assert top < stand.parts(last)[0].baseline < bottom
    stand.view.select("nobody")
    assert stand.view.selected_id() is None
    assert stand.said("annotation_selected") == [[last.id], [None]]


def test_loading_another_article_forgets_the_selection(stand: Stand) -> None:
    stand.load(TEXT, [PEOPLE])
    stand.view.select(PEOPLE.id)
    stand.view.set_range(3, 8)
    stand.view.load(contents("Another one."), press())
    assert stand.view.selected_id() is None
    assert stand.view.selected_range() is None
    assert stand.said("annotation_selected") == [[PEOPLE.id], [None]]
    stand.view.clear()
    assert stand.view.document().isEmpty()
    assert stand.view.lines.header == 0


def test_what_qt_shows_is_as_long_as_the_text(stand: Stand) -> None:
    text = "\ufeff😀\u2028\ufdd0\ufffe\u2029a\u00a0b"
    stand.load(text)
    assert stand.view.document().characterCount() - 1 == len(text) + 1
    stand.view.set_range(len(text) - 3, len(text))
    stand.view.copy_quote()
    assert QApplication.clipboard().text() == "a\u00a0b"


def test_the_text_interface_for_assistive_technology_stays(stand: Stand) -> None:
    stand.load(TEXT, [PEOPLE])
    QAccessible.setActive(True)
    face = QAccessible.queryAccessibleInterface(stand.view)
    assert face.text(QAccessible.Text.Name) == "Article"
    spoken = face.textInterface()
    assert isinstance(spoken, QAccessibleTextInterface)
    assert spoken.characterCount() == stand.view.text.map.utf16_length
    stand.view.set_range(*find(TEXT, "people"))
    start, end = find(TEXT, "people")
    assert spoken.cursorPosition() == end + 1  # UTF-16: one emoji stands before it
    assert spoken.selectionCount() == 1
    rect = spoken.characterRect(start + 1)
    place = stand.view.viewport().mapToGlobal(stand.point(start))
    assert isinstance(rect, QRect)
    assert abs(rect.left() - place.x()) < 12


def test_where_assistive_technology_puts_the_cursor_is_taken_over(stand: Stand) -> None:
    stand.load(TEXT)
    cursor = QTextCursor(stand.view.document())
    cursor.setPosition(3)
    cursor.setPosition(12, QTextCursor.MoveMode.KeepAnchor)
    stand.view.setTextCursor(cursor)
    assert stand.view.selected_range() == find(TEXT, "Thousands")
    stand.key("3")
    assert stand.said("tag_requested") == [["number", (find(TEXT, "Thousands"),)]]


def test_half_a_character_is_never_selected(stand: Stand) -> None:
    text = "a👨‍👩‍👧b e\u0301"
    stand.load(text)
    stand.view.set_range(3, 6)
    assert stand.view.selected_range() == (1, 6)
    stand.view.set_range(0, len(text) - 1)
    assert stand.view.selected_range() == (0, len(text) - 2)


def test_tab_leaves_to_the_form(qtbot: QtBot) -> None:
    window = QWidget()
    row = QHBoxLayout(window)
    view, field = ArticleView(), QLineEdit()
    row.addWidget(view)
    row.addWidget(field)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    view.load(contents(TEXT), press())
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert field.hasFocus()


def test_digits_typed_elsewhere_tag_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    row = QHBoxLayout(window)
    view, field = ArticleView(), QLineEdit()
    row.addWidget(view)
    row.addWidget(field)
    qtbot.addWidget(window)
    window.show()
    view.load(contents(TEXT), press())
    view.set_range(3, 8)
    with qtbot.assertNotEmitted(view.tag_requested):
        QTest.keyClicks(field, "1234")
    assert field.text() == "1234"


@pytest.mark.parametrize("percent", [80, 100, 150, 200])
def test_zoom_scales_everything_together(stand: Stand, percent: int) -> None:
    stand.view.resize(1500, 700)
    stand.load(TEXT, [PEOPLE])
    stand.view.set_zoom(percent)
    zoom = percent / 100
    assert stand.view.lines.column[1] == pytest.approx(590 * zoom)
    assert stand.view.document().defaultFont().pixelSize() in {round(17 * zoom), -1}
    (part,) = stand.parts(PEOPLE)
    assert part.baseline == pytest.approx((104.5 + 22.5) * zoom)


def test_zoom_keeps_the_paragraph_that_is_read(stand: Stand) -> None:
    stand.load("\n\n".join(f"Paragraph {n} has some words." for n in range(300)))
    stand.view.verticalScrollBar().setValue(5000)
    row = stand.view.lines.row_at(stand.view.scroll_y)
    stand.view.set_zoom(150)
    assert abs(stand.view.lines.row_at(stand.view.scroll_y) - row) <= 1
    stand.view.resize(600, 500)
    assert abs(stand.view.lines.row_at(stand.view.scroll_y) - row) <= 1


def test_a_style_sheet_does_not_change_the_reading_font(stand: Stand) -> None:
    stand.load(TEXT, [PEOPLE])
    before = stand.parts(PEOPLE)
    stand.view.setStyleSheet("font-size: 30px; font-family: 'DejaVu Sans Mono'")
    stand.view.setFont(QFont("DejaVu Sans", 30))
    QApplication.processEvents()
    assert stand.parts(PEOPLE) == before


def test_the_theme_changes_the_colours(stand: Stand) -> None:
    stand.load(TEXT, [PEOPLE, SAID])
    stand.view.set_range(3, 8)
    light = stand.view.grab().toImage()
    stand.view.set_theme(DARK)
    dark = stand.view.grab().toImage()
    assert light.pixelColor(5, 5) == LIGHT.color("paper")
    assert dark.pixelColor(5, 5) == DARK.color("paper")
    stand.view.set_theme(LIGHT)
    assert stand.view.grab().toImage() == light


def test_marks_are_painted_in_their_colours(stand: Stand) -> None:
    stand.load(TEXT, [PEOPLE, SAID])
    image = stand.view.grab().toImage()
    (box,) = stand.parts(PEOPLE)
    place = QPoint(round(box.x1 + 1), round(box.baseline - 4))
    assert image.pixelColor(place) == LIGHT.fill("actor")
    stand.view.select(PEOPLE.id)
    image = stand.view.grab().toImage()
    assert image.pixelColor(round(box.x0 + 20), round(box.baseline - 12)) == LIGHT.fill(
        "actor", selected=True
    )
    stand.view.set_types_shown({"statement"})
    assert stand.view.selected_id() is None
    assert stand.view.grab().toImage().pixelColor(place) == LIGHT.color("paper")


def test_signs_for_what_is_missing_and_unsure_are_painted(stand: Stand) -> None:
    stand.load(TEXT, [PEOPLE, SAID])
    plain = stand.view.grab().toImage()
    stand.view.set_incomplete({SAID.id})
    incomplete = stand.view.grab().toImage()
    assert incomplete != plain
    stand.load(TEXT, [renamed(PEOPLE, certainty="unsure"), SAID])
    assert stand.view.grab().toImage() != plain


def test_a_mark_of_an_unknown_type_is_painted_in_grey(stand: Stand) -> None:
    odd = renamed(PEOPLE, type="retired")
    stand.load(TEXT, [odd])
    (box,) = stand.parts(odd)
    image = stand.view.grab().toImage()
    assert image.pixelColor(round(box.x1 + 1), round(box.baseline - 4)) == LIGHT.color("hover")
    stand.click(TEXT.index("people") + 2)
    assert stand.view.selected_id() == odd.id


def test_the_caret_is_painted_only_while_the_text_has_the_focus(stand: Stand) -> None:
    stand.load(TEXT)
    stand.click(TEXT.index("people") + 2)
    painted = [stand.view.scene.caret]
    for kind in (QEvent.Type.FocusOut, QEvent.Type.FocusIn):
        QApplication.sendEvent(stand.view, QFocusEvent(kind))
        painted.append(stand.view.scene.caret)
    assert painted == [stand.view.caret, None, stand.view.caret]


def test_the_line_below_the_title_tells_what_is_known() -> None:
    article = contents(TEXT, source="La Crónica", published="2021-01-23", author="").article
    assert [text for text, _, _ in facts(article)] == [
        "La Crónica",
        "23 January 2021",
        "No byline",
        "14 words",
    ]
    assert [plain_date(d) for d in ("2021", "2021-05", "", "2021-13-01", "today")] == [
        "2021",
        "May 2021",
        "",
        "2021-13-01",
        "today",
    ]
    assert facts(contents("one").article)[-1][0] == "1 word"


def test_a_tooltip_shows_markup_as_it_is_written() -> None:
    text = "<img src=x> said <b>no</b>"
    one, two = mark(text, "statement", text), mark(text, "actor", "<img src=x>")
    shown = contents(text, [one, renamed(two, comment="<i>?")], [link("speaker", one, two)])
    told = tooltip(shown, press(), one)
    assert "Speaker: &lt;img src=x&gt;" in told
    assert "<img" not in told
    assert "&lt;i&gt;?" in tooltip(shown, press(), shown.annotations[1])
    assert short_name(shown, press(), two) == "A1"
    assert short_name(shown, press(), renamed(two, type="retired", id="x")) == "?0"
    assert on_one_line("a  b\nc") == "a b c"
    assert on_one_line("x" * 100, 10) == "x" * 9 + "…"


def test_an_article_opened_while_hidden_is_shown_from_its_beginning(qtbot: QtBot) -> None:
    view = ArticleView()
    qtbot.addWidget(view)
    view.resize(770, 400)
    text = "A paragraph.\n\n" * 100
    view.load(contents(text), press())
    assert view.textCursor().position() == 0
    view.set_range(len(text) - 5, len(text))
    view.show()
    qtbot.waitUntil(view.isVisible)
    assert view.scroll_y == 0
