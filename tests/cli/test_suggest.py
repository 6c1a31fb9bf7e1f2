"""`pressmark suggest` and `pressmark evaluate` on the sample, whose rules never saw its marks."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.workspace.outside import add_folder
from app.workspace.sample import make_sample
from tests.pipelines import make_pipeline

Ran = tuple[int, str, str]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.pressmark"
    make_sample(path, annotator="Ann").close()
    return path


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> Ran:
    code = main([*map(str, argv)], open_window=lambda *_: 77)
    return code, *capsys.readouterr()


def evaluated(capsys: pytest.CaptureFixture[str], sample: Path, *argv: str) -> dict[str, Any]:
    code, out, _ = run(capsys, "evaluate", sample, "--against", "gold", "--json", *argv)
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    return found


def test_without_training_the_sample_reaches_what_was_asked(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = evaluated(capsys, sample, "--core")
    types = found["types"]
    assert types["number"]["exact"]["f1"] >= 0.9
    assert types["actor"]["overlap"]["f1"] >= 0.75
    assert types["statement"]["overlap"]["f1"] >= 0.75
    assert types["event"]["overlap"]["f1"] >= 0.55
    assert found["speakers"]["right"] >= 0.7 * found["speakers"]["n"] > 0
    for name in ("value", "low", "high", "modifier", "unit"):
        share = found["attributes"]["number"][name]
        assert share["agree"] == share["n"] > 0


def test_extended_marks_are_asked_for_unless_core(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every, core = evaluated(capsys, sample), evaluated(capsys, sample, "--core")
    actor, of_core = every["types"]["actor"]["exact"], core["types"]["actor"]["exact"]
    assert actor["tp"] + actor["fn"] == 59
    assert of_core["tp"] + of_core["fn"] == 45
    assert every["curve"][0]["from"] == 0
    assert set(every["suggesters"]) == {
        "names",
        "learned",
        "actors",
        "events",
        "numbers",
        "statements",
    }


def test_a_layer_against_itself_is_all_right(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = evaluated(capsys, sample, "--layer", "gold")
    assert found["all"]["exact"] == {
        "tp": 117, "fp": 0, "fn": 0, "precision": 1.0, "recall": 1.0, "f1": 1.0,
    }  # fmt: skip
    assert found["speakers"]["n"] == found["speakers"]["right"] == 19


def test_prints_a_table(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "evaluate", sample, "--against", "gold")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "Against gold, 1 article"
    assert any(line.startswith("Statements") for line in out.splitlines())


def test_suggests_as_json_lines_and_writes_nothing(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sample.read_bytes()
    code, out, _ = run(capsys, "suggest", sample)
    assert code == 0
    for line in out.splitlines():
        one = json.loads(line)
        assert set(one) == {
            "article", "type", "fragments", "attributes", "relations", "score", "suggester",
            "reason",
        }  # fmt: skip
    assert sample.read_bytes() == before


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("suggest", "--suggester", "oracle"), 2),
        (("evaluate", "--against", "nobody"), 3),
        (("evaluate",), 2),
    ],
)
def test_wrong_calls(
    sample: Path, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], code: int
) -> None:
    got, _, err = run(capsys, argv[0], sample, *argv[1:])
    assert got == code
    assert err


def test_a_pipeline_is_asked_by_name_and_measured(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "suggest", sample, "--suggester", "spacy:en_tiny")[0] == 2
    add_folder(make_pipeline(tmp_path))
    code, out, _ = run(capsys, "suggest", sample, "--suggester", "spacy:en_tiny")
    assert code == 0
    told = [json.loads(line) for line in out.splitlines()]  # what is marked already is left out
    assert {one["suggester"] for one in told} == {"spacy:en_tiny"}
    assert {one["fragments"][0]["text"] for one in told} == {"Moscow"}
    found = evaluated(capsys, sample, "--suggester", "spacy:en_tiny")
    score = found["suggesters"]["spacy:en_tiny"]["exact"]
    assert score["tp"] > 3
    assert score["fp"] == 5  # where the expert marked no actor, or more words
