"""Files of others go in and out again: the libraries that others use read all of what came out."""

import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from app.exchange.dataset import Receipt
from app.exchange.registry import format_named
from app.model.resources import resource
from app.workspace import Workspace
from app.workspace.exporting import Selection, export
from app.workspace.importing import find_files, import_files
from app.workspace.sample import press_codebook
from tests.workspace.test_shared_annotated import FOLDERS


@pytest.fixture(scope="module")
def collection(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Return a project with what these folders hold, and all types that they brought along."""
    path = tmp_path_factory.mktemp("others") / "others.pressmark"
    with Workspace.create(path, name="p", codebook=press_codebook(), annotator="marta") as made:
        for folder in FOLDERS:
            import_files(made, find_files([shared_data / folder]), extend=True)
        yield made


def written(
    collection: Workspace, name: str, out: Path, selection: Selection | None = None
) -> Receipt:
    format_ = format_named(name)
    assert format_ is not None
    receipt = export(collection, out, format_, selection=selection)
    assert receipt.read_back == receipt.written
    assert receipt.written.annotations > 600
    return receipt


def test_jsonschema_takes_the_own_format(collection: Workspace, tmp_path: Path) -> None:
    receipt = written(collection, "json", tmp_path / "a.json")
    document = json.loads((tmp_path / "a.json").read_bytes())
    schema = json.loads(resource("schema/pressmark-1.schema.json").read_bytes())
    import_module("jsonschema").Draft202012Validator(schema).validate(document)
    assert sum(len(one["annotations"]) for one in document["articles"]) == (
        receipt.written.annotations
    )


@pytest.mark.filterwarnings("ignore")  # a feature of others is called `type`
@pytest.mark.parametrize("name", ["cas-xmi", "cas-json"])
def test_cassis_finds_every_mark_with_its_words(
    collection: Workspace, tmp_path: Path, name: str
) -> None:
    cassis = import_module("cassis")
    receipt = written(collection, name, tmp_path / "out")
    marks = {
        mark.id: contents.article.text[mark.start : mark.end]
        for article in collection.article_ids()
        for contents in [collection.contents(article)]
        for mark in contents.annotations
    }
    found: dict[str, str] = {}
    types = None
    if name == "cas-xmi":
        with (tmp_path / "out" / "TypeSystem.xml").open("rb") as file:
            types = cassis.load_typesystem(file)
    for path in sorted((tmp_path / "out").glob("0*")):
        with path.open("rb") as file:
            cas = (
                cassis.load_cas_from_xmi(file, typesystem=types)
                if types is not None
                else cassis.load_cas_from_json(file)
            )
        for one in cas.select_all_annotations():
            if one.type.name != "webanno.custom.PressmarkLink" and getattr(one, "pm_id", None):
                found.setdefault(one.pm_id, one.get_covered_text())
    assert {mark: found.get(mark) for mark in marks} == marks
    assert len(found) == receipt.written.annotations


def test_pybrat_reads_every_document(collection: Workspace, tmp_path: Path) -> None:
    receipt = written(collection, "brat", tmp_path / "out")
    parser = import_module("pybrat.parser").BratParser(error="raise")
    parser._check_entities = lambda _: None  # it refuses two marks on the same words; brat does not
    examples = list(parser.parse(tmp_path / "out"))
    assert len(examples) == receipt.written.articles
    assert sum(len(one.entities) for one in examples) >= receipt.written.annotations
    for one in examples:
        for entity in one.entities:
            words = " ".join(one.text[span.start : span.end] for span in entity.spans)
            assert words.replace("\n", " ") == entity.mention


def test_seqeval_counts_every_name(collection: Workspace, tmp_path: Path) -> None:
    # Each type is a file with a line for every word: a book in one line would take a minute.
    sizes = {one: len(collection.contents(one).article.text) for one in collection.article_ids()}
    short = frozenset(one for one, size in sizes.items() if size < 20_000)
    chosen = Selection(articles=short)
    assert len(short) > 0.9 * len(sizes)
    receipt = written(collection, "conll", tmp_path / "out", chosen)
    module = import_module("seqeval.scheme")
    found = {}
    for file in (tmp_path / "out").glob("*.conll"):
        tags: list[list[str]] = [[]]
        for line in file.read_text("utf-8").split("\n"):
            tag = line.split("\t")[-1].split(" ")[-1]
            if tag[:2] in {"B-", "I-"}:
                tags[-1].append(tag)
            elif tags[-1]:  # at an O, too: it is slow on a newspaper page without a full stop
                tags.append([])
        entities = module.Entities([one for one in tags if one], module.IOB2)
        found[file.stem] = sum(map(len, entities.entities))
    assert sum(found.values()) == receipt.written.annotations


def test_spacy_and_arrow_count_the_same(collection: Workspace, tmp_path: Path) -> None:
    receipt = written(collection, "spacy", tmp_path / "a.spacy")
    spacy = import_module("spacy")
    docs = list(
        spacy.tokens.DocBin().from_disk(tmp_path / "a.spacy").get_docs(spacy.blank("xx").vocab)
    )
    assert len(docs) == receipt.written.articles
    assert sum(len(group) for doc in docs for group in doc.spans.values()) >= (
        receipt.written.annotations
    )
    receipt = written(collection, "parquet", tmp_path / "a.parquet")
    table = import_module("pyarrow.parquet").read_table(tmp_path / "a.parquet")
    assert table.num_rows == receipt.written.articles
    assert sum(map(len, table["annotations"].to_pylist())) == receipt.written.annotations
    assert sum(map(len, table["relations"].to_pylist())) == receipt.written.relations


def test_pandas_reads_every_table(collection: Workspace, tmp_path: Path) -> None:
    receipt = written(collection, "csv", tmp_path / "out.zip")
    pandas = import_module("pandas")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        with archive.open("spans.csv") as file:
            spans = pandas.read_csv(file)
        with archive.open("relations.csv") as file:
            relations = pandas.read_csv(file)
    assert (len(spans), len(relations)) == (receipt.written.annotations, receipt.written.relations)


def test_the_schema_of_refi_accepts_it(
    collection: Workspace, shared_data: Path, tmp_path: Path
) -> None:
    receipt = written(collection, "qdpx", tmp_path / "a.qdpx")
    etree = import_module("lxml.etree")
    schema = etree.XMLSchema(etree.parse(str(shared_data / "REFI-QDA-Project-mrt2019.xsd")))
    with zipfile.ZipFile(tmp_path / "a.qdpx") as archive:
        document = etree.fromstring(archive.read("project.qde"))
    schema.assertValid(document)
    found = list(document.iter("{urn:QDA-XML:project:1.0}PlainTextSelection"))
    assert len(found) >= receipt.written.annotations


@pytest.mark.filterwarnings("ignore")
def test_label_studio_takes_every_task(collection: Workspace, tmp_path: Path) -> None:
    receipt = written(collection, "label-studio", tmp_path / "a.json")
    tasks = json.loads((tmp_path / "a.json").read_bytes())
    made = [one for task in tasks for one in task["annotations"]]
    kinds = Counter(part["type"] for one in made for part in one["result"])
    assert kinds["labels"] == receipt.written.annotations
    assert kinds["relation"] == receipt.written.relations
    interface = import_module("label_studio_sdk.label_interface").LabelInterface(
        '<View><Text name="text" value="$text"/><Labels name="label" toName="text"/></View>'
    )
    for task in tasks:
        assert interface.validate_task({"data": task["data"]})
