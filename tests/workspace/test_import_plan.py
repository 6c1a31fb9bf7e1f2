"""Every file has its word before anything is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.model.ids import new_id
from app.workspace import Workspace
from app.workspace.export_check import article_json
from app.workspace.exporting import Selection, Way
from app.workspace.import_plan import Plan, as_text, encoding_label, iso_date, look
from app.workspace.importing import Found, Known, find_files, import_files
from tests.projects import project, with_article


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with project(tmp_path) as made:
        yield made


def planned(ws: Workspace | None, *paths: Path) -> Plan:
    plan = Plan()
    plan.add(look(ws, file) for file in find_files(paths))
    return plan


def words(plan: Plan) -> list[str]:
    return [row.word for row in plan.rows]


def test_every_file_has_its_word(ws: Workspace, tmp_path: Path) -> None:
    files = {
        "a titled.txt": b"Strike in Lille\n\nWorkers walked out.",
        "b bare.txt": b"Workers walked out and came back.",
        "c guessed.txt": ("Протест в Омске\n\n" + "Учителя вышли на площадь. " * 20).encode(
            "cp1251"
        ),
        "d again.txt": b"Strike in Lille\n\nWorkers walked out.",
        "e empty.txt": b"",
        "f.doc": b"what",
        "g.xyz": b"what",
        "h picture.txt": b"\x89PNG\r\n\x1a\n",
        "i nul.txt": b"a\0b\0",
        "j.json": b"{]",
        "k rtl.txt": "מחאה 😀\n\nאלפי אנשים".encode(),
    }
    for name, data in files.items():
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    plan = planned(ws, tmp_path / "in")
    assert words(plan) == [
        "Ready",
        "No title, no date",
        "Guessed encoding",
        "Same text as line 1",
        "Empty file",
        "Can’t read Word files",
        "Can’t read .xyz files",
        "Not a text",
        "Not a text",
        "Broken JSON",
        "Ready",
    ]
    assert plan.fresh == 4
    assert [n for n, _ in plan.files()] == [0, 1, 2, 10]
    assert all("--" not in row.reason for row in plan.rows)
    assert ws.queue_count() == 0


def test_what_the_project_has_is_known(tmp_path: Path) -> None:
    ws, story = with_article(tmp_path)
    (tmp_path / "same.txt").write_text(story.text, newline="")
    assert words(planned(ws, tmp_path / "same.txt")) == ["In the project"]
    assert planned(None, tmp_path / "same.txt").fresh == 1
    ws.close()


def test_leaving_one_out_makes_room_for_the_other(ws: Workspace, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Title\n\nBody.")
    plan = planned(ws, tmp_path / "a.txt", tmp_path / "b.txt")
    assert words(plan) == ["Ready", "Same text as line 1"]
    plan.include([0], on=False)
    assert words(plan) == ["Left out", "Ready"]
    assert plan.fresh == 1
    plan.include([0], on=True)
    assert words(plan) == ["Ready", "Same text as line 1"]


def test_mending_an_encoding_title_date_and_source(ws: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "Daily Courier"
    folder.mkdir()
    path = folder / "a.txt"
    path.write_bytes("Müller kam nach Köln und blieb.".encode("cp437"))
    plan = planned(ws, path)
    plan.replace(0, look(ws, as_text(plan.rows[0].look.file, "cp437")))
    assert words(plan) == ["No title, no date"]
    plan.mend(0, Known(title="Müller in Köln", published="2021-01-23"))
    assert words(plan) == ["Ready"]
    plan.set_source_from_folder(on=True)
    ((_, file),) = plan.files()
    (report,) = import_files(ws, [file])
    assert report.result == "imported"
    made = ws.contents(ws.article_ids()[0]).article
    assert made.text == "Müller kam nach Köln und blieb."
    assert (made.title, made.published, made.source) == (
        "Müller in Köln",
        "2021-01-23",
        "Daily Courier",
    )
    plan.take_reports({0: report})
    assert words(plan) == ["Imported"]
    assert plan.files() == []


def test_an_encoding_that_does_not_fit_can_be_chosen_again(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Müller".encode("cp1252"))
    file = Found(path=path, format=find_files([path])[0].format)
    refused = look(ws, as_text(file, "utf-8"))
    assert refused.word == "Which encoding?"
    assert refused.mendable
    assert not look(ws, as_text(file, "cp1252")).refusal


def test_a_document_is_tried_against_the_project(ws: Workspace, tmp_path: Path) -> None:
    from app.exchange.registry import format_named
    from app.workspace.exporting import export
    from app.workspace.sample import make_sample

    sample = make_sample(tmp_path / "s.pressmark", annotator="ann")
    json = format_named("json")
    assert json is not None
    export(sample, tmp_path / "s.json", json)
    assert words(planned(sample, tmp_path / "s.json")) == ["In the project"]
    assert words(planned(ws, tmp_path / "s.json")) == ["Ready"]
    assert planned(None, tmp_path / "s.json").rows[0].fresh == 1
    # Marks that are not there yet come into the article that is.
    bare = Workspace.create(
        tmp_path / "b.pressmark", name="b", codebook=sample.codebook, annotator="ann"
    )
    text = sample.contents(sample.article_ids()[0]).article.text
    (tmp_path / "t.txt").write_text(text)
    import_files(bare, find_files([tmp_path / "t.txt"]))
    plan = planned(bare, tmp_path / "s.json")
    assert words(plan) == ["Adds 117 marks"]
    assert (plan.fresh, plan.adds) == (0, 117)
    sample.close()
    bare.close()


def test_files_that_cannot_be_reached(ws: Workspace, tmp_path: Path) -> None:
    assert look(ws, find_files([tmp_path / "none.txt"])[0]).word == "Not there"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2021-01-23", "2021-01-23"),
        ("23 Jan 2021", "2021-01-23"),
        ("  23   January 2021 ", "2021-01-23"),
        ("Jan 23, 2021", "2021-01-23"),
        ("23.1.2021", "2021-01-23"),
        ("soon", None),
        ("31 Feb 2021", None),
    ],
)
def test_days_as_people_type_them(typed: str, day: str | None) -> None:
    assert iso_date(typed) == day


def test_encodings_have_the_names_people_know() -> None:
    assert encoding_label("cp1251") == "Windows-1251"
    assert encoding_label("utf-8") == "UTF-8"
    assert encoding_label("utf-32-le") == "UTF-32-LE"


def test_real_files_of_many_encodings_and_kinds(ws: Workspace, shared_data: Path) -> None:
    """Nothing there makes the plan fall over; what can be imported is, as it was foreseen."""
    folders = [
        shared_data / "09_sources" / "encodings_charset_normalizer",
        shared_data / "10_robustness" / "unicode",
        shared_data / "10_robustness" / "blns",
        shared_data / "10_robustness" / "zip_yauzl_failure",
    ]
    plan = planned(ws, *(folder for folder in folders if folder.is_dir()))
    assert len(plan) > 20
    assert {row.standing for row in plan.rows} >= {"look", "refused"}
    files = plan.files()
    reports = import_files(ws, [file for _, file in files])
    assert [report.result for report in reports] == ["imported"] * len(files)
    assert ws.queue_count() == plan.fresh


def test_an_article_that_is_gone_has_no_json(ws: Workspace) -> None:
    from app.model.errors import Refused

    with pytest.raises(Refused):
        article_json(ws, new_id(), Selection(), Way())


def test_what_the_codebook_would_get_is_seen_first(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Anna went.", "utf-8")
    (tmp_path / "a.ann").write_text("T1\tBoat 0 4\tAnna\nT2\tevent 5 9\twent\n", "utf-8")
    for workspace in (ws, None):
        plan = planned(workspace, tmp_path / "a.ann")
        (row,) = plan.rows
        assert (row.standing, row.word, row.fresh) == ("look", "Adds 1 entry", 1)
        assert "type “Boat” (1 use)" in row.reason
    files = [found for _, found in planned(ws, tmp_path / "a.ann").files()]
    (report,) = import_files(ws, files, extend=True)
    assert report.counts.annotations == 2
    assert words(planned(ws, tmp_path / "a.ann")) == ["In the project"]
