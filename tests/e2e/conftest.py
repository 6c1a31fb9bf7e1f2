"""Programs that the tests start, each with settings of its own, and ended with the test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.program import Program

Start = Callable[..., Program]


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
