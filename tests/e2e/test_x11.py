"""The program on a real X server with a window manager: a double click and a key."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import SIZE
from tests.e2e.projects import make_project, select

pytestmark = pytest.mark.e2e

TOOLS = ("Xvfb", "openbox", "xdotool")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
PATIENCE_MS = 15_000
# Wherever in the text one double-clicks, it is on this word.
WORD = "protest"
TEXT = "\n\n".join(["A headline"] + [" ".join([WORD] * 60)] * 6)


def xdotool(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        ["xdotool", *words], env=environment, check=True, capture_output=True, text=True, timeout=30
    )
    return done.stdout.strip()


@pytest.fixture
def wait(qtbot: QtBot) -> Callable[[Callable[[], object]], None]:
    """Wait until something is so."""
    return lambda so: qtbot.waitUntil(lambda: bool(so()), timeout=PATIENCE_MS)


@pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {', '.join(MISSING)}")
def test_a_double_click_and_a_key_reach_the_disk(
    tmp_path: Path, screen: dict[str, str], wait: Callable[[Callable[[], object]], None]
) -> None:
    project = make_project(tmp_path, TEXT)
    program = subprocess.Popen([sys.executable, "-m", "app", "open", str(project)], env=screen)
    try:
        title = "project – Pressmark"
        window = xdotool(screen, "search", "--sync", "--onlyvisible", "--name", title)
        window = window.splitlines()[0]
        xdotool(screen, "windowactivate", "--sync", window)
        geometry = xdotool(screen, "getwindowgeometry", "--shell", window)
        sizes = dict(line.split("=") for line in geometry.splitlines())
        assert int(sizes["HEIGHT"]) < SIZE[1]  # the window fits the screen, its status bar too
        # Nothing was clicked yet: after a menu the keys have to come back to the text.
        xdotool(screen, "key", "--delay", "100", "alt+v", "Down", "Down", "Return", "v", "2")
        wait(lambda: select(project, "SELECT 1 FROM annotation WHERE type = 'event'"))
        middle = str(int(sizes["WIDTH"]) * 2 // 5), str(int(sizes["HEIGHT"]) // 2)
        xdotool(screen, "mousemove", "--sync", "--window", window, *middle)
        xdotool(screen, "click", "--repeat", "2", "--delay", "60", "1", "key", "1")
        wait(lambda: select(project, "SELECT 1 FROM annotation WHERE type = 'actor'"))
    finally:
        program.send_signal(signal.SIGTERM)
        assert program.wait(timeout=20) == 0
    ((fragments, text),) = select(
        project,
        "SELECT fragments, text FROM annotation "
        "JOIN article ON article.id = annotation.article WHERE type = 'actor'",
    )
    ((start, end, words),) = json.loads(fragments)
    assert words == text[start:end] == WORD
