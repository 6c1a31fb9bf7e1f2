"""What every test stands on: an offscreen Qt, a hypothesis profile, and the shared example data."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Qt reads this once, when it is imported. A real platform: PRESSMARK_TEST_PLATFORM=xcb make test
os.environ["QT_QPA_PLATFORM"] = os.environ.get("PRESSMARK_TEST_PLATFORM", "offscreen")

_IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

settings.register_profile(
    "local",
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("ci", parent=settings.get_profile("local"), max_examples=30)
settings.register_profile("long", parent=settings.get_profile("local"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if _IN_CI else "local"))


@pytest.fixture(autouse=True)
def backups_folder(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Keep the backups that tests make away from those of whoever runs them."""
    folder = tmp_path_factory.getbasetemp() / "backups"
    monkeypatch.setenv("PRESSMARK_BACKUPS", str(folder))
    return folder


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what tests learn away from whoever runs them, and from one another."""
    folder = tmp_path / "own data"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of example files in foreign formats, which is too large for the repository.

    It is `$PRESSMARK_TEST_DATA` or `../shared/data` beside the checkout. Where neither exists a
    test is skipped with that sentence; CI always has it, so there its lack is a failure.
    """
    named = os.environ.get("PRESSMARK_TEST_DATA")
    checkout = Path(__file__).resolve().parent.parent
    folder = Path(named) if named else checkout.parent / "shared" / "data"
    if folder.is_dir():
        return folder
    sentence = "the example files are not here: set PRESSMARK_TEST_DATA to their folder"
    if _IN_CI:
        pytest.fail(sentence)
    pytest.skip(sentence)
