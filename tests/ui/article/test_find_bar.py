"""Finding in the article: every hit painted, one after the other, and then it can be tagged."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from app.ui.article.find_bar import FindBar
from tests.ui.article.stand import ALT, SHIFT, Stand, find

Key = Qt.Key

TEXT = "😀 Ann met Bob.\n\nBob met ann.\n\nJoanna left."


def opened(stand: Stand) -> FindBar:
    stand.view.find_words()
    bar = stand.view.find_bar
    assert bar is not None
    return bar


def line(bar: FindBar) -> QLineEdit:
    (found,) = bar.findChildren(QLineEdit)
    return found


def count(bar: FindBar) -> str:
    (found,) = bar.findChildren(QLabel)
    return found.text()


def test_hits_are_painted_counted_and_walked(stand: Stand) -> None:
    stand.load(TEXT)
    bar = opened(stand)
    assert QApplication.focusWidget() is line(bar)
    QTest.keyClicks(line(bar), "ann")
    scene = stand.view.scene
    first, second, third = find(TEXT, "Ann"), find(TEXT, "ann"), (find(TEXT, "anna")[0],) * 2
    assert tuple(scene.found) == (first, second, (third[0], third[0] + 3))
    assert (scene.found_now, count(bar)) == (first, "1 of 3")
    QTest.keyClick(line(bar), Key.Key_Return)
    assert (scene.found_now, count(bar)) == (second, "2 of 3")
    QTest.keyClick(line(bar), Key.Key_Return, SHIFT)
    QTest.keyClick(line(bar), Key.Key_Return, SHIFT)
    assert count(bar) == "3 of 3"
    assert "beginning" in str(stand.said("message")[-1][0])


def test_escape_leaves_the_hit_selected_for_tagging(stand: Stand) -> None:
    stand.load(TEXT)
    bar = opened(stand)
    QTest.keyClicks(line(bar), "bob")
    QTest.keyClick(line(bar), Key.Key_Return)
    QTest.keyClick(line(bar), Key.Key_Escape)
    assert not bar.isVisible()
    assert not stand.view.scene.found
    assert stand.view.hasFocus()
    stand.key("1")
    assert stand.said("tag_requested") == [["actor", (find(TEXT, "Bob", 2),)]]


def test_capitals_and_whole_words_are_keys_away(stand: Stand) -> None:
    stand.load(TEXT)
    bar = opened(stand)
    QTest.keyClicks(line(bar), "ann")
    QTest.keyClick(line(bar), Key.Key_C, ALT)
    assert count(bar) == "1 of 2"
    QTest.keyClick(line(bar), Key.Key_W, ALT)
    assert count(bar) == "1 of 1"
    QTest.keyClicks(line(bar), "x")
    assert count(bar) == "Not found"


def test_the_selected_words_are_looked_for(stand: Stand) -> None:
    stand.load(TEXT)
    stand.view.set_range(*find(TEXT, "met"))
    assert count(opened(stand)) == "1 of 2"


def test_another_article_is_looked_through_at_once(stand: Stand) -> None:
    stand.load(TEXT)
    bar = opened(stand)
    QTest.keyClicks(line(bar), "bob")
    stand.load("Only Bob.")
    assert count(bar) == "1 of 1"


def test_the_text_does_not_move(stand: Stand) -> None:
    stand.load(TEXT)
    before = stand.drawn()
    bar = opened(stand)
    QTest.keyClicks(line(bar), "ann")
    assert stand.drawn() == before
    assert stand.view.viewport().geometry().contains(bar.geometry())


@pytest.mark.parametrize("width", [360, 770])
def test_it_fits_and_every_control_has_a_name(stand: Stand, width: int) -> None:
    stand.view.resize(width, 500)
    stand.load(TEXT)
    bar = opened(stand)
    assert bar.width() <= stand.view.viewport().width()
    for control in (*bar.findChildren(QPushButton), line(bar)):
        assert control.accessibleName()
        assert min(control.width(), control.height()) >= 24
