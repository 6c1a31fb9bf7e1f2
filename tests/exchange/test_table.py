"""Tables: their columns become articles, told by their names or by a mapping."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.exchange import foreign_article, table
from app.exchange.columns_of import guess
from app.exchange.dataset import Lost
from app.exchange.registry import format_of
from app.model.article import Article
from app.model.errors import InputRefused
from tests.exchange.books import book

HEAD = "ID;Headline;Text;Publication Date;Newspaper;By-line;Link;Note\n"
ROWS = (
    '1;A title;"First; one.\n\nSecond.";23.01.2021;The Daily;A. Writer;https://x.example;n1\n'
    "2;;Words.;03/04/2012;;;;\n3;No text;;;;;;\n"
)


def articles(tmp_path: Path, name: str, data: bytes, **options: Any) -> list[Article]:
    path = tmp_path / name
    path.write_bytes(data)
    found = foreign_article.read(path, "table", **options)
    return [bundle.article for bundle in found.articles]


def test_columns_are_known_by_their_names(tmp_path: Path) -> None:
    first, second = articles(tmp_path, "a.csv", (HEAD + ROWS).encode("cp1252"))
    assert first.text == "First; one.\n\nSecond."
    assert (first.title, first.published, first.source) == ("A title", "2021-01-23", "The Daily")
    assert (first.author, first.url) == ("A. Writer", "https://x.example")
    assert dict(first.metadata) == {"id": "1", "Note": "n1"}
    assert (second.title, second.published) == ("a 2", "")
    assert dict(second.metadata) == {"id": "2", "Publication Date": "03/04/2012"}


def test_rows_without_text_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + ROWS)
    reason = "there is nothing in them to mark"
    assert Lost(what="rows without text", count=1, reason=reason) in (
        foreign_article.read(path, "table").lost
    )


def test_dates_that_are_no_day_are_said_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("date,body\n2021-01-23,One.\nlast week,Two.\n2021-01,Three.\n")
    read = foreign_article.read(path, "table")
    (lost,) = read.lost
    assert (lost.what, lost.count) == ("dates", 1)
    kept = [bundle.article for bundle in read.articles]
    assert [one.published for one in kept] == ["2021-01-23", "", "2021-01"]
    assert dict(kept[1].metadata) == {"date": "last week"}


def test_a_mapping_says_what_names_do_not(tmp_path: Path) -> None:
    data = b"a,b,c\nOne.,T,x\nTwo.,U,y\n"
    with pytest.raises(InputRefused, match=r"no column is named like the text.*“a”, “b”, “c”"):
        articles(tmp_path, "a.csv", data)
    first, _ = articles(tmp_path, "a.csv", data, mapping={"text": "a", "title": "b"})
    assert (first.text, first.title, dict(first.metadata)) == ("One.", "T", {"c": "x"})
    for mapping in ({"text": "z"}, {"txt": "a"}):
        with pytest.raises(InputRefused, match=r"there is no field|it has no column"):
            articles(tmp_path, "a.csv", data, mapping=mapping)


def test_json_lines_and_broken_ones(tmp_path: Path) -> None:
    rows = [{"body": "Ein Satz.", "titel": "T", "n": 1.0, "tags": ["a"]}, {"body": "Zwei."}]
    data = "\n".join(map(json.dumps, rows)).encode()
    first, second = articles(tmp_path, "a.jsonl", data)
    assert (first.text, first.title) == ("Ein Satz.", "T")
    assert dict(first.metadata) == {"n": "1", "tags": '["a"]'}
    assert second.text == "Zwei."
    for line, why in (("[1]", "no JSON object"), ("{]", "no JSON")):
        with pytest.raises(InputRefused, match=f"line 3 is {why}"):
            articles(tmp_path, "b.jsonl", data + f"\n{line}".encode())


def test_a_workbook_with_dates_and_a_second_sheet(tmp_path: Path) -> None:
    data = book(
        [["Text", "Date", "Count"], ["Words.", 44219, 3], [None, None, None], ["More.", None, 2.5]],
        second=[["Text"], ["not read"]],
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    found = foreign_article.read(path, "table")
    first, second = (bundle.article for bundle in found.articles)
    assert (first.text, dict(first.metadata)) == ("Words.", {"Date": "44219", "Count": "3"})
    assert dict(second.metadata) == {"Count": "2.5"}
    assert found.note == "the sheet “One”; 1 others were not read"
    path.write_bytes(data[:300])
    with pytest.raises(InputRefused, match="no table of Excel"):
        foreign_article.read(path, "table")


def test_what_a_table_is_can_be_looked_at_first() -> None:
    (said,) = table.read((HEAD + ROWS).encode(), peek=True)
    assert said["columns"][0] == "ID"
    assert said["mapping"]["text"] == "Text"
    assert [row["Headline"] for row in said["rows"]] == ["A title", "", "No text"]


@pytest.mark.parametrize(
    ("columns", "lengths", "field", "column"),
    [
        (["Body", "x"], {}, "text", "Body"),
        (["content", "text"], {}, "text", "text"),
        (["x", "y"], {"x": 900, "y": 3}, "text", "x"),
        (["Erscheinungsdatum", "Überschrift"], {}, "title", "Überschrift"),
        (["publication_date"], {}, "date", "publication_date"),
    ],
)
def test_a_column_is_told_by_its_name(
    columns: list[str], lengths: dict[str, int], field: str, column: str
) -> None:
    assert guess(columns, lengths)[field] == column


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"text\tdate\nWords.\t2021\n", "table"),
        (b"#FORMAT=WebAnno TSV 3.2\n\n", "webanno-tsv"),
        (b" # webanno.custom.X | value\n", "webanno-tsv"),
    ],
)
def test_tables_with_tabs_are_told_from_those_of_webanno(
    tmp_path: Path, data: bytes, name: str
) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(data)
    found = format_of(path)
    assert found is not None
    assert found.name == name


def test_two_columns_of_prose_are_not_told_apart() -> None:
    assert "text" not in guess(["x", "y"], {"x": 900, "y": 900})


def test_the_csv_files_of_others(shared_data: Path) -> None:
    """Each CSV file of csv-spectrum has the rows that its JSON says."""
    folder = shared_data / "10_robustness" / "csv_spectrum"
    paths = sorted((folder / "csvs").glob("*.csv"))
    assert len(paths) == 6
    for path in paths:
        expected = json.loads((folder / "json" / f"{path.stem}.json").read_bytes())
        (said,) = table.read(path.read_bytes(), peek=True)
        assert said["rows"] == expected[:5]
