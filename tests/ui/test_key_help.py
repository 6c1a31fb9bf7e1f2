"""The sheet of keys shows every key there is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.model.codebook import Codebook
from app.ui.actions import ACTIONS
from app.ui.key_help import KeyHelp, caps, document_of, key_groups
from app.ui.keycap import Keycap
from app.ui.keymap import Keymap
from app.ui.style import stylesheet
from app.ui.theme import DARK, LIGHT, Theme

Open = Callable[..., KeyHelp]


@pytest.fixture
def sheet(qtbot: QtBot) -> Iterator[Open]:
    """Open the sheet over a window of the program."""
    window = QWidget()
    window.resize(1440, 900)
    qtbot.addWidget(window)

    def made(codebook: Codebook | None, theme: Theme = LIGHT) -> KeyHelp:
        window.setStyleSheet(stylesheet(theme))
        opened = KeyHelp(codebook, window, keymap=Keymap(), theme=theme)
        opened.show()
        qtbot.waitExposed(opened)
        return opened

    yield made
    window.close()


def shown(made: KeyHelp) -> set[str]:
    """Return the words that can be seen, headings too."""
    return {label.text() for label in made.findChildren(QLabel) if label.isVisible()}


def test_every_key_of_the_tables_is_on_the_sheet(press: Codebook) -> None:
    told = {key for _, lines in key_groups(press, Keymap()) for keys, _ in lines for key in keys}
    for action in ACTIONS:
        assert told >= set(action.keys)
        assert told >= set(action.article_keys)
    for role in press.roles:
        assert not role.key or role.key in told
    for span_type in press.types:
        assert told >= {field.key for field in span_type.evidence if field.key}


def test_without_a_codebook_there_are_no_links() -> None:
    assert [name for name, _ in key_groups(None, Keymap())] == [
        "Read and move",
        "Tag",
        "Select and resize",
        "Suggestions",
        "Form",
        "Compare",
        "Everywhere",
    ]


@pytest.mark.parametrize(
    ("keys", "printed"),
    [
        (("Ctrl+Shift+Right",), [["Ctrl", "⇧", "→"]]),
        (("1", "2", "3", "4"), [["1–4"]]),
        (("Shift+1", "Shift+2"), [["⇧", "1–2"]]),
        (("Ctrl++", "Ctrl+="), [["Ctrl", "+"], ["Ctrl", "="]]),
        (("Return", "Enter"), [["⏎"], ["Enter"]]),
        (("+",), [["+"]]),
        (("/",), [["/"]]),
    ],
)
def test_keycaps(keys: tuple[str, ...], printed: list[list[str]]) -> None:
    assert caps(keys) == printed


def test_all_of_it_fits_without_scrolling_sideways(sheet: Open, press: Codebook) -> None:
    made = sheet(press)
    (area,) = made.findChildren(QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0
    for cap in made.findChildren(Keycap):
        holder = cap.parentWidget()
        assert holder is not None
        assert cap.geometry().right() <= holder.width()


def test_typing_narrows_and_escape_closes(sheet: Open, press: Codebook) -> None:
    made = sheet(press)
    before = shown(made)
    assert "Flag the article, or take the flag away" in before
    (search,) = made.findChildren(QLineEdit)
    assert made.focusWidget() is search
    QTest.keyClicks(search, "flag art")
    assert shown(made) == {"Read and move", "Flag the article, or take the flag away"}
    search.clear()
    QTest.keyClicks(search, "Ctrl+Z")
    assert "Undo" in shown(made)
    search.setText("no such thing")
    assert shown(made) == set()
    search.clear()
    assert shown(made) == before
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert not made.isVisible()


def test_it_takes_the_look(sheet: Open, press: Codebook) -> None:
    dark = sheet(press, DARK)
    (cap, *_) = dark.findChildren(Keycap)
    picture = cap.grab().toImage()
    assert picture.pixelColor(3, 3) == DARK.color("raised")


def test_it_fits_a_small_window(qtbot: QtBot, press: Codebook) -> None:
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    made = KeyHelp(press, window, keymap=Keymap())
    assert made.width() <= 900
    assert made.height() <= 600


def test_the_keys_can_be_changed_from_the_sheet(sheet: Open, press: Codebook) -> None:
    made = sheet(press)
    asked: list[bool] = []
    made.change_requested.connect(lambda: asked.append(made.isVisible()))
    next(b for b in made.findChildren(QPushButton) if b.text() == "Change keys…").click()
    assert asked == [False]


def test_the_keys_can_be_printed(
    sheet: Open, press: Codebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paper = tmp_path / "keys.pdf"

    def answer(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFileName(str(paper))
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", answer)
    next(b for b in sheet(press).findChildren(QPushButton) if b.text() == "Print…").click()
    assert paper.read_bytes().startswith(b"%PDF")
    words = document_of(key_groups(press, Keymap())).toPlainText()
    assert "Keys of Pressmark" in words
    for action in ACTIONS:
        if action.keys and not action.title.startswith("Tag"):
            assert action.told in words
