"""No screen: a sentence instead of an abort inside Qt."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.ui.screen import missing_screen


def test_no_display_is_named() -> None:
    sentence = missing_screen({})
    assert sentence is not None
    assert "make shot" in sentence
    assert "xvfb-run" in sentence


def test_a_display_that_does_not_answer_is_named() -> None:
    sentence = missing_screen({"DISPLAY": ":4711"})
    assert sentence is not None
    assert "“:4711” does not answer" in sentence


def test_a_wayland_socket_that_is_not_there_does_not_count(tmp_path: Path) -> None:
    environment = {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert missing_screen(environment) is not None


def test_other_platforms_need_no_screen() -> None:
    assert missing_screen({"QT_QPA_PLATFORM": "offscreen"}) is None


@pytest.mark.e2e
@pytest.mark.parametrize("display", [None, ":4711"])
def test_the_program_says_so_and_ends_with_2(display: str | None, tmp_path: Path) -> None:
    keep = {"PATH", "HOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV"}
    environment = {name: value for name, value in os.environ.items() if name in keep}
    environment |= {"XDG_CONFIG_HOME": str(tmp_path)} | ({"DISPLAY": display} if display else {})
    done = subprocess.run(
        [sys.executable, "-m", "app"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "needs a screen" in done.stderr
    assert done.stdout == ""
