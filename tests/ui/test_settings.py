"""What a person set for this machine is there again, and nonsense in the file does no harm."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from app.ui.settings import ZOOM_STEPS, Settings
from app.ui.theme import DARK, LIGHT


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "config")
    )
    return tmp_path


def test_what_is_set_is_there_again() -> None:
    settings = Settings()
    settings.set_text("look", "dark")
    settings.set_text("annotator", "Marta Kovač")
    settings.zoom = 125
    settings.set_state("panes", QByteArray(b"\x00\xff panes"))
    again = Settings()
    assert again.theme() == DARK
    assert again.look == "dark"
    assert again.text("annotator") == "Marta Kovač"
    assert again.zoom == 125
    assert again.state("panes") == QByteArray(b"\x00\xff panes")


def test_what_was_never_set_is_the_default() -> None:
    settings = Settings()
    assert settings.look == "system"
    assert settings.theme() in (LIGHT, DARK)
    assert settings.zoom == 100
    assert settings.state("window").isEmpty()
    assert settings.recent() == []
    assert settings.text("folder", "/home") == "/home"


@pytest.mark.parametrize(
    ("stored", "zoom"), [("a lot", 100), ("-3", 100), ("0", 80), ("117", 110), ("9999", 200)]
)
def test_a_zoom_that_is_no_step(stored: str, zoom: int) -> None:
    settings = Settings()
    settings.set_text("zoom", stored)
    assert settings.zoom == zoom
    assert settings.zoom in ZOOM_STEPS


def test_a_look_that_is_none_and_a_state_that_is_none() -> None:
    settings = Settings()
    settings.set_text("look", "purple")
    settings.set_text("state/panes", "wide")
    assert settings.look == "system"
    assert settings.state("panes").isEmpty()


def test_recent_projects_are_the_last_ones_that_still_exist(folder: Path) -> None:
    settings = Settings()
    paths = [folder / f"{n}.pressmark" for n in range(12)]
    for path in paths:
        path.touch()
        settings.remember_project(str(path))
    settings.remember_project(str(paths[10]))
    assert settings.recent() == [str(paths[n]) for n in (10, 11, 9, 8, 7, 6, 5, 4)]
    paths[11].unlink()
    assert Settings().recent() == [str(paths[n]) for n in (10, 9, 8, 7, 6, 5, 4)]


def test_one_recent_project_and_addresses(folder: Path) -> None:
    settings = Settings()
    settings.remember_project("postgresql+psycopg://marta@host/db")
    assert Settings().recent() == ["postgresql+psycopg://marta@host/db"]
    settings.set_text("recent", "")
    assert settings.recent() == []
    settings._store.setValue("recent", 7)
    assert settings.recent() == []
