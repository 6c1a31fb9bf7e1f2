"""The form on a real project, for every test of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.form.bench import Bench, make_bench


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    """A form on a fresh project, in a window that is shown."""
    made = make_bench(tmp_path, qtbot)
    yield made
    made.workspace.close()
