"""CoNLL columns: tags as seqeval counts them, and the columns that others use."""

from importlib import import_module
from pathlib import Path

import pytest

from app.exchange import conll
from app.exchange.carry import Tally, narrow
from app.exchange.dataset import Bundle, Header
from app.exchange.registry import format_named
from app.model.errors import InputRefused
from tests.exchange.strategies import HEADER
from tests.projects import article, mark


def tags(path: Path) -> list[list[str]]:
    blocks = path.read_text("utf-8").split("\n\n")
    rows = [[line.split("\t")[1] for line in block.splitlines() if line] for block in blocks]
    return [row for row in rows if row]


def test_seqeval_counts_what_was_written(tmp_path: Path, header: Header, bundle: Bundle) -> None:
    format_ = format_named("conll")
    assert format_ is not None
    assert format_.write is not None
    receipt = format_.write(tmp_path / "out", header, [bundle], lambda _: None)
    get_entities = import_module("seqeval.scheme").Entities
    scheme = import_module("seqeval.scheme").IOB2
    found = {}
    for file in (tmp_path / "out").glob("*.conll"):
        entities = get_entities(tags(file), scheme)
        found[file.stem] = sum(map(len, entities.entities))
    assert found == dict(receipt.written.types)
    lost = {one.what: one.count for one in receipt.lost}
    assert sum(found.values()) + lost["overlapping annotations"] == 117
    kept = conll.fit(narrow(bundle, conll.ROOM, Tally()), Tally())
    read = next(iter(conll.read(tmp_path / "out").articles))
    assert {a.fragments for a in read.annotations} == {a.fragments for a in kept.annotations}


@pytest.mark.parametrize(
    ("file", "articles", "annotations"),
    [
        ("wnut17/emerging.dev.conll", 1, 836),
        ("europeana/enp_DE.onb.bio", 1, 3302 + 41),
        ("ud_pud/de_pud_first60.conllu", 1, 0),
        ("spacy_ner_example/ner-token-per-line.iob", 1, 7),
        ("spacy_ner_example/ner-token-per-line-with-pos.iob", 1, 7),
        ("spacy_ner_example/ner-sent-per-line.iob", 1, 7),
        ("spacy_ner_example/ner-token-per-line-conll2003.iob", 1, 7),
    ],
)
def test_files_of_others(shared_data: Path, file: str, articles: int, annotations: int) -> None:
    dataset = conll.read(shared_data / "03_conll" / file)
    found = list(dataset.articles)
    assert len(found) == articles
    marks = [item for one in found for item in one.annotations]
    assert len(marks) == annotations
    assert dataset.lost == ()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("a B-X\nb I-X\nc O", ["a b"]),
        ("a I-X\nb I-X\nc I-Y", ["a b", "c"]),
        ("a B-X\nb B-X", ["a", "b"]),
        ("a B-X\nb E-X\nc S-X\nd S-X", ["a b", "c", "d"]),
        ("a B-X\nb M-X\nc E-X", ["a b c"]),
        ("a U-X\nb B-X\nc L-X", ["a", "b c"]),
        ("a NN O B-X\nb NN O I-X", ["a b"]),
        ("1-2\tzum\t_\t_\t_\t_\t_\t_\t_\t_\n1\tzu\t_\t_\t_\t_\t_\t_\t_\t_", []),
        ("# text = a\n#\tB-X\n#tag\tO", ["#"]),
        ("SAMPLE_START O\na B-X\n[SEP] O\nb I-X", ["a\nb"]),
    ],
)
def test_columns_and_tags(tmp_path: Path, rows: str, expected: list[str]) -> None:
    (tmp_path / "a.conll").write_text(rows, "utf-8")
    (bundle,) = conll.read(tmp_path / "a.conll").articles
    assert [item.quote for item in bundle.annotations] == expected


def test_what_cannot_be_said_is_counted() -> None:
    text = article("Anna-Lena went  \n home")
    marks = (mark(text, 0, 3), mark(text, 0, 9), mark(text, 14, 16), mark(text, 10, 14))
    tally = Tally()
    kept = conll.fit(Bundle(article=text, annotations=marks), tally)
    assert [item.quote for item in kept.annotations] == ["Anna-Lena", "went"]
    assert {one.what: one.count for one in tally.lost()} == {
        "edges of annotations": 1,
        "annotations": 1,
        "overlapping annotations": 1,
    }


@pytest.mark.parametrize("rows", ["", "just a text\n", "\n\n"])
def test_other_files_are_refused(tmp_path: Path, rows: str) -> None:
    (tmp_path / "a.conll").write_text(rows, "utf-8")
    with pytest.raises(InputRefused):
        conll.read(tmp_path / "a.conll")
    with pytest.raises(InputRefused, match="pressmark-texts"):
        conll.read(tmp_path)


def test_words_that_look_like_signs_of_the_format_stay_words(tmp_path: Path) -> None:
    format_ = format_named("conll")
    assert format_ is not None
    assert format_.write is not None
    text = article("# SAMPLE_START [SEP] -DOCSTART- O B-X 1-2")
    marks = (mark(text, 0, 1), mark(text, 2, 14), mark(text, 15, 20))
    given = Bundle(article=text, annotations=marks)
    receipt = format_.write(tmp_path / "out", HEADER, [given], lambda _: None)
    assert receipt.read_back.annotations == 3
