"""After a crash: a sentence, a report without words of articles, and nothing lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.ui.crash import Reports, sentence
from app.ui.main_window import MainWindow
from app.workspace.sample import make_sample

_CRASH = """
import sys
from pathlib import Path
from app.ui.crash import Reports
Reports(Path(sys.argv[1])).begin()
import ctypes
ctypes.string_at(0)
"""


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_proper_end_leaves_nothing(tmp_path: Path) -> None:
    reports = Reports(tmp_path / "reports")
    reports.begin()
    assert [name for name in files(tmp_path / "reports") if name.endswith(".txt")]
    reports.end()
    assert files(tmp_path / "reports") == []
    assert reports.last is None


def test_a_crash_of_the_interpreter_is_found_by_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    ran = subprocess.run(
        [sys.executable, "-c", _CRASH, str(folder)], capture_output=True, check=False
    )
    assert ran.returncode < 0
    reports = Reports(folder)
    reports.begin()
    assert reports.last is not None
    said = reports.last.read_text("utf-8")
    assert "Segmentation fault" in said
    assert "Pressmark" in said
    reports.end()
    again = Reports(folder)
    again.begin()
    assert again.last is None
    again.end()


def test_a_window_that_runs_still_did_not_crash(tmp_path: Path) -> None:
    first, second = Reports(tmp_path), Reports(tmp_path)
    first.begin()
    for ending in ("txt", "lock"):
        own = tmp_path / f"running-{os.getpid()}.{ending}"
        own.rename(tmp_path / f"running-1.{ending}")
    second.begin()
    assert second.last is None
    second.end()
    first.end()


def test_a_report_holds_no_words_of_articles(tmp_path: Path) -> None:
    reports = Reports(tmp_path)
    secret = "words of an article"
    with pytest.raises(ValueError, match="words") as caught:
        raise ValueError(secret)
    path = reports.write(caught.value, caught.value.__traceback__)
    assert path is not None
    said = path.read_text("utf-8")
    assert "ValueError" in said
    assert "test_crash.py" in said
    assert secret not in said
    assert path.stat().st_mode & 0o077 == 0


def test_no_place_for_reports_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    reports = Reports(tmp_path / "file")
    reports.begin()
    assert reports.write(ValueError(), None) is None
    reports.end()


def test_the_next_project_says_it_once(
    opened: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "sample.pressmark"
    make_sample(place, annotator="ann").close()
    opened.reports.last = tmp_path / "report.txt"
    opened.bench.open_project(str(place))
    said = opened.bench.desk.banner.accessibleName()
    assert said.startswith("Pressmark did not end properly last time. Nothing was lost: the last")
    assert said.endswith("report.txt")
    opened.bench.open_project(str(place))
    assert not opened.bench.desk.banner.isVisible()
    assert sentence(tmp_path, "").startswith("Pressmark did not end properly last time. Nothing")
