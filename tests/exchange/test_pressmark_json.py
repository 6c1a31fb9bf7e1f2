"""Pressmark JSON is written deterministically and read strictly."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange import pressmark_json
from app.exchange.consistency import Consistency
from app.exchange.dataset import Bundle, Counts, Dataset, Header
from app.exchange.pressmark_reader import read_json, read_jsonl
from app.model.annotation import Annotation, Evidence, Fragment, fragments_of
from app.model.article import Article, Status
from app.model.errors import InputRefused, KnownError, Refused
from app.model.ids import new_id
from app.model.text import sha256_of

Spoil = Callable[[dict[str, Any]], object]

TEXTS = {
    "emoji": "Police 🚓👩‍👩‍👧 arrested 🇨🇭 fans",
    "combining": "e\u0301tudiants cafe\u0301 e\u0301",
    "nbsp": "2\u00a0500 people\u202f—\u00a0more",
    "separators": "one\u2028two\u2029three\x85four\x0bfive\x0csix",
    "arabic": "قال المتظاهرون إن الشرطة اعتقلت 45 شخصا",
    "hebrew": "המפגינים אמרו שלום 12 פעמים",
    "bom inside": "a\ufeffb\ufffec",
    "astral first": "\U0001d11e music and \U0010ffff the end",
    "controls": "tab\there\x1b[31m red\x7f",
}


def write(path: Path, header: Header, *bundles: Bundle, lines: bool = False) -> Path:
    pressmark_json.write(path, header, bundles, lines=lines)
    return path


def bundle_of(text: str, *ranges: tuple[int, int], title: str = "t") -> Bundle:
    article = Article(id=new_id(), title=title, text=text, sha256=sha256_of(text))
    annotations = tuple(
        Annotation(
            id=new_id(),
            article=article.id,
            layer="ann",
            type="actor",
            fragments=fragments_of(text, [one]),
        )
        for one in ranges
    )
    return Bundle(article=article, annotations=annotations)


def without_time(data: bytes) -> bytes:
    return re.sub(rb'"exported_at":"[^"]*"', b"", data)


# Writing


@pytest.mark.parametrize("lines", [False, True])
def test_the_same_dataset_gives_the_same_bytes(
    tmp_path: Path, header: Header, bundle: Bundle, *, lines: bool
) -> None:
    shuffled = replace(
        bundle,
        annotations=bundle.annotations[::-1],
        relations=bundle.relations[::-1],
        statuses=(
            Status(article=bundle.article.id, layer="b"),
            Status(article=bundle.article.id, layer="a"),
        ),
    )
    sorted_ = replace(bundle, statuses=shuffled.statuses[::-1])
    other = replace(header, records=header.records[::-1])
    one = write(tmp_path / "one", header, sorted_, lines=lines).read_bytes()
    two = write(tmp_path / "two", other, shuffled, lines=lines).read_bytes()
    assert without_time(one) == without_time(two)
    assert one.endswith(b"\n")


def test_both_forms_hold_the_same_articles(tmp_path: Path, header: Header, bundle: Bundle) -> None:
    bundles = [bundle, bundle_of("Another text", (0, 7))]
    whole = json.loads(write(tmp_path / "a.json", header, *bundles).read_bytes())
    path = write(tmp_path / "a.jsonl", header, *bundles, lines=True)
    top, *rest = map(json.loads, path.read_text("utf-8").splitlines())
    assert rest == whole.pop("articles")
    assert top | {"exported_at": ""} == whole | {"exported_at": ""}


def test_the_receipt_counts_what_is_on_the_disk(
    tmp_path: Path, header: Header, bundle: Bundle
) -> None:
    path = tmp_path / "out.json"
    receipt = pressmark_json.write(path, header, [bundle, bundle_of("x y", (0, 1), (2, 3))])
    assert (
        receipt.written == receipt.read_back == Counts(articles=2, annotations=119, relations=122)
    )
    assert receipt.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("lines", [False, True])
def test_an_empty_dataset_is_a_document_too(tmp_path: Path, header: Header, *, lines: bool) -> None:
    path = write(tmp_path / "empty", header, lines=lines)
    read = (read_jsonl if lines else read_json)(path)
    assert list(read.articles) == []
    if not lines:
        assert json.loads(path.read_bytes())["articles"] == []


def test_nothing_is_written_where_a_quote_no_longer_fits(tmp_path: Path, header: Header) -> None:
    good = bundle_of("Some text", (0, 4))
    broken = replace(good.annotations[0], fragments=(Fragment(0, 4, "Same"),))
    path = tmp_path / "out.json"
    path.write_text("old")
    with pytest.raises(Refused, match="“Same” does not stand at 0 to 4"):
        write(path, header, replace(good, annotations=(broken,)))
    in_evidence = replace(
        good.annotations[0],
        evidence=(Evidence(attribute="role", fragments=(Fragment(0, 1, "x"),)),),
    )
    with pytest.raises(Refused, match="does not stand"):
        write(path, header, replace(good, annotations=(in_evidence,)))
    assert path.read_text() == "old"


def test_a_disk_that_returns_something_else_is_told(
    tmp_path: Path, header: Header, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pressmark_json, "_read_back", lambda *_, **__: ("", Counts()))
    with pytest.raises(KnownError, match="does not hold what was written"):
        write(tmp_path / "out.json", header, bundle)


@pytest.mark.parametrize("data", [b"", b"{}", b'{"articles":[\n{}\n]}\n', b'{"a":[\n1,\n', b"\n["])
def test_a_file_that_cannot_be_read_back_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "out.json"
    path.write_bytes(data)
    with pytest.raises(KnownError, match="cannot be read back"):
        pressmark_json._read_back(path, lines=False)


def test_articles_are_taken_one_at_a_time(tmp_path: Path, header: Header) -> None:
    alive: list[int] = []

    def articles() -> Iterator[Bundle]:
        for n in range(50):
            alive.append(n)
            yield bundle_of(f"Text number {n}", (0, 4))

    seen: list[tuple[int, int]] = []
    pressmark_json.write(
        tmp_path / "o", header, articles(), progress=lambda n: seen.append((n, len(alive)))
    )
    assert seen == [(n, n) for n in range(1, 51)]


# Round trips


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize("lines", [False, True])
def test_awkward_texts_come_back_exactly(
    tmp_path: Path, header: Header, text: str, *, lines: bool
) -> None:
    given = bundle_of(text, *((n, n + 1) for n in range(len(text))))
    path = write(tmp_path / "o", header, given, lines=lines)
    (read,) = (read_jsonl if lines else read_json)(path).articles
    assert read.article.text == text
    assert all(text[f.start : f.end] == f.text for a in read.annotations for f in a.fragments)
    assert len(read.annotations) == len(text)


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1), max_size=4
    )
)
def test_any_canonical_texts_come_back_exactly(
    tmp_path: Path, header: Header, texts: list[str]
) -> None:
    bundles = [bundle_of(text.lstrip("\ufeff") or "x", (0, 1)) for text in texts]
    path = write(tmp_path / "o.json", header, *bundles)
    assert list(read_json(path).articles) == bundles
    pretty = tmp_path / "pretty.json"
    pretty.write_text(json.dumps(json.loads(path.read_bytes()), indent=1), "utf-8")
    assert list(read_json(pretty).articles) == bundles


def test_a_line_of_a_megabyte_comes_back(tmp_path: Path, header: Header) -> None:
    text = "wörter " * 150_000
    given = bundle_of(text, (999_990, 999_999))
    (read,) = read_jsonl(write(tmp_path / "o", header, given, lines=True)).articles
    assert read == given


def test_everything_there_is_comes_back(tmp_path: Path, header: Header, bundle: Bundle) -> None:
    full = replace(
        bundle,
        article=replace(
            bundle.article,
            source="Daily Courier",
            url="https://example.org/a?b=c&d",
            author="A. Writer",
            published="2021-01-23",
            language="en-GB",
            metadata={"section": "world", "page": 3, "rate": 0.5, "tags": ("a", "b"), "x": None},
        ),
        annotations=(
            replace(
                bundle.annotations[0],
                certainty="unsure",
                comment="Why?\n“Because”",
                version=17,
                codebook_revision=2,
                created_at="2026-11-23T12:00:00.000Z",
                updated_at="2026-11-23T12:00:01.000Z",
            ),
            *bundle.annotations[1:],
        ),
        statuses=(
            Status(
                article=bundle.article.id, layer="gold", state="flagged", note="look", seconds=90
            ),
        ),
    )
    for lines, read in ((False, read_json), (True, read_jsonl)):
        dataset = read(write(tmp_path / "o", header, full, lines=lines))
        (found,) = dataset.articles
        assert found.article == full.article
        assert found.statuses == full.statuses
        assert {a.id: a for a in found.annotations} == {a.id: a for a in full.annotations}
        assert {r.id: r for r in found.relations} == {r.id: r for r in full.relations}
        assert dataset.header is not None
        assert dataset.header.codebook == header.codebook
        assert dataset.header.project == header.project
        assert set(dataset.header.annotators) == set(header.annotators)
        assert {r.id: r for r in dataset.header.records} == {r.id: r for r in header.records}
        assert dataset.lost == ()


def test_a_dataset_can_be_walked_again(tmp_path: Path, sample: Dataset, header: Header) -> None:
    path = write(tmp_path / "o.json", header, *sample.articles)
    read = read_json(path)
    assert list(read.articles) == list(read.articles)


def test_a_pretty_document_and_one_with_a_byte_order_mark_are_read(
    tmp_path: Path, document: dict[str, Any]
) -> None:
    path = tmp_path / "pretty.json"
    path.write_text(json.dumps(document, indent=4), "utf-8-sig")
    (read,) = read_json(path).articles
    assert len(read.annotations) == 117
    lines = tmp_path / "crlf.jsonl"
    articles = document.pop("articles")
    text = "\r\n".join(map(json.dumps, [document, *articles])) + "\r\n\r\n"
    lines.write_text(text, "utf-8-sig", newline="")
    assert list(read_jsonl(lines).articles) == [read]


# Refusals


def spoilt(document: dict[str, Any], spoil: Spoil, folder: Path) -> str:
    """Return how a spoilt document is refused, which has to be the same in both forms."""
    spoil(document)
    path = folder / "spoilt.json"
    path.write_bytes(orjson.dumps(document))
    with pytest.raises(InputRefused) as whole:
        read_json(path)
    articles = document.pop("articles", [])
    path.write_bytes(b"\n".join(map(orjson.dumps, [document, *articles])))
    with pytest.raises(InputRefused) as lines:
        read_jsonl(path)
    assert str(lines.value) == str(whole.value)
    return str(whole.value)


def article(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["articles"][0]
    return found


def annotation(document: dict[str, Any], number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = article(document)["annotations"][number]
    return found


def relation(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = article(document)["relations"][0]
    return found


REFUSALS: dict[str, tuple[Spoil, str]] = {
    "another format": (lambda d: d.update(format="brat"), "it is no Pressmark JSON"),
    "no format": (lambda d: d.pop("format"), "it is no Pressmark JSON"),
    "a later version": (lambda d: d.update(version=2), "it is of version 2"),
    "utf-16 offsets": (lambda d: d.update(offset_unit="utf-16"), "offset_unit: it takes"),
    "no project": (lambda d: d.pop("project"), "project: it is missing"),
    "a project without a name": (lambda d: d["project"].update(name=" "), "project.name: it is"),
    "an offset as text": (
        lambda d: annotation(d)["fragments"][0].update(start="0"),
        "articles[0].annotations[0].fragments[0].start: input should be a valid integer",
    ),
    "an offset with a fraction": (
        lambda d: annotation(d)["fragments"][0].update(start=0.5),
        "articles[0].annotations[0].fragments[0].start",
    ),
    "an offset below zero": (
        lambda d: annotation(d)["fragments"][0].update(start=-1),
        "articles[0].annotations[0].fragments[0].start",
    ),
    "an offset beyond the end": (
        lambda d: annotation(d)["fragments"][0].update(end=999_999),
        "articles[0].annotations[0].fragments[0]: no text stands at 0 to 999999",
    ),
    "a shifted offset": (
        lambda d: annotation(d)["fragments"][0].update(start=1, end=10),
        "articles[0].annotations[0].fragments[0]: “housands ” stands there, not “Thousands”",
    ),
    "overlapping fragments": (
        lambda d: annotation(d).update(fragments=annotation(d)["fragments"] * 2),
        "articles[0].annotations[0].fragments: they overlap",
    ),
    "no fragments": (
        lambda d: annotation(d).update(fragments=[]),
        "articles[0].annotations[0].fragments",
    ),
    "a spoilt hash": (
        lambda d: article(d).update(sha256="0" * 64),
        "articles[0].sha256: it is not that of the text",
    ),
    "no hash": (lambda d: article(d).update(sha256="x"), "articles[0].sha256: 'x' is not of the"),
    "carriage returns": (
        lambda d: article(d).update(text="a\r\nb", sha256=sha256_of("a\r\nb")),
        "articles[0].text: it has carriage returns",
    ),
    "a NUL": (
        lambda d: article(d).update(text="a\0b"),
        "articles[0].text: the text holds a NUL character",
    ),
    "an empty text": (lambda d: article(d).update(text=""), "articles[0].text"),
    "no date": (
        lambda d: article(d).update(published="yesterday"),
        "articles[0].published: “yesterday” is no ISO 8601 date",
    ),
    "an id that is none": (lambda d: article(d).update(id="7"), "articles[0].id: '7' is not of"),
    "an id twice": (
        lambda d: annotation(d).update(id=annotation(d, 1)["id"]),
        "articles[0].annotations[1].id:",
    ),
    "an id of two kinds": (
        lambda d: relation(d).update(id=annotation(d)["id"]),
        "stands for two things",
    ),
    "an unknown type": (
        lambda d: annotation(d).update(type="place"),
        "articles[0].annotations[0].type: the codebook has no type “place”",
    ),
    "an unknown attribute": (
        lambda d: annotation(d)["attributes"].update(colour="red"),
        "articles[0].annotations[0].attributes.colour: the codebook has no such attribute",
    ),
    "a value that is not offered": (
        lambda d: annotation(d)["attributes"].update(tier="best"),
        "articles[0].annotations[0].attributes.tier: “Tier” cannot be 'best'",
    ),
    "a value of another type": (
        lambda d: annotation(d)["attributes"].update(value="many"),
        "articles[0].annotations[0].attributes.value: “Value” cannot be 'many'",
    ),
    "an object as a value": (
        lambda d: annotation(d)["attributes"].update(tier={"a": 1}),
        "articles[0].annotations[0].attributes.tier: it takes text, a number",
    ),
    "a list of numbers as a value": (
        lambda d: annotation(d)["attributes"].update(tier=[1]),
        "articles[0].annotations[0].attributes.tier",
    ),
    "an unknown certainty": (
        lambda d: annotation(d).update(certainty="maybe"),
        "articles[0].annotations[0].certainty: it takes 'sure' or 'unsure', not 'maybe'",
    ),
    "a record that is not there": (
        lambda d: annotation(d, 1).update(record="0" * 8 + "-0000" * 3 + "-" + "0" * 12),
        "articles[0].annotations[1].record: the registry has no entry",
    ),
    "a record of another kind": (
        lambda d: annotation(d).update(record=d["registry"][0]["id"]),
        "articles[0].annotations[0].record: type “number” takes no record of kind “actor”",
    ),
    "unknown evidence": (
        lambda d: annotation(d)["evidence"].append({"attribute": "smell"}),
        "articles[0].annotations[0].evidence[0].attribute: type “number” has no evidence field",
    ),
    "evidence that is not there": (
        lambda d: annotation(d)["evidence"].append(
            {"attribute": "place", "fragments": [{"start": 0, "end": 1, "text": "X"}]}
        ),
        "articles[0].annotations[0].evidence[0].fragments[0]",
    ),
    "unknown about evidence": (
        lambda d: annotation(d)["evidence"].append({"attribute": "place", "attributes": {"a": 1}}),
        "articles[0].annotations[0].evidence[0].attributes.a",
    ),
    "a relation to nowhere": (
        lambda d: relation(d).update(to=d["project"]["id"]),
        "articles[0].relations[0].to: there is no annotation",
    ),
    "a relation to itself": (
        lambda d: relation(d).update(to=relation(d)["from"]),
        "an annotation cannot be linked to itself",
    ),
    "an unknown role": (
        lambda d: relation(d).update(role="enemy"),
        "articles[0].relations[0].role: type",
    ),
    "a role the other way round": (
        lambda d: relation(d).update({"from": relation(d)["to"], "to": relation(d)["from"]}),
        "articles[0].relations[0].",
    ),
    "an unknown attribute of a relation": (
        lambda d: relation(d)["attributes"].update(strength=1),
        "articles[0].relations[0].attributes.strength",
    ),
    "a status twice": (
        lambda d: article(d).update(status=[{"layer": "a", "state": "done"}] * 2),
        "articles[0].status[1]: layer “a” stands there twice",
    ),
    "an unknown status": (
        lambda d: article(d).update(status=[{"layer": "a", "state": "finished"}]),
        "articles[0].status[0].state: it takes",
    ),
    "a negative time": (
        lambda d: article(d).update(status=[{"layer": "a", "state": "done", "seconds": -1}]),
        "articles[0].status[0].seconds",
    ),
    "a version beyond counting": (
        lambda d: annotation(d).update(version=2**60),
        "articles[0].annotations[0].version",
    ),
    "an annotator twice": (
        lambda d: d["annotators"].append(d["annotators"][0] | {"id": new_id()}),
        "annotators[1].name: “gold” stands there twice",
    ),
    "a record without a name": (
        lambda d: d["registry"][0].update(name=""),
        "registry[0].name: it is empty",
    ),
    "a record of an unknown kind": (
        lambda d: d["registry"][0].update(kind="ship"),
        "registry[0].kind: the codebook has no kind “ship”",
    ),
    "a record with a reference to nowhere": (
        lambda d: d["registry"][0]["attributes"].update(affiliated_with=[new_id()]),
        "registry[0].attributes.affiliated_with: the registry has no actor",
    ),
    "a contradictory codebook": (
        lambda d: d["codebook"]["roles"][0].update(targets=["nobody"]),
        "codebook.roles[0].targets: there is no type “nobody”",
    ),
    "an unknown key in the codebook": (
        lambda d: d["codebook"].update(colour="red"),
        "codebook.colour: there is no such key",
    ),
    "a codebook without a name": (
        lambda d: d["codebook"].pop("name"),
        "codebook.name: it is missing",
    ),
    "an article that is a list": (lambda d: d["articles"].append([]), "articles[1]"),
}


@pytest.mark.parametrize(("spoil", "reason"), REFUSALS.values(), ids=REFUSALS.keys())
def test_refuses_with_the_path_of_what_is_wrong(
    tmp_path: Path, document: dict[str, Any], spoil: Spoil, reason: str
) -> None:
    assert reason in spoilt(document, spoil, tmp_path)


def test_an_annotation_s_reference_has_to_lead_somewhere(
    tmp_path: Path, document: dict[str, Any]
) -> None:
    found = next(r for r in article(document)["relations"] if "according_to" in r["attributes"])
    message = spoilt(
        document, lambda _: found["attributes"].update(according_to=new_id()), tmp_path
    )
    assert "attributes.according_to: there is no annotation" in message


def test_the_json_form_on_one_line_is_no_jsonl(tmp_path: Path, document: dict[str, Any]) -> None:
    path = tmp_path / "o.jsonl"
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(InputRefused, match="it is of the json form"):
        read_jsonl(path)
    assert len(list(read_json(path).articles)) == 1


def test_a_moment_is_a_date_too(tmp_path: Path, header: Header) -> None:
    given = bundle_of("x")
    given = replace(given, article=replace(given.article, published="2021-01-23T12:00:00+01:00"))
    assert list(read_json(write(tmp_path / "o.json", header, given)).articles) == [given]


def test_nobody_counts_problems_without_end(header: Header) -> None:
    checks = Consistency(header)
    for n in range(2000):
        checks.article(n, bundle_of("\r"))
    assert len(checks.problems) == 1000


def test_lists_a_few_problems_and_counts_the_rest(tmp_path: Path, document: dict[str, Any]) -> None:
    def spoil(data: dict[str, Any]) -> None:
        for one in article(data)["annotations"]:
            one["type"] = "place"

    lines = spoilt(document, spoil, tmp_path).splitlines()
    assert len(lines) == 6
    assert re.fullmatch("and [0-9]+ more", lines[-1])


@pytest.mark.parametrize(
    "value", ["NaN", "Infinity", "-Infinity", "1e999", "18446744073709551616", "9" * 5000, "[[]]"]
)
def test_refuses_numbers_that_are_none(
    tmp_path: Path, document: dict[str, Any], value: str
) -> None:
    annotation(document)["attributes"]["value"] = "@"
    path = tmp_path / "spoilt.json"
    path.write_text(json.dumps(document).replace('"@"', value), "utf-8")
    with pytest.raises(InputRefused):
        read_json(path)


HOSTILE = {
    "nothing": b"",
    "white space": b" \n",
    "no JSON": b"{",
    "a list": b"[]",
    "a word": b'"pressmark"',
    "half a surrogate": b'{"format":"pressmark","version":1,"generator":"\\ud83d"}',
    "not UTF-8": b'{"format":"pressmark","generator":"\xff"}',
    "deep lists": b"[" * 200_000,
    "deep objects": b'{"format":"pressmark","version":1,"project":' + b'{"a":' * 100_000,
    "two documents": b'{"format":"pressmark"}{"format":"pressmark"}',
    "a NUL": b"\0",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("read", [read_json, read_jsonl])
def test_refuses_hostile_files(
    tmp_path: Path, data: bytes, read: Callable[[Path], Dataset]
) -> None:
    path = tmp_path / "hostile"
    path.write_bytes(data)
    with pytest.raises(InputRefused, match=r"^it (is|holds)|^its first line|^generator: "):
        read(path)


def test_refuses_every_truncation_of_a_document(
    tmp_path: Path, header: Header, bundle: Bundle
) -> None:
    whole = write(tmp_path / "o.json", header, bundle, bundle_of("x y", (0, 1))).read_bytes()
    path = tmp_path / "cut.json"
    cuts = [len(whole) - n for n in range(2, 12)] + list(range(0, len(whole), 7919))
    for cut in cuts:
        path.write_bytes(whole[:cut])
        with pytest.raises(InputRefused):
            read_json(path)


def test_refuses_a_document_that_goes_on_after_its_end(
    tmp_path: Path, header: Header, bundle: Bundle
) -> None:
    whole = write(tmp_path / "o.json", header, bundle).read_bytes()
    line = pressmark_json.article_line(bundle_of("x"))
    (tmp_path / "o.json").write_bytes(whole + line + b"\n]}\n")
    with pytest.raises(InputRefused, match="the document ends here, the file does not"):
        read_json(tmp_path / "o.json")


def test_refuses_a_missing_comma(tmp_path: Path, header: Header) -> None:
    path = write(tmp_path / "o.json", header, bundle_of("x"), bundle_of("y"))
    path.write_bytes(path.read_bytes().replace(b"},\n{", b"}\n{"))
    with pytest.raises(InputRefused, match="line 3: a comma is missing"):
        read_json(path)


def test_real_files_that_are_no_documents_are_refused(shared_data: Path) -> None:
    found = sorted((shared_data / "10_robustness" / "json_testsuite").glob("*.json"))
    assert len(found) > 40
    for path in found:
        for read in (read_json, read_jsonl):
            with pytest.raises(InputRefused):
                read(path)


def test_refuses_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="folder"):
        read_json(tmp_path)
    with pytest.raises(InputRefused, match="no such file"):
        read_jsonl(tmp_path / "nothing.jsonl")


def test_refuses_what_is_too_large_as_a_whole(
    tmp_path: Path, document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.exchange.pressmark_reader._MOST_WHOLE", 1000)
    (tmp_path / "o.json").write_text(json.dumps(document), "utf-8")
    with pytest.raises(InputRefused, match="too large to be read as a whole"):
        read_json(tmp_path / "o.json")


def test_refuses_an_endless_line(
    tmp_path: Path, header: Header, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.exchange.pressmark_reader._LONGEST_LINE", 1000)
    with pytest.raises(InputRefused, match=r"articles\[0\]: an article of more than 1,000 bytes"):
        read_json(write(tmp_path / "o.json", header, bundle))


def test_says_that_the_disk_failed(
    tmp_path: Path, header: Header, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> Dataset:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("app.exchange.pressmark_reader._read_json", fail)
    with pytest.raises(KnownError, match="cannot be read: Input/output error"):
        read_json(write(tmp_path / "o.json", header))


def test_keys_nobody_knows_are_reported(tmp_path: Path, document: dict[str, Any]) -> None:
    document["licence"] = "CC0"
    article(document)["mood"] = "gloomy"
    for one in article(document)["annotations"]:
        one["colour"] = "red"
    annotation(document)["fragments"][0]["page"] = 1
    path = tmp_path / "o.json"
    path.write_text(json.dumps(document), "utf-8")
    lost = {one.what: one.count for one in read_json(path).lost}
    assert lost == {
        "key licence": 1,
        "key articles[].mood": 1,
        "key articles[].annotations[].colour": 117,
        "key articles[].annotations[].fragments[].page": 1,
    }


def test_a_document_with_the_least_is_enough(tmp_path: Path) -> None:
    text = "Police arrested people"
    ids = [new_id() for _ in range(3)]
    path = tmp_path / "least.json"
    data = {
        "format": "pressmark",
        "version": 1,
        "project": {"id": ids[0], "name": "Least"},
        "codebook": {
            "name": "c",
            "label": "C",
            "types": [
                {
                    "name": "actor",
                    "label": "Actor",
                    "plural": "Actors",
                    "key": "1",
                    "letter": "A",
                    "ink": "actor",
                    "underline": "solid",
                }
            ],
        },
        "articles": [
            {
                "id": ids[1],
                "text": text,
                "sha256": sha256_of(text),
                "annotations": [
                    {
                        "id": ids[2],
                        "layer": "me",
                        "type": "actor",
                        "fragments": [{"start": 0, "end": 6, "text": "Police"}],
                    }
                ],
            }
        ],
    }
    path.write_text(json.dumps(data), "utf-8")
    (found,) = read_json(path).articles
    assert found.annotations[0].quote == "Police"
    assert found.relations == ()


def test_relations_between_layers_are_kept(tmp_path: Path, header: Header, bundle: Bundle) -> None:
    first = bundle.relations[0]
    source = next(a for a in bundle.annotations if a.id == first.source)
    others = tuple(
        replace(a, layer="other") if a.id == source.id else a for a in bundle.annotations
    )
    given = replace(bundle, annotations=others)
    (found,) = read_json(write(tmp_path / "o.json", header, given)).articles
    assert len(found.relations) == 122
