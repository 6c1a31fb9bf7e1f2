"""Which keys were pressed in the article, in the words of the table of commands.

On a layout without Latin letters, and for digits with Shift, the physical key counts.
"""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

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
