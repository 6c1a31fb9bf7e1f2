"""Label Studio, doccano, Prodigy and Web Annotation: what others wrote is read."""

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest

from app.exchange import doccano, label_studio, prodigy, web_annotation
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.registry import format_named, format_of
from app.model.annotation import Annotation
from app.model.errors import InputRefused
from tests.projects import article, mark

Read = Callable[[Path], Dataset]


def saved(folder: Path, data: Any, name: str = "a.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(data), "utf-8")
    return path


def marks(dataset: Dataset) -> list[Annotation]:
    return [item for bundle in dataset.articles for item in bundle.annotations]


@pytest.mark.parametrize(
    ("read", "file", "counts"),
    [
        (doccano.read, "doccano_examples/data_export/*/*/relation_extraction/*.jsonl", (1, 4, 3)),
        (doccano.read, "doccano_examples/data_export/*/*/sequence_labeling/*.jsonl", (3, 4, 0)),
        (doccano.read, "doccano_examples/data_export/*/*/text_classification/*.jsonl", (3, 0, 0)),
        (doccano.read, "doccano_examples/data_import/*/*/relation_extraction/*.jsonl", (1, 4, 1)),
        (prodigy.read, "prodigy/annotated_news_headlines_first120.jsonl", (120, 107, 0)),
        (prodigy.read, "spacy_simple_training_style/ner_demo_replace/assets/train.json", (8, 8, 0)),
        (label_studio.read, "label_studio_frontend/named_entity/annotations/1.json", (1, 1, 0)),
        (label_studio.read, "label_studio_frontend/rich_text_plain/annotations/1.json", (1, 0, 0)),
    ],
)
def test_files_of_others(
    shared_data: Path, read: Read, file: str, counts: tuple[int, int, int]
) -> None:
    (path,) = (shared_data / "04_ml_json").glob(file)
    bundles = list(read(path).articles)
    annotations = sum(len(one.annotations) for one in bundles)
    assert (len(bundles), annotations, sum(len(one.relations) for one in bundles)) == counts
    found = format_of(path)
    assert found is not None
    assert found.read is not None
    assert len(list(found.read(path).articles)) == counts[0]


@pytest.mark.parametrize(
    ("read", "file"),
    [
        (prodigy.read, "04_ml_json/prodigy/patterns_insults-INSULT.jsonl"),
        (label_studio.read, "04_ml_json/label_studio_converter/*/data_repeater.json"),
        (web_annotation.read, "06_w3c_webanno/recogito/annotations.w3c.json"),
    ],
)
def test_files_without_texts_are_refused(shared_data: Path, read: Read, file: str) -> None:
    (path,) = shared_data.glob(file)
    with pytest.raises(InputRefused):
        read(path)


def region(key: str, start: int, end: int, text: str, label: str = "X") -> dict[str, Any]:
    value = {"start": start, "end": end, "text": text, "labels": [label]}
    return {"id": key, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def test_label_studio_offsets_are_those_that_fit_the_words(tmp_path: Path) -> None:
    """Its own test: “🐱 Warning: This is a test text”, where “test” is 21 to 25."""
    text = "🐱 Warning: This is a test text"
    task = {
        "data": {"text": text},
        "annotations": [
            {
                "completed_by": {"email": "anna@example.org"},
                "result": [region("a", 21, 25, "test"), region("b", 22, 26, "test")],
            }
        ],
    }
    dataset = label_studio.read(saved(tmp_path, [task]))
    assert [(a.start, a.end, a.layer) for a in marks(dataset)] == [
        (21, 25, "anna@example.org"),
        (21, 25, "anna@example.org"),
    ]
    assert "UTF-16" in dataset.note


def labelling_setup(results: list[dict[str, Any]]) -> str:
    """Return the setup a Label Studio project needs for these results: what it shows and asks."""
    marks_ = [one for one in results if one["type"] == "labels"]
    labels = {label for one in marks_ for label in one["value"]["labels"]}
    fields = {one["from_name"] for one in results if one["type"] == "textarea"}
    roles = {label for one in results if one["type"] == "relation" for label in one["labels"]}
    return "".join(
        (
            '<View><Text name="text" value="$text"/><Labels name="label" toName="text">',
            *(f"<Label value={quoteattr(label)}/>" for label in sorted(labels)),
            "</Labels><Relations>",
            *(f"<Relation value={quoteattr(role)}/>" for role in sorted(roles)),
            "</Relations>",
            *(
                f'<TextArea name={quoteattr(name)} toName="text" perRegion="true"/>'
                for name in sorted(fields)
            ),
            "</View>",
        )
    )


@pytest.mark.filterwarnings("ignore")
def test_the_label_studio_sdk_takes_what_is_written(
    tmp_path: Path, header: Header, bundle: Bundle
) -> None:
    text = article("😀 Протест в Köln")
    other = Bundle(article=text, annotations=(mark(text, 2, 9, type="event"),))
    format_ = format_named("label-studio")
    assert format_ is not None
    assert format_.write is not None
    format_.write(tmp_path / "a.json", header, [bundle, other], lambda _: None)
    tasks = json.loads((tmp_path / "a.json").read_text("utf-8"))
    results = [one for task in tasks for made in task["annotations"] for one in made["result"]]
    setup = labelling_setup(results)
    interface = import_module("label_studio_sdk.label_interface").LabelInterface(setup)
    for task in tasks:
        assert interface.validate_task({"data": task["data"]})
        for made in task["annotations"]:
            assert interface.validate_prediction(made, return_errors=True) == []
            assert not interface.validate_annotation(
                {"result": [{**made["result"][0], "from_name": "nobody asked"}]}
            )
    converter = import_module("label_studio_sdk.converter").Converter(
        config=setup, project_dir=str(tmp_path), download_resources=False
    )
    converter.convert_to_conll2003(str(tmp_path / "a.json"), str(tmp_path / "out"), is_dir=False)
    lines = (tmp_path / "out" / "result.conll").read_text("utf-8").splitlines()
    assert "Протест -X- _ B-event" in lines
    assert "Thousands -X- _ B-number" in lines
    begun = {line.rpartition("B-")[2] for line in lines if "B-" in line}
    assert {"number", "actor", "event", "statement"} <= begun


def test_label_studio_fields_notes_and_relations(tmp_path: Path) -> None:
    choice = {"id": "a", "from_name": "tone", "type": "choices", "value": {"choices": ["calm"]}}
    whole = {"from_name": "topic", "type": "choices", "value": {"choices": ["sport"]}}
    link = {"type": "relation", "from_id": "a", "to_id": "b", "labels": ["met"]}
    noted = {**region("b", 4, 7, "two"), "meta": {"text": ["see above"]}}
    given = [region("a", 0, 3, "one"), noted, choice, whole, link]
    skipped = {"result": [region("c", 0, 3, "one")], "was_cancelled": True, "completed_by": 3}
    task = {"data": {"text": "one two"}, "annotations": [{"result": given}, skipped]}
    dataset = label_studio.read(saved(tmp_path, task))
    (bundle,) = dataset.articles
    assert [(a.attributes, a.comment) for a in bundle.annotations] == [
        ({"tone": "calm"}, ""),
        ({}, "see above"),
    ]
    assert [r.role for r in bundle.relations] == ["met"]
    assert [(one.what, one.count) for one in dataset.lost] == [
        ("answers about whole texts", 1),
        ("annotations", 1),
    ]


def test_prodigy_answers_and_spans_by_place(tmp_path: Path) -> None:
    spans = [
        {"start": 0, "end": 3, "label": "A"},
        {"start": 4, "end": 7, "label": "B", "sure": True},
    ]
    link = {"head_span": spans[0], "child_span": spans[1], "label": "met"}
    lines = [
        {"text": "one two", "spans": spans, "relations": [link], "answer": "accept"},
        {"text": "two one", "spans": spans, "answer": "reject", "_annotator_id": "ben"},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    dataset = prodigy.read(path)
    first, second = dataset.articles
    assert [a.attributes for a in first.annotations] == [{}, {"sure": True}]
    assert [r.role for r in first.relations] == ["met"]
    assert second.annotations == ()
    assert [(one.count, one.reason) for one in dataset.lost] == [(2, "they were rejected")]


def test_prodigy_tokens_fit_the_text(tmp_path: Path, header: Header, bundle: Bundle) -> None:
    prodigy.write(tmp_path / "a.jsonl", header, [bundle])
    line = json.loads((tmp_path / "a.jsonl").read_text("utf-8"))
    for token in line["tokens"]:
        assert line["text"][token["start"] : token["end"]] == token["text"]
    for span in line["spans"]:
        if "token_start" in span:
            assert line["tokens"][span["token_start"]]["start"] == span["start"]
            assert line["tokens"][span["token_end"]]["end"] == span["end"]


def test_a_web_annotation_has_what_the_recommendation_asks_for(
    tmp_path: Path, header: Header, bundle: Bundle
) -> None:
    """Section 3 of the model: context, id, type and target; selectors by position and quote."""
    format_ = format_named("webannotation")
    assert format_ is not None
    assert format_.write is not None
    format_.write(tmp_path / "a.jsonld", header, [bundle], lambda _: None)
    page = json.loads((tmp_path / "a.jsonld").read_text("utf-8"))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    text = bundle.article.text
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["id"].startswith("urn:uuid:")
        for target in item["target"] if item["motivation"] == "classifying" else ():
            position, quote = target["selector"]
            words = text[position["start"] : position["end"]]
            assert quote["exact"] == words
            assert f"{quote['prefix']}{words}{quote['suffix']}" in text


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (label_studio.read, []),
        (label_studio.read, {"data": {"n": 1}}),
        (doccano.read, {"a": 1}),
        (prodigy.read, [1]),
        (web_annotation.read, {"a": 1}),
    ],
)
def test_other_json_is_refused(tmp_path: Path, read: Read, data: Any) -> None:
    with pytest.raises(InputRefused):
        read(saved(tmp_path, data))


def test_broken_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "a"}\n{')
    with pytest.raises(InputRefused, match="line 2 is no JSON"):
        doccano.read(tmp_path / "a.jsonl")
    with pytest.raises(InputRefused, match="no JSON document"):
        label_studio.read(tmp_path / "a.jsonl")
