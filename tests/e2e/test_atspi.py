"""A screen reader on a real accessibility bus finds the text, the marks and every control."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.workspace.sample import make_sample

pytestmark = pytest.mark.e2e

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
SYSTEM_PYTHON = Path("/usr/bin/python3")
SCRIPT = """
"$LAUNCHER" --launch-immediately >/dev/null 2>&1 & bus=$!
"$PYTHON" -m app open "$PROJECT" >/dev/null 2>&1 & program=$!
timeout 40 "$SYSTEM_PYTHON" "$LISTEN"; code=$?
kill $program $bus
exit $code
"""


def missing() -> str:
    """Return what this machine lacks."""
    for tool in ("dbus-run-session", "Xvfb", "openbox"):
        if shutil.which(tool) is None:
            return tool
    if not LAUNCHER.exists():
        return "at-spi2-core"
    asked = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False
    )
    return "python3-pyatspi" if asked.returncode else ""


MISSING = missing()


@pytest.mark.skipif(bool(MISSING), reason=f"needs {MISSING}")
def test_a_screen_reader_finds_text_marks_and_controls(
    tmp_path: Path, screen: dict[str, str]
) -> None:
    project = tmp_path / "sample.pressmark"
    with make_sample(project, annotator="Marta") as workspace:
        article = workspace.contents(workspace.article_ids()[0])
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", SCRIPT],
        env=screen
        | {
            "LAUNCHER": str(LAUNCHER),
            "SYSTEM_PYTHON": str(SYSTEM_PYTHON),
            "PYTHON": sys.executable,
            "PROJECT": str(project),
            "LISTEN": str(Path(__file__).with_name("listen.py")),
            "QT_ACCESSIBILITY": "1",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PRESSMARK_ANNOTATOR": "Marta",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=55,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["text"] == article.article.text[:60]
    assert found["length"] == len(article.article.text)  # the sample has no character beyond U+FFFF
    assert len(found["marks"]) == len(article.annotations)
    assert any(name.startswith("Statement 2 of 19, Navalny claims") for name in found["marks"])
    controls = {"push button", "button", "text", "entry", "list", "tree", "combo box", "check box"}
    nameless = [
        found["nodes"][max(0, n - 2) : n + 1]
        for n, (role, name) in enumerate(found["nodes"])
        if role in controls and not name
    ]
    assert nameless == []
