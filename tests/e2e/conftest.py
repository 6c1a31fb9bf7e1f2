"""Programs that the tests start, each with settings of its own, and ended with the test."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.program import Program

Start = Callable[..., Program]

SIZE = (1280, 800)


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings and the sample project of this machine out of it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PRESSMARK_ANNOTATOR", "Marta")


@pytest.fixture
def start() -> Iterator[Start]:
    """Start the program on a project; whatever still runs at the end is killed."""
    running: list[Program] = []

    def begin(project: Path | None, **environment: str) -> Program:
        running.append(Program(project, **environment))
        running[-1].do()
        return running[-1]

    yield begin
    for program in running:
        program.kill()


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An X server and a window manager; what a program needs to know to use them."""
    width, height = SIZE
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    display = f":{server.stdout.readline().strip()}"
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    manager = subprocess.Popen(
        ["openbox", "--sm-disable"],
        env=environment | {"HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield environment
    for process in (manager, server):
        process.terminate()
        process.wait(timeout=10)
    server.stdout.close()
