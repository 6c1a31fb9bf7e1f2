"""Annotations in other formats come into a project, and what the codebook lacks is shown first."""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.exchange.dataset import Bundle
from app.exchange.features import Feature
from app.exchange.registry import FORMATS, Format, format_named
from app.model.annotation import Annotation, Fragment, Value
from app.workspace import Workspace
from app.workspace.exporting import export
from app.workspace.importing import FileReport, find_files, import_files
from app.workspace.sample import make_sample, press_codebook
from tests import projects

TWO_WAY = [one for one in FORMATS if one.read and one.write and one.module and not one.is_product]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with make_sample(
        str(tmp_path_factory.mktemp("foreign") / "s.pressmark"), annotator="ann"
    ) as ws:
        yield ws


def taken(ws: Workspace, path: Path, *, extend: bool = False, dry_run: bool = False) -> FileReport:
    (report,) = import_files(ws, find_files([path]), extend=extend, dry_run=dry_run)
    return report


def bundles(ws: Workspace) -> list[Bundle]:
    return [
        Bundle(article=a, annotations=marks, relations=links)
        for a, marks, links, _ in ws.export_articles()
    ]


def told(item: Annotation, carries: frozenset[Feature]) -> tuple[object, ...]:
    """Return what a format has to bring back of an annotation."""
    has = carries.__contains__

    def place(fragments: tuple[Fragment, ...]) -> object:
        return fragments if has(Feature.GAPS) else (fragments[0].start, fragments[-1].end)

    def fields(given: Mapping[str, Value]) -> list[tuple[str, Value]]:
        return sorted(given.items()) if has(Feature.FIELDS) else []

    evidence = [
        (e.attribute, place(e.fragments), has(Feature.FIELDS) and e.value, fields(e.attributes))
        for e in item.evidence
    ]
    return (
        item.type,
        place(item.fragments),
        fields(item.attributes),
        item.record if has(Feature.RECORDS) else None,
        item.comment if has(Feature.NOTES) else "",
        sorted(evidence, key=repr) if has(Feature.EVIDENCE) else [],
    )


@pytest.mark.parametrize("format_", TWO_WAY, ids=lambda one: one.name)
def test_the_sample_comes_back_whole(format_: Format, sample: Workspace, tmp_path: Path) -> None:
    """Export, import into an empty project with the same codebook, compare record by record."""
    out = tmp_path / (format_.name if format_.folder else f"out{format_.extensions[0]}")
    receipt = export(sample, out, format_)
    assert receipt.written == receipt.read_back
    with Workspace.create(
        tmp_path / "n.pressmark", name="N", codebook=sample.codebook, annotator="ann"
    ) as ws:
        (report,) = import_files(ws, find_files([out], format_))
        assert (report.result, report.extends) == ("imported", ())
        (given,), (found,) = bundles(sample), bundles(ws)
        assert found.article.text == given.article.text
        left = [told(item, format_.carries) for item in given.annotations]
        right = [told(item, format_.carries) for item in found.annotations]
        if Feature.OVERLAP in format_.carries:
            assert [one for one in left if one not in right] == []
            assert [one for one in right if one not in left] == []
        else:
            assert all(one in left for one in right)
        if Feature.RELATIONS in format_.carries:
            assert len(given.relations) == len(found.relations)
        (again,) = import_files(ws, find_files([out], format_))
        assert again.result == "duplicate"


def test_what_the_codebook_lacks_is_named_and_asked_for(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Anna met Ben in Rome on Monday.", "utf-8")
    lines = ("T1\tPERSON 0 4\tAnna", "T2\tPERSON 9 12\tBen", "T3\tEvent 5 8\tmet")
    more = ("R1\tmet Arg1:T1 Arg2:T2", "A1\tSex T1 f", "A2\tSex T2 m", "A3\tRealis T3 dreamt")
    (tmp_path / "in" / "a.ann").write_text("\n".join((*lines, *more)), "utf-8")
    with projects.project(tmp_path) as ws:
        report = taken(ws, tmp_path / "in")
        assert report.result == "refused"
        assert "1 type, 1 field, 1 value, 1 link, which --extend adds" in report.reason
        assert taken(ws, tmp_path / "in", dry_run=True).result == "imported"
        assert ws.queue_count() == 0
        report = taken(ws, tmp_path / "in", extend=True)
        assert report.result == "imported"
        assert report.extends == (
            "type “PERSON” (2 uses)",
            "link “met” of PERSON (1 use)",
            "value “dreamt” of Realis of Event (1 use)",
            "field “Sex” of PERSON (2 uses)",
        )
        kinds = {t.name: t for t in ws.codebook.types}
        assert [a.type for a in kinds["person"].attributes] == ["enum"]
        (bundle,) = bundles(ws)
        assert {(a.type, a.layer, a.origin) for a in bundle.annotations} == {
            ("person", "ann", "import:brat"),
            ("event", "ann", "import:brat"),
        }
        assert ws.undo(None) is not None
        assert ws.queue_count() == 0
        assert ws.codebook.type("person") is None


def test_copies_of_a_text_for_each_annotator_are_one_article(tmp_path: Path) -> None:
    for person, line in (("anna", "T1\tactor 0 4\tAnna"), ("ben", "T1\tactor 9 12\tBen")):
        (tmp_path / "in" / person).mkdir(parents=True)
        (tmp_path / "in" / person / "a.txt").write_text("Anna met Ben.", "utf-8")
        note = "N1\tReference T1 Wikipedia:5\tSomebody"
        (tmp_path / "in" / person / "a.ann").write_text(f"{line}\n{note}", "utf-8")
    with projects.project(tmp_path) as ws:
        (report,) = import_files(ws, find_files([tmp_path / "in"], format_named("brat")))
        assert (report.result, report.counts.articles, report.counts.annotations) == (
            "imported",
            1,
            2,
        )
        (bundle,) = bundles(ws)
        assert {item.quote for item in bundle.annotations} == {"Anna", "Ben"}
        (record,) = ws.all_records()
        assert (record.kind, record.external) == ("person", {"wikipedia": "5"})


def test_what_the_codebook_has_no_place_for_is_counted(tmp_path: Path) -> None:
    lines = (
        "T1\tevent 0 4\tAnna",
        "N1\tReference T1 Wikipedia:5\tX",
        "A1\tsize T1 big",
        "A2\tday T1 soon",
        "T2\tactor 5 8\tmet",
        "R1\tagent Arg1:T1 Arg2:T2",
        "R2\tAgent Arg1:T1 Arg2:T2",
    )
    (tmp_path / "a.txt").write_text("Anna met Ben.", "utf-8")
    (tmp_path / "a.ann").write_text("\n".join(lines), "utf-8")
    with projects.project(tmp_path) as ws:
        report = taken(ws, tmp_path / "a.ann")
        assert {(one.what, one.count) for one in report.lost} == {
            ("links to the registry", 1),
            ("values of “Size”", 1),
            ("values of “Day”", 1),
            ("relations", 1),
        }
        assert report.counts.relations == 1


TSV = """#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Actor|kind


#Text=Police came.
1-1\t0-6\tPolice\t{}\t
1-2\t7-11\tcame\t_\t
1-3\t11-12\t.\t_\t
"""


def test_a_project_exported_from_inception_has_a_layer_a_person(tmp_path: Path) -> None:
    path = tmp_path / "project.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("source/story.txt", "Police came.")
        made.writestr("annotation/story.txt/anna.tsv", TSV.format("group"))
        made.writestr("annotation/story.txt/bob.tsv", TSV.format("state"))
        made.writestr("curation/story.txt/CURATION_USER.tsv", TSV.format("group"))
    with Workspace.create(
        tmp_path / "p.pressmark", name="p", codebook=press_codebook(), annotator="Marta"
    ) as ws:
        reports = import_files(ws, find_files([path]), extend=True)
        assert [one.result for one in reports] == ["imported", "imported", "imported", "duplicate"]
        (found,) = ws.export_articles()
        assert sorted(one.layer for one in found.annotations) == ["anna", "bob", "gold"]
        assert {one.quote for one in found.annotations} == {"Police"}
