"""Formats that need a library: what others read in them, and the line to type without it."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

from app.exchange.dataset import Bundle, Header
from app.exchange.registry import format_named
from app.model.errors import InputRefused, KnownError


def written(name: str, path: Path, header: Header, bundle: Bundle) -> None:
    format_ = format_named(name)
    assert format_ is not None
    assert format_.write is not None
    format_.write(path, header, [bundle], lambda _: None)


def test_spacy_reads_the_sample(tmp_path: Path, header: Header, bundle: Bundle) -> None:
    spacy = import_module("spacy")
    written("spacy", tmp_path / "a.spacy", header, bundle)
    docs = spacy.tokens.DocBin().from_disk(tmp_path / "a.spacy")
    (doc,) = docs.get_docs(spacy.blank("en").vocab)
    assert doc.text == bundle.article.text
    found = {name: len({span.id_ for span in doc.spans[name]}) for name in doc.spans}
    assert found == {"actor": 59, "event": 34, "number": 5, "statement": 19}
    parts = {f.text for item in bundle.annotations for f in item.fragments}
    assert {span.text for name in doc.spans for span in doc.spans[name]} <= parts


def test_docs_of_others_have_entities_and_spans(tmp_path: Path) -> None:
    spacy = import_module("spacy")
    doc = spacy.blank("en")("Anna went to Rome 😀 today")
    doc.set_ents([doc.char_span(13, 17, label="GPE")])
    doc.spans["sc"] = [doc.char_span(0, 4, label="PERSON")]
    spacy.tokens.DocBin(docs=[doc]).to_disk(tmp_path / "a.spacy")
    format_ = format_named("spacy")
    assert format_ is not None
    assert format_.read is not None
    (bundle,) = format_.read(tmp_path / "a.spacy").articles
    assert [(a.type, a.quote) for a in bundle.annotations] == [("GPE", "Rome"), ("PERSON", "Anna")]


def test_pandas_reads_the_parquet(tmp_path: Path, header: Header, bundle: Bundle) -> None:
    pandas = import_module("pandas")
    written("parquet", tmp_path / "a.parquet", header, bundle)
    table = pandas.read_parquet(tmp_path / "a.parquet")
    (text,) = table["text"]
    annotations = table["annotations"].explode()
    assert len(annotations) == 117
    for one in annotations:
        for part in one["fragments"]:
            assert text[part["start"] : part["end"]] == part["text"]
    assert len(table["relations"].explode()) == 122


@pytest.mark.parametrize("name", ["spacy", "parquet"])
def test_other_files_are_refused(name: str, tmp_path: Path) -> None:
    format_ = format_named(name)
    assert format_ is not None
    assert format_.read is not None
    (tmp_path / "a").write_bytes(b"something else")
    with pytest.raises(InputRefused, match="it is no"):
        format_.read(tmp_path / "a")


@pytest.mark.parametrize(("name", "library"), [("spacy", "spacy"), ("parquet", "pyarrow")])
def test_without_the_library_the_line_to_type_is_said(
    name: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    format_ = format_named(name)
    assert format_ is not None
    assert format_.read is not None
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, f"app.exchange.{format_.module}", raising=False)
    with pytest.raises(KnownError, match=rf'{library} is not installed. Type: pip install "press'):
        format_.read(tmp_path / "a")
