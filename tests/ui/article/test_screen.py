"""What gestures leave on the screen is what painting everything anew shows."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.ui.article.stand import CTRL, SHIFT, Stand, change, find, link, mark, renamed

TEXT = "\n\n".join(
    f"Paragraph {n}: the police said that people came to the square, and that they went home again "
    f"in the evening of day {n}, as the mayor had asked them to do since the morning."
    for n in range(12)
)
POLICE = mark(TEXT, "actor", "police", occurrence=2)
PEOPLE = mark(TEXT, "actor", "people", occurrence=3)
SAID = mark(TEXT, "statement", "said that people came to the square", occurrence=2)
FAR = mark(TEXT, "event", "asked them", occurrence=12)
COUNT = mark(TEXT, "number", "day 3")
MARKS = (POLICE, PEOPLE, SAID, FAR, COUNT)
RELATIONS = (
    link("speaker", SAID, POLICE),
    link("about", SAID, PEOPLE),
    link("about", SAID, FAR),
    link("counts", COUNT, PEOPLE),
)


def on_screen(stand: Stand) -> QImage:
    QApplication.processEvents()
    shown = stand.view.screen().grabWindow(stand.view.winId()).toImage()
    return shown.convertToFormat(QImage.Format.Format_RGB32)


def anew(stand: Stand) -> QImage:
    stand.view.viewport().update()
    return on_screen(stand)


def gestures(stand: Stand) -> list[Callable[[], object]]:
    view, key = stand.view, stand.key
    here = stand.point
    return [
        lambda: view.select(SAID.id),
        lambda: view.select(COUNT.id),
        lambda: key(Qt.Key.Key_Down, times=3),
        lambda: key(Qt.Key.Key_Up),
        lambda: key(Qt.Key.Key_Right, CTRL),
        lambda: key(Qt.Key.Key_Right, CTRL | SHIFT, times=4),
        lambda: key("V"),
        lambda: key(Qt.Key.Key_Escape),
        lambda: view.select(SAID.id),
        lambda: view.set_incomplete({POLICE.id, FAR.id}),
        lambda: view.set_incomplete({POLICE.id}),
        lambda: stand.apply(change([renamed(PEOPLE, certainty="unsure")])),
        lambda: stand.apply(change([mark(TEXT, "event", "came", occurrence=2)])),
        lambda: stand.apply(change(removed=[POLICE.id])),
        lambda: stand.apply(change([POLICE], relations=[RELATIONS[0]])),
        lambda: view.verticalScrollBar().setValue(90),
        lambda: key(Qt.Key.Key_Right),
        lambda: view.verticalScrollBar().setValue(40),
        lambda: key("S"),
        lambda: key(Qt.Key.Key_Escape),
        lambda: stand.click(TEXT.index("evening")),
        lambda: stand.drag(here(TEXT.index("mayor")), here(TEXT.index("morning"))),
        lambda: stand.click(SAID.start + 2),
        lambda: stand.send(QEvent.Type.MouseMove, QPoint(300, 300)),
        lambda: view.set_hovered(PEOPLE),
        lambda: view.set_hovered(None),
        lambda: view.set_types_shown({"actor", "statement"}),
        lambda: view.set_range(*find(TEXT, "that they went", 2)),
        lambda: view.select(None),
        lambda: stand.apply(change(removed=[SAID.id])),
        lambda: stand.view.set_zoom(120),
        lambda: stand.view.verticalScrollBar().setValue(200),
        lambda: stand.view.verticalScrollBar().setValue(120),
    ]


def test_the_screen_shows_what_painting_anew_shows(stand: Stand) -> None:
    stand.view.resize(770, 500)
    stand.load(TEXT, MARKS, RELATIONS)
    if on_screen(stand).isNull():
        pytest.skip("this platform does not tell what is on the screen")
    for n, gesture in enumerate(gestures(stand)):
        gesture()
        left = on_screen(stand)
        assert left == anew(stand), f"gesture {n}"
