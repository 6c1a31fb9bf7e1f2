"""An article of very many marks: grey bars stand where its lines will be while it is read."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

import app.ui.desk
from app.ui.bars import Bars
from app.ui.main_window import MainWindow
from app.ui.theme import DARK, LIGHT, Theme

Show = Callable[..., None]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_bars_stand_where_lines_will_be(show: Show, theme: Theme) -> None:
    stand = QWidget()
    text, bars = QWidget(stand), Bars(stand)
    bars.set_theme(theme)
    show(stand, 700, 500, theme=theme)
    text.setGeometry(40, 0, 660, 500)
    bars.cover(text)
    assert bars.geometry() == text.geometry()
    picture: QImage = bars.grab().toImage()
    column: list[QColor] = [picture.pixelColor(140, y) for y in range(500)]
    assert {colour.name() for colour in column} >= {
        theme.color("paper").name(),
        theme.color("sunken").name(),
    }


def test_they_are_seen_only_while_such_an_article_is_read(
    on_sample: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = on_sample.bench.desk
    session = on_sample.bench.session
    assert session is not None
    seen: list[bool] = []
    session.article_opened.connect(lambda _: seen.append(desk._bars.isVisible()))
    desk.open_article(session.article)
    monkeypatch.setattr(app.ui.desk, "_SLOW", 100)
    desk.open_article(session.article)
    assert seen == [False, True]
    assert desk._bars.isHidden()
