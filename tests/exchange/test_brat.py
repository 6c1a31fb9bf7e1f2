"""brat standoff: files of others are read, and others read ours."""

from importlib import import_module
from pathlib import Path

import pytest

from app.exchange import brat
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.registry import format_named
from app.model.errors import InputRefused


def made(folder: Path, ann: str, text: str = "Anna Berg said: the police came.") -> Path:
    (folder / "a.txt").write_bytes(text.encode())
    (folder / "a.ann").write_bytes(ann.encode())
    return folder / "a.ann"


def only(dataset: Dataset) -> Bundle:
    (bundle,) = dataset.articles
    return bundle


def test_pybrat_reads_the_sample(tmp_path: Path, header: Header, bundle: Bundle) -> None:
    format_ = format_named("brat")
    assert format_ is not None
    assert format_.write is not None
    receipt = format_.write(tmp_path / "out", header, [bundle], lambda _: None)
    parser = import_module("pybrat.parser").BratParser(error="raise")
    parser._check_entities = lambda _: None  # it refuses two marks on the same words; brat does not
    (example,) = parser.parse(tmp_path / "out")
    assert len(example.entities) == receipt.written.annotations + 71 == 117 + 71
    assert len(example.relations) == receipt.written.relations + 71 == 122 + 71
    text = bundle.article.text
    for entity in example.entities:
        words = " ".join(text[span.start : span.end] for span in entity.spans)
        assert words == entity.mention


@pytest.mark.parametrize(
    ("group", "documents", "spans", "relations"),
    [
        ("brat_tutorial_news", 13, 119, 8),
        ("BioNLP-ST_2011_EPI", 7, 80, 0),
        ("BioNLP-ST_2011_GE", 5, 189, 0),
        ("litbank_entities", 6, 850, 0),
    ],
)
def test_files_of_others(
    shared_data: Path, group: str, documents: int, spans: int, relations: int
) -> None:
    dataset = brat.read(shared_data / "01_brat" / group)
    bundles = list(dataset.articles)
    assert len(bundles) == documents
    marks = [item for one in bundles for item in one.annotations]
    assert len(marks) >= spans
    assert sum(len(one.relations) for one in bundles) >= relations
    assert {one.what for one in dataset.lost} <= {"lines", "fields", "files"}
    for one in bundles:
        for item in one.annotations:
            assert all(one.article.text[f.start : f.end] == f.text for f in item.fragments)


def test_events_share_a_trigger_and_lines_come_in_any_order(tmp_path: Path) -> None:
    lines = [
        "E1\tSay:T2 Speaker:T1",
        "E2\tSay:T2 Theme2:E1",
        "R1\tknows Arg1:T1 Arg2:T3",
        "*\tEquiv T1 T3",
        "A1\tNegation E1",
        "A2\tLevel T1 high",
        "N1\tReference T1 Wikidata:Q42\tAnna",
        "#1\tAnnotatorNotes T1\tsee above",
        "what is this",
        "T1\tPerson 0 9\tAnna Berg",
        "T2\tSay 10 14\tsaid",
        "T3\tGroup 16 19;20 26\tthe police",
    ]
    dataset = brat.read(made(tmp_path, "\n".join(lines)))
    bundle = only(dataset)
    by_type = {item.type: item for item in bundle.annotations}
    assert len([item for item in bundle.annotations if item.type == "Say"]) == 2
    person = by_type["Person"]
    assert (person.attributes, person.comment) == ({"Level": "high"}, "see above")
    (record,) = dataset.records
    assert (record.name, record.external, person.record) == ("Anna", {"wikidata": "Q42"}, record.id)
    assert by_type["Group"].quote == "the … police"
    assert sorted(link.role for link in bundle.relations) == ["Equiv", "Speaker", "Theme", "knows"]
    assert [(one.what, one.count) for one in dataset.lost] == [("lines", 1)]


def test_line_ends_of_windows_are_counted_as_the_file_does(tmp_path: Path) -> None:
    text = "\ufeffOne 😀\r\ntwo\r\nthree"
    start = text.index("three")
    bundle = only(brat.read(made(tmp_path, f"T1\tX {start} {start + 5}\tthree\n", text)))
    (mark,) = bundle.annotations
    assert mark.quote == "three"
    assert bundle.article.text == "One 😀\ntwo\nthree"


@pytest.mark.parametrize(
    "line", ["T1\tX 0 99\tAnna", "T1\tX 0 4\tBerg", "T1\tX 5 5\t", "T1\tX 9 5\tx"]
)
def test_what_does_not_stand_there_is_counted(tmp_path: Path, line: str) -> None:
    dataset = brat.read(made(tmp_path, line))
    assert only(dataset).annotations == ()
    assert [(one.what, one.count) for one in dataset.lost] == [("annotations", 1)]


def test_what_has_no_text(tmp_path: Path) -> None:
    made(tmp_path, "").with_suffix(".txt").unlink()
    with pytest.raises(InputRefused, match=r"no a\.txt beside it"):
        brat.read(tmp_path / "a.ann")
    assert brat.read(tmp_path).lost[0].what == "files"
    (tmp_path / "a.ann").unlink()
    with pytest.raises(InputRefused, match=r"no \.ann file"):
        brat.read(tmp_path)
