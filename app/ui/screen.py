"""Is there a screen? Asked before Qt is loaded, because Qt answers a missing one with an abort."""

import ctypes
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

_ADVICE = (
    "Two ways out: “make shot” draws every view into build/screenshots without a screen, and a "
    "virtual screen shows the window: “xvfb-run -a make run” (package xvfb)."
)
_LIBRARY = (
    "Pressmark needs the shared library {}, which is not installed. “make run” installs what is "
    "missing; by hand: apt-get install libgl1 libegl1 libxcb-cursor0 libxkbcommon-x11-0 "
    "libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 "
    "libfontconfig1 libdbus-1-3 libglib2.0-0"
)
_XCB_LIBRARIES = ("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxkbcommon-x11.so.0")


def missing_screen(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return a sentence where Qt could not open a window here, or None where it can."""
    if not sys.platform.startswith("linux"):
        return None
    if library := _missing_library("libEGL.so.1", "libGL.so.1"):
        return _LIBRARY.format(library)
    platform = environment.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if platform not in {"", "xcb", "wayland"} or _wayland_answers(environment):
        return None
    return _missing_x11(environment.get("DISPLAY", ""))


def _missing_x11(display: str) -> str | None:
    if not display:
        nothing = "Pressmark needs a screen, and neither DISPLAY nor WAYLAND_DISPLAY names one."
        return f"{nothing} {_ADVICE}"
    if not _x11_answers(display):
        return f"Pressmark needs a screen, and the display “{display}” does not answer. {_ADVICE}"
    library = _missing_library(*_XCB_LIBRARIES)
    return _LIBRARY.format(library) if library else None


def _missing_library(*names: str) -> str | None:
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            return name
    return None


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    if environment.get("QT_QPA_PLATFORM", "").startswith("xcb"):
        return False
    return bool(name) and _answers(Path(environment.get("XDG_RUNTIME_DIR", "")) / name)


def _x11_answers(display: str) -> bool:
    host, _, rest = display.rpartition(":")
    if host not in {"", "unix"}:
        return True  # a display on another machine: Qt itself has to find out
    number = rest.split(".")[0]
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - the address that X11 prescribes
    return number.isdigit() and (_answers(Path(path)) or _answers(f"\0{path}"))


def _answers(address: Path | str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(address))
        except OSError:
            return False
    return True
