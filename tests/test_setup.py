"""The set-up itself: locks, shipped files, known faults of libraries, the price of starting."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

import app
from app.model import resources
from app.model.resources import resource

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
ICONS = (
    "a-large-small arrow-down arrow-up check chevron-down chevron-left chevron-right circle"
    " circle-alert circle-check circle-dot download ellipsis file-text filter flag folder-open"
    " git-compare history keyboard layout-dashboard link list lock message-square moon"
    " newspaper plus pressmark redo-2 search settings sparkles sun table trash-2 triangle-alert"
    " undo-2 upload x"
)


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_the_version_stands_in_one_form(project: dict[str, Any]) -> None:
    assert project["project"]["version"] == app.__version__


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address_and_hashes_everything(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-[^-]|--(?!hash=sha256:)", text, re.MULTILINE)
    pinned = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert len(pinned) > 5
    for requirement in pinned:
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


def test_the_locks_hold_every_library_of_the_project(project: dict[str, Any]) -> None:
    runtime, everything = (_locked(name) for name in LOCKS)
    assert _names(project["project"]["dependencies"]) <= runtime.keys()
    assert _names(project["project"]["optional-dependencies"]["dev"]) <= everything.keys()
    assert runtime.items() <= everything.items()


def test_pyside_keeps_its_references(qtbot: QtBot) -> None:
    """PySide6 6.12.0 loses one reference of None a call on Python 3.11, and dies of it."""
    label, timer, thing = QLabel(), QTimer(), QObject()
    qtbot.addWidget(label)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for turn in range(500):
        label.setText("a")
        label.setEnabled(True)
        timer.setInterval(turn)
        thing.setObjectName(str(turn))
        thing.objectNameChanged.emit("a")
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert abs(after[0] - before[0]) < 50
    assert abs(after[1] - before[1]) < 50


def test_pydantic_is_not_a_price_of_starting() -> None:
    heavy = "[m for m in ('pydantic', 'sqlalchemy', 'PySide6', 'yaml') if m in sys.modules]"
    code = f"import sys, pkgutil, app.model; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_resources_are_found_in_the_checkout() -> None:
    assert resource("tokens.json").parent == ROOT / "resources"
    with pytest.raises(FileNotFoundError, match=r"no such resource: nothing\.txt"):
        resource("nothing.txt")


def test_resources_are_found_in_a_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources.resources_folder.__wrapped__() == tmp_path / "resources"


def test_resources_are_found_in_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "app" / "_resources"
    inside.mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "app" / "model" / "resources.py"))
    assert resources.resources_folder.__wrapped__() == inside


@pytest.mark.parametrize(
    ("family", "styles"),
    [
        ("Inter", {"Regular", "Medium", "SemiBold"}),
        ("Source Serif 4", {"Regular", "Italic", "SemiBold"}),
        ("JetBrains Mono", {"Regular"}),
    ],
)
def test_the_fonts_of_the_design_load(qtbot: QtBot, family: str, styles: set[str]) -> None:
    _load_fonts()
    assert set(QFontDatabase.styles(family)) >= styles
    assert {
        QFontDatabase.WritingSystem.Latin,
        QFontDatabase.WritingSystem.Cyrillic,
        QFontDatabase.WritingSystem.Greek,
    } <= set(QFontDatabase.writingSystems(family))


def test_inter_has_figures_of_one_width(qtbot: QtBot) -> None:
    _load_fonts()
    figures = QFont("Inter")
    figures.setPixelSize(40)
    figures.setFeature(QFont.Tag("tnum"), 1)
    metrics = QFontMetricsF(figures)
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


@pytest.mark.parametrize("name", ICONS.split())
def test_an_icon_draws(qtbot: QtBot, name: str) -> None:
    assert QSvgRenderer(str(resource(f"icons/{name}.svg"))).isValid()


@pytest.mark.parametrize("folder", ["fonts", "icons"])
def test_what_others_made_comes_with_its_licence(folder: str) -> None:
    assert list(resource(folder).glob("LICENSE-*.txt"))


def test_every_package_has_its_floor(project: dict[str, Any]) -> None:
    contracts = project["tool"]["importlinter"]["contracts"]
    named = {name for c in contracts for name in re.findall(r"\w+", " ".join(c.get("layers", [])))}
    assert {
        path.name for path in (ROOT / "app").iterdir() if (path / "__init__.py").exists()
    } <= named


def test_scripts_are_sound() -> None:
    for script in [*sorted((ROOT / "packaging").glob("*.sh")), ROOT / ".ci" / "run"]:
        subprocess.run(["bash", "-n", script], check=True)
        assert "set -euo pipefail" in script.read_text("utf-8"), script


def _load_fonts() -> None:
    for path in resource("fonts").glob("*.ttf"):
        assert QFontDatabase.addApplicationFont(str(path)) >= 0, path


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0].lower() for line in requirements}


def _locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", text, re.MULTILINE))
