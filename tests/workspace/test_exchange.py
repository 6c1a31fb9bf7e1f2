"""Sample, import and export through a real project file."""

import json
import os
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.exchange.dataset import Counts
from app.exchange.registry import Format, format_named
from app.model.annotation import Annotation, Relation, fragments_of
from app.model.article import Status
from app.model.codebook import Attribute, Codebook
from app.model.codebook_file import read_codebook
from app.model.commands import (
    AddAnnotation,
    AddAnnotator,
    AddRelation,
    Batch,
    DeleteAnnotation,
    EditAnnotation,
    SetCodebook,
    SetProject,
    SetStatus,
)
from app.model.errors import InputRefused, KnownError, Refused
from app.model.ids import new_id
from app.model.registry import Annotator
from app.model.resources import resource
from app.model.text import canonical, sha256_of
from app.workspace import Workspace
from app.workspace.codebook_fit import misfits
from app.workspace.exporting import Selection, WrongExport, export
from app.workspace.importing import FileReport, Found, Known, find_files, import_files
from app.workspace.sample import TITLE, make_sample, press_codebook

SAMPLE_TEXT = "000_1b9c5a6f76a63e06.txt"


def named(name: str) -> Format:
    found = format_named(name)
    assert found is not None
    return found


def project(folder: Path, name: str = "p", codebook: Codebook | None = None) -> Workspace:
    return Workspace.create(
        folder / f"{name}.pressmark",
        name=name,
        codebook=codebook or press_codebook(),
        annotator="marta",
    )


def bring(ws: Workspace, *paths: Path, **how: Any) -> list[FileReport]:
    return import_files(ws, find_files(paths), **how)


def document(ws: Workspace, path: Path, name: str = "json") -> bytes:
    """Return an export without the moment it was made."""
    export(ws, path, named(name))
    return re.sub(rb'"exported_at":"[^"]*"', b"", path.read_bytes())


def text_file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


# The sample


def test_the_sample_project_holds_the_reference(tmp_path: Path) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="marta") as ws:
        assert ws.project.name == "Sample project"
        assert ws.layer == "gold"
        stats = ws.stats()
        assert stats.annotations == {"actor": 59, "event": 34, "number": 5, "statement": 19}
        assert (stats.articles, stats.relations) == (1, 122)
        assert len(ws.all_records()) == 37
        (article_id,) = ws.article_ids()
        contents = ws.contents(article_id)
        assert contents.article.title == TITLE
        assert contents.article.published == ""
        assert contents.article.language == "en"
        assert contents.article.text == resource(f"sample/{SAMPLE_TEXT}").read_bytes().decode()
        assert len(contents) == 117
        assert ws.check().ok
        assert not ws.damage


def test_the_sample_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "s.pressmark"
    path.write_text("mine")
    with pytest.raises(InputRefused, match="exists"):
        make_sample(path, annotator="marta")
    assert path.read_text() == "mine"


def test_a_sample_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KnownError("Not on disk: no space is left.")

    monkeypatch.setattr(Workspace, "do", fail)
    with pytest.raises(KnownError):
        make_sample(tmp_path / "s.pressmark", annotator="marta")
    assert list(tmp_path.iterdir()) == []


# Round trips


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_an_export_imported_into_an_empty_project_exports_the_same(
    tmp_path: Path, name: str
) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="marta") as ws:
        (article,) = ws.article_ids()
        seen = ws.contents(article).at(3)
        edit = EditAnnotation(
            id=seen.id,
            version=seen.version,
            certainty="unsure",
            comment="Is it?\n“No” 🚓",
            attributes={"tier": None},
        )
        ws.do(edit, title="edit", article=article)
        status = Status(article=article, layer="gold", state="done", note="good", seconds=61)
        ws.do(SetStatus(status=status), title="done", article=article)
        first = document(ws, tmp_path / f"first.{name}", name)
    with Workspace.create(
        tmp_path / "t.pressmark", name="t", codebook=press_codebook(), annotator="jonas"
    ) as other:
        (report,) = bring(other, tmp_path / f"first.{name}")
        assert report.result == "imported", report.reason
        assert report.counts == Counts(articles=1, annotations=117, relations=122)
        assert document(other, tmp_path / f"second.{name}", name) == first
        assert other.check().ok
        assert other.project.name == "Sample project"
        title = other.undo_title(None)
        assert title == "import 1 article"
        assert other.undo(None)
        assert other.article_ids() == ()
        assert other.redo(None)
        assert document(other, tmp_path / f"third.{name}", name) == first


@pytest.mark.parametrize("theirs", [1, 2, 5])
@pytest.mark.parametrize("ours", [1, 2])
def test_an_empty_project_takes_over_another_codebook(
    tmp_path: Path, theirs: int, ours: int
) -> None:
    press = press_codebook()
    other = replace(press, name="other", label="Other", revision=theirs)
    with project(tmp_path, "a", other) as ws:
        bring(ws, resource(f"sample/{SAMPLE_TEXT}"))
        first = document(ws, tmp_path / "first.json")
    with project(tmp_path, "b", press) as ws:
        for revision in range(2, ours + 1):
            ws.do(SetCodebook(codebook=replace(press, revision=revision)), title="change")
        (report,) = bring(ws, tmp_path / "first.json")
        assert report.result == "imported", report.reason
        assert ws.codebook.label == "Other"
        if ours <= theirs:
            assert document(ws, tmp_path / "second.json") == first
        assert ws.check().ok
        assert ws.undo(None)
        assert ws.codebook.label == "Press"


ADVERSARIAL = {
    "emoji": "Police 🚓👩‍👩‍👧 arrested 🇨🇭 fans 😀",
    "combining": "e\u0301tudiants cafe\u0301 e\u0301\u0323",
    "nbsp": "2\u00a0500 people\u202fcame\u00a0\u2009—\u00a0more",
    "separators": "one\u2028two\u2029three\x85four\x0bfive\x0csix",
    "crlf": "one\r\ntwo\rthree\n\r\nfour",
    "bom": "\ufeffone\ufefftwo",
    "arabic": "قال المتظاهرون إن الشرطة اعتقلت 45 شخصا، و«ستة» آخرين",
    "hebrew": 'המפגינים אמרו "שלום" 12 פעמים',
    "mixed": "He said: שלום 12 and مرحبا — then left\u200f.",
    "nonchars": "a\ufffeb\ufdd0c",
    "one long line": "Wörter und Wörter 😀 " * 50_000,
}


@pytest.mark.parametrize("text", ADVERSARIAL.values(), ids=ADVERSARIAL.keys())
def test_awkward_texts_survive_import_tagging_and_export(tmp_path: Path, text: str) -> None:
    path = text_file(tmp_path, "a.txt", text)
    expected = canonical(text)
    with project(tmp_path) as ws:
        (report,) = bring(ws, path)
        assert report.result == "imported"
        (article_id,) = ws.article_ids()
        stored = ws.contents(article_id).article.text
        assert stored == expected
        places = range(0, len(stored), max(1, len(stored) // 40))
        ranges = [(n, min(len(stored), n + 3)) for n in places]
        steps = tuple(
            AddAnnotation(
                annotation=Annotation(
                    id=new_id(),
                    article=article_id,
                    layer=ws.layer,
                    type="actor",
                    fragments=fragments_of(stored, [one]),
                )
            )
            for one in ranges
        )
        ws.do(Batch(steps=steps), title="tag", article=article_id)
        export(ws, tmp_path / "out.json", named("json"))
    data = json.loads((tmp_path / "out.json").read_bytes())
    (article,) = data["articles"]
    assert article["text"] == expected
    found = [f for one in article["annotations"] for f in one["fragments"]]
    assert sorted((f["start"], f["end"]) for f in found) == sorted(ranges)
    assert all(article["text"][f["start"] : f["end"]] == f["text"] for f in found)


def test_real_texts_survive(tmp_path: Path, shared_data: Path) -> None:
    folder = shared_data / "09_sources" / "encodings_udhr"
    robust = shared_data / "10_robustness" / "blns" / "blns.txt"
    with project(tmp_path) as ws:
        reports = bring(ws, folder, robust)
        refused = {Path(one.path).name for one in reports if one.result == "refused"}
        assert refused == {"Hungarian_Magyar-Unicode.txt"}  # cut in the middle of a character
        assert ws.check().ok
        first = document(ws, tmp_path / "first.json")
    with project(tmp_path, "q") as other:
        bring(other, tmp_path / "first.json")
        assert document(other, tmp_path / "second.json") == first


# Import


def test_walks_folders_and_reports_every_file(tmp_path: Path) -> None:
    text_file(tmp_path, "in/b.txt", "Second article.")
    text_file(tmp_path, "in/a.TXT", "First article.")
    text_file(tmp_path, "in/deep/c.txt", "Third article.")
    text_file(tmp_path, "in/.hidden/d.txt", "Hidden article.")
    text_file(tmp_path, "in/.DS_Store", "rubbish")
    text_file(tmp_path, "in/e.pdf", "%PDF-1.7")
    text_file(tmp_path, "in/empty.txt", "")
    text_file(tmp_path, "in/twin.txt", "First article.")
    with project(tmp_path) as ws:
        reports = bring(ws, tmp_path / "in")
        by_name = {Path(one.path).name: one for one in reports}
        assert {name: one.result for name, one in by_name.items()} == {
            "a.TXT": "imported",
            "b.txt": "imported",
            "e.pdf": "refused",
            "empty.txt": "refused",
            "twin.txt": "duplicate",
            "c.txt": "imported",
        }
        assert "broken" in by_name["e.pdf"].reason
        titles = [row.title for row in ws.queue()]
        assert titles == ["a", "b", "c"]
        assert ws.undo_title(None) == "import 3 articles"
        again = bring(ws, tmp_path / "in")
        assert [one.result for one in again].count("duplicate") == 4
        assert len(ws.article_ids()) == 3


def test_a_link_in_a_circle_ends(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    text_file(folder, "a.txt", "First article.")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    assert [one.path.name for one in find_files([folder])] == ["a.txt"]


def test_links_to_themselves_are_refused(tmp_path: Path) -> None:
    round_ = tmp_path / "in" / "round.txt"
    round_.parent.mkdir()
    round_.symlink_to(round_)
    with project(tmp_path) as ws:
        for path in (round_.parent, round_):
            found = find_files([path], project=ws.location)
            (report,) = import_files(ws, found)
            assert (report.result, report.reason) == ("refused", "there is no such file")


def test_a_folder_that_cannot_be_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text_file(tmp_path, "in/a.txt", "First article.")
    closed = tmp_path / "in" / "closed"
    closed.mkdir()
    scan = os.scandir

    def scandir(place: str) -> Any:
        if Path(place) == closed:
            raise PermissionError(13, "Permission denied", place)
        return scan(place)

    monkeypatch.setattr("os.scandir", scandir)
    with project(tmp_path) as ws:
        good, bad = bring(ws, tmp_path / "in")
    assert good.result == "imported"
    assert (bad.path, bad.result) == (str(closed), "refused")
    assert bad.reason == "the folder cannot be read: Permission denied"


def test_a_file_named_twice_is_taken_once(tmp_path: Path) -> None:
    path = text_file(tmp_path, "a.txt", "First article.")
    assert len(find_files([path, tmp_path, path])) == 1


def test_a_file_without_an_ending_is_text(tmp_path: Path) -> None:
    (found,) = find_files([text_file(tmp_path, "README", "Words.")])
    assert found.format == named("text")
    (forced,) = find_files([tmp_path / "a.md"], named("text"))
    assert forced.format == named("text")


def test_puts_in_what_is_known_about_articles(tmp_path: Path) -> None:
    path = text_file(tmp_path, "a.txt", "First article.")
    known = Known(
        title="A title",
        source="Courier",
        url="https://example.org",
        author="A. Writer",
        published="2021-01",
        language="de",
    )
    assert known
    assert not Known()
    with project(tmp_path) as ws:
        bring(ws, path, known=known)
        (article_id,) = ws.article_ids()
        article = ws.contents(article_id).article
    assert (article.title, article.source, article.url) == (
        "A title",
        "Courier",
        "https://example.org",
    )
    assert (article.author, article.published, article.language) == ("A. Writer", "2021-01", "de")


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    text_file(tmp_path, "in/a.txt", "First article.")
    text_file(tmp_path, "in/b.txt", "First article.")
    text_file(tmp_path, "in/c.txt", "")
    with project(tmp_path) as ws:
        before = Path(ws.location).read_bytes()
        dry = bring(ws, tmp_path / "in", dry_run=True)
        assert Path(ws.location).read_bytes() == before
        assert ws.article_ids() == ()
        assert bring(ws, tmp_path / "in") == dry


def test_the_encoding_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Příliš žluťoučký".encode("cp1250"))
    with project(tmp_path) as ws:
        (report,) = bring(ws, path, encoding="cp1250")
        assert report.reason == ""
        assert ws.contents(ws.article_ids()[0]).article.text == "Příliš žluťoučký"


def test_a_guess_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Die Gespräche über das Abkommen müssten weitergehen.".encode("cp1252"))
    with project(tmp_path) as ws:
        (report,) = bring(ws, path)
    assert report.result == "imported"
    assert "guess" in report.reason


def test_progress_counts_files(tmp_path: Path) -> None:
    for n in range(3):
        text_file(tmp_path, f"in/{n}.txt", f"Article {n}.")
    seen: list[int] = []
    with project(tmp_path) as ws:
        bring(ws, tmp_path / "in", progress=seen.append)
    assert seen == [1, 2, 3]


def test_what_is_too_much_for_one_step_becomes_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.workspace.importing._MOST_STEPS", 2)
    for n in range(7):
        text_file(tmp_path, f"in/{n}.txt", f"Article {n}.")
    with project(tmp_path) as ws:
        reports = bring(ws, tmp_path / "in")
        assert {one.result for one in reports} == {"imported"}
        titles = [entry.title for entry in ws.history()][1:]
    assert titles == ["import 3 articles", "import 3 articles", "import 1 article"]


def test_a_disk_that_fails_says_what_is_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        text_file(tmp_path, f"in/{n}.txt", f"Article {n}.")
    monkeypatch.setattr("app.workspace.importing._MOST_STEPS", 1)
    do = Workspace.do
    calls: list[int] = []

    def fail_later(ws: Workspace, *args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) > 1:
            raise KnownError("Not on disk: no space is left.")
        return do(ws, *args, **kwargs)

    monkeypatch.setattr(Workspace, "do", fail_later)
    with project(tmp_path) as ws:
        with pytest.raises(KnownError, match=r"Nothing of this step .* 2 files were imported"):
            bring(ws, tmp_path / "in")
        assert len(ws.article_ids()) == 2


def test_a_disk_that_fails_early_stops_the_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        text_file(tmp_path, f"in/{n}.txt", f"Article {n}.")
    monkeypatch.setattr("app.workspace.importing._MOST_STEPS", 1)

    def fail(*_: object, **__: object) -> None:
        raise KnownError("Not on disk: no space is left.")

    with project(tmp_path) as ws:
        monkeypatch.setattr(Workspace, "do", fail)
        # Otherwise the file that waited for the same step would be reported as imported.
        with pytest.raises(KnownError, match="Nothing of this step"):
            bring(ws, tmp_path / "in")


def test_what_the_project_refuses_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Refused("This project is read-only.")

    text_file(tmp_path, "a.txt", "First article.")
    with project(tmp_path) as ws:
        monkeypatch.setattr(Workspace, "do", refuse)
        (report,) = bring(ws, tmp_path / "a.txt")
    assert (report.result, report.reason) == ("refused", "This project is read-only.")
    assert report.counts == Counts()


def test_a_format_that_is_only_written_refuses(tmp_path: Path) -> None:
    only_written = replace(named("json"), read=None)
    with project(tmp_path) as ws:
        (report,) = import_files(ws, [Found(path=tmp_path / "a.json", format=only_written)])
    assert report.reason == "Pressmark JSON is written, but not read"


def test_importing_an_export_again_changes_nothing(tmp_path: Path) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="marta") as ws:
        first = document(ws, tmp_path / "first.json")
        for _ in range(2):
            (report,) = bring(ws, tmp_path / "first.json")
            assert report.result == "duplicate"
            assert report.lost == ()
        assert document(ws, tmp_path / "second.json") == first


def test_annotations_reach_an_article_that_is_there_already(tmp_path: Path) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="marta") as ws:
        article = ws.article_ids()[0]
        done = Status(article=article, layer="gold", state="done")
        ws.do(SetStatus(status=done), title="done", article=article)
        export(ws, tmp_path / "gold.json", named("json"))
    with project(tmp_path) as ws:
        bring(ws, resource(f"sample/{SAMPLE_TEXT}"))
        (mine,) = ws.article_ids()
        (report,) = bring(ws, tmp_path / "gold.json")
        assert report.result == "imported", report.reason
        assert report.counts == Counts(articles=0, annotations=117, relations=122)
        assert "articles that the project has" in report.reason
        assert ws.article_ids() == (mine,)
        assert ws.project.name == "p"
        figures = {one.name: one.annotations for one in ws.stats().annotators}
        assert figures["gold"] == 117
        ((_, _, _, statuses),) = ws.export_articles()
        assert [s.state for s in statuses if s.layer == "gold"] == ["done"]
        assert ws.check().ok


def test_what_differs_from_the_project_is_kept_and_reported(tmp_path: Path) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="marta") as ws:
        export(ws, tmp_path / "old.json", named("json"))
        (article,) = ws.article_ids()
        seen = ws.contents(article).at(0)
        edit = EditAnnotation(id=seen.id, version=seen.version, comment="newer")
        ws.do(edit, title="edit", article=article)
        data = json.loads((tmp_path / "old.json").read_bytes())
        data["registry"][0]["name"] = "Somebody else"
        (tmp_path / "old.json").write_text(json.dumps(data), "utf-8")
        (report,) = bring(ws, tmp_path / "old.json")
        assert report.result == "duplicate"
        assert [(one.what, one.count) for one in report.lost] == [
            ("registry entries", 1),
            ("annotations", 1),
        ]
        after = ws.contents(article).annotation(seen.id)
        assert after is not None
        assert after.comment == "newer"


def test_a_document_that_does_not_fit_the_codebook_is_refused(tmp_path: Path) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="marta") as ws:
        export(ws, tmp_path / "o.json", named("json"))
    press = press_codebook()
    bare = tuple(replace(t, attributes=()) for t in press.types)
    poor = replace(press, types=bare, profiles=(), profile="")
    with project(tmp_path, "poor", poor) as ws:
        bring(ws, text_file(tmp_path, "a.txt", "An article."))
        (report,) = bring(ws, tmp_path / "o.json")
        assert report.result == "refused"
        assert "does not fit the codebook of this project: articles[0].annotations[0]" in (
            report.reason
        )
        assert len(ws.article_ids()) == 1
        assert ws.all_records() == ()


def test_a_document_of_another_codebook_that_fits_is_taken(tmp_path: Path) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="marta") as ws:
        export(ws, tmp_path / "o.json", named("json"))
    press = press_codebook()
    wider = replace(
        press,
        records=tuple(
            replace(r, attributes=(*r.attributes, Attribute(name="x", label="X", type="text")))
            for r in press.records
        ),
    )
    with project(tmp_path, "wider", wider) as ws:
        bring(ws, text_file(tmp_path, "a.txt", "An article."))
        (report,) = bring(ws, tmp_path / "o.json")
        assert report.result == "imported", report.reason
        assert ws.codebook.records[0].attributes[-1].name == "x"


def test_another_text_under_a_known_id_is_refused(tmp_path: Path) -> None:
    with project(tmp_path) as ws:
        bring(ws, text_file(tmp_path, "a.txt", "An article."))
        export(ws, tmp_path / "o.json", named("json"))
        data = json.loads((tmp_path / "o.json").read_bytes())
        data["articles"][0] |= {"text": "Changed.", "sha256": sha256_of("Changed.")}
        (tmp_path / "o.json").write_text(json.dumps(data), "utf-8")
        (report,) = bring(ws, tmp_path / "o.json")
        assert report.result == "refused"
        assert "another text under the id" in report.reason


def test_what_was_refused_holds_no_other_file_up(tmp_path: Path) -> None:
    fresh = text_file(tmp_path, "fresh.txt", "A fresh article.")
    with project(tmp_path, "other") as other:
        bring(other, fresh, text_file(tmp_path, "a.txt", "An article."))
        export(other, tmp_path / "o.json", named("json"))
    data = json.loads((tmp_path / "o.json").read_bytes())
    with project(tmp_path) as ws:
        known = {**data, "articles": data["articles"][1:]}
        (tmp_path / "known.json").write_text(json.dumps(known), "utf-8")
        bring(ws, tmp_path / "known.json")
        data["articles"][1] |= {"text": "Changed.", "sha256": sha256_of("Changed.")}
        (tmp_path / "o.json").write_text(json.dumps(data), "utf-8")
        refused, taken = bring(ws, tmp_path / "o.json", fresh)
        assert (refused.result, taken.result) == ("refused", "imported")
        assert len(ws.article_ids()) == 2


def test_a_large_document_is_taken_in_several_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with project(tmp_path) as ws:
        for n in range(6):
            text_file(tmp_path, f"in/{n}.txt", f"Article {n}.")
        bring(ws, tmp_path / "in")
        first = document(ws, tmp_path / "o.json")
    monkeypatch.setattr("app.workspace.importing._MOST_STEPS", 2)
    with project(tmp_path, "q") as ws:
        (report,) = bring(ws, tmp_path / "o.json")
        assert report.counts.articles == 6
        assert document(ws, tmp_path / "p.json") == first


def test_a_document_that_fails_midway_says_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with project(tmp_path) as ws:
        for n in range(6):
            text_file(tmp_path, f"in/{n}.txt", f"Article {n}.")
        bring(ws, tmp_path / "in")
        export(ws, tmp_path / "o.json", named("json"))
    monkeypatch.setattr("app.workspace.importing._MOST_STEPS", 2)
    do = Workspace.do
    calls: list[int] = []

    def refuse_later(ws: Workspace, *args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) > 1:
            raise Refused("No more.")
        return do(ws, *args, **kwargs)

    with project(tmp_path, "q") as ws:
        monkeypatch.setattr(Workspace, "do", refuse_later)
        (report,) = bring(ws, tmp_path / "o.json")
        there = len(ws.article_ids())
    assert report.result == "refused"
    assert report.reason == f"No more. Its first {there} articles are in the project."
    assert report.counts.articles == there > 0


# Export


def two_layers(tmp_path: Path) -> Workspace:
    """Return the sample with one annotation and one relation of another layer."""
    ws = make_sample(tmp_path / "s.pressmark", annotator="marta")
    (article,) = ws.article_ids()
    contents = ws.contents(article)
    speaker = next(r for r in contents.relations if r.role == "speaker")
    statement = contents.annotation(speaker.source)
    assert statement is not None
    twin = replace(statement, id=new_id(), layer="jonas")
    link = Relation(
        id=new_id(),
        article=article,
        layer="jonas",
        role="speaker",
        source=twin.id,
        target=speaker.target,
    )
    steps = (AddAnnotation(annotation=twin), AddRelation(relation=link))
    ws.do(Batch(steps=steps), title="tag", article=article)
    return ws


def test_exports_the_layers_asked_for_and_counts_what_leads_out(tmp_path: Path) -> None:
    with two_layers(tmp_path) as ws:
        both = export(ws, tmp_path / "both.json", named("json"))
        assert (both.written.annotations, both.written.relations, both.lost) == (118, 123, ())
        receipt = export(
            ws, tmp_path / "one.json", named("json"), selection=Selection(layers=("jonas",))
        )
        assert receipt.written == Counts(articles=1, annotations=1, relations=0)
        assert [(one.what, one.count) for one in receipt.lost] == [("relations", 1)]
    with project(tmp_path) as ws:
        (report,) = bring(ws, tmp_path / "one.json")
        assert report.result == "imported", report.reason


def test_exports_only_articles_of_a_status(tmp_path: Path) -> None:
    with project(tmp_path) as ws:
        for n in range(3):
            text_file(tmp_path, f"in/{n}.txt", f"Article {n}.")
        bring(ws, tmp_path / "in")
        first, *_ = ws.article_ids()
        status = Status(article=first, layer=ws.layer, state="done")
        ws.do(SetStatus(status=status), title="done", article=first)
        receipt = export(ws, tmp_path / "o.json", named("json"), selection=Selection(state="done"))
        assert receipt.written.articles == 1


def test_names_only_annotators_who_did_something(tmp_path: Path) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="marta") as ws:
        export(ws, tmp_path / "o.json", named("json"))
    data = json.loads((tmp_path / "o.json").read_bytes())
    assert [one["name"] for one in data["annotators"]] == ["gold"]


def test_leaves_the_trash_out(tmp_path: Path) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="marta") as ws:
        (article,) = ws.article_ids()
        contents = ws.contents(article)
        gone = contents.at(5)
        touching = len(contents.outgoing(gone.id)) + len(contents.incoming(gone.id))
        ws.do(DeleteAnnotation(id=gone.id, version=gone.version), title="x", article=article)
        receipt = export(ws, tmp_path / "o.json", named("json"))
    assert receipt.written == Counts(articles=1, annotations=116, relations=122 - touching)


def test_refuses_targets_that_are_none(tmp_path: Path) -> None:
    with project(tmp_path) as ws, project(tmp_path, "other"):
        place = Path(ws.location)
        for out, reason in (
            (tmp_path, "is a folder"),
            (place, "is the project itself"),
            (tmp_path / "other.pressmark", "is a project or another database"),
            (Path("/dev/null"), "no ordinary file"),
            (Path(f"{place}-wal"), "keeps its latest changes"),
            (tmp_path / "other.pressmark-journal", "keeps its latest changes"),
        ):
            with pytest.raises(WrongExport, match=reason):
                export(ws, out, named("json"))
        with pytest.raises(WrongExport, match="There is no layer “nobody”; the project has marta"):
            export(ws, tmp_path / "o", named("json"), selection=Selection(layers=("nobody",)))
        with pytest.raises(WrongExport, match="is read, but not written"):
            export(ws, tmp_path / "o", named("text"))
        with pytest.raises(KnownError, match="no such folder"):
            export(ws, tmp_path / "nowhere" / "o", named("json"))
        with pytest.raises(KnownError, match="the name is too long"):
            export(ws, tmp_path / ("n" * 300), named("json"))
        assert ws.check().ok


def test_replaces_an_earlier_export(tmp_path: Path) -> None:
    out = tmp_path / "o.json"
    out.write_text("old")
    with project(tmp_path) as ws:
        export(ws, out, named("json"))
    assert json.loads(out.read_bytes())["articles"] == []


def test_exporting_writes_nothing_into_the_project(tmp_path: Path) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="marta"):
        pass
    before = (tmp_path / "s.pressmark").read_bytes()
    with Workspace.open(tmp_path / "s.pressmark", annotator="jonas", read_only=True) as ws:
        export(ws, tmp_path / "o.json", named("json"))
    assert (tmp_path / "s.pressmark").read_bytes() == before


# Codebooks


def test_tells_what_would_not_fit_another_codebook(tmp_path: Path) -> None:
    press = read_codebook(resource("codebooks/press.yaml"))
    narrow = replace(
        press,
        types=tuple(t for t in press.types if t.name != "number"),
        roles=tuple(r for r in press.roles if "number" not in (r.source, *r.targets)),
        profiles=(),
        profile="",
    )
    with make_sample(tmp_path / "s.pressmark", annotator="marta") as ws:
        assert list(misfits(ws, press)) == []
        problems = list(misfits(ws, narrow))
    assert sum("no type “number”" in one for one in problems) == 5


def test_what_an_article_s_format_leaves_out_is_in_its_report(
    ws: Workspace, tmp_path: Path
) -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "<w:p><w:r><w:t>Text.</w:t><w:commentReference/></w:r></w:p>"
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {space}>{body}</w:document>")
    (report,) = import_files(ws, find_files([tmp_path / "a.docx"]))
    assert report.result == "imported"
    assert [(one.what, one.count) for one in report.lost] == [("comments", 1)]


def test_an_importer_the_file_knows_keeps_the_role_it_gives_them(tmp_path: Path) -> None:
    """In an empty project of somebody else: the first thing the importer writes is the import."""
    with make_sample(tmp_path / "sample.pressmark", annotator="marta") as ws:
        curator = Annotator(id=new_id(), name="amina", role="curator")
        ws.do(AddAnnotator(annotator=curator), title="x")
        of = ws.contents(ws.article_ids()[0]).annotations[0]
        hers = replace(of, id=new_id(), layer="amina", record=None)
        ws.do(AddAnnotation(annotation=hers), title="tag", article=of.article)
        export(ws, tmp_path / "all.json", named("json"))
        wanted = {(one.name, one.role) for one in ws.annotators()}
    location = tmp_path / "p.pressmark"
    project(tmp_path).close()
    with Workspace.open(location, annotator="amina") as ws:
        (report,) = bring(ws, tmp_path / "all.json")
        assert report.result == "imported", report.reason
        assert {(one.name, one.role) for one in ws.annotators()} == wanted
        export(ws, tmp_path / "again.json", named("json"))
        first, second = (
            {
                (a["name"], a["role"])
                for a in json.loads((tmp_path / name).read_text())["annotators"]
            }
            for name in ("all.json", "again.json")
        )
        assert first == second
        ws.undo(None)
        assert "amina" not in {one.name for one in ws.annotators()}
        ws.do(SetProject(project=replace(ws.project, description="x")), title="x")
        assert "amina" in {one.name for one in ws.annotators()}


def test_a_text_is_known_however_many_articles_the_project_has(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for n in range(120):
        text_file(folder, f"{n}.txt", f"Words {n}.")
    with project(tmp_path) as ws:
        assert {one.result for one in bring(ws, folder)} == {"imported"}
        for n in range(120, 130):  # five new texts, each of them twice
            text_file(folder, f"{n}.txt", f"Words {120 + n % 5}.")
        again = [one.result for one in bring(ws, folder)]
        assert again == ["duplicate"] * 120 + ["imported"] * 5 + ["duplicate"] * 5
        assert ws.queue_count() == 125
