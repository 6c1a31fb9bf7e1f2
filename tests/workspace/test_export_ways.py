"""What narrows and shapes an export: types, dates, splits, figures, and texts left out."""

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from app.exchange.dataset import Lost
from app.exchange.registry import FORMATS, Format, format_named
from app.model.article import Status
from app.model.commands import AddAnnotation, AddArticle, AddRelation, Batch, Command, SetStatus
from app.model.errors import InputRefused, Refused
from app.workspace import Workspace
from app.workspace.attaching import attach
from app.workspace.exporting import (
    Selection,
    Way,
    WrongExport,
    divided,
    export,
    keep_receipt,
    losses,
    part_path,
)
from app.workspace.importing import find_files, import_files
from app.workspace.sample import make_sample
from tests import projects
from tests.projects import article, link, mark


def named(name: str) -> Format:
    found = format_named(name)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    place = str(tmp_path_factory.mktemp("ways") / "s.pressmark")
    with make_sample(place, annotator="ann") as ws:
        yield ws


def test_only_some_types(sample: Workspace, tmp_path: Path) -> None:
    chosen = Selection(types=("statement", "actor"))
    receipt = export(sample, tmp_path / "a.json", named("json"), selection=chosen)
    assert dict(receipt.written.types) == {"actor": 59, "statement": 19}
    assert receipt.lost[-1].reason == "they lead to annotations that are not exported"
    with pytest.raises(WrongExport, match="no type “x”; the codebook has actor, event"):
        export(sample, tmp_path / "b.json", named("json"), selection=Selection(types=("x",)))


def test_only_some_days(tmp_path: Path) -> None:
    days = ("2021-01-22", "2021-01-23", "2021-02", "")
    with projects.project(tmp_path) as ws:
        for n, day in enumerate(days):
            ws.do(AddArticle(article=article(f"text {n}", published=day)), title="import")

        def count(since: str, until: str) -> int:
            chosen = Selection(since=since, until=until)
            return export(ws, tmp_path / "a.json", named("json"), selection=chosen).written.articles

        assert count("", "") == 4
        assert count("2021-01-23", "") == 2
        assert count("", "2021-01") == 2
        assert count("2021-01-23", "2021-01-23") == 1


def test_figures_go_into_fields_of_their_own(sample: Workspace, tmp_path: Path) -> None:
    way = Way(numbers="ccc", dates=True)
    export(sample, tmp_path / "out", named("csv"), way=way)
    table = (tmp_path / "out" / "numbers.csv").read_text("utf-8-sig").splitlines()
    place = table[0].split(",").index("field resolved_value")
    assert sorted(row.split(",")[place] for row in table[1:]) == ["2000", "2500", "40", "5", "945"]
    assert "ccc" in table[1]
    with pytest.raises(WrongExport, match="keeps what was annotated"):
        export(sample, tmp_path / "a.json", named("json"), way=way)


WRITTEN = [one for one in FORMATS if one.module and one.write]


@pytest.mark.parametrize("format_", WRITTEN, ids=lambda one: one.name)
def test_losses_are_known_before_anything_is_written(
    format_: Format, sample: Workspace, tmp_path: Path
) -> None:
    foretold = losses(sample, format_)
    out = tmp_path / ("out" if format_.folder else "out.x")
    assert export(sample, out, format_).lost == foretold
    assert all(one.count > 0 and one.reason for one in foretold)


def test_the_own_format_loses_nothing(sample: Workspace) -> None:
    assert losses(sample, named("jsonl")) == ()


def test_a_folder_of_somebody_else_is_never_replaced(sample: Workspace, tmp_path: Path) -> None:
    brat = named("brat")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("dear diary", "utf-8")
    with pytest.raises(WrongExport, match="a folder with other things in it"):
        export(sample, tmp_path / "mine", brat)
    with pytest.raises(WrongExport, match="is a file"):
        export(sample, tmp_path / "mine" / "diary.txt", brat)
    (tmp_path / "empty").mkdir()
    assert export(sample, tmp_path / "empty", brat).written.articles == 1
    assert export(sample, tmp_path / "empty", brat).written.articles == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["empty", "mine"]


def test_a_split_writes_each_article_once(tmp_path: Path) -> None:
    with projects.project(tmp_path) as ws:
        for n in range(10):
            text = " ".join(f"w{n}x{k}" for k in range(20))
            ws.do(AddArticle(article=article(text)), title="import")
        parts = divided(ws, Selection(), (8, 1, 1), seed=3)
        found = []
        for name, chosen in parts.items():
            out = part_path(tmp_path / "a.jsonl", name, named("jsonl"))
            assert out.name == f"a.{name}.jsonl"
            found.append(export(ws, out, named("jsonl"), selection=chosen).written.articles)
        assert found == [8, 1, 1]
    assert part_path(tmp_path / "a", "dev", named("brat")).name == "a.dev"


def test_a_dataset_without_texts_and_back(sample: Workspace, tmp_path: Path) -> None:
    receipt = export(sample, tmp_path / "a.jsonl", named("jsonl"), way=Way(without_text=True))
    assert receipt.lost == (
        Lost(
            what="texts",
            count=1,
            reason="they were left out on request; only hashes and fingerprints are there",
        ),
    )
    data = (tmp_path / "a.jsonl").read_bytes()
    (given, *_), *_ = sample.export_articles()
    assert b"Thousands of people" not in data
    with projects.project(tmp_path, name="i.pressmark") as ws:
        (refused,) = import_files(ws, find_files([tmp_path / "a.jsonl"]))
        assert (refused.result, "pressmark attach" in refused.reason) == ("refused", True)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "copy.txt").write_bytes(b"\xef\xbb\xbf" + given.text.encode() + b"\r\n")
    (tmp_path / "own" / "bad.txt").write_bytes(b"")
    with projects.project(tmp_path, name="n.pressmark") as ws:
        nothing = attach(ws, tmp_path / "a.jsonl", [])
        assert (nothing.matched, nothing.missing, nothing.report) == (0, (given.title,), None)
        made = attach(ws, tmp_path / "a.jsonl", [tmp_path / "own"])
        assert (made.matched, made.missing, len(made.unread)) == (1, (), 1)
        assert made.report is not None
        assert made.report.counts.annotations == 117
        ((_, marks, links, _),) = ws.export_articles()
        assert (len(marks), len(links)) == (117, 122)
    with pytest.raises(WrongExport, match="Only Pressmark JSON"):
        export(sample, tmp_path / "out", named("brat"), way=Way(without_text=True))


def test_words_that_are_others_are_refused(tmp_path: Path) -> None:
    with projects.project(tmp_path) as ws:
        text = article("Anna met Ben.")
        event, actor = mark(text, 5, 8), mark(text, 0, 4, type="actor")
        steps: list[Command] = [AddArticle(article=text)]
        steps += [AddAnnotation(annotation=item) for item in (event, actor)]
        steps += [AddRelation(relation=link(event, actor))]
        ws.do(Batch(steps=tuple(steps)), title="import")
        export(ws, tmp_path / "a.jsonl", named("jsonl"), way=Way(without_text=True))
        lines = [orjson.loads(one) for one in (tmp_path / "a.jsonl").read_bytes().splitlines()]
        lines[1]["annotations"][0]["fragments"][0]["end"] += 1
        spoilt = b"\n".join(map(orjson.dumps, lines))
        (tmp_path / "b.jsonl").write_bytes(spoilt)
        with pytest.raises(InputRefused, match="others than were marked"):
            attach(ws, tmp_path / "b.jsonl", [])
        (tmp_path / "c.jsonl").write_bytes(orjson.dumps({"format": "x"}))
        with pytest.raises(InputRefused, match="no dataset without texts"):
            attach(ws, tmp_path / "c.jsonl", [])


def two_stories(tmp_path: Path) -> Workspace:
    """Return a project with two articles; one mark of the first has a comment, and so has it."""
    ws = projects.project(tmp_path)
    for number in range(2):
        story = article(f"Navalny came. Story {number}.", title=f"Story {number}")
        made = mark(story, 0, 7, type="actor", comment="" if number else "surely him")
        status = Status(article=story.id, layer="ann", state="done", note="" if number else "long")
        steps = AddArticle(article=story), AddAnnotation(annotation=made), SetStatus(status=status)
        ws.do(Batch(steps=steps), title="import")
    return ws


def test_comments_are_left_out_on_request_and_counted(tmp_path: Path) -> None:
    with two_stories(tmp_path) as ws:
        out, way = tmp_path / "o.json", Way(without_comments=True)
        told = (Lost(what="comments", count=2, reason="they were left out on request"),)
        assert losses(ws, named("json"), way=way) == told
        assert export(ws, out, named("json"), way=way).lost == told
        assert b"surely" not in out.read_bytes()
        assert export(ws, out, named("json")).lost == ()
        assert b"surely" in out.read_bytes()


@pytest.mark.parametrize("name", ["json", "jsonl", "doccano", "webannotation", "qdpx"])
def test_a_folder_with_a_file_an_article_comes_back_whole(tmp_path: Path, name: str) -> None:
    format_, out = named(name), tmp_path / "out"
    with two_stories(tmp_path) as ws:
        receipt = export(ws, out, format_, way=Way(per_article=True))
        assert (receipt.written.articles, receipt.read_back.articles) == (2, 2)
        assert receipt.written.types["actor"] == 2
        whole = export(ws, tmp_path / f"whole{format_.ending}", format_)
        assert receipt.lost == whole.lost or name == "doccano"  # its tables are counted a file
        again = export(ws, out, format_, way=Way(per_article=True))  # takes the place of the first
        assert again.written == receipt.written
    names = sorted(one.name for one in out.iterdir() if not one.name.startswith("."))
    assert names == [f"0001{format_.ending}", f"0002{format_.ending}"]
    (tmp_path / "other").mkdir()
    with projects.project(tmp_path / "other") as ws:
        reports = import_files(ws, find_files([out]), extend=True)
        assert [one.result for one in reports] == ["imported", "imported"]
        assert len(ws.article_ids()) == 2


def test_a_folder_an_article_each_is_refused_where_it_has_no_sense(tmp_path: Path) -> None:
    with two_stories(tmp_path) as ws:
        way = Way(per_article=True)
        with pytest.raises(WrongExport, match="several files already"):
            export(ws, tmp_path / "out", named("brat"), way=way)
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "notes.txt").write_text("kept")
        with pytest.raises(WrongExport, match="other things in it"):
            export(ws, tmp_path / "mine", named("json"), way=way)
        nobody = Selection(articles=frozenset())
        with pytest.raises(Refused, match="no article"):
            export(ws, tmp_path / "out", named("json"), way=way, selection=nobody)
        assert not (tmp_path / "out").exists()


def test_texts_that_will_be_left_out_are_named_before(tmp_path: Path) -> None:
    with two_stories(tmp_path) as ws:
        way = Way(without_text=True)
        told = losses(ws, named("jsonl"), way=way)
        assert [(one.what, one.count) for one in told] == [("texts", 2)]
        assert export(ws, tmp_path / "o.jsonl", named("jsonl"), way=way).lost == told


def test_a_receipt_is_kept_for_good_and_is_no_step_to_undo(tmp_path: Path) -> None:
    with two_stories(tmp_path) as ws:
        last = ws.undo_title(None)
        receipt = export(ws, tmp_path / "o.json", named("json"))
        keep_receipt(ws, receipt)
        assert ws.undo_title(None) == last
        assert ws.undo(None)
        (kept,) = ws.receipts()
        assert (kept.sha256, kept.by) == (receipt.sha256, "ann")
        assert orjson.loads(kept.document)["types"]["written"] == {"actor": 2}
        assert ws.check().ok
    with Workspace.open(ws.location, annotator="late") as again:
        assert again.receipts() == (kept,)
        keep_receipt(again, receipt)
        assert "late" not in {one.name for one in again.annotators()}
