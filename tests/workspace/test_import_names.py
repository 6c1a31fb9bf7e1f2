"""What names of files and columns say, in the plan and when files are imported."""

from pathlib import Path

import pytest

from app.model.errors import InputRefused
from app.workspace import Workspace
from app.workspace.file_names import Pattern
from app.workspace.import_plan import Plan, look
from app.workspace.importing import Found, Known, find_files, import_files
from app.workspace.mapping import look_at, pairs_of
from tests.exchange.test_archive import packed


@pytest.mark.parametrize(
    ("pattern", "name", "known"),
    [
        (
            "{date}_{source}_{title}.txt",
            "2021-01-23_The Daily_Strike_in_Lille.txt",
            Known(published="2021-01-23", source="The Daily", title="Strike in Lille"),
        ),
        ("{date} {title}", "20210123 A title.pdf", Known(published="2021-01-23", title="A title")),
        (
            "{source}/{date}",
            "in/Le Monde/2021-01.txt",
            Known(source="Le Monde", published="2021-01"),
        ),
        ("{*}-{language}-{author}", "x-pt-BR-Ana.md", Known(language="pt", author="BR-Ana")),
        ("{title}.txt", "a.b.TXT", Known(title="a.b")),
        ("{date}_{title}.txt", "soon_A.txt", None),
        ("{date}_{title}.txt", "2021-01-23_A.pdf", None),
        ("{source}_{title}", "nothing.txt", None),
        ("{source}/{title}", "alone.txt", None),
    ],
)
def test_a_pattern_reads_a_name(pattern: str, name: str, known: Known | None) -> None:
    assert Pattern.of(pattern).read(Path(name)) == known


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "fields in braces"),
        ("{*}.txt", "fields in braces"),
        ("{day}_{title}", "no field {day}"),
        ("{title}_{title}", "twice"),
        ("{source}{title}", "between them"),
        ("{title}_{source", "not closed"),
    ],
)
def test_words_that_are_no_pattern(words: str, reason: str) -> None:
    with pytest.raises(InputRefused, match=reason):
        Pattern.of(words)


def test_the_plan_takes_names_and_lets_people_correct_them(ws: Workspace, tmp_path: Path) -> None:
    for name in ("2021-01-23_Daily.txt", "other.txt"):
        (tmp_path / name).write_text(f"Words of {name} without a title.")
    plan = Plan()
    plan.add(look(ws, file) for file in find_files([tmp_path / "2021-01-23_Daily.txt"]))
    plan.add(look(ws, file) for file in find_files([tmp_path / "other.txt"]))
    plan.mend(0, Known(source="The Daily Example"))
    plan.set_pattern(Pattern.of("{date}_{source}"))
    assert plan.named == 1
    first, second = (file.known for _, file in plan.files())
    assert first == Known(published="2021-01-23", source="The Daily Example")
    assert second == Known()
    plan.set_pattern(None)
    assert plan.named == 0
    assert plan.rows[0].known == Known(source="The Daily Example")


def test_a_table_without_a_text_asks_which_column(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\nOne.,T\nTwo.,U\n")
    (file,) = find_files([path])
    seen = look(ws, file)
    assert (seen.word, seen.mendable) == ("Which column?", True)
    columns = look_at(file)
    assert (columns.columns, columns.mapping) == (("a", "b"), {})
    assert columns.rows[0] == {"a": "One.", "b": "T"}
    mapped = Found(path=path, format=file.format, mapping=pairs_of(["text=a", "title=b"]))
    assert look(ws, mapped).articles == 2
    (report,) = import_files(ws, [mapped], known=Known(title="not for both", source="S"))
    assert report.counts.articles == 2
    assert {(row.title, row.source) for row in ws.queue()} >= {("T", "S"), ("U", "S")}


def test_a_table_in_an_archive_is_looked_at_too(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"in/a.csv": "text,b\nOne.,T\n"}))
    (file,) = find_files([path])
    assert look_at(file).mapping == {"text": "text"}


@pytest.mark.parametrize("word", ["text", "words=a", "=a"])
def test_words_that_are_no_mapping(word: str) -> None:
    with pytest.raises(InputRefused, match="is no mapping"):
        pairs_of([word])


def test_an_import_is_ended_in_the_middle_of_a_table(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\n" + "".join(f"Number {n}.\n" for n in range(100)))
    heard: list[int] = []

    class EnoughError(Exception):
        pass

    def progress(done: int) -> None:
        heard.append(done)
        if len(heard) > 150:
            raise EnoughError

    before = ws.queue_count()
    with pytest.raises(EnoughError):
        import_files(ws, find_files([path]), progress=progress)
    assert set(heard) == {0}
    assert ws.queue_count() == before
    with pytest.raises(EnoughError):
        look(ws, find_files([path])[0], tell=lambda: progress(0))
    (report,) = import_files(ws, find_files([path]))
    assert report.counts.articles == 100


def test_a_file_in_several_steps_is_taken_back_where_it_ends_in_the_middle(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.workspace.importing._MOST_STEPS", 2)
    (tmp_path / "a.txt").write_text("Alone.")
    path = tmp_path / "b.csv"
    path.write_text("text\n" + "".join(f"Number {n}.\n" for n in range(9)))
    before = ws.queue_count()
    files = find_files([tmp_path / "a.txt", path])
    counted: list[int] = []

    def progress(done: int) -> None:
        counted.append(ws.queue_count() - before)
        if counted[-1] > 4:
            raise KeyboardInterrupt

    taken: list[str] = []

    def take_back(title: str) -> None:
        assert ws.undo_title(None) == title
        taken.append(title)
        ws.undo(None)

    with pytest.raises(KeyboardInterrupt):
        import_files(ws, files, progress=progress, take_back=take_back)
    assert taken == ["import 3 articles", "import 3 articles"]
    assert ws.queue_count() == before + 1
    reports = import_files(ws, files)
    assert [one.result for one in reports] == ["duplicate", "imported"]
    assert reports[1].counts.articles == 9


def test_rows_that_the_project_has_are_counted(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\nOne.\nTwo.\nOne.\n")
    (report,) = import_files(ws, find_files([path]))
    assert report.counts.articles == 2
    assert report.reason == "1 article left out: the project has the text already"
    (again,) = import_files(ws, find_files([path]))
    assert again.result == "duplicate"
