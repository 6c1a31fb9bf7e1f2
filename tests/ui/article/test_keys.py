import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.ui.actions import ACTIONS
from app.ui.article.keys import physical, pressed
from app.ui.keymap import Keymap
from tests.ui.article.stand import ALT, CTRL, NO_KEY, SHIFT


def event(
    key: Qt.Key | int,
    held: Qt.KeyboardModifier = NO_KEY,
    text: str = "",
    *,
    scan: int = 0,
    virtual: int = 0,
) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, int(key), held, scan, virtual, 0, text)


def test_every_key_of_the_table_is_found_again_and_is_a_key_for_qt() -> None:
    keymap = Keymap()
    for action in ACTIONS:
        assert action.title
        for keys in (*action.keys, *action.article_keys):
            assert QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText) == keys
            if action.scope == "article":
                assert keymap.article_action(keys) == action.id
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (event(Qt.Key.Key_Right, CTRL | SHIFT), "Ctrl+Shift+Right"),
        (event(Qt.Key.Key_V), "V"),
        (event(Qt.Key.Key_V, SHIFT), "Shift+V"),
        (event(Qt.Key.Key_1, Qt.KeyboardModifier.KeypadModifier), "1"),
        (event(Qt.Key.Key_Exclam, SHIFT, "!"), "Shift+1"),
        (event(Qt.Key.Key_BracketLeft, CTRL | ALT, "["), "["),
        (event(Qt.Key.Key_Slash, SHIFT, "/"), "/"),
        (event(Qt.Key.Key_Space, SHIFT, " "), "Shift+Space"),
        (event(Qt.Key.Key_Escape), "Esc"),
        (event(Qt.Key.Key_Shift, SHIFT), ""),
        (event(Qt.Key.Key_F5), ""),
    ],
)
def test_keys_have_qt_s_names(given: QKeyEvent, expected: str) -> None:
    assert pressed(given) == expected


@pytest.mark.skipif(sys.platform != "linux", reason="key codes of X11 and Wayland")
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (event(0x42B, text="ы", scan=39), "S"),  # Cyrillic
        (event(0x5D3, text="ד", scan=39), "S"),  # Hebrew
        (event(Qt.Key.Key_Ampersand, NO_KEY, "&", scan=10), "1"),  # French
        (event(Qt.Key.Key_1, SHIFT, "1", scan=10), "Shift+1"),  # French with Shift
        (event(Qt.Key.Key_QuoteDbl, SHIFT, '"', scan=11), "Shift+2"),  # German
        (event(Qt.Key.Key_Z, NO_KEY, "z", scan=29), "Z"),  # German: what is printed counts
    ],
)
def test_other_layouts_fall_back_to_the_physical_key(given: QKeyEvent, expected: str) -> None:
    assert pressed(given) == expected


def test_windows_and_macs_tell_the_physical_key_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert physical(event(0x42B, text="ы", virtual=0x53)) == "S"
    assert physical(event(Qt.Key.Key_Left, virtual=0x25)) == ""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert physical(event(0x42B, text="ы", virtual=1)) == "S"
    assert physical(event(Qt.Key.Key_1, virtual=18)) == "1"
    assert physical(event(Qt.Key.Key_1)) == ""
