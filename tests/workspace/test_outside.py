"""Pipelines of other programs: found without importing them, looked through apart, kept by text."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.model.commands import AddArticle
from app.model.errors import InputRefused, KnownError
from app.suggest.outside import Guess
from app.workspace import outside, pipelines
from app.workspace.outside import (
    Pipeline,
    add_folder,
    choose_types,
    guesses_of,
    keep_guesses,
    pipeline_named,
    types_of,
)
from app.workspace.pipelines import AtWork, Looking
from app.workspace.suggesting import Suggesting
from tests.pipelines import make_pipeline
from tests.projects import article, project

TEXT = "😀 Navalny came to Moscow.\nمرحبا Navalny paid five."
NAME = "spacy:en_tiny"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_pipeline(tmp_path_factory.mktemp("pipelines"))


@pytest.fixture
def tiny(folder: Path) -> Pipeline:
    (found,) = add_folder(folder)
    return found


def test_a_folder_is_recognised_and_kept(tiny: Pipeline, folder: Path) -> None:
    assert tiny.name == NAME
    assert (tiny.program, tiny.language, tiny.labels) == ("spacy", "en", ("GPE", "MONEY", "PERSON"))
    assert pipeline_named(NAME) == tiny
    add_folder(folder)
    assert outside.folders() == (folder,)


def test_what_is_no_pipeline_is_refused(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text('{"lang": "en"}')
    with pytest.raises(InputRefused, match="holds no pipeline"):
        add_folder(tmp_path)
    (tmp_path / "meta.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(InputRefused, match="holds no pipeline"):
        add_folder(tmp_path)
    assert outside.folders() == ()


def test_a_model_of_transformers_is_recognised_by_its_config(tmp_path: Path) -> None:
    labels = {"0": "O", "1": "B-PER", "2": "I-PER", "3": "B-LOC"}
    about = {"architectures": ["BertForTokenClassification"], "id2label": labels}
    (tmp_path / "config.json").write_text(json.dumps(about))
    (found,) = add_folder(tmp_path)
    assert (found.program, found.labels) == ("transformers", ("PER", "LOC"))
    assert types_of(found) == {"PER": "actor"}


def test_finding_them_imports_none_of_them(tiny: Pipeline) -> None:
    code = (
        "import sys; from app.workspace.outside import pipelines; names = [p.name for p in "
        "pipelines()]; assert 'spacy:en_tiny' in names, names; "
        "assert not {'spacy', 'torch', 'transformers'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_labels_are_types_as_somebody_chose(tiny: Pipeline) -> None:
    assert types_of(tiny) == {"PERSON": "actor", "GPE": "actor"}
    choose_types(tiny, {"GPE": "event", "PERSON": ""})
    assert types_of(tiny) == {"GPE": "event"}


def test_guesses_are_kept_by_text_and_by_pipeline(tiny: Pipeline) -> None:
    guesses = (Guess(2, 9, "PERSON", 0.5),)
    assert guesses_of(tiny, "a" * 64) is None
    keep_guesses(tiny, "a" * 64, guesses)
    assert guesses_of(tiny, "a" * 64) == guesses
    assert guesses_of(tiny, "b" * 64) is None
    other = Pipeline(
        **{name: getattr(tiny, name) for name in tiny.__slots__} | {"revision": "another"}
    )
    assert guesses_of(other, "a" * 64) is None


def test_it_looks_at_texts_and_its_guesses_are_proposed(
    tiny: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with project(tmp_path) as ws, Looking([NAME]) as looking:
        story = article(TEXT)
        ws.do(AddArticle(article=story), title="import")
        suggesting = Suggesting(ws)
        contents = ws.contents(story.id)
        assert suggesting.of(contents, suggesters=["names", NAME]) == ()
        looking.at(contents.article)
        suggesting.learnt_anew()
        found = suggesting.of(contents, suggesters=["names", NAME])
        assert [(one.quote, one.type, one.start) for one in found] == [
            ("Navalny", "actor", 2),
            ("Moscow", "actor", 18),
            ("Navalny", "actor", 32),
        ]
        assert {one.suggester for one in found} == {NAME}
        assert found[0].reason == "PERSON, says en_tiny"
        assert NAME not in {one.suggester for one in suggesting.of(contents)}  # not asked for
        monkeypatch.setattr(pipelines, "_PIECE", 12)
        seen = list(pipelines._by_pieces(_numbered, TEXT))
        assert [TEXT[one.start : one.end] for one in seen] == TEXT.split()


def _numbered(text: str) -> Iterator[Guess]:
    place = 0
    for word in text.split():
        place = text.index(word, place)
        yield Guess(place, place + len(word), "W", 1.0)
        place += len(word)


def test_what_cannot_be_loaded_is_a_sentence(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "meta.json").write_text((folder / "meta.json").read_text())
    (found,) = add_folder(broken)
    at_work = AtWork(found)
    with pytest.raises(KnownError, match=r"en_tiny cannot be loaded \(\w+\)"):
        at_work.look("x")
    at_work.end()


def test_the_module_that_connects_is_imported_by_nobody_who_does_not_ask() -> None:
    code = (
        "import sys; import app.ui.workbench, app.cli, app.workspace.suggesting; "
        "assert not {'http.client', 'app.workspace.model_server'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
