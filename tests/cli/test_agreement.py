"""`pressmark agreement`: its exit codes, its streams and its figures."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli import main
from app.model.commands import AddAnnotation
from app.model.ids import new_id
from app.workspace import Workspace
from tests.two_annotators import JONAS, MARTA, compared_project, marks

Ran = tuple[int, str, str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "two.pressmark"
    compared_project(path).close()
    return path


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> Ran:
    code = main(["agreement", *map(str, argv)], open_window=lambda *_: 77)
    return code, *capsys.readouterr()


def test_prints_a_table_of_types(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = project.read_bytes()
    code, out, err = run(capsys, project)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"{JONAS} and {MARTA}: 1 article"
    (actors,) = [line.split() for line in lines if line.startswith("Actors")]
    assert actors[1:3] == ["0.533", "0.933"]
    assert project.read_bytes() == before


def test_prints_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, project, "--json", "--layer", MARTA, "--layer", JONAS)
    (pair,) = json.loads(out)["pairs"]
    assert (code, pair["a"], pair["types"]["actor"]["exact"]["tp"]) == (0, MARTA, 4)


def test_says_what_three_agree_on(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Workspace.open(project, annotator="Third") as ws:
        (article,) = ws.article_ids()
        for mark in marks(ws.every_layer(article).article)[:6]:
            copy = replace(mark, id=new_id(), layer="Third")
            ws.do(AddAnnotation(annotation=copy), title="tag")
    code, out, _ = run(capsys, project)
    assert code == 0
    assert f"{JONAS}, {MARTA}, Third: 1 article of all of them" in out
    assert out.count("F1 exact") == 3


def test_wrong_layers_are_wrong_use_and_one_layer_is_refused(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, project, "--layer", "nobody")
    assert code == 2
    assert "There is no layer “nobody”" in err
    sample = tmp_path / "s.pressmark"
    assert main(["sample", str(sample)], open_window=lambda *_: 77) == 0
    capsys.readouterr()
    code, out, err = run(capsys, sample)
    assert (code, out) == (3, "")
    assert err == "There is nothing to compare: the project has only the layer “gold”.\n"
