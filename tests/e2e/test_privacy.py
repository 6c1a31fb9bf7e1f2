"""Nothing reaches for a network: the whole way from a text file to the dataset without sockets."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.model.resources import resource
from tests.e2e.conftest import Start

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]
CAUGHT = 99
FORBIDDEN = f"""
import os, sys

def forbid(event, arguments):
    if event.startswith("socket.") and event != "socket.__new__":
        sys.stderr.write(event)
        sys.stderr.flush()
        os._exit({CAUGHT})

sys.addaudithook(forbid)
"""
"""Read by every Python that starts with its folder on the path; what it adds cannot be removed."""


@pytest.fixture
def without_sockets(tmp_path: Path) -> str:
    """A path for Python's modules on which every use of a socket ends the process."""
    (tmp_path / "forbidden").mkdir()
    (tmp_path / "forbidden" / "sitecustomize.py").write_text(FORBIDDEN, "utf-8")
    return os.pathsep.join((str(tmp_path / "forbidden"), str(ROOT)))


def python(path: str, *words: str) -> int:
    environment = os.environ | {"PYTHONPATH": path}
    return subprocess.run([sys.executable, *words], env=environment, check=False).returncode


@pytest.mark.parametrize(
    "reach",
    [
        "create_connection(('127.0.0.1', 9))",
        "getaddrinfo('localhost', 9)",
        "socket().bind(('', 0))",
    ],
)
def test_a_socket_would_be_caught(without_sockets: str, reach: str) -> None:
    assert python(without_sockets, "-c", f"import socket; socket.{reach}") == CAUGHT


def test_no_socket_from_the_text_to_the_dataset(
    tmp_path: Path, without_sockets: str, start: Start
) -> None:
    project, out = tmp_path / "p.pressmark", tmp_path / "out.json"
    article = resource("sample/000_1b9c5a6f76a63e06.txt")

    def verb(*words: object) -> None:
        assert python(without_sockets, "-m", "app", *map(str, words)) == 0

    verb("new", project)
    verb("import", project, article)
    program = start(project, PYTHONPATH=without_sockets)
    program.keys("ctrl+shift+Right", "1")
    program.close()
    verb("export", project, out)
    verb("import", project, out)
    for report in ("stats", "history", "check"):
        verb(report, project)
    (exported,) = json.loads(out.read_bytes())["articles"]
    assert [one["type"] for one in exported["annotations"]] == ["actor"]


EVERYTHING = """
import sys
from pathlib import Path
from app.exchange.registry import FORMATS
from app.model.errors import Refused
from app.model.hits import MarkQuery
from app.workspace import Workspace, backups
from app.workspace.exporting import export
from app.workspace.suggesting import Suggesting
folder = Path(sys.argv[2])
with Workspace.open(sys.argv[1], annotator="Marta") as ws:
    article = ws.article_ids()[0]
    suggesting = Suggesting(ws)
    suggesting.of(ws.contents(article))
    assert list(ws.search_texts("the", lambda: False))
    list(ws.search_marks(MarkQuery(words="the"), lambda: False))
    made = backups.back_up(ws.location, "p", folder=folder / "kept")
    backups.restore(made.path, folder / "again.pressmark")
    written = 0
    for format_ in FORMATS:
        if format_.write and not format_.needs:
            try:
                export(ws, folder / f"{format_.name}{format_.ending}", format_)
                written += 1
            except Refused:
                continue  # the codebook has not what this one asks for
    assert written > 12, written
    assert ws.check().ok
"""


def test_no_socket_in_suggesting_searching_backups_and_all_formats(
    tmp_path: Path, without_sockets: str
) -> None:
    project = tmp_path / "sample.pressmark"
    assert python(without_sockets, "-m", "app", "sample", str(project)) == 0
    assert python(without_sockets, "-c", EVERYTHING, str(project), str(tmp_path)) == 0
