"""Settings over the real window: each is applied at once and kept; keys are taken down."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibilityHints
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QProxyStyle,
    QPushButton,
    QStyle,
    QWidget,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.ui.main_window import MainWindow
from app.ui.preferences.sheet import Preferences
from app.ui.settings import Settings

Key = Qt.Key
NO_KEY = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(on_sample: MainWindow) -> MainWindow:
    return on_sample


@pytest.fixture
def sheet(window: MainWindow, qtbot: QtBot) -> Preferences:
    bench = window.bench
    assert bench.session is not None
    made = Preferences(
        window,
        bench._settings,
        bench.keymap,
        codebook=bench.session.workspace.codebook,
        theme=bench._settings.theme(),
    )
    made.changed.connect(bench._apply_setting)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def choose(sheet: Preferences, name: str, words: str) -> None:
    combo = next(c for c in sheet.findChildren(QComboBox) if c.accessibleName() == name)
    combo.setCurrentText(words)


def switch(sheet: Preferences, name: str) -> None:
    box = next(b for b in sheet.findChildren(QCheckBox) if b.text() == name)
    QTest.keyClick(box, Key.Key_Space)


def test_every_setting_is_applied_at_once_and_kept(window: MainWindow, sheet: Preferences) -> None:
    bench, view = window.bench, window.bench.desk.view
    choose(sheet, "Look", "Dark")
    assert bench._settings.theme().mode == "dark"
    assert view.scene.looks.theme.mode == "dark"
    choose(sheet, "Size of the text", "150 %")
    assert bench.status.findChildren(QWidget)
    assert view.lines.metrics.zoom == pytest.approx(1.5)
    choose(sheet, "Double-click", "Tags at once")
    assert view.tags_at_once
    choose(sheet, "Dragging selects", "Characters")
    assert view.selects_characters
    choose(sheet, "Font of the text", "JetBrains Mono")
    assert view.document().defaultFont().families()[0] == "JetBrains Mono"
    switch(sheet, "Letters on marks")
    assert view.scene.looks.letters
    choose(sheet, "High contrast", "On")
    assert view.scene.looks.outlined
    choose(sheet, "Reduce motion", "On")
    assert view._fade.reduced
    switch(sheet, "Single keys in the text")
    assert not bench.keymap.single_keys
    again = Settings()
    kept = {name: again.text(name) for name in ("look", "zoom", "drag", "letters", "contrast")}
    assert kept == {
        "look": "dark",
        "zoom": "150",
        "drag": "characters",
        "letters": "on",
        "contrast": "on",
    }


def test_everything_can_be_reset(window: MainWindow, sheet: Preferences) -> None:
    choose(sheet, "Look", "Dark")
    switch(sheet, "Letters on marks")
    reset = next(b for b in sheet.findChildren(QPushButton) if b.text().startswith("Reset every"))
    reset.click()
    assert window.bench._settings.look == "system"
    assert not window.bench.desk.view.scene.looks.letters
    assert window.bench.keymap.single_keys


def test_contrast_and_motion_follow_the_system_unless_chosen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = window.bench._settings
    assert not settings.high_contrast
    assert not settings.reduced_motion

    class Still(QProxyStyle):
        @override
        def styleHint(self, hint: QStyle.StyleHint, *rest: Any) -> int:
            lasting = QStyle.StyleHint.SH_Widget_Animation_Duration
            return 0 if hint == lasting else super().styleHint(hint, *rest)

    still = Still()
    monkeypatch.setattr(QApplication, "style", lambda: still)
    found = [settings.reduced_motion]
    settings.set_text("still", "off")
    found.append(settings.reduced_motion)
    high = Qt.ContrastPreference.HighContrast
    monkeypatch.setattr(QAccessibilityHints, "contrastPreference", lambda _: high)
    found.append(settings.high_contrast)
    settings.set_text("contrast", "off")
    found.append(settings.high_contrast)
    assert found == [True, False, True, False]


def test_another_size_of_everything_opens_the_window_again(
    window: MainWindow, sheet: Preferences, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("app.ui.workbench.restart", started.append)
    session = window.bench.session
    assert session is not None
    where = ["open", session.workspace.location, "--article", str(session.article)]
    choose(sheet, "Size of everything", "125 %")
    qtbot.waitUntil(lambda: bool(started))
    assert started == [where]
    assert not window.isVisible()
    assert Settings().interface == 125


def test_the_name_counts_for_the_next_project(window: MainWindow, sheet: Preferences) -> None:
    name = next(e for e in sheet.findChildren(QLineEdit) if e.accessibleName() == "Your name")
    name.setText(" Marta ")
    QTest.keyClick(name, Key.Key_Tab)
    assert window.bench._settings.text("annotator") == "Marta"
    assert window.bench.session is not None
    window.bench.open_project(window.bench.session.workspace.location)
    assert window.bench.session.workspace.annotator == "Marta"


def press(sheet: Preferences, key: Qt.Key | str, held: Qt.KeyboardModifier = NO_KEY) -> None:
    QTest.keyClick(sheet.keys.list, key, held)  # type: ignore[arg-type]


def test_a_key_is_changed_by_pressing_it(window: MainWindow, sheet: Preferences) -> None:
    sheet.show_page(1)
    keys, keymap = sheet.keys, window.bench.keymap
    QTest.keyClicks(keys.search, "comment the sel")
    QTest.keyClick(keys.search, Key.Key_Down)
    chosen = keys.current()
    assert chosen is not None
    assert chosen.id == "comment"
    press(sheet, Key.Key_Return)
    assert "Press the keys" in keys.words.text()
    press(sheet, "q")
    assert keymap.keys("comment") == ("Q",)
    assert window.bench.menus.action("comment").text() == "Comment\tQ"
    keys.wait("add")
    press(sheet, Key.Key_F7)
    assert keymap.keys("comment") == ("Q", "F7")
    next(b for b in keys.findChildren(QPushButton) if b.text() == "Reset").click()
    assert keymap.keys("comment") == ("C",)


@pytest.mark.parametrize(
    ("key", "held", "words"),
    [
        ("f", NO_KEY, "F is “Flag"),
        ("s", NO_KEY, "in the codebook"),
        ("z", CTRL, "Ctrl+Z"),
    ],
)
def test_what_is_taken_is_refused_with_a_sentence(
    window: MainWindow, sheet: Preferences, key: str, held: Qt.KeyboardModifier, words: str
) -> None:
    sheet.show_page(1)
    sheet.keys.choose("comment")
    sheet.keys.wait("set")
    press(sheet, key, held)
    assert words in sheet.keys.words.text()
    assert window.bench.keymap.keys("comment") == ("C",)


def test_escape_leaves_the_key_and_the_sheet_stays(window: MainWindow, sheet: Preferences) -> None:
    sheet.show_page(1)
    sheet.keys.choose("comment")
    sheet.keys.wait("set")
    press(sheet, Key.Key_Escape)
    assert sheet.isVisible()
    assert window.bench.keymap.keys("comment") == ("C",)


def test_every_control_has_a_name(sheet: Preferences) -> None:
    for control in (*sheet.findChildren(QComboBox), *sheet.findChildren(QLineEdit)):
        assert control.accessibleName() or control.accessibleDescription(), control
    for button in (*sheet.findChildren(QPushButton), *sheet.findChildren(QCheckBox)):
        assert button.text() or button.accessibleName()
