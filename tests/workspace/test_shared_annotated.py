"""Annotated files of others bring what they hold, or are refused by a sentence with the reason."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from app.workspace import Workspace
from app.workspace.importing import FileReport, find_files, import_files
from app.workspace.sample import press_codebook

FOLDERS = (
    "01_brat",
    "02_webanno_uima",
    "03_conll",
    "04_ml_json",
    "05_qda",
    "06_w3c_webanno",
    "07_protest_politics",
)
REFUSED = (
    # Which files are refused, and why; all others come in.
    ("02_*/inception_tsv2/tsv2/*.tsv", "no WebAnno TSV 3: its first line does not say so"),
    ("02_*/casWithSofaDataURI/*", "no text|without an article of Factiva"),
    ("02_*/emptyCas/*", "no text|no %FEATURE_STRUCTURES|without an article of Factiva"),
    ("02_*/casWithTextAndAnnotations/debug.xmi", "no text"),
    ("02_*.zip/exportedproject*.json", "it is no Pressmark JSON"),
    ("02_*.zip/*", "no format reads .(log|ser|ttl) files"),
    (
        "*.json",
        "no (JSON document|Pressmark JSON)|an article without text|point at texts elsewhere",
    ),
    ("*.xml", "XML without an article of Factiva"),
    ("*.csv", "no column is named like the text"),
    ("04_*.jsonl", "no column is named like the text"),
    ("05_*.qdpx", "no source with a plain text"),
    ("*.qdc", "a codebook of REFI-QDA alone, with no text in it"),
    ("*.xsd", "no format reads .xsd files"),
    ("07_*/devset/*", "no format reads .(coref|facts|objects|spans|tokens) files"),
)
COUNTED = {
    # Articles, annotations and relations: Prodigy's articles as its source states them, the others
    # as they were read when this was written, so that a change is noticed.
    "04_ml_json/prodigy/annotated_news_headlines_first120.jsonl": (120, 107, 0),
    "04_ml_json/spacy_simple_training_style/spancat_demo/assets/train.json": (3, 4, 0),
    "02_webanno_uima/inception_tsv3_suite/testSimpleChain/reference.xmi": (1, 3, 2),
    "02_webanno_uima/inception_tsv3_suite/testUnsetSlotFeature/reference.tsv": (1, 3, 0),
    "02_webanno_uima/cas_json/one-way/tsv3-testSimpleSlotFeature/data.json": (1, 3, 2),
    "05_qda/dna3/sample.dna": (7, 41, 0),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("annotated") / "empty.pressmark"
    with Workspace.create(path, name="p", codebook=press_codebook(), annotator="marta") as made:
        yield made


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_of_others_comes_in_or_is_refused_with_reasons(
    empty: Workspace, shared_data: Path, folder: str
) -> None:
    found = find_files(sorted((shared_data / folder).iterdir()))
    reports = [one for file in found for one in import_files(empty, [file], dry_run=True)]
    assert len(reports) == len(found)
    assert [why for one in reports if (why := _wrong(shared_data, one))] == []
    names = {_name(shared_data, one) for one in reports}
    assert {name for name in COUNTED if name.startswith(folder)} <= names


def _name(folder: Path, report: FileReport) -> str:
    return Path(report.path).relative_to(folder).as_posix()


def _wrong(folder: Path, report: FileReport) -> str:
    """Return what is otherwise than it ought to be, or nothing."""
    name = _name(folder, report)
    if report.result == "refused":
        reason = next((words for glob, words in REFUSED if fnmatch(name, glob)), None)
        fits = reason is not None and re.search(reason, report.reason)
        return "" if fits else f"{name}: refused: {report.reason}"
    counts = report.counts
    got = counts.articles, counts.annotations, counts.relations
    if name in COUNTED and got != COUNTED[name]:
        return f"{name}: {got}"
    if report.result == "imported" and not counts.articles:
        return f"{name}: nothing came in"
    path = Path(report.path)
    lost = sum(one.count for one in report.lost if one.what.startswith("annotations"))
    if report.format == "brat" and (marks := _marks_of_brat(path)) != counts.annotations + lost:
        return f"{name}: {marks} marks, and {counts.annotations} came in"
    if report.format == "conll" and (names := _begun(path)) != counts.annotations + lost:
        return f"{name}: {names} names begin, and {counts.annotations} came in"
    return ""


def _marks_of_brat(folder: Path) -> int:
    """Count the words that are marked in files with a text; each event of a trigger is a mark."""
    count = 0
    for file in (one for one in folder.rglob("*.ann") if one.with_suffix(".txt").is_file()):
        lines = file.read_text("utf-8").split("\n")
        triggers = [line.split("\t")[1].split()[0] for line in lines if line.startswith("E")]
        count += sum(line.startswith("T") for line in lines) + len(triggers) - len(set(triggers))
    return count


def _begun(path: Path) -> int:
    """Count the names that begin by the tags of a file: B-, or I- after another or nothing."""
    if path.suffix == ".conllu":
        return 0
    before, count = "O", 0
    for line in path.read_text("utf-8").split("\n"):
        words = line.split() if "|" in line else line.split()[-1:]
        for tag in (word.rpartition("|")[2] for word in words):
            count += tag[:2] == "B-" or (tag[:2] == "I-" and before[2:] != tag[2:])
            before = tag
    return count
