"""The size of everything: taken before Qt starts, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.ui.scale import command

_RATIO = """
from app.ui.application import make_window
application, window = make_window()
print(window.devicePixelRatioF())
"""


def ratio(folder: Path, stored: str, **environment: str) -> float:
    """Return how many pixels a pixel of the design takes in a fresh process."""
    place = folder / "Pressmark"
    place.mkdir(exist_ok=True)
    (place / "Pressmark.conf").write_text(stored)
    (place / "Pressmark.ini").write_text(stored)
    around = {
        k: v for k, v in os.environ.items() if k not in {"QT_SCALE_FACTOR", "PRESSMARK_SCALED"}
    }
    around |= {"XDG_CONFIG_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"} | environment
    ran = subprocess.run(
        [sys.executable, "-c", _RATIO], env=around, capture_output=True, text=True, check=True
    )
    return float(ran.stdout)


@pytest.mark.parametrize(("percent", "wanted"), [("100", 1.0), ("125", 1.25), ("x", 1.0)])
def test_everything_grows(tmp_path: Path, percent: str, wanted: float) -> None:
    assert ratio(tmp_path, f"[General]\ninterface={percent}\n") == wanted


def test_a_factor_of_somebody_else_is_kept_and_ours_is_replaced(tmp_path: Path) -> None:
    stored = "[General]\ninterface=125\n"
    assert ratio(tmp_path, stored, QT_SCALE_FACTOR="2") == 2.0
    assert ratio(tmp_path, stored, QT_SCALE_FACTOR="1.5", PRESSMARK_SCALED="1") == 1.25
    assert ratio(tmp_path, "", QT_SCALE_FACTOR="1.5", PRESSMARK_SCALED="1") == 1.0


def test_the_program_is_started_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    assert command(["open", "p"]) == (sys.executable, ["-m", "app", "open", "p"])
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command(["open", "p"]) == (sys.executable, ["open", "p"])
