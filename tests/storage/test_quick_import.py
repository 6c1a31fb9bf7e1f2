"""What SQLAlchemy imports in vain is not loaded, and is there whole where somebody wants it."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.workspace.sample import make_sample

_OPEN = """
import sys
from app.workspace import Workspace
with Workspace.open({path!r}, annotator="ann") as ws:
    ws.contents(ws.article_ids()[0])
    ws.undo(None)
print([m for m in ("asyncio", "importlib.metadata", "ssl", "email") if m in sys.modules])
"""

_USE = """
import asyncio.queues
from asyncio import Queue
from importlib import metadata
from sqlalchemy.util import concurrency

async def main():
    queue = asyncio.Queue()
    assert isinstance(queue, Queue) and Queue is asyncio.queues.Queue
    await queue.put(1)
    return await queue.get()

made = main()
assert asyncio.iscoroutine(made) and not concurrency.is_exit_exception(ValueError())
assert concurrency.is_exit_exception(asyncio.CancelledError())
print(asyncio.run(made), metadata.version("SQLAlchemy").split(".")[0])
"""


def said(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_opening_a_project_loads_none_of_it(tmp_path: Path) -> None:
    path = tmp_path / "p.pressmark"
    make_sample(path, annotator="ann").close()
    assert said(_OPEN.format(path=str(path))) == "[]"


@pytest.mark.parametrize("before", ["", "import asyncio, importlib.metadata\n"])
def test_what_was_put_off_is_there_when_it_is_wanted(before: str) -> None:
    assert said(f"{before}import app.storage\n{_USE}") == "1 2"


_EARLY = """
import sys
from app.storage.quick_import import stand_in
with stand_in("colorsys", "rgb_to_hls"):
    import colorsys as early
    taken = early.rgb_to_hls
assert "colorsys" not in sys.modules
assert taken(1, 1, 1) == (0.0, 1.0, 0.0)
import colorsys
assert colorsys is not early and early.hls_to_rgb is colorsys.hls_to_rgb
with stand_in("colorsys"):
    assert sys.modules["colorsys"] is colorsys
print("well")
"""

_AT_ONCE = """
from app.storage.quick_import import stand_in
with stand_in("colorsys"):
    from colorsys import hls_to_rgb
import colorsys
assert colorsys.hls_to_rgb is hls_to_rgb
print("well")
"""


@pytest.mark.parametrize("code", [_EARLY, _AT_ONCE], ids=["early", "at once"])
def test_something_stands_in_until_it_is_used(code: str) -> None:
    """In a process of its own: PySide looks into every module that is imported beside it."""
    assert said(code) == "well"
