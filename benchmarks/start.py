"""From starting the process to a window, and to the sample article readable and editable."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Row

_COMPILED = Path(tempfile.gettempdir()) / "pressmark-compiled"

_EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1440, 900)
window.show()
application.processEvents()
print("shown", flush=True)
"""

_OURS = """
import gc
gc.disable()
import sys
from app.ui.quick_imports import skip_feature_search
skip_feature_search()
from app.ui.application import make_window
application, window = make_window()
window.show()
application.processEvents()
print("shown", flush=True)
window.bench.open_project(sys.argv[1])
application.processEvents()
assert window.bench.session.contents is not None
print("ready", flush=True)
"""


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of this group."""
    project = folder / "sample.pressmark"
    subprocess.run([sys.executable, "-m", "app", "sample", str(project)], check=True)  # noqa: S603
    empty, first, ready = [], [], []
    _until(_EMPTY, "", "shown")
    _until(_OURS, str(project), "ready")  # from here on everything is compiled
    for _ in range(7):  # in turn, so that a busy moment hits all of them alike
        empty.append(_until(_EMPTY, "", "shown")["shown"])
        ours = _until(_OURS, str(project), "ready")
        first.append(ours["shown"])
        ready.append(ours["ready"])
    floor = statistics.median(empty)
    yield Row(
        operation="start: first paint", floor=floor, ours=statistics.median(first), budget=1.6
    )
    yield Row(
        operation="start: sample article readable and editable",
        floor=floor,
        ours=statistics.median(ready),
        budget=4.0,
    )


def _until(code: str, argument: str, last: str) -> dict[str, float]:
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # people's Python keeps what it compiled
    environment["PYTHONPYCACHEPREFIX"] = str(_COMPILED)
    begun = time.perf_counter()
    times: dict[str, float] = {}
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code, argument],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        for line in process.stdout or ():
            times[line.strip()] = (time.perf_counter() - begun) * 1e3
    if last not in times:
        message = "the program ended before it was ready"
        raise RuntimeError(message)
    return times
