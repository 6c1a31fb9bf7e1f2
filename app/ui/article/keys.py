"""The keys of the article as data, and which of them was pressed.

They act only while the text has the focus. Digits tag and letters name roles by the codebook; on a
layout without Latin letters, and for digits with Shift, the physical key counts.
"""

import sys
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


@dataclass(frozen=True, slots=True)
class Key:
    """One thing keys do: its id, the keys in Qt's portable notation, what it is called."""

    id: str
    keys: tuple[str, ...]
    title: str


KEYS: tuple[Key, ...] = (
    Key("next-sentence", ("Down",), "Next sentence"),
    Key("previous-sentence", ("Up",), "Previous sentence"),
    Key("next-mark", ("Right",), "Next mark"),
    Key("previous-mark", ("Left",), "Previous mark"),
    Key("first-mark", ("Home",), "First mark"),
    Key("last-mark", ("End",), "Last mark"),
    Key("next-open", ("Space",), "Next open point"),
    Key("previous-open", ("Shift+Space",), "Previous open point"),
    Key("next-word", ("Ctrl+Right",), "Caret to the next word"),
    Key("previous-word", ("Ctrl+Left",), "Caret to the previous word"),
    Key("widen", ("V",), "Select the word; again: sentence, paragraph"),
    Key(
        "extend-right",
        ("Shift+Right",),
        "Selected mark: move its edge by a word. Text: select a character more",
    ),
    Key("extend-left", ("Shift+Left",), "The same to the left"),
    Key(
        "extend-far-right",
        ("Ctrl+Shift+Right",),
        "Selected mark: move its edge by a character. Text: select a word more",
    ),
    Key("extend-far-left", ("Ctrl+Shift+Left",), "The same to the left"),
    Key("start-edge", ("[",), "Move the start of the selected mark"),
    Key("end-edge", ("]",), "Move the end of the selected mark"),
    Key("tag", ("1", "2", "3", "4"), "Tag the selected text, or the word at the caret"),
    Key(
        "retype",
        ("Shift+1", "Shift+2", "Shift+3", "Shift+4"),
        "Change the type of the selected mark",
    ),
    Key("edit", ("Return", "Enter"), "Edit the fields of the selected mark"),
    Key("comment", ("C",), "Comment the selected mark"),
    Key("delete", ("Del", "Backspace"), "Remove the selected mark"),
    Key("copy", ("Ctrl+C",), "Copy the selected text, or the words of the mark"),
    Key("step-out", ("Esc",), "Step out: link, selection, mark"),
    Key("page-down", ("PgDown",), "A page down"),
    Key("page-up", ("PgUp",), "A page up"),
    Key("document-start", ("Ctrl+Home",), "Beginning of the article"),
    Key("document-end", ("Ctrl+End",), "End of the article"),
)
"""What the article view does by itself. Roles have the keys of the codebook."""

_BY_KEYS = {keys: key.id for key in KEYS for keys in key.keys}

_NAMES: dict[int, str] = {
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_PageUp: "PgUp",
    Qt.Key.Key_PageDown: "PgDown",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_Backspace: "Backspace",
}

_SHIFTED_DIGITS = dict(zip("!@#$%^&*()", "1234567890", strict=True))
"""The digits under the signs of a US keyboard, where nothing tells the physical key."""

_FIRST_SIGN = 0x21

_EVDEV = {10: "1234567890", 24: "QWERTYUIOP", 38: "ASDFGHJKL", 52: "ZXCVBNM"}
_MAC_CODES = (
    *(18, 19, 20, 21, 23, 22, 26, 28, 25, 29),
    *(12, 13, 14, 15, 17, 16, 32, 34, 31, 35),
    *(0, 1, 2, 3, 5, 4, 38, 40, 37),
    *(6, 7, 8, 9, 11, 45, 46),
)
_MAC = dict(zip(_MAC_CODES, "".join(_EVDEV.values()), strict=True))


def physical(event: QKeyEvent) -> str:
    """Return what a US keyboard has on the pressed key; nothing where that is not known."""
    if sys.platform == "darwin":
        return _MAC.get(event.nativeVirtualKey(), "") if event.nativeVirtualKey() else ""
    if sys.platform == "win32":
        code = event.nativeVirtualKey()
        return chr(code) if chr(code).isascii() and chr(code).isalnum() else ""
    code = event.nativeScanCode()
    for first, row in _EVDEV.items():
        if first <= code < first + len(row):
            return row[code - first]
    return ""


def pressed(event: QKeyEvent) -> str:
    """Return the pressed keys in Qt's portable notation: `Ctrl+Shift+Right`, `S`, `[`."""
    name, shift = _name(event)
    held = event.modifiers()
    parts = []
    if held & Qt.KeyboardModifier.ControlModifier:
        parts.append("Ctrl")
    if held & Qt.KeyboardModifier.AltModifier:
        parts.append("Alt")
    if shift:
        parts.append("Shift")
    if len(name) == 1 and not name.isalnum():
        parts = []  # signs that need AltGr or Shift on some keyboard are still that sign
    return "+".join([*parts, name]) if name else ""


def _name(event: QKeyEvent) -> tuple[str, bool]:
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    code, on_key = event.key(), physical(event)
    if (known := _NAMES.get(code)) is not None:
        return known, shift
    if on_key.isdigit():
        return on_key, shift
    character = chr(code) if _FIRST_SIGN <= code <= sys.maxunicode else ""
    if character.isascii() and character.isalnum():
        return character.upper(), shift
    if shift and character in _SHIFTED_DIGITS and not on_key:
        return _SHIFTED_DIGITS[character], shift
    if character.isascii() and character:
        return character, shift
    return on_key, shift


def command_of(keys: str) -> str | None:
    """Return the id of what the keys do in the article, or None."""
    return _BY_KEYS.get(keys)
